"""Who takes part in which event, in what role and with what placing.

Indices are places in :attr:`Row.units`; offsets are half-open ranges of code points.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from kg.language.annotations import Claim, Reading
from kg.language.relations.coordination import group_before, text_of
from kg.language.relations.doers import Doers, clause_start, clause_text, denied, doers, named, planned
from kg.language.relations.honour_lists import in_lines
from kg.language.relations.rows import Row, levels, rows_of
from kg.language.relations.times import year_at, year_in
from kg.vocabulary import EntityType, Predicate

__all__ = ["find_claims"]

_BOTH: Final = frozenset({EntityType.PERSON, EntityType.ORGANIZATION})
_PERSON: Final = frozenset({EntityType.PERSON})
_COMPETITION: Final = re.compile(r"赛|比武|竞技|评选|运动会|技能|决赛|比拼|练兵")
_SPEAKING: Final = ("宣读", "讲话", "致辞", "致词", "发表", "作重要", "主持", "颁奖", "授旗", "宣布")
_PLAIN: Final = frozenset(
    {"参加", "参加了", "参与", "参加过", "走进", "走上", "受邀参加", "应邀参加", "参会", "到会", "参赛"}
)
"""Verbs of attending that say no more than that somebody was there."""

_LABEL: Final = re.compile(r"(?:^|[,x])t:(?:[OFLJd]*P(?:[cO,FLJd]{0,5}P)*)")
_BY: Final = re.compile(r"g[OFLAJdcx]{0,8}P(?:[cOFLJ]{1,5}P)*$")
_WINNING: Final = re.compile(r"夺冠|夺魁|折桂|问鼎")
_VERB: Final = re.compile(r"v")
_RANK: Final = re.compile(r"R")
_RANKED: Final = re.compile(r"[vo][^,RvfbotP]{0,6}R")
_PRIZE: Final = re.compile(r"v[xTNEk]{0,3}A")
_OF_SOMEBODY: Final = re.compile(
    r"[”\"]?(?:称号)?的(?:参赛)?(?:选手|职工|员工|单位|个人|人员|同志|集体|企业|队伍|团队|代表队|学生|教师)"
)
"""A placing that only describes somebody without a name (获得一等奖的选手)."""
_GOOD_RESULT: Final = re.compile(r"[”\"]?的[^，。；]{0,6}(?:成绩|名次|佳绩|荣誉|战绩|成果|桂冠)")
_HEADS: Final = re.compile(r"d(?:[OFLJhx]{0,5}P(?:[ched,]{0,3}[OFLJh]{0,5}P)*)")
"""Those whom a placing describes (获学科一等奖的甲中学张三、乙中学李四)."""
_RANKED_BESIDE: Final = re.compile(r"(?:^|[xdL])((?:[OFLJ]*[PO])(?:c[OFLJ]*[PO])*)x?$")
"""Names right before a placing (张三第一，来自乙县的李四第二)."""
_BY_SCORE: Final = re.compile(
    r"(?:以.{1,10}分)?(?:总分|总成绩|综合成绩|得分|成绩|团体总分|名列|排名|位列|居|排)?(?:为|是)?"
)
_RANK_LINE: Final = re.compile(r"[xUJ]{0,2}(R)[UNx]?[:\-]?[FLxU]{0,3}[PO](?:[FLJUhec,x]*[PO])*[FLJUhe,x]*$")
_NEXT_LINE: Final = re.compile(r"[xU,]{0,2}(?:P[OFLJ]*|[OFL]+J?P),?")
_ITEM: Final = re.compile(r"[一-鿿]{2,12}")
_LINES: Final = 60
"""How many paragraphs above a line of results its competition may be named."""
_PLACED_TITLE: Final = re.compile(r"(?:^|[,c])R[OFLJ]*P")
_RANK_BEFORE: Final = re.compile(r"(R(?:cR)*)k?x?$")
_TAKEN_BY: Final = re.compile(r"[OFLJ]*[PO](?:[c,][OFLJ]*[PO])*")
_TAKING: Final = re.compile(r"获|夺|摘|取|拿|赢|斩|捧|包揽|收入|分|得")
_RANKS: Final = re.compile(r"R(?:cR)*")
_SECTION: Final = re.compile(r"(?:工种|项目|比赛|赛项|组|的)$")
_GROUP: Final = re.compile(r"团体|集体|组$|队$")
_WHO_COMPETES: Final = re.compile(r"个人|团体|集体")
_BACK: Final = 30
_NEAR: Final = 14
_CONTEST: Final = re.compile(r"大赛|竞赛|比赛|比武|决赛|选拔赛|对抗赛|邀请赛|运动会")
_STAND_IN: Final = re.compile(
    r"会议|大会|会上|本次|此次|这次|大赛|比赛|竞赛|赛|活动|仪式|现场|论坛|培训|年会|座谈会|开幕|闭幕|启动式"
)
_SET_PHRASE: Final = re.compile(
    r"节$|中国共产党.*次全国代表大会|^党的.*大$|[一二三四五六七八九]中全会$|^“?五一|全国两会$"
)
"""Holidays and congresses that stand in set phrases: 会议 never means them."""

_ROLE_ENDS: Final = (
    "代表",
    "评委",
    "裁判",
    "裁判长",
    "领队",
    "教练",
    "指导老师",
    "选手",
    "嘉宾",
    "主持人",
    "列席代表",
)


def find_claims(reading: Reading) -> list[Claim]:
    """The ``participatesIn`` claims of a reading, in order of place."""
    if not any(r.type is EntityType.EVENT for r in reading.referents):
        return []
    events = _Events(reading)
    found: list[Claim] = []
    for row in rows_of(reading):
        for level in levels(row):
            if "P" in level.codes or "O" in level.codes or set("tvER") & set(level.codes):
                found += _Sentence(reading, level, events).claims()
    found += _in_lines(reading, events)
    return _once(found)


def _in_lines(reading: Reading, events: _Events) -> Iterator[Claim]:
    """Results line by line (一等奖：张三（甲公司）、李四; 一等奖 张三 甲公司, below it 李四 乙公司)."""
    rank = ""
    paragraph = -1
    for row in rows_of(reading):
        opens = row.sentence.paragraph != paragraph
        paragraph = row.sentence.paragraph
        first = _RANK_LINE.match(row.codes)
        labelled = first is not None and ":" in row.codes[: first.end(1) + 2]
        if not labelled and not (opens and (first or (rank and _NEXT_LINE.fullmatch(row.codes)))):
            rank = ""
            continue
        rank = text_of(reading, row, first.start(1)) if first else rank
        event = events.before(row.sentence.start, _COMPETITION, paragraphs=_LINES)
        if event is not None:
            item = _item_before(reading, row, first) if first else ""
            start = first.end(1) if first else 0
            yield from _Sentence(reading, row, events).listed(event, rank, start, item)


def _item_before(reading: Reading, row: Row, first: re.Match[str]) -> str:
    """What a line of results is about (炼钢工第一名：…)."""
    words = reading.text[row.sentence.start : row.units[first.start(1)].start].strip(" 　的：:")
    return words if _ITEM.fullmatch(words) else ""


def _once(claims: Sequence[Claim]) -> list[Claim]:
    best: dict[tuple[str, str, str], Claim] = {}
    items = {(c.subject, c.object): item for c in reversed(claims) for k, item in c.attributes if k == "item"}
    for claim in claims:
        attributes = dict(claim.attributes)
        key = (
            claim.subject,
            claim.object,
            attributes.get("item") or items.get((claim.subject, claim.object), ""),
        )
        if key in best:
            merged = tuple(sorted((attributes | dict(best[key].attributes)).items()))
            first = best[key]
            claim = Claim(
                first.predicate,
                first.subject,
                first.object,
                first.rule,
                first.start,
                first.end,
                merged,
                first.spans,
            )
        best[key] = claim
    return list(best.values())


class _Events:
    """The events of an article by place, to find the one that 会议 or 大赛 means."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mentions = [(n, r) for n, r in reading.mentions if r.type is EntityType.EVENT]
        self.starts = [n.start for n, _ in self.mentions]
        self._only: dict[re.Pattern[str], tuple[str, int] | None] = {}

    def before(self, place: int, pattern: re.Pattern[str] | None = None, paragraphs: int = 2) -> str | None:
        """The last event named before ``place``, in its paragraph or those just before it."""
        sentence = self.reading.sentence_at(place)
        if sentence is None:
            return None
        i = bisect_left(self.starts, place)
        for k in range(i - 1, max(-1, i - 12), -1):
            name, referent = self.mentions[k]
            if _SET_PHRASE.search(referent.name):
                continue
            there = self.reading.sentence_at(name.start)
            if there is None or there.paragraph < sentence.paragraph - paragraphs:
                return None
            if pattern is None or pattern.search(referent.name):
                return referent.key
        return None

    def only(self, pattern: re.Pattern[str], place: int) -> str | None:
        """The one event of its kind that the article names, if that is before ``place``."""
        if pattern not in self._only:
            fitting = {r.key: n.start for n, r in reversed(self.mentions) if pattern.search(r.name)}
            self._only[pattern] = next(iter(fitting.items())) if len(fitting) == 1 else None
        found = self._only[pattern]
        return found[0] if found and found[1] < place else None


class _Sentence:
    """What one row says of taking part."""

    def __init__(self, reading: Reading, row: Row, events: _Events) -> None:
        self.reading = reading
        self.row = row
        self.codes = row.codes
        self.events = events
        self.found: list[Claim] = []

    def claims(self) -> list[Claim]:
        self._roles()
        self._labelled()
        self._titled()
        for i, code in enumerate(self.codes):
            if code == "t":
                self._attending(i)
            elif code in "vo" or (code == "R" and self._bare_rank(i)):
                self._placed(i)
            elif code in "gb":
                self._taken(i)
        return self.found

    def listed(self, event: str, rank: str, start: int, item: str) -> list[Claim]:
        """That all persons, or else the first body, from unit ``start`` on were placed so."""
        winners = [k for k in range(start, len(self.codes)) if self.codes[k] == "P"]
        winners = winners or [k for k in range(start, len(self.codes)) if self.codes[k] == "O"]
        self._rank_those(winners, event, [rank], (), item)
        return self.found

    def _taken(self, i: int) -> None:
        """冠军由张三夺得; 第一、二名分别被甲队和乙队摘取."""
        before, after = _RANK_BEFORE.search(self.codes[:i]), _TAKEN_BY.match(self.codes, i + 1)
        if before is None or after is None or denied(clause_text(self.reading, self.row, i)):
            return
        verb = self.reading.text[self.row.units[after.end() - 1].end :][:2]
        if self.codes[after.end() : after.end() + 1] != "v" and not _TAKING.match(verb):
            return
        winners = [k for k in range(*after.span()) if self.codes[k] == "P"]
        winners = winners or [k for k in range(*after.span()) if self.codes[k] == "O"]
        ranks = self._ranks(before.start(1))
        event = self._competition(before.start(1), i, ranked=True)
        if event is not None and (len(ranks) == len(winners) or len(ranks) == 1):
            self._rank_those(winners, event, ranks, (before.start(1),))

    def _rank_those(
        self, winners: list[int], event: str, ranks: list[str], units: tuple[int, ...], item: str = ""
    ) -> None:
        year = year_in(self.reading.by_key[event].name)
        for n, k in enumerate(winners):
            attributes = {"rank": ranks[n] if len(ranks) == len(winners) else ranks[0]}
            if year:
                attributes["year"] = year
            if item:
                attributes["item"] = item
            self._claim(self.row.units[k].key, event, "part.listed", attributes, (k, *units))

    def _roles(self) -> None:
        """广东省工会第十五次代表大会代表张三."""
        for match in re.finditer(r"E[d]?J((?:P(?:h?cP)*))", self.codes):
            post = match.start(1) - 1
            role = text_of(self.reading, self.row, post)
            if not role.endswith(_ROLE_ENDS):
                continue
            for k in range(match.start(1), match.end(1)):
                if self.codes[k] == "P":
                    self._claim(
                        self.row.units[k].key,
                        self.row.units[match.start()].key,
                        "part.role",
                        {"role": role},
                        (match.start(), post, k),
                    )
        for match in re.finditer(r"[os][xTdN]{0,2}E[xdT]{0,3}J(?!P)|s[xdT]{0,2}Ed?J,(?=P)", self.codes):
            self._role_of(match)

    def _titled(self) -> None:
        """第二名张三、第三名李四: a placing in front of a name."""
        for match in _PLACED_TITLE.finditer(self.codes):
            rank = match.start() + match.group().index("R")
            event = self._competition(rank, match.end(), ranked=True)
            if event is not None and not denied(clause_text(self.reading, self.row, rank)):
                self._rank_those([match.end() - 1], event, self._ranks(rank)[:1], (rank,))

    def _labelled(self) -> None:
        """出席：张三、李四 at the head of minutes."""
        for match in _LABEL.finditer(self.codes):
            verb = self.codes.index("t", match.start())
            event = self.events.before(self.row.units[verb].start, paragraphs=12)
            if event is None:
                continue
            role = text_of(self.reading, self.row, verb)
            for k in range(match.start(), match.end()):
                if self.codes[k] == "P":
                    self._claim(self.row.units[k].key, event, "part.label", {"role": role}, (k, verb))

    def _role_of(self, match: re.Match[str]) -> None:
        verb = match.start()
        post = max(k for k in range(match.start(), match.end()) if self.codes[k] == "J")
        event = self.codes.index("E", verb)
        role = self.reading.text[self.row.units[event].end : self.row.units[post].end].strip('”" 的')
        if self.codes[match.end() - 1] == ",":
            who = Doers((self.row.units[match.end()].key,), (match.end(),))
        else:
            who = doers(self.reading, self.row, verb, _PERSON)
        if denied(clause_text(self.reading, self.row, verb)) or not role.endswith(_ROLE_ENDS):
            return
        for key in who.keys:
            self._claim(
                key, self.row.units[event].key, "part.role", {"role": role}, (event, post, *who.units)
            )

    def _attending(self, i: int) -> None:
        words = clause_text(self.reading, self.row, i)
        if denied(words):
            return
        who = self._agent(i) or self._joined(i) or doers(self.reading, self.row, i, _PERSON)
        if not who.keys or (who.carried and not self._own_event(i)):
            return
        event = self._event_of(i)
        if event is None:
            return
        role = self._role(i).removesuffix("了")
        attributes = {} if role in _PLAIN else {"role": role}
        year = year_at(self.reading, self.row, i, carried=False)
        if year:
            attributes["year"] = year
        if planned(words):
            attributes["status"] = "planned"
        for key in who.keys:
            self._claim(key, event, "part.attends", attributes, (i, *who.units))

    def _agent(self, i: int) -> Doers | None:
        """年会由…主席张三主持: the agent behind 由."""
        match = _BY.search(self.codes[max(0, i - _NEAR) : i])
        if match is None:
            return None
        return named(self.row, group_before(self.codes, max(0, i - _NEAR) + match.end() - 1))

    def _joined(self, i: int) -> Doers | None:
        """…张三、李四，以及来自各单位的代表出席: those before the comma."""
        start = clause_start(self.row, i)
        if start < 2 or self.codes[start] != "c":
            return None
        last = start - 3 if self.codes[start - 2] == "h" else start - 2
        if last < 0 or self.codes[last] != "P" or "P" in self.codes[start:i]:
            return None
        return named(self.row, group_before(self.codes, last))

    def _role(self, i: int) -> str:
        verb = text_of(self.reading, self.row, i)
        for k in range(i + 1, min(len(self.codes), i + 4)):
            if self.codes[k] == "t" and not verb.endswith(("讲话", "致辞", "发言")):
                return (
                    f"{verb}并{text_of(self.reading, self.row, k)}"
                    if verb in ("出席", "参加")
                    else text_of(self.reading, self.row, k)
                )
            if self.codes[k] in ",PO":
                break
        return verb

    def _own_event(self, i: int) -> bool:
        low = clause_start(self.row, i)
        high = self.codes.find(",", i)
        return "E" in self.codes[low : high if high >= 0 else len(self.codes)]

    def _event_of(self, i: int) -> str | None:
        """The event that an attending verb has: named in the clause, or 会议, 大会, or left out."""
        low, high = clause_start(self.row, i), self.codes.find(",", i)
        high = len(self.codes) if high < 0 else high
        after = [k for k in range(i + 1, high) if self.codes[k] == "E"]
        before = [k for k in range(i - 1, low - 1, -1) if self.codes[k] == "E"]
        named = (after or before)[:1]
        if named:
            return self.row.units[named[0]].key
        unit = self.row.units[i]
        end = self.row.units[high - 1].end if high > i else unit.end
        around = self.reading.text[self.row.units[low].start : end]
        object_ = self.reading.text[unit.end : end]
        stated = self.reading.text[unit.start : unit.end]
        if object_ and not _STAND_IN.search(around) and not stated.startswith(_SPEAKING):
            return None
        bare = not object_ and stated in ("参加", "参与", "走进", "走上", "指挥")
        if bare and not _STAND_IN.search(self.reading.text, self.row.sentence.start, unit.start):
            return None
        return self.events.before(unit.start)

    def _bare_rank(self, i: int) -> bool:
        """A placing without a verb (电工第二，仪表第一), where a competition is being spoken of."""
        if self.codes[i + 1 : i + 2] not in ("", ",") or "各" in clause_text(self.reading, self.row, i):
            return False
        return self.codes[clause_start(self.row, i) : i].strip("xJTE") == "" or bool(self._beside(i))

    def _placed(self, i: int) -> None:
        """张三夺得第一名, 张三、李四分获第一、二名."""
        match = self._rank_at(i)
        prize = _PRIZE.match(self.codes, i)
        reached = match or prize
        if reached is None or denied(clause_text(self.reading, self.row, i)):
            return
        if _OF_SOMEBODY.match(self.reading.text, self.row.units[reached.end() - 1].end):
            return
        event = self._competition(i, reached.end(), ranked=match is not None)
        if event is None or self.reading.text.startswith("各", self.row.units[reached.end() - 1].end):
            return
        who = self._winners(i, reached.end())
        if who is None:
            return
        ranks = self._ranks(match.end() - 1) if match else []
        if len(ranks) > 1 and len(ranks) != len(who.keys) and self._unseen_winner(i):
            return
        self._rank_claims(i, who, event, ranks, match)

    def _winners(self, i: int, end: int) -> Doers | None:
        """Who was placed: those behind 的, else of whom the verb speaks; None where they have no name."""
        heads = _HEADS.match(self.codes, end)
        if heads:
            return named(self.row, [k for k in range(*heads.span()) if self.codes[k] == "P"])
        described = self.codes[end : end + 1] == "d" and self.codes[end + 1 : end + 2] not in ("", ",")
        if described and not _GOOD_RESULT.match(self.reading.text, self.row.units[end - 1].end):
            inside = doers(self.reading, self.row, i, _PERSON)
            return inside if inside.units and not inside.carried else None
        beside = self._beside(i) if self.codes[i] == "R" else []
        if beside:
            return named(self.row, beside)
        at = clause_start(self.row, i) if self.codes[i] == "R" else i
        who = doers(self.reading, self.row, at, _BOTH)
        if self.row.sentence.heading and not who.units:
            return None
        owners = in_lines(self.reading).owners.get(self.row.sentence.start)
        return Doers(owners, (), True) if owners and not who.units else who

    def _beside(self, i: int) -> list[int]:
        """The persons, or else the bodies, right before a placing (张三第一, 张三总分第一)."""
        start = clause_start(self.row, i)
        match = _RANKED_BESIDE.search(self.codes[start:i])
        if match is None:
            return []
        if self.codes[i - 1] == "x" and not _BY_SCORE.fullmatch(
            text_of(self.reading, self.row, i - 1).strip()
        ):
            return []
        units = [start + k for k in range(*match.span(1))]
        return [k for k in units if self.codes[k] == "P"] or [k for k in units if self.codes[k] == "O"]

    def _ranks(self, first: int) -> list[str]:
        """The placings of a list (亚军和季军), each by itself."""
        match = _RANKS.match(self.codes, first)
        words = [
            _WINNING.sub("冠军", text_of(self.reading, self.row, k))
            for k in range(first, match.end() if match else first + 1)
            if self.codes[k] in "Rvo"
        ]
        return [rank for word in words for rank in _ranks(word)]

    def _unseen_winner(self, i: int) -> bool:
        """Whether a winner of the list before the verb has no name (机关队和X队获得亚军和季军)."""
        return (
            re.search(r"x(?:c[OP])+x?$|(?:[OP]c)+x$", self.codes[clause_start(self.row, i) : i]) is not None
        )

    def _rank_at(self, i: int) -> re.Match[str] | None:
        """The stretch from the verb to the placing; 夺冠 is both."""
        if self.codes[i] == "R":
            return _RANK.match(self.codes, i)
        if _WINNING.fullmatch(text_of(self.reading, self.row, i)):
            return _VERB.match(self.codes, i)
        return _RANKED.match(self.codes, i)

    def _competition(self, i: int, end: int, *, ranked: bool) -> str | None:
        """The competition in which a placing or prize was won: named in the row, or spoken of before it."""
        place = self.row.units[i].start
        named = self._event_in(i, end)
        if named is not None:
            name = self.reading.by_key[named].name
            return named if ranked or _COMPETITION.search(name) else None
        if ranked:
            return self.events.before(place, _COMPETITION) or self.events.only(_CONTEST, place)
        return self.events.before(place, _CONTEST) if self._graded(end - 1) else None

    def _graded(self, award: int) -> bool:
        """Whether the honour is a grade in a competition (个人一等奖)."""
        words = text_of(self.reading, self.row, award)
        return len(words) <= 9 and re.search(r"[特一二三]等奖|[金银铜]奖", words) is not None

    def _rank_claims(
        self, i: int, who: Doers, event: str, ranks: list[str], match: re.Match[str] | None
    ) -> None:
        item = self._item(i, match)
        year = year_in(self.reading.by_key[event].name) or year_at(self.reading, self.row, i)
        items = (item or "").split("、")
        for n, key in enumerate(who.keys):
            attributes: dict[str, str] = {}
            if len(items) == len(who.keys) > 1:
                item = items[n]
            if ranks:
                attributes["rank"] = ranks[n] if len(ranks) == len(who.keys) else "、".join(ranks)
            if (
                self.codes[i] == "R"
                and item
                and _GROUP.search(item)
                and self.reading.by_key[key].type in _PERSON
            ):
                continue
            if item and _WHO_COMPETES.search(item) and ranks:
                attributes["rank"] = item + attributes["rank"]
            elif item:
                attributes["item"] = item
            if year:
                attributes["year"] = year
            self._claim(key, event, "part.placed", attributes, (i, *who.units))

    def _item(self, i: int, match: re.Match[str] | None) -> str | None:
        """What the placing is in: the words between verb and rank (滴灌首部操作第一名)."""
        if match is None:
            return None
        last = match.end() - 1
        start = (
            self.row.units[i].end if self.codes[i] != "R" else self.row.units[clause_start(self.row, i)].start
        )
        words = self.reading.text[start : self.row.units[last].start].strip("了的 “”")
        words = _SECTION.sub("", words)
        if self.codes[i] == "R" and set("PO") & set(self.codes[clause_start(self.row, i) : i]):
            return None
        return words if 2 <= len(words) <= 14 and "E" not in self.codes[i:last] else None

    def _event_in(self, i: int, end: int) -> str | None:
        """The event named in the phrase of the verb, else the one named last before it."""
        low = max(0, i - _BACK)
        k = self.codes.find("E", i, end)
        k = k if k >= 0 else self.codes.rfind("E", low, i)
        return self.row.units[k].key if k >= 0 else None

    def _claim(
        self, subject: str, event: str, rule: str, attributes: dict[str, str], units: Sequence[int]
    ) -> None:
        spans = tuple(sorted({(self.row.units[u].start, self.row.units[u].end) for u in units}))
        sentence = self.row.sentence
        self.found.append(
            Claim(
                Predicate.PARTICIPATES_IN,
                subject,
                event,
                rule,
                sentence.start,
                sentence.end,
                tuple(sorted(attributes.items())),
                spans,
            )
        )


def _ranks(words: str) -> list[str]:
    """The placings in a few words, each by itself.

    >>> _ranks("第一、二名"), _ranks("第五名和第八名"), _ranks("冠军")
    (['第一名', '第二名'], ['第五名', '第八名'], ['冠军'])
    """
    words = words.removesuffix("好成绩")
    parts = [p for p in re.split(r"[、和及与]", words) if p]
    if len(parts) < 2:
        return [words]
    ending = "名" if words.endswith("名") else ""
    return [("" if p.startswith("第") else "第") + p + ("" if p.endswith("名") else ending) for p in parts]
