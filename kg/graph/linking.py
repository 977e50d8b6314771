"""The identity of a graph folder: its linker beside the store, and what was found as files.

The linker is an index that can be thrown away: it is brought up to date with what ``kg.json`` lists, and
made anew where it is missing, damaged or of other rules. The links of each article are a file that
``kg.json`` names, so that who is who is part of the graph and not of the index.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from kg.errors import GraphError
from kg.identity import Assignment, Linker, Links
from kg.model import Extraction

__all__ = ["INDEX", "dump_links", "linked", "load_links", "open_linker"]

INDEX: Final = "identity.sqlite"
_PACKAGES: Final = ("kg.identity", "kg.language", "kg.language.lexicon", "kg.language.references")


def open_linker(path: Path | None) -> Linker:
    """The linker in the file, or one in memory where there is none or it cannot be opened."""
    if path is None:
        return Linker(rules=_rules())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return Linker(path, rules=_rules())
    except (OSError, sqlite3.Error):
        return Linker(rules=_rules())


@cache
def _rules() -> str:
    """A digest of the rules and tables of identity: an index of others is of no use."""
    found = sha256()
    for package in _PACKAGES:
        for file in sorted(files(package).iterdir(), key=lambda f: f.name):
            if file.name.endswith((".py", ".tsv", ".gz")) and file.is_file():
                found.update(file.name.encode())
                found.update(file.read_bytes())
    return found.hexdigest()


def dump_links(links: Links, keys: Iterable[str]) -> bytes:
    """What the entities with these keys are, as UTF-8 JSON."""
    content = {
        "copy": links.copy,
        "things": {key: _row(links.assignments[key]) for key in sorted(keys)},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _row(assignment: Assignment) -> dict[str, object]:
    row: dict[str, object] = {
        "id": assignment.id,
        "rule": assignment.rule,
        "grounds": list(assignment.grounds),
    }
    if not assignment.certain:
        row["certain"] = False
    if assignment.cities:
        row["cities"] = list(assignment.cities)
    return row


def load_links(content: bytes) -> Links:
    """The links that :func:`dump_links` wrote.

    Raises:
        GraphError: if the content is no such JSON.
    """
    try:
        found: Mapping[str, Any] = json.loads(content)
        return Links({key: _assignment(row) for key, row in found["things"].items()}, found["copy"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise GraphError(f"links of the graph are damaged ({error!r}): build the graph again") from error


def _assignment(row: Mapping[str, Any]) -> Assignment:
    return Assignment(
        row["id"], row["rule"], tuple(row["grounds"]), row.get("certain", True), tuple(row.get("cities", ()))
    )


def linked(extraction: Extraction, links: Links) -> Extraction:
    """The extraction with the IRIs of its entities; two that are one thing have one IRI and stay two."""
    return replace(
        extraction,
        entities=tuple(replace(e, id=links.assignments[e.key].id) for e in extraction.entities),
    )
