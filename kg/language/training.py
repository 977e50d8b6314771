"""From articles with their entities marked inline to the recogniser's model file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import pycrfsuite
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.language.features import feature_keys
from kg.language.recogniser import STATES, TaggedSpan, Weights
from kg.language.structure import sentences
from kg.language.substitution import substituted
from kg.language.tagged import Tagged

__all__ = ["Settings", "TrainingReport", "train"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a field is trained.

    ``c1`` and ``c2`` are the weights of the L1 and the L2 penalty, ``least`` is how often a key must
    occur, ``copies`` how many copies with other names (:mod:`kg.language.substitution`) stand
    beside each article.
    """

    c1: float = 0.5
    c2: float = 0.02
    iterations: int = 60
    least: int = 3
    copies: int = 1


DEFAULT: Final = Settings()


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """What a model was made of."""

    articles: int
    characters: int
    spans: int
    features: int
    bytes: int


def states_of(length: int, spans: Iterable[TaggedSpan]) -> list[str]:
    """One state a character: ``B-o I-o I-o``, else ``O``.

    >>> states_of(4, [TaggedSpan(1, 3, "p")])
    ['O', 'B-p', 'I-p', 'O']
    """
    states = ["O"] * length
    for span in spans:
        states[span.start : span.end] = [f"I-{span.label}"] * (span.end - span.start)
        states[span.start] = f"B-{span.label}"
    return states


def train(
    articles: Iterable[Tagged], model_path: Path, *, seed: int = 0, settings: Settings = DEFAULT
) -> TrainingReport:
    """Train a recogniser on articles and write it to ``model_path``.

    The same articles in the same order, seed and settings make the same file.

    Args:
        articles: texts as they are read, with their spans; see :func:`kg.language.corpora.read_corpus`.
        model_path: the file to write.
        seed: of the copies in which names are exchanged.
        settings: how the field is trained.

    Raises:
        ModelError: if no article has an entity.
    """
    read = list(articles)
    if not any(spans for _, spans in read):
        raise ModelError("there are no articles with entities marked inline to train on")
    every = list(read)
    for copy in range(settings.copies):
        every += substituted(read, seed + copy)
    with TemporaryDirectory() as folder:
        field = Path(folder) / "field.crfsuite"
        train_field(every, field, settings)
        weights = weights_of(field)
    weights.save(model_path)
    return TrainingReport(
        articles=len(read),
        characters=sum(len(text) for text, _ in read),
        spans=sum(len(spans) for _, spans in read),
        features=len(weights.keys),
        bytes=model_path.stat().st_size,
    )


def train_field(articles: Sequence[Tagged], path: Path, settings: Settings) -> None:
    """Train a field on texts with their spans and write it in python-crfsuite's own form."""
    keyed = [feature_keys(text) for text, _ in articles]
    known, counts = np.unique(np.concatenate([keys.ravel() for keys in keyed]), return_counts=True)
    known = known[counts >= settings.least]
    names = [f"{key:x}" for key in known.tolist()]
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for (text, spans), keys in zip(articles, keyed, strict=True):
        rows = np.minimum(np.searchsorted(known, keys), len(known) - 1)
        held = known[rows] == keys
        states = states_of(len(text), spans)
        seen = [[names[i] for i in row[mask].tolist()] for row, mask in zip(rows.T, held.T, strict=True)]
        for sentence in sentences(text):
            trainer.append(seen[sentence.start : sentence.end], states[sentence.start : sentence.end])
    trainer.set_params({"c1": settings.c1, "c2": settings.c2, "max_iterations": settings.iterations})
    trainer.train(str(path))


def weights_of(path: Path, *, forbidding: bool = True) -> Weights:
    """The weights of a field that python-crfsuite has written.

    ``forbidding`` rules out what cannot be, a span that goes on without having begun; crfsuite
    itself gives 0 to a step that training never showed.
    """
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    info = tagger.info()
    tagger.close()
    numbers = {state: number for number, state in enumerate(STATES)}
    weights = info.state_features.items()
    rows = sorted((int(key, 16), numbers[state], weight) for (key, state), weight in weights)
    keys, counts = np.unique(np.array([key for key, _, _ in rows], dtype=np.uint64), return_counts=True)
    transitions = np.zeros((len(STATES), len(STATES)), dtype=np.float32)
    for (before, after), weight in info.transitions.items():
        transitions[numbers[before], numbers[after]] = weight
    return Weights(
        keys=keys,
        bounds=np.append(0, np.cumsum(counts)).astype(np.int32),
        states=np.array([state for _, state, _ in rows], dtype=np.uint8),
        values=np.array([weight for _, _, weight in rows], dtype=np.float32),
        transitions=_forbid(transitions) if forbidding else transitions,
    )


def _forbid(transitions: NDArray[np.float32]) -> NDArray[np.float32]:
    """The transitions without those into the inside of a span from anywhere but the same span."""
    allowed = transitions.copy()
    for inside in range(2, len(STATES), 2):
        others = [state for state in range(len(STATES)) if state not in (inside, inside - 1)]
        allowed[others, inside] = -1000.0
    return allowed
