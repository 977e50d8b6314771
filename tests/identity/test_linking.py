"""Which things of several articles are one: people, bodies, occasions, brands."""

from __future__ import annotations

import pytest

from kg.identity import identify, link, profile
from kg.identity.named import series
from kg.identity.people import placing
from kg.model import Extraction
from kg.vocabulary import EntityType, Predicate
from tests.identity.articles import AWA, EVE, FAC, ORG, PER, PLA, PRO, article, award, post


def ids(name: str, *articles: Extraction, kind: EntityType | None = None) -> list[str]:
    """The IRIs that the thing of this name has in each of the articles, in their order."""
    found = link(map(profile, articles))
    return [
        found[a.document.id].assignments[e.key].id
        for a in articles
        for e in a.entities
        if e.name == name and kind in (None, e.type)
    ]


def rules(name: str, *articles: Extraction) -> list[str]:
    found = link(map(profile, articles))
    return [
        found[a.document.id].assignments[e.key].rule for a in articles for e in a.entities if e.name == name
    ]


WELDER = article(
    "湘东电机有限公司首席技师刘建平获奖。",
    (ORG, "湘东电机有限公司"),
    (PER, "刘建平"),
    (PLA, "株洲市"),
    facts=[post("刘建平", "湘东电机有限公司", "首席技师")],
)
CHAIRMAN = article(
    "湘潭市总工会副主席刘建平讲话。",
    (ORG, "湘潭市总工会"),
    (PER, "刘建平"),
    facts=[post("刘建平", "湘潭市总工会", "副主席")],
)


def test_different_units_keep_people_apart() -> None:
    one, other = ids("刘建平", WELDER, CHAIRMAN)
    assert one.endswith("person/刘建平@湘东电机有限公司")
    assert other.endswith("person/刘建平@湘潭市总工会")


def test_one_unit_joins_people_whatever_form_its_name_has() -> None:
    union = article(
        "株洲市的湘东电机厂工会主席刘建平发言。",
        (PLA, "株洲市"),
        (ORG, "湘东电机厂工会"),
        (PER, "刘建平"),
        facts=[post("刘建平", "湘东电机厂工会", "主席")],
    )
    welder = article(
        "株洲湘东电机有限公司首席技师刘建平获奖。",
        (ORG, "株洲湘东电机有限公司"),
        (PER, "刘建平"),
        facts=[post("刘建平", "株洲湘东电机有限公司", "首席技师")],
    )
    one, other = ids("刘建平", union, welder)
    assert one == other
    assert one.endswith("person/刘建平")


def test_a_name_alone_joins_nobody_and_says_so() -> None:
    bare = [article(f"名单第{n}页：刘建平。", (PER, "刘建平")) for n in (1, 2)]
    assert len(set(ids("刘建平", WELDER, *bare))) == 3
    assert rules("刘建平", WELDER, *bare) == ["person.unit", "person.too-little", "person.too-little"]
    assert rules("刘建平", bare[0]) == ["person.only"]


def test_an_outlet_joins_reporters() -> None:
    text = "《株洲工人报》{}讯（记者周敏）今天开会。"
    named = [(ORG, "株洲工人报"), (PER, "周敏")]
    other = "《三湘劳动报》5日讯（记者周敏）今天开会。"
    wrote = [(Predicate.HOLDS_POST, "周敏", "株洲工人报", {"post": "责任编辑"})]
    articles = [article(text.format(day), *named, facts=wrote) for day in ("3日", "4日")]
    articles.append(
        article(
            other,
            (ORG, "三湘劳动报"),
            (PER, "周敏"),
            facts=[(Predicate.HOLDS_POST, "周敏", "三湘劳动报", {"post": "责任编辑"})],
        )
    )
    one, same, different = ids("周敏", *articles)
    assert one == same != different


def test_lesser_evidence_joins_where_two_pieces_agree() -> None:
    unit = article(
        "湘潭市莲城重工有限公司钳工欧阳志获省五一劳动奖章。",
        (ORG, "湘潭市莲城重工有限公司"),
        (PER, "欧阳志"),
        (AWA, "湖南省五一劳动奖章"),
        facts=[post("欧阳志", "湘潭市莲城重工有限公司", "钳工"), award("欧阳志", "湖南省五一劳动奖章")],
    )
    alone = article(
        "钳工欧阳志是湖南省五一劳动奖章获得者。",
        (PER, "欧阳志"),
        (AWA, "湖南省五一劳动奖章"),
        facts=[award("欧阳志", "湖南省五一劳动奖章")],
    )
    other = article("厨师欧阳志来了。", (PER, "欧阳志"))
    one, same, different = ids("欧阳志", unit, alone, other)
    assert one == same != different
    assert rules("欧阳志", unit, alone, other)[1:] == ["person.likeness", "person.too-little"]


def test_two_people_of_one_name_in_one_article_stay_two() -> None:
    text = "一位是湘东电机有限公司技师刘建平，一位是湘潭市总工会副主席刘建平。"
    both = article(text, (ORG, "湘东电机有限公司"), (ORG, "湘潭市总工会"), (PER, "刘建平"))
    (person,) = [e for e in both.entities if e.type is PER]
    from dataclasses import replace

    two = tuple(
        replace(person, key=f"{person.key}@{n}", mentions=(m,)) for n, m in enumerate(person.mentions)
    )
    both = replace(both, entities=(*(e for e in both.entities if e.type is not PER), *two))
    first, second, welder, chairman = ids("刘建平", both, WELDER, CHAIRMAN)
    assert (first, second) == (welder, chairman)
    assert first != second


def test_where_a_person_comes_from_counts() -> None:
    before = article(
        "赤峰供电公司工会主席李国强主持。",
        (ORG, "赤峰供电公司工会"),
        (PER, "李国强"),
        facts=[post("李国强", "赤峰供电公司工会", "主席")],
    )
    after = article(
        "鞍山供电公司副总经理李国强出席。去年他从赤峰供电公司工会主席任上调来鞍山。",
        (ORG, "鞍山供电公司"),
        (ORG, "赤峰供电公司工会"),
        (PER, "李国强"),
        facts=[post("李国强", "鞍山供电公司", "副总经理")],
    )
    one, other = ids("李国强", before, after)
    assert one == other


@pytest.mark.parametrize(
    ("words", "place"),
    [("冠军", "1"), ("个人全能第一名", "1"), ("第二", "2"), ("铜牌", "3"), ("第一次", ""), ("优秀奖", "")],
)
def test_placings(words: str, place: str) -> None:
    assert placing(words) == place


# ------------------------------------------------------------------ bodies


def company(name: str, *more: tuple[EntityType, str]) -> Extraction:
    places = "、".join(form for _, form in more)
    return article(f"{name}召开会议。{places}派人参加。", (ORG, name), *more)


def test_a_short_form_is_the_company_only_where_the_place_fits() -> None:
    full = company("株洲市湘东电机厂")
    here, there = company("湘东电机厂", (PLA, "株洲市")), company("湘东电机厂", (PLA, "潍坊市"))
    (one,) = ids("株洲市湘东电机厂", full, here, there)
    near, far = ids("湘东电机厂", full, here, there)
    assert near == one
    assert far != one


def test_companies_of_one_core_in_two_cities_are_two() -> None:
    one, other = company("株洲市华兴机械有限公司"), company("潍坊市华兴机械有限公司")
    names = {a.entities[0].name: a for a in (one, other)}
    found = [ids(name, one, other)[0] for name in names]
    assert found[0] != found[1]


def test_a_former_name_that_a_text_gives() -> None:
    old = company("株洲市红星机械厂")
    new = article(
        "株洲市华瑞机械有限公司的前身是红星机械厂，2003年改制。",
        (ORG, "株洲市华瑞机械有限公司"),
        (ORG, "红星机械厂"),
    )
    (one,) = ids("株洲市红星机械厂", old, new)
    (other,) = ids("株洲市华瑞机械有限公司", old, new)
    assert one == other
    assert one.endswith("organization/株洲市华瑞机械有限公司")


def test_what_was_merged_is_another_body() -> None:
    merged = article(
        "沈阳第七鼓风机厂与沈阳通风设备厂合并，更名为沈阳奉天风机有限公司。",
        (ORG, "沈阳第七鼓风机厂"),
        (ORG, "沈阳通风设备厂"),
        (ORG, "沈阳奉天风机有限公司"),
    )
    found = link([profile(merged)])[merged.document.id]
    assert len({a.id for a in found.assignments.values()}) == 3


def test_a_branch_whose_company_is_named_elsewhere_in_the_article() -> None:
    text = "北疆电力有限公司鞍山供电分公司夺冠，赤峰供电分公司第二。"
    one = article(text, (ORG, "北疆电力有限公司鞍山供电分公司"), (ORG, "赤峰供电分公司"))
    other = company("北疆电力有限公司赤峰供电分公司")
    assert ids("赤峰供电分公司", one, other) == ids("北疆电力有限公司赤峰供电分公司", one, other)


def test_stand_ins_are_what_they_stand_for() -> None:
    text = "渌湘陶瓷有限公司获奖。公司工会去年成立。"
    found = article(text, (ORG, "渌湘陶瓷有限公司"), (ORG, "公司工会"))
    (union,) = ids("公司工会", found)
    assert union.endswith("organization/渌湘陶瓷有限公司工会")


# ------------------------------------------------------------------ occasions, brands, places


def test_series() -> None:
    assert series("2008年株洲市职工焊接技能竞赛") == ("株洲市职工焊接技能竞赛", "", "2008")
    assert series("广东省总工会第十五次代表大会") == series("广东省工会第十五次代表大会")


def test_an_occasion_without_number_is_the_one_of_its_year() -> None:
    contest = "辽蒙电力职工技能大赛"
    fifth = article(
        f"2022年第五届{contest}在朝阳市举行。",
        (EVE, f"第五届{contest}"),
        (PLA, "朝阳市"),
        published="2022-09-21",
    )
    sixth = article(
        f"第六届{contest}在赤峰市举行。", (EVE, f"第六届{contest}"), (PLA, "赤峰市"), published="2024-08-30"
    )
    later = article(f"三年前他是{contest}的冠军。", (EVE, contest), published="2025-06-18")
    (named,) = ids(f"第五届{contest}", fifth, sixth, later)
    assert ids(contest, fifth, sixth, later) == [named]


def test_a_brand_of_one_name_in_two_cities_is_two() -> None:
    one = article(
        "茂名市总工会推出暖心驿站。",
        (ORG, "茂名市总工会"),
        (PRO, "暖心驿站"),
        facts=[(Predicate.IMPLEMENTS, "茂名市总工会", "暖心驿站", {})],
    )
    other = article(
        "阳江市总工会推出暖心驿站。",
        (ORG, "阳江市总工会"),
        (PRO, "暖心驿站"),
        facts=[(Predicate.IMPLEMENTS, "阳江市总工会", "暖心驿站", {})],
    )
    first, second = ids("暖心驿站", one, other)
    assert first.endswith("programme/暖心驿站@茂名市")
    assert second.endswith("programme/暖心驿站@阳江市")


def test_a_known_programme_is_one_everywhere() -> None:
    one = article("茂名市总工会实施求学圆梦行动。", (ORG, "茂名市总工会"), (PRO, "求学圆梦行动"))
    other = article("福建省总工会实施“求学圆梦”行动。", (ORG, "福建省总工会"), (PRO, "“求学圆梦”行动"))
    assert ids("求学圆梦行动", one, other) == ids("“求学圆梦”行动", one, other)


def test_places_of_one_name_are_told_apart_by_their_article() -> None:
    one = article("沈阳市铁西区开会。", (PLA, "沈阳市"), (PLA, "铁西区"))
    other = article("鞍山市铁西区开会。", (PLA, "鞍山市"), (PLA, "铁西区"))
    nowhere = article("铁西区开会。", (PLA, "铁西区"))
    found = ids("铁西区", one, other, nowhere)
    assert [i.rpartition("/")[2] for i in found[:2]] == ["沈阳市铁西区", "鞍山市铁西区"]
    assert found[2].endswith(nowhere.document.id)


def test_a_facility_named_after_a_person() -> None:
    room = "刘建平劳模创新工作室"
    articles = [article(f"株洲市的{room}{verb}。", (PLA, "株洲市"), (FAC, room)) for verb in ("挂牌", "攻关")]
    assert len(set(ids(room, *articles))) == 1


def test_reprints_are_one_source() -> None:
    body = (
        "广东省工会第十五次代表大会12日上午在广州开幕，来自各条战线的826名代表出席。"
        "省总工会主席梁启明作工作报告，全省新建基层工会6.8万家。大会会期3天，将选举产生新一届委员会。"
        "会场外的展板前，代表们对各地的工会驿站议论得最多。"
    )
    named = [(PER, "梁启明"), (PLA, "广州")]
    one = article("电" + body, *named)
    other = article("据电" + body[:-25] + "（转载 责任编辑：柯小燕）", *named, (PER, "柯小燕"))
    third = article("另一篇。" + body[:20], *named)
    found = link(map(profile, (one, other, third)))
    groups = [found[a.document.id].copy for a in (one, other, third)]
    assert groups == [min(one.document.id, other.document.id)] * 2 + [""]


def test_entities_that_are_one_thing_become_one() -> None:
    text = "铜山县总工会改称铜山区总工会。铜山区总工会主席王勇说。"
    found = article(
        text,
        (ORG, "铜山县总工会"),
        (ORG, "铜山区总工会"),
        (PER, "王勇"),
        facts=[post("王勇", "铜山县总工会", "主席"), post("王勇", "铜山区总工会", "主席")],
    )
    (merged,) = identify([found])
    (union,) = [e for e in merged.entities if e.type is ORG]
    assert union.name == "铜山区总工会"
    assert union.aliases == ("铜山县总工会",)
    assert len(union.mentions) == 3
    assert {f.object for f in merged.facts} == {union.key}
    assert all(e.id for e in merged.entities)
