"""Services for programs: OpenRefine's reconciliation, and VoID."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from kg.errors import QueryError
from kg.server.addresses import short_id
from kg.server.dataset import DescribeService
from kg.server.endpoint import answered
from kg.server.names import Search
from kg.server.negotiation import GRAPHS, best, by_name
from kg.server.openapi import PAGE, RECONCILE_GET, RECONCILE_POST, VOID
from kg.server.portrait import PortraitOf
from kg.server.reconciliation import (
    description,
    manifest,
    parse_batch,
    parse_extension,
    suggested,
)
from kg.server.site import render
from kg.server.visits import Language, RefusalError, ask, base_of, body_of, pairs_of, server_of
from kg.vocabulary import ID, EntityType, Predicate

__all__ = ["router"]

router = APIRouter(tags=["services"])

Prefix = Annotated[str, Query(max_length=200, description="the beginning of a name")]
_FRAMES = "http://127.0.0.1:* http://localhost:*"


@router.get("/.well-known/void", openapi_extra=VOID, response_class=Response)
async def void(request: Request) -> Response:
    """What the graph holds, in the vocabulary VoID."""
    named = request.query_params.get("format")
    form = by_name(named, GRAPHS) if named else best(request.headers.get("accept"), GRAPHS)
    if form is None and not named and "text/html" in request.headers.get("accept", ""):
        form = GRAPHS[0]
    if form is None:
        raise RefusalError(406, f"this comes as {', '.join(f.media for f in GRAPHS)}")
    limits = server_of(request).limits
    return answered(
        await ask(request, DescribeService(base_of(request), form.name, False, limits.max_rows)),
        limits.max_rows,
    )


@router.get("/reconcile/", include_in_schema=False)
@router.get("/reconcile", openapi_extra=RECONCILE_GET, response_class=JSONResponse)
async def reconcile(request: Request) -> Response:
    """What the reconciliation service offers, or candidates for names."""
    return await _reconciled(request, pairs_of(request.scope["query_string"]))


@router.post("/reconcile/", include_in_schema=False)
@router.post("/reconcile", openapi_extra=RECONCILE_POST, response_class=JSONResponse)
async def reconcile_form(request: Request) -> Response:
    """Candidates for names, or values of properties for things."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        raise RefusalError(415, "a batch is sent as application/x-www-form-urlencoded")
    most = 3 * server_of(request).limits.max_query_bytes
    return await _reconciled(request, pairs_of(await body_of(request, most)))


async def _reconciled(request: Request, pairs: list[tuple[str, str]]) -> Response:
    given = dict(pairs)
    most = server_of(request).limits.batch
    if "queries" in given:
        return JSONResponse(await ask(request, parse_batch(given["queries"], most=most)))
    if "extend" in given:
        return JSONResponse(await ask(request, parse_extension(given["extend"], most=most)))
    return JSONResponse(manifest(base_of(request), batch=most))


@router.get("/reconcile/suggest/entity", response_class=JSONResponse)
async def suggest_entity(
    request: Request, prefix: Prefix = "", cursor: Annotated[int, Query(ge=0, le=10_000)] = 0
) -> dict[str, Any]:
    """Things whose name begins so, or holds it."""
    found = await ask(request, Search(prefix, (), 10, cursor)) if prefix.strip() else None
    return {
        "result": [
            {
                "id": short_id(hit.thing.iri),
                "name": hit.thing.label,
                "description": description(hit.thing),
                "notable": [{"id": hit.thing.type, "name": hit.thing.type}],
            }
            for hit in (found.hits if found else ())
        ]
    }


@router.get("/reconcile/suggest/property", response_class=JSONResponse)
async def suggest_property(prefix: Prefix = "") -> dict[str, Any]:
    """Properties whose name holds this."""
    return {"result": suggested("property", prefix)}


@router.get("/reconcile/suggest/type", response_class=JSONResponse)
async def suggest_type(prefix: Prefix = "") -> dict[str, Any]:
    """Types whose name holds this."""
    return {"result": suggested("type", prefix)}


@router.get("/reconcile/extend/propose", response_class=JSONResponse)
async def propose(
    type: Annotated[str, Query(max_length=40)] = "",  # noqa: A002
    limit: Annotated[int, Query(ge=0, le=100)] = 20,
) -> dict[str, Any]:
    """Properties that things of a type have."""
    properties = [row for row in suggested("property", "") if row["id"] != Predicate.WROTE_FOR]
    chosen = properties[: limit or None]
    return {
        "type": type if type in set(EntityType) else "",
        "limit": limit,
        "properties": [{"id": row["id"], "name": row["name"]} for row in chosen],
    }


@router.get("/reconcile/preview", openapi_extra=PAGE, response_class=Response)
async def preview(
    request: Request,
    id: Annotated[str, Query(max_length=1000, description="what tells the thing from others")] = "",  # noqa: A002
    lang: Language = "zh",
) -> Response:
    """A thing in a few words, to be shown in a small frame."""
    try:
        portrait = await ask(request, PortraitOf(ID + id))
    except QueryError as error:
        raise RefusalError(404, str(error)) from None
    return render(request, "preview.html", lang, it=portrait, ancestors=_FRAMES)
