"""Questions in plain Chinese: what they are understood as, what is refused, what is asked back."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest

from kg.asking import examples, questions, segment, understand
from kg.asking.tables import words
from kg.queries import queries
from tests.asking.samples import index

CASES = [
    line.split("\t")
    for line in Path(__file__).with_name("questions.tsv").read_text(encoding="utf-8").splitlines()[4:]
]
INDEX = index()


def short(value: str) -> str:
    return unquote(value.rpartition("/")[2]) if value.startswith("http") else value


def understood(question: str) -> str:
    """Queries and parameters in the form of questions.tsv."""
    found = understand(question, INDEX)
    if found.choices:
        return "?"
    said = [
        f"{a.query}({', '.join(f'{k}=' + '|'.join(map(short, v)) for k, v in a.parameters.items())})"
        for a in found.attempts
    ]
    return " ; ".join(said) or "-"


@pytest.mark.parametrize(("question", "expected"), CASES, ids=[c[0] for c in CASES])
def test_questions(question: str, expected: str) -> None:
    assert understood(question) == expected


def test_there_are_questions_of_all_kinds() -> None:
    answers = [expected for _, expected in CASES]
    assert len(CASES) > 150
    assert answers.count("-") > 20
    assert answers.count("?") > 2
    asked = {part.partition("(")[0] for a in answers for part in a.split(" ; ") if a not in "-?"}
    assert {q.query for q in questions()} <= asked


def test_every_row_of_the_table_names_a_query_and_its_parameters() -> None:
    classes = {word.kind for some in words().values() for word in some}
    recognised = {"org", "person", "programme", "award", "event", "document", "facility", "place", "thing"}
    recognised |= {"article", "measure", "post", "year"}
    for question in questions():
        parameters = {p.name for p in queries()[question.query].parameters}
        assert {name for name, _ in question.arguments} <= parameters, question
        kinds = {kind for need in (*question.needs, *question.may) for kind in need.kinds}
        assert kinds <= classes | recognised, question


def test_what_is_not_understood_is_named() -> None:
    assert understand("云浮有多少医院？", INDEX).unknown == ("医院",)
    assert understand("陆远舟没有获得过哪些荣誉？", INDEX).unknown == ("没",)
    assert understand("梅州市有多少会员？", INDEX).absent == ("梅州市",)
    (choice,) = understand("市总工会开展了哪些项目？", INDEX).choices
    assert [t.label for t in choice.things] == ["云浮市总工会", "清远市总工会"]


def test_a_name_wins_over_the_words_that_it_is_made_of() -> None:
    pieces = segment("劳模工匠助企行是什么", INDEX)
    assert [(p[0].text, p[0].kind) for p in pieces] == [("劳模工匠助企行", "programme"), ("是什么", "about")]


@pytest.mark.parametrize("question", ["", "？！", "“”", " \n ", "谁" * 300, "\x00", "🙂", "云浮" * 200])
def test_strange_questions_are_refused(question: str) -> None:
    assert understand(question, INDEX).attempts == ()


def test_examples_are_questions() -> None:
    assert len(examples()) > 20
    assert INDEX.near("海澜") == ("清远海澜纺织有限公司", "清远海澜大酒店有限公司")


def test_the_tables_are_sorted_and_without_doubles() -> None:
    folder = Path(__file__).parents[2] / "kg" / "asking"
    lines = (folder / "words.tsv").read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if not line.startswith("#")][1:]
    assert rows == sorted(set(rows))
