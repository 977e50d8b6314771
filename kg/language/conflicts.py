"""Which of several overlapping candidates is a name: one policy, by name, with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.language.annotations import Name, in_order

__all__ = ["Rejected", "priority", "settle"]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A candidate that was not taken; ``reason`` is a short phrase to count by."""

    name: Name
    reason: str


_RANK = {"byline": 5, "grammar": 4, "crf": 3, "known": 2, "echo": 1, "model": 0}


def priority(name: Name) -> tuple[int, int, float]:
    """What goes first when candidates overlap: the surer kind of rule, the longer, the likelier.

    >>> from kg.vocabulary import EntityType as T
    >>> sure = Name(0, 4, T.DOCUMENT, "工会章程", "grammar:document")
    >>> seen = Name(0, 6, T.PROGRAMME, "工会章程学习", "crf", 0.9)
    >>> priority(sure) > priority(seen)
    True
    """
    family = name.rule.partition(":")[0]
    return _RANK.get(family, 0), name.end - name.start, name.score


def settle(candidates: Iterable[Name]) -> tuple[list[Name], list[Rejected]]:
    """Candidates that can stand beside each other, in order of place, and those that cannot.

    The same stretch found by several rules with one type counts once, under the first of them.

    >>> from kg.vocabulary import EntityType as T
    >>> names = [Name(0, 3, T.PLACE, "云浮市", "known"), Name(0, 6, T.ORGANIZATION, "云浮市总工会", "crf")]
    >>> kept, rejected = settle(names)
    >>> [n.text for n in kept], [(r.name.text, r.reason) for r in rejected]
    (['云浮市总工会'], [('云浮市', 'inside another name')])
    """
    kept: list[Name] = []
    rejected: list[Rejected] = []
    taken: dict[int, Name] = {}
    for name in sorted(candidates, key=lambda n: (*(-p for p in priority(n)), n.start, n.type, n.rule)):
        rivals = {taken[i] for i in range(name.start, name.end) if i in taken}
        if not rivals:
            kept.append(name)
            taken.update(dict.fromkeys(range(name.start, name.end), name))
        elif not any((r.start, r.end, r.type) == (name.start, name.end, name.type) for r in rivals):
            rejected.append(Rejected(name, _reason(name, rivals)))
    return in_order(kept), rejected


def _reason(name: Name, rivals: set[Name]) -> str:
    if any((r.start, r.end) == (name.start, name.end) for r in rivals):
        return "another type for the same words"
    if any(r.start <= name.start and name.end <= r.end for r in rivals):
        return "inside another name"
    return "overlaps a surer name"
