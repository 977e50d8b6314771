"""The application at an address."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import closing

import uvicorn
from fastapi import FastAPI

from kg.errors import GraphError
from kg.server.limits import Limits

__all__ = ["configuration", "listening", "run"]


def run(
    app: FastAPI, limits: Limits, *, host: str, port: int, started: Callable[[str], None] | None = None
) -> None:
    """Serve the application until interrupted; ``started`` is called with its address.

    Raises:
        GraphError: if the address cannot be listened at.
    """
    with closing(listening(host, port)) as opened:
        name, number, *_ = opened.getsockname()
        if started:
            started(f"http://[{name}]:{number}" if ":" in name else f"http://{name}:{number}")
        uvicorn.Server(configuration(app, limits)).run(sockets=[opened])


def configuration(app: FastAPI, limits: Limits) -> uvicorn.Config:
    """How the web server serves the application."""
    return uvicorn.Config(
        app,
        log_level="warning",
        server_header=False,
        limit_concurrency=64 + limits.concurrency + limits.waiting,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=3,
        h11_max_incomplete_event_size=4 * limits.max_query_bytes,
    )


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens at the address; port 0 is a free one.

    Raises:
        GraphError: if it cannot.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # the protocol must be named: only then does asyncio send small answers without a delay of 40 ms
    opened = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # else the port is not free again for a minute; on Windows it would be shared
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        opened.bind((host, port))
        opened.listen(128)
    except OSError as error:
        opened.close()
        raise GraphError(f"cannot listen at {host}:{port}: {error.strerror or error}") from error
    return opened
