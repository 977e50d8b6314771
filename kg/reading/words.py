"""Whether two pieces of text meet inside a word."""

from __future__ import annotations

from functools import lru_cache

__all__ = ["crosses_a_word", "is_word"]


@lru_cache(maxsize=4096)
def _cut(text: str) -> list[str]:
    import rjieba  # its dictionary takes a tenth of a second to load: only for texts that need it

    return rjieba.cut(text, hmm=False)


def crosses_a_word(before: str, after: str) -> bool:
    """Whether the last character of ``before`` and the first of ``after`` belong to one word.

    >>> crosses_a_word("伊州区人", "民医院召开")
    True
    >>> crosses_a_word("聚焦主责主业", "回应职工关切")
    False
    """
    left, right = before[-6:], after[:6]
    place = 0
    for word in _cut(left + right):
        place += len(word)
        if place == len(left):
            return False
        if place > len(left):
            return True
    return False


def is_word(text: str) -> bool:
    """Whether ``text`` is one word of the dictionary."""
    return _cut(text) == [text]
