"""Questions, sheets, decisions and what they change; the sentences are invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.errors import ReviewError
from kg.reviewing import Decision, Judgement, Question, corrected, doubtful, merged, read_sheet, write_sheet
from kg.reviewing.correction import entity_question, fact_question, figure_question
from kg.reviewing.decisions import dumps, loads, question, question_parts
from kg.reviewing.questions import rule_precision
from kg.reviewing.words import HEADINGS, judged

ARTICLE = kg.extract("2023年，王梅获江苏省五一劳动奖章。南通市总工会主席周云帆介绍，全市建成职工书屋305家。")
AWARD = next(f for f in ARTICLE.facts if f.predicate == "receivedAward")
PERSON = next(e for e in ARTICLE.entities if e.name == "王梅")
FIGURE = next(o for o in ARTICLE.observations if o.value == 305)

cells = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


@given(st.lists(cells, min_size=1, max_size=6))
def test_a_question_keeps_its_parts(parts: list[str]) -> None:
    assert question_parts(question("fact", *parts)) == ("fact", *parts)


@given(st.dictionaries(cells, st.tuples(st.sampled_from(Judgement), cells), max_size=5))
def test_decisions_are_read_as_they_were_written(rows: dict[str, tuple[Judgement, str]]) -> None:
    decisions = tuple(
        sorted(Decision(question("entity", k), j, "x" if v else "") for k, (j, v) in rows.items())
    )
    assert loads(dumps(decisions)) == decisions


def test_a_broken_file_of_decisions_is_told_with_its_line() -> None:
    with pytest.raises(ReviewError, match=r"d\.tsv:2: a decision is"):
        loads("judgement\tvalue\tquestion\nperhaps\t\tfact|a\n", "d.tsv")


def test_the_later_decision_holds() -> None:
    before, after = Decision("fact|a", Judgement.RIGHT), Decision("fact|a", Judgement.WRONG)
    assert merged([before, Decision("fact|b", Judgement.RIGHT)], [after]) == (
        after,
        Decision("fact|b", Judgement.RIGHT),
    )


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (" 对 ", (Judgement.RIGHT, "")),
        ("错", (Judgement.WRONG, "")),
        ("No", (Judgement.WRONG, "")),
        ("应为：云浮市总工会", (Judgement.INSTEAD, "云浮市总工会")),
        ("应该是 人物", (Judgement.INSTEAD, "人物")),
        ("应为", None),
        ("大概", None),
    ],
)
def test_what_a_cell_says(cell: str, said: object) -> None:
    assert judged(cell) == said


QUESTIONS = [
    Question("fact|a|x", "事实", "王梅获得“云浮工匠”吗？", "【王梅】获奖，\n好", "文章", "规则"),
    Question("entity|a|=1+1", "名称", "=HYPERLINK(1)", "@好\x07", "文章", "+规则"),
]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_sheet_is_filled_in_and_read(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"sheet{suffix}"
    assert write_sheet(QUESTIONS, path) == 2
    assert read_sheet(path) == []
    _fill(path, ["应为 省劳模", "错"])
    assert read_sheet(path) == [
        Decision("fact|a|x", Judgement.INSTEAD, "省劳模"),
        Decision("entity|a|=1+1", Judgement.WRONG),
    ]


def _fill(path: Path, judgements: list[str]) -> None:
    if path.suffix == ".csv":
        text = path.read_text(encoding="utf-8-sig")
        for judgement in judgements:
            text = text.replace(",,", f",{judgement},", 1)
        path.write_bytes(text.encode("gb18030"))  # as a Chinese Excel saves it
        return
    from openpyxl import load_workbook

    book = load_workbook(path)
    assert book.active is not None
    for row, judgement in enumerate(judgements, 2):
        book.active.cell(row, 6).value = judgement
    assert all(cell.data_type == "s" for row in book.active.iter_rows() for cell in row if cell.value)
    book.save(path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"a,b\r\n1,2\r\n", "the first row lacks"),
        ("a.csv", b"", "the first row lacks"),
        ("a.csv", b"\x81\xff\xff", "neither UTF-8 nor GB18030"),
        ("a.xlsx", b"PK nothing", "is no .xlsx file"),
        ("a.csv", (",".join(HEADINGS) + "\r\n,,,,,或许,fact|a\r\n").encode(), "row 2: the judgement '或许'"),
    ],
)
def test_a_wrong_sheet_is_told(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReviewError, match=message):
        read_sheet(path)


def test_a_sheet_has_one_of_two_forms(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match=r"a sheet is a \.xlsx or a \.csv file"):
        write_sheet(QUESTIONS, tmp_path / "sheet.ods")


def test_no_decision_leaves_all_as_it_is() -> None:
    assert corrected(ARTICLE, [Decision("fact|another|x", Judgement.WRONG)]) == (ARTICLE, set())


def test_what_is_wrong_goes_and_takes_what_is_said_of_it() -> None:
    key = entity_question(ARTICLE, PERSON)
    after, raised = corrected(ARTICLE, [Decision(key, Judgement.WRONG)])
    assert raised == {key}
    assert PERSON.key not in {e.key for e in after.entities}
    assert AWARD not in after.facts
    assert len(after.entities) == len(ARTICLE.entities) - 1


def test_a_thing_gets_another_name_or_type() -> None:
    key = entity_question(ARTICLE, PERSON)
    after, _ = corrected(ARTICLE, [Decision(key, Judgement.INSTEAD, "王小梅")])
    entity = after.entity("Person/王小梅")
    assert entity.aliases == ("王梅",)
    assert entity.key in {f.subject for f in after.facts}
    after, _ = corrected(ARTICLE, [Decision(key, Judgement.INSTEAD, "组织")])
    assert after.entity("Organization/王梅").mentions == PERSON.mentions


def test_a_thing_that_gets_the_name_of_another_becomes_it() -> None:
    after, _ = corrected(ARTICLE, [Decision(entity_question(ARTICLE, PERSON), Judgement.INSTEAD, "周云帆")])
    assert len(after.entities) == len(ARTICLE.entities) - 1
    assert "王梅" in after.entity("Person/周云帆").aliases


def test_facts_and_figures_are_corrected() -> None:
    fact, figure = fact_question(ARTICLE, AWARD), figure_question(ARTICLE, FIGURE)
    after, raised = corrected(
        ARTICLE, [Decision(fact, Judgement.INSTEAD, "周云帆"), Decision(figure, Judgement.INSTEAD, "315")]
    )
    assert raised == {fact, figure}
    assert "Person/周云帆" in {f.object for f in after.facts if f.predicate == "receivedAward"}
    assert 315 in {o.value for o in after.observations}
    after, _ = corrected(ARTICLE, [Decision(fact, Judgement.INSTEAD, "year=2022")])
    assert {dict(f.attributes)["year"] for f in after.facts if f.predicate == "receivedAward"} == {"2022"}
    after, _ = corrected(ARTICLE, [Decision(fact, Judgement.WRONG), Decision(figure, Judgement.WRONG)])
    assert AWARD not in after.facts
    assert FIGURE not in after.observations


def test_what_cannot_be_carried_out_is_not_said_to_be() -> None:
    fact, figure = fact_question(ARTICLE, AWARD), figure_question(ARTICLE, FIGURE)
    decisions = [
        Decision(fact, Judgement.INSTEAD, "没有的东西"),
        Decision(figure, Judgement.INSTEAD, "许多"),
        Decision(entity_question(ARTICLE, PERSON) + "x", Judgement.WRONG),
    ]
    assert corrected(ARTICLE, decisions) == (ARTICLE, set())


def test_rules_that_are_often_wrong_raise_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.reviewing.questions.rule_precision", lambda: {AWARD.rule: 0.5})
    (asked,) = (q for q in doubtful(ARTICLE) if q.key == fact_question(ARTICLE, AWARD))
    assert asked.text.startswith("王梅获得江苏省五一劳动奖章（2023")
    assert "【王梅】" in asked.sentence
    assert "50%" in asked.reason


def test_the_table_of_rules_is_of_numbers_between_nothing_and_all() -> None:
    assert all(0 < precision < 1 for precision in rule_precision().values())
