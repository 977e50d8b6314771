"""The graph as a worker process reads it."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol, TypeVar, cast

from kg.errors import GraphError
from kg.graph import Graph

__all__ = ["Job", "Reader"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Job(Protocol[T_co]):
    """A question to the graph: a frozen value that is sent to a worker, which calls it."""

    def __call__(self, reader: Reader) -> T_co:
        """The answer, a plain value as well."""
        ...


class Reader:
    """A graph folder, opened again when the graph in it has changed, and what was costly to find in it.

    Raises:
        GraphError: if there is no graph in the folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._list = folder / "kg.json"
        self._state = self._seen()
        self._open()

    @property
    def graph(self) -> Graph:
        """The graph, as it was when the worker last looked."""
        return self._graph

    @property
    def version(self) -> str:
        """A digest of all that the graph consists of."""
        return self._version

    def refresh(self) -> None:
        """Open the graph again if it has changed; keep the old one if the new one cannot be read."""
        state = self._seen()
        if state is None or state == self._state:
            return
        try:
            self._open()
        except GraphError:
            return
        self._state = state

    def kept(self, name: str, make: Callable[[Graph], T]) -> T:
        """What ``make`` makes of the graph, made once for each state of it."""
        if name not in self._kept:
            self._kept[name] = make(self._graph)
        return cast(T, self._kept[name])

    def _open(self) -> None:
        graph = Graph.open(self.folder)
        content = graph.folder.manifest_bytes()
        _ = graph.store  # opened now, and not in a visitor's time
        self._graph = graph
        self._version = sha256(content).hexdigest()[:16]
        self._kept: dict[str, Any] = {}

    def _seen(self) -> tuple[int, int, int] | None:
        try:
            found = self._list.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size, found.st_ino
