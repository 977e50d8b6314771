"""Questions by name: each a ``.rq`` file of this folder, with what it asks in Chinese and English.

A file is plain SPARQL with a head of comments::

    # zh: 谁在何处担任何职？
    # en: Who holds which post where?
    # param: person entity 人名 / a person
    # param: organization entity 组织 / an organization

The text has a slot for each parameter: ``VALUES ?personIri { UNDEF }``, or ``?givenYear`` where it
is no thing; left so, it may be anything. The type is ``entity`` (a name or an IRI), ``article``
(a title, an id or an IRI), ``text``, ``year`` or ``number``.

What must be there stands before the first ``OPTIONAL``, and joins go over variables that are surely
bound, not over those of ``BIND`` or an aggregate: else Oxigraph compares every pair of answers, which
takes minutes instead of milliseconds on sixty articles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.errors import QueryError

__all__ = ["NamedQuery", "Parameter", "named_query", "parse", "queries"]

_TYPES = frozenset({"entity", "article", "text", "year", "number"})


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of a question that can be left open or given."""

    name: str
    type: str
    zh: str
    en: str

    @property
    def slot(self) -> str:
        """The variable that stands for it."""
        of_things = self.type in ("entity", "article")
        return f"{self.name}Iri" if of_things else f"given{self.name.capitalize()}"


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question: its name, how it reads in Chinese and English, its parameters and its SPARQL."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    text: str


def parse(name: str, text: str) -> NamedQuery:
    """The query that a ``.rq`` file holds.

    Raises:
        ValueError: if its head lacks a question, or a parameter is not what the text has a slot for.
    """
    head = re.findall(r"^# (zh|en|param): (.+)$", text, re.MULTILINE)
    questions = {key: value for key, value in head if key != "param"}
    if set(questions) != {"zh", "en"}:
        raise ValueError(f"{name}.rq: the head needs the question after '# zh:' and '# en:'")
    parameters = tuple(_parameter(name, value) for key, value in head if key == "param")
    slots = set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", text))
    if slots != {p.slot for p in parameters}:
        raise ValueError(f"{name}.rq: the parameters of its head are not those of its text ({slots})")
    return NamedQuery(name, questions["zh"], questions["en"], parameters, text)


def _parameter(query: str, line: str) -> Parameter:
    match = re.fullmatch(r"(\w+) (\w+) (.+) / (.+)", line)
    if not match or match[2] not in _TYPES:
        raise ValueError(f"{query}.rq: a parameter reads '# param: name type 中文 / English', not {line!r}")
    return Parameter(*match.groups())


@cache
def queries() -> dict[str, NamedQuery]:
    """All named queries, by name in alphabetical order.

    >>> queries()["posts"].en
    'Who holds which post where?'
    """
    found = sorted((f for f in files(__name__).iterdir() if f.name.endswith(".rq")), key=lambda f: f.name)
    return {f.name[:-3]: parse(f.name[:-3], f.read_text(encoding="utf-8")) for f in found}


def named_query(name: str) -> NamedQuery:
    """The query of this name.

    Raises:
        QueryError: if there is none; the message lists those that there are.
    """
    if name not in queries():
        raise QueryError(f"there is no query {name}: the names are {', '.join(queries())}")
    return queries()[name]
