"""Files of every format, made for the tests."""

from __future__ import annotations

import io
from collections.abc import Callable

import docx
import pytest


@pytest.fixture
def make_docx() -> Callable[..., bytes]:
    """A maker of Word files out of paragraphs and tables (lists of rows)."""

    def make(*parts: str | list[list[str]], title: str = "", author: str = "") -> bytes:
        document = docx.Document()
        document.core_properties.title = title
        document.core_properties.author = author
        for part in parts:
            if isinstance(part, str):
                document.add_paragraph(part)
                continue
            table = document.add_table(rows=0, cols=len(part[0]))
            for row in part:
                for cell, words in zip(table.add_row().cells, row, strict=True):
                    cell.text = words
        stream = io.BytesIO()
        document.save(stream)
        return stream.getvalue()

    return make


@pytest.fixture
def make_pdf() -> Callable[..., bytes]:
    """A maker of PDF files with a text layer out of pages, each a list of lines."""
    return _pdf


def _pdf(*pages: list[str], title: str = "", author: str = "") -> bytes:
    kids = " ".join(f"{8 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H"
        " /DescendantFonts [2 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 3 0 R /DW 1000"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880]"
        " /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
        "<< /Type /Catalog /Pages 6 0 R >>",
        f"<< /Title <feff{_hex(title)}> /Author <feff{_hex(author)}> >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
    ]
    for number, lines in enumerate(pages):
        drawn = "".join(f"<{_hex(line)}> Tj T*\n" for line in lines)
        stream = f"BT /F1 12 Tf 50 780 Td 20 TL\n{drawn}ET"
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        objects.append(
            "<< /Type /Page /Parent 6 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 1 0 R >> >>"
            f" /Contents {7 + 2 * number} 0 R >>"
        )
    body, places = "%PDF-1.5\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 4 0 R /Info 5 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def _hex(words: str) -> str:
    return words.encode("utf-16-be").hex()
