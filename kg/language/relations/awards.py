"""Who received which honour, and who conferred it.

Four ways of saying it are read: a verb of receiving (荣获), a verb of conferring in the active and the
passive (授予, 被评为), an honour as a title beside a name (全国劳动模范张三), and lists
(:mod:`kg.language.relations.honour_lists`). Denials, candidatures and conditions state nothing; plans
are marked by ``status``.

Indices are places in :attr:`Row.units`; offsets are half-open ranges of code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.language.annotations import Claim, Reading
from kg.language.relations.circumstances import Attributes, award_attributes, claim_of
from kg.language.relations.coordination import (
    bodies_before,
    group_before,
    introduced,
    past_particulars,
    text_of,
)
from kg.language.relations.doers import (
    Doers,
    clause_start,
    clause_text,
    denied,
    doers,
    named,
    named_behind,
    planned,
)
from kg.language.relations.honour_lists import in_brackets, in_lines, in_row, only_proposed
from kg.language.relations.rows import Row, holds, levels, rows_of
from kg.vocabulary import EntityType, Predicate, Subtype

__all__ = ["find_claims"]

_RECIPIENTS: Final = frozenset({EntityType.PERSON, EntityType.ORGANIZATION})
_REACH: Final = 80
_BACK: Final = 40
_OFFICE_OF_AWARD: Final = re.compile(r"[os][xdTeN]{0,3}A")
_CONFERRED_IN: Final = re.compile(r"(?:O(?:[ck](?:O|x(?=c)))*)(?:x?f)?[dTxkU]{0,3}A")
_PLACING_FIRST: Final = re.compile(r"Ex?Rc(?=x?[TNk]?A)")
"""A placing in a contest at the head of a list of honours (先后获得技能比赛冠军、全国五一劳动奖章)."""
_GOES_ON: Final = re.compile(r",[TNceU]*(?:O(?:cO)*(?:x?f)?d?)?A(?![wdkJch]*[PO])")
_HEAD: Final = re.compile(r"[kxdLJOchE]{0,6}P")
_HEAD_BODY: Final = re.compile(r"[kxL]{0,2}O(?:cO)*(?=$|[,vfobtsTNge]|x)")
_OWN_PEOPLE: Final = re.compile(
    r"[^，。]{0,6}?(?:职工|员工|工人|选手|班组|项目|产品|作品|人员|代表|干部|教师|车间|团队|负责人|所在|等)"
)
_HEADS: Final = re.compile(
    r"[xUkhecJ]{0,6}(?:[s:]{1,2}|x)[OFLJdUx]{0,4}P(?:[chOFLJd,x]{1,6}P)*(?:,?cO(?=,|$))?"
)
_HANDED_TO: Final = re.compile(r"[xU]?[OFLJd]*P(?:[hOFLJdc]*P)*")
_HONOURS_BEHIND: Final = re.compile(
    r"(?:(?:[OFL]*d?x?J[c,]?){0,4}T?Aw?[c,]?){1,12}(?:[OFL]*d?J)?(?:(?=,|$)|(?<=,))"
)
_WITH_POSTS: Final = re.compile(r"[os](?:[xTNd]?[OFL]*d?Jc){1,4}(?:Aw?c?)+(?!c?P)")
_FILLED: Final = re.compile(r"[^一-鿿]*|来自|单位|企业|集体|先进集体|我[市省县区]的?|称号")
_QUANTITY: Final = re.compile(r"^[\d各共等一二两三四五六七八九十]{0,4}[项个枚名块次门家人座面张]?$")
_PRIZE_NOUN: Final = re.compile(r"奖|牌|匾|荣|称|桂冠|证|好成绩|殊荣|美誉")
_RULE: Final = re.compile(r"[”\"]?(?:称号|荣誉)?(?:[的者]?(?:应|须|可|条件|标准)|不等于|后[应须可]|之后)")
_ACTIVE: Final = ("授", "颁", "命名", "表彰", "评选", "选树", "评出", "产生", "公布", "发布", "记")
_ANNOUNCING: Final = ("表彰", "评选", "选树", "评出", "产生", "公布", "发布")
"""Verbs whose receivers are never left out."""
_TO_WHOM: Final = ("把", "将", "给", "为", "向", "对")
_NO_AGENT: Final = re.compile(
    r"网站|官网|官方|公众号|微信|平台|领导|公报|文件|报告|通报|负责人|^网|举办|主办|组织|召开|开展|牵头|推荐|选送|申报|报送|[的在]"
)
"""Words between a body and a conferring verb that tell that the body does not confer (省政府网站发布的…)."""
_OPENING_BODIES: Final = re.compile(r"[TNx]{0,2}(O(?:cO)*)(?:x?[TEFLNO]{1,2}){0,2}x?$")
_CIRCUMSTANCE: Final = re.compile(r"在|于|向|通过|近日|日前|隆重|联合|召开|决定|正式|共同")
_BY_MEANS: Final = ("通过", "在")
_LISTS: Final = re.compile(r"荣誉|称号|奖项|荣誉称号|奖励|奖|头衔|如下|包括|有$")
_IN_LIST: Final = re.compile(r"[cv](?:[TUNx]?[GFDE])(?=c)")
"""A thing in a list of honours that was taken for something else."""
_UNSEEN_FIRST: Final = re.compile(r"xh?c[OFLJ]*[PO]$")
_TAKEN: Final = re.compile(r"Ak?x?[gb]([OFLJ]*[PO](?:[c,][OFLJ]*[PO])*)e?U?x?$")
_BARE_HONOUR: Final = re.compile(r"T,?(A)[kN]?,?")
_PAPER_BEFORE: Final = re.compile(r"(O(?:cO)*)x?d?D,$")
_DECISION_PAPER: Final = re.compile(r"(?:决定|通报|命令|公告)[》”]?$")
_FOR_WHOM: Final = re.compile(
    r"[”\"]?[^，。；]{0,12}?(?:颁奖|颁发|授牌|揭牌|揭幕|剪彩|授奖|献花|佩戴|点赞|鼓掌|喝彩)"
)
"""What makes the honour behind 为 one for whose holders something is done (为“…”颁奖)."""
_DECIDED: Final = re.compile(r"决定|审定|审批|批准")
_DECIDING: Final = re.compile(r"[TNx]{0,2}g?O(?:cO)*x?")
_TOWARDS: Final = re.compile(r"(?<![一-鿿])(?:凡|对|对于)[^，。；：]{2,60}(?=(?:，|,)?[^。；]*$)")
_CONFERRED_AS: Final = re.compile(r"f[^fvosA]{1,40}$|fA[^fvos]{0,30}U[^fvos]{0,8}$")
_RECEIVER_FIRST: Final = re.compile(r"A[eUx]{1,4}s[xTk]?A")
"""An honour that is the receiver of another one (命名张三工作室等3个工作室为“…”)."""
_NO_PEOPLE: Final = re.compile(
    r"[^，。；]{0,10}?(?:工作室|集体|单位|班组|项目|家庭|企业|团队|成果|基地|案例|工会|车间|作品|论文|公司)"
)
_AMONG_OTHERS: Final = re.compile(
    r"s(?:[xdTUOLGF]{1,5}c){1,8}[xOLT]?Aw?(?:c(?:[xdTUOLGF]{1,5}c){0,4}[xOLT]?Aw?)*(?=[,ec]|$)"
)
"""Honours in a list of what something is, others of which no one has recognised."""
_OF_EARLIER: Final = re.compile(r"x?(?:[EOL]x?)?v[xTN]{0,2}[RA]k?d(?=[OFLJ]{0,4}P)")
"""What the receivers have won before (授予在大赛中获一等奖的张三“…”称号)."""
_DECISION: Final = re.compile(r"fx?,[xTNe]{0,2}$")
_AFTER_PLACING: Final = re.compile(r"v[xTN]{0,2}[RUA][xk]?,x?$")
_PAIR: Final = re.compile(r"(?:两|二|俩|三|四)(?:人|位|名|个人)|双双")
_PAIR_SIZE: Final = {"两": 2, "二": 2, "俩": 2, "双": 2, "三": 3, "四": 4}
_BODY_LEAD: Final = re.compile(
    r"(?:获|为|是|得|的|了|和|、|次|“|\"|^)(?P<body>公司|集团|学校|医院|厂里|我校|我司|我院|校级|厂级)(?:年度)?(?:的)?[“\"]?"
)
_BODY_KINDS: Final = {
    **dict.fromkeys(("公司", "集团", "厂里", "我司", "厂级"), frozenset({Subtype.COMPANY})),
    **dict.fromkeys(("学校", "我校", "校级"), frozenset({Subtype.SCHOOL})),
    **dict.fromkeys(("医院", "我院"), frozenset({Subtype.OTHER, Subtype.SCHOOL})),
}


@dataclass(slots=True)
class _Objects:
    """The honours that follow a verb, with what is said of each.

    ``heads`` are persons whom the honours describe (获得…的张三); ``foreign`` where they describe
    something without a name, ``undecided`` where it was one of two (A或B).
    """

    awards: list[int] = field(default_factory=list)
    conferrers: dict[int, list[int]] = field(default_factory=dict)
    ranks: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    foreign: bool = False
    undecided: bool = False


def find_claims(reading: Reading) -> list[Claim]:
    """The ``receivedAward`` and ``conferredBy`` claims of a reading, in order of place, each once.

    Args:
        reading: an article whose names are resolved.
    """
    if not any(r.type is EntityType.AWARD for r in reading.referents):
        return []
    lines = in_lines(reading)
    found: list[Claim] = []
    before: list[Claim] = []
    paragraph = -1
    for row in rows_of(reading):
        if row.sentence.start in lines.owners and not holds(row, "P"):
            continue
        told = before if row.sentence.paragraph == paragraph else []
        paragraph, before = row.sentence.paragraph, []
        for level in levels(row):
            if holds(level, "A"):
                before += _Sentence(reading, level, told).claims()
        found += before
    found += lines.claims
    found += _own_prefixes(reading)
    return _once(found)


def _once(claims: Sequence[Claim]) -> list[Claim]:
    best: dict[tuple[str, str, str], Claim] = {}
    for claim in claims:
        key = (claim.predicate, claim.subject, claim.object)
        if key not in best or len(claim.attributes) > len(best[key].attributes):
            best[key] = claim
    return sorted(best.values(), key=lambda c: (c.start, c.spans, c.predicate, c.subject, c.object))


class _Sentence:
    """What one row says of honours; ``used`` are those whose place in it is understood.

    ``told`` is what the sentence before it says, whose receivers an honour without a verb shares.
    """

    def __init__(self, reading: Reading, row: Row, told: Sequence[Claim] = ()) -> None:
        self.told = told
        self.reading = reading
        self.row = row
        self.codes = row.codes
        self.found: list[Claim] = []
        self.used: set[int] = set()
        self.agents: list[int] = []

    def claims(self) -> list[Claim]:
        for i, code in enumerate(self.codes):
            if code == "f":
                self._conferring(i)
            elif code == "v" or (code in "os" and _OFFICE_OF_AWARD.match(self.codes, i)):
                self._receiving(i)
            elif code in "os":
                self._being(i)
        self._without_verb()
        self._titles()
        self.found += in_brackets(self.reading, self.row, self.used)
        self._behind()
        self.found += in_row(self.reading, self.row, self.used)
        return self.found

    # Verbs of receiving.

    def _receiving(self, i: int) -> None:
        objects = _objects(self.reading, self.row, i)
        if not objects.awards and self.codes[i] == "v":
            self._taken(i)
        if not objects.awards or self.used.issuperset(objects.awards):
            return
        if self.codes[i] in "os" and self._names_what_is_conferred(i):
            return
        if text_of(self.reading, self.row, i) == "为" and self._is_for(objects.awards[0]):
            return
        words = self._words_to(i)
        if self.codes[i] == "v" and text_of(self.reading, self.row, i) == "评" and not self._doers(i).units:
            return
        if denied(words) or objects.foreign or objects.undecided or self._is_rule(objects.awards[-1]):
            self.used.update(objects.awards)
            return
        who = named(self.row, objects.heads) if objects.heads else self._doers(i)
        self._receive(i, who, objects, "award.received", planned(words))

    def _without_verb(self) -> None:
        """2011年，他当选…；2013年，全国五一劳动奖章；: an honour with nothing but its year."""
        match = _BARE_HONOUR.fullmatch(self.codes)
        if match is None:
            return
        winners = {
            c.subject for c in self.told if c.rule in ("award.received", "award.conferred", "award.bare")
        }
        if len(winners) == 1:
            self._receive(
                match.start(1), Doers(tuple(winners)), _Objects([match.start(1)]), "award.bare", False
            )

    def _taken(self, i: int) -> None:
        """优秀组织奖由甲工会、乙工会获得: the honour before, those who receive it right before the verb."""
        match = _TAKEN.search(self.codes[clause_start(self.row, i) : i])
        if match is None or denied(self._words_to(i)):
            return
        start = clause_start(self.row, i)
        award = start + match.start()
        winners = [start + k for k in range(*match.span(1)) if match.string[k] == "P"]
        winners = winners or [start + k for k in range(*match.span(1)) if match.string[k] == "O"]
        if award not in self.used:
            self._receive(i, named(self.row, winners), _Objects([award]), "award.taken", False)

    def _is_for(self, award: int) -> bool:
        return _FOR_WHOM.match(self.reading.text, self.row.units[award].end) is not None

    def _names_what_is_conferred(self, i: int) -> bool:
        """Whether 为 only joins an honour to a verb of conferring before it (命名X等13个班组为“…”)."""
        return _CONFERRED_AS.search(self.codes[clause_start(self.row, i) : i]) is not None

    def _being(self, i: int) -> None:
        """他是X公司首席工程师、荆楚工匠; 学院是国家示范院校、省文明校园."""
        match = _WITH_POSTS.match(self.codes, i) or _AMONG_OTHERS.match(self.codes, i)
        if match and not denied(self._words_to(i)):
            awards = [k for k in range(*match.span()) if self.codes[k] == "A"]
            self._receive(i, self._doers(i), _Objects(awards), "award.received", False)

    def _words_to(self, i: int) -> str:
        return clause_text(self.reading, self.row, i) + text_of(self.reading, self.row, i)

    def _doers(self, i: int) -> Doers:
        who = doers(self.reading, self.row, i, _RECIPIENTS)
        if who.units and not who.carried:
            return who
        if text_of(self.reading, self.row, i) in ("作为", "身为"):
            return named_behind(self.row, i)
        if who.units:
            return who
        pair = _PAIR.search(clause_text(self.reading, self.row, i))
        return Doers(_last_persons(self.reading, self.row, i, _PAIR_SIZE[pair.group()[0]])) if pair else who

    def _is_rule(self, award: int) -> bool:
        """Whether the honour is spoken of in general (获得…不等于, 获得…者须)."""
        return _RULE.match(self.reading.text, self.row.units[award].end) is not None

    # Verbs of conferring.

    def _conferring(self, i: int) -> None:
        objects = _objects(self.reading, self.row, i)
        start = clause_start(self.row, i)
        words = self._words_to(i)
        marker = next((k for k in range(i - 1, start - 1, -1) if self.codes[k] in "bg"), None)
        agents = self._agents_of(i, marker)
        if not objects.awards:
            self._handed(i, start, agents)
            return
        named_so = _RECEIVER_FIRST.match(self.codes, objects.awards[0])
        if named_so:
            self.used.add(objects.awards[0])
            objects.awards = [named_so.end() - 1]
        if self.used.issuperset(objects.awards) or denied(words):
            self.used.update(objects.awards)
            return
        status = planned(words)
        if self.codes[i + 1 : i + 2] == "d":
            self._confer(objects.awards[:1], agents, i, status)
            return
        self._confer(objects.awards, agents, i, status)
        if not agents and marker is None:
            self._confer_on(objects.awards, i, status)
        who = self._receivers(i, marker, agents, objects.awards[0])
        self._receive(i, who, objects, "award.conferred", status)

    def _agents_of(self, i: int, marker: int | None) -> list[int]:
        apart = i > 0 and self.codes[i - 1] == "x"
        agents = bodies_before(self.codes, i - 1 if apart else i)
        if agents and apart and _NO_AGENT.search(text_of(self.reading, self.row, i - 1)):
            agents = []
        if agents and agents[0] and text_of(self.reading, self.row, agents[0] - 1).endswith(_BY_MEANS):
            agents = []
        if agents and agents[0] and text_of(self.reading, self.row, agents[0] - 1).endswith(_TO_WHOM):
            agents = bodies_before(self.codes, agents[0] - 1)
        if not agents and marker is None:
            agents = self._deciding(i)
        if not agents and marker is None:
            agents = self._opening_bodies(i)
        follows = self.codes[i - 1 : i] in ("c", ",", "f") or self._follows_decision(i)
        if not agents and marker is None and follows:
            agents = self.agents
        self.agents = agents
        return agents

    def _opening_bodies(self, i: int) -> list[int]:
        """The bodies that open the clause, with nothing but circumstances before the verb (全总在京表彰…)."""
        start = clause_start(self.row, i)
        match = _OPENING_BODIES.match(self.codes[start:i]) if i - start <= _BACK else None
        if match is None:
            return []
        words = text_of(self.reading, self.row, start + match.end(1)) if match.end(1) < i - start else ""
        if words and self.codes[start + match.end(1)] == "x" and not _CIRCUMSTANCE.match(words):
            return []
        return [start + k for k in range(*match.span(1)) if self.codes[start + k] == "O"]

    def _follows_decision(self, i: int) -> bool:
        """Whether a clause that confers without naming an honour stands right before (发布表彰决定，…)."""
        return _DECISION.search(self.codes[max(0, i - 8) : i]) is not None

    def _deciding(self, i: int) -> list[int]:
        """经旗委、旗政府研究，决定授予…; 市总工会决定，授予…: those who decide stand in the clause before."""
        start = clause_start(self.row, i)
        if start < 2:
            return []
        if (papers := _PAPER_BEFORE.search(self.codes[:start])) and self._is_decision(papers.end(1)):
            return [k for k in range(*papers.span(1)) if self.codes[k] == "O"]
        words = clause_text(self.reading, self.row, start - 1) + clause_text(self.reading, self.row, i)
        if _DECIDED.search(words) is None:
            return []
        match = _DECIDING.match(self.codes, clause_start(self.row, start - 1))
        return [k for k in range(*match.span()) if self.codes[k] == "O"] if match else []

    def _is_decision(self, unit: int) -> bool:
        """Whether the paper behind a body is one by which honours are given (全总《…的决定》，授予…)."""
        document = next(k for k in range(unit, len(self.codes)) if self.codes[k] == "D")
        return _DECISION_PAPER.search(text_of(self.reading, self.row, document)) is not None

    def _receivers(self, i: int, marker: int | None, agents: list[int], award: int) -> Doers:
        givers = {key for a in agents for key in self.row.units[a].keys}
        given = [k for k in self._given(i, award) if not givers & set(self.row.units[k].keys)]
        if given:
            return named(self.row, given)
        moved = self._moved(i)
        if moved.keys:
            return moved
        if self._of_a_kind(i):
            return Doers()
        if marker is not None and self.codes[marker] == "b":
            return self._doers(marker)
        if marker is None and text_of(self.reading, self.row, i).startswith(_ANNOUNCING):
            return Doers()
        if marker is not None or (agents and max(agents) > clause_start(self.row, i) - 1):
            return self._receiver_before(marker if marker is not None else agents[0], agents)
        words = text_of(self.reading, self.row, i)
        placed = _AFTER_PLACING.search(self.codes[max(0, i - 16) : i])
        if words.startswith(("授", "记")) and placed:
            return self._doers(max(0, i - 16) + placed.start())
        if words.endswith(("他", "她")):
            return doers(self.reading, self.row, i, frozenset({EntityType.PERSON}))
        if words.startswith(_ACTIVE):
            return Doers()
        return self._doers(i)

    def _given(self, i: int, award: int) -> list[int]:
        """Persons and bodies between a conferring verb and the honour (授予张三、李四“…”称号)."""
        between = [k for k in range(i + 1, award) if self.codes[k] in "PO"]
        persons = [k for k in between if self.codes[k] == "P"]
        if persons:
            return persons
        return [] if re.search(r"O(?:cO)*(?:x?f)d?$", self.codes[i + 1 : award]) else between

    def _of_a_kind(self, i: int) -> bool:
        """Whether 对 introduces receivers without a name (对第一名的选手，由省总工会授予…)."""
        start = self.row.units[0].start
        match = _TOWARDS.search(
            self.reading.text, max(start, self.row.units[i].start - 120), self.row.units[i].start
        )
        if match is None:
            return False
        named = self.reading.within(*match.span(), EntityType.PERSON, EntityType.ORGANIZATION)
        return not named

    def _moved(self, i: int) -> Doers:
        """The receiver behind 将, 把 or 给 (将张三评为…, 给车间记…)."""
        for k in range(i - 1, clause_start(self.row, i) - 1, -1):
            if self.codes[k] in "PO" and k and text_of(self.reading, self.row, k - 1).endswith(_TO_WHOM):
                last = max(n for n in range(k, i) if self.codes[n] in "PO")
                return named(self.row, [u for u in group_before(self.codes, last) if u >= k])
        return Doers()

    def _receiver_before(self, i: int, agents: list[int]) -> Doers:
        """The receiver before 由省总工会授予 or 同时省总工会授予: what the sentence has been speaking of."""
        who = self._doers(i)
        keys = {key for a in agents for key in self.row.units[a].keys}
        start = clause_start(self.row, i)
        if who.carried and keys & set(who.keys) and start > 1:
            who = doers(self.reading, self.row, start - 1, _RECIPIENTS)
        if who.carried and start == 0 and "g" not in self.codes[: i + 1]:
            return Doers()
        return Doers() if keys & set(who.keys) else who

    def _handed(self, i: int, start: int, agents: list[int]) -> None:
        """把A颁给张三, A授予张三: the honour stands before the verb."""
        before = [k for k in range(start, i) if self.codes[k] == "A" and k not in self.used]
        match = _HANDED_TO.match(self.codes, i + 1)
        if before and match and not denied(clause_text(self.reading, self.row, i)):
            heads = [k for k in range(match.start(), match.end()) if self.codes[k] == "P"]
            self._receive(i, named(self.row, heads), _Objects(before[-1:]), "award.handed", False)
            self._confer(before[-1:], agents, i, False)

    # Titles.

    def _titles(self) -> None:
        for person in introduced(self.reading, self.row):
            for award in person.awards:
                if not denied(clause_text(self.reading, self.row, award)):
                    self._entitle(person.person, award)

    def _behind(self) -> None:
        """An honour behind a comma (张三，全国劳动模范，…)."""
        for person in (k for k, code in enumerate(self.codes) if code == "P"):
            start = past_particulars(self.reading, self.row, person) + 1
            if self.codes[start : start + 1] != ",":
                continue
            chain = _HONOURS_BEHIND.match(self.codes, start + 1)
            for k in range(start + 1, chain.end() if chain else 0):
                if self.codes[k] == "A":
                    self._entitle(person, k)

    def _entitle(self, person: int, award: int) -> None:
        if (award in self.used and not self._shared(award)) or only_proposed(self.reading, self.row, award):
            return
        self._receive(award, named(self.row, [person]), _Objects([award]), "award.title", False)

    def _shared(self, award: int) -> bool:
        """Whether the honour has been read as a title before, which others can share."""
        span = (self.row.units[award].start, self.row.units[award].end)
        return any(c.rule == "award.title" and span in c.spans for c in self.found)

    # Claims.

    def _confer(self, awards: Sequence[int], agents: Sequence[int], trigger: int, status: bool) -> None:
        attributes: Attributes = (("status", "planned"),) if status else ()
        for award in awards:
            for agent in agents:
                units = (award, agent, trigger)
                for key in self.row.units[award].keys:
                    for body in self.row.units[agent].keys:
                        self.found.append(
                            claim_of(
                                self.row,
                                Predicate.CONFERRED_BY,
                                key,
                                body,
                                "conferred.verb",
                                attributes,
                                units,
                            )
                        )

    def _confer_on(self, awards: Sequence[int], i: int, status: bool) -> None:
        """…；授予李四…称号: who confers in the sentence before goes on to do so behind a semicolon."""
        start = self.row.sentence.start
        if self.codes[:i].strip("x") or self.reading.text[max(0, start - 1) : start] not in ("；", ";"):
            return
        bodies = dict.fromkeys(c.object for c in self.told if c.predicate is Predicate.CONFERRED_BY)
        attributes: Attributes = (("status", "planned"),) if status else ()
        for award in awards:
            for key in self.row.units[award].keys:
                for body in bodies:
                    units = (award, i)
                    claim = claim_of(
                        self.row, Predicate.CONFERRED_BY, key, body, "conferred.verb", attributes, units
                    )
                    self.found.append(claim)

    def _receive(self, trigger: int, who: Doers, objects: _Objects, rule: str, status: bool) -> None:
        for award, agents in objects.conferrers.items():
            self._confer([award], agents, award, status)
        who = self._without_labels(who)
        if self._distributive(trigger) and len(objects.awards) > 1 and self._beside_unseen(who):
            return
        if who.keys:
            self.used.update(objects.awards)
        for key, unit, award in _pairs(self._distributive(trigger), who, objects.awards):
            attributes = award_attributes(
                self.reading, self.row, trigger, award, ranks=objects.ranks, title=rule == "award.title"
            )
            if status:
                attributes = (*attributes, ("status", "planned"))
            units = (award, trigger) if unit is None else (unit, award, trigger)
            for object_ in self.row.units[award].keys:
                self.found.append(
                    claim_of(self.row, Predicate.RECEIVED_AWARD, key, object_, rule, attributes, units)
                )

    def _beside_unseen(self, who: Doers) -> bool:
        """Whether the first of those who received something each has no name (程某和张三分别获…)."""
        return len(who.units) == 1 and _UNSEEN_FIRST.search(self.codes[: who.units[0] + 1]) is not None

    def _without_labels(self, who: Doers) -> Doers:
        """The receivers but for persons after whom a thing is called (张三等28个创新工作室)."""
        kept = [u for u in who.units if not self._is_label(u)]
        return who if len(kept) == len(who.units) else named(self.row, kept)

    def _is_label(self, unit: int) -> bool:
        if self.codes[unit : unit + 3] != "PeU" or text_of(self.reading, self.row, unit + 2)[-1] in "名人位":
            return False
        return _NO_PEOPLE.match(self.reading.text, self.row.units[unit + 2].end) is not None

    def _distributive(self, trigger: int) -> bool:
        words = self._words_to(trigger)
        return "分别" in words or "分获" in words


def _pairs(distributive: bool, who: Doers, awards: Sequence[int]) -> Iterator[tuple[str, int | None, int]]:
    """Who received what: each the one at his place where the text says 分别, else all of them all."""
    units: list[int | None] = [*who.units] if len(who.units) == len(who.keys) else [None] * len(who.keys)
    if distributive and len(who.keys) > 1 and len(awards) > 1:
        if len(who.keys) == len(awards):
            yield from zip(who.keys, units, awards, strict=True)
        return
    for key, unit in zip(who.keys, units, strict=True):
        for award in awards:
            yield key, unit, award


def _last_persons(reading: Reading, row: Row, i: int, size: int) -> tuple[str, ...]:
    """The last few different persons named before unit ``i`` in the paragraph, whom 两人 means."""
    place = row.units[i].start
    found: list[str] = []
    for name, referent in reversed(reading.within(max(0, place - 300), place, EntityType.PERSON)):
        there = reading.sentence_at(name.start)
        if there is None or there.paragraph != row.sentence.paragraph or len(found) == size:
            break
        if referent.key not in found:
            found.append(referent.key)
    return tuple(reversed(found)) if len(found) == size else ()


# The honours behind a verb.


def _objects(reading: Reading, row: Row, i: int) -> _Objects:
    """Walk on from a verb over everything that can belong to its honours."""
    found = _Objects()
    codes = row.codes
    j = i + 1
    limit = min(len(codes), i + _REACH)
    pending: list[int] = []
    given = codes[i] == "f"
    while j < limit:
        code = codes[j]
        if code == "A":
            if not _counts_people(reading, row, j) and not only_proposed(reading, row, j):
                found.awards.append(j)
                if pending:
                    found.conferrers[j] = pending
            pending = []
        elif code == "R":
            found.ranks.append(j)
        elif code == "d":
            if found.awards and codes[j - 1] != "f" and codes[j + 1 : j + 2] not in ("k", ""):
                _relative(reading, row, j, given, found)
                break
        elif given and not found.awards and (earlier := _OF_EARLIER.match(codes, j)):
            j = earlier.end()
            continue
        elif placing := _PLACING_FIRST.match(codes, j):
            j = placing.end()
            continue
        elif code in "OLFE" or (code == "P" and given):
            conferred = _CONFERRED_IN.match(codes, j) if code == "O" and not given else None
            if conferred:
                pending = [k for k in range(j, conferred.end()) if codes[k] == "O"]
                j = conferred.end() - 1
                continue
            if found.awards or not (given or codes[j + 1 : j + 2] in ("A", "d", "x")):
                break
        elif code == "x":
            if text_of(reading, row, j).strip() in ("或", "或者", "或是"):
                found.undecided = True
                break
            if not _passable(reading, row, j, bool(found.awards)):
                break
        elif code == ",":
            if not found.awards or not _GOES_ON.match(codes, j):
                break
        elif code == ":" and not found.awards and codes[j - 1] in "kxw":
            if not _LISTS.search(text_of(reading, row, j - 1)):
                break
        elif code in "GFDE" and _IN_LIST.match(codes, j - 1):
            pass
        elif code not in "ckeTNUwh" and not (code in "sPJ" and given and not found.awards):
            break
        j += 1
    return found


def _relative(reading: Reading, row: Row, j: int, given: bool, found: _Objects) -> None:
    """What the honours describe behind 的: a person, or something without a name."""
    heads = _HEADS.match(row.codes, j + 1)
    head = _HEAD.match(row.codes, j + 1)
    if heads and re.search(r"[：:是为有]", reading.text[row.units[j].end : row.units[heads.end() - 1].start]):
        found.heads = [k for k in range(*heads.span()) if row.codes[k] == "P"]
        found.heads += [heads.end() - 1] if row.codes[heads.end() - 1] == "O" else []
    elif head:
        found.heads = [head.end() - 1]
    elif not given and (body := _body_described(reading, row, j + 1)):
        found.heads = body
    elif row.codes[j + 1] == "," or (
        row.codes[j + 1 : j + 2] in "OxFGEDJA" and not _PRIZE_NOUN.match(text_of(reading, row, j + 1))
    ):
        found.foreign = not given


def _body_described(reading: Reading, row: Row, start: int) -> list[int]:
    """The bodies right behind 的 that the honours describe (获“…”的X公司), if it is not only their people."""
    match = _HEAD_BODY.match(row.codes, start)
    if match is None or _OWN_PEOPLE.match(reading.text, row.units[match.end() - 1].end):
        return []
    if any(
        row.codes[k] == "x" and not _FILLED.fullmatch(text_of(reading, row, k)) for k in range(*match.span())
    ):
        return []
    return [k for k in range(*match.span()) if row.codes[k] == "O"]


def _passable(reading: Reading, row: Row, j: int, seen: bool) -> bool:
    words = text_of(reading, row, j).strip()
    if seen:
        if row.codes[j - 1] == "c" and row.codes[j + 1 : j + 2] in ("c", "A", "e"):
            return len(words) <= 24
        return _QUANTITY.match(words) is not None or (row.codes[j + 1 : j + 2] == "A" and len(words) <= 6)
    return len(words) <= 16


def _counts_people(reading: Reading, row: Row, award: int) -> bool:
    """Whether the honour is followed by how many people have it (广东省劳动模范1人)."""
    if row.codes[award + 1 : award + 2] == "w":
        award += 1
    return row.codes[award + 1 : award + 2] == "U" and text_of(reading, row, award + 1).endswith(("人", "名"))


# Conferrers in the name itself.


def _own_prefixes(reading: Reading) -> Iterator[Claim]:
    """An honour that bears the name of its conferrer (海螺集团优秀工会工作者, 公司年度“金点子王”)."""
    bodies = {
        form: r.key
        for r in reading.referents
        if r.type is EntityType.ORGANIZATION
        for form in (r.name, *r.aliases)
        if len(form) >= 4
    }
    for referent in reading.referents:
        if referent.type is not EntityType.AWARD or not referent.names:
            continue
        name = referent.names[0]
        forms = dict.fromkeys((referent.name, *referent.aliases))
        body = next(
            (bodies[f[:n]] for f in forms for n in range(min(len(f) - 1, 24), 3, -1) if f[:n] in bodies), None
        )
        if body is None:
            body = next((b for n in referent.names if (b := _stand_in(reading, n.start)) is not None), None)
        sentence = reading.sentence_at(name.start)
        if body is not None and sentence is not None:
            spans = ((name.start, name.end),)
            yield Claim(
                Predicate.CONFERRED_BY,
                referent.key,
                body,
                "conferred.prefix",
                sentence.start,
                sentence.end,
                (),
                spans,
            )


def _stand_in(reading: Reading, place: int) -> str | None:
    """The company or school meant by the word that opens an honour or stands before it."""
    start = max(0, place - 5)
    match = _BODY_LEAD.search(reading.text, start, place + 5)
    if match is None or not match.start("body") <= place <= match.end():
        return None
    kinds = _BODY_KINDS[match.group("body")]
    for name, referent in reversed(reading.within(max(0, place - 400), place, EntityType.ORGANIZATION)):
        if referent.subtype in kinds and name.end <= place:
            return referent.key
    return None
