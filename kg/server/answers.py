"""Answers to SPARQL queries, in the form that the client wants and no larger than allowed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
)

from kg.errors import QueryError
from kg.graph.binding import iri_term
from kg.graph.guard import Form as QueryForm
from kg.graph.guard import check, tokens
from kg.graph.syntax import rdf_text
from kg.graph.terms import PREFIXES
from kg.server.negotiation import GRAPHS, TABLES, Form, best, by_name
from kg.server.reader import Reader
from kg.spreadsheet import excel_csv, harmless

__all__ = ["Answer", "Ask", "NotAcceptableError", "QueryFaultError", "rdf_content"]

_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SHORT: Final = 80
_DEEPEST: Final = 150
_EXCEL: Final = Form("excel", "text/csv")
_SYNTAX: Final = {"ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD, "nt": RdfFormat.N_TRIPLES}
_RESULTS: Final = {
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"

Term = NamedNode | BlankNode | Literal | Triple


class QueryFaultError(QueryError):
    """A query that cannot be answered; ``line`` and ``column`` say where its fault is, if that is known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message, line, column)
        self.line = line
        self.column = column

    def __str__(self) -> str:
        return str(self.args[0])


class NotAcceptableError(QueryError):
    """None of the forms that the client takes fits the answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes of an answer; ``cut`` where there was more than the limits let through."""

    content: bytes
    content_type: str
    rows: int
    cut: bool
    version: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A SPARQL query with the dataset and the forms that the protocol gives.

    Attributes:
        query: the text.
        accept: the header ``Accept``, or None.
        format: the name of a form, which then counts instead.
        default_graphs, named_graphs: the dataset of the protocol; where there is one, it counts
            instead of that of the query.
        max_rows, max_bytes: beyond this the answer is cut.
        base: what relative IRIs of the query are relative to.
        note: an address that explains why an answer was cut.
    """

    query: str
    accept: str | None
    format: str | None
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    max_rows: int
    max_bytes: int
    base: str | None = None
    note: str = ""

    def __call__(self, reader: Reader) -> Answer:
        """Answer it.

        Raises:
            QueryFaultError: if it is no query that may be asked here.
            NotAcceptableError: if the client takes none of the forms of its answer.
        """
        form = _checked(self.query)
        graph = form.name in ("CONSTRUCT", "DESCRIBE")
        wanted = self._form(GRAPHS if graph else TABLES)
        results = self._run(reader.graph.store, form)
        if isinstance(results, QueryTriples):
            content, rows, cut = self._triples(results, wanted)
        elif isinstance(results, QueryBoolean):
            content, rows, cut = _truth(bool(results), wanted), 1, False
        else:
            content, rows, cut = self._solutions(results, wanted)
        return Answer(content, wanted.content_type, rows, cut, reader.version)

    def _form(self, forms: Sequence[Form]) -> Form:
        if self.format is None:
            found = best(self.accept, forms)
        elif self.format == _EXCEL.name and forms is TABLES:
            found = _EXCEL
        else:
            found = by_name(self.format, forms)
        if found is None:
            known = ", ".join(f.media for f in forms)
            raise NotAcceptableError(f"the answer to this query comes as {known}")
        return found

    def _run(self, store: Store, form: QueryForm) -> QuerySolutions | QueryBoolean | QueryTriples:
        given = bool(self.default_graphs or self.named_graphs)
        graphs = self.default_graphs if given else form.graphs
        named = self.named_graphs if given else form.named_graphs
        for iri in (*graphs, *named):
            if not store.contains_named_graph(iri_term(iri)):
                raise QueryFaultError(f"<{iri}>: there is no such graph here, and none is fetched")
        dataset: dict[str, Any] = {}
        if graphs or named:  # the dataset is then exactly this
            dataset = {"default_graph": [*map(NamedNode, graphs)], "named_graphs": [*map(NamedNode, named)]}
        try:
            return store.query(self.query, base_iri=self.base, prefixes=PREFIXES, **dataset)
        except SyntaxError as error:
            raise _located(str(error)) from None
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryFaultError(f"the query could not be answered: {error}") from None

    def _solutions(self, results: QuerySolutions, wanted: Form) -> tuple[bytes, int, bool]:
        names = [variable.value for variable in results.variables]
        bindings: list[dict[str, Any]] = []
        cut = False
        size = 0
        for solution in _safely(results):
            binding = {
                name: _term(term) for name, term in zip(names, solution, strict=True) if term is not None
            }
            size += sum(len(v["value"]) if isinstance(v["value"], str) else 100 for v in binding.values())
            if len(bindings) >= self.max_rows or size > self.max_bytes:
                cut = True
                break
            bindings.append(binding)
        if wanted.name == _EXCEL.name:
            return _for_excel(names, bindings), len(bindings), cut
        head: dict[str, Any] = {"vars": names}
        if cut and self.note:
            head["link"] = [self.note]
        content = json.dumps({"head": head, "results": {"bindings": bindings}}, ensure_ascii=False).encode(
            "utf-8", "replace"
        )
        return _in_form(content, wanted, self.note if cut else ""), len(bindings), cut

    def _triples(self, results: QueryTriples, wanted: Form) -> tuple[bytes, int, bool]:
        found: dict[Triple, None] = {}
        cut = False
        size = 0
        for triple in _safely(results):
            if triple in found:
                continue
            size += len(str(triple))
            if len(found) >= self.max_rows or size > self.max_bytes:
                cut = True
                break
            found[triple] = None
        content = rdf_content(found, wanted)
        if cut and wanted.name != "jsonld":
            content = f"# cut after {len(found)} triples: {self.note}\n".encode() + content
        return content, len(found), cut


def rdf_content(triples: Iterable[Triple], form: Form) -> bytes:
    """Triples as Turtle, JSON-LD or N-Triples, always in one order."""
    return rdf_text(sorted(triples, key=_order), _SYNTAX[form.name]).encode()


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    predicate = str(triple.predicate)
    return str(triple.subject), not predicate.endswith("-syntax-ns#type>"), predicate, str(triple.object)


def _checked(query: str) -> QueryForm:
    try:
        form = check(query)
    except QueryError as error:
        raise QueryFaultError(str(error)) from None
    depth = 0
    for token in tokens(query):
        if token.kind == "mark":
            depth += (token.text in "{([") - (token.text in "})]")
            if depth > _DEEPEST:
                raise QueryFaultError(f"more than {_DEEPEST} brackets within each other")
    return form


def _located(message: str) -> QueryFaultError:
    match = _PLACE.match(message)
    if not match:
        return QueryFaultError(f"this is no SPARQL: {message}")
    line, column = int(match[1]), int(match[2])
    reason = match[3]
    for known in ("Prefix not found", "IRI parsing failed", "The SELECT contains a variable that is unbound"):
        if known in reason:
            reason = known
    expected = f": {reason}" if len(reason) <= _SHORT else ""
    return QueryFaultError(f"line {line}, column {column}: this is no SPARQL{expected}", line, column)


def _safely(results: Any) -> Iterator[Any]:
    try:
        yield from results
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryFaultError(f"the query could not be answered: {error}") from None


def _term(term: Term) -> dict[str, Any]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        ends = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(end) for name, end in ends.items()}}
    found = {"type": "literal", "value": term.value}
    if term.language:
        found["xml:lang"] = term.language
    elif term.datatype.value != _STRING:
        found["datatype"] = term.datatype.value
    return found


def _truth(value: bool, wanted: Form) -> bytes:
    word = str(value).lower()
    if wanted.name in ("tsv", "csv", _EXCEL.name):  # the standard has no such form; this is what engines do
        return f"{word}\n".encode()
    return _in_form(json.dumps({"head": {}, "boolean": value}).encode(), wanted, "")


def _in_form(content: bytes, wanted: Form, note: str) -> bytes:
    if wanted.name == "json":
        return content
    results = parse_query_results(content, format=QueryResultsFormat.JSON)
    text = results.serialize(format=_RESULTS[wanted.name])
    assert text is not None
    if note and wanted.name == "xml":
        escaped = note.replace("&", "&amp;").replace('"', "&quot;").encode()
        text = text.replace(b"</head>", b'<link href="' + escaped + b'"/></head>', 1)
    return text


def _for_excel(names: Sequence[str], bindings: Iterable[dict[str, Any]]) -> bytes:
    """Comma-separated values that Excel opens right, with no cell that runs as a formula."""
    rows = ([_excel_cell(binding.get(name)) for name in names] for binding in bindings)
    return excel_csv(names, rows).encode("utf-8", "replace")


def _excel_cell(term: dict[str, Any] | None) -> str:
    if term is None:
        return ""
    is_number = term.get("datatype", "").startswith(_STRING[:-6])
    return str(term["value"]) if is_number else harmless(str(term["value"]))
