"""Which articles are one text: an agency's copy in several places, shortened or with another head.

Two articles are copies where most of what the shorter one says stands in the other, word for word or nearly,
and the people and bodies of the one that names fewer are named in the other. Texts are compared by
stretches of six characters, of which every fourth counts; of a long text only as many as fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from zlib import crc32

from kg.identity.evidence import Copy

__all__ = ["are_copies", "copy_keys", "fingerprint"]

_STRETCH: Final = 6
_EVERY: Final = 4
_MOST: Final = 1500
_KEYS: Final = 24
_LEAST: Final = 8
_SHARED: Final = 0.4
"""What part of the shorter text must stand in the other; texts that are no copies share a tenth at most."""

_NAMES: Final = 0.6


def fingerprint(text: str, names: Iterable[str], telling: Iterable[tuple[int, int]]) -> Copy:
    """What tells copies of a text.

    Args:
        text: the text.
        names: the names of its people and bodies.
        telling: where it names people and places: what stands around these no other text has.
    """
    places = [i for i, c in enumerate(text) if not c.isspace()]
    plain = re.sub(r"\s", "", text)
    stretches = [crc32(plain[i : i + _STRETCH].encode()) for i in range(len(plain) - _STRETCH + 1)]
    sample = sorted({s for s in stretches if s % _EVERY == 0})[:_MOST]
    named = {i for start, end in telling for i in range(start, end)}
    marked = [i for i, place in enumerate(places) if place in named]
    near = {i for at in marked for i in range(max(0, at - _STRETCH + 1), at + 1) if i < len(stretches)}
    keys = sorted({stretches[i] for i in near})[:_KEYS]
    return Copy(tuple(sample), tuple(sorted(set(names))), tuple(keys))


def copy_keys(copy: Copy) -> tuple[int, ...]:
    """Keys of which two copies share some: the least of the stretches that name a person or place."""
    return copy.marks


def are_copies(one: Copy, other: Copy) -> bool:
    """Whether two articles are one text."""
    both = [c.stretches for c in (one, other)]
    limit = min((s[-1] for s in both if len(s) == _MOST), default=None)  # beyond it one of them was cut
    first, second = ({n for n in s if limit is None or n <= limit} for s in both)
    if len(first & second) < max(_LEAST, _SHARED * min(len(first), len(second))):
        return False
    few, many = sorted((set(one.names), set(other.names)), key=len)
    return len(few & many) >= _NAMES * len(few)
