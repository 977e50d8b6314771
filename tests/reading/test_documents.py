"""Files, bytes, strings and folders as documents."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import ReadingError
from kg.reading import find_files, read_bytes, read_file, read_text

TEXT = "东河区总工会建成驿站19家，服务职工3万人次。"


def test_a_text_file(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(TEXT.encode("gb18030"))
    document = read_file(file)
    assert document.source == document.text == TEXT
    assert document.id == hashlib.sha256(TEXT.encode()).hexdigest()[:16]
    assert (document.path, document.format, document.encoding) == (str(file), "txt", "gb18030")
    assert document.offsets == range(len(TEXT))


def test_the_id_is_that_of_the_text_whatever_the_file(make_docx: Callable[..., bytes]) -> None:
    ids = {
        read_text(TEXT).id,
        read_bytes(TEXT.encode(), path="a.txt").id,
        read_bytes(TEXT.encode("utf-16"), path="b.md").id,
        read_bytes(f"<p>{TEXT}</p>".encode(), path="c.html").id,
        read_bytes(make_docx(TEXT), path="d.docx").id,
    }
    assert len(ids) == 1


def test_line_ends_stay_in_the_source_and_go_from_the_text() -> None:
    document = read_bytes("标题\r\n正文很长，\r\n还有一句。\r\n".encode(), path="a.txt")
    assert document.source == "标题\r\n正文很长，\r\n还有一句。\r\n"
    assert document.text == "标题\n正文很长，还有一句。\n"
    span = document.to_source(3, 12)
    assert document.source[span.start : span.end] == "正文很长，\r\n还有一句"


def test_a_mark_of_byte_order_is_no_part_of_the_source() -> None:
    assert read_bytes(TEXT.encode("utf-8-sig"), path="a.txt").source == TEXT


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gbk"))))
    document = read_file("-")
    assert (document.path, document.source) == ("-", TEXT)


@pytest.mark.parametrize(
    ("head", "form"), [("<!DOCTYPE html><p>", "html"), ("\n<html><p>", "html"), ("", "txt"), ("# ", "txt")]
)
def test_without_a_known_suffix_the_first_bytes_decide(head: str, form: str) -> None:
    assert read_bytes((head + TEXT).encode(), path="article.news").format == form


def test_without_a_known_suffix_office_files_are_known(
    make_docx: Callable[..., bytes], make_pdf: Callable[..., bytes]
) -> None:
    assert read_bytes(make_docx(TEXT)).format == "docx"
    assert read_bytes(make_pdf([TEXT])).format == "pdf"


def test_errors_name_the_file_and_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "large.txt").write_text(TEXT, encoding="utf-8")
    cases = {
        tmp_path / "none.txt": "there is no such file",
        tmp_path / "empty.txt": "is empty",
        tmp_path: "this is a folder",
    }
    for path, reason in cases.items():
        with pytest.raises(ReadingError, match=reason) as error:
            read_file(path)
        assert str(error.value).startswith(f"{path}: ")
    with pytest.raises(ReadingError, match="larger than 20 bytes"):
        read_file(tmp_path / "large.txt", max_bytes=20)
    with pytest.raises(ReadingError, match="larger than 20 bytes"):
        read_bytes(TEXT.encode(), max_bytes=20)
    with pytest.raises(ReadingError, match=r"^text: .*white space"):
        read_text(" \n")
    with pytest.raises(ReadingError, match="cannot be read"):
        read_file("a\x00b.txt")


def test_folders_give_their_readable_files_in_order(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a/z.md",
        "a/b/c.HTML",
        "d.docx",
        "e.pdf",
        "f.htm",
        "g.png",
        ".hidden.txt",
        "~$d.docx",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").touch()
    names = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert names == ["a/b/c.HTML", "a/z.md", "b.txt", "d.docx", "e.pdf", "f.htm"]


def test_each_file_comes_once_and_named_files_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch()
    (tmp_path / "notes.log").touch()
    found = find_files([tmp_path / "notes.log", "-", tmp_path / "a.txt", tmp_path])
    assert found == [tmp_path / "notes.log", Path("-"), tmp_path / "a.txt"]


def test_a_missing_path_and_an_empty_folder_are_errors(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="there is no such file or folder"):
        find_files([tmp_path / "none"])
    with pytest.raises(ReadingError, match="holds no file that can be read"):
        find_files([tmp_path])
