"""The graph in other forms, sorted, so that the same graph gives the same text."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Quad, RdfFormat, parse

from kg.graph.syntax import rdf_text
from kg.graph.terms import prefixed

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["FORMATS", "NETWORKS", "RDF", "flat", "network_text", "quads_text"]

RDF: Final = {
    "nquads": RdfFormat.N_QUADS,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "turtle": RdfFormat.TURTLE,
    "ttl": RdfFormat.TURTLE,
    "json-ld": RdfFormat.JSON_LD,
    "jsonld": RdfFormat.JSON_LD,
}
"""The forms of RDF by name; Turtle has no named graphs and gets the triples of all of them."""

_TYPE: Final = prefixed("rdf:type")

NETWORKS: Final = ("graphml", "gexf")
"""The forms that other network programs read."""

FORMATS: Final = ("ttl", "trig", "nq", "jsonld", *NETWORKS, "csv")
"""Every form in which a graph can be written, by the ending of its file."""


def quads_text(parts: Iterable[bytes], name: str) -> str:
    """The sorted N-Quads of the parts of a graph, in the form ``name`` of :data:`RDF`."""
    form = RDF[name]
    if form == RdfFormat.N_QUADS:
        return b"".join(parts).decode()
    quads = (quad for part in parts for quad in sorted(parse(part, format=RdfFormat.N_QUADS), key=_order))
    if form == RdfFormat.TURTLE:
        triples = {Quad(q.subject, q.predicate, q.object) for q in quads}
        return rdf_text((q.triple for q in sorted(triples, key=_order)), form)
    return rdf_text(quads, form)


def _order(quad: Quad) -> tuple[str, bool, str, str]:
    """By subject, and of one subject its types first."""
    predicate = str(quad.predicate)
    return str(quad.subject), predicate != str(_TYPE), predicate, str(quad.object)


def network_text(graph: nx.MultiDiGraph[str], name: str) -> str:
    """The network as GraphML or GEXF: what is a list there is text joined with ``；`` here."""
    import networkx as nx

    write: Callable[..., None] = nx.write_graphml_xml if name == "graphml" else nx.write_gexf
    out = io.BytesIO()
    write(flat(graph), out, encoding="utf-8")
    return re.sub(r' lastmodifieddate="[^"]*"', "", out.getvalue().decode())  # the day, which GEXF notes


def flat(graph: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """The network with nothing but texts, numbers and truth values on its nodes and edges."""
    import networkx as nx

    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        plain.add_node(node, **_scalars(data))
    for subject, target, key, data in graph.edges(keys=True, data=True):
        plain.add_edge(subject, target, key=key, **_scalars(data), label=data["label_zh"])
    return plain


def _scalars(data: dict[str, Any]) -> dict[str, str | int | float | bool]:
    return {
        name: value if isinstance(value, str | int | float) else _joined(value)
        for name, value in data.items()
    }


def _joined(value: Any) -> str:
    if isinstance(value, dict):
        return "；".join(f"{k}: {v}" for k, v in value.items())
    return "；".join(_legible(item) for item in value)


def _legible(item: Any) -> str:
    """An evidence as its sentence, a figure as its measure and value, a text as it is."""
    if not isinstance(item, dict):
        return str(item)
    return f"{item['measure']} {item['value']} {item['unit']}" if "measure" in item else str(item["sentence"])
