"""What a well-formed name looks like: ragged edges are mended, what cannot be a name is refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from kg.language.annotations import Name
from kg.language.conflicts import Rejected
from kg.language.gazetteer import gazetteer
from kg.language.lexicon import column, table
from kg.vocabulary import EntityType

__all__ = ["mended"]

_PAIRS = {"“": "”", "（": "）", "(": ")", "《": "》", "「": "」", "〈": "〉", "【": "】"}
_EDGE = " \t\r\n\u3000、，。；：！？,;:!?·-—"
_SURE = ("grammar", "byline", "known", "gold")
_LATIN = re.compile(r"[A-Za-z][A-Za-z .'-]+")
_DIGITS = re.compile(r"[0-9０-９]+")
_TITLES = re.compile(r"(?:同志|先生|女士|书记|主席|局长|主任)$")
_LONGEST = {
    EntityType.PERSON: 20,
    EntityType.PLACE: 20,
    EntityType.ORGANIZATION: 50,
    EntityType.PROGRAMME: 50,
}


def mended(text: str, names: Sequence[Name]) -> tuple[list[Name], list[Rejected]]:
    """The names with their edges mended, and those that cannot be names, with the reason.

    Only what a recogniser guessed is touched; what a rule took by its form stays as it is.
    """
    words = {n.text for n in names}
    known = {n.text: n.type for n in names if n.rule.startswith("known:")}
    kept: list[Name] = []
    refused: list[Rejected] = []
    for name in names:
        if name.rule.partition(":")[0] in _SURE:
            kept.append(name)
            continue
        better = _without_lead(text, _trimmed(text, _unbroken(text, name)), words)
        better = _retyped(_extended(text, better), known)
        reason = _fault(better)
        if reason:
            refused.append(Rejected(name, reason))
        else:
            kept.append(better)
    return kept, refused


def _cut(text: str, name: Name, start: int, end: int) -> Name:
    if (start, end) == (name.start, name.end):
        return name
    return Name(start, end, name.type, text[start:end], name.rule, name.score)


def _trimmed(text: str, name: Name) -> Name:
    """Without stray marks at the edges and without a bracket or quotation mark that has no partner."""
    start, end = name.start, name.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    while start < end and text[start] in _PAIRS and _PAIRS[text[start]] not in text[start + 1 : end]:
        start += 1
    while end > start and text[end - 1] in _PAIRS:
        end -= 1
    closing = {c: o for o, c in _PAIRS.items()}
    while end > start and text[end - 1] in closing and closing[text[end - 1]] not in text[start : end - 1]:
        end -= 1
    if text[start:end].count('"') == 1:
        start += text[start] == '"'
        end -= text[end - 1] == '"'
    if name.type is EntityType.PERSON:
        if end - start > 3 and _TITLES.search(text[start:end]):
            end -= 2
        elif end - start == 3 and text.startswith("荣获", end - 1):
            end -= 1  # 员工张伟荣获…: the verb is 荣获, and 张伟 the name
    return _cut(text, name, start, max(end, start + 1))


@cache
def _breakers() -> re.Pattern[str]:
    words = sorted(column("name_breakers", "word"), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words)))


_BROKEN = (EntityType.ORGANIZATION, EntityType.PERSON, EntityType.FACILITY, EntityType.AWARD, EntityType.PLACE)


def _unbroken(text: str, name: Name) -> Name:
    """Cut at a word that never stands in a name: before it where a name stands there, else behind it."""
    start, end = name.start, name.end
    if name.type not in _BROKEN or any(mark in name.text for mark in "“\"《"):
        return name
    for match in _breakers().finditer(name.text):
        if match.start() and _has_head(name.text[: match.start()], name.type):
            end = name.start + match.start()
            break
        start = name.start + match.end()
    return _cut(text, name, start, end) if start < end else name


_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年度?$")
_RANKING_BEHIND = re.compile(r"\d{2,4}强|百强")
_ROAD_BEHIND = re.compile(r"(?:中|东|西|南|北)?[路街巷]")


def _extended(text: str, name: Name) -> Name:
    """With what belongs to a name beside it: the year of an event, 500强 of a ranking, 路 of a road."""
    if name.type is EntityType.EVENT:
        year = _YEAR_BEFORE.search(text, max(0, name.start - 6), name.start)
        return _cut(text, name, year.start(), name.end) if year else name
    if name.type in (EntityType.AWARD, EntityType.ORGANIZATION):
        ranking = _RANKING_BEHIND.match(text, name.end)
        if ranking:
            return Name(name.start, ranking.end(), EntityType.AWARD, text[name.start : ranking.end()], name.rule, name.score)
    if name.type is EntityType.PLACE and not name.text.endswith(tuple("省市县区州旗镇乡路街巷村")):
        road = _ROAD_BEHIND.match(text, name.end)
        return _cut(text, name, name.start, road.end()) if road else name
    return name


_HEAD_TABLES = {
    EntityType.ORGANIZATION: "organization_heads",
    EntityType.AWARD: "award_heads",
    EntityType.EVENT: "event_heads",
    EntityType.DOCUMENT: "document_heads",
    EntityType.PROGRAMME: "programme_heads",
    EntityType.FACILITY: "facility_heads",
    EntityType.PLACE: "area_heads",
}


@cache
def _heads(kind: EntityType, *, strong: bool) -> frozenset[str]:
    return frozenset(row["head"] for row in table(_HEAD_TABLES[kind]) if not strong or row["strength"] == "strong")


def _head(name: str, kind: EntityType, *, strong: bool = False) -> int:
    """Length of the longest head of this type in which a name ends; 0 where it ends in none."""
    if kind not in _HEAD_TABLES:
        return 0
    heads = _heads(kind, strong=strong)
    return next((len(name) - i for i in range(max(0, len(name) - 10), len(name)) if name[i:] in heads), 0)


def _has_head(name: str, kind: EntityType) -> bool:
    return _head(name, kind) > 0


_TELLING = (EntityType.EVENT, EntityType.DOCUMENT, EntityType.PROGRAMME)
"""Types whose strong heads end names of hardly any other type (measured on the training articles)."""


def _retyped(name: Name, known: dict[str, EntityType]) -> Name:
    """Under the type that a table or the head of the name tells, where the recogniser saw another."""
    kind = known.get(name.text, name.type)
    if kind is name.type and not _head(name.text, kind):
        for other in _TELLING:
            if _head(name.text, other, strong=True) >= 2 and name.type is not EntityType.PERSON:
                kind = other
        if name.type is EntityType.FACILITY and _head(name.text, EntityType.PLACE, strong=True):
            kind = EntityType.PLACE
    return name if kind is name.type else Name(name.start, name.end, kind, name.text, name.rule, name.score)


@cache
def _leads() -> dict[EntityType, tuple[str, ...]]:
    found: dict[EntityType, list[str]] = {kind: [] for kind in EntityType}
    for row in table("name_leads"):
        for kind in row["types"].split("|"):
            found[EntityType(kind)].append(row["word"])
    return {kind: tuple(sorted(words, key=lambda w: (-len(w), w))) for kind, words in found.items()}


def _without_lead(text: str, name: Name, words: set[str]) -> Name:
    """Without a word that stands before a name: 由师市总工会 → 师市总工会, where that is a name by itself."""
    for word in _leads()[name.type]:
        if name.text.startswith(word) and len(name.text) - len(word) >= 2:
            rest = name.text[len(word) :]
            if rest in words or _stands_alone(name.text, rest, name.type):
                return _cut(text, name, name.start + len(word), name.end)
    return name


_SCOPE_AHEAD = re.compile(r"(?:省|市|县|区|州|盟|旗|镇|乡|街道|全国|国家|中国|中华)(?!场|民|长|域|块|际)")


def _stands_alone(whole: str, rest: str, kind: EntityType) -> bool:
    if gazetteer().split_prefix(whole)[0]:
        return False
    return bool(gazetteer().split_prefix(rest)[0]) or (
        kind in (EntityType.ORGANIZATION, EntityType.AWARD) and _SCOPE_AHEAD.match(rest) is not None
    )


@cache
def _stop_names() -> frozenset[str]:
    return frozenset(column("stop_names", "word"))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(column("surnames", "surname"))


def _fault(name: Name) -> str:
    """Why this cannot be a name; empty where it can."""
    if len(name.text) < 2 and name.type is not EntityType.PLACE:
        return "a single character"
    if len(name.text) > _LONGEST.get(name.type, 100):
        return "too long for a name"
    if name.text in _stop_names():
        return "a kind, not a name"
    if _DIGITS.fullmatch(name.text):
        return "only digits"
    if name.type is EntityType.PERSON:
        return _person_fault(name.text)
    if name.type is EntityType.FACILITY and _KIND_OF_LEVEL.match(name.text):
        return "a kind, not a name"
    if name.type is EntityType.ORGANIZATION and _KIND_OF_UNION.fullmatch(name.text):
        return "a kind, not a name"
    if name.type is EntityType.AWARD and not _has_head(name.text, name.type) and not _AWARD_SIGN.search(name.text):
        return "nothing in it says that it is an award"
    return ""


_KIND_OF_LEVEL = re.compile(r"(?:国家|省|市|县|区)级")
_KIND_OF_UNION = re.compile(r"(?:各级|基层|企业|行业|行业性|上级|县级|乡镇|街道|社区|本级|全市|全县|全省|全国各级)?(?:工会|工联会|工会组织)")
_AWARD_SIGN = re.compile(r"[“\"奖章状号匠星杯]|先进|优秀|模范|示范|标兵|能手|荣誉|最美|十佳|百强|\d强")


def _person_fault(name: str) -> str:
    plain = name.replace(" ", "")
    if "·" in plain or "•" in plain or _LATIN.fullmatch(name):
        return ""
    if any(mark in plain for mark in "，。、；：“”《》（）"):
        return "marks inside a person's name"
    if plain[0] in _surnames() or plain[:2] in _surnames() or len(plain) >= 4:
        return "" if len(plain) <= 8 else "too long for a name"
    return "" if len(plain) in (2, 3) else "not the shape of a person's name"
