"""An extraction as JSON and back: the form in which a graph folder keeps its articles.

It is the annotation form of :meth:`kg.model.Extraction.to_dict` with what that leaves out: the
source and its repaired text, entity keys, metadata and rejected candidates. Path, format and
encoding of the file are not part of it, so that the same article gives the same bytes however it came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from kg.errors import GraphError
from kg.model import (
    Document,
    Entity,
    Evidence,
    Extraction,
    Fact,
    Mention,
    Metadata,
    Observation,
    Rejection,
    Span,
)
from kg.vocabulary import EntityType, Predicate, Subtype

__all__ = ["dumps", "loads"]


def dumps(extraction: Extraction) -> bytes:
    """The extraction as UTF-8 JSON, the same bytes for the same extraction."""
    content = extraction.to_dict()
    document = extraction.document
    content["document"] = {
        "id": document.id,
        "title": extraction.title,
        "published": extraction.published,
        "publisher": extraction.publisher,
        "metadata": asdict(document.metadata),
        "source": document.source,
        "text": None if document.text == document.source else document.text,
        "offsets": _runs(document.offsets),
    }
    for entity, entry in zip(extraction.entities, content["entities"], strict=True):
        entry["key"] = entity.key
    for fact, entry in zip(extraction.facts, content["facts"], strict=True):
        entry["subject_key"], entry["object_key"] = fact.subject, fact.object
    for figure, entry in zip(extraction.observations, content["observations"], strict=True):
        entry["subject_key"] = figure.subject
    content["rejections"] = [asdict(r) for r in extraction.rejections]
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def loads(content: bytes, *, path: str = "") -> Extraction:
    """The extraction that :func:`dumps` wrote; ``path`` is where its file lay.

    Raises:
        GraphError: if the content is no such JSON.
    """
    try:
        return _extraction(json.loads(content), path)
    except (KeyError, TypeError, ValueError) as error:
        raise GraphError(f"an article of the graph is damaged ({error!r}): build the graph again") from error


def _runs(offsets: Iterable[int]) -> list[list[int]]:
    """Offsets as runs ``[first, length]`` of consecutive numbers.

    >>> _runs((0, 1, 2, 5, 6))
    [[0, 3], [5, 2]]
    """
    runs: list[list[int]] = []
    for offset in offsets:
        if runs and offset == runs[-1][0] + runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([offset, 1])
    return runs


def _offsets(runs: list[list[int]]) -> tuple[int, ...] | range:
    if len(runs) <= 1:
        return range(runs[0][0], runs[0][0] + runs[0][1]) if runs else range(0)
    return tuple(offset for first, length in runs for offset in range(first, first + length))


def _extraction(content: Mapping[str, Any], path: str) -> Extraction:
    head = content["document"]
    metadata = head["metadata"] | {"authors": tuple(head["metadata"]["authors"])}
    return Extraction(
        document=Document(
            id=head["id"],
            path=path,
            source=head["source"],
            text=head["source"] if head["text"] is None else head["text"],
            offsets=_offsets(head["offsets"]),
            metadata=Metadata(**metadata),
        ),
        entities=tuple(_entity(e) for e in content["entities"]),
        facts=tuple(_fact(f) for f in content["facts"]),
        observations=tuple(_observation(o) for o in content["observations"]),
        rejections=tuple(Rejection(**{**r, "span": Span(**r["span"])}) for r in content["rejections"]),
        title=head["title"],
        publisher=head["publisher"],
        published=head["published"],
    )


def _entity(entry: Mapping[str, Any]) -> Entity:
    return Entity(
        key=entry["key"],
        type=EntityType(entry["type"]),
        name=entry["name"],
        subtype=Subtype(entry["subtype"]) if entry["subtype"] else None,
        aliases=tuple(entry["aliases"]),
        mentions=tuple(Mention(Span(m["start"], m["end"]), m["text"], m["rule"]) for m in entry["mentions"]),
        id=entry["id"] or "",
    )


def _evidence(entry: Mapping[str, Any]) -> Evidence:
    spans = tuple(Span(start, end) for start, end in entry["spans"])
    return Evidence(Span(entry["start"], entry["end"]), entry["text"], spans)


def _fact(entry: Mapping[str, Any]) -> Fact:
    return Fact(
        predicate=Predicate(entry["predicate"]),
        subject=entry["subject_key"],
        object=entry["object_key"],
        evidence=_evidence(entry["evidence"]),
        rule=entry["rule"],
        attributes=tuple(entry["attributes"].items()),
    )


def _observation(entry: Mapping[str, Any]) -> Observation:
    return Observation(
        subject=entry["subject_key"],
        measure=entry["measure"],
        value=entry["value"],
        unit=entry["unit"],
        evidence=_evidence(entry["evidence"]),
        rule=entry["rule"],
        modifier=entry["modifier"],
        period=entry["period"],
    )
