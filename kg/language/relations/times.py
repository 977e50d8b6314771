"""When something was received or held: the year that a sentence gives, as far as the text says it.

Offsets are half-open ranges of code points of :attr:`Reading.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from kg.language.annotations import Reading, Sentence
from kg.language.relations.rows import Row

__all__ = ["year_at", "year_in"]

_REVIEW: Final = re.compile(r"总结|报告|回眸|回顾|综述|盘点|纪实|巡礼")
_AGE: Final = re.compile(r"[已刚才]?\d{1,3}(?:周)?岁")
_BORN: Final = re.compile(r"[^，。；：]{0,8}?(?:出生|生(?=[，。；人于的]))")
_OF_A_LIFE: Final = re.compile(
    r"[^，。；：]{0,8}?(?:毕业|参加工作|来到|进入|调入|调到|考入|入职|入行|入厂|进厂|从业|上班|入党|加入|参军|入伍|退伍|退休"
    r"|(?:成立|创建|创办|组建|始建|建厂|建校|建院|投产|开业|上市)(?=[，。；的以之后于]))"
)
"""What makes a year that of an entry or a foundation, which dates no honour (2003年参加工作，获…)."""
_RANGED: Final = re.compile(r"\d{4}年?(?:[-—–~～至]|——)$")
_FOUNDED: Final = re.compile(r"(?:成立|创建|始建|创办|组建|建|出生|生|毕业)于$")
_DATED: Final = re.compile(r"(?<!\d)(?:19|20)\d\d年(?:度)?(?:\d{1,2}月)?|[一二][〇零一二三四五六七八九]{3}年")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_HAN_YEAR: Final = re.compile(r"[一二][〇零一二三四五六七八九]{3}年")
_HAN_DIGITS: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
_FARTHEST: Final = 600
_OPENING: Final = 6
"""A year that stands no further from the start of its paragraph opens it."""
_FROM_NOW: Final = {"今年": 0, "去年": -1, "前年": -2}
_FROM_LAST: Final = {"同年": 0, "当年": 0, "那一年": 0, "那年": 0, "这一年": 0, "次年": 1, "第二年": 1}


def year_in(words: str) -> str | None:
    """The year that stands in a few words, as four digits.

    >>> year_in("2013年度“先进单位”"), year_in("二〇一六年"), year_in("先进单位")
    ('2013', '2016', None)
    """
    found = _YEAR.search(words)
    if found:
        return found.group()
    han = _HAN_YEAR.search(words)
    return han.group()[:4].translate(_HAN_DIGITS) if han else None


def year_at(
    reading: Reading, row: Row, i: int, *, carried: bool = True, since: int = 0, entry: bool = False
) -> str | None:
    """The year that holds at unit ``i``: as digits, or in the text's words where its own year is unknown.

    With ``carried`` the years of earlier sentences of the paragraph, and that of the title, serve
    where the sentence gives none; ``since`` is the first unit of the row that may give it. The year
    of a birth is none, that of an entry (毕业, 入厂) only with ``entry``.
    """
    for k in range(min(i, len(row.units) - 1), max(since - 1, i - 80), -1):
        unit = row.units[k]
        if unit.code != "T" or _AGE.match(reading.text, unit.end):
            continue
        if _is_of_a_life(reading, unit.start, unit.end, entry=entry) or _is_of_another(row, k, i):
            continue
        if "以来" in reading.text[unit.end : row.units[i].start if i < len(row.units) else unit.end]:
            continue
        words = reading.text[unit.start : unit.end]
        found = year_in(words) or _relative(reading, words, unit.start)
        if found:
            return found
    return _year_before(reading, row.units[i].start) if carried and i < len(row.units) else None


def _is_of_another(row: Row, k: int, i: int) -> bool:
    """Whether a time stands right before an honour of another clause (“2020年度先进单位”，…)."""
    return k + 1 < i and row.codes[k + 1] == "A" and "," in row.codes[k + 1 : i]


def _is_of_a_life(reading: Reading, start: int, end: int, *, entry: bool = False) -> bool:
    """Whether a year is told of a birth or a foundation, or, without ``entry``, of an entry."""
    if _BORN.match(reading.text, end, end + 16):
        return True
    if not entry and _OF_A_LIFE.match(reading.text, end, end + 16):
        return True
    return _FOUNDED.search(reading.text, max(0, start - 4), start) is not None


def _relative(reading: Reading, words: str, place: int) -> str | None:
    if words in _FROM_NOW:
        if not reading.published:
            return words
        return str(int(reading.published[:4]) + _FROM_NOW[words])
    if words in _FROM_LAST:
        last = _last_year(reading, place)
        return str(int(last) + _FROM_LAST[words]) if last else words
    return None


def _last_year(reading: Reading, place: int) -> str | None:
    """The last year named before ``place`` in its paragraph, whatever it dates."""
    places, _, _ = _years(reading)
    i = _before(reading, places, place)
    return None if i is None else year_in(reading.text[places[i] : places[i] + 5])


def _before(reading: Reading, places: list[int], place: int) -> int | None:
    """The index of the last of ``places`` before ``place`` in the same paragraph."""
    sentence = reading.sentence_at(place)
    i = bisect_right(places, place - 1) - 1
    there = reading.sentence_at(places[i]) if i >= 0 else None
    same = sentence is not None and there is not None and there.paragraph == sentence.paragraph
    return i if same else None


def _year_before(reading: Reading, place: int) -> str | None:
    """The last year named before ``place`` in its paragraph, else the one of the article's title."""
    places, years, title = _years(reading)
    i = _before(reading, places, place)
    if i is None:
        return title
    return (years[i] or None) if _still_holds(reading, places[i], place) else None


def _still_holds(reading: Reading, said: int, place: int) -> bool:
    """Whether a year named at ``said`` can date what is told at ``place``: one sentence further on, or where
    it opens the paragraph."""
    if place - said > _FARTHEST:
        return False
    if reading.text.count("。", said, place) <= 1:
        return True
    sentence = reading.sentence_at(said)
    if sentence is None or said - sentence.start > _OPENING:
        return False
    return sentence.start == 0 or reading.text[sentence.start - 1] == "\n"


def _is_review(reading: Reading, sentence: Sentence) -> bool:
    """Whether a line is the title of a report, whose year is that of all it tells."""
    early = sentence.heading and sentence.paragraph < 4
    return early and _REVIEW.search(reading.text, sentence.start, sentence.end) is not None


def _opens_period(reading: Reading, start: int, end: int) -> bool:
    """Whether a year only opens a period (自2022年起, 2021年以来), so that it dates nothing."""
    return reading.text[max(0, start - 1) : start] in ("自", "从") or reading.text.startswith(
        ("起", "以来"), end
    )


def _years(reading: Reading) -> tuple[list[int], list[str], str | None]:
    cached: tuple[list[int], list[str], str | None] | None = reading.__dict__.get("_years")
    if cached is not None:
        return cached
    places: list[int] = []
    years: list[str] = []
    title: str | None = None
    for match in _DATED.finditer(reading.text):
        year = year_in(match.group()) or ""
        places.append(match.start())
        ranged = _RANGED.search(reading.text, max(0, match.start() - 7), match.start())
        undated = ranged or _opens_period(reading, *match.span()) or _is_of_a_life(reading, *match.span())
        years.append("" if undated else year)
        sentence = reading.sentence_at(match.start())
        if title is None and sentence is not None and _is_review(reading, sentence):
            title = year
    reading.__dict__["_years"] = (places, years, title)
    return places, years, title
