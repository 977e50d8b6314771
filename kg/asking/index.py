"""The names that a graph knows, to be found in a question: whole, without quotation marks, in part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final, Protocol
from urllib.parse import unquote

from kg.asking.places import Division, divisions, under
from kg.asking.tables import words
from kg.language.lexicon import column
from kg.vocabulary import EntityType, Subtype

__all__ = ["Index", "Named", "plain"]

_MARKS: Final = re.compile(r"[\s“”‘’\"'「」『』《》〈〉]+")
_UNION: Final = "总工会"
_SHORTEST_PART: Final = 3
_MOST_NAMES: Final = 40
_LEGAL: Final = re.compile(r"(股份|集团)?(有限|有限责任)?公司$")


class Named(Protocol):
    """What must be known of a thing to find it in a question."""

    @property
    def iri(self) -> str:
        """Its IRI."""

    @property
    def label(self) -> str:
        """Its name."""

    @property
    def type(self) -> str:
        """Its type, such as ``Person``."""

    @property
    def subtype(self) -> str:
        """The kind of an organization, such as ``TradeUnion``."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""


def plain(text: str) -> str:
    """The text without white space, quotation marks and title marks, its brackets those of ASCII.

    >>> plain("《云浮市 “四个万家” 方案（试行）》")
    '云浮市四个万家方案(试行)'
    """
    return _MARKS.sub("", text).replace("（", "(").replace("）", ")")


class Index:
    """Things, articles, words of figures and posts of a graph, by what they are called.

    Args:
        things: all things of the graph.
        articles: title and IRI of each article.
        measures: the words of its figures.
        posts: the posts that people hold in it.
    """

    def __init__(
        self,
        things: Iterable[Named],
        articles: Iterable[tuple[str, str]] = (),
        measures: Iterable[str] = (),
        posts: Iterable[str] = (),
    ) -> None:
        self.things: Sequence[Named] = tuple(things)
        self.forms: defaultdict[str, list[Named]] = defaultdict(list)
        self.articles: defaultdict[str, list[str]] = defaultdict(list)
        self.posts = (frozenset(map(plain, posts)) | frozenset(column("posts", "post"))) - words().keys()
        self._all_measures = tuple(sorted(set(measures)))
        self._measures = "\n".join(map(plain, self._all_measures))
        for thing in self.things:
            for form in _forms(thing):
                if thing not in self.forms[form]:
                    self.forms[form].append(thing)
        for title, iri in articles:
            if len(plain(title)) > 1:
                self.articles[plain(title)].append(iri)
        self._lines = sorted(form for form in self.forms if len(form) > 1 and "@" not in form)
        self._text = "\n" + "\n".join(self._lines) + "\n"
        self._labels = "\n" + "\n".join(sorted({t.label for t in self.things}))
        self.longest = max(map(len, (*self.forms, *self.articles, *words())), default=1)

    def named(self, form: str) -> tuple[Named, ...]:
        """The things that are called so; if it is the name of some, not those of which it is an alias."""
        found = self.forms.get(form, [])
        exact = [t for t in found if plain(t.label) == form]
        return tuple(exact or found)

    def with_part(self, part: str) -> tuple[Named, ...]:
        """The things in a name of which the words stand, unless they are too many to mean one."""
        if len(part) < _SHORTEST_PART or not 0 < self._text.count(part) <= _MOST_NAMES:
            return ()
        forms = re.findall(rf"^.*{re.escape(part)}.*$", self._text, re.MULTILINE)
        things = {t.iri: t for form in forms for t in self.forms[form]}
        return _first_of_family(tuple(things[iri] for iri in sorted(things)))

    def measures_with(self, part: str) -> bool:
        """Whether the words stand in those of a figure."""
        return len(part) > 1 and "\n" not in part and part in self._measures

    def measures_of(self, parts: Iterable[str]) -> tuple[str, ...]:
        """The words of the figures in which all the parts stand."""
        wanted = tuple(parts)
        return tuple(m for m in self._all_measures if all(part in plain(m) for part in wanted))

    def titled(self, part: str) -> tuple[str, ...]:
        """The IRIs of the articles whose title is this, or holds it if it is long enough."""
        if part in self.articles:
            return tuple(self.articles[part])
        long = len(part) > 5
        return tuple(i for title, iris in self.articles.items() if long and part in title for i in iris)

    def near(self, words: str) -> tuple[str, ...]:
        """Names that share a part of two characters or more with what was not understood."""
        parts = {words[i : i + 2] for i in range(len(words) - 1)}
        scored = [(sum(p in t.label for p in parts), t.label) for t in self.things]
        best = sorted(
            (pair for pair in scored if pair[0] * 2 > len(parts)), key=lambda p: (-p[0], len(p[1]), p[1])
        )
        return tuple(dict.fromkeys(label for _, label in best))[:5]

    def awards_with(self, words: Iterable[str]) -> tuple[Named, ...]:
        """The awards in the name of which one of the words stands."""
        wanted = tuple(words)
        return tuple(
            t for t in self.things if t.type == EntityType.AWARD and any(w in t.label for w in wanted)
        )

    # ------------------------------------------------------------------ places

    def knows_place(self, form: str) -> bool:
        """Whether it is the name of a division; the short one of a county (新建) if names here have it."""
        found = divisions().get(form, ())
        large = any(form == d.name or d.code.endswith("00") for d in found)
        return large or (bool(found) and any(self._used_name(d) == form for d in found))

    def lies_in(self, thing: Named, form: str) -> bool:
        """Whether the name of the thing begins with that of the place."""
        return thing.label.startswith(_starts(form))

    def place_names(self, form: str) -> tuple[str, ...]:
        """How names of the graph tell the place: by its short name, or those of what is under it."""
        found = divisions().get(form, ())
        if not found:
            return (form,)
        below = [d for division in found for d in under(division.code) if len(d.short) > 1]
        used = {name for d in below for name in (self._used_name(d),) if name}
        return tuple(dict.fromkeys([d.short for d in found] + sorted(used)))

    def _used_name(self, division: Division) -> str | None:
        """The short name if names begin with it without the rest (新兴 is also a word), else the full one."""
        rest = division.name.removeprefix(division.short)
        if re.search(rf"\n{re.escape(division.short)}(?!{re.escape(rest) or '.'})", self._labels):
            return division.short
        return division.name if f"\n{division.name}" in self._labels else None

    def bodies(self, form: str) -> tuple[Named, ...]:
        """The organizations whose name begins with that of the place, and the place itself."""
        starts = _starts(form)
        return tuple(
            t
            for t in self.things
            if (t.type == EntityType.ORGANIZATION and t.label.startswith(starts))
            or (t.type == EntityType.PLACE and t.label in starts)
        )

    def unions(self, form: str) -> tuple[Named, ...]:
        """The general trade union of the place; where the graph has none, its other trade unions."""
        unions = [t for t in self.bodies(form) if t.subtype == Subtype.TRADE_UNION]
        general = [t for t in unions if t.label in {start + _UNION for start in _starts(form)}]
        return tuple(general or unions)


def _first_of_family(things: tuple[Named, ...]) -> tuple[Named, ...]:
    """Of a company and its own union, which have the part in common, the company."""
    least = min(things, key=lambda t: len(t.label), default=None)
    family = least is not None and all(
        t.label.startswith(least.label) and t.type == least.type for t in things
    )
    return (least,) if least is not None and family else things


def _starts(form: str) -> tuple[str, ...]:
    found = divisions().get(form, ())
    return tuple(dict.fromkeys([form, *(d.name for d in found), *(d.short for d in found)]))


def _forms(thing: Named) -> set[str]:
    """What a thing may be called in a question; single words of questions are no names."""
    forms = {plain(form) for form in (thing.label, *thing.aliases)}
    tail = unquote(thing.iri.rpartition("/")[2])
    if "@" in tail:  # tells a namesake from another
        forms.add(tail)
    if thing.type == EntityType.ORGANIZATION:
        forms |= set(_variants(plain(thing.label)))
    if thing.type in (EntityType.DOCUMENT, EntityType.EVENT, EntityType.PROGRAMME):
        forms |= {short for form in forms if len(short := _without_time_and_place(form)) > 5}
    if thing.type == EntityType.DOCUMENT:
        forms |= {re.sub(r"[(（][^()（）]*[)）]$", "", form) for form in forms}
    forms |= {re.sub(r"[·、—+-]+", "", form) for form in forms}
    known = words()
    return {f for f in forms if len(f) > 1 and (f not in known or (f == plain(thing.label) and len(f) > 3))}


def _without_time_and_place(name: str) -> str:
    """The name of a competition or document without the year and the division that it begins with."""
    rest = re.sub(r"^\d{4}年", "", name)
    sizes = [
        size for size in range(2, 9) if any(d.name == rest[:size] for d in divisions().get(rest[:size], ()))
    ]
    return rest[max(sizes, default=0) :]


def _variants(name: str) -> Iterable[str]:
    """A company without its legal form; a union of a place with the place's short name and as 工会."""
    company = _LEGAL.sub("", name)
    if len(company) > _SHORTEST_PART and company != name:
        yield company
        yield company + "公司"
    for end in range(2, min(len(name), 12)):
        for division in divisions().get(name[:end], ()):
            if division.name == name[:end]:
                rest = name[end:]
                yield division.short + rest
                if any(rest[:size] in divisions() and len(rest) > size + 1 for size in range(2, 9)):
                    yield rest
                if rest == _UNION:
                    yield division.name + "工会"
                    yield division.short + "工会"
