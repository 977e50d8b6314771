"""Bytes become exactly the text that they were, or are refused with the reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadingError
from kg.reading.decoding import check_text, decode

SIMPLIFIED = (
    "东河区总工会召开产业工人队伍建设改革推进会，表扬了十二名先进职工。\n会议由区总工会主席张小明主持。"
)
TRADITIONAL = (
    "東河區總工會召開產業工人隊伍建設改革推進會，表揚了十二名先進職工。\n會議由區總工會主席張小明主持。"
)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("gb18030", "gb18030"),
        ("gbk", "gb18030"),
        ("gb2312", "gb18030"),
    ],
)
def test_simplified_text_comes_back_exactly(encoding: str, name: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding), where="a.txt") == (SIMPLIFIED, name)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "big5", "cp950", "gb18030"])
def test_traditional_text_comes_back_exactly(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding), where="a.txt")[0] == TRADITIONAL


def test_rare_characters_of_four_bytes_come_back() -> None:
    text = SIMPLIFIED + "他叫张𬭚、李𫖯。"
    assert decode(text.encode("gb18030"), where="a.txt") == (text, "gb18030")


def test_plain_ascii_and_other_scripts_are_utf_8() -> None:
    assert decode(b"plain text", where="a.txt") == ("plain text", "utf-8")
    assert decode("Привет, мир".encode(), where="a.txt") == ("Привет, мир", "utf-8")


def test_ascii_in_utf_16_without_a_mark() -> None:
    assert decode("plain text".encode("utf-16-le"), where="a.txt") == ("plain text", "utf-16-le")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        ("总工会".encode("gbk")[:4], "too little tells its encoding"),
        (SIMPLIFIED.encode()[:-1], "as UTF-8 it breaks at byte"),
        ("Привет, мир и люди".encode("cp1251"), "not readable as UTF-8"),
        ("こんにちは世界のみなさん".encode("shift_jis"), "not readable as UTF-8"),
        (b"\x00\x01\x02\xff" * 20, "binary data"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "picture"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 20, "save it as .docx"),
        (b"%PDF-1.5\n", "suffix .pdf"),
        (b"PK\x03\x04" + b"\x00" * 20, "suffix .docx"),
        (b"\xff\xfe\x00\xd8", "breaks at byte"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason) as error:
        decode(data, where="folder/a.txt")
    assert str(error.value).startswith("folder/a.txt: ")
    assert "\n" not in str(error.value)


def test_a_named_encoding_is_used_or_refused() -> None:
    short = "总工会"
    assert decode(short.encode("gbk"), where="a.txt", encoding="gb18030") == (short, "gb18030")
    with pytest.raises(ReadingError, match="is not utf-8 at byte 0"):
        decode(short.encode("gbk"), where="a.txt", encoding="utf-8")
    with pytest.raises(ReadingError, match="there is no encoding 'klingon'"):
        decode(b"x", where="a.txt", encoding="klingon")


def test_a_declared_encoding_is_believed_where_it_can_be_true() -> None:
    assert decode("总工会".encode("gbk"), where="a", declared="gb2312") == ("总工会", "gb18030")
    assert decode(SIMPLIFIED.encode(), where="a", declared="gb2312") == (SIMPLIFIED, "utf-8")
    assert decode(SIMPLIFIED.encode("gbk"), where="a", declared="utf-8") == (SIMPLIFIED, "gb18030")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("  \n\t", "white space"),
        ("总工会\n职\ufffd工", r"1 character\(s\) were lost .* line 2, column 2"),
        ("总工会\x00职工", "binary data"),
        ("总工会\ud800", "surrogate"),
    ],
)
def test_text_that_is_not_whole_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        check_text(text, "a.txt")


@given(
    st.integers(0, len(SIMPLIFIED) - 12), st.integers(12, 30), st.sampled_from(["gb18030", "utf-8", "utf-16"])
)
def test_a_piece_of_text_is_exact_or_refused(start: int, length: int, encoding: str) -> None:
    piece = SIMPLIFIED[start : start + length]
    assert decode(piece.encode(encoding), where="a")[0] == piece
