"""Text made ready for the page: labels of two short lines, words to search by, years.

Everything that cuts text is here or in :mod:`kg.view.quotes`, in code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any, Final

from kg.view.vendor import syllables

__all__ = ["label_line", "label_lines", "name_of", "sounds", "width", "years"]

_LINE: Final = 10.0
_BLANK: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_UNSEEN: Final = re.compile(r"[\u200b-\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_MARK: Final = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]"
_PILED: Final = re.compile(f"({_MARK}{{2}}){_MARK}+")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_DATED: Final = ("date", "period", "year")


def name_of(iri: str, data: Mapping[str, Any]) -> str:
    """The label of a thing, or what its IRI ends in where it has none.

    >>> name_of("https://example.org/id/云浮市", {"label": " "})
    '云浮市'
    """
    label = str(data.get("label") or "")
    return label if label.strip() else iri.rstrip("/").rpartition("/")[2] or iri


def width(text: str) -> float:
    """How wide a text is set, in Chinese characters.

    >>> width("工会"), width("ab")
    (2.0, 1.1)
    """
    return sum(_width(character) for character in text)


def label_lines(text: str, *, line: float = _LINE) -> tuple[str, ...]:
    """A name as at most two lines of a label, with an ellipsis where it is longer.

    >>> label_lines("云浮市总工会")
    ('云浮市总工会',)
    >>> label_lines("云浮市人力资源和社会保障局")
    ('云浮市人力资源', '和社会保障局')
    """
    clean = _seen(text)
    whole = width(clean[:200])
    if whole <= line:
        return (clean,)
    if whole <= 2 * line:
        first = _cut(clean, whole / 2 + 0.5)
        return (first.rstrip(), clean[len(first) :].lstrip())
    first = _cut(clean, line)
    second = _cut(clean[len(first) :].lstrip(), line - 1)
    return (first.rstrip(), second.rstrip() + "…")


def label_line(text: str, *, line: float = _LINE) -> str:
    """A name as one line of a label, with an ellipsis where it is longer.

    >>> label_line("云浮市人力资源和社会保障局", line=8)
    '云浮市人力资源…'
    """
    clean = _seen(text)
    return clean if width(clean[:200]) <= line else _cut(clean, line - 1).rstrip() + "…"


def sounds(texts: Iterable[str]) -> dict[str, str]:
    """For each syllable of Mandarin those characters of the texts that can be read so.

    >>> sounds(["工会", "重"])
    {'chong': '重', 'gong': '工', 'hui': '会', 'kuai': '会', 'tong': '重', 'zhong': '重'}
    """
    used = set().union(*texts)
    spoken = {syllable: "".join(c for c in characters if c in used) for syllable, characters in syllables()}
    return {syllable: characters for syllable, characters in spoken.items() if characters}


def years(attributes: Mapping[str, Any]) -> list[int]:
    """The years that the attributes of a relation name, sorted.

    >>> years({"year": "2017", "rank": "第1名", "period": "2019年至2021年"})
    [2017, 2019, 2021]
    """
    found = {int(y) for key in _DATED for y in _YEAR.findall(str(attributes.get(key) or ""))}
    return sorted(found)


def _seen(text: str) -> str:
    """The text without what cannot be seen or would break a line."""
    return _PILED.sub(r"\1", _UNSEEN.sub("", _BLANK.sub(" ", text))).strip() or "…"


def _width(character: str) -> float:
    if unicodedata.combining(character) or character in "\u200d\ufe0e\ufe0f":
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.55


def _cut(text: str, most: float) -> str:
    """The longest beginning that is no wider than ``most`` and ends between whole characters."""
    used, end = 0.0, 0
    for place, character in enumerate(text):
        used += _width(character)
        if used > most:
            break
        if place + 1 == len(text) or (_width(text[place + 1]) > 0 and character != "\u200d"):
            end = place + 1
    return text[:end]
