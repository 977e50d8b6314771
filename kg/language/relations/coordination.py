"""Who stands with whom: titles before and after names, groups of names, shared and distributed heads.

A *title* is what introduces a person: posts with their body (国家局党组书记、局长，中国烟草总公司总经理),
honours (全国劳动模范), a body alone (市总工会的). Titles stand before the name, after it in a bracket or
behind a comma, or right behind it (陈苑副主席). Indices are places in :attr:`Row.units`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from kg.language.annotations import Reading
from kg.language.relations.rows import Row, marks

__all__ = [
    "Introduced",
    "PostTitle",
    "bodies_before",
    "group_before",
    "introduced",
    "past_particulars",
    "post_chain",
    "text_of",
]

_TRANSPARENT: Final = frozenset("chdwkeg")
_BODIES: Final = frozenset("OF")
_APPOSITION: Final = re.compile(r".h?,(?P<fill>x?)(?=[OFL]*d?J|A|[OFL]+xc[xJ]|[OFL]+xJ(?:[c,]|$))")
_PART_LEAD: Final = re.compile(
    r"[一-鿿]{1,10}(?:工会|联合会|联合工会|委员会|协会|学会|研究会|部|处|科|室|办|院|系|所|中心|车间|小组|支部|总支)"
)
"""A part that no one has recognised, before its post in a list (党委副书记、工会联合会|主席张三)."""
_PARTICULAR: Final = re.compile(r",?[xTULc]{1,3}(?=,)")
_BIOGRAPHIC: Final = re.compile(
    r"男|女|.{1,5}族|.{0,12}(?:\d{2,4}[年.]\d{0,2}月?)?.{0,4}出?生(?:于.{1,8})?"
    r"|来自.{1,12}|.{0,10}党员|.{0,12}(?:学历|文化|学位|人|岁|毕业|职称|团员|群众|入党|参加工作)|.{0,12}加入中国.{1,10}"
)
_MEMBER: Final = re.compile(
    f"(?:{marks('fill').pattern}|汉子|师傅|[男女]工|族|医生|工匠|骨干|之一|标兵|带头人|能手)$"
)
_UNSEEN_PART: Final = re.compile(r"c?J(?:c(?:[OF](?:c[OF])*)?d?J)*h?P")
_NO_PART: Final = re.compile(
    r"[的了在对把将被与向由从到是和给让]|召开|举行|开展|选举|产生|慰问|走访|看望|出席|参加|职工|员工|代表"
)
_CHAIN: Final = re.compile(
    r"(?:[xTNR]?[OFL](?:c[OF])*)?(?:xc){0,3}x?d?J(?:[co,]*(?:[OF](?:c[OF])*)?d?J|cx(?:J|(?=[c,]|$)))*"
)


@dataclass(frozen=True, slots=True)
class PostTitle:
    """A post (index of its unit) and the bodies that stand with it (indices; none where it has none).

    ``lead`` is the unit of the words for a part that belong to the post (工会联合会|主席).
    """

    post: int
    bodies: tuple[int, ...] = ()
    lead: int | None = None


@dataclass(slots=True)
class Introduced:
    """A person (index) with the titles that introduce him or her."""

    person: int
    posts: list[PostTitle] = field(default_factory=list)
    awards: list[int] = field(default_factory=list)
    forms_of_address: list[PostTitle] = field(default_factory=list)
    body: int | None = None


def text_of(reading: Reading, row: Row, index: int) -> str:
    """The words of a unit."""
    unit = row.units[index]
    return reading.text[unit.start : unit.end]


def introduced(reading: Reading, row: Row) -> list[Introduced]:
    """Every person of the row with what introduces him or her, in order of place.

    A post goes on to the names that follow in the same list unless one person alone can hold it
    (副主席卢冰、郑钦藩: both; 主席林旭群、郑钦藩: the first); an honour goes on to all of them.
    """
    return _Titles(reading, row).run()


class _Titles:
    """One walk over a row from left to right."""

    def __init__(self, reading: Reading, row: Row) -> None:
        self.reading = reading
        self.row = row
        self.codes = row.codes
        self.bodies: list[int] = []
        self.posts: list[PostTitle] = []
        self.awards: list[int] = []
        self.start: int | None = None
        self.shared: Introduced | None = None
        self.found: list[Introduced] = []
        self.led = -1

    def run(self) -> list[Introduced]:
        for i, code in enumerate(self.codes):
            if code == "P":
                self._person(i)
            elif code in _BODIES:
                self._body(i)
            elif code == "J":
                self._post(i)
            elif code == "A":
                self._open(i)
                self.awards.append(i)
            elif code == ",":
                self._comma(i)
            elif code == "x":
                self._text(i)
            elif code == "L":
                self._open(i)
            elif code == ":" and self.posts and self.codes[i - 1] == "J":
                continue
            elif code not in _TRANSPARENT:
                self._break()
        return self.found

    def _open(self, i: int) -> None:
        if self.start is None:
            self.start = i

    def _break(self) -> None:
        self.bodies, self.posts, self.awards, self.start, self.shared = [], [], [], None, None

    def _body(self, i: int) -> None:
        self._open(i)
        together = i >= 2 and self.codes[i - 1] == "c" and self.codes[i - 2] in _BODIES and bool(self.bodies)
        self.bodies = [*self.bodies, i] if together else [i]

    def _post(self, i: int) -> None:
        after = self.codes[i + 1 : i + 2]
        if self.found and i >= 2 and self.codes[i - 1] == "c" and self.start is None and after != "P":
            last = self.found[-1].forms_of_address[-1:]
            if last and last[0].post == i - 2:
                self.found[-1].forms_of_address.append(PostTitle(i))
                return
        if i and self.codes[i - 1] in "Ph" and self.found and after != "P":
            self._address(i)
            return
        self._open(i)
        lead = i - 1 if self.led == i else None
        self.posts.append(PostTitle(i, tuple(self.bodies), lead))

    def _address(self, i: int) -> None:
        """A post right behind the name (陈苑副主席) belongs to the body or post that introduces it."""
        person = self.found[-1]
        if i - person.person > 2:
            return
        bodies = person.posts[-1].bodies if person.posts else () if person.body is None else (person.body,)
        if bodies:
            person.posts.append(PostTitle(i, bodies))
        else:
            person.forms_of_address.append(PostTitle(i))

    def _comma(self, i: int) -> None:
        """A comma keeps a chain of titles together (党组书记、局长，总公司总经理凌成兴), nothing else."""
        behind = self.start is not None and _stands_behind(self.codes, self.start)
        if not self.posts or self.bodies == [] or behind:
            self._break()
        elif self.shared is not None:
            self.shared = None

    def _text(self, i: int) -> None:
        words = text_of(self.reading, self.row, i)
        if self._is_unseen_part(i, words):
            return
        if self._leads_to_post(i, words):
            self.led = i + 1
            return
        if not (marks("fill").fullmatch(words) and (self.start is not None)):
            if self.codes[i + 1 : i + 2] in ("P", "J") and len(words) <= 12 and _MEMBER.search(words):
                self.posts = []
                self.shared = None
                return
            self._break()

    def _leads_to_post(self, i: int, words: str) -> bool:
        """Whether the words are a part with its post behind it, in a list of posts of one body."""
        listed = bool(self.posts) and bool(self.bodies) and self.codes[i - 1 : i] == "c"
        return listed and self.codes[i + 1 : i + 2] == "J" and _PART_LEAD.fullmatch(words) is not None

    def _is_unseen_part(self, i: int, words: str) -> bool:
        """Whether the words are an unseen part of the body or an unseen post (X公司三号|组长张三)."""
        if i == 0 or self.codes[i - 1] not in _BODIES or len(words) > 8:
            return False
        return _UNSEEN_PART.match(self.codes, i + 1) is not None and _NO_PART.search(words) is None

    def _person(self, i: int) -> None:
        person = Introduced(i)
        listed = i > 0 and self.codes[i - 1] in "cP"
        if self.posts or self.awards:
            person.posts = self.posts
            person.awards = self.awards
            person.body = self.bodies[-1] if self.bodies else None
        elif listed and self.shared is not None and not self.bodies:
            person.posts = [p for p in self.shared.posts if not self._single(p.post)]
            person.awards = list(self.shared.awards)
        elif self.bodies:
            person.body = self.bodies[-1]
        self._behind(person)
        self.found.append(person)
        self.bodies, self.posts, self.awards, self.start = [], [], [], None
        self.shared = person

    def _single(self, post: int) -> bool:
        return marks("single").fullmatch(text_of(self.reading, self.row, post)) is not None

    def _behind(self, person: Introduced) -> None:
        """Titles behind a comma (张三，X公司董事长，…) and in a bracket (张三（X公司董事长）)."""
        start = past_particulars(self.reading, self.row, person.person)
        match = _APPOSITION.match(self.codes, start)
        if match and self._is_fill(match):
            chain = _CHAIN.match(self.codes, match.end())
            after = self.codes[chain.end() : chain.end() + 1] if chain else ""
            if chain and after in ("", ",", "c"):
                person.posts = [*person.posts, *post_chain(self.codes, match.end(), chain.end())]

    def _is_fill(self, match: re.Match[str]) -> bool:
        """Whether nothing but 原, 现任 and the like stands between the comma and the titles."""
        if not match["fill"]:
            return True
        words = text_of(self.reading, self.row, match.start("fill")).strip()
        return marks("fill").fullmatch(words) is not None


def past_particulars(reading: Reading, row: Row, i: int) -> int:
    """The last unit of the particulars behind a name (张三，男，汉族，1970年生); ``i`` if it has none."""
    while True:
        match = _PARTICULAR.match(row.codes, i + 1)
        if match is None:
            return i
        words = "".join(text_of(reading, row, k) for k in range(i + 1, match.end())).strip("，,")
        if _BIOGRAPHIC.fullmatch(words) is None:
            return i
        i = match.end() - 1


def _stands_behind(codes: str, start: int) -> bool:
    """Whether what begins at ``start`` is said of what stands before it."""
    return re.search(r"(?:[Ph],|[osvf])[xTNUd]*$", codes[max(0, start - _WINDOW) : start]) is not None


def post_chain(codes: str, start: int, end: int) -> list[PostTitle]:
    """The posts of a stretch of codes, each with the bodies that it shares with those before it."""
    found = []
    bodies: list[int] = []
    for i in range(start, end):
        if codes[i] in _BODIES:
            together = i > start + 1 and codes[i - 1] == "c" and codes[i - 2] in _BODIES
            bodies = [*bodies, i] if together else [i]
        elif codes[i] == "J":
            found.append(PostTitle(i, tuple(bodies)))
    return found


def group_before(codes: str, last: int) -> list[int]:
    """The persons and organizations that are coordinated with the one at ``last``, it included.

    Titles may stand before each (单位A张三、单位B李四: the persons), works after each
    (张三的《…》、李四的《…》).
    """
    kind = codes[last]
    found = [last]
    i = last
    while True:
        low = max(0, i - _WINDOW)
        before = (_PERSONS if kind == "P" else _BODY_LIST).search(codes[low:i])
        if before is None:
            return sorted(found)
        i = low + before.start()
        found.append(i)


_PERSONS: Final = re.compile(r"P(?:h|d?[xD]D?)?(?:c[OFLJAdchxR]{0,6}|,[OFLJAcdhw]*[JAw]h?)$")
_WINDOW: Final = 24
_BODY_LIST: Final = re.compile(r"O(?:h)?c$")


def bodies_before(codes: str, end: int) -> list[int]:
    """The coordinated organizations that end right before ``end``."""
    low = max(0, end - _WINDOW)
    match = re.search(r"O(?:[c]O)*$", codes[low:end])
    return [] if match is None else [i for i in range(low + match.start(), end) if codes[i] == "O"]
