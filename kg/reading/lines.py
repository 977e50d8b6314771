"""Which lines of a text are one paragraph that was broken apart.

A text comes in lines. In most files a line is a paragraph; in text out of a PDF a paragraph is
many lines, or is torn in two by the end of a column, with blank lines in between. Lines are
joined where the first is plainly unfinished, never on the ground of what they say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Final

from kg.language.lexicon import column
from kg.reading.credits import is_credit
from kg.reading.words import crosses_a_word

__all__ = ["Line", "broken_lines", "ends_sentence", "lines_of"]

_FINISHED = re.compile(r"(?:[。！？!?；;…☀-➿🌀-🫿]|(?<=[一-鿿”’」』）)》\"'%])\.)[”’」』）)》\"'\]】]*$")
_SIGNED = re.compile(r"[。！？.][”\"]?[ 　]*[（(][^（）()]{1,60}[)）]$")
_OPEN_END = re.compile(r"[，,、（(《〈“‘「『【〔—–+&/·]$")
_CLOSING_START = re.compile(r"[，,、。．：:；;！!？?）)》〉”’」』】〕%％]|·[一-鿿]")
_ITEM = re.compile(
    r"""
      \#{1,6}[ 　]
    | [■□◆◇●○◎▲△▼▽★☆▍▎▌◼◾►▶➤※§☞✦✿◉⊙☀-➿🌀-🫿]
    | [—–=*_~～-]{4,}
    | [-–•·*+>][ 　]
    | [一二三四五六七八九十百]{1,4}[、．.]
    | [（(](?:[一二三四五六七八九十百]{1,4}|\d{1,2})[)）]
    | \d{1,2}(?:[、．]|\.(?![\d]))
    | \d{1,2}[)）]
    | [①-⓿㈠-㉀⒈-⒛]
    | 第[一二三四五六七八九十百零〇\d]{1,5}(?:[章节条编卷篇][ 　]|条)
    | [【〔\[]
    | [问答][：:]
    | (?:编者按|编后|附件?|注|按)[：:]
    | 图[①-⑳\d一二三四五六七八九十]{1,2}[：:、为 　]
    | (?:\d{4}[ ]?年(?:[ ]?\d{1,2}[ ]?月)?(?:[ ]?\d{1,2}[ ]?日)?|(?:19|20)\d\d)[—–-]?(?:\t|　|[ ]{2})
    | (?:19|20)\d\d[.．]\d{1,2}(?!\d)
    """,
    re.VERBOSE,
)
_ENTRY = re.compile(r"\d{4}[ ]?年(?:[ ]?\d{1,2}[ ]?月)?(?:[ ]?\d{1,2}[ ]?日)?[ 　\t]+\S")
_YEAR = re.compile(r"(?:19|20)\d\d[ ]?年|[一二][九〇○零][一二三四五六七八九〇○零]{2}年")
_CAPTION = re.compile(
    r"[▲△▼◀▶◥◤↑↓←→①-⑳]|图[①-⑳\d]|图片?[为由：:]|[（(]?(?:本[版报文])?(?:资料)?(?:图片|照片)[由为均系除：:）)]"
    r"|.{0,24}(?:供图|摄影?|[图文]/\S{2,8})[）)]?$"
)
_SPREAD_FIELD = re.compile(r"[一-鿿](?:[ 　]+[一-鿿]){1,3}[ 　]*[：:]|首页[ 　]*[>＞»]")
_DATE = re.compile(
    r"[（(]?(?:\d{4}|[一二三四五六七八九〇○零Ｏ]{4})[ ]*[年./-][ ]*(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"(?:[ ]*[月./-][ ]*(?:(?:\d{1,2}|[一二三四五六七八九十]{1,3})[ ]*日?)?)?[ 　]*"
    r"(?:(?:星期|周)[一二三四五六日天])?[ 　]*(?:\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?[）)]?$|\d{1,2}月\d{1,2}日$"
)
_LABEL = re.compile(r"[一-鿿（）“”《》、\d]{2,24}[：:]")
_ROW = re.compile(
    r"[一-鿿 　·]{2,14}[（(][^（）()]{1,60}[)）]$|[^，。；]{4,50}[（(]\d{4}年[^（）()]{0,20}[)）]$"
)
_NAMES = re.compile(r"[一-鿿·]{1,9}(?:[ 　]+[一-鿿·]{1,9}){4,}$")
_TWO_COLUMNS = re.compile(r"\S{1,14}(?:\t|　|[ ]{2,})\S")
_RUN_IN = re.compile(r"[【〔][^】〕]{1,30}[】〕].*[，,；;]")
_COLUMNS = re.compile(r"\S(?:\t|[ 　]{2,}|　)(?=\S)")
_PUNCTUATION = re.compile(r"[，,。；;：:！？!?]")
_RULE = re.compile("[—–=*_~～-]{3,}")
_STOP = re.compile("[。；;]")
_CLAUSE = re.compile(r"[，,；;、]")
_BRACKETS: Final = {"《": "》", "“": "”", "（": "）", "(": ")", "「": "」", "『": "』", "〈": "〉"}
_ANY_BRACKET = re.compile("[《》“”（）()「」『』〈〉]")

_WIDEST_WRAP: Final = 140
"""A line of more columns was never cut at a fixed width."""
_ABOUT_FULL: Final = 0.6
_FULL: Final = 0.75
_QUITE_FULL: Final = 0.85
"""Shares of the widest line around that a line needs in order to count as cut at its end."""
_AROUND: Final = 12
_LONGEST_TITLE: Final = 70
_LONGEST_APART: Final = 160
_SHORTEST_PAIR: Final = 12
_MOST_BLANK: Final = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: where its words stand, and how it stands among the others."""

    start: int
    end: int
    text: str
    indent: int
    gap: int
    """How many blank lines stand before it."""
    width: int
    """Columns, a Chinese character being two."""
    finished: bool
    """Whether it ends a sentence."""
    item: bool
    """Whether it begins something new: a heading, an entry of a list, a caption."""
    apart: bool
    """Whether it is no running text at all: a credit, a field, a date, a caption, a row of a table."""

    @property
    def prose(self) -> bool:
        """Whether it is surely running text: a sentence ends in it, or it is long and has clauses."""
        return bool(_STOP.search(self.text)) or (
            self.width > _LONGEST_TITLE and bool(_CLAUSE.search(self.text))
        )


@cache
def _field() -> re.Pattern[str]:
    """A field of the head or the foot of an article (来源：)."""
    forms = sorted(column("masthead_fields", "form"), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, forms))})[ 　]*[：:]")


def _is_apart(text: str) -> bool:
    if len(text) > _LONGEST_APART:
        return "\t" in text
    return bool(
        _field().match(text)
        or _SPREAD_FIELD.match(text)
        or _DATE.match(text)
        or is_credit(text)
        or (len(text) <= 60 and _CAPTION.match(text))
        or _is_tabular(text)
        or (text[-1] in "）)" and (_ROW.match(text) or (text[0] in "（(" and text.count(text[0]) == 1)))
        or _NAMES.match(text)
    )


def _is_tabular(text: str) -> bool:
    if "\t" in text or text.startswith("|"):
        return True
    return ("  " in text or "　" in text) and len(_COLUMNS.findall(text)) >= 2 and not _STOP.search(text)


def ends_sentence(text: str) -> bool:
    """Whether ``text`` ends as a sentence does, perhaps with a signature in brackets behind it."""
    tail = text[-80:]
    return bool(_FINISHED.search(tail) or _SIGNED.search(tail))


def lines_of(text: str) -> list[Line]:
    """The lines of ``text`` that are not blank."""
    found = []
    start, gap = 0, 0
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            lead = len(raw) - len(raw.lstrip())
            indent = lead + raw.count("　", 0, lead) + 3 * raw.count("\t", 0, lead)
            found.append(
                Line(
                    start=start + lead,
                    end=start + lead + len(words),
                    text=words,
                    indent=indent,
                    gap=gap,
                    width=len(words.encode("gb18030", "replace")),
                    finished=ends_sentence(words),
                    item=bool(_ITEM.match(words)),
                    apart=_is_apart(words),
                )
            )
            gap = 0
        else:
            gap += 1
        start += len(raw) + 1
    return found


def broken_lines(lines: list[Line]) -> Iterator[tuple[Line, Line]]:
    """The pairs of neighbours that belong to one paragraph, in order."""
    usual = _usual_gap(lines)
    paragraph: list[Line] = []
    for number, line in enumerate(lines):
        if paragraph and _belongs(paragraph, line, _Around(lines, number, usual)):
            yield paragraph[-1], line
            paragraph.append(line)
        else:
            paragraph = [line]


@dataclass(frozen=True)
class _Around:
    lines: list[Line]
    number: int
    usual_gap: int

    @cached_property
    def block(self) -> list[Line]:
        """The near lines that no gap parts from the line before."""
        low = self.number - 1
        while low > max(0, self.number - _AROUND) and self._is_near(low):
            low -= 1
        high = self.number
        while high < min(len(self.lines), self.number + _AROUND) and self._is_near(high):
            high += 1
        return self.lines[low : max(high, self.number)]

    @property
    def widest(self) -> int:
        """The width of the widest line of the block."""
        return max(line.width for line in self.block)

    @property
    def running(self) -> bool:
        """Whether sentences end in the block, so that it is no list and no title."""
        return any(line.finished or _STOP.search(line.text) for line in self.block)

    def _is_near(self, number: int) -> bool:
        return self.lines[number].gap <= self.usual_gap

    @property
    def adjacent(self) -> bool:
        return self.lines[self.number].gap <= self.usual_gap

    @property
    def cut(self) -> bool:
        """Whether the line before is about as wide as the page allows."""
        return self._is_wide(_ABOUT_FULL)

    @property
    def cut_surely(self) -> bool:
        """Whether the line before is as wide as the page allows."""
        return self._is_wide(_FULL)

    @property
    def full(self) -> bool:
        """Whether the line before fills its column, so that its full stop need not end the paragraph."""
        cut = sum(not line.finished and line.width >= _FULL * self.widest for line in self.block)
        return cut > 1 and cut >= 0.5 * len(self.block) and self._is_wide(_QUITE_FULL)

    def _is_wide(self, share: float) -> bool:
        before = self.lines[self.number - 1]
        return self.running and self.widest <= _WIDEST_WRAP and before.width >= share * self.widest

    @property
    def second_before(self) -> Line:
        """The line before the line before."""
        return self.lines[self.number - 2]

    @property
    def in_a_paragraph(self) -> bool:
        """Whether the line before stands right under running text."""
        near = self.lines[self.number - 1].gap <= self.usual_gap
        return near and self.number > 1 and self.second_before.prose


def _usual_gap(lines: list[Line]) -> int:
    """One where a blank line stands behind every line and most lines are unfinished, else none."""
    pairs = list(pairwise(lines))
    if len(pairs) < 8 or max((line.width for line in lines), default=0) > _WIDEST_WRAP:
        return 0
    spaced = sum(after.gap == 1 for _, after in pairs)
    unfinished = sum(not before.finished for before, _ in pairs)
    return int(spaced > 0.9 * len(pairs) and unfinished > 0.6 * len(pairs))


def _belongs(paragraph: list[Line], line: Line, around: _Around) -> bool:
    """Whether ``line`` goes on where ``paragraph`` stops."""
    before = paragraph[-1]
    if line.gap > _MOST_BLANK or line.indent >= 3 or (before.finished and before.width > _WIDEST_WRAP):
        return False
    if before.apart or _RULE.match(before.text):
        return False
    if not before.finished and (_CLOSING_START.match(line.text) or _is_open(paragraph, line)):
        return True
    if line.item or line.apart:
        return False
    if before.finished:
        return around.adjacent and around.full
    if line.text.startswith("——"):
        return around.adjacent and around.cut_surely and bool(_CLAUSE.search(before.text))
    if _OPEN_END.search(before.text):
        return True
    if before.text[-1] in "：:":
        return around.adjacent and around.cut_surely and not (paragraph[0].item or _LABEL.match(line.text))
    if _LABEL.match(line.text) and (line.gap or any(map(_LABEL.match, (before.text, paragraph[0].text)))):
        return False
    if any(form.match(before.text) and form.match(line.text) for form in (_ENTRY, _TWO_COLUMNS)):
        return False
    if line.gap and around.number > 1 and _YEAR.match(before.text) and _YEAR.match(around.second_before.text):
        return False
    return _goes_on(paragraph, line, around)


def _goes_on(paragraph: list[Line], line: Line, around: _Around) -> bool:
    before = paragraph[-1]
    prose = len(paragraph) > 2 or any(part.prose for part in paragraph)
    if not around.adjacent:
        return prose and (line.prose or bool(_PUNCTUATION.search(line.text[:-1])) or line.finished)
    if prose:
        return True
    if before.width + line.width < _SHORTEST_PAIR:
        return False
    torn = crosses_a_word(before.text, line.text)
    if len(paragraph) == 1 and before.item and not _RUN_IN.match(before.text):
        return around.cut_surely or (torn and (around.cut or line.width <= 8))
    clauses = len(_CLAUSE.findall(before.text))
    if around.number <= 2:
        return around.cut and (torn or clauses > 0)
    if len(paragraph) == 1 and not clauses:
        if not _CLAUSE.search(line.text):
            return torn or around.cut_surely
        return torn or around.cut or around.in_a_paragraph
    return torn or around.cut or before.text[-1].isdigit() or (clauses > 1 and line.prose)


def _is_open(paragraph: list[Line], line: Line) -> bool:
    """Whether a bracket that opened in the paragraph closes in ``line`` before another opens."""
    opened: list[str] = []
    for part in paragraph[-3:]:
        for sign in _ANY_BRACKET.findall(part.text[-200:]):
            if sign in _BRACKETS:
                opened.append(_BRACKETS[sign])
            elif opened and opened[-1] == sign:
                opened.pop()
    first = _ANY_BRACKET.search(line.text[:60])
    quotes = sum(part.text.count('"') for part in paragraph[-3:])
    if quotes % 2 and '"' in line.text[:30] and paragraph[0].width < 400:
        return True
    return bool(opened and first and first.group() == opened[-1])
