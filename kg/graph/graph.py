"""The graph: open it, put articles in, ask it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Store

from kg.errors import QueryError
from kg.graph import things
from kg.graph.binding import Value, Values, bind, fill, iri_term, several, typed_term
from kg.graph.card import EntityView
from kg.graph.conflicts import Conflict, find_conflicts
from kg.graph.description import Calendar
from kg.graph.export import FORMATS, NETWORKS, RDF, network_text, quads_text
from kg.graph.folder import Entry, GraphFolder, Writing
from kg.graph.guard import check
from kg.graph.identifications import Identified, identified
from kg.graph.iris import article_id, article_iri
from kg.graph.reasons import Reason, reasons
from kg.graph.rows import Rows, rows_of
from kg.graph.store import open_store, refresh_store
from kg.graph.terms import PREFIXES
from kg.graph.things import Figure, Relation, Thing
from kg.model import Extraction
from kg.queries import NamedQuery, named_query
from kg.vocabulary import EntityType, Predicate

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.asking import Index
    from kg.graph.answer import Answer
    from kg.graph.page import Page
    from kg.graph.validation import Violation

__all__ = ["ArticleInfo", "Graph", "Provenance"]

_NAME: Final = re.compile(r"[\w-]+")
_SHORT: Final = 80
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_BY_NAME: Final = """
SELECT DISTINCT ?it {
  VALUES ?name { UNDEF }
  ?it skos:prefLabel ?name ; a ?type
  FILTER(?type != org:Role)
} ORDER BY ?it
"""
_BY_ALIAS: Final = _BY_NAME.replace("prefLabel", "altLabel")
_NEAR: Final = """
SELECT DISTINCT ?label {
  VALUES ?name { UNDEF }
  ?it skos:prefLabel ?label ; a ?type
  FILTER(?type != org:Role)
  FILTER(CONTAINS(STR(?label), STR(?name)) || CONTAINS(STR(?name), STR(?label)))
} ORDER BY STRLEN(STR(?label)) ?label LIMIT 5
"""
_PROVENANCE: Final = """
SELECT ?claims ?links ?records {
  { SELECT (COUNT(DISTINCT ?it) AS ?claims) { VALUES ?kind { kg:Statement kg:Observation } ?it a ?kind } }
  {
    SELECT (COUNT(*) AS ?links) {
      VALUES ?kind { kg:Statement kg:Observation }
      VALUES ?link { prov:wasDerivedFrom prov:wasGeneratedBy }
      ?it a ?kind ; ?link ?from
    }
  }
  {
    SELECT (COUNT(*) AS ?records) {
      { SELECT DISTINCT ?sentence { ?it prov:wasDerivedFrom ?sentence } }
      ?sentence ?any ?value
      FILTER(?any IN (oa:hasSource, oa:start, oa:end, oa:exact) || ?value = kg:Sentence)
    }
  }
}
"""
_LABELS: Final = (
    "SELECT ?it ?label { VALUES ?it { UNDEF } ?it skos:prefLabel|dct:title ?label } ORDER BY ?it ?label"
)


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """An article of the graph: its id, its IRI, what it says of itself, and the files it came from."""

    id: str
    iri: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """How many statements and figures, links from them to evidence and rules, and triples of evidence."""

    claims: int
    links: int
    records: int

    @property
    def triples_per_claim(self) -> float:
        """Provenance triples a statement or figure, on average."""
        return (self.links + self.records) / self.claims if self.claims else 0.0


class Graph:
    """What articles state, as RDF in a folder; made with :meth:`create` or :meth:`open`."""

    def __init__(self, folder: GraphFolder) -> None:
        self.folder = folder
        self._writing: Writing | None = None
        self._marked: dict[str, dict[tuple[str, str], list[list[int]]]] = {}

    @classmethod
    def open(cls, folder: str | Path, *, calendar: Calendar | None = None) -> Graph:
        """The graph in ``folder``.

        Raises:
            GraphError: if there is no graph in it, or a damaged one.
        """
        return cls(GraphFolder.open(folder, calendar=calendar))

    @classmethod
    def create(cls, folder: str | Path, *, calendar: Calendar | None = None) -> Graph:
        """The graph in ``folder``, which is made, empty, where there is none yet.

        Args:
            folder: a graph folder, an empty folder or one that does not exist.
            calendar: tells the interval that a period of a figure stands for.

        Raises:
            GraphError: if ``folder`` holds something else or cannot be written.
        """
        return cls(GraphFolder.create(folder, calendar=calendar))

    def __repr__(self) -> str:
        return f"<Graph {str(self.folder.path)!r}: {len(self.article_ids())} articles>"

    # ------------------------------------------------------------------ writing

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Several changes that become the graph together, or not at all if the block fails.

        Raises:
            GraphError: if another process writes to the folder, or it cannot be written.
        """
        with self.folder.writing() as writing:
            self._writing = writing
            try:
                yield writing
                writing.commit()
                self._forget()
                refresh_store(self.folder)
            finally:
                self._writing = None

    def put(self, extraction: Extraction) -> None:
        """Put an article in, in place of what the graph had under its id.

        Raises:
            GraphError: if the folder cannot be written.
            ValueError: if a fact has an attribute that the vocabulary does not know.
        """
        if self._writing:
            self._writing.put(extraction)
        else:
            with self.writing() as writing:
                writing.put(extraction)

    def remove(self, article: str) -> None:
        """Take an article out, by its id, with all that rested on it alone.

        Raises:
            KeyError: if the graph has no such article.
            GraphError: if the folder cannot be written.
        """
        if self._writing:
            self._writing.remove(article)
        else:
            with self.writing() as writing:
                writing.remove(article)

    def article_ids(self) -> tuple[str, ...]:
        """The ids of the articles, sorted; within :meth:`writing` as they will be."""
        return self._writing.articles if self._writing else tuple(sorted(self.folder.manifest().articles))

    def _forget(self) -> None:
        for name in ("store", "_entries", "_index"):
            self.__dict__.pop(name, None)
        self._marked.clear()

    # ------------------------------------------------------------------ reading

    @cached_property
    def store(self) -> Store:
        """The Oxigraph store: a named graph an article, and all their triples as the default graph."""
        return open_store(self.folder)

    @property
    def rdf(self) -> rdflib.Dataset:
        """The same as an rdflib ``Dataset``, for reading; its queries are checked as well."""
        from kg.graph.dataset import dataset  # rdflib takes its time to import

        return dataset(self.store)

    def articles(self) -> list[ArticleInfo]:
        """The articles, in the order of their ids."""
        rows = self._run(
            "SELECT ?it ?title ?publisher ?published { ?it a kg:Article OPTIONAL { ?it dct:title ?title }"
            " OPTIONAL { ?it dc:publisher ?publisher } OPTIONAL { ?it dct:issued ?published } }"
        )
        said = {str(row.it): row.to_dict() for row in rows}
        return [
            ArticleInfo(
                name,
                iri,
                paths=entry.paths,
                **{key: _text(said.get(iri, {}).get(key)) for key in ("title", "publisher", "published")},
            )
            for name, entry in sorted(self.folder.manifest().articles.items())
            for iri in [article_iri(name)]
        ]

    def extraction(self, article: str) -> Extraction:
        """What was found in the article with this id.

        Raises:
            KeyError: if the graph has no such article.
        """
        return self.folder.extraction(article)

    # ------------------------------------------------------------------ asking

    def query(self, query: str, **parameters: Values) -> Rows:
        """Ask by the name of a query or in SPARQL, with values for its parameters or variables.

        The usual prefixes need not be declared. Queries only read, and only this graph.

        Args:
            query: a name (see :func:`kg.queries.queries`) or the text of a SPARQL query.
            parameters: values for the parameters of a named query, or for variables of the text; a
                list of values stands for any of them.

        Raises:
            QueryError: if the query is no SPARQL, with the line and column; if it would change
                something, ask another service or a graph that is not here; if a parameter does not fit.
        """
        if _NAME.fullmatch(query.strip()):
            return self._ask_named(named_query(query.strip()), parameters)
        form = check(query)
        for graph in (*form.graphs, *form.named_graphs):
            if not self.store.contains_named_graph(iri_term(graph)):
                raise QueryError(f"FROM <{graph}>: there is no such graph here")
        text, added = bind(query, form, parameters)
        return self._run(text, place=form.pattern or 0, added=added)

    def _ask_named(self, query: NamedQuery, parameters: Mapping[str, Values]) -> Rows:
        known = {p.name: p for p in query.parameters}
        for name in parameters:
            if name not in known:
                raise QueryError(f"{query.name} has no parameter {name}; it has {', '.join(known) or 'none'}")
        terms = {
            known[name].slot: [t for v in several(value) for t in self._terms(v, known[name].type)]
            for name, value in parameters.items()
        }
        return self._run(fill(query.text, terms))

    def _terms(self, value: Value, kind: str) -> list[NamedNode | Literal]:
        text = value.value if isinstance(value, NamedNode | Literal) else str(value)
        if kind == "entity":
            return [iri_term(iri) for iri in self._called(text)]
        if kind == "article":
            return [iri_term(iri) for iri in self._titled(text)]
        return [typed_term(value, kind)]

    def _titled(self, title: str) -> list[str]:
        """The IRI itself, or those of the articles with this title or id."""
        if title.startswith(("http://", "https://")):
            return [title]
        found = self._by_label(
            "SELECT ?it { VALUES ?name { UNDEF } ?it dct:title ?name } ORDER BY ?it", title
        )
        found += [article_iri(title)] if title in self.folder.manifest().articles else []
        if not found:
            raise QueryError(f"no article has the title or id {title}; `articles` lists them")
        return found

    def _run(self, text: str, *, place: int = 0, added: int = 0) -> Rows:
        store = self.store
        try:
            return rows_of(store.query(text, prefixes=PREFIXES), sparql=text)
        except SyntaxError as error:
            raise QueryError(_located(str(error), text, place, added)) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"the query could not be answered: {error}") from error

    def ask(self, question: str) -> Answer:
        """The answer to a question in plain Chinese, by the named queries; see :mod:`kg.asking`.

        What is not understood is not guessed at: the answer then says what it stumbled over and how one
        may ask. It never fails.
        """
        from kg.graph.answer import answer

        return answer(question, self._index, lambda a: self.query(a.query, **a.parameters))

    @cached_property
    def _index(self) -> Index:
        from kg.asking import Index

        titles = [(a.title, a.iri) for a in self.articles() if a.title]
        measures = [str(row[0]) for row in self._run("SELECT DISTINCT ?m { ?it kg:measure ?m }")]
        posts = [str(row[0]) for row in self._run("SELECT DISTINCT ?p { ?r a org:Role ; skos:prefLabel ?p }")]
        return Index(self.things(), titles, measures, posts)

    def find(self, name: str) -> list[str]:
        """The IRIs of the things that have this name; if none has, of those that have it as an alias."""
        for query in (_BY_NAME, _BY_ALIAS):
            found = self._by_label(query, name)
            if found:
                return found
        return []

    def _by_label(self, query: str, name: str) -> list[str]:
        text = fill(query, {"name": [Literal(name, language="zh")]})
        return [str(row[0]) for row in self._run(text)]

    def _called(self, name: str) -> list[str]:
        """The IRI itself, or the IRIs of what is called so.

        Raises:
            QueryError: if nothing is; the message has names that are near.
        """
        if name.startswith(("http://", "https://")):
            return [name]
        found = self.find(name)
        if not found:
            near = self._by_label(_NEAR, name)
            raise QueryError(f"nothing is called {name}" + (f"; near it: {'、'.join(near)}" if near else ""))
        return found

    def entity(self, name_or_iri: str) -> EntityView:
        """What the graph knows of one thing.

        Raises:
            QueryError: if nothing is called so, or several things are; the message names them.
        """
        found = self._called(name_or_iri)
        if len(found) > 1:
            raise QueryError(f"{name_or_iri} is the name of several things, give the IRI: {' '.join(found)}")
        known = things.things(self.store, iri_term(found[0]))
        if not known:
            raise QueryError(f"there is nothing with the IRI {found[0]}")
        relations = self.relations(found[0])
        ends = {iri for r in relations for iri in (r.subject, r.object)}
        return EntityView(known[0], tuple(relations), tuple(self.figures(found[0])), self._labels(ends))

    def why(self, subject: str, object: str | None = None) -> list[Reason]:  # noqa: A002
        """What the statements and figures of a thing rest on: sentences, places in the articles, rules.

        Of a thing alone also why it was taken for this thing in each article that names it.

        Args:
            subject: the name or IRI of a thing.
            object: the name or IRI of another; only what ties the two is given.

        Raises:
            QueryError: if nothing is called so, or ``subject`` is the name of several things.
        """
        view = self.entity(subject)
        if object:
            return reasons(view, self._called(object))
        named = (Reason(found.claim, (found.rule,), ()) for found in self.identity(view.iri))
        return [*reasons(view), *named]

    def identity(self, name_or_iri: str) -> list[Identified]:
        """As what a thing is known in each article, and why it was taken for this thing there.

        Raises:
            QueryError: if nothing is called so.
        """
        return [found for iri in self._called(name_or_iri) for found in identified(self.store, iri)]

    def reprints(self) -> list[tuple[str, ...]]:
        """The groups of articles that carry one text, by their ids."""
        groups: dict[str, list[str]] = {}
        for row in self._run("SELECT ?it ?group { ?it kg:copyOf ?group } ORDER BY ?group ?it"):
            groups.setdefault(str(row[1]), []).append(article_id(str(row[0])) or "")
        return [tuple(articles) for articles in groups.values()]

    def conflicts(self) -> list[Conflict]:
        """Figures and years of one thing that differ between articles which are no copies of one text."""
        return find_conflicts(self.store)

    def _labels(self, iris: Iterable[str]) -> dict[str, str]:
        text = fill(_LABELS, {"it": map(iri_term, sorted(iris))})
        return {str(row[0]): str(row[1]) for row in self._run(text)}

    def type_of(self, iri: str) -> str | None:
        """The type of the thing with this IRI; None if there is none."""
        found = things.things(self.store, iri_term(iri))
        return found[0].type if found else None

    def things(self) -> list[Thing]:
        """All things, in the order of their IRIs."""
        return things.things(self.store)

    def relations(self, iri: str | None = None) -> list[Relation]:
        """All statements, or those of which the thing with this IRI is an end, and what was derived."""
        return things.relations(self.store, self._highlights, iri_term(iri) if iri else None)

    def figures(self, iri: str | None = None) -> list[Figure]:
        """All figures, or those of the thing with this IRI."""
        return things.figures(self.store, self._highlights, iri_term(iri) if iri else None)

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return self.folder.manifest().articles

    def _highlights(self, claim: str, sentence: str) -> list[list[int]]:
        article = article_id(sentence) or ""
        if article not in self._marked:
            entry = self._entries.get(article)
            self._marked[article] = self.folder.marks(entry) if entry else {}
        return self._marked[article].get((claim, sentence), [])

    # ------------------------------------------------------------------ other forms

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """The graph as a networkx ``MultiDiGraph``; see :func:`kg.graph.network.network`."""
        from kg.graph.network import network

        return network(self.things(), self.relations(), self.figures())

    def view(
        self,
        *,
        title: str | None = None,
        focus: str | None = None,
        hops: int = 2,
        types: Collection[str] | None = None,
        predicates: Collection[str] | None = None,
        articles: Collection[str] | None = None,
        years: tuple[int, int] | None = None,
        language: str = "zh",
        limit: int = 2000,
    ) -> Page:
        """The network, or a part of it, as one HTML page that needs nothing else.

        Args:
            title: the heading; without it the thing in focus, or the name of the folder.
            focus: the name or IRI of a thing; the page opens with what is near it, and a reader
                can go on from there.
            hops: how near, in relations.
            types: only things of these types (``Person`` or ``人物``); the thing in focus stays.
            predicates: only relations of these kinds (``receivedAward`` or ``获得荣誉``) and their ends.
            articles: only what the articles with these titles, ids or IRIs state.
            years: first and last year; only what has a relation or figure of these years.
            language: in which the page first speaks, ``zh`` or ``en``.
            limit: how many things are drawn at once; a larger graph opens as an overview of its
                communities.

        Raises:
            QueryError: if nothing is called as ``focus`` says, or another option names what is not there.
        """
        from kg.graph import page

        whole = self.to_networkx()
        whole.graph["articles"] = page.publications(self.articles())
        known = [*Predicate, *sorted({key for *_, key in whole.edges(keys=True)})]
        asked = [articles] if isinstance(articles, str) else articles
        return page.network_page(
            whole,
            title=title or focus or self.folder.path.resolve().name,
            language=language,
            focus=None if focus is None else page.middle(whole, self._called(focus)),
            hops=hops,
            limit=limit,
            types=page.terms_of(types, EntityType),
            predicates=page.terms_of(predicates, known),
            articles=None if asked is None else {iri for one in asked for iri in self._titled(one)},
            years=years,
        )

    def _repr_html_(self) -> str:
        """The network for notebooks; of a large graph the things with most relations."""
        from kg.graph import page

        whole = self.to_networkx()
        whole.graph["articles"] = page.publications(self.articles())
        return page.excerpt(whole, title=self.folder.path.resolve().name)._repr_html_()

    def export(self, format: str = "trig") -> str:  # noqa: A002
        """The graph as ``ttl``, ``trig``, ``nq``, ``jsonld``, ``graphml``, ``gexf`` or ``csv``.

        Raises:
            QueryError: if there is no such format.
        """
        if format in RDF:
            return quads_text(map(self.folder.quads, self.folder.manifest().quads().values()), format)
        if format in NETWORKS:
            return network_text(self.to_networkx(), format)
        if format == "csv":
            return self.query("evidence").to_csv()
        raise QueryError(f"{format} is no format: use {', '.join(FORMATS)}")

    def provenance(self) -> Provenance:
        """What it costs in triples that every statement and figure says where it comes from."""
        row = self._run(_PROVENANCE)[0]
        return Provenance(*(int(str(cell)) for cell in row))

    def validate(self) -> list[Violation]:
        """What in the graph is not as the shapes of the ontology say, sorted.

        Raises:
            GraphError: if pySHACL is not installed (the extra ``validate``).
        """
        import rdflib

        from kg.graph.validation import validate_rdf

        return validate_rdf(rdflib.Graph().parse(data=self.export("turtle"), format="turtle"))


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _located(message: str, text: str, place: int, added: int) -> str:
    """The message of a syntax error, its line and column in the query as it was given."""
    match = _PLACE.match(message)
    if not match:
        return f"this is no SPARQL: {message}"
    line, column = int(match[1]), int(match[2])
    line_start = text.rfind("\n", 0, place) + 1
    if added and line == text.count("\n", 0, place) + 1 and column > place - line_start:
        column = max(place - line_start + 1, column - added)
    expected = f": {match[3]}" if len(match[3]) <= _SHORT else ""
    return f"line {line}, column {column}: this is no SPARQL{expected}"
