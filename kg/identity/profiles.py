"""The profile of an article: what its things are called and what tells them from others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Final

from kg.identity.article import Article
from kg.identity.evidence import Copy, Known, Profile, Thing
from kg.identity.named import named_things
from kg.identity.organizations import organizations
from kg.identity.people import people
from kg.model import Extraction
from kg.vocabulary import EntityType

__all__ = ["profile"]

_CLAUSE: Final = re.compile(r"[^，。；：！？!?,;:\n“”（）()]+")
_SHORTEST: Final = 8
_DIGEST: Final = 12


def profile(extraction: Extraction, corrections: Mapping[str, str] | None = None) -> Profile:
    """What identity needs to know of an article, from its extraction alone.

    Args:
        extraction: what was found in the article.
        corrections: by entity key, the name that a person has given as the right one.
    """
    article = Article(_corrected(extraction, corrections or {}))
    bodies = organizations(article)
    media = {t.key: t.evidence.name for t in bodies if isinstance(t.evidence, Known)}
    things = [*bodies, *named_things(article), *people(article, media)]
    return Profile(article.id, tuple(sorted(things, key=lambda t: t.key)), _copy(article))


def _corrected(extraction: Extraction, corrections: Mapping[str, str]) -> Extraction:
    if not corrections:
        return extraction
    entities = (
        replace(e, name=corrections[e.key]) if e.key in corrections else e for e in extraction.entities
    )
    return replace(extraction, entities=tuple(entities))


def _copy(article: Article) -> Copy:
    """The clauses that name something, by digest: reprints share most of them, whatever was cut or added."""
    named = article.mentions
    found: dict[str, int] = {}
    marks: set[str] = set()
    i = 0
    for match in _CLAUSE.finditer(article.text):
        words = re.sub(r"\s", "", match[0])
        while i < len(named) and named[i][0] < match.start():
            i += 1
        holds = i < len(named) and named[i][0] < match.end()
        if len(words) >= _SHORTEST and (holds or re.search(r"\d", words)):
            digest = sha256(words.encode()).hexdigest()[:_DIGEST]
            found[digest] = len(words)
            if article.within(match.start(), match.end(), EntityType.PERSON, EntityType.PLACE):
                marks.add(digest)
    people_and_bodies = (EntityType.PERSON, EntityType.ORGANIZATION)
    names = {e.name for e in article.extraction.entities if e.type in people_and_bodies}
    return Copy(tuple(sorted(found.items())), tuple(sorted(names)), tuple(sorted(marks)))


def things_by_key(found: Profile) -> dict[str, Thing]:
    """The things of a profile by their keys."""
    return {thing.key: thing for thing in found.things}
