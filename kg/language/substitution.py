"""Copies of tagged articles in which names give way to other names of their kind.

A recogniser that has seen an article with its places and people exchanged learns from what stands
around a name rather than the name. A name gives way to the same other one wherever it stands, also
inside longer names (秦州区总工会 to 龙岗区总工会 with 秦州区).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from random import Random
from typing import Final

from kg.language.lexicon import table
from kg.language.recogniser import TaggedSpan

__all__ = ["substituted"]

Tagged = tuple[str, tuple[TaggedSpan, ...]]
Row = Mapping[str, str]

_HAN: Final = re.compile("[\u4e00-\u9fff]{2,4}")
_WHOLE: Final = "gafed"
"""Labels of which a whole name can give way to any other in the corpus."""

_SHARE: Final = 0.3
"""The share of such names that do."""


def substituted(articles: Sequence[Tagged], seed: int) -> list[Tagged]:
    """A copy of each article, in order; the same ``seed`` makes the same copies."""
    random = Random(seed)
    names = defaultdict(set)
    for text, spans in articles:
        for span in spans:
            names[span.label].add(text[span.start : span.end])
    pool = {label: sorted(found) for label, found in names.items()}
    given = [name[_surname_length(name) :] for name in pool.get("p", []) if _HAN.fullmatch(name)]
    return [_copy(text, spans, pool, given, random) for text, spans in articles]


def _copy(
    text: str,
    spans: Iterable[TaggedSpan],
    pool: Mapping[str, Sequence[str]],
    given: Sequence[str],
    random: Random,
) -> Tagged:
    ordered = sorted(spans)
    named = sorted({(span.label, text[span.start : span.end]) for span in ordered})
    parts = _places(text, random)
    for label, name in named:
        if label == "p" and _HAN.fullmatch(name) and random.random() < 0.9:
            parts[name] = random.choices(*_surnames())[0] + random.choice(given)
    whole = {
        (label, name): _like(name, pool[label], random)
        for label, name in named
        if label in _WHOLE and random.random() < _SHARE
    }
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    pattern = re.compile("|".join(map(re.escape, longest_first)) or "(?!)")

    def changed(piece: str) -> str:
        return pattern.sub(lambda match: parts[match.group()], piece)

    pieces: list[str] = []
    moved: list[TaggedSpan] = []
    position = length = 0
    for span in ordered:
        before, name = changed(text[position : span.start]), text[span.start : span.end]
        name = whole.get((span.label, name), changed(name))
        pieces += [before, name]
        length += len(before) + len(name)
        moved.append(TaggedSpan(length - len(name), length, span.label))
        position = span.end
    return "".join([*pieces, changed(text[position:])]), tuple(moved)


def _places(text: str, random: Random) -> dict[str, str]:
    """The province, prefecture and county named most, each with one of a county drawn by chance."""
    county = random.choice(_counties())
    prefecture = _divisions()[county["parent"]]
    drawn = {"county": county, "prefecture": prefecture, "province": _divisions()[prefecture["parent"]]}
    counts = Counter({code: text.count(row["name"]) for code, row in _divisions().items()})
    changes: dict[str, str] = {}
    for level, other in drawn.items():
        rows = [row for row in _divisions().values() if row["level"] == level and counts[row["code"]]]
        if rows:
            row = max(rows, key=lambda r: (counts[r["code"]], len(r["name"]), r["code"]))
            changes[row["name"]] = other["name"]
            if 1 < len(row["short"]) < len(row["name"]):
                changes[row["short"]] = other["short"]
    return changes


def _like(name: str, others: Sequence[str], random: Random) -> str:
    """Another name with the same marks at its ends and, where it has them, commas within."""
    for _ in range(10):
        other = random.choice(others)
        if _marks(other) == _marks(name):
            return other
    return name


def _marks(name: str) -> tuple[bool, bool, bool, bool]:
    return name[0] in '“"', name[-1] in '”"', "、" in name, "\n" in name


@cache
def _divisions() -> dict[str, Row]:
    return {row["code"]: row for row in table("divisions")}


@cache
def _counties() -> tuple[Row, ...]:
    """Counties of a prefecture of a province."""
    rows = _divisions()
    return tuple(
        row
        for row in rows.values()
        if row["level"] == "county"
        and rows.get(row["parent"], row)["level"] == "prefecture"
        and rows[row["parent"]]["parent"] in rows
    )


@cache
def _surnames() -> tuple[list[str], list[int]]:
    rows = table("surnames")
    return [row["surname"] for row in rows], [int(row["weight"]) + 5 for row in rows]


def _surname_length(name: str) -> int:
    return 2 if len(name) > 2 and name[:2] in _surnames()[0] else 1
