"""What an article says of its people that tells them from others of their names.

Facts say most of it. What the facts leave out is read from the words around the name: the body named
right before it, the trade (钳工欧阳志), the award in the same sentence (…等5名省五一劳动奖章获得者), the
place (春湾镇的环卫工黄秀英), where a person comes from (从赤峰供电分公司工会主席任上调来) and the placing
in a competition; the sentence that goes on with 他 or 她 counts as well.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import Final

from kg.identity import places
from kg.identity.article import Article
from kg.identity.bodies import core_of, is_standin
from kg.identity.evidence import PersonSaid, Thing
from kg.language.lexicon import table
from kg.model import Entity
from kg.vocabulary import Attribute, EntityType, Predicate, Status, Subtype

__all__ = ["people", "placing"]

_POST: Final = re.compile(r"[一-龥“”（）()\d]{0,16}")
_DEED: Final = re.compile(
    r"授予|颁发|表彰|慰问|看望|走访|采访|联合|邀请|组织|推荐|选派|批准|命名|聘请|任命|获得|荣获|[向给与和把将对为被由请让说称]"
)
_REACH: Final = 16
_PRONOUN: Final = re.compile(r"[他她](?!们|人)|这位|老人")
_FROM: Final = re.compile(
    r"(?:从|由|原|前|曾任|曾是|曾在|先后在|先后任|历任|时任|此前任|此前在|之前在|之前是|调离|离开|辞去"
    r"|担任|出任|就任|调任|转任|升任|兼任|挂职|借调到|调入|调到|调往|入职|就职于|供职于|退休前在|退休前是)$"
)
_PAST: Final = re.compile(
    r"[一-龥]{0,8}(?:任上|岗位上|工作期间|调任|调来|调到|退休|离任|工作过|工作了|干过|干了)"
)
_EMPLOYERS: Final = frozenset({Subtype.COMPANY, Subtype.SCHOOL, Subtype.TEAM})
_OUTLET: Final = re.compile(r"[报社网台刊]$|融媒|媒体|日报|晚报|频道|客户端|杂志|电视|广播|通讯社")
_OWN_OUTLET: Final = re.compile(r"本报|本网|本台|本刊|本社|我报")
_WRITERS: Final = frozenset({"通讯员", "特约通讯员"})
_MAKERS: Final = frozenset(
    {"责任编辑", "校对", "编辑", "审核", "校核", "值班", "签发", "监制", "编审", "统筹"}
)
_FIRST: Final = re.compile(r"冠军|夺冠|第一(?!次|时|批|代|线|个)|金牌|状元|魁首|榜首|头名")
_SECOND: Final = re.compile(r"亚军|第二名|第二|银牌|榜眼")
_THIRD: Final = re.compile(r"季军|第三名|第三|铜牌|探花")
_AGE: Final = re.compile(r"(\d{2})岁(?:的)?[一-龥“”]{0,12}$")
_AGE_BEHIND: Final = re.compile(r"[，,（(](?:今年|现年)?(\d{2})岁")
_BIRTH: Final = re.compile(r"[，,（(](?:[男女]，)?((?:19|20)\d\d)年\d{0,2}月?(?:出)?生")
_SIGNED: Final = re.compile(r"《([^》\n]{2,12})》(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}日")
_TAIL: Final = 60
_FRONT: Final = 12
_COMMON_TRADES: Final = frozenset(
    {
        "职工",
        "工人",
        "员工",
        "代表",
        "记者",
        "通讯员",
        "干部",
        "班长",
        "组长",
        "队长",
        "劳模",
        "工匠",
        "党员",
        "师傅",
        "工友",
        "编辑",
        "校对",
    }
)


def people(article: Article, outlets: dict[str, str]) -> list[Thing]:
    """The people of an article; ``outlets`` are the names under which its media are known, by key."""
    reader = _Reader(article, outlets)
    return [
        Thing(e.key, e.type, e.name, reader.said(e))
        for e in article.extraction.entities
        if e.type is EntityType.PERSON
    ]


def placing(words: str) -> str:
    """A placing as a number: 冠军 and 个人全能第一名 are 1; empty where the words give none.

    >>> placing("个人全能第一名"), placing("亚军"), placing("优秀奖")
    ('1', '2', '')
    """
    for place, pattern in (("1", _FIRST), ("2", _SECOND), ("3", _THIRD)):
        if pattern.search(words):
            return place
    return ""


class _Reader:
    def __init__(self, article: Article, outlets: dict[str, str]) -> None:
        self.article = article
        self.outlets = outlets
        self.entities = {e.key: e for e in article.extraction.entities}
        names = Counter(e.name for e in article.extraction.entities if e.type is EntityType.PERSON)
        employers = [
            e for e in article.extraction.entities if e.type is EntityType.ORGANIZATION and _employs(e)
        ]
        cores = {core_of(e.name) for e in employers if e.subtype is not Subtype.TEAM}
        self.employer = employers[0].key if len(cores) == 1 else ""
        self.rooms: dict[str, list[Entity]] = {}
        for facility in (e for e in article.extraction.entities if e.type is EntityType.FACILITY):
            for end in range(2, len(facility.name) + 1):
                self.rooms.setdefault(facility.name[:end], []).append(facility)
        self.rivals = {name for name, count in names.items() if count > 1}
        self.facts: dict[str, list[tuple[Predicate, str, dict[str, str]]]] = {}
        for fact in article.extraction.facts:
            said = (fact.predicate, fact.object, dict(fact.attributes))
            self.facts.setdefault(fact.subject, []).append(said)

    def said(self, entity: Entity) -> PersonSaid:
        return _Person(self, entity).said()

    def sentences_of(self, entity: Entity) -> list[tuple[int, int]]:
        """The sentences that name a person, and those that go on with a pronoun and name nobody else."""
        article, found = self.article, []
        for number in sorted({article.sentence(s) for s, _ in article.places_of(entity)}):
            if number >= len(article.sentences):
                continue
            found.append(article.sentences[number])
            for low, high in article.sentences[number + 1 : number + 3]:
                if article.within(low, high, EntityType.PERSON) or not _PRONOUN.search(
                    article.text, low, high
                ):
                    break
                if len({e.key for *_, e in article.within(*found[-1], EntityType.PERSON)}) > 1:
                    break
                found.append((low, high))
        return found


class _Person:
    def __init__(self, reader: _Reader, entity: Entity) -> None:
        self.reader = reader
        self.article = reader.article
        self.entity = entity
        self.named = self.article.places_of(entity)
        self.sentences = reader.sentences_of(entity)
        self.facts = reader.facts.get(entity.key, [])

    def said(self) -> PersonSaid:
        entity, article = self.entity, self.article
        units = self.units()
        makes = any(p is Predicate.WROTE_FOR for p, *_ in self.facts)
        return PersonSaid(
            name=entity.name,
            units=tuple(sorted(units)),
            near=() if units or makes else self.near(),
            about="" if units or makes else self.reader.employer,
            outlets=self.wrote(),
            awards=self.awards(alone=not units),
            ranks=() if makes else self.ranks(),
            events=() if makes else self.events(),
            rooms=self.rooms(),
            trades=() if makes else self.trades(),
            places=() if makes else self.lives(),
            around=() if makes else article.home,
            born=self.born(),
            rival=f"{article.id}/{entity.name}" if entity.name in self.reader.rivals else "",
        )

    def units(self) -> set[tuple[str, str]]:
        found = set()
        for predicate, target, attributes in self.facts:
            post = attributes.get(Attribute.POST, "")
            planned = attributes.get(Attribute.STATUS) == Status.PLANNED
            if predicate is Predicate.HOLDS_POST and not planned and post not in _MAKERS:
                found.add((target, post))
        if any(predicate is Predicate.WROTE_FOR for predicate, *_ in self.facts):
            return found if self._is_subject() else set()
        return found | self._before() | self._came_from()

    def _is_subject(self) -> bool:
        """Whether one who wrote the article is named in it outside the byline as well."""
        return len(self.named) > 1

    def _before(self) -> set[tuple[str, str]]:
        """The body named right before the name, with the post between."""
        found = set()
        for start, _ in self.named:
            for _, end, body in self.article.before(start, _REACH, EntityType.ORGANIZATION):
                between = self.article.text[end:start]
                if _POST.fullmatch(between) and not _DEED.search(between) and not _is_outlet(body, between):
                    found.add((body.key, _post(between)))
                    break
        return found

    def _came_from(self) -> set[tuple[str, str]]:
        """从…任上调来, 曾任…: bodies of the past, where the sentence speaks of nobody else."""
        found = set()
        for low, high in self.sentences:
            others = {e.key for *_, e in self.article.within(low, high, EntityType.PERSON)} - {
                self.entity.key
            }
            if others:
                continue
            for start, end, body in self.article.within(low, high, EntityType.ORGANIZATION):
                before = _FROM.search(self.article.text[max(low, start - 4) : start])
                if before or _PAST.match(self.article.text, end):
                    found.add((body.key, ""))
        return found

    def near(self) -> tuple[str, ...]:
        """Employers that the sentence names, the last before the person or else the first behind."""
        found = set()
        for low, high in self.sentences:
            bodies = [
                row for row in self.article.within(low, high, EntityType.ORGANIZATION) if _employs(row[2])
            ]
            here = [start for start, _ in self.named if low <= start < high]
            place = here[0] if here else low
            before = [body.key for start, _, body in bodies if start < place]
            behind = [body.key for start, _, body in bodies if start >= place]
            found |= {*before[-1:]} or {*behind[:1]}
        return tuple(sorted(found)) if len(found) <= 2 else ()

    def wrote(self) -> tuple[tuple[str, str], ...]:
        """The outlets for which the person wrote, where the text says which."""
        found = set()
        for predicate, _, attributes in self.facts:
            role = attributes.get(Attribute.ROLE, "")
            if predicate is Predicate.WROTE_FOR:
                outlet = self._outlet()
                if outlet:
                    found.add((outlet, "通讯员" if role in _WRITERS else "记者"))
        for predicate, target, attributes in self.facts:
            if predicate is Predicate.HOLDS_POST and attributes.get(Attribute.POST, "") in _MAKERS:
                body = self.reader.entities.get(target)
                if body is not None:
                    found.add((self.reader.outlets.get(target, body.name), "编辑"))
        return tuple(sorted(found))

    def _outlet(self) -> str:
        """The medium named before a byline in its line, else the publisher of the article."""
        for start, _ in self.named:
            line = self.article.text.rfind("\n", max(0, start - 40), start) + 1
            before = self.article.within(max(line, start - 40), start, EntityType.ORGANIZATION)
            for _, _, body in reversed(before):
                if body.subtype is Subtype.MEDIA or _OUTLET.search(body.name):
                    return self.reader.outlets.get(body.key, body.name)
        publisher = (self.article.extraction.publisher or "").strip()
        signed = _SIGNED.search(self.article.text[-_TAIL:])
        return re.sub(r"^据(?=.{3})", "", publisher) or (signed[1] if signed else "")

    def awards(self, *, alone: bool) -> tuple[tuple[str, str], ...]:
        """Awards with their years: those stated; those of the sentence for one of whom no unit is said."""
        found = {
            (target, self._year(attributes.get(Attribute.YEAR, "")))
            for predicate, target, attributes in self.facts
            if predicate is Predicate.RECEIVED_AWARD
        }
        if not found and alone:
            found = {
                (award.key, "")
                for low, high in self.sentences
                for start, end, award in self.article.within(low, high, EntityType.AWARD)
                if any(end >= s or self._holds(e, start) for s, e in self.named if low <= s < high)
            }
        return tuple(sorted(found))

    def _holds(self, name_end: int, award_start: int) -> bool:
        between = self.article.text[name_end:award_start]
        return 0 <= award_start - name_end <= 60 and "。" not in between

    def _year(self, words: str) -> str:
        if words.isdigit():
            return words
        ago = {"今年": 0, "去年": 1, "前年": 2}.get(words)
        return str(self.article.year - ago) if ago is not None and self.article.year else ""

    def ranks(self) -> tuple[tuple[str, str], ...]:
        found = {
            (target, place)
            for predicate, target, attributes in self.facts
            if predicate is Predicate.PARTICIPATES_IN
            and (place := placing(attributes.get(Attribute.RANK, "")))
        }
        for low, high in self.sentences:
            others = {e.key for *_, e in self.article.within(low, high, EntityType.PERSON)} - {
                self.entity.key
            }
            events = self.article.within(low, high, EntityType.EVENT)
            if others or len({e.key for *_, e in events}) != 1:
                continue
            _, end, event = events[-1]
            if place := placing(self.article.text[end : min(high, end + _REACH)]):
                found.add((event.key, place))
        return tuple(sorted(found))

    def events(self) -> tuple[str, ...]:
        """Occasions in which the person takes part."""
        return tuple(sorted({target for p, target, _ in self.facts if p is Predicate.PARTICIPATES_IN}))

    def rooms(self) -> tuple[str, ...]:
        """Facilities named after the person, in a sentence that names the person too where there are two."""
        own = self.reader.rooms.get(self.entity.name, []) if len(self.entity.name) > 1 else []
        if self.entity.name in self.reader.rivals:
            here = {
                e.key
                for low, high in self.sentences
                for *_, e in self.article.within(low, high, EntityType.FACILITY)
            }
            own = [e for e in own if e.key in here]
        return tuple(sorted(e.key for e in own))

    def trades(self) -> tuple[str, ...]:
        found = set()
        for start, end in self.named:
            found |= _trades_in(self.article.text[max(0, start - _FRONT) : start], at_end=True)
            behind = re.match(r"(?:是|，|（|\()[一-龥]{0,12}?", self.article.text[end : end + _FRONT])
            if behind:
                found |= _trades_in(
                    self.article.text[end + 1 : end + _FRONT].partition("。")[0], at_end=False
                )
        for predicate, _, attributes in self.facts:
            if predicate is Predicate.HOLDS_POST:
                found |= _trades_in(attributes.get(Attribute.POST, ""), at_end=False)
        return tuple(sorted(found))

    def lives(self) -> tuple[str, ...]:
        """Divisions named right before the name: 阳春市春湾镇的环卫工黄秀英, 湘潭的刘建平."""
        found = set()
        for start, _ in self.named:
            for _, end, place in self.article.before(start, _FRONT, EntityType.PLACE):
                between = self.article.text[end:start]
                division = self.article.setting.place(place.name)
                if division and _POST.fullmatch(between) and not _DEED.search(between):
                    found.add(places.settled(division).code)
        return tuple(sorted(found))

    def born(self) -> str:
        years = set()
        for start, end in self.named:
            birth = _BIRTH.match(self.article.text, end)
            before = _AGE.search(self.article.text[max(0, start - 20) : start])
            behind = _AGE_BEHIND.match(self.article.text, end)
            age = before or behind
            if birth:
                years.add(int(birth[1]))
            elif age and self.article.year:
                years.add(self.article.year - int(age[1]))
        return str(years.pop()) if len(years) == 1 else ""


def _employs(body: Entity) -> bool:
    """Whether a body is one at which people work, and named."""
    fits = body.subtype in _EMPLOYERS or body.name.endswith(("医院", "厂", "矿"))
    return fits and not is_standin(body.name)


def _is_outlet(body: Entity, between: str) -> bool:
    """Whether a body before a name is the medium that it writes for and not its unit."""
    return body.subtype is Subtype.MEDIA or re.search(r"记者|通讯员|编辑", between) is not None


def _post(between: str) -> str:
    return re.sub(r"^的|[“”（）()\d]", "", between)


@cache
def _occupations() -> frozenset[str]:
    words = {row["post"] for row in table("posts") if row["kind"] in ("occupation", "title")}
    return frozenset(w for w in words - _COMMON_TRADES if len(w) > 1)


def _trades_in(words: str, *, at_end: bool) -> set[str]:
    """The trades that words name, the longest where one is part of another; only the last if ``at_end``."""
    known, found = _occupations(), set()
    ends = range(len(words), len(words) - 1, -1) if at_end else range(len(words), 1, -1)
    for end in ends:
        for start in range(max(0, end - 8), end - 1):
            if words[start:end] in known:
                found.add(words[start:end])
                break
    return {w for w in found if not any(w != other and w in other for other in found)}
