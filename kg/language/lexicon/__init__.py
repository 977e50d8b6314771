"""What every reader of union news knows, as tables that a person can read and mend.

A table is a UTF-8 ``.tsv`` file in this folder: lines that begin with ``#`` are its
documentation, the first other line names the columns, then one row a thing, sorted. A large
table that nobody mends by hand may be a ``.tsv.gz``.
"""

from __future__ import annotations

import gzip
from functools import cache
from importlib.resources import files

__all__ = ["column", "table"]


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``name.tsv``, each a mapping from column to cell; loaded once.

    Raises:
        FileNotFoundError: if there is no such table.
        ValueError: if a row has more or fewer cells than the header.
    """
    header, *rows = _cells(name)
    return tuple([dict(zip(header, cells, strict=True)) for cells in rows])


@cache
def column(name: str, header: str) -> tuple[str, ...]:
    """One column of a table, in the table's order.

    Raises:
        ValueError: if the table has no such column.
    """
    first, *rows = _cells(name)
    place = first.index(header)
    return tuple([cells[place] for cells in rows])


@cache
def _cells(name: str) -> list[tuple[str, ...]]:
    """The cells of ``name.tsv``, the header first; tuples of strings cost the garbage collector nothing."""
    lines = [line for line in _content(name).splitlines() if line and not line.startswith("#")]
    cells = [tuple(line.split("\t")) for line in lines]
    wrong = next((row for row in cells if len(row) != len(cells[0])), None)
    if wrong is not None:
        line = "\t".join(wrong)
        raise ValueError(f"{name}.tsv: {len(wrong)} cells instead of {len(cells[0])} in {line!r}")
    return cells


def _content(name: str) -> str:
    folder = files(__name__)
    packed = folder.joinpath(f"{name}.tsv.gz")
    if packed.is_file():
        return gzip.decompress(packed.read_bytes()).decode("utf-8")
    return folder.joinpath(f"{name}.tsv").read_text(encoding="utf-8")
