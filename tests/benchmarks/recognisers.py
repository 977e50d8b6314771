"""Two recognisers on articles kept aside: our conditional random field and spaCy's own ``ner``.

    python -m tests.benchmarks.recognisers [--corpus kg/corpus] [--steps 1200] [--only field|spacy]

Every fourth hand of the corpus is kept aside (articles of one hand share places, genres and habits, so
a hand must not stand on both sides). Both learn from the rest, one process: the field as ``kg train``
makes it, ``ner`` over characters with a convolutional embedding (width 96, depth 5). Printed are
precision, recall and F1 on exact spans of the eight types of entity and of posts, seconds of processor
time to train, size on disk, and characters read a second of processor time.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from kg.language.recogniser import LABELS, TYPES, Recogniser
from kg.language.structure import sentences
from kg.language.tagged import Tagged, read_article
from kg.language.training import train

Spans = set[tuple[int, int, str]]

_EMBEDDING = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": 96,
    "depth": 5,
    "embed_size": 6000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": False,
}
_MODEL = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "tok2vec": _EMBEDDING,
}


def main() -> None:
    """Read the arguments, train and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, default=Path(__file__).parents[1] / "kg" / "corpus")
    parser.add_argument("--steps", type=int, default=1200)
    parser.add_argument("--only", choices=("field", "spacy"))
    args = parser.parse_args()
    warnings.filterwarnings("ignore", message=r"\[W030\]")
    paths = sorted(args.corpus.glob("*.txt"))
    aside = [path for path in paths if _hand(path) % 4 == 2]
    learned = [path for path in paths if path not in set(aside)]
    known, test = ([read_article(path) for path in part] for part in (learned, aside))
    print(f"{len(known)} articles to learn from, {len(test)} kept aside")
    with tempfile.TemporaryDirectory() as folder:
        if args.only != "spacy":
            field(known, test, Path(folder) / "names.npz")
        if args.only != "field":
            spacy_ner(known, test, Path(folder) / "ner", args.steps)


def field(learned: Sequence[Tagged], test: Sequence[Tagged], path: Path) -> None:
    """Train the field as the package does and measure it."""
    start = time.process_time()
    train(learned, path)
    seconds = time.process_time() - start
    recogniser = Recogniser.load(path)
    letters = {kind: letter for letter, kind in TYPES.items()}

    def find(text: str) -> Spans:
        names, posts = recogniser.find(text, sentences(text))
        return {(n.start, n.end, letters[n.type]) for n in names} | {(p.start, p.end, "j") for p in posts}

    report("conditional random field", test, find, seconds, path.stat().st_size)


def spacy_ner(learned: Sequence[Tagged], test: Sequence[Tagged], path: Path, steps: int) -> None:
    """Train spaCy's entity recogniser from nothing and measure it."""
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    nlp.add_pipe("ner", config={"model": _MODEL})
    fix_random_seed(0)
    examples = []
    for text, spans in learned:
        for sentence in sentences(text):
            words = list(text[sentence.start : sentence.end])
            inside = [s for s in spans if sentence.start <= s.start and s.end <= sentence.end]
            entities = [(s.start - sentence.start, s.end - sentence.start, s.label) for s in inside]
            doc = Doc(nlp.vocab, words=words, spaces=[False] * len(words))
            examples.append(Example.from_dict(doc, {"entities": entities}))
    start = time.process_time()
    optimizer = nlp.initialize(lambda: examples)
    shuffle = random.Random(0)
    queue: list[Example] = []
    for _ in range(steps):
        if len(queue) < 32:
            queue = shuffle.sample(examples, len(examples))
        batch, queue = queue[:32], queue[32:]
        nlp.update(batch, sgd=optimizer, drop=0.2)
    seconds = time.process_time() - start
    nlp.to_disk(path)
    size = sum(file.stat().st_size for file in path.rglob("*") if file.is_file())

    def find(text: str) -> Spans:
        bounds = sentences(text)
        docs = [
            Doc(nlp.vocab, words=list(text[s.start : s.end]), spaces=[False] * (s.end - s.start))
            for s in bounds
        ]
        return {
            (sentence.start + entity.start, sentence.start + entity.end, entity.label_)
            for sentence, doc in zip(bounds, nlp.pipe(docs), strict=True)
            for entity in doc.ents
        }

    report("spaCy ner", test, find, seconds, size)


def report(
    title: str, test: Sequence[Tagged], find: Callable[[str], Spans], seconds: float, size: int
) -> None:
    """Print what a recogniser reaches on the articles kept aside."""
    right: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    start = time.process_time()
    found = [find(text) for text, _ in test]
    speed = sum(len(text) for text, _ in test) / (time.process_time() - start)
    for spans, (_, gold) in zip(found, test, strict=True):
        wanted = {(s.start, s.end, s.label) for s in gold}
        right.update(label for _, _, label in spans & wanted)
        extra.update(label for _, _, label in spans - wanted)
        missed.update(label for _, _, label in wanted - spans)
    print(
        f"\n{title}: {seconds:.0f} s to train, {size / 1e6:.1f} MB, {speed / 1e3:.0f} thousand characters/s"
    )
    for name, labels in [("four main types", "opga"), ("all", LABELS), *((x, x) for x in LABELS)]:
        r, e, m = (sum(counter[label] for label in labels) for counter in (right, extra, missed))
        precision, recall = r / max(1, r + e), r / max(1, r + m)
        print(f"{name:16} P {precision:.3f}  R {recall:.3f}  F1 {2 * r / max(1, 2 * r + e + m):.3f}")


def _hand(path: Path) -> int:
    """The number of the hand that wrote ``b12-03.txt``; a stable number for files named otherwise."""
    digits = "".join(filter(str.isdigit, path.stem.partition("-")[0]))
    return int(digits) if digits else sum(map(ord, path.stem))


if __name__ == "__main__":
    main()
