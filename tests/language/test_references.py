"""One thing, one referent: forms expanded by the article, put together, pointed back to."""

from __future__ import annotations

import pytest

from kg.language import forms
from kg.language.annotations import Name, Referent
from kg.language.references import resolve
from kg.language.references.coordination import opened
from kg.language.structure import sentences
from kg.vocabulary import EntityType as Type


def names_in(text: str, *pairs: tuple[Type, str], rule: str = "crf") -> list[Name]:
    """A name for every place where one of the forms stands, the longer ones first."""
    found: list[Name] = []
    for kind, form in sorted(pairs, key=lambda p: -len(p[1])):
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            if not any(n.start < end and start < n.end for n in found):
                found.append(Name(start, end, kind, form, rule))
            start = text.find(form, start + 1)
    return found


def referents(text: str, *pairs: tuple[Type, str]) -> dict[str, Referent]:
    return {r.name: r for r in resolve(text, sentences(text), names_in(text, *pairs))}


ORG, PER, AWA, PRO, EVE, PLA, DOC = (
    Type.ORGANIZATION,
    Type.PERSON,
    Type.AWARD,
    Type.PROGRAMME,
    Type.EVENT,
    Type.PLACE,
    Type.DOCUMENT,
)


@pytest.mark.parametrize(
    ("text", "pairs", "name", "alias"),
    [
        (
            "浏阳市总工会召开大会。市总工会主席讲话。",
            [(ORG, "浏阳市总工会"), (ORG, "市总工会")],
            "浏阳市总工会",
            "市总工会",
        ),
        ("浏阳市总工会与省总联合发文。", [(ORG, "浏阳市总工会"), (ORG, "省总")], "湖南省总工会", "省总"),
        ("全总和南通市总工会共同主办。", [(ORG, "全总"), (ORG, "南通市总工会")], "中华全国总工会", "全总"),
        ("南通市总工会报请市委同意。", [(ORG, "南通市总工会"), (ORG, "市委")], "南通市委", "市委"),
        (
            "株洲湘江电机有限公司建会。湘江电机是大厂。",
            [(ORG, "株洲湘江电机有限公司"), (ORG, "湘江电机")],
            "株洲湘江电机有限公司",
            "湘江电机",
        ),
        (
            "株洲湘江电机有限公司建会。公司工会主席发言。",
            [(ORG, "株洲湘江电机有限公司"), (ORG, "公司工会")],
            "株洲湘江电机有限公司工会",
            "公司工会",
        ),
        (
            "南通市总工会授予他市技术能手称号。",
            [(ORG, "南通市总工会"), (AWA, "市技术能手")],
            "南通市技术能手",
            "市技术能手",
        ),
        (
            "深化产改，推进产业工人队伍建设改革。",
            [(PRO, "产改"), (PRO, "产业工人队伍建设改革")],
            "产业工人队伍建设改革",
            "产改",
        ),
        (
            "开展“金梭引线”行动。金梭引线惠及千人。",
            [(PRO, "“金梭引线”行动"), (PRO, "金梭引线")],
            "“金梭引线”行动",
            "金梭引线",
        ),
        ("他从南通出发，回到南通市。", [(PLA, "南通"), (PLA, "南通市")], "南通市", "南通"),
        (
            "古丽·哈山获奖。古丽很高兴。",
            [(PER, "古丽·哈山"), (PER, "古丽")],
            "古丽·哈山",
            "古丽",
        ),
    ],
)
def test_a_short_form_belongs_to_the_full_name(
    text: str, pairs: list[tuple[Type, str]], name: str, alias: str
) -> None:
    found = referents(text, *pairs)
    assert name in found, list(found)
    assert alias in found[name].aliases


def test_the_same_word_means_another_city_where_another_city_is_spoken_of() -> None:
    text = "南通市总工会慰问职工。市总工会主席到场。\n连云港市总工会开展比武。市总工会副主席到场。"
    found = referents(text, (ORG, "南通市总工会"), (ORG, "连云港市总工会"), (ORG, "市总工会"))
    assert [n.start for n in found["连云港市总工会"].names] == [text.index("连云港"), text.rindex("市总工会")]


def test_a_coordinated_name_is_opened() -> None:
    found = referents("南通市总工会响应省、市总工会号召。", (ORG, "南通市总工会"), (ORG, "省、市总工会"))
    assert set(found) == {"南通市总工会", "江苏省总工会"}


@pytest.mark.parametrize(
    ("kind", "name", "parts"),
    [
        (AWA, "全国和省五一劳动奖", ["全国五一劳动奖", "省五一劳动奖"]),
        (AWA, "市、区两级技术能手", ["市技术能手", "区技术能手"]),
        (AWA, "全国劳动模范和先进工作者", ["全国劳动模范", "全国先进工作者"]),
        (AWA, "湖南省模范劳动关系和谐企业", ["湖南省模范劳动关系和谐企业"]),
        (ORG, "市住建、人社局", ["市住建局", "市人社局"]),
        (ORG, "市人力资源和社会保障局", ["市人力资源和社会保障局"]),
        (ORG, "和田地区总工会", ["和田地区总工会"]),
        (PER, "张和", ["张和"]),
    ],
)
def test_opened(kind: Type, name: str, parts: list[str]) -> None:
    assert opened(name, kind) == parts


def test_words_that_point_back_are_mentions() -> None:
    text = "海门重工有限公司成立工会。该公司有职工千人。王强是焊工，工友都叫他老王。"
    found = referents(text, (ORG, "海门重工有限公司"), (PER, "王强"))
    assert "该公司" in found["海门重工有限公司"].aliases
    assert "老王" in found["王强"].aliases


def test_a_surname_that_two_people_share_points_to_nobody() -> None:
    found = referents("王强和王勇来了。老王发言。", (PER, "王强"), (PER, "王勇"))
    assert all("老王" not in r.aliases for r in found.values())


def test_keys_are_unique_and_names_in_order() -> None:
    text = "南通市总工会与省总工会、市总工会。"
    found = resolve(
        text, sentences(text), names_in(text, (ORG, "南通市总工会"), (ORG, "省总工会"), (ORG, "市总工会"))
    )
    assert len({r.key for r in found}) == len(found) == 2
    for referent in found:
        assert list(referent.names) == sorted(referent.names, key=lambda n: n.start)
        for name in referent.names:
            assert text[name.start : name.end] == name.text


def test_a_place_names_the_places_above_it() -> None:
    text = "阿图什市光明街道天山社区的一栋楼里，又说江苏昆山的老家。"
    found = referents(text, (PLA, "阿图什市光明街道天山社区"), (PLA, "江苏昆山"))
    assert set(found) == {
        "阿图什市",
        "阿图什市光明街道",
        "阿图什市光明街道天山社区",
        "江苏省",
        "昆山市",
    }
    assert [(n.start, n.text) for n in found["阿图什市光明街道"].names] == [(0, "阿图什市光明街道")]
    assert found["江苏省"].aliases == ("江苏",)


def test_a_workshop_names_its_company() -> None:
    found = referents("东江糖业有限公司景山糖厂压榨车间停机。", (ORG, "东江糖业有限公司景山糖厂压榨车间"))
    assert set(found) == {
        "东江糖业有限公司",
        "东江糖业有限公司景山糖厂",
        "东江糖业有限公司景山糖厂压榨车间",
    }


@pytest.mark.parametrize(
    "name",
    [
        "西安煤矿机械有限公司",
        "东江学院大学生创业中心",
        "东江集团有限公司",
        "中国铁路工会",
        "全国总工会",
        "文化和旅游局工会",
    ],
)
def test_names_without_a_body_at_their_head(name: str) -> None:
    assert forms.parents(name) == []


@pytest.mark.parametrize(
    ("short", "full", "same"),
    [
        ("东江集团", "东江集团有限公司", True),
        ("东江集团", "东江集团重型机械有限公司", False),
        ("东江糖业有限公司", "东江糖业有限公司景山分公司", False),
        ("江苏省工会", "江苏省总工会", True),
        ("江苏省工会", "江苏省直机关工会", False),
    ],
)
def test_a_company_is_no_short_form_of_its_part(short: str, full: str, same: bool) -> None:
    assert forms.is_short_of(short, full) is same


def test_departments_in_a_list_belong_to_the_level_of_the_first() -> None:
    text = "南通市人社局、教育局联合发文。"
    found = referents(text, (ORG, "南通市人社局"), (ORG, "教育局"))
    assert "南通市教育局" in found
