"""Who is who: the IRI under which every article knows a thing, why, and what follows from the names.

An article gives a :class:`Profile`: what its things are called and what it says of them that tells them
from others. :func:`link` makes of the profiles of all articles, and of what people have decided, which
things are one; a :class:`Linker` does the same for articles that come, change and go. :func:`conclude`
says what follows from the names of an article's things: what is part of what, levels and kinds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.identity.decisions import Decision, Reference, Verdict, dump_decisions, load_decisions
from kg.identity.evidence import Profile
from kg.identity.hierarchy import Conclusion, Conclusions, Node, Value, conclude
from kg.identity.items import Assignment
from kg.identity.linker import VERSION, Doubt, Linker, Links, link
from kg.identity.linking import name_of
from kg.identity.profiles import profile
from kg.identity.reasons import conclusion_words, explain
from kg.model import Entity, Extraction
from kg.vocabulary import entity_iri_parts

__all__ = [
    "VERSION",
    "Assignment",
    "Conclusion",
    "Conclusions",
    "Decision",
    "Doubt",
    "Linker",
    "Links",
    "Node",
    "Profile",
    "Reference",
    "Value",
    "Verdict",
    "conclude",
    "conclusion_words",
    "dump_decisions",
    "explain",
    "identified",
    "identify",
    "link",
    "load_decisions",
    "name_of",
    "profile",
]


def identify(extractions: Iterable[Extraction], decisions: Iterable[Decision] = ()) -> list[Extraction]:
    """The same extractions, in their order, with the IRI of the thing that it is on every entity.

    Entities of one article that turn out to be one thing become one entity.
    """
    found = list(extractions)
    links = link(map(profile, found), decisions)
    return [identified(e, links[e.document.id].assignments) for e in found]


def identified(extraction: Extraction, assignments: Mapping[str, Assignment]) -> Extraction:
    """The extraction with the IRIs of these assignments; entities of one IRI become one.

    Raises:
        KeyError: if an entity has no assignment.
    """
    groups: dict[str, list[Entity]] = {}
    for entity in extraction.entities:
        groups.setdefault(assignments[entity.key].id, []).append(entity)
    merged = {id_: _merged(id_, entities) for id_, entities in groups.items()}
    keys = {e.key: merged[assignments[e.key].id].key for e in extraction.entities}
    key = {old: new for old, new in keys.items() if old != new}
    facts = (
        replace(f, subject=key.get(f.subject, f.subject), object=key.get(f.object, f.object))
        if f.subject in key or f.object in key
        else f
        for f in extraction.facts
    )
    return replace(
        extraction,
        entities=tuple(merged.values()),
        facts=tuple(dict.fromkeys(f for f in facts if f.subject != f.object)),
        observations=tuple(
            replace(o, subject=key[o.subject]) if o.subject in key else o for o in extraction.observations
        ),
    )


def _merged(id_: str, entities: list[Entity]) -> Entity:
    """Entities that are one thing as one: under its own name or else the fullest, with all mentions."""
    if len(entities) == 1:
        return replace(entities[0], id=id_)
    parts = entity_iri_parts(id_)
    own = parts[1] if parts else ""
    first = max(entities, key=lambda e: (e.name == own, len(e.mentions) > 0, len(e.name), e.name))
    forms = {form for e in entities for form in (e.name, *e.aliases)} - {first.name}
    mentions = sorted({m for e in entities for m in e.mentions}, key=lambda m: (m.span, m.text, m.rule))
    return replace(
        first,
        id=id_,
        aliases=tuple(sorted(forms)),
        mentions=tuple(mentions),
        subtype=next((e.subtype for e in (first, *entities) if e.subtype), None),
    )
