"""When a figure holds: the period that leads its sentence, its paragraph or its section."""

from __future__ import annotations

import re
from typing import Final

from kg.language.annotations import Reading, Sentence
from kg.language.time import Period, find_periods

__all__ = ["Periods"]

_VAGUE: Final = re.compile(
    r"近年来?|近些年来?|近几年来?|长期以来|一直以来|连年|多年来|当[天日]|[^来]{0,2}每[月天周季]度?|日前|历年来?"
)
_ENUMERATED: Final = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|#+|[▍■●◆])"
)
_HEADING_YEAR: Final = re.compile(r"(?:19|20)\d\d年(?:度)?|[今去明]年|“?十[三四五六]五”?(?:期间|时期)?")
_OVERALL: Final = re.compile(
    r"(?:近|过去)?.{1,4}年(?:多)?(?:来|间|以来)|近.{1,3}年|(?:19|20)\d\d年(?:\d+月)?以来|今年以来|“?十.五”?(?:规划)?(?:期间|以来|时期)"
)
_COMPARED: Final = re.compile(r"(?:比|较|与|和|同)\s?$")
_FOUNDED_IN: Final = re.compile(r"(?:建|立|办|组建|诞生|出生|生|毕业|创|投产|投运|开业|参加工作)于\s?$")
_FOUNDED: Final = re.compile(
    r"(?:正式)?(?:成立|建立|创办|创建|建成|建厂|建校|建院|建会|建站|投产|开业|组建|设立|参加工作|入职|进厂|入厂|出生|入党)[，,；;。）)]"
)
"""Words that make a date that of a beginning, not of the figures behind it."""
_LEAD: Final = 40
"""Within so many characters stands the period that leads a paragraph."""
_TITLE: Final = re.compile(r"《[^《》]{1,80}》")
_COMMA: Final = re.compile(r"[，,；;。：！？\n]")


class Periods:
    """Goes through the sentences with the text and knows what time each place speaks of."""

    def __init__(self, reading: Reading) -> None:
        self._text = reading.text
        self._sentence: list[Period] = []
        self._leading: list[Period] = []
        self._paragraph: str | None = None
        self._section: str | None = None
        self._opens = False
        self._carried: str | None = None
        self._end = 0

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The places of the period expressions of the current sentence."""
        return [(p.start, p.end) for p in self._sentence]

    def enter_paragraph(self, sentence: Sentence) -> None:
        """Begins a paragraph, whose first sentence is given."""
        self._paragraph = self._carried = None
        self._opens = True
        said = self._text[sentence.start : sentence.end]
        if len(said) <= 30 and said[-1] not in "。；！？" and _ENUMERATED.match(said):
            years = set(_HEADING_YEAR.findall(said))
            if years:
                self._section = years.pop() if len(years) == 1 else None

    def enter_sentence(self, sentence: Sentence, *, counts: bool = True) -> None:
        """Begins a sentence; one behind a semicolon goes on in the time of the one before it.

        Where nothing ``counts`` in it, only what it leaves to those after it is looked at.
        """
        previous = self._leading[-1].text if self._leading else self._carried
        before = self._text[max(0, sentence.start - 3) : sentence.start].rstrip()
        self._carried = previous if before and before[-1] in "；;" and not self._opens else None
        self._end = sentence.end
        if not (counts or self._opens or self._text[sentence.end - 1] in "；;"):
            self._sentence = self._leading = []
            return
        whole = counts or self._text[sentence.end - 1] in "；;"
        self._sentence = self._found(sentence.start, sentence.end if whole else sentence.start + _LEAD)
        self._leading = [p for p in self._sentence if self._leads(p)]
        if self._opens and self._leading:
            lead = self._leading[0]
            if (
                lead.start - sentence.start <= 8
                and _OVERALL.fullmatch(lead.text)
                and not _VAGUE.fullmatch(lead.text)
            ):
                self._paragraph = lead.text
        self._opens = False

    def _found(self, start: int, end: int) -> list[Period]:
        """The periods in a stretch of text, outside titles of documents."""
        end = min(end, self._end)
        found = find_periods(self._text, start, end)
        if self._text.find("《", start, end) < 0:
            return found
        titles = [m.span() for m in _TITLE.finditer(self._text, start, end)]
        return [p for p in found if not any(a <= p.start < b for a, b in titles)]

    def _leads(self, period: Period) -> bool:
        """Whether a period holds for what follows it: not 近年来, not 比2021年, not 2019年的."""
        if _VAGUE.fullmatch(period.text):
            return False
        if self._text.startswith("的", period.end):
            return False
        if _FOUNDED_IN.search(self._text, max(0, period.start - 6), period.start):
            return False
        if _FOUNDED.match(self._text, period.end):
            return False
        return not _COMPARED.search(self._text, max(0, period.start - 2), period.start)

    def at(self, place: int) -> str | None:
        """The period that holds at ``place`` of the current sentence, in the text's words, or None."""
        beside = self._beside(place)
        if beside:
            return beside
        before = [p for p in self._leading if p.start < place]
        if before:
            return self._dated(before)
        if self._carried:
            return self._carried
        return self._later(place) or self._paragraph or self._section

    def _dated(self, before: list[Period]) -> str:
        """The last of the periods before a number; for 全年 the year that the sentence has named."""
        last = before[-1]
        if last.text in ("全年", "当年", "年内"):
            return next((p.text for p in reversed(before) if _HEADING_YEAR.fullmatch(p.text)), last.text)
        return last.text

    def first(self, place: int) -> str | None:
        """The first period that leads before ``place``: what 同比 is told of, behind last year's figure."""
        before = [p for p in self._leading if p.start < place]
        return before[0].text if before else self.at(place)

    def _beside(self, place: int) -> str | None:
        """2019年的 right before the number, which holds for that number only."""
        for period in self._sentence:
            if period.end < place <= period.end + 2 and self._text[period.end] == "的":
                return period.text
        return None

    def _later(self, place: int) -> str | None:
        """A period behind the number in the same clause: 13家托管班在寒暑假看护孩子."""
        match = _COMMA.search(self._text, place, self._end)
        stop = match.start() if match else self._end
        return next((p.text for p in self._leading if place < p.start < stop), None)
