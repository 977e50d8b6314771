"""A browser for the tests of pages; without one they are skipped, and say why."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from kg.view import write
from tests.view.network_samples import hostile_graph, sample_graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Frame, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium_path() -> str | None:
    """Where Chromium is: ``KG_CHROMIUM``, or the first of its usual names on the path."""
    return os.environ.get("KG_CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)


def wait_until(page: Page | Frame, condition: str, patience: float = 15.0) -> None:
    """Asks again and again; playwright's own waiting evaluates text in the page, which its policy forbids.

    Raises:
        TimeoutError: if the condition does not come true.
    """
    end = time.monotonic() + patience
    while not page.evaluate(condition):
        if time.monotonic() > end:
            raise TimeoutError(condition)
        page.wait_for_timeout(15)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="browser tests need: pip install playwright"
    )
    path = chromium_path()
    if path is None:
        pytest.skip(f"browser tests need one of {', '.join(_NAMES)}, or KG_CHROMIUM")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def small() -> nx.MultiDiGraph[str]:
    return sample_graph(90)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, small: nx.MultiDiGraph[str]) -> Path:
    """A folder with the pages that the browser tests open."""
    folder = tmp_path_factory.mktemp("pages")
    write(small, folder / "small.html", title="南江省工会关系网络")
    write(
        hostile_graph(), folder / "hostile.html", title="</title><script>window.pwned = 1; alert(0)</script>"
    )
    write(sample_graph(600), folder / "folded.html", title="按社群", limit=200)
    write(sample_graph(2000), folder / "large.html", title="两千项")
    return folder
