"""The SPARQL 1.1 Protocol: the W3C's cases, and what the endpoint does beyond them."""

from __future__ import annotations

import csv
import io
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import RdfFormat, parse

from kg.graph.iris import article_iri
from tests.server.conftest import Running

CASES: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("cases").joinpath("protocol.toml").read_text(encoding="utf-8")
)["case"]
GRAPHS = {
    "A": article_iri("aaaa000000000001"),
    "B": article_iri("bbbb000000000002"),
    "C": article_iri("cccc000000000003"),
}
RDF = ("text/turtle", "application/ld+json", "application/n-triples")


def filled(pairs: list[list[str]]) -> str:
    return urlencode([(name, value.format(**GRAPHS)) for name, value in pairs])


def answer_of(case: dict[str, Any], http: httpx.Client) -> httpx.Response:
    headers = {"Accept": "*/*"}
    content = b""
    if "form" in case:
        content = filled(case["form"]).encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    elif "body" in case:
        content = case["body"].format(**GRAPHS).encode(case.get("encoding", "utf-8"))
    if "type" in case:
        headers["Content-Type"] = case["type"]
    address = "/sparql/?" + filled(case.get("address", []))
    return http.request(case["method"], address, content=content, headers=headers)


def test_every_case_of_the_suite_is_here() -> None:
    assert len({case["name"] for case in CASES}) == len(CASES) == 34
    assert Counter(case["applies"] for case in CASES) == {"query": 13, "refusal": 14, "update": 7}


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_protocol(served: Running, case: dict[str, Any]) -> None:
    before = served.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()
    answer = answer_of(case, served.http)
    if "status" in case:
        assert answer.status_code == case["status"]
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == case["status"]
    else:
        assert answer.status_code == 200, answer.text
        media = answer.headers["Content-Type"].partition(";")[0]
        if case["answer"] == "rdf":
            assert media in RDF
        elif case["answer"] == "bindings":
            assert answer.json()["results"]["bindings"][0]["value"]["value"] == "1"
        else:
            assert media == "application/sparql-results+json"
            assert answer.json()["boolean"] is case["answer"]
    assert served.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json() == before


SELECT = 'SELECT ?n ?t { VALUES (?n ?t) { (1 "甲, \\"乙\\""@zh) (2 UNDEF) } }'


def test_select_as_json(served: Running) -> None:
    found = served.ask(SELECT, headers={"Accept": "application/json"}).json()
    assert found["head"]["vars"] == ["n", "t"]
    assert found["results"]["bindings"][0]["t"] == {
        "type": "literal",
        "value": '甲, "乙"',
        "xml:lang": "zh",
    }
    assert "t" not in found["results"]["bindings"][1]


def test_select_as_xml(served: Running) -> None:
    answer = served.ask(SELECT, headers={"Accept": "application/sparql-results+xml"})
    assert answer.headers["Content-Type"] == "application/sparql-results+xml"
    assert "甲" in "".join(ElementTree.fromstring(answer.text).itertext())


def test_select_as_csv_and_tsv(served: Running) -> None:
    answer = served.ask(SELECT, headers={"Accept": "text/csv"})
    assert list(csv.reader(io.StringIO(answer.text))) == [["n", "t"], ["1", '甲, "乙"'], ["2", ""]]
    answer = served.ask(SELECT, headers={"Accept": "text/tab-separated-values"})
    assert answer.text.splitlines()[0] == "?n\t?t"


def test_a_table_for_excel_runs_no_formula(served: Running) -> None:
    query = 'SELECT ?x ?y { VALUES (?x ?y) { ("=1+1" -3) ("@A" 4) ("好" 5) } }'
    answer = served.ask(query, params={"format": "excel"})
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows == [["x", "y"], ["'=1+1", "-3"], ["'@A", "4"], ["好", "5"]]


@pytest.mark.parametrize(
    ("accept", "media", "form"),
    [
        ("text/turtle", "text/turtle", RdfFormat.TURTLE),
        ("application/ld+json", "application/ld+json", RdfFormat.JSON_LD),
        ("application/n-triples", "application/n-triples", RdfFormat.N_TRIPLES),
        ("*/*", "text/turtle", RdfFormat.TURTLE),
    ],
)
def test_construct(served: Running, accept: str, media: str, form: RdfFormat) -> None:
    query = "CONSTRUCT { ?s kg:implements ?o } WHERE { ?s kg:implements ?o }"
    answer = served.ask(query, headers={"Accept": accept})
    assert answer.headers["Content-Type"].partition(";")[0] == media
    assert len(list(parse(answer.content, format=form))) == int(answer.headers["X-Result-Rows"]) > 1


@pytest.mark.parametrize("name", ["csv", "tsv"])
def test_a_truth_value_has_every_form(served: Running, name: str) -> None:
    assert served.ask("ASK {}", params={"format": name}).text == "true\n"
    xml = served.ask("ASK { FILTER(false) }", params={"format": "xml"}).text
    assert ElementTree.fromstring(xml)[-1].text == "false"


@pytest.mark.parametrize(
    ("query", "accept"), [("ASK {}", "text/turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv")]
)
def test_a_form_that_there_is_not(served: Running, query: str, accept: str) -> None:
    answer = served.ask(query, headers={"Accept": accept})
    assert answer.status_code == 406
    assert "comes as" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("SELECT * { ?s ?p }", 1, 19),
        ("SELECT *\n{\n  ?s ?p 青禾 }", 3, 11),
        ("SELECT * {\n ?s nothing:x ?o }", 2, None),
    ],
)
def test_a_fault_has_its_place(served: Running, query: str, line: int, column: int | None) -> None:
    found = served.ask(query)
    assert found.status_code == 400
    assert found.json()["line"] == line
    assert found.json()["column"] == column or column is None
    assert "no SPARQL" in found.json()["detail"]


def test_a_browser_is_led_to_the_query_page(served: Running) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = served.get("/sparql?query=" + quote("ASK {}"), browser)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/query?query=ASK+%7B%7D")
    assert served.get("/sparql", browser).headers["Location"] == "/query"
    assert served.get("/sparql?format=json&query=" + quote("ASK {}"), browser).json()["boolean"] is True


def test_no_dataset_that_is_not_here(served: Running) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        for graph in ("http://127.0.0.1:9/x.ttl", "file:///etc/passwd", "urn:x", "no iri"):
            answer = served.ask("ASK {}", params={name: graph})
            assert answer.status_code == 400, graph
    empty = served.ask("ASK { ?s ?p ?o }", params={"named-graph-uri": GRAPHS["A"]})
    assert empty.json()["boolean"] is False


def test_what_is_no_form(served: Running) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for content in (b"query=%FF", b"query=\xff", b"&".join([b"a=1"] * 2000), b""):
        assert served.http.post("/sparql", content=content, headers=headers).status_code == 400
    assert (
        served.http.post(
            "/sparql?query=x", content=b"ASK {}", headers={"Content-Type": "application/sparql-query"}
        ).status_code
        == 400
    )
    assert (
        served.http.post(
            "/sparql", content=b"ASK {} # \xff", headers={"Content-Type": "application/sparql-query"}
        ).status_code
        == 400
    )


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods(served: Running, method: str) -> None:
    answer = served.http.request(method, "/sparql")
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"] or "GET" in answer.headers["Allow"]


def test_head_is_get_without_a_body(served: Running) -> None:
    answer = served.http.head("/sparql", params={"query": "ASK {}"})
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["Content-Type"] == "application/sparql-results+json"


def test_the_service_describes_itself(served: Running) -> None:
    answer = served.get("/sparql", "text/turtle")
    text = answer.text
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    quads = list(parse(answer.content, format=RdfFormat.TURTLE))
    objects = {str(q.object) for q in quads}
    assert f"<{served.base}/sparql>" in objects
    for term in ("Service", "SPARQL11Query", "NamedGraph"):
        assert f"<http://www.w3.org/ns/sparql-service-description#{term}>" in objects, text
    assert {f"<{iri}>" for iri in GRAPHS.values()} <= objects
    assert served.get("/sparql", "application/ld+json").json()
    assert served.get("/sparql", "image/png").status_code == 406


def test_void(served: Running) -> None:
    answer = served.get("/.well-known/void")
    found = {
        str(q.predicate).rpartition("#")[2].strip(">"): q.object
        for q in parse(answer.content, format=RdfFormat.TURTLE)
        if str(q.subject).endswith("void#dataset>")
    }
    counted = served.ask("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").json()["results"]["bindings"][0]["n"][
        "value"
    ]
    assert found["triples"].value == counted
    assert found["documents"].value == "3"
    assert found["sparqlEndpoint"].value == f"{served.base}/sparql"
    assert served.get("/.well-known/void", "application/n-triples").text.count("classPartition") > 10
