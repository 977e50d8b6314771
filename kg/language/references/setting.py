"""Where an article is at home: which city 市 means, which county 县, which province 省.

The divisions that the article names, alone or at the head of other names, are its evidence.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property

from kg.language.annotations import Name
from kg.language.gazetteer import Division, gazetteer
from kg.vocabulary import EntityType

__all__ = ["Setting"]

_IMPLIED = 0.3
"""Weight of a division that is only the parent of one that is named."""

_EARLY = 2.0
"""Weight that a division has more when it stands in the first lines: they say whose news it is."""

_NEAR = 100
"""How many divisions help to settle an ambiguous name: more than an article has, fewer than a yearbook."""

_DOMINANT = 2.0
"""How many times the weight of the next a division needs to be meant wherever the word stands."""


_WORDS = {
    "省": (("province",), ("省",)),
    "自治区": (("province",), ("自治区",)),
    "市": (("prefecture", "county", "province"), ("市",)),
    "师市": (("prefecture", "county"), ("市",)),
    "州": (("prefecture",), ("州",)),
    "盟": (("prefecture",), ("盟",)),
    "地区": (("prefecture",), ("地区",)),
    "县": (("county",), ("县",)),
    "区": (("county",), ("区",)),
    "旗": (("county",), ("旗",)),
    "镇": (("township",), ("镇",)),
    "乡": (("township",), ("乡", "苏木")),
    "街道": (("township",), ("街道", "街道办事处")),
}


class Setting:
    """The divisions that an article names, where, and how much each of them weighs."""

    def __init__(self, text: str, names: Sequence[Name], *, publisher: str | None = None) -> None:
        self._early = _end_of_opening(text)
        self._found: list[tuple[int, Division]] = []
        self._weights: dict[Division, float] = defaultdict(float)
        near = list(dict.fromkeys(d for d in _plain(names) if d))[:_NEAR]
        for name in names:
            for division in self._divisions(name, near):
                self._add(name.start, division)
        if publisher:
            for division in gazetteer().split_prefix(publisher)[0]:
                self._weigh(division, 1.0)
        self._found.sort(key=lambda pair: (pair[0], pair[1].code))

    def _divisions(self, name: Name, near: Iterable[Division]) -> list[Division]:
        if name.type is EntityType.PLACE:
            found = gazetteer().resolve(name.text, near)
            return [found] if found else []
        if name.type in (EntityType.PERSON, EntityType.DOCUMENT):
            return []
        return list(gazetteer().split_prefix(name.text.lstrip('“"《'), near)[0])

    def _add(self, place: int, division: Division) -> None:
        self._found.append((place, division))
        self._weigh(division, 1.0 + (_EARLY if place < self._early else 0.0))

    def _weigh(self, division: Division, weight: float) -> None:
        self._weights[division] += weight
        for ancestor in gazetteer().ancestors(division):
            self._weights[ancestor] += weight * _IMPLIED

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """Every division named or implied, the weightiest first."""
        return tuple(sorted(self._weights, key=lambda d: (-self._weights[d], d.code)))

    def meant(self, word: str, place: int) -> Division | None:
        """The division that 市, 县, 省 … means at ``place``; None where the article does not say.

        The one that dominates the article, else the one named last before ``place``.
        """
        if word not in _WORDS:
            return None
        levels, ends = _WORDS[word]
        rivals = [d for d in self.divisions if d.level in levels and d.name.endswith(ends)]
        if word == "市":
            rivals = self._cities(rivals)
        if not rivals:
            return None
        first = rivals[0]
        if len(rivals) == 1 or self._weights[first] >= _DOMINANT * self._weights[rivals[1]]:
            return first
        return self._last_before(place, set(rivals)) or first

    def _cities(self, rivals: list[Division]) -> list[Division]:
        """Cities for 市: a county-level city only where the article says little of its prefecture."""
        counties = [d for d in rivals if d.level == "county"]
        others = [
            d for d in rivals if d.level != "county" and (d.level != "province" or len(d.short) < len(d.name))
        ]
        if not others:
            return counties
        parents = set(others)
        lone = [
            d
            for d in counties
            if self._weights[d]
            > 3 * max((self._weights[p] for p in gazetteer().ancestors(d) if p in parents), default=0)
        ]
        return sorted({*others, *lone}, key=lambda d: (-self._weights[d], d.code))

    @cached_property
    def _places(self) -> list[int]:
        return [place for place, _ in self._found]

    def _last_before(self, place: int, rivals: set[Division]) -> Division | None:
        for i in range(bisect_right(self._places, place) - 1, -1, -1):
            division = self._found[i][1]
            for candidate in (division, *gazetteer().ancestors(division)):
                if candidate in rivals:
                    return candidate
        return None

    def place(self, name: str) -> Division | None:
        """The division that a place's name means in this article, or None where it stays open."""
        chain, rest = gazetteer().split_prefix(name, self.divisions[:_NEAR])
        if len(chain) > 1 and not rest:
            return chain[-1]
        return gazetteer().resolve(name, self.divisions[:_NEAR])


def _plain(names: Iterable[Name]) -> list[Division | None]:
    found = []
    for name in names:
        if name.type is EntityType.PLACE:
            candidates = gazetteer().by_name(name.text)
            found.append(candidates[0] if len(candidates) == 1 else None)
        elif name.type is EntityType.ORGANIZATION:
            found += gazetteer().split_prefix(name.text)[0]
    return found


def _end_of_opening(text: str, lines: int = 3) -> int:
    """Where the first lines with words in them end."""
    place = 0
    while lines and place < len(text):
        stop = text.find("\n", place)
        stop = len(text) if stop < 0 else stop + 1
        lines -= bool(text[place:stop].strip())
        place = stop
    return min(place, 400)
