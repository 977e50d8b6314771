"""The store on disk: as good as one made from nothing, and never needed."""

from __future__ import annotations

import shutil
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad

from kg.graph import Graph, GraphFolder
from kg.graph.store import open_store, refresh_store
from tests.graph.graph_samples import first, large, second


def whole(path: Path) -> set[Quad]:
    """All quads, of a store that is read into memory."""
    shutil.rmtree(path / "store")
    return set(open_store(GraphFolder.open(path)))


def stores(folder: Path) -> list[Path]:
    """The stores on disk; the index of identity lies beside them."""
    return [place for place in (folder / "store").iterdir() if place.is_dir()]


def test_the_default_graph_is_the_union_of_the_named_ones(graph: Graph) -> None:
    named = [q for q in graph.store if q.graph_name != DefaultGraph()]
    union = {q.triple for q in graph.store if q.graph_name == DefaultGraph()}
    assert {q.triple for q in named} == union
    assert len(named) > len(union)


def test_a_change_shares_the_files_of_the_store_before(folder: Path) -> None:
    graph = Graph.create(folder)
    with graph.writing():
        for article in (first(), second(), *large(6, entities=6, facts=4, figures=4)):
            graph.put(article)
    before = {p.name: p for p in stores(folder)}
    graph.remove(second().document.id)
    (after,) = (p for p in stores(folder) if p.name not in before)
    (old,) = before.values()
    shared = {f.stat().st_ino for f in (old / "db").glob("*.sst")} & {
        f.stat().st_ino for f in (after / "db").glob("*.sst")
    }
    assert shared
    assert set(graph.store) == whole(folder)


def test_old_stores_are_taken_away(folder: Path) -> None:
    graph = Graph.create(folder)
    for article in large(5, entities=3, facts=2, figures=2):
        graph.put(article)
    assert len(stores(folder)) == 2


def test_a_reader_is_not_disturbed_by_a_writer(folder: Path) -> None:
    writer = Graph.create(folder)
    writer.put(first())
    reader = Graph.open(folder)
    before = len(reader.store)
    for article in large(4, entities=6, facts=4, figures=4):
        writer.put(article)
    assert len(reader.store) == before
    assert len(reader.query("posts")) == 2
    assert len(Graph.open(folder).store) > before


def test_a_broken_store_is_passed_over_and_made_again(folder: Path) -> None:
    Graph.create(folder).put(first())
    (place,) = stores(folder)
    for file in (place / "db").iterdir():
        file.write_bytes(b"broken")
    assert len(Graph.open(folder).query("posts")) == 2
    shutil.rmtree(folder / "store")
    assert len(Graph.open(folder).query("posts")) == 2
    assert refresh_store(GraphFolder.open(folder))
    assert len(Graph.open(folder).query("posts")) == 2


def test_a_store_that_cannot_be_written_is_no_error(folder: Path) -> None:
    graph = Graph.create(folder)
    shutil.rmtree(folder / "store", ignore_errors=True)
    (folder / "store").write_text("in the way")
    graph.put(first())
    assert len(graph.query("posts")) == 2
