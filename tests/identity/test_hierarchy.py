"""What follows from names: what is under what, kinds and levels, codes; and all of it in words."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import kg.identity
from kg.identity import Conclusion, Conclusions, conclude, conclusion_words, explain, kinds, link, profile
from kg.identity.items import Assignment
from kg.identity.reasons import RULES
from kg.language.lexicon import table
from kg.model import Extraction
from kg.vocabulary import EntityType, Predicate, Property, entity_iri_parts
from tests.identity.articles import AWA, ORG, PLA, PRO, article

SUB = Predicate.SUB_ORGANIZATION_OF


def concluded(*named: tuple[EntityType, str]) -> Conclusions:
    text = "，".join(name for _, name in named) + "。"
    return conclusions_of(article(text, *named))


def conclusions_of(extraction: Extraction) -> Conclusions:
    found = profile(extraction)
    links = link([found])[extraction.document.id]
    return conclude(
        {t.key: (t.type, links.assignments[t.key]) for t in found.things if t.key in links.assignments}
    )


def name(iri: str) -> str:
    parts = entity_iri_parts(iri)
    assert parts is not None
    return parts[1]


def ladder(found: Conclusions, start: str, relation: str = SUB) -> list[str]:
    """The things over a thing, one step after the other."""
    above = {name(r.subject): name(r.object) for r in found.relations if r.relation == relation}
    steps = [start]
    while steps[-1] in above:
        steps.append(above[steps[-1]])
    return steps[1:]


@pytest.mark.parametrize(
    ("body", "above"),
    [
        ("广东省新兴县新城镇总工会", ["新兴县总工会", "云浮市总工会", "广东省总工会", "中华全国总工会"]),
        ("北京市朝阳区总工会", ["北京市总工会", "中华全国总工会"]),
        ("仙桃市总工会", ["湖北省总工会", "中华全国总工会"]),
        ("新疆生产建设兵团总工会", ["中华全国总工会"]),
        ("株洲高新区总工会", ["株洲市总工会", "湖南省总工会", "中华全国总工会"]),
        ("广东省教育工会", ["广东省总工会", "中华全国总工会"]),
        ("株洲市总工会女职工部", ["株洲市总工会", "湖南省总工会", "中华全国总工会"]),
        ("中国教科文卫体工会", ["中华全国总工会"]),
        ("高州市委组织部", ["高州市委", "茂名市委", "广东省委", "中国共产党中央委员会"]),
        ("云浮市人社局", ["云浮市人民政府", "广东省人民政府", "中华人民共和国国务院"]),
        ("共青团云浮市委", ["共青团广东省委", "中国共产主义青年团中央委员会"]),
        ("云浮市妇联", ["广东省妇女联合会", "中华全国妇女联合会"]),
        ("株洲县总工会", ["株洲市总工会", "湖南省总工会", "中华全国总工会"]),
        ("广东省总工会第十五届委员会", []),
        ("云浮市中级人民法院", []),
        ("鼓楼区总工会", []),
    ],
)
def test_bodies_of_divisions(body: str, above: list[str]) -> None:
    found = concluded((ORG, body))
    (start,) = {
        a.id for a in link([profile(article(body + "。", (ORG, body)))]).popitem()[1].assignments.values()
    }
    assert ladder(found, name(start)) == above


def test_what_no_article_names_is_there_to_carry_relations() -> None:
    found = concluded((ORG, "新兴县总工会"))
    nodes = {n.name: n.subtype for n in found.nodes}
    assert nodes == {
        "云浮市总工会": "TradeUnion",
        "广东省总工会": "TradeUnion",
        "中华全国总工会": "TradeUnion",
    }
    assert all(r.rule.startswith("hierarchy.") and r.grounds for r in found.relations)


def test_a_branch_is_under_its_company_and_a_union_is_its_units() -> None:
    found = concluded((ORG, "北疆电力有限公司赤峰供电分公司"), (ORG, "高州市桂香果业有限公司工会"))
    said = {(name(r.subject), r.relation, name(r.object)) for r in found.relations}
    assert ("北疆电力有限公司赤峰供电分公司", SUB, "北疆电力有限公司") in said
    assert ("高州市桂香果业有限公司工会", Property.UNION_OF, "高州市桂香果业有限公司") in said
    assert ("高州市桂香果业有限公司工会", Property.UNDER_UNION, "高州市总工会") in said
    assert ("高州市总工会", SUB, "茂名市总工会") in said
    assert not {s for s, relation, _ in said if relation == SUB and "桂香" in s}


def test_a_subsidiary_by_its_name_where_both_are_named() -> None:
    found = concluded((ORG, "明江集团"), (ORG, "明江集团修造有限公司"))
    assert ladder(found, "明江集团修造有限公司") == ["明江集团"]
    assert ladder(concluded((ORG, "明江集团修造有限公司")), "明江集团修造有限公司") == []


def test_divisions_have_codes_former_names_and_parents() -> None:
    found = concluded((PLA, "株洲县"), (PLA, "株洲市"))
    assert ladder(found, "渌口区", "containedInPlace") == ["株洲市", "湖南省"]
    values = {(name(v.thing), v.property): v.text for v in found.values}
    assert values["渌口区", Property.DIVISION_CODE] == "430212"
    assert values["渌口区", Property.FORMER_NAME] == "株洲县"


def test_a_division_that_went_up_in_another_stays_itself() -> None:
    found = concluded((PLA, "崇文区"))
    assert ladder(found, "崇文区", Property.MERGED_INTO) == ["东城区"]
    assert not [v for v in found.values if name(v.thing) == "崇文区" and v.property == Property.DIVISION_CODE]


def test_awards_and_programmes() -> None:
    found = concluded((AWA, "湖南省五一劳动奖章"), (PRO, "送清凉"), (PRO, "产改"))
    values = {(name(v.thing), v.property): v.text for v in found.values}
    assert values["湖南省五一劳动奖章", Property.AWARD_LEVEL] == "Provincial"
    assert values["湖南省五一劳动奖章", Property.AWARD_KIND] == "Medal"
    assert ladder(found, "湖南省五一劳动奖章", Predicate.CONFERRED_BY) == ["湖南省总工会"]
    assert values["送清凉", Property.PROGRAMME_KIND] == "Service"
    assert values["产业工人队伍建设改革", Property.SHORT_NAME] == "产改"
    assert ladder(found, "送清凉", Predicate.PART_OF) == ["四季送服务"]


@pytest.mark.parametrize(
    ("award", "level", "kind", "conferrers"),
    [
        ("全国五一劳动奖章", "National", "Medal", ("中华全国总工会",)),
        ("云浮市模范职工之家", "Municipal", "ModelUnit", ("云浮市总工会",)),
        ("北京市朝阳区劳动模范", "County", "Title", ()),
        ("全国纺织工业劳动模范", "Ministerial", "Title", ()),
        ("北京市劳动模范", "Provincial", "Title", ()),
        ("三等奖", None, "CompetitionPrize", ()),
        ("示范性劳模创新工作室", None, "Recognition", ()),
        ("佳佳", None, None, ()),
    ],
)
def test_what_an_award_is(
    award: str, level: str | None, kind: str | None, conferrers: tuple[str, ...]
) -> None:
    assert kinds.award_level(award) == level
    assert kinds.award_kind(award) == kind
    assert kinds.award_conferrers(award) == conferrers


def test_every_rule_is_told_in_two_languages() -> None:
    folder = Path(kg.identity.__file__).parent
    used: set[str] = set()
    for path in folder.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                used |= set(re.findall(r"^[a-z]+\.[a-z-]+$", node.value))
    dotted = {rule for rule in RULES if "." in rule}
    assert used == dotted | {"kg.identity"} - {"kg.identity"}
    for rule in RULES:
        zh, en = explain(Assignment("http://e/x", rule, ("甲", "乙")))
        assert zh != en
        assert "{" not in zh + en
    zh, en = conclusion_words(Conclusion("a", SUB, "b", "hierarchy.union", ("株洲市",)))
    assert zh == "株洲市的工会隶属于上一级行政区划的总工会"
    assert en.startswith("the union of 株洲市")


TABLES = {
    "award_kinds": ("ending",),
    "body_renamings": ("former", "scope", "now"),
    "programme_facts": ("name",),
    "programme_kinds": ("ending",),
    "union_awards": ("ending",),
}


@pytest.mark.parametrize(("table_name", "keys"), TABLES.items())
def test_tables_have_each_row_once_and_sorted(table_name: str, keys: tuple[str, ...]) -> None:
    rows = table(table_name)
    found = [tuple(row[key] for key in keys) for row in rows]
    assert len(found) == len(set(found))
    assert [tuple(r.values()) for r in rows] == sorted(tuple(r.values()) for r in rows)


def test_tables_hold_terms_and_names_that_are_there() -> None:
    programmes = {row["name"] for row in table("programmes")}
    for row in table("programme_facts"):
        assert row["name"] in programmes
        assert not row["parent"] or row["parent"] in programmes
    for row in table("body_renamings"):
        assert row["kind"] in ("renamed", "merged")
        assert row["year"].isdigit()
        assert row["scope"] in ("department", "name")
