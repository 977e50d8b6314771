"""The organizations of an article: which body each is, what it is part of, what it was called before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from operator import itemgetter
from typing import Final

from kg.identity import bodies, places
from kg.identity.article import Article, codes
from kg.identity.bodies import Body, analyse
from kg.identity.evidence import Evidence, Known, Own, Part, Thing
from kg.language import forms
from kg.language.gazetteer import Division, gazetteer
from kg.model import Entity
from kg.vocabulary import EntityType, Predicate, Subtype

__all__ = ["organizations", "unnamed_key"]

_NOW: Final = re.compile(r"前身(?:是|为|系|即)?|[（(](?:原名?|前身[是为]?|曾用名)[：:]?")
_LATER: Final = re.compile(
    r"(?:更名|改名|改制|改组|易名|改称)(?:为|成立?|组建)?|[（(](?:现名?|今)(?:更名)?[为是：:]?"
)
_LOCAL: Final = re.compile(
    r"[一-龥]{1,8}?(镇|乡|街道|开发区|高新区|经开区|园区|工业区|产业园)(?:总工会|工会联合会|工会工作委员会|工会)"
)
_MERGED: Final = re.compile(r"合并|兼并|并入|整合|联合组建|共同组建")
_NAMED: Final = re.compile(
    r"原?[“《]?([一-龥（）()]{2,20}?(?:厂|公司|集团|学校|学院|医院|研究所|报社))(?![一-龥]{0,2}工会)"
)
"""A former name that nothing else in the article shows to be one."""

_REACH: Final = 12
_MEDIUM: Final = re.compile(r"..(?:日报|晚报|工人报|职工报|劳动报|工会网|电视台|通讯社|融媒体中心|报)$")
_STANDS_FOR: Final = {"校": "学校", "院": "医院"}


def unnamed_key(body: Body) -> str:
    """The key of a body that an article names only as a part of another name."""
    return f"~{EntityType.ORGANIZATION}/{body.name}"


def organizations(article: Article) -> list[Thing]:
    """The organizations of an article, and those that are named only in the names of their parts."""
    return list(_Organizations(article))


class _Organizations:
    def __init__(self, article: Article) -> None:
        self.article = article
        self.entities = [e for e in article.extraction.entities if e.type is EntityType.ORGANIZATION]
        self.body = {e.key: bodies.analyse(e.name, article.near) for e in self.entities}
        self.by_core: dict[str, str] = {}
        for key, body in self.body.items():
            if body.kind == "own":
                self.by_core.setdefault(body.core, key)
        self.by_name = {body.name: key for key, body in self.body.items() if body.kind != "standin"}
        self.extra: dict[str, Thing] = {}
        self.fitting: dict[str, tuple[dict[str, Body], list[tuple[int, int, Body]]]] = {}
        self.before = dict(_renamings(article, self.body))
        for entity in self.entities:
            self.before.setdefault(entity.key, set()).update(_short_cores(entity, self.body[entity.key]))
        self.seats = _seats(article)

    def __iter__(self) -> Iterator[Thing]:
        found = [Thing(e.key, e.type, e.name, self.evidence(e, self.body[e.key])) for e in self.entities]
        yield from found
        yield from self.extra.values()

    def evidence(self, entity: Entity, body: Body) -> Evidence:
        if body.kind == "standin":
            return self.standin(entity, body)
        if (entity.subtype is Subtype.MEDIA or _MEDIUM.search(body.name)) and body.kind in (
            "own",
            "division",
        ):
            return Known(re.sub(r"^据(?=.{3})", "", body.name), "medium", (body.name,))
        return self.of_body(entity.key, body)

    def of_body(self, key: str, body: Body) -> Evidence:
        match body.kind:
            case "known":
                return Known(body.name, "known", (body.name,), cities=("*",))
            case "division":
                assert body.division is not None
                grounds = (body.division.code, body.head)
                return Known(
                    body.name, "division", grounds, whole=_whole(body), cities=codes([body.division])
                )
            case "part":
                whole = self.key_of(body.whole) if body.whole else self.company_of(body)
                return Part(whole, body.suffix, body.branch, self.article.cities if not whole else ())
            case "own" if local := self.local(body):
                return local
            case "own":
                lies = codes([body.division]) if body.division else ()
                return Own(
                    body.core,
                    body.name,
                    tuple(sorted({*lies, *self.seats.get(key, ())})) if not body.everywhere else (),
                    () if body.everywhere else self.article.cities,
                    body.everywhere,
                    tuple(sorted(self.before.get(key, ()))),
                )
            case _:
                return Known(body.name, "open", (body.head or body.name,), discriminator=self.article.id)

    def key_of(self, body: Body) -> str:
        """The key of a body: of the entity that it is, else of one that is added for it."""
        if body.kind == "own" and body.core in self.by_core:
            return self.by_core[body.core]
        if body.name in self.by_name:
            return self.by_name[body.name]
        full = [k for k, b in self.body.items() if b.kind == "own" and forms.is_short_of(body.name, b.name)]
        if body.kind == "own" and len({self.body[k].core for k in full}) == 1:
            return full[0]
        key = unnamed_key(body)
        if key not in self.extra:
            evidence = self.resolved(body.name) if body.kind == "standin" else self.of_body(key, body)
            self.extra[key] = Thing(key, EntityType.ORGANIZATION, body.name, evidence)
            if body.kind == "own":
                self.by_core[body.core] = key
        return key

    def local(self, body: Body) -> Known | None:
        """The union of a town or zone that no table has, in the only county or city that is named."""
        match = None if body.division else _LOCAL.fullmatch(body.name)
        if not match:
            return None
        named = self._divisions["county" if match[1] in ("镇", "乡", "街道") else "prefecture"]
        if len(named) != 1:
            return None
        (division,) = named
        name = places.title(division) + body.name
        return Known(name, "division", (division.code, body.name), cities=codes([division]))

    @cached_property
    def _divisions(self) -> dict[str, set[Division]]:
        """The divisions that the article names, by level."""
        found: dict[str, set[Division]] = {"county": set(), "prefecture": set()}
        for division, _ in self.article.setting.named:
            found.setdefault(division.level, set()).add(places.settled(division))
        return found

    def company_of(self, branch: Body) -> str:
        """The company of a branch that is named without it, where the article names one with such branches.

        赤峰供电分公司 beside 北疆电力有限公司鞍山供电分公司 is a branch of 北疆电力有限公司 as well.
        """
        by_suffix, by_kind = self._companies
        wholes = by_suffix.get(branch.suffix) or by_kind.get(_branch_kind(branch.suffix), {})
        return self.key_of(next(iter(wholes.values()))) if len(wholes) == 1 else ""

    @cached_property
    def _companies(self) -> tuple[dict[str, dict[str, Body]], dict[str, dict[str, Body]]]:
        """The companies that branches are named with, by the branch without them and by its kind."""
        by_suffix: dict[str, dict[str, Body]] = {}
        by_kind: dict[str, dict[str, Body]] = {}
        for body in (b for named in self.body.values() for b in _with_wholes(named)):
            if body.branch and body.whole is not None:
                by_suffix.setdefault(body.suffix, {})[body.whole.name] = body.whole
                by_kind.setdefault(_branch_kind(body.suffix), {})[body.whole.name] = body.whole
        return by_suffix, by_kind

    def standin(self, entity: Entity, body: Body) -> Evidence:
        """公司 and 公司工会: the body of which the text speaks, or a part of it."""
        noun = re.sub(
            r"^(?:本|我|该|这家|这一|全)|(?:工会(?:委员会)?|党委|党总支|党支部|团委|纪委|行政|妇联|女职工委员会)$",
            "",
            body.name,
        )
        named = self.article.places_of(entity)
        meant = self.meant(_STANDS_FOR.get(noun, noun), named[0][0] if named else 0)
        if meant is None:
            return Known(body.name, "open", (body.name,), discriminator=self.article.id)
        suffix = body.name.rpartition(noun)[2]
        return Part(meant, suffix)

    def resolved(self, name: str) -> Evidence:
        return Known(name, "open", (name,), discriminator=self.article.id)

    def meant(self, noun: str, place: int) -> str | None:
        """The body that a noun stands in for: the only one that fits, else the one named last before it."""
        if noun not in self.fitting:
            tops = ((s, e, _top(self.body[o.key])) for s, e, o in self._named)
            self.fitting[noun] = (
                {k: b for k, b in self._heads.items() if _fits(noun, b)},
                [(start, end, top) for start, end, top in tops if _fits(noun, top)],
            )
        heads, named = self.fitting[noun]
        if len({b.core or b.name for b in heads.values()}) == 1:
            return next(iter(heads))
        for i in range(bisect_left(named, place, key=itemgetter(0)) - 1, -1, -1):
            if named[i][1] <= place:
                return self.key_of(named[i][2])
        return None

    @cached_property
    def _named(self) -> list[tuple[int, int, Entity]]:
        return self.article.within(0, len(self.article.text), EntityType.ORGANIZATION)

    @cached_property
    def _heads(self) -> dict[str, Body]:
        """The bodies with names of their own, also those named only in the names of their parts."""
        found = {}
        for body in self.body.values():
            top = _top(body)
            if top.kind == "own":
                found[self.key_of(top)] = top
        return found


def _with_wholes(body: Body) -> Iterator[Body]:
    yield body
    while body.whole is not None:
        body = body.whole
        yield body


def _branch_kind(suffix: str) -> str:
    """What a branch is, without its place: 供电分公司 of 赤峰供电分公司."""
    divisions, rest = gazetteer().split_prefix(suffix)
    return rest if divisions and rest else suffix[2:]


def _short_cores(entity: Entity, body: Body) -> set[str]:
    """The cores of the short forms of a group that the article uses: 明江 of 明江集团 for 明江新材料集团."""
    if body.kind != "own" or "集团" not in body.name:
        return set()
    groups = (a for a in entity.aliases if a.endswith("集团") and forms.is_short_of(a, body.name))
    return {core for a in groups if (core := bodies.core_of(a)) != body.core}


def _top(body: Body) -> Body:
    while body.kind == "part" and body.whole is not None:
        body = body.whole
    return body


def _fits(noun: str, body: Body) -> bool:
    if body.kind != "own":
        return False
    if noun in ("学校", "医院", "学院"):
        return body.name.endswith(noun[1:]) or (
            noun == "学校" and body.name.endswith(("大学", "中学", "小学"))
        )
    if noun in ("厂", "工厂", "矿"):
        return body.name.endswith(noun[-1])
    if noun in ("公司", "集团", "集团公司", "总公司", "企业"):
        return not body.name.endswith(("学校", "大学", "学院", "中学", "小学", "医院", "队", "团"))
    return body.name.endswith(noun)


def _whole(body: Body) -> str:
    """The body of which an office or department is one: 湘潭市总工会 for 湘潭市总工会女职工部."""
    match = re.match(r"(.*?(?:总工会|人民政府|妇女联合会))(?=.)", body.name)
    return match[1] if match else ""


def _seats(article: Article) -> dict[str, tuple[str, ...]]:
    """Where organizations are said to lie."""
    entities = {e.key: e for e in article.extraction.entities}
    found: dict[str, tuple[str, ...]] = {}
    for fact in article.extraction.facts:
        if fact.predicate is Predicate.LOCATED_IN and fact.object in entities:
            place = article.setting.place(entities[fact.object].name)
            if place:
                found[fact.subject] = tuple(sorted({*found.get(fact.subject, ()), *codes([place])}))
    return found


def _renamings(article: Article, body: dict[str, Body]) -> Iterator[tuple[str, set[str]]]:
    """By the key of a body: the cores of names that the text says it had before."""
    found: dict[str, set[str]] = {}
    for pattern, now_first in ((_NOW, True), (_LATER, False)):
        for match in pattern.finditer(article.text):
            before, behind = _around(article, match.start(), match.end())
            now, other = (before, behind) if now_first else (behind, before)
            former = _top(body[other.key]) if other else None
            if other is not None and now is not None and other.key == now.key:
                former = _under_other_name(article, match, body[now.key], now_first)
            if now_first and now is None:
                now = _with_core_before(article, match.start(), body)
            if now_first and former is None and (words := _NAMED.match(article.text, match.end())):
                former = _top(analyse(words[1], article.near))
            if now is None or former is None:
                continue
            one = _top(body[now.key])
            if one.kind == former.kind == "own" and one.core != former.core:
                found.setdefault(now.key, set()).add(former.core)
    yield from found.items()


def _under_other_name(article: Article, match: re.Match[str], now: Body, now_first: bool) -> Body | None:
    """The former name of a body that the article already knows to be one with the new one."""
    start, end = (match.end(), match.end() + 4 * _REACH) if now_first else (match.start() - 40, match.start())
    named = article.within(max(0, start), end, EntityType.ORGANIZATION)
    found = (
        _top(analyse(article.text[s:e], article.near)) for s, e, _ in (named if now_first else named[::-1])
    )
    return next((b for b in found if b.kind == "own" and b.core != now.core), None)


def _with_core_before(article: Article, place: int, body: dict[str, Body]) -> Entity | None:
    """The body whose core stands before words of its past: 明光机械 in 明光机械的前身是…."""
    words = article.text[max(0, place - _REACH) : place].removesuffix("的")
    fits = [
        e
        for e in article.extraction.entities
        if e.key in body and body[e.key].kind == "own" and words.endswith(body[e.key].core)
    ]
    return max(fits, key=lambda e: (len(body[e.key].core), e.key), default=None)


def _around(article: Article, start: int, end: int) -> tuple[Entity | None, Entity | None]:
    """The organizations before and behind words that say a name was changed, not by a merger."""
    number = article.sentence(start)
    if number >= len(article.sentences):
        return None, None
    low, high = article.sentences[number]
    if _MERGED.search(article.text, low, high):
        return None, None
    behind = article.within(end, min(high, end + 4 * _REACH), EntityType.ORGANIZATION)
    behind = [row for row in behind if row[0] - end <= _REACH]
    before = article.within(low, start, EntityType.ORGANIZATION)
    return before[-1][2] if before else None, behind[0][2] if behind else None
