"""Names that several things share a head in: 省、市总工会; 全国和省五一劳动奖章; 市住建、人社局."""

from __future__ import annotations

import re
from functools import cache

from kg.language.forms import LEVEL, department, heads
from kg.language.gazetteer import gazetteer
from kg.language.rows import bodies_in
from kg.vocabulary import EntityType

__all__ = ["opened"]

_JOINED = re.compile(r"、|和|与|及|以及|暨")
_SCOPE = re.compile(rf"(?:全国|国家|中央|{LEVEL})级?")
_GRADES = re.compile(r"^(?:[两二三四五]级)")


def opened(name: str, kind: EntityType) -> list[str]:
    """The names that a coordinated name stands for; the name alone where it is not one.

    >>> opened("省、市总工会", EntityType.ORGANIZATION)
    ['省总工会', '市总工会']
    >>> opened("甲山镇、乙河镇等乡镇总工会", EntityType.ORGANIZATION)
    ['甲山镇总工会', '乙河镇总工会']
    >>> opened("劳模和工匠人才创新工作室", EntityType.AWARD)
    ['劳模和工匠人才创新工作室']
    """
    if kind not in (EntityType.ORGANIZATION, EntityType.AWARD, EntityType.EVENT) or not _JOINED.search(name):
        return [name]
    if kind is EntityType.EVENT:
        return _whole_events(name)
    if kind is EntityType.AWARD:
        parts = _whole_awards(name)
        return [scoped for part in parts for scoped in _scopes(part) or [part]]
    return bodies_in(name) or _scopes(name) or _departments(name) or [name]


@cache
def _ends(kind: EntityType) -> tuple[str, ...]:
    return tuple(sorted(heads(kind)))


def _whole_events(name: str) -> list[str]:
    """专题培训班、全市工作推进会: parts outside quotation marks that each end like an event."""
    parts, start = [], 0
    for match in _APART.finditer(name):
        part = name[start : match.start()]
        if len(part) >= 6 and part.endswith(_ends(EntityType.EVENT)) and part.count("“") == part.count("”"):
            parts.append(part)
            start = match.end()
    rest = name[start:]
    return [*parts, rest] if parts and len(rest) >= 6 and rest.endswith(_ends(EntityType.EVENT)) else [name]


_RECIPIENT = re.compile(r"(?:者|师|能手|标兵|人员|员工|单位|集体|个人)$")


def _is_award_end(words: str) -> bool:
    if words.endswith("”") and words.count("“") == words.count("”"):
        return True
    return words.endswith(_ends(EntityType.AWARD)) or _RECIPIENT.search(words) is not None


_APART = re.compile(r"、|和|以及|及")


def _whole_awards(name: str) -> list[str]:
    """劳动奖章、工人先锋号: parts that each end like an award; a scope before the first holds for all."""
    places = [m for m in _APART.finditer(name) if _is_award_end(name[: m.start()])]
    parts, start = [], 0
    for match in places:
        if not name.startswith("工匠人才", match.end()):
            parts.append(name[start : match.start()])
            start = match.end()
    parts.append(name[start:])
    if len(parts) < 2 or not all(len(p) >= 3 and _is_award_end(p) for p in parts):
        return [name]
    length = _scope_length(parts[0])
    lead = parts[0][:length] if length and not _JOINED.search(parts[0]) else ""
    return [parts[0], *(p if _scope_length(p) else lead + p for p in parts[1:])]


def _scopes(name: str) -> list[str]:
    """全国和河南省 + 五一劳动奖章: each part but the last is a scope and nothing more."""
    parts = _JOINED.split(name)
    scopes = []
    for part in parts[:-1]:
        if not _is_scope(part):
            return []
        scopes.append(part.removesuffix("级"))
    last = parts[-1]
    length = _scope_length(last)
    if not length or length == len(last):
        return []
    head = _GRADES.sub("", last[length:])
    return [scope + head for scope in (*scopes, last[:length].removesuffix("级"))] if head else []


def _is_scope(words: str) -> bool:
    return _scope_length(words) == len(words) > 0


def _scope_length(words: str) -> int:
    """How many characters at the beginning of ``words`` name a division or a level."""
    divisions, rest = gazetteer().split_prefix(words)
    if divisions:
        return len(words) - len(rest)
    match = _SCOPE.match(words)
    return match.end() if match else 0


@cache
def _department_roots() -> dict[str, str]:
    """人社 → 人社局: departments without their last character."""
    return {short[:-1]: short for short in sorted(department()) if len(short) > 2}


def _departments(name: str) -> list[str]:
    """市住建、人社局: one scope before departments that share their last character."""
    parts = _JOINED.split(name)
    length = _scope_length(parts[0])
    scope, first = parts[0][:length], parts[0][length:]
    head = name[-1]
    roots = [first, *parts[1:-1], parts[-1][:-1]]
    if not scope or not all(root in _department_roots() for root in roots):
        return []
    return [scope + root + head for root in roots]
