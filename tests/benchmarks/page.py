"""The network page in headless Chromium beside pyvis's own, in one run on the same graphs.

    python -m tests.benchmarks.page [--nodes 90 2000 20000] [--patience 30]

For each page: how long Python took to make it, its size, how long after it was asked for everything
stood in its place, and how long a frame takes while the camera moves (the median of 60 and the
slowest but three). pyvis's page lays the graph out in the browser; it is given half a minute to come
to rest. A graph of more than 2,000 things opens as an overview of its communities: it is measured so,
with communities open up to 2,000 things, and around its most related thing.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
from playwright.sync_api import sync_playwright

from kg.view import write
from tests.view.network_samples import sample_graph
from tests.view.visits import ARGUMENTS, READY, chromium_path, wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_HEAD = (
    "| page | things | made in | size | drawn after | frame: median | slow |\n|---|---|---|---|---|---|---|"
)
_FRAMES = """async (network) => {
  const times = [];
  const { x, y } = network.getViewPosition();
  const step = 8 / network.getScale();
  for (let n = 0; n < 60; n += 1) {
    const before = performance.now();
    network.moveTo({ position: { x: x + (n % 30) * step, y: y + (n % 20) * step } });
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - before);
  }
  return times.sort((a, b) => a - b);
}"""


def _ours(graph: nx.MultiDiGraph[str], path: Path) -> None:
    write(graph, path, title="measured")


def _pyvis(graph: nx.MultiDiGraph[str], path: Path) -> None:
    from pyvis.network import Network

    plain: nx.DiGraph[str] = nx.DiGraph()
    plain.add_nodes_from((node, {"label": data["label"]}) for node, data in graph.nodes(data=True))
    plain.add_edges_from(graph.edges())
    network = Network(directed=True, cdn_resources="in_line")
    network.from_nx(plain)
    path.write_text(network.generate_html(), encoding="utf-8")


_MAKERS: dict[str, tuple[Callable[[nx.MultiDiGraph[str], Path], None], str, str]] = {
    "kg.view": (_ours, READY, "view.network"),
    "pyvis": (_pyvis, "window.network && network.physics.stabilized", "network"),
}


def _frames(page: Page, network: str) -> str:
    times = page.evaluate(_FRAMES, page.evaluate_handle(network))
    return f"{times[len(times) // 2]:.0f} ms | {times[-4]:.0f} ms |"


def _states(page: Page) -> Iterator[str]:
    """Measures of an overview that is opened: communities, and the surroundings of a thing."""
    page.evaluate("document.querySelectorAll('#communities .more').forEach((more) => more.click())")
    for n in range(40):
        if page.evaluate("view.drawn().length") > 1600:
            break
        page.evaluate("n => document.querySelectorAll('#communities [aria-pressed]')[n].click()", n)
    page.keyboard.press("0")
    page.wait_for_timeout(500)
    drawn = page.evaluate("view.drawn().length")
    yield f"| kg.view, communities open | {drawn:,} drawn | | | | {_frames(page, 'view.network')}"
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    begin = time.perf_counter()
    page.keyboard.press("f")
    page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    took = time.perf_counter() - begin
    page.wait_for_timeout(500)
    drawn = page.evaluate("view.drawn().length")
    frames = _frames(page, "view.network")
    yield f"| kg.view, around one thing | {drawn:,} drawn | | | {took:.1f} s | {frames}"


def measure(browser: Browser, name: str, nodes: int, folder: Path, patience: float) -> Iterator[str]:
    """The rows of one page."""
    make, ready, network = _MAKERS[name]
    path = folder / f"{name}-{nodes}.html"
    graph = sample_graph(nodes)
    begin = time.perf_counter()
    make(graph, path)
    made = time.perf_counter() - begin
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(120_000)
    page.route("http*://**", lambda route: route.abort())
    begin = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    drawn, frames = f"not in {patience:.0f} s", "— | — |"
    with suppress(TimeoutError):
        wait_until(page, ready, patience)
        drawn = f"{time.perf_counter() - begin:.1f} s"
        frames = _frames(page, network)
    size = path.stat().st_size / 1e6
    yield f"| {name} | {len(graph):,} | {made:.1f} s | {size:.1f} MB | {drawn} | {frames}"
    if name == "kg.view" and page.evaluate("Boolean(document.querySelector('#communities [aria-pressed]'))"):
        yield from _states(page)
    page.close()


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--nodes", type=int, nargs="+", default=[90, 2000, 20_000])
    parser.add_argument("--patience", type=float, default=30.0, help="seconds for a page to come to rest")
    arguments = parser.parse_args()
    print(_HEAD)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        for nodes in arguments.nodes:
            for name in _MAKERS:
                for row in measure(browser, name, nodes, Path(folder), arguments.patience):
                    print(row, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
