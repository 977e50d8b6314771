"""A text from end to end: all steps in their order, from plain text to what it states.

The steps are those of :mod:`kg.language.pipeline`, which offers each of them as a spaCy component and
keeps what they hand on in ``doc._``. Here the values go from hand to hand: spaCy, which takes longer
to import than an article takes to read, is not needed, and a text of a million characters becomes no
million tokens.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.language import grammar, posts, quantities, relations
from kg.language.annotations import Reading
from kg.language.conflicts import Rejected, settle
from kg.language.masthead import Masthead, find_masthead
from kg.language.recogniser import Recogniser
from kg.language.references import resolve
from kg.language.shape import mended
from kg.language.structure import sentences
from kg.language.subjects import main_organization
from kg.model import Metadata

__all__ = ["Understanding", "understand"]


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a text states, what it says of itself, and the candidates that were not taken."""

    reading: Reading
    masthead: Masthead
    rejected: tuple[Rejected, ...]
    refused: tuple[quantities.Refused, ...] = ()
    """Numbers that are no figures."""


def understand(text: str, metadata: Metadata | None = None) -> Understanding:
    """Everything that is found in a repaired text; the same as the pipeline of spaCy finds.

    >>> found = understand("2024年，云浮市总工会举办第三届云浮市职工技能大赛。")
    >>> [claim.predicate.value for claim in found.reading.claims]
    ['organizes']
    """
    head = find_masthead(text, metadata)
    cut = sentences(text)
    seen, seen_posts = Recogniser.load().find(text, cut)
    candidates, refused = mended(text, [*seen, *grammar.find_names(text, seen, head.bylines)])
    names, rejected = settle(candidates)
    reading = Reading(
        text,
        sentences=cut,
        referents=tuple(resolve(text, cut, names, publisher=head.publisher)),
        posts=tuple(posts.find_posts(text, seen, seen_posts)),
        bylines=head.bylines,
        published=head.published,
    )
    claims = tuple(relations.find_claims(reading))
    figures, numbers = quantities.weigh_figures(reading)
    owner = main_organization(reading) or ""
    reading = replace(reading, owner=owner, claims=claims, figures=tuple(figures))
    return Understanding(reading, head, (*refused, *rejected), tuple(numbers))
