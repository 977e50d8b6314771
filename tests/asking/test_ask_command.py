"""``kg ask`` as a user meets it, on the seeds."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.cli import main


def ask(capsys: pytest.CaptureFixture[str], graph: Path, *arguments: str) -> tuple[int, str, str]:
    code = main(["ask", *arguments, "-g", str(graph)])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "云浮市有哪些劳模工匠?",
            ("劳模工匠", "163", "SPARQL（honoured）", "SPARQL（observations）", "各级劳动模范163名"),
        ),
        ("王宝刚获得过哪些荣誉？", ("金点子王", "广东省五一劳动奖章", "SPARQL（awards）", "person/王宝刚>")),
        ("谁是清远英德海螺国际大酒店有限公司的工会主席？", ("万雅丽", "工会主席", "SPARQL（posts）")),
        ("云浮市总工会开展了哪些项目？", ("求学圆梦行动", "强基工程", "SPARQL（programmes）")),
        ("云浮市总工会有多少职工书屋？", ("305", "家", "截至目前")),
        ("云浮和清远的会员数比较", ("50539", "44708", "SPARQL（comparison）")),
        ("谁参加了广东省工会第十五次代表大会？", ("万雅丽", "王宝刚", "代表")),
        ("清远市职工茶叶加工职业技能竞赛由谁主办？", ("清远市总工会", "SPARQL（events）")),
        ("哪些文章提到强基工程？", ("叫响做优“工”品牌", "SPARQL（mentions）")),
        ("王宝刚和万雅丽有什么关系？", ("广东省工会第十五次代表大会", "SPARQL（between）")),
        ("徐亚辉写了哪些报道？", ("记者", "SPARQL（authors）")),
    ],
)
def test_questions_on_the_seeds(
    seed_graph: Path, capsys: pytest.CaptureFixture[str], question: str, parts: tuple[str, ...]
) -> None:
    code, out, err = ask(capsys, seed_graph, question)
    assert (code, err) == (0, "")
    for part in (*parts, "问：", "出处："):
        assert part in out


def test_what_is_not_understood_ends_with_an_exit_code(
    seed_graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = ask(capsys, seed_graph, "明天天气怎么样？")
    assert (code, err) == (1, "")
    assert "没有读懂" in out
    assert "可以这样问" in out


def test_files_and_forms(seed_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "answer.csv"
    question = "王宝刚获得过哪些荣誉？"
    assert ask(capsys, seed_graph, question, "-f", "csv", "-o", str(target)) == (0, "", "")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfrecipient,award")
    rows = list(csv.DictReader(io.StringIO(target.read_text(encoding="utf-8-sig"))))
    assert {"广东省五一劳动奖章"} <= {row["award"] for row in rows}
    code, out, _ = ask(capsys, seed_graph, question, "-f", "json")
    assert code == 0
    assert json.loads(out)["runs"][0]["query"] == "awards"


def test_a_parameter_can_be_given_several_times(seed_graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    several = ["-p", "measure=会员", "-p", "measure=书屋"]
    assert main(["query", "comparison", *several, "-g", str(seed_graph), "-f", "csv"]) == 0
    out = capsys.readouterr().out
    assert "职工书屋" in out
    assert "50539" in out


def test_an_answer_comes_without_the_reading_of_language() -> None:
    """Asking imports no spaCy: it would take a second."""
    code = "import sys, kg.graph.answer; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
