"""What the page knows: the graph as plain data, its nodes and edges made by pyvis."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

import networkx as nx
import numpy as np

from kg.view.arrangement import FEW, Arrangement, arrange, arrange_by_communities
from kg.view.page import table
from kg.view.quotes import Quotes
from kg.view.wording import label_line, label_lines, name_of, sounds, width, years

__all__ = ["payload"]

_CHARACTER: Final = 12.8
_CAPTION: Final = 6.0
"""How many characters wide a line in the disc of a folded community is."""

_ALONE: Final = 11.0
_ALONE_BRIEFLY: Final = 7.0
"""How wide the label of a thing without relations is, on a desk and on a telephone."""

_NEAR: Final = 4
"""With how many others a community is joined by a line when it is folded."""

_DASHES: Final[dict[str, list[int]]] = {"planned": [7, 6], "former": [14, 6], "derived": [2, 5]}
_UNKNOWN: Final = {"light": "#8a8a8a", "dark": "#a6a6a6", "path": "M1 0A1 1 0 1 1-1 0A1 1 0 1 1 1 0Z"}
_OPTIONS: Final[dict[str, Any]] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": False, "keyboard": False, "selectConnectedEdges": False, "zoomSpeed": 0.7},
    "nodes": {"chosen": False, "borderWidth": 0},
    "edges": {"chosen": False, "smooth": False, "width": 1, "arrows": {"to": {"scaleFactor": 0.45}}},
}

_Attributes = Mapping[str, Any]
_Thing = tuple[str, _Attributes]
_Relation = tuple[int, int, str, _Attributes]


def payload(
    graph: nx.MultiDiGraph[Any],
    *,
    title: str,
    language: str,
    limit: int,
    whole: int | None,
    focus: Any,
    hops: int,
) -> dict[str, Any]:
    """The data of the page as values that JSON can hold, the same for the same graph.

    The parameters are those of :func:`kg.view.render`.
    """
    order = sorted(graph, key=str)
    things: list[_Thing] = [(str(node), graph.nodes[node]) for node in order]
    relations = _relations(graph, order)
    quotes = Quotes(
        [e for *_, data in relations for e in data.get("evidence") or ()]
        + [f for _, data in things for f in data.get("figures") or ()],
        [str(name) for _, data in things for name in data.get("articles") or ()],
    )
    kinds = _kinds(things)
    predicates = _predicates(relations)
    degrees = Counter(end for a, b, *_ in relations for end in (a, b))
    radii = [round(min(24.0, 5.5 + 2.1 * math.sqrt(degrees[i])), 1) for i in range(len(things))]
    labels = [
        label_lines(name_of(iri, data)) if degrees[i] else (label_line(name_of(iri, data), line=_ALONE),)
        for i, (iri, data) in enumerate(things)
    ]
    arrangement = _arrangement(things, relations, radii, labels, limit)
    nodes, edges, options = _through_pyvis(things, relations, kinds, radii, degrees, labels, arrangement)
    rows = _thing_rows(things, quotes)
    return {
        "title": title,
        "language": language,
        "limit": limit,
        "whole": whole,
        "focus": None if focus is None else order.index(focus),
        "hops": hops,
        "strings": {row["key"]: [row["zh"], row["en"]] for row in table("strings")},
        "subtypes": {row["subtype"]: [row["zh"], row["en"]] for row in table("subtypes")},
        "kinds": kinds,
        "predicates": predicates,
        "articles": _article_rows(graph, quotes),
        "sentences": quotes.sentences,
        "nodes": nodes,
        "edges": edges,
        "options": options,
        "things": rows,
        "sounds": sounds(name for row in rows for name in (row["name"], *row["aliases"])),
        "relations": _relation_rows(relations, quotes, predicates),
        "communities": _community_rows(arrangement, things, relations, degrees),
    }


def _article_rows(graph: nx.MultiDiGraph[Any], quotes: Quotes) -> list[list[str]]:
    """Title, IRI and what else is known of each article: who published it and when."""
    known = graph.graph.get("articles") or {}
    rows = []
    for title, iri in quotes.articles:
        about = known.get(iri) or {}
        notes = (str(about.get(key) or "") for key in ("publisher", "published"))
        rows.append([title, iri, " · ".join(note for note in notes if note)])
    return rows


def _relations(graph: nx.MultiDiGraph[Any], order: list[Any]) -> list[_Relation]:
    index = {node: i for i, node in enumerate(order)}
    found = [
        (index[a], index[b], str(data.get("predicate") or key), data)
        for a, b, key, data in graph.edges(keys=True, data=True)
    ]
    return sorted(
        found, key=lambda r: (r[0], r[1], r[2], str(sorted((r[3].get("attributes") or {}).items())))
    )


def _kinds(things: list[_Thing]) -> list[dict[str, str]]:
    """The types of the table, and after them those that it does not know, all alike."""
    kinds: list[dict[str, str]] = [dict(row) for row in table("kinds")]
    known = {row["type"] for row in kinds}
    others = {_type(data) for _, data in things} - known
    return kinds + [{"type": other, "zh": other, "en": other, **_UNKNOWN} for other in sorted(others)]


def _type(data: _Attributes) -> str:
    return str(data.get("type") or "Other")


def _predicates(relations: list[_Relation]) -> list[dict[str, str]]:
    """The relations of the graph with their names, the most frequent first."""
    frequency = Counter(predicate for _, _, predicate, _ in relations)
    names: dict[str, dict[str, str]] = {}
    for _, _, predicate, data in relations:
        if predicate not in names:
            zh, en = str(data.get("label_zh") or predicate), str(data.get("label_en") or predicate)
            names[predicate] = {"predicate": predicate, "zh": zh, "en": en}
    return [names[p] for p in sorted(names, key=lambda p: (-frequency[p], p))]


def _arrangement(
    things: list[_Thing],
    relations: list[_Relation],
    radii: list[float],
    labels: list[tuple[str, ...]],
    limit: int,
) -> Arrangement:
    pairs = np.array([(a, b) for a, b, *_ in relations], dtype=np.int64).reshape(-1, 2)
    if not things:
        return Arrangement(np.zeros((0, 2)), np.zeros((0, 2)))
    if len(things) <= FEW:
        boxes = [
            (max(2 * r, _CHARACTER * max(width(line) for line in lines)) + 12, 2 * r + 16 * len(lines) + 10)
            for r, lines in zip(radii, labels, strict=True)
        ]
    else:
        boxes = [(2 * r + 42, 2 * r + 26) for r in radii]
    if len(things) > limit:
        return arrange_by_communities(np.array(boxes), pairs, max(1, limit // 2))
    names = [(_type(data), name_of(iri, data)) for iri, data in things]
    return arrange(np.array(boxes), pairs, names)


def _through_pyvis(
    things: list[_Thing],
    relations: list[_Relation],
    kinds: list[dict[str, str]],
    radii: list[float],
    degrees: Counter[int],
    labels: list[tuple[str, ...]],
    arrangement: Arrangement,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """Nodes, edges and options as vis-network takes them, out of a pyvis ``Network``.

    The lists of the network are filled directly: its ``add_node`` and ``add_edge`` look through
    all that is there already each time.
    """
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    network = Network(directed=True)
    network.options = _OPTIONS
    types = {kind["type"]: number for number, kind in enumerate(kinds)}
    for number, (iri, data) in enumerate(things):
        x, y = np.rint(arrangement.wide[number]).astype(int).tolist()
        tall = np.rint(arrangement.tall[number]).astype(int).tolist()
        node = Node(
            number, "custom", "\n".join(labels[number]),
            x=x, y=y, tall=tall, size=radii[number], group=types[_type(data)],
        )  # fmt: skip
        if not degrees[number]:
            node.options["brief"] = label_line(name_of(iri, data), line=_ALONE_BRIEFLY)
        network.nodes.append(node.options)
        network.node_ids.append(number)
        network.node_map[number] = node.options
    pairs = Counter(frozenset((a, b)) for a, b, *_ in relations)
    seen: Counter[frozenset[int]] = Counter()
    for number, (a, b, _, data) in enumerate(relations):
        options: dict[str, Any] = {"id": number}
        dashes = _DASHES.get("derived" if data.get("derived") else _status(data))
        if dashes:
            options["dashes"] = dashes
        pair = frozenset((a, b))
        if pairs[pair] > 1:
            bend = 0.12 * (seen[pair] // 2 + 1)
            turn = "curvedCW" if (seen[pair] % 2 == 0) == (a < b) else "curvedCCW"
            options["smooth"] = {"enabled": True, "type": turn, "roundness": round(bend, 2)}
            seen[pair] += 1
        network.edges.append(Edge(a, b, True, **options).options)
    nodes, edges, *_ = network.get_network_data()
    return nodes, edges, network.options


def _status(data: _Attributes) -> str:
    status = str(data.get("status") or "stated")
    return status if status in ("planned", "former") else "stated"


def _thing_rows(things: list[_Thing], quotes: Quotes) -> list[dict[str, Any]]:
    return [
        {
            "iri": iri,
            "name": name_of(iri, data),
            "type": _type(data),
            "subtype": str(data.get("subtype") or ""),
            "aliases": [str(alias) for alias in data.get("aliases") or ()],
            "articles": [quotes.article(str(a)) for a in data.get("articles") or ()],
            "figures": [_figure_row(figure, quotes) for figure in data.get("figures") or ()],
        }
        for iri, data in things
    ]


def _figure_row(figure: _Attributes, quotes: Quotes) -> dict[str, Any]:
    cited = quotes.cite(figure)
    row: dict[str, Any] = {
        key: str(figure.get(key) or "") for key in ("measure", "unit", "modifier", "period")
    }
    return {**row, "value": _number(figure.get("value")), "evidence": [cited] if cited else []}


def _number(value: Any) -> int | float | str:
    """A figure that JSON can hold and JavaScript can count with; otherwise its words."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**53:
        return value
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return "" if value is None else str(value)


def _relation_rows(
    relations: list[_Relation], quotes: Quotes, predicates: list[dict[str, str]]
) -> list[dict[str, Any]]:
    numbers = {row["predicate"]: number for number, row in enumerate(predicates)}
    rows = []
    for _, _, predicate, data in relations:
        attributes = data.get("attributes") or {}
        cited = [quotes.cite(evidence) for evidence in data.get("evidence") or ()]
        rows.append(
            {
                "predicate": numbers[predicate],
                "status": _status(data),
                "derived": bool(data.get("derived")),
                "rules": [str(rule) for rule in data.get("rules") or ()] if data.get("derived") else [],
                "attributes": sorted([str(k), str(v)] for k, v in attributes.items() if v is not None),
                "years": years(attributes),
                "evidence": [citation for citation in cited if citation],
            }
        )
    return rows


def _community_rows(
    arrangement: Arrangement, things: list[_Thing], relations: list[_Relation], degrees: Counter[int]
) -> list[dict[str, Any]]:
    """The communities, each with those others that it has most relations to."""
    owner = {i: number for number, members in enumerate(arrangement.communities) for i in members}
    links: dict[int, Counter[int]] = {number: Counter() for number in range(len(arrangement.communities))}
    for a, b, *_ in relations if owner else ():
        if owner[a] != owner[b]:
            links[owner[a]][owner[b]] += 1
            links[owner[b]][owner[a]] += 1
    tops = [min(members, key=lambda i: (-degrees[i], i)) for members in arrangement.communities]
    return [
        {
            "x": round(x),
            "y": round(y),
            "radius": round(radius),
            "members": list(members),
            "top": tops[number],
            "caption": list(label_lines(name_of(*things[tops[number]]), line=_CAPTION)),
            "loose": not any(degrees[i] for i in members),
            "near": sorted(links[number], key=lambda n: (-links[number][n], n))[:_NEAR],
        }
        for number, (members, (x, y, radius)) in enumerate(
            zip(arrangement.communities, arrangement.discs.tolist(), strict=True)
        )
    ]
