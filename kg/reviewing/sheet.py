"""The sheet that people fill in: one row a question, as XLSX and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import ReviewError
from kg.reviewing.decisions import Decision
from kg.reviewing.words import HEADINGS, judged
from kg.spreadsheet import excel_csv, harmless

__all__ = ["Question", "read_sheet", "write_sheet"]

_WIDTHS = (8, 44, 70, 30, 30, 24, 40)


@dataclass(frozen=True, slots=True)
class Question:
    """A row: what is asked, the sentence with what it is about in ``【】``, and why it is asked."""

    key: str
    kind: str
    text: str
    sentence: str
    article: str
    reason: str

    def cells(self) -> tuple[str, ...]:
        """The row as it stands in a sheet, its judgement still empty."""
        return (self.kind, self.text, self.sentence, self.article, self.reason, "", self.key)


def write_sheet(questions: Iterable[Question], path: Path) -> int:
    """Write the questions to a ``.xlsx`` or ``.csv`` file; returns how many.

    Raises:
        ReviewError: if the file is neither, or openpyxl is not installed (the extra ``review``).
        OSError: if the file cannot be written.
    """
    rows = [question.cells() for question in questions]
    if path.suffix == ".csv":
        path.write_bytes(_csv(rows))
    elif path.suffix == ".xlsx":
        path.write_bytes(_xlsx(rows))
    else:
        raise ReviewError(f"{path}: a sheet is a .xlsx or a .csv file")
    return len(rows)


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    return excel_csv(HEADINGS, ([harmless(cell) for cell in row] for row in rows)).encode()


def _xlsx(rows: Sequence[Sequence[str]]) -> bytes:
    try:
        from openpyxl import Workbook
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.styles import Alignment, Font
        from openpyxl.utils import get_column_letter
    except ImportError as error:
        raise ReviewError("an .xlsx sheet needs openpyxl: pip install 'union-kg[review]'") from error
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "复核"
    sheet.freeze_panes = "A2"
    for number, row in enumerate([HEADINGS, *rows], 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
            cell.data_type = "s"  # text out of articles is never a formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for column, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_sheet(path: Path) -> list[Decision]:
    """The decisions that a filled-in sheet holds; rows without a judgement are none.

    Raises:
        ReviewError: if the file is no such sheet, or a judgement cannot be told; the message has the row.
    """
    rows = iter(_rows(path))
    try:
        head = list(next(rows))
        judgement, key = (head.index(HEADINGS[column]) for column in (5, 6))
    except (StopIteration, ValueError):
        raise ReviewError(
            f"{path}: the first row lacks {HEADINGS[5]} and {HEADINGS[6]}; use a sheet of kg review"
        ) from None
    found = []
    for number, row in enumerate(rows, 2):
        cells = [*row, *[""] * (len(head) - len(row))]
        if not cells[judgement].strip():
            continue
        said = judged(cells[judgement])
        if said is None or not cells[key].strip():
            raise ReviewError(
                f"{path}, row {number}: the judgement {cells[judgement]!r} is none; write 对, 错 or 应为…"
            )
        found.append(Decision(cells[key].strip(), *said))
    return found


def _rows(path: Path) -> Iterator[list[str]]:
    if path.suffix == ".xlsx":
        try:
            from openpyxl import load_workbook
        except ImportError as error:
            raise ReviewError("an .xlsx sheet needs openpyxl: pip install 'union-kg[review]'") from error
        try:
            sheet = load_workbook(io.BytesIO(path.read_bytes())).active
        except Exception as error:  # openpyxl lets every error of zip and XML through
            raise ReviewError(f"{path} is no .xlsx file that can be read ({error})") from error
        assert sheet is not None
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else str(cell) for cell in row]
        return
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "gb18030"):  # Chinese Excel saves CSV in the latter
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield from csv.reader(io.StringIO(text, newline=""))
        return
    raise ReviewError(f"{path}: neither UTF-8 nor GB18030; save the sheet as CSV UTF-8")
