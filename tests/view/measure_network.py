"""Measures the page in headless Chromium beside pyvis's own: ``python -m tests.view.measure_network``.

For each page: how long Python took to make it, its size, when it was first drawn with all things
at their places, and the median time of a frame while the camera moves. pyvis's page lays the
graph out in the browser; it is given half a minute to come to rest.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
from playwright.sync_api import sync_playwright

from kg.view import write
from tests.view.conftest import ARGUMENTS, chromium_path, wait_until
from tests.view.network_samples import sample_graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_PATIENCE = 30.0
_FRAMES = """async (network) => {
  const times = [];
  for (let n = 0; n < 40; n += 1) {
    const before = performance.now();
    network.moveTo({ position: { x: n * 12, y: n * 8 } });
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - before);
  }
  return times;
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
    "kg.view": (_ours, "window.view && view.frames > 0", "view.network"),
    "pyvis": (_pyvis, "window.network && network.physics.stabilized", "network"),
}


def _measure(browser: Browser, name: str, nodes: int, folder: Path) -> str:
    make, ready, network = _MAKERS[name]
    path = folder / f"{name}-{nodes}.html"
    begin = time.perf_counter()
    make(sample_graph(nodes), path)
    made = time.perf_counter() - begin
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.route("http*://**", lambda route: route.abort())
    begin = time.perf_counter()
    page.goto(path.as_uri(), wait_until="commit")
    drawn, frame = f"not in {_PATIENCE:.0f} s", "—"
    with suppress(TimeoutError):
        wait_until(page, ready, _PATIENCE)
        drawn = f"{time.perf_counter() - begin:.1f} s"
        frame = f"{statistics.median(page.evaluate(_FRAMES, page.evaluate_handle(network))):.0f} ms"
    page.close()
    return f"| {name} | {nodes:,} | {made:.1f} s | {path.stat().st_size / 1e6:.1f} MB | {drawn} | {frame} |"


def main() -> None:
    """Prints a table."""
    print("| page | things | made in | size | drawn after | frame |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        for name, nodes in (
            ("kg.view", 90),
            ("pyvis", 90),
            ("kg.view", 2000),
            ("pyvis", 2000),
            ("kg.view", 20_000),
        ):
            print(_measure(browser, name, nodes, Path(folder)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
