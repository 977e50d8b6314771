"""Where articles disagree: figures and years of one thing that cannot both be right.

Both are kept in the graph; what copies of one text say counts once.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Store

from kg.graph.binding import fill
from kg.graph.rows import Row, rows_of
from kg.graph.terms import PREFIXES
from kg.queries import named_query

__all__ = ["Conflict", "find_conflicts"]


@dataclass(frozen=True, slots=True, order=True)
class Conflict:
    """Two articles that say different things: of ``thing``, the number ``what`` or the year of ``what``.

    ``values`` are the two figures or years, the smaller first; ``sources`` and ``quotes`` belong to them.
    """

    thing: str
    what: str
    values: tuple[str, str]
    sources: tuple[str, str]
    quotes: tuple[str, str]

    def __str__(self) -> str:
        lines = [f"{self.thing}：{self.what} {self.values[0]} / {self.values[1]}"]
        said = zip(self.values, self.sources, self.quotes, strict=True)
        lines += [f"    {value}：「{quote}」——{source}" for value, source, quote in said]
        return "\n".join(lines)


def find_conflicts(store: Store) -> list[Conflict]:
    """All disagreements between articles, sorted; each once, whatever thing it was found by."""
    found: dict[tuple[object, ...], Conflict] = {}
    for row in _ask(store, "conflicts"):
        conflict = Conflict(
            str(row.subject),
            str(row.measure),
            (_number(row.value, row.unit), _number(row.otherValue, row.unit)),
            (str(row.source), str(row.otherSource)),
            (str(row.quote), str(row.otherQuote)),
        )
        found.setdefault((conflict.what, conflict.values, conflict.sources, conflict.quotes), conflict)
    for row in _ask(store, "disagreements"):
        conflict = Conflict(
            str(row.subject),
            f"{row.relation} {row.object}",
            (str(row.year), str(row.otherYear)),
            (str(row.source), str(row.otherSource)),
            (str(row.quote), str(row.otherQuote)),
        )
        found.setdefault((conflict.what, conflict.values, conflict.sources, conflict.quotes), conflict)
    return sorted(found.values())


def _number(value: object, unit: object) -> str:
    number = (
        f"{value:,}" if isinstance(value, int) else f"{value:g}" if isinstance(value, float) else str(value)
    )
    return f"{number}{unit or ''}"


def _ask(store: Store, name: str) -> list[Row]:
    return list(rows_of(store.query(fill(named_query(name).text, {}), prefixes=PREFIXES)))
