"""Servers that really listen, on graphs made by hand and on the graph of the seeds."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

from kg.graph import Graph
from kg.server import Limits, create_app
from kg.server.running import configuration, listening
from kg.server.visits import Server
from tests.graph.graph_samples import first, second
from tests.server.server_samples import hostile


@dataclass(frozen=True)
class Running:
    """A server that listens, what answers in it, and a client."""

    base: str
    server: Server
    http: httpx.Client

    def ask(self, query: str, **options: Any) -> httpx.Response:
        """Send a query as it is."""
        headers = {"Content-Type": "application/sparql-query", **options.pop("headers", {})}
        return self.http.post("/sparql", content=query.encode(), headers=headers, **options)

    def get(self, path: str, accept: str = "", **options: Any) -> httpx.Response:
        """Get a page."""
        headers = {"Accept": accept} if accept else {}
        return self.http.get(path, headers={**headers, **options.pop("headers", {})}, **options)


@contextmanager
def running(folder: Path, limits: Limits | None = None, **options: Any) -> Iterator[Running]:
    """A server on the graph in a folder, at a free port of this machine."""
    limits = limits or Limits()
    app = create_app(folder, limits, **options)
    opened = listening("127.0.0.1", 0)
    server = uvicorn.Server(configuration(app, limits))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    base = f"http://127.0.0.1:{opened.getsockname()[1]}"
    end = time.monotonic() + 60
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    with httpx.Client(base_url=base, timeout=60, trust_env=False, verify=False) as client:
        yield Running(base, app.state.server, client)
    server.should_exit = True
    thread.join(30)
    opened.close()
    assert not thread.is_alive()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph of three articles: two of invented events, and one whose every name is hostile."""
    folder = tmp_path_factory.mktemp("served") / "graph"
    graph = Graph.create(folder)
    with graph.writing():
        for extraction in (first(), second(), hostile()):
            graph.put(extraction)
    return folder


@pytest.fixture(scope="session")
def served(sample_folder: Path) -> Iterator[Running]:
    with running(sample_folder) as made:
        yield made


@pytest.fixture(scope="session")
def seeds(seed_graph: Path) -> Iterator[Running]:
    with running(seed_graph) as made:
        yield made
