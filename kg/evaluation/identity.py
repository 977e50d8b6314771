"""How well identity does: things that are one across articles, and what was concluded to be part of what.

The gold lists for each article its entities with the id of the real thing, and pairs of ids of which one
is directly part of the other. Entities are paired within a type on any shared name, equal names first.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from kg.evaluation.scoring import Tally

__all__ = ["BCubed", "Occurrence", "b_cubed", "occurrences", "score_parents"]

Item = Mapping[str, Any]
_IGNORED = frozenset(" \t\r\n\u3000\u200b\ufeff\"'“”‘’「」『』《》〈〉")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An entity of the gold that was found in an article: its gold id and the IRI that it got."""

    article: str
    type: str
    name: str
    gold: str
    iri: str
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class BCubed:
    """B-cubed precision and recall, and the pairs wrongly merged and wrongly kept apart."""

    precision: float
    recall: float
    merged: tuple[tuple[Occurrence, Occurrence], ...] = ()
    apart: tuple[tuple[Occurrence, Occurrence], ...] = ()

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def occurrences(gold: Item, found: Mapping[str, Sequence[Item]]) -> list[Occurrence]:
    """The entities of the gold that were found; ``found`` has the entities of each article, with ids."""
    pairs = []
    for article, content in sorted(gold["articles"].items()):
        wanted = [e for e in content["entities"] if _names(e)]
        predicted = found.get(article, ())
        for i, j in sorted(_paired(wanted, predicted).items()):
            entity = wanted[i]
            pairs.append(
                Occurrence(
                    article,
                    entity["type"],
                    entity["name"],
                    entity["id"],
                    predicted[j]["id"],
                    bool(entity.get("unsure")),
                )
            )
    return pairs


def _plain(name: object) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", str(name or "")) if c not in _IGNORED)


def _names(entity: Item) -> set[str]:
    return {_plain(n) for n in (entity.get("name"), *(entity.get("aliases") or ()))} - {""}


def _paired(wanted: Sequence[Item], found: Sequence[Item]) -> dict[int, int]:
    """By the number of a wanted entity that of the found one."""
    equal: Callable[[Item, Item], bool] = lambda g, p: _plain(g["name"]) == _plain(p["name"])  # noqa: E731
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for fits in (equal, lambda g, p: bool(_names(g) & _names(p))):
        for j, entity in enumerate(found):
            if j in taken:
                continue
            rivals = [
                i
                for i, g in enumerate(wanted)
                if i not in pairs and g["type"] == entity["type"] and fits(g, entity)
            ]
            if rivals:
                pairs[max(rivals, key=lambda i: (len(_names(wanted[i]) & _names(entity)), -i))] = j
                taken.add(j)
    return pairs


def b_cubed(items: Iterable[Occurrence], type_: str | None = None) -> BCubed:
    """B-cubed over the occurrences of a type, or over all; pairs that the gold is unsure of do not count."""
    some = [x for x in items if type_ in (None, x.type)]
    by_gold: dict[str, set[int]] = defaultdict(set)
    by_iri: dict[str, set[int]] = defaultdict(set)
    for n, x in enumerate(some):
        by_gold[x.gold].add(n)
        by_iri[x.iri].add(n)
    shared = [len(by_gold[x.gold] & by_iri[x.iri]) for x in some]
    sure = [(a, b) for a, b in combinations(some, 2) if not (a.unsure and b.unsure and a.name == b.name)]
    size = max(1, len(some))
    return BCubed(
        sum(s / len(by_iri[x.iri]) for s, x in zip(shared, some, strict=True)) / size,
        sum(s / len(by_gold[x.gold]) for s, x in zip(shared, some, strict=True)) / size,
        tuple((a, b) for a, b in sure if a.gold != b.gold and a.iri == b.iri),
        tuple((a, b) for a, b in sure if a.gold == b.gold and a.iri != b.iri),
    )


def score_parents(
    gold: Item, items: Iterable[Occurrence], relations: Iterable[tuple[str, str]]
) -> tuple[Tally, list[tuple[str, str]], list[tuple[str, str]]]:
    """How many of the pairs (part, whole) are right, with the extra and the missed ones as gold ids.

    Only pairs of which both ends are things of the gold that were found count.
    """
    thing: dict[str, set[str]] = defaultdict(set)
    for x in items:
        thing[x.iri].add(x.gold)
    known = {g for ids in thing.values() for g in ids}
    found = {(a, b) for one, other in relations for a in thing.get(one, ()) for b in thing.get(other, ())}
    wanted = {(a, b) for a, b in gold["parents"] if a in known and b in known}
    extra, missed = sorted(found - wanted), sorted(wanted - found)
    return Tally(len(found & wanted), len(extra), len(missed)), extra, missed
