"""How a count is worded: the noun that is counted, with what tells it from its neighbours.

Between two numbers of a clause stands a *run* of words. Each amount looks at the run on its left
(职工书屋305家, 新建工会驿站12个) and on its right (12家新业态企业, 1400余名职工报名); where neither
names what is counted, the noun of an earlier amount or clause does (其中19家完成了改造).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from kg.language.quantities.amounts import Amount
from kg.language.quantities.context import Context, Wording
from kg.language.quantities.phrases import (
    Right,
    left_phrase,
    noun_phrase,
    right_phrase,
    runs_of,
    shortened,
    undated,
    unled,
    unlight,
)
from kg.language.quantities.words import (
    JOINTS,
    PARTICLES,
    Clause,
    Word,
    can_act,
    does,
    is_noun,
    is_verb,
    role,
    text_of,
)

__all__ = ["word_clause"]

_LONGEST_PREDICATE: Final = 32
_CHANGE: Final = re.compile(
    r"(?:以[内下上]|左右)?(?:又|已|逐步)?(?:大幅|迅速|快速|稳步)?"
    r"(?:提高|提升|上升|增长|增加|升|下降|降低|降|减少|缩短|缩小|扩大|增|减|涨|上调|下调|提|调整|压缩|压|拓展|发展"
    r"|变|跃升|攀升|扩展|壮大|改|加|砍|长|升级|扩)(?:到|至|为|成)了?"
)
_GROWTH: Final = re.compile(
    r"(?:低|高|增长|增加|提高|提升|上升|下降|降低|减少|净增|多|少|增|减|降|涨|缩短|上涨|上调|下调|压减|回落|增收)了?$"
)
_COMPARED: Final = re.compile(r"^(?:比|较|与)|同比|环比|^每[月年天人]|^人均")
_RATIO_TAIL: Final = re.compile(
    r"(?:(?:均|都|动态|始终|一直)*(?:稳定|保持|维持|控制)在)?(?:已经|已|均|都)?(?:提高|提升|上升|增加|增长|下降|降低|降|升)?(?:达到了?|达|到|至|为|是|仅有|仅|有|超过|超|约|近|就|的)?[：:]?$"
)
_ORDINAL_LIST: Final = re.compile(r"第[一二三四五六七八九十\d、]+、$")
_SCORE: Final = re.compile(r"票$|(?:[率度值]|分数|成绩|得分|评分|均分|总分)分$")
_EXTENTS: Final = frozenset({"页", "字", "集", "句"})
_MONEY: Final = re.compile(r"[款金费钱资贴助入值价额奖税润支息贷账利债券罚]$|损失|消费|效益|经费|收益|投资")
_OUTLAY: Final = re.compile(r"投资|造价|价值|产值|成本|投入|耗资|总额|金额|[款金费额]$")
"""What a sum can be of a thing: 投资2.4亿元的生产线."""
_ABSTRACT: Final = frozenset({"水平", "速度", "目标", "幅度", "程度", "增速", "比例"})
_AREAS: Final = frozenset({"平方米", "平米", "平方", "亩", "公顷", "平方公里", "平方千米"})
_WHO: Final = re.compile(
    r"(?:[员者人手师工匠生]|骨干|代表|专家|干部|家属|标兵|模范|先进|群众|青年|子女|群体)$"
)
_QUOTIENT: Final = re.compile(r"[量率额值]$")
"""Nouns for what is measured, which share no verb with the item before them."""
_NO_PREDICATE: Final = frozenset(
    {"每人", "人均", "户均", "年均", "月均", "各", "平均", "每", "分别", "是", "的", "为", "有"}
)
_NAMING: Final = frozenset({"命名", "评定", "认定", "确定", "评选", "推荐", "聘任", "聘请", "追授", "表彰"})
_EACH: Final = re.compile(r"^(?:每[人名位户家个]|人均|户均|平均)(?=..)")
_ABOVE: Final = re.compile(r"(高于|低于|超过|快于|优于|高出|低出)[^，。；]{2,16}$")
_SPANS: Final = frozenset({"公里", "千米", "米", "厘米", "毫米", "公斤", "千克", "克", "吨", "里"})
_IDLE: Final = ("数", "事", "事情", "话", "字", "人员", "东西")
"""Nouns of which a few are no figure."""
_MODAL: Final = frozenset({"要", "把", "想", "得", "将", "应", "应该", "需要", "打算", "准备"})
_QUALITY: Final = re.compile(r"(?:面积|投资|床位|产值|收入|利润|营收|资产|金额|[率额])$")
_STAND_IN: Final = re.compile(
    r"^(?:公司|学校|医院|集团|大会|会议)"
    r"(?=(?:总?占地|建筑|总?面积|总|投资|应到|实到|设计|编制|开放|固定资产|注册|年[产销营]|资产|营业|销售|现有|教学班|床位))"
)
"""A word for whoever the clause speaks of, before what is counted (学校占地面积)."""
_VOTE: Final = re.compile(r"(?:赞成|同意|反对|弃权|支持|得|获)$")
_GRADE: Final = re.compile(r"(?:[特一二三四]等|[金银铜]|优秀|优胜|鼓励|组织)奖")
_DONE: Final = re.compile(r"(?<=[一-龥])了(?=[一-龥])")
_LISTED_TITLES: Final = re.compile(r"^.*(?:》|、《).*?等(?=[一-龥]{2})")
_SINGLED_OUT: Final = re.compile(r"^(?:仅|光|单)(.{2,16})一项就?")
_EMPTY: Final = re.compile(
    r"[\d\W]*|[一二两三四五六七八九十半每]*(?:天|年|个?月|次|个?小时|周|日|人|个|名|位|户|家|项|是|有|他|她|我|州|市|县|省)"
)
_QUOTES: Final = str.maketrans("", "", '“”"‘’「」')


def word_clause(
    clause: Clause, periods: Sequence[tuple[int, int]], context: Context
) -> list[tuple[Amount, Wording]]:
    """The amounts of ``clause`` with their wording; those that count nothing nameable are left out."""
    runs, amounts = runs_of(clause, periods)
    found: list[tuple[Amount, Wording]] = []
    for i, amount in enumerate(amounts):
        wording = _Reader(clause, runs, amounts, i, context, found).read()
        if wording is not None and _is_worth(wording.measure) and not _is_idle(amount, wording):
            found.append((amount, wording))
            context.counted.append((amount, wording))
    return found


def _tells(word: Word) -> bool:
    """Whether a word can say something of a noun; the segmenter takes 广泛开展 for a person."""
    guessed = word.tag == "nr" and not word.name
    return word.tag[0] in "vli" or guessed or "nominal" in word.roles or word.text in ("被", "通过")


def _index_of(words: Sequence[Word], text: str) -> int:
    """The place of the word that reads ``text``, or 0."""
    return next((i for i, w in enumerate(words) if w.text == text), 0)


def _is_idle(amount: Amount, wording: Wording) -> bool:
    """Whether a small number counts nothing worth telling: 说清三件事, 写的是三个人."""
    if wording.noun in role("aspect"):
        return True
    return (
        amount.value < 10
        and not (amount.bound or amount.modifiers)
        and wording.measure.endswith(_IDLE)
        and wording.noun in _IDLE
    )


def _is_worth(measure: str) -> bool:
    return bool(measure) and measure not in role("aspect") and _EMPTY.fullmatch(measure) is None


class _Reader:
    """Words one amount, by the first rule that has something to say."""

    def __init__(
        self,
        clause: Clause,
        runs: list[list[Word]],
        amounts: list[Amount],
        i: int,
        context: Context,
        found: list[tuple[Amount, Wording]],
    ) -> None:
        self.amount = amounts[i]
        self.clause = clause
        self.runs, self.amounts, self.i = runs, amounts, i
        self.context, self.found = context, found
        self.own = self._own_left()
        self.left = left_phrase(self.own)
        self.right = self._own_right()
        self.listed = bool(i and runs[i] and runs[i][0].text in JOINTS and found)

    def _own_left(self) -> list[Word]:
        """The run before, without the noun that belongs to the amount before it."""
        run = self.runs[self.i]
        if not self.i or (run and run[0].text in JOINTS):
            return run
        rest = list(right_phrase(run, self.amounts[self.i - 1], more=True).rest)
        if not rest and self.amount.kind == "money":  # 37家企业的帮扶产品2.4亿元
            place = max((i for i, w in enumerate(run) if w.text == "的"), default=-1)
            return run[place + 1 :] if 0 < place < len(run) - 1 else rest
        return rest

    def _own_right(self) -> Right:
        """What follows the amount: for the lower end of a range what follows the upper one."""
        i = self.i + 1 if self.amount.bound == "low" and self.i + 2 < len(self.runs) else self.i
        following = self.amounts[i + 1] if i + 1 < len(self.amounts) else None
        right = right_phrase(self.runs[i + 1], self.amount, more=following is not None)
        cut = next((k for k, w in enumerate(right.noun) if w.text == "的" and k), 0)
        if cut and not right.rest and following is not None and following.kind == "money":
            return Right(right.noun[:cut], (), "noun")  # 37家合作社的产品2.4亿元
        return right

    def read(self) -> Wording | None:
        if self.amount.kind == "score" and not _SCORE.search(self.left.text + self.amount.unit):
            return None
        if (
            self._is_named_persons()
            or self._is_frequency()
            or _ORDINAL_LIST.search("".join(w.text for w in self.runs[self.i]))
        ):
            return None
        rules: tuple[Callable[[], Wording | None], ...] = (
            self._high,
            self._dealt,
            self._change,
            self._growth,
            self._vote,
            self._share,
            self._of,
            self._noun,
            self._post,
            self._predicate,
            self._elided,
        )
        for rule in rules:
            wording = rule()
            if wording is not None:
                return self._told_apart(wording)
        return None

    def _is_frequency(self) -> bool:
        """4次获得, 两次被评为: how often, not how many."""
        told = self.own[-1].text if self.own else ""
        if self.amount.unit in ("次", "趟", "回", "遍") and self.amount.value < 10 and told in ("了", "过"):
            return self.right.kind != "noun"  # 考了三次, 来看了两趟
        if self.amount.unit == "次" and self.amount.value < 10 and any(w.text == "被" for w in self.own):
            return True
        if self.amount.unit != "次" or self.left.kind not in ("none", "name", "prep"):
            return False
        words = undated(self.runs[self.i + 1])
        return self.right.kind == "verb" or (len(words) > 1 and can_act(words[0]))

    def _wording(self, measure: str, noun: str, rule: str, verb: str = "") -> Wording:
        words = [*self.left.words, *self.right.noun]
        span = (words[0].start, words[-1].end) if words else self.amount.number
        return Wording(measure.strip("、，的：: "), noun.strip("、，的：: "), span, rule, verb)

    # Special constructions.

    def _high(self) -> Wording | None:
        """The upper end of a range counts what the lower one does."""
        return self.found[-1][1] if self.amount.bound == "high" and self.found else None

    def _dealt(self) -> Wording | None:
        """建会率、入会率分别达到88.2%、83.1%: each number has its noun."""
        words = undated(self.runs[0])
        cut = next((i for i, w in enumerate(words) if w.text == "分别"), 0)
        if not cut or len(self.amounts) < 2:
            return None
        items: list[list[Word]] = [[]]
        for word in unled(words[:cut]):
            if word.text in JOINTS:
                items.append([])
            else:
                items[-1].append(word)
        if len(items) != len(self.amounts) or not all(i and is_noun(i[-1]) and not i[-1].name for i in items):
            return None
        noun = text_of(items[self.i])
        return self._wording(noun, noun, "dealt")

    def _change(self) -> Wording | None:
        """从3米缩小到0.5米: the first is the former value, the second the present one."""
        before = text_of(undated(self.runs[self.i]))
        after = text_of(undated(self.runs[self.i + 1])) if self.i + 1 < len(self.amounts) else ""
        if self.right.kind == "noun" and _CHANGE.fullmatch(text_of(self.right.rest)):
            noun = text_of(self.right.noun)
            return self._wording("原" + noun, noun, "change:from")
        if after and _CHANGE.fullmatch(after):
            words = [w for w in self.own if w.text not in ("由", "从", "的", "把", "将")]
            base = left_phrase(words).text or self._base()
            dated = any(w.tag == "-" for w in self.runs[self.i])
            return self._wording(base if dated else "原" + base, base, "change:from") if base else None
        since = any(w.tag == "-" for w in self.runs[self.i]) and _GROWTH.fullmatch(before)
        if self.i and (_CHANGE.fullmatch(before) or since or self._is_changed()):
            noun = self.found[-1][1].noun if self.found else self._base()
            return self._wording(noun, noun, "change:to") if noun else None
        return None

    def _is_changed(self) -> bool:
        return bool(self.found) and self.found[-1][1].rule == "change:from"

    def _base(self) -> str:
        if self._is_dealt():
            return self.context.counted[-len(self.amounts)][1].noun
        last = self.context.last()
        return last.noun if last else self.context.tail(self.clause)

    def _is_dealt(self) -> bool:
        """Whether the clause deals growth out to as many counts before it (分别增长26.7%和32.6%)."""
        n = len(self.amounts)
        told = n > 1 and any(w.text == "分别" for w in self.clause.words)
        return told and len(self.context.counted) - self.context.sentence - self.i >= n

    def _growth(self) -> Wording | None:
        """同比增长12.3%, 比上届提高3.4个百分点, 每月津贴多了八百元."""
        words = [w for w in self.own if "place" not in w.roles]
        said = text_of(words)
        if self.amount.unit in ("个百分点", "百分点") and (above := _ABOVE.search(said)):
            base = text_of(left_phrase(words[: _index_of(words, above.group(1))]).words) or self._base()
            return self._wording(base + said[above.start(1) :], base, "growth") if base else None
        match = _GROWTH.search(said)
        if not match or self.right.kind in ("noun", "of"):
            return None
        compared = _COMPARED.search(said)
        if self.amount.kind != "ratio" and not compared:
            return None
        said = re.sub(r"^(?:[与和]|分别|均|都|各)|了$", "", re.sub(r"了$", "", said))
        if said == match.group().rstrip("了") or re.match(r"比|较|同比|环比|年均|平均", said):
            base = self._base()
            return self._wording(base + said, base, "growth") if base else None
        words = shortened(unled(words))
        return self._wording(text_of(words).removesuffix("了"), text_of(words[:-1]), "growth")

    def _vote(self) -> Wording | None:
        if self.amount.unit != "票":
            return None
        said = self.left.text or text_of(self.right.rest)
        return (
            self._wording(said + "票", said + "票", "vote") if _VOTE.search(said) and len(said) < 8 else None
        )

    def _share(self) -> Wording | None:
        """入会率91.3%, 占比达46.1%, 营业收入的1.2%用于培训."""
        if self.amount.kind != "ratio" or not self.own or self.right.kind == "of":
            return None
        words = unled(undated(self.own))
        if words and words[0].text == "占":
            return self._part(text_of(words[1:]))
        words = unlight(words, leading=False)
        while words and words[-1].tag == "d":
            words.pop()
        said = _RATIO_TAIL.sub("", text_of(shortened(words)))
        if not said:
            return None
        predicate = self._predicate_text()
        if self.own[-1].text == "的" and predicate:
            noun = text_of(left_phrase(self.own).head)
            return self._wording(f"{noun}{predicate}的比例", noun, "share:of")
        said += "比" if said.endswith("占") else ""
        return self._wording(said, said.removesuffix("占比"), "share")

    def _part(self, whole: str) -> Wording | None:
        """占83%, 占全市工业职工的6.4%: the share that what was counted last has in the whole."""
        base = (self._bracket_head() if self.clause.opening in ("（", "(") else "") or self._base()
        said = f"{base}占{whole}的比例" if whole not in ("", "比", "总数", "全部") else f"{base}占比"
        return self._wording(said, base, "share:part") if base else None

    def _bracket_head(self) -> str:
        """The word before a bracket, whole where the segmenter has cut it into signs (实操（占70%）)."""
        before = [w for w in self.context.before if w.text not in JOINTS]
        if not before or before[-1].tag[0] in "cdpux":
            return ""
        return text_of(before[-2:] if len(before[-1].text) == 1 else before[-1:])

    def _of(self) -> Wording | None:
        """投资2.4亿元的榨糖生产线."""
        if self.right.kind != "of" or self.amount.unit in _EXTENTS:
            return None
        noun = text_of(self.right.noun)
        if self.amount.unit in _AREAS and not noun.endswith("面积"):
            return self._wording(noun + "面积", noun + "面积", "of")
        if self.amount.kind == "size" and self.left.kind != "noun":
            return None
        said = self.left.words[-1].text if self.left.kind in ("noun", "verb") else ""
        if self.amount.kind == "ratio" and noun in _ABSTRACT:
            return None
        if self.amount.kind == "ratio":
            predicate = "" if said or self._is_joined() else self._predicate_text()
            return self._wording(f"{predicate}的{noun}" if predicate else noun, noun, "of")
        if not said or not self.amount.counted or self.amount.kind == "person":
            return self._wording(noun, noun, "of")
        if self.amount.kind == "money" and not _OUTLAY.search(said):
            verb = self.left.text if self.left.kind == "verb" else self._first_verb()
            return self._wording(verb + noun, noun, "of", verb)
        return self._wording(f"{noun}的{said}" if len(said) < 8 else said, noun, "of")

    def _first_verb(self) -> str:
        """The verb that governs what stands before the number (采购某村近6万元的农产品), or nothing."""
        return next(
            (w.text for w in self.own if can_act(w) and "state" not in w.roles and len(w.text) > 1), ""
        )

    def _is_joined(self) -> bool:
        """Whether the noun phrase goes on behind what was understood of it (城市和应建县级城镇)."""
        return bool(self.right.rest) and self.right.rest[0].text in JOINTS

    # The counted noun after the number.

    def _noun(self) -> Wording | None:
        left, noun = self.left, text_of(self.right.noun)
        if self.right.kind != "noun" or (
            self.amount.counted
            and left.kind == "noun"
            and not left.ends_in_verb
            and not noun.endswith(("户", "家庭"))
        ):
            return None
        if self.amount.unit == "人" and all(
            w.tag == "vn" or "nominal" in w.roles or "deed" in w.roles for w in self.right.noun
        ):
            return self._wording(noun + "人数", "人", "noun:verbal")
        if noun == "人":
            noun = "人员"
        if (
            self.amount.unit in _SPANS
            and not left.ends_in_verb
            and left.kind in ("noun", "none")
            and self._in_list()
        ):
            return None
        if self.amount.kind in ("money", "size"):
            return self._wording((left.text if left.ends_in_verb else "") + noun, noun, "noun:money")
        predicate = "" if "的" in noun else self._predicate_text()
        if post := re.fullmatch(r"(?:担任|当选为?|任)([^的]{2,8})", predicate):
            return self._wording(post[1], post[1], "noun:post")
        pivot = left.kind in ("prep", "none", "name") or left.causes or not left.ends_in_verb
        if predicate and pivot and not self._counts_further(predicate):
            return self._wording(f"{predicate}的{noun}", noun, "noun:predicate")
        return self._wording(self._before(noun) + noun, noun, "noun", self._before(noun))

    def _in_list(self) -> bool:
        """Whether the amount stands behind a joint as part of a name in a list (啦啦操、6公里健康跑)."""
        return bool(self.own) and self.own[-1].text in JOINTS

    def _is_named_persons(self) -> bool:
        """王嘉、韩静2人: the names are the content, the number only sums them up."""
        people = [w for w in self.own if w.tag == "nr" and w.name]
        if not people or self.amount.kind != "person" or self.amount.value >= 10:
            return False
        if self.own[-1] is people[-1] and people[-1].end == self.amount.start:
            return True
        listed = sum(w.text in JOINTS for w in self.own)
        return self.amount.unit == "人" and listed > 0 and len(people) + 1 >= self.amount.value == listed + 1

    def _before(self, noun: str) -> str:
        """What of the words before the number belongs to the noun after it."""
        left = self.left
        if left.kind == "prep":
            return ""
        if left.of and len(left.words) > 1 and left.ends_in_verb and len(left.text) <= 12:
            return left.text + "的"
        if left.of:
            return ""
        if left.ends_in_verb and "light" not in left.words[-1].roles:
            return left.text
        if left.kind == "name" and len(left.words) > 1 and can_act(left.words[-2]):
            return text_of(left.words[-2:])
        beside = bool(self.own) and self.own[-1].end == self.amount.number[0]
        if left.kind == "noun" and beside and len(left.text) <= 5 and not any(map(can_act, left.words)):
            return left.text
        if self.listed and left.kind == "none":
            return self.found[-1][1].verb
        return ""

    def _counts_further(self, predicate: str) -> bool:
        """Whether the predicate itself ends in a count: 13家托管班看护孩子1870人次."""
        if (
            self.i + 1 == len(self.amounts)
            or predicate.startswith("被")
            or self.left.causes
            or self.left.kind == "prep"
        ):
            return False
        following = right_phrase(
            self.runs[self.i + 2], self.amounts[self.i + 1], more=self.i + 2 < len(self.amounts)
        )
        return following.kind != "noun"

    def _predicate_text(self) -> str:
        """What is said of the counted noun, without the numbers in it."""
        rest, i = self.right.rest, self.i
        if not rest:
            i = self._end_of_list()
            if i == self.i:
                return ""
            rest = right_phrase(self.runs[i + 1], self.amounts[i], more=i + 1 < len(self.amounts)).rest
        words = list(rest)
        if words and words[0].text in JOINTS:
            return ""
        while words and (
            words[0].tag in ("ul", "c", "f")
            or words[0].text in ("已", "都", "均", "也", "全部", "正式", "就")
        ):
            words.pop(0)
        named = next((w.text for run in self.runs[: self.i + 1] for w in run if w.text in _NAMING), "")
        if named and len(words) > 1 and words[0].text == "为":
            return named + text_of(words)
        if not words or words[0].text in _NO_PREDICATE:
            return ""
        if words[0].text in _MODAL or (words[0].tag == "nr" and words[0].name):
            return ""
        if words[0].tag in ("group", "nz") and any(w.text == "授予" for w in self.runs[self.i]):
            words.insert(0, replace(words[0], text="授予", tag="v"))
        if not any(_tells(w) for w in words):
            return ""
        while words and words[-1].tag in PARTICLES:
            words.pop()
        said = text_of(words)
        if said in ("组成", "构成"):
            return ""
        if i + 1 < len(self.amounts) and words and can_act(words[-1]):
            more = i + 2 < len(self.amounts)
            said += text_of(right_phrase(self.runs[i + 2], self.amounts[i + 1], more=more).noun)
        while len(said) > _LONGEST_PREDICATE and len(words) > 1:
            words.pop()
            said = text_of(words)
        return _DONE.sub("", said)

    def _end_of_list(self) -> int:
        """The last of the amounts that stand in a list with this one (11个团场、37家企业的1400名职工报名)."""
        i = self.i
        while i + 1 < len(self.amounts):
            run = undated(self.runs[i + 1])
            if not run or (run[-1].text not in JOINTS and run[-1].text != "的") or run[0].text in JOINTS:
                break
            i += 1
        return i

    # The counted noun before the number.

    def _post(self) -> Wording | None:
        left = self.left
        if left.kind == "modifier" and not (self.listed and self.found[-1][1].rule == "post"):
            like = self.context.like(self.amount)
            if like is not None:
                return self._wording(left.text + like.noun, like.noun, "post:modifier")
            return self._wording(left.text, left.text, "post") if len(left.text) > 1 else None
        if left.kind not in ("noun", "modifier"):
            return None
        if (
            left.of
            and self.amount.kind == "person"
            and self.right.kind == "none"
            and any(map(can_act, left.words))
        ):
            measure = left.text if left.words[-1].text in role("people") else left.text + "的人"
            return self._wording(measure, "人", "post:of")
        if (
            self.amount.unit == "人"
            and self.right.kind == "none"
            and all("deed" in w.roles for w in left.words)
        ):
            return self._wording(left.text + "人数", "人", "post:deed")
        head = text_of(left.head)
        if self.right.kind == "verb" and not self.amount.article and (left.causes or not left.verb):
            predicate = self._predicate_text()
            people = self.amount.kind in ("person", "thing", "household")
            if predicate and people and not self._counts_further(predicate):
                return self._pivot(predicate, head)
        if left.verb or not self.listed or self._acts_itself():
            verb = left.verb or (self._inherited() if self._begins_with("其中") else "")
            measure = left.text if left.verb else verb + left.text
            return self._wording(measure, head, "post", verb)
        verb = "" if _QUOTIENT.search(head) else self.found[-1][1].verb
        return self._wording(verb + left.text, head, "post:listed", verb)

    def _pivot(self, predicate: str, head: str) -> Wording:
        if self.left.causes and self.left.words[-1:] == self.left.head:
            unit = "人次" if self.amount.unit == "人次" else self._someone()
            return self._wording(f"{predicate}的{unit}", unit, "post:predicate")
        who = self.amount.kind == "person" and len(predicate) <= 4 and self.left.kind == "noun"
        if who and not _WHO.search(head) and is_noun(self.left.head[-1]):
            return self._wording(predicate + head + "的" + self._someone(), "人", "post:predicate")
        return self._wording(f"{predicate}的{head}", head, "post:predicate")

    def _begins_with(self, word: str) -> bool:
        return bool(self.runs[0]) and self.runs[0][0].text == word

    def _acts_itself(self) -> bool:
        """Whether an item of a list has a verb of its own (法律援助机构接待咨询)."""
        return any(is_verb(w) and "state" not in w.roles for w in self.left.words)

    def _inherited(self) -> str:
        if any(does(w) or w.tag[0] == "p" for w in self.own) or self.left.ends_in_verb:
            return ""
        last = self.context.last()
        return last.verb if last else ""

    # No noun beside the number.

    def _predicate(self) -> Wording | None:
        """328人进入决赛, 19家完成了改造, 1个获批."""
        if (
            self.right.kind != "verb"
            or not self.right.rest
            or (self.left.kind == "verb" and not self.left.causes)
        ):
            return None
        if not self.amount.arabic and self.amount.unit == "人" and self.amount.value < 10:
            return None
        if (
            self.right.rest[0].text in ("是", "为")
            and (self.right.rest[1:2] or self.right.rest)[0].tag[0] == "p"
        ):
            return None
        if self.right.rest[0].text in ("是", "为"):
            noun, left_over = map(text_of, noun_phrase(list(self.right.rest[1:]), self.amount))
            if left_over and is_noun(self.right.rest[-1]) and len(noun + left_over) <= 12:
                noun += left_over
            return self._wording(noun, noun, "predicate:is") if noun and len(noun) <= 12 else None
        predicate = self._predicate_text()
        if not predicate or self.amount.kind in ("event", "money", "size", "ratio", "total"):
            return None
        like = self.context.like(self.amount) if self.amount.unit != "人次" else None
        noun = like.noun if like else self._someone()
        if not noun:
            return None
        if noun == "人" and len(predicate) <= 3:
            return self._wording(predicate + "人数", "人", "predicate")
        return self._wording(f"{predicate}的{noun}", noun, "predicate")

    def _someone(self) -> str:
        if self.amount.unit == "人次":
            return "人次"
        if self.amount.kind == "household":
            return "住户"
        if self.amount.kind != "person":
            return ""
        for _, wording in reversed(self.context.counted[self.context.sentence :]):
            if any(wording.noun.endswith(p) for p in role("people")):
                return wording.noun
        return "人"

    def _elided(self) -> Wording | None:
        """已整改22个, 新增6户, 600多批次近4万人次, 投入1120万元, 宣讲11场."""
        left = self.left
        if left.kind == "verb":
            return self._verb()
        if left.kind in ("prep", "modifier") or (self.right.kind == "verb" and self.amount.kind == "person"):
            return None
        if self.found and not text_of(self.own):
            last = self.found[-1][1]
            if last.rule == "growth" and self._is_dealt():
                base = self._base()
                return self._wording(base + last.measure.removeprefix(last.noun), base, "growth")
            noun = last.noun
            return self._wording(noun + self._heads(noun), noun, "same")
        like = self.context.like(self.amount)
        if like is not None and self.amount.kind == "money" and not _MONEY.search(like.noun):
            like = None
        if like is not None and (self.own or self.found):
            noun = _EACH.sub("", like.noun)
            return self._wording(like.verb + noun if self.listed else noun, noun, "elided", like.verb)
        if self.amount.kind == "ratio" and self.clause.opening in ("（", "(") and not self.own:
            return self._bracketed()
        tail = self.context.tail(self.clause) if left.kind in ("none", "name") else ""
        if self.amount.kind == "money" and not _MONEY.search(tail):
            return None
        return self._wording(tail, tail, "tail") if tail else None

    def _bracketed(self) -> Wording | None:
        """增加12.6万人（54%）: how much that is of the whole."""
        last = self.context.last()
        if last is None or len(last.noun) < 2:
            return None
        grown = last.rule == "growth" or _GROWTH.search(last.verb or last.measure)
        return self._wording(last.noun + ("增幅" if grown else "占比"), last.noun, "bracketed")

    def _heads(self, noun: str) -> str:
        """What turns a noun into the count of those who take part in it: 活动人次, 代表团人数."""
        if self.amount.kind != "person" or "人" in noun[-2:] or any(noun.endswith(p) for p in role("people")):
            return ""
        return self.amount.unit if self.amount.unit == "人次" else "人数"

    def _verb(self) -> Wording | None:
        left, said = self.left, self.left.text
        if said.endswith("占地") and self.amount.kind == "size":
            return self._wording(said + "面积", said + "面积", "verb:area")
        if self.amount.kind == "money":
            like = self.context.like(self.amount)
            if said in ("完成", "实现") and like is not None and self.right.kind == "none":
                return self._wording(said + like.noun, like.noun, "verb:elided", said)
            predicate = self._predicate_text() if self.right.kind == "verb" else ""
            if "fund" in left.words[-1].roles:
                return self._wording(f"{said}{predicate}{'的' if predicate else ''}资金", "资金", "verb:fund")
            return self._wording(said, said, "verb")
        like = self.context.like(self.amount)
        if self.amount.kind == "household":
            return self._wording(
                said + (like.noun if like else "户数"), like.noun if like else "", "verb:elided"
            )
        if self.amount.kind == "person" and self.amount.unit != "人次":
            noun = self._someone()
            named = noun != "人" or len(said) == 1
            return self._wording(f"{said}的{noun}" if named else said + "人数", noun, "verb:elided")
        if like is not None and not self.amount.counted and self.amount.kind != "event":
            return self._wording(f"{said}的{like.noun}", like.noun, "verb:elided")
        if "light" in left.words[-1].roles:
            noun = (
                text_of(shortened(list(left.subject)))
                if any(map(is_noun, left.subject))
                else self.context.tail(self.clause)
            )
            return self._wording(noun, noun, "tail") if noun else None
        if self.amount.kind == "thing" or len(said) < 2:
            return None
        return self._wording(said, said, "verb")

    # What tells it from its neighbours.

    def _told_apart(self, wording: Wording) -> Wording:
        measure = self._expanded(self._related(wording.measure))
        if _GRADE.fullmatch(wording.noun):
            measure = self._graded(wording)
        elif wording.measure == measure:
            measure = self.context.lone() + measure
        measure = _SINGLED_OUT.sub(r"\1", _LISTED_TITLES.sub("", measure))
        measure = _STAND_IN.sub("", measure)
        did = bool(wording.verb) or "predicate" in wording.rule or any(map(does, self.runs[self.i]))
        acts = did and wording.rule != "growth"
        return Wording(measure, wording.noun, wording.span, wording.rule, wording.verb, acts)

    def _related(self, measure: str) -> str:
        """A noun that needs what it is about gets it: 受众 → 宣讲受众, 参与职工 → 参与竞赛的职工."""
        bare, topic = measure.translate(_QUOTES), self.context.topic
        if bare not in role("relational") or not topic or topic in bare:
            return measure
        if bare.startswith("总") and _QUALITY.search(topic):
            return measure
        verb = re.fullmatch(r"(参与|参加)(.+)", bare)
        return f"{verb[1]}{topic}的{verb[2]}" if verb else topic + bare

    def _expanded(self, measure: str) -> str:
        """专项行动 in a sentence that has spoken of “某某”专项行动 is that one."""
        if len(measure) > 6:
            return measure
        place = self.context.said.find(f"”{measure}")
        opening = self.context.said.rfind("“", max(0, place - 26), place) if place > 0 else -1
        return self.context.said[opening : place + 1] + measure if 0 <= opening < place - 2 else measure

    def _graded(self, wording: Wording) -> str:
        """二等奖 in a list behind 教学成果一等奖 is 教学成果二等奖."""
        last = self.context.last()
        match = re.fullmatch(rf"(.+?)(?:{_GRADE.pattern})", last.measure) if last else None
        return match[1] + wording.noun if match else wording.measure
