"""What a visitor cannot do: run for ever, take all, change anything, reach the network or the disk."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.errors import GraphError
from kg.server import Limits, create_app, serve
from kg.server.answers import Ask
from kg.server.names import Search
from kg.server.pool import Pool
from kg.server.reader import Reader
from tests.graph.test_guard import HARMLESS, HIDDEN, UPDATES
from tests.server.conftest import Running, running

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c != ?l && ?a != ?j) }"
SHORT = Limits(timeout=1.0, max_rows=5, max_query_bytes=2000, concurrency=1, waiting=1, memory=500_000_000)


@pytest.fixture(scope="module")
def narrow(sample_folder: Path) -> Iterator[Running]:
    with running(sample_folder, SHORT) as made:
        made.ask("ASK {}")
        yield made


@pytest.fixture(scope="module")
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what was sent to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
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


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_query_without_end_is_stopped_for_good(narrow: Running) -> None:
    (before,) = narrow.server.queries.pids
    begun = time.monotonic()
    answer = narrow.ask(ENDLESS)
    assert time.monotonic() - begun < 5
    assert answer.status_code == 504
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "within 1 s" in answer.json()["detail"]
    assert not alive(before)
    assert narrow.ask("ASK {}").json()["boolean"] is True
    assert narrow.server.queries.pids != [before]


def test_pages_do_not_wait_for_queries(narrow: Running) -> None:
    for _ in range(3):
        narrow.get("/articles")
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(narrow.ask, ENDLESS)
        time.sleep(0.2)
        begun = time.monotonic()
        assert narrow.get("/articles").status_code == 200
        assert time.monotonic() - begun < 0.8
        assert slow.result().status_code == 504


def test_who_leaves_stops_the_work(narrow: Running) -> None:
    narrow.ask("ASK {}")
    (before,) = narrow.server.queries.pids
    body = ENDLESS.encode()
    lines = ("POST /sparql HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/sparql-query")
    head = "\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""])
    address = narrow.base.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1]))) as connection:
        connection.sendall(head.encode() + body)
        time.sleep(0.3)
    end = time.monotonic() + 0.6  # well before the time of the query is over
    while alive(before) and time.monotonic() < end:
        time.sleep(0.02)
    assert not alive(before)
    assert narrow.ask("ASK {}").json()["boolean"] is True


def test_too_many_at_once_are_refused(narrow: Running) -> None:
    with ThreadPoolExecutor(5) as pool:
        answers = [f.result() for f in [pool.submit(narrow.ask, ENDLESS) for _ in range(5)]]
    assert {a.status_code for a in answers} == {503, 504}
    busy = next(a for a in answers if a.status_code == 503)
    assert busy.headers["Retry-After"] == "2"
    assert "too many" in busy.json()["detail"]


def test_memory_has_an_end(narrow: Running) -> None:
    steps = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}, ?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(16))
    answer = narrow.ask(f'SELECT (STRLEN(?x16) AS ?n) {{ BIND("工会工会" AS ?x0) {steps} }}')
    assert answer.status_code in (503, 504)
    assert narrow.ask("ASK {}").json()["boolean"] is True


@pytest.mark.parametrize("query", ["SELECT * " + "{" * 900, "ASK { FILTER(" + "!" * 1900 + "true) }"])
def test_what_is_nested_too_deeply(narrow: Running, query: str) -> None:
    assert narrow.ask(query).status_code in (200, 400, 503)
    assert narrow.ask("ASK {}").json()["boolean"] is True


def test_a_large_answer_is_cut_and_says_so(narrow: Running) -> None:
    answer = narrow.ask("SELECT * { ?s ?p ?o }")
    assert (answer.headers["X-SPARQL-MaxRows"], answer.headers["X-Result-Rows"]) == ("5", "5")
    assert len(answer.json()["results"]["bindings"]) == 5
    assert answer.json()["head"]["link"] == [f"{narrow.base}/api#limits"]
    xml = narrow.ask("SELECT * { ?s ?p ?o }", params={"format": "xml"}).text
    assert ElementTree.fromstring(xml)[0][-1].attrib["href"] == f"{narrow.base}/api#limits"
    turtle = narrow.ask("CONSTRUCT WHERE { ?s ?p ?o }")
    assert turtle.headers["X-SPARQL-MaxRows"] == "5"
    assert turtle.text.startswith("# cut after 5 triples")
    whole = narrow.ask("SELECT * { ?s ?p ?o } LIMIT 5")
    assert "X-SPARQL-MaxRows" not in whole.headers
    assert "link" not in whole.json()["head"]


def test_an_answer_of_many_bytes_is_cut(sample_folder: Path) -> None:
    for query in ("SELECT ?o { ?s oa:exact ?o }", "CONSTRUCT WHERE { ?s oa:exact ?o }"):
        answer = Ask(query, None, None, (), (), 10_000, 1000)(Reader(sample_folder))
        assert answer.cut
        assert 0 < answer.rows < 100


def test_a_long_query_is_refused(narrow: Running) -> None:
    query = "ASK {} #" + "x" * 3000
    assert narrow.ask(query).status_code == 413
    form = {"query": "ASK {} #" + "x" * 20_000}
    assert narrow.http.post("/sparql", data=form).status_code == 413
    assert narrow.http.get("/sparql", params={"query": query}).status_code == 413
    assert narrow.http.post("/reconcile", data={"queries": "x" * 30_000}).status_code == 413


@pytest.mark.parametrize("query", HIDDEN)
def test_no_other_service_is_asked(served: Running, listener: tuple[int, list[bytes]], query: str) -> None:
    port, heard = listener
    answer = served.ask(query.replace("http://e/", f"http://127.0.0.1:{port}/"))
    assert answer.status_code == 400
    assert "SERVICE" in answer.json()["detail"]
    assert heard == []


@pytest.mark.parametrize("query", UPDATES)
def test_nothing_is_changed(served: Running, query: str) -> None:
    assert served.ask(query).status_code == 400
    assert served.http.post("/sparql", data={"query": query}).status_code == 400


@pytest.mark.parametrize("query", HARMLESS)
def test_a_word_is_no_crime(served: Running, query: str) -> None:
    assert served.ask(query).status_code == 200


@pytest.mark.parametrize(
    "clause",
    ["FROM <http://127.0.0.1:{port}/x>", "FROM NAMED <file:///etc/passwd>", "FROM <{own}> FROM <urn:x>"],
)
def test_graphs_of_others_are_refused(
    served: Running, listener: tuple[int, list[bytes]], clause: str
) -> None:
    port, heard = listener
    own = "https://w3id.org/union-kg/id/article/aaaa000000000001"
    answer = served.ask(f"SELECT * {clause.format(port=port, own=own)} {{ ?s ?p ?o }}")
    assert answer.status_code == 400
    assert "no such graph here" in answer.json()["detail"]
    assert heard == []


def test_a_worker_that_cannot_open_the_graph_says_so(tmp_path: Path) -> None:
    async def asked() -> bool:
        pool = Pool(tmp_path, Limits(), 1)
        await pool.open()
        try:
            return await pool.ask(Search("x")) is None
        finally:
            await pool.close()

    with ThreadPoolExecutor(1) as thread, pytest.raises(GraphError, match="could not open the graph"):
        thread.submit(asyncio.run, asked()).result()


def test_limits_make_sense() -> None:
    for name in ("timeout", "max_rows", "concurrency", "memory"):
        with pytest.raises(ValueError, match=name):
            Limits(**{name: 0})


def test_where_it_may_listen(sample_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="others can reach the server"):
        serve(sample_folder, host="0.0.0.0")
    with pytest.raises(GraphError, match="does not exist"):
        create_app(tmp_path / "nothing")
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(GraphError, match="cannot listen"):
        serve(sample_folder, port=taken.getsockname()[1])
