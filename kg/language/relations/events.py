"""Who organizes an event, and what an event or programme is part of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from kg.language.annotations import Claim, Name, Reading, Referent
from kg.language.lexicon import table
from kg.language.relations.predication import (
    Deed,
    agents_before,
    claim,
    deeds,
    doers,
    is_denied,
    is_planned,
    names_an_actor,
    year_of,
)
from kg.language.subjects import clause_at, names_after, names_before, subject_at
from kg.vocabulary import EntityType, Predicate

__all__ = ["find_claims"]

EVENT: Final = EntityType.EVENT
WHOLES: Final = frozenset({EntityType.EVENT, EntityType.PROGRAMME})

_BY: Final = re.compile(r"(?:由|系|是由|经由)\s*[“\"]?$")
_CHAIN: Final = re.compile(r"\s*[，、,;；]\s*(?:并)?(?:由)?\s*[“\"]?$")
_MEMBERS: Final = re.compile(r"[”’\"'》）)]*\s*(?:、|和|与|以及|及)\s*[“‘\"'《]?")
_ETC: Final = re.compile(
    r"[”’\"'》）)]*\s*等(?:[一二两三四五六七八九十\d]{1,3}(?:大|个|项|类)?)?\s*[“‘\"'《]?"
)
_HAS_PARTS: Final = re.compile(
    r"[”’\"']?(?:服务品牌|品牌|工程|行动|活动|项目|工作)?(?:下设|包括|包含|涵盖|由|分为|含|内设|设有)"
)
_ONE_OF: Final = re.compile(
    r"[”’\"'》]?(?:的|中的)?(?:子项目|重要内容|组成部分|系列活动|重要活动|配套活动|重点项目|之一|一项|分项|子活动|赛项|环节)"
)
_ENDING_OF: Final = re.compile(r"(?:同时)?(?:也)?为$")
_DATED: Final = re.compile(r"(?:(?:19|20)\d\d年(?:度)?)?[“‘\"']?")
_FULL_STOP: Final = re.compile(r"[”’\"']?(?:画上|划上|拉开)")
_ENTERS: Final = re.compile(r"(?<!被)(?:纳入|列入|归入|属于)")


def find_claims(reading: Reading) -> list[Claim]:
    """The ``organizes`` and ``partOf`` claims of the text, in order of place."""
    roles = list(_by_role(reading))
    found = [*roles, *_organized(reading, {c.object for c in roles})]
    found += _by_name(reading, {c.object for c in found})
    found += _parts(reading)
    return sorted(found, key=lambda c: (c.start, c.spans, c.subject, c.object, c.rule))


# Organizers.


def _organized(reading: Reading, told: set[str]) -> Iterator[Claim]:
    """The verb of an event is one of holding, and someone does it: A举办E, A举办的E, E由A举办.

    Of the events ``told`` the text names the organizers: a subject left out adds none.
    """
    owners = _named_after(reading)
    for deed in deeds(reading, EVENT):
        if EVENT not in deed.verb.takes or is_denied(reading, deed.start, deed.name.end):
            continue
        if deed.thing.key in told and not _has_agent(reading, deed):
            continue
        rule = "organizes.relative" if deed.relative else "organizes.verb"
        for key in _holders(reading, deed, owners):
            yield _organizes(
                reading, key, deed.thing, deed.name, rule, (deed.start, deed.end), deed.verb.role
            )


def _holders(reading: Reading, deed: Deed, owners: dict[str, str]) -> tuple[str, ...]:
    """Who holds it; the body in the event's own name before a subject that is only carried over."""
    if not deed.before:
        return _by_agents(reading, deed)
    keys = doers(reading, deed)
    if keys and not _has_agent(reading, deed):
        called = _called_after(reading, deed.name, owners)
        return (called,) if called else keys
    return keys


def _has_agent(reading: Reading, deed: Deed) -> bool:
    return names_an_actor(reading, deed.start) or bool(agents_before(reading, deed.start)[0])


def _by_agents(reading: Reading, deed: Deed) -> tuple[str, ...]:
    keys, start = agents_before(reading, deed.start)
    return keys if keys and _BY.search(reading.text, deed.name.end, start) else ()


def _organizes(
    reading: Reading, key: str, event: Referent, name: Name, rule: str, verb: tuple[int, int], role: str
) -> Claim:
    place = min(verb[0], name.start)
    planned = is_planned(reading, max(verb[0], place))
    said = (
        ("role", role or None),
        ("status", "planned" if planned else None),
        ("year", year_of(reading, max(verb[1], name.end))),
    )
    return claim(reading, Predicate.ORGANIZES, (key, event.key), rule, ((name.start, name.end), verb), said)


@cache
def _role_verbs() -> tuple[re.Pattern[str], dict[str, str]]:
    roles = {row["verb"]: row["role"] for row in table("relation_verbs") if row["role"]}
    longest = sorted(roles, key=lambda verb: (-len(verb), verb))
    return re.compile("|".join(map(re.escape, longest))), roles


def _by_role(reading: Reading) -> Iterator[Claim]:
    """Everyone of 由A主办、B承办(的E): a verb that names the role, with its agents right before it."""
    pattern, roles = _role_verbs()
    last: tuple[int, Referent, Name] | None = None
    for match in pattern.finditer(reading.text):
        keys, start = agents_before(reading, match.start())
        labelled = not keys
        if labelled:
            keys, start = _labelled(reading, match)
        if not keys:
            continue
        chained = last is not None and bool(_CHAIN.fullmatch(reading.text, last[0], start))
        if labelled:
            event = _event_above(reading, start)
        else:
            event = _event_of(reading, match.end(), start, last if chained else None)
        if event is None:
            continue
        thing, name = event
        last = (match.end(), thing, name)
        for key in keys:
            yield _organizes(reading, key, thing, name, "organizes.role", match.span(), roles[match.group()])


def _labelled(reading: Reading, match: re.Match[str]) -> tuple[tuple[str, ...], int]:
    """主办单位：A、B: the agents stand behind their label."""
    label = _LABEL.match(reading.text, match.end())
    if label is None:
        return (), 0
    keys: list[str] = []
    at = label.end()
    for name, thing in names_after(reading, at):
        if thing.type is not EntityType.ORGANIZATION or not _BETWEEN_LABELLED.fullmatch(
            reading.text, at, name.start
        ):
            break
        keys.append(thing.key)
        at = name.end
    return tuple(dict.fromkeys(keys)), match.start()


_LABEL: Final = re.compile(r"(?:单位|方|机构)\s*(?:分别)?(?:[：:为是有]|包括)")
_BETWEEN_LABELLED: Final = re.compile(r"[\s、，,和“”\"]*")


def _event_above(reading: Reading, place: int) -> tuple[Referent, Name] | None:
    """The last event that is named before a list of hosts."""
    for name, thing in names_before(reading, place):
        if place - name.end > 400:
            return None
        if thing.type is EVENT:
            return thing, name
    return None


def _event_of(
    reading: Reading, end: int, start: int, last: tuple[int, Referent, Name] | None
) -> tuple[Referent, Name] | None:
    """The event that the role verb speaks of: behind it, before 由, or the one of the chain."""
    sentence = reading.sentence_at(start)
    if sentence is None:
        return None
    for name, thing in names_after(reading, end):
        if name.end > sentence.end or name.start - end > 60:
            break
        if thing.type is EVENT and _OBJECT_GAP.fullmatch(reading.text, end, name.start):
            return thing, name
        if thing.type is not EntityType.ORGANIZATION:
            break
    if last is not None:
        return last[1], last[2]
    for name, thing in names_before(reading, start):
        if name.end < sentence.start or start - name.end > 400:
            break
        if thing.type is EVENT:
            return thing, name
    key = subject_at(reading, start, {EVENT})
    if key is None or clause_at(reading, start) is None:
        return None
    near = [n for n in reading.by_key[key].names if n.end <= start]
    return (reading.by_key[key], near[-1]) if near and start - near[-1].end < 400 else None


_OBJECT_GAP: Final = re.compile(
    r"(?:了)?[^，。；！？]{0,50}|(?:[、，][^，。；！？的]{1,30}(?:主办|承办|协办|指导|支持|组织)){1,4}的?[^，。；]{0,20}"
)


def _by_name(reading: Reading, known: set[str]) -> Iterator[Claim]:
    """东晨公司2014年技能大赛: an event called after a body, where the text names no other organizer."""
    owners = _named_after(reading)
    for event in reading.referents:
        if event.type is not EVENT or event.key in known:
            continue
        for name in event.names:
            key = _called_after(reading, name, owners)
            if key and not is_denied(reading, name.start, name.end):
                yield _organizes(reading, key, event, name, "organizes.named", (name.start, name.end), "")
                break


def _named_after(reading: Reading) -> dict[str, str]:
    return {
        form: r.key
        for r in reading.referents
        if r.type is EntityType.ORGANIZATION
        for form in (*r.aliases, r.name)
        if len(form) >= 3
    }


def _called_after(reading: Reading, name: Name, owners: dict[str, str]) -> str:
    """The body with whose name that of the event begins, or that stands right in front of it."""
    heads = (name.text[:n] for n in range(len(name.text) - 2, 2, -1))
    if found := next((owners[head] for head in heads if head in owners), ""):
        return found
    for other, body in names_before(reading, name.start):
        adjacent = body.type is EntityType.ORGANIZATION and _DATED.fullmatch(
            reading.text, other.end, name.start
        )
        return body.key if adjacent else ""
    return ""


# Parts.


def _parts(reading: Reading) -> Iterator[Claim]:
    yield from _listed(reading)
    yield from _divided(reading)
    yield from _crowning(reading)
    yield from _entered(reading)


def _listed(reading: Reading) -> Iterator[Claim]:
    """A、B、C等“六项工程”: the members of a list that ends in its common name."""
    run: list[tuple[Name, Referent]] = []
    for name, thing in reading.mentions:
        if thing.type not in WHOLES:
            continue
        between = reading.text[run[-1][0].end : name.start] if run else ""
        if run and _ETC.fullmatch(between):
            for part_name, part in run:
                if part.key != thing.key:
                    yield _part_of(reading, part, thing, "partOf.list", part_name, name)
            run = [(name, thing)]
        elif run and _MEMBERS.fullmatch(between):
            run.append((name, thing))
        else:
            run = [(name, thing)]


def _part_of(reading: Reading, part: Referent, whole: Referent, rule: str, one: Name, other: Name) -> Claim:
    spans = ((one.start, one.end), (other.start, other.end))
    return claim(reading, Predicate.PART_OF, (part.key, whole.key), rule, spans)


def _divided(reading: Reading) -> Iterator[Claim]:
    """X品牌下设12个子项目。其中，A…；B…: what begins the clauses that follow is a part of it."""
    for name, whole in reading.mentions:
        if whole.type not in WHOLES:
            continue
        match = _HAS_PARTS.match(reading.text, name.end)
        if match is None:
            continue
        sentence = reading.sentence_at(name.start)
        if sentence is None:
            continue
        for part_name, part in names_after(reading, match.end()):
            at = reading.sentence_at(part_name.start)
            if at is None or at.paragraph != sentence.paragraph or part_name.start - match.end() > 400:
                break
            listed = at == sentence or clause_opens(reading, part_name)
            if part.type in WHOLES and part.key != whole.key and listed:
                yield _part_of(reading, part, whole, "partOf.divided", name, part_name)


def clause_opens(reading: Reading, name: Name) -> bool:
    """Whether ``name`` is the subject of its clause."""
    clause = clause_at(reading, name.start)
    return clause is not None and name.start < clause.end_of_subject


def _crowning(reading: Reading) -> Iterator[Claim]:
    """A是B的系列活动之一; A落幕，同时也为B画上句号."""
    for name, whole in reading.mentions:
        if whole.type not in WHOLES:
            continue
        closes = _ENDING_OF.search(reading.text, max(0, name.start - 8), name.start)
        one_of = _ONE_OF.match(reading.text, name.end)
        if not (closes and _FULL_STOP.match(reading.text, name.end)) and not one_of:
            continue
        key = subject_at(reading, name.start, {EVENT} if closes else WHOLES)
        if key is None or key == whole.key:
            continue
        part = reading.by_key[key]
        before = [n for n in part.names if n.end <= name.start]
        if before and name.start - before[-1].end < 120:
            yield _part_of(reading, part, whole, "partOf.stated", before[-1], name)


def _entered(reading: Reading) -> Iterator[Claim]:
    """大赛纳入(市总工会)“三江建功”竞赛: what is entered into a programme is a part of it."""
    for match in _ENTERS.finditer(reading.text):
        key = subject_at(reading, match.start(), WHOLES)
        clause = clause_at(reading, match.start())
        if key is None or clause is None:
            continue
        before = [n for n in reading.by_key[key].names if n.end <= match.start()]
        for name, whole in names_after(reading, match.end()):
            if name.end > clause.end or name.start - match.end() > 24:
                break
            if whole.type in WHOLES:
                if before and whole.key != key and match.start() - before[-1].end < 200:
                    yield _part_of(reading, reading.by_key[key], whole, "partOf.entered", before[-1], name)
                break
            if whole.type is not EntityType.ORGANIZATION:
                break
