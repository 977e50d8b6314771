"""What was found in an article, as people have corrected it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Entity, Extraction, Fact, Observation
from kg.reviewing.decisions import Decision, Judgement, question, question_parts
from kg.reviewing.words import TYPES
from kg.vocabulary import DOCUMENT, EntityType

__all__ = ["corrected", "entity_question", "fact_question", "figure_question"]

_TYPES = {word: kind for kind, word in TYPES.items()} | {str(kind): kind for kind in EntityType}


def entity_question(extraction: Extraction, entity: Entity) -> str:
    """The key of the question whether this is such a thing, so called."""
    return question("entity", extraction.document.id, entity.type, entity.name)


def fact_question(extraction: Extraction, fact: Fact) -> str:
    """The key of the question whether the article states this."""
    said = ",".join(f"{name}={value}" for name, value in sorted(fact.attributes))
    ends = (_name(extraction, fact.subject), _name(extraction, fact.object))
    return question("fact", extraction.document.id, fact.predicate, *ends, said)


def figure_question(extraction: Extraction, figure: Observation) -> str:
    """The key of the question whether the article gives this figure."""
    parts = (_name(extraction, figure.subject), figure.measure, str(figure.value), figure.unit, figure.period)
    return question("figure", extraction.document.id, *(part or "" for part in parts))


def _name(extraction: Extraction, key: str) -> str:
    return key if key in ("", DOCUMENT) else extraction.entity(key).name


def corrected(extraction: Extraction, decisions: Iterable[Decision]) -> tuple[Extraction, set[str]]:
    """The extraction with the decisions on it carried out, and the questions that it still raises.

    A decision whose question is not among these no longer applies: the text has changed, or what
    is found in it.
    """
    own = {d.question: d for d in decisions if _article(d.question) == extraction.document.id}
    raised: set[str] = set()
    if not own:
        return extraction, raised
    facts = tuple(f for fact in extraction.facts for f in _fact(extraction, fact, own, raised))
    figures = tuple(o for figure in extraction.observations for o in _figure(extraction, figure, own, raised))
    moved: dict[str, Entity | None] = {}
    for entity in extraction.entities:
        key = entity_question(extraction, entity)
        if key in own:
            raised.add(key)
            moved[entity.key] = _entity(entity, own[key])
    return _moved(replace(extraction, facts=facts, observations=figures), moved), raised


def _article(key: str) -> str:
    parts = question_parts(key)
    return parts[1] if len(parts) > 1 and parts[0] in ("entity", "fact", "figure") else ""


def _entity(entity: Entity, decision: Decision) -> Entity | None:
    if decision.judgement == Judgement.WRONG:
        return None
    if decision.judgement == Judgement.RIGHT:
        return entity
    kind = _TYPES.get(decision.value)
    if kind:
        subtype = entity.subtype if kind == entity.type else None
        return replace(entity, type=kind, subtype=subtype, key=f"{kind}/{entity.name}")
    aliases = tuple(sorted({*entity.aliases, entity.name} - {decision.value}))
    return replace(entity, name=decision.value, aliases=aliases, key=f"{entity.type}/{decision.value}")


def _fact(extraction: Extraction, fact: Fact, own: dict[str, Decision], raised: set[str]) -> list[Fact]:
    key = fact_question(extraction, fact)
    decision = own.get(key)
    if decision is None:
        return [fact]
    if decision.judgement == Judgement.WRONG:
        raised.add(key)
        return []
    if decision.judgement == Judgement.RIGHT:
        raised.add(key)
        return [fact]
    name, equals, value = decision.value.partition("=")
    if equals:
        raised.add(key)
        return [replace(fact, attributes=tuple(sorted((dict(fact.attributes) | {name: value}).items())))]
    others = [e.key for e in extraction.entities if decision.value in (e.name, *e.aliases)]
    if len(others) != 1:  # it cannot be told which thing is meant: reported as not applicable
        return [fact]
    raised.add(key)
    return [replace(fact, object=others[0])]


def _figure(
    extraction: Extraction, figure: Observation, own: dict[str, Decision], raised: set[str]
) -> list[Observation]:
    key = figure_question(extraction, figure)
    decision = own.get(key)
    if decision is None:
        return [figure]
    if decision.judgement == Judgement.INSTEAD:
        try:
            number = float(decision.value.replace(",", ""))
        except ValueError:
            return [figure]
        raised.add(key)
        return [replace(figure, value=int(number) if number == int(number) else number)]
    raised.add(key)
    return [figure] if decision.judgement == Judgement.RIGHT else []


def _moved(extraction: Extraction, moved: dict[str, Entity | None]) -> Extraction:
    """The extraction with entities taken out, renamed or joined, and with what is said of them."""
    entities: dict[str, Entity] = {}
    for entity in extraction.entities:
        now = moved.get(entity.key, entity)
        if now is not None:
            known = entities.get(now.key)
            entities[now.key] = _joined(known, now) if known else now
    keys = {key: entity.key if entity else None for key, entity in moved.items()}
    facts = []
    for fact in extraction.facts:
        subject, target = keys.get(fact.subject, fact.subject), keys.get(fact.object, fact.object)
        if subject is not None and target is not None:
            facts.append(replace(fact, subject=subject, object=target))
    figures = tuple(replace(o, subject=keys.get(o.subject, o.subject) or "") for o in extraction.observations)
    return replace(extraction, entities=tuple(entities.values()), facts=tuple(facts), observations=figures)


def _joined(one: Entity, other: Entity) -> Entity:
    aliases = {*one.aliases, *other.aliases, other.name} - {one.name}
    mentions = tuple(sorted({*one.mentions, *other.mentions}, key=lambda m: (m.span.start, m.span.end)))
    return replace(
        one, subtype=one.subtype or other.subtype, aliases=tuple(sorted(aliases)), mentions=mentions
    )
