"""At which body a post is held: the one named with it, its parent, or the one that the passage means.

Offsets are half-open ranges of code points of :attr:`Reading.text`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg.language.annotations import Name, Reading, Referent, Sentence
from kg.language.lexicon import column, table
from kg.language.posts import post_kind
from kg.language.protagonists import SQUAD, is_governed
from kg.language.subjects import main_organization, subjects_at
from kg.vocabulary import EntityType, Subtype

__all__ = ["Holders"]

_NEAR: Final = 40
_HEAD: Final = 8
"""How many paragraphs are the head of an article."""
_NEARBY: Final = 300
"""How many characters back a body must be named to be what the passage speaks of."""
_DEPARTMENT: Final = re.compile(
    r"(?:(?:机关|直属)?(?:工会|工会委员会|党组|党委|党总支|党支部|团委|妇联)"
    r"|[^公厂集]{0,8}(?:部|处|科|室|办|班|组|队|车间|股|段|线|系|工段))"
)
_CONGRESS: Final = re.compile(r"会员(?:代表)?大会|工会.*代表大会")
_OWN_CONGRESS: Final = re.compile(
    r"(?:公司|集团|企业|学校|学院|医院|单位|机关|厂|局|院|校|本会)?工会?(?:第|会员|工会|换届|首)|第|会员"
)
"""A congress that bears no name of its own (公司工会第三次会员代表大会)."""
_PARTY_ORGAN: Final = re.compile(r"党[组委]$|支部$")
_PARTY_POST: Final = re.compile(r"书记|成员|委员|干事|常委|组织员")
_UNION_POST: Final = re.compile(r"主席|主任|委员|干事|部长|巡视员|调研员|会长|秘书长|组长")
_ENTERPRISE_POST: Final = re.compile(
    r"经理|董事|监事|总裁|厂长|校长|院长|行长|矿长|站长|场长|园长|总监|总工程师|总会计师|局长|厅长|处长|科长|车间主任"
)
"""Posts that no union has."""
_HEAD_OF_PLACE: Final = re.compile(r"(?:代|副|常务副)?[省市区县镇乡州旗]长")
_OWN_DEPARTMENT: Final = re.compile(
    r"团委|党委|党组|党总支|党支部|纪委|工会|妇联|女工委|机关|[^副总正]{1,6}(?:部|处|科|室|办|院|系|所|中心|车间|班|组|队|股|段)"
)
"""Words for a part with which a post can begin (学工部部长)."""
_PART_END: Final = re.compile(r"(?:科|室|部|处|股|班|组|队|车间|工段|办|系|党组|党委|团委|支部)$")
_LAY_PART: Final = re.compile(r"(?:科|室|部|处|股|班|组|队|车间|工段|系)$")
_OF_A_PART: Final = re.compile(r"[一-鿿]{2,}(?:科|室|部|处|门诊|车间|班|组|队|办|中心)(?=[一-鿿]{2,}$)")
"""A post with a part of the body in front of it (门诊部护士长), which no other part has."""
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
        self._only: str | None = None

    def only_person(self, makers: set[int]) -> str:
        """The one person named but for those who made the article (at places ``makers``), or empty."""
        if self._only is None:
            told = (r for r in self.reading.referents if r.type is EntityType.PERSON)
            people = [r.key for r in told if any(n.start not in makers for n in r.names)]
            self._only = people[0] if len(people) == 1 else ""
        return self._only

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
                return self._own_union() if _OWN_CONGRESS.match(event.name) else ""
        return None

    def _own_union(self) -> str:
        """The union that the article is about; empty where it is about another body."""
        owner = main_organization(self.reading)
        if owner is None:
            return ""
        body = self.reading.by_key[owner]
        if body.subtype is Subtype.TRADE_UNION:
            return owner
        union = self.by_form.get(body.name + "工会")
        return union.key if union else ""

    def of_inherited(self, key: str, post: str) -> str:
        """The body of a post that follows another in a chain (公司党委书记、总经理): a part's parent where
        the part has no such post; empty where only a parent without a name can have it."""
        body = self.reading.by_key[key]
        parent = self._parent(body)
        union = body.subtype is Subtype.TRADE_UNION
        if parent is None:
            return "" if union and _ENTERPRISE_POST.search(post) else key
        party = body.subtype is Subtype.PARTY_ORGANIZATION or _PARTY_ORGAN.search(body.name)
        fits = _PARTY_POST if party else _UNION_POST if union else None
        if fits is not None:
            return key if fits.search(post) else parent.key
        if _OWN_DEPARTMENT.match(post):
            return parent.key
        _, ends = _holders_of(post)
        return key if not ends or body.name.endswith(ends) or post_kind(post) != "office" else parent.key

    def of_state(self, key: str, post: str) -> str:
        """The body of the post of a head of a place named with a party committee (市委副书记、市长): the
        government of that place; empty where the article does not name it."""
        body = self.reading.by_key[key]
        if body.subtype is not Subtype.PARTY_ORGANIZATION or _HEAD_OF_PLACE.fullmatch(post) is None:
            return key
        place = re.sub(r"(?:中共|委员会|党工委|委|党委)", "", body.name)
        names = (place + end for end in ("人民政府", "政府"))
        return next((self.by_form[name].key for name in names if name in self.by_form), "")

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
        key = self._nearest(place, bare, kinds, ends, untitled, called=word is not None)
        return self.of_own(key, bare), key

    def of_label(self, post: str) -> str | None:
        """The body of a post that is the label of a line (理事长：张三): the one that the article is about;
        empty for those who made the article (编辑：张三)."""
        return "" if post in _makers() else main_organization(self.reading)

    def of_own(self, key: str | None, post: str) -> str:
        """The post as a union calls it that has it itself: 主席 for 工会主席."""
        if key and self.reading.by_key[key].subtype is Subtype.TRADE_UNION:
            return post.removeprefix("工会") or post
        return post

    def _nearest(
        self,
        place: int,
        post: str,
        kinds: frozenset[str],
        ends: tuple[str, ...],
        untitled: bool,
        *,
        called: bool,
    ) -> str | None:
        sentence = self.reading.sentence_at(place)
        paragraph = sentence.paragraph if sentence else -1
        same: list[Referent] = []
        here: list[Referent] = []
        before: list[Referent] = []
        introducing: list[Referent] = []
        in_part = _OF_A_PART.match(post) is not None
        for name, body in self._mentions_before(place):
            there = self.reading.sentence_at(name.start)
            if there is None or there.paragraph < paragraph - 1:
                break
            if (untitled and name.end in self.post_starts) or _has_no_such(body.name, post):
                continue
            if is_governed(self.reading, name):
                continue
            if in_part and _LAY_PART.search(body.name):
                continue
            if there.paragraph != paragraph:
                before.append(body)
            elif name.end in self.post_starts and there != sentence:
                introducing.append(body)
            else:
                (same if there == sentence else here).append(body)
        found = (
            _fittest(same, post, kinds, ends)
            or _fittest(self._spoken_of(sentence, paragraph), post, kinds, ends)
            or _fittest(here, post, kinds, ends)
            or _fittest(introducing, post, kinds, ends)
        )
        if post_kind(post) != "office":
            return _fittest(same, post, kinds, ends) or found if called else _fittest(same, post, kinds, ends)
        if found is not None:
            return found
        owner = main_organization(self.reading)
        known = owner and (called or self._is_theme(owner, place))
        if owner and known and _fits(self.reading.by_key[owner], kinds, ends):
            return owner
        return _fittest(before, post, kinds, ends)

    def _spoken_of(self, sentence: Sentence | None, paragraph: int) -> list[Referent]:
        """The body of which the sentence before speaks, in the same paragraph."""
        if sentence is None:
            return []
        last = self.reading.sentence_at(max(0, sentence.start - 1)) or self.reading.sentence_at(
            max(0, sentence.start - 2)
        )
        if last is None or last.paragraph != paragraph or last == sentence:
            return []
        keys = subjects_at(self.reading, last.start, frozenset({EntityType.ORGANIZATION}))[:1]
        near = self.reading.within(max(0, last.start - _NEARBY), sentence.start, EntityType.ORGANIZATION)
        return [body for _, body in near if body.key in keys][-1:]

    def _is_theme(self, key: str, place: int) -> bool:
        """Whether the body has been named before, and more than once or at the head of the article."""
        names = self.reading.by_key[key].names
        if not names or names[0].start >= place:
            return False
        first = self.reading.sentence_at(names[0].start)
        return len(names) > 1 or (first is not None and first.paragraph < _HEAD)

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
        (b for b in bodies if _tells(b.name, post, ends)),
        None,
    )
    if telling is not None:
        return telling.key
    return next((b.key for b in bodies if _fits(b, kinds, ends)), None)


def _tells(name: str, post: str, ends: tuple[str, ...]) -> bool:
    """Whether a name shows that its body has such a post (科主任 of 急诊科)."""
    if name.endswith(ends or "\0") or (len(post) == 3 and post[:2] in name):
        return True
    return len(post) <= 4 and post[0] in "科部室班组队股站" and name.endswith(post[0])


def _fits(body: Referent, kinds: frozenset[str], ends: tuple[str, ...]) -> bool:
    if SQUAD.search(body.name):
        return False
    if not body.name.endswith(ends or "\0") and (_PART_END if ends else _LAY_PART).search(body.name):
        return False
    return (body.subtype is not None and body.subtype.value in kinds) or body.name.endswith(ends or "\0")


@cache
def _makers() -> frozenset[str]:
    return frozenset(column("byline_roles", "form"))


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
