"""Divisions by one name each: the name of today, with as much before it as tells it from others.

A division that was renamed or changed its rank (株洲县, now 渌口区) goes by its present name; one that
went up in another (三山区, now part of 弋江区) stays a thing of its own under the name of its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.language.gazetteer import Division, gazetteer
from kg.language.lexicon import table

__all__ = ["Former", "above", "at_level", "chain", "former", "is_corps", "settled", "title", "union_level"]

_KEPT: Final = "merged"


@dataclass(frozen=True, slots=True)
class Former:
    """A former name of a division: what became of it, when, and whether it went up in another."""

    name: str
    code: str
    year: str
    merged: bool


@cache
def _former_rows() -> dict[tuple[str, str], Former]:
    return {
        (row["name"], row["code_now"]): Former(
            row["name"], row["code_now"], row["year"], row["kind"] == _KEPT
        )
        for row in table("divisions_former")
    }


@cache
def _names_before() -> dict[str, tuple[Former, ...]]:
    found: dict[str, list[Former]] = {}
    for row in _former_rows().values():
        found.setdefault(row.code, []).append(row)
    return {code: tuple(sorted(rows, key=lambda r: (r.year, r.name))) for code, rows in found.items()}


def former(code: str) -> tuple[Former, ...]:
    """The former names of a division, and those of the divisions that went up in it; the oldest first.

    >>> [f.name for f in former("430212")]
    ['株洲县']
    """
    return _names_before().get(code, ())


def settled(division: Division) -> Division:
    """The division of today that a former one is; one that went up in another stays as it was.

    >>> settled(gazetteer().by_name("株洲县")[0]).name
    '渌口区'
    """
    row = _former_rows().get((division.name, division.code))
    if row is None or row.merged or division.level == "township":
        return division
    return gazetteer().division(division.code)


@cache
def title(division: Division) -> str:
    """The one name of a division: with its county, city or province before it where others share it.

    >>> [title(d) for d in gazetteer().by_name("鼓楼区")][:2]
    ['南京市鼓楼区', '徐州市鼓楼区']
    """
    now = settled(division)
    words, last = now.name, now
    for higher in gazetteer().ancestors(now):
        if last.level != "township" and not _shared(last.name):
            break
        words, last = higher.name + words, higher
    return words


@cache
def _shared(name: str) -> bool:
    """Whether several divisions above the townships have this name, now or before."""
    found = {d.code for d in gazetteer().by_name(name) if d.name == name and d.level != "township"}
    return len(found) > 1


def chain(division: Division) -> tuple[Division, ...]:
    """The division of today and those above it, the nearest first."""
    now = settled(division)
    return (now, *gazetteer().ancestors(now))


def above(division: Division) -> Division | None:
    """The division right above, or None above a province."""
    higher = gazetteer().ancestors(settled(division))
    return higher[0] if higher else None


@cache
def _corps() -> frozenset[str]:
    return frozenset(gazetteer().division(row["corps"]).parent for row in table("divisions_corps"))


def is_corps(division: Division) -> bool:
    """Whether this is the corps of 新疆, whose bodies are under those of the whole country."""
    return division.code in _corps()


def at_level(division: Division, level: str) -> Division | None:
    """The division itself or the one above it that is of this level."""
    return next((d for d in chain(division) if d.level == level), None)


def union_level(division: Division) -> Division:
    """The city to which a division belongs, or the province where there is none between."""
    return at_level(division, "prefecture") or chain(division)[-1]
