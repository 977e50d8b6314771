"""The profile of an article: what its things are called and what tells them from others."""

from __future__ import annotations

from kg.identity.article import Article
from kg.identity.copies import fingerprint
from kg.identity.evidence import Copy, Known, Profile
from kg.identity.named import named_things
from kg.identity.organizations import organizations
from kg.identity.people import people
from kg.model import Extraction
from kg.vocabulary import EntityType

__all__ = ["profile"]


def profile(extraction: Extraction) -> Profile:
    """What identity needs to know of an article, from its extraction alone."""
    article = Article(extraction)
    bodies = organizations(article)
    media = {t.key: t.evidence.name for t in bodies if isinstance(t.evidence, Known)}
    things = [*bodies, *named_things(article), *people(article, media)]
    return Profile(article.id, tuple(sorted(things, key=lambda t: t.key)), _copy(article))


def _copy(article: Article) -> Copy:
    told = (EntityType.PERSON, EntityType.ORGANIZATION)
    names = (e.name for e in article.extraction.entities if e.type in told)
    telling = article.within(0, len(article.text), EntityType.PERSON, EntityType.PLACE)
    return fingerprint(article.text, names, ((start, end) for start, end, _ in telling))
