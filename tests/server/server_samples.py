"""An article in which every name, and all that is said, is hostile."""

from __future__ import annotations

from itertools import cycle
from typing import Final

from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Observation, Span
from kg.vocabulary import DOCUMENT, EntityType, Predicate, Subtype
from tests.hostile_strings import HOSTILE

__all__ = ["HOSTILE_ARTICLE", "NAMES", "hostile"]

HOSTILE_ARTICLE: Final = "cccc000000000003"
NAMES: Final = tuple(
    text for text in HOSTILE if text.strip() and not any("\ud800" <= c <= "\udfff" for c in text)
)
"""The hostile strings that can be names: a lone surrogate is no text that a file could hold."""


def hostile() -> Extraction:
    """One sentence a name; each name has a relation to the next, a figure, and another one as its alias."""
    lines = [f"{name} 实施。" for name in NAMES]
    text = "".join(lines)
    document = Document(HOSTILE_ARTICLE, NAMES[0], text, text, range(len(text)))
    entities, facts, figures = [], [], []
    at = 0
    kinds = cycle(EntityType)
    for number, (name, line) in enumerate(zip(NAMES, lines, strict=True)):
        kind = next(kinds)
        span = Span(at, at + len(name))
        sentence = Evidence(Span(at, at + len(line)), line, (span,))
        aliases = (NAMES[number - 1],)
        subtype = Subtype.OTHER if kind is EntityType.ORGANIZATION else None
        mention = Mention(span, name, f"rule:{name[:20]}")
        entities.append(Entity(f"e{number}", kind, name, subtype, aliases, (mention,)))
        other = f"e{(number + 1) % len(NAMES)}"
        said = (("post", name), ("rank", name), ("year", "2024"))
        facts.append(Fact(Predicate.IMPLEMENTS, f"e{number}", other, sentence, name[:20]))
        facts.append(Fact(Predicate.HOLDS_POST, f"e{number}", other, sentence, name[:20], said))
        figures.append(
            Observation(f"e{number}", name, number, name[:30], sentence, "rule", name[:30], name[:30])
        )
        at += len(line)
    facts.append(Fact(Predicate.WROTE_FOR, "e1", DOCUMENT, facts[0].evidence, "rule", (("role", NAMES[0]),)))
    return Extraction(
        document,
        tuple(entities),
        tuple(facts),
        tuple(figures),
        title=NAMES[1],
        publisher=NAMES[2],
        published="2024-05",
    )
