"""An extraction as RDF: what an article states, in a named graph of its own.

Things get their labels, statements are things with a direct property beside them, figures are
observations, and all of them rest on sentences, of which each is recorded once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad

from kg.graph.figures import bounds, plain_number
from kg.graph.iris import (
    article_iri,
    date_iri,
    identification_iri,
    interval_iri,
    iri_of,
    observation_iri,
    role_iri,
    rule_iri,
    span_iri,
    statement_iri,
)
from kg.graph.terms import kg, prefixed
from kg.identity import Assignment, explain
from kg.language.structure import sentences
from kg.model import Entity, Evidence, Extraction, Fact, Mention, Observation, Span
from kg.vocabulary import (
    DOCUMENT,
    ID,
    Attribute,
    EntityType,
    Predicate,
    Property,
    RecordType,
    Status,
    entity_iri_parts,
)

__all__ = ["Calendar", "claim_iris", "describe"]

Calendar = Callable[[str, str | None], tuple[date, date] | None]
"""From the words of a period and the article's date to its first and last day, where they can be told."""

_A: Final = prefixed("rdf:type")
_LABEL: Final = prefixed("rdfs:label")
_PREFERRED: Final = prefixed("skos:prefLabel")
_ALTERNATIVE: Final = prefixed("skos:altLabel")
_DERIVED_FROM: Final = prefixed("prov:wasDerivedFrom")
_GENERATED_BY: Final = prefixed("prov:wasGeneratedBy")

_SPECIFIC: Final = {
    Predicate.HOLDS_POST: (
        prefixed("org:Membership"),
        prefixed("org:member"),
        prefixed("org:organization"),
    ),
    Predicate.RECEIVED_AWARD: (kg(RecordType.AWARD_RECEIPT), kg(Property.RECIPIENT), kg(Property.AWARD)),
    Predicate.PARTICIPATES_IN: (kg(RecordType.PARTICIPATION), kg(Property.PARTICIPANT), kg(Property.EVENT)),
}
_WORDS: Final = {
    Attribute.RANK: Property.RANK,
    Attribute.ROLE: Property.ROLE,
    Attribute.ITEM: Property.ITEM,
    Attribute.EVENT: Property.OCCASION,
}
_DATE_TYPES: Final = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_YEAR: Final = re.compile(r"([1-9]\d{3})年?")

Term = NamedNode | Literal


def describe(
    extraction: Extraction,
    *,
    calendar: Calendar | None = None,
    assignments: Mapping[str, Assignment] | None = None,
) -> Iterator[Quad]:
    """The quads of one article, all in the graph that has the article's IRI as its name.

    A statement that is only planned, or holds no longer, is there as a thing with its
    ``kg:status``, but without the direct property. The same quad may come more than once.

    Args:
        extraction: what was found; entities without an ``id`` get the IRI of their type and name.
        calendar: tells the interval that a period stands for; without it only the words are kept.
        assignments: by entity key, how it was settled which thing an entity is; recorded where given.

    Raises:
        ValueError: if a fact has an attribute that the vocabulary does not know.
        KeyError: if a fact speaks of an entity that the extraction does not hold.
    """
    return iter(_Article(extraction, calendar, assignments))


def claim_iris(extraction: Extraction) -> Iterator[str]:
    """The IRIs of the statements that the facts make, then those of the figures, in their order."""
    article = _Article(extraction, None)
    yield from map(article.fact_iri, extraction.facts)
    yield from map(article.figure_iri, extraction.observations)


class _Article:
    """One article on its way to RDF."""

    def __init__(
        self,
        extraction: Extraction,
        calendar: Calendar | None,
        assignments: Mapping[str, Assignment] | None = None,
    ) -> None:
        self.extraction = extraction
        self.calendar = calendar
        self.assignments = assignments or {}
        self.id = extraction.document.id
        self.article = NamedNode(article_iri(self.id))
        self.ends = {e.key: NamedNode(iri_of(e)) for e in extraction.entities} | {DOCUMENT: self.article}
        self.events = {
            form: self.ends[e.key]
            for e in extraction.entities
            if e.type is EntityType.EVENT
            for form in (*e.aliases, e.name)
        }

    @cached_property
    def sentences(self) -> _Sentences:
        return _Sentences(self.extraction)

    def __iter__(self) -> Iterator[Quad]:
        yield from self.head()
        for entity in self.extraction.entities:
            yield from self.entity(entity)
        for fact in self.extraction.facts:
            yield from self.fact(fact)
        for figure in self.extraction.observations:
            yield from self.figure(figure)

    def quad(self, subject: NamedNode, predicate: NamedNode, object: Term) -> Quad:  # noqa: A002
        return Quad(subject, predicate, object, self.article)

    def head(self) -> Iterator[Quad]:
        found = self.extraction
        yield self.quad(self.article, _A, kg(RecordType.ARTICLE))
        if found.title and found.title.strip():
            yield self.quad(self.article, prefixed("dct:title"), _chinese(found.title.strip()))
        if found.publisher:
            yield self.quad(self.article, prefixed("dc:publisher"), _chinese(found.publisher))
        if found.published and (issued := _issued(found.published)):
            yield self.quad(self.article, prefixed("dct:issued"), issued)

    def entity(self, entity: Entity) -> Iterator[Quad]:
        this = self.ends[entity.key]
        parts = entity_iri_parts(this.value)
        name = parts[1] if parts else entity.name
        yield self.quad(this, _A, kg(entity.type))
        yield self.quad(this, _PREFERRED, _chinese(name))
        for alias in {entity.name, *entity.aliases} - {name}:
            if alias.strip():
                yield self.quad(this, _ALTERNATIVE, _chinese(alias))
        if entity.subtype:
            kind = NamedNode(f"{ID}kind/organization/{entity.subtype}")
            yield self.quad(this, prefixed("org:classification"), kind)
        identified = None
        if entity.key in self.assignments:
            identified = NamedNode(identification_iri(self.id, entity.key))
            yield from self.identification(identified, this, self.assignments[entity.key])
        for mention in entity.mentions:
            yield from self.mention(this, mention)
            if identified:
                span = NamedNode(span_iri(self.id, mention.span))
                yield self.quad(span, kg(Property.IDENTIFIED_BY), identified)

    def identification(self, this: NamedNode, thing: NamedNode, assignment: Assignment) -> Iterator[Quad]:
        yield self.quad(this, _A, kg(RecordType.IDENTIFICATION))
        yield self.quad(this, kg(Property.IDENTIFIES), thing)
        yield self.quad(this, _DERIVED_FROM, self.article)
        for language, words in zip(("zh", "en"), explain(assignment), strict=True):
            yield self.quad(this, prefixed("rdfs:comment"), Literal(words, language=language))
        if not assignment.certain:
            yield self.quad(this, kg(Property.CERTAIN), Literal(False))
        yield from self.rule(this, f"identity:{assignment.rule}")

    def mention(self, entity: NamedNode, mention: Mention) -> Iterator[Quad]:
        this = NamedNode(span_iri(self.id, mention.span))
        sentence = self.sentences.around(mention)
        yield self.quad(this, _A, kg(RecordType.MENTION))
        yield self.quad(this, kg(Property.REFERS_TO), entity)
        yield from self.span(this, mention.span, mention.text)
        yield self.quad(this, kg(Property.IN_SENTENCE), NamedNode(span_iri(self.id, sentence.span)))
        yield from self.sentence(sentence)
        yield from self.rule(this, mention.rule)

    def span(self, this: NamedNode, span: Span, text: str) -> Iterator[Quad]:
        yield self.quad(this, prefixed("oa:start"), _integer(span.start))
        yield self.quad(this, prefixed("oa:end"), _integer(span.end))
        yield self.quad(this, prefixed("oa:exact"), _chinese(self.sentences.reading_of(span, text)))

    def sentence(self, sentence: Evidence) -> Iterator[Quad]:
        this = NamedNode(span_iri(self.id, sentence.span))
        yield self.quad(this, _A, kg(RecordType.SENTENCE))
        yield self.quad(this, prefixed("oa:hasSource"), self.article)
        yield from self.span(this, sentence.span, sentence.text)

    def rule(self, this: NamedNode, rule: str) -> Iterator[Quad]:
        name = NamedNode(rule_iri(rule))
        yield self.quad(this, _GENERATED_BY, name)
        yield self.quad(name, _A, kg(RecordType.RULE))
        yield self.quad(name, _LABEL, Literal(rule or "unknown"))

    def grounds(self, this: NamedNode, evidence: Evidence, rule: str) -> Iterator[Quad]:
        yield self.quad(this, _DERIVED_FROM, NamedNode(span_iri(self.id, evidence.span)))
        yield from self.sentence(evidence)
        yield from self.rule(this, rule)

    def fact_iri(self, fact: Fact) -> str:
        ends = self.ends[fact.subject].value, self.ends[fact.object].value
        return statement_iri(fact.predicate, *ends, fact.attributes)

    def figure_iri(self, figure: Observation) -> str:
        subject = self.ends[figure.subject].value if figure.subject else ""
        words = (plain_number(figure.value), figure.unit, figure.modifier or "", figure.period or "")
        return observation_iri(self.id, subject, figure.measure, words)

    def fact(self, fact: Fact) -> Iterator[Quad]:
        subject, target = self.ends[fact.subject], self.ends[fact.object]
        if subject == target:  # two names of the article that turned out to be of one thing
            return
        this = NamedNode(self.fact_iri(fact))
        yield self.quad(this, _A, kg(RecordType.STATEMENT))
        yield self.quad(this, prefixed("rdf:subject"), subject)
        yield self.quad(this, prefixed("rdf:predicate"), kg(fact.predicate))
        yield self.quad(this, prefixed("rdf:object"), target)
        if fact.predicate in _SPECIFIC:
            kind, from_subject, to_target = _SPECIFIC[fact.predicate]
            yield self.quad(this, _A, kind)
            yield self.quad(this, from_subject, subject)
            yield self.quad(this, to_target, target)
        for name, value in fact.attributes:
            yield from self.attribute(this, Attribute(name), value)
        if dict(fact.attributes).get(Attribute.STATUS, Status.STATED) == Status.STATED:
            yield self.quad(subject, kg(fact.predicate), target)
        yield from self.grounds(this, fact.evidence, fact.rule)

    def attribute(self, this: NamedNode, name: Attribute, value: str) -> Iterator[Quad]:
        if not value.strip():
            return
        match name:
            case Attribute.POST:
                role = NamedNode(role_iri(value))
                yield self.quad(this, prefixed("org:role"), role)
                yield self.quad(role, _A, prefixed("org:Role"))
                yield self.quad(role, _PREFERRED, _chinese(value))
            case Attribute.YEAR:
                yield self.quad(this, kg(Property.YEAR), _year(value))
            case Attribute.TIMES:
                number = _integer(int(value)) if value.isascii() and value.isdigit() else _chinese(value)
                yield self.quad(this, kg(Property.TIMES), number)
            case Attribute.STATUS:
                if Status(value) is not Status.STATED:
                    yield self.quad(this, kg(Property.STATUS), Literal(value))
            case Attribute.EVENT | Attribute.RANK | Attribute.ROLE | Attribute.ITEM:
                yield self.quad(this, kg(_WORDS[name]), _chinese(value))
                if name is Attribute.EVENT and value in self.events:
                    yield self.quad(this, kg(Property.AT_EVENT), self.events[value])

    def figure(self, figure: Observation) -> Iterator[Quad]:
        this = NamedNode(self.figure_iri(figure))
        yield self.quad(this, _A, kg(RecordType.OBSERVATION))
        if figure.subject:
            yield self.quad(this, prefixed("schema:observationAbout"), self.ends[figure.subject])
            yield self.quad(self.ends[figure.subject], kg(Property.HAS_OBSERVATION), this)
        yield self.quad(this, kg(Property.MEASURE), _chinese(figure.measure))
        yield self.quad(this, prefixed("schema:value"), _number(figure.value))
        if figure.unit:
            yield self.quad(this, prefixed("schema:unitText"), Literal(figure.unit))
        yield from self.modifier(this, figure)
        yield from self.period(this, figure.period)
        yield from self.grounds(this, figure.evidence, figure.rule)

    def modifier(self, this: NamedNode, figure: Observation) -> Iterator[Quad]:
        if not figure.modifier:
            return
        yield self.quad(this, prefixed("schema:measurementQualifier"), _chinese(figure.modifier))
        least, greatest = bounds(figure.value, figure.modifier)
        if least is not None:
            yield self.quad(this, prefixed("schema:minValue"), _number(least))
        if greatest is not None:
            yield self.quad(this, prefixed("schema:maxValue"), _number(greatest))

    def period(self, this: NamedNode, period: str | None) -> Iterator[Quad]:
        if not period:
            return
        yield self.quad(this, prefixed("schema:observationPeriod"), _chinese(period))
        days = self.calendar(period, self.extraction.published) if self.calendar else None
        if days:
            interval = NamedNode(interval_iri(*days))
            yield self.quad(this, kg(Property.DURING), interval)
            yield self.quad(interval, _A, prefixed("time:ProperInterval"))
            yield from self.day(interval, prefixed("time:hasBeginning"), days[0])
            yield from self.day(interval, prefixed("time:hasEnd"), days[1])

    def day(self, interval: NamedNode, side: NamedNode, day: date) -> Iterator[Quad]:
        instant = NamedNode(date_iri(day))
        yield self.quad(interval, side, instant)
        yield self.quad(instant, _A, prefixed("time:Instant"))
        yield self.quad(
            instant, prefixed("time:inXSDDate"), Literal(day.isoformat(), datatype=prefixed("xsd:date"))
        )


class _Sentences:
    """The sentences of an article in source coordinates, and how the source reads there.

    Where facts name a sentence as their evidence, that one counts; else the structure of the text does.
    """

    def __init__(self, extraction: Extraction) -> None:
        document = extraction.document
        self.document = document
        claims: Iterable[Fact | Observation] = (*extraction.facts, *extraction.observations)
        cited = {c.evidence.span: c.evidence for c in claims}
        found = {
            span: Evidence(span, document.text[s.start : s.end])
            for s in sentences(document.text)
            for span in [document.to_source(s.start, s.end)]
        }
        self.all = [e for _, e in sorted((found | cited).items())]
        self.starts = [e.span.start for e in self.all]
        self.readings: dict[Span, str] = {}

    def around(self, mention: Mention) -> Evidence:
        """The sentence that holds the mention, or the mention itself where no sentence does."""
        here = mention.span
        for i in range(bisect_right(self.starts, here.start) - 1, -1, -1):
            if here.end <= self.all[i].span.end:
                return self.all[i]
            if here.start - self.starts[i] > 10_000:
                break
        return Evidence(here, mention.text)

    def reading_of(self, span: Span, text: str) -> str:
        """One reading for one span: two names for the same characters differ in nothing but repair."""
        return self.readings.setdefault(span, text)


def _chinese(text: str) -> Literal:
    return Literal(text, language="zh")


def _integer(number: int) -> Literal:
    return Literal(str(number), datatype=prefixed("xsd:integer"))


def _number(value: int | float) -> Literal:
    kind = "xsd:integer" if isinstance(value, int) else "xsd:decimal"
    return Literal(plain_number(value), datatype=prefixed(kind))


def _year(words: str) -> Literal:
    match = _YEAR.fullmatch(words.strip())
    return Literal(match[1], datatype=prefixed("xsd:gYear")) if match else _chinese(words)


def _issued(published: str) -> Literal | None:
    if not _DATE.fullmatch(published):
        return None
    return Literal(published, datatype=prefixed(_DATE_TYPES[len(published)]))
