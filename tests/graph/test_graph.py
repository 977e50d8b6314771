"""The graph as a whole: asked, looked at and exported."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from kg.errors import GraphError, QueryError
from kg.graph import Graph
from kg.graph.terms import DERIVED, prefixed
from tests.graph.graph_samples import OTHER_TITLE, TITLE, first, second

UNION = prefixed("organization:青禾市总工会").value
LU = prefixed("person:陆远舟").value
FIRM = prefixed("organization:青禾机械有限公司").value
FORMATS = ("nquads", "trig", "turtle", "jsonld", "graphml", "gexf", "csv")


@pytest.fixture(scope="module")
def network(graph: Graph) -> nx.MultiDiGraph[str]:
    return graph.to_networkx()


def test_articles(graph: Graph) -> None:
    one, two = graph.articles()
    assert (one.id, one.title, one.publisher, one.published) == (
        "aaaa000000000001",
        TITLE,
        "青禾工人报",
        "2024-12-30",
    )
    assert (two.title, two.publisher, two.published, two.paths) == (
        OTHER_TITLE,
        None,
        "2025-01",
        ("two.txt",),
    )
    assert repr(graph).endswith("2 articles>")


def test_values_for_variables_are_bound_as_terms(graph: Graph) -> None:
    labels = graph.query("SELECT ?label { ?it skos:prefLabel ?label }", it=LU)
    assert [row.label for row in labels] == ["陆远舟"]
    by_label = graph.query("SELECT ?it { ?it skos:prefLabel ?l }", l=Literal("陆远舟", language="zh"))
    assert [row.it for row in by_label] == [LU]
    assert len(graph.query("SELECT ?it { ?it schema:value ?v }", v=305)) == 1
    assert graph.query("ASK { ?it kg:holdsPost ?firm }", it=NamedNode(LU), firm=FIRM)


@pytest.mark.parametrize("text", ['" } . ?a ?b ?c #', "\\", "x\ny", "' UNDEF } VALUES ?y {", "\u2028", '"""'])
def test_values_are_never_pasted(graph: Graph, text: str) -> None:
    rows = graph.query("SELECT ?value (STR(?value) AS ?same) { BIND(1 AS ?one) }", value=text)
    assert [row.same for row in rows] == [text]
    assert len(graph.query("observations", measure=text)) == 0
    with pytest.raises(QueryError, match="nothing is called"):
        graph.query("posts", person=text)


def test_wrong_values(graph: Graph) -> None:
    with pytest.raises(QueryError, match=r"no variable \?who; it has s"):
        graph.query("SELECT ?s { ?s a kg:Person }", who=1)
    with pytest.raises(QueryError, match="no valid IRI"):
        graph.query("SELECT ?s { ?s a kg:Person }", s="http://e/<>")
    with pytest.raises(QueryError, match="cannot be a value"):
        graph.query("SELECT ?s { ?s a kg:Person }", s=object())  # type: ignore[arg-type]
    with pytest.raises(QueryError, match="posts has no parameter who; it has person, organization"):
        graph.query("posts", who="陆远舟")
    with pytest.raises(QueryError, match="there is no query nothing: the names are aliases,"):
        graph.query("nothing")


def test_find(graph: Graph) -> None:
    assert graph.find("陆远舟") == [LU]
    assert graph.find("市总工会") == [UNION]
    assert graph.find("工会主席") == []


def test_an_entity(graph: Graph) -> None:
    card = graph.entity("市总工会")
    assert (card.iri, card.label, card.aliases) == (UNION, "青禾市总工会", ("市总工会",))
    assert card.thing.articles == (OTHER_TITLE, TITLE)
    said = [card.sentence(r) for r in card.relations]
    assert "青禾市总工会 实施 求学圆梦行动" in said
    assert "青禾市总工会 举办 青禾市职工技能竞赛（主办）" in said
    assert [(f.measure, f.value, f.quote.article) for f in card.figures] == [
        ("服务职工", 40000, TITLE),
        ("职工书屋", 280, OTHER_TITLE),
        ("职工书屋", 305, TITLE),
    ]
    text = str(card)
    assert text.startswith("青禾市总工会（组织 · TradeUnion）\n")
    assert "# 服务职工 40,000 人次（近，2024年）" in text
    assert f"——{TITLE}" in text
    assert "<mark>青禾市总工会</mark>" in card._repr_html_()
    assert repr(card) == "<Organization 青禾市总工会: 6 relations, 3 figures>"


def test_an_entity_that_is_none(graph: Graph) -> None:
    with pytest.raises(QueryError, match="nothing is called 陆远; near it: 陆远舟"):
        graph.entity("陆远")
    with pytest.raises(QueryError, match="nothing with the IRI http://e/x"):
        graph.entity("http://e/x")
    with pytest.raises(QueryError, match="no valid IRI"):
        graph.entity("http://e/<x>")


def test_namesakes_are_not_guessed(folder: Path) -> None:
    from dataclasses import replace

    extraction = first()
    person = next(e for e in extraction.entities if e.name == "何静")
    other = replace(person, key="other", mentions=())
    graph = Graph.create(folder)
    graph.put(replace(extraction, entities=(*extraction.entities, other)))
    with pytest.raises(QueryError, match=r"name of several things, give the IRI: .*何静@.* .*何静@青禾机械"):
        graph.entity("何静")
    assert len(graph.query("career", person="何静")) == 3


def test_the_contract_of_the_nodes(network: nx.MultiDiGraph[str]) -> None:
    assert list(network) == sorted(network)
    assert network.nodes[UNION] == {
        "label": "青禾市总工会",
        "type": "Organization",
        "subtype": "TradeUnion",
        "aliases": ["市总工会"],
        "figures": network.nodes[UNION]["figures"],
        "articles": [OTHER_TITLE, TITLE],
    }
    sentence = "2024年,青禾市总工会深入实施求学圆梦行动,累计建成职工书屋305家,服务职工近4万人次。"
    assert network.nodes[UNION]["figures"][0] == {
        "measure": "服务职工",
        "value": 40000,
        "unit": "人次",
        "modifier": "近",
        "period": "2024年",
        "sentence": sentence,
        "article": TITLE,
        "article_iri": "https://w3id.org/union-kg/id/article/aaaa000000000001",
        "highlights": [[6, 12], [16, 22]],
        "start": 21,
    }
    assert network.nodes[LU]["subtype"] == ""


def test_the_contract_of_the_edges(network: nx.MultiDiGraph[str]) -> None:
    edge = network.edges[LU, FIRM, "holdsPost"]
    assert set(edge) == {
        "predicate",
        "label_zh",
        "label_en",
        "attributes",
        "status",
        "derived",
        "evidence",
        "rules",
    }
    assert (edge["predicate"], edge["label_zh"], edge["label_en"]) == (
        "holdsPost",
        "任职于",
        "holds a post at",
    )
    assert edge["attributes"] == {"post": "工会主席"}
    assert edge["status"] == "stated"
    assert edge["derived"] is False
    assert edge["rules"]
    assert [e["article"] for e in edge["evidence"]] == [TITLE, OTHER_TITLE]
    quote = edge["evidence"][0]
    assert [quote["sentence"][a:b] for a, b in quote["highlights"]] == ["陆远舟", "全国五一劳动奖章"]
    planned = network.edges[prefixed("person:何静").value, prefixed("award:青禾工匠").value, "receivedAward"]
    assert planned["status"] == "planned"
    assert not [key for _, _, key in network.edges(keys=True) if key == "wroteFor"]


def test_the_network_agrees_with_the_statements(graph: Graph, network: nx.MultiDiGraph[str]) -> None:
    stated = graph.query("SELECT DISTINCT ?s ?p ?o { ?it rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }")
    named = {(row.s, str(row.p).rpartition("#")[2], row.o) for row in stated}
    edges = {(s, data["predicate"], o) for s, o, data in network.edges(data=True)}
    assert {e for e in named if e[1] != "wroteFor"} == edges


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's use of its own
def test_rdf(graph: Graph) -> None:
    data = graph.rdf
    assert isinstance(data, rdflib.Dataset)
    rows = data.query("SELECT ?name { ?p a kg:Person ; skos:prefLabel ?name } ORDER BY ?name")
    assert [str(*row.values()) for row in rows.bindings] == ["何静", "周晓岚", "陆远舟"]
    article = data.graph(rdflib.URIRef("https://w3id.org/union-kg/id/article/bbbb000000000002"))
    assert len(article) > 100
    assert (rdflib.URIRef(LU), rdflib.RDF.type, rdflib.URIRef(prefixed("kg:Person").value)) in data


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # as above
def test_rdf_is_for_reading(graph: Graph) -> None:
    node = rdflib.URIRef("http://e/x")
    before = len(graph.store)
    with pytest.raises(QueryError, match="for reading"):
        graph.rdf.add((node, node, node))
    with pytest.raises(QueryError, match="for reading"):
        graph.rdf.update("INSERT DATA { <http://e/a> <http://e/b> 1 }")
    with pytest.raises(QueryError, match="SERVICE"):
        graph.rdf.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert len(graph.store) == before


def is_of_one_article(quad: Quad) -> bool:
    """Whether the store keeps the quad only to know from which article a derived one follows."""
    return isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(f"{DERIVED.value}/")


def test_rdf_exports_hold_the_graph(graph: Graph) -> None:
    quads = {q for q in graph.store if isinstance(q.graph_name, NamedNode) and not is_of_one_article(q)}
    for name, form in (
        ("nquads", RdfFormat.N_QUADS),
        ("trig", RdfFormat.TRIG),
        ("jsonld", RdfFormat.JSON_LD),
    ):
        assert set(parse(graph.export(name).encode(), format=form)) == quads
    triples = {q.triple for q in parse(graph.export("turtle").encode(), format=RdfFormat.TURTLE)}
    assert triples == {q.triple for q in quads}


def test_network_exports_keep_chinese_legible(graph: Graph) -> None:
    for name in ("graphml", "gexf"):
        text = graph.export(name)
        assert "青禾市总工会" in text
        assert "&#" not in text
        ElementTree.fromstring(text.encode())
    again = nx.parse_graphml(graph.export("graphml"))
    assert (len(again), again.number_of_edges()) == (14, 13)
    assert again.nodes[UNION]["aliases"] == "市总工会"


def test_an_unknown_format(graph: Graph) -> None:
    with pytest.raises(QueryError, match="pdf is no format: use ttl"):
        graph.export("pdf")


def test_exports_are_the_same_in_every_process(graph: Graph) -> None:
    program = (
        "import sys; from kg.graph import Graph; g = Graph.open(sys.argv[1]);"
        f"[sys.stdout.buffer.write(g.export(name).encode()) for name in {FORMATS!r}];"
        "sys.stdout.buffer.write(g.query('DESCRIBE person:陆远舟').format('ttl').encode())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program, str(graph.folder.path)],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_view(graph: Graph) -> None:
    page = graph.view()
    assert (page.shown, page.total) == (14, 14)
    assert "青禾市总工会" in page.html
    near = graph.view(focus="何静", hops=1, language="en")
    assert near.shown < near.total == 14
    assert "<iframe" in near._repr_html_()
    with pytest.raises(QueryError, match="nothing is called"):
        graph.view(focus="没有这人")


def test_the_page_is_written_in_utf_8(graph: Graph, tmp_path: Path) -> None:
    graph.view().write(tmp_path / "page.html")
    assert "青禾市总工会" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_the_samples_conform(graph: Graph) -> None:
    assert graph.validate() == []


def test_violations_speak_both_languages(folder: Path) -> None:
    from dataclasses import replace

    extraction = second()
    wrong = replace(extraction.facts[1], object="Person/陆远舟")
    graph = Graph.create(folder)
    graph.put(replace(extraction, facts=(wrong,)))
    (violation,) = graph.validate()
    assert (violation.focus, violation.shape, violation.severity) == (UNION, "implements", "Violation")
    assert str(violation) == (
        f"Violation: {UNION} {LU}: 组织实施的须是项目。 (What an organization implements is a programme.)"
    )


def test_validating_without_pyshacl(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(GraphError, match=r"pip install 'union-kg\[validate\]'"):
        graph.validate()


def test_provenance_costs_at_most_what_it_may(graph: Graph) -> None:
    cost = graph.provenance()
    assert cost.claims == 13 + 3 + 2 + 1
    assert cost.links == 2 * cost.claims + 1  # one statement stands in two sentences
    assert cost.triples_per_claim <= 5


def test_an_empty_graph(folder: Path) -> None:
    graph = Graph.create(folder)
    assert graph.articles() == []
    assert len(graph.query("posts")) == 0
    assert len(graph.to_networkx()) == 0
    assert graph.provenance().triples_per_claim == 0
    assert graph.validate() == []
    assert graph.export("nquads") == ""
