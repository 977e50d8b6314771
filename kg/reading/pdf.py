"""The text layer of a PDF, without running heads and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from kg.errors import ReadingError
from kg.model import Metadata

__all__ = ["take", "without_furniture"]

_MOST_PAGES: Final = 2_000
_EDGE: Final = 2
"""How many lines at the top and at the foot of a page can be furniture."""
_PAGE_NUMBER = re.compile(
    r"[-—–·•|\s]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·•|\s]*",
    re.IGNORECASE,
)
_MADE_BY_PROGRAM = re.compile(
    r"(?:microsoft word|untitled|无标题|未命名|文档\s?\d|document\s?\d)|\.(?:docx?|wps|indd|fit|pdf)$",
    re.IGNORECASE,
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\ufffe\uffff]")
"""Among them the sign that stands for a hyphen at the end of a line."""


def take(data: bytes, *, where: str) -> tuple[str, Metadata]:
    """The text of all pages and the properties of a PDF.

    Raises:
        ReadingError: if the file is no PDF, is broken or locked, or has no text layer.
    """
    import pypdfium2  # a library of several megabytes: not for those who read text files

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadingError(f"{where}: the PDF is locked by a password; save it without one") from None
        raise ReadingError(f"{where}: this is no PDF or a broken one ({error}); save it anew") from None
    try:
        pages = _pages(document, where)
        properties = document.get_metadata_dict()
    except pypdfium2.PdfiumError as error:
        raise ReadingError(f"{where}: the PDF is broken ({error}); save it anew") from None
    finally:
        document.close()
    text = "\n".join(without_furniture(pages))
    if not text.strip():
        raise ReadingError(f"{where}: no text layer: its pages are pictures; recognise the text first (OCR)")
    return text, _metadata(properties)


def _pages(document: Any, where: str) -> list[list[str]]:
    if len(document) > _MOST_PAGES:
        raise ReadingError(f"{where}: the PDF has more than {_MOST_PAGES} pages; split it")
    return [_lines_of(document, number) for number in range(len(document))]


def _lines_of(document: Any, number: int) -> list[str]:
    page = document[number]
    try:
        layer = page.get_textpage()
        try:
            text: str = layer.get_text_range()
        finally:
            layer.close()
    finally:
        page.close()
    text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return [line.rstrip() for line in text.split("\n")]


def without_furniture(pages: list[list[str]]) -> list[str]:
    """The lines of all pages without running heads and page numbers.

    A line at the edge of its page is a running head where the same line, but for its figures,
    stands at the edge of at least half of three or more pages. A page number is one that counts
    on from page to page, or says of itself that it is one.

    >>> without_furniture([["工会简报", page, f"- {n} -"] for n, page in enumerate("甲乙丙", 1)])
    ['甲', '乙', '丙']
    """
    heads: Counter[str] = Counter()
    for page in pages:
        heads.update({_shape(page[place]) for place in _edges(page)})
    repeated = {
        shape for shape, times in heads.items() if len(pages) >= 3 and times >= max(3, len(pages) / 2)
    }
    offsets = Counter(
        value - number
        for number, page in enumerate(pages)
        for place in _edges(page)
        if (value := _bare_number(page[place])) is not None
    )
    counting = {offset for offset, times in offsets.items() if times >= 2}
    kept: list[str] = []
    for number, page in enumerate(pages):
        edges = _edges(page)
        kept += [
            line
            for place, line in enumerate(page)
            if place not in edges or not _is_furniture(line, number, repeated, counting)
        ]
    return kept


def _edges(page: list[str]) -> set[int]:
    """The places of the first and last lines of a page that are not blank."""
    filled = [place for place, line in enumerate(page) if line.strip()]
    return {*filled[:_EDGE], *filled[-_EDGE:]} if len(filled) > _EDGE else set()


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line))


def _bare_number(line: str) -> int | None:
    return int(line.strip()) if line.strip().isdecimal() and len(line.strip()) <= 4 else None


def _is_furniture(line: str, number: int, repeated: set[str], counting: set[int]) -> bool:
    shape = _shape(line)
    if not shape:
        return False
    value = _bare_number(line)
    if value is not None:
        return value - number in counting or shape in repeated
    if _PAGE_NUMBER.fullmatch(line.strip()) and re.search(r"[-—–页/／]", line):
        return True
    return shape in repeated and len(shape) <= 60 and shape != "#"


def _metadata(properties: dict[str, str]) -> Metadata:
    title = properties.get("Title", "").strip("\x00 ")
    author = properties.get("Author", "").strip("\x00 ")
    names = (name.strip() for name in re.split(r"[,，、;；]", author))
    return Metadata(
        title=title if title and not _MADE_BY_PROGRAM.search(title) else None,
        authors=tuple(name for name in names if re.search("[一-鿿]", name)),
    )
