"""How exact a figure is: the bounds that its modifier gives it."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from kg.graph.resources import terms
from kg.graph.terms import PREFIXES
from kg.vocabulary import ONTOLOGY, Property

__all__ = ["bounds", "plain_number"]

_BETWEEN: Final = re.compile(r"[、,，/\s]+")


def bounds(value: int | float, modifier: str | None) -> tuple[int | float | None, int | float | None]:
    """The least and the greatest number that the words allow; None where they set no bound.

    >>> bounds(40000, "近"), bounds(80000000, "累计、超"), bounds(7, None)
    ((None, 40000), (80000000, None), (None, None))
    """
    kinds = {_bound_words().get(word) for word in _BETWEEN.split(modifier or "")}
    return (value if "min" in kinds else None, value if "max" in kinds else None)


def plain_number(value: int | float) -> str:
    """The number in digits, without an exponent.

    >>> plain_number(0.5), plain_number(300000000), plain_number(1e-7), plain_number(12.0)
    ('0.5', '300000000', '0.0000001', '12.0')
    """
    return format(Decimal(repr(value)), "f")


@cache
def _bound_words() -> dict[str, str]:
    """Each modifier that sets a bound, with ``min`` or ``max``, out of the scheme of modifiers."""
    scheme = terms("schemes.ttl")
    bound = {t.subject: t.value for t in scheme if t.predicate == ONTOLOGY + Property.BOUND}
    names = (PREFIXES["skos"] + "altLabel", PREFIXES["skos"] + "prefLabel")
    return {t.value: bound[t.subject] for t in scheme if t.subject in bound and t.predicate in names}
