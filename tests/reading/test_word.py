"""Word files: paragraphs and tables in order; what is dangerous or broken is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

from kg.errors import ReadingError
from kg.reading import read_bytes

Maker = Callable[..., bytes]
DOCUMENT = "word/document.xml"


def changed(data: bytes, change: Callable[[bytes], bytes], part: str = DOCUMENT) -> bytes:
    """The archive with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return stream.getvalue()


def test_paragraphs_and_tables_in_order(make_docx: Maker) -> None:
    data = make_docx("标题", [["镇", "家"], ["甲镇", "3"]], "正文在此。", title="驿站", author="李小明;王刚")
    document = read_bytes(data, path="a.docx")
    assert document.source == "标题\n镇\t家\n甲镇\t3\n正文在此。"
    assert document.format == "docx"
    assert document.metadata.title == "驿站"
    assert document.metadata.authors == ("李小明", "王刚")
    assert document.metadata.published is None


def test_the_names_of_programs_are_no_authors(make_docx: Maker) -> None:
    assert read_bytes(make_docx("正文。", author="Administrator"), path="a.docx").metadata.authors == ()


def test_insertions_links_and_controls_count_and_deletions_do_not(make_docx: Maker) -> None:
    new = (
        b"<w:p><w:ins><w:r><w:t>\xe7\x94\xb2</w:t></w:r></w:ins><w:del><w:r><w:delText>\xe4\xb9\x99</w:delText></w:r></w:del>"
        b"<w:hyperlink><w:r><w:t>\xe4\xb8\x99</w:t></w:r></w:hyperlink></w:p>"
        b"<w:sdt><w:sdtContent><w:p><w:r><w:t>\xe4\xb8\x81</w:t><w:br/><w:t>\xe6\x88\x8a</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    data = changed(make_docx("正文。"), lambda xml: xml.replace(b"<w:body>", b"<w:body>" + new))
    assert read_bytes(data, path="a.docx").source == "甲丙\n丁\n戊\n正文。"


@pytest.mark.parametrize(
    "declaration",
    [b"<!DOCTYPE w:document [<!ENTITY a 'x'>]>", b"<!DOCTYPE w:document SYSTEM 'file:///etc/passwd'>"],
)
def test_entities_are_refused(make_docx: Maker, declaration: bytes) -> None:
    data = changed(make_docx("正文。"), lambda xml: xml.replace(b"?>", b"?>" + declaration, 1))
    with pytest.raises(ReadingError, match="declares entities"):
        read_bytes(data, path="a.docx")


def test_entities_in_another_encoding_are_refused(make_docx: Maker) -> None:
    def wide(xml: bytes) -> bytes:
        text = xml.decode().replace("UTF-8", "UTF-16").replace("?>", "?><!DOCTYPE w:document>", 1)
        return text.encode("utf-16")

    with pytest.raises(ReadingError, match="declares entities"):
        read_bytes(changed(make_docx("正文。"), wide), path="a.docx")


def test_a_bomb_is_refused(make_docx: Maker) -> None:
    data = changed(make_docx("正文。"), lambda xml: xml + b" " * 30_000_000)
    with pytest.raises(ReadingError, match="unpacks to far more"):
        read_bytes(data, path="a.docx")


def test_what_is_no_word_file_is_refused(make_docx: Maker) -> None:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    whole = make_docx("正文。")
    cases = {
        b"no archive at all": "this is no Word file",
        other.getvalue(): "holds no Word document",
        whole[: len(whole) // 2]: "this is no Word file",
        changed(whole, lambda xml: xml[:200]): "is broken",
        make_docx(): "no text in the Word file",
    }
    for data, reason in cases.items():
        with pytest.raises(ReadingError, match=reason):
            read_bytes(data, path="a.docx")


def test_a_part_that_does_not_unpack_is_refused(make_docx: Maker) -> None:
    data = bytearray(make_docx("正文。" * 200))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        place = archive.getinfo(DOCUMENT).header_offset
    data[place + 60 : place + 90] = b"\xff" * 30
    with pytest.raises(ReadingError, match="is broken"):
        read_bytes(bytes(data), path="a.docx")
