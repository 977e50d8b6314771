"""A sentence as words, with numbers, names, short quotations and brackets each as one of them.

Word segmentation is evidence for where a measure begins and ends; the offsets are counted, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import rjieba

from kg.language.annotations import Reading, Sentence
from kg.language.lexicon import table
from kg.language.quantities.amounts import Amount
from kg.vocabulary import EntityType

__all__ = [
    "JOINTS",
    "PARTICLES",
    "Clause",
    "Word",
    "can_act",
    "clauses",
    "does",
    "is_modifier",
    "is_noun",
    "is_quote",
    "is_verb",
    "role",
    "text_of",
]

JOINTS: Final = frozenset({"、", "和", "及", "与", "或", "暨", "以及", "并", "且"})
"""Words that join the items of a list."""
PARTICLES: Final = frozenset({"ul", "uz", "ug"})
"""The tags of 了, 着 and 过."""


_GROUP: Final = re.compile(
    r"“[^“”]{1,40}”|\"[^\"]{1,40}\"|‘[^‘’]{1,30}’|《[^《》]{1,60}》|（[^（）]{1,40}）|\([^()]{1,40}\)"
)
_STOP: Final = re.compile(r"[，,；;。：:！？!?…\n（）()【】—▲■□●◎◆▍　]+|\.(?![0-9A-Za-z])")
_TAGS: Final = {
    EntityType.ORGANIZATION: "nt",
    EntityType.PERSON: "nr",
    EntityType.PLACE: "ns",
    EntityType.EVENT: "ne",
    EntityType.AWARD: "nz",
    EntityType.PROGRAMME: "nz",
    EntityType.FACILITY: "nf",
    EntityType.DOCUMENT: "nz",
}


@cache
def role(name: str) -> frozenset[str]:
    """The words that play a role in the wording of counts (table ``figure_words``)."""
    return frozenset(r["word"] for r in table("figure_words") if r["role"] == name)


@cache
def _roles() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in table("figure_words"):
        found.setdefault(row["word"], set()).add(row["role"])
    return {word: frozenset(names) for word, names in found.items()}


_BLANK: Final = re.compile(r"\s")
_NO_ROLES: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Word:
    """``text[start:end]`` with its part of speech (of rjieba, or ``nt`` and the like for names).

    ``name`` is the key of what it names; ``amount`` the amount that stands here; ``roles`` what the
    table ``figure_words`` says of it.
    """

    start: int
    end: int
    text: str
    tag: str
    name: str = ""
    amount: Amount | None = None
    roles: frozenset[str] = _NO_ROLES


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands between two commas; ``opening`` is the sign before it."""

    words: tuple[Word, ...]
    opening: str = ""

    @property
    def counts(self) -> bool:
        """Whether an amount stands in it."""
        return any(w.amount is not None for w in self.words)


def clauses(reading: Reading, sentence: Sentence, amounts: list[Amount]) -> Iterator[Clause]:
    """The clauses of ``sentence`` that hold an amount and those right before them, in order."""
    blocks = _blocks(reading, sentence, amounts)
    spans = list(_spans(reading.text, sentence, blocks))
    counting = [any(a <= b.start < z for b in blocks if b.amount) for a, z, _ in spans]
    for i, (start, end, opening) in enumerate(spans):
        if counting[i] or (i + 1 < len(spans) and counting[i + 1]):
            inside = [b for b in blocks if start <= b.start < end]
            yield Clause(tuple(_words(reading.text, start, end, inside)), opening)


def _spans(text: str, sentence: Sentence, blocks: list[Word]) -> Iterator[tuple[int, int, str]]:
    """The stretches between stops, each with the stop before it; stops inside a block are none."""
    start, opening = sentence.start, ""
    for stop in _stops(text, sentence, blocks):
        if start < stop.start():
            yield start, stop.start(), opening
        start, opening = stop.end(), stop.group()[-1]
    if start < sentence.end:
        yield start, sentence.end, opening


def _stops(text: str, sentence: Sentence, blocks: list[Word]) -> Iterator[re.Match[str]]:
    place = sentence.start
    for block in blocks:
        yield from _STOP.finditer(text, place, block.start)
        place = block.end
    yield from _STOP.finditer(text, place, sentence.end)


def _words(text: str, start: int, end: int, blocks: list[Word]) -> Iterator[Word]:
    for block in blocks:
        yield from _cut(text, start, block.start)
        yield block
        start = block.end
    yield from _cut(text, start, end)


def _blocks(reading: Reading, sentence: Sentence, amounts: list[Amount]) -> list[Word]:
    """Amounts, names and groups as words, none overlapping; amounts go first, then the longer."""
    text = reading.text
    taken = [Word(a.start, a.end, text[a.start : a.end], "amount", amount=a) for a in amounts]
    places = [a.number[0] for a in amounts]
    others = [
        Word(m.start(), m.end(), m.group(), "group")
        for m in _GROUP.finditer(text, sentence.start, sentence.end)
        if not any(m.start() <= p < m.end() for p in places)
    ]
    for name, referent in reading.within(sentence.start, sentence.end):
        said = text[name.start : name.end]
        others.append(
            Word(name.start, name.end, said, _TAGS[referent.type], referent.key, None, _roles_of(said))
        )
    for word in sorted(others, key=lambda w: (w.start - w.end, w.start)):
        if all(word.end <= other.start or other.end <= word.start for other in taken):
            taken.append(word)
    return sorted(taken, key=lambda w: w.start)


def _roles_of(said: str) -> frozenset[str]:
    return _roles().get(said, _NO_ROLES)


def _cut(text: str, start: int, end: int) -> Iterator[Word]:
    if start >= end:
        return
    roles = _roles()
    pieces = rjieba.tag(text[start:end], False)  # no guessing: it glues adverb and verb (还拟)
    for piece, tag in _mended(pieces):
        stop = start + len(piece)
        if piece.strip():
            yield Word(start, stop, piece, tag, "", None, roles.get(piece, _NO_ROLES))
        start = stop


@cache
def _joined_words() -> dict[str, str]:
    """Two-sign words that the segmenter's dictionary may lack and so cut into single signs."""
    tags = {"verb": "v", "noun": "n"}
    return {r["word"]: tags[r["role"]] for r in table("figure_words") if r["role"] in tags}


def _mended(pieces: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    known = _joined_words()
    held: tuple[str, str] | None = None
    for piece in pieces:
        if held is None:
            held = piece
        elif len(held[0]) == len(piece[0]) == 1 and held[0] + piece[0] in known:
            held = (held[0] + piece[0], known[held[0] + piece[0]])
        else:
            yield held
            held = piece
    if held is not None:
        yield held


# What a word can be.


def is_noun(word: Word) -> bool:
    """Whether the word can be a noun, or part of a compound one (创新 in 创新工作室)."""
    tag = word.tag
    return tag[0] in "nj" or tag in ("vn", "an", "l", "i", "eng", "group", "s") or "nominal" in word.roles


def is_modifier(word: Word) -> bool:
    """Whether the word can stand before a noun as its attribute."""
    return word.tag[0] in "abzmqrfxt" and word.text not in JOINTS


def is_verb(word: Word) -> bool:
    """Whether the word is a verb and hardly anything else."""
    return word.tag[0] == "v" and word.tag != "vn" and "nominal" not in word.roles


def can_act(word: Word) -> bool:
    """Whether the word can be the verb of what follows it (服务企业, 培训职工)."""
    return is_verb(word) or "verb" in word.roles or "cause" in word.roles


def is_quote(word: Word) -> bool:
    """Whether the word is a stretch in quotation marks or 《》."""
    return word.tag == "group" and word.text[0] in '“"‘《'


def does(word: Word) -> bool:
    """Whether the word tells that somebody did something, as against how things stand."""
    return is_verb(word) and "state" not in word.roles and "trail" not in word.roles


def text_of(words: Sequence[Word]) -> str:
    """The words as text, without joints at the ends and long brackets."""
    start, end = 0, len(words)
    while start < end and (words[start].text in JOINTS or words[start].text in "的，：:——"):
        start += 1
    while start < end and (words[end - 1].text in JOINTS or words[end - 1].text in "的，：:——"):
        end -= 1
    joined = "".join(w.text for w in words[start:end] if not (w.text[0] in "（(" and len(w.text) > 10))
    return _BLANK.sub("", joined)
