from __future__ import annotations

import sys
from typing import Any

import pytest

from kg.view.wording import label_lines, name_of, pinyin_keys, width, years


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("云浮市总工会", ("云浮市总工会",)),
        ("广东省工会第十五次代表大会", ("广东省工会第十", "五次代表大会")),
        ("云浮市总工会关于发挥工会组织作用的若干措施", ("云浮市总工会关于发挥", "工会组织作用的若干…")),
        ("", ("…",)),
        (" \n\t ", ("…",)),
        ("工\u202e会\u2028网", ("工会 网",)),
        ("ABC Industrial Labour Union", ("ABC Industrial", "Labour Union")),
        ("e\u0301\u0301\u0301\u0301", ("e\u0301\u0301",)),
    ],
)
def test_labels_have_at_most_two_short_lines(text: str, lines: tuple[str, ...]) -> None:
    assert label_lines(text) == lines
    assert all(width(line) <= 10.5 for line in lines)


def test_a_label_is_not_cut_inside_a_character() -> None:
    family = "👩\u200d👩\u200d👧"
    for size in range(1, 12):
        joined = "".join(label_lines(family * 12, line=float(size)))
        assert set(joined.replace("…", "").replace(family, "")) <= {""}, size


def test_a_thing_without_a_label_is_called_by_its_iri() -> None:
    assert name_of("https://example.org/id/甲", {}) == "甲"
    assert name_of("x", {"label": "乙"}) == "乙"


def test_pinyin_and_initials() -> None:
    pytest.importorskip("pypinyin")
    keys = pinyin_keys()(["云浮市总工会", "重庆市", "ILO", "2024年QC赛"])
    assert keys == ["yunfushizonggonghui", "yfszgh", "chongqingshi", "cqs", "2024nianqcsai", "2024nqcs"]


def test_without_pypinyin_there_are_no_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    assert pinyin_keys()(["云浮市总工会"]) == []


@pytest.mark.parametrize(
    ("attributes", "found"),
    [
        ({"year": "2017"}, [2017]),
        ({"year": 2017}, [2017]),
        ({"year": "2019年、2018年"}, [2018, 2019]),
        ({"period": "2021年以来"}, [2021]),
        ({"rank": "2017"}, []),
        ({"year": "120175"}, []),
        ({}, []),
    ],
)
def test_years_of_attributes(attributes: dict[str, Any], found: list[int]) -> None:
    assert years(attributes) == found
