"""A sentence as a row of units: names, posts, cue words, marks of punctuation, and the text between.

Each unit has a one-letter code, and the codes of a row make a string, so that a rule can look at
the order of things with a regular expression. What stands in brackets is a row of its own, beside
the unit that it follows. Quotation marks and white space are left out.

==== ==========================  ==== ==========================
code unit                        code unit
==== ==========================  ==== ==========================
P    person                      v    receiving verb (荣获)
O    organization                f    conferring verb (授予)
A    award                       b    mark of the passive (被)
E    event                       g    mark of the agent (由)
F    facility                    o    office verb (担任)
G    programme                   s    copula (是)
L    place                       t    attending verb (出席)
D    document                    w    winner (获得者)
J    post                        h    honorific (同志)
T    time                        k    title (称号)
N    how often (4次)             e    等
R    rank (第一名)               d    的
U    number of things (12名)     c    coordination (、和)
x    any other text              ,    comma
:    colon                       \\-   dash
==== ==========================  ==== ==========================

Offsets are half-open ranges of code points of :attr:`Reading.text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Final, NamedTuple

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from kg.language.annotations import Name, Post, Reading, Referent, Sentence
from kg.language.lexicon import table
from kg.language.posts import is_post
from kg.vocabulary import EntityType

__all__ = ["NAMES", "Row", "Unit", "holds", "levels", "marks", "rows_of"]

_NAME_CODES: Final = {
    EntityType.PERSON: "P",
    EntityType.ORGANIZATION: "O",
    EntityType.AWARD: "A",
    EntityType.EVENT: "E",
    EntityType.FACILITY: "F",
    EntityType.PROGRAMME: "G",
    EntityType.PLACE: "L",
    EntityType.DOCUMENT: "D",
}
NAMES: Final = frozenset(_NAME_CODES.values())
"""The codes of names."""

_DEEPEST: Final = 3
"""Brackets nest no deeper than this; further ones are read as if they were not there."""

_CUE_CODES: Final = {
    "receive": "v",
    "confer": "f",
    "passive": "b",
    "agent": "g",
    "office": "o",
    "copula": "s",
    "attend": "t",
    "winner": "w",
    "honorific": "h",
    "title": "k",
    "etc": "e",
    "none": "x",
}
_MARKS: Final = {
    **dict.fromkeys("、及和与暨/", "c"),
    **dict.fromkeys(("以及", "并兼", "／"), "c"),
    "的": "d",
    **dict.fromkeys("，,；;。!！?？.", ","),
    **dict.fromkeys("：:", ":"),
    **dict.fromkeys("—-–", "-"),
    **dict.fromkeys("(（[【〔", "("),
    **dict.fromkeys(")）]】〕", ")"),
    **dict.fromkeys("“”‘’\"'《》〈〉「」『』 \t\n\r\u3000\u00a0*#■□●▲◆▍", ""),
}
_HIDDEN: Final = "\0"
_SOLID: Final = NAMES | {"J"}
_START: Final = attrgetter("start")
_LATIN: Final = re.compile(r"[0-9A-Za-z][.,][0-9A-Za-z]")
_TELLING: Final = re.compile(r"第[一二三四五六七八九十\d]|[冠亚季]军|[金银铜]牌|榜首|荣誉|获奖|奖项|表彰")
"""What makes a sentence worth looking at in which nothing is named."""

_NUMERAL: Final = r"[\d〇零一二两三四五六七八九十百千多几数]"
_MEASURED: Final = re.compile(
    r"(?=[\d〇零一二两三四五六七八九十百千多几数去今前同当次第那这近日昨目现连先累已曾屡蝉总双全冠亚季金银铜榜头状])"
    r"(?:(?P<T>(?:19|20)\d\d(?:年)?(?:[-—–~至](?:19|20)\d\d)?(?:年度|年第?[一二三四\d]?季度|年(?:初|底|末|\d{1,2}月(?:\d{1,2}日)?)?)"
    r"|(?<![^\n])(?:19|20)\d\d(?=[ \u3000\t“\0]|[一-鿿](?<![至到多余万亿元人名个家]))"
    r"|[一二][〇零一二三四五六七八九]{3}年|(?<!\d)\d{1,2}月(?:\d{1,2}日|初|底|份)?"
    r"|去年|今年|前年|同年|当年|次年|第二年|那一年|这一年|那年|年度|近日|日前|昨日|今日|目前|现在|近年来|多年来)"
    rf"|(?P<N>(?:连续|先后|累计|已|曾)?(?<!第)(?<!第[一二三四五六七八九十])(?<!第[二三四五]十){_NUMERAL}{{1,4}}(?:余)?(?:次|度(?!假|电|角)|届(?!全国|中国|职工|广东|工会))"
    rf"|连续{_NUMERAL}{{1,4}}年|屡次|屡获|蝉联|两度|三度|多次)"
    r"|(?P<R>第[一二三四五六七八九十\d]{1,3}(?:名|位)?(?:[、和及与](?:第)?[一二三四五六七八九十\d]{1,3}(?:名|位)?)*(?:好成绩)?"
    r"(?![、和及与一二三四五六七八九十\d]*[届次批期版条部章步阶轮季个年中线季总产回种点天代方人站])"
    r"|(?:特等|[一二三四]等)奖|(?:总|双|三连|全能)?(?:冠|亚|季)军|(?:金|银|铜)[牌奖]|前[三五十]名?|榜首|头名|头筹|状元)"
    rf"|(?P<U>{_NUMERAL}{{1,6}}(?:余)?(?:名|人|位|个|家|项|件)(?!(?:字|大|民|才|员|生|性|工|月|人))))"
)


class Unit(NamedTuple):
    """``text[start:end]`` with its code; names have the keys of their referents (several where the name
    is a coordination: 全国和省五一劳动奖章), and what stands in brackets behind it is a row."""

    code: str
    start: int
    end: int
    keys: tuple[str, ...] = ()
    aside: Row | None = None

    @property
    def key(self) -> str:
        """The first of the keys; empty where the unit is no name."""
        return self.keys[0] if self.keys else ""


class Row(NamedTuple):
    """The units of a sentence (or of a bracket in it), and their codes as a string.

    ``deep`` are the codes of the row and of all rows in its brackets; ``brackets`` the indices of
    the units behind which a bracket stands. A sentence in which nothing is named has no units.
    """

    sentence: Sentence
    units: tuple[Unit, ...] = ()
    codes: str = ""
    deep: str = ""
    brackets: tuple[int, ...] = ()

    def asides(self) -> Iterator[tuple[int, Row]]:
        """The brackets, each with the index of the unit that it follows."""
        for i in self.brackets:
            aside = self.units[i].aside
            if aside is not None:
                yield i, aside


@dataclass(slots=True)
class _Builder:
    """Units as they come, with the brackets that are open."""

    sentence: Sentence
    stack: list[list[Unit]] = field(default_factory=lambda: [[]])

    def add(self, unit: Unit) -> None:
        level = self.stack[-1]
        if unit.code == "x" and level and level[-1].code == "x" and level[-1].aside is None:
            last = level.pop()
            unit = Unit("x", last.start, unit.end)
        level.append(unit)

    def take(self, unit: Unit) -> None:
        """Add a unit that was found, or open or close a bracket; marks without a code are left out."""
        if unit.code == "(":
            self.open()
        elif unit.code == ")":
            self.close()
        elif unit.code:
            self.add(unit)

    def open(self) -> None:
        if len(self.stack) <= _DEEPEST:
            self.stack.append([])

    def close(self) -> None:
        if len(self.stack) == 1:
            return
        inner = self.stack.pop()
        if not inner:
            return
        level = self.stack[-1]
        row = _row(self.sentence, inner)
        if level and level[-1].aside is None:
            u = level.pop()
            level.append(Unit(u.code, u.start, u.end, u.keys, row))
        else:
            level.append(Unit("x", inner[0].start, inner[0].start, (), row))

    def done(self) -> Row:
        while len(self.stack) > 1:
            self.close()
        return _row(self.sentence, self.stack[0])


def _row(sentence: Sentence, units: list[Unit]) -> Row:
    codes = "".join([u.code for u in units])
    brackets = tuple([i for i, u in enumerate(units) if u.aside is not None])
    deep = codes + "".join([aside.deep for i in brackets if (aside := units[i].aside) is not None])
    return Row(sentence, tuple(units), codes, deep, brackets)


def rows_of(reading: Reading) -> tuple[Row, ...]:
    """The rows of all sentences, in order; made once for a reading."""
    cached = reading.__dict__.get("_rows")
    if cached is None:
        cached = tuple(_rows(reading))
        reading.__dict__["_rows"] = cached
    found: tuple[Row, ...] = cached
    return found


def levels(row: Row) -> Iterator[Row]:
    """The row itself and all rows in its brackets."""
    yield row
    for _, aside in row.asides():
        yield from levels(aside)


def holds(row: Row, code: str) -> bool:
    """Whether a code stands in the row or in one of its brackets."""
    return code in row.deep


@cache
def marks(kind: str) -> re.Pattern[str]:
    """A pattern for the words of ``relation_marks.tsv`` of one kind, the longest first."""
    words = sorted(
        (r["word"] for r in table("relation_marks") if r["kind"] == kind), key=lambda w: (-len(w), w)
    )
    return re.compile("|".join(map(re.escape, words)))


@cache
def _cues() -> tuple[CharwiseDoubleArrayAhoCorasick, tuple[str, ...]]:
    codes = {row["word"]: _CUE_CODES[row["kind"]] for row in table("relation_cues")} | _MARKS
    words = sorted(codes)
    return CharwiseDoubleArrayAhoCorasick(words, MATCH_KIND_LEFTMOST_LONGEST), tuple(codes[w] for w in words)


def _rows(reading: Reading) -> Iterator[Row]:
    units = _units(reading)
    text = reading.text
    i = 0
    for sentence in reading.sentences:
        while i < len(units) and units[i].start < sentence.start:
            i += 1
        first = i
        named = False
        while i < len(units) and units[i].end <= sentence.end:
            named = named or units[i].code in _SOLID
            i += 1
        if not named and _TELLING.search(text, sentence.start, sentence.end) is None:
            yield Row(sentence)
            continue
        builder = _Builder(sentence)
        place = sentence.start
        for unit in units[first:i]:
            if unit.start > place:
                builder.add(Unit("x", place, unit.start))
            place = unit.end
            builder.take(unit)
        if place < sentence.end:
            builder.add(Unit("x", place, sentence.end))
        yield builder.done()


def _units(reading: Reading) -> list[Unit]:
    """All units of a text but the words between them, in order of place.

    Names and posts are hidden before numbers are looked for, and both before cue words, so that
    none of these runs into a name (员工张伟荣获: 荣获).
    """
    solid = _solid(reading)
    masked = _mask(reading.text, solid)
    measured = [Unit(m.lastgroup or "x", m.start(), m.end()) for m in _MEASURED.finditer(masked)]
    masked = _mask(masked, measured)
    automaton, codes = _cues()
    cues = [Unit(codes[index], start, end) for start, end, index in automaton.find(masked)]
    cues = [
        Unit("x", u.start, u.end) if u.code == "," and _within_number(reading.text, u.start) else u
        for u in cues
    ]
    return sorted([*solid, *measured, *cues], key=_START)


def _mask(text: str, units: list[Unit]) -> str:
    """The text with a character that no rule knows in the place of every character of the units."""
    parts = []
    place = 0
    for unit in units:
        parts.append(text[place : unit.start])
        parts.append(_HIDDEN * (unit.end - unit.start))
        place = unit.end
    parts.append(text[place:])
    return "".join(parts)


def _solid(reading: Reading) -> list[Unit]:
    """Names and posts in order of place, none over another; a post that a name runs into keeps its rest."""
    names: list[Unit] = []
    end = -1
    for name, referent in reading.mentions:
        if name.start >= end:
            end = name.start + _bare_length(name, referent)
            names.append(Unit(_NAME_CODES[name.type], name.start, end, (referent.key,)))
            if end < name.end:
                names.append(Unit("J", end, name.end))
                end = name.end
        elif names and (names[-1].start, names[-1].end) == (name.start, name.end):
            last = names.pop()
            names.append(Unit(last.code, last.start, last.end, (*last.keys, referent.key)))
    posts = _free_posts(reading.posts, names)
    return sorted([*names, *posts], key=lambda u: u.start)


def _bare_length(name: Name, referent: Referent) -> int:
    """How much of a mention is the name: 陈苑 of 陈苑副主席."""
    rest = name.text.removeprefix(referent.name)
    if name.type is EntityType.PERSON and rest != name.text and is_post(rest):
        return len(referent.name)
    return name.end - name.start


def _free_posts(posts: tuple[Post, ...], names: list[Unit]) -> Iterator[Unit]:
    i = 0
    for post in posts:
        start = post.start
        while i < len(names) and names[i].end <= start:
            i += 1
        j = i
        while j < len(names) and names[j].start < post.end:
            start = max(start, names[j].end)
            j += 1
        stands_for = post.text == "代表" and any(
            n.start == post.end and n.code in "OL" for n in names[j : j + 1]
        )
        if post.end - start >= 2 and not stands_for:
            yield Unit("J", start, post.end)


def _within_number(text: str, place: int) -> bool:
    """Whether a point or comma belongs to a number or to Latin words (24,376; 2.1; A.B)."""
    return text[place] in ".," and place > 0 and _LATIN.match(text, place - 1) is not None
