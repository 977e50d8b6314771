"""Answers to questions in Chinese: rows, the SPARQL that was run, the sentences behind."""

from __future__ import annotations

import json

import pytest

from kg.errors import QueryError
from kg.graph import Graph
from tests.graph.graph_samples import OTHER_TITLE, TITLE


def test_an_answer_has_rows_sentences_and_the_sparql_that_ran(graph: Graph) -> None:
    answer = graph.ask("陆远舟获得过哪些荣誉？")
    assert [(row.recipient, row.award, row.year) for row in answer.rows] == [
        ("陆远舟", "全国五一劳动奖章", "2023")
    ]
    assert answer.quotes == (
        ("青禾机械有限公司工会主席陆远舟2023年获全国五一劳动奖章,该奖章由中华全国总工会颁发。", TITLE),
    )
    assert "VALUES ?recipientIri { <https://w3id.org/union-kg/id/person/陆远舟> }" in answer.sparql
    assert "UNDEF" not in answer.sparql
    assert bool(answer)


@pytest.mark.parametrize(
    "question",
    [
        "青禾市总工会开展了哪些项目？",
        "青禾市总工会有多少职工书屋？",
        "谁参加了青禾市职工技能竞赛？",
        "数字有哪些矛盾？",
        "哪些文章提到求学圆梦行动？",
        "陆远舟和何静有什么关系？",
        "青禾市总工会的上级是谁？",
        "有哪些劳模？",
    ],
)
def test_the_sparql_asked_again_gives_the_same(graph: Graph, question: str) -> None:
    answer = graph.ask(question)
    assert answer.understood
    for run in answer.runs:
        assert list(graph.query(run.sparql)) == list(run.rows)


def test_the_text_shows_question_table_sentences_and_sparql(graph: Graph) -> None:
    text = str(graph.ask("青禾市总工会有多少职工书屋？"))
    for part in (
        "问：",
        "指标中含有的字＝职工书屋",
        "305",
        "280",
        "出处：",
        OTHER_TITLE,
        "SPARQL（observations）",
    ):
        assert part in text
    assert "quote" not in text.partition("出处：")[0]


def test_a_narrow_terminal_gets_a_narrow_table(graph: Graph) -> None:
    text = graph.ask("陆远舟获得过哪些荣誉？").format(width=60)
    rows = text.partition("\n\n")[2].partition("\n\n")[0].splitlines()
    assert all(sum(2 if ord(c) > 0x2E7F else 1 for c in row) <= 60 for row in rows)


def test_where_nothing_is_found_the_next_query_is_tried_and_all_are_shown(graph: Graph) -> None:
    answer = graph.ask("谁是青禾机械的书记？")
    assert [run.query for run in answer.runs] == ["posts", "people"]
    assert not answer.runs[0].rows
    assert {row.person for row in answer.rows} == {"陆远舟", "何静"}
    assert str(answer).count("SPARQL（") == 2


def test_nothing_known_is_said_aloud(graph: Graph) -> None:
    answer = graph.ask("何静写过哪些文章？")
    assert answer.understood
    assert not answer
    assert "图中没有这样的内容" in str(answer)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青禾市总工会的电话是多少？", "没有读懂「电话」"),
        ("为什么青禾市总工会开展求学圆梦行动？", "没有读懂问的是什么"),
        ("", "没有读懂"),
    ],
)
def test_what_is_not_understood_is_refused_with_questions_that_are(
    graph: Graph, question: str, said: str
) -> None:
    answer = graph.ask(question)
    assert not answer.understood
    assert said in str(answer)
    assert "可以这样问" in str(answer)
    assert "哪些数字互相矛盾？" in str(answer)
    with pytest.raises(QueryError, match="没有读懂"):
        _ = answer.rows


def test_json(graph: Graph) -> None:
    content = json.loads(graph.ask("陆远舟获得过哪些荣誉？").to_json())
    assert content["runs"][0]["rows"][0]["award"] == "全国五一劳动奖章"
    assert content["runs"][0]["sparql"].startswith("SELECT")
    assert json.loads(graph.ask("你好").to_json())["runs"] == []


def test_a_notebook_shows_the_answer_and_no_markup_of_others(graph: Graph) -> None:
    shown = graph.ask("陆远舟获得过哪些荣誉？")._repr_html_()
    assert "<details><summary>SPARQL</summary>" in shown
    assert "全国五一劳动奖章" in shown
    hostile = graph.ask("<script>alert(1)</script>是谁")._repr_html_()
    assert "<script>" not in hostile


def test_what_is_put_in_can_be_asked_at_once(tmp_path: object) -> None:
    from pathlib import Path

    from tests.graph.graph_samples import first

    made = Graph.create(Path(str(tmp_path)) / "graph")
    assert not made.ask("陆远舟获得过哪些荣誉？").understood
    made.put(first())
    assert made.ask("陆远舟获得过哪些荣誉？")
