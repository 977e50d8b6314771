"""How good the system is, and how good a part of it is when the parts before it are perfect."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kg.language.annotations import Name, Reading, Referent
from kg.language.structure import sentences
from kg.vocabulary import EntityType, Subtype

__all__ = ["reading_from_gold"]


def reading_from_gold(text: str, gold: Mapping[str, Any]) -> Reading:
    """A reading in which every name that the gold article knows is found and resolved.

    It serves to measure facts and figures apart from recognition. Where one form belongs to
    several entities the first takes it; longer forms go before shorter ones. ``text`` must be
    repaired text.
    """
    forms: list[tuple[str, int]] = []
    for i, entity in enumerate(gold["entities"]):
        for form in {entity["name"], *entity["aliases"]}:
            bare = form.strip('“”"《》‘’')
            forms += [(f, i) for f in {form, bare} if f]
    forms.sort(key=lambda pair: (-len(pair[0]), pair[1]))
    taken = [False] * len(text)
    names: dict[int, list[Name]] = {}
    for form, i in forms:
        kind = EntityType(gold["entities"][i]["type"])
        start = text.find(form)
        while start >= 0:
            end = start + len(form)
            if not any(taken[start:end]):
                taken[start:end] = [True] * len(form)
                names.setdefault(i, []).append(Name(start, end, kind, form, "gold"))
            start = text.find(form, start + 1)
    referents = tuple(
        Referent(
            key=f"{entity['type']}/{entity['name']}",
            type=EntityType(entity["type"]),
            name=entity["name"],
            subtype=Subtype(entity["subtype"]) if entity.get("subtype") else None,
            aliases=tuple(entity["aliases"]),
            names=tuple(sorted(names.get(i, []))),
        )
        for i, entity in enumerate(gold["entities"])
    )
    return Reading(text=text, sentences=sentences(text), referents=referents)
