"""The graph as a web server: pages for people, RDF and SPARQL for programs; reading only.

This module imports nothing heavy, because the worker processes pass through it: the framework is
loaded when an application is made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import GraphError
from kg.server.limits import Limits

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["Limits", "create_app", "serve"]


def create_app(
    folder: str | Path,
    limits: Limits | None = None,
    *,
    hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
) -> FastAPI:
    """The server as an ASGI application.

    Args:
        folder: the folder of the graph; when the graph in it changes, the new one is served.
        limits: what a visitor may use; see :class:`Limits`.
        hosts: names under which the server may be called, beside those of this machine itself.
            A request for another name is refused, so that no web site can reach the server by
            giving its own name this machine's address.
        origins: web sites (``https://example.org``) whose scripts may read the answers, beside
            those that this machine itself serves; ``*`` for all.

    Raises:
        GraphError: if there is no graph in ``folder``, or the extra ``server`` is not installed.
    """
    try:
        from kg.server.application import application
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("kg"):
            raise
        raise GraphError(f"the server needs {error.name}: pip install 'union-kg[server]'") from error
    return application(Path(folder), limits or Limits(), hosts=hosts, origins=origins)


def serve(
    folder: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    timeout: float = Limits.timeout,
    max_rows: int = Limits.max_rows,
    max_query_bytes: int = Limits.max_query_bytes,
    concurrency: int = Limits.concurrency,
    memory: int = Limits.memory,
    allow_host: Sequence[str] = (),
    allow_origin: Sequence[str] = (),
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve the graph in ``folder`` until interrupted.

    Args:
        folder: the folder of the graph.
        host: the address to listen at. Any but that of this machine itself is open to others; that
            of all its addresses (``0.0.0.0``) wants ``allow_host`` to say what the server is called.
        port: the port to listen at; 0 takes a free one.
        timeout: seconds that one question may take.
        max_rows: rows or triples of one answer.
        max_query_bytes: length of one query.
        concurrency: how many queries run at once.
        memory: bytes that one worker process may use, where the system can limit it.
        allow_host: see ``hosts`` of :func:`create_app`.
        allow_origin: see ``origins`` of :func:`create_app`.
        started: called with the address of the server when it listens.

    Raises:
        GraphError: if there is no graph in ``folder``, the extra ``server`` is not installed, the
            address cannot be listened at, or it is that of all addresses and ``allow_host`` is empty.
        ValueError: if a limit makes no sense.
    """
    limits = Limits(
        timeout=timeout,
        max_rows=max_rows,
        max_query_bytes=max_query_bytes,
        concurrency=concurrency,
        memory=memory,
    )
    hosts = list(allow_host)
    if host in ("", "0.0.0.0", "::"):
        if not hosts:
            raise GraphError(
                f"at {host or 'every address'} others can reach the server: say by which name they may call"
                " it (allow_host), or listen at 127.0.0.1"
            )
    else:
        hosts.append(host)
    app = create_app(folder, limits, hosts=hosts, origins=allow_origin)
    from kg.server.running import run

    run(app, limits, host=host, port=port, started=started)
