"""Articles with their entities marked: the corpus's inline form, and what an extraction looks like in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import starmap
from pathlib import Path

from kg.errors import ModelError
from kg.language.recogniser import LABELS, POST, TYPES, TaggedSpan
from kg.model import Extraction, Fact, Span
from kg.reading.repair import repair
from kg.vocabulary import Predicate

__all__ = [
    "Tagged",
    "parse_article",
    "read_article",
    "render_article",
    "repaired",
    "tagged_of",
]

Tagged = tuple[str, tuple[TaggedSpan, ...]]
"""A text and its spans, half-open and in code points, which do not overlap."""

_TAG = re.compile(r"<(/?)([A-Za-z]+)>")


def parse_article(article: str, name: str = "article") -> Tagged:
    """The plain text of an article in the corpus's form, and its tagged spans.

    A first line that begins with ``#`` says where the article plays and is left out.

    >>> parse_article("<o>市总工会</o>慰问<p>王梅</p>")[1][1]
    TaggedSpan(start=6, end=8, label='p')

    Raises:
        ModelError: if a tag is unknown, nested, unclosed, closed by another or empty.
    """
    line = 1
    if article.startswith("#"):
        article = article.partition("\n")[2]
        line = 2
    pieces: list[str] = []
    spans: list[TaggedSpan] = []
    opened: tuple[str, int, int] | None = None
    length = position = 0
    for match in _TAG.finditer(article):
        piece = article[position : match.start()]
        pieces.append(piece)
        length += len(piece)
        line += piece.count("\n")
        position = match.end()
        closing, label = match.groups()
        where = f"{name}:{line}"
        if len(label) != 1 or label not in LABELS:
            raise ModelError(f"{where}: unknown tag {match.group()}; the tags are {', '.join(LABELS)}")
        if not closing:
            if opened:
                raise ModelError(f"{where}: {match.group()} opens inside <{opened[0]}> of line {opened[2]}")
            opened = (label, length, line)
        elif opened is None:
            raise ModelError(f"{where}: {match.group()} closes what was never opened")
        elif opened[0] != label:
            raise ModelError(f"{where}: {match.group()} closes <{opened[0]}> of line {opened[2]}")
        elif opened[1] == length:
            raise ModelError(f"{where}: <{label}> holds no text")
        else:
            spans.append(TaggedSpan(opened[1], length, label))
            opened = None
    if opened:
        raise ModelError(f"{name}:{opened[2]}: <{opened[0]}> is never closed")
    pieces.append(article[position:])
    return "".join(pieces), tuple(spans)


def render_article(text: str, spans: Iterable[TaggedSpan]) -> str:
    """The inline form of a text with its spans; :func:`parse_article` undoes it."""
    pieces: list[str] = []
    position = 0
    for span in sorted(spans):
        name = text[span.start : span.end]
        pieces += [text[position : span.start], f"<{span.label}>{name}</{span.label}>"]
        position = span.end
    return "".join([*pieces, text[position:]])


def read_article(path: Path) -> Tagged:
    """The text of an article file as it is read (:func:`kg.reading.repair.repair`), and its spans.

    Raises:
        ModelError: if the file is not in the corpus's form.
    """
    return repaired(*parse_article(path.read_text(encoding="utf-8"), str(path)))


def repaired(source: str, spans: Iterable[TaggedSpan]) -> Tagged:
    """A text as it is read, with its spans moved to where they are then."""
    text, places = repair(source)
    moved = ((bisect_left(places, span.start), bisect_left(places, span.end), span.label) for span in spans)
    return text, tuple(starmap(TaggedSpan, moved))


def tagged_of(extraction: Extraction) -> Tagged:
    """The source of an article with what was found in it: every mention, and the posts that people hold.

    Where mentions overlap the longer one stays: tags do not nest.
    """
    labels = {str(kind): label for label, kind in TYPES.items()}
    source = extraction.document.source
    found = [
        TaggedSpan(mention.span.start, mention.span.end, labels[str(entity.type)])
        for entity in extraction.entities
        for mention in entity.mentions
    ]
    posts = [f for f in extraction.facts if f.predicate == Predicate.HOLDS_POST]
    found += [TaggedSpan(span.start, span.end, POST) for fact in posts for span in _post(fact, source)]
    taken: list[TaggedSpan] = []
    for span in sorted(set(found), key=lambda s: (s.label == POST, s.start - s.end, s.start, s.label)):
        if all(span.end <= other.start or other.end <= span.start for other in taken):
            taken.append(span)
    return source, tuple(sorted(taken))


def _post(fact: Fact, source: str) -> Iterator[Span]:
    """Where the words of a post stand: nearest to what carries the statement."""
    post = dict(fact.attributes).get("post")
    if not post:
        return
    start, end = fact.evidence.span.start, fact.evidence.span.end
    places = [start + m.start() for m in re.finditer(re.escape(post), source[start:end])]
    anchors = [s.start for s in fact.evidence.spans] or [start]
    if places:
        place = min(places, key=lambda p: min(abs(p - anchor) for anchor in anchors))
        yield Span(place, place + len(post))
