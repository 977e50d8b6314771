"""The pages for people; those of things speak RDF as well."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.convertors import Convertor, register_url_convertor

from kg.errors import QueryError
from kg.graph.iris import article_id
from kg.graph.terms import PREFIXES
from kg.queries import queries
from kg.server.addresses import iri_of, path_of
from kg.server.article import ArticleOf
from kg.server.dataset import Terms
from kg.server.endpoint import answered
from kg.server.linked import Describe, RecordOf
from kg.server.names import Search
from kg.server.negotiation import GRAPHS, HTML, PAGES, Form, best, by_name
from kg.server.openapi import LINKED, PAGE
from kg.server.overview import ArticleList, LookAround
from kg.server.portrait import PortraitOf
from kg.server.questions import Question, examples, with_prefixes
from kg.server.site import page_numbers, render
from kg.server.surroundings import Surroundings, WholeNetwork
from kg.server.visits import Language, RefusalError, ask, base_of, server_of
from kg.server.vocabulary_page import entries, vocabulary_rdf
from kg.server.words import Words
from kg.vocabulary import ID, EntityType, entity_iri_parts

__all__ = ["router"]


class _Name(Convertor[str]):
    """Any part of a path; the framework's own stops at a line break, which a name may hold."""

    regex = r"[\s\S]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("name", _Name())
router = APIRouter(tags=["pages"], default_response_class=HTMLResponse)

_A_PAGE: Final = 50
_ROWS: Final = 200
_ASKED: Final = 8
_FIRST_ASKED: Final = (
    "awards",
    "honours",
    "career",
    "posts",
    "tree",
    "observations",
    "comparison",
    "conflicts",
)
"""The questions that the start page shows, where there are such."""
_SUFFIXES: Final = {".ttl": "ttl", ".jsonld": "jsonld", ".nt": "nt", ".html": "html"}
_LINKS: Final = 6000
_DRAWING: Final = 180.0
"""Seconds that the network of the whole graph may take to draw."""

Number = Annotated[int, Query(ge=1, le=1_000_000, description="number of the page")]
Text = Annotated[str, Query(max_length=200, description="a name, an alias, pinyin or initials")]
Type = Annotated[str, Query(max_length=40, description="a type, such as Organization")]


@router.get("/", openapi_extra=PAGE)
async def start(request: Request, lang: Language = "zh") -> Response:
    """What is in the graph."""
    known = queries()
    first = [known[name] for name in _FIRST_ASKED if name in known]
    return render(
        request,
        "start.html",
        lang,
        seen=await ask(request, LookAround()),
        questions=(first + [q for q in known.values() if q not in first])[:_ASKED],
    )


@router.get("/search", openapi_extra=PAGE)
async def search(
    request: Request,
    q: Text = "",
    type: Type = "",  # noqa: A002
    page: Number = 1,
    lang: Language = "zh",
) -> Response:
    """Things that are called so."""
    if not q.strip():
        return RedirectResponse("/things" + ("?lang=en" if lang == "en" else ""), 303)
    return await _listed(request, "search.html", q, type, page, lang)


@router.get("/things", openapi_extra=PAGE)
async def things(
    request: Request,
    type: Type = "",  # noqa: A002
    page: Number = 1,
    lang: Language = "zh",
) -> Response:
    """All things, or those of a type, the most named first."""
    return await _listed(request, "search.html", "", type, page, lang)


async def _listed(request: Request, template: str, q: str, kind: str, page: int, lang: str) -> Response:
    if kind and kind not in set(EntityType):
        raise RefusalError(404, f"there is no type {kind}")
    types = (kind,) if kind else ()
    skip = (page - 1) * _A_PAGE
    found = await ask(request, Search(q, types, _A_PAGE, skip))
    number, most = page_numbers(page, found.total, _A_PAGE)
    if number != page:
        raise RefusalError(404, f"there are {most} pages")
    return render(
        request, template, lang, found=found, asked=q, type=kind, page=page, most=most, path=request.url.path
    )


@router.get("/suggest", tags=["services"], response_class=JSONResponse)
async def suggest(request: Request, q: Text = "", lang: Language = "zh") -> list[dict[str, Any]]:
    """A few things that are called so, for a search box."""
    found = await ask(request, Search(q, (), 8)) if q.strip() else None
    return [
        {
            "iri": hit.thing.iri,
            "path": path_of(hit.thing.iri),
            "label": hit.thing.label,
            "type": hit.thing.type,
            "name": hit.name,
        }
        for hit in (found.hits if found else ())
    ]


@router.get("/articles", openapi_extra=PAGE)
async def articles(request: Request, page: Number = 1, lang: Language = "zh") -> Response:
    """All articles, the newest first."""
    rows, total = await ask(request, ArticleList(_A_PAGE, (page - 1) * _A_PAGE))
    number, most = page_numbers(page, total, _A_PAGE)
    if number != page:
        raise RefusalError(404, f"there are {most} pages")
    return render(request, "articles.html", lang, rows=rows, total=total, page=page, most=most)


@router.get("/id/{name:name}", openapi_extra=LINKED)
async def thing(request: Request, name: str, lang: Language = "zh") -> Response:
    """A thing, an article or a record under its own IRI: a page, Turtle, JSON-LD or N-Triples."""
    iri = iri_of(request.scope["raw_path"].decode("latin-1"))
    wanted = request.query_params.get("format")
    suffix = next((s for s in _SUFFIXES if iri.endswith(s)), None)
    if suffix and not wanted:
        try:  # what is itself called so comes first
            return await _told(request, iri, _form(request, None), lang)
        except _NothingError:
            return await _told(request, iri.removesuffix(suffix), _form(request, _SUFFIXES[suffix]), lang)
    return await _told(request, iri, _form(request, wanted), lang)


def _form(request: Request, name: str | None) -> Form:
    form = by_name(name, PAGES) if name else best(request.headers.get("accept"), PAGES)
    if form is None:
        raise RefusalError(406, f"this comes as {', '.join(f.media for f in PAGES)}")
    return form


async def _told(request: Request, iri: str, form: Form, lang: str) -> Response:
    if iri == ID:
        return RedirectResponse("/things", 303)
    most = server_of(request).limits.max_rows
    if form is HTML:
        response: Response = await _shown(request, iri, lang)
    else:
        job = Describe(iri, form.name, most)
        try:
            response = answered(await ask(request, job), most)
        except QueryError as error:
            raise _NothingError(str(error)) from None
    path = (path_of(iri) or "").partition("#")[0]
    links = [f'<{iri_ascii(iri)}>; rel="describes"']
    links += [f'<{path}?format={f.name}>; rel="alternate"; type="{f.media}"' for f in PAGES if f is not form]
    link = ", ".join(links)
    if len(link) < _LINKS:  # a name can be very long, and clients refuse long headers
        response.headers["Link"] = link
    return response


def iri_ascii(iri: str) -> str:
    """An IRI as it may stand in a header."""
    return ID + (path_of(iri) or "").removeprefix("/id/")


class _NothingError(RefusalError):
    """There is nothing under this IRI."""

    def __init__(self, detail: str) -> None:
        super().__init__(404, detail)


async def _shown(request: Request, iri: str, lang: str) -> Response:
    try:
        if entity_iri_parts(iri):
            portrait = await ask(request, PortraitOf(iri))
            return render(request, "thing.html", lang, it=portrait, forms=GRAPHS)
        name = article_id(iri)
        if name is not None:
            article = await ask(request, ArticleOf(name))
            return render(request, "article.html", lang, it=article, forms=GRAPHS)
        record = await ask(request, RecordOf(iri))
        return render(request, "record.html", lang, it=record, forms=GRAPHS)
    except KeyError:
        raise _NothingError(f"there is nothing with the IRI {iri}") from None
    except QueryError as error:
        raise _NothingError(str(error)) from None


@router.get("/network", openapi_extra=PAGE)
async def network(
    request: Request,
    focus: Annotated[str, Query(max_length=1000, description="IRI of a thing")] = "",
    lang: Language = "zh",
) -> Response:
    """The network of the whole graph, or around one thing, as a page of its own."""
    if focus:
        try:
            content = await ask(request, Surroundings(focus, lang))
        except QueryError as error:
            raise RefusalError(404, str(error)) from None
    else:
        content = await _whole(request, lang)
    response = HTMLResponse(content)
    # the page has a policy of its own for what it may run; this one lets it stand in a frame of ours,
    # and keeps it from acting in the name of this server
    response.headers["Content-Security-Policy"] = (
        "sandbox allow-scripts allow-downloads allow-modals allow-popups; frame-ancestors 'self'"
    )
    return response


async def _whole(request: Request, lang: str) -> str:
    """The network of the whole graph, drawn once even where several ask for it at the same time."""
    server = server_of(request)
    async with server.drawing:
        return await server.pages.ask(WholeNetwork(lang), seconds=_DRAWING)


@router.get("/questions", openapi_extra=PAGE)
async def questions(request: Request, lang: Language = "zh") -> Response:
    """The questions that have a name."""
    return render(request, "questions.html", lang, questions=list(queries().values()))


@router.get("/questions/{name}", openapi_extra=PAGE)
async def question(request: Request, name: str, lang: Language = "zh") -> Response:
    """One question, with its blanks, and its answer as a table."""
    found = queries().get(name)
    if found is None:
        raise RefusalError(404, f"there is no question {name}")
    given = {p.name: request.query_params.get(p.name, "")[:300] for p in found.parameters}
    needed = any(given.values()) or "ask" in request.query_params or not found.parameters
    table, fault = None, ""
    if needed:
        job = Question(name, tuple(given.items()), _ROWS)
        try:
            table = await server_of(request).queries.ask(job)
        except QueryError as error:
            fault = str(error)
    example = next(e for e in examples() if e.name == name)
    return render(
        request,
        "question.html",
        lang,
        question=found,
        given=given,
        table=table,
        fault=fault,
        text=example.text,
        status=400 if fault else 200,
    )


@router.get("/query", openapi_extra=PAGE)
async def query(
    request: Request,
    query: Annotated[str, Query(max_length=100_000, description="a SPARQL query to begin with")] = "",
    lang: Language = "zh",
) -> Response:
    """The page on which one writes a query."""
    server = server_of(request)
    data = {
        "terms": await ask(request, Terms()),
        "prefixes": PREFIXES,
        "examples": [{"name": e.name, "zh": e.zh, "en": e.en, "text": e.text} for e in examples()],
        "root": ID.removesuffix("id/"),
        "types": [str(t) for t in EntityType],
    }
    text = query or with_prefixes(_FIRST)
    words = Words(lang)
    spoken = {key: words(key) for key in words.keys("query.")}
    return render(request, "query.html", lang, data=data, text=text, limits=server.limits, query_words=spoken)


_FIRST: Final = """SELECT ?name ?award ?year WHERE {
  ?receipt a kg:AwardReceipt ;
    kg:recipient/skos:prefLabel ?name ;
    kg:award/skos:prefLabel ?award .
  OPTIONAL { ?receipt kg:year ?year }
} ORDER BY ?name ?year LIMIT 100
"""


@router.get("/ontology", openapi_extra=LINKED, tags=["linked data"])
async def vocabulary(request: Request, lang: Language = "zh") -> Response:
    """The vocabulary of the graph: a page, Turtle, JSON-LD or N-Triples."""
    form = _form(request, request.query_params.get("format"))
    if form is HTML:
        return render(request, "ontology.html", lang, entries=entries(lang), forms=GRAPHS)
    response = Response(vocabulary_rdf(form), headers={"Vary": "Accept"})
    response.headers["Content-Type"] = form.content_type
    return response


@router.get("/api", openapi_extra=PAGE)
async def programs(request: Request, lang: Language = "zh") -> Response:
    """How programs use this server."""
    described = request.app.openapi()
    return render(
        request,
        "api.html",
        lang,
        described=described,
        base=base_of(request),
        limits=server_of(request).limits,
    )
