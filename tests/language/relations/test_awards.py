"""Honours received and conferred, case by case in ``cases/awards.txt``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.language.annotations import Claim, Reading
from kg.language.posts import find_posts
from kg.language.relations.awards import find_claims

CASE_FILE = Path(__file__).parent / "cases" / "awards.txt"


def _find(reading: Reading) -> list[Claim]:
    posts = find_posts(reading.text, [n for n, _ in reading.mentions])
    return find_claims(replace(reading, posts=tuple(posts)))


def test_claims(case: Any, check_claims: Callable[..., None]) -> None:
    check_claims(case, _find)


@pytest.mark.parametrize(("published", "year"), [("2024-05-01", "2023"), ("2020", "2019"), (None, "去年")])
def test_last_year_is_a_year_when_the_date_is_known(
    published: str | None, year: str, marked: Callable[[str], Reading]
) -> None:
    reading = marked("去年，<p>王石</p>获<a>云城工匠</a>称号。")
    (claim,) = _find(replace(reading, published=published))
    assert dict(claim.attributes) == {"year": year}


def test_a_long_line_takes_time_in_proportion(marked: Callable[[str], Reading]) -> None:
    reading = marked("<p>王石</p>获<a>云城工匠</a>，" * 3000)
    assert len(_find(reading)) == 1
