"""Tables as spreadsheet programs open them well, with no cell that runs as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

__all__ = ["excel_csv", "harmless"]

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """The text of a cell, which no spreadsheet program takes for a formula.

    >>> harmless("=1+1"), harmless("市总工会")
    ("'=1+1", '市总工会')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def excel_csv(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Comma-separated values with a byte-order mark and the line ends of Windows; see :func:`harmless`."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(rows)
    return "\ufeff" + out.getvalue()
