"""The folder: content decides, a change is whole or not there, one writer at a time."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Triple

from kg.errors import GraphError
from kg.graph import Graph, GraphFolder
from kg.graph.terms import prefixed
from kg.model import Extraction
from tests.graph.graph_samples import first, large, moved, second

ROOT = str(Path(__file__).parents[2])
ARTICLES = [first(), second(), *large(3, entities=6, facts=4, figures=4)]
HOLDER = """
import sys, time
from kg.graph import Graph
with Graph.create(sys.argv[1]).writing():
    print("held", flush=True)
    time.sleep(60)
"""
WRITER = """
import sys
from tests.graph.graph_samples import large
from kg.graph import Graph
graph = Graph.create(sys.argv[1])
print("begun", flush=True)
with graph.writing():
    for article in large(5, entities=20, facts=15, figures=15):
        graph.put(article)
"""
LIMITED = """
import resource, signal, sys
from tests.graph.graph_samples import large
from kg.errors import GraphError
from kg.graph import Graph
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
graph = Graph.open(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    graph.put(next(iter(large(1))))
except GraphError as error:
    print(error)
"""
posix_only = pytest.mark.skipif(os.name == "nt", reason="signals and limits of POSIX")


def program(text: str, *arguments: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": ROOT}
    return subprocess.Popen(
        [sys.executable, "-c", text, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )


def content(folder: Path) -> dict[str, bytes]:
    """Every file that counts, by name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "store" not in path.relative_to(folder).parts and path.name != ".lock"
    }


def built(folder: Path, articles: list[Extraction]) -> dict[str, bytes]:
    graph = Graph.create(folder)
    with graph.writing():
        for article in articles:
            graph.put(article)
    return content(folder)


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="does not exist: make one with `kg build"):
        Graph.open(tmp_path / "nothing")
    with pytest.raises(GraphError, match="holds no graph"):
        Graph.open(tmp_path)
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(GraphError, match=r"not empty \(it holds letter\.txt\)"):
        Graph.create(tmp_path)
    with pytest.raises(GraphError, match="is a file"):
        Graph.create(tmp_path / "letter.txt")


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": "else", "version": 1}'])
def test_a_damaged_list(folder: Path, text: str) -> None:
    Graph.create(folder)
    (folder / "kg.json").write_text(text)
    with pytest.raises(GraphError, match="damaged"):
        Graph.open(folder)


def test_another_version(folder: Path) -> None:
    Graph.create(folder)
    found = json.loads((folder / "kg.json").read_text())
    (folder / "kg.json").write_text(json.dumps(found | {"version": 99}))
    with pytest.raises(GraphError, match="another version"):
        Graph.open(folder)


def test_a_missing_part(folder: Path) -> None:
    built(folder, [first()])
    for path in (folder / "quads").iterdir():
        path.unlink()
    for path in (folder / "articles").iterdir():
        path.unlink()
    with pytest.raises(GraphError, match="build the graph again"):
        Graph.open(folder).extraction(first().document.id)


def test_put_and_remove(folder: Path) -> None:
    graph = Graph.create(folder)
    graph.put(first())
    graph.put(second())
    assert graph.article_ids() == ("aaaa000000000001", "bbbb000000000002")
    assert graph.extraction("aaaa000000000001") == first()
    graph.remove("aaaa000000000001")
    assert Graph.open(folder).article_ids() == ("bbbb000000000002",)
    with pytest.raises(KeyError):
        graph.remove("aaaa000000000001")


def test_changes_of_a_block_that_fails_are_not_made(folder: Path) -> None:
    before = built(folder, [first()])
    graph = Graph.open(folder)

    def fail() -> None:
        with graph.writing():
            graph.put(second())
            graph.remove("aaaa000000000001")
            assert graph.article_ids() == ("bbbb000000000002",)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        fail()
    assert content(folder) == before
    assert graph.article_ids() == ("aaaa000000000001",)


@settings(max_examples=6, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(["put", "remove"]), st.integers(0, len(ARTICLES) - 1)),
        min_size=1,
        max_size=6,
    )
)
def test_any_way_to_the_same_articles_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    place = tmp_path_factory.mktemp("ways")
    graph = Graph.create(place / "grown")
    kept: set[int] = set()
    for step, number in steps:
        if step == "put":
            graph.put(ARTICLES[number])
            kept.add(number)
        elif number in kept:
            graph.remove(ARTICLES[number].document.id)
            kept.discard(number)
    fresh = [ARTICLES[number] for number in kept]
    random.shuffle(fresh)
    assert content(place / "grown") == built(place / "fresh", fresh)
    fresh_store = Graph.open(place / "fresh").store
    assert set(graph.store) == set(fresh_store)
    assert set(Graph.open(place / "grown").store) == set(fresh_store)


def test_two_files_of_one_article(tmp_path: Path) -> None:
    one = built(tmp_path / "one", [moved(first(), "a.txt"), moved(first(), "b.txt")])
    other = built(tmp_path / "other", [moved(first(), "b.txt"), moved(first(), "a.txt")])
    assert one == other
    folder = GraphFolder.open(tmp_path / "one")
    assert folder.manifest().articles["aaaa000000000001"].paths == ("a.txt", "b.txt")
    with folder.writing() as writing:
        writing.forget("a.txt")
    assert content(tmp_path / "one") == built(tmp_path / "third", [moved(first(), "b.txt")])
    with folder.writing() as writing:
        writing.forget("b.txt")
    assert folder.manifest().articles == {}


def test_a_graph_that_is_no_articles(folder: Path) -> None:
    graph = Graph.create(folder)
    derived = Triple(
        prefixed("organization:青禾市总工会"),
        prefixed("kg:subOrganizationOf"),
        prefixed("organization:云岭省总工会"),
    )
    with graph.writing() as writing:
        graph.put(second())
        writing.put_graph("derived", [derived])
    assert graph.query("tree")[0].basis == "derived"
    assert [r.derived for r in graph.relations() if r.predicate == "subOrganizationOf"] == [True]
    with graph.writing() as writing:
        writing.put_graph("derived", [])
    assert len(graph.query("tree")) == 0
    assert content(folder) == built(folder.with_name("plain"), [second()])


def test_one_writer_at_a_time(folder: Path) -> None:
    graph = Graph.create(folder)
    holder = program(HOLDER, str(folder))
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(GraphError, match=f"by process {holder.pid} on .+ since 20"):
            graph.put(first())
        assert graph.article_ids() == ()
    finally:
        holder.kill()
        holder.wait()
        assert holder.stdout is not None
        holder.stdout.close()
    graph.put(first())
    assert graph.article_ids() == ("aaaa000000000001",)


@posix_only
def test_killed_at_any_moment_the_graph_is_whole(tmp_path: Path) -> None:
    whole = built(tmp_path / "fresh", [first()])
    complete = built(tmp_path / "complete", [first(), *large(5, entities=20, facts=15, figures=15)])
    states = set()
    for number in range(4):
        folder = tmp_path / f"killed{number}"
        built(folder, [first()])
        writer = program(WRITER, str(folder))
        assert writer.stdout is not None
        assert writer.stdout.readline() == "begun\n"
        time.sleep(0.02 * number)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        graph = Graph.open(folder)
        states.add(len(graph.article_ids()))
        assert len(graph.query("articles")) == len(graph.article_ids())
        with graph.writing():
            for article in large(5, entities=20, facts=15, figures=15):
                graph.put(article)
        assert content(folder) == complete
    assert states <= {1, 6}
    assert content(tmp_path / "fresh") == whole


@posix_only
def test_a_full_disk(folder: Path) -> None:
    before = built(folder, [first()])
    limited = program(LIMITED, str(folder))
    out, _ = limited.communicate()
    assert "File too large" in out
    assert "is as it was" in out
    assert content(folder) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    built(folder, [first()])
    folder.chmod(0o500)
    try:
        with pytest.raises(GraphError, match="Permission denied"):
            Graph.open(folder).put(second())
    finally:
        folder.chmod(0o700)
