"""A question cut into what it is made of: names, places, years, words; the best cut of all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kg.asking.index import Index, Named, plain
from kg.asking.tables import NOTHING, words
from kg.vocabulary import EntityType

__all__ = ["UNKNOWN", "Token", "segment"]

UNKNOWN: Final = "unknown"
KINDS: Final = {
    EntityType.ORGANIZATION: "org",
    EntityType.PERSON: "person",
    EntityType.PROGRAMME: "programme",
    EntityType.AWARD: "award",
    EntityType.EVENT: "event",
    EntityType.PLACE: "place",
    EntityType.DOCUMENT: "document",
    EntityType.FACILITY: "facility",
}
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年?")
_PUNCTUATION: Final = frozenset(",.;:!?，。；：！？、…—～~·()（）[]【】-/+|")
_NAME, _TITLE, _PLACE, _WORD, _FIGURE, _PART = 12, 13, 11, 10, 9, 6
_COST: Final = 5
"""What a piece costs, so that few long ones win over many short ones; and so does a character left over."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a question under one of its readings.

    ``things`` are those that the words may name, ``values`` what they stand for; ``whole`` says that
    the words are a name and not only a part of one.
    """

    text: str
    kind: str
    values: tuple[str, ...] = ()
    things: tuple[Named, ...] = ()
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Piece:
    end: int
    weight: int
    tokens: tuple[Token, ...]


def segment(question: str, index: Index) -> list[tuple[Token, ...]]:
    """The pieces of the question in order, each with its readings; what says nothing is left out.

    A piece that nothing is known of is of the kind ``unknown``.
    """
    text = plain(question)
    best: list[tuple[int, int, tuple[Token, ...]]] = [(0, len(text), ())] * (len(text) + 1)
    for start in range(len(text) - 1, -1, -1):
        nothing: tuple[Token, ...] = (
            Token(text[start], NOTHING if text[start] in _PUNCTUATION else UNKNOWN),
        )
        weight = -_COST * (nothing[0].kind == UNKNOWN)
        choices = [(best[start + 1][0] + weight, start + 1, nothing)]
        choices += [(p.weight + best[p.end][0], p.end, p.tokens) for p in _pieces(text, start, index)]
        best[start] = max(choices, key=lambda c: (c[0], c[1]))
    return list(_joined(text, best))


def _joined(text: str, best: list[tuple[int, int, tuple[Token, ...]]]) -> Iterator[tuple[Token, ...]]:
    place, unknown = 0, ""
    while place < len(text):
        _, end, tokens = best[place]
        if tokens[0].kind == UNKNOWN:
            unknown += tokens[0].text
        else:
            if unknown:
                yield (Token(unknown, UNKNOWN),)
                unknown = ""
            if any(t.kind != NOTHING for t in tokens):
                yield tuple(t for t in tokens if t.kind != NOTHING)
        place = end
    if unknown:
        yield (Token(unknown, UNKNOWN),)


def _pieces(text: str, start: int, index: Index) -> Iterator[_Piece]:
    if year := _YEAR.match(text, start):
        yield _Piece(year.end(), _WORD * len(year[0]), (Token(year[0], "year", (year[1],)),))
    for end in range(start + 1, min(len(text), start + index.longest) + 1):
        form = text[start:end]
        length = end - start
        whole = tuple(_whole(form, index))
        if whole:
            yield _Piece(end, max(w for w, _ in whole) * length - _COST, tuple(t for _, t in whole))
        elif parts := tuple(_parts(form, index)):
            weight = _FIGURE if parts[0].kind == "measure" else _PART
            yield _Piece(end, weight * length - _COST, parts)


def _whole(form: str, index: Index) -> Iterator[tuple[int, Token]]:
    for word in words().get(form, ()):
        yield _WORD, Token(form, word.kind, word.values)
    for kind, things in _by_kind(index.named(form)):
        if kind != "place":
            yield _NAME, Token(form, kind, things=things)
    places = tuple(t for t in index.named(form) if t.type == EntityType.PLACE)
    if places or index.knows_place(form):
        yield _PLACE, Token(form, "place", index.place_names(form), places)
    if form in index.articles:
        yield _TITLE, Token(form, "article", index.titled(form))
    if form in index.posts:
        yield _WORD, Token(form, "post", (form,))


def _parts(form: str, index: Index) -> Iterator[Token]:
    if form.startswith("的") or form.endswith(("的", "数")):
        return
    if index.measures_with(form):
        yield Token(form, "measure", (form,), whole=False)
    for kind, things in _by_kind(index.with_part(form)):
        if kind == "award":
            yield Token(form, "honour", (form,), whole=False)
        elif kind != "place":
            yield Token(form, kind, things=things, whole=False)
    if titles := index.titled(form):
        yield Token(form, "article", titles, whole=False)


def _by_kind(things: tuple[Named, ...]) -> Iterator[tuple[str, tuple[Named, ...]]]:
    kinds = dict.fromkeys(KINDS[EntityType(t.type)] for t in things)
    for kind in kinds:
        yield kind, tuple(t for t in things if KINDS[EntityType(t.type)] == kind)
