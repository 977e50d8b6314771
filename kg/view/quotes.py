"""The sentences behind the facts, each kept once and cut where a highlight begins or ends."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["Quotes"]

_Key = tuple[str, int]


class Quotes:
    """All sentences of a graph, and how each piece of evidence cites them.

    Attributes:
        articles: title and IRI of each article, in the order in which evidence first names them.
        sentences: for each sentence the number of its article and its pieces, which joined are
            the sentence.

    >>> quotes = Quotes([{"sentence": "甲获奖", "highlights": [[0, 1]], "article": "报"}], [])
    >>> quotes.sentences, quotes.cite({"sentence": "甲获奖", "highlights": [[0, 1]], "article": "报"})
    ([[0, ['甲', '获奖']]], [0, [0]])
    """

    def __init__(self, evidence: Iterable[Mapping[str, Any]], named: Iterable[str]) -> None:
        self.articles: list[list[str]] = []
        self._titles: dict[str, int] = {}
        self._places: dict[str, int] = {}
        self._numbers: dict[_Key, int] = {}
        self._cuts: list[list[int]] = []
        marks: dict[_Key, set[int]] = {}
        for item in evidence:
            sentence = _sentence(item)
            article = self._article(str(item.get("article") or ""), str(item.get("article_iri") or ""))
            if sentence:
                places = marks.setdefault((sentence, article), {0, len(sentence)})
                places.update(place for mark in _highlights(item, sentence) for place in mark)
        for name in named:
            self.article(name)
        self.sentences: list[list[Any]] = []
        for number, ((sentence, article), places) in enumerate(marks.items()):
            cuts = sorted(places)
            self._numbers[sentence, article] = number
            self._cuts.append(cuts)
            pieces = [sentence[a:b] for a, b in itertools.pairwise(cuts)]
            self.sentences.append([article, pieces])

    def article(self, name: str) -> int:
        """The number of the article with this title or IRI, taken in where it is new."""
        if name in self._places:
            return self._places[name]
        return self._article(name, "")

    def cite(self, evidence: Mapping[str, Any]) -> list[Any] | None:
        """The number of the sentence and of the pieces that are marked; ``None`` without a sentence."""
        sentence = _sentence(evidence)
        if not sentence:
            return None
        article = self._article(str(evidence.get("article") or ""), str(evidence.get("article_iri") or ""))
        number = self._numbers[sentence, article]
        marks = _highlights(evidence, sentence)
        cuts = self._cuts[number]
        marked = [
            piece
            for piece, (a, b) in enumerate(itertools.pairwise(cuts))
            if any(start <= a and b <= end for start, end in marks)
        ]
        return [number, marked]

    def _article(self, title: str, iri: str) -> int:
        number = self._places.get(iri) if iri else self._titles.get(title)
        if number is None:
            number = len(self.articles)
            self.articles.append([title or iri, iri])
            self._titles.setdefault(title, number)
            if iri:
                self._places[iri] = number
        return number


def _sentence(evidence: Mapping[str, Any]) -> str:
    return str(evidence.get("sentence") or "")


def _highlights(evidence: Mapping[str, Any], sentence: str) -> list[tuple[int, int]]:
    """The marked ranges that lie in the sentence; what reaches out of it is cut off."""
    found = []
    for start, end in evidence.get("highlights") or ():
        start, end = max(0, int(start)), min(len(sentence), int(end))
        if start < end:
            found.append((start, end))
    return found
