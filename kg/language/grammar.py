"""Names that their form gives away, beside those that the recogniser sees.

Rules are ranked by family in :mod:`kg.language.conflicts`: ``grammar`` (certain by form),
``known`` (a table row or a regular short form), ``echo`` (the words of a name found elsewhere
in the same article).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from kg.language import forms
from kg.language.annotations import Byline, Name
from kg.language.lexicon import column, table
from kg.language.rows import rows
from kg.vocabulary import EntityType

__all__ = ["find_names"]

_TITLE = re.compile(r"《((?:[^《》\n]|《[^《》\n]{1,80}》){1,120})》")
_ALIAS = re.compile(
    r"[（(](?:以下|下文|下)?(?:简称|统称|又称|以下称|下称)[为：:]?"
    r"[“\"「]?([^“”\"「」（）()，。；\n]{2,20})[”\"」]?[）)]"
)
_QUOTED = re.compile(r"[“\"]([^“”\"\n]{2,30})[”\"]")
_ECHOED = frozenset(
    {
        EntityType.ORGANIZATION,
        EntityType.PERSON,
        EntityType.PROGRAMME,
        EntityType.AWARD,
        EntityType.FACILITY,
        EntityType.EVENT,
        EntityType.PLACE,
    }
)


def find_names(text: str, seen: Sequence[Name], bylines: Iterable[Byline] = ()) -> list[Name]:
    """Candidates by form: titles, bylines, aliases introduced, known and repeated names.

    Args:
        text: the repaired text.
        seen: what the recogniser has found; repeated where the same words stand again.
        bylines: the people who made the article.

    Returns:
        Candidates in text coordinates, overlapping; :func:`kg.language.conflicts.settle` decides.
    """
    found = [
        *_titles(text),
        *_bylines(text, bylines),
        *_known(text),
        *_places(text),
        *_short_forms(text),
        *_sharing(text),
        *_quoted(text),
        *_listed(text),
        *_shaped(text),
        *_told_by_verb(text),
    ]
    found += rows(text, [*seen, *found])
    aliases = list(_aliases(text, [*seen, *found]))
    return [*found, *aliases, *_echoes(text, [*seen, *aliases])]


def _titles(text: str) -> Iterator[Name]:
    for match in _TITLE.finditer(text):
        title = match[1]
        kind, rule = EntityType.DOCUMENT, "grammar:title"
        if forms.is_periodical(title):
            kind, rule = EntityType.ORGANIZATION, "grammar:periodical"
        yield _name(text, match.start(1), match.end(1), kind, rule)


_COLLECTIVE = re.compile(r"(?:工会|宣教部|宣传部|办公室|编辑部|报社|融媒体中心|委员会|公司|[^一-龥]部|网)$")


def _bylines(text: str, bylines: Iterable[Byline]) -> Iterator[Name]:
    for byline in bylines:
        if _COLLECTIVE.search(byline.text):
            continue
        yield Name(byline.start, byline.end, EntityType.PERSON, byline.text, "byline")


@cache
def _known_names() -> tuple[CharwiseDoubleArrayAhoCorasick, tuple[tuple[str, EntityType | None, str], ...]]:
    """Known names, and words that hold one without meaning it (全总 in 安全总监), of no type."""
    entries: dict[str, tuple[EntityType | None, str]] = dict.fromkeys(
        column("known_traps", "word"), (None, "")
    )
    for form in forms.known_organizations():
        entries.setdefault(form, (EntityType.ORGANIZATION, "known:organization"))
    for form in forms.known_awards():
        entries.setdefault(form, (EntityType.AWARD, "known:award"))
    for form in forms.known_programmes():
        entries.setdefault(form, (EntityType.PROGRAMME, "known:programme"))
    rows = tuple((form, kind, rule) for form, (kind, rule) in sorted(entries.items()))
    words = [form for form, _, _ in rows]
    return CharwiseDoubleArrayAhoCorasick(words, match_kind=MATCH_KIND_LEFTMOST_LONGEST), rows


def _known(text: str) -> Iterator[Name]:
    automaton, rows = _known_names()
    for start, end, i in automaton.find(text):
        _, kind, rule = rows[i]
        if kind is not None:
            yield _name(text, start, end, kind, rule)


@cache
def _place_names() -> CharwiseDoubleArrayAhoCorasick:
    names = sorted({row["name"] for row in table("divisions") if len(row["name"]) >= 3})
    return CharwiseDoubleArrayAhoCorasick(names, match_kind=MATCH_KIND_LEFTMOST_LONGEST)


def _places(text: str) -> Iterator[Name]:
    """Divisions under their full names; what they are part of goes before them."""
    for start, end, _ in _place_names().find(text):
        yield _name(text, start, end, EntityType.PLACE, "known:place")


@cache
def _short_form() -> re.Pattern[str]:
    departments = sorted({*column("government_departments", "short")}, key=lambda d: (-len(d), d))
    heads = "|".join(map(re.escape, departments))
    return re.compile(
        r"(?:(?<![一-龥])|(?<=[由在向与和及对将把被为从经据获受照按级往赴到]))"
        r"(?:省|市|县|区|州|盟|旗|自治区|师市|兵团)"
        rf"(?:总工会|总(?=[主副、，。的和与及党领机在将为还把对向已计全联会共]|$)|委(?![托员内外任派身屈])|政府|人大常委会|政协|{heads})"
    )


@cache
def _bodies_of_one() -> re.Pattern[str]:
    heads = sorted({*column("government_departments", "short"), "总工会"}, key=lambda d: (-len(d), d))
    head = "(?:" + "|".join(map(re.escape, heads)) + ")"
    return re.compile(
        rf"(?<=[省市县区州盟旗]){head}(?P<more>(?:(?:、|和|与|及)(?:{head}|[一-龥]{{2,4}}?[局厅委办])){{1,10}})"
        r"(?![一-龥]{0,4}(?:工会|党委|支部))"
    )


_OWN_BODY = re.compile(
    r"(?<![一-龥])(?:集团公司|公司|集团|局|厂|矿|校|院|段)(?:工会|党委)"
    r"(?=副?主席|副?书记|负责|组织|开展|召开|举办|举行|联合|[，、与向为将被])"
)


def _short_forms(text: str) -> Iterator[Name]:
    """市人社局, and 教育局 behind it in 市人社局、教育局."""
    for match in _short_form().finditer(text):
        yield _name(text, match.start(), match.end(), EntityType.ORGANIZATION, "known:short form")
    for match in _OWN_BODY.finditer(text):
        yield _name(text, match.start(), match.end(), EntityType.ORGANIZATION, "known:short form")
    for match in _bodies_of_one().finditer(text):
        for part in re.finditer(r"[^、和与及]+", match["more"]):
            start = match.start("more") + part.start()
            yield _name(text, start, start + len(part[0]), EntityType.ORGANIZATION, "known:short form")


_FROM_ABOVE = ("全国", "省", "自治区", "市", "州", "盟", "区", "县", "旗", "镇", "街道")


@cache
def _shared() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """省、市总工会, and 市住建、水务局."""
    departments = {row["short"]: row["short"][:-1] for row in table("government_departments")}
    heads = "|".join(sorted(map(re.escape, departments), key=lambda d: (-len(d), d)))
    roots = "|".join(
        sorted({re.escape(r) for r in departments.values() if len(r) > 1}, key=lambda r: (-len(r), r))
    )
    level = "(?:" + "|".join(_FROM_ABOVE) + ")"
    before = r"(?:(?<![一-龥])|(?<=[由在向与对将把被为从经据获受照按往赴到获彻]))"
    return (
        re.compile(
            rf"{before}(?P<levels>{level}(?:(?:、|和|及){level}){{1,4}})"
            rf"(?:总工会|委(?![托员内外任派身屈])|政府|{heads})"
        ),
        re.compile(rf"[省市县区州](?:{roots})(?:、(?:{roots})){{0,6}}(?:、|和|及)(?:{roots})[局厅委]"),
    )


def _sharing(text: str) -> Iterator[Name]:
    """Bodies of several levels under one head, and departments of one level under one last character."""
    levels, roots = _shared()
    for match in levels.finditer(text):
        order = [_FROM_ABOVE.index(level) for level in re.split(r"[、和及]", match["levels"])]
        if order == sorted(set(order)):
            yield _name(text, match.start(), match.end(), EntityType.ORGANIZATION, "grammar:row")
    for match in roots.finditer(text):
        yield _name(text, match.start(), match.end(), EntityType.ORGANIZATION, "grammar:row")


def _quoted(text: str) -> Iterator[Name]:
    """Quoted words that what is behind or in them types: “送清凉”活动, “金梭奖”, “巧手”称号."""
    for match in _QUOTED.finditer(text):
        if forms.is_slogan(match[1]):
            continue
        tail = forms.programme_tail(text, match.end())
        if tail:
            yield _name(text, match.start(), match.end() + len(tail), EntityType.PROGRAMME, "known:quoted")
        elif _TITLE_BEHIND.match(text, match.end()) or (
            len(match[1]) >= 3 and match[1].endswith(_sure(EntityType.AWARD))
        ):
            yield _name(text, match.start(1), match.end(1), EntityType.AWARD, "known:quoted award")
        elif _is_programme(match[1]):
            yield _name(text, match.start(1), match.end(1), EntityType.PROGRAMME, "known:quoted")


def _is_programme(quoted: str) -> bool:
    sure = len(quoted) >= 5 and quoted.endswith(_sure(EntityType.PROGRAMME))
    return sure and not _EPITHET.match(quoted)


_EPITHET = re.compile(r"头号|一号|民生|民心|德政|暖心|惠民|阳光")
_TITLE_BEHIND = re.compile(r"(?:荣誉|光荣)?称号")


@cache
def _sure(kind: EntityType) -> tuple[str, ...]:
    """The ends of quoted words that make them a name of this type."""
    more = {EntityType.PROGRAMME: ("行动方案",), EntityType.AWARD: ("奖",)}
    return (*more[kind], *sorted(forms.heads(kind, strong=True)))


_HONOUR = (
    r"(?:优秀|先进|十佳|最美|模范|杰出|金牌)[一-龥]{1,6}?"
    r"(?:工作者|推进者|者|师|员|个人|集体|单位|标兵|能手|干部)"
)
_RECOGNITION = re.compile(
    r"(?:获得?|荣获|获评|评为|评选为|授予|当选|获颁|获选)[^，。；,;\n]{0,30}?"
    rf"(?P<award>(?:年度)?{_HONOUR})(?:(?:、|和|及)(?P<next>{_HONOUR}))?(?![一-龥]{{0,2}}(?:代表|事迹|经验))"
)
_UNDERTAKING = re.compile(
    r"(?:实施|开展|推行|推出|启动|深化|落实|完成|推进)(?P<programme>(?:(?![的和与及了在为、])[一-龥]){4,16}?"
    r"(?:保障计划|行动计划|提升计划|关爱计划|专项行动|培养计划|帮扶计划))(?![书表一-龥]{0,1}(?:方案|书))"
)


def _told_by_verb(text: str) -> Iterator[Name]:
    """Honours and programmes without quotation marks behind the verb that takes them."""
    for match in _RECOGNITION.finditer(text):
        for part in ("award", "next"):
            if match[part]:
                yield _name(
                    text, match.start(part), match.end(part), EntityType.AWARD, "known:behind its verb"
                )
    for match in _UNDERTAKING.finditer(text):
        start, end = match.span("programme")
        yield _name(text, start, end, EntityType.PROGRAMME, "known:behind its verb")


_ITEM = r"[一-龥（）()]{3,18}?(?P=head)"
_LIST = re.compile(
    r"(?:(?<![一-龥])|(?<=[施进展动与入好括行为以]))[一-龥（）()]{4,18}?(?P<head>工程|计划|行动)"
    rf"(?:(?:、{_ITEM}){{2,}}(?:(?:和|及|以及){_ITEM})?|(?:、{_ITEM})+(?:和|及|以及){_ITEM})"
)
_LIST_LEAD = re.compile(
    r"^.{0,6}?(?:积极推进|大力推进|深入推进|扎实推进|推进|大力实施|深入实施|组织实施|实施|深入开展|广泛开展|开展|启动|参与|入选|包括|围绕|聚焦|落实|抓好)"
)


def _listed(text: str) -> Iterator[Name]:
    """Programmes in a row of three or more with one head: 甲工程、乙工程和丙工程."""
    for match in _LIST.finditer(text):
        place = match.start() + (lead.end() if (lead := _LIST_LEAD.match(match[0])) else 0)
        for item in re.finditer(r"[^、]+?" + match["head"] + "(?=[、和及以]|$)", text[place : match.end()]):
            start = place + item.start() + (len(more[0]) if (more := re.match(r"以及|和|及", item[0])) else 0)
            yield _name(text, start, place + item.end(), EntityType.PROGRAMME, "known:list")


_GRADE = re.compile(
    r"(?:(?:[^\W\d_获得评为奖等优秀]{2,4}[类组])?(?:作品|个人|团体|集体)(?:特等奖|[一二三]等奖|[金银铜]奖|优胜奖|优秀奖|参与奖)"
    r"|(?:优秀|最佳)组织奖|突出贡献奖|优秀作品奖)(?![\d一二三两各])"
)
_ORDINAL = re.compile(
    r"(?:(?:省|市|县|区|州|旗|镇|乡|街道)?总?工会)?第[一二三四五六七八九十百\d]{1,4}[次届](?!参加|获得|组织|开展|在|到|来|走|成为)[一-龥（）()“”‘’·—]{0,30}?"
    r"(?:代表大会(?:第[一二三四五六七八九十]+次(?:全体)?会议)?|联席会议|技能大赛|竞赛|运动会|艺术节|文化节|论坛|博览会|交流会|发布会)"
    r"(?![一-龥]?(?:主席团|代表团|执委|筹备|代表))"
)


def _shaped(text: str) -> Iterator[Name]:
    """Grades of a prize (个人一等奖, 征文类作品二等奖) and occasions that are counted (第十一次联席会议)."""
    for match in _GRADE.finditer(text):
        yield _name(text, match.start(), match.end(), EntityType.AWARD, "known:grade")
    for match in _ORDINAL.finditer(text):
        yield _name(text, match.start(), match.end(), EntityType.EVENT, "known:ordinal")


def _aliases(text: str, names: Sequence[Name]) -> Iterator[Name]:
    ends = {name.end: name for name in sorted(names, key=lambda n: n.end - n.start)}
    for match in _ALIAS.finditer(text):
        before = match.start()
        while before and text[before - 1] in '》”"':
            before -= 1
        name = ends.get(before) or ends.get(match.start())
        if name:
            start = match.start(1) + (match[1][0] == "《")
            end = match.end(1) - (match[1][-1] == "》")
            yield _name(text, start, end, name.type, "grammar:alias")


def _echoes(text: str, names: Iterable[Name]) -> Iterator[Name]:
    """The words of a name wherever else they stand."""
    words: dict[str, EntityType] = {}
    for name in names:
        if name.type in _ECHOED:
            for form in forms.repeatable(name.text, name.type):
                words.setdefault(form, name.type)
    if not words:
        return
    rows = sorted(words)
    automaton = CharwiseDoubleArrayAhoCorasick(rows, match_kind=MATCH_KIND_LEFTMOST_LONGEST)
    for start, end, i in automaton.find(text):
        yield _name(text, start, end, words[rows[i]], "echo")


def _name(text: str, start: int, end: int, kind: EntityType, rule: str) -> Name:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Name(start, end, kind, text[start:end], rule)
