"""The text is repaired for reading, and every character knows its place in the source."""

from __future__ import annotations

import random
import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document
from kg.reading import read_text
from kg.reading.characters import INVISIBLE, normalise
from kg.reading.lines import broken_lines, lines_of
from kg.reading.repair import repair
from kg.reading.strands import Strand
from tests.conftest import CORPUS, SEEDS, corpus_article

SIGNS = {"⏎": "\n", "⇥": "\t", "␣": "　", "\\u200b": "\u200b", "\\ufeff": "\ufeff"}


def cases() -> list[tuple[str, str, str]]:
    rows = (Path(__file__).parent / "cases" / "repair.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if not row.startswith("#")]
    return [(source, text, why) for source, text, why in cells[1:]]


def with_signs(words: str) -> str:
    for sign, meant in SIGNS.items():
        words = words.replace(sign, meant)
    return words


@pytest.mark.parametrize(("source", "text", "why"), cases(), ids=[why for _, _, why in cases()])
def test_what_is_mended_and_what_is_left(source: str, text: str, why: str) -> None:
    assert read_text(with_signs(source)).text == with_signs(text), why


def test_there_are_cases_for_every_rule() -> None:
    assert len(cases()) == 36


def bare(words: str) -> str:
    """Without white space and invisible characters, in plain characters."""
    return re.sub(r"\s", "", normalise(INVISIBLE.sub("", words))).replace("人选", "入选")


def check(document: Document, spans: list[tuple[int, int]]) -> None:
    """Every character stands where its offset says; every span in the source is the span in the text."""
    offsets = document.offsets
    assert len(offsets) == len(document.text)
    assert all(a < b for a, b in pairwise(offsets))
    assert bare(document.source) == bare(document.text)
    for start, end in spans:
        span = document.to_source(start, end)
        assert bare(document.source[span.start : span.end]) == bare(document.text[start:end])


def some_spans(text: str, number: int = 300) -> list[tuple[int, int]]:
    chance = random.Random(len(text))
    starts = [chance.randrange(len(text)) for _ in range(number)]
    return [(start, min(len(text), start + chance.randint(1, 30))) for start in starts]


@pytest.mark.parametrize("file", sorted(SEEDS.glob("*.txt")), ids=lambda file: file.stem)
def test_offsets_in_the_seed_articles(file: Path) -> None:
    document = read_text(file.read_text(encoding="utf-8"))
    check(document, some_spans(document.text))


def test_offsets_in_the_training_articles() -> None:
    names = sorted(path.stem for path in CORPUS.glob("*.txt"))
    assert len(names) > 300
    for name in names[::5]:
        document = read_text(corpus_article(name))
        check(document, some_spans(document.text, 20))


def test_the_damaged_seed_article_reads_whole() -> None:
    text = read_text((SEEDS / "002_7c75388372cde64f.txt").read_text(encoding="utf-8")).text
    lines = [line for line in text.splitlines() if line]
    unfinished = [line for line in lines if len(line) > 45 and line[-1] not in "。”"]
    assert unfinished == []
    assert [line for line in lines if len(line) <= 45 and "," in line] == []


ALPHABET = "工会张王李年月12ab，。：；《》“”（）、 　\n\n\r\t\u200b\u00a0Ａ⻓人选—#一、①"


@given(st.text(ALPHABET, min_size=1, max_size=120).filter(str.strip))
@settings(max_examples=150, deadline=None)
def test_every_span_of_every_text_is_in_its_source(text: str) -> None:
    document = read_text(text)
    length = len(document.text)
    check(
        document,
        [
            (start, end)
            for start in range(length)
            for end in {start + 1, (start + length + 1) // 2}
            if end > start
        ],
    )


ARTICLE = (
    "东河区总工会召开产业工人队伍建设改革推进会，表扬了十二名先进职工，区总工会主席张小明出席会议并讲话。"
    "今年以来，全区新建基层工会三十一家，新发展会员二千零五人，建成户外劳动者驿站十九家，服务职工三万人次。"
    "会议指出，要把职工的事情办好，把服务的链条拉长，让每一名劳动者都有归属感。"
)


@given(st.sets(st.integers(1, len(ARTICLE) - 2), max_size=12), st.sampled_from(["\n", " ", "\n\n", " \n"]))
@settings(max_examples=60, deadline=None)
def test_a_sentence_that_was_torn_is_whole_again(places: set[int], tear: str) -> None:
    torn = "".join(tear + c if place in places else c for place, c in enumerate(ARTICLE))
    document = read_text(torn)
    check(document, [])
    whole = document.text.replace("\n", "") if "\n" in tear else document.text
    assert whole == ARTICLE


def test_lines_of_a_narrow_column_are_joined() -> None:
    words = ARTICLE * 3
    column = "\n".join(words[place : place + 22] for place in range(0, len(words), 22))
    assert read_text(column).text.replace("\n", "") == words
    broken = list(broken_lines(lines_of(column)))
    cut_at_a_stop = sum(line.finished for line in lines_of(column)[:-1])
    assert len(broken) == len(column.split("\n")) - 1 - cut_at_a_stop


def test_a_whole_text_costs_no_offsets() -> None:
    assert repair(ARTICLE) == (ARTICLE, range(len(ARTICLE)))
    assert isinstance(read_text("  " + ARTICLE).offsets, range)


def test_a_strand_takes_only_as_many_characters() -> None:
    with pytest.raises(ValueError, match="3 characters cannot stand for 2"):
        Strand.of("一二").replaced("一二三")
    assert Strand.of("一二").without([]) == Strand.of("一二")


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE * 3_600,
        (ARTICLE + " ") * 3_600,
        "\n".join(ARTICLE[place : place + 40] for place in range(0, 160, 40)) * 3_000,
        "市 " * 100_000,
        "（" * 200_000 + "《" * 200_000,
        "张三 李四 王五 " * 20_000,
        "\n" * 300_000 + "字",
    ],
    ids=["one line", "blanks", "column", "spread", "brackets", "names", "empty lines"],
)
def test_long_texts_take_linear_time(text: str) -> None:
    begun = time.process_time()
    document = read_text(text)
    assert time.process_time() - begun < 5
    end = min(1_000, len(document.text))
    assert bare(document.text[:end]) == bare(document.source[: document.offsets[end - 1] + 1])
