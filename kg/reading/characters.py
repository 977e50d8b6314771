"""Characters that stand for others, one for one, and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

__all__ = ["INVISIBLE", "normalise"]

INVISIBLE: Final = re.compile(
    "\r(?=\n)|[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\x00-\x08\x0e-\x1f\x7f]+"
)
"""Zero-width characters, marks of writing direction, variation selectors, controls, a CR before LF."""

_SPACES: Final = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
_LINE_ENDS: Final = "\r\x0b\x0c\x85\u2028\u2029"
_RADICALS: Final = "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳"
_MEANT: Final = "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟"
"""Radicals that pdf fonts put in place of the character, and that Unicode does not call equal to it."""


@cache
def _equivalents() -> dict[int, str]:
    table = dict.fromkeys(map(ord, _SPACES), " ")
    table |= dict.fromkeys(map(ord, _LINE_ENDS), "\n")
    table |= {ord(r): c for r, c in zip(_RADICALS, _MEANT, strict=True)}
    for block in (
        range(0x2E80, 0x2FE0),
        range(0xF900, 0xFB00),
        range(0x2F800, 0x2FA20),
        range(0xFF10, 0xFF5B),
    ):
        for code in block:
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain.isalnum() and ord(plain) != code:
                table[code] = plain
    table[0xFF05] = "%"
    return table


def normalise(text: str) -> str:
    """``text`` with each compatibility form replaced by the plain character; the length is the same.

    Compatibility ideographs and radicals become ideographs, full-width letters and digits ASCII,
    any space but the ideographic one a blank, any line end a line feed. Punctuation stays.

    >>> normalise("２０２４年⻓沙\u00a0Ａ区，")
    '2024年长沙 A区，'
    """
    return text.translate(_equivalents())
