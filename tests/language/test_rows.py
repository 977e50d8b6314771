"""Bodies in a row that share their head. The names are invented."""

from __future__ import annotations

import pytest

from kg.language.annotations import Name
from kg.language.rows import bodies_in, rows
from kg.vocabulary import EntityType


@pytest.mark.parametrize(
    ("text", "row", "bodies"),
    [
        (
            "会前走访东山镇、西河镇、北坡乡总工会。",
            "东山镇、西河镇、北坡乡总工会",
            ["东山镇总工会", "西河镇总工会", "北坡乡总工会"],
        ),
        (
            "东山镇、西河镇等乡镇总工会配齐干部。",
            "东山镇、西河镇等乡镇总工会",
            ["东山镇总工会", "西河镇总工会"],
        ),
        ("东山镇和西河镇总工会联办。", "东山镇和西河镇总工会", ["东山镇总工会", "西河镇总工会"]),
        (
            "选矿、运输、动力三厂工会组队。",
            "选矿、运输、动力三厂工会",
            ["选矿厂工会", "运输厂工会", "动力厂工会"],
        ),
        (
            "东江电子、西江纺织两家企业工会协办。",
            "东江电子、西江纺织两家企业工会",
            ["东江电子工会", "西江纺织工会"],
        ),
        (
            "湖州、嘉兴、绍兴三市总工会签约。",
            "湖州、嘉兴、绍兴三市总工会",
            ["湖州市总工会", "嘉兴市总工会", "绍兴市总工会"],
        ),
        ("刚才，沧州、衡水、邢台总工会发言。", "沧州、衡水、邢台总工会", None),
    ],
)
def test_a_row_is_one_name_and_opens_into_its_bodies(text: str, row: str, bodies: list[str] | None) -> None:
    found = list(rows(text, []))
    assert [n.text for n in found] == [row]
    assert all(text[n.start : n.end] == n.text and n.type is EntityType.ORGANIZATION for n in found)
    assert bodies_in(row) == (bodies or ["沧州市总工会", "衡水市总工会", "邢台市总工会"])


@pytest.mark.parametrize(
    "text",
    [
        "市委、市政府、市总工会联合发文。",
        "市总工会和东山县总工会联办。",
        "选矿、运输、动力等四十名职工参加。",
        "东江电子、西江纺织、北江机械两家企业工会协办。",
        "各县、区总工会要抓好落实。",
        "学习东山镇、西河镇工会法宣传经验。",
    ],
)
def test_what_is_no_row(text: str) -> None:
    assert list(rows(text, [])) == []


def test_a_name_seen_tells_where_the_row_begins() -> None:
    text = "片区内龙首山镇、西河镇总工会先行。"
    seen = [Name(3, 7, EntityType.PLACE, "龙首山镇", "crf")]
    assert [n.text for n in rows(text, seen)] == ["龙首山镇、西河镇总工会"]


def test_single_bodies_are_no_rows() -> None:
    assert bodies_in("仁和区水利工会") == []
    assert bodies_in("文化和旅游局工会") == []
