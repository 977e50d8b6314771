"""What a well-formed name looks like: ragged edges are mended, what cannot be a name is refused."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache

import rjieba

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
_VERB_AT_END = re.compile(
    r"荣(?=[获膺])|[作做](?=了|题|重要|工作|大会|大赛|动员|专题|主旨|总结|讲话|报告|交流|发言|表态|典型|述职|部署|筹备|说明)"
    r"|致(?=[辞词答开闭欢贺感])|率(?=[队领团])|带(?=[队领])|被(?=[评授选命聘推])|获(?=[得评颁授选奖])|介(?=绍)|表(?=示|彰)|来(?=说)"
    r"|等(?=人|[一二三四五六七八九十\d]+[名位人]|同志|[现陪参出]|[，。、；]|$)|[摄图](?=[）)\s]|$)"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z .'-]+")
_DIGITS = re.compile(r"[0-9０-９]+")
_TITLES = re.compile(r"(?:同志|先生|女士|书记|主席|局长|主任|\s[摄图文])$")
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
    firms = {_FIRM_END.sub("", n.text) for n in names if n.type is EntityType.ORGANIZATION}
    places = {_LEVELS_END.sub("", n.text) for n in names if n.type is EntityType.PLACE}
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
        for part in _bodies(text, _extended(text, _retyped(better, known))):
            if part.type is EntityType.PERSON and part.text in firms:
                part = replace(part, type=EntityType.ORGANIZATION)
            reason = _fault(part)
            if part.type is EntityType.PROGRAMME and name.rule == "crf" and name.score < _UNSURE:
                reason = reason or "too unsure"
            if part.type in (EntityType.PERSON, EntityType.PLACE) and text.startswith("族", part.end):
                reason = reason or "a people"
            if part.type is EntityType.PERSON and (part.text in places or text.startswith("号”", part.end)):
                reason = "a thing called so, not a person"
            if reason:
                refused.append(Rejected(name, reason))
            else:
                kept.append(part)
    kept, pieces = _whole(kept)
    return _placed(text, _joined(text, _of_one_type(kept))), [*refused, *pieces]


_FIRM_END = re.compile(r"(?<=..)(?:集团|股份)?(?:有限责任|股份有限|有限)?(?:公司|集团)$")
_LEVELS_END = re.compile(r"(?<=..)(?:市|县|区|州|旗|镇|乡|省)$")


def _whole(names: Sequence[Name]) -> tuple[list[Name], list[Rejected]]:
    """Without the pieces of a name that the article has whole elsewhere: 干巴依 in 吐尔干巴依·居马."""
    holders: list[Name] = []
    guesses = [n for n in in_order(names) if n.rule == "crf"]
    starts = [n.start for n in guesses]
    for echo in (n for n in names if n.rule == "echo"):
        low, high = bisect_left(starts, echo.start - _FARTHEST), bisect_left(starts, echo.end)
        rivals = [n for n in guesses[low:high] if n.end > echo.start]
        inside = [n for n in rivals if echo.start <= n.start and n.end <= echo.end]
        if len(inside) == len(rivals) and all(len(n.text) < len(echo.text) for n in inside):
            holders += inside
    gone = set(holders)
    return [n for n in names if n not in gone], [
        Rejected(n, "a piece of another name") for n in in_order(gone)
    ]


_FARTHEST = 50
"""Characters before a name in which one that overlaps it begins."""

_UNSURE = 0.55
"""Of the programmes that the recogniser holds for less likely hardly one is one."""

_AND = re.compile(r"、|和|与|以及|及|暨")


def _bodies(text: str, name: Name) -> list[Name]:
    """Two organizations drawn as one: 甲厂工会|和|乙市总工会, where both sides end as one does."""
    if name.type is not EntityType.ORGANIZATION or name.rule != "crf":
        return [name]
    for joint in _AND.finditer(name.text):
        left, right = name.text[: joint.start()], name.text[joint.end() :]
        if left.count("（") == left.count("）") and left.count("(") == left.count(")"):
            heads = (_head(part, name.type, strong=True) for part in (left, right))
            if all(head >= 2 for head in heads) and len(right) >= 3 and left not in _kinds_alone():
                middle = name.start + joint.start()
                first = _cut(text, name, name.start, middle)
                return [first, *_bodies(text, _cut(text, name, middle + len(joint[0]), name.end))]
    return [name]


_COMMA = re.compile(r"[,，;；。]")


def _last_part(text: str, name: Name) -> Name:
    """An award drawn over a comma: what stands behind it, 省五一劳动奖章 of 省劳模张三，省五一劳动奖章."""
    if name.type is not EntityType.AWARD or any(mark in name.text for mark in '“"《'):
        return name
    commas = list(_COMMA.finditer(name.text))
    return _cut(text, name, name.start + commas[-1].end(), name.end) if commas else name


_BENEFICIARIES = re.compile(
    r"(?:(?:困难|一线|女|退休|户外|新就业形态|单亲|患病|在职|特困|生活){0,3}"
    r"(?:职工|劳动者|工人|农民工|会员|劳模|工匠|骑手|司机|子女|家庭|群体|母亲)){1,2}$"
)


def _with_beneficiaries(text: str, name: Name) -> Name:
    """With those for whom alone a programme is: a name does not begin with 专属 (困难职工|专属互助计划)."""
    place = text.find("专属", name.start, name.end)
    before = _BENEFICIARIES.search(text, max(0, place - 16), place) if place >= 0 else None
    return _cut(text, name, min(name.start, before.start()), name.end) if before else name


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
        elif end - start == 3 and _VERB_AT_END.match(text, end - 1):
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
_STRADDLED = ("联合", "荣获", "集中", "协同", "共同", "湾区", "校区", "园区")
_STRADDLED_PERSON = ("队伍", "干部", "能力", "动力", "方向", "成功", "和谐", "先进")
_STRADDLED_END = ("荣获", "荣膺", "获得", "组织", "主办", "承办", "联合")


def _unstraddled(text: str, name: Name) -> Name:
    """Without half a word at either edge: 联|合人社局, 运输段荣|获."""
    start, end = name.start, name.end
    if name.type is EntityType.PERSON and text[start - 1 : start + 1] in _STRADDLED_PERSON:
        return _cut(text, name, start, start + 1)
    if name.type in (EntityType.ORGANIZATION, EntityType.AWARD) and end - start > 3:
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
    r"^(?:(?:第一|首|这|一)家|首个)(?=[一-龥]{4,})|^(?:学校|我校|本校|我院|本院|我公司|我局)"
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
_HOLDING = re.compile(
    r"(?:(?:隆重|联合|共同|成功|顺利|组织|圆满)?(?:召开|举行|举办|承办|主办)了?|致(?=首届|第))(?![地的])"
)


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
        if unquoted and len(rest) >= 4 and _has_head(rest, name.type):
            return _cut(text, name, name.start + match.end(), name.end)
    return name


_LESS_THAN_HEAD = 5
"""Most characters that are cut from behind the last head of an organization."""


_SENT_FROM = re.compile(r"(?:19|20)?\d{0,2}年?\d{1,2}月\d{1,2}日(?:电|讯)")
_AGENCY = re.compile(r".{2,6}[网社报]")


def _without_dateline(text: str, name: Name) -> Name:
    """Without the place of a dateline: 某某网|北京4月28日电."""
    agency = _AGENCY.match(name.text)
    if agency and agency.end() < len(name.text) and _SENT_FROM.match(text, name.end):
        return _cut(text, name, name.start, name.start + agency.end())
    return name


def _without_tail(text: str, name: Name) -> Name:
    """Without the beginning of a post behind an organization: 客运车间客运(值班员), 市盲校音乐(教师)."""
    if name.type is not EntityType.ORGANIZATION:
        return name
    name = _without_dateline(text, name)
    if _is_whole(name.text):
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
_ROAD_BEHIND = re.compile(r"(?:中|东|西|南|北)?[路街巷]|山(?=[区里脚]|腹地|深处)")


def _extended(text: str, name: Name) -> Name:
    """With what belongs to a name beside it: the year of an event, 500强 of a ranking, 路 of a road."""
    if name.type in (EntityType.PROGRAMME, EntityType.FACILITY) and _TITLE_BEHIND.match(text, name.end):
        start, end = name.start - (text[name.start - 1] in '“"'), name.end + (text[name.end] in '”"')
        return Name(start, end, EntityType.AWARD, text[start:end], name.rule, name.score)
    if name.type is EntityType.PERSON:
        return _with_first_part(text, name) if "·" in name.text else _firm(text, name)
    if name.type is EntityType.AWARD:
        name = _whole_quote(text, name)
        name = _of_a_union(text, name)
    if name.type is EntityType.PROGRAMME and not forms.is_known(name.text, name.type):
        name = _contest(text, name)
    if name.type is EntityType.PROGRAMME:
        name = _with_kind(text, name)
        name = _with_beneficiaries(text, name)
        if name.text.endswith(_TRIED) and _TRIAL.match(text, name.end):
            name = _cut(text, name, name.start, name.end + len("试点"))
    if name.type is EntityType.FACILITY and text[name.start - 1 : name.start] == "”":
        called = _CALLED_BEFORE.search(text, max(0, name.start - 14), name.start)
        return _cut(text, name, called.start(), name.end) if called else name
    if name.type is EntityType.EVENT:
        quoted = _QUOTE_BEFORE.search(text, max(0, name.start - 32), name.start)
        if quoted:
            name = _cut(text, name, quoted.start(), name.end)
        before = _OCCASION_BEFORE.search(text, max(0, name.start - 40), name.start)
        if before:
            name = _cut(text, name, before.start(), name.end)
        if name.start >= 2 and text.startswith(("庆祝", "纪念"), name.start - 2):
            name = _cut(text, name, name.start - 2, name.end)
        year = _YEAR_BEFORE.search(text, max(0, name.start - 6), name.start)
        return _cut(text, name, year.start(), name.end) if year else name
    if name.type is EntityType.AWARD:
        occasion = _OCCASION_BEHIND.match(text, name.end)
        if occasion:
            words = text[name.start : occasion.end()]
            return _extended(
                text, Name(name.start, occasion.end(), EntityType.EVENT, words, name.rule, name.score)
            )
    if name.type is EntityType.ORGANIZATION and name.text.endswith("小组"):
        shown = _SHOWN.match(text, name.end)
        if shown:
            words = text[name.start : shown.end()]
            return Name(name.start, shown.end(), EntityType.EVENT, words, name.rule, name.score)
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


_ADDITION = re.compile(r"(?<=.)[（(][^（）()]*[）)]$")


@lru_cache(maxsize=100_000)
def _head(name: str, kind: EntityType, *, strong: bool = False) -> int:
    """Length of the longest head of this type in which a name ends; 0 where it ends in none."""
    heads = forms.heads(kind, strong=strong)
    if not heads:
        return 0
    name = _ADDITION.sub("", name)
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
    whole = {head for head in forms.heads(EntityType.ORGANIZATION, strong=True) if len(head) > 4}
    return frozenset({*forms.department(), *forms.department().values(), *whole})


_CALLED_BEFORE = re.compile(r"“[^“”，。；、\n]{2,10}”$")
_QUOTE_BEFORE = re.compile(r"“[^“”。；\n]{2,28}”$")
_SERIES = re.compile(r"(?:劳动|立功|百日|主题|技能)竞赛$")
"""What goes on in many places for long, and is no occasion."""

_CONTEST_BEHIND = re.compile(
    r"”?(?![和与、])[一-龥]{0,12}?(?:大赛|竞赛|比赛|运动会|摄影展|书画展|书法展|文艺汇演|汇演|晚会|故事会|演讲会|庆典)"
)


def _contest(text: str, name: Name) -> Name:
    """“…”主题演讲比赛, of which the recogniser saw the quoted words only: an occasion, from mark to end."""
    start = name.start - (text[name.start - 1 : name.start] == "“")
    behind = _CONTEST_BEHIND.match(text, name.end)
    if behind is None or text[start] != "“" or text[start : behind.end()].count("”") != 1:
        return name
    if _SERIES.search(behind[0]) and not _YEAR_BEFORE.search(text, max(0, start - 6), start):
        return name
    return Name(start, behind.end(), EntityType.EVENT, text[start : behind.end()], name.rule, name.score)


_OF_UNION = re.compile(
    r"(?:(?<=[镇乡道木区场业团])|乡镇|镇|街道|园区|企业)?(?:[（(](?:街道|乡镇|镇|乡|场)[）)])?级?(?:总工会|工会联合会|工会)"
)
_LEVEL_OF_UNION = re.compile(
    r"(?:示范|先进|建设|达标|规范化|标杆|模范|优秀|最美|五好|六有|十佳|百佳|双强)"
    r"(?:乡镇|镇|乡|街道|苏木镇|苏木|团镇|园区|开发区|产业园区|企业|产业|区域)?$"
)


def _of_a_union(text: str, name: Name) -> Name:
    """With the kind of union that a recognition is for: 强基工程示范乡镇|（街道）总工会."""
    behind = _OF_UNION.match(text, name.end)
    if behind is None or _LEVEL_OF_UNION.search(name.text) is None:
        return name
    return _cut(text, name, name.start, behind.end())


_TRIED = ("制", "制度", "改革", "机制", "集成", "协商")
_TRIAL = re.compile(r"试点(?!企业|单位|城市|地区|县|区|市)")
_TITLE_BEHIND = re.compile(r"[”\"]?(?:荣誉|光荣)?称号")
_KIND_BEHIND = re.compile(
    r"[”\"]((?:(?![的了和与为在把被将对是有等])[一-龥]){0,8}?"
    r"(?:行动计划|行动|计划|工程|制度|机制|竞赛|模式|战略|工作法|体系|实事|攻坚战)|建设(?![镇园街乡区单企])|试点)(?![员者表书于])"
)


_FIRM_BEHIND = re.compile(r"(?:集团|股份)?(?:有限责任|股份有限|有限)?公司|集团")


def _firm(text: str, name: Name) -> Name:
    """A company called like a person: 金百味|集团."""
    behind = _FIRM_BEHIND.match(text, name.end)
    if behind is None:
        return name
    words = text[name.start : behind.end()]
    return Name(name.start, behind.end(), EntityType.ORGANIZATION, words, name.rule, name.score)


def _with_first_part(text: str, name: Name) -> Name:
    """With the beginning of a name of several parts: 再|娜甫·买合苏提, as far as no word ends there."""
    before = text[max(0, name.start - 6) : name.start]
    start = name.start
    for word in reversed(rjieba.cut(before)):
        if len(word) > 1 or word not in _transliterating() or start <= name.start - 3:
            break
        start -= 1
    return _cut(text, name, start, name.end)


def _with_kind(text: str, name: Name) -> Name:
    """With what the quoted words are, where that belongs to the name: “五必访”|制度."""
    close = name.end - (text[name.end - 1] in '”"')
    open_ = name.start - (text[name.start] not in '“"')
    if open_ < 0 or text[open_] not in '“"' or set(text[open_ + 1 : close]) & set('“”"'):
        return name
    behind = _KIND_BEHIND.match(text, close)
    return _cut(text, name, open_, behind.end()) if behind else name


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
    r"(?:[和及、暨][一-龥“”]{2,12})?(?:先进事迹|成果)?(?:竞赛|大赛|表彰大会|表彰会|座谈会|推进会|报告会|启动仪式|颁奖仪式|揭牌仪式|励大会)"
)
_SHOWN = re.compile(r"成果(?:竞赛|大赛|发布会|交流会)")
_OCCASION_BEFORE = re.compile(r"庆祝[^，。；、,;：\n]{2,30}暨(?:表彰)?$")


def _retyped(name: Name, known: dict[str, EntityType]) -> Name:
    """Under the type that a table or the head of the name tells, where the recogniser saw another."""
    kind = known.get(name.text, name.type)
    if kind is name.type and not _head(name.text, kind):
        words = name.text.rstrip("”")
        for other in _TELLING:
            if _head(words, other, strong=True) >= 2 and name.type is not EntityType.PERSON:
                kind = other
        if name.type is EntityType.PROGRAMME and kind is name.type:
            if _head(name.text, EntityType.AWARD, strong=True) >= 2:
                kind = EntityType.AWARD
            elif _head(words, EntityType.FACILITY, strong=True) >= 2:
                kind = EntityType.FACILITY
            elif _TEAM.search(words):
                kind = EntityType.ORGANIZATION
        if name.type is EntityType.AWARD and name.text.endswith(("大会", "会议", "仪式", "典礼")):
            kind = EntityType.EVENT
        if name.type is EntityType.FACILITY and kind is name.type:
            kind = _better_than_facility(name.text)
        if name.type is EntityType.ORGANIZATION and kind is name.type and _is_division(name.text):
            kind = EntityType.PLACE
    elif name.type is EntityType.FACILITY and _is_recognition(name.text):
        kind = EntityType.AWARD
    elif name.type is EntityType.AWARD and _head(name.text, EntityType.FACILITY) and "·" in name.text:
        kind = EntityType.FACILITY
    elif name.type is EntityType.ORGANIZATION and _COMMUNITY.search(name.text):
        kind = EntityType.PLACE
    return name if kind is name.type else Name(name.start, name.end, kind, name.text, name.rule, name.score)


_TEAM = re.compile(r"(?:小组|(?:服务|突击|小分|宣讲|先锋|志愿|攻关)队|宣讲团|艺术团|服务团|讲师团)$")


_RECOGNISED = re.compile(r"(?:创新工作室|示范基地|示范站|示范点|示范单位)$")


def _is_recognition(name: str) -> bool:
    """Whether the words tell only whose a facility is and what it was found to be: 广东省女职工创新工作室."""
    rest = gazetteer().split_prefix(name)[1]
    kind = _kind_words(EntityType.FACILITY)
    return rest != name and kind is not None and bool(_RECOGNISED.search(name) and kind.fullmatch(rest))


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
    if name.endswith("街道") or _head(name, EntityType.PLACE) > 1 or gazetteer().by_name(name):
        return True
    divisions, rest = gazetteer().split_prefix(name)
    return bool(divisions) and not rest


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


_CUT_SHORT = re.compile(r"(?:第[一二三四五六七八九十]{1,3}[届次]|全[省市县区州]|高质量|经济社会)$")
_COUNTED_KIND = re.compile(r"[0-9]+(?:多|余)?[家个所名处座间]")
_WHOSE = re.compile(r"(?:新建|工会|职工|工人|劳动者|户外|爱心|女职工|全国|本土)+")


def _is_kind_of_facility(name: str) -> bool:
    """Whether a facility is told by its kind and whose it is for, with no name: 职工疗休养基地."""
    whose = _WHOSE.match(name)
    rest = name[whose.end() :] if whose else name
    return whose is not None and (not rest or rest in forms.heads(EntityType.FACILITY))


def _fault(name: Name) -> str:
    """Why this cannot be a name; empty where it can."""
    if len(name.text) < 2 and name.type is not EntityType.PLACE:
        return "a single character"
    if len(name.text) > _LONGEST.get(name.type, 100):
        return "too long for a name"
    if name.text in _stop_names() or _is_kind(name):
        return "a kind, not a name"
    if _breakers().fullmatch(name.text):
        return "a word of running text"
    if _DIGITS.fullmatch(name.text):
        return "only digits"
    if name.type is EntityType.PERSON:
        return _person_fault(name.text)
    if _COUNTED_KIND.match(name.text):
        return "a number of things, not a name"
    if name.type is EntityType.FACILITY and (
        _is_kind_of_facility(name.text) or _NO_FACILITY.search(name.text)
    ):
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
    headless = not _has_head(name.text.rstrip("”"), name.type)
    if name.type is EntityType.EVENT and headless and _DOING.search(name.text):
        return "words of running text"
    if (
        name.type is EntityType.AWARD
        and not _has_head(name.text, name.type)
        and not _AWARD_SIGN.search(name.text)
    ):
        return "nothing in it says that it is an award"
    return ""


@cache
def _kinds_alone() -> frozenset[str]:
    """Heads that never name a body by themselves: 联合会, 公司; a department may, in a list (…、人社厅)."""
    kinds = (row for row in table("organization_heads") if row["alone"] == "kind" and row["role"] == "body")
    return frozenset(row["head"] for row in kinds) - {*forms.department(), "办事处"}


def _organization_fault(name: str) -> str:
    if (
        _KIND_OF_UNION.fullmatch(name)
        or _OF_A_KIND.match(name)
        or _LEVEL_UNION.search(name)
        or name in _kinds_alone()
    ):
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


@cache
def _kind_words(kind: EntityType) -> re.Pattern[str] | None:
    rows = [row["word"] for row in table("kind_words") if kind in row["types"].split("|")]
    words = sorted(rows, key=lambda w: (-len(w), w))
    return re.compile("(?:" + "|".join(map(re.escape, words)) + ")++") if words else None


def _is_kind(name: Name) -> bool:
    """Whether the words are put together from words of kinds only: 职工心理健康服务, 职工技能竞赛."""
    words = _kind_words(name.type)
    return words is not None and not forms.is_known(name.text, name.type) and bool(words.fullmatch(name.text))


_DOING = re.compile(r"出席|参加|组织|主席|书记|选手|负责|职工$|干部$|人员$")
_NO_FACILITY = re.compile(r"(?:品牌|名片|亮点|项目|活动|比赛|工作|服务|行动)$")
_SENTENCE = re.compile(r"[是的]|成立|建设|查")
_MARKS = frozenset("，。、；：！？）)”》")
_LONGEST_HEADLESS = 6
_NO_ORGANIZATION = re.compile(
    r"(?:行业|社会|活动|项目|专业|水系|建设|姑娘|人民|高校|大局|教育|职工|群众|精神|工作|事业|经济|地区|系统|领域|战线|基层|[三四五六七八九十]大|套班|保险|[^委]员|[^会读作记]者)$"
)
_KIND_OF_AWARD = re.compile(
    r"(?:国家|省部?|市|县|区)级(?:及其?)?以上|(?:建设|宣传|选树|培育|创建|推进|开展|加强|弘扬|争当|争做|争创)(?!者)"
)
_COUNTED = re.compile(r"\d[\d.,]*(?:多|余)?[万亿]?(?:多|余)?(?:人|名|场|次|个|家|项|支)")
_KIND_OF_LEVEL = re.compile(r"(?:国家|省|市|县|区)级")
_KIND_OF_UNION = re.compile(
    r"(?:各级|基层|企业|行业|行业性|上级|县级|乡镇|街道|社区|园区|村|联合|本级|职工|新业态|重点|非公|两新|地方|单位"
    r"|示范|达标|先进|规范化|全国各级|全[市县省区](?:各级)?)*"
    r"(?:工会|工联会|工会组织|联合工会|工会联合会|乡镇总工会|(?<=[范标进化])(?:镇|街道|园区)?总工会)"
)
_LEVEL_UNION = re.compile(r"[县乡镇村区市]级工会$")
_OF_A_KIND = re.compile(
    r"(?:党的)?(?:二十|十[七八九])[大届]|部分|多家|多个|有关|相关|广大|全体|[各该](?!族)|(?:这|那|每|某|同)[个家一]?|(?:示范|达标|先进|优秀|规范化)(?:乡镇|镇|街道)"
)
_AWARD_SIGN = re.compile(r"[“\"奖章状号匠星杯]|先进|优秀|模范|示范|标兵|能手|荣誉|最美|十佳|百强|\d强")


_TONGUE = re.compile(r"[汉英维哈藏蒙彝傣壮俄克孜]语$|[孜族古]文$")


def _person_fault(name: str) -> str:
    plain = name.replace(" ", "")
    if plain.isascii() and plain.islower():
        return "not the shape of a person's name"
    if "·" in plain or "•" in plain or _LATIN.fullmatch(name):
        return ""
    if any(mark in plain for mark in "，。、；：“”《》（）"):
        return "marks inside a person's name"
    if _TONGUE.search(plain):
        return "a language, not a person"
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


_PLACED = tuple("镇乡村道区县市旗")


def _placed(text: str, names: Sequence[Name]) -> list[Name]:
    """Facilities with the place right before them: 甲市乙街道|丙里驿站."""
    places = {n.end: n for n in names if n.type is EntityType.PLACE and n.text.endswith(_PLACED)}
    found = []
    for name in names:
        place = places.get(name.start) if name.type is EntityType.FACILITY else None
        found.append(name if place is None else _cut(text, name, place.start, name.end))
    return found
