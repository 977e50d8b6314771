"""The two tables: words of questions, and questions that can be answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

__all__ = ["NOTHING", "Need", "Question", "Word", "examples", "questions", "words"]

NOTHING = "-"
"""The class of words that say nothing by themselves."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word under one of its classes; ``values`` is what it stands for, where it stands for something."""

    text: str
    kind: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """A thing or word that a question must have, of one of these classes; ``many``: one or more of it."""

    kinds: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question that can be asked: what it must and may have, and the query that answers it."""

    name: str
    query: str
    needs: tuple[Need, ...]
    may: tuple[Need, ...]
    arguments: tuple[tuple[str, str], ...]
    example: str


def _need(text: str) -> Need:
    return Need(tuple(text.removesuffix("+").split("|")), text.endswith("+"))


def _rows(name: str) -> tuple[dict[str, str], ...]:
    content = files(__name__.rpartition(".")[0]).joinpath(name).read_text(encoding="utf-8")
    lines = [line.split("\t") for line in content.splitlines() if line and not line.startswith("#")]
    return tuple(dict(zip(lines[0], line, strict=True)) for line in lines[1:])


@cache
def words() -> Mapping[str, tuple[Word, ...]]:
    """The words of questions, each with the classes that it can have."""
    found: defaultdict[str, tuple[Word, ...]] = defaultdict(tuple)
    for row in _rows("words.tsv"):
        values = tuple(row["value"].split("|")) if row["value"] else ()
        found[row["word"]] += (Word(row["word"], row["class"], values),)
    return dict(found)


@cache
def questions() -> tuple[Question, ...]:
    """The questions, in the order of the table.

    >>> questions()[0].query
    'posts'
    """
    return tuple(
        Question(
            row["name"],
            row["query"],
            tuple(map(_need, row["needs"].split())),
            tuple(map(_need, row["may"].split())),
            tuple((name, source) for name, _, source in (a.partition("=") for a in row["arguments"].split())),
            row["example"],
        )
        for row in _rows("questions.tsv")
    )


@cache
def examples() -> tuple[str, ...]:
    """How one may ask: a question for each query."""
    first = {q.query: q.example for q in reversed(questions())}
    return tuple(dict.fromkeys(first[q.query] for q in questions()))
