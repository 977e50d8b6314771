"""The main job: files in, a graph folder out; one bad file never stops the rest."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from kg import identity
from kg.alignment import TABLE, align, dump_alignments, read_alignments
from kg.errors import GraphError, ReadingError
from kg.extraction import extract
from kg.graph import PAGE_TITLES, Graph, Writing
from kg.language.time import interval
from kg.model import Document, Extraction
from kg.reading import find_files, read_file
from kg.reviewing import (
    Decision,
    Judgement,
    Question,
    doubtful,
    dumps,
    merged,
    question_parts,
    read_decisions,
    who_is_who,
)

__all__ = ["DECISIONS", "BuildReport", "Progress", "add", "build", "decide", "link", "remove", "review"]

DECISIONS = "decisions.tsv"
"""The file beside a graph that holds what people have decided."""

_SMALL = 50
"""Articles up to which the files beside a graph are written again after each change."""

Progress = Callable[[list[str | Path]], Iterable[str | Path]]
"""Goes through the files of a build and shows how far it is, such as ``tqdm.tqdm``."""


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the articles written, what is in them, and for each file that failed the reason.

    ``built`` has the paths of the articles, ``extracted`` says how many of them were read anew.
    ``notes`` say which decisions of people and rows of tables apply to nothing.
    ``violations`` is None where the graph was not checked against the shapes; ``seconds`` is the
    time that it took.
    """

    graph: Graph
    built: tuple[str, ...]
    failed: tuple[tuple[str, str], ...]
    entities: Counter[str] = field(default_factory=Counter)
    facts: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    observations: int = 0
    rejections: Counter[str] = field(default_factory=Counter)
    extracted: int = 0
    provenance: float = 0.0
    violations: tuple[str, ...] | None = None
    notes: tuple[str, ...] = ()
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
            "notes": list(self.notes),
            "failed": [{"path": path, "reason": reason} for path, reason in self.failed],
        }

    def __str__(self) -> str:
        checked = (
            "not checked against the shapes"
            if self.violations is None
            else f"{len(self.violations)} violations of the shapes"
        )
        evidence = f"; {self.provenance:.1f} triples of evidence for each" if self.provenance else ""
        lines = [
            f"{len(self.built)} articles, {self.extracted} of them read anew -> {self.graph.folder.path} "
            f"in {self.seconds:.1f} s, {checked}",
            f"{self.entities.total()} entities with {self.mentions} mentions: {_listed(self.entities)}",
            f"{self.facts.total()} facts: {_listed(self.facts)}",
            f"{self.observations} figures{evidence}",
            f"{self.rejections.total()} candidates not taken: {_listed(self.rejections)}",
        ]
        return "\n".join([*lines, *self.notes, *(self.violations or ())])


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

    The folder then holds these articles and no others. A file that is as it was when the graph
    that is there was made is not read again.

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
    graph = Graph.create(folder, calendar=_days)
    with graph.writing() as writing:
        reading = _Reading(writing, model, encoding)
        reading.read(paths, progress)
        reading.replay(graph.folder.path)
        for path in set(writing.paths()) - reading.seen:
            writing.forget(path)
        for article in set(writing.articles) - reading.articles:  # put in by a program, from no file
            writing.remove(article)
    reading.align(graph)
    report = _reported(graph, reading, graph.article_ids(), check, started)
    report = replace(report, provenance=graph.provenance().triples_per_claim)
    _publish(graph)
    content = json.dumps(report.to_dict(), ensure_ascii=False, indent=1)
    graph.folder.publish("report.json", content + "\n")
    return report


def add(
    paths: Iterable[str | Path | Document],
    folder: str | Path,
    *,
    model: str | None = None,
    encoding: str | None = None,
    check: bool = False,
    progress: Progress | None = None,
) -> BuildReport:
    """Read the files and folders in ``paths`` into the graph that is in ``folder``.

    A file from which the graph already has an article takes its place if it has changed, and is
    not read again if it has not. The arguments are those of :func:`build`.

    Raises:
        GraphError: if there is no graph in ``folder``, it was read by another version of the
            program, or it cannot be written.
        ModelError: if ``model`` is not installed or finds no entities.
    """
    started = time.monotonic()
    graph = Graph.open(folder, calendar=_days)
    with graph.writing() as writing:
        if writing.articles and writing.reader != _reader(model):
            raise GraphError(
                f"the articles of {folder} were read by {writing.reader or 'another program'}, not by "
                f"{_reader(model)}: build the graph again"
            )
        reading = _Reading(writing, model, encoding)
        reading.read(paths, progress)
        reading.replay(graph.folder.path)
    reading.align(graph)
    report = _reported(graph, reading, tuple(sorted(reading.articles)), check, started)
    _publish_small(graph)
    return report


def remove(names: Iterable[str | Path], folder: str | Path) -> tuple[str, ...]:
    """Take articles out of the graph in ``folder``, with all that rested on them alone.

    Args:
        names: ids or titles of articles, or files and folders from which they were read.
        folder: a graph folder.

    Returns:
        the ids of the articles that are gone; one that was also read from elsewhere stays.

    Raises:
        GraphError: if there is no graph in ``folder``, a name is that of no article of it, or it
            cannot be written.
    """
    graph = Graph.open(folder, calendar=_days)
    before = set(graph.article_ids())
    titles = {info.title: info.id for info in graph.articles() if info.title}
    with graph.writing() as writing:
        for name in map(str, names):
            article = name if name in writing.articles else titles.get(name)
            if article in writing.articles:
                writing.remove(article)
                continue
            inside = [p for p in writing.paths() if p == name or p.startswith(name.rstrip("/") + "/")]
            if not inside:
                raise GraphError(
                    f"no article of {folder} has the id, title or path {name}; `kg query articles`"
                )
            for path in inside:
                writing.forget(path)
    _align(graph)
    _publish_small(graph)
    return tuple(sorted(before - set(graph.article_ids())))


class _Reading:
    """Files on their way into a graph."""

    def __init__(self, writing: Writing, model: str | None, encoding: str | None) -> None:
        self.failed: list[tuple[str, str]] = []
        self.notes: list[str] = []
        self.seen: set[str] = set()
        self.articles: set[str] = set()
        self.extracted: set[str] = set()
        self._writing = writing
        self._model = model
        self._encoding = encoding
        reader = _reader(model)
        self._fresh = writing.reader != reader
        writing.reader = reader

    def read(self, paths: Iterable[str | Path | Document], progress: Progress | None) -> None:
        """Read what has changed and put it in; what fails is noted, and the rest is read."""
        documents: dict[str, Document] = {}
        found: list[str | Path] = []
        for path in paths:
            if isinstance(path, Document):
                documents[path.path] = path
                found.append(path.path)
            else:
                found += _files(path, self.failed)
        for file in progress(found) if progress else found:
            try:
                self._take(str(file), documents.get(str(file)))
            except ReadingError as error:
                self.failed.append((str(file), str(error)))
                self.seen.discard(str(file))

    def replay(self, folder: Path) -> None:
        """Carry out what people have decided in the file beside the graph; note what applies to nothing."""
        self.notes += _replay(self._writing, folder)

    def align(self, graph: Graph) -> None:
        """State the outside identifiers of the table beside the graph."""
        self.notes += _align(graph)

    def _take(self, path: str, document: Document | None) -> None:
        self.seen.add(path)
        digest = "" if document else _digest(Path(path))
        if digest and not self._fresh and self._writing.is_read(path, digest):
            self.articles.update(self._writing.read_from(path))
            return
        document = document or read_file(path, encoding=self._encoding)
        extraction = extract(document, model=self._model)
        self._writing.put(extraction)
        self._writing.mark_read(path, digest, document.id)
        self.articles.add(document.id)
        self.extracted.add(document.id)


def _replay(writing: Writing, folder: Path) -> list[str]:
    decisions = read_decisions(folder / DECISIONS)
    ties = [(d, tie) for d in decisions if (tie := _tie(d))]
    left = set(writing.decide(tie for _, tie in ties))
    unapplied = [d for d, tie in ties if tie in left]
    unapplied += writing.correct(d for d in decisions if _tie(d) is None)
    return [f"the decision on {d.question} ({d.judgement}) no longer applies" for d in unapplied]


def _tie(decision: Decision) -> identity.Decision | None:
    """A decision on who is who; None if it is one on what was found in an article."""
    kind, *parts = question_parts(decision.question)
    if kind != "same" or len(parts) != 4:
        return None
    verdict = identity.Verdict.DIFFERENT if decision.judgement == Judgement.WRONG else identity.Verdict.SAME
    one, other = (identity.Reference(*parts[:2]), identity.Reference(*parts[2:]))
    return identity.Decision(verdict, one, other)


def _align(graph: Graph) -> list[str]:
    """State what the table of outside identifiers says, if there is one; returns what applies to nothing."""
    table = graph.folder.path / TABLE
    triples, problems = align(graph, read_alignments(table)) if table.exists() else (set(), [])
    if triples or "alignments" in graph.folder.manifest().graphs:
        with graph.writing() as writing:
            writing.put_graph("alignments", triples)
    return problems


def review(folder: str | Path) -> list[Question]:
    """What is least certain in the graph in ``folder``, as questions for people, those most in doubt first.

    Raises:
        GraphError: if there is no graph in ``folder``, or it cannot be written.
    """
    graph = Graph.open(folder, calendar=_days)
    with graph.writing() as writing:
        doubts = writing.doubts()
    decided = {d.question for d in read_decisions(graph.folder.path / DECISIONS)}
    entries = graph.folder.manifest().articles
    corrected = {name: graph.folder.corrected(entry) for name, entry in entries.items()}
    named = {identity.Reference(name, e.key) for name, found in corrected.items() for e in found.entities}
    # a thing that only follows from the name of another cannot be asked about
    questions = [who_is_who(d, corrected) for d in doubts if {d.one, d.other} <= named]
    # decisions are on what was found, and so are questions
    questions += [q for entry in entries.values() for q in doubtful(graph.folder.archived(entry))]
    return [q for q in questions if q.key not in decided]


def decide(decisions: Iterable[Decision], folder: str | Path) -> tuple[str, ...]:
    """Keep decisions beside the graph in ``folder`` and carry them out, now and in every later build.

    Returns:
        what is to be said of decisions that apply to nothing.

    Raises:
        GraphError: if there is no graph in ``folder``, or it cannot be written.
    """
    graph = Graph.open(folder, calendar=_days)
    path = graph.folder.path / DECISIONS
    graph.folder.keep(DECISIONS, dumps(merged(read_decisions(path), decisions)))
    with graph.writing() as writing:
        notes = _replay(writing, graph.folder.path)
    notes += _align(graph)
    _publish_small(graph)
    return tuple(notes)


def link(table: str | Path, folder: str | Path) -> tuple[str, ...]:
    """Keep a table of outside identifiers beside the graph in ``folder``, and state what it says.

    Rows for things that the table already had take their place.

    Returns:
        what is to be said of rows that apply to nothing.

    Raises:
        GraphError: if there is no graph in ``folder``, the table is none, or it cannot be written.
    """
    graph = Graph.open(folder, calendar=_days)
    kept = graph.folder.path / TABLE
    rows = {*(read_alignments(kept) if kept.exists() else ()), *read_alignments(Path(table))}
    graph.folder.keep(TABLE, dump_alignments(rows))
    notes = _align(graph)
    _publish_small(graph)
    return tuple(notes)


@cache
def _reader(model: str | None) -> str:
    """By what articles are read: the same files give the same articles as long as this is the same."""
    from importlib.metadata import version  # brings in email and socket: not for a mere extraction

    trained = sha256((files("kg.language") / "models/names.npz").read_bytes()).hexdigest()[:12]
    return f"union-kg {version('union-kg')} with model {trained}" + (f" and {model}" if model else "")


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()[:16]
    except OSError:
        return ""  # reading it will say what is wrong


def _files(path: str | Path, failed: list[tuple[str, str]]) -> list[str | Path]:
    try:
        return [*find_files([path])]
    except ReadingError as error:
        failed.append((str(path), str(error)))
        return []


def _reported(
    graph: Graph, reading: _Reading, articles: tuple[str, ...], check: bool, started: float
) -> BuildReport:
    counts = _Counts()
    entries = graph.folder.manifest().articles
    for article in articles:
        counts.add(graph.extraction(article))
    return BuildReport(
        graph,
        tuple(sorted(path for article in articles for path in entries[article].paths or (article,))),
        tuple(reading.failed),
        counts.entities,
        counts.facts,
        counts.mentions,
        counts.observations,
        counts.rejections,
        len(reading.extracted),
        violations=_violations(graph) if check else None,
        notes=tuple(reading.notes),
        seconds=time.monotonic() - started,
    )


def _violations(graph: Graph) -> tuple[str, ...] | None:
    try:
        return tuple(map(str, graph.validate()))
    except GraphError:
        return None


def _publish(graph: Graph) -> None:
    """Write the files beside the graph: Turtle, TriG and the network page."""
    for form in ("ttl", "trig"):
        graph.folder.publish(f"graph.{form}", graph.export(form))
    graph.folder.publish("graph.html", graph.view(title=PAGE_TITLES["zh"]).html)


def _publish_small(graph: Graph) -> None:
    """The same after a change, unless it would take longer than the change."""
    if len(graph.article_ids()) <= _SMALL:
        _publish(graph)


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
