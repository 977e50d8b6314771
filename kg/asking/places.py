"""Names of places in a question: with 省, 市, 县, 区 or without."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.language.lexicon import table

__all__ = ["Division", "divisions"]


@dataclass(frozen=True, slots=True)
class Division:
    """A division of China: its code, its full name, the short one, and the code of that above it."""

    code: str
    name: str
    short: str
    parent: str


@cache
def divisions() -> Mapping[str, tuple[Division, ...]]:
    """The divisions from province to county, by full and by short name of two characters and more.

    >>> [d.name for d in divisions()["云浮"]]
    ['云浮市']
    """
    found: defaultdict[str, tuple[Division, ...]] = defaultdict(tuple)
    for row in table("divisions"):
        division = Division(row["code"], row["name"], row["short"], row["parent"])
        for form in {division.name, division.short}:
            if len(form) > 1:
                found[form] += (division,)
    return dict(found)


@cache
def under(code: str) -> tuple[Division, ...]:
    """The divisions directly under that with the code."""
    return tuple(dict.fromkeys(d for some in divisions().values() for d in some if d.parent == code))
