"""A part of a graph, by a thing and its surroundings, types, predicates, articles or years."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import networkx as nx

from kg.view.wording import years as years_of

__all__ = ["select", "surroundings"]

_Edge = tuple[Any, Any, Any, Mapping[str, Any]]


def select(
    graph: nx.MultiDiGraph[Any],
    *,
    focus: str | None = None,
    hops: int | None = None,
    types: Collection[str] | None = None,
    predicates: Collection[str] | None = None,
    articles: Collection[str] | None = None,
    years: tuple[int, int] | None = None,
) -> nx.MultiDiGraph[Any]:
    """The part of the graph that is asked for, as a graph of its own.

    Args:
        graph: see :func:`kg.view.render`.
        focus: the IRI, label or alias of the thing in the middle; it stays whatever its type is.
        hops: how many relations away from it things may be; without it there is no bound.
        types: types of things that are kept.
        predicates: predicates of relations that are kept, and the things at their ends.
        articles: titles or IRIs of articles; relations that none of them states are left out, and
            things that are neither named in them nor an end of such a relation.
        years: first and last year. Kept are the things with a relation or figure of these years,
            their relations of these years, and those among them that have no year.

    Raises:
        KeyError: if nothing is called as ``focus`` says.
        ValueError: if the first year is after the last.
    """
    if years is not None and years[0] > years[1]:
        raise ValueError(f"the first year must not be after the last: {years[0]}, {years[1]}")
    middle = None if focus is None else _named(graph, focus)
    nodes = {
        node: _from(data, articles)
        for node, data in graph.nodes(data=True)
        if node == middle or types is None or data.get("type") in types
    }
    edges: list[_Edge] = [
        (a, b, key, data)
        for a, b, key, data in graph.edges(keys=True, data=True)
        if a in nodes
        and b in nodes
        and (predicates is None or data.get("predicate", key) in predicates)
        and _stated_in(data, articles)
    ]
    if years is not None:
        edges = _of_years(nodes, edges, years)
    kept = _ends(edges)
    if predicates is None:
        kept.update(node for node, data in nodes.items() if _told(data, articles, years))
    if middle is not None:
        kept.add(middle)
    chosen: nx.MultiDiGraph[Any] = nx.MultiDiGraph(**graph.graph)
    chosen.add_nodes_from((node, data) for node, data in nodes.items() if node in kept)
    for a, b, key, data in edges:
        chosen.add_edge(a, b, key=key, **data)
    if middle is None or hops is None:
        return chosen
    return nx.MultiDiGraph(chosen.subgraph(_near(chosen, middle, hops)))


def surroundings(
    graph: nx.MultiDiGraph[Any], middle: Any, hops: int, most: int
) -> tuple[nx.MultiDiGraph[Any], int]:
    """A thing with what is near it, as far as ``hops``, and then as many whole rings as ``most`` allows.

    Returns:
        The part, and how many things of it are no farther than ``hops``.
    """
    distance = _near(graph, middle, None)
    near = sum(far <= hops for far in distance.values())
    if len(graph) <= most:
        return graph, near
    reach, count = hops, near
    for ring in range(hops + 1, max(distance.values()) + 1):
        count += sum(far == ring for far in distance.values())
        if count > most:
            break
        reach = ring
    return nx.MultiDiGraph(graph.subgraph(n for n, far in distance.items() if far <= reach)), near


def _near(graph: nx.MultiDiGraph[Any], middle: Any, hops: int | None) -> dict[Any, int]:
    found = nx.single_source_shortest_path_length(graph.to_undirected(as_view=True), middle, cutoff=hops)
    return dict(found)


def _ends(edges: Iterable[_Edge]) -> set[Any]:
    return {end for a, b, *_ in edges for end in (a, b)}


def _of_years(
    nodes: Mapping[Any, Mapping[str, Any]], edges: list[_Edge], years: tuple[int, int]
) -> list[_Edge]:
    """The relations of these years, and those without a year between things that these years tell of."""
    dated = [edge for edge in edges if _within(years_of(edge[3].get("attributes") or {}), years)]
    told = _ends(dated) | {node for node, data in nodes.items() if _counted(data, years)}
    undated = [
        edge
        for edge in edges
        if edge[0] in told and edge[1] in told and not years_of(edge[3].get("attributes") or {})
    ]
    return dated + undated


def _counted(data: Mapping[str, Any], years: tuple[int, int]) -> bool:
    return any(_within(years_of(figure), years) for figure in data.get("figures") or ())


def _within(found: Iterable[int], years: tuple[int, int]) -> bool:
    return any(years[0] <= year <= years[1] for year in found)


def _from(data: Mapping[str, Any], articles: Collection[str] | None) -> Mapping[str, Any]:
    """A thing with only those figures that the articles state."""
    figures = data.get("figures")
    if articles is None or not figures:
        return data
    return {**data, "figures": [f for f in figures if _cited(f, articles)]}


def _told(data: Mapping[str, Any], articles: Collection[str] | None, years: tuple[int, int] | None) -> bool:
    """Whether a thing stays that is no end of a relation."""
    named = articles is None or any(article in articles for article in data.get("articles") or ())
    return named and (years is None or _counted(data, years))


def _stated_in(data: Mapping[str, Any], articles: Collection[str] | None) -> bool:
    return articles is None or any(_cited(evidence, articles) for evidence in data.get("evidence") or ())


def _cited(evidence: Mapping[str, Any], articles: Collection[str]) -> bool:
    return evidence.get("article") in articles or evidence.get("article_iri") in articles


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
