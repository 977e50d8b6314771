"""What it costs to add one article to a graph of many, and whether the cost is that of the change.

    python -m tests.benchmarks.adding [--articles 200 2000] [--times 5] [TEXTS]

The articles are made of annotated ones by putting other names of people and places in the place of theirs,
of the same length, so that each is read once and every copy is a new article with people of its own.
Prints for each size the seconds of a build from what was read, and of adding one article to it: by the
clock, and by the processor, which on a busy machine tells more.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import kg
from kg.graph import Graph, archive
from kg.language.lexicon import table
from kg.model import Extraction
from kg.reading import find_files, read_file
from kg.vocabulary import EntityType
from tests.conftest import SHARED

__all__ = ["copies", "main"]

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂文辉鹏健华玉红梅建国志海峰云龙飞宁波斌浩宇欣怡梓涵"


def copies(found: Sequence[Extraction], count: int, seed: int = 0) -> Iterator[Extraction]:
    """So many articles: those found, again and again under other names."""
    places = _places()
    for number in range(count):
        original = found[number % len(found)]
        yield _renamed(original, random.Random(f"{seed} {number}"), places)


def _places() -> dict[str, list[str]]:
    """The short names of cities and counties, by how long they are and what stands behind them."""
    groups: dict[str, list[str]] = {}
    for row in table("divisions"):
        name, short = row["name"], row["short"]
        if len(short) == 2 and name == short + name[-1] and row["level"] in ("prefecture", "county"):
            groups.setdefault(row["level"] + name[-1], []).append(short)
    return groups


def _renamed(extraction: Extraction, chance: random.Random, places: dict[str, list[str]]) -> Extraction:
    names = {}
    for entity in extraction.entities:
        if entity.type is EntityType.PERSON and 2 <= len(entity.name) <= 3:
            given = "".join(chance.choice(_GIVEN) for _ in entity.name[1:])
            names[entity.name] = chance.choice(_SURNAMES) + given
    for shorts in places.values():
        known = set(shorts)
        for short in sorted(known):
            if short in extraction.document.source and short not in names:
                names[short] = chance.choice(shorts)
    content = archive.dumps(extraction).decode()
    if names:
        pattern = re.compile("|".join(map(re.escape, sorted(names, key=lambda n: (-len(n), n)))))
        content = pattern.sub(lambda m: names[m[0]], content)
    changed = json.loads(content)
    changed["document"]["id"] = sha256(f"{chance.random()} {content}".encode()).hexdigest()[:16]
    return archive.loads(json.dumps(changed).encode(), path=f"{changed['document']['id']}.txt")


@dataclass(frozen=True)
class _Cost:
    """Seconds by the clock and by the processor."""

    clock: float
    processor: float


@contextmanager
def _timed(costs: list[_Cost]) -> Iterator[None]:
    started = time.perf_counter(), time.process_time()
    yield
    costs.append(_Cost(time.perf_counter() - started[0], time.process_time() - started[1]))


def _measure(found: Sequence[Extraction], count: int, times: int, folder: Path) -> tuple[_Cost, list[_Cost]]:
    costs: list[_Cost] = []
    graph = Graph.create(folder)
    with _timed(costs), graph.writing():
        for extraction in copies(found, count):
            graph.put(extraction)
    for extraction in copies(found, times, seed=1):
        with _timed(costs):
            Graph.open(folder).put(extraction)
    return costs[0], costs[1:]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; exit code 1 where the cost is not that of the change."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="?", type=Path, default=SHARED / "written", metavar="TEXTS")
    parser.add_argument("--articles", nargs="+", type=int, default=[200, 2000], help="sizes of the graph")
    parser.add_argument("--times", type=int, default=5, help="how many articles to add")
    parser.add_argument("--factor", type=float, default=1.5, help="how much more the largest may cost")
    args = parser.parse_args(arguments)
    found = [kg.extract(read_file(file)) for file in find_files([args.texts])]
    medians: list[_Cost] = []
    for count in args.articles:
        with tempfile.TemporaryDirectory() as folder:
            built, costs = _measure(found, count, args.times, Path(folder) / "graph")
        median = _Cost(*(statistics.median(getattr(c, f) for c in costs) for f in ("clock", "processor")))
        medians.append(median)
        each = " ".join(f"{c.clock:.2f}" for c in costs)
        print(
            f"{count:>6} articles: built in {built.clock:.1f} s ({built.processor:.1f} of the processor); "
            f"one more in {median.clock:.2f} s ({median.processor:.2f}); each {each}",
            flush=True,
        )
    clock, processor = (getattr(medians[-1], f) / getattr(medians[0], f) for f in ("clock", "processor"))
    print(f"the last costs {clock:.2f} times the first by the clock, {processor:.2f} by the processor")
    return int(processor > args.factor or max(m.clock for m in medians) > 2)


if __name__ == "__main__":
    sys.exit(main())
