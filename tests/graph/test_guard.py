"""Queries only read, and only this graph, however the forbidden part is hidden."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.graph import Graph
from kg.graph.guard import check

ARTICLE = "https://w3id.org/union-kg/id/article/bbbb000000000002"
HIDDEN = [
    "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { service silent <http://e/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o OPTIONAL { { SELECT * { SERVICE <http://e/> { ?a ?b ?c } } } } }",
    "ASK { FILTER EXISTS { SERVICE ?x { ?s ?p ?o } } }",
    "SELECT * { ?s ?p true.SERVICE<http://e/>{ ?s ?p ?o } }",
    "SELECT * { ?s ?p 3.SERVICE<http://e/>{ ?s ?p ?o } }",
    "PREFIX ex: <http://e/> SELECT * { ?s ex:a\\#b ?o . SERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { FILTER(1<2)SERVICE<http://e/>{ ?s ?p ?o } FILTER(3>2) }",
    'SELECT * { ?s ?p "a\\"b" . SERVICE <http://e/> { ?s ?p ?o } }',
    'SELECT * { ?s ?p "\\u0022" . SERVICE <http://e/> { ?s ?p ?o } BIND("""x""" AS ?y) }',
    "SELECT * { ?s ?p 'x' # it's\n SERVICE <http://e/> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { MINUS { SERVICE <http://e/> { ?s ?p ?o } } ?s ?p ?o }",
    "SELECT (EXISTS { SERVICE <http://e/> { ?a ?b ?c } } AS ?x) { ?s ?p ?o }",
    "DESCRIBE ?s { SERVICE <http://e/> { ?s ?p ?o } }",
    'SELECT * { ?s ?p """ " \'\'\' """ . SERVICE <http://e/> { ?s ?p ?o } }',
]
HARMLESS = [
    'SELECT * { ?s skos:prefLabel ?l FILTER(CONTAINS(STR(?l), "SERVICE")) }',
    "SELECT * { ?s <http://e/service> ?o }",
    "SELECT ?service { ?service a kg:Person }",
    "SELECT * { ?s ?p ?o } # SERVICE <http://e/> { }",
    "PREFIX service: <http://e/> SELECT * { ?s service:p ?o }",
    'SELECT * { ?s ?p """ SERVICE <http://e/> { ?s ?p ?o } """ }',
    "SELECT * { BIND('FROM <http://e/>' AS ?x) }",
]
UPDATES = [
    "INSERT DATA { <http://e/a> <http://e/b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "LOAD <http://e/x.ttl>",
    "load <file:///etc/passwd> into graph <http://e/g>",
    "CLEAR ALL",
    "DROP ALL",
    "PREFIX e: <http://e/> WITH e:g DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "CREATE GRAPH <http://e/g>",
    "COPY DEFAULT TO <http://e/g>",
    "SELECT * { ?s ?p ?o } ; INSERT DATA { <http://e/a> <http://e/b> 1 }",
]


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what was sent to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        closing = threading.Event()

        def listen() -> None:
            while not closing.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    connection.settimeout(1)
                    heard.append(connection.recv(100))

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], heard
        closing.set()
        thread.join()


@pytest.mark.parametrize("query", HIDDEN)
def test_no_other_service_is_asked(graph: Graph, listener: tuple[int, list[bytes]], query: str) -> None:
    port, heard = listener
    with pytest.raises(QueryError, match="SERVICE"):
        graph.query(query.replace("http://e/", f"http://127.0.0.1:{port}/"))
    assert heard == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                '"',
                "'",
                '"""',
                "'''",
                "\\",
                "#",
                "\n",
                " ",
                "<",
                ">",
                "{",
                "}",
                ".",
                "\\u0022",
                "ex:a",
                "?x",
                "3",
                "(",
                ")",
            ]
        ),
        max_size=7,
    ),
    st.lists(st.sampled_from(['"', "'", '"""', "'''", "#", "\n", " ", "}", ")", ">"]), max_size=4),
)
def test_no_disguise_reaches_the_network(
    graph: Graph, listener: tuple[int, list[bytes]], before: list[str], after: list[str]
) -> None:
    port, heard = listener
    service = f"SERVICE<http://127.0.0.1:{port}/>{{?s ?p ?o}}"
    with suppress(QueryError):
        graph.query(f"PREFIX ex: <http://e/> SELECT * {{ ?s ?p {''.join(before)}{service}{''.join(after)} }}")
    assert heard == []


@pytest.mark.parametrize("query", HARMLESS)
def test_a_word_in_a_text_an_iri_or_a_comment_is_no_keyword(graph: Graph, query: str) -> None:
    graph.query(query)


@pytest.mark.parametrize("query", UPDATES)
def test_nothing_is_changed(graph: Graph, query: str) -> None:
    before = len(graph.store)
    with pytest.raises(QueryError):
        graph.query(query)
    assert len(graph.store) == before


def test_an_update_is_named_as_one(graph: Graph) -> None:
    with pytest.raises(QueryError, match="INSERT is an update"):
        graph.query(UPDATES[0])


@pytest.mark.parametrize(
    "clause",
    [
        "FROM <http://e/g>",
        "FROM NAMED <http://e/g>",
        "FROM <file:///etc/passwd>",
        "from\n<http://127.0.0.1:9/x.ttl>",
        f"FROM <{ARTICLE}> FROM <http://e/g>",
    ],
)
def test_graphs_of_others_are_refused(graph: Graph, clause: str) -> None:
    with pytest.raises(QueryError, match="there is no such graph here"):
        graph.query(f"SELECT * {clause} {{ ?s ?p ?o }}")


def test_graphs_of_our_own_can_be_named(graph: Graph) -> None:
    query = f"PREFIX a: <{ARTICLE[:-16]}> SELECT ?s FROM a:bbbb000000000002 {{ ?s a kg:Person }}"
    assert [row.s for row in graph.query(query)] == graph.find("陆远舟")
    assert len(graph.query(f"SELECT ?s FROM NAMED <{ARTICLE}> {{ GRAPH ?g {{ ?s a kg:Person }} }}")) == 1


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT * { ?s ?p }", "line 1, column 19"),
        ("SELECT *\n{\n  ?s ?p 青禾 }", "line 3, column 11"),
        ("SELECT * WHERE { ?s no:prefix ?o }", "line 1, column"),
    ],
)
def test_a_syntax_error_has_its_place(graph: Graph, query: str, place: str) -> None:
    with pytest.raises(QueryError, match=place):
        graph.query(query)


def test_the_place_is_that_in_the_query_as_it_was_given(graph: Graph) -> None:
    query = "SELECT * { ?s ?p ?o . ?x }"
    with pytest.raises(QueryError) as plain:
        graph.query(query)
    with pytest.raises(QueryError) as bound:
        graph.query(query, s="http://e/a", o=3)
    assert str(bound.value).split(":")[0] == str(plain.value).split(":")[0]


@pytest.mark.parametrize("query", ["", "  ", "{}", "# nothing", "??", "\x00", "𠮷" * 1000, "{" * 3000])
def test_what_is_no_query(graph: Graph, query: str) -> None:
    with pytest.raises(QueryError):
        graph.query(query)


def test_long_queries_are_read_in_linear_time() -> None:
    for piece in ("a-", "a.", "?x ", "<", '"a', "ex:a.", "'", "3.", "a:b:", "\\"):
        check("SELECT * { " + piece * 20_000 + " }")
