"""Persons, speed and memory beside the taggers that one would reach for, in one run on the same texts.

    python -m tests.benchmarks.peers TEXTS GOLD

Persons: for every article of TEXTS with a JSON file of the same name in GOLD, what kg, jieba.posseg and
thulac find (each peer where it is installed) against the persons of the gold. A person counts as found
when one of its names is; what the gold marks optional counts neither way.

Speed: thousand characters a second on training articles of the project, joined to a text of 12,000 and
of 100,000 characters, each peer and size in a process of its own: cold, with import and loading of the
model, and warm, on as long a text of other articles when all is loaded. kg does the whole extraction,
facts, figures and identity included; the others tag. Time is that of the processor, so that other work on
the machine counts for nothing; jieba finds the cache of its dictionary that its first run leaves. Memory
is the most that the process held.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from kg.evaluation import Tally

# What a peer imports is part of its time and memory: nothing of kg is imported up here.

_SIZES: Final = (12_000, 100_000)
_PER_MEGABYTE: Final = 1 << 20 if sys.platform == "darwin" else 1 << 10

Gold = list[dict[str, Any]]


def with_kg(texts: list[str]) -> list[set[str]]:
    """Persons that kg finds: the whole extraction, facts and figures included."""
    import kg

    found = (kg.extract(text) for text in texts)
    return [{m.text for e in x.entities if e.type == "Person" for m in e.mentions} for x in found]


def with_jieba(texts: list[str]) -> list[set[str]]:
    """Words that jieba.posseg tags as names of people."""
    from jieba import posseg

    return [{pair.word for pair in posseg.cut(text) if pair.flag.startswith("nr")} for text in texts]


def with_thulac(texts: list[str]) -> list[set[str]]:
    """Words that thulac tags as names of people."""
    tagger = _thulac()
    return [{word for word, tag in tagger.cut(text) if tag == "np"} for text in texts]


def _thulac(loaded: list[Any] = []) -> Any:  # noqa: B006 - the list is the memory
    import thulac

    if not loaded:
        loaded.append(thulac.thulac())
    return loaded[0]


PEERS: Final[dict[str, Callable[[list[str]], list[set[str]]]]] = {
    "kg": with_kg,
    "jieba.posseg": with_jieba,
    "thulac": with_thulac,
}


class Speed(NamedTuple):
    """Characters a second, cold and warm, and megabytes at most."""

    cold: float
    warm: float
    memory: float


def measure(name: str, first: str, second: str) -> Speed:
    """The speed of one peer on two texts, in a process that has imported nothing of it yet."""
    seconds = []
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        for text in (first, second):
            started = time.process_time()
            PEERS[name]([text])
            seconds.append(time.process_time() - started)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_MEGABYTE
    return Speed(len(first) / seconds[0], len(second) / seconds[1], memory)


def alone(call: Callable[..., Any], *arguments: Any) -> Any:
    """What ``call`` gives in a new process; None where it finds something not installed."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        try:
            return pool.apply(call, arguments)
        except ImportError:
            return None


def score(gold: Iterable[dict[str, Any]], found: set[str]) -> Tally:
    """Persons found, extra and missed in one article."""
    from kg.evaluation import Tally

    people = [e for e in gold if e["type"] == "Person"]
    names = [{str(e["name"]), *map(str, e["aliases"])} for e in people]
    right = sum(bool(n & found) for e, n in zip(people, names, strict=True) if not e.get("optional"))
    missed = sum(not n & found for e, n in zip(people, names, strict=True) if not e.get("optional"))
    return Tally(right, len(found - set().union(*names)), missed)


def persons(texts: Path, gold: Path) -> Iterator[str]:
    """The table of persons."""
    from kg.evaluation import Tally
    from kg.reading import read_file

    paths = sorted(gold.glob("*.json"))
    golds: list[Gold] = [json.loads(p.read_text(encoding="utf-8"))["entities"] for p in paths]
    articles = [read_file(next(texts.glob(f"{p.stem}.*"))).text for p in paths]
    yield f"{'persons':<14}{'P':>8}{'R':>8}{'F1':>8}   {len(articles)} articles"
    for name, find in PEERS.items():
        found = alone(find, articles)
        if found is None:
            yield f"{name:<14}  not installed"
            continue
        total = sum((score(g, f) for g, f in zip(golds, found, strict=True)), Tally())
        yield f"{name:<14}{total.precision:>8.3f}{total.recall:>8.3f}{total.f1:>8.3f}"


def speeds() -> Iterator[str]:
    """The table of speed and memory."""
    from tests.benchmarks.growth import yearbook

    yield f"{'speed':<14}" + "".join(f"{size:>9,} cold{'warm':>8}{'MB':>6}" for size in _SIZES)
    for name in PEERS:
        cells = []
        for size in _SIZES:
            found = alone(measure, name, yearbook(size), yearbook(size, after=300))
            if found is not None:
                cells.append(f"{found.cold / 1000:>14.1f}{found.warm / 1000:>8.1f}{found.memory:>6.0f}")
        yield f"{name:<14}" + ("".join(cells) or "  not installed")


def main() -> None:
    """Measure every peer that is installed, each in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    args = parser.parse_args()
    for line in [*persons(args.texts, args.gold), "", *speeds()]:
        print(line)


if __name__ == "__main__":
    main()
