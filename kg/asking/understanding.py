"""What a question asks: the rows of the table that fit it, and the values for their parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Final

from kg.asking.index import Index, Named
from kg.asking.segmentation import UNKNOWN, Token, segment
from kg.asking.tables import Question, questions
from kg.vocabulary import EntityType

__all__ = ["Attempt", "Choice", "Understanding", "understand"]

_THINGS: Final = ("org", "person", "programme", "award", "event", "document", "facility", "place")
_MOST_READINGS: Final = 512


@dataclass(frozen=True, slots=True)
class Attempt:
    """A query to ask, its parameters, and what of the question they are, in the question's words."""

    query: str
    parameters: dict[str, list[str]]
    words: dict[str, str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Words that can mean several things, and these things."""

    words: str
    things: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What is made of a question: queries to try in turn, or why there are none.

    ``unknown`` are the words that are not understood, ``choices`` those that can mean several things,
    ``absent`` those that name nothing that the graph could be asked about.
    """

    attempts: tuple[Attempt, ...] = ()
    unknown: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    absent: tuple[str, ...] = ()


def understand(question: str, index: Index) -> Understanding:
    """What the question asks of the graph that the index is of."""
    pieces = _without_needless_places(segment(question, index), index)
    unknown = tuple(tokens[0].text for tokens in pieces if tokens[0].kind == UNKNOWN)
    if unknown or not pieces:
        return Understanding(unknown=unknown)
    fits = list(_fits(pieces))
    if not fits:
        return Understanding()
    best = max(fits, key=lambda fit: fit.rank)
    same = [f for f in fits if f.question.name == best.question.name and f.tokens == best.tokens]
    if choices := _choices(best):
        return Understanding(choices=choices)
    attempts, absent = [], list[str]()
    for fit in same:
        attempt = _attempt(fit, index, absent)
        if attempt and attempt not in attempts:
            attempts.append(attempt)
    return Understanding(tuple(attempts), absent=() if attempts else tuple(dict.fromkeys(absent)))


def _without_needless_places(pieces: list[tuple[Token, ...]], index: Index) -> list[tuple[Token, ...]]:
    """The pieces without places before a body that is there by its name: 云浮的云浮青禾机械有限公司."""
    kept = []
    for tokens, after in zip(pieces, [*pieces[1:], ()], strict=False):
        place = tokens[0]
        bodies = [thing for token in after if token.kind == "org" for thing in token.things]
        if place.kind != "place" or not bodies or not all(index.lies_in(b, place.text) for b in bodies):
            kept.append(tokens)
    return kept


@dataclass(frozen=True, slots=True)
class _Fit:
    question: Question
    tokens: tuple[Token, ...]
    used: tuple[Token, ...]
    rank: tuple[int, ...]


def _fits(pieces: Sequence[tuple[Token, ...]]) -> Iterable[_Fit]:
    for tokens in islice(product(*pieces), _MOST_READINGS):
        for place, question in enumerate(questions()):
            used = _used(question, tokens)
            if used is not None:
                whole = sum(t.whole for t in tokens)
                named = sum(bool(t.things) for t in tokens)
                single = -sum(max(len(t.things) - 1, 0) for t in tokens if t.kind != "place")
                yield _Fit(question, tokens, used, (whole, len(question.needs), named, single, -place))


def _is(token: Token, kind: str) -> bool:
    return token.kind == kind or (kind == "thing" and token.kind in _THINGS and bool(token.things))


def _used(question: Question, tokens: tuple[Token, ...]) -> tuple[Token, ...] | None:
    """The tokens that the needs take, in their order, if all needs are met and the rest may stand there."""
    left = list(tokens)
    used: list[Token] = []
    for need in question.needs:
        taken = [t for t in left if any(_is(t, kind) for kind in need.kinds)]
        if not taken:
            return None
        many = [t for t in taken if t.kind == taken[0].kind]
        for token in many if need.many else taken[:1]:
            left.remove(token)
            used.append(token)
    allowed = {kind: need.many for need in question.may for kind in need.kinds}
    for token in left:
        if not any(_is(token, kind) for kind in allowed):
            return None
    things = [t for t in left if t.kind in (*_THINGS, "honour", "measure", "post", "article")]
    if any(
        sum(o.kind == t.kind for o in things) > 1 and not allowed[t.kind] for t in things if t.kind in allowed
    ):
        return None
    return tuple(used + left)


def _choices(fit: _Fit) -> tuple[Choice, ...]:
    """The names in the question that several things have, where the query needs to know which."""
    asked = {kind for _, source in fit.question.arguments for kind in _sources(source)}
    found = []
    for token in fit.used:
        wanted = token.kind in asked or ("thing" in asked and token.kind in _THINGS)
        if wanted and token.kind in _THINGS and token.kind != "place" and len(token.things) > 1:
            found.append(Choice(token.text, token.things))
    return tuple(found)


def _sources(source: str) -> list[str]:
    return [re.sub(r"[#+].*$", "", kind) for kind in source.split("|")]


def _attempt(fit: _Fit, index: Index, absent: list[str]) -> Attempt | None:
    parameters: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for name, source in fit.question.arguments:
        if source.startswith("'"):
            parameters[name], said[name] = [source[1:]], source[1:]
            continue
        tokens = _tokens(fit, source)
        values = [value for token in tokens for value in _values(token, source, index)]
        measures = [t for t in tokens if t.kind == "measure"]
        if len(measures) > 1:  # the last is what is counted, if no figure has all the words
            both = list(index.measures_of(t.text for t in measures))
            tokens = tokens if both else measures[-1:]
            values = both or list(measures[-1].values)
        if tokens and not any(values):
            if any(v == "" for v in values):  # a word such as 单位 stands for any kind
                continue
            absent += [t.text for t in tokens]
            return None
        if values:
            parameters[name] = list(dict.fromkeys(values))
            said[name] = "、".join(dict.fromkeys(t.text for t in tokens))
    return Attempt(fit.question.query, parameters, said)


def _tokens(fit: _Fit, source: str) -> list[Token]:
    kinds = _sources(source)
    number = re.search(r"#(\d)", source)
    found = [t for t in fit.used if any(_fills(t, kind) for kind in kinds)]
    measures = [t for t in found if t.kind == "measure"]
    found = measures or found  # 服务职工多少人: the words of a figure tell what is counted
    if number:
        found = found[int(number[1]) - 1 :][:1]
    return found


def _fills(token: Token, kind: str) -> bool:
    if kind in ("bodies", "owners", "union"):
        return token.kind == "place"
    if kind == "awards":
        return token.kind == "honour"
    if kind == "unionpost":
        return token.kind == "post"
    if kind == "kindword":
        return token.kind in ("kind", "people")
    return _is(token, kind)


def _values(token: Token, source: str, index: Index) -> tuple[str, ...]:
    kinds = _sources(source)
    if token.kind == "place" and "union" in kinds:
        return tuple(t.iri for t in index.unions(token.text))
    if token.kind == "place" and "owners" in kinds:
        places = [t for t in index.bodies(token.text) if t.type == EntityType.PLACE]
        return tuple(t.iri for t in (*places, *index.unions(token.text)))
    if token.kind == "place" and "bodies" in kinds:
        return tuple(t.iri for t in index.bodies(token.text))
    if "kindword" in kinds and token.kind in ("kind", "people", "facility"):
        return (token.text,)
    if token.kind == "honour" and "awards" in kinds:
        return tuple(t.iri for t in index.awards_with(token.values))
    if "unionpost" in kinds:  # the head of a union is its 主席, not its 工会主席
        return tuple(v.removeprefix("工会") for v in token.values)
    if token.kind == "kind":
        return token.values or ("",)
    if token.kind in _THINGS and (token.kind != "place" or "thing" in kinds):
        return tuple(t.iri for t in token.things)
    return token.values
