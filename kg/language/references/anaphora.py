"""Words that point back to a thing without naming it: 该公司, 此次大会, 王师傅, 老李."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from kg.language.annotations import Name, Referent
from kg.language.lexicon import column, table
from kg.vocabulary import EntityType

__all__ = ["anaphors", "short_persons"]

_POINTER = r"(?:该|此次|本次|这次|此届|本届|这家|这一)"
_CONTEST = ("大赛", "竞赛", "比赛", "比武", "邀请赛", "挑战赛", "技能赛")
_MEETING = ("大会", "会议", "座谈会", "推进会", "年会", "论坛", "全会", "研讨会", "交流会")


def anaphors(text: str, referents: Sequence[Referent]) -> list[tuple[str, Name]]:
    """Pairs of referent key and the words that point to it: the nearest before them that fits."""
    taken = sorted((n.start, n.end) for r in referents for n in r.names)
    places = sorted(((n.end, r) for r in referents for n in r.names), key=lambda pair: (pair[0], pair[1].key))
    ends = [end for end, _ in places]
    found = []
    meant: dict[str, Referent] = {}
    for match in _pointing().finditer(text):
        if _covered(taken, match.start(), match.end()):
            continue
        noun = match[1]
        known = meant.get(match[0])
        if known is not None and known.type is EntityType.EVENT:
            found.append((known.key, Name(match.start(), match.end(), known.type, match[0], "anaphora")))
            continue
        for i in range(
            bisect_left(ends, match.start() + 1) - 1, max(-1, bisect_left(ends, match.start() + 1) - 60), -1
        ):
            referent = places[i][1]
            if _fits(noun, referent):
                meant[match[0]] = referent
                found.append(
                    (referent.key, Name(match.start(), match.end(), referent.type, match[0], "anaphora"))
                )
                break
    return found


@cache
def _pointing() -> re.Pattern[str]:
    nouns = {row["noun"] for row in table("stand_ins") if row["type"] != "Person"}
    nouns |= {*_CONTEST, *_MEETING}
    longest = sorted(nouns, key=lambda n: (-len(n), n))
    return re.compile(_POINTER + "(" + "|".join(map(re.escape, longest)) + ")(?![一-龥]?(?:代表|员))")


@cache
def _kinds() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    return {
        row["noun"]: (frozenset(row["type"].split("|")), frozenset(filter(None, row["subtype"].split("|"))))
        for row in table("stand_ins")
    }


def _fits(noun: str, referent: Referent) -> bool:
    for family in (_CONTEST, _MEETING):
        if noun in family:
            return referent.type is EntityType.EVENT and referent.name.endswith(family)
    types, subtypes = _kinds()[noun]
    if referent.type not in types:
        return False
    if referent.type is EntityType.ORGANIZATION:
        return not subtypes or referent.subtype in subtypes
    return referent.name.endswith(noun)


def _covered(taken: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    i = bisect_left(taken, (end, 0)) - 1
    return i >= 0 and taken[i][1] > start


@cache
def _short_person() -> re.Pattern[str]:
    singles = "".join(sorted(s for s in column("surnames", "surname") if len(s) == 1))
    return re.compile(
        rf"[老小]([{singles}])(?![一-龥]{{0,1}}[岁])"
        rf"|(?<![一-龥])([{singles}])(?:师傅|某某?|老师|大姐|大哥)"
    )


def short_persons(text: str, referents: Sequence[Referent]) -> list[tuple[str, Name]]:
    """老李, 王师傅, 李某 where exactly one person of that surname has been named before."""
    taken = sorted((n.start, n.end) for r in referents for n in r.names)
    by_surname: dict[str, list[Referent]] = {}
    for referent in referents:
        if referent.type is EntityType.PERSON and len(referent.name) <= 3:
            by_surname.setdefault(referent.name[0], []).append(referent)
    found = []
    for match in _short_person().finditer(text):
        same = by_surname.get(match[1] or match[2], [])
        if len(same) != 1 or same[0].names[0].start > match.start():
            continue
        if not _covered(taken, match.start(), match.end()):
            found.append(
                (
                    same[0].key,
                    Name(match.start(), match.end(), EntityType.PERSON, match[0], "anaphora:surname"),
                )
            )
    return found
