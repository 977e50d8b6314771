"""IRIs of what the graph adds to the things themselves: articles, places in them, statements, rules.

Each is made of what is said and of nothing else; that of a statement is the same in every
article that makes it, that of a figure belongs to its article, whose date it depends upon.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import sha256
from typing import Final

from kg.model import Entity, Span
from kg.vocabulary import ID, Predicate, entity_iri, entity_iri_parts, local_name

__all__ = [
    "article_id",
    "article_iri",
    "copies_iri",
    "date_iri",
    "derivation_iri",
    "derived_in",
    "graph_iri",
    "identification_iri",
    "interval_iri",
    "iri_of",
    "observation_iri",
    "role_iri",
    "rule_iri",
    "span_iri",
    "statement_iri",
]

_FAMILY: Final = {
    Predicate.HOLDS_POST: "membership",
    Predicate.RECEIVED_AWARD: "receipt",
    Predicate.PARTICIPATES_IN: "participation",
}
_LEGIBLE: Final = 16


def article_iri(article: str) -> str:
    """The IRI of the article with this id; the named graph of what it states has the same.

    >>> article_iri("d12b36c59bcc273d")
    'https://w3id.org/union-kg/id/article/d12b36c59bcc273d'
    """
    return f"{ID}article/{local_name(article)}"


def article_id(iri: str) -> str | None:
    """The id of the article with this IRI, or None if it is no article's."""
    head = f"{ID}article/"
    return iri.removeprefix(head).partition("#")[0] if iri.startswith(head) else None


def graph_iri(name: str) -> str:
    """The IRI of a graph that is no article's.

    >>> graph_iri("derived")
    'https://w3id.org/union-kg/id/graph/derived'
    """
    return f"{ID}graph/{local_name(name)}"


def derived_in(article: str) -> str:
    """The graph in which the store keeps what follows from one article, beside the graph of all of it.

    >>> derived_in("d12b")
    'https://w3id.org/union-kg/id/graph/derived/d12b'
    """
    return f"{ID}graph/derived/{local_name(article)}"


def copies_iri(article: str) -> str:
    """The IRI of a text that several articles carry, by the least of their ids."""
    return f"{ID}copies/{local_name(article)}"


def identification_iri(article: str, key: str) -> str:
    """The IRI of the record of what an entity of an article was taken for."""
    kind, _, name = key.partition("/")
    return f"{ID}identification/{_short(name or kind)}-{_digest([article, key])}"


def derivation_iri(subject: str, relation: str, object: str) -> str:  # noqa: A002
    """The IRI of the record of a relation that a rule concluded."""
    return f"{ID}derivation/{_legible(subject)}-{_legible(object)}-{_digest([subject, relation, object])}"


def span_iri(article: str, span: Span) -> str:
    """A stretch of an article, as a text fragment by RFC 5147.

    >>> span_iri("d12b", Span(3, 9))
    'https://w3id.org/union-kg/id/article/d12b#char=3,9'
    """
    return f"{article_iri(article)}#char={span.start},{span.end}"


def iri_of(entity: Entity) -> str:
    """The IRI that identity gave to the entity, or the one that its type and name make."""
    return entity.id or entity_iri(entity.type, entity.name)


def statement_iri(
    predicate: Predicate,
    subject: str,
    object: str,  # noqa: A002
    attributes: Iterable[tuple[str, str]],
) -> str:
    """The IRI of a statement: legible names of its ends and a digest of all that it says."""
    content = [predicate, subject, object, *sorted(attributes)]
    family = _FAMILY.get(predicate, "statement")
    return f"{ID}{family}/{_legible(subject)}-{_legible(object)}-{_digest(content)}"


def observation_iri(article: str, subject: str, measure: str, figure: Iterable[str]) -> str:
    """The IRI of a figure in an article; ``figure`` is value, unit, modifier and period."""
    head = f"{_legible(subject)}-" if subject else ""
    return f"{ID}observation/{head}{_short(measure)}-{_digest([article, subject, measure, *figure])}"


def role_iri(post: str) -> str:
    """The IRI of a post that people hold.

    Raises:
        ValueError: if the post is empty.
    """
    if not post.strip():
        raise ValueError("a post without a name has no IRI")
    return f"{ID}role/{local_name(post)}"


def rule_iri(rule: str) -> str:
    """The IRI of the rule or model that found something.

    >>> rule_iri("grammar:document")
    'https://w3id.org/union-kg/id/rule/grammar:document'
    """
    return f"{ID}rule/{local_name(rule or 'unknown', more=':')}"


def date_iri(day: date) -> str:
    """The IRI of a day."""
    return f"{ID}date/{day.isoformat()}"


def interval_iri(first: date, last: date) -> str:
    """The IRI of the time from the first day to the last, both in it (ISO 8601's ``--`` stands for ``/``)."""
    return f"{ID}interval/{first.isoformat()}--{last.isoformat()}"


def _legible(iri: str) -> str:
    parts = entity_iri_parts(iri)
    return _short(parts[1] if parts else article_id(iri) or "")


def _short(name: str) -> str:
    return local_name(name[:_LEGIBLE])


def _digest(content: Sequence[object]) -> str:
    return sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()[:12]
