"""Which articles are one text: an agency's copy in several places, shortened or with another head.

Two articles are copies where most of what the shorter one says stands in the other word for word, and the
people and bodies of the shorter one are named in the other.
"""

from __future__ import annotations

from typing import Final

from kg.identity.evidence import Copy

__all__ = ["are_copies", "copy_keys"]

_KEYS: Final = 20
_SHARED: Final = 0.5
"""What part of the shorter one's clauses, by length, must stand in the other."""

_NAMES: Final = 0.6
_LEAST: Final = 3


def copy_keys(copy: Copy) -> tuple[str, ...]:
    """Keys of which two copies share some: the smallest digests of clauses that name a person or place."""
    return copy.marks[:_KEYS]


def are_copies(one: Copy, other: Copy) -> bool:
    """Whether two articles are one text."""
    shorter, longer = sorted((one, other), key=lambda c: (sum(n for _, n in c.clauses), c.clauses))
    known = {digest for digest, _ in longer.clauses}
    shared = [length for digest, length in shorter.clauses if digest in known]
    whole = sum(length for _, length in shorter.clauses)
    if len(shared) < _LEAST or sum(shared) < _SHARED * whole:
        return False
    names = set(longer.names)
    return sum(name in names for name in shorter.names) >= _NAMES * len(shorter.names)
