"""The text of a Word file: paragraphs and tables, in the order in which they stand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

from kg.errors import ReadingError
from kg.model import Metadata

__all__ = ["take"]

_LARGEST: Final = 100_000_000
"""Bytes that the parts of a file may take unpacked."""
_MOST_PARTS: Final = 5_000
_STEEPEST: Final = 200
"""How many times larger than packed a part of some size may be."""
_SMALL: Final = 1_000_000
_NAMESPACE: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT: Final = frozenset(
    {
        _FALLBACK,
        *(_NAMESPACE + name for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "tblPr")),
    }
)
_ACCOUNTS: Final = re.compile(
    r"(?:python-docx|admin(?:istrator)?|user|windows ?用户|microsoft.*|微软.*|wps.*|lenovo.*|hp|dell|用户)$",
    re.IGNORECASE,
)
"""Names that programs and computers give themselves."""


def take(data: bytes, *, where: str) -> tuple[str, Metadata]:
    """The text and the properties of a ``.docx`` file.

    Each paragraph is a line, a table row one line with a tab between its cells. Text that was
    deleted under revision is left out. The date of creation says nothing of publication and is
    not taken.

    Raises:
        ReadingError: if this is no Word file, is broken, hides entities or unpacks to too much, or
            holds no text.
    """
    _check(data, where)
    import docx  # lxml and its schemas: not for those who read text files

    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_lines(document.element.body))
        properties = document.core_properties
        title, author = properties.title or "", properties.author or ""
    except Exception as error:  # python-docx lets errors of zipfile, lxml and its own through
        raise ReadingError(
            f"{where}: the Word file is broken ({type(error).__name__}); save it anew"
        ) from None
    if not text.strip():
        raise ReadingError(f"{where}: there is no text in the Word file; are its pages pictures?")
    names = (name.strip() for name in re.split(r"[,，、;；]", author))
    return text, Metadata(
        title=title.strip() or None,
        authors=tuple(name for name in names if name and not _ACCOUNTS.match(name)),
    )


def _check(data: bytes, where: str) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise ReadingError(f"{where}: this is no Word file (.docx); save it anew as .docx") from None
    with archive:
        parts = archive.infolist()
        if not any(part.filename == "word/document.xml" for part in parts):
            raise ReadingError(f"{where}: this archive holds no Word document; give a .docx file")
        steep = any(p.file_size > _SMALL and p.file_size > _STEEPEST * max(1, p.compress_size) for p in parts)
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _LARGEST or steep:
            raise ReadingError(f"{where}: the Word file unpacks to far more than it should; it is not opened")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and _has_doctype(archive, part, where):
                raise ReadingError(
                    f"{where}: {part.filename} in the Word file declares entities; save it anew from Word"
                )


def _has_doctype(archive: zipfile.ZipFile, part: zipfile.ZipInfo, where: str) -> bool:
    try:
        with archive.open(part) as stream:
            content = stream.read(_LARGEST + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise ReadingError(f"{where}: the Word file is broken or locked ({error}); save it anew") from None
    except Exception as error:  # zlib.error and lzma.LZMAError share no base class
        raise ReadingError(f"{where}: the Word file is broken ({error}); save it anew") from None
    if len(content) > _LARGEST:
        raise ReadingError(f"{where}: the Word file unpacks to far more than it should; it is not opened")
    head = content[:2]
    wide = head in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in head
    return b"<!DOCTYPE" in content or b"<!ENTITY" in content or (wide and _says_doctype(content))


def _says_doctype(content: bytes) -> bool:
    return any(
        "<!DOCTYPE" in content.decode(codec, "ignore") for codec in ("utf-16", "utf-16-le", "utf-16-be")
    )


def _lines(element: Any) -> Iterator[str]:
    """The lines of a body, cell or text box, in order."""
    for child in element:
        if child.tag == _NAMESPACE + "p":
            yield from _paragraph(child)
        elif child.tag == _NAMESPACE + "tbl":
            yield from _rows(child)
        elif child.tag not in _LEFT_OUT:
            yield from _lines(child)


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter(_NAMESPACE + "tr"):
        if next(row.iterancestors(_NAMESPACE + "tbl")) is not table:
            continue
        cells = [" ".join(line for line in _lines(cell) if line.strip()) for cell in _cells(row)]
        if any(cells):
            yield "\t".join(cells).strip("\t")


def _cells(row: Any) -> Iterator[Any]:
    return (
        cell for cell in row.iter(_NAMESPACE + "tc") if next(cell.iterancestors(_NAMESPACE + "tr")) is row
    )


def _paragraph(paragraph: Any) -> list[str]:
    """The lines of a paragraph, and of the text boxes that hang on it."""
    words: list[str] = []
    boxes: list[str] = []
    _collect(paragraph, words, boxes)
    return ["".join(words), *boxes]


def _collect(element: Any, words: list[str], boxes: list[str]) -> None:
    for child in element:
        name = child.tag
        if name in _LEFT_OUT:
            continue
        if name == _NAMESPACE + "t":
            words.append(child.text or "")
        elif name == _NAMESPACE + "tab":
            words.append("\t")
        elif name in (_NAMESPACE + "br", _NAMESPACE + "cr"):
            words.append("\n")
        elif name == _NAMESPACE + "noBreakHyphen":
            words.append("-")
        elif name == _NAMESPACE + "txbxContent":
            boxes += [line for line in _lines(child) if line.strip()]
        else:
            _collect(child, words, boxes)
