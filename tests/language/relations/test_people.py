"""Posts, parts taken and makers of articles, case by case in ``cases/people.txt``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.language.annotations import Byline, Claim, Reading
from kg.language.posts import find_posts
from kg.language.relations.people import find_claims
from kg.vocabulary import DOCUMENT, Predicate

CASE_FILE = Path(__file__).parent / "cases" / "people.txt"


def _with_posts(reading: Reading) -> Reading:
    return replace(reading, posts=tuple(find_posts(reading.text, [n for n, _ in reading.mentions])))


def _find(reading: Reading) -> list[Claim]:
    return find_claims(_with_posts(reading))


def test_claims(case: Any, check_claims: Callable[..., None]) -> None:
    check_claims(case, _find)


def test_makers_of_the_article(marked: Callable[[str], Reading]) -> None:
    reading = marked("<o/Media>云城工人报</o>记者<p>许小英</p> 通讯员<p>石磊</p>\n<p>林河</p>说。")
    bylines = tuple(
        Byline(n.start, n.end, n.text, role)
        for (n, r), role in zip(
            [m for m in reading.mentions if m[1].name in ("许小英", "石磊")], ["记者", "通讯员"], strict=True
        )
    )
    claims = _find(replace(reading, bylines=bylines))
    assert [(c.predicate, c.subject, c.object, c.attributes) for c in claims] == [
        (Predicate.WROTE_FOR, "许小英", DOCUMENT, (("role", "记者"),)),
        (Predicate.WROTE_FOR, "石磊", DOCUMENT, (("role", "通讯员"),)),
    ]


def test_an_article_without_people_says_nothing_of_them(marked: Callable[[str], Reading]) -> None:
    assert _find(marked("<o>云城市总工会</o>主席出席会议。")) == []
