"""The Oxigraph store of a graph folder: derived from its N-Quads files, and disposable.

Its default graph holds every triple of the named ones once. (The engine's own union of graphs
counts a triple once for each graph that has it, and so gives wrong numbers.)

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

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store

from kg.errors import GraphError
from kg.graph.folder import GraphFolder, Manifest
from kg.graph.iris import article_iri, graph_iri

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
        content = b"".join(_twice(folder, name, parts[name]) for name in names[i : i + _AT_ONCE])
        store.bulk_load(content, format=RdfFormat.N_QUADS, lenient=True)  # checked when they were written


def _twice(folder: GraphFolder, part: str, file: str) -> bytes:
    """The quads of a part, and the same in the default graph."""
    content = folder.quads(file)
    return content + content.replace(f" <{_graph(part)}> .\n".encode(), b" .\n")


def _fill(data: Path, folder: GraphFolder, manifest: Manifest) -> None:
    wanted = manifest.quads()
    for old in _stores(folder):
        present = Manifest.loads((old / _LIST).read_bytes(), old).quads()
        gone = {name for name, file in present.items() if wanted.get(name) != file}
        fresh = {name: file for name, file in wanted.items() if present.get(name) != file}
        if 2 * (len(gone) + len(fresh)) < len(wanted):
            _share(old / _DATA, data)
            store = Store(str(data))
            for name in sorted(gone):
                _take_out(store, NamedNode(_graph(name)))
            for name, file in fresh.items():
                store.load(_twice(folder, name, file), format=RdfFormat.N_QUADS)
            store.flush()
            return
    store = Store(str(data))
    _load(store, folder, wanted)
    store.flush()


def _take_out(store: Store, graph: NamedNode) -> None:
    """Remove a graph, and from the default graph what rested on it alone."""
    quads = list(store.quads_for_pattern(None, None, None, graph))
    store.remove_graph(graph)
    for quad in quads:
        kept = Quad(quad.subject, quad.predicate, quad.object, DefaultGraph())
        others = store.quads_for_pattern(quad.subject, quad.predicate, quad.object, None)
        if all(other == kept for other in others):
            store.remove(kept)


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
