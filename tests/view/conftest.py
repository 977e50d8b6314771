"""A browser for the tests of pages, and the pages; without a browser the tests are skipped, and say why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from kg.view import write
from tests.view.network_samples import hostile_graph, sample_graph
from tests.view.visits import Visit, Visitor, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HEADING = "</title><script>window.pwned = 1; alert(0)</script>"


@pytest.fixture(scope="session")
def small() -> nx.MultiDiGraph[str]:
    return sample_graph(90)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, small: nx.MultiDiGraph[str]) -> Path:
    """A folder with the pages that the browser tests open."""
    folder = tmp_path_factory.mktemp("pages")
    write(small, folder / "small.html", title="南江省工会关系网络")
    write(hostile_graph(), folder / "hostile.html", title=HEADING)
    write(sample_graph(600), folder / "folded.html", title="按社群", limit=200)
    write(sample_graph(2000), folder / "large.html", title="两千项")
    return folder


@pytest.fixture
def visitor(browser: Browser, pages: Path) -> Iterator[Visitor]:
    made = Visitor(browser, pages)
    yield made
    made.check()


@pytest.fixture(scope="session")
def shared(browser: Browser, pages: Path) -> Iterator[Visit]:
    made = Visitor(browser, pages)
    yield made.open()
    made.check()


@pytest.fixture
def visit(shared: Visit) -> Visit:
    """The small graph's page, opened once and brought back to its beginning before each test."""
    shared.page.mouse.move(2, 400)
    shared.page.keyboard.press("Escape")
    shared.page.evaluate("location.hash = `again=${Math.random()}`")
    shared.page.fill("#query", "")
    shared.page.evaluate("document.activeElement.blur()")
    wait_until(shared.page, "document.documentElement.dataset.theme === 'light'")
    shared.page.wait_for_timeout(40)
    return shared
