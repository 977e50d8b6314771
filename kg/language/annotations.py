"""What the components of the pipeline hand to each other, in text coordinates.

Every ``start`` and ``end`` is a half-open range of code points of the *repaired* text
(:attr:`kg.model.Document.text`), which is also the text of the spaCy ``Doc``; one token is
one character. Nothing here knows spaCy.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.vocabulary import EntityType, Predicate, Subtype

__all__ = ["Byline", "Claim", "Figure", "Name", "Post", "Reading", "Referent", "Sentence", "in_order"]


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A stretch of text that names something.

    ``rule`` says who found it (``crf``, ``lexicon:divisions``, ``grammar:document`` …);
    ``score`` is in 0–1, 1.0 for what is certain by form.
    """

    start: int
    end: int
    type: EntityType
    text: str
    rule: str
    score: float = 1.0


@dataclass(frozen=True, slots=True, order=True)
class Post:
    """A post or job title: ``text[start:end]`` is 副主席, 工会主席, 首席焊接技师 …"""

    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Byline:
    """A person who made the article: ``role`` is 记者, 通讯员, 责任编辑, 校对, 作者 …"""

    start: int
    end: int
    text: str
    role: str


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """``text[start:end]`` without white space at its ends; ``heading`` where the line is a title."""

    start: int
    end: int
    paragraph: int = 0
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Referent:
    """One thing of the article with every place where it is named.

    ``name`` is the fullest form, ``aliases`` the other forms word for word; ``names`` is in
    order of place. ``key`` is unique in the article.
    """

    key: str
    type: EntityType
    name: str
    subtype: Subtype | None = None
    aliases: tuple[str, ...] = ()
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A relation that a sentence states; the ends are referent keys (or ``DOCUMENT``).

    ``start``–``end`` is the sentence, ``spans`` the words in it that carry the statement.
    """

    predicate: Predicate
    subject: str
    object: str
    rule: str
    start: int
    end: int
    attributes: tuple[tuple[str, str], ...] = ()
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a sentence states; ``subject`` is a referent key or empty."""

    subject: str
    measure: str
    value: int | float
    unit: str
    rule: str
    start: int
    end: int
    modifier: str | None = None
    period: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Reading:
    """An article as far as it has been understood: its sentences and the things it names."""

    text: str
    sentences: tuple[Sentence, ...] = ()
    referents: tuple[Referent, ...] = ()
    posts: tuple[Post, ...] = ()
    bylines: tuple[Byline, ...] = ()
    published: str | None = None
    owner: str = ""
    """Key of the organization that the whole article is about, or empty."""
    claims: tuple[Claim, ...] = ()
    figures: tuple[Figure, ...] = ()

    @cached_property
    def by_key(self) -> dict[str, Referent]:
        """Referents by their key."""
        return {r.key: r for r in self.referents}

    @cached_property
    def mentions(self) -> tuple[tuple[Name, Referent], ...]:
        """Every name with what it refers to, in order of place."""
        pairs = ((n, r) for r in self.referents for n in r.names)
        return tuple(sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end, pair[1].key)))

    @cached_property
    def _starts(self) -> list[int]:
        return [name.start for name, _ in self.mentions]

    def within(self, start: int, end: int, *types: EntityType) -> list[tuple[Name, Referent]]:
        """The names that lie wholly in ``start``–``end``, of these types or of any, in order of place."""
        low, high = bisect_left(self._starts, start), bisect_right(self._starts, end - 1)
        return [(n, r) for n, r in self.mentions[low:high] if n.end <= end and (not types or n.type in types)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, place: int) -> Sentence | None:
        """The sentence that holds the character at ``place``, or None between sentences."""
        i = bisect_right(self._sentence_starts, place) - 1
        if i < 0:
            return None
        found = self.sentences[i]
        return found if place < found.end else None


def in_order(names: Iterable[Name]) -> list[Name]:
    """Names by place, the longer first where two start together."""
    return sorted(names, key=lambda n: (n.start, -n.end))
