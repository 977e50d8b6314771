"""Forms that mean one thing, put together: equal forms, short forms, aliases that the text introduces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

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
    ends = _by_end(found)
    for form in found:
        if form.name.rule == "grammar:alias":
            owner = _introduced_by(text, form, ends)
            if owner is not None:
                groups.join(groups.key(owner), groups.key(form))
    for kind, shortening in _SHORTER.items():
        for short, full in _short_pairs(groups.fulls(kind), shortening):
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


_LEAD: Final = 40
"""How far before an alias the bracket stands at most in which it is introduced."""


def _by_end(found: Sequence[Form]) -> dict[tuple[EntityType, int], Form]:
    """The first and longest form of each type that ends at a place."""
    ends: dict[tuple[EntityType, int], Form] = {}
    for form in found:
        place = form.name.type, form.name.end
        if place not in ends or form.name.start < ends[place].name.start:
            ends[place] = form
    return ends


def _introduced_by(text: str, alias: Form, ends: dict[tuple[EntityType, int], Form]) -> Form | None:
    """The name that stands right before the bracket in which an alias is introduced."""
    low, high = max(0, alias.name.start - _LEAD), alias.name.start
    place = max(text.rfind("（", low, high), text.rfind("(", low, high))
    while place > 0:
        form = ends.get((alias.name.type, place))
        if form is not None or text[place - 1] not in '》”" ':
            return form
        place -= 1
    return None


class _Shortening(NamedTuple):
    """How short forms of a type are told: by ``holds``, asked only of pairs that have a key in common."""

    holds: Callable[[str, str], bool]
    keys: Callable[[str], Iterable[Hashable]]
    keys_of_short: Callable[[str], Iterable[Hashable]]
    """The keys that any short form of a name has one of."""


def _short_pairs(fulls: dict[str, str], shortening: _Shortening) -> Iterator[tuple[str, str]]:
    """Pairs (short, full) where the short form can mean only one thing that is named."""
    by_key: dict[Hashable, list[str]] = defaultdict(list)
    for name in fulls:
        for key in set(shortening.keys(name)):
            by_key[key].append(name)
    longer: dict[str, set[str]] = defaultdict(set)
    for full in fulls:
        for key in shortening.keys_of_short(full):
            for short in by_key.get(key, ()):
                if len(short) > 1 and short[:2] in full and shortening.holds(short, full):
                    longer[short].add(full)
    for short in sorted(longer, key=lambda f: (-len(f), f)):
        if len({fulls[f] for f in longer[short]}) == 1:
            yield short, min(longer[short], key=lambda f: (-len(f), f))


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


def _itself(name: str) -> Iterator[str]:
    yield name


def _bare(name: str) -> Iterator[str]:
    yield forms.bare(name)


def _award(name: str) -> Iterator[str]:
    yield forms.core(name, EntityType.AWARD)


def _ends_of(name: str) -> Iterator[str]:
    """What a name ends in, the name itself among it."""
    return (name[start:] for start in range(len(name)))


def _first_names(name: str) -> Iterator[str]:
    return (name[:i] for i, character in enumerate(name) if character in "·•")


_ENDING: Final = _Shortening(_ends, _bare, lambda full: _ends_of(forms.bare(full)))
_SHORTER: Final[dict[EntityType, _Shortening]] = {
    EntityType.ORGANIZATION: _Shortening(forms.is_short_of, forms.short_keys, forms.keys_of_short),
    EntityType.EVENT: _ENDING,
    EntityType.FACILITY: _ENDING,
    EntityType.PROGRAMME: _ENDING,
    EntityType.AWARD: _Shortening(
        _is_short_award, _award, lambda full: _ends_of(forms.core(full, EntityType.AWARD))
    ),
    EntityType.DOCUMENT: _Shortening(_is_short_document, _itself, _ends_of),
    EntityType.PERSON: _Shortening(_is_short_person, _itself, _first_names),
}
