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
    lines = [line for line in _content(name).splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{name}.tsv: {len(cells)} cells instead of {len(header)} in {line!r}")
        rows.append(dict(zip(header, cells, strict=True)))
    return tuple(rows)


@cache
def column(name: str, header: str) -> tuple[str, ...]:
    """One column of a table, in the table's order."""
    return tuple(row[header] for row in table(name))


def _content(name: str) -> str:
    folder = files(__name__)
    packed = folder.joinpath(f"{name}.tsv.gz")
    if packed.is_file():
        return gzip.decompress(packed.read_bytes()).decode("utf-8")
    return folder.joinpath(f"{name}.tsv").read_text(encoding="utf-8")
