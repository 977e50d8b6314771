"""Administrative divisions of China by name: which there are, which is meant, which lie in which.

Names are full (云浮市), short (云浮) or in a usual form (恩施州, 克州). Former names (株洲县) count
as divisions of their own name with the code of what stands there now. Townships are read only
when a name looks like one of theirs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Final

from kg.language.lexicon import column, table

__all__ = ["Division", "Gazetteer", "Surroundings", "gazetteer"]

_LEVELS: Final = ("province", "prefecture", "county", "township")
_TOWNSHIP: Final = re.compile(
    r"(?:镇|乡|街道|苏木|[农林牧渔茶盐种畜]场|开发区|管理区|园区|旅游区|度假区|办事处)$"
)
_TOWNSHIP_ENDS: Final = frozenset("镇乡道木场区处")
_AUTONOMOUS: Final = re.compile(r"自治([州县旗])$")
_NO_REST: Final = re.compile(
    r"[东西南北中一二三]{0,2}(?:路|街(?!道)|大道|大街|巷|弄)|[话菜人籍语学局桥塔站]|[大中小]学(?!生)"
    r"|港(?!口|澳|务|珠)|[县区旗州盟](?!域)|市(?![场政民容])|地区"
)
"""What shows that the words before it are no place by themselves: 北京 in 北京东路, 中山 in 中山大学."""

_CITY_WORDS: Final = re.compile(r"场|政(?![府协法])|民(?![政宗族办兵间营警革盟建进委航商])|[容郊值]|域|级|际")
_REGIONAL: Final = frozenset({"TradeUnion", "PartyOrganization", "GovernmentBody", "Court"})
_LONGEST: Final = 18
_REMEMBERED: Final = 1 << 14
"""How many answers are kept: an article names the same bodies again and again."""


@dataclass(frozen=True, slots=True)
class Division:
    """A division: ``level`` is province, prefecture, county or township; ``parent`` a code or empty."""

    code: str
    name: str
    short: str
    level: str
    parent: str

    def __hash__(self) -> int:
        return hash(self.name)  # strings keep their hash; that of all fields would be made anew each time


class _Townships:
    """The forty thousand divisions below the counties; each is made when it is asked for."""

    def __init__(self) -> None:
        self._codes, self._names = column("townships", "code"), column("townships", "name")
        self._parents = column("townships", "parent")
        self._elsewhere = [row for row, parent in enumerate(self._parents) if parent]
        self._by_name = _places(self._names)
        self.within = lru_cache(_REMEMBERED)(self._within)

    def named(self, name: str) -> list[Division]:
        """Those with this full name."""
        return [self._made(row) for row in self._by_name.get(name, ())]

    def _within(self, parent: str) -> list[Division]:
        """Those in a county: neighbours in the table, which goes by code, unless their row says other."""
        rows = range(bisect_left(self._codes, parent), bisect_left(self._codes, f"{parent}~"))
        told = (row for row in self._elsewhere if self._parents[row] == parent)
        return [self._made(row) for row in (*(row for row in rows if not self._parents[row]), *told)]

    def _made(self, row: int) -> Division:
        name = self._names[row]
        short = name.removesuffix("街道").removesuffix("镇").removesuffix("乡")
        short = short if len(short) > 1 else name
        return Division(self._codes[row], name, short, "township", self._parents[row] or self._codes[row][:6])


def _places(values: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """Where in a row each value stands; tuples of numbers cost the garbage collector nothing."""
    found: dict[str, tuple[int, ...]] = {}
    for place, value in enumerate(values):
        found[value] = (*found[value], place) if value in found else (place,)
    return found


class Surroundings:
    """The divisions beside which a name stands, and those in which they lie.

    One that is made once (:meth:`Gazetteer.around`) answers for many names faster than its divisions.
    """

    def __init__(self, named: Sequence[Division], above: Iterable[Division]) -> None:
        self.named = frozenset(named)
        self.above = frozenset(above)
        self.counties = sorted({d.code for d in self.named | self.above if d.level == "county"})

    def kinship(self, division: Division, ancestors: Sequence[Division]) -> int:
        """How near a division is to the nearest of these: itself, one over another, or in one."""
        if division in self.named:
            return 9
        lines = [d for d in ancestors if d in self.named]
        if division in self.above:
            lines.append(division)
        if lines:
            return 4 + max(_LEVELS.index(d.level) for d in lines)
        shared = next((d for d in ancestors if d in self.above), None)
        return 1 + _LEVELS.index(shared.level) if shared else 0


class Gazetteer:
    """The divisions, loaded once; see :func:`gazetteer`."""

    def __init__(self) -> None:
        self._by_code = {row["code"]: Division(**row) for row in table("divisions")}
        self._full: dict[str, list[Division]] = defaultdict(list)
        self._short: dict[str, list[Division]] = defaultdict(list)
        for division in self._by_code.values():
            self._full[division.name].append(division)
            for form in _regular_forms(division):
                self._short[form].append(division)
        for row in table("divisions_forms"):
            self._short[row["form"]].append(self._by_code[row["code"]])
        self._city_of = {row["corps"]: row["city"] for row in table("divisions_corps")}
        self._words = frozenset(column("division_words", "word"))
        self._add_former()
        self._ends = _lengths([*self._full, *self._short])
        self._chains: dict[str, tuple[Division, ...]] = {"": ()}
        self._nowhere = self.around(())
        self._named = lru_cache(_REMEMBERED)(self._find)
        self._resolved = lru_cache(_REMEMBERED)(self._resolve)
        self._split = lru_cache(_REMEMBERED)(self._cut)

    def _add_former(self) -> None:
        for row in table("divisions_former"):
            now = self._by_code[row["code_now"]]
            former = _former(row["name"], now, self._by_code.get(now.parent))
            if former.name == now.short or self._stands(former.name, now):
                continue
            self._full[former.name].append(former)
            if former.short not in self._short and former.short not in self._full:
                self._short[former.short].append(former)

    def _stands(self, name: str, now: Division) -> bool:
        """Whether a division of this name is still there, beside, above or below what became of it."""
        return any(
            now.code in (d.code, d.parent) or d.parent == now.parent or d.code == now.parent
            for d in self._full.get(name, ())
        )

    @cached_property
    def _townships(self) -> _Townships:
        return _Townships()

    # -- lookup --------------------------------------------------------------------------------

    def division(self, code: str) -> Division:
        """The division of this code, above the townships.

        Raises:
            KeyError: if there is none.
        """
        return self._by_code[code]

    def by_name(self, name: str) -> tuple[Division, ...]:
        """All divisions with this name, full, short or former; the higher first.

        >>> [d.name for d in gazetteer().by_name("云浮")]
        ['云浮市']
        """
        return self._named(name)

    def _find(self, name: str) -> tuple[Division, ...]:
        found = [*self._full.get(name, ()), *self._short.get(name, ())]
        if _TOWNSHIP.search(name):
            found += self._townships.named(name)
        return tuple(sorted(dict.fromkeys(found), key=lambda d: (_LEVELS.index(d.level), d.code)))

    def around(self, near: Iterable[Division] | Surroundings) -> Surroundings:
        """The surroundings that these divisions are."""
        if isinstance(near, Surroundings):
            return near
        named = tuple(near)
        return Surroundings(named, (above for d in named for above in self.ancestors(d)))

    def resolve(self, name: str, near: Iterable[Division] | Surroundings = ()) -> Division | None:
        """The division that ``name`` means beside the divisions ``near``; None where it stays open.

        >>> g = gazetteer()
        >>> g.resolve("鼓楼区"), g.resolve("鼓楼区", g.by_name("福州市")).code
        (None, '350102')
        """
        return self._resolved(name, self.around(near) if near else self._nowhere)

    def _resolve(self, name: str, beside: Surroundings) -> Division | None:
        candidates = self.by_name(name)
        if all(d.level == "county" for d in candidates) and not self._related(candidates, beside):
            township = self._township_near(name, beside)
            if township or not candidates:
                return township
        if len(candidates) == 1:
            return candidates[0]
        return self._choose(name, self._unlikely_dropped(name, candidates, beside), beside)

    def _related(self, candidates: Sequence[Division], near: Surroundings) -> bool:
        return any(near.kinship(d, self.ancestors(d)) for d in candidates)

    def _unlikely_dropped(
        self, name: str, candidates: Sequence[Division], near: Surroundings
    ) -> list[Division]:
        """Without what only shares its short form with a province (河北区 for 河北), unless it is named."""
        if not any(d.level == "province" for d in candidates):
            return list(candidates)
        return [d for d in candidates if d.level == "province" or d.name == name or d in near.named]

    def _choose(self, name: str, candidates: Sequence[Division], near: Surroundings) -> Division | None:
        scores = {d: near.kinship(d, self.ancestors(d)) for d in candidates}
        best = max(scores.values())
        first = [d for d in candidates if scores[d] == best]
        if len(first) == 1:
            return first[0]
        outermost = self._outermost(first)
        if outermost or best or name in self._words:
            return outermost
        return self._leading(first)

    def _outermost(self, candidates: Sequence[Division]) -> Division | None:
        """The one in which all others lie (长沙市 of 长沙市 and 长沙县)."""
        top = candidates[0]
        return top if all(top in self.ancestors(d) for d in candidates[1:]) else None

    @staticmethod
    def _leading(candidates: Sequence[Division]) -> Division | None:
        """The only one above the counties (西安市 against 西安区)."""
        high = [d for d in candidates if d.level in ("province", "prefecture")]
        return high[0] if len(high) == 1 else None

    def _township_near(self, name: str, near: Surroundings) -> Division | None:
        """The township with this short form in the counties that are near; None unless there is one only."""
        if len(name) < 2:
            return None
        if not near.counties:
            return None
        found = [t for code in near.counties for t in self._townships.within(code) if t.short == name]
        return found[0] if len(found) == 1 else None

    # -- hierarchy -----------------------------------------------------------------------------

    def ancestors(self, division: Division) -> tuple[Division, ...]:
        """The divisions in which this one lies, the nearest first."""
        found = self._chains.get(division.parent)
        if found is None:
            above = self._by_code[division.parent]
            found = self._chains[division.parent] = (above, *self.ancestors(above))
        return found

    def at_level(self, division: Division, level: str) -> Division | None:
        """The division itself or the one above it that is of this level.

        >>> g = gazetteer()
        >>> g.at_level(g.by_name("新兴县")[0], "province").name
        '广东省'
        """
        return next((d for d in (division, *self.ancestors(division)) if d.level == level), None)

    def full_name(self, division: Division) -> str:
        """The name with those of all divisions above it: 广东省云浮市新兴县."""
        return "".join(d.name for d in (*reversed(self.ancestors(division)), division))

    def title(self, division: Division) -> str:
        """A name that tells it from others: with the county before a township, the city before a 鼓楼区.

        >>> g = gazetteer()
        >>> g.title(g.split_prefix("广东省新兴县新城镇")[0][-1])
        '新兴县新城镇'
        """
        above = self._by_code.get(division.parent)
        if above and (division.level == "township" or len(self._full.get(division.name, ())) > 1):
            return above.name + division.name
        return division.name

    def _lies_in(self, division: Division, other: Division) -> bool:
        return other in self.ancestors(division) or self._city_of.get(other.code) == division.code

    # -- names that begin with divisions -----------------------------------------------------------

    def split_prefix(
        self, name: str, near: Iterable[Division] | Surroundings = ()
    ) -> tuple[tuple[Division, ...], str]:
        """The divisions with which an organization's name begins, and the rest of the name.

        Each lies in the one before it. A short form counts only where the rest can be a name by
        itself (云浮 in 云浮总工会, not 海南 in 海南大学 or 北京 in 北京东路小学). ``near`` settles
        a name that several divisions have; where it stays open the name is not split there.

        >>> found, rest = gazetteer().split_prefix("广东省云浮市新兴县新城镇总工会")
        >>> [d.name for d in found], rest
        (['广东省', '云浮市', '新兴县', '新城镇'], '总工会')
        """
        return self._split(name, self.around(near) if near else self._nowhere)

    def _cut(self, name: str, beside: Surroundings) -> tuple[tuple[Division, ...], str]:
        found: list[Division] = []
        place = 0
        while place < len(name):
            step = self._step(name, place, found[-1] if found else None, beside)
            if step is None:
                break
            division, place = step
            found.append(division)
        return tuple(found), name[place:]

    def _step(
        self, name: str, place: int, above: Division | None, near: Surroundings
    ) -> tuple[Division, int] | None:
        for end in self._possible_ends(name, place):
            word = name[place:end]
            full = self._full_here(word, above)
            if full and not self._is_of_the_rest(full, name, end):
                return self._settled(full, name, end, near)
            division = self._settled_short(word, above, near)
            if division:
                return (division, end) if self._may_be_cut(division, word, name[end:], above) else None
        return None

    def _is_of_the_rest(self, candidates: Sequence[Division], name: str, end: int) -> bool:
        """Whether the 市 at the end belongs to what follows (南京 + 市场监管局, not 保定市 + 容城县)."""
        if name[end - 1] != "市" or not _CITY_WORDS.match(name, end):
            return False
        return not any(self._step(name, end, d, self._nowhere) for d in candidates)

    def _possible_ends(self, name: str, place: int) -> list[int]:
        """Where a division's name that begins at ``place`` may end, the longest first."""
        lengths = self._ends.get(name[place : place + 2], ())
        ends = {place + length for length in lengths if place + length <= len(name)}
        for end in range(place + 2, min(len(name), place + _LONGEST) + 1):
            if name[end - 1] in _TOWNSHIP_ENDS and _TOWNSHIP.search(name[place:end]):
                ends.add(end)
        return sorted(ends, reverse=True)

    def _full_here(self, word: str, above: Division | None) -> list[Division]:
        found = list(self._full.get(word, ()))
        if _TOWNSHIP.search(word) and (above is None or above.level != "township"):
            found += self._townships.named(word)
        found += [d for d in self._short.get(word, ()) if _is_usual_form(word, d)]
        return [d for d in found if above is None or self._lies_in(d, above)]

    def _settled(
        self, candidates: list[Division], name: str, end: int, near: Surroundings
    ) -> tuple[Division, int] | None:
        if len(candidates) > 1:
            going_on = [d for d in candidates if self._step(name, end, d, near)]
            candidates = going_on if going_on else candidates
        if len(candidates) == 1:
            return candidates[0], end
        word = candidates[0].name
        chosen = self._choose(word, candidates, near)
        return (chosen, end) if chosen else None

    def _settled_short(self, word: str, above: Division | None, near: Surroundings) -> Division | None:
        candidates = [d for d in self._short.get(word, ()) if above is None or self._lies_in(d, above)]
        if above is None:
            candidates = [d for d in candidates if d.level != "county"] or candidates
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        return self._choose(word, candidates, near)

    def _may_be_cut(self, division: Division, word: str, rest: str, above: Division | None) -> bool:
        if not rest:
            return True
        if _NO_REST.match(rest):
            return False
        if self._step(rest, 0, division, self._nowhere):
            return True
        if above is None and word in self._words:
            return False
        if above is None and division.level == "county":
            return len(rest) > 2 and _heads().get(rest) in _REGIONAL
        return _can_stand_alone(rest)


def _lengths(names: Iterable[str]) -> dict[str, frozenset[int]]:
    """How long the names are that begin with the same two characters."""
    found: dict[str, set[int]] = defaultdict(set)
    for name in names:
        found[name[:2]].add(len(name))
    return {start: frozenset(lengths) for start, lengths in found.items()}


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded once."""
    return Gazetteer()


def _regular_forms(division: Division) -> Iterator[str]:
    """恩施 and 恩施州 for 恩施土家族苗族自治州."""
    if division.short != division.name:
        yield division.short
    match = _AUTONOMOUS.search(division.name)
    if match and not division.short.endswith(match[1]):
        yield division.short + match[1]


def _is_usual_form(word: str, division: Division) -> bool:
    """Whether a short form still says what it names, as 恩施州 does and 恩施 does not."""
    return word != division.short and word[-1] in "州县旗区市师"


def _former(name: str, now: Division, above: Division | None) -> Division:
    high = name.endswith(("地区", "盟")) or (name.endswith("市") and now.level == "prefecture")
    level = "prefecture" if high else now.level if name.endswith(now.name[-2:]) else "county"
    parent = now.parent
    if level == "county" and now.level == "prefecture":
        parent = now.code
    elif level == "prefecture" and above is not None and above.level == "prefecture":
        parent = above.parent
    short = re.sub(r"(?:地区|[市县区盟旗])$", "", name)
    return Division(now.code, name, short if len(short) > 1 else name, level, parent)


@cache
def _heads() -> dict[str, str]:
    return {row["head"]: row["subtype"] for row in table("organization_heads")}


@cache
def _generic() -> frozenset[str]:
    return frozenset({*_heads(), *column("generic_words", "word")})


def _is_generic(words: str) -> bool:
    """Whether heads and words that name nothing make up the whole of ``words``."""
    reached = {0}
    for end in range(1, len(words) + 1):
        if any(words[start:end] in _generic() for start in reached):
            reached.add(end)
    return len(words) in reached


def _can_stand_alone(rest: str) -> bool:
    """Whether what follows a division's short form is a name or the body of a division, not a bare kind."""
    heads = _heads()
    if rest in heads:
        return heads[rest] in _REGIONAL and len(rest) > 1
    if len(rest) < 3 or not any(rest[start:] in heads for start in range(1, len(rest))):
        return False
    ends = [heads[rest[start:]] for start in range(1, len(rest)) if rest[start:] in heads]
    return ends[0] in _REGIONAL or not _is_generic(rest)
