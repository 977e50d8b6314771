"""The SPARQL 1.1 Protocol, for queries."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from kg.server.answers import Answer, Ask
from kg.server.dataset import DescribeService
from kg.server.negotiation import GRAPHS, HTML, TABLES, best, by_name
from kg.server.openapi import SPARQL_GET, SPARQL_POST
from kg.server.visits import RefusalError, base_of, body_of, pairs_of, server_of, unless_gone

__all__ = ["answered", "router"]

router = APIRouter(tags=["SPARQL"])

_FORM: Final = "application/x-www-form-urlencoded"
_DIRECT: Final = "application/sparql-query"
_VARY: Final = {"Vary": "Accept"}


@router.get("/sparql/", include_in_schema=False)
@router.get("/sparql", openapi_extra=SPARQL_GET, response_class=Response)
async def ask_by_address(request: Request) -> Response:
    """Ask a query, or without one have the service describe itself."""
    pairs = pairs_of(request.scope["query_string"])
    accept = request.headers.get("accept")
    names = [name for name, _ in pairs]
    if "query" not in names and "update" not in names:
        return await _described(request, pairs, accept)
    if "format" not in names and best(accept, (*TABLES, *GRAPHS, HTML)) is HTML:
        query = {"query": next((v for n, v in pairs if n == "query"), "")}
        return RedirectResponse(f"/query?{urlencode(query)}", 303, _VARY)
    return await _answered(request, pairs, accept)


@router.post("/sparql/", include_in_schema=False)
@router.post("/sparql", openapi_extra=SPARQL_POST, response_class=Response)
async def ask_by_body(request: Request) -> Response:
    """Ask a query that is sent as a form or as it is."""
    media, charset = _media(request.headers.get("content-type", ""))
    if media not in (_FORM, _DIRECT):
        raise RefusalError(
            415, f"a query is sent as {_FORM} or {_DIRECT}", {"Accept-Post": f"{_FORM}, {_DIRECT}"}
        )
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise RefusalError(415, f"a query is sent in UTF-8, not in {charset}")
    most = server_of(request).limits.max_query_bytes
    pairs = pairs_of(request.scope["query_string"])
    if media == _FORM:
        pairs += pairs_of(await body_of(request, 3 * most + 4096))
    else:
        content = await body_of(request, most)
        if any(name in ("query", "update") for name, _ in pairs):
            raise RefusalError(400, "the query is in the body and cannot be in the address as well")
        try:
            pairs.append(("query", content.decode("utf-8-sig")))
        except UnicodeDecodeError:
            raise RefusalError(400, "the query is not UTF-8") from None
    return await _answered(request, pairs, request.headers.get("accept"))


async def _answered(request: Request, pairs: list[tuple[str, str]], accept: str | None) -> Response:
    server = server_of(request)
    queries = [value for name, value in pairs if name == "query"]
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        raise RefusalError(400, "this graph is only read: updates are refused")
    if len(queries) != 1:
        raise RefusalError(400, f"one parameter query was expected, not {len(queries)}")
    if len(queries[0].encode("utf-8", "replace")) > server.limits.max_query_bytes:
        raise RefusalError(413, f"the query is longer than {server.limits.max_query_bytes} bytes")
    job = Ask(
        queries[0],
        accept,
        next((value for name, value in pairs if name == "format" and value), None),
        tuple(value for name, value in pairs if name == "default-graph-uri" and value),
        tuple(value for name, value in pairs if name == "named-graph-uri" and value),
        server.limits.max_rows,
        server.limits.max_bytes,
        f"{base_of(request)}/sparql",
        f"{base_of(request)}/api#limits",
    )
    return answered(await unless_gone(request, server.queries.ask(job)), server.limits.max_rows)


def answered(answer: Answer, max_rows: int) -> Response:
    """An answer as a response; the headers say how many rows it has, and whether it was cut."""
    headers = {**_VARY, "X-Result-Rows": str(answer.rows)}
    if answer.cut:
        headers["X-SPARQL-MaxRows"] = str(max_rows)
    response = Response(answer.content, headers=headers)
    response.headers["Content-Type"] = answer.content_type
    return response


async def _described(request: Request, pairs: list[tuple[str, str]], accept: str | None) -> Response:
    named = next((value for name, value in pairs if name == "format"), None)
    form = by_name(named, GRAPHS) if named else best(accept, (*GRAPHS, HTML))
    if form is HTML:
        return RedirectResponse("/query", 303, _VARY)
    if form is None:
        raise RefusalError(406, f"the service describes itself as {', '.join(f.media for f in GRAPHS)}")
    server = server_of(request)
    job = DescribeService(base_of(request), form.name, True, server.limits.max_rows)
    return answered(await server.pages.ask(job), server.limits.max_rows)


def _media(header: str) -> tuple[str, str]:
    """The media type and charset of a header ``Content-Type``."""
    media, *parameters = (part.strip().lower() for part in header.split(";"))
    charset = next((p.partition("=")[2].strip("\" '") for p in parameters if p.startswith("charset")), "")
    return media, charset
