"""The terms of RDF that the graph is written in: one constant a term, so that a slip is an error."""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kg.vocabulary import ID, ONTOLOGY, EntityType, Predicate, Property, RecordType

__all__ = ["DERIVED", "PREFIXES", "kg", "prefixed"]

_FAMILIES: Final = (
    *(t.lower() for t in EntityType),
    *(
        "membership",
        "receipt",
        "participation",
        "statement",
        "observation",
        "role",
        "rule",
        "identification",
        "derivation",
        "copies",
        "interval",
        "date",
    ),
)

PREFIXES: Final[dict[str, str]] = {
    "kg": ONTOLOGY,
    **{family: f"{ID}{family}/" for family in _FAMILIES},
    "level": f"{ID}kind/level/",
    "kind": f"{ID}kind/organization/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "time": "http://www.w3.org/2006/time#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that every query and every export knows."""

DERIVED: Final = NamedNode(f"{ID}graph/derived")
"""The graph of what no article states and a rule concludes."""


def kg(term: EntityType | Predicate | Property | RecordType) -> NamedNode:
    """A term of the project's own vocabulary."""
    return NamedNode(ONTOLOGY + term)


def prefixed(name: str) -> NamedNode:
    """The IRI of ``prefix:local``.

    Raises:
        KeyError: if the prefix is none of :data:`PREFIXES`.

    >>> prefixed("org:member").value
    'http://www.w3.org/ns/org#member'
    """
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)
