"""The Oxigraph store of a graph folder: derived from its N-Quads files, and disposable.

Its default graph holds every triple of the named ones once. (The engine's own union of graphs
counts a triple once for each graph that has it, and so gives wrong numbers.) What follows from an article
by rule stands in the derived graph, and once more in a graph of its own, so that it can be told what goes
with the article: a triple of the derived graph stays as long as it follows from another.

A store on disk is never changed once it is whole: a change of the graph makes a new one, which
shares the unchanged files of the old one by hard links and so costs in proportion to the change.
Readers of the old one are not disturbed.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import GraphError
from kg.graph.folder import GraphFolder, Manifest
from kg.graph.iris import article_iri, derived_in, graph_iri
from kg.graph.terms import DERIVED

__all__ = ["open_store", "refresh_store"]

_LIST: Final = "kg.json"
_DATA: Final = "db"
_KEPT: Final = 2
_AT_ONCE: Final = 200


def open_store(folder: GraphFolder) -> Store:
    """All quads of the folder: from its store on disk if that is up to date, else read into memory.

    Raises:
        GraphError: if the folder holds no graph or a damaged one.
    """
    for _ in range(5):  # a writer may take away what the list named a moment ago
        content = folder.manifest_bytes()
        try:
            place = _place(folder, content)
            return Store.read_only(str(place / _DATA)) if _whole(place) else _in_memory(folder, content)
        except (GraphError, OSError, RuntimeError, ValueError):
            if folder.manifest_bytes() == content:
                return _in_memory(folder, content)
    return _in_memory(folder, folder.manifest_bytes())


def refresh_store(folder: GraphFolder) -> bool:
    """Bring the store on disk up to date; False where the disk does not let us. The caller holds the lock."""
    content = folder.manifest_bytes()
    place = _place(folder, content)
    if _whole(place):
        return True
    new = place.with_name("new")
    try:
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(parents=True)
        _fill(new / _DATA, folder, Manifest.loads(content, folder.path))
        (new / _LIST).write_bytes(content)
        shutil.rmtree(place, ignore_errors=True)
        new.rename(place)
    except (OSError, RuntimeError, ValueError):
        shutil.rmtree(new, ignore_errors=True)
        return False
    for old in _stores(folder)[_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return True


def _place(folder: GraphFolder, manifest: bytes) -> Path:
    return folder.path / "store" / sha256(manifest).hexdigest()[:16]


def _whole(place: Path) -> bool:
    return (place / _LIST).is_file()


def _stores(folder: GraphFolder) -> list[Path]:
    """Stores that are whole, the youngest first."""
    place = folder.path / "store"
    found = [p for p in place.iterdir() if _whole(p)] if place.is_dir() else []
    return sorted(found, key=lambda p: (-p.stat().st_mtime_ns, p.name))


def _in_memory(folder: GraphFolder, manifest: bytes) -> Store:
    store = Store()
    _load(store, folder, Manifest.loads(manifest, folder.path).quads())
    return store


def _load(store: Store, folder: GraphFolder, parts: dict[str, str]) -> None:
    names = list(parts)
    for i in range(0, len(names), _AT_ONCE):
        content = b"".join(_twice(name, folder.quads(parts[name])) for name in names[i : i + _AT_ONCE])
        store.bulk_load(content, format=RdfFormat.N_QUADS, lenient=True)  # checked when they were written


def _twice(part: str, content: bytes) -> bytes:
    """Quads of a part, and the same in the default graph; of what was derived, also in its own graph."""
    if part.startswith("@"):
        return content + content.replace(_end(graph_iri(part[1:])), b" .\n")
    own = content.replace(_end(article_iri(part)), b" .\n").replace(_end(DERIVED.value), b" .\n")
    derived = b"".join(
        line for line in content.splitlines(keepends=True) if line.endswith(_end(DERIVED.value))
    )
    return content + own + derived.replace(_end(DERIVED.value), _end(derived_in(part)))


def _end(graph: str) -> bytes:
    return f" <{graph}> .\n".encode()


def _fill(data: Path, folder: GraphFolder, manifest: Manifest) -> None:
    wanted = manifest.quads()
    for old in _stores(folder):
        present = Manifest.loads((old / _LIST).read_bytes(), old).quads()
        gone = {name for name, file in present.items() if wanted.get(name) != file}
        fresh = {name: file for name, file in wanted.items() if present.get(name) != file}
        if 2 * (len(gone) + len(fresh)) < len(wanted):
            _share(old / _DATA, data)
            store = Store(str(data))
            for name in sorted(gone | fresh.keys()):
                _change(store, folder, name, present.get(name), fresh.get(name))
            store.flush()
            return
    store = Store(str(data))
    _load(store, folder, wanted)
    store.flush()


def _change(store: Store, folder: GraphFolder, part: str, before: str | None, after: str | None) -> None:
    """Put a part in the place of what it was; of a part that is still there only what differs is touched."""
    old = _lines(folder, before) if before else frozenset()
    new = frozenset(folder.quads(after).splitlines(keepends=True)) if after else frozenset()
    if old is None:
        old = frozenset()
        _take_out_all(store, part)
    _take_out(store, part, old - new)
    fresh = b"".join(sorted(new - old))
    if fresh:
        store.load(_twice(part, fresh), format=RdfFormat.N_QUADS)


def _lines(folder: GraphFolder, file: str) -> frozenset[bytes] | None:
    """The quads of a file, or None if it is no longer there."""
    try:
        return frozenset(folder.quads(file).splitlines(keepends=True))
    except GraphError:
        return None


def _take_out(store: Store, part: str, lines: frozenset[bytes]) -> None:
    """Remove quads of a part, and from the default and the derived graph what rested on it alone."""
    own = NamedNode(derived_in(part))
    for quad in parse(b"".join(sorted(lines)), format=RdfFormat.N_QUADS):
        assert isinstance(quad, Quad)
        derived = quad.graph_name == DERIVED and not part.startswith("@")
        here = own if derived else quad.graph_name
        store.remove(Quad(quad.subject, quad.predicate, quad.object, here))
        _let_go(store, quad, derived=derived)


def _take_out_all(store: Store, part: str) -> None:
    """Remove all quads of a part of which nothing else is known any more."""
    for graph, derived in ((_graph(part), False), (derived_in(part), True)):
        quads = list(store.quads_for_pattern(None, None, None, NamedNode(graph)))
        store.remove_graph(NamedNode(graph))
        for quad in quads:
            _let_go(store, quad, derived=derived)


def _let_go(store: Store, quad: Quad, *, derived: bool) -> None:
    """Remove a triple from the derived graph if no article leads to it, from the default if none is left."""
    triple = quad.subject, quad.predicate, quad.object
    graphs = {q.graph_name for q in store.quads_for_pattern(*triple, None)}
    if derived and not any(map(_is_derived_in, graphs)):
        store.remove(Quad(*triple, DERIVED))
        graphs.discard(DERIVED)
    if graphs == {DefaultGraph()}:
        store.remove(Quad(*triple, DefaultGraph()))


def _is_derived_in(graph: object) -> bool:
    """Whether a graph is that of what follows from one article."""
    return isinstance(graph, NamedNode) and graph.value.startswith(f"{DERIVED.value}/")


def _graph(part: str) -> str:
    return graph_iri(part[1:]) if part.startswith("@") else article_iri(part)


def _share(old: Path, new: Path) -> None:
    """A copy of a closed store: its tables never change and are linked, the few small files are copied."""
    new.mkdir()
    for file in old.iterdir():
        if file.suffix == ".sst":
            with suppress(OSError):  # a file system without hard links
                os.link(file, new / file.name)
                continue
        shutil.copy2(file, new / file.name)
