"""A text repaired for reading, with the way back to its source.

Nothing is added and nothing is moved: line breaks inside a sentence and stray blanks are taken
out, characters that have a plain form give way to it one for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.reading.characters import INVISIBLE, normalise
from kg.reading.lines import broken_lines, lines_of
from kg.reading.spaces import glued_title, stray_blanks
from kg.reading.strands import Strand

__all__ = ["repair"]

_TAKEN_IN = re.compile(r"人选(?=[ 　]*\d{4} ?年)")
"""入选 as a scanner reads it."""


def repair(source: str) -> tuple[str, tuple[int, ...] | range]:
    """``source`` as it was meant to be read, and the place in it of each character.

    The places are strictly increasing. What is left out between two characters that were not
    neighbours is white space or has no width.

    >>> repair("建成驿 站,\\n\\n服务职工。")
    ('建成驿站,服务职工。', (0, 1, 2, 4, 5, 8, 9, 10, 11, 12))
    """
    strand = Strand.of(source)
    strand = strand.without(match.span() for match in INVISIBLE.finditer(source))
    strand = strand.replaced(normalise(strand.text))
    strand = _join_lines(strand)
    strand = _part_title(strand)
    strand = strand.without(_strays(strand.text))
    text = _TAKEN_IN.sub("入选", strand.text.replace("　", " "))
    return text, strand.places


def _join_lines(strand: Strand) -> Strand:
    """The strand with broken lines joined and without blanks at the ends of lines."""
    text = strand.text
    lines = lines_of(text)
    follows = {after.start for _, after in broken_lines(lines)}
    gaps: list[tuple[int, int]] = []
    breaks: list[int] = []
    done = 0
    for line in lines:
        if line.start in follows:
            apart = _is_letter(text[done - 1]) and _is_letter(text[line.start])
            if apart:
                breaks.append(done)
            gaps.append((done + apart, line.start))
        else:
            gaps += _blanks_between(text, done, line.start)
        done = line.end
    gaps += _blanks_between(text, done, len(text))
    if breaks:
        characters = list(text)
        for place in breaks:
            characters[place] = " "
        strand = strand.replaced("".join(characters))
    return strand.without(gap for gap in gaps if gap[0] < gap[1])


def _is_letter(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _blanks_between(text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in re.compile(r"[^\S\n]+").finditer(text, start, end)]


def _part_title(strand: Strand) -> Strand:
    place = glued_title(strand.text)
    if place is None:
        return strand
    return strand.replaced(strand.text[:place] + "\n" + strand.text[place + 1 :])


def _strays(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        for low, high in stray_blanks(line):
            yield start + low, start + high
        start += len(line) + 1
