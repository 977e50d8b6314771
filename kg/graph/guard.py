"""What may be asked: reading only, and of this graph only.

The engine would fetch what ``SERVICE`` names. It is a keyword, so a query in which the word does
not even occur is safe; in one where it does, what counts is the word as the query's grammar reads
it, not the one in a string, an IRI or a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kg.errors import QueryError

__all__ = ["Form", "Token", "check", "tokens"]

_TOKEN: Final = re.compile(
    r"""
      (?P<space>[ \t\r\n]+)
    | (?P<comment>\#[^\r\n]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*(?:\\[uU][0-9A-Fa-f]+[^<>"{}|^`\\\x00-\x20]*)*>)
    | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
        | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<variable>[?$]\w+)
    | (?P<name>(?:[^\W\d_][\w.-]*+)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*(?<!\.))
    | (?P<blank>_:\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9-]+)*)
    | (?P<number>\d+)
    | (?P<word>[^\W\d][\w.-]*)
    | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_FORMS: Final = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UPDATES: Final = frozenset(
    {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD", "WITH"}
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token of SPARQL: what kind it is, its text and where it begins."""

    kind: str
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Form:
    """What a query is: its form, the graphs it names with ``FROM``, and where its pattern begins."""

    name: str
    graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    pattern: int | None


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, without white space and comments.

    >>> [t.text for t in tokens('ASK { ?s a <b> # SERVICE\\n}')]
    ['ASK', '{', '?s', 'a', '<b>', '}']
    """
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup or "mark"
        if kind == "word":  # `true.ASK` is three tokens, `a-b` is as well
            for part in re.finditer(r"\w+|[.-]", match.group()):
                yield Token("word", part.group(), match.start() + part.start())
        elif kind not in ("space", "comment"):
            yield Token(kind, match.group(), match.start())


@lru_cache(maxsize=256)
def check(query: str) -> Form:
    """What the query is, if it only reads and stays here.

    Raises:
        QueryError: if it is an update, or would ask another service.
    """
    found = list(tokens(query))
    words = [t.text.upper() for t in found if t.kind == "word"]
    form = next((w for w in words if w in _FORMS | _UPDATES), "")
    if form not in _FORMS:
        what = f"{form} is an update" if form else "there is no SELECT, ASK, CONSTRUCT or DESCRIBE"
        raise QueryError(f"{what}: a graph is only read by queries")
    if "SERVICE" in words or _asks_a_service(query):
        raise QueryError("SERVICE is refused: a query asks this graph only and never the network")
    graphs, named = _datasets(found) if "FROM" in words else ((), ())
    return Form(form, graphs, named, _pattern(found))


def _asks_a_service(query: str) -> bool:
    """A second opinion, by the syntax tree, on a query that holds the word somewhere."""
    if "service" not in re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", _unescaped, query).casefold():
        return False
    from rdflib.plugins.sparql.parser import parseQuery  # slow to import, and rarely needed

    try:
        tree = parseQuery(query)
    except Exception as error:  # pyparsing raises of many kinds
        raise QueryError(
            "the query holds the word SERVICE and could not be understood beyond doubt: leave the word out"
        ) from error
    return any(getattr(node, "name", "") == "ServiceGraphPattern" for node in _nodes(tree))


def _unescaped(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else ""


def _nodes(tree: object) -> Iterator[object]:
    yield tree
    if isinstance(tree, dict):
        for value in tree.values():
            yield from _nodes(value)
    elif not isinstance(tree, str) and hasattr(tree, "__iter__"):
        for item in tree:
            yield from _nodes(item)


def _datasets(found: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The IRIs after ``FROM`` and after ``FROM NAMED``."""
    prefixes = {
        name.text[:-1]: iri.text[1:-1]
        for word, name, iri in zip(found, found[1:], found[2:], strict=False)
        if word.text.upper() == "PREFIX" and name.kind == "name" and iri.kind == "iri"
    }
    graphs: dict[bool, list[str]] = {False: [], True: []}
    for i, token in enumerate(found):
        if token.kind == "word" and token.text.upper() == "FROM":
            named = i + 1 < len(found) and found[i + 1].text.upper() == "NAMED"
            place = found[i + 1 + named] if i + 1 + named < len(found) else token
            graphs[named].append(_iri(place, prefixes))
    return tuple(graphs[False]), tuple(graphs[True])


def _iri(token: Token, prefixes: dict[str, str]) -> str:
    if token.kind == "iri":
        return token.text[1:-1]
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, f"{prefix}:") + local


def _pattern(found: list[Token]) -> int | None:
    """Where, after its brace, the pattern of the whole query begins; a template does not count."""
    depth = 0
    for i, token in enumerate(found):
        if token.kind != "mark":
            continue
        before = found[i - 1].text.upper() if i else ""
        if token.text == "{" and depth == 0 and before != "CONSTRUCT":
            return token.start + 1
        depth += (token.text in "{(") - (token.text in "})")
    return None
