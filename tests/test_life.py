"""A graph as articles come, change and go: what stands in it is what a fresh build would give."""

from __future__ import annotations

import itertools
import os
import random
from pathlib import Path

import pytest

import kg
from kg.errors import GraphError

ARTICLES = (
    "南通市总工会主席周云帆到青禾纺织有限公司慰问。",
    "2023年，王梅获江苏省五一劳动奖章。",
    "扬州市总工会举办职工技能大赛，参赛职工300人。",
    "泰州市总工会印发《职工书屋管理办法》。",
)


def content(folder: Path) -> dict[str, bytes]:
    """Every file of a graph folder but the store (it can be thrown away) and the report of the last build."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {"store", ".lock", "report.json"} & set(path.relative_to(folder).parts)
    }


@pytest.mark.parametrize("seed", range(3))
def test_changes_one_by_one_give_the_bytes_of_a_build(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("texts").mkdir()
    chance = random.Random(seed)
    kg.build([], "graph", check=False)
    for step in range(8):
        path = Path(f"texts/{chance.choice('abc')}.txt")
        if path.exists() and chance.random() < 0.4:
            path.unlink()
            kg.remove([path], "graph")
        else:
            path.write_text(chance.choice(ARTICLES), encoding="utf-8")
            kg.add([path], "graph")
        kg.build(sorted(Path("texts").iterdir()), f"fresh{step}", check=False)
        assert content(Path("graph")) == content(Path(f"fresh{step}"))


def test_what_has_not_changed_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / f"{n}.txt" for n in range(3)]
    for path, text in zip(paths, ARTICLES, strict=False):
        path.write_text(text, encoding="utf-8")
    assert kg.build(paths, tmp_path / "graph", check=False).extracted == 3
    before = content(tmp_path / "graph")
    assert kg.build(paths, tmp_path / "graph", check=False).extracted == 0
    assert kg.add(paths, tmp_path / "graph").extracted == 0
    assert content(tmp_path / "graph") == before
    paths[0].write_text(ARTICLES[3], encoding="utf-8")
    assert kg.add(paths, tmp_path / "graph").extracted == 1
    assert len(kg.open(tmp_path / "graph").article_ids()) == 3
    monkeypatch.setattr("kg.building._reader", lambda model: "another model")
    assert kg.build(paths, tmp_path / "graph", check=False).extracted == 3


def test_an_article_that_lies_in_two_files_goes_with_the_last(tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    for path in (one, two):
        path.write_text(ARTICLES[0], encoding="utf-8")
    kg.build([one, two], tmp_path / "graph", check=False)
    assert kg.remove([one], tmp_path / "graph") == ()
    (gone,) = kg.remove([two], tmp_path / "graph")
    assert len(gone) == 16
    assert kg.open(tmp_path / "graph").article_ids() == ()


def test_an_article_is_removed_by_folder_id_or_title(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for n, text in enumerate(ARTICLES[:3]):
        (tmp_path / "in" / f"{n}.txt").write_text(text, encoding="utf-8")
    titled = tmp_path / "titled.html"
    titled.write_text(
        f"<html><head><title>短讯</title></head><body><h1>短讯</h1><p>{ARTICLES[3]}</p></body></html>",
        encoding="utf-8",
    )
    kg.build([tmp_path / "in", titled], tmp_path / "graph", check=False)
    first = kg.open(tmp_path / "graph").article_ids()[0]
    assert kg.remove([first], tmp_path / "graph") == (first,)
    (info,) = (i for i in kg.open(tmp_path / "graph").articles() if i.title == "短讯")
    assert info.id in {*kg.remove(["短讯"], tmp_path / "graph"), first}
    kg.remove([tmp_path / "in"], tmp_path / "graph")
    assert kg.open(tmp_path / "graph").article_ids() == ()
    with pytest.raises(GraphError, match=r"no article of .* 没有"):
        kg.remove(["没有"], tmp_path / "graph")


def test_nothing_is_added_to_what_another_model_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLES[0], encoding="utf-8")
    kg.build([path], tmp_path / "graph", check=False)
    monkeypatch.setattr("kg.building._reader", lambda model: "another model")
    with pytest.raises(GraphError, match="build the graph again"):
        kg.add([path], tmp_path / "graph")


def test_the_order_of_the_files_does_not_matter(tmp_path: Path) -> None:
    paths = []
    for n, text in enumerate(ARTICLES):
        paths.append(tmp_path / f"{n}.txt")
        paths[-1].write_text(text, encoding="utf-8")
    kg.build(paths, tmp_path / "first", check=False)
    expected = content(tmp_path / "first")
    for order in itertools.islice(itertools.permutations(paths), 5, None, 9):
        kg.build(order, tmp_path / f"order-{order[0].stem}", check=False)
        assert content(tmp_path / f"order-{order[0].stem}") == expected


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLES[0], encoding="utf-8")
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(GraphError, match="cannot write"):
        kg.build([path], tmp_path / "closed" / "graph", check=False)
