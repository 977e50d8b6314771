"""What the server says of itself to programs: the service description and VoID."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.graph import Graph
from kg.graph.terms import PREFIXES, prefixed
from kg.server.addresses import path_of
from kg.server.answers import Answer, rdf_content
from kg.server.linked import shortened
from kg.server.names import names_of
from kg.server.negotiation import GRAPHS, by_name
from kg.server.reader import Reader
from kg.vocabulary import ID, ONTOLOGY

__all__ = ["DescribeService", "Terms"]

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULTS: Final = (
    *("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"),
    *("Turtle", "JSON-LD", "N-Triples"),
)
_GRAPHS: Final = 1000
_CLASSES: Final = "SELECT ?term (COUNT(DISTINCT ?it) AS ?n) { ?it a ?term } GROUP BY ?term ORDER BY ?term"
_PROPERTIES: Final = "SELECT ?term (COUNT(*) AS ?n) { ?it ?term ?value } GROUP BY ?term ORDER BY ?term"
_TRIPLES: Final = "SELECT (COUNT(*) AS ?n) { ?it ?term ?value }"


@dataclass(frozen=True, slots=True)
class DescribeService:
    """The service description (``service``) or VoID of the graph; ``base`` is the address of the server."""

    base: str
    form: str
    service: bool
    max_rows: int

    def __call__(self, reader: Reader) -> Answer:
        """Write it."""
        form = by_name(self.form, GRAPHS)
        assert form is not None
        triples = {*self._dataset(reader), *(self._service(reader) if self.service else ())}
        return Answer(rdf_content(triples, form), form.content_type, len(triples), False, reader.version)

    @property
    def _data(self) -> NamedNode:
        return NamedNode(f"{self.base}/.well-known/void#dataset")

    def _dataset(self, reader: Reader) -> Iterator[Triple]:
        this = self._data
        endpoint = NamedNode(f"{self.base}/sparql")
        yield Triple(this, prefixed("rdf:type"), _void("Dataset"))
        yield Triple(this, prefixed("dct:title"), Literal("工会新闻知识图谱", language="zh"))
        yield Triple(this, prefixed("dct:title"), Literal("Trade-union news as a graph", language="en"))
        yield Triple(this, _void("sparqlEndpoint"), endpoint)
        yield Triple(this, _void("uriSpace"), Literal(ID))
        for vocabulary in (ONTOLOGY, *(PREFIXES[p] for p in ("org", "prov", "oa", "schema", "skos", "time"))):
            yield Triple(this, _void("vocabulary"), NamedNode(vocabulary))
        for feature in ("Turtle", "JSON-LD", "N-Triples"):
            yield Triple(this, _void("feature"), NamedNode(_FORMATS + feature))
        yield Triple(this, _void("triples"), Literal(_number(reader, "triples", _TRIPLES)))
        names = names_of(reader)
        yield Triple(this, _void("entities"), Literal(len(names.things)))
        yield Triple(this, _void("documents"), Literal(len(reader.graph.article_ids())))
        for thing in names.things[:3]:
            yield Triple(this, _void("exampleResource"), NamedNode(thing.iri))
        yield from self._parts(reader, "class", _CLASSES, "classPartition", "entities")
        yield from self._parts(reader, "property", _PROPERTIES, "propertyPartition", "triples")

    def _parts(self, reader: Reader, name: str, query: str, link: str, counted: str) -> Iterator[Triple]:
        for iri, number in _terms(reader, name, query):
            # no blank nodes: a part is named by the term that makes it
            part = NamedNode(f"{self._data.value}-{name}-{''.join(c if c.isalnum() else '-' for c in iri)}")
            yield Triple(self._data, _void(link), part)
            yield Triple(part, _void(name), NamedNode(iri))
            yield Triple(part, _void(counted), Literal(number))

    def _service(self, reader: Reader) -> Iterator[Triple]:
        service = NamedNode(f"{self.base}/sparql")
        data = NamedNode(f"{self.base}/sparql#dataset")
        default = NamedNode(f"{self.base}/sparql#default-graph")
        yield Triple(service, prefixed("rdf:type"), _sd("Service"))
        yield Triple(service, _sd("endpoint"), service)
        yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
        for name in _RESULTS:
            yield Triple(service, _sd("resultFormat"), NamedNode(_FORMATS + name))
        yield Triple(
            service,
            prefixed("rdfs:comment"),
            Literal(f"At most {self.max_rows} rows an answer.", language="en"),
        )
        yield Triple(service, _sd("defaultDataset"), data)
        yield Triple(data, prefixed("rdf:type"), _sd("Dataset"))
        yield Triple(data, _sd("defaultGraph"), default)
        yield Triple(default, prefixed("rdf:type"), _sd("Graph"))
        yield Triple(default, _void("triples"), Literal(_number(reader, "triples", _TRIPLES)))
        for graph in sorted(reader.graph.store.named_graphs(), key=str)[:_GRAPHS]:
            if isinstance(graph, NamedNode):
                here = NamedNode(f"{self.base}{path_of(graph.value) or '/sparql'}#graph")
                yield Triple(data, _sd("namedGraph"), here)
                yield Triple(here, prefixed("rdf:type"), _sd("NamedGraph"))
                yield Triple(here, _sd("name"), graph)


@dataclass(frozen=True, slots=True)
class Terms:
    """The classes and properties that the graph uses, in their short form."""

    def __call__(self, reader: Reader) -> list[str]:
        """List them."""
        rows = [*_terms(reader, "class", _CLASSES), *_terms(reader, "property", _PROPERTIES)]
        return sorted({shortened(iri) for iri, _ in rows})


def _terms(reader: Reader, name: str, query: str) -> list[tuple[str, int]]:
    """Each term of a kind, and how often it is used."""

    def counted(graph: Graph) -> list[tuple[str, int]]:
        return [(str(row.term), int(str(row.n))) for row in graph.query(query)]

    return reader.kept(f"terms {name}", counted)


def _number(reader: Reader, name: str, query: str) -> int:
    def counted(graph: Graph) -> int:
        return int(str(graph.query(query)[0][0]))

    return reader.kept(f"number {name}", counted)


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _void(name: str) -> NamedNode:
    return NamedNode(_VOID + name)
