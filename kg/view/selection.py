"""A part of a graph, by a thing and its surroundings, types, predicates, articles or years."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import networkx as nx

from kg.view.wording import years as years_of

__all__ = ["select"]


def select(
    graph: nx.MultiDiGraph[Any],
    *,
    focus: str | None = None,
    hops: int = 1,
    types: Collection[str] | None = None,
    predicates: Collection[str] | None = None,
    articles: Collection[str] | None = None,
    years: tuple[int, int] | None = None,
) -> nx.MultiDiGraph[Any]:
    """The part of the graph that is asked for, as a graph of its own.

    Args:
        graph: see :func:`kg.view.render`.
        focus: the IRI, label or alias of the thing in the middle.
        hops: how many relations away from it things may be.
        types: types of things that are kept.
        predicates: predicates of relations that are kept.
        articles: titles or IRIs of articles; relations that none of them states are left out, and
            things that are neither named in them nor an end of such a relation.
        years: first and last year; relations of other years are left out, those without a year stay.

    Raises:
        KeyError: if nothing is called as ``focus`` says.
    """
    nodes = {
        node: data for node, data in graph.nodes(data=True) if types is None or data.get("type") in types
    }
    edges = [
        (a, b, key, data)
        for a, b, key, data in graph.edges(keys=True, data=True)
        if a in nodes
        and b in nodes
        and (predicates is None or data.get("predicate", key) in predicates)
        and _stated_in(data, articles)
        and _within(data, years)
    ]
    ends = {end for a, b, *_ in edges for end in (a, b)}
    chosen: nx.MultiDiGraph[Any] = nx.MultiDiGraph(**graph.graph)
    chosen.add_nodes_from(
        (node, data)
        for node, data in nodes.items()
        if node in ends or _told_by(data.get("articles"), articles)
    )
    for a, b, key, data in edges:
        chosen.add_edge(a, b, key=key, **data)
    if focus is None:
        return chosen
    middle = _named(chosen, focus)
    near = nx.single_source_shortest_path_length(chosen.to_undirected(as_view=True), middle, cutoff=hops)
    return nx.MultiDiGraph(chosen.subgraph(near))


def _told_by(named: Any, articles: Collection[str] | None) -> bool:
    return articles is None or any(article in articles for article in named or ())


def _stated_in(data: Mapping[str, Any], articles: Collection[str] | None) -> bool:
    return articles is None or any(
        evidence.get("article") in articles or evidence.get("article_iri") in articles
        for evidence in data.get("evidence") or ()
    )


def _within(data: Mapping[str, Any], years: tuple[int, int] | None) -> bool:
    found = years_of(data.get("attributes") or {})
    return years is None or not found or any(years[0] <= year <= years[1] for year in found)


def _named(graph: nx.MultiDiGraph[Any], name: str) -> Any:
    """The thing with this IRI, else with this label, else with this alias; the most related first."""
    if name in graph:
        return name
    for fits in (
        lambda data: data.get("label") == name,
        lambda data: name in (data.get("aliases") or ()),
    ):
        found = [node for node, data in graph.nodes(data=True) if fits(data)]
        if found:
            return min(found, key=lambda node: (-graph.degree(node), str(node)))
    raise KeyError(name)
