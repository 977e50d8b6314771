"""What an article looks like as RDF."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.graph.description import describe
from kg.graph.figures import bounds
from kg.graph.folder import n_quads
from kg.graph.terms import prefixed
from kg.model import Entity, Extraction, Fact, Observation
from kg.vocabulary import EntityType, Predicate
from tests.graph.graph_samples import SOURCE, first, large, second

LU = prefixed("person:陆远舟")
HE = prefixed("person:何静")
UNION = prefixed("organization:青禾市总工会")
FIRM = prefixed("organization:青禾机械有限公司")
ARTICLE = NamedNode("https://w3id.org/union-kg/id/article/aaaa000000000001")


class Found:
    """The triples of an article, to be asked one by one."""

    def __init__(self, extraction: Extraction, **options: object) -> None:
        self.quads = set(describe(extraction, **options))  # type: ignore[arg-type]

    def objects(self, subject: NamedNode, predicate: str) -> list[str]:
        wanted = prefixed(predicate)
        return sorted(
            str(getattr(q.object, "value", q.object))
            for q in self.quads
            if q.subject == subject and q.predicate == wanted
        )

    def subjects(self, predicate: str, value: NamedNode | Literal) -> list[NamedNode]:
        wanted = prefixed(predicate)
        return [
            q.subject
            for q in self.quads
            if q.predicate == wanted and q.object == value and isinstance(q.subject, NamedNode)
        ]

    def statements(self, subject: NamedNode, predicate: str) -> list[NamedNode]:
        of_subject = set(self.subjects("rdf:subject", subject))
        return sorted(
            (s for s in self.subjects("rdf:predicate", prefixed(predicate)) if s in of_subject), key=str
        )


@pytest.fixture(scope="module")
def found() -> Found:
    return Found(first())


def test_all_is_in_the_graph_of_the_article(found: Found) -> None:
    assert {q.graph_name for q in found.quads} == {ARTICLE}
    assert not any(isinstance(t, BlankNode) for q in found.quads for t in (q.subject, q.object))


def test_the_article_itself(found: Found) -> None:
    assert found.objects(ARTICLE, "dct:title") == ["青禾市总工会服务职工见实效"]
    assert found.objects(ARTICLE, "dct:issued") == ["2024-12-30"]
    assert found.objects(ARTICLE, "dc:publisher") == ["青禾工人报"]


def test_a_thing_has_names_a_type_and_a_kind(found: Found) -> None:
    assert found.objects(UNION, "rdf:type") == [prefixed("kg:Organization").value]
    assert found.objects(UNION, "skos:prefLabel") == ["青禾市总工会"]
    assert found.objects(UNION, "skos:altLabel") == ["市总工会"]
    assert found.objects(UNION, "org:classification") == [prefixed("kind:TradeUnion").value]


def test_a_post_is_a_membership_with_a_direct_property_beside_it(found: Found) -> None:
    (post,) = found.statements(LU, "kg:holdsPost")
    assert found.objects(post, "rdf:type") == sorted(
        [prefixed("org:Membership").value, prefixed("kg:Statement").value]
    )
    assert found.objects(post, "org:member") == [LU.value]
    assert found.objects(post, "org:organization") == [FIRM.value]
    (role,) = found.objects(post, "org:role")
    assert found.objects(NamedNode(role), "skos:prefLabel") == ["工会主席"]
    assert found.objects(LU, "kg:holdsPost") == [FIRM.value]


def test_an_award_received(found: Found) -> None:
    (receipt,) = found.statements(LU, "kg:receivedAward")
    assert found.objects(receipt, "kg:recipient") == [LU.value]
    assert found.objects(receipt, "kg:award") == [prefixed("award:全国五一劳动奖章").value]
    year = Literal("2023", datatype=prefixed("xsd:gYear"))
    assert found.subjects("kg:year", year) == [receipt]


def test_a_participation(found: Found) -> None:
    (taking_part,) = found.statements(HE, "kg:participatesIn")
    assert found.objects(taking_part, "kg:rank") == ["第一名"]
    assert found.objects(taking_part, "kg:event") == [prefixed("event:青禾市职工技能竞赛").value]


def test_what_is_planned_is_not_yet_true(found: Found) -> None:
    (plan,) = found.statements(HE, "kg:receivedAward")
    assert found.objects(plan, "kg:status") == ["planned"]
    assert found.objects(HE, "kg:receivedAward") == []


def test_what_is_former_is_true_no_longer() -> None:
    found = Found(second())
    (post,) = found.statements(LU, "kg:holdsPost")
    assert found.objects(post, "kg:status") == ["former"]
    assert found.objects(LU, "kg:holdsPost") == []


def test_the_makers_of_the_article(found: Found) -> None:
    assert found.objects(prefixed("person:周晓岚"), "kg:wroteFor") == [ARTICLE.value]


def test_a_figure(found: Found) -> None:
    (served,) = found.subjects("kg:measure", Literal("服务职工", language="zh"))
    assert found.objects(served, "schema:observationAbout") == [UNION.value]
    assert found.objects(served, "schema:value") == ["40000"]
    assert found.objects(served, "schema:unitText") == ["人次"]
    assert found.objects(served, "schema:measurementQualifier") == ["近"]
    assert found.objects(served, "schema:maxValue") == ["40000"]
    assert found.objects(served, "schema:minValue") == []
    assert found.objects(served, "schema:observationPeriod") == ["2024年"]
    assert served.value in found.objects(UNION, "kg:hasObservation")


def test_a_figure_without_an_owner(found: Found) -> None:
    (spent,) = found.subjects("kg:measure", Literal("带动消费", language="zh"))
    assert found.objects(spent, "schema:observationAbout") == []
    assert found.objects(spent, "schema:minValue") == ["80000000"]


@pytest.mark.parametrize(
    ("modifier", "expected"),
    [
        (None, (None, None)),
        ("近", (None, 7)),
        ("不足", (None, 7)),
        ("超", (7, None)),
        ("累计、多", (7, None)),
        ("约", (None, None)),
        ("累计", (None, None)),
        ("以上", (7, None)),
        ("以内", (None, 7)),
        ("如此", (None, None)),
    ],
)
def test_bounds(modifier: str | None, expected: tuple[int | None, int | None]) -> None:
    assert bounds(7, modifier) == expected


def test_a_period_as_an_interval_where_it_is_known() -> None:
    def calendar(period: str, published: str | None) -> tuple[date, date] | None:
        assert (period, published) == ("2024年", "2024-12-30")
        return date(2024, 1, 1), date(2024, 12, 31)

    found = Found(first(), calendar=calendar)
    interval = prefixed("interval:2024-01-01--2024-12-31")
    assert len(found.subjects("kg:during", interval)) == 2
    (begin,) = found.objects(interval, "time:hasBeginning")
    assert found.objects(NamedNode(begin), "time:inXSDDate") == ["2024-01-01"]


def test_one_record_a_sentence_shared_by_what_rests_on_it(found: Found) -> None:
    (post,) = found.statements(LU, "kg:holdsPost")
    (receipt,) = found.statements(LU, "kg:receivedAward")
    assert found.objects(post, "prov:wasDerivedFrom") == found.objects(receipt, "prov:wasDerivedFrom")
    (sentence,) = found.objects(post, "prov:wasDerivedFrom")
    assert found.objects(NamedNode(sentence), "oa:exact")[0].startswith(
        "青禾机械有限公司工会主席陆远舟2023年"
    )
    assert found.objects(NamedNode(sentence), "oa:hasSource") == [ARTICLE.value]
    (rule,) = found.objects(post, "prov:wasGeneratedBy")
    assert found.objects(NamedNode(rule), "rdfs:label") == ["relation:holdsPost"]


def test_offsets_are_those_of_the_source(found: Found) -> None:
    spans = {q.subject for q in found.quads if q.predicate == prefixed("oa:start")}
    assert len(spans) == 30
    for span in spans:
        assert isinstance(span, NamedNode)
        ((start,), (end,), (exact,)) = (found.objects(span, f"oa:{p}") for p in ("start", "end", "exact"))
        source = SOURCE[int(start) : int(end)]
        assert "".join(source.split()) == "".join(exact.split())
        assert span.value.endswith(f"#char={start},{end}")


def test_a_mention_stands_in_its_sentence(found: Found) -> None:
    for mention in found.subjects("rdf:type", prefixed("kg:Mention")):
        (sentence,) = found.objects(mention, "kg:inSentence")
        outer = [int(found.objects(NamedNode(sentence), p)[0]) for p in ("oa:start", "oa:end")]
        inner = [int(found.objects(mention, p)[0]) for p in ("oa:start", "oa:end")]
        assert outer[0] <= inner[0] < inner[1] <= outer[1]


def test_an_entity_goes_by_the_iri_that_identity_gave_it() -> None:
    extraction = first()
    iri = "https://w3id.org/union-kg/id/person/陆远舟@青禾机械有限公司"
    named = tuple(replace(e, id=iri) if e.name == "陆远舟" else e for e in extraction.entities)
    found = Found(replace(extraction, entities=named))
    assert found.objects(NamedNode(iri), "skos:prefLabel") == ["陆远舟"]
    assert found.objects(NamedNode(iri), "kg:holdsPost") == [FIRM.value]


def test_the_name_comes_from_the_iri_and_other_forms_are_aliases() -> None:
    extraction = second()
    full = "https://w3id.org/union-kg/id/organization/青禾机械股份有限公司"
    named = tuple(replace(e, id=full) if e.name == "青禾机械有限公司" else e for e in extraction.entities)
    found = Found(replace(extraction, entities=named))
    assert found.objects(NamedNode(full), "skos:prefLabel") == ["青禾机械股份有限公司"]
    assert found.objects(NamedNode(full), "skos:altLabel") == ["青禾机械有限公司"]


def test_an_award_at_an_event_is_tied_to_it() -> None:
    extraction = first()
    facts = tuple(
        replace(f, attributes=(("event", "青禾市职工技能竞赛"), ("times", "2"), ("year", "2019—2021")))
        if f.predicate is Predicate.RECEIVED_AWARD
        else f
        for f in extraction.facts
    )
    found = Found(replace(extraction, facts=facts))
    (receipt,) = found.statements(LU, "kg:receivedAward")
    assert found.objects(receipt, "kg:occasion") == ["青禾市职工技能竞赛"]
    assert found.objects(receipt, "kg:atEvent") == [prefixed("event:青禾市职工技能竞赛").value]
    assert receipt in found.subjects("kg:times", Literal("2", datatype=prefixed("xsd:integer")))
    assert found.objects(receipt, "kg:year") == ["2019—2021"]


def test_an_attribute_that_nobody_knows_is_an_error() -> None:
    extraction = first()
    strange = replace(extraction.facts[0], attributes=(("mood", "good"),))
    with pytest.raises(ValueError, match="mood"):
        list(describe(replace(extraction, facts=(strange,))))


def test_fractions_are_decimals() -> None:
    extraction = second()
    share = replace(extraction.observations[0], value=99.5, unit="%")
    quads = set(describe(replace(extraction, observations=(share,))))
    values = [q.object for q in quads if q.predicate == prefixed("schema:value")]
    assert values == [Literal("99.5", datatype=prefixed("xsd:decimal"))]


def test_an_empty_article_is_still_there() -> None:
    bare = Extraction(first().document)
    assert [q.predicate for q in describe(bare)] == [prefixed("rdf:type")]


def test_hostile_text_stays_text() -> None:
    evil = '"> . <http://evil/> <http://evil/p> "\\\n\u2028'
    extraction = first()
    entity = Entity("x", EntityType.PERSON, evil, aliases=("<script>",))
    quads = set(describe(replace(extraction, entities=(*extraction.entities, entity), title=evil)))
    content = n_quads(quads)
    assert len(content.splitlines()) == len(quads)
    assert Literal(evil, language="zh") in {q.object for q in quads}


def test_the_same_bytes_whatever_the_hash_seed_locale_and_time_zone(tmp_path: Path) -> None:
    program = (
        "import sys; from tests.graph.graph_samples import first, second;"
        "from kg.graph.description import describe;"
        "from kg.graph.folder import n_quads; from kg.graph import archive;"
        "quads = n_quads([*describe(first()), *describe(second())]);"
        "sys.stdout.buffer.write(quads + archive.dumps(first()))"
    )
    here = str(Path(__file__).parents[2])
    found = [
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": here, **changes},
            check=True,
            capture_output=True,
        ).stdout
        for changes in (
            {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
            {"PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"},
        )
    ]
    assert found[0] == found[1]
    assert len(found[0]) > 10_000


def test_the_order_of_what_was_found_does_not_matter() -> None:
    extraction = first()
    turned = replace(
        extraction,
        entities=extraction.entities[::-1],
        facts=extraction.facts[::-1],
        observations=extraction.observations[::-1],
    )
    assert n_quads(describe(turned)) == n_quads(describe(extraction))


def test_the_cost_in_triples_stays_sane() -> None:
    extraction = next(iter(large(1)))
    quads: set[Quad] = set(describe(extraction))
    claims: list[Fact | Observation] = [*extraction.facts, *extraction.observations]
    mentions = sum(len(e.mentions) for e in extraction.entities)
    assert len(quads) < 15 * len(claims) + 8 * mentions
