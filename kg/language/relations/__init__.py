"""What a text says of the things that it names: one module a family of predicates."""

from __future__ import annotations

from kg.language.annotations import Claim, Reading
from kg.language.relations import awards, events, organizations, people, places
from kg.vocabulary import Predicate

__all__ = ["find_claims"]

_TELLING = {Predicate.HOLDS_POST: "post", Predicate.WROTE_FOR: "role", Predicate.PARTICIPATES_IN: "item"}
"""The attribute by which statements between the same two ends differ."""


def find_claims(reading: Reading) -> list[Claim]:
    """Every relation that the text states, once each, in order of place.

    Two rules that find the same statement (predicate, ends, and what tells it from others between
    the same ends: post, role in the byline, item of the contest) give one claim: the first in order
    of place, with the attributes of both.
    """
    found: dict[tuple[str, ...], Claim] = {}
    for module in (people, awards, organizations, events, places):
        for claim in module.find_claims(reading):
            attributes = dict(claim.attributes)
            kind = attributes.get(_TELLING.get(claim.predicate, ""), "")
            key = (claim.predicate, claim.subject, claim.object, kind)
            if key in found:
                claim = _joined(found[key], claim)
            found[key] = claim
    return sorted(found.values(), key=lambda c: (c.start, c.spans, c.predicate, c.subject, c.object))


def _joined(one: Claim, other: Claim) -> Claim:
    first, second = sorted((one, other), key=lambda c: (c.start, c.end, c.rule))
    attributes = dict(second.attributes) | dict(first.attributes)
    return Claim(
        first.predicate,
        first.subject,
        first.object,
        first.rule,
        first.start,
        first.end,
        tuple(sorted(attributes.items())),
        first.spans,
    )
