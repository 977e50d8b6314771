from __future__ import annotations

import pytest

from kg.graph import Graph
from tests.graph.graph_samples import first, second


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of the two sample articles; only to be read."""
    folder = tmp_path_factory.mktemp("questions") / "graph"
    made = Graph.create(folder)
    with made.writing():
        made.put(first())
        made.put(second())
    return Graph.open(folder)
