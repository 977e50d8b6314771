"""What an article says of a thing that tells it from others: the input of linking, as plain values.

An article's :class:`Profile` is made from its extraction alone. It is small and goes to JSON and back,
so that linking never has to look at an article again that has not changed. Other things of the article
are referred to by their keys; linking puts in their place what these turn out to be.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.vocabulary import EntityType

__all__ = ["Copy", "Evidence", "Known", "Own", "Part", "PersonSaid", "Profile", "Scoped", "Thing", "said_by"]

Words = tuple[str, ...]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that its name and the article's place identify by themselves.

    ``rule`` says how; ``grounds`` on what; ``whole`` is the body of which it is an office or department,
    ``cities`` the codes of those in which it lies (``*`` for the whole country).
    """

    name: str
    rule: str
    grounds: Words = ()
    discriminator: str = ""
    whole: str = ""
    cities: Words = ()


@dataclass(frozen=True, slots=True)
class Own:
    """A company, school, hospital or other body with a name of its own.

    ``core`` is the name without division and legal form, ``places`` the cities in which it lies by its
    name or by what is said, ``around`` those of which the article speaks; ``before`` are the cores
    of names that it had.
    """

    core: str
    name: str
    places: Words = ()
    around: Words = ()
    everywhere: bool = False
    before: Words = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A union, branch, department or team of a body; ``whole`` is the key of that, empty if unnamed."""

    whole: str = ""
    suffix: str = ""
    branch: bool = False
    around: Words = ()


@dataclass(frozen=True, slots=True)
class Scoped:
    """A programme, award, event, facility, document or place whose name several places may use.

    ``owners`` are keys of the bodies that stand behind it, ``places`` the cities in its name, ``around``
    those of the article. ``number`` and ``year`` tell occasions apart; ``common`` says that the name
    alone tells nothing (实施方案, 一等奖).
    """

    core: str
    name: str
    owners: Words = ()
    places: Words = ()
    around: Words = ()
    number: str = ""
    year: str = ""
    common: bool = False
    others: Words = ()


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """What is said of a person.

    ``units`` are keys of bodies with the post held there, ``near`` keys of employers named beside the
    person, ``about`` that of the only employer in the article, ``awards`` and ``ranks`` keys with year or
    placing, ``events`` keys of other occasions, ``rooms`` keys of facilities named after the person,
    ``outlets`` names of media with the role, ``trades`` occupations, ``places`` divisions, ``around`` the
    cities of the article. ``wholes`` are the companies of the branches among the units, which linking
    fills in; ``rival`` is what two people of one name in one article share.
    """

    name: str
    units: Pairs = ()
    near: Words = ()
    about: str = ""
    outlets: Pairs = ()
    awards: Pairs = ()
    ranks: Pairs = ()
    events: Words = ()
    rooms: Words = ()
    trades: Words = ()
    places: Words = ()
    around: Words = ()
    born: str = ""
    rival: str = ""
    wholes: Words = ()


Evidence = Known | Own | Part | Scoped | PersonSaid
_KINDS: Final[Mapping[str, type[Known | Own | Part | Scoped | PersonSaid]]] = {
    kind.__name__: kind for kind in (Known, Own, Part, Scoped, PersonSaid)
}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing of an article: its key there (``~…`` for one that is only part of a name), and its evidence."""

    key: str
    type: EntityType
    name: str
    evidence: Evidence

    @property
    def named(self) -> bool:
        """Whether the article names it as a thing of its own."""
        return not self.key.startswith("~")


@dataclass(frozen=True, slots=True)
class Copy:
    """What shows that two articles are one text: a sample of its stretches by their checksums, and its names.

    ``marks`` are stretches that name a person or place: articles that share none are no copies.
    """

    stretches: tuple[int, ...] = ()
    names: Words = ()
    marks: tuple[int, ...] = ()

    def dumps(self) -> str:
        """The same as JSON."""
        return json.dumps([self.stretches, self.names, self.marks], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, content: str) -> Copy:
        """What :meth:`dumps` wrote."""
        stretches, names, marks = json.loads(content)
        return cls(tuple(stretches), tuple(names), tuple(marks))


@dataclass(frozen=True, slots=True)
class Profile:
    """An article as far as identity is concerned; ``copy`` goes to text by itself."""

    article: str
    things: tuple[Thing, ...] = ()
    copy: Copy = Copy()

    def dumps(self) -> str:
        """The profile as JSON."""
        things = [
            [t.key, t.type, t.name, type(t.evidence).__name__, said_by(t.evidence)] for t in self.things
        ]
        return json.dumps([self.article, things], ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def loads(cls, content: str) -> Profile:
        """The profile that :meth:`dumps` wrote."""
        article, things = json.loads(content)
        return cls(
            article,
            tuple(
                Thing(key, EntityType(kind), name, _KINDS[what](**_tuples(said)))
                for key, kind, name, what, said in things
            ),
        )


def said_by(evidence: Evidence) -> dict[str, Any]:
    """The fields of evidence that say something."""
    fields = ((name, getattr(evidence, name)) for name in type(evidence).__slots__)
    return {name: value for name, value in fields if value not in ("", (), False)}


def _tuples(content: dict[str, Any]) -> dict[str, Any]:
    return {key: _tupled(value) for key, value in content.items()}


def _tupled(value: Any) -> Any:
    return tuple(map(_tupled, value)) if isinstance(value, list) else value
