"""An article to be read, with the things that it names marked in its text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from kg.graph import ArticleInfo
from kg.graph.iris import article_iri, iri_of
from kg.model import Document, Extraction, Fact, Observation, Span
from kg.server.portrait import Link
from kg.server.reader import Reader
from kg.vocabulary import DOCUMENT, RecordType

__all__ = ["ArticleOf", "ArticleText", "Claim", "Piece", "Sentence"]

_HEADING = re.compile(r"(#{1,6})\s*([^#\s].*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the text: plain, or the name of a thing, with where it stands in the source."""

    text: str
    link: Link | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Pieces, and where statements or figures rest on them the span of the sentence in the source."""

    pieces: tuple[Piece, ...]
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement or figure of the article, and where its sentence begins in the source."""

    subject: Link | None
    predicate: str
    object: Link | None
    attributes: tuple[tuple[str, str], ...]
    figure: tuple[str, int | float, str, str, str] | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ArticleText:
    """An article: paragraphs (a heading has its level) of sentences, what it names and what it states."""

    article: ArticleInfo
    paragraphs: tuple[tuple[int, tuple[Sentence, ...]], ...]
    things: tuple[tuple[Link, int], ...]
    claims: tuple[Claim, ...]
    version: str = ""


@dataclass(frozen=True, slots=True)
class ArticleOf:
    """The article with this id."""

    id: str

    def __call__(self, reader: Reader) -> ArticleText:
        """Set it.

        Raises:
            KeyError: if there is no such article.
        """
        extraction = reader.graph.extraction(self.id)
        infos = reader.kept("infos", lambda graph: {a.id: a for a in graph.articles()})
        links = {e.key: Link(iri_of(e), e.name, str(e.type)) for e in extraction.entities}
        text = _Text(extraction.document)
        counts = [(links[e.key], len(e.mentions)) for e in extraction.entities if e.mentions]
        return ArticleText(
            infos.get(self.id) or ArticleInfo(self.id, article_iri(self.id), extraction.title),
            tuple(_paragraphs(text, extraction, links)),
            tuple(sorted(counts, key=lambda pair: (-pair[1], pair[0].label))),
            tuple(_claims(extraction, links)),
            reader.version,
        )


@dataclass(slots=True)
class _Text:
    """The text as it is read, and from places in the source to places in it."""

    document: Document
    offsets: Sequence[int] = field(init=False)

    def __post_init__(self) -> None:
        self.offsets = self.document.offsets

    def place(self, span: Span) -> tuple[int, int]:
        return bisect_left(self.offsets, span.start), bisect_left(self.offsets, span.end)


def _paragraphs(
    text: _Text, extraction: Extraction, links: dict[str, Link]
) -> Iterator[tuple[int, tuple[Sentence, ...]]]:
    content = text.document.text
    names = _apart(
        (*text.place(m.span), m.span, links[e.key]) for e in extraction.entities for m in e.mentions
    )
    claims: Iterable[Fact | Observation] = (*extraction.facts, *extraction.observations)
    spans = {c.evidence.span for c in claims}
    sentences = _apart((*text.place(span), span, None) for span in spans)
    start = 0
    for line in content.split("\n"):
        end = start + len(line)
        if line.strip():
            heading = _HEADING.match(line)
            first = start + (heading.start(2) if heading else 0)
            level = len(heading[1]) if heading else 0
            yield level, tuple(_sentences(content, first, end, sentences, names))
        start = end + 1


_Range = tuple[int, int, Span, Link | None]


def _apart(ranges: Iterable[_Range]) -> list[_Range]:
    """Ranges of which none reaches into another: of two that do, the one that begins first, or is longer."""
    kept: list[_Range] = []
    for found in sorted(ranges, key=lambda r: (r[0], -r[1])):
        if found[0] < found[1] and (not kept or found[0] >= kept[-1][1]):
            kept.append(found)
    return kept


def _sentences(
    content: str, start: int, end: int, sentences: list[_Range], names: list[_Range]
) -> Iterator[Sentence]:
    here = start
    for first, last, span, _ in sentences:
        if first < here or last > end:
            continue
        if first > here:
            yield Sentence(tuple(_pieces(content, here, first, names)))
        yield Sentence(tuple(_pieces(content, first, last, names)), span)
        here = last
    if here < end:
        yield Sentence(tuple(_pieces(content, here, end, names)))


def _pieces(content: str, start: int, end: int, names: list[_Range]) -> Iterator[Piece]:
    here = start
    for first, last, span, link in names[bisect_left(names, start, key=lambda r: r[0]) :]:
        if first >= end:
            break
        if last > end:
            continue
        if first > here:
            yield Piece(content[here:first])
        yield Piece(content[first:last], link, span)
        here = last
    if here < end:
        yield Piece(content[here:end])


def _claims(extraction: Extraction, links: dict[str, Link]) -> Iterator[Claim]:
    this = Link(article_iri(extraction.document.id), extraction.title or "", RecordType.ARTICLE)
    ends = {**links, DOCUMENT: this}
    found = [
        Claim(
            ends[f.subject],
            str(f.predicate),
            ends[f.object],
            f.attributes,
            None,
            f.evidence.span.start,
            f.evidence.span.end,
        )
        for f in extraction.facts
    ]
    found += [
        Claim(
            links.get(o.subject),
            "",
            None,
            (),
            (o.measure, o.value, o.unit, o.modifier or "", o.period or ""),
            o.evidence.span.start,
            o.evidence.span.end,
        )
        for o in extraction.observations
    ]
    yield from sorted(found, key=lambda c: (c.start, c.figure is not None))
