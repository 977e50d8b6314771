"""Who holds which post where, who takes part in what, who made the article.

Posts are read from titles (市总工会主席张三、副主席李四), from verbs of office (现任, 当选, 选举…为), from
brackets and tables. A post that stands without its body is held at the body that the passage has
been speaking of, if that is of a kind that has such posts.

Indices are places in :attr:`Row.units`; offsets are half-open ranges of code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.language.annotations import Claim, Reading
from kg.language.relations import participation
from kg.language.relations.coordination import PostTitle, introduced, post_chain, text_of
from kg.language.relations.doers import Doers, clause_text, denied, doers, named, named_behind, planned
from kg.language.relations.holders import Holders
from kg.language.relations.rows import Row, holds, levels, marks, rows_of
from kg.language.relations.times import year_at
from kg.vocabulary import DOCUMENT, EntityType, Predicate

__all__ = ["find_claims"]

_TELLING_APART: Final = {
    Predicate.HOLDS_POST: "post",
    Predicate.PARTICIPATES_IN: "item",
    Predicate.WROTE_FOR: "role",
}
"""The attribute by which two statements of the same ends differ."""

_ADDRESS: Final = "post.address"
_PERSONS: Final = frozenset({EntityType.PERSON})
_OFFICE: Final = re.compile(
    r"[osv](?:[xTdNURLc]{0,3}?)((?:[OFL](?:c?[OFL])*d?)?(?:xd?)?J(?:[co,]{1,2}(?:[OF](?:c?[OF])*d?)?J(?![POgs:]))*)"
)
_ELECTED: Final = re.compile(r"P(?:h|c[OFLJd]{0,4}P)*[sov]x?((?:[OF]+d?)?J(?:c(?:[OF]+d?)?J)*)")
_DESCRIBED: Final = re.compile(r"d[xJOL]{0,3}P")
_NAMED_SO: Final = re.compile(r"((?:[OFL]+d?)?J)sP(?![d:])")
_BY_AGENT: Final = re.compile(r"g(P(?:h?cP)*)$")
_TITLE_OF_NEXT: Final = re.compile(r"(?:c(?:[OF](?:c[OF])*)?d?J)*P")
"""What makes the posts behind a verb the title of a person who follows (为A大学教授、B院院士张三)."""
_OTHER_BODY: Final = re.compile(
    r"(?:主席团|组委会|筹委会|协会|学会|联合会|商会|事业部|项目部|支队|大队|研究[院所]|办公室|银行|法院|检察院|经审会|经审委员会"
    r"|经费审查委员会|女工委|女职工委员会|政协|人大|妇联|残联|侨联|[报杂志出版]社|通讯社|合作社|基金会|委员会|支部|总支)》?$"
)
"""A body that no one has recognised, right before a post: the post is not held at another one."""
_BODY_TAIL: Final = re.compile(
    r"(?P<stem>[一-鿿]{0,6}?)(?P<noun>总公司|分公司|子公司|集团公司|公司|集团|医院|学校|学院|大学|中学|小学|幼儿园"
    r"|酒店|宾馆|工厂|厂|矿|车间|银行|支行|分行|中心|街道|社区|镇|乡|村|县|区|市|省|局|厅|站|所)的?$"
)
_SOME_BODY: Final = re.compile(r"[那一某另几两这](?:家|个|所|座|支)[一-鿿]{0,8}?的$")
"""A body that is spoken of without its name (那家厂的班长)."""
_WAS: Final = re.compile(r"(?:原|曾任|原任|时任|前任|前)$")
_PARTS: Final = ("部", "处", "科", "室", "车间")
_PART_BEFORE: Final = re.compile(r"[一-鿿](?:科|部|室|处|办|站|所|队|班|院|校|公司|厂|局|车间)$")
_NOTHING: Final = re.compile(r"(?:一事|的提名|的提议|人选|候选人?|的议案|的资格)")
_WITH_BODY: Final = re.compile(
    r"(?!总公司|分公司|子公司|集团公司|本公司|该公司|我公司)[一-鿿]{2,8}?(?:公司|集团|工厂|医院|学校|学院|酒店)(?=[一-鿿]{2})"
)
"""A post that has a part of the name of a body in front of it (机械公司总经理)."""
_NO_STEM: Final = re.compile(
    r"(?:[在由和与及同为是的我本该任向让请到从对被原现了名位个一某各全每说位过给把将对]|时任|来自|担任|出任|当选|全体|以及)?$"
)
"""What stands before a noun that means a body named before (由|公司总经理…), no part of a name."""
_BARE_OFFICE: Final = re.compile(r"当选|成为|考取|拿下|获聘|晋升|转")
_ROW_OF_TABLE: Final = re.compile(r"[xUNRT,]{0,3}P,?([OFL]*[OF]d?,?J(?:[c,][OF]*d?J)*),?")
_PERIOD: Final = re.compile(
    r"\s*(?:[（(]?\d{1,2}[、.．)）])?\s*(?P<from>(?:19|20)\d\d)(?:年|[.．/-])?(?:\d{1,2}月?)?(?:起|初|底)?\s*"
    r"(?:(?:[-—－–~～至到]|——)+\s*(?P<to>(?:19|20)\d\d|今|现在)?(?:年|[.．/-])?(?:\d{1,2}月?)?)?"
    r"(?:起|初|底|后|间|，|,|：|:|\s|任|在|历任|先后任|担任|先后担任)*"
)
"""The time with which a line of a career begins (1995.08—2001.03 甲县总工会干事)."""
_CAREER: Final = re.compile(r"((?:[OFL]*d?J)(?:[c,]?o?[OFL]*d?J)*)(?=[,hxe(]|$)")
_PARTICULARS: Final = re.compile(r"[，,（(]\s*[男女](?=[，,。；）)])")
_ENTERING: Final = re.compile(
    r"(?:进入|进|到|在|入职|调入|来到|加入|留|留在|转到|转至|回到|调回|派往|抽调到|分到|分配到|分配至|调到|考入|应聘到|调往|调任)[^，。；到]{0,8}$"
)
_PRESENT: Final = re.compile(r"现|是|系|为$")
_FORMERLY: Final = re.compile(r"(?:曾|曾经|原|先后|当时|此前|之前|退休前|从前)$")
_ELECTING: Final = re.compile(r"当选|选举|选|推举|增补|增选|续任|连任|任")


def find_claims(reading: Reading) -> list[Claim]:
    """The ``holdsPost``, ``participatesIn`` and ``wroteFor`` claims, in order of place, each once.

    Args:
        reading: an article whose names are resolved and whose posts are found.
    """
    found: list[Claim] = []
    if any(r.type is EntityType.PERSON for r in reading.referents):
        bylines = _Bylines(reading)
        found += bylines.claims()
        holders = Holders(reading)
        for row in rows_of(reading):
            for level in levels(row):
                if holds(level, "J"):
                    found += _Posts(reading, level, holders, bylines).claims()
        found = _without_needless_address(found)
    found += participation.find_claims(reading)
    return _once(found)


def _without_needless_address(claims: Sequence[Claim]) -> list[Claim]:
    """Posts in a form of address (李组长) only of persons whose post is told nowhere else."""
    told = {
        c.subject for c in claims if c.predicate is Predicate.HOLDS_POST and not c.rule.startswith(_ADDRESS)
    }
    return [c for c in claims if not c.rule.startswith(_ADDRESS) or c.subject not in told]


def _once(claims: Sequence[Claim]) -> list[Claim]:
    best: dict[tuple[str, ...], Claim] = {}
    for claim in claims:
        attributes = dict(claim.attributes)
        which = attributes.get(_TELLING_APART[claim.predicate], "")
        key = (claim.predicate, claim.subject, claim.object, which)
        if key in best:
            merged = attributes | dict(best[key].attributes)
            claim = replace(best[key], attributes=tuple(sorted(merged.items())))
        best[key] = claim
    return sorted(
        best.values(), key=lambda c: (c.start, c.spans, c.predicate, c.subject, c.object, c.attributes)
    )


class _Bylines:
    """The makers of the article, and the places where they are named as such."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.places = {
            name.start
            for b in reading.bylines
            for name, _ in reading.within(b.start, b.end, EntityType.PERSON)
        }

    def claims(self) -> Iterator[Claim]:
        for byline in self.reading.bylines:
            for name, referent in self.reading.within(byline.start, byline.end, EntityType.PERSON):
                sentence = self.reading.sentence_at(name.start)
                start, end = (sentence.start, sentence.end) if sentence else (byline.start, byline.end)
                yield Claim(
                    Predicate.WROTE_FOR,
                    referent.key,
                    DOCUMENT,
                    "byline.person",
                    start,
                    end,
                    (("role", byline.role),),
                    ((name.start, name.end),),
                )


class _Posts:
    """What one row says of posts."""

    def __init__(self, reading: Reading, row: Row, holders: Holders, bylines: _Bylines) -> None:
        self.reading = reading
        self.row = row
        self.codes = row.codes
        self.holders = holders
        self.bylines = bylines
        self.governed: set[int] = set()
        self.found: list[Claim] = []

    def claims(self) -> list[Claim]:
        self._elections()
        self._verbs()
        for person in introduced(self.reading, self.row):
            for title in person.posts:
                if title.post not in self.governed:
                    self._hold([person.person], title, "post.title")
            for title in person.forms_of_address:
                self._hold([person.person], title, _ADDRESS)
        self._named_so()
        self._brackets()
        self._career()
        match = _ROW_OF_TABLE.fullmatch(self.codes)
        if match:
            for title in post_chain(self.codes, match.start(1), match.end(1)):
                self._hold([self.codes.index("P")], title, "post.table")
        return self.found

    def _elections(self) -> None:
        """选举张三为主席，李四、王五为副主席: the names stand before each post."""
        for match in _ELECTED.finditer(self.codes):
            persons = [k for k in range(match.start(), match.start(1)) if self.codes[k] == "P"]
            words = clause_text(self.reading, self.row, match.start(1))
            if denied(words) or self._came_to_nothing(match.end()):
                self.governed.update(k for k in range(*match.span(1)) if self.codes[k] == "J")
                continue
            for title in post_chain(self.codes, match.start(1), match.end(1)):
                self._hold(persons, title, "post.office", self._verb_in(match))

    def _came_to_nothing(self, end: int) -> bool:
        """Whether what follows a post says that nobody came to hold it (拟任主任一事未获通过)."""
        return _NOTHING.match(self.reading.text, self.row.units[end - 1].end) is not None

    def _holder_of(self, match: re.Match[str]) -> Doers:
        """Of whom an office verb speaks: 当过队长的张三, 由张三任组长, or its subject."""
        verb = match.start()
        if text_of(self.reading, self.row, verb) in ("作为", "身为"):
            behind = named_behind(self.row, verb, "P")
            if behind.keys:
                return behind
        described = _DESCRIBED.match(self.codes, match.end())
        if described:
            return named(self.row, [described.end() - 1])
        low = max(0, verb - 12)
        agent = _BY_AGENT.search(self.codes[low:verb])
        if agent:
            return named(self.row, [k for k in range(low + agent.start(1), verb) if self.codes[k] == "P"])
        return doers(self.reading, self.row, verb, _PERSONS)

    def _named_so(self) -> None:
        """场长是张三, 董事长叫李四."""
        for match in _NAMED_SO.finditer(self.codes):
            verb = match.end(1)
            if (
                text_of(self.reading, self.row, verb) in ("叫", "是", "为", "就是")
                and verb - 1 not in self.governed
            ):
                for title in post_chain(self.codes, match.start(1), match.end(1)):
                    self._hold([match.end() - 1], title, "post.named")

    def _career(self) -> None:
        """1968年至1974年甲厂技术员、乙厂团委书记: a line of the career of the person above."""
        sentence = self.row.sentence
        period = _PERIOD.match(self.reading.text, sentence.start, sentence.end)
        if period is None:
            return
        first = next((k for k, u in enumerate(self.row.units) if u.start >= period.end()), None)
        chain = None if first is None else _CAREER.match(self.codes, first)
        if chain is None or "P" in self.codes[: chain.end() + 1]:
            return
        person = self._of_the_career()
        for title in post_chain(self.codes, *chain.span(1)) if person else ():
            if title.post not in self.governed and title.bodies:
                self._hold_keys(Doers((person,), ()), title, "post.career", None, period)

    def _of_the_career(self) -> str:
        """The last person introduced with particulars (张三，男，…), or the only one of the article."""
        place = self.row.sentence.start
        for name, referent in reversed(self.reading.within(max(0, place - 3000), place, EntityType.PERSON)):
            if _PARTICULARS.match(self.reading.text, name.end):
                return referent.key
        return self.holders.only_person(self.bylines.places)

    def _verb_in(self, match: re.Match[str]) -> int:
        return max(k for k in range(match.start(), match.start(1)) if self.codes[k] in "sov")

    def _verbs(self) -> None:
        for match in _OFFICE.finditer(self.codes):
            verb = match.start()
            titles = [
                t for t in post_chain(self.codes, match.start(1), match.end(1)) if t.post not in self.governed
            ]
            if not titles or _TITLE_OF_NEXT.match(self.codes, match.end()):
                continue
            words = text_of(self.reading, self.row, verb)
            if self.codes[verb] == "v" and not _BARE_OFFICE.match(words):
                continue
            before = clause_text(self.reading, self.row, verb)
            if denied(before) or self._came_to_nothing(match.end()):
                self.governed.update(t.post for t in titles)
                continue
            who = self._holder_of(match)
            if who.carried and not who.units and self.row.sentence.heading:
                continue
            for holder, title in _each_his_own(who, titles, distributive="分别" in before + words):
                self._hold_keys(holder, title, "post.office", verb)

    def _brackets(self) -> None:
        """张三（X公司董事长）."""
        for i, aside in self.row.asides():
            if self.codes[i] not in "Ph":
                continue
            person = i if self.codes[i] == "P" else i - 1
            if person < 0 or self.codes[person] != "P" or "P" in aside.codes or "J" not in aside.codes:
                continue
            inner = _Posts(self.reading, aside, self.holders, self.bylines)
            for title in post_chain(aside.codes, 0, len(aside.codes)):
                inner._hold_keys(Doers((self.row.units[person].key,)), title, "post.bracket", None)
            self.found += inner.found

    def _of_congress(self, trigger: int) -> str | None:
        """The body whose congress elects, where a verb says so; empty where it has no name of its own."""
        verbs = [trigger, *(k for k in range(max(0, trigger - 30), trigger) if self.codes[k] == "o")]
        if not any(_ELECTING.search(text_of(self.reading, self.row, k)) for k in verbs):
            return None
        return self.holders.of_congress(self.row.units[trigger].start)

    def _hold(self, persons: Sequence[int], title: PostTitle, rule: str, trigger: int | None = None) -> None:
        keys = tuple(dict.fromkeys(self.row.units[p].key for p in persons))
        self._hold_keys(Doers(keys, tuple(persons)), title, rule, trigger)

    def _hold_keys(
        self,
        who: Doers,
        title: PostTitle,
        rule: str,
        trigger: int | None,
        period: re.Match[str] | None = None,
    ) -> None:
        unit = self.row.units[title.post]
        if any(self.row.units[u].start in self.bylines.places for u in who.units):
            return
        if rule == "post.office":
            self.governed.add(title.post)
        first = unit.start if title.lead is None else self.row.units[title.lead].start
        post = self.reading.text[first : unit.end].replace("\n", "").replace(" ", "")
        if marks("nopost").fullmatch(post) or post.endswith(_PARTS):
            return
        if post == "成员" and not title.bodies:
            return
        if rule == _ADDRESS and not title.bodies and self._of_elsewhere(who):
            return
        bodies = [self.row.units[b] for b in title.bodies]
        keys = [k for b in bodies for k in b.keys if self.reading.by_key[k].type is EntityType.ORGANIZATION]
        if title.bodies and title.bodies[-1] < title.post - 1 and self.codes[title.post - 1] != "d":
            keys = [self.holders.of_inherited(k, post) for k in keys]
        keys = [at for k in keys if k and (at := self.holders.of_state(k, post))]
        near = max(self.row.sentence.start, unit.start - 8)
        if not bodies and _SOME_BODY.search(self.reading.text, near, unit.start):
            return
        if not bodies and (_OTHER_BODY.search(self.reading.text, near, unit.start) or _WITH_BODY.match(post)):
            return
        if not bodies:
            tail = (
                _BODY_TAIL.search(self.reading.text, near, unit.start)
                if self._follows_text(title.post)
                else None
            )
            if (
                tail
                and not _NO_STEM.fullmatch(tail["stem"][-2:])
                and not _NO_STEM.fullmatch(tail["stem"][-1:])
            ):
                return
            post = (tail["noun"] if tail else "") + post
            entered = None
            if trigger is None and self.codes[title.post + 1 : title.post + 2] == ":":
                entered = self.holders.of_label(post)
            if trigger is not None:
                entered = self._of_congress(trigger)
                entered = self._entered(trigger) if entered is None else entered
            if entered is None:
                post, holder = self.holders.implied(post, unit.start, untitled=trigger is not None)
            else:
                post, holder = self.holders.of_own(entered, post), entered
            keys = [holder] if holder else []
            rule += ".implied"
        attributes = self._circumstances(title, trigger, period)
        for key in keys:
            for held_at, held in self.holders.variants(key, post):
                self._claim(who, held_at, held, title, rule, attributes)

    def _was(self, i: int) -> bool:
        """Whether 原, 时任 or the like stands before a unit."""
        start = self.row.units[i].start
        return _WAS.search(self.reading.text, max(self.row.sentence.start, start - 6), start) is not None

    def _of_elsewhere(self, who: Doers) -> bool:
        """Whether a place, or a part that no one has recognised, stands before the name (急诊科张三主任)."""
        if any(self.codes[:u].rstrip("d").endswith("L") for u in who.units):
            return True
        starts = [self.row.units[u].start for u in who.units]
        return any(_PART_BEFORE.search(self.reading.text, max(0, start - 4), start) for start in starts)

    def _follows_text(self, post: int) -> bool:
        return post > 0 and self.codes[post - 1] == "x"

    def _claim(
        self, who: Doers, body: str, post: str, title: PostTitle, rule: str, attributes: dict[str, str]
    ) -> None:
        for person in who.keys:
            units = [title.post, *title.bodies, *(u for u in who.units if self.row.units[u].key == person)]
            spans = tuple(sorted({(self.row.units[u].start, self.row.units[u].end) for u in units}))
            sentence = self.row.sentence
            self.found.append(
                Claim(
                    Predicate.HOLDS_POST,
                    person,
                    body,
                    rule,
                    sentence.start,
                    sentence.end,
                    tuple(sorted({**attributes, "post": post}.items())),
                    spans,
                )
            )

    def _entered(self, verb: int) -> str | None:
        """The body where someone is said to work before an office verb (到糖厂当季节工)."""
        for k in range(verb - 1, max(-1, verb - 14), -1):
            unit = self.row.units[k]
            if self.codes[k] == "O":
                before = self.reading.text[max(self.row.sentence.start, unit.start - 10) : unit.start]
                if _ENTERING.search(before):
                    return unit.key
        return None

    def _circumstances(
        self, title: PostTitle, trigger: int | None, period: re.Match[str] | None = None
    ) -> dict[str, str]:
        found = {}
        post = title.post
        if trigger is not None:
            words = clause_text(self.reading, self.row, trigger)
            verb = text_of(self.reading, self.row, trigger)
            year = year_at(self.reading, self.row, post, carried=False, entry=True)
            if year and year.isdigit() and not _PRESENT.search(verb):
                found["year"] = year
            if marks("former").search(verb) or _FORMERLY.search(words):
                found["status"] = "former"
            elif planned(words) or verb.startswith("拟"):
                found["status"] = "planned"
        elif any(self._was(k) for k in (post, *title.bodies[:1])):
            found["status"] = "former"
        elif period is not None:
            found["year"] = period["from"]
            if (period["to"] or "今")[0] not in "今现":
                found["status"] = "former"
        return found


def _each_his_own(
    who: Doers, titles: Sequence[PostTitle], *, distributive: bool
) -> Iterator[tuple[Doers, PostTitle]]:
    """Who holds which post; with 分别 each the one at his place (张三、李四分别任甲、乙公司经理)."""
    count = len(who.keys)
    units = who.units if len(who.units) == count else ()
    each = [Doers((key,), units[n : n + 1], who.carried) for n, key in enumerate(who.keys)]
    if distributive and count > 1 and all(len(t.bodies) == count for t in titles):
        for title in titles:
            yield from zip(each, (PostTitle(title.post, (body,)) for body in title.bodies), strict=True)
    elif distributive and count > 1 and len(titles) == count:
        yield from zip(each, titles, strict=True)
    else:
        for title in titles:
            yield who, title
