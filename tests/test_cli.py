"""The command line as a user meets it: what it prints, what it writes, how it fails."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.cli import main, parser
from kg.language.corpora import read_corpus
from kg.language.tagged import parse_article
from tests.conftest import ROOT, SEEDS


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    out, err = capsys.readouterr()
    return code, out, err


def test_every_command_has_help_and_stands_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    chinese = (ROOT / "README.zh-CN.md").read_text(encoding="utf-8")
    (commands,) = (a for a in parser()._actions if hasattr(a, "choices") and a.dest == "command")
    assert commands.choices
    for name, sub in dict(commands.choices).items():
        assert sub.description
        assert f"`kg {name}" in readme, name
        assert f"`kg {name}" in chinese, name


def test_build_query_show_view_export(
    seed_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graph = str(seed_graph)
    code, out, _ = run(
        capsys, "query", "people", "-g", graph, "-p", "organization=清远英德海螺国际大酒店有限公司"
    )
    assert code == 0
    assert "万雅丽" in out
    code, out, _ = run(capsys, "show", "云浮市总工会", "-g", graph)
    assert code == 0
    assert "市总工会" in out
    page = tmp_path / "network.html"
    code, out, _ = run(capsys, "view", "-g", graph, "-o", str(page))
    assert code == 0
    assert "云浮市总工会" in page.read_text(encoding="utf-8")
    code, out, _ = run(capsys, "export", "-g", graph, "-f", "nq")
    assert code == 0
    assert out.count("\n") > 1000


def test_a_build_leaves_the_files_that_other_programs_read(seed_graph: Path) -> None:
    names = {p.name for p in seed_graph.iterdir()}
    assert {"kg.json", "articles", "store", "graph.ttl", "graph.trig", "graph.html", "report.json"} <= names
    graph = kg.open(seed_graph)
    assert (seed_graph / "graph.trig").read_text(encoding="utf-8") == graph.export("trig")
    assert "云浮市总工会" in (seed_graph / "graph.html").read_text(encoding="utf-8")


def test_a_change_leaves_no_file_of_the_older_graph(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("南通市总工会召开大会。", encoding="utf-8")
    kg.build([tmp_path / "a.txt"], tmp_path / "graph", check=False)
    assert (tmp_path / "graph" / "graph.ttl").exists()
    kg.open(tmp_path / "graph").put(kg.extract("扬州市总工会召开大会。"))
    assert not (tmp_path / "graph" / "graph.ttl").exists()


def test_why_shows_sentence_place_and_rule(seed_graph: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "why", "王宝刚", "广东省五一劳动奖章", "-g", str(seed_graph))
    assert code == 0
    claim, rule, quote = out.strip().splitlines()[:3]
    assert claim.startswith("· 王宝刚 获得荣誉 广东省五一劳动奖章")
    assert re.search(r"规则：[a-z]+\.[a-z]+", rule)
    start, end = map(int, re.findall(r"\[(\d+):(\d+)\]$", quote)[0])
    text = next(p for p in SEEDS.glob("*.txt") if "王宝刚" in p.read_text(encoding="utf-8"))
    sentence = re.sub(r"\s", "", text.read_text(encoding="utf-8")[start:end])
    (marked,) = re.findall("「(.*)」", quote)
    assert "【" in marked
    assert re.sub(r"[【】\s]", "", marked) == re.sub("[【】]", "", sentence)


def test_articles_go_out_for_correction_and_come_back_for_training(
    seed_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sources = {kg.read_file(p).source for p in SEEDS.glob("*.txt")}
    folder, lines = tmp_path / "corpus", tmp_path / "all.jsonl"
    assert run(capsys, "export", "-g", str(seed_graph), "-f", "corpus", "-o", str(folder))[0] == 0
    assert run(capsys, "export", "-g", str(seed_graph), "-f", "doccano", "-o", str(lines))[0] == 0
    assert {parse_article(p.read_text(encoding="utf-8"))[0] for p in folder.iterdir()} == sources
    articles = read_corpus(folder)
    assert sorted(read_corpus(lines)) == sorted(articles)
    assert sum(len(spans) for _, spans in articles) > 150
    code, _, err = run(capsys, "export", "-g", str(seed_graph), "-f", "json")
    assert code == 1
    assert "-o" in err


def test_query_lists_writes_and_explains(
    seed_graph: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "query", "--list")
    assert code == 0
    assert "谁" in out
    target = tmp_path / "awards.csv"
    code, out, _ = run(capsys, "query", "awards", "-g", str(seed_graph), "-f", "csv", "-o", str(target))
    assert (code, out) == (0, "")
    head = "\ufeffrecipient,award,year,rank,conferredBy,source,quote\r\n"
    assert target.read_bytes().startswith(head.encode())
    code, _, err = run(capsys, "query", "-g", str(seed_graph))
    assert code == 1
    assert "--list" in err


def test_extract_writes_json_for_each_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "extract", str(SEEDS), "-o", str(tmp_path))
    assert (code, err) == (0, "")
    written = sorted(tmp_path.glob("*.json"))
    assert [p.stem for p in written] == [p.stem for p in sorted(SEEDS.glob("*.txt"))]
    assert json.loads(written[0].read_text(encoding="utf-8"))["entities"]


def bad_files(folder: Path) -> dict[str, Path]:
    files = {
        "empty.txt": b"",
        "binary.txt": bytes(range(256)) * 8,
        "broken.docx": b"PK\x03\x04 this is no archive",
        "broken.pdf": b"%PDF-1.4 nothing follows",
        "unclear.txt": "工会".encode("gb18030") + b" \xff\xff\xff",
    }
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in files} | {"missing.txt": folder / "missing.txt"}


def test_bad_files_are_told_and_the_rest_is_built(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = bad_files(tmp_path)
    good = tmp_path / "good.txt"
    good.write_text("南通市总工会召开大会。", encoding="utf-8")
    graph = tmp_path / "graph"
    code, out, err = run(capsys, "build", *map(str, bad.values()), str(good), "-o", str(graph), "--json")
    assert code == 1
    report = json.loads(out)
    assert report["articles"] == [str(good)]
    assert {f["path"] for f in report["failed"]} == set(map(str, bad.values()))
    assert report == json.loads((graph / "report.json").read_text(encoding="utf-8"))
    lines = err.strip().splitlines()
    assert len(lines) == len(bad)
    for name, path in bad.items():
        (line,) = (line for line in lines if name in line)
        assert len(line) > len(str(path)) + 15, "a reason and what to do"
    code, out, _ = run(capsys, "query", "overview", "-g", str(graph))
    assert code == 0
    assert "南通" in run(capsys, "query", "organizations", "-g", str(graph))[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("query", "overview", "-g", "{}/none"),
        ("show", "x", "-g", "{}/none"),
        ("view", "-g", "{}/none"),
        ("export", "-g", "{}/none"),
        ("query", "overview", "-g", "{}/file"),
        ("query", "overview", "-g", "{}/folder"),
        ("build", "{}/none.txt", "-g", "{}/graph"),
        ("build", "{}/good.txt", "-g", "{}/folder"),
        ("train", "{}/folder", "-o", "{}/model"),
        ("evaluate", "{}/folder"),
        ("why", "x", "-g", "{}/none"),
        ("extract", "{}/none.txt"),
    ],
)
def test_an_error_is_one_line_and_an_exit_code(
    arguments: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no graph", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.md").write_text("", encoding="utf-8")
    (tmp_path / "good.txt").write_text("南通市总工会召开大会。", encoding="utf-8")
    code, _, err = run(capsys, *(a.format(tmp_path) for a in arguments))
    assert code == 1
    assert err.count("\n") == 1
    assert str(tmp_path) in err


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT ?s WHERE { ?s ?p",
        "no_such_query",
    ],
)
def test_a_query_that_cannot_be_asked_is_one_line(
    query: str, seed_graph: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "query", query, "-g", str(seed_graph))
    assert code == 1
    assert err.count("\n") == 1


def test_standard_input_is_an_article() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kg", "extract", "-"],
        input="南通市总工会印发《职工疗休养办法》。".encode("gb18030"),
        capture_output=True,
        check=True,
        timeout=120,
    )
    found = json.loads(done.stdout)
    assert {"南通市总工会", "职工疗休养办法"} <= {e["name"] for e in found["entities"]}
