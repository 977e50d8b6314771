"""What follows from an article by rule, as RDF: in the graph of what no article states.

Each relation has a record of the rule and of the articles that it follows from, so that it goes with the
last of them; things that no article names are there only to carry relations.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.description import claim_iris
from kg.graph.iris import article_iri, copies_iri, derivation_iri, rule_iri
from kg.graph.terms import DERIVED, kg, prefixed
from kg.identity import Conclusion, Conclusions, Links, Node, Value, conclusion_words
from kg.identity.figures import comparables
from kg.identity.hierarchy import CONTAINED_IN
from kg.model import Extraction
from kg.vocabulary import ID, ONTOLOGY, Attribute, Predicate, Property, RecordType, Status

__all__ = ["derived_quads"]

_A: Final = prefixed("rdf:type")
_PREFERRED: Final = prefixed("skos:prefLabel")
_ALTERNATIVE: Final = prefixed("skos:altLabel")
_SUB: Final = prefixed("org:subOrganizationOf")
_SCHEMES: Final = {
    Property.AWARD_LEVEL: "level",
    Property.PROGRAMME_LEVEL: "level",
    Property.AWARD_KIND: "award",
    Property.PROGRAMME_KIND: "programme",
}


def derived_quads(extraction: Extraction, links: Links, conclusions: Conclusions) -> Iterator[Quad]:
    """The quads that follow from an article, all in the derived graph; the same may come more than once.

    Args:
        extraction: the article, with the IRIs of its entities.
        links: what its entities are, and of which text it is a copy.
        conclusions: what follows from the names of its things.
    """
    article = NamedNode(article_iri(extraction.document.id))
    stated = {(s, p, o) for s, p, o, holds in _stated(extraction) if holds}
    for node in conclusions.nodes:
        yield from _node(node)
    for conclusion in conclusions.relations:
        if (conclusion.subject, conclusion.relation, conclusion.object) not in stated:
            yield from _relation(conclusion, article)
    for value in conclusions.values:
        yield from _value(value)
    for subject, predicate, target in stated:
        if (
            predicate == Predicate.SUB_ORGANIZATION_OF
        ):  # so that one query goes over all that is part of something
            yield _quad(NamedNode(subject), _SUB, NamedNode(target))
    yield from _figures(extraction)
    if links.copy:
        group = NamedNode(copies_iri(links.copy))
        yield _quad(group, _A, kg(RecordType.COPY_GROUP))
        yield _quad(article, kg(Property.COPY_OF), group)


def _figures(extraction: Extraction) -> Iterator[Quad]:
    iris = [*claim_iris(extraction)][len(extraction.facts) :]
    for iri, comparable in zip(iris, comparables(extraction), strict=True):
        if comparable is not None and comparable.keys:
            this = NamedNode(iri)
            yield _quad(this, kg(Property.MEASURE_CORE), Literal(comparable.core, language="zh"))
            for key in comparable.keys:
                yield _quad(this, kg(Property.COMPARABLE), Literal(key))


def _stated(extraction: Extraction) -> Iterator[tuple[str, str, str, bool]]:
    iri = {e.key: e.id for e in extraction.entities}
    for fact in extraction.facts:
        if fact.subject in iri and fact.object in iri and iri[fact.subject] != iri[fact.object]:
            status = dict(fact.attributes).get(Attribute.STATUS, Status.STATED)
            yield iri[fact.subject], fact.predicate, iri[fact.object], status == Status.STATED


def _quad(subject: NamedNode, predicate: NamedNode, object: NamedNode | Literal) -> Quad:  # noqa: A002
    return Quad(subject, predicate, object, DERIVED)


def _node(node: Node) -> Iterator[Quad]:
    this = NamedNode(node.iri)
    yield _quad(this, _A, kg(node.type))
    yield _quad(this, _PREFERRED, Literal(node.name, language="zh"))
    if node.subtype:
        yield _quad(this, prefixed("org:classification"), NamedNode(f"{ID}kind/organization/{node.subtype}"))


def _relation(conclusion: Conclusion, article: NamedNode) -> Iterator[Quad]:
    subject, target = NamedNode(conclusion.subject), NamedNode(conclusion.object)
    predicate = (
        prefixed("schema:containedInPlace")
        if conclusion.relation == CONTAINED_IN
        else NamedNode(ONTOLOGY + conclusion.relation)
    )
    yield _quad(subject, predicate, target)
    if conclusion.relation == Predicate.SUB_ORGANIZATION_OF:
        yield _quad(subject, _SUB, target)
    this = NamedNode(derivation_iri(conclusion.subject, predicate.value, conclusion.object))
    rule = NamedNode(rule_iri(f"identity:{conclusion.rule}"))
    yield _quad(this, _A, kg(RecordType.DERIVATION))
    yield _quad(this, prefixed("rdf:subject"), subject)
    yield _quad(this, prefixed("rdf:predicate"), predicate)
    yield _quad(this, prefixed("rdf:object"), target)
    yield _quad(this, prefixed("prov:wasDerivedFrom"), article)
    yield _quad(this, prefixed("prov:wasGeneratedBy"), rule)
    yield _quad(rule, _A, kg(RecordType.RULE))
    yield _quad(rule, prefixed("rdfs:label"), Literal(f"identity:{conclusion.rule}"))
    for language, words in zip(("zh", "en"), conclusion_words(conclusion), strict=True):
        yield _quad(this, prefixed("rdfs:comment"), Literal(words, language=language))


def _value(value: Value) -> Iterator[Quad]:
    this = NamedNode(value.thing)
    if value.property in _SCHEMES:
        term = NamedNode(f"{ID}kind/{_SCHEMES[value.property]}/{value.text}")
        yield _quad(this, kg(value.property), term)
    elif value.property is Property.DIVISION_CODE:
        yield _quad(this, kg(value.property), Literal(value.text))
    else:
        yield _quad(this, kg(value.property), Literal(value.text, language="zh"))
        if value.property is Property.SHORT_NAME:
            yield _quad(this, _ALTERNATIVE, Literal(value.text, language="zh"))
