"""How the lines look that say who made an article: enough of it to leave them as they are."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.language.lexicon import column

__all__ = ["has_surname", "is_credit", "is_name_list", "spread_roles"]

_LONGEST: Final = 120
_EDGE: Final = "■□◆◇●◎▲△（(【[）)】] 　"
_SPLIT = re.compile(r"[ 　、，,／/：:；;]+")
_PERSON = re.compile(r"[一-鿿]{1,4}|[一-鿿]{1,9}(?:[·•・‧][一-鿿]{1,9})+|[A-Za-z][A-Za-z.\-]*")
_UNIT = re.compile(
    r"[一-鿿]{2,20}(?:报|社|网|会|局|中心|公司|台|部|院|校|集团|委|室|科|组|团|厅|所|站|镇|乡|厂|矿)"
)
_LEAD = re.compile(r"[一-鿿、·“”]{0,20}[ 　]*")
_PICTURE = re.compile(r"[（(]?(?:文|图|图文|文图)[ 　]*[/／]")


@cache
def _forms() -> tuple[str, ...]:
    forms = (form for form in column("byline_roles", "form") if len(form) > 1 and "/" not in form)
    return tuple(sorted(forms, key=len, reverse=True))


@cache
def spread_roles() -> re.Pattern[str]:
    """A word for a part in making an article (记者, 责任编辑), perhaps with blanks between its characters."""
    return re.compile("|".join("[ 　]*".join(map(re.escape, form)) for form in _forms()))


@cache
def _surnames() -> frozenset[str]:
    return frozenset(column("surnames", "surname"))


def has_surname(name: str) -> bool:
    """Whether ``name`` begins with a family name and is as long as a Chinese name is."""
    return 2 <= len(name) <= 4 and (
        (name[0] in _surnames() and len(name) < 4) or (name[:2] in _surnames() and len(name) > 2)
    )


def is_name_list(words: list[str]) -> bool:
    """Whether the words look like names of persons that stand side by side.

    >>> is_name_list(["张三", "李四", "王五"]), is_name_list(["工作", "现场", "交流"])
    (True, False)
    """
    return all(map(has_surname, words))


def is_credit(line: str) -> bool:
    """Whether a line is nothing but names and the parts they had in the article.

    >>> is_credit("■全媒体记者许小英 通讯员清工宣"), is_credit("记者从市总工会获悉,驿站已经建成")
    (True, False)
    """
    if len(line) > _LONGEST or "。" in line:
        return False
    if _PICTURE.match(line):
        return True
    words = line.strip(_EDGE)
    role = spread_roles().search(words)
    if role is None or role.start() > 20 or not _LEAD.fullmatch(words[: role.start()]):
        return False
    behind = words[role.end() :]
    if role.start() == 0 and behind.lstrip(" 　").startswith(("：", ":")):
        return True
    names = [word for part in spread_roles().split(behind) for word in _SPLIT.split(part) if word]
    if not names or not all(_PERSON.fullmatch(name) or _UNIT.fullmatch(name) for name in names):
        return False
    glued = not _SPLIT.match(behind)
    return (
        not glued
        or has_surname(names[0])
        or names[0] in _surnames()
        or "通" in role.group()
        or "·" in names[0]
    )
