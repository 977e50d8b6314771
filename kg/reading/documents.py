"""Files and bytes of every format that is read, as documents."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from kg.errors import ReadingError
from kg.model import Document, Metadata
from kg.reading.decoding import check_text, decode
from kg.reading.repair import repair

__all__ = ["MAX_BYTES", "SUFFIXES", "find_files", "read_bytes", "read_file", "read_text"]

MAX_BYTES: Final = 64_000_000
"""The largest file that is read unless one asks for more."""

STDIN: Final = "-"
"""The path that means standard input."""


@dataclass(frozen=True)
class Taken:
    """What a format's reader took out of a file."""

    text: str
    encoding: str = "utf-8"
    metadata: Metadata = field(default_factory=Metadata)


def _take_text(data: bytes, where: str, encoding: str | None) -> Taken:
    text, name = decode(data, where=where, encoding=encoding)
    return Taken(text, name)


def _take_html(data: bytes, where: str, encoding: str | None) -> Taken:
    from kg.reading import webpage

    return Taken(*webpage.take(data, where=where, encoding=encoding))


def _take_docx(data: bytes, where: str, encoding: str | None) -> Taken:
    from kg.reading import word

    text, metadata = word.take(data, where=where)
    return Taken(text, metadata=metadata)


def _take_pdf(data: bytes, where: str, encoding: str | None) -> Taken:
    from kg.reading import pdf

    text, metadata = pdf.take(data, where=where)
    return Taken(text, metadata=metadata)


_READERS: Final[dict[str, Callable[[bytes, str, str | None], Taken]]] = {
    "txt": _take_text,
    "md": _take_text,
    "html": _take_html,
    "docx": _take_docx,
    "pdf": _take_pdf,
}

SUFFIXES: Final = {
    ".txt": "txt",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
"""The suffixes of the files that are read, and the format that each means."""


def read_file(path: str | Path, *, encoding: str | None = None, max_bytes: int = MAX_BYTES) -> Document:
    """The article in a file, or from standard input where ``path`` is ``-``.

    Args:
        path: a ``.txt``, ``.md``, ``.html``, ``.docx`` or ``.pdf`` file; a file with another suffix
            is read as what its first bytes say.
        encoding: the encoding of a text or html file, where it is known; otherwise it is found out.
        max_bytes: larger files are refused.

    Returns:
        The document. Its ``source`` is the decoded text as it stands in the file; of an html, docx
        or pdf file it is the text that the reader took out.

    Raises:
        ReadingError: if the file is missing, empty, too large, binary, broken, or cannot be decoded.
    """
    name = str(path)
    data = sys.stdin.buffer.read(max_bytes + 1) if name == STDIN else _read(name, max_bytes)
    return read_bytes(data, path=name, encoding=encoding, max_bytes=max_bytes)


def _read(name: str, max_bytes: int) -> bytes:
    try:
        with Path(name).open("rb") as stream:
            return stream.read(max_bytes + 1)
    except IsADirectoryError:
        raise ReadingError(f"{name}: this is a folder; give the files in it") from None
    except FileNotFoundError:
        raise ReadingError(f"{name}: there is no such file; check the path") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise ReadingError(f"{name}: cannot be read ({reason}); check the path and its permissions") from None


def read_bytes(
    data: bytes, *, path: str | Path = "", encoding: str | None = None, max_bytes: int = MAX_BYTES
) -> Document:
    """The article in the bytes of a file; ``path`` names it and its suffix tells the format.

    Raises:
        ReadingError: as :func:`read_file`.
    """
    name = str(path)
    where = _label(name)
    if not data:
        raise ReadingError(f"{where}: the file is empty; give a file with text in it")
    if len(data) > max_bytes:
        raise ReadingError(
            f"{where}: is larger than {max_bytes} bytes; split it or raise the limit max_bytes"
        )
    form = SUFFIXES.get(Path(name).suffix.lower()) or _guess(data)
    taken = _READERS[form](data, where, encoding)
    return _document(taken, path=name, form=form)


def _label(path: str) -> str:
    return "standard input" if path == STDIN else path or "text"


def _guess(data: bytes) -> str:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if head.startswith((b"<!doctype html", b"<html")):
        return "html"
    return "txt"


def read_text(text: str, *, path: str = "") -> Document:
    """The article in a string.

    >>> read_text("清远市总工会多次召开产改工作推进会,\\n\\n推广先进经验。").text
    '清远市总工会多次召开产改工作推进会,推广先进经验。'

    Raises:
        ReadingError: if the string is empty or is no whole text.
    """
    return _document(Taken(text), path=path, form=SUFFIXES.get(Path(path).suffix.lower(), "txt"))


def _document(taken: Taken, *, path: str, form: str) -> Document:
    check_text(taken.text, _label(path))
    text, offsets = repair(taken.text)
    return Document(
        id=hashlib.sha256(taken.text.encode("utf-8")).hexdigest()[:16],
        path=path,
        source=taken.text,
        text=text,
        offsets=offsets,
        format=form,
        encoding=taken.encoding,
        metadata=taken.metadata,
    )


def find_files(paths: Iterable[str | Path]) -> list[Path]:
    """The files that ``paths`` name, each once: files as they are, folders through and through.

    Inside folders only files with a known suffix count, in order of their path; hidden files, the
    lock files of office programs and what describes the folder (README, LICENSE) do not. ``-``
    stands for standard input and is passed on.

    Raises:
        ReadingError: if a path does not exist, or a folder holds nothing that can be read.
    """
    found: dict[str, Path] = {}
    for path in map(Path, paths):
        if not path.exists() and str(path) != STDIN:
            raise ReadingError(f"{path}: there is no such file or folder; check the path")
        inside = list(_files_in(path)) if path.is_dir() else [path]
        if not inside:
            known = ", ".join(SUFFIXES)
            raise ReadingError(f"{path}: the folder holds no file that can be read ({known}); give another")
        for file in inside:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _files_in(folder: Path) -> Iterator[Path]:
    files = []
    for root, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        files += [
            Path(root, name)
            for name in names
            if Path(name).suffix.lower() in SUFFIXES and not name.startswith((".", "~$", "README", "LICENSE"))
        ]
    return iter(sorted(files, key=lambda file: file.relative_to(folder).parts))
