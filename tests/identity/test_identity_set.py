"""Who is who across the twenty-four articles written for it; the figures are floors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import kg
from kg.evaluation.identity import BCubed, Occurrence, b_cubed, occurrences, score_parents
from kg.graph import Graph
from kg.reading import read_file
from tests.conftest import shared

Gold = dict[str, object]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gold, Graph, dict[str, str]]:
    """The gold, the graph of the articles, and the id of each article by its number."""
    folder = shared("identity")
    gold = json.loads((folder / "identity.json").read_text(encoding="utf-8"))
    graph = Graph.create(tmp_path_factory.mktemp("identity") / "graph")
    ids = {}
    with graph.writing():
        for path in sorted(Path(folder).glob("*.txt")):
            extraction = kg.extract(read_file(path))
            graph.put(extraction)
            ids[path.stem] = extraction.document.id
    return gold, graph, ids


@pytest.fixture(scope="module")
def found(built: tuple[Gold, Graph, dict[str, str]]) -> list[Occurrence]:
    gold, graph, ids = built
    entries = graph.folder.manifest().articles
    entities = {
        number: [
            {"type": e.type, "name": e.name, "aliases": e.aliases, "id": e.id}
            for e in graph.folder.linked(entries[article]).entities
        ]
        for number, article in ids.items()
    }
    return occurrences(gold, entities)


@pytest.mark.parametrize(("type_", "floor"), [(None, 0.97), ("Organization", 0.98), ("Person", 0.97)])
def test_things_are_one_across_articles(found: list[Occurrence], type_: str | None, floor: float) -> None:
    score = b_cubed(found, type_)
    assert score.f1 >= floor, (score.merged, score.apart)


def test_no_two_people_are_merged(found: list[Occurrence]) -> None:
    assert b_cubed(found, "Person").merged == ()


def test_what_is_part_of_what(built: tuple[Gold, Graph, dict[str, str]], found: list[Occurrence]) -> None:
    gold, graph, _ = built
    relations = graph.query(
        "SELECT ?a ?b { GRAPH ?derived { ?a org:subOrganizationOf ?b } }".replace(
            "?derived", "<https://w3id.org/union-kg/id/graph/derived>"
        )
    )
    score, extra, missed = score_parents(gold, found, ((str(r.a), str(r.b)) for r in relations))
    assert score.precision >= 0.95, extra
    assert score.recall >= 0.85, missed


def test_reprints_and_conflicts_are_reported(built: tuple[Gold, Graph, dict[str, str]]) -> None:
    gold, graph, ids = built
    groups = {frozenset(group) for group in graph.reprints()}
    assert groups == {frozenset(ids[n] for n in group) for group in gold["reprints"]}  # type: ignore[attr-defined]
    said = [" ".join(c.values) for c in graph.conflicts()]
    assert any("26" in words and "31" in words for words in said)
    assert any("126,000" in words and "132,000" in words for words in said)


def test_every_decision_is_told_with_the_mention(built: tuple[Gold, Graph, dict[str, str]]) -> None:
    _, graph, _ = built
    without = graph.query(
        "SELECT ?m { ?m a kg:Mention OPTIONAL { ?m kg:identifiedBy ?why } FILTER(!BOUND(?why)) }"
    )
    assert len(without) == 0
    people = [found for iri in graph.find("刘建平") for found in graph.identity(iri)]
    assert len({p.iri for p in people}) == 2
    assert all(p.namesakes and p.zh and p.en and p.forms for p in people)
    assert "刘建平" in people[0].format()


def test_b_cubed_counts_by_thing() -> None:
    items = [
        Occurrence("1", "Person", "甲", "p.1", "iri/a"),
        Occurrence("2", "Person", "甲", "p.1", "iri/a"),
        Occurrence("3", "Person", "甲", "p.2", "iri/a"),
        Occurrence("4", "Person", "乙", "p.3", "iri/b"),
    ]
    score = b_cubed(items)
    assert (round(score.precision, 3), score.recall) == (0.667, 1.0)
    assert round(score.f1, 2) == 0.8
    assert len(score.merged) == 2
    assert b_cubed([], "Award") == BCubed(0.0, 0.0)


def test_pairs_of_the_gold_find_theirs_by_equal_names_first() -> None:
    gold = {
        "articles": {
            "1": {
                "entities": [
                    {"type": "Person", "name": "甲", "aliases": [], "id": "g1"},
                    {"type": "Person", "name": "乙", "aliases": ["甲"], "id": "g2", "unsure": True},
                ]
            }
        },
        "parents": [["g1", "g2"], ["g1", "gone"]],
    }
    entities = [
        {"type": "Person", "name": "丙", "aliases": ["乙"], "id": "b"},
        {"type": "Person", "name": "甲", "aliases": [], "id": "a"},
    ]
    items = occurrences(gold, {"1": entities})
    assert [(o.gold, o.iri, o.unsure) for o in items] == [("g1", "a", False), ("g2", "b", True)]
    score, extra, missed = score_parents(gold, items, [("a", "b"), ("b", "a"), ("x", "a")])
    assert (score.right, extra, missed) == (1, [("g2", "g1")], [])
