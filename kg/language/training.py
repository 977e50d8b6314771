"""From articles with their entities marked inline to the recogniser's model file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import pycrfsuite
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.language.features import feature_keys
from kg.language.recogniser import LABELS, STATES, TaggedSpan, Weights
from kg.language.structure import sentences
from kg.language.substitution import substituted
from kg.reading.repair import repair

__all__ = ["Settings", "TaggedSpan", "TrainingReport", "parse_article", "render_article", "train"]

_TAG = re.compile(r"<(/?)([A-Za-z]+)>")


Tagged = tuple[str, tuple[TaggedSpan, ...]]


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


def parse_article(article: str, name: str = "article") -> tuple[str, tuple[TaggedSpan, ...]]:
    """The plain text of an article in the corpus's form, and its tagged spans.

    A first line that begins with ``#`` says where the article plays and is left out.

    >>> parse_article("<o>市总工会</o>慰问<p>王梅</p>")[1][1]
    TaggedSpan(start=6, end=8, label='p')

    Raises:
        ModelError: if a tag is unknown, nested, unclosed, closed by another or empty.
    """
    line = 1
    if article.startswith("#"):
        article = article.partition("\n")[2]
        line = 2
    pieces: list[str] = []
    spans: list[TaggedSpan] = []
    opened: tuple[str, int, int] | None = None
    length = position = 0
    for match in _TAG.finditer(article):
        piece = article[position : match.start()]
        pieces.append(piece)
        length += len(piece)
        line += piece.count("\n")
        position = match.end()
        closing, label = match.groups()
        where = f"{name}:{line}"
        if len(label) != 1 or label not in LABELS:
            raise ModelError(f"{where}: unknown tag {match.group()}; the tags are {', '.join(LABELS)}")
        if not closing:
            if opened:
                raise ModelError(f"{where}: {match.group()} opens inside <{opened[0]}> of line {opened[2]}")
            opened = (label, length, line)
        elif opened is None:
            raise ModelError(f"{where}: {match.group()} closes what was never opened")
        elif opened[0] != label:
            raise ModelError(f"{where}: {match.group()} closes <{opened[0]}> of line {opened[2]}")
        elif opened[1] == length:
            raise ModelError(f"{where}: <{label}> holds no text")
        else:
            spans.append(TaggedSpan(opened[1], length, label))
            opened = None
    if opened:
        raise ModelError(f"{name}:{opened[2]}: <{opened[0]}> is never closed")
    pieces.append(article[position:])
    return "".join(pieces), tuple(spans)


def render_article(text: str, spans: Iterable[TaggedSpan]) -> str:
    """The inline form of a text with its spans; :func:`parse_article` undoes it."""
    pieces: list[str] = []
    position = 0
    for span in sorted(spans):
        name = text[span.start : span.end]
        pieces += [text[position : span.start], f"<{span.label}>{name}</{span.label}>"]
        position = span.end
    return "".join([*pieces, text[position:]])


def read_article(path: Path) -> tuple[str, tuple[TaggedSpan, ...]]:
    """The text of an article file as it is read (:func:`kg.reading.repair.repair`), and its spans.

    Raises:
        ModelError: if the file is not in the corpus's form.
    """
    source, spans = parse_article(path.read_text(encoding="utf-8"), str(path))
    text, places = repair(source)
    moved = ((bisect_left(places, span.start), bisect_left(places, span.end), span.label) for span in spans)
    return text, tuple(starmap(TaggedSpan, moved))


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
    articles: Iterable[Path], model_path: Path, *, seed: int = 0, settings: Settings = DEFAULT
) -> TrainingReport:
    """Train a recogniser on articles in the corpus's form and write it to ``model_path``.

    The same articles, seed and settings make the same file, whatever the order of the articles.

    Raises:
        ModelError: if there are no articles, or one is not in the corpus's form.
    """
    read = [read_article(path) for path in sorted(articles)]
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
