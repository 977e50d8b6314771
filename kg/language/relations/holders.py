"""At which body a post is held: the one named with it, its parent, or the one that the passage means.

Offsets are half-open ranges of code points of :attr:`Reading.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg.language.annotations import Name, Reading, Referent
from kg.language.lexicon import table
from kg.language.posts import post_kind
from kg.language.subjects import main_organization
from kg.vocabulary import EntityType, Subtype

__all__ = ["Holders"]

_NEAR: Final = 40
_DEPARTMENT: Final = re.compile(
    r"(?:(?:机关|直属)?(?:工会|工会委员会|党组|党委|党总支|党支部|团委|妇联)"
    r"|[^公厂集]{0,8}(?:部|处|科|室|办|班|组|队|车间|股|段|线|系|工段))"
)
_CONGRESS: Final = re.compile(r"会员(?:代表)?大会|工会.*代表大会")
_PARTY_ORGAN: Final = re.compile(r"党[组委]$|支部$")
_PARTY_POST: Final = re.compile(r"书记|成员|委员|干事|常委|组织员")
_UNION_POST: Final = re.compile(r"主席|主任|委员|干事|部长|巡视员|调研员|会长|秘书长|组长")
_SMALL_PARTS: Final = ("室", "科", "班", "组", "队", "车间", "部")
_COMMITTEES: Final = ("经费审查委员会", "经审委员会", "经审会", "女职工委员会")
_BODY_WORD: Final = re.compile(
    r"(?:(?:总|分|集团|本|该|我)?公司|集团|企业|学校|医院|全?厂|工厂|矿|校|院|局|站|所|馆"
    r"|镇|乡|街道|社区|村|区|县|市|州|旗)(?=.{2})"
)
_WORD_KINDS: Final = {
    **dict.fromkeys(("公司", "集团", "企业", "总公司", "分公司", "集团公司", "本公司", "该公司"), "Company"),
    **dict.fromkeys(("厂", "全厂", "工厂", "矿"), "Company"),
    **dict.fromkeys(("学校", "校"), "School"),
    "医院": "Other",
    "局": "GovernmentBody",
}


class Holders:
    """The bodies of an article and what they are called, to say where a post is held."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.by_form: dict[str, Referent] = {}
        for body in reading.referents:
            if body.type is EntityType.ORGANIZATION:
                for form in (body.name, *body.aliases):
                    self.by_form.setdefault(form, body)
        self.mentions = [(n, r) for n, r in reading.mentions if r.type is EntityType.ORGANIZATION]
        self.starts = [n.start for n, _ in self.mentions]
        self.events = [(n, r) for n, r in reading.mentions if r.type is EntityType.EVENT]
        self.post_starts = {p.start for p in reading.posts}
        self.event_starts = [n.start for n, _ in self.events]

    def variants(self, key: str, post: str) -> Iterator[tuple[str, str]]:
        """The body and post as they stand, and the same seen from the parent or from the body's union.

        维修二班的班长 is 维修二班班长 of the company; 公司工会主席 is 主席 of 公司工会.
        """
        yield key, post
        body = self.reading.by_key[key]
        parent = self._parent(body)
        if parent is not None:
            form = max((f for f in (parent.name, *parent.aliases) if body.name.startswith(f)), key=len)
            yield parent.key, body.name[len(form) :] + post
            return
        if post.startswith("工会") and body.subtype is not Subtype.TRADE_UNION:
            union = self.by_form.get(body.name + "工会")
            if union is not None and len(post) > 3:
                yield union.key, post.removeprefix("工会")

    def of_congress(self, place: int) -> str | None:
        """The body whose name stands in that of the congress last named (公司工会第三次会员代表大会).

        Empty where a congress has been named but no body in its name; None where none has.
        """
        sentence = self.reading.sentence_at(place)
        if sentence is None:
            return None
        i = bisect_left(self.event_starts, place)
        for k in range(i - 1, max(-1, i - 4), -1):
            name, event = self.events[k]
            there = self.reading.sentence_at(name.start)
            if there is None or there.paragraph < sentence.paragraph - 2:
                return None
            forms = [f for f in self.by_form if len(f) >= 3 and f in event.name]
            unions = [f for f in forms if self.by_form[f].subtype is Subtype.TRADE_UNION]
            if unions or (forms and "工会" not in event.name):
                return self.by_form[max(unions or forms, key=len)].key
            if _CONGRESS.search(event.name):
                return ""
        return None

    def of_inherited(self, key: str, post: str) -> str:
        """The body of a post that follows another in a chain (公司党委书记、总经理): a part's parent where
        the part has no such post."""
        body = self.reading.by_key[key]
        parent = self._parent(body)
        if parent is None:
            return key
        party = body.subtype is Subtype.PARTY_ORGANIZATION or _PARTY_ORGAN.search(body.name)
        fits = _PARTY_POST if party else _UNION_POST if body.subtype is Subtype.TRADE_UNION else None
        return key if fits is None or fits.search(post) else parent.key

    def _parent(self, body: Referent) -> Referent | None:
        """The body of whose name this one's is a continuation by a department, union or party organ."""
        for cut in range(len(body.name) - 1, 3, -1):
            parent = self.by_form.get(body.name[:cut])
            if parent is not None and parent.key != body.key:
                return parent if _DEPARTMENT.fullmatch(body.name[cut:]) else None
        return None

    def implied(self, post: str, place: int, *, untitled: bool) -> tuple[str, str | None]:
        """The post without a word for its body (公司董事长), and the body that the passage means.

        ``untitled``: a body that only introduces somebody else (X公司董事长张三当选主席) is not meant.
        """
        word = _BODY_WORD.match(post)
        bare = post[word.end() :] if word else post
        kinds, ends = _holders_of(bare)
        if word:
            known = _WORD_KINDS.get(word.group())
            kinds, ends = frozenset({known}) if known else kinds, (word.group()[-1],)
        key = self._nearest(place, bare, kinds, ends, untitled)
        if key and bare.startswith("工会") and self.reading.by_key[key].subtype is Subtype.TRADE_UNION:
            bare = bare.removeprefix("工会") or bare
        return bare, key

    def _nearest(
        self, place: int, post: str, kinds: frozenset[str], ends: tuple[str, ...], untitled: bool
    ) -> str | None:
        sentence = self.reading.sentence_at(place)
        paragraph = sentence.paragraph if sentence else -1
        here: list[Referent] = []
        before: list[Referent] = []
        for name, body in self._mentions_before(place):
            there = self.reading.sentence_at(name.start)
            if there is None or there.paragraph < paragraph - 1:
                break
            if (untitled and name.end in self.post_starts) or _has_no_such(body.name, post):
                continue
            (here if there.paragraph == paragraph else before).append(body)
        found = _fittest(here, post, kinds, ends)
        if found is not None or post_kind(post) != "office":
            return found
        owner = main_organization(self.reading)
        if owner and _fits(self.reading.by_key[owner], kinds, ends):
            return owner
        return _fittest(before, post, kinds, ends)

    def _mentions_before(self, place: int) -> Iterator[tuple[Name, Referent]]:
        i = bisect_left(self.starts, place)
        for k in range(i - 1, max(-1, i - _NEAR), -1):
            yield self.mentions[k]


def _has_no_such(name: str, post: str) -> bool:
    """Whether a body of that name surely has no such post: no 工会主席 in a workshop, a committee of the
    union or a regional union (whose head is 主席), no 主席 in its committees."""
    if post.startswith("工会") and name.endswith((*_SMALL_PARTS, "总工会")):
        return True
    return name.endswith(_COMMITTEES) and not post.endswith(("主任", "委员", "干事"))


def _fittest(
    bodies: Sequence[Referent], post: str, kinds: frozenset[str], ends: tuple[str, ...]
) -> str | None:
    """The nearest body whose name shows that it has such posts, else the nearest of a kind that has them."""
    telling = next(
        (b for b in bodies if b.name.endswith(ends or "\0") or (len(post) == 3 and post[:2] in b.name)), None
    )
    if telling is not None:
        return telling.key
    return next((b.key for b in bodies if _fits(b, kinds, ends)), None)


def _fits(body: Referent, kinds: frozenset[str], ends: tuple[str, ...]) -> bool:
    return (body.subtype is not None and body.subtype.value in kinds) or body.name.endswith(ends or "\0")


@cache
def _rows() -> dict[str, dict[str, str]]:
    return {row["post"]: row for row in table("relation_post_holders")}


@cache
def _holders_of(post: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Kinds of body that have such a post, and ends of their names, by the longest known end of the post."""
    rows = _rows()
    for i in range(len(post)):
        row = rows.get(post[i:])
        if row is not None:
            return frozenset(row["subtypes"].split()), tuple(row["ends"].split())
    return frozenset(), ()
