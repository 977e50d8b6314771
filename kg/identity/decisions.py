"""What people have decided: two things are the same, they are different, a thing has another name.

A decision names a thing by the id of its article, which is made of the article's content, and by its key
in the article, so that it holds as long as the article says what it said. Decisions are kept as text, one
a line, that a person can read and mend::

    # verdict	article	key	other article	other key	name	note
    same	d12b36c59bcc273d	Person/刘建平	7c75388372cde64f	Person/刘建平		同一人
    name	d12b36c59bcc273d	Person/陈国炜			陈国伟	错字
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

__all__ = ["Decision", "Reference", "Verdict", "dump_decisions", "load_decisions"]

_HEAD: Final = "# verdict\tarticle\tkey\tother article\tother key\tname\tnote"


class Verdict(StrEnum):
    """What was decided."""

    SAME = "same"
    DIFFERENT = "different"
    NAME = "name"


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A thing of an article, by the article's id and the thing's key in it."""

    article: str
    key: str


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One decision: of two things that they are the same or different, or of one its right name.

    Raises:
        ValueError: if it lacks the second thing or the name that its verdict needs.
    """

    verdict: Verdict
    thing: Reference
    other: Reference | None = None
    name: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.verdict is Verdict.NAME and not self.name.strip():
            raise ValueError("a decision on a name needs the name")
        if self.verdict is not Verdict.NAME and self.other is None:
            raise ValueError(f"a decision that things are {self.verdict} needs two things")

    @property
    def references(self) -> tuple[Reference, ...]:
        """The things that it names."""
        return (self.thing,) if self.other is None else (self.thing, self.other)


def dump_decisions(decisions: Iterable[Decision]) -> str:
    """Decisions as text, each once and sorted, so that equal decisions give equal text."""
    rows = sorted({_row(d) for d in decisions})
    return "\n".join([_HEAD, *rows]) + "\n"


def _row(decision: Decision) -> str:
    other = decision.other or Reference("", "")
    cells = (
        decision.verdict,
        decision.thing.article,
        decision.thing.key,
        other.article,
        other.key,
        decision.name,
        decision.note,
    )
    return "\t".join(" ".join(cell.split()) for cell in cells)


def load_decisions(text: str) -> tuple[Decision, ...]:
    """The decisions that a text holds, sorted; empty lines and those that begin with # are passed over.

    Raises:
        ValueError: if a line is no decision; the message has its number.
    """
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            try:
                found.append(_decision(line))
            except ValueError as error:
                raise ValueError(f"line {number} is no decision: {error}") from error
    return tuple(sorted(set(found), key=_row))


def _decision(line: str) -> Decision:
    cells = [*line.split("\t"), "", "", "", "", "", ""][:7]
    verdict, article, key, other_article, other_key, name, note = (cell.strip() for cell in cells)
    if not article or not key:
        raise ValueError("an article and a key are wanted behind the verdict")
    other = Reference(other_article, other_key) if other_key else None
    return Decision(Verdict(verdict), Reference(article, key), other, name, note)
