"""Candidates by form, their mended edges, and the policy that chooses among them."""

from __future__ import annotations

import itertools
import time

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
        (
            "推出困难女职工专属互助保障计划",
            "女职工专属互助保障计划",
            Type.PROGRAMME,
            "困难女职工专属互助保障计划",
        ),
        ("推出退休职工专属互助保障计划", "专属互助保障计划", Type.PROGRAMME, "退休职工专属互助保障计划"),
        ("为会员推出专属互助保障计划", "专属互助保障计划", Type.PROGRAMME, "专属互助保障计划"),
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


@pytest.mark.parametrize(
    ("text", "seen", "kind", "expected"),
    [
        (
            "获东江省“强基工程”示范乡镇（街道）总工会。",
            "东江省“强基工程”示范乡镇",
            Type.AWARD,
            "东江省“强基工程”示范乡镇（街道）总工会",
        ),
        ("东江省示范乡镇的经验。", "东江省示范乡镇", Type.AWARD, "东江省示范乡镇"),
        ("落实“五必访”制度。", "五必访", Type.PROGRAMME, "“五必访”制度"),
        ("开展“五必访”活动。", "五必访", Type.PROGRAMME, "五必访"),
        ("获得“百优驿站”称号。", "百优驿站", Type.PROGRAMME, "“百优驿站”"),
        ("省总工会主席周农作大赛总结。", "周农作", Type.PERSON, "周农"),
        ("周作人读书。", "周作人", Type.PERSON, "周作人"),
        ("厂长刘吉等陪同。", "刘吉等", Type.PERSON, "刘吉"),
        ("金穗集团捐款。", "金穗", Type.PERSON, "金穗集团"),
        ("住户再娜甫·买合苏提开门。", "娜甫·买合苏提", Type.PERSON, "再娜甫·买合苏提"),
        ("东江网北京4月28日电，大会开幕。", "东江网北京", Type.ORGANIZATION, "东江网"),
        ("到东江市六角街道凤凰里驿站。", "凤凰里驿站", Type.FACILITY, "凤凰里驿站"),
        (
            "参加东江厂质量管理小组成果竞赛。",
            "东江厂质量管理小组",
            Type.ORGANIZATION,
            "东江厂质量管理小组成果竞赛",
        ),
        ("共建“金桥”劳动争议调解室。", "劳动争议调解室", Type.FACILITY, "“金桥”劳动争议调解室"),
        ("推进职工代表制试点工作。", "职工代表制", Type.PROGRAMME, "职工代表制试点"),
        ("东江博物馆建立教育基地。", "东江博物馆建立教育基地", Type.FACILITY, "东江博物馆"),
    ],
)
def test_names_take_what_belongs_to_them(text: str, seen: str, kind: Type, expected: str) -> None:
    start = text.index(seen)
    kept, _ = mended(text, [Name(start, start + len(seen), kind, seen, "crf", 0.9)])
    assert [n.text for n in kept] == [expected]
    assert all(text[n.start : n.end] == n.text for n in kept)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("职工心理健康服务", Type.PROGRAMME),
        ("职工技能竞赛", Type.EVENT),
        ("职工心理驿站", Type.FACILITY),
        ("劳模创新工作室", Type.AWARD),
        ("联合会", Type.ORGANIZATION),
        ("各乡镇总工会", Type.ORGANIZATION),
        ("示范街道总工会", Type.ORGANIZATION),
        ("部分乡镇工会", Type.ORGANIZATION),
        ("商场信息员", Type.ORGANIZATION),
        ("哈萨克语", Type.PERSON),
        ("幸福感", Type.PERSON),
        ("工会合作知名品牌", Type.FACILITY),
        ("东江市第十四届", Type.EVENT),
    ],
)
def test_kinds_put_together_from_common_words_are_refused(words: str, kind: Type) -> None:
    kept, refused = mended(words, [Name(0, len(words), kind, words, "crf", 0.9)])
    assert kept == []
    assert refused[0].reason


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("东江工匠助企服务", Type.PROGRAMME),
        ("东江市职工技能竞赛", Type.EVENT),
        ("凤凰里职工驿站", Type.FACILITY),
        ("东江市劳模创新工作室", Type.AWARD),
        ("护理部", Type.ORGANIZATION),
        ("东江快递行业联合会", Type.ORGANIZATION),
    ],
)
def test_a_word_that_tells_it_from_others_makes_a_name(words: str, kind: Type) -> None:
    kept, _ = mended(words, [Name(0, len(words), kind, words, "crf", 0.9)])
    assert [n.text for n in kept] == [words]


def test_two_bodies_drawn_as_one_are_two() -> None:
    text = "东江省交通工会和平果市总工会签约。"
    words = text[:14]
    kept, _ = mended(text, [Name(0, 14, Type.ORGANIZATION, words, "crf", 0.9)])
    assert [n.text for n in kept] == ["东江省交通工会", "平果市总工会"]


def test_a_department_with_an_and_in_its_name_stays_whole() -> None:
    text = "东江市人力资源和社会保障局发文。"
    kept, _ = mended(text, [Name(0, 13, Type.ORGANIZATION, text[:13], "crf", 0.9)])
    assert [n.text for n in kept] == [text[:13]]


def test_pieces_give_way_to_the_whole_that_the_article_has_elsewhere() -> None:
    text = "艾山江·居马说。艾山江·居马笑了。"
    names = [
        Name(0, 6, Type.PERSON, "艾山江·居马", "crf", 0.9),
        Name(8, 10, Type.ORGANIZATION, "艾山", "crf", 0.5),
        Name(8, 14, Type.PERSON, "艾山江·居马", "echo"),
    ]
    kept, refused = mended(text, names)
    assert [(n.start, n.text) for n in kept] == [(0, "艾山江·居马"), (8, "艾山江·居马")]
    assert [r.reason for r in refused] == ["a piece of another name"]


def test_a_place_is_no_person_and_a_people_is_no_place() -> None:
    text = "在徐闻港，徐闻县的景颇族职工。"
    names = [
        Name(1, 3, Type.PERSON, "徐闻", "crf", 0.9),
        Name(5, 8, Type.PLACE, "徐闻县", "known:place"),
        Name(9, 11, Type.PLACE, "景颇", "crf", 0.9),
    ]
    kept, refused = mended(text, names)
    assert [n.text for n in kept] == ["徐闻县"]
    assert len(refused) == 2


def test_a_facility_takes_the_place_before_it() -> None:
    text = "东江市六角街道凤凰里驿站开门。"
    names = [
        Name(0, 7, Type.PLACE, "东江市六角街道", "crf", 0.9),
        Name(7, 12, Type.FACILITY, "凤凰里驿站", "crf", 0.9),
    ]
    kept, _ = mended(text, names)
    assert "东江市六角街道凤凰里驿站" in {n.text for n in kept}


def test_a_programme_that_is_unlikely_is_refused() -> None:
    kept, refused = mended("清扫飞手", [Name(0, 4, Type.PROGRAMME, "清扫飞手", "crf", 0.4)])
    assert not kept
    assert refused[0].reason == "too unsure"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("由省、市总工会主办。", ["省、市总工会"]),
        ("市住建、水务局办赛。", ["市住建、水务局"]),
        ("县、区总工会各有分工。", []),
        ("市、县（区）各级。", []),
    ],
)
def test_levels_and_departments_that_share_their_end(text: str, names: list[str]) -> None:
    assert [n.text for n in find_names(text, []) if n.rule == "grammar:row"] == names


def test_departments_behind_one_of_a_level_are_bodies_of_that_level() -> None:
    found_names = {n.text for n in find_names("获省发改委、人社厅、公务员局授予。", [])}
    assert {"人社厅", "公务员局"} <= found_names


def test_the_union_of_ones_own_house_is_seen_where_it_acts() -> None:
    assert "局工会" in {n.text for n in find_names("序幕拉开。局工会副主席到场。", [])}
    assert "局工会" not in {n.text for n in find_names("全局工会干部。", [])}


@pytest.mark.parametrize(
    "unit", ["市、县、", "甲镇、乙镇总工会", "市人社局、教育局、", "、和与及", "“甲”行动"]
)
def test_long_rows_of_the_same_are_read_in_time_that_grows_with_their_length(unit: str) -> None:
    begun = time.perf_counter()
    find_names(unit * (60_000 // len(unit)), [])
    assert time.perf_counter() - begun < 10
