"""What has been counted so far: the memory that a number without a noun of its own falls back on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.language.quantities.amounts import Amount
from kg.language.quantities.phrases import left_phrase, shortened
from kg.language.quantities.words import Clause, Word, can_act, is_noun, role, text_of

__all__ = ["Context", "Wording"]

_LONE: Final = re.compile(r"(?:其中)?(?:仅|光|单)(.{2,20})一项")
_QUOTES: Final = str.maketrans("", "", '“”"‘’「」')


@dataclass(frozen=True, slots=True)
class Wording:
    """What an amount counts: ``measure`` in full, the bare ``noun`` in it, the ``verb`` before that noun.

    ``span`` is where the words of the measure stand; ``rule`` tells how they were found.
    """

    measure: str
    noun: str
    span: tuple[int, int]
    rule: str
    verb: str = ""
    acts: bool = False
    """Whether somebody did it (新建工会48个), as against how things stand (共有会员13万人)."""


@dataclass(slots=True)
class Context:
    """What has been counted so far in the paragraph, and what the clause before ended with."""

    counted: list[tuple[Amount, Wording]] = field(default_factory=list)
    said: str = ""
    sentence: int = 0
    topic: str = ""
    before: tuple[Word, ...] = ()
    counted_before: str = ""

    def enter_sentence(self, said: str) -> None:
        """Begins a sentence, which reads ``said``."""
        self.said = said
        self.sentence = len(self.counted)
        self.topic = self.counted_before = ""
        self.before = ()

    def turn(self, clause: Clause, found: list[tuple[Amount, Wording]]) -> None:
        """Leaves ``clause``: what it ended with or counted may be what the next one counts."""
        self.before = clause.words
        self.counted_before = found[-1][1].noun if found else ""
        for amount, wording in found:
            relational = wording.noun.translate(_QUOTES) in role("relational")
            if not relational and wording.rule != "growth" and amount.kind != "money":
                self.topic = wording.noun

    def tail(self, clause: Clause) -> str:
        """The noun that the clause before ``clause`` ended with or counted last."""
        if self.counted_before:
            return last_object(self.before) or self.counted_before
        return left_phrase(self.before).text if clause.opening in ("（", "(") else last_noun(self.before)

    def lone(self) -> str:
        """What 仅……一项 of the clause before singles out."""
        match = None if self.counted_before else _LONE.fullmatch(text_of(self.before))
        return match[1] if match else ""

    def like(self, amount: Amount) -> Wording | None:
        """The latest wording that was counted in the same unit."""
        for other, wording in reversed(self.counted[-12:]):
            if wording.noun and other.unit == amount.unit:
                return wording
        return None

    def last(self) -> Wording | None:
        """The latest wording of this sentence."""
        return self.counted[-1][1] if len(self.counted) > self.sentence else None


def last_noun(words: Sequence[Word]) -> str:
    """The noun phrase with which a clause ends: “以赛晋级”的职工."""
    end = len(words)
    while end and not is_noun(words[end - 1]):
        end -= 1
    start = end
    while start and (is_noun(words[start - 1]) or words[start - 1].tag in ("b", "a")):
        start -= 1
    if start > 1 and words[start - 1].text == "的" and words[start - 2].tag == "group":
        start -= 2
    return text_of([w for w in words[start:end] if w.tag not in ("nt", "nr", "ns") or not w.name])


def last_object(words: Sequence[Word]) -> str:
    """The noun behind the last number and a verb: 在16个镇街配齐社会化工会工作者."""
    start = max((i for i, w in enumerate(words) if w.amount is not None), default=0)
    verb = max((i for i, w in enumerate(words) if i > start and can_act(w)), default=0)
    return (
        text_of(shortened(list(words[verb + 1 :])))
        if verb and verb + 1 < len(words) and is_noun(words[-1])
        else ""
    )
