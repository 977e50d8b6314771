"""Every named query: its head, its answer on the two sample articles, and its cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.errors import QueryError
from kg.graph import Graph
from kg.graph.terms import PREFIXES
from kg.queries import NamedQuery, Parameter, parse, queries
from tests.graph.graph_samples import OTHER_TITLE, TITLE

WORKS = "2024年,青禾市总工会深入实施求学圆梦行动,累计建成职工书屋305家,服务职工近4万人次。"
CAREER = "青禾机械有限公司工会主席陆远舟2023年获全国五一劳动奖章,该奖章由中华全国总工会颁发。"
MATCH = "市总工会主办的青禾市职工技能竞赛中,陆远舟作为评委参加,公司班组长何静获得第一名。"
PAPERS = "市总工会印发《青禾市职工之家建设办法》,并运营青禾市工人文化宫。"
UNDER = "青禾市总工会隶属于云岭省总工会。"
PLAN = "下一步,市总工会拟表彰何静为青禾工匠。"
SPENT = "带动消费超8000万元。"
TOLD = "云岭省总工会调研组了解到,青禾市总工会累计建成职工书屋280家。"
FORMER = "曾任青禾机械有限公司工会主席的陆远舟介绍了情况。"
AGAIN = "青禾市总工会实施求学圆梦行动。"
UNION, PROVINCE, FIRM = "青禾市总工会", "云岭省总工会", "青禾机械有限公司"
CONTEST, MEDAL, STUDY = "青禾市职工技能竞赛", "全国五一劳动奖章", "求学圆梦行动"
RULES = "青禾市职工之家建设办法"

Parameters = Mapping[str, str | int | list[str]]
Case = tuple[str, Parameters, str, list[tuple[object, ...]]]

# name, parameters, columns, rows
CASES: list[Case] = [
    (
        "organizations",
        {},
        "name type aliases mentions source quote",
        [
            (UNION, "TradeUnion", "市总工会", 8, TITLE, TITLE),
            (PROVINCE, "TradeUnion", None, 3, TITLE, UNDER),
            (FIRM, "Company", "公司", 3, TITLE, CAREER),
            ("中华全国总工会", "TradeUnion", None, 1, TITLE, CAREER),
        ],
    ),
    (
        "posts",
        {},
        "person post organization source quote",
        [("何静", "班组长", FIRM, TITLE, MATCH), ("陆远舟", "工会主席", FIRM, TITLE, CAREER)],
    ),
    (
        "posts",
        {"person": "陆远舟"},
        "person post organization source quote",
        [("陆远舟", "工会主席", FIRM, TITLE, CAREER)],
    ),
    ("posts", {"organization": "市总工会"}, "person post organization source quote", []),
    (
        "awards",
        {},
        "recipient award year rank conferredBy source quote",
        [("陆远舟", MEDAL, "2023", None, "中华全国总工会", TITLE, CAREER)],
    ),
    (
        "awards",
        {"year": 2023, "conferrer": "中华全国总工会", "award": MEDAL},
        "recipient award year rank conferredBy source quote",
        [("陆远舟", MEDAL, "2023", None, "中华全国总工会", TITLE, CAREER)],
    ),
    ("awards", {"year": "2022"}, "recipient award year rank conferredBy source quote", []),
    ("awards", {"conferrer": UNION}, "recipient award year rank conferredBy source quote", []),
    (
        "programmes",
        {},
        "organization programme source quote",
        [(UNION, STUDY, OTHER_TITLE, AGAIN), (UNION, STUDY, TITLE, WORKS)],
    ),
    (
        "events",
        {},
        "event organizer participant role source quote",
        [
            (CONTEST, None, "何静", None, TITLE, MATCH),
            (CONTEST, None, "陆远舟", "评委", TITLE, MATCH),
            (CONTEST, UNION, None, "主办", TITLE, MATCH),
        ],
    ),
    (
        "documents",
        {"organization": UNION},
        "organization document source quote",
        [(UNION, RULES, TITLE, PAPERS)],
    ),
    ("places", {"thing": UNION}, "thing place source quote", [(UNION, "青禾市", OTHER_TITLE, TOLD)]),
    (
        "observations",
        {},
        "subject measure value unit modifier period source quote",
        [
            (None, "带动消费", 80000000, "元", "超", None, TITLE, SPENT),
            (UNION, "服务职工", 40000, "人次", "近", "2024年", TITLE, WORKS),
            (UNION, "职工书屋", 280, "家", "累计", "2024年", OTHER_TITLE, TOLD),
            (UNION, "职工书屋", 305, "家", "累计", "2024年", TITLE, WORKS),
        ],
    ),
    (
        "observations",
        {"subject": UNION, "measure": "服务"},
        "subject measure value unit modifier period source quote",
        [(UNION, "服务职工", 40000, "人次", "近", "2024年", TITLE, WORKS)],
    ),
    (
        "aliases",
        {},
        "name alias source quote",
        [
            (STUDY, "求学圆梦", None, None),
            (UNION, "市总工会", TITLE, MATCH),
            (RULES, "《青禾市职工之家建设办法》", TITLE, PAPERS),
            (FIRM, "公司", TITLE, MATCH),
        ],
    ),
    (
        "people",
        {"organization": FIRM},
        "organization person post year status source quote",
        [
            (FIRM, "何静", "班组长", None, None, TITLE, MATCH),
            (FIRM, "陆远舟", "工会主席", None, "former", OTHER_TITLE, FORMER),
            (FIRM, "陆远舟", "工会主席", None, None, TITLE, CAREER),
        ],
    ),
    (
        "career",
        {"person": "陆远舟"},
        "person year kind what where status source quote",
        [
            ("陆远舟", None, "event", "评委", CONTEST, None, TITLE, MATCH),
            ("陆远舟", None, "post", "工会主席", FIRM, "former", OTHER_TITLE, FORMER),
            ("陆远舟", None, "post", "工会主席", FIRM, None, TITLE, CAREER),
            ("陆远舟", "2023", "award", MEDAL, None, None, TITLE, CAREER),
        ],
    ),
    (
        "honours",
        {"organization": FIRM},
        "organization recipient award year rank source quote",
        [(FIRM, "陆远舟", MEDAL, "2023", None, TITLE, CAREER)],
    ),
    (
        "tree",
        {"root": PROVINCE},
        "root organization parent basis source quote",
        [(PROVINCE, UNION, PROVINCE, "stated", TITLE, UNDER)],
    ),
    (
        "cooccurrence",
        {"thing": STUDY},
        "thing other type sentences articles",
        [(STUDY, UNION, "Organization", 2, 2), (STUDY, "青禾市", "Place", 1, 1)],
    ),
    (
        "evidence",
        {"subject": UNION, "object": STUDY, "predicate": "implements"},
        "subject predicate object status rule start end source quote",
        [
            (UNION, "implements", STUDY, None, "relation:implements", 69, 84, OTHER_TITLE, AGAIN),
            (UNION, "implements", STUDY, None, "relation:implements", 21, 68, TITLE, WORKS),
        ],
    ),
    (
        "evidence",
        {"subject": "何静", "object": "青禾工匠"},
        "subject predicate object status rule start end source quote",
        [("何静", "receivedAward", "青禾工匠", "planned", "relation:receivedAward", 206, 225, TITLE, PLAN)],
    ),
    (
        "article",
        {"article": OTHER_TITLE},
        "source kind subject relation object quote",
        [
            (OTHER_TITLE, "fact", UNION, "locatedIn", "青禾市", TOLD),
            (OTHER_TITLE, "figure", UNION, "职工书屋", "累计 280 家", TOLD),
            (OTHER_TITLE, "fact", "陆远舟", "holdsPost", FIRM, FORMER),
            (OTHER_TITLE, "fact", UNION, "implements", STUDY, AGAIN),
        ],
    ),
    (
        "articles",
        {},
        "source published publisher things statements figures article",
        [
            (OTHER_TITLE, "2025-01", None, 6, 3, 1, "https://w3id.org/union-kg/id/article/bbbb000000000002"),
            (
                TITLE,
                "2024-12-30",
                "青禾工人报",
                13,
                13,
                3,
                "https://w3id.org/union-kg/id/article/aaaa000000000001",
            ),
        ],
    ),
    (
        "conflicts",
        {},
        "subject measure period unit value source quote otherValue otherSource otherQuote",
        [(UNION, "职工书屋", "2024年", "家", 280, OTHER_TITLE, TOLD, 305, TITLE, WORKS)],
    ),
    ("disagreements", {}, "subject relation object year source quote otherYear otherSource otherQuote", []),
    ("reprints", {}, "text source published publisher", []),
    (
        "identity",
        {"thing": "何静"},
        "thing iri reason rule certain source quote",
        [
            (
                "何静",
                "https://w3id.org/union-kg/id/person/何静",
                "姓名相同且所在单位相同：青禾机械有限公司",
                "identity:person.unit",
                True,
                TITLE,
                quote,
            )
            for quote in (PLAN, MATCH)
        ],
    ),
    (
        "overview",
        {},
        "type things mentions",
        [
            ("Organization", 4, 15),
            ("Person", 3, 6),
            ("Award", 2, 2),
            ("Document", 1, 1),
            ("Event", 1, 1),
            ("Facility", 1, 1),
            ("Place", 1, 3),
            ("Programme", 1, 2),
        ],
    ),
    (
        "planned",
        {},
        "subject predicate object source quote",
        [("何静", "receivedAward", "青禾工匠", TITLE, PLAN)],
    ),
    ("authors", {}, "person role source quote", [("周晓岚", "记者", TITLE, "记者 周晓岚")]),
    (
        "facilities",
        {},
        "organization facility source quote",
        [(UNION, "青禾市工人文化宫", TITLE, PAPERS)],
    ),
    (
        "tenures",
        {"person": "陆远舟"},
        "person post organization status year asOf source quote",
        [
            ("陆远舟", "工会主席", FIRM, "former", None, "2025-01", OTHER_TITLE, FORMER),
            ("陆远舟", "工会主席", FIRM, "stated", None, "2024-12-30", TITLE, CAREER),
        ],
    ),
    (
        "reports",
        {"programme": STUDY},
        "programme organization measure value unit modifier period source quote",
        [
            (STUDY, UNION, "服务职工", 40000, "人次", "近", "2024年", TITLE, WORKS),
            (STUDY, UNION, "职工书屋", 305, "家", "累计", "2024年", TITLE, WORKS),
            (STUDY, UNION, None, None, None, None, None, OTHER_TITLE, AGAIN),
            (STUDY, UNION, None, None, None, None, None, TITLE, WORKS),
        ],
    ),
    (
        "comparison",
        {"measure": "书屋"},
        "subject measure year value unit modifier period from until source quote",
        [
            (UNION, "职工书屋", "2024", 305, "家", "累计", "2024年", None, None, TITLE, WORKS),
            (UNION, "职工书屋", "2024", 280, "家", "累计", "2024年", None, None, OTHER_TITLE, TOLD),
        ],
    ),
    (
        "comparison",
        {"measure": ["书屋", "职工"], "unit": "人次", "year": 2024},
        "subject measure year value unit modifier period from until source quote",
        [(UNION, "服务职工", "2024", 40000, "人次", "近", "2024年", None, None, TITLE, WORKS)],
    ),
    (
        "branches",
        {"root": PROVINCE, "measure": "书屋"},
        "organization parent measure value unit modifier period source quote",
        [
            (PROVINCE, None, None, None, None, None, None, None, None),
            (UNION, PROVINCE, "职工书屋", 280, "家", "累计", "2024年", OTHER_TITLE, TOLD),
            (UNION, PROVINCE, "职工书屋", 305, "家", "累计", "2024年", TITLE, WORKS),
        ],
    ),
    (
        "branches",
        {"place": "云岭"},
        "organization parent measure value unit modifier period source quote",
        [(PROVINCE, None, None, None, None, None, None, None, None)],
    ),
    (
        "between",
        {"thing": "陆远舟", "other": "何静"},
        "thing relation other via otherRelation status source quote",
        [
            ("陆远舟", "participatesIn", "何静", CONTEST, "participatesIn", None, TITLE, MATCH),
            ("陆远舟", "holdsPost", "何静", FIRM, "holdsPost", "former", OTHER_TITLE, FORMER),
            ("陆远舟", "holdsPost", "何静", FIRM, "holdsPost", None, TITLE, CAREER),
            ("陆远舟", "sameSentence", "何静", None, None, None, TITLE, MATCH),
        ],
    ),
    (
        "between",
        {"thing": "陆远舟", "other": FIRM},
        "thing relation other via otherRelation status source quote",
        [
            ("陆远舟", "holdsPost", FIRM, None, None, "former", OTHER_TITLE, FORMER),
            ("陆远舟", "holdsPost", FIRM, None, None, None, TITLE, CAREER),
            ("陆远舟", "sameSentence", FIRM, None, None, None, OTHER_TITLE, FORMER),
            ("陆远舟", "sameSentence", FIRM, None, None, None, TITLE, MATCH),
            ("陆远舟", "sameSentence", FIRM, None, None, None, TITLE, CAREER),
        ],
    ),
    (
        "basis",
        {"thing": RULES},
        "thing relation other status rule source quote",
        [
            (RULES, "^issued", UNION, None, "relation:issued", TITLE, PAPERS),
            (RULES, "named", None, None, "lexicon:test", TITLE, PAPERS),
        ],
    ),
    (
        "mentions",
        {"thing": STUDY},
        "thing source published form quote",
        [(STUDY, TITLE, "2024-12-30", STUDY, WORKS), (STUDY, OTHER_TITLE, "2025-01", STUDY, AGAIN)],
    ),
    (
        "honoured",
        {"award": ["五一", "劳模"], "place": "青禾"},
        "recipient award year basis source quote",
        [("陆远舟", MEDAL, "2023", "name", TITLE, CAREER)],
    ),
    (
        "honoured",
        {"year": 2023, "type": "Person"},
        "recipient award year basis source quote",
        [("陆远舟", MEDAL, "2023", "any", TITLE, CAREER)],
    ),
    ("honoured", {"place": "云岭"}, "recipient award year basis source quote", []),
    (
        "works",
        {"organization": UNION, "kind": ["Document", "Facility"]},
        "organization kind what role status source quote",
        [
            (UNION, "Document", RULES, None, None, TITLE, PAPERS),
            (UNION, "Facility", "青禾市工人文化宫", None, None, TITLE, PAPERS),
        ],
    ),
    (
        "works",
        {"organization": UNION, "year": 2024, "kind": "Programme"},
        "organization kind what role status source quote",
        [(UNION, "Programme", STUDY, None, None, TITLE, WORKS)],
    ),
    (
        "things",
        {"type": "Award"},
        "name type mentions articles thing",
        [
            (MEDAL, "Award", 1, 1, "https://w3id.org/union-kg/id/award/全国五一劳动奖章"),
            ("青禾工匠", "Award", 1, 1, "https://w3id.org/union-kg/id/award/青禾工匠"),
        ],
    ),
    (
        "organizations",
        {"kind": "Company", "place": "青禾"},
        "name type aliases mentions source quote",
        [(FIRM, "Company", "公司", 3, TITLE, CAREER)],
    ),
    (
        "posts",
        {"organization": FIRM, "post": "主席"},
        "person post organization source quote",
        [("陆远舟", "工会主席", FIRM, TITLE, CAREER)],
    ),
    (
        "events",
        {"organizer": UNION},
        "event organizer participant role source quote",
        [(CONTEST, UNION, None, "主办", TITLE, MATCH)],
    ),
    (
        "events",
        {"participant": "何静"},
        "event organizer participant role source quote",
        [(CONTEST, None, "何静", None, TITLE, MATCH)],
    ),
    ("authors", {"article": TITLE}, "person role source quote", [("周晓岚", "记者", TITLE, "记者 周晓岚")]),
    (
        "tree",
        {"organization": UNION},
        "root organization parent basis source quote",
        [(PROVINCE, UNION, PROVINCE, "stated", TITLE, UNDER)],
    ),
    (
        "honours",
        {"organization": FIRM, "award": "五一"},
        "organization recipient award year rank source quote",
        [(FIRM, "陆远舟", MEDAL, "2023", None, TITLE, CAREER)],
    ),
]


@pytest.mark.parametrize(
    ("name", "parameters", "columns", "rows"), CASES, ids=[f"{c[0]}-{'-'.join(c[1])}" for c in CASES]
)
def test_answers(
    graph: Graph, name: str, parameters: Parameters, columns: str, rows: list[tuple[object, ...]]
) -> None:
    found = graph.query(name, **parameters)
    assert found.columns == tuple(columns.split())
    assert [tuple(row) for row in found] == rows


def test_mentions_as_web_annotations(graph: Graph) -> None:
    found = graph.query("annotations", thing="周晓岚")
    text = found.format("ttl")
    assert len(found) == 12
    for part in ("a oa:Annotation", "oa:hasBody person:周晓岚", "oa:start 17", 'oa:exact "周晓岚"@zh'):
        assert part in text


def test_an_event_of_which_nothing_is_said_is_listed(
    graph: Graph, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from dataclasses import replace

    from tests.graph.graph_samples import first

    lone = Graph.create(tmp_path_factory.mktemp("lone") / "graph")
    lone.put(replace(first(), facts=(), observations=()))
    assert [tuple(row) for row in lone.query("events")] == [(CONTEST, None, None, None, TITLE, MATCH)]


def test_every_query_has_an_expected_answer() -> None:
    assert {case[0] for case in CASES} | {"annotations"} == set(queries())


def test_every_quote_stands_in_its_article(graph: Graph) -> None:
    texts = {graph.extraction(a).title: graph.extraction(a).document.text for a in graph.article_ids()}
    for name in queries():
        rows = graph.query(name)
        if {"quote", "source"} <= set(rows.columns):
            assert all(str(row.quote) in texts[str(row.source)] for row in rows if row.quote), name


@pytest.mark.parametrize("query", queries().values(), ids=lambda q: q.name)
def test_heads(query: NamedQuery) -> None:
    assert query.zh.endswith(("？", "。", "及"))
    assert query.en.endswith(("?", ".", "Annotation"))
    assert query.text.startswith("# zh: ")
    for parameter in query.parameters:
        assert parameter.zh
        assert parameter.en


def _nodes(tree: object) -> Iterator[Mapping[str, object]]:
    if isinstance(tree, dict):
        yield tree
        for value in tree.values():
            yield from _nodes(value)
    elif isinstance(tree, list | tuple | set) and not isinstance(tree, str):
        for item in tree:
            yield from _nodes(item)


def joins_after_an_optional(text: str) -> bool:
    """Whether a pattern follows an OPTIONAL of its group."""
    for node in _nodes(translateQuery(parseQuery(text), initNs=PREFIXES).algebra):
        if getattr(node, "name", "") == "Join":
            left = node["p1"]
            while getattr(left, "name", "") in ("Filter", "Extend"):
                left = left["p"]  # type: ignore[index]
            if getattr(left, "name", "") == "LeftJoin":
                return True
    return False


@pytest.mark.parametrize("query", queries().values(), ids=lambda q: q.name)
def test_nothing_is_joined_to_the_right_of_an_optional(query: NamedQuery) -> None:
    """The engine compares every pair of answers there, so that time grows with the square of the data."""
    assert not joins_after_an_optional(query.text)


def test_what_is_joined_to_the_right_of_an_optional_is_seen() -> None:
    assert joins_after_an_optional(
        "SELECT * { ?a a ?b OPTIONAL { ?a kg:year ?c } FILTER(1 < 2) ?a kg:rank ?d }"
    )


def test_the_head_of_a_query_must_be_whole() -> None:
    with pytest.raises(ValueError, match="needs the question"):
        parse("x", "# zh: 谁？\nSELECT * {}")
    head = "# zh: 谁？\n# en: Who?\n"
    with pytest.raises(ValueError, match="not those of its text"):
        parse("x", head + "# param: person entity 人 / a person\nSELECT * {}")
    with pytest.raises(ValueError, match="a parameter reads"):
        parse("x", head + "# param: person human 人 / a person\nSELECT * {}")
    found = parse(
        "x", head + "# param: person entity 人 / a person\nSELECT * { VALUES ?personIri { UNDEF } }"
    )
    assert found.parameters == (Parameter("person", "entity", "人", "a person"),)


def test_wrong_parameters(graph: Graph) -> None:
    for name, parameters, message in (
        ("awards", {"year": "去年"}, "a year has four digits"),
        ("article", {"article": "没有"}, "no article has the title or id 没有"),
        ("posts", {"person": "没有这人"}, "nothing is called 没有这人"),
    ):
        with pytest.raises(QueryError, match=message):
            graph.query(name, **parameters)


def test_an_article_goes_by_its_id_or_iri_as_well(graph: Graph) -> None:
    by_title = [tuple(row) for row in graph.query("article", article=OTHER_TITLE)]
    iri = "https://w3id.org/union-kg/id/article/bbbb000000000002"
    assert [tuple(row) for row in graph.query("article", article="bbbb000000000002")] == by_title
    assert [tuple(row) for row in graph.query("article", article=iri)] == by_title
    assert len(graph.query("article")) > len(by_title)


SEEDS_SAY = [
    ("awards", {"recipient": "王宝刚", "award": "广东省五一劳动奖章"}, {"recipient": "王宝刚"}),
    ("honours", {"organization": "清远英德海螺国际大酒店有限公司"}, {"recipient": "万雅丽"}),
    (
        "career",
        {"person": "万雅丽"},
        {"kind": "event", "what": "代表", "where": "广东省工会第十五次代表大会"},
    ),
    ("tenures", {"person": "万雅丽"}, {"post": "副总经理", "status": "stated"}),
    ("people", {"organization": "清远英德海螺国际大酒店有限公司"}, {"person": "万雅丽", "post": "副总经理"}),
    ("posts", {"person": "万雅丽", "post": "工会主席"}, {"post": "工会主席"}),
    ("programmes", {"programme": "求学圆梦行动"}, {"organization": "云浮市总工会"}),
    ("reports", {"programme": "求学圆梦行动"}, {"measure": "劳模工匠人才创新工作室", "value": 19}),
    ("observations", {"subject": "云浮市总工会", "measure": "职工书屋"}, {"value": 305, "unit": "家"}),
    ("comparison", {"measure": "会员"}, {"subject": "云浮市总工会", "value": 50539}),
    ("comparison", {"measure": "新发展会员"}, {"value": 44708}),
    (
        "branches",
        {"place": "云浮", "measure": "爱心妈妈小屋"},
        {"organization": "云浮市总工会", "value": 113},
    ),
    ("between", {"thing": "王宝刚", "other": "万雅丽"}, {"via": "广东省工会第十五次代表大会"}),
    ("cooccurrence", {"thing": "王宝刚"}, {"other": "约克广州空调冷冻设备有限公司"}),
    ("basis", {"thing": "求学圆梦行动"}, {"relation": "^implements", "other": "云浮市总工会"}),
    ("basis", {"thing": "云浮市社会化工会工作者管理办法(试行)"}, {"relation": "^issued"}),
    ("documents", {"organization": "云浮市总工会"}, {"document": "云浮市社会化工会工作者管理办法(试行)"}),
    ("mentions", {"thing": "强基工程"}, {"form": "强基工程"}),
    ("honoured", {"award": "五一劳动奖章", "place": "清远"}, {"recipient": "王宝刚"}),
    ("works", {"organization": "清远市总工会", "kind": "Event"}, {"what": "清远市职工茶叶加工职业技能竞赛"}),
    ("events", {"participant": "万雅丽"}, {"event": "广东省工会第十五次代表大会", "role": "代表"}),
    ("authors", {"person": "徐亚辉"}, {"role": "记者"}),
    ("things", {"type": "Person"}, {"name": "万雅丽"}),
    ("organizations", {"kind": "TradeUnion", "place": "云浮"}, {"name": "云浮市总工会"}),
]
"""What careful readers find in the seeds, whatever else is found there: query, parameters, cells of a row."""


@pytest.mark.parametrize(
    ("name", "parameters", "cells"), SEEDS_SAY, ids=[f"{c[0]}-{'-'.join(c[1].values())}" for c in SEEDS_SAY]
)
def test_answers_on_the_seeds(
    seed_graph: Path, name: str, parameters: Mapping[str, str], cells: Mapping[str, object]
) -> None:
    rows = Graph.open(seed_graph).query(name, **parameters).to_dicts()
    assert any(cells.items() <= row.items() for row in rows), rows
    assert all(row["quote"] for row in rows if "quote" in row and name != "branches")


def test_an_article_says_all_that_stands_in_it(seed_graph: Path) -> None:
    seeds = Graph.open(seed_graph)
    for article in seeds.articles():
        rows = seeds.query("article", article=article.id)
        found = seeds.extraction(article.id)
        claims = {(str(row.kind), str(row.subject or ""), str(row.relation)) for row in rows}
        assert len(claims) > 30
        assert len(rows) >= len({(f.predicate, f.subject, f.object) for f in found.facts})


def test_several_values_stand_for_any_of_them(graph: Graph) -> None:
    both = graph.query("comparison", measure=["书屋", "服务"])
    assert {row.measure for row in both} == {"职工书屋", "服务职工"}
    people = graph.query(
        "SELECT ?p { ?p a kg:Person ; skos:prefLabel ?name FILTER(STR(?name) = ?n) }", n=("何静",)
    )
    assert [row.p for row in people] == ["https://w3id.org/union-kg/id/person/何静"]
    with pytest.raises(QueryError, match="an empty list"):
        graph.query("comparison", measure=[])


@pytest.mark.parametrize("hostile", ['x" } # ', "'} UNION { ?a ?b ?c", "\\", "<http://e>", "云浮\n} #"])
def test_a_value_never_becomes_part_of_the_query(graph: Graph, hostile: str) -> None:
    assert len(graph.query("comparison", measure=hostile)) == 0
    assert len(graph.query("honoured", place=hostile, award=hostile)) == 0
