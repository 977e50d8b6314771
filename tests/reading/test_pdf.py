"""PDF files: the text layer without what belongs to the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.errors import ReadingError
from kg.reading import read_bytes
from kg.reading.pdf import without_furniture

Maker = Callable[..., bytes]


def test_the_text_layer_is_read_and_repaired(make_pdf: Maker) -> None:
    pages = (
        ["东河工会简报", "市总工会建成驿站，服务职", "1"],
        ["东河工会简报", "工三万人次，受到欢迎。", "2"],
        ["东河工会简报", "全年新建驿站十九家。", "3"],
    )
    document = read_bytes(make_pdf(*pages, title="驿站建设", author="李小明"), path="a.pdf")
    assert document.source == "市总工会建成驿站，服务职\n工三万人次，受到欢迎。\n全年新建驿站十九家。"
    assert document.text == "市总工会建成驿站，服务职工三万人次，受到欢迎。\n全年新建驿站十九家。"
    assert (document.metadata.title, document.metadata.authors) == ("驿站建设", ("李小明",))


def test_the_names_that_programs_give_are_no_titles(make_pdf: Maker) -> None:
    for title in ("Microsoft Word - 通知.doc", "未命名", "版面.indd"):
        assert read_bytes(make_pdf(["正文在此。"], title=title), path="a.pdf").metadata.title is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"no pdf at all", "no PDF or a broken one"), (b"%PDF-1.5\nbroken", "no PDF or a broken one")],
)
def test_a_broken_file_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_bytes(data, path="a.pdf")


def test_a_file_of_pictures_is_refused(make_pdf: Maker) -> None:
    with pytest.raises(ReadingError, match="no text layer"):
        read_bytes(make_pdf([]), path="a.pdf")


@pytest.mark.parametrize(
    ("pages", "kept"),
    [
        ([["甲", "乙", "- 1 -"]], ["甲", "乙"]),
        ([["甲", "乙", "第 1 页 共 3 页"]], ["甲", "乙"]),
        ([["甲", "乙", "7"], ["丙", "丁", "8"]], ["甲", "乙", "丙", "丁"]),
        ([["甲", "乙", "2024"], ["丙", "丁", "98"]], ["甲", "乙", "2024", "丙", "丁", "98"]),
        ([["甲", "同", "乙"], ["丙", "同", "丁"]], ["甲", "同", "乙", "丙", "同", "丁"]),
        ([["名单"], ["张小明", "李华"]], ["名单", "张小明", "李华"]),
    ],
)
def test_only_what_is_surely_furniture_goes(pages: list[list[str]], kept: list[str]) -> None:
    assert without_furniture(pages) == kept
