"""Forms that mean one thing, put together: equal forms, short forms, aliases that the text introduces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.language import forms
from kg.language.annotations import Name
from kg.vocabulary import EntityType

__all__ = ["Form", "grouped"]


@dataclass(frozen=True, slots=True)
class Form:
    """One name as it stands, the part of it that is meant, and the full name of that."""

    name: Name
    part: str
    full: str


def grouped(text: str, found: Sequence[Form]) -> list[list[Form]]:
    """The forms of one thing together, things in order of first mention."""
    groups = _Groups(found)
    for form in found:
        if form.name.rule == "grammar:alias":
            owner = _introduced_by(text, form, found)
            if owner is not None:
                groups.join(groups.key(owner), groups.key(form))
    for kind, is_short in _SHORTER.items():
        for short, full in _short_pairs(groups.fulls(kind), is_short):
            groups.join((kind, full), (kind, short))
    return groups.in_order()


class _Groups:
    """Disjoint sets of (type, full name)."""

    def __init__(self, found: Sequence[Form]) -> None:
        self._found = found
        self._parent: dict[tuple[EntityType, str], tuple[EntityType, str]] = {}
        by_core: dict[tuple[EntityType, str], tuple[EntityType, str]] = {}
        for form in found:
            key = self.key(form)
            self._parent.setdefault(key, key)
            self.join(by_core.setdefault((key[0], forms.core(form.full, key[0])), key), key)

    @staticmethod
    def key(form: Form) -> tuple[EntityType, str]:
        return form.name.type, form.full

    def root(self, key: tuple[EntityType, str]) -> tuple[EntityType, str]:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def join(self, one: tuple[EntityType, str], other: tuple[EntityType, str]) -> None:
        first, second = self.root(one), self.root(other)
        if first != second and first[0] is second[0]:
            self._parent[second] = first

    def fulls(self, kind: EntityType) -> dict[str, str]:
        """Full names of this type with the name that stands for their group."""
        return {full: self.root((k, full))[1] for k, full in self._parent if k is kind}

    def in_order(self) -> list[list[Form]]:
        groups: dict[tuple[EntityType, str], list[Form]] = {}
        for form in self._found:
            groups.setdefault(self.root(self.key(form)), []).append(form)
        return list(groups.values())


def _introduced_by(text: str, alias: Form, found: Sequence[Form]) -> Form | None:
    """The name that stands right before the bracket in which an alias is introduced."""
    opening = max(text.rfind("（", 0, alias.name.start), text.rfind("(", 0, alias.name.start))
    rivals = [
        f
        for f in found
        if f.name.type is alias.name.type
        and f.name.end <= opening
        and not text[f.name.end : opening].strip('》”" ')
    ]
    return max(rivals, key=lambda f: (f.name.end, -f.name.start), default=None)


def _short_pairs(fulls: dict[str, str], is_short: Callable[[str, str], bool]) -> Iterator[tuple[str, str]]:
    """Pairs (short, full) where the short form can mean only one thing that is named."""
    by_pair: dict[str, set[str]] = defaultdict(set)
    for full in fulls:
        for i in range(len(full) - 1):
            by_pair[full[i : i + 2]].add(full)
    for short in sorted(fulls, key=lambda f: (-len(f), f)):
        longer = {f for f in by_pair.get(short[:2], ()) if is_short(short, f)}
        if len({fulls[f] for f in longer}) == 1:
            yield short, min(longer, key=lambda f: (-len(f), f))


def _ends(short: str, full: str) -> bool:
    plain, whole = forms.bare(short), forms.bare(full)
    return 3 <= len(plain) < len(whole) and whole.endswith(plain)


def _is_short_document(short: str, full: str) -> bool:
    return 2 <= len(short) <= 6 and len(short) < len(full) and full.endswith(short)


def _is_short_award(short: str, full: str) -> bool:
    plain, whole = forms.core(short, EntityType.AWARD), forms.core(full, EntityType.AWARD)
    return len(plain) >= 4 and plain != whole and whole.endswith(plain)


def _is_short_person(short: str, full: str) -> bool:
    return len(short) >= 2 and full.startswith((f"{short}·", f"{short}•"))


_SHORTER: dict[EntityType, Callable[[str, str], bool]] = {
    EntityType.ORGANIZATION: forms.is_short_of,
    EntityType.EVENT: _ends,
    EntityType.FACILITY: _ends,
    EntityType.PROGRAMME: _ends,
    EntityType.AWARD: _is_short_award,
    EntityType.DOCUMENT: _is_short_document,
    EntityType.PERSON: _is_short_person,
}
