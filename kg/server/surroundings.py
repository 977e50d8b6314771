"""The network around one thing, as far as it can be looked at, and the network of the whole graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.graph import PAGE_TITLES
from kg.graph.binding import fill, iri_term
from kg.graph.network import network
from kg.graph.things import Quote, Relation, Thing
from kg.server.reader import Reader
from kg.view import render
from kg.vocabulary import ID, entity_iri_parts

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["Surroundings", "WholeNetwork"]

_NEIGHBOURS = 60
_FEW = 12
_BETWEEN = """
SELECT DISTINCT ?it ?subject ?predicate ?object ?status ?text ?title ?article ?start {
  VALUES ?subject { UNDEF }
  VALUES ?object { UNDEF }
  ?it rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; prov:wasDerivedFrom ?sentence .
  ?sentence oa:exact ?text ; oa:start ?start ; oa:hasSource ?article .
  OPTIONAL { ?it kg:status ?status }
  OPTIONAL { ?article dct:title ?title }
} ORDER BY ?it ?start
"""
_NAMES = """
SELECT ?thing ?label ?kind {
  VALUES ?thing { UNDEF }
  ?thing skos:prefLabel ?label OPTIONAL { ?thing org:classification ?kind }
} ORDER BY ?thing ?label ?kind
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The page with the network around the thing with this IRI: what it is related to, and how these are."""

    iri: str
    language: str

    def __call__(self, reader: Reader) -> str:
        """Draw it.

        Raises:
            QueryError: if there is no such thing.
        """
        graph = reader.graph
        view = graph.entity(self.iri)
        near = _others(self.iri, view.relations)
        shown = [iri for iri, _ in near.most_common(_NEIGHBOURS)]
        further = [
            relation for iri in (shown if len(near) <= _FEW else ()) for relation in graph.relations(iri)
        ]
        if further:
            beyond = Counter({iri: n for iri, n in _others(self.iri, further).items() if iri not in near})
            shown += [iri for iri, _ in beyond.most_common(_NEIGHBOURS - len(shown))]
        inside = {self.iri, *shown}
        relations: dict[str, Relation] = {}
        for r in (*view.relations, *further, *_between(graph, shown)):
            if r.subject in inside and r.object in inside:
                relations.setdefault(r.iri or f"{r.subject} {r.predicate} {r.object}", r)
        things = [view.thing, *_things(graph, shown)]
        made = network(things, relations.values(), view.figures)
        whole = len(near) + 1
        return render(
            made,
            title=view.label,
            language=self.language,
            whole=whole if whole > len(made) else None,
            focus=self.iri,
        )


@dataclass(frozen=True, slots=True)
class WholeNetwork:
    """The page with the network of the whole graph."""

    language: str

    def __call__(self, reader: Reader) -> str:
        """Draw it; once for each state of the graph."""

        def drawn(graph: Graph) -> str:
            return graph.view(title=PAGE_TITLES[self.language], language=self.language).html

        return reader.kept(f"network {self.language}", drawn)


def _others(iri: str, relations: Iterable[Relation]) -> Counter[str]:
    """The things at the other ends of the relations, and how many relations lead to each."""
    ends = (end for r in relations for end in (r.subject, r.object))
    return Counter(end for end in ends if end != iri and entity_iri_parts(end))


def _between(graph: Graph, iris: list[str]) -> list[Relation]:
    """Statements that tie the things to each other, with their sentences."""
    if not iris:
        return []
    terms = [iri_term(iri) for iri in iris]
    rows = graph.query(fill(_BETWEEN, {"subject": terms, "object": terms}))
    found: dict[str, Relation] = {}
    for row in rows:
        quote = Quote(str(row.text), str(row.title or row.article), str(row.article), (), int(str(row.start)))
        known = found.get(str(row.it))
        found[str(row.it)] = Relation(
            str(row.it),
            str(row.subject),
            str(row.predicate).rpartition("#")[2],
            str(row.object),
            status=str(row.status or "stated"),
            evidence=(*(known.evidence if known else ()), quote),
        )
    return list(found.values())


def _things(graph: Graph, iris: list[str]) -> list[Thing]:
    found: dict[str, Thing] = {}
    rows = graph.query(fill(_NAMES, {"thing": [iri_term(iri) for iri in iris]})) if iris else ()
    for row in rows:
        iri = str(row.thing)
        parts = entity_iri_parts(iri)
        if parts and iri not in found:
            kind = str(row.kind or "").removeprefix(f"{ID}kind/organization/")
            found[iri] = Thing(iri, str(row.label), str(parts[0]), kind)
    return list(found.values())
