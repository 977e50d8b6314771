"""A thing under its own IRI, in the form that the client likes best."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.graph.terms import prefixed
from kg.server.negotiation import GRAPHS, PAGES, TABLES, best, by_name
from kg.vocabulary import EntityType, entity_iri
from tests.server.conftest import Running

IRI = entity_iri(EntityType.PERSON, "陆远舟")
PATH = "/id/person/" + quote("陆远舟")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
FORMS = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "html"),
        ("", "html"),
        (BROWSER, "html"),
        ("*/*", "html"),
        ("text/*", "html"),
        ("text/turtle", "ttl"),
        ("TEXT/Turtle ; Q=0.5", "ttl"),
        ("application/*", "jsonld"),
        ("application/xhtml+xml", "html"),
        ("application/*, text/html", "html"),
        ("application/*, text/html;q=0.5", "jsonld"),
        ("text/html;q=0.5, application/ld+json;q=0.6, text/turtle;q=0.4", "jsonld"),
        ("text/html;q=0, */*", "ttl"),
        ("text/html;q=0.1, text/*;q=0.2, */*;q=0.3", "jsonld"),
        ("application/json", "jsonld"),
        ("text/plain", "nt"),
        ("image/png", None),
        ("text/turtle;q=0", None),
        ("text/turtle;q=x", None),
        ("nonsense", None),
        ("*", "html"),
        ("image/png, */*;q=0.01", "html"),
        ("text/turtle;q=2", "ttl"),
    ],
)
def test_the_best_form(accept: str | None, name: str | None) -> None:
    found = best(accept, PAGES)
    assert (found.name if found else None) == name


def test_forms_by_name() -> None:
    assert by_name("turtle", GRAPHS) is GRAPHS[0]
    assert by_name("application/ld json", GRAPHS) is GRAPHS[1]  # a plus sign that was not encoded
    assert by_name("csv", TABLES) is TABLES[2]
    assert by_name("html", TABLES) is None


@pytest.mark.parametrize("name", FORMS)
def test_the_same_triples_in_every_form(served: Running, name: str) -> None:
    media = by_name(name, GRAPHS)
    assert media is not None
    by_accept = served.get(PATH, media.media)
    by_format = served.get(f"{PATH}?format={name}")
    by_suffix = served.get(f"{PATH}.{name}")
    assert by_accept.content == by_format.content == by_suffix.content
    assert by_accept.headers["Content-Type"] == media.content_type
    assert "Accept" in by_accept.headers["Vary"]
    assert f'<{PATH}?format=html>; rel="alternate"; type="text/html"' in by_accept.headers["Link"]
    triples = {q.triple for q in parse(by_accept.content, format=FORMS[name])}
    said = {(t.predicate, t.object) for t in triples if t.subject == NamedNode(IRI)}
    assert (prefixed("skos:prefLabel"), Literal("陆远舟", language="zh")) in said
    statements = {t.subject for t in triples if t.predicate == prefixed("rdf:subject")}
    assert len(statements) >= 3
    quoted = [t.object.value for t in triples if t.predicate == prefixed("oa:exact")]
    assert any("全国五一劳动奖章" in text for text in quoted)
    names = {t.object.value for t in triples if t.predicate == prefixed("skos:prefLabel")}
    assert "青禾机械有限公司" in names


def test_a_page_for_people(served: Running) -> None:
    answer = served.get(PATH, BROWSER)
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert "Accept" in answer.headers["Vary"]
    assert f'href="{PATH}?format=ttl"' in answer.text


@pytest.mark.parametrize(
    "path", [PATH, "/id/article/aaaa000000000001", "/ontology", "/.well-known/void", "/sparql"]
)
def test_a_form_that_there_is_not(served: Running, path: str) -> None:
    assert served.get(path, "image/png").status_code == 406


def test_an_unknown_format(served: Running) -> None:
    assert served.get(PATH + "?format=doc").status_code == 406


def test_the_vocabulary(served: Running) -> None:
    answer = served.get("/ontology", "text/turtle")
    assert any(q.subject == prefixed("kg:holdsPost") for q in parse(answer.content, format=RdfFormat.TURTLE))


def test_a_client_may_encode_what_it_need_not(served: Running) -> None:
    plain = served.get(PATH, "text/turtle").content
    assert served.get("/id/person/陆远舟", "text/turtle").content == plain
    assert served.get("/%69d/person/" + quote("陆远舟").lower(), "text/turtle").status_code in (200, 404)
    assert served.get("/id/%70erson/" + quote("陆远舟").lower(), "text/turtle").content == plain
