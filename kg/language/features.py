"""What the recogniser sees of each character, as 64-bit keys.

A text of *n* characters becomes an array of shape *(k, n)*: a key for each of *k* templates and
each character. A key is the hash of the template's number and of what stands in it, so that two
characters have the same key in a row where, and only where, they look alike through that
template. All is computed over the whole text at once with numpy; sentences are not needed.

The templates look at the characters and words around (words and their tags by rjieba: evidence,
never the ruler), at the clause (the next head of a name, the verbs, the neighbours in a list), at
quotation marks and brackets, at what is repeated in the text, and at the tables of
:mod:`kg.language.lexicon`.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import repeat
from typing import Final

import numpy as np
import rjieba
from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick
from numpy.typing import NDArray

from kg.language.lexicon import column, table
from kg.vocabulary import Subtype

__all__ = ["VERSION", "feature_keys", "normalise"]

VERSION: Final = 1
"""Changes with the templates; a model knows the version that it was trained with."""

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]

_STRAIGHT: Final = re.compile(r'"([^"\n]{1,60})"')

_K: Final = np.uint64(0x9E3779B97F4A7C15)
_BASE: Final = 0x2545F4914F6CDD1D
_INVERSE: Final = pow(_BASE, -1, 2**64)
_ZERO: Final = np.uint64(0)
_BEYOND: Final = np.zeros(2, dtype=np.uint64)
_HARD: Final = "，。！？；：\n（）、“”《》"
_TAGS: Final = (
    "x a ad ag an b c d df dg e eng f g h i j k l m mg mq n ng nr nrfg nrt ns nt nz o p q r rg rr rz s t tg "
    "u ud ug uj ul uv uz v vd vg vi vn vq y z zg"
)
"""The tags of the segmenter; those of function words, marks and verbs end a phrase."""
_STOP_TAGS: Final = "x v vd vg p c u ud ug uj ul uv uz d df dg r rg rr rz y e zg"
_VERB_TAGS: Final = "v vd vg vq"
_TAG_NUMBERS: Final = {tag: number for number, tag in enumerate(_TAGS.split(), 1)}


def normalise(text: str) -> str:
    """``text`` with one form for each mark, of the same length.

    >>> normalise('市总工会(简称"市总"),２０２４年')
    '市总工会（简称“市总”），2024年'
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    plain = _plain_forms()[codes].tobytes().decode("utf-32-le")
    return _STRAIGHT.sub(r"“\1”", plain) if '"' in plain else plain


@cache
def _plain_forms() -> NDArray[np.uint32]:
    """The plain form of each code point; half a surrogate pair, which no segmenter takes, becomes U+FFFD."""
    forms = np.arange(0x110000, dtype=np.uint32)
    for low, high in ((0xFF10, 0xFF1A), (0xFF21, 0xFF3B), (0xFF41, 0xFF5B)):
        forms[low:high] -= 0xFEE0
    forms[0xD800:0xE000] = 0xFFFD
    for written, plain in zip(",:;!?()[]「」『』＂•・　", '，：；！？（）［］“”“”"·· ', strict=True):
        forms[ord(written)] = ord(plain)
    return forms


def feature_keys(text: str) -> Keys:
    """The keys of every character of ``text``, shape *(number of templates, len(text))*.

    >>> feature_keys("云浮市总工会").shape[1]
    6
    """
    if not text:
        return np.zeros((1, 0), dtype=np.uint64)
    view = _View(normalise(text))
    rows = [
        *_character_rows(view),
        *_word_rows(view),
        *_clause_rows(view),
        *_bracket_rows(view),
        *_repetition_rows(view),
        *_lexicon_rows(view),
    ]
    keys = np.stack(rows)
    keys ^= (np.arange(1, len(rows) + 1, dtype=np.uint64) * np.uint64(0xD6E8FEB86659FD93))[:, None]
    keys *= _K
    keys ^= keys >> np.uint64(32)
    keys *= np.uint64(0xD6E8FEB86659FD93)
    return keys


# --- arrays -----------------------------------------------------------------------------------


def _join(*parts: NDArray[np.uint64]) -> Keys:
    """One number for what stands in several arrays at each place."""
    joined = parts[0]
    for part in parts[1:]:
        joined = joined * _K
        joined += part
    return joined


def _shift(values: Keys, offset: int) -> Keys:
    """``values[i + offset]`` at each ``i``; 0 beyond the ends."""
    if offset == 0:
        return values
    shifted = np.zeros_like(values)
    if offset > 0:
        shifted[:-offset] = values[offset:]
    else:
        shifted[-offset:] = values[:offset]
    return shifted


def _last_true(mask: NDArray[np.bool_]) -> Places:
    """The last place at or before each where ``mask`` holds, or -1."""
    return np.maximum.accumulate(np.where(mask, np.arange(len(mask)), -1))


def _next_true(mask: NDArray[np.bool_]) -> Places:
    """The first place at or after each where ``mask`` holds, or the length."""
    n = len(mask)
    return np.minimum.accumulate(np.where(mask, np.arange(n), n)[::-1])[::-1]


def _at(values: Keys, places: Places, where: NDArray[np.bool_] | None = None) -> Keys:
    """``values`` at ``places``, from two before the start on; 0 beyond the ends and where not ``where``."""
    padded = np.concatenate((values, _BEYOND))
    if where is not None:
        places = np.where(where, places, len(values))
    return padded[np.minimum(places, len(values))]


def _capped(values: Places, cap: int) -> Keys:
    return np.minimum(values, cap).astype(np.uint64)


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


@cache
def _character_table(groups: tuple[str, ...]) -> NDArray[np.uint8]:
    """The number of the group, from 1, that holds each code point; 0 for the others."""
    numbers = np.zeros(0x110000, dtype=np.uint8)
    for number, group in enumerate(groups, 1):
        numbers[_code_points(group)] = number
    return numbers


_DIGIT: Final = 2
_CLASSES: Final = (
    "".join(map(chr, range(0x3400, 0xA000))),
    "0123456789",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "一二三四五六七八九十百千万亿〇零两",
    '“”‘’"',
    "《》〈〉",
    "（）［］【】",
    "，、；：",
    "。！？\n",
    "·—-/&",
    "年月日",
    " ",
)


# --- the text as characters, words and lines --------------------------------------------------


class _View:
    """The arrays of which templates are made: one value a character, or one a word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.n = len(text)
        codes = _code_points(text)
        self.codes = codes
        classes = _character_table(_CLASSES)[codes]
        chars = np.where(classes == _DIGIT, np.uint32(ord("0")), codes).astype(np.uint64)
        self.c = {k: _shift(chars, k) for k in range(-3, 4)}
        self.k = {k: _shift(classes.astype(np.uint64), k) for k in range(-2, 4)}
        self.hard = _character_table((_HARD,))[codes] > 0
        self.hard_before, self.hard_after = _last_true(self.hard), _next_true(self.hard)
        self._cut(codes)
        of = self.of
        self.w = {k: _shift(self.hashes, k)[of] for k in range(-2, 3)}
        self.t = {k: _shift(self.tags, k)[of] for k in range(-2, 3)}

    def _cut(self, codes: NDArray[np.uint32]) -> None:
        """Words: bounds, tags, a hash of each, and the word and the place in it of each character."""
        tagged = rjieba.tag(self.text)
        words, tags = zip(*tagged, strict=True)
        lengths = np.fromiter(map(len, words), dtype=np.int64, count=len(words))
        self.lengths = lengths
        self.ends = np.cumsum(lengths)
        self.starts = self.ends - lengths
        numbers = map(_TAG_NUMBERS.get, tags, repeat(0))
        self.tags = np.fromiter(numbers, dtype=np.uint64, count=len(tags))
        powers = np.full(self.n, _BASE, dtype=np.uint64)
        powers[0] = 1
        inverses = np.full(self.n, _INVERSE, dtype=np.uint64)
        inverses[0] = 1
        sums = np.zeros(self.n + 1, dtype=np.uint64)
        np.cumsum(codes * np.multiply.accumulate(powers), out=sums[1:])
        self.hashes = (sums[self.ends] - sums[self.starts]) * np.multiply.accumulate(inverses)[self.starts]
        self.of = np.repeat(np.arange(len(words)), lengths)
        place = np.arange(self.n)
        before = place - self.starts[self.of]
        after = self.ends[self.of] - 1 - place
        self.place = _capped(before, 2) * np.uint64(3) + _capped(after, 2)
        self.first = codes[self.starts].astype(np.uint64)
        self.last = codes[self.ends - 1].astype(np.uint64)


def _character_rows(v: _View) -> list[Keys]:
    c, k = v.c, v.k
    return [
        *(c[i] for i in range(-3, 4)),
        _join(c[-3], c[-2]),
        _join(k[-1], k[0], k[1]),
        _join(k[-2], k[-1], k[0], k[1], k[2]),
    ]


def _word_rows(v: _View) -> list[Keys]:
    w, t, place, of = v.w, v.t, v.place, v.of
    first_next = _shift(v.first, 1)[of]
    last = {i: _shift(v.last, i)[of] for i in (-1, 0, 1)}
    here = _join(t[0], place)
    return [
        _join(w[0], place),
        _join(w[-1], place),
        _join(w[1], place),
        w[-2],
        w[2],
        _join(here, _capped(v.lengths, 5)[of]),
        _join(t[-1], here),
        _join(t[1], here),
        _join(t[-1], t[1], here),
        _join(t[-2], t[-1], here),
        _join(t[1], t[2], here),
        *(_join(last[i], place) for i in (-1, 0, 1)),
        _join(first_next, here),
    ]


# --- clauses, brackets, lines -----------------------------------------------------------------


def _clause_rows(v: _View) -> list[Keys]:
    """The end of the phrase, the verbs and the neighbours in a list, seen from inside the clause."""
    of, place = v.of, v.place
    count = len(v.tags)
    index = np.arange(count)
    tag = v.t[0]
    hard = v.hard[v.starts]
    stop = hard | _tagged(v.tags, _STOP_TAGS)
    verb = _tagged(v.tags, _VERB_TAGS)
    after, before = _next_true(hard), _last_true(hard)
    stops = _next_true(stop)
    end = np.where(stops > index, stops - 1, index)
    ahead = _capped(end - index, 6)
    next_verb = np.append(_next_true(verb)[1:], count)
    last_verb = np.insert(_last_true(verb)[:-1], 0, -1)
    verb_after = _at(v.hashes, next_verb, next_verb < after)[of]
    verb_before = _at(v.hashes, last_verb, last_verb > before)[of]
    item, previous = np.maximum(after - 1, 0), np.maximum(before - 1, 0)
    following = np.append(_next_true(hard), [count, count])[np.minimum(after, count - 1) + 1]
    opened, closed = _at(v.first, before), _at(v.first, after)
    return [
        _join(v.hashes[end], ahead)[of],
        _join(v.last[end], ahead)[of],
        _join(v.hashes[end][of], place),
        _join(ahead[of], place, tag, _at(v.tags, stops)[of]),
        verb_before,
        verb_after,
        _join(verb_before, tag, place),
        _join(verb_after, tag, place),
        _join(v.hashes[previous], opened)[of],
        _join(v.hashes[np.maximum(following - 1, 0)], closed)[of],
        _join(opened, closed, _capped(index - before, 4), _capped(after - index, 4))[of],
        _join(v.last[item], closed)[of],
    ]


def _tagged(tags: Keys, names: str) -> NDArray[np.bool_]:
    wanted = np.zeros(len(_TAG_NUMBERS) + 1, dtype=np.bool_)
    wanted[[_TAG_NUMBERS[name] for name in names.split()]] = True
    return wanted[tags.astype(np.int64)]


def _bracket_rows(v: _View) -> list[Keys]:
    """How far inside which marks, and what stands about the marks; and the line."""
    quote = _inside(v, "“", "”", 40)
    book = _inside(v, "《", "》", 60)
    round_ = _inside(v, "（", "）", 40)
    q1, q2, q = _capped(quote[0], 3), _capped(quote[1], 3), _capped(quote[0] + quote[1], 14)
    b1, b = _capped(book[0], 3), _capped(book[0] + book[1], 1)
    r1, r2, r = _capped(round_[0], 3), _capped(round_[1], 3), _capped(round_[0] + round_[1], 14)
    some_q, some_r = np.minimum(q, np.uint64(1)), np.minimum(r, np.uint64(1))
    char, tag = v.c[0], v.t[0]
    breaks = v.codes == 10
    start, end = _last_true(breaks), _next_true(breaks)
    place = np.arange(v.n)
    return [
        _join(q, q1, q2),
        _join(some_q, q1, char),
        _join(some_q, q2, char),
        _join(b, r, r1, r2),
        _join(b, b1, tag),
        _join(some_q, b, some_r, tag, v.place),
        _join(_capped((end - start - 1) // 8, 6), _capped(place - start - 1, 1)),
        *_about_quotation(v, *quote),
        _ends(v, *round_)[2],
    ]


def _inside(v: _View, opening: str, closing: str, limit: int) -> tuple[Places, Places]:
    """Distances of each character from the mark before and to the mark after it; 0 outside of marks."""
    to_open = np.zeros(v.n, dtype=np.int64)
    to_close = np.zeros(v.n, dtype=np.int64)
    if opening in v.text:
        for match in re.finditer(f"{opening}([^{opening}{closing}\n]{{1,{limit}}}){closing}", v.text):
            start, end = match.span(1)
            to_open[start:end] = np.arange(1, end - start + 1)
            to_close[start:end] = np.arange(end - start, 0, -1)
    return to_open, to_close


def _ends(v: _View, to_open: Places, to_close: Places) -> tuple[Keys, Keys, Keys]:
    """The two characters before the opening mark, after the closing one, and last inside; 0 outside."""
    inside = np.flatnonzero(to_open)
    opened, closed = inside - to_open[inside], inside + to_close[inside]
    c = v.c[0]
    found = np.zeros((3, v.n), dtype=np.uint64)
    pairs = ((opened - 1, opened - 2), (closed + 1, closed + 2), (closed - 1, closed - 2))
    for row, (near, far) in enumerate(pairs):
        found[row, inside] = _join(_at(c, near), _at(c, far))
    return found[0], found[1], found[2]


def _about_quotation(v: _View, to_open: Places, to_close: Places) -> list[Keys]:
    inside = np.flatnonzero(to_open)
    opened, closed = inside - to_open[inside], inside + to_close[inside]
    c, w, t = v.c[0], v.w[0], v.t[0]
    found = np.zeros((4, v.n), dtype=np.uint64)
    found[0, inside] = _at(w, opened - 1)
    found[1, inside] = _at(w, closed + 1)
    found[2, inside] = _join(c[closed - 1], _at(c, closed + 1), _capped(to_open[inside], 3))
    length = _capped(to_open[inside] + to_close[inside], 14)
    found[3, inside] = _join(_at(t, opened - 1), _at(t, closed + 1), length)
    return [*_ends(v, to_open, to_close), *found]


def _repetition_rows(v: _View) -> list[Keys]:
    """How often the word and the characters that begin or end here stand in the text (1, 2, 3 or more)."""
    c = v.c
    pair, triple, four = (_times(_join(*(c[i] for i in range(length)))) for length in (2, 3, 4))
    return [
        _join(pair, triple, four, v.t[0], v.place),
        _join(_shift(pair, -1), _shift(triple, -2), pair, triple),
        _join(_times(v.hashes)[v.of], v.t[0], v.place),
    ]


def _times(values: Keys) -> Keys:
    order = np.argsort(values, kind="stable")
    ranked = values[order]
    starts = np.flatnonzero(np.concatenate(([True], ranked[1:] != ranked[:-1])))
    counts = np.diff(np.append(starts, len(values)))
    times = np.empty(len(values), dtype=np.uint64)
    times[order] = np.repeat(_capped(counts, 3), counts)
    return times


# --- tables -----------------------------------------------------------------------------------


def _lexicon_rows(v: _View) -> list[Keys]:
    """What the tables know: heads, posts and known names here, next and before; characters of persons."""
    organization, other, post, known = (_Found(v, words) for words in _vocabularies())
    tag, place, c = v.t[0], v.place, v.c
    here = _join(organization.here, other.here, post.here, known.here)
    next_organization, next_other = organization.next_end(), other.next_end()
    next_post, last_post = post.next_start(), post.last_end()
    last_organization, last_other = organization.last_end(), other.last_end()
    rows = [
        *(_join(found.here, _shift(found.here, 1)) for found in (organization, other, post, known)),
        organization.here,
        other.here,
        post.here,
        known.here,
        here,
        _shift(here, -1),
        _shift(here, 1),
        next_organization,
        next_other,
        _join(next_organization, tag, place),
        _join(next_other, tag, place),
        _join(next_organization, c[-1]),
        _join(next_other, c[-1]),
        _join(next_organization, next_other),
        next_post,
        last_post,
        last_organization,
        last_other,
        _join(last_post, next_post),
        _join(last_organization, next_organization),
    ]
    return [*rows, *_person_rows(v, post, last_post, next_post)]


def _person_rows(v: _View, post: _Found, last_post: Keys, next_post: Keys) -> list[Keys]:
    surnames, compound, syllables = _person_characters()
    s = surnames[v.codes].astype(np.uint64)
    for first, beyond, _ in compound.find(v.text):
        s[first], s[beyond - 1] = 5, 6
    written = syllables[v.codes] | (v.codes == ord("·"))
    start, end = _last_true(~written), _next_true(~written)
    index = np.arange(v.n)
    dots = np.append(0, np.cumsum(v.codes == ord("·")))
    dotted = (written & (dots[end] > dots[start + 1])).astype(np.uint64)
    run = np.where(written, _capped(end - start - 1, 8), _ZERO)
    within = np.where(written, _capped(index - start, 3), _ZERO)
    k, c = v.k, v.c
    s1, s2 = _shift(s, -1), _shift(s, -2)
    return [
        _join(s, k[0], k[1], k[2]),
        _join(s, k[1], k[2], k[3], k[-1]),
        _join(s1, s, _shift(s, 1)),
        _join(s2, s1, k[1]),
        _join(s, last_post),
        _join(s, next_post),
        _join(s1, k[1], k[2], _shift(last_post, -1)),
        _join(s1, next_post),
        _join(s2, next_post),
        _join(s, c[-1]),
        _join(s1, c[1]),
        _join(s2, c[1]),
        _join(s, v.t[0], v.place),
        _join(run, within),
        _join(dotted, within, np.minimum(run, np.uint64(4)), k[0]),
    ]


class _Words:
    """Words with a code for each, found leftmost and longest."""

    def __init__(self, codes: dict[str, int]) -> None:
        words = sorted(codes)
        forms = normalise("\n".join(words)).split("\n")
        self.automaton = CharwiseDoubleArrayAhoCorasick(forms, MATCH_KIND_LEFTMOST_LONGEST)
        self.codes = np.array([codes[word] for word in words], dtype=np.uint64)


class _Found:
    """Where the words of a vocabulary stand in a text."""

    def __init__(self, v: _View, words: _Words) -> None:
        found = words.automaton.find(v.text)
        rows = np.array(found, dtype=np.int64).reshape(-1, 3)
        self.starts, self.ends = rows[:, 0], rows[:, 1]
        self.codes = words.codes[rows[:, 2]]
        self.n = v.n
        self._before, self._after = v.hard_before, v.hard_after
        self.here = self._marked()

    def _marked(self) -> Keys:
        """Code and place (start, inside, end, alone) of the word that covers each character; 0 for none."""
        lengths = self.ends - self.starts
        marked = np.zeros(self.n, dtype=np.uint64)
        within = np.repeat(self.starts - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
        marked[within] = np.repeat(self.codes * np.uint64(4), lengths)
        marked[self.ends - 1] += np.uint64(1)
        marked[self.starts] += np.uint64(2)
        return marked

    def next_end(self) -> Keys:
        """Code and distance of the first word of the clause that ends at or after each character."""
        return self._ahead(self.ends - 1, 0)

    def next_start(self) -> Keys:
        """Code and distance of the first word of the clause that starts after each character."""
        return self._ahead(self.starts, 1)

    def _ahead(self, places: Places, offset: int) -> Keys:
        mask = np.zeros(self.n + 1, dtype=np.bool_)
        mask[places] = True
        place = _next_true(mask)[offset : self.n + offset]
        distance = _DISTANCE[np.minimum(place - np.arange(self.n), len(_DISTANCE) - 1)]
        return np.where(place < self._after, self._codes_at(places)[place] + distance, _ZERO)

    def last_end(self) -> Keys:
        """Code and distance of the last word of the clause that ends before each character."""
        mask = np.zeros(self.n, dtype=np.bool_)
        mask[self.ends - 1] = True
        place = np.insert(_last_true(mask)[:-1], 0, -1)
        distance = _DISTANCE[np.minimum(np.arange(self.n) - place, len(_DISTANCE) - 1)]
        return np.where(place > self._before, self._codes_at(self.ends - 1)[place] + distance, _ZERO)

    def _codes_at(self, places: Places) -> Keys:
        codes = np.zeros(self.n + 2, dtype=np.uint64)
        codes[places] = self.codes * np.uint64(16)
        return codes


_DISTANCE: Final = np.array([1, 2, 3, 4, 5, 5, 6, 6, 7, 7, 7, *[8] * 5, *[9] * 9, 10], dtype=np.uint64)
"""Buckets of a distance in characters."""


@cache
def _vocabularies() -> tuple[_Words, _Words, _Words, _Words]:
    return _Words(_organization_heads()), _Words(_other_heads()), _Words(_posts()), _Words(_known())


def _organization_heads() -> dict[str, int]:
    subtypes = list(Subtype)
    codes = {}
    for row in table("government_departments"):
        for word in (row["short"], row["full"]):
            if len(word) > 1:
                codes[word] = 4 * subtypes.index(Subtype(row["subtype"])) + 1
    for row in table("organization_heads"):
        part, strong = row["role"] == "part", row["strength"] == "strong"
        codes[row["head"]] = 4 * subtypes.index(Subtype(row["subtype"])) + 2 * part + strong
    return {word: code + 1 for word, code in codes.items()}


def _other_heads() -> dict[str, int]:
    codes: dict[str, int] = {}
    for place, kind in enumerate(("award", "event", "facility", "programme", "document")):
        for row in table(f"{kind}_heads"):
            strength = 1 + (row.get("strength", "strong") == "strong")
            codes[row["head"]] = codes.get(row["head"], 0) + strength * 3**place
    return codes


def _posts() -> dict[str, int]:
    codes = {row["prefix"]: 4 for row in table("post_prefixes") if row["kind"] == "rank"}
    kinds = ("office", "title", "occupation")
    return codes | {row["post"]: 1 + kinds.index(row["kind"]) for row in table("posts")}


def _known() -> dict[str, int]:
    """Divisions by level, townships, and the bodies, programmes and awards that every reader knows."""
    codes = {name: 7 for name in column("townships", "name") if len(name) > 2}
    levels = ("province", "prefecture", "county")
    for row in table("divisions"):
        if len(row["short"]) > 1:
            codes[row["short"]] = 1 + 2 * levels.index(row["level"])
    for row in table("divisions"):
        codes[row["name"]] = 2 + 2 * levels.index(row["level"])
    recipients = {"person": 8, "body": 9}
    for kind, usual in (("programmes", 11), ("national_awards", 10), ("national_bodies", 12)):
        for row in table(kind):
            code = usual
            if kind == "national_awards":
                code = recipients.get(row["recipient"], usual)
            elif kind == "national_bodies":
                code = usual + list(Subtype).index(Subtype(row["subtype"]))
            forms = (form.strip("“”") for form in (row["name"], *row["forms"].split("|")))
            codes |= {form: code for form in forms if len(form) > 1}
    return codes


@cache
def _person_characters() -> tuple[NDArray[np.uint8], CharwiseDoubleArrayAhoCorasick, NDArray[np.bool_]]:
    """Single surnames by how usual they are (1–4), compound ones, and characters of foreign names."""
    surnames = np.zeros(0x110000, dtype=np.uint8)
    compound = []
    for row in table("surnames"):
        if len(row["surname"]) == 1:
            weight = int(row["weight"])
            surnames[ord(row["surname"])] = 1 + (weight >= 5) + (weight >= 30) + (weight >= 120)
        else:
            compound.append(row["surname"])
    syllables = np.zeros(0x110000, dtype=np.bool_)
    syllables[[ord(row["character"]) for row in table("name_transliteration")]] = True
    return surnames, CharwiseDoubleArrayAhoCorasick(compound, MATCH_KIND_LEFTMOST_LONGEST), syllables
