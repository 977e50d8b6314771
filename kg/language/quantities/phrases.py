"""The words around a number: what stands before it and after it, without what does not belong to the noun.

A *run* is what stands between two numbers of a clause. Its beginning may belong to the number before it
(12家新业态企业), its end to the one behind it (新建工会驿站12个).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import Final

from kg.language.quantities.amounts import Amount
from kg.language.quantities.words import (
    JOINTS,
    PARTICLES,
    Clause,
    Word,
    can_act,
    is_modifier,
    is_noun,
    is_quote,
    is_verb,
    role,
    text_of,
)

__all__ = [
    "Left",
    "Right",
    "left_phrase",
    "noun_phrase",
    "right_phrase",
    "runs_of",
    "shortened",
    "undated",
    "unled",
    "unlight",
]

_LONGEST: Final = 24
_REACH: Final = 40
"""So many words on either side of a number can have to do with it."""
_LEADING_TAGS: Final = frozenset({"d", "c", "t", "x", "ul", "r", "y", "f"})
_HOLDS: Final = frozenset({"稳定", "保持", "维持", "控制"})
"""Verbs that with 在 lead up to a value."""
_OPENERS: Final = frozenset({"新", "最", "更", "较", "非", "未", "不", "单", "总", "仅", "已", "初"})
"""The adverbs with which a noun phrase can begin (最美驿站)."""
_ADVERBS: Final = frozenset({"正在", "正", "均", "都", "已", "已经", "也", "先后", "陆续", "相继"})
"""Words behind a number that tell that its noun stands elsewhere (其余5件正在办理)."""
_DOING: Final = frozenset({"已", "已经", "共", "累计", "总计", "一共", "拟", "还", "将", "又", "再", "共计"})
"""Adverbs between a subject and its verb."""
_WHOLES: Final = frozenset({"全国", "各地", "我国", "我会", "我厂", "我司", "我校", "我院"})
_MANNER: Final = re.compile(
    r"(?:积极|广泛|深入|踊跃|扎实|全面|普遍|共同|主动|大力|集中|稳定|顺利|成功|持续|分别|纷纷|自愿|免费)(?:参[与加]|开展|推进|实施|增收|完成)?"
)
"""Words for how something is done, which begin the predicate."""
_SHARED: Final = frozenset("获建送办种修评奖捐招带出选设印发购买")
"""Verbs of one sign that the further items of a list share."""
_OCCASIONS: Final = ("活动", "讲座", "培训班", "竞赛", "比赛", "大赛", "招聘会", "宣讲会", "培训会")
_HELD: Final = frozenset(
    {"参加", "参与", "开展", "举办", "组织", "举行", "承办", "进行", "走进", "观看", "报名"}
)
_PER_HEAD: Final = re.compile(r"(?:人均|户均|年均|月均|日均|平均|每人|每户)")
_KEPT: Final = frozenset({"新", "各类", "各种", "未", "没", "没有", "不", "非", "尚未"})


@cache
def _ends(name: str) -> tuple[str, ...]:
    """The words with which nouns of this role end (table ``figure_words``)."""
    return tuple(sorted(role(name)))


def runs_of(clause: Clause, periods: Sequence[tuple[int, int]]) -> tuple[list[list[Word]], list[Amount]]:
    """The words between the amounts; 一 that only stands for an article is a word."""
    counts = _counts(clause.words)
    runs: list[list[Word]] = [[]]
    amounts: list[Amount] = []
    for place, word in enumerate(clause.words):
        if word.amount is not None and place in counts:
            amounts.append(word.amount)
            runs.append([])
        elif word.text.strip() and not (word.text[0] in "（(" and not runs[-1]):
            if word.tag in PARTICLES and runs[-1] and len(runs[-1][-1].text) < 3 and not runs[-1][-1].name:
                runs[-1][-1] = replace(runs[-1][-1], tag="v")
            runs[-1].append(_retagged(word, periods))
    return [r if len(r) <= 2 * _REACH else r[:_REACH] + r[-_REACH:] for r in runs], amounts


def _retagged(word: Word, periods: Sequence[tuple[int, int]]) -> Word:
    tag = word.tag
    if any(a <= word.start < b for a, b in periods):
        tag = "-"
    elif word.amount is not None:
        tag = "m"
    elif "adverb" in word.roles:
        tag = "d"
    elif "verb" in word.roles and tag[0] not in "v":
        tag = "v"
    elif "noun" in word.roles or (len(word.text) == 1 and "suffix" in word.roles):
        tag = tag if tag[0] == "n" and tag != "ng" else "n"
    return word if tag == word.tag else replace(word, tag=tag)


def _counts(words: Sequence[Word]) -> set[int]:
    """The places of the amounts that count; an article does beside a count in a list (4个人、一匹马)."""
    places = [(i, w.amount) for i, w in enumerate(words) if w.amount is not None]
    kept = {i for i, amount in places if not amount.article}
    pairs = list(pairwise(i for i, _ in places))
    for a, b in pairs:
        if a in kept and _is_listed(words[a + 1 : b]):
            kept.add(b)
    for a, b in reversed(pairs):
        if b in kept and _is_listed(words[a + 1 : b]):
            kept.add(a)
    return kept


def _is_listed(between: Sequence[Word]) -> bool:
    return 0 < len(between) < 8 and between[-1].text == "、"


def undated(run: Sequence[Word]) -> list[Word]:
    """The words of a run that are no part of a period."""
    return [w for w in run if w.tag != "-"]


# Left of the number.


@dataclass(frozen=True, slots=True)
class Left:
    """What stands before the number: ``kind`` is noun, verb, modifier, prep, name or none.

    ``of`` is true where 的 joins it to the number (市总下达的900人任务).
    """

    words: tuple[Word, ...]
    kind: str
    of: bool = False
    subject: tuple[Word, ...] = ()
    """Where a verb stands before the number, the words before that verb."""

    @property
    def text(self) -> str:
        """The words as text."""
        return text_of(self.words)

    @property
    def head(self) -> tuple[Word, ...]:
        """The noun without the verbs in front of it."""
        words = list(self.words)
        while (
            len(words) > 1
            and (can_act(words[0]) or words[0].tag in ("ul", "d"))
            and any(map(is_noun, words[1:]))
        ):
            words.pop(0)
        return tuple(words)

    @property
    def verb(self) -> str:
        """The verbs in front of the noun, as far as a further item of the list would share them."""
        said = text_of(self.words[: len(self.words) - len(self.head)])
        if len(said) == 1 and said not in _SHARED:
            return ""
        return said if len(said) <= 6 and said not in role("light") else ""

    @property
    def ends_in_verb(self) -> bool:
        """Whether a verb stands right before the number."""
        return bool(self.words) and can_act(self.words[-1])

    @property
    def causes(self) -> bool:
        """Whether the verb makes what is counted do something (帮助, 组织, 发动)."""
        before = self.words[: len(self.words) - len(self.head)] or self.words[-1:]
        return bool(before) and "cause" in before[-1].roles


_NONE: Final = Left((), "none")


def left_phrase(run: Sequence[Word]) -> Left:
    """What of the words before a number names what it counts."""
    words = undated(run)
    of = any(w.text == "的" for w in words[-2:])
    if len(words) > 1 and words[-1].text == "等":
        words = _without_names(words[:-1])
        if not words:
            return _NONE
    words = _untrailed(words)
    words = words[next((i + 1 for i, w in enumerate(words) if w.text in ("把", "将") and w.tag == "p"), 0) :]
    if not words or text_of(words) == "其中":
        return _NONE
    if words[-1].text == "来自" or ("prep" in words[-1].roles and words[-1].tag != "v"):
        return Left(tuple(words), "prep")
    words = unled(words)
    if not of:
        words = words[_actor_end(words) :]
        if end := _subject_end(words):
            words = unled(words[end:])
    if not words:
        return _NONE
    last = words[-1]
    if last.name and last.tag in ("nt", "nr", "ns"):
        return Left(tuple(words), "name", of)
    if is_verb(last) or (len(words) == 1 and can_act(last)):
        start = _relative_start(words) if of else _verb_start(words)
        if not of and start and _PER_HEAD.fullmatch(words[start - 1].text):
            start -= 1
        return Left(tuple(words[start:]), "verb", of, tuple(words[:start]))
    only_which = last.tag in ("b", "a", "r", "m") and len(text_of(words)) <= 6
    told = len(words) > 1 and is_verb(words[0]) and is_noun(words[-2])
    if ("modifying" in last.roles and not told) or (not is_noun(last) and only_which):
        return Left(tuple(words), "modifier", of)
    return Left(tuple(unlight(shortened(words))), "noun", of)


def _without_names(words: list[Word]) -> list[Word]:
    """技师何焕珍、区锦辉 without the persons; nothing where other things are listed."""
    rest = list(words)
    while rest and (rest[-1].tag == "nr" or rest[-1].text in JOINTS):
        rest.pop()
    return rest if len(rest) < len(words) and rest and is_noun(rest[-1]) and not rest[-1].name else []


def _untrailed(words: list[Word]) -> list[Word]:
    """Without what leads up to the number: 达到, 共有, 已, 为, 全市."""
    while words:
        if len(words) > 2 and words[-1].text == "在" and words[-2].text in _HOLDS:
            words = words[:-2]
        last = words[-1]
        adverb = (
            last.tag in PARTICLES or (last.tag == "d" and len(last.text) == 1) or last.text in "：:中里内"
        )
        leads = adverb or "trail" in last.roles or last.text in JOINTS
        if not (leads and last.tag != "p") and "place" not in last.roles:
            break
        words = words[:-1]
    return words


def unled(words: list[Word]) -> list[Word]:
    """Without the adverbs, subjects and phrases of place that stand before the noun."""
    while words and (count := _led(words)):
        words = words[count:]
    return words


def _actor_end(words: list[Word]) -> int:
    """Past the last body that does what follows it (此次活动县总工会|筹措资金), or 0."""
    for i in range(len(words) - 2, 0, -1):
        if words[i].name and words[i].tag == "nt" and can_act(words[i + 1]):
            told = (
                words[i - 1].text in ("的", *JOINTS)
                or "prep" in words[i - 1].roles
                or words[i - 1].tag[0] == "p"
            )
            return 0 if told or is_verb(words[i - 1]) else i + 1
    return 0


def _subject_end(words: list[Word]) -> int:
    """Past whoever does what follows: 全国|已建驿站, 某创新工作室|累计培训职工, 各级工会|举办培训班; or 0."""
    for i in range(len(words) - 2, 0, -1):
        if not can_act(words[i]) or "state" in words[i].roles or not any(map(is_noun, words[i + 1 :])):
            continue
        if any(w.text == "的" for w in words[i + 1 :]):
            continue  # 各级工会举办的培训班
        start = i
        while start > 1 and words[start - 1].text in _DOING:
            start -= 1
        before = words[start - 1]
        if start < i or (start == 1 and before.text in _WHOLES) or _is_actor(words, start):
            return i
    return 0


def _is_actor(words: list[Word], end: int) -> bool:
    """Whether the words before ``end`` are a body, with nothing before them that governs it."""
    last = words[end - 1]
    if not last.text.endswith(_ends("actor")) or not is_noun(last) or can_act(words[0]):
        return False
    return not any("prep" in w.roles or w.tag[0] == "p" or w.text in JOINTS or w.amount for w in words[:end])


def _led(words: list[Word]) -> int:
    """How many of the first words do not belong to the noun."""
    head, rest = words[0], words[1:]
    if _leads(head, last=not rest):
        return 1
    if head.tag == "m" and rest:
        return _number_end(words)
    if head.tag[0] == "p":
        return _preposition_end(words)
    if head.name and head.tag in ("nt", "nr", "ns", "ne"):
        return 2 if _is_possessor(rest) else int(_is_subject(rest))
    return 0


def _leads(word: Word, *, last: bool) -> bool:
    if "lead" in word.roles or "place" in word.roles or word.text in JOINTS:
        return True
    return not last and word.tag in _LEADING_TAGS and word.text not in _KEPT


def _number_end(words: list[Word]) -> int:
    """Past 三是 or 四年 at the beginning of a clause."""
    if words[1].text == "是":
        return 2
    return 1 if words[0].text[-1] in "年月天地" else 0


def _preposition_end(words: list[Word]) -> int:
    return _benefit_end(words) if words[0].text == "为" else _phrase_end(words)


def _phrase_end(words: list[Word]) -> int:
    """Where 在…中 or 通过… ends, as an index; 0 where it does not end before the number."""
    for i, word in enumerate(words[1:], 1):
        if "closing" in word.roles:
            return i + 1
        if is_verb(word) and (i > 1 or words[0].text == "在") and "light" not in word.roles:
            return i
    for i, word in enumerate(words[1:-1], 1):
        if i > 1 and word.tag[0] == "v":
            return i
    return 0


def _benefit_end(words: list[Word]) -> int:
    """Past 为全市 or 为张三, or a long 为……的企业, to the verb.

    A short one tells what is counted and stays (为职工挽回损失).
    """
    named = len(words) > 2 and bool(words[1].name or "place" in words[1].roles)
    if not named and len(text_of(words)) <= 14:
        return 0
    verb = next((i for i, w in enumerate(words[2:-1], 2) if w.tag[0] == "v"), 0)
    return verb or (2 if named else 0)


def _is_possessor(rest: list[Word]) -> bool:
    return len(rest) > 1 and rest[0].text == "的" and any(map(is_noun, rest[1:]))


def _is_subject(rest: list[Word]) -> bool:
    """Whether what follows a name has a noun of its own: 某市 | 新建工会5家, but not 某市级技术能手."""
    if not rest or rest[0].text in ("的", "级") or rest[0].text[0] == "级":
        return False
    return any(is_noun(w) or is_verb(w) for w in rest)


def shortened(words: list[Word]) -> list[Word]:
    """At most so many characters: from the first verb, else the first word, that leaves few enough."""
    if len(text_of(words)) <= _LONGEST:
        return words
    for i, word in enumerate(words[:-1]):
        if is_verb(word) and len(text_of(words[i:])) <= _LONGEST:
            return words[i:]
    for i, word in enumerate(words[:-1]):
        if len(text_of(words[i:])) <= _LONGEST and (is_noun(word) or is_modifier(word)):
            return words[i:]
    return words[-1:]


def unlight(words: list[Word], *, leading: bool = True) -> list[Word]:
    """Without what stands before a light verb (工作室共有成员16人 counts 成员), if a noun is left.

    With ``leading`` false a light verb in front is part of the noun (建会率).
    """
    for i in range(len(words) - 2, -1 if leading else 0, -1):
        word = words[i]
        if word.text in role("state" if i else "light") and word.tag[0] in "vd":
            rest = words[i + 1 :]
            while rest and (rest[0].tag in (*PARTICLES, "d")):
                rest = rest[1:]
            if any(is_noun(w) for w in rest) and not (i and words[i - 1].text in JOINTS):
                return rest
    return words


def _verb_start(words: list[Word]) -> int:
    """Where the verb before the number begins, with the verbs and adverbs right before it."""
    start = len(words) - 1
    while start and (
        words[start - 1].tag[0] in "va" or words[start - 1].tag == "ul" or words[start - 1].text == "、"
    ):
        start -= 1
    return start


def _relative_start(words: list[Word]) -> int:
    """Where 市总下达 of 市总下达的900人任务 begins."""
    start = _verb_start(words)
    while start and is_noun(words[start - 1]) and not can_act(words[start - 1]):
        start -= 1
    return start


# Right of the number.


@dataclass(frozen=True, slots=True)
class Right:
    """What stands after the number: a ``noun`` phrase and the ``rest``.

    ``kind`` is noun, verb, of (的 and a noun) or none.
    """

    noun: tuple[Word, ...]
    rest: tuple[Word, ...]
    kind: str


def right_phrase(run: Sequence[Word], amount: Amount, *, more: bool) -> Right:
    """What of the words after ``amount`` names what it counts; ``more`` where another number follows."""
    words = undated(run)
    if more and words and (words[-1].text in JOINTS or (words[-1].text == "的" and len(words) > 1)):
        words.pop()
    if not words or words[0].text in JOINTS or words[0].text in ("等", "其中", "——", "：", ":"):
        return Right((), (), "none")
    if words[0].text == "的":
        noun, rest = noun_phrase(words[1:], amount)
        return Right(tuple(noun), tuple(rest), "of" if noun else "none")
    if words[0].text in _ADVERBS:
        return Right((), tuple(words), "verb")
    if words[0].text == "被" and amount.kind != "person" and can_act(words[-1]):
        return Right((), tuple(words), "verb")
    if words[0].tag == "f" and words[0].text in ("中", "里", "内", "外"):
        return Right((), tuple(words[1:]), "verb" if len(words) > 1 else "none")
    noun, rest = noun_phrase(words, amount)
    if more and rest and noun and all("trail" in w.roles or "light" in w.roles for w in rest):
        cut = next((i for i, w in enumerate(noun) if w.text == "的" and i), 0)
        if cut:  # 15家企业的产品有200类
            return Right(tuple(noun[:cut]), (*noun[cut + 1 :], *rest), "noun")
    if noun:
        return Right(tuple(noun), tuple(rest), "noun")
    return Right((), tuple(words), "verb")


def noun_phrase(words: list[Word], amount: Amount) -> tuple[list[Word], list[Word]]:
    """The noun phrase with which ``words`` begin, and what follows it."""
    if amount.kind == "event" and _is_occasion(words):
        return words, []
    end = 0
    i = 0 if amount.counted else _relative_end(words)
    nouns = False
    while i < len(words):
        word = words[i]
        if nouns and (
            _ends_phrase(words, i, amount) or _PER_HEAD.match(word.text) or _begins_predicate(words, i)
        ):
            break
        if is_noun(word) and not (nouns and _turns_verb(words, i)):
            nouns = True
            end = i + 1
        elif nouns and _joins(words, i):
            i += 1
        elif not _may_go_on(words, i, amount, nouns):
            break
        elif amount.kind == "event" and i + 1 == len(words) and nouns:
            end = i + 1
        i += 1
    return (words[:end], words[end:]) if nouns else ([], words)


def _is_occasion(words: list[Word]) -> bool:
    """Whether all the words name what is held (10场帮扶产品集中展销活动)."""
    if not 2 < len(words) <= 8 or not words[-1].text.endswith(_OCCASIONS) or not is_noun(words[0]):
        return False
    return not any(w.tag in PARTICLES or w.text in _HELD or w.text in ("的", "在", "被") for w in words)


def _ends_phrase(words: list[Word], i: int, amount: Amount) -> bool:
    """Whether a noun-like word begins a new part of the clause: a quotation, a name, what people do."""
    word = words[i]
    last = i + 1 == len(words) or not is_noun(words[i + 1])
    together = word.text in ("联合", "共同", "携手") and i + 1 < len(words) and can_act(words[i + 1])
    if together or (word.tag == "nz" and word.name and words[i - 1].text in role("people")):
        return True
    if (
        ("local" in word.roles and not (i + 1 == len(words) and i == 1))
        or word.text in ("全部", "全都")
        or is_quote(word)
        or (word.name and word.tag == "nr" and last)
        or (word.name and word.tag == "nt" and last and _can_do(words[i - 1]))
    ):
        return True
    if "deed" in word.roles and i + 1 == len(words) and amount.kind != "event":
        return True
    if "nominal" in word.roles and amount.kind == "thing" and not last:
        return False  # 8个职工创新示范基地
    people = any(words[i - 1].text.endswith(p) for p in role("people")) and not word.text.endswith("者")
    if words[i - 1].text == "个人" and amount.kind != "person":
        return False
    return people and amount.kind != "event" and word.tag[0] in "v" and "people" not in word.roles


def _begins_predicate(words: list[Word], i: int) -> bool:
    """Whether a word tells how those counted do something: 职工|积极参与, 企业|广泛开展竞赛."""
    match = _MANNER.fullmatch(words[i].text)
    if match is None or not _can_do(words[i - 1]):
        return False
    following = words[i + 1] if i + 1 < len(words) else None
    return len(words[i].text) > 2 or (
        following is not None and (can_act(following) or following.tag[0] == "v")
    )


def _turns_verb(words: list[Word], i: int) -> bool:
    """Whether a word that may be a noun is the verb here: 登记为会员, 培训农民工."""
    if i + 1 == len(words):
        return False
    following = words[i + 1].text[0]
    if words[i].tag[0] == "v" and following in "为成到了过着":
        return True
    if "verb" not in words[i].roles or not can_act(words[i]):
        return False
    return "nominal" not in words[i].roles or _can_do(words[i - 1])


def _can_do(word: Word) -> bool:
    """Whether the noun names those who can do something: 企业|服务…, but not 消费帮扶, 法律服务."""
    return (bool(word.name) and word.tag != "ns") or _is_people(word) or word.text.endswith(_ends("doer"))


def _may_go_on(words: list[Word], i: int, amount: Amount, nouns: bool) -> bool:
    """Whether a word that is no noun can stand inside the noun phrase."""
    word = words[i]
    following = words[i + 1] if i + 1 < len(words) else None
    if is_modifier(word):
        ranks = word.text in ("以上", "以下") and following is not None and is_noun(following)
        return not nouns or ranks or word.tag[0] not in "rf"
    if word.tag == "d":
        return not nouns and following is not None and is_noun(following) and word.text[0] in _OPENERS
    if word.text == "的" or word.text in JOINTS:
        if following is not None and following.amount is not None:
            return False
        return (
            nouns
            and following is not None
            and (is_noun(following) or (word.text == "的" and is_modifier(following)))
        )
    return word.tag[0] == "v" and _in_compound(words, i, amount, nouns)


def _joins(words: list[Word], i: int) -> bool:
    """Whether 和 goes on to a noun with a word before it: 先进个人和操作能手, 困难职工和一线职工."""
    if i + 2 >= len(words) or words[i].text not in ("和", "及", "与", "、"):
        return False
    return (is_modifier(words[i + 1]) or words[i + 1].tag[0] == "v") and _is_people(words[i + 2])


def _is_people(word: Word) -> bool:
    ends = len(word.text) > 2 and word.text[-1] in "员者手师匠"
    return ends or any(word.text.endswith(p) for p in role("people"))


def _relative_end(words: list[Word]) -> int:
    """Past 来自各企业的 where a clause with 的 stands before the noun."""
    if not (words[0].tag[0] in "vdpa" or "verb" in words[0].roles):
        return 0
    for i, word in enumerate(words[:14]):
        if word.text in ("各", "均", "都", "每", "每人", "分别") or (word.amount is not None and i):
            return 0
        if word.text == "的" and 0 < i < len(words) - 1:
            return i + 1
    return 0


def _in_compound(words: list[Word], i: int, amount: Amount, nouns: bool) -> bool:
    """Whether a verb belongs to the noun phrase: 参赛选手, 合作社, 50场职工培训."""
    following = words[i + 1] if i + 1 < len(words) else None
    if amount.kind == "event" and nouns:
        return following is None
    compound = amount.kind == "person" and following is not None and _is_people(following)
    if nouns and compound and len(words[i].text) == 2 and not _can_do(words[i - 1]):
        return True  # 劳务派遣收费员
    beside = amount.kind == "household" or words[0].start - amount.end == 1
    if nouns or following is None or (amount.counted and not beside):
        return False
    if (
        not i
        and following.tag[0] == "v"
        and amount.kind == "person"
        and len(words) > 2
        and _is_people(words[2])
    ):
        return True  # 受助在读大学生
    return following.text[0] not in "了着过" and is_noun(following) and words[i].text[-1] not in "到至了为成"
