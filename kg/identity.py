"""Who is who: the IRI under which every article knows a thing.

Inside one article the references have settled what is one thing; here a thing gets its name
across articles, made from content alone.
"""

from __future__ import annotations

from dataclasses import replace

from kg.model import Extraction
from kg.vocabulary import entity_iri

__all__ = ["identify"]


def identify(extraction: Extraction) -> Extraction:
    """The same extraction with an IRI on every entity."""
    return replace(
        extraction,
        entities=tuple(replace(e, id=entity_iri(e.type, e.name)) for e in extraction.entities),
    )
