"""What travels through the system: frozen values, standard library only.

Every offset is a half-open range of Unicode code points. Two coordinate systems exist and
never mix: the *source* (the decoded text as it came, :attr:`Document.source`) and the
*text* (the same, repaired for reading, :attr:`Document.text`). The language side works in
text coordinates; everything in this module after :class:`Document` is in source coordinates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.vocabulary import DOCUMENT, EntityType, Predicate, Subtype

__all__ = [
    "Document",
    "Entity",
    "Evidence",
    "Extraction",
    "Fact",
    "Mention",
    "Metadata",
    "Observation",
    "Rejection",
    "Span",
]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points: ``start`` is in it, ``end`` is not.

    Raises:
        ValueError: if the range is empty or runs backwards.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}:{self.end}")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says of itself outside its text; ``None`` where it says nothing.

    ``published`` is an ISO 8601 date (``2025-01-16``, ``2025-01`` or ``2025``).
    """

    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One article as it was read.

    ``offsets[i]`` is the place in ``source`` of the character ``text[i]``; it is strictly
    increasing, and as long as ``text``.
    """

    id: str
    path: str
    source: str
    text: str
    offsets: tuple[int, ...] | range
    format: str = "txt"
    encoding: str = "utf-8"
    metadata: Metadata = field(default_factory=Metadata)

    def __post_init__(self) -> None:
        if len(self.offsets) != len(self.text):
            raise ValueError(f"{self.path}: {len(self.text)} characters but {len(self.offsets)} offsets")

    def to_source(self, start: int, end: int) -> Span:
        """The span in the source of ``text[start:end]``.

        >>> d = Document("d", "d.txt", "云 浮", "云浮", (0, 2))
        >>> d.to_source(0, 2)
        Span(start=0, end=3)
        """
        return Span(self.offsets[start], self.offsets[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a thing is named; ``text`` is the name as it is to be read."""

    span: Span
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sentence that states something, and the spans in it that carry the statement."""

    span: Span
    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing that the article speaks of, however often and in however many forms.

    ``key`` is unique in the article and made from content; ``id`` is the IRI under which
    every article knows the thing, empty until identity has been settled.
    """

    key: str
    type: EntityType
    name: str
    subtype: Subtype | None = None
    aliases: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement that one thing has a relation to another (or to this article)."""

    predicate: Predicate
    subject: str
    object: str
    evidence: Evidence
    rule: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Observation:
    """A number that the article states of something.

    ``subject`` is an entity key, or empty where the text names no owner; ``value`` is a plain
    number with 万 and 亿 multiplied out; ``unit``, ``modifier`` and ``period`` are words of the text.
    """

    subject: str
    measure: str
    value: int | float
    unit: str
    evidence: Evidence
    rule: str
    modifier: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A candidate that was seen and not taken, with the reason."""

    span: Span
    text: str
    type: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one article."""

    document: Document
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    observations: tuple[Observation, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    title: str | None = None
    publisher: str | None = None
    published: str | None = None

    def __repr__(self) -> str:
        name = self.title or self.document.id
        counts = f"{len(self.entities)} entities, {len(self.facts)} facts, {len(self.observations)} figures"
        return f"<Extraction {name!r}: {counts}>"

    def _repr_html_(self) -> str:
        from kg.markup import extraction_html  # only notebooks ask for it

        return extraction_html(self)

    def entity(self, key: str) -> Entity:
        """The entity with this key.

        Raises:
            KeyError: if the article has none.
        """
        for entity in self.entities:
            if entity.key == key:
                return entity
        raise KeyError(key)

    def to_dict(self) -> dict[str, Any]:
        """The JSON form: names at the ends of facts, offsets into the source."""
        names = {e.key: e.name for e in self.entities} | {DOCUMENT: DOCUMENT, "": None}
        return {
            "document": {
                "id": self.document.id,
                "title": self.title,
                "published": self.published,
                "publisher": self.publisher,
                "path": self.document.path,
            },
            "entities": [_entity_dict(e) for e in self.entities],
            "facts": [
                {
                    "predicate": f.predicate,
                    "subject": names[f.subject],
                    "object": names[f.object],
                    "attributes": dict(f.attributes),
                    "subject_id": _id_of(self, f.subject),
                    "object_id": _id_of(self, f.object),
                    "evidence": _evidence_dict(f.evidence),
                    "rule": f.rule,
                }
                for f in self.facts
            ],
            "observations": [
                {
                    "subject": names[o.subject],
                    "subject_id": _id_of(self, o.subject),
                    "measure": o.measure,
                    "value": o.value,
                    "unit": o.unit,
                    "modifier": o.modifier,
                    "period": o.period,
                    "evidence": _evidence_dict(o.evidence),
                    "rule": o.rule,
                }
                for o in self.observations
            ],
        }


def _id_of(extraction: Extraction, key: str) -> str | None:
    if key in ("", DOCUMENT):
        return None
    return extraction.entity(key).id or None


def _entity_dict(entity: Entity) -> dict[str, Any]:
    return {
        "type": entity.type,
        "subtype": entity.subtype,
        "name": entity.name,
        "aliases": list(entity.aliases),
        "id": entity.id or None,
        "mentions": [
            {"start": m.span.start, "end": m.span.end, "text": m.text, "rule": m.rule}
            for m in entity.mentions
        ],
    }


def _evidence_dict(evidence: Evidence) -> Mapping[str, Any]:
    return {
        "start": evidence.span.start,
        "end": evidence.span.end,
        "text": evidence.text,
        "spans": [[s.start, s.end] for s in evidence.spans],
    }
