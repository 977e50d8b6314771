"""What the routes share: the pools of workers, and questions from requests."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast
from urllib.parse import parse_qsl

from fastapi import Query, Request

from kg.server.limits import Limits
from kg.server.overview import LookAround
from kg.server.pool import Pool
from kg.server.reader import Job

__all__ = [
    "GoneError",
    "Language",
    "RefusalError",
    "Server",
    "ask",
    "base_of",
    "body_of",
    "pairs_of",
    "server_of",
    "unless_gone",
]

T = TypeVar("T")

_PAGES = 2
"""How many processes work for pages, beside those for queries."""

_PATIENCE = 60.0
"""Seconds for a page: its questions are our own, and the first must look through the whole graph."""

Language = Annotated[str, Query(alias="lang", pattern="^(zh|en)$", description="zh or en")]


class RefusalError(Exception):
    """A request that is answered with an error: the status and what is wrong."""

    def __init__(self, status: int, detail: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.headers = headers or {}


class GoneError(Exception):
    """The client has left before there was an answer."""


@dataclass
class Server:
    """A graph folder with two pools of workers: a query that takes long must not keep pages waiting."""

    folder: Path
    limits: Limits
    queries: Pool = field(init=False)
    pages: Pool = field(init=False)
    drawing: asyncio.Lock = field(default_factory=asyncio.Lock)
    warming: asyncio.Future[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.queries = Pool(self.folder, self.limits, self.limits.concurrency)
        self.pages = Pool(self.folder, self.limits, _PAGES, seconds=max(_PATIENCE, self.limits.timeout))

    async def open(self) -> None:
        """Start the workers."""
        await asyncio.gather(self.queries.open(), self.pages.open())
        self.warming = asyncio.gather(
            *(self.pages.ask(LookAround()) for _ in range(_PAGES)), return_exceptions=True
        )

    async def close(self) -> None:
        """End the workers."""
        self.warming.cancel()
        with suppress(asyncio.CancelledError):
            await self.warming
        await asyncio.gather(self.queries.close(), self.pages.close())


def server_of(request: Request) -> Server:
    """The server that answers a request."""
    return cast(Server, request.app.state.server)


async def ask(request: Request, job: Job[T], *, seconds: float | None = None) -> T:
    """The answer of a worker for pages."""
    return await server_of(request).pages.ask(job, seconds=seconds)


def base_of(request: Request) -> str:
    """The address of the server as the client calls it, without a slash at its end."""
    return str(request.base_url).rstrip("/")


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request.

    Raises:
        RefusalError: if it is longer than ``most``.
    """
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > most:
            raise RefusalError(413, f"more than {most} bytes were sent")
    return content


def pairs_of(content: bytes) -> list[tuple[str, str]]:
    """The names and values of a query string or a URL-encoded form.

    Raises:
        RefusalError: if it is not UTF-8, or there are too many.
    """
    try:
        return parse_qsl(
            content.decode("ascii"), keep_blank_values=True, max_num_fields=1000, errors="strict"
        )
    except UnicodeDecodeError:
        raise RefusalError(400, "the parameters are not percent-encoded UTF-8") from None
    except ValueError:
        raise RefusalError(400, "too many parameters") from None


async def unless_gone(request: Request, answer: Awaitable[T]) -> T:
    """The answer; if the client leaves before, the work on it is stopped.

    Raises:
        GoneError: if the client has left.
    """
    working = asyncio.ensure_future(answer)
    watching = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, watching}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise GoneError
    finally:
        watching.cancel()
        if not working.done():
            working.cancel()
            await asyncio.wait({working})


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
