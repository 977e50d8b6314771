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
from kg.language.relations.doers import Doers, clause_text, denied, doers, named, planned
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
    r"|经费审查委员会|女工委|女职工委员会|政协|人大|妇联|残联|侨联)$"
)
"""A body that no one has recognised, right before a post: the post is not held at another one."""
_BARE_OFFICE: Final = re.compile(r"当选|成为|考取|拿下|获聘|晋升|转")
_ROW_OF_TABLE: Final = re.compile(r"[xUNRT,]{0,3}P,?([OF]+d?,?J(?:cJ)*),?")
_ENTERING: Final = re.compile(
    r"(?:进入|进|到|在|入职|调入|来到|加入|分到|分配到|分配至|调到|考入|应聘到|调往|调任)[^，。；到]{0,8}$"
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
            if denied(words):
                self.governed.update(k for k in range(*match.span(1)) if self.codes[k] == "J")
                continue
            for title in post_chain(self.codes, match.start(1), match.end(1)):
                self._hold(persons, title, "post.office", self._verb_in(match))

    def _holder_of(self, match: re.Match[str]) -> Doers:
        """Of whom an office verb speaks: 当过队长的张三, 由张三任组长, or its subject."""
        verb = match.start()
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
            if denied(before):
                self.governed.update(t.post for t in titles)
                continue
            who = self._holder_of(match)
            for title in titles:
                self._hold_keys(who, title, "post.office", verb)

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

    def _hold_keys(self, who: Doers, title: PostTitle, rule: str, trigger: int | None) -> None:
        unit = self.row.units[title.post]
        if any(self.row.units[u].start in self.bylines.places for u in who.units):
            return
        if rule == "post.office":
            self.governed.add(title.post)
        post = self.reading.text[unit.start : unit.end].replace("\n", "").replace(" ", "")
        if marks("nopost").fullmatch(post):
            return
        bodies = [self.row.units[b] for b in title.bodies]
        keys = [k for b in bodies for k in b.keys if self.reading.by_key[k].type is EntityType.ORGANIZATION]
        if title.bodies and title.bodies[-1] < title.post - 1 and self.codes[title.post - 1] != "d":
            keys = [self.holders.of_inherited(k, post) for k in keys]
        near = max(self.row.sentence.start, unit.start - 8)
        if not bodies and _OTHER_BODY.search(self.reading.text, near, unit.start):
            return
        if not bodies:
            entered = None
            if trigger is not None:
                entered = self._of_congress(trigger)
                entered = self._entered(trigger) if entered is None else entered
            if entered is None:
                post, holder = self.holders.implied(post, unit.start, untitled=trigger is not None)
            else:
                holder = entered
            keys = [holder] if holder else []
            rule += ".implied"
        attributes = self._circumstances(title.post, trigger)
        for key in keys:
            for held_at, held in self.holders.variants(key, post):
                self._claim(who, held_at, held, title, rule, attributes)

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

    def _circumstances(self, post: int, trigger: int | None) -> dict[str, str]:
        found = {}
        unit = self.row.units[post]
        before = self.reading.text[max(self.row.sentence.start, unit.start - 6) : unit.start]
        if trigger is not None:
            words = clause_text(self.reading, self.row, trigger)
            verb = text_of(self.reading, self.row, trigger)
            year = year_at(self.reading, self.row, post, carried=False)
            if year and year.isdigit() and not _PRESENT.search(verb):
                found["year"] = year
            if marks("former").search(verb) or _FORMERLY.search(words):
                found["status"] = "former"
            elif planned(words) or verb.startswith("拟"):
                found["status"] = "planned"
        elif re.search(r"(?:原|曾任|原任|时任|前任|前)$", before):
            found["status"] = "former"
        return found
