"""Names of the things in the graph, to be found by what people type of them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from kg.graph import Graph
from kg.graph.things import Thing
from kg.server.pinyin import spoken
from kg.server.reader import Reader

__all__ = ["Found", "Hit", "Named", "Names", "Search", "names_of"]

_DROPPED: Final = re.compile(r"[\s\u3000《》〈〉“”‘’「」『』\"'()（）·•,，、。.:：\-—_]+")
_ALIKE: Final = 0.5
_TYPED: Final = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with its names; ``mentions`` is how often articles name it."""

    iri: str
    label: str
    type: str
    subtype: str
    aliases: tuple[str, ...]
    mentions: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found, by which of its names, and how well from 0 to 100."""

    thing: Named
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """A part of what was found, and how much there is in all."""

    hits: tuple[Hit, ...]
    total: int


@dataclass
class Names:
    """All things, the most named first."""

    things: tuple[Named, ...]

    @classmethod
    def of(cls, things: Iterable[Thing], mentions: dict[str, int]) -> Names:
        """The names of things that are mentioned so often."""
        found = (Named(t.iri, t.label, t.type, t.subtype, t.aliases, mentions.get(t.iri, 0)) for t in things)
        return cls(tuple(sorted(found, key=lambda n: (-n.mentions, n.label, n.iri))))

    def of_type(self, types: Collection[str]) -> list[Named]:
        """The things of these types; all where none is given."""
        return [thing for thing in self.things if not types or thing.type in types]

    def search(self, text: str, *, types: Collection[str] = (), limit: int = 10, skip: int = 0) -> Found:
        """What has a name, an alias, pinyin or initials that hold ``text``, the best first.

        Where nothing does, what has a name that is nearly the same.
        """
        key = folded(text)
        if not key:
            return Found((), 0)
        typed = bool(_TYPED.fullmatch(key))
        hits = [
            hit
            for thing, names in zip(self.things, self._folded, strict=True)
            if not types or thing.type in types
            for hit in _hit(thing, names, key, typed=typed)
        ]
        if not hits:
            hits = list(self.alike(text, types=types))
        hits.sort(key=lambda h: (-h.score, -h.thing.mentions, len(h.name), h.thing.label, h.thing.iri))
        return Found(tuple(hits[skip : skip + limit]), len(hits))

    def alike(self, text: str, *, types: Collection[str] = ()) -> Iterator[Hit]:
        """Things with a name of which at least half of the pairs of letters are those of ``text``."""
        wanted = _pairs(folded(text))
        shared = Counter(i for pair in wanted for i in self._index.get(pair, ()))
        for i, number in shared.most_common(500):
            thing = self.things[i]
            if number * 4 < len(wanted) or (types and thing.type not in types):
                continue
            score, best = max((_likeness(wanted, name), -n) for n, name in enumerate(self._folded[i]))
            if score >= _ALIKE:
                yield Hit(thing, _named(thing, -best), round(85 * score, 1))

    @cached_property
    def _folded(self) -> list[list[str]]:
        """The names of each thing as they are compared: its label and then its aliases."""
        return [[folded(name) for name in (thing.label, *thing.aliases)] for thing in self.things]

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: defaultdict[str, list[int]] = defaultdict(list)
        for i, names in enumerate(self._folded):
            for pair in {pair for name in names for pair in _pairs(name)}:
                index[pair].append(i)
        return index


def _hit(thing: Named, names: list[str], key: str, *, typed: bool) -> Iterator[Hit]:
    """The thing, if one of its folded names holds the key or sounds as it."""
    score, best = max((_agreement(name, key, 95 if n else 100), -n) for n, name in enumerate(names))
    if score == 0 and typed:
        score, best = max((90 * spoken(name, key), -n) for n, name in enumerate(names))
    if score:
        yield Hit(thing, _named(thing, -best), score)


def _named(thing: Named, number: int) -> str:
    return thing.aliases[number - 1] if number else thing.label


def folded(name: str) -> str:
    """A name without what people leave out when they type it: width, case, spaces, quotation marks.

    >>> folded("《云浮市 总工会》 ＡＢ")
    '云浮市总工会ab'
    """
    return _DROPPED.sub("", unicodedata.normalize("NFKC", name[:300]).casefold())


def _agreement(name: str, key: str, most: float) -> float:
    """How well a folded name agrees with what was typed: all of it, its beginning, a part of it."""
    if name == key:
        return most
    if name.startswith(key):
        return most - 10
    return most - 25 if key in name else 0.0


def _pairs(text: str) -> list[str]:
    return [a + b for a, b in pairwise(f" {text} ")]


def _likeness(wanted: list[str], name: str) -> float:
    """Twice the pairs that both have over all pairs (Dice's coefficient)."""
    other = _pairs(name)
    shared = sum((Counter(wanted) & Counter(other)).values())
    return 2 * shared / (len(wanted) + len(other))


def names_of(reader: Reader) -> Names:
    """The names in the graph, found once for each state of it."""
    return reader.kept("names", _names)


def _names(graph: Graph) -> Names:
    rows = graph.query("SELECT ?it (COUNT(?mention) AS ?n) { ?mention kg:refersTo ?it } GROUP BY ?it")
    return Names.of(graph.things(), {str(row.it): int(str(row.n)) for row in rows})


@dataclass(frozen=True, slots=True)
class Search:
    """What is called so; an empty text finds all things of the types."""

    text: str
    types: tuple[str, ...] = ()
    limit: int = 10
    skip: int = 0

    def __call__(self, reader: Reader) -> Found:
        """Search."""
        names = names_of(reader)
        if self.text.strip():
            return names.search(self.text, types=self.types, limit=self.limit, skip=self.skip)
        things = names.of_type(self.types)
        shown = things[self.skip : self.skip + self.limit]
        return Found(tuple(Hit(thing, thing.label, 100) for thing in shown), len(things))
