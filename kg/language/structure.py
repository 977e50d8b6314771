"""Paragraphs, headings and sentences of a repaired text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kg.language.annotations import Sentence
from kg.language.lexicon import column

__all__ = ["sentences"]

_HAN: Final = "一-鿿"
_ENDS = re.compile(
    r"(?:[。！？；]|[!?;](?![A-Za-z0-9])"
    rf"|(?<=[{_HAN}”’」』）)》\"%])\.(?=[{_HAN}“\"‘「『《（(\s\d]|$))+"
)
"""A half-width full stop counts behind a Chinese character, where it is no decimal point."""
_CLOSERS = re.compile(r"[”’」』\"'）)》】\]]*")
_PAIRS: Final = {
    "《": "》",
    "〈": "〉",
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "【": "】",
}
_OPENERS: Final = {close: open_ for open_, close in _PAIRS.items()}
_SIGNS = re.compile("[" + re.escape("".join(_PAIRS) + "".join(_OPENERS)) + '"]')
_QUOTES: Final = '”’」』"'
_BEFORE_SPEECH: Final = '：:，,。！？!?；;”"'
_SPEAKER = re.compile(
    r"[^。！？；：“”\"，]{1,40}?(?:说|表示|介绍|告诉|感慨|感叹|坦言|回忆|透露|补充|解释|强调|问|答|喊|讲|笑|道|称)"
    r"(?=[，。：！,:]|道|着|起|记者|笔者|大家|我)"
)
_LONGEST_QUOTE: Final = 160
"""A longer quotation is a passage of its own, and is cut into sentences inside."""
_LONGEST: Final = 1000
"""A stretch without the end of a sentence is cut at a comma before it grows longer than this."""
_PAUSES: Final = "，,、：: 　"

_MARKED = re.compile(
    r"#{1,6}[ 　]|\*\*[^*]+\*\*$|[■□◆◇●○◎★☆▍▎▌◼◾►▶➤※▲][^图]|[一二三四五六七八九十]{1,3}[、．.]"
    r"|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百零\d]{1,4}[章节编卷部篇](?:[ 　]|$)"
    r"|\d{1,2}(?:[、．]|\.(?!\d))|【[^】]+】$|数字[一二三四五六七八九十]|——"
)
_FULL_STOP = re.compile(rf"(?:[。！？!?；;，,、：:…]|(?<=[{_HAN}])\.)$")
_NO_TITLE = re.compile(
    r"[（(].*[)）]$|首页|\[|图[①-⑳\d]|.*(?:供图|摄|供稿)$|\d{1,2}[、．.].*[，,]|.*日 ?星期.$"
    r"|(?:\d{4}|[一二〇○零九][一二三四五六七八九〇○零]{3})[ ]?[年./-][^，。]{0,24}$"
)
"""Remarks, captions, dates, entries of a list: short lines that are no titles."""
_LONGEST_TITLE: Final = 45
_LONGEST_ROW: Final = 3


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    body: str
    marked: bool
    short: bool
    """Whether it has the form of a title, marked or not."""


@lru_cache(maxsize=1)  # identity asks again for those of the article that has just been read
def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of ``text`` in order; each line is a paragraph.

    A semicolon ends a sentence as a full stop does. What stands in 《》, in brackets or in
    quotation marks is not cut; a quotation that is a whole sentence ends one, unless its speaker
    is named behind it. A heading is one sentence: a line that is marked as one, or a short line
    without a closing mark that stands before running text.

    >>> [text[s.start:s.end] for text in ["一。二！《三！》；四"] for s in sentences(text)]
    ['一。', '二！', '《三！》；', '四']
    """
    found: list[Sentence] = []
    lines = _lines_of(text)
    headings = _headings(lines)
    for paragraph, line in enumerate(lines):
        if paragraph in headings:
            found.append(Sentence(line.start, line.start + len(line.body), paragraph, heading=True))
            continue
        for start, end in _pieces(line.body):
            found.append(Sentence(line.start + start, line.start + end, paragraph))
    return tuple(found)


def _lines_of(text: str) -> list[_Line]:
    found = []
    position = 0
    for raw in text.splitlines(keepends=True):
        body = raw.strip()
        if body:
            start = position + len(raw) - len(raw.lstrip())
            found.append(_Line(start, body, bool(_MARKED.match(body)), _is_short(body)))
        position += len(raw)
    return found


def _is_short(body: str) -> bool:
    """Whether a line could be a title by its form."""
    if body.startswith("#"):
        return True
    return len(body) <= _LONGEST_TITLE and not (
        "。" in body or _FULL_STOP.search(body.rstrip("”’」』\"'）)》】")) or _is_aside(body)
    )


def _is_aside(body: str) -> bool:
    """Whether a short line is a credit, a field, a date or a caption."""
    return bool(_NO_TITLE.match(body) or _field_or_credit().match(body))


@cache
def _field_or_credit() -> re.Pattern[str]:
    """A line that begins with a field (来源：), or has nothing but names behind a part (本报记者 …)."""
    fields = "|".join(map(re.escape, sorted(column("masthead_fields", "form"), key=len, reverse=True)))
    roles = (re.escape(role) for role in column("byline_roles", "form") if len(role) > 1)
    parts = "|".join(sorted(roles, key=len, reverse=True))
    name = rf"[{_HAN}·]{{1,9}}"
    return re.compile(
        rf"(?:{fields}|{parts})[ 　]*[：:｜]|[文图][ 　]*[/／｜]"
        rf"|[□■（( ]*[{_HAN}]{{0,14}}?(?:{parts})[ 　：:、/／｜]*{name}(?:[ 　、，/／]+{name})*[)） ]*$"
    )


def _headings(lines: list[_Line]) -> set[int]:
    """The numbers of the lines that are headings: short ones right before running text.

    Of many short lines in a row, which are a list, only the last can be one; at the head of the
    text all are.
    """
    found: set[int] = set()
    row: list[int] = []
    for number, line in enumerate(lines):
        if line.short:
            row.append(number)
            continue
        if len(line.body) <= _LONGEST_TITLE and _is_aside(line.body):
            continue
        at_head = not row or row[0] <= 1
        found.update(row if at_head else row[-_LONGEST_ROW:] if len(row) <= _LONGEST_ROW else row[-1:])
        row = []
    found.update(number for number, line in enumerate(lines) if line.marked and line.short)
    if lines and len(lines[0].body) <= _LONGEST_TITLE and len(lines) > 1 and "。" not in lines[0].body:
        found.update([0] if lines[0].short or lines[0].body[-1] in "？！?!" else [])
    return found


def _pieces(body: str) -> Iterator[tuple[int, int]]:
    """The sentences of one line, without the blanks around them."""
    start = 0
    for cut in [*_cuts(body), len(body)]:
        for low, high in _portions(body, start, cut):
            piece = body[low:high]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                yield low + lead, low + len(piece.rstrip())
        start = cut


def _portions(body: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = max(body.rfind(pause, start + 1, start + _LONGEST) for pause in _PAUSES) + 1
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    yield start, end


def _cuts(body: str) -> Iterator[int]:
    """Where sentences end."""
    kept = _kept_whole(body)
    starts = [low for low, _ in kept]
    quotes = [match.start() for match in re.finditer('"', body)]
    sentence = 0
    position = 0
    while match := _ENDS.search(body, position):
        number = bisect_right(starts, match.start()) - 1
        inside = number >= 0 and match.start() < kept[number][1]
        if inside:
            low, high = kept[number]
            position = max(high, match.end())
            if body[high - 1] in _QUOTES and _ends_with(body, low, high, sentence):
                sentence = position = _after_closers(body, high, quotes)
                yield sentence
            continue
        sentence = position = _after_closers(body, match.end(), quotes)
        yield sentence


def _after_closers(body: str, place: int, quotes: list[int]) -> int:
    """Behind the closing marks at ``place``; a straight quotation mark may open the next sentence."""
    found = _CLOSERS.match(body, place)
    if found is None or '"' not in found.group():
        return found.end() if found else place
    opens = bisect_left(quotes, place) % 2 == 0
    return place + (found.group().index('"') if opens else len(found.group()))


def _ends_with(body: str, low: int, high: int, sentence: int) -> bool:
    """Whether the sentence is over behind the quotation ``low``–``high``, in which a sentence ended."""
    if body[high - 2] not in "。！？；.!?;…":
        return False
    speech = low == sentence or not body[sentence:low].strip() or body[low - 1] in _BEFORE_SPEECH
    if not speech and body[high - 2] not in "。.":
        return False
    at_head = not body[sentence:low].strip()
    if at_head and _SPEAKER.match(body, high, high + 60):
        return False
    return not body[high : high + 1] or body[high] not in "，,、：:的"


def _kept_whole(body: str) -> list[tuple[int, int]]:
    """The stretches in brackets or quotation marks that are not cut, outermost ones, in order."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(_bracketed(body)):
        if high - low > _LONGEST_QUOTE or (found and high <= found[-1][1]):
            continue
        found.append((low, high))
    return found


def _bracketed(body: str) -> Iterator[tuple[int, int]]:
    opened: dict[str, list[int]] = {}
    straight: int | None = None
    for match in _SIGNS.finditer(body):
        sign, place = match.group(), match.start()
        if sign == '"':
            if straight is not None:
                yield straight, place + 1
            straight = place if straight is None else None
        elif sign in _PAIRS:
            opened.setdefault(sign, []).append(place)
        elif opened.get(_OPENERS[sign]):
            yield opened[_OPENERS[sign]].pop(), place + 1
