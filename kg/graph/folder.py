"""The graph folder: one JSON and one N-Quads file an article, and a list of what counts.

::

    DIR/kg.json                       what the graph consists of; replaced in one step
    DIR/articles/<id>.<digest>.json   what was found in an article, with its source
    DIR/quads/<id>.<digest>.nq        the same as RDF, sorted
    DIR/quads/@<name>.<digest>.nq     a graph that is no article's, such as the derived one
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
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from kg.errors import GraphError
from kg.graph import archive
from kg.graph.description import Calendar, describe
from kg.graph.iris import graph_iri
from kg.graph.lock import locked
from kg.model import Extraction
from kg.vocabulary import local_name

__all__ = ["PUBLISHED", "Entry", "GraphFolder", "Manifest", "Writing", "n_quads"]

_FORMAT: Final = "union-kg graph"
_VERSION: Final = 1
_LIST: Final = "kg.json"
PUBLISHED: Final = ("graph.ttl", "graph.trig", "graph.html", "report.json")
"""Files beside the graph that are made from the whole of it; never those of an older graph."""

_OWN: Final = frozenset(
    {"articles", "quads", "store", ".lock", *(n + new for n in (_LIST, *PUBLISHED) for new in ("", ".new"))}
)
_MANY: Final = 64


@dataclass(frozen=True, slots=True)
class Entry:
    """An article of the folder: names of its two files, and the paths from which it was read."""

    article: str
    quads: str
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a graph consists of: articles by id, other graphs by name with their files."""

    articles: dict[str, Entry] = field(default_factory=dict)
    graphs: dict[str, str] = field(default_factory=dict)

    def quads(self) -> dict[str, str]:
        """The N-Quads file of each part: articles by id, other graphs by ``@`` and name."""
        parts = {name: entry.quads for name, entry in self.articles.items()}
        return dict(sorted((parts | {f"@{name}": file for name, file in self.graphs.items()}).items()))

    def dumps(self) -> bytes:
        """The content of ``kg.json``."""
        articles = {
            name: {"article": e.article, "quads": e.quads, "paths": list(e.paths)}
            for name, e in sorted(self.articles.items())
        }
        content = {
            "format": _FORMAT,
            "version": _VERSION,
            "articles": articles,
            "graphs": dict(sorted(self.graphs.items())),
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
                    f"this one reads {_VERSION}): build it again"
                )
            articles = {
                name: Entry(e["article"], e["quads"], tuple(e["paths"]))
                for name, e in found["articles"].items()
            }
            return Manifest(articles, found["graphs"])
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise GraphError(f"{where / _LIST} is damaged: build the graph again") from error


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
        return Manifest.loads(self.manifest_bytes(), self.path)

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

    def extraction(self, article: str) -> Extraction:
        """What was found in one article.

        Raises:
            KeyError: if the graph has no such article.
            GraphError: if its file is damaged.
        """
        entry = self.manifest().articles[article]
        path = entry.paths[0] if entry.paths else ""
        return archive.loads(self._read("articles", entry.article), path=path)

    def marks(self, entry: Entry) -> dict[tuple[str, str], list[list[int]]]:
        """What to mark in the sentences of an article, see :func:`kg.graph.archive.marks`.

        RDF has one record a sentence, which does not say which of its words carry which statement.
        """
        return archive.marks(self._read("articles", entry.article))

    def quads(self, file: str) -> bytes:
        """The content of an N-Quads file that the manifest names."""
        return self._read("quads", file)

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
            yield writing
            writing.commit()


class Writing:
    """Changes on their way into a folder; nothing of it counts before :meth:`commit`."""

    def __init__(self, folder: GraphFolder) -> None:
        self._folder = folder
        listed = (folder.path / _LIST).is_file()
        self._before = folder.manifest() if listed else None
        self._now = Manifest(
            dict(self._before.articles) if self._before else {},
            dict(self._before.graphs) if self._before else {},
        )
        self._unsafe: list[Path] = []

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
        quads = n_quads(describe(extraction, calendar=self._folder.calendar))
        with _reported(self._folder.path):
            self._now.articles[name] = Entry(
                self._write("articles", name, archive.dumps(extraction), "json"),
                self._write("quads", name, quads, "nq"),
                tuple(sorted(paths)),
            )

    def remove(self, article: str) -> None:
        """Take an article out.

        Raises:
            KeyError: if the graph has no such article.
        """
        del self._now.articles[article]

    def forget(self, path: str) -> None:
        """Take a path from the article that was read from it, and the article with its last path."""
        for name, entry in list(self._now.articles.items()):
            if path in entry.paths:
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
        if self._now == self._before:
            return
        with _reported(self._folder.path):
            for name in PUBLISHED:
                (self._folder.path / name).unlink(missing_ok=True)
            _synchronize(self._unsafe)
            _replace(self._folder.path / _LIST, self._now.dumps(), sync=True)
        self._before = Manifest(dict(self._now.articles), dict(self._now.graphs))

    def sweep(self) -> None:
        """Take away what counts for nothing: rests of changes that did not come to their end."""
        listed = (self._folder.path / _LIST).is_file()
        kept = self._folder.manifest() if listed else Manifest()
        (self._folder.path / f"{_LIST}.new").unlink(missing_ok=True)
        named = {
            "articles": {e.article for e in kept.articles.values()},
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
    except OSError as error:
        where = error.filename or path
        raise GraphError(
            f"cannot write {where}: {error.strerror or error}; the graph in {path} is as it was"
        ) from error
