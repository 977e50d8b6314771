from __future__ import annotations

import networkx as nx
import pytest

from kg.view import select


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
    assert set(select(graph, focus=name)) == {"a", "b", "d"}


@pytest.mark.parametrize(("hops", "nodes"), [(0, "c"), (1, "bc"), (2, "abc"), (3, "abcd")])
def test_hops_go_along_relations_either_way(graph: nx.MultiDiGraph[str], hops: int, nodes: str) -> None:
    assert "".join(sorted(select(graph, focus="省总工会", hops=hops))) == nodes


def test_types_and_predicates(graph: nx.MultiDiGraph[str]) -> None:
    chosen = select(graph, types={"Person", "Organization"}, predicates={"holdsPost"})
    assert set(chosen) == {"a", "b", "c"}
    assert [key for *_, key in chosen.edges(keys=True)] == ["holdsPost"]


@pytest.mark.parametrize("article", ["二报", "iri:二报"])
def test_articles_by_title_or_iri(graph: nx.MultiDiGraph[str], article: str) -> None:
    chosen = select(graph, articles={article})
    assert [key for *_, key in chosen.edges(keys=True)] == ["subOrganizationOf"]
    assert set(chosen) == {"b", "c"}


@pytest.mark.parametrize(("years", "kept"), [((2016, 2018), 3), ((2018, 2020), 2)])
def test_years_leave_what_has_none(graph: nx.MultiDiGraph[str], years: tuple[int, int], kept: int) -> None:
    assert select(graph, years=years).number_of_edges() == kept


def test_an_unknown_focus_is_an_error(graph: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(KeyError, match="丙"):
        select(graph, focus="丙")


def test_the_graph_stays_as_it_was(graph: nx.MultiDiGraph[str]) -> None:
    select(graph, focus="a", types={"Person"})
    assert (len(graph), graph.number_of_edges()) == (4, 3)
