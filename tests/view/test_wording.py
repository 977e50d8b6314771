from __future__ import annotations

from typing import Any

import pytest

from kg.view.page import table
from kg.view.wording import label_line, label_lines, name_of, sounds, width, years


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


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("云浮市总工会", "云浮市总工会"),
        ("云浮市人力资源和社会保障局", "云浮市人力资…"),
        ("", "…"),
        ("a\u2028b", "a b"),
    ],
)
def test_a_label_of_one_line(text: str, line: str) -> None:
    assert label_line(text, line=7.0) == line


def test_the_syllables_of_the_characters_that_are_used() -> None:
    found = sounds(["重庆市", "总工会", "ILO", "2024年QC赛"])
    assert found["chong"] == found["zhong"] == "重"
    assert found["qing"] == "庆"
    assert "工" in found["gong"]
    assert set("".join(found.values())) == set("重庆市总工会年赛")


def test_every_common_character_has_a_reading() -> None:
    common = "".join(row["zh"] for row in table("strings"))
    spoken = set("".join(sounds([common]).values()))
    assert {c for c in common if "\u4e00" <= c <= "\u9fff"} == spoken


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
