"""Figures: the numbers that a text states of something, with what is counted, whose it is and when.

The steps: :mod:`.amounts` finds numbers with units, :mod:`.words` sets them among the words of their
clause, :mod:`.measures` words what is counted, :mod:`.periods` says when and :mod:`.owners` whose it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kg.language.annotations import Figure, Reading, Sentence
from kg.language.numerals import halfwidth
from kg.language.quantities.amounts import Amount, Refused, find_amounts
from kg.language.quantities.context import Context, Wording
from kg.language.quantities.measures import word_clause
from kg.language.quantities.owners import Owners
from kg.language.quantities.periods import Periods
from kg.language.quantities.words import Clause, clauses

__all__ = ["Refused", "find_figures", "weigh_figures"]

_LONGEST: Final = 2000
_PAGE_DATA: Final = re.compile(r"(?:浏览|阅读|点击|访问)(?:次数|量|数)[:：]|字号[:：]|责任编辑[:：]")


def find_figures(reading: Reading) -> list[Figure]:
    """The observations that the text states, in order of place.

    ``spans[0]`` is the number, ``spans[1]`` the words of the measure; ``start`` and ``end`` are the sentence.
    """
    return weigh_figures(reading)[0]


def weigh_figures(reading: Reading) -> tuple[list[Figure], list[Refused]]:
    """The figures, as :func:`find_figures` gives them, and the numbers that are none, with the reason."""
    finder = _Finder(reading)
    figures = list(finder.figures())
    return figures, sorted(finder.refused)


class _Finder:
    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.wide = halfwidth(reading.text)
        self.periods = Periods(reading)
        self.owners = Owners(reading)
        self.context = Context()
        self.refused: list[Refused] = []

    def figures(self) -> Iterator[Figure]:
        paragraph = -1
        for sentence in self._sentences():
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                self.context = Context()
                self.periods.enter_paragraph(sentence)
            amounts = find_amounts(self.reading, self.wide, sentence, self.refused)
            self.periods.enter_sentence(sentence, counts=bool(amounts))
            self.owners.enter_sentence(sentence)
            if amounts and _PAGE_DATA.search(self.wide, sentence.start, sentence.end):
                self._refuse(amounts, "what a page says of itself")
            elif amounts:
                yield from self._sentence(sentence, amounts)

    def _sentences(self) -> Iterator[Sentence]:
        """The sentences; a monstrous one, which no writer wrote, in pieces, so that time stays linear."""
        for sentence in self.reading.sentences:
            for start in range(sentence.start, sentence.end, _LONGEST):
                stop = min(start + _LONGEST, sentence.end)
                yield Sentence(start, stop, sentence.paragraph, sentence.heading)

    def _sentence(self, sentence: Sentence, amounts: list[Amount]) -> Iterator[Figure]:
        self.context.enter_sentence(self.reading.text[sentence.start : sentence.end])
        spans = self.periods.spans
        taken: set[tuple[int, int]] = set()
        for clause in clauses(self.reading, sentence, amounts):
            found = word_clause(clause, spans, self.context) if clause.counts else []
            dealt = self._dealt(clause, found)
            for i, (amount, wording) in enumerate(found):
                taken.add(amount.number)
                yield self._figure(sentence, _totalled(clause, amount), wording, (i, dealt))
            self.context.turn(clause, found)
        self._refuse((a for a in amounts if a.number not in taken and a.article), "no more than an article")
        left = (a for a in amounts if a.number not in taken and not a.article)
        self._refuse(left, "nothing named is counted")

    def _refuse(self, amounts: Iterable[Amount], reason: str) -> None:
        self.refused += (Refused(*a.number, reason) for a in amounts)

    def _dealt(self, clause: Clause, found: list[tuple[Amount, Wording]]) -> int:
        """How many amounts a clause deals out to as many subjects (分别), or 0."""
        return len(found) if any(w.text == "分别" for w in clause.words) else 0

    def _figure(self, sentence: Sentence, amount: Amount, wording: Wording, share: tuple[int, int]) -> Figure:
        return Figure(
            subject=self.owners.owner(sentence, amount, wording, share),
            measure=wording.measure,
            value=amount.value,
            unit=amount.unit,
            rule=":".join(filter(None, ("figure", wording.rule, amount.bound))),
            start=sentence.start,
            end=sentence.end,
            modifier=amount.modifier,
            period=self._period(amount, wording),
            spans=(amount.number, wording.span),
        )

    def _period(self, amount: Amount, wording: Wording) -> str | None:
        place = amount.number[0]
        over = wording.rule == "growth" and "同比" in wording.measure
        return self.periods.first(place) if over else self.periods.at(place)


def _totalled(clause: Clause, amount: Amount) -> Amount:
    """The amount with 累计 where the clause says it before its verb (累计组织100多万人次)."""
    said = any(w.text == "累计" and w.start < amount.start for w in clause.words)
    return replace(amount, modifiers=("累计", *amount.modifiers)) if said else amount
