"""Persons and speed beside the taggers that one would reach for, in one run on the same texts.

    python -m tests.benchmarks.peers TEXTS GOLD

For every article of TEXTS with a JSON file of the same name in GOLD: the persons that kg, jieba.posseg
and thulac find (each peer where it is installed) against those of the gold, and characters a second
with the loading of the model, in one process each. A person of the gold counts as found when one of
its names is; what the gold marks optional counts neither way.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.evaluation import Tally
from kg.reading import read_file


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
    import thulac

    tagger = thulac.thulac()
    return [{word for word, tag in tagger.cut(text) if tag == "np"} for text in texts]


PEERS: dict[str, Callable[[list[str]], list[set[str]]]] = {
    "kg": with_kg,
    "jieba.posseg": with_jieba,
    "thulac": with_thulac,
}


def score(gold: Iterable[dict[str, object]], found: set[str]) -> Tally:
    """Persons found, extra and missed in one article."""
    people = [e for e in gold if e["type"] == "Person"]
    names = [{str(e["name"]), *map(str, e["aliases"])} for e in people]  # type: ignore[call-overload]
    right = sum(bool(n & found) for e, n in zip(people, names, strict=True) if not e.get("optional"))
    missed = sum(not n & found for e, n in zip(people, names, strict=True) if not e.get("optional"))
    return Tally(right, len(found - set().union(*names)), missed)


def measure(name: str, texts: list[str], golds: list[list[dict[str, object]]]) -> str:
    """One line of the table: quality and speed of one peer."""
    started = time.perf_counter()
    found = PEERS[name](texts)
    seconds = time.perf_counter() - started
    total = sum((score(g, f) for g, f in zip(golds, found, strict=True)), Tally())
    speed = sum(map(len, texts)) / seconds / 1000
    return f"{name:<14}{total.precision:>8.3f}{total.recall:>8.3f}{total.f1:>8.3f}{speed:>12.1f}"


def main() -> None:
    """Measure every peer that is installed, each in a process of its own."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path)
    parser.add_argument("gold", type=Path)
    args = parser.parse_args()
    paths = sorted(args.gold.glob("*.json"))
    golds = [json.loads(p.read_text(encoding="utf-8"))["entities"] for p in paths]
    texts = [read_file(next(args.texts.glob(f"{p.stem}.*"))).text for p in paths]
    print(f"{'persons':<14}{'P':>8}{'R':>8}{'F1':>8}{'kchars/s':>12}   {sum(map(len, texts))} characters")
    for name in PEERS:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            try:
                print(pool.apply(measure, (name, texts, golds)))
            except ImportError:
                print(f"{name:<14}  not installed")


if __name__ == "__main__":
    main()
