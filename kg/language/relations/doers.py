"""Of whom a verb speaks: the subject in its own clause, or the one that the text carries on.

The subject is looked for in this order: names in the clause of the verb that no preposition
governs; the subject that opens one of the clauses before it in the sentence; what the passage
has been speaking of (:mod:`kg.language.subjects`). A clause that begins with a subject without
a name (一批项目荣获…) speaks of nothing that the article names.

Indices are places in :attr:`Row.units`; offsets are half-open ranges of code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.language.annotations import Reading
from kg.language.relations.coordination import group_before, text_of
from kg.language.relations.rows import Row, marks
from kg.language.subjects import subjects_at
from kg.vocabulary import EntityType, Subtype

__all__ = [
    "Doers",
    "clause_end",
    "clause_start",
    "clause_text",
    "denied",
    "doers",
    "named",
    "named_behind",
    "planned",
]

_REACH: Final = 60
_CLAUSES: Final = 8
_FEW: Final = 4
_VERBS: Final = frozenset("vfost")
_NAME_CODES: Final = frozenset("POAEFGLDJ")
_TITLE_CODES: Final = frozenset("OFLJAdchw")
_CODE_OF: Final = {EntityType.PERSON: "P", EntityType.ORGANIZATION: "O"}
_QUOTES: Final = "“\"'《 "

_TITLED: Final = re.compile(r"[OFLA][OFLAJdchw]*P")
_ONLY_TITLE: Final = re.compile(r"O[OFL]*d?J(?:[cOFLd]*J)*(?:,|$)")
_TITLE_LIST: Final = re.compile(r"O[OFL]*d?(?:x?Jc|xc){1,8}(?:x?J|x)")
"""Titles, some of them not recognised as posts (X公司技术带头人、高级工程师)."""
_HELD: Final = re.compile(r"OF[TNb]*")
"""A facility with the body that it belongs to, right before a verb."""
_OPENS_NEXT: Final = re.compile(r"[TN]?(?:[OFLJ]*P|O(?=[xvfT]))")
_HIS_THING: Final = re.compile(r"Px?d[xDGF]")

_PERSON_WORDS: Final = re.compile(
    r"(?:他|她|该同志|本人|其个人|我)(?!们|人|乡|的|国|市|省|县|区|州|校|院|厂|司|局|公司)"
)
_SEVERAL: Final = re.compile(r"[他她]们")
"""Several people, whom no single name means."""
_PERSON_NOUN: Final = re.compile(
    r"这[位名]|该同志|这个(?:小伙|姑娘|汉子|年轻人)|(?:大家|全厂|职工|会员)?(?:投票)?[选推](?:举|选)?我"
)
_PRONOUN_END: Final = re.compile(r"[我他她]$")
_COUNTED: Final = re.compile(r"[\d一二两三四五六七八九十百千多几]+(?:余|多)?[家名个位人支项户篇件](?!月)")
_COUNTED_SUBJECT: Final = re.compile(r"^[TNcxe]{0,4}Ux?[TNb]*$")
"""A clause that speaks of people or bodies by their number only (我省31人|获…, 今年有4家单位|被…)."""
_COUNTED_PEOPLE: Final = re.compile(r"(?:^|(?:^|[LTNdO])x?)(U)[xJ]?[TNb]*$")
_COUNTED_OBJECT: Final = re.compile(r"[vf][^POEA,]{0,3}Ux?[TNb]*$")
"""The same as the object of a verb (公布了600家2025年度|获…的工作室)."""
_ROLE_NOUN: Final = re.compile(r"[人者员师手工长匠弟妻父母亲夫兄姐妹儿女子生友家]$")
_SMALL_STAND_IN: Final = re.compile(
    r"厂|校|院|局|司|队|班|[该本我他她其俩]|[两二三]人|双双|个人|同志|选手|姑娘|小伙"
)
_CALLED: Final = re.compile(
    r"[一-鿿0-9A-Z]{1,10}(?<![我本该全其这各的们内总在由向对和与从年月日后前时中以来])(?<!公司)(?<!集团)(?<!学校)(?<!医院)(?<!企业)(?<!单位)"
    r"(?:公司|集团|厂|局|校|院|班|矿|支队|大队|分行|支行|车间)"
)
"""Words that have the form of a name which no one has recognised (四航局, 一分公司)."""
_WHEN: Final = re.compile(r"(?:之后|以后|之前|以前|期间|之余|之际|当天|当晚|那天|那年)$")
_HAN: Final = re.compile(r"[一-鿿]")
_RELATIVE: Final = re.compile(
    r"(?:大|小|老|第[一二三]个|首[个位])?(?:父|母|爸|妈|爷|奶|丈夫|爱人|妻|儿|女|哥|弟|姐|妹|孩子|家人|老伴|徒|师|学生|同事|搭档|队友|团队|领导|工友)"
)
"""One who is told of by his or her relation to another (张三的父亲)."""
_THAT: Final = re.compile(r"该|本|这家|这个|这所|这支")
_WHOSE: Final = re.compile(r"(?:所在|所带|领衔|带领|率领|负责|任职|工作)的?$")
_STAND_INS: Final = (
    (re.compile(r"(?:公司|厂|集团|单位|学校|医院|院|校|局)工会"), Subtype.TRADE_UNION),
    (re.compile(r"公司|集团|企业|全厂|厂里|我厂|该厂|我司"), Subtype.COMPANY),
    (re.compile(r"学校|我校|该校"), Subtype.SCHOOL),
    (re.compile(r"班组|车间|团队"), Subtype.TEAM),
)


@dataclass(frozen=True, slots=True)
class Doers:
    """Referent keys of a subject, and the units (indices) of the row that name it.

    ``carried``: the subject does not stand in the clause itself.
    """

    keys: tuple[str, ...] = ()
    units: tuple[int, ...] = ()
    carried: bool = False


def named(row: Row, units: Iterable[int]) -> Doers:
    """The things that these units name."""
    units = tuple(units)
    return Doers(tuple(dict.fromkeys(key for u in units for key in row.units[u].keys)), units)


def clause_start(row: Row, i: int) -> int:
    """The index where the clause of unit ``i`` begins (behind a comma or at the start of the row)."""
    return max(row.codes.rfind(",", 0, i), row.codes.rfind(":", 0, i)) + 1


def clause_end(row: Row, i: int) -> int:
    """The index of the comma behind unit ``i``, or the length of the row."""
    end = row.codes.find(",", i)
    return len(row.codes) if end < 0 else end


def clause_text(reading: Reading, row: Row, i: int) -> str:
    """The words of the clause before unit ``i``, names left out."""
    start = max(clause_start(row, i), i - _REACH)
    return "".join([reading.text[u.start : u.end] for u in row.units[start:i] if u.code not in _NAME_CODES])


def denied(words: str) -> bool:
    """Whether words before a verb say that it did not or need not happen.

    >>> denied("去年没有"), denied("不仅")
    (True, False)
    """
    return marks("deny").search(marks("harmless").sub("", words)) is not None


def planned(words: str) -> bool:
    """Whether words before a verb say that it is only intended.

    >>> planned("会议拟"), planned("会议")
    (True, False)
    """
    return marks("plan").search(words) is not None


def named_behind(row: Row, i: int, codes: str = "PO") -> Doers:
    """Who opens the clause behind that of unit ``i`` (作为劳动模范，张三…); empty where nobody does."""
    end = row.codes.find(",", i)
    match = _OPENS_NEXT.match(row.codes, end + 1) if end >= 0 else None
    if match is None or row.codes[match.end() - 1] not in codes:
        return Doers()
    return named(row, [match.end() - 1])


def doers(reading: Reading, row: Row, i: int, types: frozenset[EntityType]) -> Doers:
    """Of whom the verb at unit ``i`` speaks; empty where that is nothing of these types.

    Args:
        reading: the article.
        row: the row of the verb.
        i: the verb.
        types: ``PERSON``, ``ORGANIZATION`` or both.
    """
    start = max(clause_start(row, i), i - _REACH)
    if _COUNTED_OBJECT.search(row.codes[start:i]) or _counts_people(reading, row, start, i):
        return Doers()
    own = _own(reading, row, start, i, types)
    if own is not None:
        return own
    if _speaks_of_others(reading, row, start, i, strictly=True):
        return Doers()
    wanted = _wanted(clause_text(reading, row, i), types)
    earlier = _earlier(reading, row, start, wanted)
    return earlier if earlier is not None else _carried(reading, row, i, wanted)


def _counts_people(reading: Reading, row: Row, start: int, i: int) -> bool:
    """Whether the verb speaks of so and so many people without names (今年公司有3人|获…)."""
    match = _COUNTED_PEOPLE.search(row.codes[start:i])
    return match is not None and text_of(reading, row, start + match.start(1)).endswith(("人", "名", "位"))


# The clause of the verb.


def _own(reading: Reading, row: Row, start: int, i: int, types: frozenset[EntityType]) -> Doers | None:
    """The subject that stands in the clause; None if there is none, empty if it is none of ours.

    The nearest person goes before bodies, but for a body that the person belongs to or leads
    (他所在的维修二班荣获…).
    """
    body: int | None = None
    for j in range(i - 1, start - 1, -1):
        code = row.codes[j]
        if code not in "POGFL" or not _stands_free(reading, row, start, j):
            continue
        if code == "P":
            if _made_by(reading, row, j, i):
                return Doers()
            whose = body is not None and _WHOSE.search(_before(reading, row, start, body))
            return _group(row, body if body is not None and whose else j, types)
        if code != "O":
            held = _HELD.fullmatch(row.codes, max(start, j - 1), i)
            if body is None and (held or _is_built(row, j, i) or _is_subject(reading, row, start, j)):
                return Doers()
        elif EntityType.ORGANIZATION in types:
            if _owns_other(reading, row, j, i):
                return Doers() if body is None else _group(row, body, types)
            body = j if body is None else body
    return None if body is None else _group(row, body, types)


def _group(row: Row, last: int, types: frozenset[EntityType]) -> Doers:
    if row.codes[last] not in [_CODE_OF[t] for t in types if t in _CODE_OF]:
        return Doers()
    return named(row, group_before(row.codes, last))


def _is_built(row: Row, j: int, i: int) -> bool:
    """Whether a facility is what somebody has built (X公司承建的水厂|获…)."""
    return row.codes[j] == "F" and row.codes[j - 1 : j] == "d" and not row.codes[j + 1 : i].strip("TNb")


def _is_subject(reading: Reading, row: Row, start: int, j: int) -> bool:
    """Whether a place, facility or programme opens the clause, so that it is what the verb speaks of."""
    lead = "".join([text_of(reading, row, k) for k in range(start, j) if row.codes[k] == "x"])
    opens = row.codes[start:j].strip("TNceLdUx") == "" and _leads().sub("", lead) == ""
    return opens and row.codes[j + 1 : j + 2] not in ("P", "O", "J", "h", "L", "F", "c", "d")


def _before(reading: Reading, row: Row, start: int, j: int) -> str:
    return reading.text[max(row.units[start].start, row.units[j].start - 8) : row.units[j].start]


def _stands_free(reading: Reading, row: Row, start: int, j: int) -> bool:
    """Whether no preposition, and no mark of an agent, stands before the name and its titles."""
    codes = row.codes
    k = j
    while k > start and (codes[k - 1] in _TITLE_CODES or (codes[k - 1] == "P" and codes[k] == "c")):
        k -= 1
    if k > start and codes[k - 1] in "bgtf":
        return False
    if k > start + 1 and codes[k - 1] == "c" and codes[k - 2] in "bg":
        return False
    words = _before(reading, row, start, k).rstrip(_QUOTES + "的")
    return _WHOSE.search(words) is not None or _openers().search(words) is None


def _owns_other(reading: Reading, row: Row, j: int, i: int) -> bool:
    """Whether an organization only says whose the subject is (X公司的产品荣获…)."""
    after = row.codes[j + 1 : j + 3]
    if after == "dx":
        return True
    return after[:1] == "x" and j + 1 < i and _begins(reading, row, j + 1, marks("thing"))


def _made_by(reading: Reading, row: Row, j: int, i: int) -> bool:
    """Whether a person only says whose thing the subject is (张三改的分行器获…), unless it is a work."""
    match = _HIS_THING.match(row.codes, j)
    if match is None or match.end() > i:
        return False
    made = row.units[j + 1]
    if made.code == "x" and (made.end - made.start > 4 or _begins(reading, row, j + 1, marks("opener"))):
        return False
    thing = match.end() - 1
    return row.codes[thing] != "D" and marks("work").search(text_of(reading, row, thing)) is None


def _speaks_of_others(reading: Reading, row: Row, start: int, i: int, *, strictly: bool = False) -> bool:
    """Whether the clause begins with a subject that the article does not name (一批项目荣获…).

    ``strictly``: any words right before the verb are one that are no adverb, preposition or stand-in.
    """
    if _COUNTED_SUBJECT.search(row.codes[start:i]) and not _PRONOUN_END.search(
        reading.text[row.units[start].start : row.units[i].start]
    ):
        return True
    while start < i and row.codes[start] in "TNce":
        start += 1
    if row.codes[start:i] == "xdD" and not _PERSON_WORDS.match(text_of(reading, row, start)):
        return True
    head = row.codes[start] if start < i else ""
    if head != "x":
        return head in tuple("GDFLJRU")
    if _PRONOUN_END.search(reading.text[row.units[start].start : row.units[i].start]):
        return False
    bare = text_of(reading, row, start)
    words = _leads().sub("", bare)
    if bare.startswith("我") and marks("unknown").match(bare):
        return True
    if _COUNTED.match(words):
        return True
    if _PERSON_NOUN.match(words):
        return False
    if _WHEN.search(words):
        return False
    if marks("unknown").match(words):
        return not (_THAT.match(words) and marks("stand-in").search(words, 0, 8))
    return strictly and not row.codes[start + 1 : i].strip("TNb") and _is_noun(words)


def _is_noun(words: str) -> bool:
    """Whether words before a verb are a subject of their own: no phrase of time or place, no stand-in."""
    if _CALLED.fullmatch(words):
        return True
    words = _trails().sub("", words)
    if not 2 <= len(words) <= 12 or words.endswith(tuple("后时中上下里前间")):
        return False
    stands_in = marks("stand-in").search(words, 0, 7) or _SMALL_STAND_IN.search(words, 0, 5)
    return stands_in is None and marks("opener").match(words) is None


def _wanted(words: str, types: frozenset[EntityType]) -> frozenset[EntityType]:
    """The types that a pronoun or a stand-in (他, 公司) in the clause leaves."""
    if _SEVERAL.search(words):
        return types & {EntityType.ORGANIZATION}
    if _PERSON_WORDS.search(words) or _PERSON_NOUN.search(words):
        return types & {EntityType.PERSON}
    if marks("stand-in").search(words):
        return types & {EntityType.ORGANIZATION}
    return types


# The clauses before it.


def _earlier(reading: Reading, row: Row, start: int, types: frozenset[EntityType]) -> Doers | None:
    """The subject of the nearest clause before ``start`` in the row that has one of its own."""
    low = start
    for _ in range(_CLAUSES):
        if low <= 0:
            return None
        high = low - 1
        low = clause_start(row, high)
        if row.codes[max(low, high - 2) : high] in ("dF", "dG"):
            return Doers()
        verb = next((k for k in range(low, high) if row.codes[k] in _VERBS), high)
        found = _leading(reading, row, low, min(verb, low + _REACH), types)
        if found is not None:
            return Doers(found.keys, found.units, True) if found.keys else found
        if EntityType.PERSON in types and _PERSON_WORDS.search(clause_text(reading, row, verb)):
            return _carried(reading, row, verb, types & {EntityType.PERSON})
        opening = row.codes[low:high].lstrip("TNce")[:1]
        plain = verb < high or opening in ("x", "F", "G", "D")
        if opening == "U" and text_of(reading, row, low + row.codes[low:high].index("U")).endswith(
            ("名", "位")
        ):
            return Doers()
        if plain and row.codes[verb : verb + 1] != "s" and _speaks_of_others(reading, row, low, verb):
            return Doers()
    return None


def _leading(reading: Reading, row: Row, start: int, end: int, types: frozenset[EntityType]) -> Doers | None:
    """The subject that opens a clause: its first person or body that no preposition governs."""
    codes = row.codes
    for j in range(start, end):
        if (
            codes[j] not in "PO"
            or not _stands_free(reading, row, start, j)
            or not _opens(reading, row, start, j)
        ):
            continue
        if codes[j : j + 3] == "Pdx" and _begins(reading, row, j + 2, _RELATIVE):
            if codes[j + 3 : j + 4] == "P" and j + 3 < end:
                continue
            return Doers()
        titled = _TITLED.match(codes, j)
        last = titled.end() - 1 if titled else j
        if not titled and codes[j] == "O" and _is_no_doer(reading, row, j, end):
            continue
        while codes[last + 1 : last + 2] == "c" and codes[last + 2 : last + 3] == codes[last]:
            last += 2
        found = _group(row, last, types)
        if found.keys:
            return found
    return None


def _opens(reading: Reading, row: Row, start: int, j: int) -> bool:
    """Whether nothing but circumstances stands before a name in its clause."""
    k = j
    while k > start and row.codes[k - 1] in _TITLE_CODES:
        k -= 1
    if k == start or row.codes[k - 1] != "x":
        return k == start or row.codes[k - 1] in "TNcUR"
    words = text_of(reading, row, k - 1).rstrip(_QUOTES)
    if not _HAN.search(words):
        return True
    if _leads().sub("", words) == "" or _circumstances().search(words):
        return True
    return (
        row.codes[j] == "P" and _ROLE_NOUN.search(words) is not None and marks("visit").search(words) is None
    )


def _is_no_doer(reading: Reading, row: Row, j: int, end: int) -> bool:
    """Whether a body that opens a clause only says whose something is, or where somebody is or was."""
    if _owns_other(reading, row, j, end) or _ONLY_TITLE.match(row.codes[j : end + 1]):
        return True
    if row.codes[end : end + 1] == "," and _TITLE_LIST.fullmatch(row.codes, j, end):
        return row.codes[end - 1] == "J" or _ROLE_NOUN.search(text_of(reading, row, end - 1)) is not None
    return row.codes[j + 1 : j + 2] == "x" and _begins(reading, row, j + 1, marks("station"))


# What the passage has been speaking of.


def _carried(reading: Reading, row: Row, i: int, types: frozenset[EntityType]) -> Doers:
    place = row.units[i].start
    keys = subjects_at(reading, place, types) if types else ()
    if EntityType.PERSON in types and any(_stands_aside(reading, row, i, key) for key in keys):
        types = types & {EntityType.PERSON}
        keys = subjects_at(reading, place, types)
    if not keys and types == {EntityType.PERSON}:
        keys = _last_person(reading, place)
    if types == {EntityType.ORGANIZATION}:
        keys = _of_kind(reading, place, clause_text(reading, row, i), keys)
    kept = (k for k in keys if k in reading.by_key and not _is_far_authority(reading, place, k))
    return Doers(tuple(kept), (), True)


def _is_far_authority(reading: Reading, place: int, key: str) -> bool:
    """Whether a public authority is not named in the paragraph, so that no honour is told of it."""
    body = reading.by_key[key]
    sentence = reading.sentence_at(place)
    if body.subtype is not Subtype.GOVERNMENT_BODY or sentence is None:
        return False
    end = bisect_left(body.names, place, key=lambda name: name.start)
    near = {*body.names[:_FEW], *body.names[max(0, end - _FEW) : end]}
    there = (reading.sentence_at(n.start) for n in near if n.start < place)
    return not any(s is not None and (s.heading or s.paragraph == sentence.paragraph) for s in there)


def _stands_aside(reading: Reading, row: Row, i: int, key: str) -> bool:
    """Whether the row names a body before unit ``i``, and only as a place or in a title."""
    places = [j for j in range(max(0, i - _REACH), i) if row.codes[j] == "O" and key in row.units[j].keys]
    return bool(places) and all(_is_no_doer(reading, row, j, clause_end(row, j)) for j in places)


def _last_person(reading: Reading, place: int) -> tuple[str, ...]:
    """The person named last before ``place`` in its paragraph, whom a pronoun then means."""
    sentence = reading.sentence_at(place)
    before = reading.within(max(0, place - 200), place, EntityType.PERSON)
    if sentence is None or not before:
        return ()
    name, referent = before[-1]
    there = reading.sentence_at(name.start)
    return (referent.key,) if there is not None and there.paragraph == sentence.paragraph else ()


def _of_kind(reading: Reading, place: int, words: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """``keys`` if one is of the kind that a stand-in names (公司: a company), else the last such body."""
    kind = next((k for pattern, k in _STAND_INS if pattern.search(words)), None)
    if kind is None or any(reading.by_key[k].subtype in (kind, None) for k in keys):
        return keys
    for _, referent in reversed(reading.within(max(0, place - 600), place, EntityType.ORGANIZATION)):
        if referent.subtype is kind:
            return (referent.key,)
    return ()


# Patterns over the tables.


def _begins(reading: Reading, row: Row, i: int, pattern: re.Pattern[str]) -> bool:
    return pattern.match(reading.text, row.units[i].start, row.units[i].end) is not None


@cache
def _leads() -> re.Pattern[str]:
    """Adverbs at the start of some words."""
    return re.compile(f"^(?:{marks('adverb').pattern})+")


@cache
def _trails() -> re.Pattern[str]:
    """Adverbs at the end of some words."""
    return re.compile(f"(?:{marks('adverb').pattern})+$")


@cache
def _openers() -> re.Pattern[str]:
    """A preposition at the end of some words."""
    return re.compile(f"(?:{marks('opener').pattern})$")


@cache
def _circumstances() -> re.Pattern[str]:
    """The end of words behind which a subject can stand."""
    plain = "[中上下里后前时内间]|以来|期间|之际|方面|的|来自|名叫|叫做|叫|获悉|了解到"
    return re.compile(f"(?:{plain}|{marks('fill').pattern}|{marks('pivot').pattern})$")
