"""Two people of one name in one article: told apart where the text gives each a unit of their own.

A person who is named again is introduced with another unit now and then (a second post), so different
units alone do not make two people. They do where one sentence names both (一位是甲厂技师王勇，一位是乙厂
焊工王勇), where rows of a list or brackets do (王勇（甲厂）…王勇（乙厂）), and where the text says that the
name is shared (两位王勇, 同名同姓).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Final

from kg.language.annotations import Name, Referent
from kg.language.gazetteer import gazetteer
from kg.language.lexicon import column
from kg.vocabulary import EntityType

__all__ = ["told_apart"]

_LONGEST_POST: Final = 16
_POST: Final = re.compile(rf"[一-龥]{{0,{_LONGEST_POST}}}")
_DEED: Final = re.compile(
    r"授予|颁发|表彰|慰问|看望|走访|采访|联合|邀请|组织|推荐|选派|批准|命名|聘请|任命|[向给与和把将对为被由请让]"
)
_BRACKET: Final = re.compile(r" ?[（(]([^（）()\n]{2,16})[）)]")
_OWNED: Final = re.compile(r"([一-龥]{2,8})(?:的|籍)$")
_ROW: Final = 48
"""How long a line may be that counts as the row of a list."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What stands at one mention of a person: the unit, the post between, and whether in brackets."""

    name: str
    post: str = ""
    bracket: bool = False


def told_apart(text: str, referents: Sequence[Referent]) -> list[Referent]:
    """The referents, with those people split who are two of one name."""
    article = _Article(text, referents)
    found = []
    for referent in referents:
        parts = article.parts(referent) if referent.type is EntityType.PERSON else []
        found += [_part(referent, label, names) for label, names in parts] or [referent]
    if len(found) == len(referents):
        return found
    return sorted(found, key=lambda r: r.names[0].start if r.names else 0)


def _part(referent: Referent, label: str, names: Sequence[Name]) -> Referent:
    return replace(referent, key=f"{referent.key}@{label}", names=tuple(names))


class _Article:
    """A text with its organizations and people by where they are named."""

    def __init__(self, text: str, referents: Sequence[Referent]) -> None:
        self.text = text
        units = [(n, r) for r in referents if r.type is EntityType.ORGANIZATION for n in r.names]
        self._by_start = sorted(units, key=lambda pair: (pair[0].start, -pair[0].end))
        self._by_end = sorted(units, key=lambda pair: (pair[0].end, -pair[0].start))
        self._starts = [n.start for n, _ in self._by_start]
        self._ends = [n.end for n, _ in self._by_end]
        people = (r for r in referents if r.type is EntityType.PERSON)
        self._people = sorted(n.start for r in people for n in r.names)
        self._ends_of_sentences = [m.start() for m in re.finditer(r"[。！？\n]", text)]

    @cached_property
    def _cues(self) -> str:
        """What stands about the words that tell of two people of one name, a line each."""
        found = _CUE.finditer(self.text)
        return "\n".join(self.text[max(0, m.start() - _NEAR) : m.end() + _NEAR] for m in found)

    def _before(self, place: int) -> list[tuple[Name, Referent]]:
        """The organizations that end a post's length before ``place``, the nearest first."""
        low, high = bisect_left(self._ends, place - _LONGEST_POST), bisect_right(self._ends, place)
        return self._by_end[low:high][::-1]

    def _within(self, start: int, end: int) -> list[tuple[Name, Referent]]:
        return self._by_start[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def parts(self, referent: Referent) -> list[tuple[str, list[Name]]]:
        """A label and the mentions of each person of the name; nothing where they are one."""
        full = [n for n in referent.names if n.text == referent.name]
        if len(full) < 2:
            return []
        said = {n: u for n in full if (u := self._unit(n))}
        groups = _groups(said)
        if len(groups) < 2 or not self._side_by_side(groups, said):
            if not _says_shared(self._cues, referent.name):
                return []
            if len(groups) < 2:
                said |= {n: u for n in full if n not in said and (u := self._owned(n))}
                groups = _groups(said)
            if len(groups) < 2:
                groups = _by_post(said)
        return self._assigned(referent, groups, said) if len(groups) > 1 else []

    def _unit(self, name: Name) -> _Unit | None:
        bracket = _BRACKET.match(self.text, name.end)
        if bracket:
            inside = self._within(bracket.start(1), bracket.end(1))
            if inside or bracket[1].endswith(_posts()):
                return _Unit(inside[0][1].name if inside else bracket[1], bracket=True)
        for unit, referent in self._before(name.start):
            between = self.text[unit.end : name.start].strip(" ")
            if _POST.fullmatch(between) and not _DEED.search(between):
                return _Unit(referent.name, between)
        row = self._row(name)
        inside = self._within(*row) if row else []
        return _Unit(inside[0][1].name) if inside else None

    def _owned(self, name: Name) -> _Unit | None:
        """村里的王勇, 机械厂的王勇: words that tell people apart where the text says that there are two."""
        match = _OWNED.search(self.text[max(0, name.start - 9) : name.start])
        return _Unit(match[1]) if match else None

    def _row(self, name: Name) -> tuple[int, int] | None:
        """The line of a list in which the name stands, with no other person in it."""
        low, high = max(0, name.start - _ROW - 1), name.end + _ROW + 1
        start, stop = self.text.rfind("\n", low, name.start) + 1, self.text.find("\n", name.end, high)
        stop = min(high, len(self.text)) if stop < 0 else stop
        if stop - max(start, low) > _ROW or re.search(r"[。！？，：；:;]", self.text[start:stop]):
            return None
        alone = bisect_left(self._people, stop) - bisect_left(self._people, start) == 1
        return (start, stop) if alone else None

    def _side_by_side(self, groups: Iterable[Sequence[Name]], said: dict[Name, _Unit]) -> bool:
        """Whether one sentence, two rows of a list or two brackets name two of the groups."""
        sentences = [number for group in groups for number in {self._sentence(n) for n in group}]
        return (
            len(set(sentences)) < len(sentences)
            or sum(any(said[n].bracket for n in group) for group in groups) > 1
            or sum(any(self._row(n) for n in group) for group in groups) > 1
        )

    def _sentence(self, name: Name) -> int:
        return bisect_left(self._ends_of_sentences, name.start)

    def _assigned(
        self, referent: Referent, groups: Sequence[Sequence[Name]], said: dict[Name, _Unit]
    ) -> list[tuple[str, list[Name]]]:
        """Every mention to one of the groups: by the place before it, else to the one named last."""
        units = [said[min(g, key=lambda n: n.start)] for g in groups]
        parts: list[list[Name]] = [[] for _ in groups]
        last = 0
        group_of = {name: i for i, group in enumerate(groups) for name in group}
        for name in sorted(referent.names, key=lambda n: n.start):
            own = group_of.get(name)
            if own is None:
                own = self._by_place(name, units)
            last = last if own is None else own
            parts[last].append(name)
        one_unit = len({u.name for u in units}) < len(units)
        labels = [u.name + u.post if one_unit else u.name for u in units]
        return list(zip(labels, parts, strict=True))

    def _by_place(self, name: Name, units: Sequence[_Unit]) -> int | None:
        """湘潭的刘建平: the one whose unit lies there, if it is one only."""
        match = _OWNED.search(self.text[max(0, name.start - 9) : name.start])
        if not match:
            return None
        for length in range(len(match[1]), 1, -1):
            words = match[1][-length:]
            fits = [i for i, unit in enumerate(units) if words in unit.name or _lies_in(unit.name, words)]
            if len(fits) == 1:
                return fits[0]
        return None


def _lies_in(unit: str, place: str) -> bool:
    found, _ = gazetteer().split_prefix(unit)
    codes = {d.code for f in found for d in (f, *gazetteer().ancestors(f))}
    return any(d.code in codes for d in gazetteer().by_name(place))


@cache
def _posts() -> tuple[str, ...]:
    return tuple(p for p in column("posts", "post") if len(p) > 1)


def _groups(said: dict[Name, _Unit]) -> list[list[Name]]:
    """Mentions whose units go together."""
    kin: list[set[str]] = []
    for unit in dict.fromkeys(u.name for u in said.values()):
        near = [k for k in kin if any(_goes_with(other, unit) for other in k)]
        kin = [k for k in kin if k not in near] + [{unit}.union(*near)]
    groups = [[name for name, unit in said.items() if unit.name in k] for k in kin]
    return sorted(groups, key=lambda g: min(n.start for n in g))


def _goes_with(one: str, other: str) -> bool:
    """Whether one unit may be part of the other, or both are short words for one (制版组, 制版房)."""
    return one in other or other in one or (len(one) == len(other) == 3 and one[:2] == other[:2])


def _by_post(said: dict[Name, _Unit]) -> list[list[Name]]:
    posts: dict[str, list[Name]] = {}
    for name, unit in said.items():
        if unit.post:
            posts.setdefault(unit.post, []).append(name)
    return list(posts.values())


_NEAR: Final = 40
"""More characters than a name has and what stands between it and a cue."""
_TOLD_BEFORE: Final = re.compile(r"(?:(?:同名|也叫|另一[位名个])[^。\n]{0,12}|两[位名个]“?)\Z")
_TOLD_BEHIND: Final = re.compile(r"[^。\n]{0,12}同名")
_CUE: Final = re.compile(r"同名|重名|也叫|另一[位名个]|两[位名个]“?")


def _says_shared(cues: str, name: str) -> bool:
    """Whether the text about the cues says that two people have this name."""
    if "同名同姓" in cues or "重名" in cues:
        return True
    places = (m.span() for m in re.finditer(re.escape(name), cues)) if name in cues else ()
    return any(
        _TOLD_BEFORE.search(cues, max(0, start - 16), start) or _TOLD_BEHIND.match(cues, end)
        for start, end in places
    )
