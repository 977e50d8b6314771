"""Whether a Chinese name sounds as was typed on a Latin keyboard: in pinyin, in initials, or in both."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from kg.view.vendor import syllables

__all__ = ["spoken"]


def spoken(name: str, typed: str) -> float:
    """How much of a name ``typed`` says: 1 all of it, 0.9 its beginning, 0.7 a part of it, 0 none.

    Each character is typed as its syllable or as the first letter of that; the last may be unfinished.

    >>> [spoken("云浮市总工会", t) for t in ("yunfushizonggonghui", "yfszgh", "yunfsh", "zgh", "gd")]
    [1.0, 0.9, 0.9, 0.7, 0.0]
    """
    first = typed[0]
    for start, character in enumerate(name):
        if first not in _firsts(character):
            continue
        said = _said(name, start, typed)
        if said:
            if start:
                return 0.7
            return 1.0 if said == len(name) and len(typed) > 2 * len(name) else 0.9
    return 0.0


def _said(name: str, start: int, typed: str) -> int:
    """Up to which character ``typed`` says the name from ``start`` on, or 0 where it says something else."""
    places = {0}
    for end in range(start, len(name)):
        further: set[int] = set()
        for place in places:
            for reading in _readings().get(name[end], (name[end],)):
                rest = typed[place:]
                if reading.startswith(rest):
                    return end + 1
                if rest.startswith(reading):
                    further.add(place + len(reading))
                if rest[0] == reading[0]:
                    further.add(place + 1)
        if not further:
            return 0
        places = further
    return 0


@cache
def _firsts(character: str) -> str:
    """The letters that the readings of a character begin with."""
    return "".join({reading[0] for reading in _readings().get(character, (character,))})


@cache
def _readings() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for syllable, characters in syllables():
        for character in characters:
            found[character].append(syllable)
    return {character: tuple(readings) for character, readings in found.items()}
