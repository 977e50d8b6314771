"""The clauses of a text, and what stands as subject at the start of each.

Offsets are half-open ranges of code points of :attr:`Reading.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from kg.language.annotations import Name, Reading, Referent, Sentence
from kg.language.lexicon import table
from kg.language.protagonists import CREDIT, DATELINE, LABEL, SQUAD, hero_of, owner_of
from kg.vocabulary import EntityType, Subtype

__all__ = ["ENUMERATED", "ORGANIZATION", "REACH", "SUBJECTS", "Clause", "ClauseTable", "clause_table"]

ORGANIZATION: Final = frozenset({EntityType.ORGANIZATION})
SUBJECTS: Final = frozenset(
    {
        EntityType.ORGANIZATION,
        EntityType.PERSON,
        EntityType.PLACE,
        EntityType.EVENT,
        EntityType.PROGRAMME,
        EntityType.FACILITY,
    }
)
"""The types of thing that a clause can speak of."""
_QUOTES: Final = " “”\"'‘’"
REACH: Final = 60
"""How many clauses or names are looked at on the way back: keeps long lines linear."""


_TABLE: Final = "_clause_table"
_BOUNDARY: Final = re.compile(r"[，：；]|[,:;](?!\d)|——")
_TIME: Final = (
    r"(?:(?:截至|截止到|截止|早在|自从|自|从|在|到|近|过去|这|全|同|每|前|后|上|下|去|今|明|次|第|“|\")*"
    r"(?:\d{1,4}|[〇零一二三四五六七八九十两几多数]{1,4})?(?:-|至|—|～|~|、)?(?:\d{1,4})?(?:个|多|余)?"
    r"(?:半年|季度|月份|年度|世纪|星期|年|月|日|号|周|天|五”|五\")"
    r"(?:中国|时期|期间|上半年|下半年|上旬|中旬|下旬|以来|以后|之后|至今|之际|前夕|上午|下午|凌晨|晚上|中午"
    r"|多|前|后|初|底|末|中|间|内|起|来|晚|的|以前|之前)*)"
)
_ENUMERATION: Final = (
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十]，|[①-⑳]"
    r"|[■▍●□▲◆#*·—\-▶★]+)"
)
_OPENING: Final = r"[\s“‘\"'《（(【\[　]"
_CLOSER: Final = re.compile(
    r"(?:下|中|上|里|内|后|前|时|以来|期间|之际|方面|同时|过程中|部署|要求|精神|安排)(?:，|,)?$"
)
_AFTER_NAME: Final = re.compile(r"[”’\"'》）)】]*(?:（[^（）]{0,60}）|\([^()]{0,60}\))*")
_COPULA: Final = re.compile(r"(?<![但就还总])[是系]|成为|作为|被列为|设有|包括|分别为")
_NATIVE: Final = re.compile(r"(?:籍|人)[，,。；、]")
"""What follows a place that only says where somebody is from (张三，江西九江人，…)."""
_GAP: Final = re.compile(r"[^，。；：:,“”（）()！？\n]{0,28}$")
_GAP_END: Final = frozenset(
    "长记任席理监师工员授生士表委书助干机者范兵手匠军领家志的娘族汉孩傅弟儿亲妻户友伴姐妹哥母父爷"
)
_GAP_VERB: Final = re.compile(
    r"慰问|看望|走访|授予|表彰|邀请|推荐|选派|帮助|组织|聘请|任命|培养|救助|举办|开展|评为|命名|推选|选举|通过|接待|介绍"
)
_ADVERBS: Final = (
    r"(?:还|又|也|并|正|将|已|拟|曾|就|先后|日前|近日|近期|共同|再次|首次|主动|积极|计划|今年|去年|年内|当天|每年|[上下]半年"
    r"|\d{1,2}月份?|\d{4}年){0,4}"
)
_COORDINATION: Final = re.compile(
    rf"\s*(?:[、和与及同暨/]|以及|,?{_ADVERBS}(?:联合|会同|携手|联手|协同|同|与|和))\s*(?:其|由)?"
)
_DIRECT: Final = re.compile(r"|的|所属|下属|旗下|直属|辖下")
_DATED: Final = re.compile(r"|(?:\d{4}年)?(?:度)?(?:第[一二三四五六七八九十百\d]+[届次])?的?")
_HEADINGLIKE: Final = re.compile(r"[：:]\s*$")
_RELATIVE: Final = re.compile(r"[^，。；：“”]{1,8}的[“\"‘'《]?")
ENUMERATED: Final = re.compile(rf"\s*{_ENUMERATION}")
_SOURCE: Final = re.compile(r"(?:记者|笔者)?(?:近日|日前|今日|昨日|\d{1,2}日)?(?:从|自|据)$")
_SOURCE_AFTER: Final = re.compile(r"(?:处|方面)?(?:获悉|了解到|得知|介绍|统计|通报|透露|消息|披露)")
_NARRATOR: Final = re.compile(r"(?:(?<![“\"‘])我叫|(?:口述|讲述人?|自述)[：:])\s*$")
_PRONOUN: Final = re.compile(r"他们|她们|他|她")
_FIRST: Final = re.compile(r"我(?![市县省区国州们会校院司厂局处团队社矿旗镇乡]|公司|单位|集团)")
_DEICTIC: Final = re.compile(r"该|这家|这所|这个|这支|这项|这一|此次|这次|本次|本届|本|此|我|我们|全")
_THING: Final = re.compile(
    r"[一-鿿]{0,8}?(?:项目|产品|作品|工程|品牌|商标|成果|案例|论文|课题|专利)(?=荣?获|喜获|斩获|摘得|被|入选|入围|获评|成功|先后|也|还|曾)"
)
"""What a body has made, of which the verb then speaks (X公司的分拣机项目荣获…)."""
_LEADING: Final = re.compile(r"(?:积极|主动|亲自|多次|一直|始终)?(?:带领|率领|团结带领|代表)")
_ENTERPRISES: Final = frozenset({Subtype.COMPANY, Subtype.SCHOOL})
"""Kinds of body that an article may speak of without ever naming it."""
_BARE_NEXT: Final = re.compile(r"[的里内之外们间上下中前后]|全体|职工|员工|领导|各")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas with what stands as subject at its start.

    ``subjects`` are referent keys, several where they are coordinated; ``companions`` those that
    do it together with the subject (联合县人民法院…); ``affiliation`` is the organization that
    introduces a person (市总工会主席张三). ``end_of_subject`` is the place where the subject ends.
    ``aside`` marks a subject that holds for its sentence only (其中, a relative clause), ``unnamed``
    one that the article never names (公司 where no company is named).
    """

    start: int
    end: int
    sentence: int
    subjects: tuple[str, ...] = ()
    companions: tuple[str, ...] = ()
    affiliation: str | None = None
    end_of_subject: int = 0
    aside: bool = False
    unnamed: bool = False


@dataclass(slots=True)
class ClauseTable:
    """All clauses of a reading and the subjects that its headings give.

    ``elided`` holds the paragraphs that begin without a subject: they speak of the owner, and
    what they name further down is an example. ``hero`` is the person whom a portrait is about.
    """

    clauses: list[Clause] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    first_of_sentence: list[int] = field(default_factory=list)
    first_of_paragraph: dict[int, int] = field(default_factory=dict)
    heading_of_paragraph: dict[int, tuple[str, ...]] = field(default_factory=dict)
    elided: frozenset[int] = frozenset()
    affiliations: dict[str, str] = field(default_factory=dict)
    owner: str = ""
    hero: str = ""
    mentions: list[tuple[Name, Referent]] = field(default_factory=list)
    name_starts: list[int] = field(default_factory=list)


def clause_table(reading: Reading) -> ClauseTable:
    """The table of ``reading``, made when it is first asked for."""
    # A reading is frozen but not slotted: its dictionary keeps what is computed from it, as
    # ``cached_property`` does. Hashing it instead would cost as much as reading it.
    found = reading.__dict__.get(_TABLE)
    if not isinstance(found, ClauseTable):
        found = _Builder(reading).build()
        reading.__dict__[_TABLE] = found
    return found


class _Builder:
    """Goes through the sentences once and writes down what stands as subject in each clause."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.text = reading.text
        self.mentions = _outermost(reading.mentions)
        self.starts = [name.start for name, _ in self.mentions]
        owner = reading.owner if reading.owner in reading.by_key else owner_of(reading)
        self.narrator = self._narrator()
        hero = self.narrator or hero_of(reading)
        self.table = ClauseTable(owner=owner, hero=hero, mentions=self.mentions, name_starts=self.starts)
        self.person = ""
        self.post_ends = {post.end for post in reading.posts}
        self.kin: dict[str, str] = {}

    def build(self) -> ClauseTable:
        for number, sentence in enumerate(self.reading.sentences):
            self.table.first_of_sentence.append(len(self.table.clauses))
            self.table.first_of_paragraph.setdefault(sentence.paragraph, len(self.table.clauses))
            for start, end in self._pieces(sentence):
                clause = self._clause(start, end, number)
                self.table.clauses.append(clause)
                self.table.starts.append(start)
                self._remember(clause)
        self._headings()
        if not self.table.hero:
            self.table.elided = self._elided()
        return self.table

    def _pieces(self, sentence: Sentence) -> Iterator[tuple[int, int]]:
        start = sentence.start
        for match in _BOUNDARY.finditer(self.text, sentence.start, sentence.end):
            if self._inside(match.start()):
                continue
            if match.start() > start:
                yield start, match.end()
                start = match.end()
        if start < sentence.end:
            yield start, sentence.end

    def _inside(self, place: int) -> bool:
        i = bisect_right(self.starts, place) - 1
        return i >= 0 and self.mentions[i][0].end > place

    def _clause(self, start: int, end: int, number: int) -> Clause:
        place = start
        if start == self.reading.sentences[number].start and (line := DATELINE.match(self.text, start, end)):
            place = line.end()
        place = _after_leads(self.text, place, end)
        i = bisect_left(self.starts, place)
        found: Clause | None = None
        if i < len(self.starts) and self.starts[i] < end:
            found = self._source(place, end, number, start) or self._explicit(place, end, number, start)
        elif place < end and self.text[place] in _stand_in_openings():
            found = self._deputed(place, end, number, start)
        return found or Clause(start, end, number)

    def _source(self, place: int, end: int, number: int, start: int) -> Clause | None:
        """记者从市总工会获悉: what follows is what that body says of itself."""
        i = bisect_left(self.starts, place)
        if i >= len(self.mentions) or self.starts[i] >= end:
            return None
        name, referent = self.mentions[i]
        if referent.type not in ORGANIZATION or not _SOURCE.fullmatch(self.text, place, name.start):
            return None
        if not _SOURCE_AFTER.match(self.text, name.end, end):
            return None
        return Clause(start, end, number, (referent.key,), end_of_subject=name.end)

    def _explicit(self, place: int, end: int, number: int, start: int) -> Clause | None:
        if company := _company().match(self.text, place, end):
            i = self._starts_at(_after_opening(self.text, company.end(), end), end)
            if i is not None:
                keys, _, stop = self._phrase(i, end)
                return Clause(start, end, number, (), keys, end_of_subject=stop)
        place = self._after_preposition(place, end)
        i = self._starts_at(_after_opening(self.text, place, end), end)
        if i is None and not _PRONOUN.match(self.text, place, end):
            i = self._modified(place, end)
        if i is not None:
            keys, affiliation, stop = self._phrase(i, end)
            if self._is_predicate(start, stop, end, number):
                return None
            if keys and not _NATIVE.match(self.text, stop, end):
                aside = "其中" in self.text[start:place]
                return Clause(start, end, number, keys, (), affiliation, stop, aside)
            return None
        return self._deputed(place, end, number, start)

    def _is_predicate(self, start: int, stop: int, end: int, number: int) -> bool:
        """Whether a clause that is nothing but a name goes on with what the one before says of its subject
        (医院是二级甲等医院，省人民医院指导医院，…)."""
        if stop < end - 1 or not self.table.clauses:
            return False
        last = self.table.clauses[-1]
        return last.sentence == number and bool(
            _COPULA.search(self.text, last.end_of_subject or last.start, start)
        )

    def _deputed(self, place: int, end: int, number: int, start: int) -> Clause | None:
        """The clause whose subject is a word that stands in for a name (该公司, 她)."""
        key, stop = self._stand_in(place, end)
        if not key:
            return Clause(start, end, number, end_of_subject=stop, unnamed=True) if stop > place else None
        keys, stop = self._joined(key, stop, end)
        return Clause(start, end, number, keys, end_of_subject=stop)

    def _starts_at(self, place: int, end: int) -> int | None:
        i = bisect_left(self.starts, place)
        return i if i < len(self.mentions) and self.starts[i] == place and place < end else None

    def _after_preposition(self, place: int, end: int) -> int:
        """Past 在省总工会指导下 where a name follows at once; else ``place``."""
        if not _preposition().match(self.text, place, end):
            return place
        i = bisect_left(self.starts, place)
        last = place
        while i < len(self.mentions) and self.starts[i] < end:
            name = self.mentions[i][0]
            gap = self.text[max(last, name.start - 14) : name.start]
            if last > place and _CLOSER.search(gap):
                return name.start
            last = name.end
            i += 1
        return place

    def _modified(self, place: int, end: int) -> int | None:
        """The first name of the clause where only a modifier stands before it (46岁的张三)."""
        i = bisect_left(self.starts, place)
        if i >= len(self.mentions) or self.starts[i] >= end or _preposition().match(self.text, place, end):
            return None
        gap = self.text[place : self.starts[i]]
        kind = self.mentions[i][1].type
        if not _GAP.fullmatch(gap) or _GAP_VERB.search(gap):
            return None
        if gap.endswith("的") or gap == "来自" or gap == "同样来自":
            return i
        return i if kind is EntityType.PERSON and gap and gap[-1] in _GAP_END else None

    def _phrase(self, i: int, end: int) -> tuple[tuple[str, ...], str | None, int]:
        """The heads of the noun phrase that begins with mention ``i``, who introduces the last of
        them, and where the phrase ends; no head where the phrase only says whose something is."""
        heads: list[Referent] = []
        titles: list[Referent] = []
        affiliation: str | None = None
        name, head = self.mentions[i]
        stop = _after_name(self.text, name.end, end)
        while True:
            following = self.mentions[i + 1] if i + 1 < len(self.mentions) else None
            if following is None or following[0].start >= end or following[0].start < stop:
                break
            gap = self.text[stop : following[0].start]
            if len(gap) > 30:
                break
            bare = gap.strip(_QUOTES)
            if _is_coordination(bare):
                heads.append(head)
            elif _is_apposition(bare, head, following[1]):
                if head.type in ORGANIZATION and following[1].type is EntityType.PERSON:
                    affiliation = _foremost([*titles, head])
                    self.table.affiliations.setdefault(following[1].key, affiliation)
            elif self._is_title(head, stop, following[0].start):
                titles.append(head)
                heads.clear()
            else:
                break
            i += 1
            name, head = following
            stop = _after_name(self.text, name.end, end)
        if head.type is EntityType.PERSON and affiliation is None:
            affiliation = self._led(i, stop)
        if (relative := self._relative(i, stop, end)) is not None:
            head, stop = relative
            heads.clear()
        heads.append(head)
        if head.type in ORGANIZATION and _THING.match(self.text, stop, end):
            return (), None, stop
        if self.text.startswith("的", stop) and not self.text.startswith("的确", stop):
            return (), None, stop
        return tuple(dict.fromkeys(h.key for h in heads if h.type in SUBJECTS)), affiliation, stop

    def _is_title(self, head: Referent, stop: int, following: int) -> bool:
        """Whether a body is named only with the first of somebody's posts (县人大主任、县总工会主席张三)."""
        mark = self.text[following - 1 : following]
        return (
            head.type in ORGANIZATION
            and mark in ("、", "兼")
            and following - 1 > stop
            and following - 1 in self.post_ends
        )

    def _led(self, i: int, stop: int) -> str | None:
        """The body whose people a person leads or for whom he or she speaks (张三带领县总工会职工…)."""
        led = _LEADING.match(self.text, stop)
        if led is None or i + 1 >= len(self.mentions):
            return None
        name, body = self.mentions[i + 1]
        return body.key if name.start == led.end() and body.type in ORGANIZATION else None

    def _relative(self, i: int, stop: int, end: int) -> tuple[Referent, int] | None:
        """What 县总工会组织的擂台赛 is about: the thing behind a short clause with 的."""
        if i + 1 >= len(self.mentions) or self.mentions[i + 1][0].start >= min(end, stop + 12):
            return None
        name, referent = self.mentions[i + 1]
        fits = referent.type in SUBJECTS and referent.type not in (EntityType.PLACE, EntityType.ORGANIZATION)
        if not fits or not _RELATIVE.fullmatch(self.text, stop, name.start):
            return None
        return referent, _after_name(self.text, name.end, end)

    def _joined(self, key: str, stop: int, end: int) -> tuple[tuple[str, ...], int]:
        """公司与县总工会联合…: the stand-in with those that are joined to it."""
        i = bisect_left(self.starts, stop)
        near = i < len(self.mentions) and self.starts[i] < min(end, stop + 12)
        if near and _is_coordination(self.text[stop : self.starts[i]]):
            keys, _, stop = self._phrase(i, end)
            return (key, *(k for k in keys if k != key)), stop
        return (key,), stop

    def _stand_in(self, place: int, end: int) -> tuple[str, int]:
        if pronoun := _PRONOUN.match(self.text, place, end):
            if pronoun.group().endswith("们"):
                return "", place
            return self.table.hero or self.person, pronoun.end()
        if self.narrator and (first := _FIRST.match(self.text, place, end)):
            return self.narrator, first.end()
        deictic = _DEICTIC.match(self.text, place, end)
        at = deictic.end() if deictic else place
        noun = _noun_at(self.text, at, end)
        if noun is None:
            return "", place
        row, stop = noun
        if deictic is None and (not row.bare or _BARE_NEXT.match(self.text, stop, end)):
            return "", place
        if self.text.startswith("的", stop):
            return "", place
        first_person = bool(deictic and deictic.group() in ("我", "我们", "本", "全"))
        own = first_person or (deictic is None and row.subtypes == {Subtype.TRADE_UNION})
        key = self._antecedent(row, place, own, deictic=deictic is not None)
        unnamed = row.types == {"Organization"} and (
            deictic is not None or bool(row.subtypes and row.subtypes <= _ENTERPRISES)
        )
        return key, stop if key or unnamed else place

    def _last_subject(self, row: _Noun, reach: int = 20) -> str:
        """The last subject that bears the noun in its name: 医院 after 县人民医院是省人民医院的指导医院."""
        for clause in reversed(self.table.clauses[-reach:]):
            for key in clause.subjects:
                referent = self.reading.by_key[key]
                if row.fits(referent) and referent.name.endswith(row.noun):
                    return key
        return ""

    def _antecedent(self, row: _Noun, place: int, own: bool, *, deictic: bool) -> str:
        owner = self.reading.by_key.get(self.table.owner)
        if owner and own and row.fits(owner):
            return owner.key
        if owner and own and (kin := self._kin(owner, row)):
            return kin
        fallback = "" if own or deictic else self._last_subject(row)
        if fallback:
            return fallback
        if owner and not own and not deictic and row.fits(owner) and owner.name.endswith(row.noun):
            return owner.key
        low = bisect_left(self.starts, place)
        for name, referent in reversed(self.mentions[max(0, low - REACH) : low]):
            if not row.fits(referent):
                continue
            if referent.name.endswith(row.noun) or name.text.endswith(row.noun):
                return referent.key
            fallback = fallback or ("" if own and row.types == ORGANIZATION else referent.key)
        return fallback or (owner.key if owner and row.fits(owner) else "")

    def _kin(self, owner: Referent, row: _Noun) -> str:
        """The body that bears the owner's name in front of its own: 工会 in an article about a bank."""
        if row.noun not in self.kin:
            self.kin[row.noun] = self._find_kin(owner, row)
        return self.kin[row.noun]

    def _find_kin(self, owner: Referent, row: _Noun) -> str:
        if EntityType.PLACE in row.types:
            return self._home(owner, row.noun)
        forms = tuple(form for form in (owner.name, *owner.aliases) if len(form) >= 2)
        named = (r for r in self.reading.referents if row.fits(r) and r.names and r.key != owner.key)
        return next((r.key for r in named if r.name.startswith(forms)), "")

    def _home(self, owner: Referent, noun: str) -> str:
        """The place after which ``owner`` is called: 全市 in an article of 云浮市总工会."""
        places = (r for r in self.reading.referents if r.type is EntityType.PLACE and r.name.endswith(noun))
        fitting = [r for r in places if any(owner.name.startswith(form) for form in (r.name, *r.aliases))]
        return max(fitting, key=lambda r: (len(r.name), r.key)).key if fitting else ""

    def _narrator(self) -> str:
        for name, referent in self.mentions:
            if referent.type is EntityType.PERSON and _NARRATOR.search(
                self.text, max(0, name.start - 12), name.start
            ):
                return referent.key
        return ""

    def _remember(self, clause: Clause) -> None:
        people = [key for key in clause.subjects if self.reading.by_key[key].type is EntityType.PERSON]
        if not people:
            return
        sentence = self.reading.sentences[clause.sentence]
        credit = sentence.end - sentence.start <= 60 and CREDIT.search(self.text, sentence.start, clause.end)
        if not credit:
            self.person = people[-1]

    def _headings(self) -> None:
        """Lay the subject of each heading over the paragraphs below it."""
        current: tuple[str, ...] = ()
        body = True
        for number, sentence in enumerate(self.reading.sentences):
            if not self._is_heading(number):
                body = True
                self.table.heading_of_paragraph.setdefault(sentence.paragraph, current)
                continue
            keys = self._heading_subjects(number)
            if keys or body:
                current = keys
            body = False

    def _heading_subjects(self, number: int) -> tuple[str, ...]:
        """The organizations that begin a clause of the heading, and the persons whose label it is."""
        sentence = self.reading.sentences[number]
        if CREDIT.search(self.text, sentence.start, sentence.end):
            return ()
        found: list[str] = []
        for clause in self._clauses_of(number):
            label = bool(LABEL.match(self.text, clause.end_of_subject, sentence.end))
            found += [
                key
                for key in clause.subjects
                if (kind := self.reading.by_key[key].type) in ORGANIZATION
                or (label and kind is EntityType.PERSON)
            ]
        return tuple(found)

    def _elided(self) -> frozenset[int]:
        """The paragraphs whose first sentence of substance names no one as its subject."""
        seen: set[int] = set()
        found: set[int] = set()
        for number, sentence in enumerate(self.reading.sentences):
            if sentence.paragraph in seen:
                continue
            acting = any(self._acting(clause) for clause in self._clauses_of(number))
            short = sentence.end - sentence.start <= 25
            if not acting and short and ENUMERATED.match(self.text, sentence.start):
                continue
            seen.add(sentence.paragraph)
            if not acting:
                found.add(sentence.paragraph)
        return frozenset(found)

    def _acting(self, clause: Clause) -> bool:
        kinds = {self.reading.by_key[key].type for key in clause.subjects}
        return not clause.aside and bool(kinds & {EntityType.ORGANIZATION, EntityType.PERSON})

    def _clauses_of(self, number: int) -> list[Clause]:
        bounds = [*self.table.first_of_sentence[number : number + 2], len(self.table.clauses)]
        return self.table.clauses[bounds[0] : bounds[1]]

    def _is_heading(self, number: int) -> bool:
        sentence = self.reading.sentences[number]
        if sentence.heading:
            return True
        text = self.text[sentence.start : sentence.end]
        return len(text) <= 40 and bool(_HEADINGLIKE.search(text))


# Small words.


@dataclass(frozen=True, slots=True)
class _Noun:
    """A row of ``stand_ins.tsv``."""

    noun: str
    types: frozenset[str]
    subtypes: frozenset[str]
    bare: bool

    def fits(self, referent: Referent) -> bool:
        """Whether the noun can stand for ``referent``."""
        if referent.type not in self.types:
            return False
        if not self.subtypes or referent.type not in ORGANIZATION:
            return True
        if SQUAD.search(referent.name):
            return False
        return (referent.subtype or "") in self.subtypes


@cache
def _nouns() -> tuple[re.Pattern[str], dict[str, _Noun]]:
    rows = {
        row["noun"]: _Noun(
            row["noun"],
            frozenset(row["type"].split("|")),
            frozenset(row["subtype"].split("|")) - {""},
            row["bare"] == "yes",
        )
        for row in table("stand_ins")
    }
    longest = sorted(rows, key=lambda noun: (-len(noun), noun))
    return re.compile("|".join(map(re.escape, longest))), rows


def _noun_at(text: str, place: int, end: int) -> tuple[_Noun, int] | None:
    pattern, rows = _nouns()
    match = pattern.match(text, place, end)
    return (rows[match.group()], match.end()) if match else None


@cache
def _stand_in_openings() -> frozenset[str]:
    """The characters with which a word that stands in for a name can begin."""
    return frozenset("他她我该这此本全" + "".join(row["noun"][0] for row in table("stand_ins")))


@cache
def _words(kind: str) -> str:
    words = (row["word"] for row in table("clause_leads") if row["kind"] == kind)
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


@cache
def _lead() -> re.Pattern[str]:
    return re.compile(rf"(?:{_OPENING}|{_TIME}|{_ENUMERATION}|(?:{_words('lead')})(?:，|,)?)+")


@cache
def _preposition() -> re.Pattern[str]:
    return re.compile(_words("preposition"))


@cache
def _company() -> re.Pattern[str]:
    return re.compile(rf"{_ADVERBS}(?:{_words('company')})")


def _foremost(bodies: list[Referent]) -> str:
    """For which of the bodies in somebody's titles he or she acts here: the first union, else the first."""
    return next((b for b in bodies if b.subtype is Subtype.TRADE_UNION), bodies[0]).key


def _is_coordination(gap: str) -> bool:
    return bool(_COORDINATION.fullmatch(gap))


def _is_apposition(gap: str, head: Referent, following: Referent) -> bool:
    """Whether ``following`` is what ``head`` and the words between them only introduce."""
    kind = following.type
    if head.type is EntityType.PERSON:
        return False
    if kind is EntityType.PERSON:
        fitting = not gap or gap[-1] in _GAP_END
        return fitting and bool(_GAP.fullmatch(gap)) and not _GAP_VERB.search(gap)
    if head.type in (EntityType.ORGANIZATION, EntityType.PLACE):
        if kind in (EntityType.ORGANIZATION, EntityType.FACILITY, EntityType.PLACE):
            return bool(_DIRECT.fullmatch(gap))
        return bool(_DATED.fullmatch(gap))
    return not gap and head.type is EntityType.AWARD


def _after_leads(text: str, start: int, end: int) -> int:
    match = _lead().match(text, start, end)
    return match.end() if match else start


def _after_opening(text: str, place: int, end: int) -> int:
    while place < end and text[place] in _QUOTES:
        place += 1
    return place


def _after_name(text: str, place: int, end: int) -> int:
    match = _AFTER_NAME.match(text, place, end)
    return match.end() if match else place


def _outermost(mentions: Iterable[tuple[Name, Referent]]) -> list[tuple[Name, Referent]]:
    found: list[tuple[Name, Referent]] = []
    for pair in mentions:
        if not found or pair[0].start >= found[-1][0].end:
            found.append(pair)
    return found
