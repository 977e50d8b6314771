"""Numbers in Arabic and Chinese signs."""

from __future__ import annotations

import time

import pytest

from kg.language.numerals import find_numerals, halfwidth, parse


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("十", 10),
        ("二十三", 23),
        ("一百零八", 108),
        ("一百二", 120),
        ("两千四", 2400),
        ("三万六", 36000),
        ("一万二千", 12000),
        ("四万五千六百七十八", 45678),
        ("四十一万", 410000),
        ("一亿两千万", 120000000),
        ("万亿", 10**12),
        ("二〇二四", 2024),
        ("三点五", 3.5),
        ("一点五亿", 150000000),
        ("13.7万", 137000),
        ("1,126", 1126),
        ("24，376", 24376),
        ("１２．５", 12.5),
        ("418.3万", 4183000),
        ("3千", 3000),
        ("2万2千", 22000),
        ("3万5000", 35000),
        ("3亿2000万", 320000000),
    ],
)
def test_value(words: str, value: float) -> None:
    assert parse(words) == value


@pytest.mark.parametrize("words", ["七八十", "三四", "十几", "半", "", "万一样", "两两"])
def test_no_exact_number(words: str) -> None:
    assert parse(words) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("职工1 126人", [("1 126", 1126, "", False)]),
        ("100多万人", [("100多万", 1000000, "多", False)]),
        ("9.6万余人", [("9.6万余", 96000, "余", False)]),
        ("3亿多元", [("3亿多", 300000000, "多", False)]),
        ("三百多万元", [("三百多万", 3000000, "多", False)]),
        ("2万2千余人", [("2万2千余", 22000, "余", False)]),
        ("达2千余万元", [("2千余万", 20000000, "余", False)]),
        ("3亿2000余万元", [("3亿2000余万", 320000000, "余", False)]),
        ("5万2024年", [("5万", 50000, "", False), ("2024", 2024, "", False)]),
        ("近九成", [("九成", 90, "", True)]),
        ("八成六", [("八成六", 86, "", True)]),
        ("三成半", [("三成半", 35, "", True)]),
        ("百分之八十五点五", [("百分之八十五点五", 85.5, "", True)]),
        ("三分之一", [("三分之一", 33.3, "", True)]),
        ("达0.5%", [("0.5%", 0.5, "", True)]),
        ("数千人、几十名、十几个", []),
        ("三成立了工会", [("三", 3, "", False)]),
        ("零件", []),
        ("六点零五分", []),
    ],
)
def test_find(text: str, found: list[tuple[str, float, str, bool]]) -> None:
    numerals = find_numerals(text)
    assert [(text[n.start : n.end], n.value, n.about, n.percent) for n in numerals] == found


def test_halfwidth_keeps_the_length() -> None:
    text = "会员１２．５％，１，２００人"
    assert len(halfwidth(text)) == len(text)
    assert halfwidth(text).startswith("会员12.5%")


@pytest.mark.parametrize("unit", ["1", "万", "1,111", "1 ", "百分之", "一分之", "1.1", "十成"])
def test_time_stays_linear(unit: str) -> None:
    start = time.process_time()
    for _ in find_numerals(unit * (100_000 // len(unit))):
        pass
    assert time.process_time() - start < 5
