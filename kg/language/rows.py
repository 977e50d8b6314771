"""Bodies in a row that share their head: 甲镇、乙镇、丙镇总工会; 甲、乙、丙三家企业工会."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kg.language.annotations import Name
from kg.language.gazetteer import gazetteer
from kg.vocabulary import EntityType

__all__ = ["bodies_in", "rows"]

_LEVEL = r"(?:民族乡|街道|苏木|团场|镇|乡|县|区|市|旗|团)"
_HEAD = r"(?:总工会|工会联合会|联合工会|工会|党工委|党委|人民政府|政府|街道办事处|办事处|团委|妇联|纪委)"
_KIND = (
    r"(?:县（市、区）|县\(市、区\)|县（市）|县市区|市县|县市|县区|区县|乡镇（街道）|乡镇|镇街|林业局|项目部|分公司|子公司"
    r"|企业|(?:[一-龥]{2})?集团|公司|分厂|医院|学校|街道|市|县|区|镇|乡|厂|矿|局)"
)
_NUMBER = r"(?:[两二三四五六七八九十]|\d{1,2})"
_COUNTED = rf"(?:(?P<number>{_NUMBER})(?:家|个|所)?|(?<=等))(?P<kind>{_KIND})"
_TAIL = rf"(?P<head>(?:交通运输|交通|教育|行业)?{_HEAD})"
_PLACE = rf"[一-龥〇]{{1,9}}?{_LEVEL}"
_CITY = r"(?P<city>[一-龥]{2,4}?)(?=总工会)"
_LAST = rf"(?:(?P<item>[一-龥]{{2,8}}?)(?P<etc>等)?{_COUNTED}|(?P<place>{_PLACE})|{_CITY}){_TAIL}"
_BEHIND = r"(?![员法歌]|组织(?!开|职|了|部))"
_JOINT = r"(?:、|和(?![平龙顺田县政布硕静林谐睦美兴丰])|与|及|以及)"
_ROW = re.compile(rf"{_JOINT}{_LAST}{_BEHIND}")
_WHOLE = re.compile(rf"(?P<items>.+){_JOINT}{_LAST}")
_SPLIT = re.compile(_JOINT)
_STOP = re.compile(r"[^一-龥〇、]")
_ITEM = re.compile(r"[一-龥〇]{2,9}")
_NO_ITEM = re.compile(r"[各全本该我]|.*(?:工会|委员会|等)$")
_FARTHEST = 60
"""Characters before the last item in which the row may begin."""

_BEFORE_NAMES = frozenset({"v", "vn", "p", "d", "c", "u", "ul", "uj"})
"""Tags of words that end before a name begins."""

_DIVIDED = ("市", "县", "区")

_NUMBERS = {c: i for i, c in enumerate("两三四五六七八九十", 2)} | {"二": 2}


def rows(text: str, names: Sequence[Name]) -> Iterator[Name]:
    """Each row as one organization, as far as the names seen tell where its first item begins."""
    starts: dict[int, list[Name]] | None = None
    for match in _ROW.finditer(text):
        if starts is None:
            starts = _by_end(names)
        start = _beginning(text, match, starts)
        if start is not None:
            yield Name(start, match.end(), EntityType.ORGANIZATION, text[start : match.end()], "grammar:row")


def _by_end(names: Sequence[Name]) -> dict[int, list[Name]]:
    found: dict[int, list[Name]] = defaultdict(list)
    for name in names:
        found[name.end].append(name)
    return found


def _beginning(text: str, match: re.Match[str], names: Mapping[int, Sequence[Name]]) -> int | None:
    """Where the row before the last item begins; None where that is no row."""
    low = max(0, match.start() - _FARTHEST)
    stops = [m.end() for m in _STOP.finditer(text, low, match.start())]
    low = stops[-1] if stops else low
    end, items = match.start(), 1
    start: int | None = None
    while True:
        joint = text.rfind("、", low, end)
        first = _item(text, max(joint + 1, low), end, match["place"] is not None, names)
        if first is None or (match["city"] and not gazetteer().by_name(text[first:end])):
            break
        start, items = first, items + 1
        if joint < low or first != joint + 1:
            break
        end = joint
    return start if _fits(match, items) else None


def _item(text: str, low: int, end: int, is_place: bool, names: Mapping[int, Sequence[Name]]) -> int | None:
    """Where the item that ends at ``end`` begins, ``low`` at the earliest."""
    words = text[low:end]
    if is_place and not re.search(_LEVEL + "$", words):
        return None
    seen = [n.start for n in names.get(end, ()) if n.start >= low and n.type is not EntityType.AWARD]
    if seen:
        start = min(seen)
    elif _ITEM.fullmatch(words):
        start = low if text[low - 1 : low] == "、" else low + _verb(words)
    else:
        return None
    item = text[start:end]
    return start if _ITEM.fullmatch(item) and not _NO_ITEM.match(item) else None


def _verb(words: str) -> int:
    """Length of the verb or preposition that a first item stands behind: 走访 in 走访甲山镇."""
    place = length = 0
    import rjieba  # its dictionary takes long to load, and identity reads this module for every graph

    for word, tag in rjieba.tag(words):
        place += len(word)
        if tag in _BEFORE_NAMES and len(words) - place > 1 and (len(word) > 1 or length == place - 1):
            length = place
    return length


def _fits(match: re.Match[str], items: int) -> bool:
    """Whether there are as many items as the row says, or any number where it says none."""
    if match["city"]:
        return items > 2
    if match["number"] is None:
        return items > 1
    number = _NUMBERS.get(match["number"]) or int(match["number"])
    return 1 < items <= number if match["etc"] else items == number


def bodies_in(name: str) -> list[str]:
    """The bodies that a row stands for; none where the words are no row.

    >>> bodies_in("甲山镇、乙河镇等乡镇总工会"), bodies_in("选矿、矿山、动力三厂工会")
    (['甲山镇总工会', '乙河镇总工会'], ['选矿厂工会', '矿山厂工会', '动力厂工会'])
    """
    match = _WHOLE.fullmatch(name)
    if match is None:
        return []
    items = [*_SPLIT.split(match["items"]), match["place"] or match["item"] or match["city"]]
    if not all(_ITEM.fullmatch(item) for item in items):
        return []
    kind = "市" if match["city"] else match["kind"] or ""
    return [_with_kind(item, kind) + match["head"] for item in items]


def _with_kind(item: str, kind: str) -> str:
    """热电 + 分厂; 甲山镇 as it is; 甲 + 企业 → 甲, as 企业 is no part of a name; 嘉兴 + 市 by what it is."""
    if kind == "企业" or item.endswith(kind) or (len(item) > 2 and re.search(_LEVEL + "$", item)):
        return item
    if kind[:1] in _DIVIDED:
        found = gazetteer().by_name(item)
        return found[0].name if len(found) == 1 or (found and len(kind) > 1) else item + kind[:1]
    return item + ("镇" if kind.startswith("乡镇") else kind)
