"""Answers: a table of typed values that shows itself well and goes on to other formats."""

from __future__ import annotations

import html
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, overload

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    parse,
    parse_query_results,
)

from kg.errors import QueryError
from kg.graph.syntax import rdf_text
from kg.graph.terms import PREFIXES
from kg.spreadsheet import excel_csv, harmless

if TYPE_CHECKING:
    import pandas

__all__ = ["FORMATS", "Row", "Rows", "Value", "rows_of", "table"]

Value = str | int | float | bool | None
"""A cell: IRIs and texts are strings, numbers are numbers, what is not bound is None."""

_XSD: Final = PREFIXES["xsd"]
_WHOLE: Final = frozenset({f"{_XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger")})
_BROKEN: Final = frozenset({f"{_XSD}{name}" for name in ("decimal", "double", "float")})
_TABLES: Final = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
_GRAPHS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "jsonld": RdfFormat.JSON_LD,
}
FORMATS: Final = ("table", *_TABLES, *_GRAPHS)
"""Every form of an answer; the last three are for graphs (CONSTRUCT and DESCRIBE)."""

_WIDEST: Final = 48
_NARROWEST: Final = 8
_SHOWN: Final = 100


class Row(Sequence[Value]):
    """One answer: its cells by place (``row[0]``), by column (``row["name"]``) or as ``row.name``."""

    __slots__ = ("_cells", "_columns")

    def __init__(self, columns: tuple[str, ...], cells: tuple[Value, ...]) -> None:
        self._columns = columns
        self._cells = cells

    @overload
    def __getitem__(self, key: int | str) -> Value: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Value, ...]: ...
    def __getitem__(self, key: int | str | slice) -> Value | tuple[Value, ...]:
        if not isinstance(key, str):
            return self._cells[key]
        if key not in self._columns:
            raise KeyError(f"{key}: the columns are {', '.join(self._columns)}")
        return self._cells[self._columns.index(key)]

    def __getattr__(self, name: str) -> Value:
        if name.startswith("_") or name not in self._columns:
            raise AttributeError(name)
        return self[name]

    def __len__(self) -> int:
        return len(self._cells)

    def __eq__(self, other: object) -> bool:
        return self._cells == (other._cells if isinstance(other, Row) else other)

    def __hash__(self) -> int:
        return hash(self._cells)

    def __repr__(self) -> str:
        pairs = zip(self._columns, self._cells, strict=True)
        return f"Row({', '.join(f'{name}={value!r}' for name, value in pairs)})"

    def to_dict(self) -> dict[str, Value]:
        """The cells by column."""
        return dict(zip(self._columns, self._cells, strict=True))


class Rows(Sequence[Row]):
    """All answers to a question, in order.

    ``kind`` is ``select``, ``ask`` (one row, one column ``answer``) or ``graph`` (the triples of a
    CONSTRUCT or DESCRIBE, sorted). ``sparql`` is the query that was run, its parameters filled in.
    """

    def __init__(
        self, kind: str, columns: tuple[str, ...], rows: Iterable[Row], content: bytes, sparql: str = ""
    ) -> None:
        self.kind = kind
        self.columns = columns
        self._rows = tuple(rows)
        self._content = content
        self.sparql = sparql

    @overload
    def __getitem__(self, key: int) -> Row: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, key: int | slice) -> Row | tuple[Row, ...]:
        return self._rows[key]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __bool__(self) -> bool:
        """The answer of an ASK; whether there is any row of the others."""
        return self._rows[0][0] is True if self.kind == "ask" else bool(self._rows)

    def __repr__(self) -> str:
        return f"<{len(self)} rows: {', '.join(self.columns)}>"

    def __str__(self) -> str:
        return table(self.columns, self._rows)

    def format(self, name: str, *, width: int | None = None) -> str:
        """The answers as ``table``, ``csv``, ``tsv``, ``json``, ``xml``; a graph ``ttl``, ``nt``, ``jsonld``.

        Args:
            name: the format.
            width: how many places a line of a table may take, a Chinese character taking two.

        Raises:
            QueryError: if that is no format for such answers.
        """
        if name == "table":
            return table(self.columns, self._rows, width=width)
        known = _GRAPHS if self.kind == "graph" else _TABLES
        if name not in known:
            raise QueryError(
                f"{name} is no format for the answers of this query: use table, {', '.join(known)}"
            )
        if self.kind == "graph":
            quads = parse(self._content, format=RdfFormat.N_TRIPLES)
            return rdf_text((quad.triple for quad in quads), _GRAPHS[name])
        results = parse_query_results(self._content, format=QueryResultsFormat.JSON)
        return _bytes(results.serialize(format=_TABLES[name])).decode()

    def to_csv(self, *, excel: bool = False) -> str:
        """Comma-separated values, by the SPARQL standard or, with ``excel``, as Excel opens them well.

        Excel's form begins with a byte-order mark, and no cell of it runs as a formula.
        """
        if not excel:
            return self.format("csv")
        cells = ([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in self)
        return excel_csv(self.columns, cells)

    def to_json(self) -> str:
        """SPARQL 1.1 Query Results JSON, or JSON-LD where the answer is a graph."""
        return self.format("jsonld" if self.kind == "graph" else "json")

    def to_dicts(self) -> list[dict[str, Value]]:
        """A dictionary a row."""
        return [row.to_dict() for row in self]

    def to_pandas(self) -> pandas.DataFrame:
        """A data frame with a column a variable.

        Raises:
            QueryError: if pandas is not installed.
        """
        try:
            import pandas
        except ImportError as error:
            raise QueryError("to_pandas needs pandas: pip install 'union-kg[pandas]'") from error
        return pandas.DataFrame([list(row) for row in self], columns=list(self.columns))

    def _repr_html_(self) -> str:
        left = ' style="text-align:left"'
        head = "".join(f"<th{left}>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td{left}>{html.escape(_shown(cell))}</td>" for cell in row) + "</tr>"
            for row in self._rows[:_SHOWN]
        )
        more = f"<caption>{_SHOWN} / {len(self)}</caption>" if len(self) > _SHOWN else ""
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def rows_of(results: QuerySolutions | QueryBoolean | QueryTriples, *, sparql: str = "") -> Rows:
    """What the engine found for the query ``sparql``, read in one go.

    Rows are not fetched one by one: that is a hundred times slower beside a busy thread.
    """
    if isinstance(results, QueryBoolean):
        return _rows(
            "ask", ("answer",), [(bool(results),)], _bytes(results.serialize(format=_TABLES["json"])), sparql
        )
    if isinstance(results, QueryTriples):
        content = _bytes(results.serialize(format=RdfFormat.N_TRIPLES))
        content = b"".join(sorted(set(content.splitlines(keepends=True))))
        triples = parse(content, format=RdfFormat.N_TRIPLES)
        cells = [tuple(getattr(t, "value", str(t)) for t in q.triple) for q in triples]
        return _rows("graph", ("subject", "predicate", "object"), cells, content, sparql)
    columns = tuple(variable.value for variable in results.variables)
    content = _bytes(results.serialize(format=QueryResultsFormat.JSON))
    bindings = json.loads(content)["results"]["bindings"]
    return _rows(
        "select", columns, [tuple(_value(b.get(c)) for c in columns) for b in bindings], content, sparql
    )


def _rows(
    kind: str, columns: tuple[str, ...], cells: Iterable[tuple[Value, ...]], content: bytes, sparql: str
) -> Rows:
    return Rows(kind, columns, [Row(columns, row) for row in cells], content, sparql)


def _bytes(content: bytes | None) -> bytes:
    assert content is not None
    return content


def _value(term: Mapping[str, Any] | None) -> Value:
    if term is None:
        return None
    value, datatype = term["value"], term.get("datatype")
    if datatype in _WHOLE:
        return int(value)
    if datatype in _BROKEN:
        return float(value)
    if datatype == f"{_XSD}boolean":
        return bool(value in ("true", "1"))
    return str(value)


def _shown(cell: Value) -> str:
    if cell is None:
        return ""
    return str(cell).lower() if isinstance(cell, bool) else str(cell)


def table(columns: Sequence[str], rows: Iterable[Sequence[Value]], *, width: int | None = None) -> str:
    """A table for the terminal; a Chinese character takes two places.

    With a ``width`` the widest columns are cut until a line fits, as far as what is left can be read.

    >>> print(table(("name", "n"), [("云浮市总工会", 3)]))
    name          n
    云浮市总工会  3
    """
    cells = [list(columns), *([_cut(_shown(cell)) for cell in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    if width is not None:
        widths = _narrowed(widths, width)
        cells = [[_cut(cell, w) for cell, w in zip(row, widths, strict=True)] for row in cells]
    lines = (
        "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True))
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def _narrowed(widths: Sequence[int], width: int) -> list[int]:
    """The widths of columns, the widest made narrower until all fit or none can be made so.

    >>> _narrowed([4, 40, 20], 40)
    [4, 16, 16]
    """
    found = list(widths)
    while found and sum(found) + 2 * (len(found) - 1) > width and max(found) > _NARROWEST:
        found[found.index(max(found))] -= 1
    return found


def _width(text: str) -> int:
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _cut(text: str, widest: int = _WIDEST) -> str:
    """The text on one line, no wider than a cell."""
    line = "".join(c if c.isprintable() else " " for c in text)
    if _width(line) <= widest:
        return line
    while _width(line) > widest - _width("…"):
        line = line[: -max(1, (_width(line) - widest) // 2)]
    return line + "…"
