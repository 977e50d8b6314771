"""Grouping within a block: disjoint sets under prohibitions, and things of one name by where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Groups", "Placed", "by_place"]


class Groups:
    """Disjoint sets of numbers; sets that a pair of ``apart`` would join are not joined."""

    def __init__(
        self,
        size: int,
        apart: Iterable[tuple[int, int]] = (),
        allowed: Callable[[Sequence[int], Sequence[int]], bool] | None = None,
    ) -> None:
        self._set = list(range(size))
        self._members: dict[int, list[int]] = {i: [i] for i in range(size)}
        self._apart: dict[int, set[int]] = {}
        self._allowed = allowed
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def of(self, number: int) -> int:
        """The set of a number."""
        return self._set[number]

    def members(self, group: int) -> Sequence[int]:
        """The numbers of a set, in the order in which they came to it."""
        return self._members[group]

    def join(self, one: int, other: int) -> bool:
        """Make the sets of two numbers one; False where they must stay apart."""
        first, second = sorted((self._set[one], self._set[other]))
        if first == second:
            return True
        few, many = sorted((self._members[first], self._members[second]), key=len)
        others = set(many)
        if any(self._apart.get(n, set()) & others for n in few):
            return False
        if self._allowed and not self._allowed(self._members[first], self._members[second]):
            return False
        for number in self._members[second]:
            self._set[number] = first
        self._members[first] += self._members.pop(second)
        return True

    def join_all(self, numbers: Iterable[int]) -> None:
        """Make the sets of many numbers one, as far as they may be."""
        first: list[int] = []
        for number in numbers:
            if not any(self.join(one, number) for one in first):
                first.append(number)

    def sets(self) -> list[list[int]]:
        """The sets, each sorted, in the order of their first members."""
        return sorted((sorted(members) for members in self._members.values()), key=lambda m: m[0])


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a thing is: surely (``places``), or in one of the cities of its article (``around``)."""

    places: frozenset[str] = frozenset()
    around: frozenset[str] = frozenset()
    everywhere: bool = False


def by_place(
    groups: Groups, placed: Sequence[Placed], among: Sequence[int], *, covers: bool = False
) -> set[int]:
    """Join those that are in one place; return the numbers of which it stays open where they belong.

    What is surely somewhere makes clusters by city; what is surely in a province goes with all cities of it
    if ``covers``, else it is another thing (甘肃省护理学会, 天水市护理学会). What is only around some cities
    goes with the cluster of one of these, else of their province, if there is one only; else with its like.
    """
    wide = [n for n in among if placed[n].everywhere]
    groups.join_all(wide)
    sure = [n for n in among if placed[n].places and not placed[n].everywhere]
    for city in sorted({c for n in sure for c in placed[n].places}):
        groups.join_all(n for n in sure if city in placed[n].places)
    if covers:
        _provinces(groups, placed, sure)
    vague = [n for n in among if not placed[n].places and not placed[n].everywhere]
    clusters = _clusters(groups, placed, [*sure, *wide])
    planned, open_ = [], set()
    left = []
    for n in vague:
        fits = _fitting(placed[n], clusters)
        if len(fits) == 1:
            planned.append((n, min(fits)))
        elif fits:
            open_.add(n)
        else:
            left.append(n)
    for n, cluster in planned:
        if not groups.join(cluster, n):
            open_.add(n)
    _like(groups, placed, left)
    if clusters or len({groups.of(n) for n in left}) > 1:
        open_ |= set(left)
    return open_


def _provinces(groups: Groups, placed: Sequence[Placed], sure: Sequence[int]) -> None:
    for province in sorted({c for n in sure for c in placed[n].places if c.endswith("0000")}):
        groups.join_all(n for n in sure if any(c[:2] == province[:2] for c in placed[n].places))


def _clusters(groups: Groups, placed: Sequence[Placed], sure: Iterable[int]) -> dict[int, frozenset[str]]:
    """The cities of each set of things that are surely somewhere; ``*`` for those that are everywhere."""
    found: dict[int, frozenset[str]] = {}
    for n in sure:
        places = frozenset({"*"}) if placed[n].everywhere else placed[n].places
        found[groups.of(n)] = found.get(groups.of(n), frozenset()) | places
    return found


def _fitting(one: Placed, clusters: dict[int, frozenset[str]]) -> list[int]:
    near = [g for g, places in clusters.items() if places & one.around or "*" in places]
    if near:
        return near
    provinces = {c[:2] for c in one.around}
    same = [g for g, places in clusters.items() if any(c[:2] in provinces for c in places)]
    return same or ([*clusters] if not one.around else [])


def _like(groups: Groups, placed: Sequence[Placed], left: Sequence[int]) -> None:
    """Join what is around the same city; what is around none, if all the rest is one."""
    if len(left) < 2:
        return
    for city in sorted({c for n in left for c in placed[n].around}):
        groups.join_all(n for n in left if city in placed[n].around)
    provinces = [n for n in left if placed[n].around and all(c.endswith("0000") for c in placed[n].around)]
    for n in provinces:
        inside = {
            groups.of(o) for o in left for c in placed[o].around if c[:2] in {p[:2] for p in placed[n].around}
        }
        if len(inside - {groups.of(n)}) == 1:
            groups.join(n, groups.members((inside - {groups.of(n)}).pop())[0])
    nowhere = [n for n in left if not placed[n].around]
    rest = {groups.of(n) for n in left if placed[n].around}
    if len(rest) <= 1:
        groups.join_all([*(groups.members(g)[0] for g in sorted(rest)), *nowhere])
