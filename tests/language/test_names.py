"""Candidates by form, their mended edges, and the policy that chooses among them."""

from __future__ import annotations

import itertools

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
    assert next((n.start, n.type, n.rule) for n in names) == (14, Type.ORGANIZATION, "grammar:alias")


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
        ("职工疗休养基地", Type.FACILITY, "a kind, not a name"),
        ("7家工会驿站", Type.ORGANIZATION, "a number of things, not a name"),
        ("南通全市", Type.PROGRAMME, "words of running text"),
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


spans = st.tuples(
    st.integers(0, 30), st.integers(1, 8), st.sampled_from(list(Type)), st.sampled_from(["crf", "echo"])
)


@given(st.lists(spans, max_size=20))
def test_kept_names_never_overlap_and_do_not_depend_on_order(
    rows: list[tuple[int, int, Type, str]],
) -> None:
    names = [Name(s, s + n, kind, "字" * n, rule) for s, n, kind, rule in rows]
    kept, _ = settle(names)
    assert all(a.end <= b.start for a, b in itertools.pairwise(kept))
    assert settle(reversed(names))[0] == kept


@pytest.mark.parametrize(
    ("text", "seen", "kind", "expected"),
    [
        (
            "获奖的是城北电科院（城北电力公司）。",
            "城北电科院（城北电力公司",
            Type.ORGANIZATION,
            "城北电科院（城北电力公司）",
        ),
        ("县总工会联合人社局办赛。", "合人社局", Type.ORGANIZATION, "人社局"),
        (
            "东江机务段客运车间客运值班员王平。",
            "东江机务段客运车间客运",
            Type.ORGANIZATION,
            "东江机务段客运车间",
        ),
        ("在三楼召开第六届职工代表大会。", "三楼召开第六届职工代表大会", Type.EVENT, "第六届职工代表大会"),
        (
            "庆祝建会八十周年暨全国劳动模范表彰大会开幕。",
            "全国劳动模范",
            Type.AWARD,
            "庆祝建会八十周年暨全国劳动模范表彰大会",
        ),
        ("“匠心筑梦”主题演讲比赛落幕。", "匠心筑梦", Type.PROGRAMME, "“匠心筑梦”主题演讲比赛"),
        ("六师东江市总工会办班。", "东江市总工会", Type.ORGANIZATION, "六师东江市总工会"),
        ("获“年度电力行业最美职工之家”。", "最美职工", Type.AWARD, "年度电力行业最美职工之家"),
        ("东江电力公司两家工会入选。", "东江电力公司两家工会", Type.ORGANIZATION, "东江电力公司"),
    ],
)
def test_halves_and_partners_at_the_edges_are_mended(text: str, seen: str, kind: Type, expected: str) -> None:
    start = text.index(seen)
    kept, _ = mended(text, [Name(start, start + len(seen), kind, seen, "crf", 0.9)])
    assert [n.text for n in kept] == [expected]
    assert all(text[n.start : n.end] == n.text for n in kept)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("东江市英茶行业", Type.ORGANIZATION),
        ("社区联合工会", Type.ORGANIZATION),
        ("省级以上劳动模范", Type.AWARD),
        ("宣传劳模工匠", Type.AWARD),
        ("100多万人次职工参与技术比武", Type.EVENT),
        ("syzghwz", Type.PERSON),
        ("张强的劳模创新工作室", Type.FACILITY),
    ],
)
def test_kinds_and_running_text_are_refused_with_a_reason(words: str, kind: Type) -> None:
    kept, refused = mended(words, [Name(0, len(words), kind, words, "crf", 0.9)])
    assert kept == []
    assert refused[0].reason


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "推进名师培养工程、品牌建设工程和精品课程工程等。",
            [
                ("名师培养工程", Type.PROGRAMME),
                ("品牌建设工程", Type.PROGRAMME),
                ("精品课程工程", Type.PROGRAMME),
            ],
        ),
        ("王平获征文类作品一等奖。", [("征文类作品一等奖", Type.AWARD)]),
        ("双方举行第十一次联席会议。", [("第十一次联席会议", Type.EVENT)]),
        ("评出个人一等奖3名。", []),
    ],
)
def test_rows_grades_and_counted_occasions_are_seen(text: str, names: list[tuple[str, Type]]) -> None:
    rules = ("known:list", "known:grade", "known:ordinal")
    assert [(n.text, n.type) for n in find_names(text, []) if n.rule in rules] == names


def test_an_award_drawn_over_a_comma_is_what_stands_behind_it() -> None:
    text = "省劳模张三,省五一劳动奖章"
    kept, _ = mended(text, [Name(0, len(text), Type.AWARD, text, "crf")])
    assert [n.text for n in kept] == ["省五一劳动奖章"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("夺得最高荣誉“金梭奖”。", ("Award", "金梭奖", "known:quoted award")),
        ("被授予“巧手”称号。", ("Award", "巧手", "known:quoted award")),
        ("落实市委“八大行动方案”。", ("Programme", "八大行动方案", "known:quoted")),
    ],
)
def test_quoted_names(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in found(text)
