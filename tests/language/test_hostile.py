"""Text that nobody wrote: no crash, an answer in bounded time, and every offset exact.

A long line or a long document takes its time in proportion: ``tests/benchmarks/growth.py`` measures it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kg
from kg.reading.characters import INVISIBLE, normalise
from tests.conftest import CORPUS, corpus_article
from tests.test_extraction import check_keys

_LENGTH = 2_000
_REFUSED = re.compile("[\x00-\x08\x0e-\x1b\x1d-\x1f\x7f\ufffd\ud800-\udfff]")
"""What makes a text no text: controls, lost characters, half a surrogate pair."""


def bare(words: str) -> str:
    """Words without what repair takes out, each character in its plain form."""
    plain = normalise(INVISIBLE.sub("", words)).replace("人选", "入选")
    return "".join(plain.split())


def check(source: str) -> kg.Extraction | None:
    """What is found in ``source``, every span of it compared with the source; None if it is refused."""
    try:
        found = kg.extract(source)
    except kg.ReadingError:
        assert not INVISIBLE.sub("", source).strip() or _REFUSED.search(source)
        return None
    check_keys(found)
    for span, words in spans(found):
        assert 0 <= span.start < span.end <= len(source)
        assert bare(source[span.start : span.end]) == bare(words), (span, words)
    return found


def spans(found: kg.Extraction) -> Iterator[tuple[kg.Span, str]]:
    """Every place that an extraction points to, with the words that should stand there."""
    yield from ((m.span, m.text) for e in found.entities for m in e.mentions)
    yield from ((r.span, r.text) for r in found.rejections)
    for evidence in [*(f.evidence for f in found.facts), *(o.evidence for o in found.observations)]:
        yield evidence.span, evidence.text
        for span in evidence.spans:
            yield span, found.document.source[span.start : span.end]


_WORDS = """
云浮市总工会 省总 新兴县 张三 欧阳小明 买买提·艾力 公司工会 该公司 王师傅 （以下简称“市总”）
主席 党委书记、董事长 全国五一劳动奖章 “送清凉”活动 《工会法》 荣获 授予 举办 联合 成立 由 被
的 和 、 ， 。 ； ： ！ “ ” " （ ） ( ) 《 》 【 】 2024年 近五年来 “十四五”期间 1月1日 截至
5万至10万元 培训职工1,000多人次 同比增长12.3% 四分之三 近九成 其中 分别 万亿 百分之 第十五次 一等奖
两名 同名 A1.5 http://a.b/c # ■ 一是 记者 通讯员 来源： 讯 😀 ﷽ 𠀀
"""
_PIECES = st.sampled_from([*_WORDS.split(), " ", "\u3000", "\n", "\n\n", "\t", "\u200b", "\u202e", "e\u0301"])


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.lists(_PIECES, min_size=1, max_size=25).map("".join))
def test_words_of_the_trade_in_any_order(source: str) -> None:
    check(source)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(st.text(st.characters(), max_size=60))
def test_any_characters(source: str) -> None:
    check(source)


_NAUGHTY = {
    # marks without partners, and deep in each other
    "opening quotation marks": "“",
    "closing quotation marks": "”",
    "pairs of quotation marks": "“”",
    "straight quotation marks": '"',
    "apostrophes": "'",
    "opening title marks": "《",
    "title marks that never close": "《甲",
    "closing title marks": "》",
    "brackets of every kind": "(（[【《“「『",
    "empty brackets": "（）",
    # numbers
    "digits": "1",
    "points": "1.",
    "thousands": "1,234,",
    "powers of ten": "百千万亿",
    "Chinese digits": "一二三四五六七八九十",
    "fractions": "三分之",
    "percentages": "百分之",
    "tenths": "九成",
    "ranges": "5万至10万元",
    "years": "2024年",
    "days": "1月1日",
    "figures": "培训职工1000人次，",
    "figures dealt out": "建成61个、38个、27个、",
    "figures that rise": "从5提高到10，",
    # white space and lines
    "blanks in a word": "云 ",
    "wide blanks": "云\u3000",
    "lines of one character": "云\n",
    "lines of DOS": "云浮\r\n",
    "every line end": "云\x0b\x0c\x85\u2028\u2029",
    "rows of names": "张三 李四 王五\n",
    "headings": "# 云浮\n",
    "numbered lines": "1.云浮\n",
    # marks of punctuation
    **{f"only {mark}": mark for mark in "，、。：；—·….！*#%/"},
    # names, and words that make names
    "a list of one body": "云浮市总工会、",
    "a list of one person": "张伟、",
    "two people of one name": "甲公司王伟。乙公司王伟。",
    "two people of one name in brackets": "王伟（甲公司）\n王伟（乙公司）\n",
    "words of namesakes": "两名王伟，同名",
    "divisions in each other": "广东省云浮市新兴县新城镇",
    "words for divisions": "省市县区镇",
    "heads of bodies": "有限公司总工会委员会",
    "an award": "全国五一劳动奖章",
    "a programme": "“送清凉”活动",
    "a list without end": "工程、计划、行动、",
    "aliases": "云浮市总工会（以下简称云总）",
    "posts": "党委书记、董事长兼总经理",
    "a winner": "云浮市总工会主席张三荣获全国五一劳动奖章",
    "pointing words": "该公司老李王师傅",
    "bylines": "（记者 张三 通讯员 李四）\n",
    "fields": "来源：",
    "speech": "张三说：“好。”",
    **{f"only {word}": word for word in ("的", "由", "和", "等", "荣获", "其中", "以来", "一是", "分别")},
    # characters
    "one ideograph": "云",
    "ideographs beyond the basic plane": "𠀀",
    "all ideographs": "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(_LENGTH)),
    "Latin letters": "abcdefghij",
    "Latin words": "hello world ",
    "addresses": "http://a.b/c?d=e&f a@b.c ",
    "markup": "<p>云浮市总工会</p>",
    "full-width letters": "Ａ１",
    "Arabic": "مرحبا ",
    "Thai": "สวัสดี",
    "kana": "カタカナひらがな",
    "hangul": "안녕하세요",
    "emoji": "😀",
    "joined emoji": "👨\u200d👩\u200d👧",
    "flags": "🇨🇳",
    "combining marks": "e\u0301",
    "a heap of combining marks": "\u0301",
    "marks of direction": "\u202e云浮\u202c\u2066市\u2069",
    "zero-width characters": "云\u200b浮\u200d市\ufeff",
    "variation selectors": "云\ufe0f",
    "neighbours of the surrogates": "\ud7ff\ue000",
    "private characters": "\uf8ff",
    "characters that are none": "\ufdd0\U0001ffff",
    "compatibility forms": "⻓沙金\ufdfa",
    "every script at once": "云a1，😀《“م한カ\u3000",
}


@pytest.mark.parametrize("piece", _NAUGHTY.values(), ids=_NAUGHTY)
def test_one_thing_over_and_over(piece: str) -> None:
    check(piece * (_LENGTH // len(piece)))


def test_brackets_ten_thousand_deep() -> None:
    for opening, closing in ("（）", "《》", "“”"):
        found = check(f"{opening * 10_000}云浮市总工会{closing * 10_000}")
        assert found is not None


def test_numbers_of_ten_thousand_digits() -> None:
    for sign in ("9", "九", "百千万亿"):
        found = check(f"培训职工{sign * (10_000 // len(sign))}人，救助困难职工12户。")
        assert found is not None
        assert [o.value for o in found.observations] == [12]


@pytest.mark.parametrize(
    "line",
    [
        '"' * 50_000,
        "云浮市总工会主席张三荣获全国五一劳动奖章" * 600,
        "".join(chr(0x4E00 + i * 7919 % 20000) for i in range(20_000)),
        "培训职工1000人次，其中女职工61人，" * 500,
        "张伟、" * 6_000,
    ],
    ids=["quotation marks", "no mark of punctuation", "all ideographs", "figures", "people"],
)
def test_a_line_without_end(line: str) -> None:
    found = check(line)
    assert found is not None


def test_a_long_document() -> None:
    """A yearbook of some 120,000 characters: what each article says is still found in it."""
    articles = [corpus_article(path.stem) for path in sorted(CORPUS.glob("b*.txt"))[:130]]
    source = "\n\n".join(articles)
    assert len(source) > 100_000
    found = check(source)
    assert found is not None
    assert len(found.entities) > 2_500
    assert len(found.facts) > 700
    assert found.rejections
