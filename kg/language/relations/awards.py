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
from kg.language.relations.doers import Doers, clause_start, clause_text, denied, doers, named, planned
from kg.language.relations.honour_lists import in_brackets, in_lines, in_row, only_proposed
from kg.language.relations.rows import Row, holds, levels, rows_of
from kg.vocabulary import EntityType, Predicate, Subtype

__all__ = ["find_claims"]

_RECIPIENTS: Final = frozenset({EntityType.PERSON, EntityType.ORGANIZATION})
_REACH: Final = 80
_OFFICE_OF_AWARD: Final = re.compile(r"[os][xdTeN]{0,3}A")
_CONFERRED_IN: Final = re.compile(r"(?:O(?:[ck](?:O|x(?=c)))*)(?:x?f)?[dTxkU]{0,3}A")
_PLACING_FIRST: Final = re.compile(r"Ex?Rc(?=x?[TNk]?A)")
"""A placing in a contest at the head of a list of honours (先后获得技能比赛冠军、全国五一劳动奖章)."""
_GOES_ON: Final = re.compile(r",[TNceU]*(?:O(?:cO)*(?:x?f)?d?)?A(?![wdkJch]*[PO])")
_HEAD: Final = re.compile(r"[kxdLJOchE]{0,6}P")
_HEADS: Final = re.compile(r"[xUkhe]{0,3}(?:[s:]{1,2}|x)[OFLJdUx]{0,4}P(?:[chOFLJd,x]{1,6}P)*")
_HANDED_TO: Final = re.compile(r"[xU]?[OFLJd]*P(?:[hOFLJdc]*P)*")
_HONOURS_BEHIND: Final = re.compile(r"(?:(?:[OFL]*d?J[c,]?){0,4}T?Aw?c?){1,8}(?:[OFL]*d?J)?(?=,|$)")
_WITH_POSTS: Final = re.compile(r"[os](?:[xTNd]?[OFL]*d?Jc){1,4}(?:Aw?c?)+(?!c?P)")
_QUANTITY: Final = re.compile(r"^[\d各共等一二两三四五六七八九十]{0,4}[项个枚名块次门家人座面张]?$")
_PRIZE_NOUN: Final = re.compile(r"奖|牌|匾|荣|称|桂冠|证|好成绩|殊荣|美誉")
_RULE: Final = re.compile(r"[”\"]?(?:称号|荣誉)?(?:[的者]?(?:应|须|可|条件|标准)|不等于|后[应须可]|之后)")
_ACTIVE: Final = ("授", "颁", "命名", "表彰", "评选", "选树", "评出", "产生", "公布", "发布", "记")
_TO_WHOM: Final = ("把", "将", "给", "为", "向")
_DECIDING: Final = re.compile(r"[TNx]{0,2}g?O(?:cO)*x?")
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
    something without a name.
    """

    awards: list[int] = field(default_factory=list)
    conferrers: dict[int, list[int]] = field(default_factory=dict)
    ranks: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    foreign: bool = False


def find_claims(reading: Reading) -> list[Claim]:
    """The ``receivedAward`` and ``conferredBy`` claims of a reading, in order of place, each once.

    Args:
        reading: an article whose names are resolved.
    """
    if not any(r.type is EntityType.AWARD for r in reading.referents):
        return []
    found: list[Claim] = []
    for row in rows_of(reading):
        for level in levels(row):
            if holds(level, "A"):
                found += _Sentence(reading, level).claims()
    found += in_lines(reading)
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
    """What one row says of honours; ``used`` are those whose place in it is understood."""

    def __init__(self, reading: Reading, row: Row) -> None:
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
        self._titles()
        self.found += in_brackets(self.reading, self.row, self.used)
        self._behind()
        self.found += in_row(self.reading, self.row, self.used)
        return self.found

    # Verbs of receiving.

    def _receiving(self, i: int) -> None:
        objects = _objects(self.reading, self.row, i)
        if not objects.awards or self.used.issuperset(objects.awards):
            return
        words = self._words_to(i)
        if self.codes[i] == "v" and text_of(self.reading, self.row, i) == "评" and not self._doers(i).units:
            return
        if denied(words) or objects.foreign or self._is_rule(objects.awards[-1]):
            self.used.update(objects.awards)
            return
        who = named(self.row, objects.heads) if objects.heads else self._doers(i)
        self._receive(i, who, objects, "award.received", planned(words))

    def _being(self, i: int) -> None:
        """他是X公司首席工程师、荆楚工匠."""
        match = _WITH_POSTS.match(self.codes, i)
        if match and not denied(self._words_to(i)):
            awards = [k for k in range(*match.span()) if self.codes[k] == "A"]
            self._receive(i, self._doers(i), _Objects(awards), "award.received", False)

    def _words_to(self, i: int) -> str:
        return clause_text(self.reading, self.row, i) + text_of(self.reading, self.row, i)

    def _doers(self, i: int) -> Doers:
        who = doers(self.reading, self.row, i, _RECIPIENTS)
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
        if self.used.issuperset(objects.awards) or denied(words):
            self.used.update(objects.awards)
            return
        status = planned(words)
        if self.codes[i + 1 : i + 2] == "d":
            self._confer(objects.awards[:1], agents, i, status)
            return
        self._confer(objects.awards, agents, i, status)
        who = self._receivers(i, marker, agents, objects.awards[0])
        self._receive(i, who, objects, "award.conferred", status)

    def _agents_of(self, i: int, marker: int | None) -> list[int]:
        agents = bodies_before(self.codes, i - 1 if self.codes[i - 1 : i] == "x" else i)
        if agents and agents[0] and text_of(self.reading, self.row, agents[0] - 1).endswith(_TO_WHOM):
            agents = bodies_before(self.codes, agents[0] - 1)
        if not agents and marker is None:
            agents = self._deciding(i)
        if not agents and marker is None and self.codes[i - 1 : i] in ("c", ","):
            agents = self.agents
        self.agents = agents
        return agents

    def _deciding(self, i: int) -> list[int]:
        """经旗委、旗政府研究，决定授予…: those who decide stand in the clause before."""
        start = clause_start(self.row, i)
        if start < 2 or "决定" not in clause_text(self.reading, self.row, i):
            return []
        match = _DECIDING.match(self.codes, clause_start(self.row, start - 1))
        return [k for k in range(*match.span()) if self.codes[k] == "O"] if match else []

    def _receivers(self, i: int, marker: int | None, agents: list[int], award: int) -> Doers:
        given = self._given(i, award)
        if given:
            return named(self.row, given)
        moved = self._moved(i)
        if moved.keys:
            return moved
        if marker is not None and self.codes[marker] == "b":
            return self._doers(marker)
        if marker is not None or (agents and max(agents) > clause_start(self.row, i) - 1):
            return self._receiver_before(marker if marker is not None else agents[0], agents)
        words = text_of(self.reading, self.row, i)
        if words.startswith(("授", "记")) and _AFTER_PLACING.search(self.codes[max(0, i - 16) : i]):
            return self._doers(i)
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

    def _receive(self, trigger: int, who: Doers, objects: _Objects, rule: str, status: bool) -> None:
        for award, agents in objects.conferrers.items():
            self._confer([award], agents, award, status)
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

    def _distributive(self, trigger: int) -> bool:
        words = self._words_to(trigger)
        return "分别" in words or "分获" in words


def _pairs(distributive: bool, who: Doers, awards: Sequence[int]) -> Iterator[tuple[str, int | None, int]]:
    """Who received what: each the one at his place where the text says 分别, else all of them all."""
    units: list[int | None] = [*who.units] if len(who.units) == len(who.keys) else [None] * len(who.keys)
    if distributive and len(who.keys) == len(awards) > 1:
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
            if not _passable(reading, row, j, bool(found.awards)):
                break
        elif code == ",":
            if not found.awards or not _GOES_ON.match(codes, j):
                break
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
    elif head:
        found.heads = [head.end() - 1]
    elif row.codes[j + 1] == "," or (
        row.codes[j + 1 : j + 2] in "OxFGEDJA" and not _PRIZE_NOUN.match(text_of(reading, row, j + 1))
    ):
        found.foreign = not given


def _passable(reading: Reading, row: Row, j: int, seen: bool) -> bool:
    words = text_of(reading, row, j).strip()
    if seen:
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
