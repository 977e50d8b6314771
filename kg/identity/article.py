"""An extraction as identity reads it: mentions in order, the article's divisions, its year and outlet."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from kg.identity import places
from kg.language.annotations import Name
from kg.language.gazetteer import Division, Surroundings, gazetteer
from kg.language.references.setting import Setting
from kg.language.structure import sentences
from kg.model import Entity, Extraction, Mention
from kg.vocabulary import EntityType

__all__ = ["Article", "codes"]

_NEAR: Final = 100
_AT_HOME: Final = 0.6
"""What part of the weightiest city's weight another needs to be a home of the article too."""

_DATE: Final = re.compile(r"((?:19|20)\d\d)年(?:\d{1,2}月)?")
_TAIL: Final = 60


class Article:
    """One article; every place is one of the repaired text."""

    def __init__(self, extraction: Extraction) -> None:
        self.extraction = extraction
        self.id = extraction.document.id
        self.text = extraction.document.text
        offsets = extraction.document.offsets
        found: list[tuple[int, int, Entity, Mention]] = []
        for entity in extraction.entities:
            for mention in entity.mentions:
                start = bisect_left(offsets, mention.span.start)
                end = bisect_left(offsets, mention.span.end)
                found.append((start, end, entity, mention))
        self.mentions = sorted(found, key=lambda row: (row[0], -row[1], row[2].key))
        self._starts = [row[0] for row in self.mentions]
        self._places: dict[str, list[tuple[int, int]]] = {}
        for start, end, entity, _ in self.mentions:
            self._places.setdefault(entity.key, []).append((start, end))
        self._by_end = sorted(self.mentions, key=lambda row: (row[1], -row[0], row[2].key))
        self._ends = [row[1] for row in self._by_end]

    @cached_property
    def setting(self) -> Setting:
        """The divisions of the article, as the references saw them."""
        names = [Name(s, e, entity.type, m.text, m.rule) for s, e, entity, m in self.mentions]
        return Setting(self.text, names, publisher=self.extraction.publisher)

    @cached_property
    def near(self) -> Surroundings:
        """The weightiest divisions, which settle an ambiguous name."""
        return gazetteer().around(self.setting.divisions[:_NEAR])

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """Codes of the cities that the article names, of provinces where it names no city of theirs."""
        return codes(d for d, _ in self.setting.named)

    @cached_property
    def home(self) -> tuple[str, ...]:
        """Codes of the cities of which the article speaks most."""
        weights: dict[str, float] = {}
        for division, weight in self.setting.named:
            city = places.union_level(division).code
            weights[city] = weights.get(city, 0.0) + weight
        for city in [c for c in weights if c.endswith("0000")]:
            if any(other[:2] == city[:2] for other in weights if other != city):
                del weights[city]
        most = max(weights.values(), default=0.0)
        return tuple(sorted(c for c, w in weights.items() if w >= _AT_HOME * most))

    @cached_property
    def year(self) -> int:
        """The year of the article, by its date or a date at its beginning or end; 0 where none is said."""
        published = self.extraction.published
        if published and published[:4].isdigit():
            return int(published[:4])
        for part in (self.text[-_TAIL:], self.text[: 2 * _TAIL]):
            years = {int(m[1]) for m in _DATE.finditer(part)}
            if len(years) == 1:
                return years.pop()
        return 0

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends."""
        return [(s.start, s.end) for s in sentences(self.text)]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence(self, place: int) -> int:
        """The number of the sentence at ``place``."""
        return max(0, bisect_right(self._sentence_starts, place) - 1)

    def within(self, start: int, end: int, *types: EntityType) -> list[tuple[int, int, Entity]]:
        """The names that begin and end in a stretch, of these types or of any."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [
            (s, e, entity)
            for s, e, entity, _ in self.mentions[low:high]
            if e <= end and (not types or entity.type in types)
        ]

    def before(self, place: int, reach: int, *types: EntityType) -> list[tuple[int, int, Entity]]:
        """The names that end at most ``reach`` characters before ``place``, the nearest first."""
        low, high = bisect_left(self._ends, place - reach), bisect_right(self._ends, place)
        return [
            (s, e, entity)
            for s, e, entity, _ in reversed(self._by_end[low:high])
            if not types or entity.type in types
        ]

    def places_of(self, entity: Entity) -> list[tuple[int, int]]:
        """Where an entity is named."""
        return self._places.get(entity.key, [])


def codes(divisions: Iterable[Division]) -> tuple[str, ...]:
    """Codes of the cities in which divisions lie, sorted; a province counts where no city of it is there."""
    cities = {places.union_level(d).code for d in divisions}
    return tuple(
        sorted(
            c for c in cities if not c.endswith("0000") or not any(o != c and o[:2] == c[:2] for o in cities)
        )
    )
