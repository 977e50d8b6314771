"""What people decide is carried out, kept and replayed; outside identifiers are stated. All invented."""

from __future__ import annotations

from pathlib import Path

import pytest

import kg
from kg.cli import main
from kg.errors import GraphError
from kg.reviewing import Decision, Judgement, read_sheet, write_sheet
from tests.test_life import content

ARTICLES = {
    "a.txt": "2023年，青禾纺织有限公司工人王梅获江苏省五一劳动奖章。",
    "b.txt": "焊工王梅在扬州市总工会的讲堂上说，她爱这一行。",
    "c.txt": "南通市总工会主席周云帆到青禾纺织有限公司慰问。",
}


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for name, text in ARTICLES.items():
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    kg.build([tmp_path / "in"], tmp_path / "graph", check=False)
    return tmp_path / "graph"


def wangs(folder: Path) -> int:
    return len(kg.open(folder).find("王梅"))


def same_wang(folder: Path) -> Decision:
    (question,) = (q for q in kg.review(folder) if q.kind == "同一" and "王梅" in q.text)
    return Decision(question.key, Judgement.RIGHT)


def test_two_people_of_one_name_are_two_until_a_person_says_otherwise(graph: Path) -> None:
    assert wangs(graph) == 2
    kg.decide([same_wang(graph)], graph)
    assert wangs(graph) == 1
    assert not [q for q in kg.review(graph) if q.kind == "同一" and "王梅" in q.text], "asked once"
    kg.decide([Decision(same_wang_key(graph), Judgement.WRONG)], graph)
    assert wangs(graph) == 2


def same_wang_key(folder: Path) -> str:
    lines = (folder / "decisions.tsv").read_text(encoding="utf-8").splitlines()
    return next(line.split("\t")[2] for line in lines if "same|" in line)


def test_decisions_are_replayed_by_later_builds(graph: Path) -> None:
    article = next(i.id for i in kg.open(graph).articles() if i.paths[0].endswith("c.txt"))
    kg.decide([same_wang(graph), Decision(f"entity|{article}|Person|周云帆", Judgement.WRONG)], graph)
    corrected = content(graph)
    assert kg.open(graph).find("周云帆") == []
    texts = graph.parent / "in"
    kg.build([texts], graph, check=False)
    assert content(graph) == corrected
    kg.remove([texts / "a.txt"], graph)
    report = kg.add([texts], graph)
    assert content(graph) == corrected
    assert report.notes == ()
    fresh = graph.parent / "fresh"
    fresh.mkdir()
    (fresh / "decisions.tsv").write_bytes((graph / "decisions.tsv").read_bytes())
    kg.build([texts], fresh, check=False)
    assert content(fresh) == corrected


def test_decisions_that_no_longer_apply_are_told_and_kept(graph: Path) -> None:
    article = next(i.id for i in kg.open(graph).articles() if i.paths[0].endswith("c.txt"))
    decision = Decision(f"entity|{article}|Person|周云帆", Judgement.WRONG)
    assert kg.decide([decision, Decision("fact|none|x", Judgement.WRONG)], graph) == (
        "the decision on fact|none|x (wrong) no longer applies",
    )
    path = graph.parent / "in" / "c.txt"
    path.write_text("海安市总工会主席周云帆慰问。", encoding="utf-8")
    report = kg.add([path], graph)
    assert any("周云帆" in note for note in report.notes)
    assert "周云帆" in (graph / "decisions.tsv").read_text(encoding="utf-8")
    assert kg.open(graph).find("周云帆")


def test_a_sheet_goes_out_and_comes_back(
    graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "review.csv"
    assert main(["review", "-g", str(graph), "-o", str(sheet)]) == 0
    text = sheet.read_text(encoding="utf-8-sig")
    assert "王梅" in text
    assert read_sheet(sheet) == []
    key = same_wang(graph).question
    sheet.write_text(text.replace(f",,{key}", f",对,{key}"), encoding="utf-8-sig")
    assert main(["review", "-g", str(graph), "--apply", str(sheet)]) == 0
    assert "1 decisions kept" in capsys.readouterr().out
    assert wangs(graph) == 1


def test_an_empty_sheet_asks_nothing(tmp_path: Path) -> None:
    assert write_sheet([], tmp_path / "none.xlsx") == 0
    assert read_sheet(tmp_path / "none.xlsx") == []


def table(folder: Path, *rows: str) -> Path:
    path = folder / "table.csv"
    path.write_text("name,type,same\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_outside_identifiers_hold_after_later_changes(graph: Path, tmp_path: Path) -> None:
    notes = kg.link(
        table(
            tmp_path,
            "南通市总工会,Organization,https://example.org/union",
            "江苏省五一劳动奖章,,https://example.org/medal",
            "没有的组织,,https://example.org/none",
            "王梅,,https://example.org/who",
        ),
        graph,
    )
    assert notes == (
        "没有的组织 is nothing in this graph",
        "王梅 is the name of several things: give the IRI",
    )
    asked = "SELECT ?name ?same { ?it skos:prefLabel ?name ; owl:sameAs|skos:exactMatch ?same }"
    expected = {
        ("南通市总工会", "https://example.org/union"),
        ("江苏省五一劳动奖章", "https://example.org/medal"),
    }
    assert {tuple(row) for row in kg.open(graph).query(asked)} == expected
    kg.remove([graph.parent / "in" / "a.txt"], graph)
    assert {row.name for row in kg.open(graph).query(asked)} == {"南通市总工会", "王梅"}, "one is left"
    kg.add([graph.parent / "in"], graph)
    assert {tuple(row) for row in kg.open(graph).query(asked)} == expected


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["南通市总工会,Organization,not an IRI"], "table.csv:2: a row needs a name and an IRI"),
        (["", "南通市总工会,Union,https://example.org/1"], "table.csv:3: Union is no type"),
    ],
)
def test_a_wrong_table_is_told_with_its_line(
    graph: Path, tmp_path: Path, rows: list[str], message: str
) -> None:
    with pytest.raises(GraphError, match=message):
        kg.link(table(tmp_path, *rows), graph)
    assert not (graph / "alignments.tsv").exists()
