"""Which blanks inside a line mean something, and which a PDF has put there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.reading.credits import has_surname, is_credit, is_name_list, spread_roles
from kg.reading.lines import ends_sentence
from kg.reading.words import crosses_a_word, is_word

__all__ = ["glued_title", "stray_blanks"]

_HAN: Final = "一-鿿㐀-䶿"
_BLANKS = re.compile("[ 　]+")
_SENTENCE = re.compile("[。；;！？]")
_BRACKETED = re.compile(r"[（(][^（）()]{2,80}[)）]")
_TITLED = re.compile("《(?!关于)[^《》]{2,80}》")
_OPENING: Final = "（(《〈“‘「『【〔"
_CLOSING: Final = "）)》〉”’」』】〕，,、。：:；;！!？?%％"
_NAME_ROW = re.compile(rf"(?<![{_HAN}])[{_HAN}]{{1,4}}(?:[ 　]+[{_HAN}]{{1,4}}){{2,}}(?![{_HAN}])")
_DATELINE = re.compile(
    r"[ 　]*[【［]?[^，。；： 　]{0,14}?[讯电](?:[（(][^（）()]{2,60}[)）])?[】］]?([ 　]+)"
)
_LABEL = re.compile(rf"[{_HAN}](?:[ 　]+[{_HAN}]){{1,4}}(?=[ 　]*[：:])")
_GLUED = re.compile(
    r"[^，。；：！？\n 　]{8,40}([ 　])[ 　]*"
    r"(?=\d{4} ?年|\d{1,2} ?月 ?\d|近日|日前|昨日|今天|本报讯|本网讯)[^\n]{0,40}，"
)
_NUMBERED = re.compile(r"[A-Za-z] ?[\d./-]+$|\d{4}[-./]\d{1,2}[-./]\d{1,2}$")
_CLOCK_AHEAD = re.compile(r"\d{1,2}[:：]\d\d")
_LATIN = re.compile("[A-Za-z]")
_LAST_WORD = re.compile(rf"[{_HAN}]*$")
_FIRST_WORD = re.compile(rf"[{_HAN}]*")
_CLOCK = re.compile(r"\d[:：]\d\d$")
_YEAR_OR_LATIN = re.compile(r"\d{4}(?: ?年|[-./])|[A-Za-z(\"']")
_DATED = re.compile(
    r"(?:[-•·]|[^：: ]{2,8}[：:])?[ ]?(?:19|20)\d\d[ ]?年(?:[ ]?\d{1,2}[ ]?月)?(?:[ ]?\d{1,2}[ ]?日)?"
)
_PART: Final = "摄文图"
"""Characters that stand for a part in making an article."""
_SHORTEST_CLAUSE: Final = 4
_BODY = re.compile(rf"[{_HAN}“”]{{5,24}}")
_SIGNED = re.compile(rf"[{_HAN}]{{2,4}}|[{_HAN}]{{1,9}}·[{_HAN}·]{{1,18}}|[文图][/／][文图]")
_PHOTO: Final = ("摄", "供图", "摄影", "图")

Gap = tuple[int, int]


def glued_title(text: str) -> int | None:
    """The place of the blank that parts a title from the sentence behind it on the first line, if any.

    >>> glued_title("某市一批职工获得表彰 2013年12月28日，在全省会议上，")
    10
    """
    match = _GLUED.match(text.lstrip("\n")[:200])
    return match.start(1) + len(text) - len(text.lstrip("\n")) if match else None


def stray_blanks(line: str) -> Iterator[Gap]:
    """The blanks of one line that do not belong there, as half-open ranges in order.

    Of blanks that mean something one is left.
    """
    if " " not in line and "　" not in line:
        return
    keep = _meant(line)
    for match in _BLANKS.finditer(line):
        start, end = match.span()
        if start not in keep:
            yield start, end
        elif end - start > 1:
            yield start + 1, end


def _meant(line: str) -> set[int]:
    """Where the runs of blanks begin that stay."""
    if _is_prose(line):
        return _meant_in_prose(line)
    if is_credit(line):
        return set(_between_names(line, 0, len(line)))
    return set(_between_clauses(line, 0, len(line)))


def _is_prose(line: str) -> bool:
    return (
        bool(_SENTENCE.search(line))
        or (len(line) > 30 and ("，" in line or "," in line))
        or ends_sentence(line)
    )


def _meant_in_prose(line: str) -> set[int]:
    keep = {match.start() for match in _BLANKS.finditer(line) if _between_latin(line, *match.span())}
    for match in _BRACKETED.finditer(line):
        if is_credit(match.group()) or _is_signature(match.group()):
            keep.update(_between_names(line, *match.span()))
    for match in _TITLED.finditer(line):
        if min(map(len, _BLANKS.split(match.group()[1:-1]))) >= _SHORTEST_CLAUSE:
            keep.update(_between_clauses(line, *match.span()))
    for match in _NAME_ROW.finditer(line):
        if is_name_list(_joined(match.group())):
            keep.update(_between_names(line, *match.span()))
    dateline = _DATELINE.match(line[:100])
    if dateline:
        keep.add(dateline.start(1))
    tail = max(line.rfind(mark) for mark in "。！？”") + 1
    if tail and len(line) - tail < 60 and (is_credit(line[tail:].strip()) or line.endswith(_PHOTO)):
        keep.update(_between_names(line, tail, len(line)))
    return keep


def _between_latin(line: str, start: int, end: int) -> bool:
    """Whether the blank stands between words or numbers that are not Chinese."""
    if not start or end == len(line):
        return False
    before, after = line[start - 1], line[end]
    if not before.isascii() or not after.isascii():
        return False
    if before.isdecimal() and after.isdecimal():
        return bool(
            _NUMBERED.search(line[max(0, start - 12) : start]) or _CLOCK_AHEAD.match(line[end : end + 6])
        )
    latin = before.isalpha() or (before in ",.;:!?)'\"&" and _LATIN.search(line[max(0, start - 3) : start]))
    return bool(latin) and (after.isalnum() or after in "(&'\"")


def _is_signature(bracket: str) -> bool:
    """Whether a bracket holds names alone, perhaps behind the body for which they write."""
    words = _joined(bracket.strip("（）() 　"))
    if len(words) > 1 and len(words[0]) > 4 and _BODY.fullmatch(words[0]):
        words = words[1:]
    return 1 <= len(words) <= 4 and all(map(_SIGNED.fullmatch, words))


def _joined(text: str) -> list[str]:
    """The words of a row of names, spread names put together."""
    gaps = set(_between_names(text, 0, len(text)))
    parts, done = [], 0
    for match in _BLANKS.finditer(text):
        if match.start() in gaps:
            parts.append(text[done : match.start()])
            done = match.end()
    parts.append(text[done:])
    return [_BLANKS.sub("", part) for part in parts if part.strip(" 　")]


def _between_names(line: str, low: int, high: int) -> Iterator[int]:
    """The blanks between names and roles; those inside a spread name or role are left out."""
    inside = {
        blank.start()
        for role in spread_roles().finditer(line, low, high)
        for blank in _BLANKS.finditer(line, *role.span())
    }
    inside |= set(_inside_spread_names(line, low, high, inside))
    for match in _BLANKS.finditer(line, low, high):
        start, end = match.span()
        if start in inside or start == low or end == high:
            continue
        if line[start - 1] in _OPENING or line[end] in "）)】：:、，,/／" or line[start - 1] in "：:、，,/／":
            continue
        yield start


def _inside_spread_names(line: str, low: int, high: int, taken: set[int]) -> Iterator[int]:
    """The blanks inside names whose characters stand apart (向 俊)."""
    masked = spread_roles().sub(lambda role: "|" * len(role.group()), line[low:high])
    for run in re.finditer(rf"(?<![{_HAN}])[{_HAN}](?:[ 　]+[{_HAN}](?![{_HAN}]))+", masked):
        gaps = [
            (low + run.start() + m.start(), m.end() - m.start())
            for m in _BLANKS.finditer(run.group())
            if low + run.start() + m.start() not in taken
        ]
        if gaps and line[low + run.end() - 1] in _PART:
            gaps.pop()
        yield from _inside_one_run(line, gaps)


def _inside_one_run(line: str, gaps: list[tuple[int, int]]) -> Iterator[int]:
    narrow = min((width for _, width in gaps), default=0)
    if len({width for _, width in gaps}) > 1 and len(gaps) > 2:
        yield from (start for start, width in gaps if width == narrow)
        return
    pairs = len(gaps) >= 3 and len(gaps) % 2 == 1
    if pairs:
        firsts = [line[start - 1] for start, _ in gaps[::2]]
        pairs = all(has_surname(first + "某") for first in firsts) and not is_word(
            firsts[0] + line[gaps[1][0] - 1]
        )
    for number, (start, _) in enumerate(gaps):
        if not pairs or number % 2 == 0:
            yield start


def _between_clauses(line: str, low: int, high: int) -> Iterator[int]:
    """The blanks that part the clauses of a heading, the words of a row, the fields of a table."""
    label = _LABEL.match(line, low, high)
    inside = set(_inside_spread_names(line, low, high, set()))
    for match in _BLANKS.finditer(line, low, high):
        start, end = match.span()
        if start == low or end == high or start in inside or (label and start < label.end()):
            continue
        before, after = line[start - 1], line[end]
        if before in _OPENING or before in "，,、。：:；;" or after in _CLOSING:
            continue
        wide = end - start > 1 or line[start] == "　"
        latin = before.isascii() or after.isascii()
        parts = _parts_fields(line, start, end) if latin else _parts_words(line, start, end, inside)
        if wide or parts or _DATED.fullmatch(line[low:start]):
            yield start


def _parts_words(line: str, start: int, end: int, inside: set[int]) -> bool:
    """Whether one blank between two Chinese words parts them."""
    left = _LAST_WORD.search(line[max(0, start - 20) : start]).group()  # type: ignore[union-attr]
    right = _FIRST_WORD.match(line[end : end + 20]).group()  # type: ignore[union-attr]
    if not left or not right or (has_surname(left) and has_surname(right)):
        return True
    if len(left) == 1 or (len(right) == 1 and right not in _PART):
        beside_a_spread_name = bool(inside) and any(start - 4 < gap < end + 4 for gap in inside)
        torn_name = len(right) == 1 and len(left) > 3 and has_surname(left[-1] + right)
        return beside_a_spread_name and not (torn_name and not has_surname(right + "某"))
    return not crosses_a_word(left, right)


def _parts_fields(line: str, start: int, end: int) -> bool:
    """Whether a blank beside a figure or a Latin word parts two things."""
    before, after = line[start - 1], line[end]
    if before.isascii() and after.isascii():
        return True
    if _CLOCK.search(line[max(0, start - 6) : start]):
        return True
    if before.isascii():
        return before.isalpha() or before in ")\"'"
    return bool(_YEAR_OR_LATIN.match(line[end : end + 7]))
