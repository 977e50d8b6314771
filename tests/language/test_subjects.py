"""Whom a clause speaks of, case by case in ``cases/subjects.txt``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kg.language.annotations import Reading
from kg.language.subjects import (
    clause_at,
    clauses_of,
    main_organization,
    name_at,
    names_after,
    names_before,
    subject_at,
    subjects_at,
)
from kg.vocabulary import EntityType

CASE_FILE = Path(__file__).parent / "cases" / "subjects.txt"
Read = Callable[[str], Reading]


def test_subjects(case: Any) -> None:
    for line in case.expected:
        match = re.fullmatch(r"(\S+)( \[O\])?: (.*)", line)
        assert match is not None, line
        words, only, keys = match.groups()
        place = case.reading.text.index(words)
        types = {EntityType.ORGANIZATION} if only else None
        expected = () if keys == "-" else tuple(keys.split(","))
        assert subjects_at(case.reading, place, types) == expected, line
        assert subject_at(case.reading, place, types) == (expected[0] if expected else None)


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("<o>云城区总工会</o>：\n<o>河东省总工会</o>来访。<o>河东省总工会</o>调研。", "云城区总工会"),
        ("大潮——<o>云城区总工会</o>工作巡礼\n<o>东山县总工会</o>先行。", "云城区总工会"),
        (
            "<o/Company>云城机械公司</o>的<o/Team>云城机械公司装配班</o>夺冠。<o/Team>云城机械公司装配班</o>",
            "云城机械公司",
        ),
        ("<p>李小满</p>说。", None),
        ("", None),
    ],
)
def test_main_organization(marked: Read, text: str, owner: str | None) -> None:
    assert main_organization(marked(text)) == owner


def test_owner_of_the_reading_comes_first(marked: Read) -> None:
    reading = marked("<o>云城区总工会</o>：\n<o>东山县总工会</o>先行。新建工会。")
    owned = Reading(reading.text, reading.sentences, reading.referents, owner="东山县总工会")
    assert main_organization(owned) == "东山县总工会"


def test_clauses_cover_the_sentences(marked: Read) -> None:
    reading = marked("<o>云城区总工会</o>推进工作，新建工会1,200家；<d>甲，乙</d>出台。\n第二段：开头。")
    pieces = [reading.text[c.start : c.end] for c in clauses_of(reading)]
    assert pieces == ["云城区总工会推进工作，", "新建工会1,200家；", "甲，乙出台。", "第二段：", "开头。"]
    assert clause_at(reading, len(reading.text) + 5) is None


def test_names_around_a_place(marked: Read) -> None:
    reading = marked("<o>云城区总工会</o>在<l>山南县</l>举办<e>大赛</e>。")
    place = reading.text.index("举办")
    assert [n.text for n, _ in names_before(reading, place)] == ["山南县", "云城区总工会"]
    assert [n.text for n, _ in names_after(reading, place)] == ["大赛"]
    found = name_at(reading, 2)
    assert found is not None
    assert found[0].text == "云城区总工会"
    assert name_at(reading, place) is None
