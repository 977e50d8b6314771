"""Dates as files give them, in ISO 8601."""

from __future__ import annotations

import re

__all__ = ["iso_date"]

_DATE = re.compile(
    r"((?:19|20)\d\d)(?:[-/.年]\s?(1[0-2]|0?[1-9])(?:[-/.月]\s?(3[01]|[12]\d|0?[1-9])(?!\d))?(?!\d))?"
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?:\d{6})?$")


def iso_date(words: str) -> str | None:
    """The first date in ``words``, with as much of it as is given; None where there is none.

    >>> [iso_date(words) for words in ("2024年4月30日 10:20", "2024-05-02T08:00:00Z", "20240430", "今天")]
    ['2024-04-30', '2024-05-02', '2024-04-30', None]
    """
    match = _COMPACT.match(words.strip()) or _DATE.search(words)
    if match is None:
        return None
    year, month, day = match.groups()
    return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
