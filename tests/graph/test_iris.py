from __future__ import annotations

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from kg.graph.iris import article_id, article_iri, observation_iri, rule_iri, span_iri, statement_iri
from kg.model import Span
from kg.vocabulary import ID, EntityType, Predicate, entity_iri, entity_iri_parts

names = st.text(min_size=1, max_size=30).filter(lambda name: bool(name.strip()))


def is_valid(iri: str) -> bool:
    """Whether both libraries take the IRI."""
    (quad,) = parse(f"<{iri}> <http://e/p> <http://e/o> .", format=RdfFormat.N_TRIPLES)
    return str(quad.subject) == f"<{iri}>" and rdflib.URIRef(iri).n3() == f"<{iri}>"


@given(names, st.none() | names, st.sampled_from(EntityType))
def test_entity_iris_are_valid_and_can_be_read_back(name: str, other: str | None, kind: EntityType) -> None:
    iri = entity_iri(kind, name, other)
    assert is_valid(iri)
    parts = entity_iri_parts(iri)
    assert parts is not None
    assert parts[0] is kind
    assert entity_iri(*parts) == iri


@given(names)
def test_other_iris_are_valid(name: str) -> None:
    subject = entity_iri(EntityType.PERSON, name)
    assert is_valid(article_iri(name))
    assert is_valid(span_iri(name, Span(0, 2)))
    assert is_valid(rule_iri(name))
    assert is_valid(statement_iri(Predicate.HOLDS_POST, subject, subject, (("post", name),)))
    assert is_valid(observation_iri(name, subject, name, (name, name)))


@pytest.mark.parametrize(
    ("name", "local"),
    [
        ("“百千万工程”", "“百千万工程”"),
        ("法院+工会", "法院+工会"),
        ("镇(街道)级工会", "镇(街道)级工会"),
        ("A/B #1?", "A%2FB%20%231%3F"),
        ("王勇@云浮", "王勇%40云浮"),
        ("e\u0301", "é"),
        ("𠮷野", "𠮷野"),
    ],
)
def test_names_stay_legible(name: str, local: str) -> None:
    assert entity_iri(EntityType.PROGRAMME, name) == f"{ID}programme/{local}"


def test_a_thing_without_a_name_has_no_iri() -> None:
    with pytest.raises(ValueError, match="without a name"):
        entity_iri(EntityType.PERSON, " ")


def test_iris_of_others_are_not_taken_apart() -> None:
    assert entity_iri_parts("http://www.wikidata.org/entity/Q1") is None
    assert entity_iri_parts(f"{ID}role/主席") is None


def test_a_statement_is_named_by_all_that_it_says() -> None:
    lu, firm = (
        entity_iri(EntityType.PERSON, "陆远舟"),
        entity_iri(EntityType.ORGANIZATION, "青禾机械有限公司"),
    )
    plain = statement_iri(Predicate.HOLDS_POST, lu, firm, ())
    iris = {
        plain,
        statement_iri(Predicate.HOLDS_POST, lu, firm, (("post", "主席"),)),
        statement_iri(Predicate.HOLDS_POST, lu, firm, (("post", "主席"), ("year", "2020"))),
        statement_iri(Predicate.IMPLEMENTS, lu, firm, ()),
        statement_iri(Predicate.HOLDS_POST, firm, lu, ()),
    }
    assert len(iris) == 5
    assert plain.startswith(f"{ID}membership/陆远舟-青禾机械有限公司-")
    ordered = (("post", "主席"), ("year", "2020"))
    assert statement_iri(Predicate.HOLDS_POST, lu, firm, ordered[::-1]) in iris


def test_the_article_of_a_span() -> None:
    assert article_id(span_iri("d1", Span(1, 4))) == "d1"
    assert article_id(f"{ID}person/陆远舟") is None
