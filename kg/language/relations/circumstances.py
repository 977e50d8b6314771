"""When, how often, in what place and on what occasion an honour was received.

Indices are places in :attr:`Row.units`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from kg.language.annotations import Claim, Reading
from kg.language.relations.coordination import text_of
from kg.language.relations.doers import clause_start, clause_text
from kg.language.relations.rows import Row
from kg.language.relations.times import year_at, year_in
from kg.vocabulary import EntityType, Predicate

__all__ = ["Attributes", "award_attributes", "claim_of", "plain_attributes", "words_of"]

Attributes = tuple[tuple[str, str], ...]

_GRADE: Final = re.compile(r"(?:特等|[一二三四]等)奖|(?:金|银|铜|优秀|优胜|提名)奖|提名$|[一二三]等功")
_UNDATED: Final = re.compile(r"曾|先后|多次|累计|近年|历年|多年|过去|此前|从前|当年|几年")
_BY_NOW: Final = re.compile(r"至今|如今|现在|目前|截至|其中")
"""What tells that no year of an earlier sentence is meant."""
_YEARS: Final = re.compile(r"T[xc]+T")
"""Two years, of which none is the one (1956年和1959年两次)."""
_TIMES: Final = re.compile(r"(\d+|[两二三四五六七八九])(?:次|度)$")
_HAN: Final = str.maketrans("两二三四五六七八九", "223456789")
_COMPETITION: Final = re.compile(r"大赛|竞赛|比赛|比武|决赛|运动会|技能")
_PLACING: Final = re.compile(r"[一二三四五六七八九十]等奖|[金银铜]奖|^优[胜秀]奖")
_OTHER_PRIZE: Final = re.compile(r"Ex?Rc")
"""An event that stands with a placing of its own, before the honour."""
_BACK: Final = 30


def words_of(reading: Reading, row: Row) -> str:
    """The words of a row, from its first unit to its last."""
    return reading.text[row.units[0].start : row.units[-1].end] if row.units else ""


def claim_of(
    row: Row,
    predicate: Predicate,
    subject: str,
    object_: str,
    rule: str,
    attributes: Attributes,
    units: Sequence[int],
) -> Claim:
    """A claim that the sentence of ``row`` makes, carried by these units."""
    spans = tuple(sorted({(row.units[u].start, row.units[u].end) for u in units}))
    return Claim(predicate, subject, object_, rule, row.sentence.start, row.sentence.end, attributes, spans)


def plain_attributes(reading: Reading, row: Row, award: int, year: str | None) -> Attributes:
    """Year and grade of an honour, where it is not a verb that states it."""
    found = {"year": year} if year else {}
    grade = _GRADE.search(text_of(reading, row, award))
    if grade:
        found["rank"] = grade.group()
    return tuple(sorted(found.items()))


def award_attributes(
    reading: Reading, row: Row, trigger: int, award: int, *, ranks: Sequence[int] = (), title: bool = False
) -> Attributes:
    """What the row says of one receipt of an honour.

    Args:
        reading: the article.
        row: the row that states it.
        trigger: the verb, or the honour itself where it stands as a title.
        award: the honour.
        ranks: placings that stand with the honour.
        title: whether the honour only introduces a name, so that the sentence's time is not its own.
    """
    times = None if title else _times(reading, row, trigger, award)
    year = year_in(text_of(reading, row, award)) or _year_beside(reading, row, award)
    if year is None and not title:
        being = row.codes[trigger] == "s"
        dated = not being and times is None and _UNDATED.search(clause_text(reading, row, trigger)) is None
        dated = dated and _BY_NOW.search(_sentence_to(reading, row, trigger)) is None
        undated = _UNDATED.search(clause_text(reading, row, trigger)) is not None and not times
        since = trigger if being else clause_start(row, trigger) if undated else 0
        year = year_at(reading, row, award, carried=dated, since=since)
    elif year is None:
        year = _year_before_title(reading, row, award)
    if times and _YEARS.search(row.codes[clause_start(row, trigger) : trigger]):
        year = None
    found = dict(plain_attributes(reading, row, award, year))
    if times:
        found["times"] = times
    if title:
        return tuple(sorted(found.items()))
    rank = _rank(reading, row, trigger, ranks)
    if rank:
        found.setdefault("rank", rank)
    event = _event(
        reading, row, award, placed=bool(rank) or _PLACING.search(found.get("rank", "")) is not None
    )
    if event:
        found["event"] = event
        if "year" not in found and not times and year_in(event):
            found["year"] = year_in(event) or ""
    return tuple(sorted(found.items()))


def _sentence_to(reading: Reading, row: Row, i: int) -> str:
    return reading.text[max(row.sentence.start, row.units[i].start - 120) : row.units[i].start]


def _year_beside(reading: Reading, row: Row, award: int) -> str | None:
    aside = row.units[award].aside
    return year_in(words_of(reading, aside)) if aside is not None else None


def _year_before_title(reading: Reading, row: Row, award: int) -> str | None:
    """The year right before an honour that stands as a title (2023年度全国劳动模范张三)."""
    if award and row.codes[award - 1] == "T":
        return year_in(text_of(reading, row, award - 1))
    return None


def _times(reading: Reading, row: Row, trigger: int, award: int) -> str | None:
    low = clause_start(row, trigger)
    behind = [award + 1] if row.codes[award + 1 : award + 2] == "N" else []
    first = row.codes.find("A", trigger + 1)
    for k in [*behind, *range(trigger - 1, low - 1, -1), *range(trigger + 1, min(award, first))]:
        if row.codes[k] == "N":
            words = text_of(reading, row, k)
            words = words.removeprefix("曾").removeprefix("已")
            number = _TIMES.match(words)
            return number.group(1).translate(_HAN) if number else words
    return None


def _rank(reading: Reading, row: Row, trigger: int, ranks: Sequence[int]) -> str | None:
    if ranks:
        return text_of(reading, row, ranks[0])
    for k in range(trigger - 1, max(-1, trigger - 12), -1):
        if row.codes[k] == "R" and not _is_first_of_a_kind(reading, row, k):
            return text_of(reading, row, k)
        if row.codes[k] in "PA":
            return None
    return None


def _is_first_of_a_kind(reading: Reading, row: Row, k: int) -> bool:
    """Whether 第一位 only counts a noun behind it (第一位女火车司机)."""
    return text_of(reading, row, k).endswith("位") and row.codes[k + 1 : k + 2] in ("x", "J", "P")


def _event(reading: Reading, row: Row, award: int, *, placed: bool) -> str | None:
    """The occasion named before the honour in the row; for a placing, the competition last spoken of."""
    for k in range(award - 1, max(-1, award - _BACK), -1):
        if row.codes[k] == "E" and not _OTHER_PRIZE.match(row.codes, k, award):
            return reading.by_key[row.units[k].key].name
    words = text_of(reading, row, award)
    if not placed or (len(words) > 9 and _PLACING.search(words)):
        return None
    place = row.units[award].start
    for name, event in reversed(reading.within(max(0, place - 400), place, EntityType.EVENT)):
        there = reading.sentence_at(name.start)
        if there is None or there.paragraph < row.sentence.paragraph - 1:
            return None
        if _COMPETITION.search(event.name):
            return event.name
    return None
