"""The graph as a networkx MultiDiGraph, for measures and for the picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import networkx as nx

from kg.graph.resources import labels
from kg.graph.things import Figure, Quote, Relation, Thing
from kg.vocabulary import ONTOLOGY, Status

__all__ = ["network"]

_FIRST = (Status.STATED, Status.PLANNED, Status.FORMER)


def network(
    things: Iterable[Thing], relations: Iterable[Relation], figures: Iterable[Figure]
) -> nx.MultiDiGraph[str]:
    """Things as nodes under their IRI, relations as edges under their predicate, in a stable order.

    A node has ``label``, ``type``, ``subtype``, ``aliases``, ``figures`` and ``articles``; an edge
    ``predicate``, ``label_zh``, ``label_en``, ``attributes``, ``status``, ``derived``, ``rules`` and
    ``evidence``.
    Statements of one predicate between the same two things are one edge, their attributes joined.
    Relations to an article (``wroteFor``) are left out.
    """
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for thing in things:
        graph.add_node(
            thing.iri,
            label=thing.label,
            type=thing.type,
            subtype=thing.subtype,
            aliases=list(thing.aliases),
            figures=[],
            articles=list(thing.articles),
        )
    for figure in figures:
        if figure.subject in graph:
            graph.nodes[figure.subject]["figures"].append(_figure(figure))
    for relation in relations:
        if relation.subject in graph and relation.object in graph:
            _add(graph, relation)
    return graph


def _add(graph: nx.MultiDiGraph[str], relation: Relation) -> None:
    ends = relation.subject, relation.object
    if not graph.has_edge(*ends, key=relation.predicate):
        graph.add_edge(
            *ends,
            key=relation.predicate,
            predicate=relation.predicate,
            label_zh=labels("zh").get(ONTOLOGY + relation.predicate, relation.predicate),
            label_en=labels("en").get(ONTOLOGY + relation.predicate, relation.predicate),
            attributes={},
            status=relation.status,
            derived=relation.derived,
            rules=[],
            evidence=[],
        )
    edge = graph.edges[*ends, relation.predicate]
    edge["derived"] = edge["derived"] and relation.derived
    edge["status"] = min(edge["status"], relation.status, key=_FIRST.index)
    for name, value in relation.attributes:
        known = edge["attributes"].get(name)
        if known is None:
            edge["attributes"][name] = value
        elif value not in known.split("；"):
            edge["attributes"][name] = f"{known}；{value}"
    edge["rules"] += [rule for rule in relation.rules if rule not in edge["rules"]]
    edge["evidence"] += [q for q in map(_quote, relation.evidence) if q not in edge["evidence"]]


def _quote(quote: Quote) -> dict[str, Any]:
    return asdict(quote) | {"highlights": [list(pair) for pair in quote.highlights]}


def _figure(figure: Figure) -> dict[str, Any]:
    names = ("measure", "value", "unit", "modifier", "period")
    return {name: getattr(figure, name) for name in names} | _quote(figure.quote)
