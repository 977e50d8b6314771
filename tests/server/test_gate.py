"""Who may ask: nobody that calls the server by another name, and no script of another web site."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from starlette.responses import PlainTextResponse

from kg.server.gate import Gate
from tests.server.conftest import Running


def finished(asking: Coroutine[Any, Any, httpx.Response]) -> httpx.Response:
    """The end of what is asked, in a thread of its own: the one of the tests may have a loop running."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asking).result()


def through(headers: dict[str, str], *, method: str = "GET", origins: tuple[str, ...] = ()) -> httpx.Response:
    """What a page behind a gate answers; the server may be called ``graph.example`` as well."""
    gate: Any = Gate(PlainTextResponse("inside"), hosts=["graph.example"], origins=origins)

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(gate)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.request(method, "/", headers=headers)

    return finished(asked())


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("localhost:8000", 200),
        ("[::1]:8000", 200),
        ("127.8.8.8", 200),
        ("graph.example", 200),
        ("GRAPH.example:80", 200),
        ("evil.invalid", 421),
        ("evil.invalid:8000", 421),
        ("127.0.0.1.evil.invalid", 421),
        ("localhost.evil.invalid", 421),
        ("graph.example.evil.invalid", 421),
        ("127.0.0.1@evil.invalid", 421),
        ("0.0.0.0", 421),
        ("", 421),
    ],
)
def test_the_name_of_the_server(host: str, status: int) -> None:
    answer = through({"Host": host})
    assert answer.status_code == status
    assert (answer.text == "inside") == (status == 200)


@pytest.mark.parametrize("path", ["/", "/sparql?query=ASK%7B%7D&format=json", "/static/site.css", "/nothing"])
def test_another_name_must_be_given(served: Running, path: str) -> None:
    answer = served.get(path, headers={"Host": "graph.example"})
    assert answer.status_code == 421
    assert answer.json()["title"] == "Misdirected Request"
    assert served.get(path, headers={"Host": "localhost:1"}).status_code != 421


@pytest.mark.parametrize(
    ("headers", "status", "readable"),
    [
        ({}, 200, False),
        ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}, 200, False),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200, False),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}, 200, False),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403, False),
        ({"Origin": "https://evil.invalid"}, 403, False),
        ({"Origin": "https://evil.invalid", "Sec-Fetch-Site": "cross-site"}, 403, False),
        ({"Origin": "null"}, 403, False),
        ({"Origin": "http://127.0.0.1:3333", "Sec-Fetch-Site": "cross-site"}, 200, True),
        ({"Origin": "http://localhost:3333"}, 200, True),
        ({"Origin": "http://localhost.evil.invalid"}, 403, False),
        ({"Origin": "https://refine.example"}, 200, True),
    ],
)
def test_scripts_of_other_sites(headers: dict[str, str], status: int, readable: bool) -> None:
    answer = through(headers, origins=("https://refine.example",))
    assert answer.status_code == status
    assert ("Access-Control-Allow-Origin" in answer.headers) == readable
    assert "Origin" in answer.headers["Vary"]


def test_all_sites_if_it_is_said() -> None:
    answer = through({"Origin": "https://any.invalid"}, origins=("*",))
    assert answer.headers["Access-Control-Allow-Origin"] == "https://any.invalid"


def test_asking_before_asking() -> None:
    headers = {"Origin": "http://127.0.0.1:3333", "Access-Control-Request-Method": "POST"}
    answer = through(headers, method="OPTIONS")
    assert answer.status_code == 204
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert through({**headers, "Origin": "https://evil.invalid"}, method="OPTIONS").status_code == 403


def test_an_error_inside_is_said_in_general() -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError("/secret/path")

    async def asked() -> httpx.Response:
        transport = httpx.ASGITransport(Gate(broken, hosts=(), origins=()))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get("/")

    answer = finished(asked())
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path", ["/", "/nothing", "/sparql", "/suggest", "/static/site.css", "/id/person/a", "/network"]
)
def test_every_answer_is_careful(served: Running, path: str) -> None:
    headers = served.get(path, "text/html").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert "frame-ancestors" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "server" not in headers


def test_the_preview_may_stand_in_a_frame_of_openrefine(served: Running) -> None:
    answer = served.get("/reconcile/preview?id=person/陆远舟")
    assert (
        "frame-ancestors http://127.0.0.1:* http://localhost:*" in answer.headers["Content-Security-Policy"]
    )
    assert "frame-ancestors 'none'" in served.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../strings.tsv",
        "/static/..%2fstrings.tsv",
        "/vendor/%2e%2e/worker.py",
        "/static//etc/passwd",
        "/static/",
        "/static/%00",
    ],
)
def test_files_beside_those_that_are_shown(served: Running, path: str) -> None:
    assert served.get(path).status_code in (400, 404)
