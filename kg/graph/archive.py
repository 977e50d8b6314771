"""An extraction as JSON and back: the form in which a graph folder keeps its articles.

It is the annotation form of :meth:`kg.model.Extraction.to_dict` with what that leaves out: the source
and its repaired text, keys of entities, metadata and rejected candidates. Path, format and encoding of the
file are not part of it, so that the same article gives the same bytes however it came; nor is who is who,
which depends on the other articles (see :mod:`kg.graph.linking`).
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from kg.errors import GraphError
from kg.graph.description import claim_iris
from kg.graph.iris import span_iri
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

__all__ = ["dumps", "loads", "marks", "relative_spans"]


def dumps(extraction: Extraction) -> bytes:
    """The extraction as UTF-8 JSON without its IRIs, the same bytes for the same extraction."""
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
        del entry["id"]
    for fact, entry in zip(extraction.facts, content["facts"], strict=True):
        entry |= {"subject_key": fact.subject, "object_key": fact.object}
        del entry["subject_id"], entry["object_id"]
    for figure, entry in zip(extraction.observations, content["observations"], strict=True):
        entry["subject_key"] = figure.subject
        del entry["subject_id"]
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


def marks(extraction: Extraction) -> dict[tuple[str, str], list[list[int]]]:
    """By the IRIs of a statement or figure and of its sentence: the ranges of the sentence that carry it.

    The entities of the extraction have the IRIs that the graph knows them by.
    """
    found: dict[tuple[str, str], list[list[int]]] = {}
    claims: tuple[Fact | Observation, ...] = (*extraction.facts, *extraction.observations)
    for claim, iri in zip(claims, claim_iris(extraction), strict=True):
        sentence = span_iri(extraction.document.id, claim.evidence.span)
        spans = found.setdefault((iri, sentence), [])
        for span in relative_spans(extraction.document, claim.evidence):
            if span not in spans:
                spans.append(span)
    return {key: sorted(spans) for key, spans in found.items()}


def relative_spans(document: Document, evidence: Evidence) -> list[list[int]]:
    """The spans of the evidence, in the source, as ranges of its own text.

    >>> document = Document("d", "", "云 浮市。", "云浮市。", (0, 2, 3, 4))
    >>> relative_spans(document, Evidence(Span(0, 5), "云浮市。", (Span(2, 4),)))
    [[1, 3]]
    """
    first = bisect_left(document.offsets, evidence.span.start)
    found = []
    for span in evidence.spans:
        start = max(0, bisect_left(document.offsets, span.start) - first)
        end = min(len(evidence.text), bisect_left(document.offsets, span.end) - first)
        if start < end:
            found.append([start, end])
    return found


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


def _document(head: Mapping[str, Any], path: str) -> Document:
    metadata = head["metadata"] | {"authors": tuple(head["metadata"]["authors"])}
    return Document(
        id=head["id"],
        path=path,
        source=head["source"],
        text=head["source"] if head["text"] is None else head["text"],
        offsets=_offsets(head["offsets"]),
        metadata=Metadata(**metadata),
    )


def _extraction(content: Mapping[str, Any], path: str) -> Extraction:
    head = content["document"]
    return Extraction(
        document=_document(head, path),
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
