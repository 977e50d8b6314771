"""What a well-formed name looks like: ragged edges are mended, what cannot be a name is refused."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, lru_cache

from kg.language import forms
from kg.language.annotations import Name, in_order
from kg.language.conflicts import Rejected
from kg.language.gazetteer import gazetteer
from kg.language.lexicon import column, table
from kg.vocabulary import EntityType

__all__ = ["mended"]

_PAIRS = {"“": "”", "（": "）", "(": ")", "《": "》", "「": "」", "〈": "〉", "【": "】"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_ANY_MARK = re.compile(r"[“”（）()《》「」〈〉【】\"]")
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
    persons = {n.text for n in names if n.type is EntityType.PERSON and len(n.text) > 1}
    known = {n.text: n.type for n in names if n.rule.startswith("known:")}
    kept: list[Name] = []
    refused: list[Rejected] = []
    guessed = {(n.start, n.end, n.type) for n in names if n.rule != "echo"}
    for name in names:
        if name.rule.startswith(_SURE):
            kept.append(name)
            continue
        if name.rule == "echo" and (name.start, name.end, name.type) in guessed:
            continue  # the same again: it stands under the rule that saw it
        better = _trimmed(text, _balanced(text, _unstraddled(text, _unbroken(text, _last_part(text, name)))))
        better = _without_tail(text, _without_person(text, _without_lead(text, better, words), persons))
        better = _extended(text, _retyped(better, known))
        reason = _fault(better)
        if reason:
            refused.append(Rejected(name, reason))
        else:
            kept.append(better)
    return _joined(text, _of_one_type(kept)), refused


_COMMA = re.compile(r"[,，;；。]")


def _last_part(text: str, name: Name) -> Name:
    """An award drawn over a comma: what stands behind it, 省五一劳动奖章 of 省劳模张三，省五一劳动奖章."""
    if name.type is not EntityType.AWARD or any(mark in name.text for mark in '“"《'):
        return name
    commas = list(_COMMA.finditer(name.text))
    return _cut(text, name, name.start + commas[-1].end(), name.end) if commas else name


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
    while end > start and text[end - 1] in _OPENING and _OPENING[text[end - 1]] not in text[start : end - 1]:
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


def _balanced(text: str, name: Name) -> Name:
    """With the partner of a bracket or mark where it stands at the edge; cut behind one that has none."""
    start, end = name.start, name.end
    if text[start - 1 : start] != "“" and not _ANY_MARK.search(name.text):
        return name
    for opening, closing in _PAIRS.items():
        if opening not in name.text and closing not in name.text:
            continue
        inside = text[start:end]
        if inside.count(opening) == inside.count(closing) + 1 and text.startswith(closing, end):
            end += 1
        elif inside.count(closing) == inside.count(opening) + 1 and opening not in inside:
            if start and text[start - 1] == opening:
                start -= 1
            elif not inside.endswith(closing):
                start += inside.index(closing) + 1
    if text.count('"', start, end) == 1 and text[start] != '"' and text[end - 1] != '"':
        end = text.index('"', start, end)
    if name.type in (EntityType.PROGRAMME, EntityType.EVENT) and start and text[start - 1] == "“":
        close = _REST_OF_QUOTE.match(text, end)
        if close and not set(text[start:end]) & set("“”"):
            end = close.end()
    return _cut(text, name, start, end)


_REST_OF_QUOTE = re.compile(r"[^“”。；\n]{1,20}(?=”)")
_STRADDLED = ("联合", "荣获", "集中", "协同", "共同")
_STRADDLED_END = ("荣获", "荣膺", "获得", "组织", "主办", "承办", "联合")


def _unstraddled(text: str, name: Name) -> Name:
    """Without half a word at either edge: 联|合人社局, 运输段荣|获."""
    start, end = name.start, name.end
    if name.type is EntityType.ORGANIZATION and end - start > 3:
        if start and text[start - 1 : start + 1] in _STRADDLED:
            start += 1
        if text[end - 1 : end + 1] in _STRADDLED_END and not _head(text[start:end], name.type):
            end -= 1
    return _cut(text, name, start, end)


@cache
def _breakers() -> re.Pattern[str]:
    words = sorted(column("name_breakers", "word"), key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, words)))


_BROKEN = (
    EntityType.ORGANIZATION,
    EntityType.PERSON,
    EntityType.FACILITY,
    EntityType.AWARD,
    EntityType.PLACE,
)


def _unbroken(text: str, name: Name) -> Name:
    """Cut at a word that never stands in a name: before it where a name stands there, else behind it."""
    start, end = name.start, name.end
    if name.type is EntityType.EVENT:
        return _without_verb(text, name)
    if name.type not in _BROKEN or any(mark in name.text for mark in '“"《'):
        return name
    if name.type is EntityType.ORGANIZATION:
        name = _one_body(text, name)
        start, end = name.start, name.end
    for match in _breakers().finditer(name.text):
        if match.start() and _has_head(name.text[: match.start()], name.type):
            end = name.start + match.start()
            break
        start = name.start + match.end()
    return _cut(text, name, start, end) if start < end else name


_COUNT_INSIDE = re.compile(r"(?<=.)[两二三四五六七八九十\d]{1,3}(?:家|个(?!人|体))")
_OWN = re.compile(
    r"^(?:学校|我校|本校|我院|本院|我公司|我局)"
    r"(?=[一-龥]{2,}(?:学院|系|医院|公司|科|部|处|中心)$)"
)


def _one_body(text: str, name: Name) -> Name:
    """Without 学校 before a school's part, and without a number of bodies: 电力公司|两家工会."""
    own = _OWN.match(name.text)
    start = name.start + (own.end() if own else 0)
    count = _COUNT_INSIDE.search(text, start, name.end)
    if count and _has_head(text[start : count.start()], name.type):
        return _cut(text, name, start, count.start())
    return _cut(text, name, start, name.end)


_ONE = re.compile(r"(?:一次|一场|这次|这场)(?=.{4})")
_AND_MORE = re.compile(r"(?<=.{4})等[一-龥]{2,12}$")
_HOLDING = re.compile(r"(?:(?:隆重|联合|共同|成功|顺利|组织|圆满)?(?:召开|举行|举办|承办|主办)了?)(?![地的])")


def _without_verb(text: str, name: Name) -> Name:
    """会议室召开第六届职工代表大会 → 第六届职工代表大会: what follows the verb where it reads as an event."""
    one = _ONE.match(name.text)
    if one:
        name = _cut(text, name, name.start + one.end(), name.end)
    more = _AND_MORE.search(name.text)
    if more and _has_head(name.text[: more.start()], name.type):
        name = _cut(text, name, name.start, name.start + more.start())
    for match in _HOLDING.finditer(name.text):
        before, rest = name.text[: match.start()], name.text[match.end() :]
        unquoted = before.count("“") == before.count("”")
        if before and unquoted and len(rest) >= 4 and _has_head(rest, name.type):
            return _cut(text, name, name.start + match.end(), name.end)
    return name


_LESS_THAN_HEAD = 5
"""Most characters that are cut from behind the last head of an organization."""


def _without_tail(text: str, name: Name) -> Name:
    """Without the beginning of a post behind an organization: 客运车间客运(值班员), 市盲校音乐(教师)."""
    if name.type is not EntityType.ORGANIZATION or _is_whole(name.text):
        return name
    for end in range(len(name.text) - 1, 3, -1):
        head = _head(name.text[:end], name.type, strong=True)
        near = len(name.text) - end < _LESS_THAN_HEAD
        if (near and head) or (2 <= head < end and name.text[end - head : end] in _FIRM):
            return _cut(text, name, name.start, name.start + end)
    return name


def _is_whole(name: str) -> bool:
    """Whether an organization's name ends as one, or as something that may act like one."""
    return (
        _has_head(name, EntityType.ORGANIZATION)
        or _has_head(name, EntityType.FACILITY)
        or _has_head(name, EntityType.PLACE)
        or name.endswith(_SHORT_END)
        or forms.is_known(name)
    )


_FIRM = frozenset({"公司", "有限公司", "有限责任公司", "股份有限公司", "集团有限公司"})
_FIRM |= {"集团", "集团公司", "医院", "大学", "学院"}


_SHORT_END = ("总", "中央", "委", "军", "党")

_YEAR_BEFORE = re.compile(r"(?:19|20)\d\d年度?$")
_RANKING_BEHIND = re.compile(r"\d{2,4}强|百强")
_ROAD_BEHIND = re.compile(r"(?:中|东|西|南|北)?[路街巷]")


def _extended(text: str, name: Name) -> Name:
    """With what belongs to a name beside it: the year of an event, 500强 of a ranking, 路 of a road."""
    if name.type is EntityType.AWARD:
        name = _whole_quote(text, name)
    if name.type is EntityType.PROGRAMME and not forms.is_known(name.text, name.type):
        name = _contest(text, name)
    if name.type is EntityType.EVENT:
        quoted = _QUOTE_BEFORE.search(text, max(0, name.start - 32), name.start)
        if quoted:
            name = _cut(text, name, quoted.start(), name.end)
        before = _OCCASION_BEFORE.search(text, max(0, name.start - 40), name.start)
        if before:
            name = _cut(text, name, before.start(), name.end)
        year = _YEAR_BEFORE.search(text, max(0, name.start - 6), name.start)
        return _cut(text, name, year.start(), name.end) if year else name
    if name.type is EntityType.AWARD:
        occasion = _OCCASION_BEHIND.match(text, name.end)
        if occasion:
            words = text[name.start : occasion.end()]
            return _extended(
                text, Name(name.start, occasion.end(), EntityType.EVENT, words, name.rule, name.score)
            )
    if name.type is EntityType.ORGANIZATION and text[name.start - 1 : name.start] in _JOINING:
        name = _whole_department(text, name)
    if name.type in (EntityType.ORGANIZATION, EntityType.PLACE) and _DIVISION_HEAD.match(name.text):
        numbered = _NUMBERED.search(text, max(0, name.start - 6), name.start)
        if text[name.start - 1 : name.start] == "第" and name.text[0] in "一二三四五六七八九十":
            name = _cut(text, name, name.start - 1, name.end)
        elif (
            numbered and (name.text[0] in "师团" or numbered[0].endswith("师")) and not numbered[0].isdigit()
        ):
            name = _cut(text, name, numbered.start(), name.end)
    if name.type in (EntityType.AWARD, EntityType.ORGANIZATION):
        ranking = _RANKING_BEHIND.match(text, name.end)
        if ranking:
            words = text[name.start : ranking.end()]
            return Name(name.start, ranking.end(), EntityType.AWARD, words, name.rule, name.score)
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
    return frozenset(
        row["head"] for row in table(_HEAD_TABLES[kind]) if not strong or row["strength"] == "strong"
    )


_ADDITION = re.compile(r"(?<=.)[（(][^（）()]*[）)]$")


@lru_cache(maxsize=100_000)
def _head(name: str, kind: EntityType, *, strong: bool = False) -> int:
    """Length of the longest head of this type in which a name ends; 0 where it ends in none."""
    if kind not in _HEAD_TABLES:
        return 0
    name = _ADDITION.sub("", name)
    heads = _heads(kind, strong=strong)
    return next((len(name) - i for i in range(max(0, len(name) - 10), len(name)) if name[i:] in heads), 0)


def _has_head(name: str, kind: EntityType) -> bool:
    return _head(name, kind) > 0


_TELLING = (EntityType.EVENT, EntityType.DOCUMENT, EntityType.PROGRAMME)
"""Types whose strong heads end names of hardly any other type (measured on the training articles)."""


_JOINING = ("和", "与", "广", "及")


def _whole_department(text: str, name: Name) -> Name:
    """文体广电|和旅游局, of which the second half was seen: the longest name of a department there."""
    for start in range(max(0, name.start - 12), name.start):
        if text[start : name.end] in _departments():
            return _cut(text, name, start - (text[start - 1 : start] in _LEVELS), name.end)
    return name


_LEVELS = tuple("省市县区州盟旗镇乡")


@cache
def _departments() -> frozenset[str]:
    whole = {head for head in _heads(EntityType.ORGANIZATION, strong=True) if len(head) > 4}
    return frozenset({*forms.department(), *forms.department().values(), *whole})


_QUOTE_BEFORE = re.compile(r"“[^“”。；\n]{2,28}”$")
_CONTEST_BEHIND = re.compile(
    r"”?(?![和与、])[一-龥]{0,12}?(?:大赛|竞赛|比赛|运动会|摄影展|书画展|书法展|文艺汇演|汇演|晚会|故事会|演讲会|庆典)"
)


def _contest(text: str, name: Name) -> Name:
    """“…”主题演讲比赛, of which the recogniser saw the quoted words only: an occasion, from mark to end."""
    start = name.start - (text[name.start - 1 : name.start] == "“")
    behind = _CONTEST_BEHIND.match(text, name.end)
    if behind is None or text[start] != "“" or text[start : behind.end()].count("”") != 1:
        return name
    return Name(start, behind.end(), EntityType.EVENT, text[start : behind.end()], name.rule, name.score)


def _whole_quote(text: str, name: Name) -> Name:
    """All the words in the quotation marks where a part of them was seen and the whole is an award."""
    if set(name.text) & set("“”"):
        return name
    start, end = (
        text.rfind("“", max(0, name.start - 20), name.start) + 1,
        text.find("”", name.end, name.end + 12),
    )
    whole = text[start:end] if start and end > 0 else ""
    if not whole or set(whole) & set("“”、，。；\n") or not _has_head(whole, name.type):
        return name
    return _cut(text, name, start, end)


_NUMBERED = re.compile(r"第?[一二三四五六七八九十〇零\d]{1,4}(?:师|团)?$")
_DIVISION_HEAD = re.compile(r"[一二三四五六七八九十]{1,3}师|[师团](?!队|结|体|委|员|支)|[一-龥]{2,4}市")
_OCCASION_BEHIND = re.compile(
    r"(?:[和及、暨][一-龥“”]{2,12})?(?:先进事迹)?(?:表彰大会|表彰会|座谈会|推进会|报告会|启动仪式|颁奖仪式|揭牌仪式|励大会)"
)
_OCCASION_BEFORE = re.compile(r"庆祝[^，。；、,;：\n]{2,30}暨(?:表彰)?$")


def _retyped(name: Name, known: dict[str, EntityType]) -> Name:
    """Under the type that a table or the head of the name tells, where the recogniser saw another."""
    kind = known.get(name.text, name.type)
    if kind is name.type and not _head(name.text, kind):
        for other in _TELLING:
            if _head(name.text, other, strong=True) >= 2 and name.type is not EntityType.PERSON:
                kind = other
        if name.type is EntityType.AWARD and name.text.endswith(("大会", "会议", "仪式", "典礼")):
            kind = EntityType.EVENT
        if name.type is EntityType.FACILITY and kind is name.type:
            kind = _better_than_facility(name.text)
        if name.type is EntityType.ORGANIZATION and kind is name.type and _is_division(name.text):
            kind = EntityType.PLACE
    elif name.type is EntityType.ORGANIZATION and _COMMUNITY.search(name.text):
        kind = EntityType.PLACE
    return name if kind is name.type else Name(name.start, name.end, kind, name.text, name.rule, name.score)


def _better_than_facility(name: str) -> EntityType:
    if _head(name, EntityType.PLACE, strong=True):
        return EntityType.PLACE
    if _head(name, EntityType.ORGANIZATION, strong=True) >= 2 or name.endswith(("网", "报")):
        return EntityType.ORGANIZATION
    return EntityType.FACILITY


_COMMUNITY = re.compile(r"(?:街道|镇|乡|苏木)[一-龥]{2,5}(?:社区|村)$")


def _is_division(name: str) -> bool:
    """Whether the words are a division or an area and nothing more."""
    if len(name) < 3:
        return bool(gazetteer().by_name(name))
    return name.endswith("街道") or _head(name, EntityType.PLACE) > 1 or bool(gazetteer().by_name(name))


@cache
def _leads() -> dict[EntityType, tuple[str, ...]]:
    found: dict[EntityType, list[str]] = {kind: [] for kind in EntityType}
    for row in table("name_leads"):
        for kind in row["types"].split("|"):
            found[EntityType(kind)].append(row["word"])
    return {kind: tuple(sorted(words, key=lambda w: (-len(w), w))) for kind, words in found.items()}


def _without_lead(text: str, name: Name, words: set[str]) -> Name:
    """Without a word that stands before a name: 由师市总工会 → 师市总工会, where that is a name by itself."""
    if not name.text.startswith(_leads()[name.type]):
        return name
    for word in _leads()[name.type]:
        if name.text.startswith(word) and len(name.text) - len(word) >= 2:
            rest = name.text[len(word) :]
            if rest in words or _stands_alone(name.text, rest, name.type):
                return _cut(text, name, name.start + len(word), name.end)
    return name


def _without_person(text: str, name: Name, persons: set[str]) -> Name:
    """Without a person who stands before an organization, where the article names that person elsewhere."""
    if name.type is EntityType.ORGANIZATION and not gazetteer().split_prefix(name.text)[0]:
        for length in (4, 3, 2):
            if name.text[:length] in persons and len(name.text) - length >= 6:
                return _cut(text, name, name.start + length, name.end)
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


@cache
def _transliterating() -> frozenset[str]:
    return frozenset(column("name_transliteration", "character"))


_CUT_SHORT = re.compile(r"(?:全[省市县区州]|高质量|经济社会)$")
_COUNTED_KIND = re.compile(r"[0-9]+(?:多|余)?[家个所名处座间]")
_WHOSE = re.compile(r"(?:新建|工会|职工|工人|劳动者|户外|爱心|女职工|全国|本土)+")


def _is_kind_of_facility(name: str) -> bool:
    """Whether a facility is told by its kind and whose it is for, with no name: 职工疗休养基地."""
    whose = _WHOSE.match(name)
    rest = name[whose.end() :] if whose else name
    return whose is not None and (not rest or rest in _heads(EntityType.FACILITY, strong=False))


def _fault(name: Name) -> str:
    """Why this cannot be a name; empty where it can."""
    if len(name.text) < 2 and name.type is not EntityType.PLACE:
        return "a single character"
    if len(name.text) > _LONGEST.get(name.type, 100):
        return "too long for a name"
    if name.text in _stop_names():
        return "a kind, not a name"
    if _breakers().fullmatch(name.text):
        return "a word of running text"
    if _DIGITS.fullmatch(name.text):
        return "only digits"
    if name.type is EntityType.PERSON:
        return _person_fault(name.text)
    if _COUNTED_KIND.match(name.text):
        return "a number of things, not a name"
    if name.type is EntityType.FACILITY and _is_kind_of_facility(name.text):
        return "a kind, not a name"
    if _CUT_SHORT.search(name.text):
        return "words of running text"
    if name.type is EntityType.FACILITY and (_KIND_OF_LEVEL.match(name.text) or "各" in name.text):
        return "a kind, not a name"
    if (
        name.type in (EntityType.FACILITY, EntityType.ORGANIZATION)
        and "的" in name.text
        and "“" not in name.text
    ):
        return "words of running text"
    if (
        name.type is EntityType.FACILITY
        and not _has_head(name.text, name.type)
        and _SENTENCE.search(name.text)
    ):
        return "a word of running text"
    if name.type is EntityType.ORGANIZATION:
        return _organization_fault(name.text)
    if name.type is EntityType.AWARD and _KIND_OF_AWARD.match(name.text):
        return "a kind, not a name"
    if name.type is EntityType.EVENT and _COUNTED.match(name.text):
        return "a number of things, not a name"
    if (
        name.type is EntityType.AWARD
        and not _has_head(name.text, name.type)
        and not _AWARD_SIGN.search(name.text)
    ):
        return "nothing in it says that it is an award"
    return ""


def _organization_fault(name: str) -> str:
    if _KIND_OF_UNION.fullmatch(name):
        return "a kind, not a name"
    if set(name) & _MARKS and not any(mark in name for mark in "（(“《"):
        return "marks inside an organization's name"
    if name[0] in _PAIRS:
        return "marks inside an organization's name"
    if not _NO_ORGANIZATION.search(name) and _is_whole(name):
        return ""
    if name.isascii() and name.islower():
        return "not the shape of an organization's name"
    if _NO_ORGANIZATION.search(name) or (len(name) > _LONGEST_HEADLESS and not name.isascii()):
        return "nothing in it says that it is an organization"
    return ""


_SENTENCE = re.compile(r"[是的]|成立|建设|查")
_MARKS = frozenset("，。、；：！？）)”》")
_LONGEST_HEADLESS = 6
_NO_ORGANIZATION = re.compile(
    r"(?:行业|社会|活动|项目|专业|水系|建设|姑娘|人民|高校|大局|教育|职工|群众|精神|工作|事业|经济|地区|系统|领域|战线|基层|[三四五六七八九十]大|套班)$"
)
_KIND_OF_AWARD = re.compile(
    r"(?:国家|省部?|市|县|区)级(?:及其?)?以上|(?:建设|宣传|选树|培育|创建|推进|开展|加强|弘扬|争当|争做|争创)(?!者)"
)
_COUNTED = re.compile(r"\d[\d.,]*(?:多|余)?[万亿]?(?:多|余)?(?:人|名|场|次|个|家|项|支)")
_KIND_OF_LEVEL = re.compile(r"(?:国家|省|市|县|区)级")
_KIND_OF_UNION = re.compile(
    r"(?:各级|基层|企业|行业|行业性|上级|县级|乡镇|街道|社区|园区|村|联合|本级|职工|全国各级|全[市县省区](?:各级)?)*"
    r"(?:工会|工联会|工会组织|联合工会|工会联合会)"
)
_AWARD_SIGN = re.compile(r"[“\"奖章状号匠星杯]|先进|优秀|模范|示范|标兵|能手|荣誉|最美|十佳|百强|\d强")


def _person_fault(name: str) -> str:
    plain = name.replace(" ", "")
    if plain.isascii() and plain.islower():
        return "not the shape of a person's name"
    if "·" in plain or "•" in plain or _LATIN.fullmatch(name):
        return ""
    if any(mark in plain for mark in "，。、；：“”《》（）"):
        return "marks inside a person's name"
    if len(plain) >= 4 and plain[:2] not in _surnames():
        strange = sum(c not in _transliterating() for c in plain)
        return "" if len(plain) <= 8 and 2 * strange < len(plain) else "not the shape of a person's name"
    if plain[0] in _surnames() or plain[:2] in _surnames():
        return ""
    return "" if len(plain) in (2, 3) else "not the shape of a person's name"


_UNIFIED = (
    EntityType.ORGANIZATION,
    EntityType.FACILITY,
    EntityType.PROGRAMME,
    EntityType.AWARD,
    EntityType.PLACE,
)


def _of_one_type(names: Sequence[Name]) -> list[Name]:
    """The same words under one type in one article: what their head tells, else the most frequent."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for name in names:
        if name.type in _UNIFIED and name.rule.partition(":")[0] != "echo":
            votes[name.text][name.type] += 1
    chosen = {words: _elected(words, kinds) for words, kinds in votes.items() if len(kinds) > 1}
    return [
        Name(n.start, n.end, chosen[n.text], n.text, n.rule, n.score)
        if n.type in _UNIFIED and chosen.get(n.text, n.type) is not n.type
        else n
        for n in names
    ]


def _elected(words: str, kinds: Counter[EntityType]) -> EntityType:
    """The type that the head tells, of two such the more frequent, then the one with the longer head."""
    return max(
        (kind for kind in _UNIFIED if kind in kinds),
        key=lambda kind: (_has_head(words, kind), kinds[kind], _head(words, kind)),
    )


_CALLED = re.compile(r"[“\"][^“”\"\n，。]{1,10}[”\"]")


def _joined(text: str, names: Sequence[Name]) -> list[Name]:
    """Organizations that are the two ends of one name: 机务段“先锋号”机车组, 医院“三甲”复审工作领导小组."""
    starts = {n.start: n for n in names if n.type is EntityType.ORGANIZATION}
    gone: set[Name] = set()
    whole: list[Name] = []
    for name in names:
        if name.type is not EntityType.ORGANIZATION or name in gone:
            continue
        called = _CALLED.match(text, name.end)
        other = starts.get(called.end()) if called else None
        if other is not None and _head(other.text, other.type):
            gone |= {name, other}
            whole.append(
                Name(name.start, other.end, name.type, text[name.start : other.end], name.rule, name.score)
            )
    return in_order([*(n for n in names if n not in gone), *whole]) if gone else list(names)
