"""The application, put together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from kg.errors import GraphError, QueryError
from kg.graph import Graph
from kg.server import endpoint, pages, services
from kg.server.answers import NotAcceptableError, QueryFaultError
from kg.server.frames import UnexpectedError
from kg.server.gate import Gate, problem
from kg.server.limits import Limits
from kg.server.negotiation import ERRORS, HTML, best
from kg.server.openapi import PROBLEMS
from kg.server.pool import BusyError, DiedError, TooLongError
from kg.server.site import folder_of, render
from kg.server.visits import GoneError, RefusalError, Server
from kg.server.words import LANGUAGES, Words

__all__ = ["application"]

_LOG: Final = logging.getLogger(__name__)
_FOR_PROGRAMS: Final = ("/sparql", "/reconcile", "/suggest", "/.well-known", "/openapi.json")
_DESCRIPTION: Final = (
    "Organizations, people, honours, events and figures read out of trade-union news. Reading only: "
    "SPARQL, linked data under the IRI of each thing, and OpenRefine's reconciliation service."
)


def application(folder: Path, limits: Limits, *, hosts: Sequence[str], origins: Sequence[str]) -> FastAPI:
    """The server as an ASGI application; see :func:`kg.server.create_app`."""
    Graph.open(folder)  # says now, and not to the first visitor, that there is no graph
    server = Server(folder, limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        await server.open()
        try:
            yield
        finally:
            await server.close()

    app = FastAPI(
        title="union-kg",
        version="1",
        summary="Trade-union news as a graph",
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.server = server
    for module in (endpoint, pages, services):
        app.include_router(module.router)
    for name in ("static", "vendor"):
        app.mount(f"/{name}", StaticFiles(directory=folder_of(name)))
    _handle(app)
    _describe(app)
    app.add_middleware(Gate, hosts=hosts, origins=origins)
    return app


def _handle(app: FastAPI) -> None:
    """Errors as problem details for programs, as pages for people."""

    @app.exception_handler(RefusalError)
    async def refused(request: Request, error: RefusalError) -> Response:
        return _problem(request, error.status, str(error.args[0]), error.headers)

    @app.exception_handler(HTTPException)
    async def refused_by_framework(request: Request, error: HTTPException) -> Response:
        return _problem(request, error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(RequestValidationError)
    async def misfit(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        return _problem(request, 400, f"{first['loc'][-1]}: {first['msg']}")

    @app.exception_handler(QueryError)
    async def faulty(request: Request, error: QueryError) -> Response:
        if isinstance(error, NotAcceptableError):
            return _problem(request, 406, str(error))
        if isinstance(error, QueryFaultError) and error.line is not None:
            return _problem(request, 400, str(error), line=error.line, column=error.column)
        return _problem(request, 400, str(error))

    @app.exception_handler(BusyError)
    async def busy(request: Request, error: BusyError) -> Response:
        return _problem(request, 503, "too many questions at once: try again", {"Retry-After": "2"})

    @app.exception_handler(TooLongError)
    async def late(request: Request, error: TooLongError) -> Response:
        return _problem(request, 504, f"{error}: the question was stopped. Ask for less, or add LIMIT.")

    @app.exception_handler(DiedError)
    async def died(request: Request, error: DiedError) -> Response:
        return _problem(request, 503, "the question needs more than this server gives: ask for less")

    @app.exception_handler(GraphError)
    async def broken(request: Request, error: GraphError) -> Response:
        _LOG.error("%s %s: %s", request.method, request.url.path, error)
        return _problem(
            request, 503, "the graph cannot be read at the moment; the log of the server says why"
        )

    @app.exception_handler(GoneError)
    async def gone(request: Request, error: GoneError) -> Response:
        return Response(status_code=499)  # nobody reads it

    @app.exception_handler(UnexpectedError)
    async def failed(request: Request, error: UnexpectedError) -> Response:
        _LOG.error("%s %s: %s", request.method, request.url.path, error)
        return _problem(request, 500, "an error that was not expected; the log of the server has it")


def _problem(
    request: Request, status: int, detail: str, headers: dict[str, str] | None = None, **more: object
) -> Response:
    for_program = request.url.path.startswith(_FOR_PROGRAMS)
    if not for_program and best(request.headers.get("accept"), ERRORS) is HTML:
        lang = request.query_params.get("lang", "zh")
        language = lang if lang in LANGUAGES else "zh"
        key = f"error.{status}" if Words(language).has(f"error.{status}") else "error.other"
        response: Response = render(
            request,
            "error.html",
            language,
            status=status,
            number=status,
            key=key,
            detail=detail,
            sought=request.url.path,
        )
    else:
        response = problem(status, detail, **more)
    response.headers.update(headers or {})
    response.headers["Vary"] = "Accept"
    return response


def _describe(app: FastAPI) -> None:
    """The OpenAPI description, with errors as they are here."""
    generated = app.openapi

    def described() -> dict[str, Any]:
        if app.openapi_schema:
            return app.openapi_schema
        content = generated()
        for path in content["paths"].values():
            for operation in path.values():
                answers = operation["responses"]
                if answers.pop("422", None):
                    answers["400"] = PROBLEMS["400"]
                for status in ("403", "421", "500", "503", "504"):
                    answers.setdefault(status, PROBLEMS[status])
        content.get("components", {}).pop("schemas", None)
        return content

    app.openapi = described  # type: ignore[method-assign]
