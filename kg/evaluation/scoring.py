"""Comparing what was found in an article with what a careful reader finds in it.

Both sides have the JSON form of :meth:`kg.model.Extraction.to_dict`. Entities pair one to one
within a type on any shared name; a fact is right when its predicate and both its ends are, and
for a post the post too; a figure is right when value and unit are and the measures share half
of their character pairs. What the reader marked ``optional`` counts neither way.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kg.vocabulary import DOCUMENT, Predicate

__all__ = ["Finding", "Tally", "compare"]

Item = Mapping[str, Any]

_IGNORED = frozenset(" \t\r\n\u3000\u200b\ufeff\"'“”‘’「」『』《》〈〉")
_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, extra and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 0 where nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall.

        >>> round(Tally(right=8, extra=2, missed=2).f1, 2)
        0.8
        """
        found = 2 * self.right + self.extra + self.missed
        return 2 * self.right / found if found else 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was right, extra or missed; ``cause`` says why an error is one."""

    outcome: str
    kind: str
    label: str
    cause: str = ""
    rule: str = ""


def compare(gold: Item, found: Item) -> list[Finding]:
    """Everything that is right, extra or missed in one article.

    ``kind`` is an entity type, ``fact:`` with a predicate, or ``observation``.
    """
    pairing = _Pairing(gold.get("entities", ()), found.get("entities", ()))
    return [
        *pairing.findings(),
        *_list_findings(
            gold.get("facts", ()),
            found.get("facts", ()),
            lambda g, f: _same_fact(pairing, g, f),
            _fact_kind,
            _fact_label,
            lambda f: pairing.cause(f),
        ),
        *_list_findings(
            gold.get("observations", ()),
            found.get("observations", ()),
            _same_figure,
            lambda _: "observation",
            _figure_label,
            lambda f: _figure_cause(f, gold.get("observations", ())),
        ),
    ]


def _plain(name: object) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", str(name or "")) if c not in _IGNORED)


def _names(entity: Item) -> set[str]:
    return {_plain(n) for n in (entity["name"], *(entity.get("aliases") or ()))} - {""}


class _Pairing:
    """Entities of both sides, one to one within a type: equal names first, then any shared name."""

    def __init__(self, gold: Sequence[Item], found: Sequence[Item]) -> None:
        self._gold, self._found = gold, found
        self._pairs: dict[int, int] = {}
        self._pair(lambda g, f: _plain(g["name"]) == _plain(f["name"]))
        self._pair(lambda g, f: bool(_names(g) & _names(f)))
        self._by_gold_name = _index((n, j) for j, g in enumerate(gold) for n in _names(g))
        self._by_found_name = _index((n, j) for i, j in self._pairs.items() for n in _names(found[i]))

    def _pair(self, same: Callable[[Item, Item], bool]) -> None:
        taken = set(self._pairs.values())
        for i, f in enumerate(self._found):
            if i in self._pairs:
                continue
            rivals = [
                j
                for j, g in enumerate(self._gold)
                if j not in taken and g["type"] == f["type"] and same(g, f)
            ]
            if rivals:
                best = max(rivals, key=lambda j: len(_names(self._gold[j]) & _names(f)))
                self._pairs[i] = best
                taken.add(best)

    def findings(self) -> Iterable[Finding]:
        """One finding an entity."""
        taken = set(self._pairs.values())
        for i, f in enumerate(self._found):
            if i not in self._pairs:
                yield Finding("extra", f["type"], f["name"], self._why_extra(f), _first_rule(f))
            elif not self._gold[self._pairs[i]].get("optional"):
                yield Finding("right", f["type"], f["name"], rule=_first_rule(f))
        for j, g in enumerate(self._gold):
            if j not in taken and not g.get("optional"):
                yield Finding("missed", g["type"], g["name"], self._why_missed(g))

    def _why_extra(self, entity: Item) -> str:
        names = _names(entity)
        for j, g in enumerate(self._gold):
            if names & _names(g):
                if g["type"] != entity["type"]:
                    return "another type"
                return "one thing twice" if j in self._pairs.values() else "not paired"
        if any(_overlap(n, m) for n in names for g in self._gold for m in _names(g)):
            return "boundary"
        return "no such thing"

    def _why_missed(self, entity: Item) -> str:
        names = _names(entity)
        if any(names & _names(f) and f["type"] != entity["type"] for f in self._found):
            return "another type"
        if any(_overlap(n, m) for n in names for f in self._found for m in _names(f)):
            return "boundary"
        return "not seen"

    def gold_end(self, name: object) -> set[object]:
        """The gold entities of this name, or the name itself."""
        plain = _plain(name)
        return self._by_gold_name.get(plain) or {plain}

    def found_end(self, name: object) -> set[object]:
        """The gold entities that a found name was paired with or names, or the name itself."""
        plain = _plain(name)
        paired = self._by_found_name.get(plain, set()) | self._by_gold_name.get(plain, set())
        return paired or {plain}

    def cause(self, fact: Item) -> str:
        """Why a fact is wrong: because of an end that does not exist, or of the relation itself."""
        ends = [fact["subject"], *([] if fact["object"] == DOCUMENT else [fact["object"]])]
        known = all(any(isinstance(e, int) for e in self.gold_end(x) | self.found_end(x)) for x in ends)
        return "relation" if known else "an end"


def _overlap(one: str, other: str) -> bool:
    return len(one) > 1 and len(other) > 1 and (one in other or other in one)


def _index(pairs: Iterable[tuple[str, object]]) -> dict[str, set[object]]:
    table: dict[str, set[object]] = {}
    for name, value in pairs:
        table.setdefault(name, set()).add(value)
    return table


def _first_rule(entity: Item) -> str:
    mentions = entity.get("mentions") or ()
    return str(mentions[0]["rule"]) if mentions else ""


def _same_fact(pairing: _Pairing, gold: Item, found: Item) -> bool:
    if gold["predicate"] != found["predicate"]:
        return False
    for end in ("subject", "object"):
        if not pairing.gold_end(gold[end]) & pairing.found_end(found[end]):
            return False
    if gold["predicate"] != Predicate.HOLDS_POST:
        return True
    one, other = (_plain((f.get("attributes") or {}).get("post")) for f in (gold, found))
    return one == other or (bool(one) and bool(other) and (one in other or other in one))


def _fact_kind(fact: Item) -> str:
    return f"fact:{fact['predicate']}"


def _fact_label(fact: Item) -> str:
    post = (fact.get("attributes") or {}).get("post", "")
    return f"{fact['predicate']}({fact['subject']}, {fact['object']}{', ' + post if post else ''})"


def _pairs_of(text: object) -> Counter[str]:
    plain = _plain(text)
    return Counter(plain[i : i + 2] for i in range(len(plain) - 1)) or Counter([plain])


def _alike(one: object, other: object) -> float:
    first, second = _pairs_of(one), _pairs_of(other)
    return 2 * sum((first & second).values()) / max(1, sum(first.values()) + sum(second.values()))


def _same_value(gold: Item, found: Item) -> bool:
    try:
        one, other = float(gold["value"]), float(found["value"])
    except (TypeError, ValueError):
        return False
    return abs(one - other) < 1e-6 * max(1.0, abs(one)) and _plain(gold.get("unit")) == _plain(
        found.get("unit")
    )


def _same_figure(gold: Item, found: Item) -> bool:
    measures = gold.get("measures") or [gold.get("measure")]
    return _same_value(gold, found) and any(_alike(m, found.get("measure")) >= _ALIKE for m in measures)


def _figure_label(figure: Item) -> str:
    return f"{figure.get('measure')} = {figure.get('value')} {figure.get('unit')}"


def _figure_cause(figure: Item, others: Iterable[Item]) -> str:
    return "measure" if any(_same_value(o, figure) for o in others) else "value"


def _list_findings(
    gold: Sequence[Item],
    found: Sequence[Item],
    same: Callable[[Item, Item], bool],
    kind: Callable[[Item], str],
    label: Callable[[Item], str],
    cause: Callable[[Item], str],
) -> Iterable[Finding]:
    left = list(gold)
    for f in found:
        match = next((g for g in left if same(g, f)), None)
        if match is None:
            yield Finding("extra", kind(f), label(f), cause(f), str(f.get("rule", "")))
            continue
        left.remove(match)
        if not match.get("optional"):
            yield Finding("right", kind(f), label(f), rule=str(f.get("rule", "")))
    for g in left:
        if not g.get("optional"):
            yield Finding("missed", kind(g), label(g), cause(g))
