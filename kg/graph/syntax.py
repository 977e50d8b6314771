"""RDF as text: the same text for the same quads in the same order."""

from __future__ import annotations

import json
from collections.abc import Iterable

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.graph.terms import PREFIXES

__all__ = ["rdf_text"]


def rdf_text(statements: Iterable[Triple] | Iterable[Quad], form: RdfFormat) -> str:
    """The statements in a format, with the usual prefixes where it has any.

    The engine writes prefixes in an order that changes from run to run; here they are sorted.
    """
    content = serialize(statements, format=form, prefixes=PREFIXES)
    assert content is not None
    text = content.decode()
    if form == RdfFormat.JSON_LD:
        return _sorted_context(text)
    lines = text.splitlines(keepends=True)
    head = sum(1 for line in lines[: len(PREFIXES)] if line.startswith("@prefix "))
    return "".join(sorted(lines[:head]) + lines[head:])


def _sorted_context(text: str) -> str:
    content = json.loads(text)
    if isinstance(content, dict) and "@context" in content:
        content["@context"] = dict(sorted(content["@context"].items()))
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
