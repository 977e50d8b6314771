"""Candidates by form, their mended edges, and the policy that chooses among them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.language.annotations import Byline, Name
from kg.language.conflicts import settle
from kg.language.grammar import find_names
from kg.language.shape import mended
from kg.vocabulary import EntityType as Type


def found(text: str, *seen: Name, bylines: tuple[Byline, ...] = ()) -> set[tuple[str, str, str]]:
    return {(n.type.value, n.text, n.rule) for n in find_names(text, seen, bylines)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("印发《职工互助保障办法（试行）》。", ("Document", "职工互助保障办法（试行）", "grammar:title")),
        ("据《工人日报》报道，", ("Organization", "工人日报", "grammar:periodical")),
        ("《关于贯彻〈工会法〉的意见》下发。", ("Document", "关于贯彻〈工会法〉的意见", "grammar:title")),
        ("启动“金梭”专项行动。", ("Programme", "“金梭”专项行动", "known:quoted")),
        ("由全国总工会举办。", ("Organization", "全国总工会", "known:organization")),
        ("荣获全国五一劳动奖章。", ("Award", "全国五一劳动奖章", "known:award")),
        ("推进乡村振兴。", ("Programme", "乡村振兴", "known:programme")),
        ("，市人社局发文。", ("Organization", "市人社局", "known:short form")),
        ("到如东县调研。", ("Place", "如东县", "known:place")),
    ],
)
def test_names_by_form(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(text)


def test_an_alias_has_the_type_of_what_it_stands_behind() -> None:
    text = "海门光缆有限公司（以下简称“海缆”）投产，海缆有职工千人。"
    company = Name(0, 8, Type.ORGANIZATION, "海门光缆有限公司", "crf")
    names = [n for n in find_names(text, [company]) if n.text == "海缆"]
    assert [(n.start, n.type, n.rule) for n in names][0] == (14, Type.ORGANIZATION, "grammar:alias")


def test_a_name_found_once_is_found_again() -> None:
    text = "欧阳志明走上台。欧阳志明鞠躬。"
    seen = Name(0, 4, Type.PERSON, "欧阳志明", "crf")
    assert (8, 12) in {(n.start, n.end) for n in find_names(text, [seen]) if n.rule == "echo"}


def test_bylines_are_people() -> None:
    assert ("Person", "张苑", "byline") in found("校对：张苑", bylines=(Byline(3, 5, "张苑", "校对"),))


@pytest.mark.parametrize(
    ("name", "kind", "better"),
    [
        ("由如东县总工会", Type.ORGANIZATION, "如东县总工会"),
        ("“五一劳动奖章", Type.AWARD, "五一劳动奖章"),
        ("王伟同志", Type.PERSON, "王伟"),
        ("和平区总工会", Type.ORGANIZATION, "和平区总工会"),
    ],
)
def test_ragged_edges_are_mended(name: str, kind: Type, better: str) -> None:
    kept, refused = mended(name, [Name(0, len(name), kind, name, "crf")])
    assert [n.text for n in kept] == [better]
    assert not refused


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("2024", Type.AWARD, "only digits"),
        ("的", Type.ORGANIZATION, "a single character"),
        ("张三、李四", Type.PERSON, "marks inside a person's name"),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_a_reason(name: str, kind: Type, reason: str) -> None:
    kept, refused = mended(name, [Name(0, len(name), kind, name, "crf")])
    assert not kept
    assert [r.reason for r in refused] == [reason]


def test_nothing_is_lost_between_kept_and_rejected() -> None:
    names = [
        Name(0, 4, Type.ORGANIZATION, "甲乙丙丁", "crf"),
        Name(2, 6, Type.AWARD, "丙丁戊己", "crf"),
        Name(0, 4, Type.ORGANIZATION, "甲乙丙丁", "known:organization"),
        Name(0, 4, Type.AWARD, "甲乙丙丁", "model:other"),
    ]
    kept, rejected = settle(names)
    assert [n.text for n in kept] == ["甲乙丙丁"]
    assert sorted(r.reason for r in rejected) == ["another type for the same words", "overlaps a surer name"]


spans = st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(list(Type)), st.sampled_from(["crf", "echo"]))


@given(st.lists(spans, max_size=20))
def test_kept_names_never_overlap_and_do_not_depend_on_order(
    rows: list[tuple[int, int, Type, str]],
) -> None:
    names = [Name(s, s + n, kind, "字" * n, rule) for s, n, kind, rule in rows]
    kept, _ = settle(names)
    assert all(a.end <= b.start for a, b in zip(kept, kept[1:], strict=False))
    assert settle(reversed(names))[0] == kept
