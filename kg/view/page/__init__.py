"""The parts of the page: a frame, styles, scripts, and tables of words and of how things look.

A table is a UTF-8 ``.tsv`` file in this folder: lines that begin with ``#`` are its
documentation, the first other line names the columns, then one row a thing.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["SCRIPTS", "part", "table"]

SCRIPTS = (
    "model.js",
    "state.js",
    "paint.js",
    "orbit.js",
    "picture.js",
    "tip.js",
    "card.js",
    "panels.js",
    "export.js",
    "main.js",
)
"""The page's own scripts, in the order in which they are joined into one."""


@cache
def part(name: str) -> str:
    """The text of a file of this folder.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``name.tsv``, each a mapping from column to cell.

    Raises:
        FileNotFoundError: if there is no such table.
        ValueError: if a row has more or fewer cells than the header.
    """
    lines = [line for line in part(f"{name}.tsv").splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    rows = []
    for line in lines[1:]:
        cells = line.split("\t")
        if len(cells) != len(header):
            raise ValueError(f"{name}.tsv: {len(cells)} cells instead of {len(header)} in {line!r}")
        rows.append(dict(zip(header, cells, strict=True)))
    return tuple(rows)
