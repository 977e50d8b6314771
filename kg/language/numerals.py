"""Numbers as Chinese news writes them: 1,126, 13.7万, 3亿多, 一万二千多, 近九成, 百分之八十五, 四分之三.

Offsets are half-open ranges of code points of the text that was given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

__all__ = ["Numeral", "find_numerals", "halfwidth", "parse"]

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS: Final = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_LONGEST: Final = 24
"""More characters than this are a row of signs, not a quantity."""

_WIDE: Final = str.maketrans("０１２３４５６７８９．％", "0123456789.%")

_HAN: Final = "零〇一二两三四五六七八九十百千万亿"
_NUMERAL: Final = re.compile(
    # no number begins with another sign: one look tells most places
    rf"(?=[{_HAN}\d])(?:"
    # 百分之八十五点五, 百分之85
    rf"百分之(?P<percent>[{_HAN}]+(?:点[{_HAN}]+)?|\d+(?:\.\d+)?)"
    # 四分之三, 1/3 is left alone: more often a date or a route
    rf"|(?P<below>[{_HAN}]+)分之(?P<above>[{_HAN}]+)"
    # 近九成, 六成五, 八成半
    r"|(?P<tenths>[一二两三四五六七八九]|\d(?:\.\d)?)成(?P<half>[一二三四五六七八九半])?(?![立效长熟员为功果绩都品本分人年家不])"
    # 1,126 or 1 126 or 13.7, with 万 and the like, and 多 or 余 before or after those
    r"|(?P<arabic>\d{1,3}(?:[,，  ]\d{3}(?!\d))+(?:\.\d+)?|\d+(?:\.\d+)?)"
    # 2万2千余, 3亿5000万, 2千余万: a smaller part behind the scale, or 多 and 余 inside it
    r"(?:(?P<great>[万亿])(?:(?P<part>\d+)(?P<some>[多余]?)(?P<lesser>[百千万])(?!分)|(?P<units>\d{4})(?![\d.年]))"
    r"(?P<rough>[多余]?)"
    r"|(?P<small>[十百千])(?P<within>[多余])(?P<large>[万亿])"
    r"|(?P<mid>[多余来几]?)[   ]?(?P<scale>[十百千万亿]{0,3})(?P<last>[多余来]?))"
    # 一万二千多, 十余, 三百多, 三点五
    rf"|(?P<han>[{_HAN}]+(?:点[零〇一二三四五六七八九]+)?)(?P<inner>[多余几来]?)(?P<more>[万亿]{{0,2}})(?P<tail>[多余来几]?))"
)
_PERCENT_SIGN: Final = re.compile(r"\s?(?:%|％|﹪)")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text; ``text[start:end]`` is it, with a percent sign and 多 or 余 if it has them.

    ``about`` is the word inside that makes it inexact (多, 余, 来, 几) or empty; ``percent`` is true
    for shares (85%, 九成, 四分之三), whose value is then in percent; ``arabic`` for Arabic digits.
    """

    start: int
    end: int
    value: int | float
    about: str = ""
    percent: bool = False
    arabic: bool = True


def halfwidth(text: str) -> str:
    """``text`` with full-width digits, points and percent signs made narrow; the length stays the same.

    >>> halfwidth("１２．５％")
    '12.5%'
    """
    return text.translate(_WIDE)


def find_numerals(text: str, start: int = 0, end: int | None = None) -> Iterator[Numeral]:
    """The numbers in ``text[start:end]``, in order, but no vague ones (十几, 数千, 三四十).

    ``text`` should have gone through :func:`halfwidth`.

    >>> [(n.value, n.about) for n in find_numerals("职工1,400余名，筹资3亿多元，一万二千多人")]
    [(1400, '余'), (300000000, '多'), (12000, '多')]
    >>> [n.value for n in find_numerals("百分之八十五、四分之三、近九成、12.6%")]
    [85, 75, 90, 12.6]
    """
    for match in _NUMERAL.finditer(text, start, len(text) if end is None else end):
        if match.end() - match.start() <= _LONGEST and not _is_vague(text, match):
            found = _numeral(text, match)
            if found is not None:
                yield found


def parse(words: str) -> int | float | None:
    """The value of one number standing alone, or None if it is none (or not an exact one).

    >>> parse("四十一万"), parse("三万六"), parse("二〇二四"), parse("13.7万"), parse("七八十")
    (410000, 36000, 2024, 137000, None)
    """
    words = halfwidth(words.strip())
    match = _NUMERAL.fullmatch(words)
    if match is None or len(words) > _LONGEST:
        return None
    found = _numeral(words, match)
    return found.value if found else None


def _numeral(text: str, match: re.Match[str]) -> Numeral | None:
    if match["arabic"]:
        return _arabic(text, match)
    start, end = match.span()
    if match["percent"]:
        value = _plain(match["percent"])
        return None if value is None else Numeral(start, end, value, percent=True, arabic=False)
    if match["below"]:
        return _fraction(match)
    if match["tenths"]:
        return _tenths(match)
    if "点" in match["han"] and text.startswith("分", end):
        return None  # 六点零五分 is a time of day
    value = _han(match["han"])
    if value is None or "几" in (match["inner"], match["tail"]):
        return None
    if not value and len(match["han"]) == 1:
        return None  # 零件, 零工
    for sign in match["more"]:
        value *= _POWERS[sign]
    value = _whole(value)
    return Numeral(start, end, value, match["inner"] or match["tail"], arabic=False)


def _is_vague(text: str, match: re.Match[str]) -> bool:
    """Whether 几 or 数 stands before a bare power of ten: 数千, 几十万."""
    start = match.start()
    return start > 0 and text[start - 1] in "几数" and text[start] in _POWERS


def _arabic(text: str, match: re.Match[str]) -> Numeral | None:
    value = _plain(re.sub(r"[,，  ]", "", match["arabic"]))
    if value is None or match["mid"] == "几":
        return None
    if match["great"]:
        return _in_parts(match, value)
    if match["small"]:
        value *= _POWERS[match["small"]] * _POWERS[match["large"]]
        return Numeral(*match.span(), _whole(value), match["within"])
    scale = match["scale"]
    if match["mid"] and not scale and match["last"]:
        return None
    for sign in scale:
        value *= _POWERS[sign]
    about = match["mid"] or match["last"]
    end = match.end()
    if not scale:  # a space before nothing belongs to what follows
        end = match.end("mid") if not match["last"] else end
    sign_match = _PERCENT_SIGN.match(text, end)
    if sign_match:
        end = sign_match.end()
    return Numeral(match.start(), end, _whole(value), about, percent=sign_match is not None)


def _in_parts(match: re.Match[str], value: int | float) -> Numeral | None:
    """2万2千, 3亿5000万: the second part must be smaller than the scale of the first."""
    rest = int(match["units"]) if match["units"] else int(match["part"]) * _POWERS[match["lesser"]]
    if rest >= _POWERS[match["great"]]:
        return None
    whole = _whole(value * _POWERS[match["great"]] + rest)
    return Numeral(*match.span(), whole, match["some"] or match["rough"])


def _fraction(match: re.Match[str]) -> Numeral | None:
    below, above = _han(match["below"]), _han(match["above"])
    if not below or above is None or above > below:
        return None
    return Numeral(*match.span(), _whole(round(100 * above / below, 1)), percent=True, arabic=False)


def _tenths(match: re.Match[str]) -> Numeral:
    first = _plain(match["tenths"])
    value = 10 * (first or 0)
    if match["half"]:
        value += 5 if match["half"] == "半" else _DIGITS[match["half"]]
    arabic = match["tenths"].isascii()
    return Numeral(*match.span(), _whole(value), percent=True, arabic=arabic)


def _plain(words: str) -> int | float | None:
    if words[0].isdigit():
        return _whole(float(words)) if "." in words else int(words)
    return _han(words)


def _whole(value: float) -> int | float:
    """An int where the value is one, else a float without the noise of binary arithmetic."""
    tidy = round(value, 6)
    return int(tidy) if tidy == int(tidy) else tidy


def _han(words: str) -> int | float | None:
    """The value of a number in Chinese signs; None where the signs make no number or an estimate."""
    if "点" in words:
        whole, _, decimals = words.partition("点")
        units = _han(whole)
        return None if units is None else float(f"{units}.{''.join(str(_DIGITS[d]) for d in decimals)}")
    if all(c in _DIGITS for c in words):
        return _digits(words)
    return _compound(words)


def _digits(words: str) -> int | None:
    """A single digit, or digits read one by one as in a year; 七八 and 三四 are estimates."""
    if len(words) in (2, 3) or (len(words) > 1 and "两" in words):
        return None
    return int("".join(str(_DIGITS[d]) for d in words))


def _compound(words: str) -> int | None:
    """十, 万 (as in 万名: 1 万), 一百零八, 三万六, 四十一万, 一亿两千万; None for 七八十."""
    for sign, power in _POWERS.items():
        if sign in words:
            head, _, tail = words.partition(sign)
            count = _compound(head) if head else 1
            rest = _remainder(tail, power)
            return None if count is None or rest is None else count * power + rest
    return _DIGITS[words] if len(words) == 1 else None


def _remainder(words: str, power: int) -> int | None:
    """What follows a power of ten: nothing, a full number, or a digit of the next power (三万六)."""
    if not words:
        return 0
    if len(words) == 1 and words in _DIGITS and power > 10:
        return _DIGITS[words] * power // 10
    return _compound(words.lstrip("零〇") or "零")
