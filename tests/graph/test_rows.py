from __future__ import annotations

import csv
import io
import json
import sys

import pandas
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph import Graph
from kg.graph.rows import rows_of, table

VALUES = """
SELECT * { VALUES (?text ?whole ?broken ?truth ?year ?iri ?none)
  { ("青禾"@zh 3 2.5 true "2024"^^xsd:gYear <http://e/a> UNDEF) } }
"""


def test_cells_are_typed(graph: Graph) -> None:
    (row,) = graph.query(VALUES)
    assert row.to_dict() == {
        "text": "青禾",
        "whole": 3,
        "broken": 2.5,
        "truth": True,
        "year": "2024",
        "iri": "http://e/a",
        "none": None,
    }


def test_a_row_is_read_by_place_name_and_attribute(graph: Graph) -> None:
    row = graph.query("posts")[0]
    assert row[0] == row["person"] == row.person == "何静"
    assert row[:2] == ("何静", "班组长")
    assert len(row) == 5
    assert repr(row).startswith("Row(person='何静', post='班组长'")
    with pytest.raises(KeyError, match="the columns are person, post"):
        row["nothing"]
    with pytest.raises(AttributeError):
        _ = row.nothing


def test_rows_are_a_sequence(graph: Graph) -> None:
    rows = graph.query("posts")
    assert len(rows) == len(list(rows)) == 2
    assert rows.columns == ("person", "post", "organization", "source", "quote")
    assert rows[-1].person == "陆远舟"
    assert repr(rows) == "<2 rows: person, post, organization, source, quote>"
    assert bool(rows)
    assert not graph.query("SELECT * { ?s <http://e/none> ?o }")


def test_ask(graph: Graph) -> None:
    yes, no = graph.query("ASK { ?s a kg:Person }"), graph.query("ASK { ?s a kg:Nothing }")
    assert (bool(yes), bool(no)) == (True, False)
    assert yes.format("table").splitlines() == ["answer", "true"]
    assert json.loads(no.to_json())["boolean"] is False


def test_a_graph_as_answer(graph: Graph) -> None:
    found = graph.query("CONSTRUCT { ?p a foaf:Person } WHERE { ?p a kg:Person }")
    assert found.kind == "graph"
    assert found.columns == ("subject", "predicate", "object")
    assert len(found) == 3
    assert "person:陆远舟 a foaf:Person ." in found.format("ttl")
    assert found.format("nt").count("\n") == 3
    assert {node["@id"] for node in json.loads(found.to_json())} == {row.subject for row in found}
    with pytest.raises(QueryError, match="csv is no format for the answers"):
        found.format("csv")


def test_standard_forms(graph: Graph) -> None:
    rows = graph.query("SELECT ?l { person:何静 skos:prefLabel ?l }")
    assert rows.to_csv() == "l\r\n何静\r\n"
    assert rows.format("tsv") == '?l\n"何静"@zh\n'
    assert json.loads(rows.to_json())["results"]["bindings"][0]["l"]["xml:lang"] == "zh"
    assert '<literal xml:lang="zh">何静</literal>' in rows.format("xml")
    with pytest.raises(QueryError, match="ttl is no format"):
        rows.format("ttl")


def test_csv_for_excel_runs_no_formula(graph: Graph) -> None:
    text = graph.query('SELECT ?x { VALUES ?x { "=1+1" "@SUM(A1)" "-3" "青,禾" 5 } }').to_csv(excel=True)
    assert text.startswith("\ufeffx\r\n")
    cells = [row[0] for row in csv.reader(io.StringIO(text[1:]))][1:]
    assert cells == ["'=1+1", "'@SUM(A1)", "'-3", "青,禾", "5"]


def test_to_pandas(graph: Graph) -> None:
    frame = graph.query("observations").to_pandas()
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame.columns[:3]) == ["subject", "measure", "value"]
    assert frame["value"].sum() == 305 + 280 + 40000 + 80000000
    assert list(graph.query("SELECT ?a { ?a a kg:Nothing }").to_pandas().columns) == ["a"]


def test_to_pandas_without_pandas(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(QueryError, match=r"pip install 'union-kg\[pandas\]'"):
        graph.query("posts").to_pandas()


def test_a_notebook_shows_a_table_and_no_markup_of_others() -> None:
    store = Store()
    store.add(Quad(NamedNode("http://e/a"), NamedNode("http://e/p"), Literal("<script>alert(1)</script>")))
    shown = rows_of(store.query("SELECT ?o { ?s ?p ?o }"))._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_long_answers_say_how_many_are_shown(graph: Graph) -> None:
    rows = graph.query("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 150")
    assert "<caption>100 / 150</caption>" in rows._repr_html_()


def test_a_table_fits_chinese_widths_and_stays_on_its_lines() -> None:
    lines = table(("a", "b"), [("云浮市总工会", 1), ("x\ny", None), ("长" * 80, True)]).splitlines()
    assert lines[1].startswith("云浮市总工会 ")
    assert len(lines) == 4
    assert lines[3].endswith("true")
    assert "…" in lines[3]
    assert lines[2] == "x y"


@pytest.mark.parametrize("name", ["table", "csv", "tsv", "json", "xml"])
def test_ask_in_every_form(graph: Graph, name: str) -> None:
    text = graph.query("ASK { ?s a kg:Person }").format(name)
    assert "true" in text
    assert graph.query("ASK { ?s a kg:Person }").to_csv(excel=True).startswith("\ufeffanswer\r\n")


@pytest.mark.parametrize("name", ["table", "csv", "tsv", "json", "xml"])
def test_rows_in_every_form_are_read_by_others(graph: Graph, name: str) -> None:
    rows = graph.query("posts")
    text = rows.format(name)
    assert "陆远舟" in text
    if name in ("csv", "tsv", "json", "xml"):
        from io import BytesIO

        from rdflib.query import Result

        if name == "tsv":
            assert text.splitlines()[0] == "\t".join(f"?{c}" for c in rows.columns)
            return
        read = Result.parse(BytesIO(text.encode()), format=name)
        assert [str(v) for v in read.vars or ()] == list(rows.columns)
        assert len(read) == len(rows)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize(("name", "rdf"), [("ttl", "turtle"), ("nt", "nt"), ("jsonld", "json-ld")])
def test_a_graph_in_every_form_is_read_by_others(graph: Graph, name: str, rdf: str) -> None:
    import rdflib

    found = graph.query("CONSTRUCT { ?p kg:receivedAward ?a } WHERE { ?p kg:receivedAward ?a }")
    assert len(rdflib.Graph().parse(data=found.format(name), format=rdf)) == len(found) == 1


def test_a_table_is_cut_to_a_width() -> None:
    wide = table(("名称", "n", "句子"), [("云浮市总工会" * 3, 1, "长" * 40)], width=40).splitlines()
    places = [sum(2 if ord(c) > 0x2E7F else 1 for c in line) for line in wide]
    assert max(places) <= 40
    assert wide[1].count("…") == 2
    assert table(("n",), [(1,)], width=1) == "n\n1"


def test_rows_know_the_query_that_gave_them(graph: Graph) -> None:
    rows = graph.query("posts", person="陆远舟")
    assert "VALUES ?personIri { <https://w3id.org/union-kg/id/person/陆远舟> }" in rows.sparql
    assert list(graph.query(rows.sparql)) == list(rows)
