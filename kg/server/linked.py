"""What the graph says of one IRI, as RDF, and of records that are no things as plain rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Store, Triple

from kg.errors import QueryError
from kg.graph.binding import iri_term
from kg.graph.terms import PREFIXES, prefixed
from kg.server.answers import Answer, rdf_content
from kg.server.negotiation import GRAPHS, by_name
from kg.server.reader import Reader
from kg.vocabulary import ID

__all__ = ["Describe", "Record", "RecordOf", "shortened"]

_LABELS = (prefixed("skos:prefLabel"), prefixed("dct:title"), prefixed("rdfs:label"))
_ENDS = (
    prefixed("rdf:subject"),
    prefixed("rdf:object"),
    prefixed("schema:observationAbout"),
    prefixed("kg:refersTo"),
)
_SHOWN = 200
_OF_GRAPHS = f"{ID}graph/"


@dataclass(frozen=True, slots=True)
class Describe:
    """The triples about an IRI: its own, those of statements, figures and mentions of it, the sentences
    that these rest on, and what the things at their other ends are called."""

    iri: str
    form: str
    most: int

    def __call__(self, reader: Reader) -> Answer:
        """Collect them.

        Raises:
            QueryError: if the graph says nothing of it.
        """
        store = reader.graph.store
        found: dict[Triple, None] = {}
        cut = False
        for triple in _about(store, _known(store, self.iri)):
            if triple not in found and len(found) >= self.most:
                cut = True
                break
            found[triple] = None
        form = by_name(self.form, GRAPHS)
        assert form is not None
        return Answer(rdf_content(found, form), form.content_type, len(found), cut, reader.version)


@dataclass(frozen=True, slots=True)
class Record:
    """A record as rows of property, value and (where the value is one) IRI, and what points to it."""

    iri: str
    label: str
    types: tuple[str, ...]
    rows: tuple[tuple[str, str, str | None], ...]
    incoming: tuple[tuple[str, str, str], ...]
    version: str


@dataclass(frozen=True, slots=True)
class RecordOf:
    """What is recorded under an IRI that is no thing: a statement, a figure, a post, a rule, a day."""

    iri: str

    def __call__(self, reader: Reader) -> Record:
        """Look it up.

        Raises:
            QueryError: if the graph says nothing of it.
        """
        store = reader.graph.store
        this = _known(store, self.iri)
        types: list[str] = []
        rows: list[tuple[str, str, str | None]] = []
        for triple in sorted(_own(store, this), key=str):
            value = triple.object
            if triple.predicate == prefixed("rdf:type"):
                types.append(_text(value))
            elif isinstance(value, NamedNode):
                rows.append((triple.predicate.value, _label(store, value), value.value))
            else:
                rows.append((triple.predicate.value, _text(value), None))
        back: list[tuple[str, str, str]] = []
        for quad in store.quads_for_pattern(None, None, this, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and len(back) < _SHOWN:
                back.append((quad.predicate.value, _label(store, quad.subject), quad.subject.value))
        if self.iri.startswith(_OF_GRAPHS):
            for quad in store.quads_for_pattern(None, None, None, this):
                ends = [
                    _label(store, end) for end in (quad.subject, quad.object) if isinstance(end, NamedNode)
                ]
                if len(ends) == 2 and isinstance(quad.subject, NamedNode) and len(back) < _SHOWN:
                    back.append((quad.predicate.value, " → ".join(ends), quad.subject.value))
        return Record(
            self.iri,
            _label(store, this),
            tuple(types),
            tuple(rows[:_SHOWN]),
            tuple(sorted(back)),
            reader.version,
        )


def _known(store: Store, iri: str) -> NamedNode:
    this = iri_term(iri)
    patterns = ((this, None, DefaultGraph()), (None, this, DefaultGraph()), (None, None, this))
    if all(next(store.quads_for_pattern(s, None, o, g), None) is None for s, o, g in patterns):
        raise QueryError(f"there is nothing with the IRI {iri}")
    return this


def _own(store: Store, subject: NamedNode | BlankNode) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(subject, None, None, DefaultGraph()):
        yield quad.triple


def _about(store: Store, this: NamedNode) -> Iterator[Triple]:
    yield from _own(store, this)
    if this.value.startswith(_OF_GRAPHS):
        yield from (quad.triple for quad in store.quads_for_pattern(None, None, None, this))
    sentences: dict[NamedNode, None] = {}
    others: dict[NamedNode, None] = {}
    for predicate in _ENDS:
        for quad in store.quads_for_pattern(None, predicate, this, DefaultGraph()):
            if not isinstance(quad.subject, NamedNode):
                continue
            for triple in _own(store, quad.subject):
                yield triple
                if triple.predicate in (prefixed("prov:wasDerivedFrom"), prefixed("kg:inSentence")):
                    sentences[_named(triple.object)] = None
                elif triple.predicate in (prefixed("rdf:subject"), prefixed("rdf:object")):
                    others[_named(triple.object)] = None
    for sentence in sentences:
        yield from _own(store, sentence)
    for other in others:
        for label in _LABELS:
            for quad in store.quads_for_pattern(other, label, None, DefaultGraph()):
                yield quad.triple


def _named(term: object) -> NamedNode:
    assert isinstance(term, NamedNode)
    return term


def _label(store: Store, node: NamedNode) -> str:
    """What a node is called: by its label, a statement by its ends, a figure by its measure, else its IRI."""
    for label in _LABELS:
        if found := _value(store, node, label):
            return found.value
    ends = [_value(store, node, end) for end in _ENDS[:2]]
    if all(isinstance(end, NamedNode) for end in ends):
        return " → ".join(_label(store, end) for end in ends if isinstance(end, NamedNode))
    measure = _value(store, node, prefixed("kg:measure"))
    value = _value(store, node, prefixed("schema:value"))
    if measure and value:
        return f"{measure.value} {value.value}"
    return shortened(node.value)


def _value(store: Store, node: NamedNode, predicate: NamedNode) -> NamedNode | Literal | None:
    found = next(store.quads_for_pattern(node, predicate, None, DefaultGraph()), None)
    return found.object if found and isinstance(found.object, NamedNode | Literal) else None


def shortened(iri: str) -> str:
    """An IRI with a prefix, where one of the usual ones fits.

    >>> shortened("http://www.w3.org/ns/org#member")
    'org:member'
    """
    fitting = [(len(space), name) for name, space in PREFIXES.items() if iri.startswith(space)]
    if not fitting:
        return iri
    length, name = max(fitting)
    return f"{name}:{iri[length:]}"


def _text(term: object) -> str:
    return str(getattr(term, "value", term))
