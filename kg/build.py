"""The main job: files in, a graph folder out; one bad file never stops the rest."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from kg.errors import GraphError, ReadingError
from kg.extraction import extract
from kg.graph import PAGE_TITLES, Graph
from kg.language.time import interval
from kg.model import Document, Extraction
from kg.reading import find_files, read_file

__all__ = ["BuildReport", "Progress", "build"]

Progress = Callable[[list[str | Path]], Iterable[str | Path]]
"""Goes through the files of a build and shows how far it is, such as ``tqdm.tqdm``."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the articles written, what is in them, and for each file that failed the reason.

    ``violations`` is None where the graph was not checked against the shapes; ``seconds`` is the
    time that the build took.
    """

    graph: Graph
    built: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    entities: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    observations: int = 0
    rejections: Counter[str] = field(default_factory=Counter)
    provenance: float = 0.0
    violations: tuple[str, ...] | None = None
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether every file became part of the graph, and the graph is as its shapes say."""
        return not self.failed and not self.violations

    def to_dict(self) -> dict[str, object]:
        """The report as values that JSON knows; without the time, so that equal builds report the same."""
        return {
            "articles": list(self.built),
            "entities": dict(sorted(self.entities.items())),
            "mentions": self.mentions,
            "facts": dict(sorted(self.facts.items())),
            "observations": self.observations,
            "rejections": dict(self.rejections.most_common()),
            "provenance triples per claim": round(self.provenance, 2),
            "violations": None if self.violations is None else list(self.violations),
            "failed": [{"path": path, "reason": reason} for path, reason in self.failed],
        }

    def __str__(self) -> str:
        checked = (
            "not checked against the shapes"
            if self.violations is None
            else f"{len(self.violations)} violations of the shapes"
        )
        lines = [
            f"{len(self.built)} articles -> {self.graph.folder.path} in {self.seconds:.1f} s, {checked}",
            f"{self.entities.total()} entities with {self.mentions} mentions: {_listed(self.entities)}",
            f"{self.facts.total()} facts: {_listed(self.facts)}",
            f"{self.observations} figures; {self.provenance:.1f} triples of evidence for a fact or figure",
            f"{self.rejections.total()} candidates not taken: {_listed(self.rejections)}",
        ]
        return "\n".join([*lines, *(self.violations or ())])


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {number}" for name, number in counts.most_common()) or "none"


def build(
    paths: Iterable[str | Path | Document],
    folder: str | Path,
    *,
    model: str | None = None,
    encoding: str | None = None,
    check: bool = True,
    progress: Progress | None = None,
) -> BuildReport:
    """Read the files and folders in ``paths`` and write their graph into ``folder``.

    The folder then holds these articles and no others.

    Args:
        paths: files, folders, and documents already read.
        folder: a graph folder, an empty folder or one that does not exist.
        model: an installed spaCy pipeline whose entities serve as a second opinion.
        encoding: that of the text files, where it cannot be told.
        check: whether to check the graph against the shapes of the ontology; without pySHACL (the
            extra ``validate``) it is not checked.
        progress: shows how far the build is.

    Raises:
        GraphError: if ``folder`` is something else than a graph folder, or cannot be written.
        ModelError: if ``model`` is not installed or finds no entities.
    """
    started = time.monotonic()
    failed: list[tuple[str, str]] = []
    documents: dict[str, Document] = {}
    files: list[str | Path] = []
    for path in paths:
        if isinstance(path, Document):
            documents[path.path] = path
            files.append(path.path)
        else:
            files += _files(path, failed)
    graph = Graph.create(folder, calendar=_days)
    built: dict[str, str] = {}
    found = _Counts()
    with graph.writing():
        for file in progress(files) if progress else files:
            try:
                document = documents.get(str(file)) or read_file(file, encoding=encoding)
            except ReadingError as error:
                failed.append((str(file), str(error)))
                continue
            extraction = extract(document, model=model)
            graph.put(extraction)
            if document.id not in built:
                built[document.id] = str(file)
                found.add(extraction)
        for article in set(graph.article_ids()) - set(built):
            graph.remove(article)
    report = BuildReport(
        graph,
        tuple(built.values()),
        tuple(failed),
        found.entities,
        found.facts,
        found.mentions,
        found.observations,
        found.rejections,
        graph.provenance().triples_per_claim,
        _violations(graph) if check else None,
        time.monotonic() - started,
    )
    _publish(report)
    return report


def _publish(report: BuildReport) -> None:
    """Write the files beside the graph: Turtle, TriG, the network page and the report."""
    graph = report.graph
    for form in ("ttl", "trig"):
        graph.folder.publish(f"graph.{form}", graph.export(form))
    graph.folder.publish("graph.html", graph.view(title=PAGE_TITLES["zh"]).html)
    content = json.dumps(report.to_dict(), ensure_ascii=False, indent=1)
    graph.folder.publish("report.json", content + "\n")


def _files(path: str | Path, failed: list[tuple[str, str]]) -> list[str | Path]:
    try:
        return [*find_files([path])]
    except ReadingError as error:
        failed.append((str(path), str(error)))
        return []


def _violations(graph: Graph) -> tuple[str, ...] | None:
    try:
        return tuple(map(str, graph.validate()))
    except GraphError:
        return None


class _Counts:
    def __init__(self) -> None:
        self.entities: Counter[str] = Counter()
        self.facts: Counter[str] = Counter()
        self.rejections: Counter[str] = Counter()
        self.mentions = self.observations = 0

    def add(self, extraction: Extraction) -> None:
        self.entities.update(str(e.type) for e in extraction.entities)
        self.facts.update(str(f.predicate) for f in extraction.facts)
        self.rejections.update(r.reason for r in extraction.rejections)
        self.mentions += sum(len(e.mentions) for e in extraction.entities)
        self.observations += len(extraction.observations)


def _days(period: str, published: str | None) -> tuple[date, date] | None:
    """The first and last day of a period that has both; None for one that is open or names no time."""
    found = interval(period, published)
    if not found or not all(found):
        return None
    return date.fromisoformat(found[0]), date.fromisoformat(found[1])
