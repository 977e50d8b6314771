"""Posts, titles and occupations: by the grammar of tables, joined with what a recogniser found.

A post is a word of ``posts.tsv`` (主席, 经理, 焊工) with what belongs to it on the left: words of
``post_prefixes.tsv`` (副, 常务副, 工会) and a department that follows a name or opens a phrase
(经济工作部部长). Words that say when it is held (原, 时任) stay outside.

Offsets are half-open ranges of code points of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from typing import Final

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

from kg.language.annotations import Name, Post
from kg.language.lexicon import column, table
from kg.vocabulary import EntityType

__all__ = ["find_posts", "is_post", "post_kind"]

_LONGEST_DEPARTMENT: Final = 10
_OPENING: Final = frozenset("、，。；：:,;（()“‘【\n \u3000—-兼及和任当聘")
_PLAIN_WORK: Final = re.compile(
    r"(?:当|做|当上|做了|成为|干)(?:了|过|上)?(?:一名|一个|一位|的)?([\u4e00-\u9fff]{1,4}(?<![职员打分加竣动手农民])[工员])(?=[，。、；,;（])"
)
_TWO: Final = re.compile(
    r"(.{0,8}(?<!代)(?:书记|主席|经理|主任|局长|院长|校长|厂长|部长))((?:工会|党委|党组|纪委|副总|总).{0,4}(?:主席|书记|经理|主任))"
)
_CARRIERS: Final = frozenset({EntityType.ORGANIZATION, EntityType.FACILITY, EntityType.PLACE})


def find_posts(text: str, names: Sequence[Name] = (), crf_posts: Sequence[Post] = ()) -> list[Post]:
    """The posts of ``text`` in order of place, none over another.

    Args:
        text: repaired text.
        names: names found so far; a post lies in none of them and a department begins after one.
        crf_posts: posts of a recogniser; where two overlap the longer is kept.

    >>> [p.text for p in find_posts("原工会副主席、经济工作部部长")]
    ['工会副主席', '经济工作部部长']
    """
    fences = _Fences(names)
    found = [*crf_posts, *_by_grammar(text, fences)]
    kept: list[Post] = []
    taken: set[int] = set()
    for post in sorted(found, key=lambda p: (p.start - p.end, p.rule != "crf", p.start)):
        place = range(post.start, post.end)
        if taken.isdisjoint(place):
            taken.update(place)
            kept += _apart(post)
    return sorted(kept)


def post_kind(post: str) -> str:
    """What a post is: ``office``, ``title`` or ``occupation``, by the longest known word at its end.

    >>> post_kind("常务副主席"), post_kind("钢筋班焊工"), post_kind("高级工程师")
    ('office', 'occupation', 'title')
    """
    kinds = _kinds()
    for i in range(len(post)):
        kind = kinds.get(post[i:])
        if kind:
            return kind
    return "occupation" if post.endswith(("工", "员", "手")) else "office"


def is_post(words: str) -> bool:
    """Whether the words are nothing but one post.

    >>> is_post("副主席"), is_post("副主席台")
    (True, False)
    """
    found = find_posts(words)
    return len(found) == 1 and (found[0].start, found[0].end) == (0, len(words))


def _apart(post: Post) -> list[Post]:
    """One post, or the two that stand together without a mark (党委副书记工会主席)."""
    match = _TWO.fullmatch(post.text)
    if match is None:
        return [post]
    middle = post.start + match.end(1)
    return [
        Post(post.start, middle, match.group(1), post.rule),
        Post(middle, post.end, match.group(2), post.rule),
    ]


class _Fences:
    """The names of a text as borders that a post does not cross."""

    def __init__(self, names: Sequence[Name]) -> None:
        ordered = sorted(names, key=lambda n: (n.start, n.end))
        self._starts = [n.start for n in ordered]
        self._ordered = ordered
        self._ends = sorted((n.end, n.type in _CARRIERS) for n in ordered)

    def clear(self, start: int, end: int) -> int:
        """Where the stretch is free of names to its end: ``end`` if it is so nowhere."""
        i = bisect_left(self._starts, end) - 1
        return (
            min(end, max([start, *(n.end for n in self._ordered[max(0, i - 2) : i + 1])]))
            if i >= 0
            else start
        )

    def end_before(self, place: int) -> tuple[int, bool]:
        """Where the last name before ``place`` ends, and whether it can hold a department."""
        i = bisect_right(self._ends, (place, True)) - 1
        return self._ends[i] if i >= 0 else (0, False)


def _by_grammar(text: str, fences: _Fences) -> list[Post]:
    traps = [(start, end) for start, end, _ in _traps().find(text)]
    trap_starts = [start for start, _ in traps]
    found = _after_verb(text, fences)
    for start, end, _ in _words().find(text):
        i = bisect_right(trap_starts, start) - 1
        if i >= 0 and start < traps[i][1] and end <= traps[i][1]:
            continue
        if i + 1 < len(traps) and traps[i + 1][0] < end < traps[i + 1][1]:
            continue
        start = fences.clear(start, end)
        if end - start < 2:
            continue
        if (
            found
            and found[-1].end == start
            and found[-1].rule == "grammar:post"
            and _joins(found[-1].text, text[start:end])
        ):
            begin = found.pop().start
        else:
            begin = _with_department(text, _with_prefixes(text, start, fences), fences)
        found.append(Post(begin, end, text[begin:end], "grammar:post"))
    return found


def _after_verb(text: str, fences: _Fences) -> list[Post]:
    """Occupations that no table knows, where a verb and their form tell them (当季节工，)."""
    return [
        Post(*match.span(1), match.group(1), "grammar:occupation")
        for match in _PLAIN_WORK.finditer(text)
        if fences.clear(*match.span(1)) == match.start(1)
    ]


def _joins(first: str, second: str) -> bool:
    """Whether two words in a row are one post (钳工班长, 总经理助理) and not two."""
    return second == "助理" or (post_kind(first) == "occupation" and second != first)


def _with_prefixes(text: str, start: int, fences: _Fences) -> int:
    bound, _ = fences.end_before(start)
    ranks = _prefixes()
    moved = True
    while moved:
        moved = False
        for length in range(min(8, start - bound), 0, -1):
            kind = ranks.get(text[start - length : start])
            if kind == "time" or text.startswith("兼任", start - length):
                return start
            if kind and text.endswith(("医院", "法院", "学院", "察院", "剧院"), 0, start - length + 1):
                return start
            if kind:
                start -= length
                moved = True
                break
    return start


def _with_department(text: str, start: int, fences: _Fences) -> int:
    """The start of a department before a post, where a name or the opening of a phrase stands before it."""
    bound, carrier = fences.end_before(start)
    if text.startswith("的", bound) and bound < start:
        bound += 1
    behind_name = carrier and bound < start <= bound + _LONGEST_DEPARTMENT
    if behind_name and _department().fullmatch(text, bound, start):
        return bound
    low = max(bound, start - _LONGEST_DEPARTMENT)
    i = start
    while i > low and text[i - 1] not in _OPENING:
        i -= 1
    opened = i == 0 or text[i - 1] in _OPENING
    return i if opened and i < start and _department().fullmatch(text, i, start) else start


@cache
def _words() -> CharwiseDoubleArrayAhoCorasick:
    return CharwiseDoubleArrayAhoCorasick(sorted(_kinds()), MATCH_KIND_LEFTMOST_LONGEST)


@cache
def _kinds() -> dict[str, str]:
    return {row["post"]: row["kind"] for row in table("posts")}


@cache
def _prefixes() -> dict[str, str]:
    return {row["prefix"]: row["kind"] for row in table("post_prefixes")}


@cache
def _traps() -> CharwiseDoubleArrayAhoCorasick:
    return CharwiseDoubleArrayAhoCorasick(
        list(column("relation_post_traps", "word")), MATCH_KIND_LEFTMOST_LONGEST
    )


@cache
def _department() -> re.Pattern[str]:
    heads = sorted(
        {
            row["head"]
            for row in table("organization_heads")
            if row["role"] == "part" and row["subtype"] != "Company"
        },
        key=lambda head: (-len(head), head),
    )
    return re.compile(
        r"(?:(?![的了是为在对把被给向和与及从由]|总工会|公司|集团|委员会|局|厅|医院|学校|学院)"
        r"[\u4e00-\u9fff\d]){1,9}?(?:"
        + "|".join(map(re.escape, heads))
        + "|线|段|部|科|股|室|办|系|组|班|队)"
    )
