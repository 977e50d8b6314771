"""From a document to what it states: the edge where text coordinates become source coordinates."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import cache, partial
from typing import TYPE_CHECKING

from kg.identity import Decision, identify
from kg.language.annotations import Claim, Figure, Name, Reading, Referent
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
from kg.reading import read_text

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.language.understanding import Understanding

__all__ = ["extract", "extract_all", "pipeline"]


@cache
def pipeline(model: str | None = None) -> Language:
    """The pipeline, loaded once for each ``model`` (see :func:`kg.load`).

    Raises:
        ModelError: if ``model`` is not installed or finds no entities.
    """
    from kg.language.pipeline import load  # spaCy takes a second to import: not for a mere query

    return load(model=model)


def extract(document: Document | str, *, model: str | None = None) -> Extraction:
    """Everything that one article states, with the evidence for each.

    Who is who is settled within the article; see :func:`extract_all` for several.

    Args:
        document: a document, or the text of an article.
        model: an installed spaCy pipeline whose entities serve as a second opinion.

    Raises:
        ReadingError: if the text is empty.
        ModelError: if ``model`` is not installed or finds no entities.
    """
    with _uncollected():
        from kg.language.understanding import understand  # tables and patterns: not for a mere query

        read = understand if model is None else partial(_with_second_opinion, pipeline(model))
        article = read_text(document) if isinstance(document, str) else document
        return identify([_to_model(article, read(article.text, article.metadata))])[0]


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which would look through all tables and find no garbage: none is made.

    Two threads in here at once leave it as the first found it.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def extract_all(
    documents: Iterable[Document | str], *, model: str | None = None, decisions: Iterable[Decision] = ()
) -> Iterator[Extraction]:
    """:func:`extract` for many articles, in their order, with one IRI for one thing in all of them.

    All are read before the first is given, for who is who depends on all.

    Args:
        documents: documents, or the texts of articles.
        model: an installed spaCy pipeline whose entities serve as a second opinion.
        decisions: what people have decided on who is who.

    Raises:
        ReadingError: if a text is empty.
        ModelError: if ``model`` is not installed or finds no entities.
    """
    yield from identify([extract(document, model=model) for document in documents], decisions)


def _with_second_opinion(nlp: Language, text: str, metadata: Metadata) -> Understanding:
    from kg.language.pipeline import understanding_of

    doc = nlp.make_doc(text)
    doc._.kg_metadata = asdict(metadata)
    return understanding_of(nlp(doc))


def _to_model(document: Document, found: Understanding) -> Extraction:
    reading, head = found.reading, found.masthead
    return Extraction(
        document=document,
        entities=tuple(_entity(document, r) for r in reading.referents),
        facts=tuple(_fact(document, reading, c) for c in reading.claims),
        observations=tuple(_observation(document, reading, f) for f in reading.figures),
        rejections=(*_names_not_taken(document, found), *_numbers_not_taken(document, found)),
        title=head.title or document.metadata.title,
        publisher=head.publisher or document.metadata.publisher,
        published=head.published or document.metadata.published,
    )


def _names_not_taken(document: Document, found: Understanding) -> Iterator[Rejection]:
    for r in found.rejected:
        span = document.to_source(r.name.start, r.name.end)
        yield Rejection(span, r.name.text, r.name.type, r.name.rule, r.reason)


def _numbers_not_taken(document: Document, found: Understanding) -> Iterator[Rejection]:
    for n in found.refused:
        text = found.reading.text[n.start : n.end]
        yield Rejection(document.to_source(n.start, n.end), text, "Observation", "figure", n.reason)


def _mention(document: Document, name: Name) -> Mention:
    return Mention(document.to_source(name.start, name.end), name.text, name.rule)


def _entity(document: Document, referent: Referent) -> Entity:
    return Entity(
        key=referent.key,
        type=referent.type,
        name=referent.name,
        subtype=referent.subtype,
        aliases=referent.aliases,
        mentions=tuple(_mention(document, n) for n in referent.names),
    )


def _evidence(document: Document, reading: Reading, item: Claim | Figure) -> Evidence:
    return Evidence(
        span=document.to_source(item.start, item.end),
        text=reading.text[item.start : item.end],
        spans=tuple(_span(document, pair) for pair in sorted(set(item.spans))),
    )


def _span(document: Document, pair: tuple[int, int]) -> Span:
    return document.to_source(*pair)


def _fact(document: Document, reading: Reading, claim: Claim) -> Fact:
    return Fact(
        predicate=claim.predicate,
        subject=claim.subject,
        object=claim.object,
        evidence=_evidence(document, reading, claim),
        rule=claim.rule,
        attributes=tuple(sorted(claim.attributes)),
    )


def _observation(document: Document, reading: Reading, figure: Figure) -> Observation:
    return Observation(
        subject=figure.subject,
        measure=figure.measure,
        value=figure.value,
        unit=figure.unit,
        evidence=_evidence(document, reading, figure),
        rule=figure.rule,
        modifier=figure.modifier,
        period=figure.period,
    )
