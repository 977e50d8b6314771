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

__all__ = ["Amount", "Refused", "Unit", "find_amounts", "units"]

_SPACE: Final = re.compile(r"[   ]?")
_RANGE: Final = re.compile(r"\s?(?:至|到|—|——|–|-|~|～)\s?$")
_QUOTED: Final = re.compile(
    r"“[^“”，。；！？]{1,14}”|\"[^\"，。；！？]{1,14}\"|《[^《》]{1,60}》|【[^【】]{1,30}】"
)
_TOTAL: Final = re.compile(
    r"(?:[数量额值][已]?(?:为|达到?|超过?|突破|逾|近|约|共)?|突破|超过|达到?|超|逾)\s?$"
)
_BRACKETED: Final = re.compile(r"[（(](?:[次套件个名户家组场片份台张人本]|人次)[）)]")
"""A second unit in brackets behind the first: 3.5万场（次）, 170万台（套）."""
_SPOTS: Final = re.compile(r"个点(?=[位子])")
"""个 before 点位, which is no 个点 (of a share)."""
_SLOGAN: Final = re.compile(r"“[^“”。]{1,60}”")
_PER: Final = re.compile(
    r"[/／](?:小时|分钟|秒|天|日|月|年|人|亩|吨|平方米|公里|千瓦时|度|次|户|家|台|班|名|位|米|个|件|斤|公斤)"
)
"""What a unit is told per: 公里/小时, 元/月."""
_PEOPLE: Final = re.compile(
    r"(?!只|套|张|本|条|块|代)[一-龥]{0,6}?(?:职工|会员|群众|农民工|劳动者|工人|师生|员工|居民|村民|干部|家庭|学生|人民|人口)"
)
"""People counted in 万 or 亿 without a word of measure: 近2亿职工群众."""
_MONTH_DATE: Final = re.compile(r"(?:19|20)\d\d\.(?:0[1-9]|1[0-2])")
_MONEY_BEFORE: Final = re.compile(
    r"(?:[款金费钱资额]|损失|价值|产值|收入|投资|经费|收益|效益|营收|利润|欠薪|工资|薪酬|补贴|补助|贷款)"
    r"(?:累计|共|总计|共计|合计)?(?:为|达到?|高达|超过?|突破|逾|近|约|共)?\s?$"
)
_BY_SPENDING: Final = re.compile(r"[花罚奖给发领省赚挣赔欠交补付捐借贷收卖拿钱薪资费价元][^，。；]{0,8}$")
_DUTY: Final = re.compile(
    r"(?:应当?|必须|须|需)(?:不少于|不低于|不超过|不得|达到|控制在|保持在)[^，。；、]{0,2}$"
    r"|(?:不得|不应|不许|原则上)(?:不)?(?:少于|低于|超过|多于|高于|大于|小于)?\s?$"
)
"""What goes before a number that a rule asks for."""
_SPENT: Final = re.compile(
    r"(?:花|奖|省|赚|挣|赔|欠|捐|借|多得|奖励|节约|节省|补助|补贴)(?:了|掉|下|出|去|费)?\s?$"
)
_BEFORE_RANK: Final = re.compile(
    r"(?:(?<![目此日年以之面会提])前|第|每|(?<![龙牵带源巨])头|这|那|(?<!应)该|(?<![因如由])此|届|几|之|〔|［|\[|№|#|＃|No\.?"
    r"|排名|位列|名列|位居|(?<![系行陈并开下])列|(?<![新邻定移散])居)\s?$"
)
_NUMBERED: Final = re.compile(r"(?:[一-龥](?<![分设共有的为了成个])|[，,。；、“：\s])")
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


@dataclass(frozen=True, slots=True, order=True)
class Refused:
    """A number ``text[start:end]`` that is no figure; ``reason`` is a short phrase to count by."""

    start: int
    end: int
    reason: str


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


def find_amounts(
    reading: Reading, wide: str, sentence: Sentence, refused: list[Refused] | None = None
) -> list[Amount]:
    """The amounts of one sentence, in order.

    ``wide`` is :attr:`Reading.text` with narrow digits (:func:`kg.language.numerals.halfwidth`); to
    ``refused`` the numbers are added that count nothing.
    """
    numerals = list(find_numerals(wide, sentence.start, sentence.end))
    if not numerals:
        return []
    found: list[Amount] = []
    quoted = [m.span() for m in _QUOTED.finditer(wide, sentence.start, sentence.end)]
    slogans = [m.span() for m in _SLOGAN.finditer(wide, sentence.start, sentence.end)]
    breaks = _Breaks(wide, sentence)
    for numeral in numerals:
        amount = _amount(reading, wide, sentence, numeral, breaks)
        round_word = not numeral.arabic and numeral.end - numeral.start == 1 and numeral.value >= 100
        inside = _within(numeral.start, slogans if round_word else quoted)
        if isinstance(amount, Amount) and inside:
            amount = "in a title or a quotation"
        if isinstance(amount, Amount):
            found.append(amount)
        elif refused is not None:
            refused.append(Refused(numeral.start, numeral.end, amount))
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
) -> Amount | str:
    """The amount that a numeral is, or the reason why it is none."""
    if numeral.start > sentence.start and text[numeral.start - 1] == "第":
        return "an ordinal or a rank"
    unit, end = _unit_at(text, numeral, sentence)
    if unit is None:
        return "no unit"
    if unit.kind in ("time", "none"):
        return "a date or a length of time" if unit.kind == "time" else "part of a word"
    if _is_code(text, numeral):
        return "part of a code or a date"
    if _in_name(reading, numeral.start, end):
        return "part of a name"
    if not numeral.arabic and _is_word(text, sentence, numeral, unit, end, breaks):
        return "part of a word"
    if reason := _attribute(text, sentence, numeral, unit, end):
        return reason
    if unit.text == "块" and not _BY_SPENDING.search(
        text, max(sentence.start, numeral.start - 12), numeral.start
    ):
        unit = replace(unit, kind="thing", counted=False)
    start, before = _words_before(text, sentence.start, numeral.start)
    if numeral.value < 100:
        before = tuple(w for w in before if w != "过")  # 讲过三次
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
    named = numeral.start == sentence.start or _NUMBERED.search(text, numeral.start - 1, numeral.start)
    if unit.text in ("组", "班") and named:
        return True
    return not numeral.percent and bool(unit.text) and (numeral.start not in breaks or end not in breaks)


def _attribute(text: str, sentence: Sentence, numeral: Numeral, unit: Unit, end: int) -> str:
    """Why the number only tells which or how large (第三名, 三米高的, 百人以上企业), or an empty string."""
    near = max(sentence.start, numeral.start - 3)
    if _BEFORE_RANK.search(text, near, numeral.start):
        return "an ordinal or a rank"
    if _DUTY.search(text, max(sentence.start, numeral.start - 12), numeral.start):
        return "what a rule asks for"
    if _PARTY.search(text, near, numeral.start) or _DOCTRINE.match(text, numeral.start):
        return "part of a set phrase"
    classed = text.startswith("级", end) and unit.kind != "event"
    dimension = unit.kind == "size" and _DIMENSION.match(text, end)
    if classed or dimension or _THRESHOLD.match(text, end, sentence.end):
        return "tells which, not how many"
    return ""


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
    if _MONTH_DATE.fullmatch(text, numeral.start, numeral.end):
        return True
    if after[:1] in ("×", "/", "／") and after[1:2].isdigit():
        return True
    return (after[:1].isascii() and after[:1].isalpha()) or (after[:1] in (".", ":") and after[1:2].isdigit())


def _in_name(reading: Reading, place: int, end: int) -> bool:
    """Whether the number belongs to a name; one that only follows its words (“某某巡讲”40余场) does not."""
    i = bisect_right(reading.mentions, place, key=lambda pair: pair[0].start) - 1
    while i >= 0 and reading.mentions[i][0].start > place - 80:
        name = reading.mentions[i][0]
        trails = name.start + 4 < place and name.end <= end
        row = name.rule == "grammar:row"  # 甲乡、乙乡2个乡镇总工会
        if name.end > place and not (trails or row):
            return True
        i -= 1
    return False


_PERCENT: Final = Unit("%", "ratio", True)
_BARE: Final = Unit("", "total", True)
_YUAN: Final = Unit("元", "money", True)
_HEADS: Final = Unit("", "person", False)


def _with_bracket(unit: Unit, text: str, end: int, high: int) -> tuple[Unit, int]:
    """The unit with one in brackets behind it, if there is one: 场（次）."""
    rate = _PER.match(text, end, high)
    if rate and unit.kind not in ("time", "none"):
        return replace(unit, text=unit.text + rate.group(), counted=True), rate.end()
    match = _BRACKETED.match(text, end, high)
    if match is None or unit.kind in ("time", "none"):
        return unit, end
    return replace(unit, text=unit.text + match.group()), match.end()


def _unit_at(text: str, numeral: Numeral, sentence: Sentence) -> tuple[Unit | None, int]:
    if numeral.percent:
        return _PERCENT, numeral.end
    space = _SPACE.match(text, numeral.end)
    place = space.end() if space else numeral.end
    if place < sentence.end:
        for unit in _units_from(text[place]):
            if unit.text == "个点" and _SPOTS.match(text, place):
                continue
            if text.startswith(unit.text, place, sentence.end):
                return _with_bracket(unit, text, place + len(unit.text), sentence.end)
    scaled = numeral.arabic and text[numeral.end - 1] in "万亿" and not numeral.about
    if scaled and place == numeral.end and _PEOPLE.match(text, place, sentence.end):
        return _HEADS, numeral.end
    ends_here = place >= sentence.end or text[place] in "，。；、,;！）)（("
    before = text[max(sentence.start, numeral.start - 8) : numeral.start]
    if ends_here and numeral.value >= 100 and _SPENT.search(before):
        return _YUAN, numeral.end
    if ends_here and text[numeral.end - 1] in "万亿" and _MONEY_BEFORE.search(before):
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
        falling = value > upper.value and "不等" in upper.modifiers
        if value >= upper.value and not falling:
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
