"""The statistical recogniser: names and posts by a linear-chain conditional random field.

Training is done by python-crfsuite (:mod:`kg.language.training`); reading needs numpy alone. Each
character gets the sum of the weights of its keys (:mod:`kg.language.features`), one score a
label; the best row of labels in a sentence is found for many stretches of text at once.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.language.annotations import Name, Post, Sentence
from kg.language.features import VERSION, feature_keys
from kg.vocabulary import EntityType

__all__ = ["LABELS", "STATES", "Recogniser", "TaggedSpan", "Weights"]

TYPES: Final = {
    "o": EntityType.ORGANIZATION,
    "p": EntityType.PERSON,
    "g": EntityType.PROGRAMME,
    "a": EntityType.AWARD,
    "e": EntityType.EVENT,
    "l": EntityType.PLACE,
    "d": EntityType.DOCUMENT,
    "f": EntityType.FACILITY,
}
POST: Final = "j"
LABELS: Final = "".join(TYPES) + POST
"""One letter a type of entity, and ``j``, a post."""

STATES: Final = ("O", *(f"{part}-{label}" for label in LABELS for part in "BI"))
"""What the field calls a character: outside, or at the beginning or further inside of a span."""

_LONGEST: Final = 400
"""Characters that are decoded in one row at most; a longer sentence is cut."""

_BLOCK: Final = 8000
"""Characters that are looked at together at most, but for one longer row."""

_AT_ONCE: Final = 2048
"""Characters whose scores are summed together: so many stay near the processor."""

_LOWER: Final = np.uint64(0xFFFFFFFF)
_EMPTY: Final = np.uint64(0xFFFFFFFFFFFFFFFF)

Scores = NDArray[np.float32]
Floats = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, order=True)
class TaggedSpan:
    """``text[start:end]`` is tagged with ``label``, one letter of :data:`LABELS`."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Weights:
    """The numbers of a trained field.

    ``keys`` is sorted; key *i* has the weights ``values[bounds[i]:bounds[i + 1]]`` for the states
    ``states[…]``. ``transitions[a, b]`` is the score of state *b* after state *a*.
    """

    keys: NDArray[np.uint64]
    bounds: NDArray[np.int32]
    states: NDArray[np.uint8]
    values: Scores
    transitions: Scores

    def save(self, path: Path) -> None:
        """Write the model file; the same weights make the same bytes."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                version=np.array(VERSION),
                keys=self.keys,
                counts=np.diff(self.bounds).astype(np.uint8),
                states=self.states,
                values=self.values,
                transitions=self.transitions,
            )

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Read a model file.

        Raises:
            ModelError: if it is missing, no model, or made for other features than these.
        """
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                version = int(stored["version"])
                if version != VERSION:
                    raise ModelError(f"{path}: made for features {version}, not {VERSION}; train it anew")
                bounds = np.append(0, np.cumsum(stored["counts"], dtype=np.int32)).astype(np.int32)
                return cls(stored["keys"], bounds, stored["states"], stored["values"], stored["transitions"])
        except FileNotFoundError:
            raise ModelError(f"{path}: no recogniser model there; make one with: kg train CORPUS") from None
        except (KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise ModelError(f"{path}: not a recogniser model ({error})") from error


class Recogniser:
    """Finds names and posts in repaired text; see :meth:`load`."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._index = _Index(weights.keys)
        self._table = np.zeros((len(weights.keys) + 1, len(STATES)), dtype=np.float32)
        rows = np.repeat(np.arange(len(weights.keys)), np.diff(weights.bounds))
        self._table[rows, weights.states] = weights.values
        self._transitions = weights.transitions

    @classmethod
    def load(cls, path: Path | None = None) -> Recogniser:
        """The recogniser of this model file, or the one that comes with the package; read once.

        Raises:
            ModelError: if the file is missing or no model.
        """
        return _load(path or Path(str(files("kg.language").joinpath("models/names.npz"))))

    def find(self, text: str, sentences: Iterable[Sentence]) -> tuple[list[Name], list[Post]]:
        """The names and posts of ``text``, sentence by sentence, in order of place, without overlaps.

        A name's ``score`` is its probability against what else the same characters could be: no
        name, a name of another type, or one that begins or ends a character sooner or later.
        """
        names: list[Name] = []
        posts: list[Post] = []
        for start, end, pieces in _blocks(text, sentences):
            scores = self.scores(text[start:end])
            states = decode(scores, [(a - start, b - start) for a, b in pieces], self._transitions)
            spans = spans_of(states)
            sure = probabilities(scores, states, spans, self._transitions)
            for (low, high, kind), score in zip(spans, sure.tolist(), strict=True):
                a, b = start + low, start + high
                label = LABELS[kind]
                if label == POST:
                    posts.append(Post(a, b, text[a:b], "crf"))
                else:
                    names.append(Name(a, b, TYPES[label], text[a:b], "crf", round(score, 4)))
        return names, posts

    def states(self, text: str, sentences: Iterable[Sentence]) -> list[str]:
        """The best state of each character, one of :data:`STATES`; ``O`` between sentences."""
        states = np.zeros(len(text), dtype=np.int64)
        for start, end, pieces in _blocks(text, sentences):
            bounds = [(a - start, b - start) for a, b in pieces]
            states[start:end] = decode(self.scores(text[start:end]), bounds, self._transitions)
        return [STATES[state] for state in states.tolist()]

    def scores(self, text: str) -> Scores:
        """How well each state fits each character by itself, shape *(len(text), len(STATES))*."""
        rows = self._index.rows(feature_keys(text))
        sums = np.zeros((len(text), len(STATES)), dtype=np.float32)
        for start in range(0, len(text), _AT_ONCE):
            here = sums[start : start + _AT_ONCE]
            part = np.empty_like(here)
            for template in rows[:, start : start + _AT_ONCE]:
                self._table.take(template, axis=0, out=part, mode="clip")
                here += part
        return sums


class _Index:
    """Rows of 64-bit keys: a chain of tables, each for the keys that found no room in those before.

    A cell holds the upper half of its key and the row, so that one look tells whether a key is
    known. Two keys are taken for one where place and upper half agree: once in 2⁵⁰ cases or so.
    """

    def __init__(self, keys: NDArray[np.uint64]) -> None:
        self._unknown = len(keys)
        self._tables: list[NDArray[np.uint64]] = []
        left = np.arange(len(keys), dtype=np.uint64)
        while len(left) or not self._tables:
            table = np.full(2 ** (len(left).bit_length() + 2), _EMPTY, dtype=np.uint64)
            slots = self._slots(keys[left], len(self._tables), table)
            _, first = np.unique(slots, return_index=True)
            table[slots[first]] = (keys[left[first]] & ~_LOWER) | left[first]
            self._tables.append(table)
            left = np.delete(left, first)

    def rows(self, keys: NDArray[np.uint64]) -> Places:
        """The row of each key; for an unknown one the number of keys or more."""
        keys = np.ascontiguousarray(keys)
        cells = self._cells(keys, 0)
        missed = np.flatnonzero((cells ^ keys) > _LOWER)
        rows = (cells & _LOWER).view(np.int64)
        flat = rows.ravel()
        places = missed[flat[missed] != int(_LOWER)]
        flat[missed] = self._unknown
        wanted = keys.ravel()[places]
        for number in range(1, len(self._tables)):
            cells = self._cells(wanted, number)
            held = (cells ^ wanted) <= _LOWER
            flat[places[held]] = (cells[held] & _LOWER).view(np.int64)
            places, wanted = places[~held], wanted[~held]
        return rows

    def _cells(self, keys: NDArray[np.uint64], number: int) -> NDArray[np.uint64]:
        """What stands where each key has its place in one of the tables."""
        table = self._tables[number]
        return table.take(self._slots(keys, number, table).view(np.int64), mode="clip")

    @staticmethod
    def _slots(keys: NDArray[np.uint64], number: int, table: NDArray[np.uint64]) -> NDArray[np.uint64]:
        shifted = keys >> np.uint64(5 * number % 32) if number else keys
        return shifted & np.uint64(len(table) - 1)


def _blocks(text: str, sentences: Iterable[Sentence]) -> Iterator[tuple[int, int, list[tuple[int, int]]]]:
    """Stretches of text to be looked at together, each with the rows to be decoded in it."""
    start = end = 0
    pieces: list[tuple[int, int]] = []
    for sentence in sentences:
        for low in range(sentence.start, sentence.end, _LONGEST):
            high = min(low + _LONGEST, sentence.end)
            if pieces and high - start > _BLOCK:
                yield start, end, pieces
                start, pieces = end, []
            pieces.append((low, high))
            end = high
    if pieces:
        yield start, end, pieces


def decode(scores: Scores, pieces: Sequence[tuple[int, int]], transitions: Scores) -> NDArray[np.int64]:
    """The best row of states for each of the ``pieces``; state 0 between them.

    Each piece is walked from both ends to its middle, all of them side by side: the walks are
    sorted by length, so that those still under way are always the first ones.
    """
    walks = []
    for piece, (low, high) in enumerate(pieces):
        middle = (low + high + 1) // 2
        walks.append((low, 1, middle - low, piece))
        if middle < high:
            walks.append((high - 1, -1, high - middle, piece))
    walks.sort(key=lambda walk: -walk[2])
    origins, senses, lengths, owners = np.array(walks).T
    under_way = np.searchsorted(-lengths, -np.arange(lengths[0]), side="left").tolist()
    backwards = (senses < 0).astype(np.int64)
    moves = np.stack([transitions, transitions.T], axis=2)[:, :, backwards]
    visited = [origins[:count] + senses[:count] * step for step, count in enumerate(under_way)]
    reached = [scores[origins].T]
    for places in visited[1:]:
        count = len(places)
        paths = reached[-1][:, None, :count] + moves[:, :, :count]
        reached.append(np.maximum.reduce(paths, axis=0) + scores[places].T)
    current = _meeting(reached, lengths, senses, owners, transitions)
    states = np.zeros(len(scores), dtype=np.int64)
    states[visited[-1]] = current[: under_way[-1]]
    ways = np.concatenate([transitions.T, transitions])  # into each state: forth, then back
    first = backwards * len(STATES)
    for places, before, after in zip(visited[-2::-1], reached[-2::-1], visited[:0:-1], strict=True):
        going = len(after)
        into = ways.take(first[:going] + current[:going], axis=0)
        current[:going] = (into + before[:, :going].T).argmax(axis=1)
        states[places] = current[: len(places)]
    return states


def _meeting(
    reached: Sequence[Scores], lengths: Places, senses: Places, owners: Places, transitions: Scores
) -> NDArray[np.int64]:
    """The last state of each walk, so that the two walks of a piece fit together best."""
    final = np.stack([reached[length - 1][:, walk] for walk, length in enumerate(lengths.tolist())])
    current = final.argmax(axis=1)
    forth, back = (np.flatnonzero(senses == sense) for sense in (1, -1))
    forth, back = forth[np.argsort(owners[forth])], back[np.argsort(owners[back])]
    forth = forth[np.isin(owners[forth], owners[back])]
    joined = final[forth][:, :, None] + transitions + final[back][:, None, :]
    best = joined.reshape(len(forth), len(STATES) ** 2).argmax(axis=1)
    current[forth], current[back] = np.divmod(best, len(STATES))
    return np.asarray(current)


def spans_of(states: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Start, end and kind (a place in :data:`LABELS`) of each span in a row of states.

    An inside state that continues nothing begins a span.

    >>> spans_of(np.array([0, 1, 2, 1, 0, 4]))
    [(1, 3, 0), (3, 4, 0), (5, 6, 1)]
    """
    kinds = (states - 1) // 2
    previous = np.append(-1, kinds[:-1])
    starts = (states > 0) & ((states % 2 == 1) | (kinds != previous))
    breaks = starts | (states == 0)
    ends = (states > 0) & np.append(breaks[1:], True)
    first, last = np.flatnonzero(starts), np.flatnonzero(ends)
    return list(zip(first.tolist(), (last + 1).tolist(), kinds[first].tolist(), strict=True))


def probabilities(
    scores: Scores, states: NDArray[np.int64], spans: Sequence[tuple[int, int, int]], transitions: Scores
) -> NDArray[np.float64]:
    """How likely each span is among its nearest rivals; see :meth:`Recogniser.find`."""
    start, end, kind = np.array(spans, dtype=np.int64).reshape(-1, 3).T
    path = _Paths(scores, transitions)
    before, after = path.state(states, start - 1), path.state(states, end)
    here = path.span(start, end, kind, before, after)
    kinds = np.arange(len(LABELS))[:, None]
    rivals = [path.outside(start, end, before, after), *path.span(start, end, kinds, before, after)]
    outside = np.zeros_like(start)
    shorter = np.where(end - start > 1, 0.0, -np.inf)
    late = path.outside(start, start + 1, before) + path.span(start + 1, end, kind, outside, after)
    soon = path.span(start, end - 1, kind, before, outside) + path.outside(end - 1, end, None, after)
    rivals += [late + shorter, soon + shorter]
    odds = np.exp(np.minimum(np.array(rivals) - here, 50.0))
    return np.asarray(1 / odds.sum(axis=0), dtype=np.float64)


class _Paths:
    """Scores of rows of states, for many stretches at once."""

    def __init__(self, scores: Scores, transitions: Scores) -> None:
        self._length = len(scores)
        self._sums = np.zeros((len(scores) + 2, scores.shape[1]))
        np.cumsum(scores, axis=0, out=self._sums[1:-1])
        self._sums[-1] = self._sums[-2]
        self._moves = transitions.astype(np.float64)

    def state(self, states: NDArray[np.int64], places: Places) -> Places:
        """The state at each place, 0 beyond the ends."""
        inside = (places >= 0) & (places < self._length)
        return np.where(inside, states[np.clip(places, 0, self._length - 1)], 0)

    def span(self, start: Places, end: Places, kind: Places, before: Places, after: Places) -> Floats:
        """One span of the kind from ``start`` to ``end`` between two states."""
        first = 2 * kind + 1
        inside = first + 1
        length = end - start
        moves = self._moves
        total = self._sums[start + 1, first] - self._sums[start, first] + moves[before, first]
        total += self._sums[np.maximum(end, start + 1), inside] - self._sums[start + 1, inside]
        total += np.where(length > 1, moves[first, inside] + (length - 2) * moves[inside, inside], 0.0)
        return np.asarray(total + moves[np.where(length > 1, inside, first), after])

    def outside(
        self, start: Places, end: Places, before: Places | None = None, after: Places | None = None
    ) -> Floats:
        """Nothing from ``start`` to ``end``."""
        moves = self._moves
        total = self._sums[end, 0] - self._sums[start, 0] + (end - start - 1) * moves[0, 0]
        if before is not None:
            total = total + moves[before, 0]
        if after is not None:
            total = total + moves[0, after]
        return np.asarray(total)


@cache
def _load(path: Path) -> Recogniser:
    return Recogniser(Weights.load(path))
