"""Outside identifiers of the things of a graph, out of a table that people keep.

The table is a file of tab- or comma-separated values with the headings ``name``, ``type`` and
``same``: the name or IRI of a thing, its type where the name is that of several, and the IRI by
which others know it. It is kept beside the graph and holds after every later change.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, Triple

from kg.errors import GraphError
from kg.graph import Graph
from kg.vocabulary import EntityType

__all__ = ["TABLE", "Alignment", "align", "dump_alignments", "read_alignments"]

TABLE: Final = "alignments.tsv"
"""The table's file beside a graph."""

_HEAD: Final = ("name", "type", "same")
_SAME: Final = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
_MATCH: Final = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
_CONCEPTS: Final = frozenset({EntityType.AWARD, EntityType.PROGRAMME})
"""What is rather a notion than a thing, so that a match of notions is stated."""


@dataclass(frozen=True, slots=True, order=True)
class Alignment:
    """A row of the table."""

    name: str
    type: str
    same: str


def read_alignments(path: Path) -> list[Alignment]:
    """The rows of a table.

    Raises:
        GraphError: if it lacks a heading, or a row is not as it must be; the message has the line.
        OSError: if it cannot be read.
    """
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    rows = csv.reader(lines, delimiter="\t" if "\t" in "".join(lines[:1]) else ",")
    head = next(rows, [])
    if not {"name", "same"} <= set(head):
        raise GraphError(f"{path}: the first line must have the headings {', '.join(_HEAD)}")
    found = []
    for cells in rows:
        row = dict(zip(head, cells, strict=False))
        if not any(cells):
            continue
        alignment = Alignment(row.get("name", ""), row.get("type", ""), row.get("same", ""))
        where = f"{path}:{rows.line_num}"
        if not alignment.name or urlsplit(alignment.same).scheme not in ("http", "https", "urn"):
            raise GraphError(f"{where}: a row needs a name and an IRI as what it is the same")
        if alignment.type and alignment.type not in set(EntityType):
            raise GraphError(f"{where}: {alignment.type} is no type; use {', '.join(EntityType)}")
        found.append(alignment)
    return found


def dump_alignments(alignments: Iterable[Alignment]) -> str:
    """The content of a table, sorted."""
    rows = (f"{a.name}\t{a.type}\t{a.same}\n" for a in sorted(alignments))
    return "\t".join(_HEAD) + "\n" + "".join(rows)


def align(graph: Graph, alignments: Iterable[Alignment]) -> tuple[set[Triple], list[str]]:
    """What the table says of the things of this graph, and what of it applies to nothing.

    A name that is that of several things is not guessed at: the row is reported.
    """
    triples: set[Triple] = set()
    problems: list[str] = []
    for row in alignments:
        found = [row.name] if row.name.startswith(("http://", "https://")) else graph.find(row.name)
        kinds = {thing: graph.type_of(thing) for thing in found}
        fitting = [thing for thing, kind in kinds.items() if kind and row.type in ("", kind)]
        if len(fitting) != 1:
            reason = "is the name of several things: give the IRI" if fitting else "is nothing in this graph"
            problems.append(f"{row.name}{f' ({row.type})' if row.type else ''} {reason}")
            continue
        (thing,) = fitting
        predicate = _MATCH if kinds[thing] in _CONCEPTS else _SAME
        triples.add(Triple(NamedNode(thing), predicate, NamedNode(row.same)))
    return triples, problems
