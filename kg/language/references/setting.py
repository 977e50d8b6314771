"""Where an article is at home: which city 市 means, which county 县, which province 省.

The divisions that the article names, alone or at the head of other names, are its evidence; so are,
with less weight, its dateline (南京11月8日讯) and the cities inside names (华信银行南京分行, 徐州队).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from kg.language.annotations import Name
from kg.language.gazetteer import Division, Surroundings, gazetteer
from kg.language.lexicon import column
from kg.vocabulary import EntityType

__all__ = ["Setting"]

_IMPLIED = 0.3
"""Weight of a division that is only the parent of one that is named."""

_EARLY = 2.0
"""Weight that a division has more when it stands in the first lines: they say whose news it is."""

_HINTED = 1.0
"""Weight of a division in a dateline or inside a name."""

_DATELINE = re.compile(
    r"([一-龥]{2,12})(?:(?:19|20)\d\d年)?(?:\d{1,2}月)?\d{1,2}日(?:讯|电)"
    r"|([一-龥]{2,12}) ?(?:讯|报道)(?![一-龥])"
)
_LOCAL = re.compile(
    r"分公司|分行|支行|分院|分局|分厂|分校|供电|电业|代表团|代表队|赛区|赛队|办事处|机务|车务|工务|(?:队|段)$"
)
"""What shows that the city before it in a name is where the body is: 华信银行南京分行, 徐州队."""

_TOWN = re.compile(r"[一-龥]{2,6}?(?:街道|镇|乡|苏木)(?=[一-龥]{2,8}(?:社区|村)$)")

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
        self._named: dict[Division, float] = defaultdict(float)
        hints = [*_datelined(text[: self._early]), *_inner(names)]
        named = dict.fromkeys(d for d in (*_plain(names), *(d for _, d in hints)) if d)
        near = gazetteer().around(list(named)[:_NEAR])
        meant: dict[tuple[EntityType, str], list[Division]] = {}
        for name in names:
            key = name.type, name.text
            if key not in meant:
                meant[key] = self._divisions(name, near)
            for division in meant[key]:
                self._add(name.start, division)
        for place, division in hints:
            self._found.append((place, division))
            self._weigh(division, _HINTED)
        if publisher:
            for division in gazetteer().split_prefix(publisher)[0]:
                self._weigh(division, 1.0)
        self._found.sort(key=lambda pair: (pair[0], pair[1].code))
        self._rivals_of: dict[str, list[Division]] = {}
        self._named_as: dict[str, tuple[list[int], list[Division]]] = {}
        self._places: dict[str, Division | None] = {}

    def _divisions(self, name: Name, near: Surroundings) -> list[Division]:
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
        self._named[division] += weight
        for ancestor in gazetteer().ancestors(division):
            self._weights[ancestor] += weight * _IMPLIED

    @cached_property
    def divisions(self) -> tuple[Division, ...]:
        """Every division named or implied, the weightiest first."""
        return tuple(sorted(self._weights, key=lambda d: (-self._weights[d], d.code)))

    @property
    def named(self) -> tuple[tuple[Division, float], ...]:
        """Every division that is named, with its weight, the weightiest first."""
        return tuple(sorted(self._named.items(), key=lambda pair: (-pair[1], pair[0].code, pair[0].name)))

    def meant(self, word: str, place: int) -> Division | None:
        """The division that 市, 县, 省 … means at ``place``; None where the article does not say.

        The one that dominates the article, else the one named last before ``place``.
        """
        if word not in _WORDS:
            return None
        rivals = self._rivals(word)
        if not rivals:
            return None
        first = rivals[0]
        if len(rivals) == 1 or self._weights[first] >= _DOMINANT * self._weights[rivals[1]]:
            return first
        return self._last_before(word, place) or first

    def _rivals(self, word: str) -> list[Division]:
        """What a word can mean in this article, the weightiest first."""
        found = self._rivals_of.get(word)
        if found is None:
            levels, ends = _WORDS[word]
            found = [d for d in self.divisions if d.level in levels and d.name.endswith(ends)]
            found = self._rivals_of[word] = self._cities(found) if word == "市" else found
        return found

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

    def _last_before(self, word: str, place: int) -> Division | None:
        """The rival for a word that was named last before ``place``, itself or by what lies in it."""
        if word not in self._named_as:
            rivals = set(self._rivals(word))
            named = [(at, next((d for d in self._line(d) if d in rivals), None)) for at, d in self._found]
            told = [(at, division) for at, division in named if division is not None]
            self._named_as[word] = [at for at, _ in told], [division for _, division in told]
        places, divisions = self._named_as[word]
        i = bisect_right(places, place) - 1
        return divisions[i] if i >= 0 else None

    @staticmethod
    def _line(division: Division) -> tuple[Division, ...]:
        return division, *gazetteer().ancestors(division)

    @cached_property
    def _nearest(self) -> Surroundings:
        return gazetteer().around(self.divisions[:_NEAR])

    def place(self, name: str) -> Division | None:
        """The division that a place's name means in this article, or None where it stays open."""
        if name not in self._places:
            self._places[name] = self._place(name)
        return self._places[name]

    def _place(self, name: str) -> Division | None:
        chain, rest = gazetteer().split_prefix(name, self._nearest)
        if len(chain) > 1 and not rest:
            return chain[-1]
        return gazetteer().resolve(name, self._nearest)

    def above(self, name: str) -> Iterator[tuple[int, str]]:
        """The places that a place's name begins with: how many characters, and the full name.

        In 昆山市玉山镇某社区 these are 昆山市 (3) and 昆山市玉山镇 (6).
        """
        place, full = 0, ""
        for division in gazetteer().split_prefix(name, self.divisions[:_NEAR])[0]:
            forms = [f for f in (division.name, division.short) if name.startswith(f, place)]
            if not forms:
                return
            place += len(forms[0])
            full = division.name
            if place < len(name):
                yield place, full
        town = _TOWN.match(name, place)
        if town and full and town.end() < len(name):
            yield town.end(), full + town[0]


def _plain(names: Iterable[Name]) -> list[Division | None]:
    found = []
    for name in names:
        if name.type is EntityType.PLACE:
            candidates = gazetteer().by_name(name.text)
            found.append(candidates[0] if len(candidates) == 1 else None)
        elif name.type is EntityType.ORGANIZATION:
            found += gazetteer().split_prefix(name.text)[0]
    return found


def _datelined(opening: str) -> Iterator[tuple[int, Division]]:
    """The divisions of datelines: 南京 in 江苏工运网南京2023年11月8日讯."""
    if not any(word in opening for word in ("讯", "电", "报道")):
        return
    for match in _DATELINE.finditer(opening):
        words = match[1] or match[2]
        end = match.end(1 if match[1] else 2)
        for length in range(min(8, len(words)), 1, -1):
            division = _one_only(words[-length:])
            if division:
                yield end - length, division
                break


def _inner(names: Iterable[Name]) -> Iterator[tuple[int, Division]]:
    """The cities inside names of organizations: 南京 in 华信银行南京分行, 徐州 in 徐州队."""
    for name in names:
        if name.type is not EntityType.ORGANIZATION:
            continue
        for match in _LOCAL.finditer(name.text):
            found = (_one_only(name.text[match.start() - n : match.start()]) for n in (4, 3, 2))
            division = next((d for d in found if d), None)
            if division:
                yield name.start, division


def _one_only(words: str) -> Division | None:
    """The city or province of this name, where it is no everyday word and no other is called so."""
    if len(words) < 2 or words in column("division_words", "word"):
        return None
    found = [d for d in gazetteer().by_name(words) if d.level in ("province", "prefecture")]
    return found[0] if len(found) == 1 else None


def _end_of_opening(text: str, lines: int = 3) -> int:
    """Where the first lines with words in them end."""
    place = 0
    while lines and place < len(text):
        stop = text.find("\n", place)
        stop = len(text) if stop < 0 else stop + 1
        lines -= bool(text[place:stop].strip())
        place = stop
    return min(place, 400)
