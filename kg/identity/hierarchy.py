"""What follows from the names of things: what is part of what, levels and kinds, codes of divisions.

All of it is concluded by rule, from one article's things alone; none of it is what the article states.
A union is under that of the division above (新兴县新城镇总工会 → 新兴县总工会 → 云浮市总工会 → 广东省总工会 →
中华全国总工会), and so are party committees and governments; a department is under the government or
committee of its division, a branch or workshop under its company. The union of a unit is the unit's
(``unionOf``) and under the local union (``underUnion``): which of the unions of its city it is directly
under, a name does not say, so that this is no ``subOrganizationOf``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.identity import kinds, places
from kg.identity.bodies import Body, analyse, renamed
from kg.identity.items import Assignment
from kg.identity.linking import part_iri
from kg.language import forms
from kg.language.gazetteer import Division, gazetteer
from kg.language.lexicon import table
from kg.vocabulary import (
    AwardLevel,
    EntityType,
    Predicate,
    Property,
    Subtype,
    entity_iri,
    entity_iri_parts,
)

__all__ = ["CONTAINED_IN", "Conclusion", "Conclusions", "Node", "Value", "conclude"]

CONTAINED_IN: Final = "containedInPlace"
"""The relation of a division to the one above it, which is schema.org's."""

_ALL_CHINA: Final = "中华全国总工会"
_UNION: Final = re.compile(r"(?:总工会|工会|工会联合会|工会委员会|(?:总工会|工会)工作委员会)")
_LOCAL_UNION: Final = re.compile(r".*(?:总工会|工会联合会)")
_OFFICE: Final = re.compile(r"总工会(?!.*(?:代表大会|第.+届))(.{2,})")
_PARTY_DEPARTMENT: Final = re.compile(r"(?:市|县|区|省|自治区|州|盟|旗)?委(?:员会)?(?=.{2,}[部办室校局])")
_NATIONAL_UNION: Final = re.compile(r"(?:中国.{2,14}工会|中华全国铁路总工会|中央和国家机关工会联合会)")
_UNIT_UNION: Final = re.compile(r"(?:工会|工会委员会|工会联合会|工会工作委员会|机关工会)")
_UNIT_PARTY: Final = re.compile(r".*(?:党委|党组|党总支|党支部|团委|团支部|纪委|妇委会|女工委|女职工委员会)")
_SUBSIDIARY: Final = re.compile(r".{2,}(?:公司|厂|院|所)")
_CHAINS: Final = {
    "妇女联合会": "中华全国妇女联合会",
    "工商业联合会": "中华全国工商业联合会",
    "科学技术协会": "中国科学技术协会",
    "残疾人联合会": "中国残疾人联合会",
}
_YOUTH: Final = "共青团"
_TOPS: Final = {
    "总工会": _ALL_CHINA,
    "委": "中国共产党中央委员会",
    "人民政府": "中华人民共和国国务院",
    _YOUTH: "中国共产主义青年团中央委员会",
    **_CHAINS,
}


@dataclass(frozen=True, slots=True, order=True)
class Conclusion:
    """A relation between two things that a rule concludes, and what it rests on."""

    subject: str
    relation: str
    object: str
    rule: str
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A thing that no article need name: it is there because something is part of it."""

    iri: str
    type: EntityType
    name: str
    subtype: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A property of a thing that its name tells: ``text`` with a language, or a term of a scheme."""

    thing: str
    property: Property
    text: str


@dataclass(frozen=True, slots=True)
class Conclusions:
    """All that follows from the things of an article; each sorted and there once."""

    relations: tuple[Conclusion, ...] = ()
    nodes: tuple[Node, ...] = ()
    values: tuple[Value, ...] = ()


def conclude(things: Mapping[str, tuple[EntityType, Assignment]]) -> Conclusions:
    """What follows from the names of things.

    Args:
        things: the type and assignment of each thing of an article, by its key; keys that begin with
            ``~`` are of things that are named only as part of another name.
    """
    return _Concluder(things).conclusions()


class _Concluder:
    def __init__(self, things: Mapping[str, tuple[EntityType, Assignment]]) -> None:
        self.things = things
        self.named = {a.id for key, (_, a) in things.items() if not key.startswith("~")}
        self.relations: set[Conclusion] = set()
        self.nodes: dict[str, Node] = {}
        self.values: set[Value] = set()
        self.done: set[str] = set()
        self.bodies = {
            a.id: name
            for kind, a in things.values()
            if kind is EntityType.ORGANIZATION and (name := _name(a.id))
        }

    def conclusions(self) -> Conclusions:
        for kind, assignment in self.things.values():
            match kind:
                case EntityType.ORGANIZATION:
                    self.organization(assignment)
                case EntityType.PLACE:
                    self.place(assignment)
                case EntityType.AWARD:
                    self.award(assignment)
                case EntityType.PROGRAMME:
                    self.programme(assignment)
        return Conclusions(
            tuple(sorted(self.relations)),
            tuple(sorted(n for n in self.nodes.values() if n.iri not in self.named)),
            tuple(sorted(self.values)),
        )

    # -- adding

    def relate(self, subject: str, relation: str, target: str, rule: str, *grounds: str) -> None:
        if subject != target:
            self.relations.add(Conclusion(subject, relation, target, rule, grounds))

    def body(self, name: str) -> str:
        """The IRI of a body of this name, which is added, with what it is under in its turn."""
        iri = entity_iri(EntityType.ORGANIZATION, name)
        if iri not in self.nodes:
            self.nodes[iri] = Node(iri, EntityType.ORGANIZATION, name, forms.subtype_of(name))
            self.under(iri, name)
        return iri

    # -- organizations

    def organization(self, assignment: Assignment) -> None:
        name = _name(assignment.id)
        parts = entity_iri_parts(assignment.id)
        if not name or parts is None or (parts[2] and assignment.rule in ("open", "standin")):
            return
        if assignment.id not in self.named:
            self.nodes[assignment.id] = Node(
                assignment.id, EntityType.ORGANIZATION, name, forms.subtype_of(name)
            )
        self.under(assignment.id, name)
        if assignment.rule == "part":
            self.part(assignment)
        elif assignment.rule == "body.name":
            self.subsidiary(assignment.id, name)

    def under(self, iri: str, name: str) -> None:
        """What a body is under by its name."""
        if iri in self.done:
            return
        self.done.add(iri)
        if _NATIONAL_UNION.fullmatch(name):
            self.sub(iri, _ALL_CHINA, "hierarchy.national-union", name)
            return
        if name.startswith(_ALL_CHINA) and _OFFICE.search(name):
            self.sub(iri, _ALL_CHINA, "hierarchy.office", name)
            return
        body = analyse(name)
        if body.kind == "division" and body.division is not None:
            for parent, rule in _parents(body, body.division):
                self.sub(iri, parent, rule, places.title(body.division))

    def sub(self, iri: str, parent: str, rule: str, *grounds: str) -> None:
        self.relate(iri, Predicate.SUB_ORGANIZATION_OF, self.body(parent), rule, *grounds)

    def part(self, assignment: Assignment) -> None:
        """A part of a body with a name of its own, or of a body of a division."""
        suffix = assignment.grounds[-1]
        whole = self.whole_of(assignment.id, suffix)
        if not whole:
            return
        if _UNIT_UNION.fullmatch(suffix):
            self.relate(assignment.id, Property.UNION_OF, whole, "hierarchy.unit-union", suffix)
            local = self.local_union(whole)
            if local:
                self.relate(
                    assignment.id, Property.UNDER_UNION, self.body(local), "hierarchy.local-union", local
                )
        elif not _UNIT_PARTY.fullmatch(suffix):
            self.relate(assignment.id, Predicate.SUB_ORGANIZATION_OF, whole, "hierarchy.part", suffix)

    def whole_of(self, iri: str, suffix: str) -> str:
        """The IRI of the body of which this is a part, which is added where the article does not name it."""
        known = [a.id for kind, a in self.things.values() if kind is EntityType.ORGANIZATION]
        whole = next((w for w in known if w != iri and part_iri(w, suffix) == iri), "")
        parts = entity_iri_parts(iri)
        if whole or parts is None or not parts[1].endswith(suffix) or len(parts[1]) == len(suffix):
            return whole
        name = parts[1][: -len(suffix)]
        whole = entity_iri(EntityType.ORGANIZATION, name, parts[2])
        self.nodes[whole] = Node(whole, EntityType.ORGANIZATION, name, forms.subtype_of(name))
        self.under(whole, name)
        return whole

    def local_union(self, whole: str) -> str:
        """The union of the county or city where a unit has its seat, by its name or by what is said."""
        body = _top(analyse(_name(whole)))
        division: Division | None = body.division
        if division is None:
            cities = {c for _, a in self.things.values() if a.id == whole for c in a.cities if c != "*"}
            division = gazetteer().division(cities.pop()) if len(cities) == 1 else None
        return f"{places.title(division)}总工会" if division else ""

    def subsidiary(self, iri: str, name: str) -> None:
        """北疆电力集团修造公司 under 北疆电力集团, where the article names both."""
        above = [
            (len(other), other_iri)
            for other_iri, other in self.bodies.items()
            if other_iri != iri
            and name.startswith(other)
            and other.endswith(("集团", "公司"))
            and _SUBSIDIARY.fullmatch(name[len(other) :])
        ]
        if above:
            self.relate(iri, Predicate.SUB_ORGANIZATION_OF, max(above)[1], "hierarchy.subsidiary", name)

    # -- places

    def place(self, assignment: Assignment) -> None:
        if assignment.rule != "place.division":
            return
        division = _division_named(_name(assignment.id), assignment.grounds[0])
        if division:
            self.divisions(assignment.id, division)

    def divisions(self, iri: str, division: Division) -> None:
        """Code, former names and parents of a division."""
        if iri in self.done:
            return
        self.done.add(iri)
        now = places.settled(division)
        merged = next((f for f in places.former(now.code) if f.merged and f.name == now.name), None)
        if merged is not None:
            successor = gazetteer().division(now.code)
            self.relate(iri, Property.MERGED_INTO, self.division(successor), "division.merged", merged.year)
        else:
            self.values.add(Value(iri, Property.DIVISION_CODE, now.code))
            for former in places.former(now.code) if now.level != "township" else ():
                if not former.merged:
                    self.values.add(Value(iri, Property.FORMER_NAME, former.name))
        higher = places.above(now)
        if higher:
            self.relate(iri, CONTAINED_IN, self.division(higher), "division.parent", now.code)

    def division(self, division: Division) -> str:
        name = places.title(division)
        iri = entity_iri(EntityType.PLACE, name)
        if iri not in self.nodes:
            self.nodes[iri] = Node(iri, EntityType.PLACE, name)
            self.divisions(iri, division)
        return iri

    # -- awards and programmes

    def award(self, assignment: Assignment) -> None:
        name = _name(assignment.id)
        level = kinds.award_level(name) or self.level_of_owner(assignment)
        if level:
            self.values.add(Value(assignment.id, Property.AWARD_LEVEL, level))
        if kind := kinds.award_kind(name):
            self.values.add(Value(assignment.id, Property.AWARD_KIND, kind))
        for body in kinds.award_conferrers(name):
            self.relate(assignment.id, Predicate.CONFERRED_BY, self.body(body), "award.conferrer", name)

    def level_of_owner(self, assignment: Assignment) -> AwardLevel | None:
        """That of a company, where the award begins with the name of a company of the article."""
        name = _name(assignment.id)
        firms = (
            other
            for kind, a in self.things.values()
            if kind is EntityType.ORGANIZATION and a.rule == "body.name" and (other := _name(a.id))
        )
        return AwardLevel.ENTERPRISE if any(name.startswith(firm) for firm in firms) else None

    def programme(self, assignment: Assignment) -> None:
        name = _name(assignment.id)
        if kind := kinds.programme_kind(name):
            self.values.add(Value(assignment.id, Property.PROGRAMME_KIND, kind))
        if level := self.programme_level(assignment):
            self.values.add(Value(assignment.id, Property.PROGRAMME_LEVEL, level))
        for short in kinds.short_names(name):
            self.values.add(Value(assignment.id, Property.SHORT_NAME, short))
        if parent := kinds.programme_parent(name):
            iri = entity_iri(EntityType.PROGRAMME, parent)
            self.nodes.setdefault(iri, Node(iri, EntityType.PROGRAMME, parent))
            self.relate(assignment.id, Predicate.PART_OF, iri, "programme.part", parent)

    def programme_level(self, assignment: Assignment) -> AwardLevel | None:
        if assignment.rule in ("programme.known", "programme.nationwide"):
            return None if _name(assignment.id) in _regional_programmes() else AwardLevel.NATIONAL
        if len(assignment.cities) != 1:
            return None
        (city,) = assignment.cities
        return AwardLevel.PROVINCIAL if city.endswith("0000") else AwardLevel.MUNICIPAL


def _regional_programmes() -> frozenset[str]:
    """Well-known programmes that are of one part of the country by their names."""
    marks = (
        "粤",
        "广东",
        "南粤",
        "海南",
        "河南",
        "长三角",
        "京津冀",
        "成渝",
        "东北",
        "黄河",
        "长江",
        "百县千镇",
    )
    return frozenset(
        row["name"]
        for row in table("programmes")
        if row["name"].startswith(marks) or row["name"].endswith(marks)
    )


def _name(iri: str) -> str:
    parts = entity_iri_parts(iri)
    return parts[1] if parts else ""


def _top(body: Body) -> Body:
    while body.whole is not None:
        body = body.whole
    return body


def _division_named(name: str, code: str) -> Division | None:
    """The division of this title, as it is today or, where it went up in another, as it was."""
    if len(code) <= 6:
        found = [d for d in gazetteer().by_name(name) if d.code == code and d.name == name]
        return found[0] if found else gazetteer().division(code)
    chain, rest = gazetteer().split_prefix(name)
    return chain[-1] if chain and not rest and chain[-1].code == code else None


def _parents(body: Body, division: Division) -> Iterator[tuple[str, str]]:
    """The names of the bodies right above a body of a division, with the rules that say so."""
    here, head = places.title(division), body.head
    if body.name == f"{here}{head}" and _UNION.fullmatch(head):
        yield _above(division, "总工会", "总工会"), "hierarchy.union"
    elif _LOCAL_UNION.fullmatch(head):
        yield f"{here}总工会", "hierarchy.zone-union"
    elif head.endswith("工会"):
        yield f"{here}总工会", "hierarchy.industrial-union"
    elif _OFFICE.fullmatch(head):
        yield f"{here}总工会", "hierarchy.office"
    elif body.name.startswith(_YOUTH):
        yield _above(division, f"{_YOUTH}{{}}委", _YOUTH), "hierarchy.youth"
    elif head in ("委", "党委", "党工委") and body.name == here + head:
        yield _above(division, "委", "委"), "hierarchy.party"
    elif _PARTY_DEPARTMENT.match(head):
        yield f"{here}委", "hierarchy.party-department"
    elif head == "人民政府":
        yield _above(division, "人民政府", "人民政府"), "hierarchy.government"
    elif head in _CHAINS:
        yield _above(division, head, head), "hierarchy.chain"
    elif _is_department(head):
        yield f"{here}人民政府", "hierarchy.department"


def _above(division: Division, words: str, top: str) -> str:
    higher = None if places.is_corps(division) else places.above(division)
    if higher is None:
        return renamed(_TOPS[top], "name")
    here = places.title(higher)
    return words.format(here) if "{}" in words else here + words


def _is_department(head: str) -> bool:
    rows: Iterable[dict[str, str]] = table("government_departments")
    return any(
        head in (row["full"], renamed(row["full"], "department"))
        and row["subtype"] == Subtype.GOVERNMENT_BODY
        and head.endswith(("局", "厅", "委员会", "办公室", "办", "中心"))
        and "人民代表大会" not in head
        for row in rows
    )
