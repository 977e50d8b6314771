"""What the graph knows, as plain values: things, relations and figures with the sentences behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.graph.binding import fill
from kg.graph.rows import Row, Value, rows_of
from kg.graph.terms import DERIVED, PREFIXES
from kg.vocabulary import Predicate, Property, Status

__all__ = [
    "Figure",
    "Highlights",
    "Quote",
    "Relation",
    "Thing",
    "figures",
    "relations",
    "things",
]

Highlights = Callable[[str, str], list[list[int]]]
"""From the IRIs of a statement or figure and of a sentence to the ranges of the sentence that carry it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article; highlights are half-open ranges of code points in it.

    ``start`` is the offset of the sentence in the article, in code points of its decoded text.
    """

    sentence: str
    article: str
    article_iri: str
    highlights: tuple[tuple[int, int], ...] = ()
    start: int = 0


@dataclass(frozen=True, slots=True)
class Thing:
    """What the graph calls a thing and in which articles it is spoken of."""

    iri: str
    label: str
    type: str
    subtype: str = ""
    aliases: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """One statement; ``status`` is stated, planned or former, ``derived`` where no article says it."""

    iri: str
    subject: str
    predicate: str
    object: str
    attributes: tuple[tuple[str, str], ...] = ()
    status: str = Status.STATED
    derived: bool = False
    evidence: tuple[Quote, ...] = ()
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that an article states; ``subject`` is empty where it names no owner."""

    iri: str
    subject: str
    measure: str
    value: int | float
    unit: str
    modifier: str
    period: str
    quote: Quote
    rules: tuple[str, ...] = ()


_THINGS: Final = """
SELECT ?thing ?type ?label ?kind WHERE {
  VALUES ?thing { UNDEF }
  VALUES ?type { kg:Organization kg:Person kg:Programme kg:Award kg:Event kg:Place kg:Document kg:Facility }
  ?thing a ?type ; skos:prefLabel ?label .
  OPTIONAL { ?thing org:classification ?kind }
} ORDER BY ?thing ?label ?kind
"""
_ALIASES: Final = """
SELECT ?thing ?alias WHERE { VALUES ?thing { UNDEF } ?thing skos:altLabel ?alias } ORDER BY ?thing ?alias
"""
_ARTICLES: Final = """
SELECT DISTINCT ?thing ?name ?article WHERE {
  VALUES ?thing { UNDEF }
  GRAPH ?article { ?thing skos:prefLabel ?label . ?article a kg:Article }
  OPTIONAL { ?article dct:title ?title }
  BIND(COALESCE(STR(?title), STR(?article)) AS ?name)
} ORDER BY ?thing ?name ?article
"""
_STATEMENTS: Final = """
SELECT DISTINCT ?it ?subject ?predicate ?object ?status WHERE {
  VALUES ?subject { UNDEF }
  VALUES ?object { UNDEF }
  ?it rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; a kg:Statement .
  OPTIONAL { ?it kg:status ?status }
} ORDER BY ?subject ?predicate ?object ?it
"""
_CONCLUDED: Final = " ".join(
    f"kg:{term}" for term in (*Predicate, Property.UNION_OF, Property.UNDER_UNION, Property.MERGED_INTO)
)
_DERIVED: Final = f"""
SELECT ?subject ?predicate ?object ?rule WHERE {{
  VALUES ?predicate {{ {_CONCLUDED} }}
  VALUES ?subject {{ UNDEF }}
  VALUES ?object {{ UNDEF }}
  GRAPH <{DERIVED.value}> {{ ?subject ?predicate ?object }}
  OPTIONAL {{
    ?it rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; a kg:Derivation ;
      prov:wasGeneratedBy/rdfs:label ?rule
  }}
}} ORDER BY ?subject ?predicate ?object ?rule
"""
_ATTRIBUTES: Final = """
SELECT DISTINCT ?it ?name ?value WHERE {
  VALUES ?it { UNDEF }
  { VALUES (?property ?name) { (kg:year "year") (kg:rank "rank") (kg:times "times") (kg:occasion "event")
                               (kg:role "role") (kg:item "item") }
    ?it rdf:predicate ?any ; ?property ?value }
  UNION { ?it org:role/skos:prefLabel ?value BIND("post" AS ?name) }
} ORDER BY ?it ?name ?value
"""
_EVIDENCE: Final = """
SELECT DISTINCT ?it ?sentence ?text ?article ?title ?start WHERE {
  VALUES ?it { UNDEF }
  ?it a kg:Statement ; prov:wasDerivedFrom ?sentence .
  ?sentence oa:exact ?text ; oa:start ?start ; oa:hasSource ?article .
  OPTIONAL { ?article dct:title ?title }
} ORDER BY ?it ?article ?start ?sentence
"""
_RULES: Final = """
SELECT DISTINCT ?it ?rule WHERE {
  VALUES ?it { UNDEF }
  VALUES ?kind { kg:Statement kg:Observation }
  ?it a ?kind ; prov:wasGeneratedBy/rdfs:label ?rule
} ORDER BY ?it ?rule
"""
_FIGURES: Final = """
SELECT DISTINCT ?it ?subject ?measure ?value ?unit ?modifier ?period
  ?sentence ?text ?article ?title ?start WHERE {
  { VALUES ?subject { UNDEF } ?it schema:observationAbout ?subject }
  UNION {
    VALUES ?subject { UNDEF }
    FILTER(!BOUND(?subject))
    ?it a kg:Observation
    FILTER NOT EXISTS { ?it schema:observationAbout ?owner }
  }
  ?it kg:measure ?measure ; schema:value ?value ; prov:wasDerivedFrom ?sentence .
  ?sentence oa:exact ?text ; oa:start ?start ; oa:hasSource ?article .
  OPTIONAL { ?it schema:unitText ?unit }
  OPTIONAL { ?it schema:measurementQualifier ?modifier }
  OPTIONAL { ?it schema:observationPeriod ?period }
  OPTIONAL { ?article dct:title ?title }
} ORDER BY ?subject ?measure ?value ?it ?start
"""


def things(store: Store, iri: NamedNode | None = None) -> list[Thing]:
    """All things, or the one with this IRI, in the order of their IRIs."""
    aliases = _grouped(_ask(store, _ALIASES, thing=iri))
    articles = _grouped(_ask(store, _ARTICLES, thing=iri))
    found: dict[str, Thing] = {}
    for row in _ask(store, _THINGS, thing=iri):
        thing, kind = str(row.thing), _last(row.kind)
        if thing not in found or found[thing].subtype == "Other":
            found[thing] = Thing(
                thing,
                str(row.label),
                _last(row.type),
                kind,
                tuple(str(r.alias) for r in aliases[thing]),
                tuple(dict.fromkeys(str(r.name) for r in articles[thing])),
            )
    return list(found.values())


def relations(store: Store, highlights: Highlights, iri: NamedNode | None = None) -> list[Relation]:
    """All statements, or those of which the thing with this IRI is an end; derived ones after the stated."""
    sides = ("subject", "object") if iri else ("subject",)
    rows = list(dict.fromkeys(r for side in sides for r in _ask(store, _STATEMENTS, **{side: iri})))
    concluded: dict[tuple[str, str, str], list[Row]] = {}
    for row in dict.fromkeys(r for side in sides for r in _ask(store, _DERIVED, **{side: iri})):
        concluded.setdefault((str(row.subject), _last(row.predicate), str(row.object)), []).append(row)
    wanted = {str(row.it) for row in rows} if iri else None
    attributes = _about(store, _ATTRIBUTES, wanted)
    rules = _about(store, _RULES, wanted)
    quotes = _quotes(store, highlights, wanted)
    stated = [
        Relation(
            it,
            str(row.subject),
            _last(row.predicate),
            str(row.object),
            tuple((str(a.name), str(a.value)) for a in attributes[it]),
            str(row.status or Status.STATED),
            evidence=quotes[it],
            rules=tuple(str(r.rule) for r in rules[it]),
        )
        for row in rows
        for it in [str(row.it)]
    ]
    known = {(r.subject, r.predicate, r.object) for r in stated if r.status == Status.STATED}
    return stated + [
        Relation(
            "",
            *ends,
            derived=True,
            rules=tuple(dict.fromkeys(str(row.rule) for row in rows_ if row.rule)),
        )
        for ends, rows_ in concluded.items()
        if ends not in known
    ]


def figures(store: Store, highlights: Highlights, iri: NamedNode | None = None) -> list[Figure]:
    """All figures, or those of the thing with this IRI."""
    rows = {str(row.it): row for row in reversed(_ask(store, _FIGURES, subject=iri))}
    rules = _about(store, _RULES, rows if iri else None)
    return [
        Figure(
            it,
            str(row.subject or ""),
            str(row.measure),
            row.value if isinstance(row.value, int | float) else 0,
            str(row.unit or ""),
            str(row.modifier or ""),
            str(row.period or ""),
            _quote(row, highlights),
            tuple(str(r.rule) for r in rules[it]),
        )
        for it, row in reversed(rows.items())
    ]


def _ask(store: Store, query: str, **bound: NamedNode | None) -> list[Row]:
    text = fill(query, {name: [iri] for name, iri in bound.items() if iri})
    return list(rows_of(store.query(text, prefixes=PREFIXES)))


def _about(store: Store, query: str, wanted: Iterable[str] | None) -> defaultdict[str, list[Row]]:
    text = fill(query, {} if wanted is None else {"it": map(NamedNode, sorted(wanted))})
    return _grouped(list(rows_of(store.query(text, prefixes=PREFIXES))))


def _grouped(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    groups: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(row[0])].append(row)
    return groups


def _quotes(
    store: Store, highlights: Highlights, wanted: Iterable[str] | None
) -> defaultdict[str, tuple[Quote, ...]]:
    found: defaultdict[str, tuple[Quote, ...]] = defaultdict(tuple)
    for it, rows in _about(store, _EVIDENCE, wanted).items():
        found[it] = tuple(_quote(row, highlights) for row in rows)
    return found


def _quote(row: Row, highlights: Highlights) -> Quote:
    marked = highlights(str(row.it), str(row.sentence))
    spans = tuple((start, end) for start, end in marked)
    start = row.start if isinstance(row.start, int) else 0
    return Quote(str(row.text), str(row.title or row.article), str(row.article), spans, start)


def _last(iri: Value) -> str:
    """The last part of an IRI, or nothing."""
    return str(iri or "").rpartition("#")[2].rpartition("/")[2]
