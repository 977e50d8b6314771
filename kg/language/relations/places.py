"""Where events are held and where organizations and facilities stand, as far as the text says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kg.language.annotations import Claim, Name, Reading, Referent
from kg.language.relations.predication import claim, deeds, is_denied, is_planned
from kg.language.subjects import clause_at, name_at, names_after, names_before, subject_at
from kg.vocabulary import EntityType, Predicate

__all__ = ["find_claims"]

_SEATED: Final = frozenset({EntityType.ORGANIZATION, EntityType.FACILITY})
_LOCATED: Final = _SEATED | {EntityType.EVENT}

_ENDS_CLAUSE: Final = re.compile(r"[，。；、！,;并]|$")
_FORMS: Final = "_place_forms"
_STANDS: Final = re.compile(
    r"(?:坐落|座落)(?:于|在)?|位于|地处|落户(?:于|在)?|落地(?:于|在)?|设在|设于|建在|建于|驻地?在|扎根(?:于|在)?|总部(?:设)?(?:在|位于)"
    r"|落成于|选址(?:在|于)?|立足|诞生(?:于|在)"
)
_AT: Final = re.compile(r"(?:在|于)\s*[“\"]?$")
_HELD_NEAR: Final = re.compile(r"[^，。；：]{0,24}")
_ARRIVED: Final = re.compile(r"(?:走进|来到|走入|步入|踏进|前往|抵达)\s*$")
_INSIDE: Final = re.compile(r"[^。；！？]{0,60}(?:走进|来到|步入|踏进)[“‘\"']?$")
_OWNED: Final = re.compile(r"的[“‘\"']?")
_BESIDE: Final = re.compile(r"[畔旁边岸]|之滨|之畔|脚下|附近")
_NEXT: Final = re.compile(r"[于在]?")
_DESCRIBED: Final = re.compile(
    r"[于在]?(?:[^，。；：、（(]{1,14}的(?:[一-鿿]{1,2}[都城乡])?|[一-鿿]{1,2}[都城乡]|革命老区|省会)?[“\"]?"
)
"""Words that praise a place before its name (坐落在美丽的鸢都…)."""
_HERE: Final = re.compile(r"[”’\"']?(?:当地|境内|城区|市区|县城|区内)?")


def find_claims(reading: Reading) -> list[Claim]:
    """The ``locatedIn`` claims of the text, in order of place."""
    found = [*_held(reading), *_standing(reading), *_set_up(reading), *_visited(reading)]
    return sorted(found, key=lambda c: (c.start, c.spans, c.subject, c.object, c.rule))


def _located(
    reading: Reading,
    thing: Referent,
    place: Referent,
    rule: str,
    spans: tuple[tuple[int, int], ...],
    when: int,
) -> Claim:
    said = (("status", "planned" if is_planned(reading, when) else None),)
    return claim(reading, Predicate.LOCATED_IN, (thing.key, place.key), rule, spans, said)


def _held(reading: Reading) -> Iterator[Claim]:
    """E在北京举行, 在北京举办E, 在北京举行的E."""
    for deed in deeds(reading, EntityType.EVENT):
        if EntityType.EVENT not in deed.verb.takes or is_denied(reading, deed.start, deed.name.end):
            continue
        clause = clause_at(reading, deed.start)
        low = deed.name.end if not deed.before else (clause.start if clause else deed.start)
        for name, place in _places_before(reading, low, deed.start, bodies=not deed.before):
            spans = ((deed.name.start, deed.name.end), (name.start, name.end), (deed.start, deed.end))
            yield _located(reading, deed.thing, place, "locatedIn.held", spans, deed.start)


def _places_before(reading: Reading, low: int, verb: int, *, bodies: bool) -> Iterator[tuple[Name, Referent]]:
    """The place of 在…举行 between ``low`` and the verb; a facility lies where its name says.

    With ``bodies`` so does an organization (大赛在某学院举行), which else does the deed.
    """
    for name, thing in names_before(reading, verb):
        if name.start < low:
            return
        if not _AT.search(reading.text, max(low, name.start - 3), name.start):
            continue
        if not _HELD_NEAR.fullmatch(reading.text, name.end, verb):
            return
        if thing.type is EntityType.PLACE:
            yield name, thing
        elif thing.type is EntityType.FACILITY or (thing.type in _SEATED and bodies):
            place = _place_in_name(reading, thing)
            if place is not None:
                yield name, place
        return


def _place_in_name(reading: Reading, thing: Referent) -> Referent | None:
    """The place with whose name that of ``thing`` begins (北京人民大会堂)."""
    places = _place_forms(reading)
    for form in (thing.name, *thing.aliases):
        heads = (form[:n] for n in range(len(form) - 1, 1, -1))
        found = next((places[head] for head in heads if head in places), None)
        if found is not None:
            return found
    return None


def _place_forms(reading: Reading) -> dict[str, Referent]:
    found: dict[str, Referent] | None = reading.__dict__.get(_FORMS)
    if found is None:
        found = {}
        for place in reading.referents:
            if place.type is EntityType.PLACE:
                for form in (place.name, *place.aliases):
                    found.setdefault(form, place)
        reading.__dict__[_FORMS] = found
    return found


def _standing(reading: Reading) -> Iterator[Claim]:
    """X位于P, 位于P的X."""
    for match in _STANDS.finditer(reading.text):
        if name_at(reading, match.start()) is not None:
            continue
        found = _next_place(reading, match.end())
        if found is None:
            continue
        name, place = found
        thing = _relative(reading, name) or _subject(reading, match.start())
        if thing is not None and thing.key != place.key and thing.type in _LOCATED:
            yield _located(
                reading,
                thing,
                place,
                "locatedIn.stands",
                (match.span(), (name.start, name.end)),
                match.start(),
            )


def _next_place(reading: Reading, at: int) -> tuple[Name, Referent] | None:
    """The innermost of the places named at ``at`` (鹤峰县走马镇)."""
    last: tuple[Name, Referent] | None = None
    for name, thing in names_after(reading, at):
        gap = reading.text[at : name.start].strip(' “"')
        if (
            thing.type is not EntityType.PLACE
            or (_DESCRIBED if last is None else _NEXT).fullmatch(gap) is None
        ):
            break
        if last is not None and _BESIDE.match(reading.text, name.end):
            break
        last = (name, thing)
        at = name.end
    return last


def _relative(reading: Reading, place: Name) -> Referent | None:
    """What 位于P…的 is said of: the body or facility behind it in the clause."""
    clause = clause_at(reading, place.start)
    for name, thing in names_after(reading, place.end):
        if clause is None or name.end > clause.end:
            return None
        if not re.fullmatch(r"[^，。；：]{0,16}的[“‘\"']?", reading.text[place.end : name.start]):
            return None
        return thing if thing.type in _LOCATED else None
    return None


def _subject(reading: Reading, place: int) -> Referent | None:
    key = subject_at(reading, place)
    if key is None or not any(n.end <= place for n in reading.by_key[key].names):
        return None
    return reading.by_key[key]


def _set_up(reading: Reading) -> Iterator[Claim]:
    """在P建成F, F在P揭牌."""
    for kind in (EntityType.FACILITY, EntityType.ORGANIZATION):
        for deed in deeds(reading, kind):
            if kind.value not in deed.verb.takes or is_denied(reading, deed.start, deed.name.end):
                continue
            if not deed.before and not (deed.verb.turns and _ENDS_CLAUSE.match(reading.text, deed.end)):
                continue
            clause = clause_at(reading, deed.start)
            low = deed.name.end if not deed.before else (clause.start if clause else deed.start)
            for name, place in _places_before(reading, low, deed.start, bodies=not deed.before):
                spans = ((deed.name.start, deed.name.end), (name.start, name.end), (deed.start, deed.end))
                if place.key != deed.thing.key:
                    yield _located(reading, deed.thing, place, "locatedIn.set_up", spans, deed.start)


def _visited(reading: Reading) -> Iterator[Claim]:
    """走进P…，来到F; 昆明的F."""
    for name, thing in reading.mentions:
        if thing.type not in _SEATED:
            continue
        for other, place in names_before(reading, name.start):
            if place.type is not EntityType.PLACE or name.start - other.end > 60:
                break
            gap = reading.text[other.end : name.start]
            arrived = _ARRIVED.search(reading.text, max(0, other.start - 3), other.start)
            inside = thing.type is EntityType.FACILITY and arrived and _INSIDE.fullmatch(gap)
            if inside or _OWNED.fullmatch(gap):
                spans = ((name.start, name.end), (other.start, other.end))
                yield _located(reading, thing, place, "locatedIn.visited", spans, name.start)
            break
