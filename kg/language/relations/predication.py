"""What is done to a named thing, by whom and when: the verb that governs a name and its agents.

The tables say which verbs state a relation to which type of thing; here is the grammar that
finds the verb of a name (to its left, in front of the list it stands in, or to its right), who
does it, whether it is done or only planned, and in which year. Offsets are those of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.language.annotations import Claim, Name, Reading, Referent, Sentence
from kg.language.lexicon import table
from kg.language.subjects import Clause, clause_at, clauses_before, name_at, names_before, subjects_at
from kg.vocabulary import EntityType, Predicate

__all__ = [
    "Deed",
    "Verb",
    "actors_at",
    "agents_before",
    "claim",
    "deeds",
    "doers",
    "is_denied",
    "is_planned",
    "names_an_actor",
    "sentence_of",
    "without_names",
    "year_of",
]

ORGANIZATION: Final = frozenset({EntityType.ORGANIZATION})

_ADVERB: Final = (
    r"(?:联合|共同|分别|先后|成功|积极|认真|牵头|统一|负责|具体|单独|首次|率先|近日|日前|今年|去年|前年|连续|陆续"
    r"|还|又|也|已经?|曾|将|拟|共|一起|携手|精心|创新|持续|大力|全力|每年|定期|全面|深入|扎实|主动|于|倡议|依法|专门"
    r"|专题|合作|隆重|再次|正式|计划|准备|下半年|上半年|当天|当日|同步|多次|集中|大胆|稳步|有序|\d{1,4}年|\d{1,2}月份?"
    r"|\d{1,2}日|[0-9一二两三四五六七八九十几]+次"
    r"|在[^，。；：、的]{1,20})*"
)
_ET_CETERA: Final = (
    r"(?:等(?:[一二两三四五六七八九十\d多数几]{1,3}(?:家|个)?(?:主办|承办|协办)?)?"
    r"(?:单位|部门|机构|企业|厅局|委办局|方面)?)?"
)
_UNSEEN: Final = r"(?:、(?![^、]{0,12}(?:主办|承办|协办|支持|指导))[^，。；：、由]{2,14})?"
"""A member of the list in which no name was found."""
_AGENT_GAP: Final = re.compile(
    rf"[”’\"'》）)]*(?:（[^（）]{{0,40}}）)?(?:(?:、[^，。；：、由]{{2,14}}){{1,6}}(?=等))?{_ET_CETERA}{_ADVERB}"
)
_AGENT_LINK: Final = re.compile(
    rf"[”’\"']*(?:（[^（）]{{0,40}}）)?{_UNSEEN}(?:[、和与及同/]|以及|{_ADVERB}(?:联合|会同|携手|联手|协同|同|与|和))"
)
_QUOTE: Final = "“”\"'‘’《》「」 "
_LIST: Final = re.compile(r"[”’\"'》]*\s*(?:、|和|与|及|以及|等|，|。|；|$)")
_LINKED: Final = re.compile(r"》\s*《|[”’\"'》）)]*[^、，,。；和与及等]{0,8}(?:[、，,和与及等]|以及)")
_DENIED: Final = re.compile(
    r"(?:未能|没有|没能|尚未|并未|从未|未|无法|停止|取消|推迟|不再|不得|拒绝|暂停)[^，。；]{0,12}$"
)
_CONDITION: Final = re.compile(r"(?:^|[，。；])(?:若|如果|假如|倘若|一旦|只要|要是)[^。；]*$")
_DEMANDED: Final = re.compile(
    r"(?:要求|号召|希望|呼吁|倡议|勉励|强调|指出|建议|提出|鼓励|引导|推动|督促)[^。；]{0,60}?(?:各级|各地|各单位|各基层|各[县区市镇]|广大|全体|大家"
    r"|(?<![主只重需])要(?!求|点|素|闻)|应当|应该|必须|务必)[^。；]*$"
)
"""What is only asked of somebody (要求各级工会组织开展…)."""
_NOMINAL: Final = ("仪式", "暨", "典礼", "大会", "式", "活动")
"""What makes a verb part of the name of an occasion (揭牌仪式)."""
_ONCE_PLANNED: Final = re.compile(r"原(?:本)?(?:计划|定|拟)")
_DENIED_AFTER: Final = re.compile(
    r"[^，。；]{0,16}(?:未能|没能|尚未|取消|未如期|推迟|延期|没有(?:举办|召开|开展|落地)|的申请)"
)
_WILL: Final = (
    "于|在|继续|进一步|围绕|以|持续|全面|深入|与|联合|会同|适时|陆续|重点|分|由|着力|大力|从|依托|为|通过|聚焦|把|会"
    "|有|迎来|一如既往"
)
_TO_COME: Final = (
    "拟|初定|定于|决定(?:于|在|从)|计划|今后|准备|筹备|力争|争取|预计|即将|打算|有望|谋划|下一步|明年|下一阶段"
    "|接下来"
)
_PLAN_HEADING: Final = re.compile(
    r"(?:工作)?(?:安排|计划|打算|思路|展望|规划)。?$|下一步|下阶段|今后(?:工作|打算)"
)
_REVIEW: Final = re.compile(r"总结|回顾|情况|主要工作")
_SAID: Final = re.compile(r"(?:\d{4}|[一二]〇[〇一二三四五六七八九]{2})年")
_RELATIVE_YEAR: Final = {"今年": 0, "去年": -1, "前年": -2, "明年": 1, "本年度": 0, "上年度": -1}
_RELATIVE: Final = re.compile("|".join(_RELATIVE_YEAR))
_MONTH: Final = re.compile(r"(?<![年\d])(\d{1,2})月(?:\d{1,2}日)?")
_HAN_DIGITS: Final = str.maketrans("〇一二三四五六七八九", "0123456789")
_ANNIVERSARY: Final = re.compile(r"[\d一二三四五六七八九十百]{1,4}周年")
_FAR: Final = 120
"""How many characters from a name its verb is looked for."""


@dataclass(frozen=True, slots=True)
class Verb:
    """A row of ``relation_verbs.tsv``; ``intransitive`` where a left-out subject is never its doer."""

    text: str
    takes: frozenset[str]
    role: str
    turns: bool
    intransitive: bool
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Deed:
    """A named thing and the verb that governs it at ``start``–``end``.

    ``relative`` marks a verb inside a modifier of the name (县总工会举办的大赛), ``before`` that
    it stands to the left of the name.
    """

    name: Name
    thing: Referent
    verb: Verb
    start: int
    end: int
    relative: bool = False
    before: bool = True


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@cache
def _verbs() -> tuple[re.Pattern[str], dict[str, Verb]]:
    rows = {
        row["verb"]: Verb(
            row["verb"],
            frozenset(_parts(row["takes"])),
            row["role"],
            row["turns"] in ("yes", "only"),
            row["turns"] == "only",
            _parts(row["not_after"]),
            _parts(row["not_before"]),
        )
        for row in table("relation_verbs")
    }
    longest = sorted(rows, key=lambda verb: (-len(verb), verb))
    return re.compile("|".join(map(re.escape, longest))), rows


@cache
def _plans() -> re.Pattern[str]:
    """What tells of things to come; 将 counts before a verb, not where it moves an object forward."""
    verbs = "|".join(re.escape(v.text) for v in _verbs()[1].values() if v.takes and len(v.text) > 1)
    return re.compile(rf"(?<!即)将(?={_WILL}|{verbs})|{_TO_COME}")


def deeds(reading: Reading, kind: EntityType) -> tuple[Deed, ...]:
    """Every name of that type for which a verb of the tables is found, in order of place.

    The verb may be one that states no relation to that type: the thing is then taken part in,
    walked into or read. A name of a list is governed by the verb in front of the list.
    """
    key = f"_deeds_{kind.value}"
    found: tuple[Deed, ...] | None = reading.__dict__.get(key)
    if found is None:
        found = reading.__dict__[key] = tuple(_deeds(reading, kind))
    return found


def _deeds(reading: Reading, kind: EntityType) -> Iterator[Deed]:
    last: Deed | None = None
    for name, thing in reading.mentions:
        if name.type is not kind:
            continue
        sentence = reading.sentence_at(name.start)
        if sentence is None:
            continue
        found = _to_the_left(reading, sentence, name, thing) or _of_the_list(reading, name, thing, last)
        found = found or _to_the_right(reading, sentence, name, thing)
        if found is not None:
            yield found
            last = found


def _to_the_left(reading: Reading, sentence: Sentence, name: Name, thing: Referent) -> Deed | None:
    clause = clause_at(reading, name.start)
    low = max(sentence.start, clause.start if clause else 0, name.start - _FAR)
    pattern, rows = _verbs()
    for match in reversed(list(pattern.finditer(reading.text, low, name.start))):
        if not _is_verb(reading, match, rows[match.group()]):
            continue
        if not _same_list(reading, match.end(), name):
            return None
        between = reading.text[match.end() : name.start]
        relative = between.rstrip(_QUOTE).endswith("的") and between.rstrip(_QUOTE) in ("的", "了的")
        return Deed(name, thing, rows[match.group()], match.start(), match.end(), relative)
    return None


def _same_list(reading: Reading, verb_end: int, name: Name) -> bool:
    """Whether nothing but a list lies between the verb and the name, if another such name comes before it."""
    for other, thing in names_before(reading, name.start):
        if other.start < verb_end:
            return True
        if thing.type is name.type:
            return bool(_LINKED.match(reading.text, other.end, name.start))
    return True


def _of_the_list(reading: Reading, name: Name, thing: Referent, last: Deed | None) -> Deed | None:
    """The verb of the name before, where both stand in one list that a comma cuts (…，职工晚会、…)."""
    if last is None or not last.before or last.relative or name.start - last.name.end > 20:
        return None
    between = reading.text[last.name.end : name.start]
    if re.search(r"[。；！？\n]", between) or not _LIST.match(reading.text, name.end):
        return None
    return Deed(name, thing, last.verb, last.start, last.end)


def _to_the_right(reading: Reading, sentence: Sentence, name: Name, thing: Referent) -> Deed | None:
    clause = clause_at(reading, name.start)
    high = min(sentence.end, clause.end if clause else sentence.end, name.end + _FAR)
    pattern, rows = _verbs()
    for match in pattern.finditer(reading.text, name.end, high):
        if not _is_verb(reading, match, rows[match.group()]):
            continue
        return Deed(name, thing, rows[match.group()], match.start(), match.end(), before=False)
    return None


def _is_verb(reading: Reading, match: re.Match[str], verb: Verb) -> bool:
    """Whether the word is used as the verb: outside of names and not inside a longer word."""
    if name_at(reading, match.start()) is not None or _ANNIVERSARY.match(reading.text, match.end()):
        return False
    if verb.intransitive and reading.text.startswith(_NOMINAL, match.end()):
        return False
    if verb.not_after and reading.text.endswith(verb.not_after, 0, match.start()):
        return False
    return not (verb.not_before and reading.text.startswith(verb.not_before, match.end()))


def agents_before(reading: Reading, place: int) -> tuple[tuple[str, ...], int]:
    """The organizations right before the verb at ``place`` (由A、B联合|主办) and where they begin."""
    keys: list[str] = []
    at = place
    gap = _AGENT_GAP
    for name, thing in names_before(reading, place):
        if thing.type not in ORGANIZATION or at - name.end > 60:
            break
        if not gap.fullmatch(reading.text, name.end, at):
            break
        keys.insert(0, thing.key)
        at = name.start
        while at and reading.text[at - 1] in _QUOTE:
            at -= 1
        gap = _AGENT_LINK
    return tuple(dict.fromkeys(keys)), at


def doers(reading: Reading, deed: Deed) -> tuple[str, ...]:
    """The organizations that do it: those right before the verb, else the subject of the clause.

    A verb in a modifier without an agent of its own (去年举办的大赛) says nothing of who did it.
    """
    direct, _ = agents_before(reading, deed.start)
    if direct:
        return _with_subject(reading, deed, direct)
    if deed.relative or not deed.before:
        return ()
    if deed.verb.intransitive and not names_an_actor(reading, deed.start):
        return ()
    return actors_at(reading, deed.start)


def _with_subject(reading: Reading, deed: Deed, direct: tuple[str, ...]) -> tuple[str, ...]:
    """Both ends of 县总工会…，联合县人社局举办: the subject stands before its company."""
    clause = clause_at(reading, deed.start)
    if clause is None or not set(direct) & {*clause.companions, *clause.subjects}:
        return direct
    return subjects_at(reading, deed.start, ORGANIZATION) or direct


def names_an_actor(reading: Reading, place: int) -> bool:
    """Whether an organization stands as subject in the sentence up to ``place``."""
    return any(
        reading.by_key[key].type in ORGANIZATION
        for clause in clauses_before(reading, place)
        for key in (*clause.subjects, *clause.companions)
    )


_ADVERBIAL: Final = re.compile(
    r"[\s“\"]*(?:围绕|为|为了|在|通过|随着|自|自从|作为|按照|根据|聚焦|紧扣|对|针对|以|除|从|面对|结合|依托|借助|借)"
)


def actors_at(reading: Reading, place: int) -> tuple[str, ...]:
    """The organizations that act at ``place``; an adverbial clause shares the subject behind it."""
    clause = clause_at(reading, place)
    if clause is None:
        return subjects_at(reading, place, ORGANIZATION)
    if _place_acts(reading, place):
        return ()
    if not clause.subjects and _ADVERBIAL.match(reading.text, clause.start):
        for following in _following(reading, clause):
            own = tuple(k for k in following.subjects if reading.by_key[k].type in ORGANIZATION)
            if own:
                return subjects_at(reading, following.start, ORGANIZATION)
            if following.subjects:
                break
    return subjects_at(reading, place, ORGANIZATION)


_WHOLE_PLACE: Final = re.compile(r"[全我本该](?:省|市|县|区|州|旗|镇|乡|街道)")


def _place_acts(reading: Reading, place: int) -> bool:
    """Whether the nearest subject of the sentence is a place called by its name (连云区举办…)."""
    for clause in clauses_before(reading, place):
        if clause.unnamed:
            return True
        kinds = {reading.by_key[key].type for key in clause.subjects if clause.end_of_subject <= place}
        if kinds:
            stands_in = _WHOLE_PLACE.search(reading.text, clause.start, clause.end_of_subject)
            return kinds == {EntityType.PLACE} and not stands_in
    return False


def _following(reading: Reading, clause: Clause, reach: int = 4) -> Iterator[Clause]:
    sentence = reading.sentences[clause.sentence]
    for _ in range(reach):
        if clause.end >= sentence.end:
            return
        following = clause_at(reading, clause.end)
        if following is None or following.sentence != clause.sentence:
            return
        yield following
        clause = following


def sentence_of(reading: Reading, place: int) -> Sentence:
    """The sentence at ``place``; the whole of the text where no sentence holds it."""
    return reading.sentence_at(place) or Sentence(0, max(1, len(reading.text)))


def without_names(reading: Reading, start: int, end: int) -> str:
    """The words of ``start``–``end`` with every name in them blotted out (职工医疗互助计划 plans nothing)."""
    pieces: list[str] = []
    at = end
    for name, _ in names_before(reading, end):
        if name.end <= start:
            break
        pieces += [reading.text[name.end : at], "□"]
        at = max(start, name.start)
    return "".join(reversed([*pieces, reading.text[start:at]]))


def is_denied(reading: Reading, start: int, end: int) -> bool:
    """Whether what is said at ``start``–``end`` is denied, called off or only supposed."""
    sentence = sentence_of(reading, start)
    low = max(sentence.start, start - 60)
    before = without_names(reading, low, start)
    if _DENIED.search(before) or _CONDITION.search(before) or _ONCE_PLANNED.search(before):
        return True
    if _DEMANDED.search(before):
        return True
    return bool(_DENIED_AFTER.match(reading.text, end, sentence.end))


def is_planned(reading: Reading, place: int) -> bool:
    """Whether the sentence up to ``place``, or the heading above, speaks of what is still to come."""
    sentence = sentence_of(reading, place)
    low = max(sentence.start, place - _FAR)
    if _plans().search(without_names(reading, low, place) + reading.text[place : place + 4]):
        return True
    heading = heading_of(reading, place)
    return bool(_PLAN_HEADING.search(heading)) and not _REVIEW.search(heading)


def year_of(reading: Reading, place: int) -> str | None:
    """The year for which the sentence holds, up to ``place``; else that of the heading above it."""
    sentence = sentence_of(reading, place)
    low = max(sentence.start, place - 300)
    words = reading.text[low:place]
    titles = [(n.start - low, n.end - low) for n, _ in reading.within(low, place, EntityType.DOCUMENT)]
    said = [m for m in _SAID.finditer(words) if not any(a <= m.start() < b for a, b in titles)]
    if said:
        return said[-1].group()[:4].translate(_HAN_DIGITS)
    year = reading.published[:4] if reading.published else ""
    if year.isdigit():
        told = list(_RELATIVE.finditer(words))
        if told:
            return str(int(year) + _RELATIVE_YEAR[told[-1].group()])
    years = {m.group()[:4].translate(_HAN_DIGITS) for m in _SAID.finditer(heading_of(reading, place))}
    return years.pop() if len(years) == 1 else None


def heading_of(reading: Reading, place: int) -> str:
    """The nearest heading above ``place`` that numbers a section or gives a year; or nothing."""
    headings = _headings(reading)
    i = bisect_right(headings[0], place) - 1
    return headings[1][i] if i >= 0 else ""


_NUMBERED: Final = re.compile(r"[一二三四五六七八九十]{1,3}、")
_SECTION: Final = re.compile(r"[一二三四五六七八九十]{1,3}、|#|第[一二三四五六七八九十]+部分")
_ROW: Final = re.compile(r"[：:].+[）)]|[（(](?:19|20)\d\d年?[）)]")
_HEADINGS: Final = "_section_headings"


def _headings(reading: Reading) -> tuple[list[int], list[str]]:
    found: tuple[list[int], list[str]] | None = reading.__dict__.get(_HEADINGS)
    if found is None:
        lines = [s for s in reading.sentences if s.heading or _is_section(reading, s)]
        texts = [reading.text[s.start : s.end] for s in lines]
        keep = [i for i, t in enumerate(texts) if _tells(t)]
        found = ([lines[i].start for i in keep], [texts[i] for i in keep])
        reading.__dict__[_HEADINGS] = found
    return found


def _tells(heading: str) -> bool:
    """Whether a heading numbers a section, or gives a year or a plan without being a row of a list."""
    if _SECTION.match(heading):
        return True
    telling = _SAID.search(heading) or _PLAN_HEADING.search(heading)
    return telling is not None and _ROW.search(heading) is None


def _is_section(reading: Reading, sentence: Sentence) -> bool:
    """Whether a short sentence only numbers what follows in its paragraph (六、2025年打算。)."""
    return sentence.end - sentence.start <= 25 and bool(_NUMBERED.match(reading.text, sentence.start))


def claim(
    reading: Reading,
    predicate: Predicate,
    ends: tuple[str, str],
    rule: str,
    spans: Iterable[tuple[int, int]],
    attributes: Iterable[tuple[str, str | None]] = (),
) -> Claim:
    """A claim whose sentence is the one in which the last of ``spans`` stands."""
    kept = tuple(sorted(set(spans)))
    sentence = sentence_of(reading, kept[-1][0])
    start = min(sentence.start, kept[0][0])
    said = tuple(sorted((key, value) for key, value in attributes if value))
    end = max(sentence.end, *(stop for _, stop in kept))
    return Claim(predicate, ends[0], ends[1], rule, start, end, said, kept)
