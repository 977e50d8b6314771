"""What every request passes through: who may ask, and the headers that every answer carries."""

from __future__ import annotations

import ipaddress
import logging
import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["Gate", "is_loopback", "problem"]

_LOG: Final = logging.getLogger(__name__)
_NAME: Final = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\s/@]+)(?::\d{1,5})?")
_ORIGIN: Final = re.compile(r"https?://(\[[0-9A-Fa-f:.]+\]|[^:/\s@]+)(?::\d{1,5})?")
_OURS: Final = frozenset({"same-origin", "same-site", "none"})
_READABLE: Final = "X-SPARQL-MaxRows, X-Result-Rows, Retry-After, Link"
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


class Gate:
    """Lets in who calls the server by a name of its own, and no scripts of other web sites.

    A web site could otherwise read a server on its visitor's machine: by giving its own name that
    machine's address (the header ``Host`` then has that name), or by sending requests from a page
    (the headers ``Origin`` and ``Sec-Fetch-Site`` then say so).
    """

    def __init__(self, app: ASGIApp, *, hosts: Sequence[str], origins: Sequence[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower().strip("[]") for host in hosts)
        self._origins = frozenset(origin.rstrip("/").lower() for origin in origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse to."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        let_in = self._readable(origin, headers.get("host", ""))
        head = scope["method"] == "HEAD"

        async def out(message: Message) -> None:
            if message["type"] == "http.response.start":
                _complete(MutableHeaders(scope=message), origin if let_in else None)
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        refusal = self._refusal(scope, headers, let_in)
        if refusal:
            await refusal(scope, receive, out)
        elif scope["method"] == "OPTIONS" and origin:
            await Response(status_code=204, headers=_ASKED)(scope, receive, out)
        else:
            await self._answered({**scope, "method": "GET"} if head else scope, receive, out)

    async def _answered(self, scope: Scope, receive: Receive, send: Send) -> None:
        """What the application answers; an error that it does not expect is logged, and said in general."""
        begun = False

        async def out(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, out)
        except Exception:  # whatever it is
            _LOG.exception("%s %s", scope["method"], scope["path"])
            if not begun:
                response = problem(500, "an error that was not expected; the log of the server has it")
                await response(scope, receive, send)

    def _refusal(self, scope: Scope, headers: Headers, let_in: bool) -> Response | None:
        host = _NAME.fullmatch(headers.get("host", ""))
        if not host or not self._known(host[1]):
            return problem(421, f"this server is not called {headers.get('host', '')!r}"[:200])
        foreign = headers.get("sec-fetch-site", "none") not in _OURS
        visit = headers.get("sec-fetch-mode") == "navigate" and scope["method"] in ("GET", "HEAD")
        if (headers.get("origin") and not let_in) or (foreign and not visit and not let_in):
            return problem(
                403, "pages of other web sites may not ask this server (see the option for origins)"
            )
        return None

    def _known(self, host: str) -> bool:
        return is_loopback(host) or host.lower().strip("[]") in self._hosts

    def _readable(self, origin: str | None, host: str) -> bool:
        """Whether scripts of this origin may read the answers."""
        if origin is None:
            return False
        match = _ORIGIN.fullmatch(origin)
        if match and (is_loopback(match[1]) or origin.partition("://")[2].lower() == host.lower()):
            return True
        return "*" in self._origins or origin.lower() in self._origins


_ASKED: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "600",
}


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own.

    >>> [is_loopback(h) for h in ("localhost", "127.0.0.1", "[::1]", "example.org")]
    [True, True, True, False]
    """
    name = host.strip("[]").lower()
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def problem(status: int, detail: str, **more: object) -> JSONResponse:
    """An error as problem details (RFC 9457)."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return JSONResponse({**content, **more}, status_code=status, media_type="application/problem+json")


def _complete(headers: MutableHeaders, origin: str | None) -> None:
    for name, value in _HEADERS.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    headers.setdefault("Cache-Control", "no-cache")
    headers.add_vary_header("Origin")
    if origin:
        headers["Access-Control-Allow-Origin"] = origin
        headers["Access-Control-Expose-Headers"] = _READABLE
    else:
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
