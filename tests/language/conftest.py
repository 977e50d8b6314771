"""Readings made from a text with its names marked inline, for the tests of the language side."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.language.annotations import Claim, Name, Reading, Referent
from kg.language.structure import sentences
from kg.vocabulary import EntityType, Subtype

_TAG = re.compile(r"<([opgaeldf])(?:/(\w+))?(?:=([^>]+))?>(.*?)</\1>", re.DOTALL)
_TYPES = {
    "o": EntityType.ORGANIZATION,
    "p": EntityType.PERSON,
    "g": EntityType.PROGRAMME,
    "a": EntityType.AWARD,
    "e": EntityType.EVENT,
    "l": EntityType.PLACE,
    "d": EntityType.DOCUMENT,
    "f": EntityType.FACILITY,
}


def read_marked(marked: str) -> Reading:
    """A reading of ``marked``: ``<o>甲市总工会</o>`` names an organization (``<o/Company>`` of a kind),
    ``<o=甲市总工会>市总</o>`` another form of the same; the key of a thing is its name."""
    text = ""
    end = 0
    found: dict[str, tuple[EntityType, str | None, list[Name]]] = {}
    for match in _TAG.finditer(marked):
        text += marked[end : match.start()]
        kind, subtype, key, form = match.groups()
        name = Name(len(text), len(text) + len(form), _TYPES[kind], form, "marked")
        text += form
        end = match.end()
        entry = found.setdefault(key or form, (_TYPES[kind], subtype, []))
        entry[2].append(name)
    text += marked[end:]
    referents = tuple(
        Referent(
            key,
            kind,
            key,
            Subtype(subtype or "TradeUnion") if kind is EntityType.ORGANIZATION else None,
            tuple(sorted({n.text for n in names} - {key})),
            tuple(names),
        )
        for key, (kind, subtype, names) in found.items()
    )
    return Reading(text=text, sentences=sentences(text), referents=referents)


@dataclass(frozen=True)
class Case:
    """A marked text and what is expected of it, one line each."""

    title: str
    reading: Reading
    expected: tuple[str, ...]


def read_cases(path: Path) -> Iterator[Case]:
    """The cases of a file: ``# title``, lines of marked text, then lines ``> what is expected``."""
    blocks = re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for block in blocks[1:]:
        title, _, body = block.partition("\n")
        lines = body.strip().splitlines()
        text = "\n".join(line for line in lines if not line.startswith(">"))
        expected = tuple(line[1:].strip() for line in lines if line.startswith(">"))
        yield Case(title.strip(), read_marked(text), expected)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a ``case`` once for each case of its module's ``CASE_FILE``."""
    path = getattr(metafunc.module, "CASE_FILE", None)
    if path is not None and "case" in metafunc.fixturenames:
        cases = list(read_cases(path))
        assert cases, f"{path} holds no case"
        metafunc.parametrize("case", cases, ids=[case.title for case in cases])


def _told(claim: Claim) -> str:
    attributes = "".join(f" {key}={value}" for key, value in claim.attributes)
    return f"{claim.predicate}({claim.subject}, {claim.object}){attributes}"


@pytest.fixture
def check_claims() -> Callable[[Case, Callable[[Reading], list[Claim]]], None]:
    """Compares what a finder finds with a case, and every claim with the text that it points at."""

    def check(case: Case, finder: Callable[[Reading], list[Claim]]) -> None:
        claims = finder(case.reading)
        assert sorted({_told(c) for c in claims}) == sorted(case.expected)
        assert claims == finder(case.reading)
        for c in claims:
            assert c.spans, c
            assert all(c.start <= start < end <= c.end for start, end in c.spans), c
            assert "." in c.rule, c

    return check


@pytest.fixture
def marked() -> Callable[[str], Reading]:
    """The function that makes a reading from a text with its names marked inline."""
    return read_marked
