"""Which of the things of a block are one: a function of the block's evidence alone.

A block holds the evidence of all articles on things that might be one: bodies of one core name, people of
one name, occasions of one series. What is linked here says nothing of articles that came before or after,
so the same articles give the same things in whatever order they came.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from itertools import combinations
from typing import Final

from kg.identity import places
from kg.identity.blocks import Groups, Placed, by_place
from kg.identity.decisions import Decision, Verdict
from kg.identity.evidence import Own, Part, PersonSaid, Scoped
from kg.identity.items import Assignment, Item
from kg.language.gazetteer import gazetteer
from kg.vocabulary import EntityType, entity_iri, entity_iri_parts

__all__ = ["keys_of", "link_block", "name_of", "part_iri"]

_LIKE: Final = 2
"""How many pieces of weaker evidence two people of one name must share to be taken for one."""

_BIRTH: Final = 2
_GROUP: Final = re.compile(r"集团(?:股份|控股)?(?:有限)?(?:责任)?(?:公司)?$")
_STEM: Final = 2
"""How many characters tell a group of companies from others: 明江 in 明江集团."""

_DISTINCT: Final = 8
"""How long the name of a series is that is hardly used in two places: 辽蒙电力职工技能大赛."""

_LOCAL: Final = frozenset({EntityType.PROGRAMME, EntityType.AWARD, EntityType.FACILITY})
_PROVINCE_WIDE: Final = frozenset({EntityType.PROGRAMME, EntityType.AWARD})


def keys_of(item: Item) -> tuple[str, ...]:
    """The blocks in which an item is linked."""
    match item.evidence:
        case Own() as own:
            keys = [f"own:{core}" for core in dict.fromkeys((own.core, *own.before))]
            return (*keys, f"group:{own.core[:_STEM]}") if _GROUP.search(own.name) else tuple(keys)
        case Part() as part:
            return (f"branch:{part.suffix}",)
        case PersonSaid() as said:
            return (f"person:{said.name}",)
        case Scoped() as scoped:
            return (f"{item.type}:{scoped.core}",)


def link_block(items: Mapping[str, Item], decisions: Sequence[Decision] = ()) -> dict[str, Assignment]:
    """What each item of a block is.

    Args:
        items: all items that share a block, or are tied to it by a decision, by their signatures.
        decisions: those on things of these items.
    """
    signatures = sorted(items)
    ordered = [items[s] for s in signatures]
    if not ordered:
        return {}
    link: Callable[[Sequence[Item], Groups], dict[int, Assignment]]
    match ordered[0].evidence:
        case Own():
            link = _own
        case Part():
            link = _branches
        case PersonSaid():
            link = _people
        case Scoped():
            link = _scoped
    groups = _decided(ordered, decisions)
    found = link(ordered, groups)
    return {s: _forced(n, groups, ordered, found[n]) for n, s in enumerate(signatures)}


def _decided(items: Sequence[Item], decisions: Sequence[Decision]) -> Groups:
    """The items, joined and kept apart as people have decided and as their articles say."""
    at = {ref: n for n, item in enumerate(items) for ref in item.refs}
    same: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    for decision in decisions:
        ends = [at[key] for r in decision.references if (key := f"{r.article} {r.key}") in at]
        if len(ends) == 2 and ends[0] != ends[1]:
            (same if decision.verdict is Verdict.SAME else apart).append((ends[0], ends[1]))
    rivals: dict[str, list[int]] = {}
    for n, item in enumerate(items):
        if isinstance(item.evidence, PersonSaid) and item.evidence.rival:
            rivals.setdefault(item.evidence.rival, []).append(n)
    agreed = {frozenset(pair) for pair in same}
    told = [p for pair in rivals.values() for p in combinations(pair, 2) if frozenset(p) not in agreed]
    groups = Groups(len(items), [*apart, *told])
    for one, other in same:
        groups.join(one, other)
    return groups


def _forced(number: int, groups: Groups, items: Sequence[Item], found: Assignment) -> Assignment:
    """A thing that was decided to be one of another kind takes its IRI, and so do those with it."""
    forced = sorted({items[n].forced for n in groups.members(groups.of(number)) if items[n].forced})
    return Assignment(forced[0], "decision.same", (forced[0],)) if forced else found


def name_of(iri: str) -> str:
    """The name in the IRI of a thing, with what tells it from its namesakes in brackets."""
    parts = entity_iri_parts(iri)
    if parts is None:
        return iri
    return f"{parts[1]}（{parts[2]}）" if parts[2] else parts[1]


def _settle(
    items: Sequence[Item],
    groups: Groups,
    called: Callable[[Sequence[int]], str],
    told: Callable[[Sequence[int]], list[str]],
    always: Callable[[Sequence[int]], bool | None] = lambda members: None,
) -> dict[int, str]:
    """An IRI for every item: the name of its set and, where several have one, what tells them apart.

    A set of which ``always`` is True is told apart even if it is the only one of its name, one of which it is
    False never is: so that what comes later does not change what they are called.
    """
    sets = groups.sets()
    names = [called(s) for s in sets]
    shared = Counter(names)
    marked = [
        (shared[name] > 1 if (fixed := always(s)) is None else fixed)
        for s, name in zip(sets, names, strict=True)
    ]
    marks = [told(s) if needed else [] for s, needed in zip(sets, marked, strict=True)]
    first = Counter((name, mark[0] if mark else "") for name, mark in zip(names, marks, strict=True))
    found: dict[int, str] = {}
    for s, name, mark, needed in zip(sets, names, marks, marked, strict=True):
        label = mark[0] if mark else ""
        if first[name, label] > 1 or (needed and not label):
            label = f"{label}·{_digest(items[n] for n in s)}" if label else _digest(items[n] for n in s)
        iri = entity_iri(items[s[0]].type, name, label or None)
        found |= dict.fromkeys(s, iri)
    return found


def _digest(items: Iterable[Item]) -> str:
    return sha256("\n".join(sorted(i.dumps() for i in items)).encode()).hexdigest()[:8]


def _copies(groups: Groups, items: Sequence[Item], among: Collection[int] | None = None) -> None:
    """Join what reprints of one text say of a thing of one name."""
    found: dict[tuple[str, str], list[int]] = {}
    for n, item in enumerate(items):
        if item.copy and (among is None or n in among):
            found.setdefault((item.copy, _said_name(item)), []).append(n)
    for numbers in found.values():
        groups.join_all(numbers)


def _said_name(item: Item) -> str:
    match item.evidence:
        case Own() as own:
            return own.core
        case Part() as part:
            return part.suffix
        case PersonSaid() as said:
            return said.name
        case Scoped() as scoped:
            return f"{scoped.core} {scoped.number} {scoped.year}"


def _title(code: str) -> str:
    return places.title(gazetteer().division(code))


def _titles(codes: Iterable[str]) -> list[str]:
    return [_title(code) for code in sorted(codes) if code != "*"]


# ------------------------------------------------------------------ bodies with a name of their own


def _own(items: Sequence[Item], groups: Groups) -> dict[int, Assignment]:
    said = [i.evidence for i in items if isinstance(i.evidence, Own)]
    placed = [Placed(frozenset(o.places), frozenset(o.around), o.everywhere) for o in said]
    _copies(groups, items)
    unsure: set[int] = set()
    for core in sorted({o.core for o in said}):
        unsure |= by_place(groups, placed, [n for n, o in enumerate(said) if o.core == core])
    _renamed(said, placed, groups)
    _groups_by_short_name(said, placed, groups)
    former = {core for o in said for core in o.before}

    def called(members: Sequence[int]) -> str:
        now = [n for n in members if said[n].core not in former] or members
        return max((said[n].name for n in now), key=lambda name: (len(name), name))

    def told(members: Sequence[int]) -> list[str]:
        return [*_titles(_cities(placed, members)), *_titles({c for n in members for c in placed[n].around})]

    iris = _settle(items, groups, called, told)
    found = {}
    for n, iri in iris.items():
        cities = placed[n].places or _cities(placed, groups.members(groups.of(n)))
        grounds = (said[n].core, *_titles(placed[n].places))
        found[n] = Assignment(iri, "body.name", grounds, n not in unsure, tuple(sorted(cities)))
    return found


def _cities(placed: Sequence[Placed], members: Iterable[int]) -> frozenset[str]:
    return frozenset(c for n in members for c in placed[n].places)


def _renamed(said: Sequence[Own], placed: Sequence[Placed], groups: Groups) -> None:
    """Join a body and what it was called before, as a text says, where both are in one place."""
    for n, own in enumerate(said):
        for core in own.before:
            here = placed[n].places | placed[n].around
            before = [m for m, o in enumerate(said) if o.core == core]
            fits = [
                m for m in before if (placed[m].places or placed[m].around) & here or not placed[m].around
            ]
            if len({groups.of(m) for m in fits}) == 1:
                groups.join(fits[0], n)


def _groups_by_short_name(said: Sequence[Own], placed: Sequence[Placed], groups: Groups) -> None:
    """Join 明江集团 and 明江新材料集团有限公司 where the place fits one such group only."""
    for n, own in enumerate(said):
        if not own.name.endswith("集团") or len(own.core) > _STEM + 1:
            continue
        here = placed[n].places | placed[n].around
        provinces = {c[:2] for c in here}
        longer = [
            m
            for m, other in enumerate(said)
            if _GROUP.search(other.name)
            and other.core != own.core
            and other.core.startswith(own.core)
            and (not here or {c[:2] for c in placed[m].places | placed[m].around} & provinces)
        ]
        if len({groups.of(m) for m in longer}) == 1:
            groups.join(longer[0], n)


# ------------------------------------------------------------------ branches whose company is not named


def _branches(items: Sequence[Item], groups: Groups) -> dict[int, Assignment]:
    said = [i.evidence for i in items if isinstance(i.evidence, Part)]
    by_whole: dict[str, list[int]] = {}
    for n, part in enumerate(said):
        if part.whole:
            by_whole.setdefault(part.whole, []).append(n)
    for numbers in by_whole.values():
        groups.join_all(numbers)
    _copies(groups, items)
    bare = [n for n, part in enumerate(said) if not part.whole]
    sure = {groups.of(n) for n in range(len(said)) if n not in bare}
    if len(sure) == 1:
        groups.join_all([groups.members(next(iter(sure)))[0], *bare])
    elif not sure:
        by_place(groups, [Placed(around=frozenset(p.around)) for p in said], bare)

    def told(members: Sequence[int]) -> list[str]:
        return _titles({c for n in members for c in said[n].around})

    alone = _settle(items, groups, lambda members: said[members[0]].suffix, told)
    found = {}
    for n, part in enumerate(said):
        wholes = sorted({said[m].whole for m in groups.members(groups.of(n)) if said[m].whole})
        iri = part_iri(wholes[0], part.suffix) if wholes else alone[n]
        grounds = (*map(name_of, wholes[:1]), part.suffix)
        found[n] = Assignment(iri, "part", grounds, bool(wholes))
    return found


def part_iri(whole: str, suffix: str) -> str:
    """The IRI of a part of a body: the body's name with what the part is called behind it.

    >>> name_of(part_iri("https://w3id.org/union-kg/id/organization/渌湘陶瓷有限公司", "工会"))
    '渌湘陶瓷有限公司工会'
    """
    parts = entity_iri_parts(whole)
    if parts is None or not suffix:
        return whole
    return entity_iri(EntityType.ORGANIZATION, parts[1] + suffix, parts[2])


# ------------------------------------------------------------------ what several places may call so


def _scoped(items: Sequence[Item], groups: Groups) -> dict[int, Assignment]:
    said = [i.evidence for i in items if isinstance(i.evidence, Scoped)]
    placed = [
        Placed(frozenset((*s.places, *s.owners)), frozenset(s.around), _nationwide(s.owners)) for s in said
    ]
    _copies(groups, items)
    plain = [n for n, s in enumerate(said) if not s.common]
    covers = items[0].type in _PROVINCE_WIDE
    unsure: set[int] = set()
    if items[0].type is EntityType.EVENT:
        unsure = _occasions(said, placed, groups, plain)
    else:
        unsure = by_place(groups, placed, plain, covers=covers)
    unsure |= {n for n, s in enumerate(said) if s.common}

    def called(members: Sequence[int]) -> str:
        numbered = [n for n in members if said[n].number] or members
        return max((said[n].name for n in numbered), key=lambda name: (len(name), name))

    def told(members: Sequence[int]) -> list[str]:
        years = sorted({f"{said[n].year}年" for n in members if said[n].year})
        near = _titles({c for n in members for c in placed[n].around})
        articles = sorted(items[n].article for n in members if items[n].article)
        return [*_titles(_cities(placed, members)), *years, *near, *articles]

    def always(members: Sequence[int]) -> bool | None:
        if any(placed[n].everywhere for n in members):
            return False
        local = items[members[0]].type in _LOCAL and any(placed[n].places for n in members)
        return True if local else None

    iris = _settle(items, groups, called, told, always)
    return {
        n: _scoped_assignment(n, iri, said[n], placed, groups, n not in unsure) for n, iri in iris.items()
    }


def _nationwide(owners: Collection[str]) -> bool:
    return "*" in owners


def _scoped_assignment(
    n: int, iri: str, said: Scoped, placed: Sequence[Placed], groups: Groups, certain: bool
) -> Assignment:
    own = placed[n].places - {"*"}
    cities = own or _cities(placed, groups.members(groups.of(n))) - {"*"}
    if said.common:
        return Assignment(iri, "scope.common", (said.core,), certain=False)
    if said.number or said.year:
        grounds = [
            said.core,
            *([f"第{said.number}届"] if said.number else []),
            *([f"{said.year}年"] if said.year else []),
        ]
        return Assignment(iri, "occasion", tuple(grounds), certain)
    return Assignment(
        iri, "scope.place", (said.core, *_titles(own or placed[n].around)), certain, tuple(sorted(cities))
    )


def _occasions(
    said: Sequence[Scoped], placed: Sequence[Placed], groups: Groups, among: Sequence[int]
) -> set[int]:
    """Join occasions of one series by their number, else by their year, else where there is one only."""
    numbered: dict[str, list[int]] = {}
    for n in among:
        if said[n].number:
            numbered.setdefault(said[n].number, []).append(n)
    for members in numbered.values():
        _join_occasions(said, placed, groups, members)
    unsure: set[int] = set()
    dated = [n for n in among if not said[n].number and said[n].year]
    for year in sorted({said[n].year for n in dated}):
        with_number = {groups.of(m) for ms in numbered.values() for m in ms if said[m].year == year}
        here = [n for n in dated if said[n].year == year]
        if len(with_number) == 1:
            groups.join_all([groups.members(next(iter(with_number)))[0], *here])
        else:
            _join_occasions(said, placed, groups, here)
    plain = [n for n in among if not said[n].number and not said[n].year]
    known = {groups.of(n) for n in among if n not in plain}
    for n in plain:
        numbers = {g: {said[m].number for m in groups.members(g)} for g in known}
        fits = [
            g
            for g in sorted(known)
            if not numbers[g] & set(said[n].others)
            and _may_be_one(placed, groups.members(g), n, said[n].core)
        ]
        if len(fits) == 1:
            groups.join(groups.members(fits[0])[0], n)
        else:
            unsure.add(n)
    left = [n for n in plain if n in unsure]
    if left and len(said[left[0]].core) >= _DISTINCT:
        by_place(groups, placed, left)
    return unsure


def _join_occasions(
    said: Sequence[Scoped], placed: Sequence[Placed], groups: Groups, members: Sequence[int]
) -> None:
    if members and len(said[members[0]].core) >= _DISTINCT:
        groups.join_all(members)
    else:
        by_place(groups, placed, members)


def _may_be_one(placed: Sequence[Placed], members: Iterable[int], n: int, core: str) -> bool:
    if len(core) >= _DISTINCT:
        return True
    here = placed[n].places | placed[n].around
    return any((placed[m].places | placed[m].around) & here for m in members)


# ------------------------------------------------------------------ people


def _people(items: Sequence[Item], groups: Groups) -> dict[int, Assignment]:
    said = [i.evidence for i in items if isinstance(i.evidence, PersonSaid)]
    shared = any(p.rival for p in said)
    _copies(groups, items, None if not shared else {n for n, p in enumerate(said) if not p.rival})
    if shared:
        _join_equal(groups, [[f"{iri} {post}" for iri, post in p.units if post] for p in said])
    _join_equal(groups, [[iri for iri, _ in p.units] for p in said], rivals=_rivals(said))
    _join_branches(said, groups)
    _join_equal(groups, [[" ".join(pair) for pair in p.outlets] for p in said])
    _join_equal(groups, [[f"{iri} {place}" for iri, place in p.ranks] for p in said])
    _join_equal(groups, [list(p.rooms) for p in said])
    likened = _join_alike(said, groups)

    def called(members: Sequence[int]) -> str:
        return said[members[0]].name if len({said[n].name for n in members}) == 1 else _longest(said, members)

    def told(members: Sequence[int]) -> list[str]:
        units = sorted({_short(iri) for n in members for iri, _ in said[n].units})
        outlets = sorted({outlet for n in members for outlet, _ in said[n].outlets})
        near = sorted({_short(iri) for n in members for iri in said[n].near})
        trades = sorted({t for n in members for t in said[n].trades})
        lives = [_place(code) for code in sorted({c for n in members for c in said[n].places})]
        awards = sorted({_short(iri) for n in members for iri, _ in said[n].awards})
        articles = sorted({items[n].article for n in members if items[n].article})
        return [*units, *outlets, *near, *lives, *trades, *awards, *articles]

    iris = _settle(items, groups, called, told)
    several = len(groups.sets()) > 1
    return {n: _person(n, iri, items[n], said[n], n in likened, several) for n, iri in iris.items()}


def _longest(said: Sequence[PersonSaid], members: Iterable[int]) -> str:
    return max((said[n].name for n in members), key=lambda name: (len(name), name))


def _short(iri: str) -> str:
    parts = entity_iri_parts(iri)
    return parts[1] if parts else iri


def _place(code: str) -> str:
    return _title(code) if len(code) == 6 else code


def _rivals(said: Sequence[PersonSaid]) -> frozenset[str]:
    """Bodies that two people of one name in one article share: they tell nobody apart."""
    found: dict[str, Counter[str]] = {}
    for p in said:
        if p.rival:
            found.setdefault(p.rival, Counter()).update({iri for iri, _ in p.units})
    return frozenset(iri for units in found.values() for iri, count in units.items() if count > 1)


def _join_equal(
    groups: Groups, tokens: Sequence[Sequence[str]], rivals: frozenset[str] = frozenset()
) -> None:
    """Join those that share a token."""
    having: dict[str, list[int]] = {}
    for n, own in enumerate(tokens):
        for token in own:
            if token not in rivals:
                having.setdefault(token, []).append(n)
    for token in sorted(having):
        groups.join_all(having[token])


def _join_branches(said: Sequence[PersonSaid], groups: Groups) -> None:
    """Join one at a company with the one of the name at a branch of it, if there is one only."""
    for company in sorted({iri for p in said for iri in p.wholes}):
        at_branch = [n for n, p in enumerate(said) if company in p.wholes]
        at_company = [n for n, p in enumerate(said) if any(iri == company for iri, _ in p.units)]
        if at_company and len({groups.of(n) for n in at_branch}) == 1:
            groups.join_all([at_branch[0], *at_company])


def _join_alike(said: Sequence[PersonSaid], groups: Groups) -> set[int]:
    """Join those of whom no unit is said with the one they are like, if there is one; return these.

    What has been joined is like more than its parts were, so it goes on until nothing more is found.
    """
    joined: set[int] = set()
    strong = {n for n, p in enumerate(said) if p.units or p.outlets}
    while True:
        sets = {s[0]: s for s in groups.sets()}
        sure = {first for first, s in sets.items() if strong & set(s)}
        planned = _planned({first: _Traits([said[n] for n in s]) for first, s in sets.items()}, sure)
        fresh = [pair for pair in planned if groups.join(*pair)]
        if not fresh:
            return joined
        joined |= {n for pair in fresh for end in pair if end not in sure for n in sets[end]}


def _planned(traits: dict[int, _Traits], sure: set[int]) -> list[tuple[int, int]]:
    """The pairs to join now: with those of whom a unit is said; where there are none, among the rest."""
    fits: dict[int, list[int]] = {}
    pairs = []
    for one, other in sorted(_near_pairs(traits)):
        if one in sure and other in sure:
            if traits[one].must_be(traits[other]):
                return [(one, other)]
            continue
        if not traits[one].is_like(traits[other]):
            continue
        if one in sure or other in sure:
            weak, strong = (other, one) if one in sure else (one, other)
            fits.setdefault(weak, []).append(strong)
        else:
            pairs.append((one, other))
    certain = [(strong[0], weak) for weak, strong in fits.items() if len(strong) == 1]
    return certain or [pair for pair in pairs if not any(end in fits for end in pair)]


def _near_pairs(traits: dict[int, _Traits]) -> set[tuple[int, int]]:
    """The pairs that share any trait: all others cannot be alike."""
    having: dict[str, list[int]] = {}
    for first, own in traits.items():
        for token in own.tokens():
            having.setdefault(token, []).append(first)
    return {pair for firsts in having.values() for pair in combinations(sorted(firsts), 2)}


class _Traits:
    """The weaker evidence of one person."""

    def __init__(self, said: Iterable[PersonSaid]) -> None:
        found = list(said)
        self.units = {iri for p in found for iri, _ in p.units}
        self.near = {iri for p in found for iri in p.near}
        self.about = {p.about for p in found if p.about}
        self.events = {iri for p in found for iri in p.events}
        self.awards = {iri for p in found for iri, _ in p.awards}
        self.dated = {(iri, year) for p in found for iri, year in p.awards if year}
        self.trades = {t for p in found for t in p.trades}
        self.places = {c for p in found for c in p.places}
        self.around = {c for p in found for c in p.around}
        self.born = {int(p.born) for p in found if p.born}

    def tokens(self) -> set[str]:
        """Words of which two that are alike share at least one."""
        return {
            *self.units,
            *self.near,
            *self.about,
            *self.awards,
            *self.events,
            *(t[-1:] for t in self.trades),
            *(c[:2] for c in self.places),
        }

    def is_like(self, other: _Traits) -> bool:
        return not self._differs(other) and self._shares(other) >= _LIKE

    def must_be(self, other: _Traits) -> bool:
        """Whether two with different units are one who has moved: one award of one year, and one trade."""
        return bool(self.dated & other.dated) and self._share_a_trade(other) and not self._differs(other)

    def _share_a_trade(self, other: _Traits) -> bool:
        return any(a in b or b in a for a in self.trades for b in other.trades)

    def _differs(self, other: _Traits) -> bool:
        if self.born and other.born and min(abs(a - b) for a in self.born for b in other.born) > _BIRTH:
            return True
        provinces = {c[:2] for c in self.around}, {c[:2] for c in other.around}
        return bool(provinces[0] and provinces[1] and not provinces[0] & provinces[1])

    def _shares(self, other: _Traits) -> int:
        near = self.near & (other.units | other.near) or other.near & self.units
        about = self.about & (other.units | other.near | other.about) or other.about & (
            self.units | self.near
        )
        trades = self._share_a_trade(other)
        places_ = any(
            a.startswith(_stem(b)) or b.startswith(_stem(a)) for a in self.places for b in other.places
        )
        home = places_ or bool(self.around & other.around)
        said = bool(self.awards & other.awards) + bool(self.events & other.events) + trades
        return 2 * bool(near) + bool(about) + said + home


def _stem(code: str) -> str:
    """The beginning that the codes of all divisions in this one share."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") and len(code) == 6 else code


def _person(n: int, iri: str, item: Item, said: PersonSaid, likened: bool, several: bool) -> Assignment:
    if said.units:
        return Assignment(iri, "person.unit", tuple(sorted({name_of(unit) for unit, _ in said.units})))
    if said.outlets:
        return Assignment(iri, "person.outlet", tuple(sorted({f"{o}{role}" for o, role in said.outlets})))
    ranks = tuple(sorted(f"{name_of(event)}第{place}名" for event, place in said.ranks))
    if ranks and not likened:
        return Assignment(iri, "person.rank", ranks)
    if said.rooms and not likened:
        return Assignment(iri, "person.room", tuple(sorted(map(name_of, said.rooms))))
    traits = (
        *(name_of(i) for i in (*said.near, *([said.about] if said.about else []))),
        *said.trades,
        *(_place(c) for c in said.places),
        *(name_of(i) for i, _ in said.awards),
        *(name_of(i) for i in said.events),
    )
    traits = tuple(dict.fromkeys(traits))
    if likened:
        return Assignment(iri, "person.likeness", traits, certain=False)
    if item.copy:
        return Assignment(iri, "person.copy", (item.copy,))
    if not several:
        return Assignment(iri, "person.only", traits)
    return Assignment(iri, "person.too-little", traits, certain=False)
