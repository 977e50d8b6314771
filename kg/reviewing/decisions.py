"""What people have decided: one line a decision, keyed by content, kept beside the graph.

The file is tab-separated text that can be read, mended and merged by hand::

    judgement  value  question
    wrong             fact|<article>|receivedAward|王梅|云浮工匠|year=2023
    instead    人物    entity|<article>|Organization|周云帆

A question names what it asks about by its content (article ids are made from the text), so that a
decision holds for as long as the article and what is found in it stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from kg.errors import ReviewError

__all__ = [
    "Decision",
    "Judgement",
    "dumps",
    "loads",
    "merged",
    "question",
    "question_parts",
    "read_decisions",
]

_HEAD: Final = "judgement\tvalue\tquestion\n"
_SEPARATOR: Final = "|"


class Judgement(StrEnum):
    """What a person says of a question."""

    RIGHT = "right"
    WRONG = "wrong"
    INSTEAD = "instead"


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One decision; ``value`` is what it should be instead, else empty."""

    question: str
    judgement: Judgement
    value: str = ""


def question(kind: str, *parts: str) -> str:
    """The key of a question: its kind and what it asks about.

    >>> question("entity", "ab12", "Person", "王|梅")
    'entity|ab12|Person|王%7C梅'
    """
    return _SEPARATOR.join([kind, *(re.sub(r"[|%\\s]", lambda m: quote(m[0]), part) for part in parts)])


def question_parts(key: str) -> tuple[str, ...]:
    """The kind and the parts of a key.

    >>> question_parts("entity|ab12|Person|王%7C梅")
    ('entity', 'ab12', 'Person', '王|梅')
    """
    return tuple(map(unquote, key.split(_SEPARATOR)))


def dumps(decisions: Iterable[Decision]) -> str:
    """The content of a file of decisions, sorted by question."""
    rows = (f"{d.judgement}\t{d.value}\t{d.question}\n" for d in sorted(decisions))
    return _HEAD + "".join(rows)


def loads(content: str, name: str = "decisions.tsv") -> tuple[Decision, ...]:
    """The decisions of a file.

    Raises:
        ReviewError: if a line is no decision; the message names file and line.
    """
    found: list[Decision] = []
    for number, line in enumerate(content.splitlines(), 1):
        if not line.strip() or line + "\n" == _HEAD:
            continue
        cells = line.split("\t")
        if len(cells) != 3 or cells[0] not in set(Judgement) or _SEPARATOR not in cells[2]:
            raise ReviewError(
                f"{name}:{number}: a decision is right, wrong or instead, a value and a question, "
                "with tabs between them"
            )
        found.append(Decision(cells[2], Judgement(cells[0]), cells[1]))
    return tuple(sorted(found))


def read_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of the file; none where there is no such file.

    Raises:
        ReviewError: if it is no file of decisions.
    """
    if not path.exists():
        return ()
    return loads(path.read_text(encoding="utf-8"), str(path))


def merged(before: Iterable[Decision], after: Iterable[Decision]) -> tuple[Decision, ...]:
    """All decisions; where both decide the same question the later one holds."""
    return tuple(sorted(({d.question: d for d in before} | {d.question: d for d in after}).values()))
