"""The named queries as questions with blanks to fill in, and their answers as a table to read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kg.graph import Graph
from kg.graph.binding import fill
from kg.graph.guard import tokens
from kg.graph.rows import Value
from kg.graph.terms import PREFIXES
from kg.queries import queries
from kg.server.names import names_of
from kg.server.reader import Reader

__all__ = ["Cell", "Example", "Question", "Table", "examples", "with_prefixes"]

_SENTENCES = ("quote", "sentence")


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with: its name, what it asks, its text."""

    name: str
    zh: str
    en: str
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and the IRI of what it names where that is beyond doubt."""

    value: Value
    iri: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The first rows of an answer, and how many there are in all."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Question:
    """A named query with values for its parameters; blank ones are left open."""

    name: str
    values: tuple[tuple[str, str], ...]
    most: int

    def __call__(self, reader: Reader) -> Table:
        """Answer it.

        Raises:
            QueryError: if there is no such query, or a value does not fit.
        """
        rows = reader.graph.query(self.name, **{n: v.strip() for n, v in self.values if v.strip()})
        known = reader.kept("called", lambda _: _called(reader))
        return Table(
            rows.columns,
            tuple(
                tuple(
                    Cell(value, None if column in _SENTENCES else _iri(value, known))
                    for column, value in zip(rows.columns, row, strict=True)
                )
                for row in rows[: self.most]
            ),
            len(rows),
        )


def _iri(value: Value, known: dict[str, str]) -> str | None:
    if not isinstance(value, str):
        return None
    return value if value.startswith("https://w3id.org/union-kg/") else known.get(value)


def _called(reader: Reader) -> dict[str, str]:
    """IRIs by name, of what no other thing is called."""
    named: dict[str, set[str]] = {}
    for thing in names_of(reader).things:
        named.setdefault(thing.label, set()).add(thing.iri)
    for article in _titled(reader.graph):
        named.setdefault(article[0], set()).add(article[1])
    return {name: next(iter(iris)) for name, iris in named.items() if len(iris) == 1}


def _titled(graph: Graph) -> list[tuple[str, str]]:
    return [(a.title, a.iri) for a in graph.articles() if a.title]


def examples() -> list[Example]:
    """The named queries for the editor: whole as they stand, with the prefixes that they use."""
    return [Example(q.name, q.zh, q.en, with_prefixes(_body(q.text))) for q in queries().values()]


def with_prefixes(query: str) -> str:
    """The query with a declaration for each of the usual prefixes that it uses and does not declare."""
    found = list(tokens(query))
    used = {t.text.partition(":")[0] for t in found if t.kind == "name"}
    declared = {
        after.text[:-1]
        for before, after in pairwise(found)
        if before.text.upper() == "PREFIX" and after.kind == "name"
    }
    lines = [f"PREFIX {name}: <{PREFIXES[name]}>" for name in sorted((used - declared) & set(PREFIXES))]
    return "\n".join([*lines, "", query] if lines else [query])


def _body(text: str) -> str:
    """The query without the lines of its head and the slots of its parameters."""
    lines = (line for line in fill(text, {}).splitlines() if not line.startswith("# "))
    return "\n".join(line.rstrip() for line in lines if line.strip()) + "\n"
