"""Where words of the tables stand in a text, as short labels: evidence for a recogniser and a grammar.

Every label is matched by itself, leftmost and longest, so that hits of one label never overlap and
hits of two labels may. Offsets are half-open ranges of code points of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, partial
from itertools import chain, repeat
from typing import Final, NamedTuple

import numpy as np
from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick
from numpy.typing import NDArray

from kg.language.lexicon import column, table

__all__ = ["LABELS", "Hit", "LexiconMatcher", "lexicon_matcher"]

LABELS: Final = (
    "AREA_HEAD",
    "AWARD_HEAD",
    "AWARD_KNOWN",
    "DIV",
    "DIV_SHORT",
    "DOC_HEAD",
    "EVENT_HEAD",
    "FAC_HEAD",
    "ORG_HEAD",
    "ORG_HEAD_WEAK",
    "ORG_KNOWN",
    "ORG_SHORT",
    "POST",
    "POST_PREFIX",
    "PROG_HEAD",
    "PROG_KNOWN",
    "REGION",
    "STOP",
    "SURNAME",
)
"""Every label, in the order of the columns of :meth:`LexiconMatcher.marks`."""

_INSIDE_DEPARTMENT: Final = "{department}"


class Hit(NamedTuple):
    """``text[start:end]`` is a word of the tables behind ``label``."""

    start: int
    end: int
    label: str


_HIT = partial(tuple.__new__, Hit)


class LexiconMatcher:
    """All tables as one matcher for each label; see :func:`lexicon_matcher`."""

    def __init__(self) -> None:
        traps = _traps()
        self._matchers = {label: _Words(words, traps[label]) for label, words in _vocabulary().items()}

    def hits(self, text: str, labels: Iterable[str] = LABELS) -> list[Hit]:
        """The words of these labels in ``text``, by place, the shorter first where two begin together.

        Raises:
            KeyError: if a label is not one of :data:`LABELS`.

        >>> [tuple(h) for h in lexicon_matcher().hits("云浮市总工会主席", ("DIV", "ORG_HEAD", "POST"))]
        [(0, 3, 'DIV'), (3, 6, 'ORG_HEAD'), (6, 8, 'POST')]
        """
        found: list[Hit] = []
        for label in labels:
            spans = self._matchers[label].find(text)
            found += map(_HIT, [(start, end, label) for start, end, _ in spans])
        found.sort()
        return found

    def marks(self, text: str) -> NDArray[np.uint8]:
        """For each character and label: 0 outside a word, 1 at its start, 2 inside, 3 at its end, 4 alone.

        The shape is *(len(text), len(LABELS))*.

        >>> lexicon_matcher().marks("市总工会")[:, LABELS.index("ORG_HEAD")].tolist()
        [0, 1, 2, 3]
        """
        marks = np.zeros((len(text), len(LABELS)), dtype=np.uint8)
        for place, label in enumerate(LABELS):
            found = self._matchers[label].find(text)
            flat = np.fromiter(chain.from_iterable(found), dtype=np.int64, count=3 * len(found))
            marks[:, place] = _spread(flat[0::3], flat[1::3], len(text))
        return marks


@cache
def lexicon_matcher() -> LexiconMatcher:
    """The matcher, built once."""
    return LexiconMatcher()


class _Words:
    """A set of words, and of longer words in which they do not count."""

    def __init__(self, words: Iterable[str], traps: Iterable[str] = ()) -> None:
        wanted = sorted(set(words))
        self._count = len(wanted)
        patterns = [*wanted, *sorted(set(traps) - set(wanted))]
        self._trapped = len(patterns) > self._count
        self._automaton = CharwiseDoubleArrayAhoCorasick(patterns, MATCH_KIND_LEFTMOST_LONGEST)

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Start, end and number of each word in ``text``."""
        found: list[tuple[int, int, int]] = self._automaton.find(text)
        if not self._trapped:
            return found
        count = self._count
        return [hit for hit in found if hit[2] < count]


def _spread(starts: NDArray[np.int64], ends: NDArray[np.int64], length: int) -> NDArray[np.uint8]:
    edges = np.zeros(length + 1, dtype=np.int8)
    edges[starts] += 1
    edges[ends] -= 1
    marks = (np.cumsum(edges[:length], dtype=np.int8) * 2).astype(np.uint8)
    marks[starts] = 1
    marks[ends - 1] = 3
    marks[starts[ends - starts == 1]] = 4
    return marks


def _traps() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in table("known_traps"):
        found[row["label"]].add(row["word"])
        if row["label"] == "DIV":
            found["DIV_SHORT"].add(row["word"])
    return found


def _vocabulary() -> dict[str, set[str]]:
    heads = table("organization_heads")
    full, short = _divisions()
    return {
        "AREA_HEAD": set(column("area_heads", "head")),
        "AWARD_HEAD": set(column("award_heads", "head")),
        "AWARD_KNOWN": set(_forms("national_awards")),
        "DIV": full,
        "DIV_SHORT": short,
        "DOC_HEAD": set(column("document_heads", "head")),
        "EVENT_HEAD": set(column("event_heads", "head")),
        "FAC_HEAD": set(column("facility_heads", "head")),
        "ORG_HEAD": {row["head"] for row in heads if row["strength"] == "strong"},
        "ORG_HEAD_WEAK": {row["head"] for row in heads if row["strength"] == "weak"},
        "ORG_KNOWN": set(_forms("national_bodies")),
        "ORG_SHORT": set(_short_organizations()),
        "POST": set(column("posts", "post")),
        "POST_PREFIX": set(column("post_prefixes", "prefix")),
        "PROG_HEAD": set(column("programme_heads", "head")),
        "PROG_KNOWN": set(_forms("programmes")),
        "REGION": set(column("regions", "name")),
        "STOP": set(column("stop_names", "word")),
        "SURNAME": set(column("surnames", "surname")),
    }


def _forms(name: str) -> Iterator[str]:
    for row in table(name):
        yield row["name"]
        yield from filter(None, row["forms"].split("|"))


def _divisions() -> tuple[set[str], set[str]]:
    """Full names and forms that can only be a division's, and short ones that can be other words."""
    full = {row["name"] for row in table("divisions")} | {row["name"] for row in table("divisions_former")}
    words = set(column("division_words", "word"))
    short = {row["short"] for row in table("divisions")} | set(column("divisions_forms", "form"))
    usual = {row["short"] + row["name"][-1] for row in table("divisions") if row["name"][-3:-1] == "自治"}
    return (full | usual) - words, short - full - words


def _short_organizations() -> Iterator[str]:
    departments = column("government_departments", "short")
    for form in column("organization_short", "short"):
        if form.endswith(_INSIDE_DEPARTMENT):
            lead = form.removesuffix(_INSIDE_DEPARTMENT)
            yield from map(str.__add__, repeat(lead), departments)
        else:
            yield form
