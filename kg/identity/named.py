"""What an article says of its places, awards, programmes, events, documents and facilities."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from kg.identity import places
from kg.identity.article import Article, codes
from kg.identity.evidence import Evidence, Known, Scoped, Thing
from kg.language import forms
from kg.language.gazetteer import Division, Surroundings, gazetteer
from kg.language.lexicon import column, table
from kg.language.numerals import parse
from kg.model import Entity, Fact
from kg.vocabulary import EntityType, Predicate

__all__ = ["named_things", "series"]

_NATIONWIDE: Final = re.compile(r"全国|国家|中国|中华|全总|中央|国际|世界")
_GRADE: Final = re.compile(
    r"(?:个人|团体|单项|集体)?(?:全能)?(?:特等奖|[一二三四]等奖|[金银铜]奖|[金银铜]牌|优秀奖|优胜奖|冠军|亚军|季军|最佳.{2,6}奖"
    r"|优秀组织奖|先进个人|先进集体|先进单位|优秀员工|先进工作者|劳动模范|技术能手|特别奖)"
)
_ORDINAL: Final = re.compile(r"第([一二三四五六七八九十百〇零\d]+)(届|次|期|季)")
_YEAR: Final = re.compile(r"((?:19|20)\d\d)年?度?(?:-\d{4}年)?")
_QUOTED: Final = re.compile(r"[“「‘\"]([^“”「」‘’\"]{2,})[”」’\"]")
_RELATIVE: Final = re.compile(
    r"((?:19|20)\d\d)年|(大前年|前年|去年|今年|明年)|([一二两三四五六七八九十\d]{1,2})年前"
)
_AGO: Final = {"大前年": 3, "前年": 2, "去年": 1, "今年": 0, "明年": -1}
_LAW: Final = re.compile(r"(?:中华人民共和国)?([一-龥]{1,12}法)")
_NO_LAW: Final = ("办法", "方法", "做法", "说法", "书法", "兵法", "工作法", "手法", "看法", "操作法")
_PLAIN_TITLE: Final = re.compile(
    r"(?:关于|《|》|工作|实施|活动|管理|暂行|试行|具体|专项|行动|总体|若干|的|[（(]试行[)）])*"
    r"(?:方案|意见|通知|办法|细则|规定|计划|决定|报告|倡议书|制度|章程|规划|公告|通报|协议|合同|建议|清单|要点|指南|手册|简章|条例)?"
)
_CONGRESS: Final = re.compile(r"总工会(?=(?:第.{1,3}[届次])?代表大会|(?:第.{1,3}[届次])?.{0,3}全委)")
_DEED: Final = re.compile(r"^.{0,6}(?:夺得|摘得|参加|出席|举办|承办|走进)(?=.{6})|^访(?=.{6})")
"""What a recogniser may have taken for the beginning of an occasion's name."""

_SCOPE: Final = re.compile(r"(?:全)?(省|自治区|市|县|区)(?=[^场政民长域])")
_SHORTEST: Final = 8
"""How long the name of an occasion is that is no mere kind: 表彰大会, 启动仪式."""


def named_things(article: Article) -> list[Thing]:
    """The things of an article that are neither organizations nor people."""
    reader = _Reader(article)
    return [
        Thing(e.key, e.type, e.name, reader.evidence(e))
        for e in article.extraction.entities
        if reader.reads(e)
    ]


class _Reader:
    def __init__(self, article: Article) -> None:
        self.article = article
        self.organizations = {
            form: e.key
            for e in article.extraction.entities
            if e.type is EntityType.ORGANIZATION
            for form in (e.name, *e.aliases)
            if len(form) >= 4
        }
        self.owners: dict[str, set[str]] = {}
        self.facts: dict[str, list[Fact]] = {}
        for fact in article.extraction.facts:
            for end in {fact.subject, fact.object}:
                self.facts.setdefault(end, []).append(fact)
            match fact.predicate:
                case Predicate.IMPLEMENTS | Predicate.ORGANIZES | Predicate.ISSUED | Predicate.OPERATES:
                    self.owners.setdefault(fact.object, set()).add(fact.subject)
                case Predicate.CONFERRED_BY:
                    self.owners.setdefault(fact.subject, set()).add(fact.object)
        self.numbers = _numbers(article)

    @staticmethod
    def reads(entity: Entity) -> bool:
        return entity.type not in (EntityType.ORGANIZATION, EntityType.PERSON)

    def evidence(self, entity: Entity) -> Evidence:
        match entity.type:
            case EntityType.PLACE:
                return self.place(entity)
            case EntityType.AWARD:
                return self.award(entity)
            case EntityType.PROGRAMME:
                return self.programme(entity)
            case EntityType.EVENT:
                return self.event(entity)
            case EntityType.DOCUMENT:
                return self.document(entity)
            case _:
                return self.facility(entity)

    def _owners(self, entity: Entity) -> tuple[str, ...]:
        return tuple(sorted(self.owners.get(entity.key, ())))

    def _split(self, name: str) -> tuple[Division | None, str]:
        divisions, rest = gazetteer().split_prefix(name, self.article.near)
        return (divisions[-1], rest) if divisions and rest else (None, name)

    def _of_organization(self, name: str) -> tuple[str, str]:
        """The key of the organization with which a name begins, and the rest."""
        beginnings = (name[:end] for end in range(len(name) - 2, 0, -1))
        form = next((beginning for beginning in beginnings if beginning in self.organizations), "")
        return (self.organizations[form], name[len(form) :]) if form else ("", name)

    def place(self, entity: Entity) -> Evidence:
        division = self.article.setting.place(entity.name) or self._by_alias(entity)
        if division:
            return Known(places.title(division), "place.division", (places.settled(division).code,))
        if entity.name in column("regions", "name"):
            return Known(entity.name, "place.region", (entity.name,))
        if len(gazetteer().by_name(entity.name)) > 1:
            return Known(entity.name, "place.open", (entity.name,), discriminator=self.article.id)
        return Scoped(entity.name, entity.name, around=self.article.home)

    def _by_alias(self, entity: Entity) -> Division | None:
        """The division of a longer form in the text: 沈阳市铁西区 for 铁西区."""
        for form in sorted(entity.aliases, key=len, reverse=True):
            divisions, rest = gazetteer().split_prefix(form, self.article.near)
            if divisions and not rest:
                return divisions[-1]
        return None

    def award(self, entity: Entity) -> Evidence:
        known = forms.full_form(entity.name, entity.type)
        plain = re.sub(rf"^{_YEAR.pattern}(?=.{{4}})", "", forms.core(known, entity.type))
        plain = plain.replace("五一奖", "五一劳动奖")
        if forms.is_known(known, entity.type) or _NATIONWIDE.match(plain):
            return Known(plain, "award.known", (plain,))
        division, rest = self._split(plain)
        if division:
            return Known(
                places.title(division) + rest, "award.division", (places.settled(division).code, rest)
            )
        body, rest = self._of_organization(plain)
        owners = (body,) if body else self._owners(entity)
        common = not body and (_GRADE.fullmatch(plain) is not None or len(plain) < 4)
        return Scoped(plain, entity.name, owners, around=self.article.home, common=common)

    def programme(self, entity: Entity) -> Evidence:
        plain = forms.bare(entity.name)
        core = forms.core(entity.name, entity.type)
        for form in (plain, core, *(core + tail for tail in ("行动", "工程", "计划", "活动", "改革"))):
            if forms.is_known(form, entity.type):
                name = forms.full_form(form, entity.type)
                return Known(name, "programme.known", (name,))
        if _NATIONWIDE.match(plain):
            return Known(plain, "programme.nationwide", (plain,))
        quoted = _QUOTED.search(entity.name)
        division, rest = self._split(plain)
        body, behind = self._of_organization(plain)
        within = codes([division]) if division else ()
        core = forms.bare(quoted[1]) if quoted else forms.core(behind if body else rest, entity.type)
        owners = tuple(sorted({*self._owners(entity), *([body] if body else [])}))
        return Scoped(core, entity.name, owners, within, self.article.home)

    def event(self, entity: Entity) -> Evidence:
        core, number, year = series(self._scoped(entity), self.article.near)
        division, _ = self._split(core)
        others = self.numbers.get(core, set()) - {number}
        return Scoped(
            core,
            entity.name,
            () if number else self._owners(entity),
            codes([division]) if division else (),
            () if number else self.article.home,
            number,
            year or self._year(entity),
            common=not division and not number and len(core) < _SHORTEST,
            others=tuple(sorted(others)),
        )

    def _scoped(self, entity: Entity) -> str:
        """The name with the division that 省, 市, 县 at its beginning means in this article."""
        plain = _DEED.sub("", forms.bare(entity.name))
        match = _SCOPE.match(plain)
        if not match:
            return plain
        places_ = self.article.places_of(entity)
        division = self.article.setting.meant(match[1], places_[0][0] if places_ else 0)
        return division.name + plain[match.end() :] if division else plain

    def _year(self, entity: Entity) -> str:
        """The year of an occasion by the words before its name, where they say one year only."""
        found: set[int] = set()
        for start, _ in self.article.places_of(entity):
            said = self._said_before(start)
            if said:
                found.add(said)
        if not found:
            found = {
                int(value)
                for f in self.facts.get(entity.key, ())
                for name, value in f.attributes
                if name == "year" and value.isdigit()
            }
        if len(found) == 1:
            return str(found.pop())
        title = self.article.extraction.title or ""
        current = entity.name in title or any(form in title for form in entity.aliases if len(form) > 3)
        return str(self.article.year) if not found and current and self.article.year else ""

    def _said_before(self, place: int) -> int:
        low = (
            max(place - 24, self.article.sentences[self.article.sentence(place)][0])
            if self.article.sentences
            else 0
        )
        matches = list(_RELATIVE.finditer(self.article.text, low, place))
        if not matches:
            return 0
        match = matches[-1]
        if match[1]:
            return int(match[1])
        if not self.article.year:
            return 0
        if match[2]:
            return self.article.year - _AGO[match[2]]
        count = parse(match[3].replace("两", "二"))
        return int(self.article.year - count) if count else 0

    def document(self, entity: Entity) -> Evidence:
        title = re.sub(r"[《》〈〉]", "", forms.bare(entity.name))
        law = _LAW.fullmatch(title)
        if law and not title.endswith(_NO_LAW):
            return Known(f"中华人民共和国{law[1]}", "document.law", (law[1],))
        division, rest = self._split(title)
        if division and rest.endswith(("条例", "规定", "办法")):
            return Known(
                places.title(division) + rest, "document.division", (places.settled(division).code, rest)
            )
        if _PLAIN_TITLE.fullmatch(title) or len(title) < 4:
            return Scoped(title, entity.name, self._owners(entity), around=self.article.home, common=True)
        return Known(title, "document.title", (title,))

    def facility(self, entity: Entity) -> Evidence:
        plain = forms.bare(entity.name)
        if plain.endswith(_platforms()) or _NATIONWIDE.match(plain):
            return Known(plain, "facility.platform", (plain,))
        division, rest = self._split(plain)
        if division:
            return Known(
                places.title(division) + rest, "facility.division", (places.settled(division).code, rest)
            )
        body, _ = self._of_organization(plain)
        owners = (body,) if body else ()
        return Scoped(plain, entity.name, owners, (), self.article.cities)


def _numbers(article: Article) -> dict[str, set[str]]:
    """By the series of occasions: the numbers that the article gives."""
    found: dict[str, set[str]] = {}
    for entity in article.extraction.entities:
        if entity.type is EntityType.EVENT:
            core, number, _ = series(entity.name, article.near)
            if number:
                found.setdefault(core, set()).add(number)
    return found


def series(name: str, near: Iterable[Division] | Surroundings = ()) -> tuple[str, str, str]:
    """The series of an occasion, its number in it and its year; empty where the name does not say.

    >>> series("2022年第五届江苏省快递职工技能大赛")
    ('江苏省快递职工技能大赛', '5', '2022')
    >>> series("广东省工会第十五次代表大会")
    ('广东省工会代表大会', '15', '')
    """
    plain = _DEED.sub("", forms.core(name, EntityType.EVENT))
    ordinal, year = _ORDINAL.search(plain), _YEAR.search(plain)
    number = _count(ordinal[1]) if ordinal else ""
    core = _YEAR.sub("", _ORDINAL.sub("", plain))
    divisions, rest = gazetteer().split_prefix(core, near)
    if divisions and rest:
        core = places.title(divisions[-1]) + rest
    return _CONGRESS.sub("工会", core) or plain, number, year[1] if year else ""


def _count(words: str) -> str:
    value = parse(words)
    return str(int(value)) if value is not None else words


@cache
def _platforms() -> tuple[str, ...]:
    return tuple(row["head"] for row in table("facility_heads") if row["kind"] == "platform")
