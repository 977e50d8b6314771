"""Short articles made up for the tests of identity, as extractions: people and enterprises are invented."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Observation, Span
from kg.vocabulary import EntityType, Predicate, Subtype

Pair = tuple[EntityType, str]
ORG, PER, AWA, PRO, EVE, PLA, DOC, FAC = (
    EntityType.ORGANIZATION,
    EntityType.PERSON,
    EntityType.AWARD,
    EntityType.PROGRAMME,
    EntityType.EVENT,
    EntityType.PLACE,
    EntityType.DOCUMENT,
    EntityType.FACILITY,
)


def subtype(name: str) -> Subtype:
    ends = {"工会": Subtype.TRADE_UNION, "公司": Subtype.COMPANY, "厂": Subtype.COMPANY, "报": Subtype.MEDIA}
    return next((kind for end, kind in ends.items() if name.endswith(end)), Subtype.OTHER)


def article(
    text: str,
    *named: Pair,
    facts: Sequence[tuple[Predicate, str, str, dict[str, str]]] = (),
    figures: Sequence[tuple[str, str, int, str, str]] = (),
    published: str | None = None,
) -> Extraction:
    """An article of which the named things are found at every place of their names.

    Facts are predicate, names of the ends and attributes; figures are the owner's name, measure, value,
    unit and period.
    """
    document = Document(sha256(text.encode()).hexdigest()[:16], "a.txt", text, text, range(len(text)))
    entities = []
    taken: set[int] = set()
    for kind, name in sorted(named, key=lambda pair: -len(pair[1])):
        mentions = []
        start = text.find(name)
        while start >= 0:
            span = set(range(start, start + len(name)))
            if not taken & span:
                taken |= span
                mentions.append(Mention(Span(start, start + len(name)), name, "test"))
            start = text.find(name, start + 1)
        kind_of = subtype(name) if kind is ORG else None
        entities.append(Entity(f"{kind}/{name}", kind, name, kind_of, (), tuple(mentions)))
    entities.sort(key=lambda e: e.mentions[0].span if e.mentions else Span(len(text), len(text) + 1))
    keys = {e.name: e.key for e in entities}
    claims = tuple(
        Fact(p, keys[s], keys[o], _sentence(text, s), "test", tuple(sorted(more.items())))
        for p, s, o, more in facts
    )
    numbers = tuple(
        Observation(
            keys.get(owner, ""), measure, value, unit, _sentence(text, str(value)), "test", None, period
        )
        for owner, measure, value, unit, period in figures
    )
    return Extraction(document, tuple(entities), claims, numbers, title=text[:12], published=published)


def _sentence(text: str, words: str) -> Evidence:
    place = text.index(words)
    start = max(text.rfind(mark, 0, place) for mark in "。\n") + 1
    stop = min((i for i in (text.find(mark, place) for mark in "。\n") if i >= 0), default=len(text))
    return Evidence(Span(start, stop), text[start:stop], (Span(place, place + len(words)),))


def post(person: str, body: str, name: str) -> tuple[Predicate, str, str, dict[str, str]]:
    return Predicate.HOLDS_POST, person, body, {"post": name}


def award(person: str, name: str, year: str = "") -> tuple[Predicate, str, str, dict[str, str]]:
    return Predicate.RECEIVED_AWARD, person, name, {"year": year} if year else {}
