"""The vocabulary of the graph, to be read and as RDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pyoxigraph import RdfFormat, parse

from kg.graph.resources import ontology, terms
from kg.graph.terms import PREFIXES
from kg.server.answers import rdf_content
from kg.server.linked import shortened
from kg.server.negotiation import Form
from kg.vocabulary import ONTOLOGY

__all__ = ["TermEntry", "entries", "vocabulary_rdf"]

_LABEL = PREFIXES["rdfs"] + "label"
_DEFINITION = PREFIXES["skos"] + "definition"
_TYPE = PREFIXES["rdf"] + "type"
_LINKS = {PREFIXES["rdfs"] + name for name in ("subClassOf", "subPropertyOf", "domain", "range")}
_CLASS = PREFIXES["owl"] + "Class"


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A class or property: its name, label and definition, and what it is tied to."""

    name: str
    is_class: bool
    label: str
    definition: str
    links: tuple[tuple[str, str], ...]


@cache
def entries(language: str) -> tuple[TermEntry, ...]:
    """The terms in one language, in the order of the file."""
    found: dict[str, list[tuple[str, str]]] = {}
    for term in terms("union-kg.ttl"):
        if term.subject.startswith(ONTOLOGY) and term.language in (None, language):
            found.setdefault(term.subject, []).append((term.predicate, term.value))
    made = []
    for iri, pairs in found.items():
        said = dict(pairs)
        made.append(
            TermEntry(
                iri.removeprefix(ONTOLOGY),
                (_TYPE, _CLASS) in pairs,
                said.get(_LABEL, ""),
                said.get(_DEFINITION, ""),
                tuple((shortened(p), shortened(v)) for p, v in pairs if p in _LINKS),
            )
        )
    return tuple(made)


@cache
def vocabulary_rdf(form: Form) -> bytes:
    """The vocabulary in a form of RDF."""
    content = (ontology() / "union-kg.ttl").read_bytes()
    if form.name == "ttl":
        return content
    return rdf_content({quad.triple for quad in parse(content, format=RdfFormat.TURTLE)}, form)
