"""Numbers that count or measure something, with their unit and the words that qualify them.

What only looks like one is passed over: dates, ordinals (第十五次), ranks (前三名), numbers in names
and short quotations, codes (A03, 110kV), thresholds (百人以上企业) and the indefinite article 一.
Offsets are half-open ranges of code points of :attr:`Reading.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

import rjieba

from kg.language.annotations import Reading, Sentence
from kg.language.lexicon import table
from kg.language.numerals import Numeral, find_numerals

__all__ = ["Amount", "Unit", "find_amounts", "units"]

_SPACE: Final = re.compile(r"[   ]?")
_RANGE: Final = re.compile(r"\s?(?:至|到|—|——|–|-|~|～)\s?$")
_QUOTED: Final = re.compile(
    r"“[^“”，。；！？]{1,14}”|\"[^\"，。；！？]{1,14}\"|《[^《》]{1,60}》|【[^【】]{1,30}】"
)
_TOTAL: Final = re.compile(
    r"(?:[数量额值][已]?(?:为|达到?|超过?|突破|逾|近|约|共)?|突破|超过|达到?|超|逾)\s?$"
)
_SPENT: Final = re.compile(
    r"(?:花|奖|省|赚|挣|赔|欠|捐|借|多得|奖励|节约|节省|补助|补贴)(?:了|掉|下|出|去|费)?\s?$"
)
_BEFORE_RANK: Final = re.compile(
    r"(?:前|第|每|头|这|那|该|此|届|几|之|〔|［|\[|№|#|＃|No\.?|排名|位列|名列|位居|列|居)\s?$"
)
_NUMBERED: Final = re.compile(r"[一-龥](?<![分设共有的为了成个])")
_DIMENSION: Final = re.compile(r"(?:以[上下]的?)?(?:高|长|宽|深|厚|远|外|处|开外|见方|多[高长宽深厚远])")
_THRESHOLD: Final = re.compile(r"及?以[上下内]的?(?=[一-龥])(?![和与及达被将均并且而已])")


@dataclass(frozen=True, slots=True)
class Unit:
    """A word that may follow a number.

    ``kind`` is person, household, thing, event, place, money, size, ratio, score, time or none;
    ``counted`` tells that the unit itself says what is counted (人, 户, 元).
    """

    text: str
    kind: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in a text.

    ``start``–``end`` takes in unit and qualifying words, ``number`` is the digits alone.

    ``article`` marks 一 with a classifier, which counts only beside other counts; ``bound`` is
    ``low`` or ``high`` at the ends of a range.
    """

    start: int
    end: int
    number: tuple[int, int]
    value: int | float
    unit: str
    kind: str
    counted: bool
    modifiers: tuple[str, ...] = ()
    article: bool = False
    arabic: bool = True
    bound: str = ""

    @property
    def modifier(self) -> str | None:
        """The qualifying words as one string, or None."""
        return "、".join(dict.fromkeys(self.modifiers)) or None


_PARTY: Final = re.compile(r"一行$")
_DOCTRINE: Final = re.compile(
    r"两个(?:文明|维护|确立|毫不动摇|健康|务必|一百年|离不开|结合|大局|先锋队)|四个(?:意识|自信|全面|服务|伟大)|三个(?:代表|面向|务必)"
)
"""Set phrases of politics that count nothing in the article."""


@cache
def units() -> dict[str, Unit]:
    """The units that are known, by their text."""
    rows = table("units")
    return {r["unit"]: Unit(r["unit"], r["kind"], r["counted"] == "yes") for r in rows}


@cache
def _units_from(sign: str) -> tuple[Unit, ...]:
    """The units that begin with this sign, the longest first."""
    found = (u for u in units().values() if u.text[0] == sign)
    return tuple(sorted(found, key=lambda u: (-len(u.text), u.text)))


@cache
def _modifiers(place: str) -> dict[str, bool]:
    return {r["word"]: r["written"] == "yes" for r in table("modifiers") if r["place"] == place}


@cache
def _other_words() -> dict[str, str]:
    """The signs behind which a qualifying word is part of another word."""
    return {r["word"]: r["not_after"] for r in table("modifiers") if r["place"] == "before"}


@cache
def _pattern(place: str) -> re.Pattern[str]:
    words = sorted(_modifiers(place), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words)))


def find_amounts(reading: Reading, wide: str, sentence: Sentence) -> list[Amount]:
    """The amounts of one sentence, in order.

    ``wide`` is :attr:`Reading.text` with narrow digits (:func:`kg.language.numerals.halfwidth`).
    """
    numerals = list(find_numerals(wide, sentence.start, sentence.end))
    if not numerals:
        return []
    found: list[Amount] = []
    quoted = [m.span() for m in _QUOTED.finditer(wide, sentence.start, sentence.end)]
    breaks = _Breaks(wide, sentence)
    for numeral in numerals:
        amount = _amount(reading, wide, sentence, numeral, breaks)
        if amount and not _within(numeral.start, quoted):
            found.append(amount)
    return _ranges(wide, numerals, found)


def _within(place: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(a <= place < b for a, b in spans)


class _Breaks:
    """Where words begin in a sentence; cut only when a number in Chinese signs asks for it."""

    def __init__(self, text: str, sentence: Sentence) -> None:
        self._text, self._sentence = text, sentence
        self._places: frozenset[int] | None = None

    def __contains__(self, place: int) -> bool:
        if self._places is None:
            self._places = frozenset(self._cut())
        return place in self._places

    def _cut(self) -> Iterator[int]:
        place = self._sentence.start
        yield place
        for word in rjieba.cut(self._text[place : self._sentence.end], False):
            place += len(word)
            yield place


def _amount(
    reading: Reading, text: str, sentence: Sentence, numeral: Numeral, breaks: _Breaks
) -> Amount | None:
    unit, end = _unit_at(text, numeral, sentence)
    if unit is None or unit.kind in ("time", "none"):
        return None
    if _is_code(text, numeral) or _in_name(reading, numeral.start):
        return None
    if not numeral.arabic and _is_word(text, sentence, numeral, unit, end, breaks):
        return None
    if _is_attribute(text, sentence, numeral, unit, end):
        return None
    start, before = _words_before(text, sentence.start, numeral.start)
    after, stop = _words_after(text, end, sentence.end)
    about = (numeral.about,) if numeral.about else ()
    return Amount(
        start,
        stop,
        (numeral.start, numeral.end),
        numeral.value,
        unit.text,
        unit.kind,
        unit.counted,
        (*before, *about, *after),
        article=not numeral.arabic and numeral.value == 1 and not numeral.percent,
        arabic=numeral.arabic,
    )


def _is_word(text: str, sentence: Sentence, numeral: Numeral, unit: Unit, end: int, breaks: _Breaks) -> bool:
    """Whether signs of number are only part of a word or a name: 三轮车, 三位一体, 报关部二组, titles."""
    if sentence.heading:
        return True
    if unit.kind == "size" and numeral.value in (100, 1000, 10000) and numeral.end - numeral.start == 1:
        return True  # 百米障碍, 万里长城
    if unit.text in ("组", "班") and _NUMBERED.search(text, numeral.start - 1, numeral.start):
        return True
    return not numeral.percent and bool(unit.text) and (numeral.start not in breaks or end not in breaks)


def _is_attribute(text: str, sentence: Sentence, numeral: Numeral, unit: Unit, end: int) -> bool:
    """Whether the number tells which or how large: 第三名, 三米高的, 百人以上企业."""
    if _BEFORE_RANK.search(text, max(sentence.start, numeral.start - 3), numeral.start):
        return True
    if _PARTY.search(text, max(sentence.start, numeral.start - 3), numeral.start) or _DOCTRINE.match(
        text, numeral.start
    ):
        return True
    if text.startswith("级", end) and unit.kind not in ("event",):
        return True
    if unit.kind == "size" and _DIMENSION.match(text, end):
        return True
    return _THRESHOLD.match(text, end, sentence.end) is not None


def _is_code(text: str, numeral: Numeral) -> bool:
    """Whether signs on either side make the digits part of a code, a clock time or a version."""
    if not numeral.arabic:
        return False
    before = text[max(0, numeral.start - 2) : numeral.start]
    after = text[numeral.end : numeral.end + 2]
    if before and ((before[-1].isascii() and before[-1].isalpha()) or before[-1] in "×*＊_"):
        return True
    if len(before) == 2 and before[-1] in ".:-/：" and (before[0].isascii() and before[0].isalnum()):
        return before[-1] != "-" or before[0].isalpha()
    if after[:1] in ("×", "/", "／") and after[1:2].isdigit():
        return True
    return (after[:1].isascii() and after[:1].isalpha()) or (after[:1] in (".", ":") and after[1:2].isdigit())


def _in_name(reading: Reading, place: int) -> bool:
    """Whether the character belongs to a name."""
    i = bisect_right(reading.mentions, place, key=lambda pair: pair[0].start) - 1
    while i >= 0 and reading.mentions[i][0].start > place - 80:
        if reading.mentions[i][0].end > place:
            return True
        i -= 1
    return False


_PERCENT: Final = Unit("%", "ratio", True)
_BARE: Final = Unit("", "total", True)
_YUAN: Final = Unit("元", "money", True)


def _unit_at(text: str, numeral: Numeral, sentence: Sentence) -> tuple[Unit | None, int]:
    if numeral.percent:
        return _PERCENT, numeral.end
    space = _SPACE.match(text, numeral.end)
    place = space.end() if space else numeral.end
    if place < sentence.end:
        for unit in _units_from(text[place]):
            if text.startswith(unit.text, place, sentence.end):
                return unit, place + len(unit.text)
    ends_here = place >= sentence.end or text[place] in "，。；、,;！）)（("
    before = text[max(sentence.start, numeral.start - 8) : numeral.start]
    if ends_here and numeral.value >= 100 and _SPENT.search(before):
        return _YUAN, numeral.end
    if ends_here and numeral.value >= 10 and _TOTAL.search(before) and not _is_year(numeral):
        return _BARE, numeral.end
    return None, numeral.end


def _is_year(numeral: Numeral) -> bool:
    return 1900 <= numeral.value <= 2099 and numeral.end - numeral.start == 4


def _words_before(text: str, low: int, place: int) -> tuple[int, tuple[str, ...]]:
    """The qualifying words that end at ``place`` (累计约), and where they begin."""
    written: list[str] = []
    known = _modifiers("before")
    while True:
        stop = place - 1 if place > low and text[place - 1] == " " else place
        for length in (4, 3, 2, 1):
            word = text[max(low, stop - length) : stop]
            if len(word) == length and word in known and not _is_tail(text, low, stop - length, word):
                written[:0] = [word] if known[word] else []
                place = stop - length
                break
        else:
            return place, tuple(written)


def _is_tail(text: str, low: int, start: int, word: str) -> bool:
    """Whether the word is the end of another one: 签约, 通过."""
    return start > low and text[start - 1] in _other_words().get(word, "")


def _words_after(text: str, place: int, high: int) -> tuple[tuple[str, ...], int]:
    known = _modifiers("after")
    match = _pattern("after").match(text, place, high)
    if not match:
        return (), place
    word = match.group()
    following = text[match.end() : min(match.end() + 1, high)]
    if word == "来" and following and following not in "，。；、":
        return (), place
    return ((word,) if known[word] else ()), match.end()


def _ranges(text: str, numerals: list[Numeral], found: list[Amount]) -> list[Amount]:
    """The amounts with the two ends of 5万至10万元 or 3—5家 told as such."""
    by_place = {a.number[0]: a for a in found}
    for low, high in pairwise(numerals):
        upper = by_place.get(high.start)
        if upper is None or not _joined(text, low, high, by_place.get(low.start)):
            continue
        lower = by_place.get(low.start)
        if text[max(0, (lower.start if lower else low.start) - 1)] in "从由自":
            continue
        value = low.value if lower else _scaled(low, high, text)
        if value >= upper.value:
            continue
        start, before = _words_before(text, 0, low.start)
        by_place[low.start] = replace(
            upper,
            start=start,
            end=high.start,
            number=(low.start, low.end),
            value=value,
            modifiers=before,
            bound="low",
        )
        by_place[high.start] = replace(upper, start=high.start, bound="high")
    return [by_place[k] for k in sorted(by_place)]


def _joined(text: str, low: Numeral, high: Numeral, lower: Amount | None) -> bool:
    start = lower.end if lower else low.end
    return start < high.start <= start + 4 and _RANGE.fullmatch(text, start, high.start) is not None


def _scaled(low: Numeral, high: Numeral, text: str) -> int | float:
    """The lower end with the 万 or 亿 that it shares with the upper one (5至10万元)."""
    scale = re.search(r"[万亿]", text[high.start : high.end])
    if scale and not re.search(r"[万亿]", text[low.start : low.end]) and low.value < high.value:
        return low.value * {"万": 10**4, "亿": 10**8}[scale.group()]
    return low.value
