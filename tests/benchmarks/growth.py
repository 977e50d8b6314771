"""How time and memory grow with the length of a text: for a long document they must grow in proportion.

    python -m tests.benchmarks.growth [LARGEST]

Each length (12,000 to 1,200,000 characters, or to LARGEST) is read in a process of its own: a yearbook
of the training articles one after the other, one article over and over, and a line without a mark of
punctuation. Time is that of the processor, once all is loaded.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from typing import Final

from tests.conftest import CORPUS, corpus_article

_SIZES: Final = (12_000, 50_000, 100_000, 200_000, 400_000, 1_200_000)
_LINE: Final = 500_000
_PER_MEGABYTE: Final = 1 << 20 if sys.platform == "darwin" else 1 << 10


@cache
def _articles() -> tuple[str, ...]:
    return tuple(corpus_article(path.stem) for path in sorted(CORPUS.glob("b*.txt")))


def yearbook(size: int, *, after: int = 0) -> str:
    """The training articles ``after`` so many, from the beginning again where they do not do."""
    return _joined(cycle((*_articles()[after:], *_articles()[:after])), size)


def repeated(size: int) -> str:
    """One article over and over."""
    return _joined(cycle(_articles()[:1]), size)


def line(size: int) -> str:
    """The ideographs of the training articles, with nothing between them."""
    return "".join(c for c in yearbook(2 * size) if "一" <= c <= "鿿")[:size]


def _joined(articles: Iterator[str], size: int) -> str:
    parts: list[str] = []
    length = 0
    while length < size:
        parts.append(next(articles))
        length += len(parts[-1]) + 1
    return "\n".join(parts)[:size]


def measure(text: str) -> tuple[float, float]:
    """Seconds, and megabytes at most, for a text when all is loaded."""
    import kg

    kg.extract(yearbook(_SIZES[0]))
    started = time.process_time()
    kg.extract(text)
    seconds = time.process_time() - started
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / _PER_MEGABYTE


def main() -> None:
    """Measure one length after the other."""
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else _SIZES[-1]
    print(f"{'text':<12}{'characters':>12}{'seconds':>9}{'kchars/s':>10}{'MB':>6}")
    for name, make in (("yearbook", yearbook), ("repeated", repeated), ("line", line)):
        for size in (size for size in _SIZES if size <= min(largest, _LINE if make is line else largest)):
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                seconds, memory = pool.apply(measure, (make(size),))
            print(
                f"{name:<12}{size:>12,}{seconds:>9.2f}{size / seconds / 1000:>10.1f}{memory:>6.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
