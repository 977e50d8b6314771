"""Whose article it is: the organization that it is about, and the person whom a portrait is about."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from kg.language.annotations import Name, Reading, Referent
from kg.vocabulary import EntityType, Subtype

__all__ = ["CREDIT", "DATELINE", "DATELINE_END", "LABEL", "SQUAD", "hero_of", "is_governed", "owner_of"]

CREDIT: Final = re.compile(
    r"(?<![诉对向和让令给])记者(?![从了在看采走问说来近日感面，。])|通讯员|编辑(?!部)|校对|作者|文/图|(?<!拍)摄(?![制像])|来源(?=\s*[：:｜])"
    r"|撰稿|供稿|本版|版式|美编|责编|终审|整理(?=\s*[：:/｜）)】]|\s*$)"
)
"""What tells a line that says who made the article."""

DATELINE: Final = re.compile(
    r"\s*[^，。；：、！？\n（）()]{2,24}?(?:[\d一二三四五六七八九十]日[电讯]|[网社报台]讯)\s*(?:[（(][^（）()\n]{0,40}[）)])?\s*"
)
"""The opening of a news report that says who sends it from where (新华社北京4月26日电（记者…）)."""

DATELINE_END: Final = re.compile(r"[电讯]\s*(?:[（(]|\s)")
"""What ends a dateline behind the names in it."""

LABEL: Final = re.compile(r"\s*(?:[：:】]|——|$)")
"""What follows a name that is the label of what comes after it."""

_GOVERNED: Final = re.compile(
    r"(?:被|由|经|受|根据|按照|依据|遵照|获|获得|荣获|向|给|[，。]是|[校院司厂]是)[“‘\"']?$"
)
"""What stands before a body that does something to the one that the article is about."""
_GIVING: Final = re.compile(
    r"(?:联合)?(?:授予|颁发|颁布|命名|评为|评定|认定|批准|核准|确定|评选|主管|备案|验收|审批|立项|列为)的?(?!了)"
)
_LISTED: Final = re.compile(r"[”’\"']?(?:[、和与及]|以及)[“‘\"']?")
SQUAD: Final = re.compile(r"(?:代表队|代表团|参赛队|联队|组委会|领导小组)$")
"""A body for one occasion: no 公司 and no 单位 means it."""
_SMALL: Final[dict[Subtype | None, int]] = {Subtype.TEAM: 3}
"""How many times less a mention of such a body counts."""
_HEAD: Final = 8
"""How many paragraphs at the top of an article can tell whose article it is."""


def owner_of(reading: Reading) -> str:
    """The organization that the article is about, by where and how often it is named.

    A mention of a part (维修二班 of a company) counts for the whole as well.
    """
    organizations = [r for r in reading.referents if r.type is EntityType.ORGANIZATION and r.names]
    fitting = {r.key: r for r in organizations if r.subtype is not Subtype.MEDIA}
    post_starts = {post.start for post in reading.posts}
    scores: Counter[str] = Counter()
    governed = 0
    for name, referent in reading.mentions:
        if referent.type is EntityType.ORGANIZATION:
            listed = bool(governed) and _LISTED.fullmatch(reading.text, governed, name.start) is not None
            governed = name.end if listed or is_governed(reading, name) or _gives(reading, name) else 0
        if referent.key in fitting and not governed:
            scores[referent.key] += _weight(reading, name, introduces=name.end in post_starts)
    _count_parts(fitting, scores)
    for key, referent in fitting.items():
        scores[key] //= 3 if SQUAD.search(referent.name) else _SMALL.get(referent.subtype, 1)
    if not scores:
        return ""
    best = fitting[min(scores, key=lambda key: (-scores[key], fitting[key].names[0].start))]
    if best.subtype is Subtype.TEAM:
        return _whole(best, {r.name: r.key for r in organizations}) or best.key
    return best.key


def _gives(reading: Reading, name: Name) -> bool:
    """Whether a body only confers or approves something here (教育部授予的…)."""
    return _GIVING.match(reading.text, name.end) is not None


def is_governed(reading: Reading, name: Name) -> bool:
    """Whether a body only does something to the one that is spoken of (被省总工会授予…)."""
    return _GOVERNED.search(reading.text, max(0, name.start - 4), name.start) is not None


def _weight(reading: Reading, name: Name, *, introduces: bool) -> int:
    """How much a mention says for its body being what the article is about.

    One that only ``introduces`` somebody (X公司董事长张三) says little, one in a dateline nothing.
    """
    sentence = reading.sentence_at(name.start)
    if sentence is None:
        return 1
    text = reading.text
    if DATELINE.match(text, sentence.start) and DATELINE_END.search(text, name.end, name.end + 16):
        return 0
    short = sentence.end - sentence.start <= 60
    if short and CREDIT.search(text, sentence.start, sentence.end):
        return 0
    opens = name.start == sentence.start or text[name.start - 1] in "，、：:—【\n"
    weight = 3 if opens and not text.startswith("的", name.end) else 2
    if introduces:
        weight -= 1
    if sentence.paragraph >= _HEAD:
        return weight
    titles = sentence.heading or (short and text[sentence.end - 1] not in "。！？；.;!?，,")
    if titles and (opens or LABEL.match(text, name.end, sentence.end)):
        return weight + 10
    return weight + 2


def _count_parts(organizations: dict[str, Referent], scores: Counter[str]) -> None:
    wholes = {r.name: r.key for r in organizations.values()}
    for part in organizations.values():
        whole = _whole(part, wholes)
        if whole and part.subtype is not Subtype.TRADE_UNION:
            scores[whole] += 2 * len(part.names)


def _whole(part: Referent, wholes: dict[str, str]) -> str:
    """The organization whose name begins that of ``part``, the longest such; or empty."""
    heads = (part.name[:n] for n in range(len(part.name) - 1, 1, -1))
    return next((wholes[head] for head in heads if head in wholes), "")


def hero_of(reading: Reading) -> str:
    """The person whom a portrait is about: named far more often than anyone else and any body."""
    people = [r for r in reading.referents if r.type is EntityType.PERSON]
    if not people:
        return ""
    hero = min(people, key=lambda r: (-len(r.names), r.key))
    others = max((len(r.names) for r in people if r is not hero), default=0)
    bodies = max((len(r.names) for r in reading.referents if r.type is EntityType.ORGANIZATION), default=0)
    count = len(hero.names)
    return hero.key if count >= 4 and count > bodies and count >= 2 * others else ""
