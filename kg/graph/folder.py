"""The graph folder: three files an article, and a list of what counts.

::

    DIR/kg.json                       what the graph consists of; replaced in one step
    DIR/articles/<id>.<digest>.json   what was found in an article, with its source
    DIR/links/<id>.<digest>.json      which things its entities are, and why
    DIR/quads/<id>.<digest>.nq        the same as RDF, sorted, with what follows from it by rule
    DIR/quads/@<name>.<digest>.nq     a graph that is no article's
    DIR/store/                        an Oxigraph store of all quads; derived, can be thrown away
    DIR/graph.ttl, graph.trig …       the whole graph for other programs; derived, see PUBLISHED

Files are named by their content and never changed, so ``kg.json`` alone decides: until it has
been replaced the old graph is whole, after it the new one is, and a file that it does not name
counts for nothing. Without ``store`` (and the lock) the bytes depend on the articles alone.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg import reviewing
from kg.errors import GraphError
from kg.graph import archive
from kg.graph.derived import derived_quads
from kg.graph.description import Calendar, describe
from kg.graph.iris import graph_iri
from kg.graph.linking import INDEX, dump_links, linked, load_links, open_linker
from kg.graph.lock import locked
from kg.identity import (
    Decision,
    Doubt,
    Linker,
    Links,
    conclude,
    dump_decisions,
    load_decisions,
    profile,
)
from kg.model import Extraction
from kg.reviewing import Decision as Correction
from kg.vocabulary import local_name

__all__ = ["KEPT", "PUBLISHED", "Entry", "GraphFolder", "Manifest", "Writing", "n_quads"]

_FORMAT: Final = "union-kg graph"
_VERSION: Final = 3
_LIST: Final = "kg.json"
KEPT: Final = ("decisions.tsv", "alignments.tsv")
"""Files beside the graph that people keep: what they decided, and what others call the things."""

PUBLISHED: Final = ("graph.ttl", "graph.trig", "graph.html", "report.json")
"""Files beside the graph that are made from the whole of it; never those of an older graph."""

_OWN: Final = frozenset(
    {
        "articles",
        "links",
        "quads",
        "store",
        ".lock",
        *(n + new for n in (_LIST, *KEPT, *PUBLISHED) for new in ("", ".new")),
    }
)
_MANY: Final = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the folder: names of its files, and the paths from which it was read."""

    article: str
    quads: str
    paths: tuple[str, ...] = ()
    links: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph consists of: articles by id, other graphs by name with their files.

    ``read`` has a digest of each file that was read, by path, and ``reader`` says by what it was;
    ``decisions`` are those of people on who is who, one a line, and ``corrections`` those on what was found.
    """

    articles: dict[str, Entry] = field(default_factory=dict)
    graphs: dict[str, str] = field(default_factory=dict)
    read: dict[str, str] = field(default_factory=dict)
    reader: str = ""
    decisions: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()

    def quads(self) -> dict[str, str]:
        """The N-Quads file of each part: articles by id, other graphs by ``@`` and name."""
        parts = {name: entry.quads for name, entry in self.articles.items()}
        return dict(sorted((parts | {f"@{name}": file for name, file in self.graphs.items()}).items()))

    def dumps(self) -> bytes:
        """The content of ``kg.json``."""
        articles = {
            name: {"article": e.article, "links": e.links, "quads": e.quads, "paths": list(e.paths)}
            for name, e in sorted(self.articles.items())
        }
        content = {
            "format": _FORMAT,
            "version": _VERSION,
            "reader": self.reader,
            "articles": articles,
            "graphs": dict(sorted(self.graphs.items())),
            "read": dict(sorted(self.read.items())),
            "decisions": list(self.decisions),
            "corrections": list(self.corrections),
        }
        return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()

    @staticmethod
    def loads(content: bytes, where: Path) -> Manifest:
        """The manifest that ``kg.json`` in the folder ``where`` holds.

        Raises:
            GraphError: if it is no manifest, or one of a later version.
        """
        try:
            found = json.loads(content)
            if found["format"] != _FORMAT:
                raise ValueError(found["format"])
            if found["version"] != _VERSION:
                raise GraphError(
                    f"{where} was written by another version of kg (format {found['version']}, "
                    f"this one reads {_VERSION}): remove the folder and build it again"
                )
            articles = {
                name: Entry(e["article"], e["quads"], tuple(e["paths"]), e["links"])
                for name, e in found["articles"].items()
            }
            return Manifest(
                articles,
                found["graphs"],
                found["read"],
                found["reader"],
                tuple(found["decisions"]),
                tuple(found["corrections"]),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise GraphError(
                f"{where / _LIST} is damaged: remove the folder and build the graph again"
            ) from error


def _copied(manifest: Manifest) -> Manifest:
    return replace(
        manifest,
        articles=dict(manifest.articles),
        graphs=dict(manifest.graphs),
        read=dict(manifest.read),
    )


@cache
def _corrections(lines: tuple[str, ...]) -> tuple[Correction, ...]:
    return reviewing.loads("\n".join(lines), _LIST)


def _corrected(extraction: Extraction, manifest: Manifest) -> Extraction:
    if not manifest.corrections:
        return extraction
    return reviewing.corrected(extraction, _corrections(manifest.corrections))[0]


def _own_corrections(article: str, manifest: Manifest) -> list[str]:
    return [line for line in manifest.corrections if f"|{article}|" in line]


def _mark(article: str, entry: Entry, manifest: Manifest) -> str:
    """What the linker was told of an article: what was found in it, as it has been corrected."""
    own = "\n".join(_own_corrections(article, manifest))
    return f"{entry.article} {sha256(own.encode()).hexdigest()[:12]}" if own else entry.article


def n_quads(quads: Iterable[Quad]) -> bytes:
    """Quads as N-Quads, each once, sorted by code points."""
    content = serialize(quads, format=RdfFormat.N_QUADS)
    assert content is not None
    return b"".join(line + b"\n" for line in sorted(set(content.split(b"\n"))) if line)


class GraphFolder:
    """A folder that holds a graph.

    Args:
        path: the folder.
        calendar: see :func:`kg.graph.describe`; used for articles that are put in.
    """

    def __init__(self, path: Path, *, calendar: Calendar | None = None) -> None:
        self.path = path
        self.calendar = calendar
        self._read_last: tuple[bytes, Manifest] | None = None

    @classmethod
    def open(cls, path: str | Path, *, calendar: Calendar | None = None) -> GraphFolder:
        """The folder at ``path``.

        Raises:
            GraphError: if there is no graph in it.
        """
        folder = cls(Path(path), calendar=calendar)
        folder.manifest()
        return folder

    @classmethod
    def create(cls, path: str | Path, *, calendar: Calendar | None = None) -> GraphFolder:
        """The folder at ``path``, which is made, with an empty graph, where there is none yet.

        Raises:
            GraphError: if ``path`` is a file, a folder that holds something else, or cannot be written.
        """
        folder = cls(Path(path), calendar=calendar)
        if (folder.path / _LIST).is_file():
            folder.manifest()
            return folder
        with _reported(folder.path):
            folder._require_empty()
            folder.path.mkdir(parents=True, exist_ok=True)
            with folder.writing():
                pass
        return folder

    def _require_empty(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise GraphError(f"{self.path} is a file: name a folder for the graph")
        foreign = [p.name for p in self.path.iterdir() if p.name not in _OWN] if self.path.exists() else []
        if foreign:
            raise GraphError(
                f"{self.path} is no graph folder and not empty (it holds {min(foreign)}): name another folder"
            )

    def manifest(self) -> Manifest:
        """What the graph consists of now.

        Raises:
            GraphError: if there is no graph in the folder, or it is damaged.
        """
        content = self.manifest_bytes()
        if self._read_last is None or self._read_last[0] != content:  # one change asks for it many times
            self._read_last = content, Manifest.loads(content, self.path)
        return self._read_last[1]

    def manifest_bytes(self) -> bytes:
        """The content of ``kg.json``, which names every part by its content.

        Raises:
            GraphError: if there is no graph in the folder.
        """
        try:
            return (self.path / _LIST).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            state = "holds no graph" if self.path.is_dir() else "does not exist"
            raise GraphError(f"{self.path} {state}: make one with `kg build PATHS… -o {self.path}`") from None
        except OSError as error:
            raise GraphError(f"{self.path} cannot be read: {error.strerror}") from error

    def archived(self, entry: Entry) -> Extraction:
        """What was found in an article, by itself.

        Raises:
            GraphError: if its file is damaged.
        """
        path = entry.paths[0] if entry.paths else ""
        return archive.loads(self._read("articles", entry.article), path=path)

    def extraction(self, article: str) -> Extraction:
        """What was found in one article.

        Raises:
            KeyError: if the graph has no such article.
            GraphError: if its file is damaged.
        """
        return self.archived(self.manifest().articles[article])

    def corrected(self, entry: Entry) -> Extraction:
        """What was found in an article, by itself, as people have corrected it.

        Raises:
            GraphError: if a file of it is damaged.
        """
        return _corrected(self.archived(entry), self.manifest())

    def links(self, entry: Entry) -> Links:
        """Which things the entities of an article are, and why.

        Raises:
            GraphError: if its file is damaged.
        """
        return load_links(self._read("links", entry.links))

    def linked(self, entry: Entry) -> Extraction:
        """What was found in an article, with the IRI of the thing that it is on every entity.

        Raises:
            GraphError: if a file of it is damaged.
        """
        return linked(self.corrected(entry), self.links(entry))

    def marks(self, entry: Entry) -> dict[tuple[str, str], list[list[int]]]:
        """What to mark in the sentences of an article, see :func:`kg.graph.archive.marks`.

        RDF has one record a sentence, which does not say which of its words carry which statement.
        """
        return archive.marks(self.linked(entry))

    @property
    def index(self) -> Path:
        """Where the linker keeps what it knows; it can be thrown away."""
        return self.path / "store" / INDEX

    def quads(self, file: str) -> bytes:
        """The content of an N-Quads file that the manifest names."""
        return self._read("quads", file)

    def keep(self, name: str, content: str) -> None:
        """Write one of the :data:`KEPT` files.

        Raises:
            GraphError: if it cannot be written.
        """
        with _reported(self.path):
            _replace(self.path / name, content.encode(), sync=True)

    def publish(self, name: str, content: str) -> None:
        """Write one of the :data:`PUBLISHED` files.

        Raises:
            GraphError: if it cannot be written.
        """
        with _reported(self.path):
            _replace(self.path / name, content.encode(), sync=False)

    def _read(self, part: str, file: str) -> bytes:
        try:
            return (self.path / part / file).read_bytes()
        except OSError as error:
            raise GraphError(f"{self.path / part / file}: {error.strerror}: build the graph again") from error

    @contextmanager
    def writing(self) -> Iterator[Writing]:
        """Changes that become the graph together when the block ends, or not at all if it fails.

        Raises:
            GraphError: if another process writes here, or the folder cannot be written.
        """
        with ExitStack() as stack:
            with _reported(self.path):
                stack.enter_context(locked(self.path))
                writing = Writing(self)
                writing.sweep()
            stack.callback(writing.sweep)
            stack.callback(writing.close)
            yield writing
            writing.commit()


class Writing:
    """Changes on their way into a folder; nothing of it counts before :meth:`commit`."""

    def __init__(self, folder: GraphFolder) -> None:
        self._folder = folder
        listed = (folder.path / _LIST).is_file()
        self._before = folder.manifest() if listed else None
        self._now = _copied(self._before) if self._before else Manifest()
        self._unsafe: list[Path] = []
        self._linker: Linker | None = None
        self._doubts: list[Doubt] | None = None

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles that the graph will have."""
        return tuple(sorted(self._now.articles))

    def put(self, extraction: Extraction) -> None:
        """Put an article in, in place of what the graph had under its id.

        An article that is put twice, from two paths, is there once and knows both.
        """
        name, path = extraction.document.id, extraction.document.path
        known = self._now.articles.get(name)
        if known and known.paths and path > known.paths[0]:  # of two copies the first path's counts
            self._now.articles[name] = replace(known, paths=tuple(sorted({*known.paths, path})))
            return
        paths = {*(known.paths if known else ()), *([path] if path else [])}
        with _reported(self._folder.path):
            file = self._write("articles", name, archive.dumps(extraction), "json")
        if known and known.article == file:
            self._now.articles[name] = replace(known, paths=tuple(sorted(paths)))
            return
        self._now.articles[name] = Entry(file, "", tuple(sorted(paths)))
        with _reported(self._folder.path):
            self._linked()
            self._profile(name, self._now.articles[name], self._now)

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions of people on who is who that the graph keeps to."""
        return load_decisions("\n".join(self._now.decisions))

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """The decisions of people on what was found that the graph keeps to."""
        return _corrections(self._now.corrections)

    def correct(self, corrections: Iterable[Correction]) -> tuple[Correction, ...]:
        """Keep to these corrections and to no others; return those that apply to nothing."""
        before = self._now
        lines = tuple(reviewing.dumps(corrections).splitlines()[1:])
        with _reported(self._folder.path):
            self._linked()
            self._now = replace(before, corrections=lines)
            for name, entry in self._now.articles.items():
                if _mark(name, entry, before) != _mark(name, entry, self._now):
                    self._now.articles[name] = replace(entry, quads="", links="")
                    self._profile(name, entry, self._now)
        return self.unapplied()

    def unapplied(self) -> tuple[Correction, ...]:
        """The corrections that apply to nothing: their article has gone, or was not found to say so."""
        raised: set[str] = set()
        for name, entry in self._now.articles.items():
            if _own_corrections(name, self._now):
                raised |= reviewing.corrected(self._folder.archived(entry), self.corrections)[1]
        return tuple(c for c in self.corrections if c.question not in raised)

    def _profile(self, name: str, entry: Entry, manifest: Manifest) -> None:
        assert self._linker is not None
        known = _corrected(self._folder.archived(entry), manifest)
        self._linker.put(profile(known), _mark(name, entry, manifest))

    def decide(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """Keep to these decisions on who is who, and to no others; return those that apply to nothing."""
        lines = dump_decisions(decisions).splitlines()
        self._now = replace(self._now, decisions=tuple(n for n in lines if not n.startswith("#")))
        with _reported(self._folder.path):
            self._linked().decide(self.decisions)
            return self._linked().unapplied()

    def doubts(self) -> list[Doubt]:
        """What is least certain in who is who; link first what was put in so far."""
        with _reported(self._folder.path):
            self._link()
            return self._linked().doubts()

    def _linked(self) -> Linker:
        """The linker, brought up to date with what the graph consisted of before these changes."""
        if self._linker is None:
            self._linker = open_linker(self._folder.index)
            before = self._before.articles if self._before else {}
            held = self._linker.marks()
            for name in sorted(held.keys() - before.keys()):
                self._linker.remove(name)
            for name, entry in before.items():
                if held.get(name) != _mark(name, entry, self._before or self._now):
                    self._profile(name, entry, self._before or self._now)
            self._linker.decide(self.decisions)
        return self._linker

    def _link(self) -> None:
        """Settle who is who, and describe the articles of which something has become another thing."""
        if self._linker is None and self._now == self._before:
            return
        linker = self._linked()
        for name in sorted(linker.marks().keys() - self._now.articles.keys()):
            linker.remove(name)
        changed = linker.settle()
        bare = {name for name, entry in self._now.articles.items() if not (entry.links and entry.quads)}
        for name in sorted((changed | bare) & self._now.articles.keys()):
            self._describe(name, linker.links(name), linker)

    def _describe(self, name: str, links: Links, linker: Linker) -> None:
        entry = self._now.articles[name]
        extraction = _corrected(self._folder.archived(entry), self._now)
        file = self._write("links", name, dump_links(links, (e.key for e in extraction.entities)), "json")
        if file == entry.links and entry.quads:
            return
        known = linked(extraction, links)
        types = linker.types(name)
        conclusions = conclude({key: (types[key], a) for key, a in links.assignments.items()})
        quads = [
            *describe(known, calendar=self._folder.calendar, assignments=links.assignments),
            *derived_quads(known, links, conclusions),
        ]
        self._now.articles[name] = replace(
            entry, links=file, quads=self._write("quads", name, n_quads(quads), "nq")
        )

    def close(self) -> None:
        """Let go of the linker; what it learned is kept if it was committed."""
        if self._linker is not None:
            self._linker.close(keep=False)
            self._linker = None

    @property
    def reader(self) -> str:
        """By what the articles were read: the version of the program and of its model."""
        return self._now.reader

    @reader.setter
    def reader(self, reader: str) -> None:
        self._now = replace(self._now, reader=reader)

    def is_read(self, path: str, digest: str) -> bool:
        """Whether the graph has an article from this path, read when the file had this digest."""
        return self._now.read.get(path) == digest

    def read_from(self, path: str) -> tuple[str, ...]:
        """The ids of the articles that were read from this path."""
        return tuple(name for name, entry in self._now.articles.items() if path in entry.paths)

    def mark_read(self, path: str, digest: str, article: str) -> None:
        """Note that ``article`` was read from this path; another article that was, is so no more."""
        for name, entry in list(self._now.articles.items()):
            if name != article and path in entry.paths:
                self._without(name, path)
        self._now.read[path] = digest

    def remove(self, article: str) -> None:
        """Take an article out.

        Raises:
            KeyError: if the graph has no such article.
        """
        for path in self._now.articles[article].paths:
            self._now.read.pop(path, None)
        del self._now.articles[article]

    def forget(self, path: str) -> bool:
        """Take a path from the article that was read from it, and the article with its last path.

        Returns whether there was one.
        """
        known = [name for name, entry in self._now.articles.items() if path in entry.paths]
        for name in known:
            self._without(name, path)
        self._now.read.pop(path, None)
        return bool(known)

    def paths(self) -> tuple[str, ...]:
        """Every path from which an article of the graph was read, sorted."""
        return tuple(sorted({path for entry in self._now.articles.values() for path in entry.paths}))

    def _without(self, name: str, path: str) -> None:
        entry = self._now.articles[name]
        left = tuple(p for p in entry.paths if p != path)
        if left:
            self._now.articles[name] = replace(entry, paths=left)
        else:
            self.remove(name)

    def put_graph(self, name: str, triples: Iterable[Triple]) -> None:
        """Put in a graph that is no article's, in place of the one of that name; an empty one takes it out.

        Its IRI is :func:`kg.graph.iris.graph_iri` of ``name``.
        """
        graph = NamedNode(graph_iri(name))
        content = n_quads(Quad(t.subject, t.predicate, t.object, graph) for t in triples)
        self._now.graphs.pop(name, None)
        if content:
            with _reported(self._folder.path):
                self._now.graphs[name] = self._write("quads", f"@{name}", content, "nq")

    def _write(self, part: str, name: str, content: bytes, suffix: str) -> str:
        safe = re.sub(r"[^\w@%.-]", "_", local_name(name, more="@"))[:80]
        file = f"{safe}.{sha256(content).hexdigest()[:12]}.{suffix}"
        target = self._folder.path / part / file
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            _replace(target, content, sync=False)
            self._unsafe.append(target)
        return file

    def commit(self) -> None:
        """Make the changes the graph, in one step."""
        with _reported(self._folder.path):
            self._link()
        if self._now == self._before:
            return
        with _reported(self._folder.path):
            for name in PUBLISHED:
                (self._folder.path / name).unlink(missing_ok=True)
            _synchronize(self._unsafe)
            _replace(self._folder.path / _LIST, self._now.dumps(), sync=True)
            if self._linker is not None:
                self._linker.keep()
        self._before = _copied(self._now)

    def sweep(self) -> None:
        """Take away what counts for nothing: rests of changes that did not come to their end."""
        listed = (self._folder.path / _LIST).is_file()
        kept = self._folder.manifest() if listed else Manifest()
        (self._folder.path / f"{_LIST}.new").unlink(missing_ok=True)
        named = {
            "articles": {e.article for e in kept.articles.values()},
            "links": {e.links for e in kept.articles.values()},
            "quads": set(kept.quads().values()),
        }
        for part, files in named.items():
            place = self._folder.path / part
            for file in place.iterdir() if place.is_dir() else ():
                if file.name not in files:
                    file.unlink(missing_ok=True)


def _replace(target: Path, content: bytes, *, sync: bool) -> None:
    """Write a file so that under its name there is never a part of it."""
    new = target.with_name(f"{target.name}.new")
    try:
        with new.open("wb") as file:
            file.write(content)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        new.replace(target)
        if sync:
            _synchronize_folder(target.parent)
    except OSError:
        new.unlink(missing_ok=True)
        raise


def _synchronize(files: list[Path]) -> None:
    """Have the disk hold the files; one call for all where they are many and the system has it."""
    if len(files) > _MANY and hasattr(os, "sync"):
        os.sync()
        return
    for path in files:
        with path.open("rb+") as file:
            os.fsync(file.fileno())
    for folder in {path.parent for path in files}:
        _synchronize_folder(folder)


def _synchronize_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder, and needs no such call
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """An error of the system as one that says where and that the graph is as it was."""
    try:
        yield
    except sqlite3.Error as error:
        raise GraphError(f"the index in {path} cannot be written: {error}; the graph is as it was") from error
    except OSError as error:
        where = error.filename or path
        raise GraphError(
            f"cannot write {where}: {error.strerror or error}; the graph in {path} is as it was"
        ) from error
