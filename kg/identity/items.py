"""What is linked: the evidence of a thing with its references resolved, and what linking makes of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from kg.identity.evidence import Own, Part, PersonSaid, Scoped, said_by
from kg.vocabulary import EntityType

__all__ = ["Assignment", "Item", "Resolved", "signature_of"]

Resolved = Own | Part | Scoped | PersonSaid
_KINDS: Final = {kind.__name__: kind for kind in (Own, Part, Scoped, PersonSaid)}


@dataclass(frozen=True, slots=True)
class Assignment:
    """Which thing an entity of an article is: its IRI, by which rule, and on what this rests.

    ``certain`` is False where it is merged on likeness alone, or kept from its namesakes for want of
    evidence. ``cities`` are the codes of the cities in which it lies, where that is known.
    """

    id: str
    rule: str
    grounds: tuple[str, ...] = ()
    certain: bool = True
    cities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """The evidence of things that are alike in all that counts; they are linked as one.

    In the evidence, keys of other things are replaced by their IRIs. ``copy`` is the group of reprints,
    ``refs`` are articles and keys that decisions name, ``article`` is set where nothing but the article
    tells the thing from others, ``forced`` is the IRI of a thing of another kind that it was decided to be.
    """

    type: EntityType
    evidence: Resolved
    copy: str = ""
    article: str = ""
    refs: tuple[str, ...] = ()
    forced: str = ""

    def dumps(self) -> str:
        """The item as JSON; equal items give equal text."""
        content = [
            self.type,
            type(self.evidence).__name__,
            said_by(self.evidence),
            self.copy,
            self.article,
            self.refs,
            self.forced,
        ]
        return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @property
    def evidence_name(self) -> str:
        """What the thing is called."""
        return self.evidence.suffix if isinstance(self.evidence, Part) else self.evidence.name

    @classmethod
    def loads(cls, content: str) -> Item:
        """The item that :meth:`dumps` wrote."""
        kind, what, said, copy, article, refs, forced = json.loads(content)
        evidence = _KINDS[what](**{k: _tupled(v) for k, v in said.items()})
        return cls(EntityType(kind), evidence, copy, article, _tupled(refs), forced)


def signature_of(content: str) -> str:
    """A digest of an item as JSON."""
    return sha256(content.encode()).hexdigest()[:20]


def _tupled(value: Any) -> Any:
    return tuple(_tupled(v) for v in value) if isinstance(value, list) else value
