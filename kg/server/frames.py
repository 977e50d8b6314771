"""How questions and answers go between the server and its workers: pickled values behind their length."""

from __future__ import annotations

from typing import Final

__all__ = ["HEAD", "READY", "UnexpectedError"]

HEAD: Final = 8
"""Bytes of the length before each value."""

READY: Final = b"ready\n"
"""What a worker says first, when the graph is open."""


class UnexpectedError(Exception):
    """An error in a worker that nobody expected; its text names the error."""
