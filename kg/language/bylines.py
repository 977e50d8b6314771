"""Who made an article: the names in its by-lines and credits, and the part that each had.

A word such as 记者 in running text (记者从市总工会获悉) makes nobody a maker: names count where a
stretch of text is nothing but names, parts (通讯员, 责任编辑) and the bodies that people write for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import rjieba
from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from kg.language.annotations import Byline
from kg.language.lexicon import column, table

__all__ = ["bylines_in", "is_credit", "is_person_name", "org_end"]

_HAN: Final = "一-鿿㐀-䶿"
_DOT: Final = "·•・‧∙"
_EDGES: Final = "■□◆◇●◎▲△▼（(【[〔）)】]〕*#\u3000 "
_WORDS = re.compile(
    rf"[{_HAN}]+(?:[{_DOT}][{_HAN}]+)*|[A-Za-z][A-Za-z.'’-]*(?: [A-Z][A-Za-z.'’-]*)*"
    r"|[/／、|｜：:，,；; 　]+|."
)
_NUMBER: Final = "[\\d一二三四五六七八九十]{1,3}"
_DATE = re.compile(
    r"(?:(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{2})[ ]?[年./-][ ]?"
    rf"(?:{_NUMBER}[ ]?[月./-]?[ ]?)?(?:{_NUMBER}[ ]?日?)?|{_NUMBER}月{_NUMBER}日|第{_NUMBER}版"
)
_ASIDE = re.compile(r"[（(][^（）()]{1,40}[)）]")
_BRACKET = re.compile(r"[（(【\[][^（）()【】\[\]]{2,90}[)）】\]]")
_REPORTS = re.compile(
    r"[讯电][ 　]*(?P<credit>(?:本[报刊网台])?(?:全媒体)?(?:通讯员|记者)[ ]?"
    rf"[{_HAN}、 ]{{2,16}}?)(?:报道|摄影报道)[：:]"
)
_PHOTO = re.compile(
    rf"(?:^|[。！？”） 　])[ 　]*(?P<credit>(?:[{_HAN}]{{0,8}}(?:记者|通讯员)[ ]?)?"
    rf"[{_HAN}·]{{2,9}}(?:、[{_HAN}·]{{2,9}})?[ 　]?(?:摄影?|供图))[）)]?$"
)
_MOST_WORDS: Final = 40
_TAIL_LINES: Final = 8
_LONGEST: Final = 160
_PICTURES: Final = frozenset({"文", "图", "文图", "图文"})
_PICTURE_SIGN = re.compile("[文图摄]")
_LATE: Final = frozenset(
    {"摄影", "供稿", "整理", "执笔", "撰稿", "撰写", "记录", "采写", "报道", "摄影报道", "制图", "编辑整理"}
)
"""Parts that may stand behind the names (李明 供稿)."""
_POSTS: Final = (
    "副主席",
    "主席",
    "主任",
    "部长",
    "书记",
    "局长",
    "科长",
    "干事",
    "会长",
    "秘书长",
    "同志",
    "老师",
)
_NOT_NAMES: Final = frozenset(
    {
        "等",
        "一行",
        "联合",
        "提供",
        "发布",
        "转载",
        "综合",
        "节选",
        "实习",
        "试行",
        "待续",
        "未完",
        "摘要",
        "整理",
    }
)
_RUNNING = re.compile(r"[由为是系在从向对把将被让说问看到了着的和与于]")
"""Characters with which a part goes on into a sentence (图片由, 编辑了)."""


@dataclass(slots=True)
class _Person:
    start: int
    end: int
    roles: list[str]


def bylines_in(text: str, lines: list[tuple[int, int]], body: int) -> list[Byline]:
    """The makers of the article in order of place, each part of each person once.

    Args:
        text: the repaired text.
        lines: the half-open ranges of its lines without the blanks around them.
        body: the number of the first line of running text.
    """
    seen: set[tuple[str, str]] = set()
    found = []
    for byline in sorted(_all(text, lines, body), key=lambda b: (b.start, b.role)):
        if (byline.text, byline.role) not in seen:
            seen.add((byline.text, byline.role))
            found.append(byline)
    with_part = {b.text for b in found if b.role not in ("作者", "摄影")}
    return [b for b in found if b.role != "作者" or b.text not in with_part]


def _all(text: str, lines: list[tuple[int, int]], body: int) -> Iterator[Byline]:
    for number, (start, end) in enumerate(lines):
        line = text[start : min(end, start + 2 * _LONGEST)]
        at_tail = number >= len(lines) - _TAIL_LINES
        if end - start <= _LONGEST and (number < body or at_tail or line[0] in _EDGES):
            free = number >= len(lines) - 3 and line[0] in "（("
            yield from _makers(text, start, end, free=free or (0 < number < body and _is_signature(line)))
        yield from _from_brackets(text, start, end, last=number >= len(lines) - 3)
        if "报道" in line[:60] and (match := _REPORTS.search(line[:60])):
            yield from _makers(text, start + match.start("credit"), start + match.end("credit"))
        tail = text[max(start, end - 40) : end]
        if re.search("摄影?[）)]?$|供图[）)]?$", tail) and (match := _PHOTO.search(tail)):
            offset = end - len(tail)
            yield from _makers(text, offset + match.start("credit"), offset + match.end("credit"))


def _is_signature(line: str) -> bool:
    """Whether a line under the title is a body and a name (东河区总工会 李小明)."""
    words = line.strip(_EDGES).replace("　", " ").split()
    body = words[0] if words else ""
    named = 1 < len(words) < 5 and all(map(is_person_name, words[1:]))
    return named and len(body) > 3 and org_end(body) == len(body) and not is_person_name(body)


def _from_brackets(text: str, start: int, end: int, *, last: bool) -> Iterator[Byline]:
    for match in _BRACKET.finditer(text, start, end):
        inside = match.group()[1:-1]
        if _role_form().search(inside) or re.match(r"[图文][ 　/／]|.*[图文]$", inside):
            yield from _makers(text, match.start(), match.end())
        elif match.end() >= end - 30 and _closes(text[start : match.start()][-6:], last=last):
            yield from _makers(text, match.start(), match.end(), free=True)


def _closes(before: str, *, last: bool) -> bool:
    """Whether a bracket stands where an author's name does: behind a full stop, or alone at the end."""
    return before.rstrip()[-1:] in '。！？”."…）)' if before.strip() else last


def _makers(text: str, start: int, end: int, *, free: bool = False) -> Iterator[Byline]:
    for person in _people(text, start, end, free=free):
        for role in person.roles or ["作者"]:
            yield Byline(person.start, person.end, text[person.start : person.end], role)


def is_credit(line: str) -> bool:
    """Whether a line is nothing but makers and their parts.

    >>> is_credit("■全媒体记者许小英 通讯员清工宣"), is_credit("记者从市总工会获悉，驿站建成")
    (True, False)
    """
    if len(line) > _LONGEST or not (_PICTURE_SIGN.search(line) or _role_form().search(line)):
        return False
    return bool(_people(line, 0, len(line), free=False))


def _people(text: str, start: int, end: int, *, free: bool) -> list[_Person]:
    """The makers named in a stretch that is nothing but a credit; none where it is anything else.

    ``free`` allows names without a part. Where a body, a part or a plain name shows that a stretch
    is a credit, its other words may be names of any form.
    """
    words = _words(text, start, end)
    if not words or len(words) > _MOST_WORDS:
        return []
    sure = any(_role_form().search(w) or w in _PICTURES or org_end(w) == len(w) > 2 for w, _ in words)
    plain = sum(is_person_name(w) for w, _ in words)
    for lenient in (False, True) if sure or plain else (False,):
        people = _Credit(words, free=free, lenient=lenient).people
        if people:
            return people
    return []


def _words(text: str, start: int, end: int) -> list[tuple[str, int]]:
    """The words of a stretch with their places; a date or a remark in brackets behind a word is left out.

    Empty where marks stand in it that no credit has.
    """
    words: list[tuple[str, int]] = []
    position = start
    while position < end:
        aside = _DATE.match(text, position, end) or (_ASIDE.match(text, position, end) if words else None)
        if aside:
            position = aside.end()
            continue
        match = _WORDS.match(text, position, end)
        if match is None:
            return []
        word = match.group()
        if word in _PICTURES and text[match.end() : match.end() + 1].isdigit():
            return []
        if re.match(rf"[{_HAN}A-Za-z]", word) or word[0] in "，,；;：:":
            words.append((word, position))
        elif word == "。" and position >= end - 2:
            break
        elif word[0] not in "/／、|｜ 　《》“”" and word not in _EDGES and not word.isdecimal():
            return []
        position = match.end()
    return words


class _Credit:
    """What a row of words says of the makers, read word after word."""

    def __init__(self, words: list[tuple[str, int]], *, free: bool, lenient: bool) -> None:
        self._lenient = lenient
        self._people: list[_Person] = []
        self._group: list[_Person] = []  # the people since the last part was named
        self._role: str | None = None
        self._pen_names = True  # whether the part may be followed by a name of any form
        self._parts = 0
        self._skipping = False  # over the value of a field such as 来源
        self._comma = False  # a comma stands before the word
        self._over = False  # something else follows (…整理，未经本人审阅)
        for number, (word, place) in enumerate(words):
            if not self._read(word, place, [w for w, _ in words[number + 1 :]]):
                self._people = []
                return
            if self._over:
                break
        if not self._parts and not free:
            self._people = []

    @property
    def people(self) -> list[_Person]:
        """The people, if this was a credit."""
        return self._people

    def _read(self, word: str, place: int, behind: list[str]) -> bool:
        """Take one word; False where it does not belong into a credit."""
        behind_comma, self._comma = self._comma, word[0] in "，,；;"
        if word[0] in "，,；;：:":
            self._role = self._role if self._group or word[0] in "：:" else None
            return bool(self._people) or self._parts > 0 or self._skipping
        if word in _PICTURES:
            self._read_picture(word, behind)
            return True
        match = _role_form().search(word)
        if match is None and word in _fields():
            self._skipping, self._role, self._group = True, None, []
            return True
        if match is None and self._skipping:
            return True
        if match is None:
            named = self._read_name(word, place) if word[-1] != "摄" else self._read_photographer(word, place)
            self._over = not named and bool(self._people) and (behind_comma or word.startswith("发自"))
            return named or self._over
        leads = behind[:1] != [] and behind[0][0] in "：:"
        return self._read_part(word, place, match, leads=leads)

    def _read_picture(self, word: str, behind: list[str]) -> None:
        """文, 图, 文/图: before names their part; behind names theirs, if they have none yet."""
        self._parts += 1
        names = (
            behind[0]
            if behind and behind[0] not in _PICTURES
            else ""
            if not behind
            else "/".join(behind[1:2])
        )
        leads = bool(names) and not _role_form().search(names)
        if leads:
            both = self._role == "作者" and not self._group
            self._begin("作者" if both or "文" in word else "摄影")
        elif self._group and not any(person.roles for person in self._group):
            for person in self._group:
                person.roles.append("作者" if "文" in word or "文" in behind else "摄影")

    def _read_photographer(self, word: str, place: int) -> bool:
        named = len(word) == 1 or self._read_name(word[:-1], place, late=True)
        self._end("摄影")
        return named

    def _read_part(self, word: str, place: int, match: re.Match[str], *, leads: bool) -> bool:
        before, after, role = word[: match.start()], word[match.end() :], _roles()[match.group()]
        self._skipping = False
        if not after and role in _LATE and not leads:
            if before and not self._read_name(before, place, late=True):
                return False
            if self._group and not self._group[-1].roles:
                self._end(role)
                return True
        self._pen_names = not before or role not in _LATE
        if len(before) > 16 or after[:1] in tuple(_DOT) or (after and _RUNNING.match(after)):
            return False
        self._begin(role)
        return not after or (self._is_glued(after) and self._read_name(after, place + match.end()))

    def _begin(self, role: str) -> None:
        self._group, self._role = [], role
        self._parts += 1

    def _end(self, role: str) -> None:
        """A part that stands behind its names."""
        self._parts += 1
        for person in self._group:
            if role not in person.roles:
                person.roles.append(role)
        self._role, self._group = None, []

    def _is_glued(self, name: str) -> bool:
        """Whether what follows a part without a blank can be a name."""
        if any(dot in name for dot in _DOT):
            return all(c in _DOT or c in _foreign() or c in _surnames() for c in name)
        return is_person_name(name) or self._role in ("通讯员", "特约通讯员")

    def _read_name(self, word: str, place: int, *, late: bool = False) -> bool:
        for post in _POSTS:
            if word.endswith(post) and is_person_name(
                word.removesuffix(post), after_role=self._role is not None
            ):
                word = word.removesuffix(post)
        lead = 0 if is_person_name(word) and len(word) <= 3 else _office_end(word)
        name = word[lead:].removesuffix("等") if len(word) > lead + 2 else word[lead:]
        if not name or (len(name) == 1 and not self._people):
            return True
        odd = (self._lenient or late) and _is_no_word(name)
        after_role = self._role is not None and self._pen_names and not lead
        if odd or is_person_name(name, after_role=after_role):
            person = _Person(place + lead, place + lead + len(name), [self._role] if self._role else [])
            self._people.append(person)
            self._group.append(person)
            return True
        return False


def is_person_name(word: str, *, after_role: bool = False) -> bool:
    """Whether ``word`` has the shape of a person's name; behind a part a pen name will do.

    >>> is_person_name("张小明"), is_person_name("清工宣"), is_person_name("清工宣", after_role=True)
    (True, False, True)
    """
    if len(word) < 2 or word in _NOT_NAMES or word in _fields() or word.startswith("发自"):
        return False
    if word in _no_names() and not after_role:
        return False
    if any(dot in word for dot in _DOT):
        known = all(c in _DOT or c in _foreign() or c in _surnames() for c in word)
        return len(word) <= 24 and (known or after_role)
    if word[0].isascii():
        return word[0].isupper()
    if len(word) > 8 or (word[-1] in "族市县区省" and len(word) < 4):
        return False
    if (word[0] in _surnames() and len(word) <= 3) or (word[:2] in _surnames() and 3 <= len(word) <= 4):
        return True
    if len(word) >= 4:
        return all(character in _foreign() for character in word) or (after_role and len(word) == 4)
    return after_role


def _is_no_word(name: str) -> bool:
    """Whether a word of two to six characters is made of none that a dictionary knows."""
    if not 2 <= len(name) <= 6 or name in _NOT_NAMES or name in _fields() or _RUNNING.search(name):
        return False
    return all(character in _foreign() for character in name) or all(
        len(word) == 1 for word in rjieba.cut(name, hmm=False)
    )


def _office_end(word: str) -> int:
    """Where the body and the post before a name end, as in 县总工会干事许小婷; the whole of a mere body."""
    if any(dot in word for dot in _DOT):
        return 0
    end = org_end(word)
    for start, stop, _ in _posts().find(word):
        rest = word[stop:]
        if stop > end and (not rest or is_person_name(rest)) and (start > 0 or rest):
            end = stop
    return end


def org_end(words: str, *, body: bool = False) -> int:
    """Where the last head of an organization in ``words`` ends, 0 where none stands behind a name.

    With ``body`` departments and teams do not count.
    """
    return max((end for start, end, _ in _org_heads(body=body).find(words) if start > 0), default=0)


@cache
def _roles() -> dict[str, str]:
    return {row["form"]: row["role"] for row in table("byline_roles")}


@cache
def _role_form() -> re.Pattern[str]:
    forms = sorted((form for form in _roles() if len(form) > 1 and "/" not in form), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, forms)))


@cache
def _fields() -> frozenset[str]:
    return frozenset(column("masthead_fields", "form")) - frozenset(_roles())


@cache
def _posts() -> CharwiseDoubleArrayAhoCorasick:
    posts = sorted(post for post in column("posts", "post") if len(post) > 1)
    return CharwiseDoubleArrayAhoCorasick(posts, MATCH_KIND_LEFTMOST_LONGEST)


@cache
def _surnames() -> frozenset[str]:
    return frozenset(column("surnames", "surname"))


@cache
def _foreign() -> frozenset[str]:
    return frozenset(column("name_transliteration", "character"))


@cache
def _no_names() -> frozenset[str]:
    return frozenset(row["word"] for row in table("stop_names") if row["looks_like"] == "person")


@cache
def _org_heads(*, body: bool) -> CharwiseDoubleArrayAhoCorasick:
    rows = (row for row in table("organization_heads") if not body or row["role"] == "body")
    heads = {row["head"] for row in rows if len(row["head"]) > 1}
    return CharwiseDoubleArrayAhoCorasick(
        sorted(heads if body else heads | set("报社网台刊科局")), MATCH_KIND_LEFTMOST_LONGEST
    )
