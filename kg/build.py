"""The main job: files in, a graph folder out; one bad file never stops the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.errors import ReadingError
from kg.extraction import extract
from kg.graph import Graph
from kg.language.time import interval
from kg.model import Extraction
from kg.reading import find_files, read_file

__all__ = ["BuildReport", "build"]


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the articles written, and for each file that failed the reason."""

    graph: Graph
    built: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    counts: Counter[str] = field(default_factory=Counter)
    rejections: Counter[str] = field(default_factory=Counter)

    @property
    def ok(self) -> bool:
        """Whether every file became part of the graph."""
        return not self.failed


def build(
    paths: Iterable[str | Path], folder: str | Path, *, model: str | None = None, encoding: str | None = None
) -> BuildReport:
    """Read the files and folders in ``paths`` and write their graph into ``folder``.

    The folder then holds these articles and no others.

    Raises:
        ReadingError: if a path does not exist or holds nothing that can be read.
        GraphError: if ``folder`` is something else than a graph folder, or cannot be written.
        ModelError: if ``model`` is not installed or finds no entities.
    """
    failed: list[tuple[str, str]] = []
    files: list[str | Path] = []
    for path in paths:
        try:
            files += find_files([path])
        except ReadingError as error:
            failed.append((str(path), str(error)))
    graph = Graph.create(folder, calendar=_days)
    built: dict[str, str] = {}
    counts: Counter[str] = Counter()
    rejections: Counter[str] = Counter()
    with graph.writing():
        for file in files:
            try:
                extraction = extract(read_file(file, encoding=encoding), model=model)
            except ReadingError as error:
                failed.append((str(file), str(error)))
                continue
            if extraction.document.id in built:
                counts["duplicate"] += 1
                continue
            graph.put(extraction)
            built[extraction.document.id] = str(file)
            _count(extraction, counts, rejections)
        for article in set(graph.article_ids()) - set(built):
            graph.remove(article)
    return BuildReport(graph, tuple(built.values()), tuple(failed), counts, rejections)


def _days(period: str, published: str | None) -> tuple[date, date] | None:
    """The first and last day of a period that has both; None for one that is open or names no time."""
    found = interval(period, published)
    if not found or not all(found):
        return None
    return date.fromisoformat(found[0]), date.fromisoformat(found[1])


def _count(extraction: Extraction, counts: Counter[str], rejections: Counter[str]) -> None:
    counts["entities"] += len(extraction.entities)
    counts["facts"] += len(extraction.facts)
    counts["observations"] += len(extraction.observations)
    counts["mentions"] += sum(len(e.mentions) for e in extraction.entities)
    rejections.update(r.reason for r in extraction.rejections)
