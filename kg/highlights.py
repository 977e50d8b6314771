"""A text in pieces, some of which are to stand out."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["in_brackets", "pieces"]


def pieces(text: str, spans: Iterable[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    """A text in pieces, each with whether it lies within one of the half-open ranges of code points.

    >>> pieces("甲获奖了", [(1, 3), (2, 3)])
    (('甲', False), ('获奖', True), ('了', False))
    """
    found: list[tuple[str, bool]] = []
    place = 0
    for start, end in sorted(spans):
        if place < min(end, len(text)):
            begin = max(start, place)
            found += [(text[place:begin], False), (text[begin:end], True)]
            place = end
    return tuple((piece, marked) for piece, marked in [*found, (text[place:], False)] if piece)


def in_brackets(text: str, spans: Iterable[tuple[int, int]], before: str = "【", after: str = "】") -> str:
    """A text with ``before`` and ``after`` around what lies within the ranges.

    >>> in_brackets("甲获奖了", [(1, 3)])
    '甲【获奖】了'
    """
    return "".join(f"{before}{piece}{after}" if marked else piece for piece, marked in pieces(text, spans))
