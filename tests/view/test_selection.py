from __future__ import annotations

import networkx as nx
import pytest

from kg.view import select, surroundings


@pytest.fixture
def graph() -> nx.MultiDiGraph[str]:
    """甲 (a person, alias 小甲) — 市总工会 — 省总工会, and an award of 2017; all invented."""
    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    made.add_node("a", label="甲", type="Person", aliases=["小甲"], articles=["一报"])
    made.add_node("b", label="市总工会", type="Organization", aliases=["市总"], articles=["一报", "二报"])
    made.add_node("c", label="省总工会", type="Organization", aliases=[], articles=["二报"])
    made.add_node("d", label="奖章", type="Award", aliases=[], articles=["一报"])

    def state(subject: str, predicate: str, object_: str, article: str, **attributes: str) -> None:
        evidence = [{"sentence": "句", "highlights": [], "article": article, "article_iri": f"iri:{article}"}]
        made.add_edge(
            subject, object_, key=predicate, predicate=predicate, attributes=attributes, evidence=evidence
        )

    state("a", "holdsPost", "b", "一报")
    state("b", "subOrganizationOf", "c", "二报")
    state("a", "receivedAward", "d", "一报", year="2017")
    return made


@pytest.mark.parametrize("name", ["a", "甲", "小甲"])
def test_focus_is_found_by_iri_label_or_alias(graph: nx.MultiDiGraph[str], name: str) -> None:
    assert set(select(graph, focus=name, hops=1)) == {"a", "b", "d"}


def test_focus_without_hops_has_no_bound(graph: nx.MultiDiGraph[str]) -> None:
    assert set(select(graph, focus="奖章")) == set(graph)


@pytest.mark.parametrize(("hops", "nodes"), [(0, "c"), (1, "bc"), (2, "abc"), (3, "abcd")])
def test_hops_go_along_relations_either_way(graph: nx.MultiDiGraph[str], hops: int, nodes: str) -> None:
    assert "".join(sorted(select(graph, focus="省总工会", hops=hops))) == nodes


def test_types_and_predicates(graph: nx.MultiDiGraph[str]) -> None:
    chosen = select(graph, types={"Person", "Organization"}, predicates={"holdsPost"})
    assert set(chosen) == {"a", "b"}
    assert [key for *_, key in chosen.edges(keys=True)] == ["holdsPost"]
    assert set(select(graph, types={"Organization"})) == {"b", "c"}


def test_the_thing_in_focus_stays_whatever_its_type(graph: nx.MultiDiGraph[str]) -> None:
    assert set(select(graph, focus="甲", types={"Organization"}, hops=2)) == {"a", "b", "c"}
    assert set(select(graph, focus="奖章", predicates={"issued"})) == {"d"}


@pytest.mark.parametrize("article", ["二报", "iri:二报"])
def test_articles_by_title_or_iri(graph: nx.MultiDiGraph[str], article: str) -> None:
    chosen = select(graph, articles={article})
    assert [key for *_, key in chosen.edges(keys=True)] == ["subOrganizationOf"]
    assert set(chosen) == {"b", "c"}


def test_articles_keep_only_their_figures(graph: nx.MultiDiGraph[str]) -> None:
    graph.nodes["b"]["figures"] = [
        {"measure": "书屋", "value": n, "article": a, "article_iri": ""}
        for n, a in ((1, "一报"), (2, "二报"))
    ]
    [figure] = select(graph, articles={"二报"}).nodes["b"]["figures"]
    assert figure["value"] == 2
    assert len(graph.nodes["b"]["figures"]) == 2


@pytest.mark.parametrize(("years", "nodes"), [((2016, 2018), "ad"), ((2018, 2020), ""), ((2021, 2021), "b")])
def test_years_keep_what_is_said_of_them(
    graph: nx.MultiDiGraph[str], years: tuple[int, int], nodes: str
) -> None:
    graph.nodes["b"]["figures"] = [{"measure": "书屋", "value": 3, "period": "2021年"}]
    assert "".join(sorted(select(graph, years=years))) == nodes


def test_years_keep_undated_relations_among_what_is_dated(graph: nx.MultiDiGraph[str]) -> None:
    graph.add_edge("b", "d", key="receivedAward", predicate="receivedAward", attributes={"year": "2017"})
    chosen = select(graph, years=(2017, 2017))
    assert sorted(key for *_, key in chosen.edges(keys=True)) == [
        "holdsPost",
        "receivedAward",
        "receivedAward",
    ]


def test_years_that_run_backwards_are_refused(graph: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(ValueError, match="2020, 2018"):
        select(graph, years=(2020, 2018))


@pytest.mark.parametrize(
    ("hops", "most", "nodes", "near"),
    [
        (1, 4, "abcd", 2),
        (1, 3, "abc", 2),
        (1, 2, "bc", 2),
        (2, 1, "abc", 3),
        (0, 2, "bc", 1),
        (9, 3, "abcd", 4),
    ],
)
def test_surroundings_take_whole_rings(
    graph: nx.MultiDiGraph[str], hops: int, most: int, nodes: str, near: int
) -> None:
    part, count = surroundings(graph, "c", hops, most)
    assert ("".join(sorted(part)), count) == (nodes, near)


def test_an_unknown_focus_is_an_error(graph: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(KeyError, match="丙"):
        select(graph, focus="丙")


def test_the_graph_stays_as_it_was(graph: nx.MultiDiGraph[str]) -> None:
    select(graph, focus="a", types={"Person"})
    assert (len(graph), graph.number_of_edges()) == (4, 3)
