"""The page of a graph folder: parts of it, what was derived, and its own display in notebooks."""

from __future__ import annotations

import html
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Triple

import kg
from kg.errors import QueryError
from kg.graph import page as page_module
from kg.graph.page import Page
from kg.vocabulary import ONTOLOGY
from tests.view.visits import READY, Visitor, wait_until

UNION = "云浮市总工会"


@pytest.fixture(scope="module")
def graph(seed_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> kg.Graph:
    """The graph of the seeds, and that a thing derived from it belongs to another."""
    folder = tmp_path_factory.mktemp("view") / "graph"
    shutil.copytree(seed_graph, folder)
    made = kg.Graph.open(folder)
    ends = [NamedNode(made.find(name)[0]) for name in ("清远市总工会", "中华全国总工会")]
    with made.folder.writing() as writing:
        writing.put_graph("derived", [Triple(ends[0], NamedNode(f"{ONTOLOGY}subOrganizationOf"), ends[1])])
    return kg.Graph.open(folder)


def data_of(page: Page) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page.html, re.DOTALL)
    assert found
    return json.loads(found[1])


def names(page: Page) -> set[str]:
    return {thing["name"] for thing in data_of(page)["things"]}


def predicates(page: Page) -> set[str]:
    return {row["predicate"] for row in data_of(page)["predicates"]}


@pytest.fixture(scope="module")
def whole(graph: kg.Graph) -> Page:
    return graph.view()


def test_the_whole(graph: kg.Graph, whole: Page) -> None:
    assert whole.shown == whole.total == len(graph.things()) == len(names(whole))
    assert data_of(whole)["whole"] == whole.total


def test_around_a_thing_the_page_has_more_to_go_on_to(graph: kg.Graph, whole: Page) -> None:
    near = graph.view(focus=UNION, hops=1)
    data = data_of(near)
    assert data["things"][data["focus"]]["name"] == data["title"] == UNION
    assert 1 < near.shown < near.total
    assert names(near) == names(whole)


def test_of_a_large_graph_only_the_surroundings_are_on_the_page(graph: kg.Graph) -> None:
    near = graph.view(focus=UNION, hops=1, limit=20)
    assert near.shown == len(names(near)) < near.total
    assert UNION in names(near)


@pytest.mark.parametrize("types", [{"Person", "Award"}, ["人物", "荣誉"], ["Person", "荣誉"]])
def test_types(graph: kg.Graph, types: Any) -> None:
    page = graph.view(types=types)
    assert {thing["type"] for thing in data_of(page)["things"]} == {"Person", "Award"}
    assert page.shown < page.total


def test_a_single_name_is_no_set_of_letters(graph: kg.Graph) -> None:
    assert {thing["type"] for thing in data_of(graph.view(types="Person"))["things"]} == {"Person"}


@pytest.mark.parametrize("name", ["receivedAward", "获得荣誉", "received award"])
def test_predicates(graph: kg.Graph, name: str) -> None:
    page = graph.view(predicates={name})
    assert predicates(page) == {"receivedAward"}
    assert UNION not in names(page)


def test_articles_by_title_id_and_iri(graph: kg.Graph, whole: Page) -> None:
    article = graph.articles()[0]
    found = [names(graph.view(articles=[name or ""])) for name in (article.title, article.id, article.iri)]
    assert found[0] == found[1] == found[2] < names(whole)


def test_years(graph: kg.Graph) -> None:
    page = graph.view(years=(2017, 2017))
    assert "金钻奖" in names(page)
    assert page.shown < page.total


def test_parts_together(graph: kg.Graph) -> None:
    page = graph.view(
        focus="王宝刚", hops=1, types={"Award"}, predicates={"receivedAward"}, years=(2017, 2017)
    )
    assert {thing["type"] for thing in data_of(page)["things"]} == {"Award", "Person"}
    assert {y for row in data_of(page)["relations"] for y in row["years"]} == {2017}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"focus": "没有这个工会"}, "nothing is called 没有这个工会"),
        ({"focus": "https://example.org/none"}, "nothing with the IRI"),
        ({"types": {"Union"}}, "Union is none of Organization, "),
        ({"predicates": {"likes"}}, "likes is none of holdsPost, "),
        ({"articles": {"没有的文章"}}, "no article has the title or id"),
        ({"articles": {"https://example.org/none"}}, "no article https://example.org/none"),
        ({"years": (2020, 2010)}, "the first year must not be after the last"),
        ({"hops": -1}, "hops must be at least 0"),
        ({"limit": 0}, "limit must be at least 1"),
        ({"language": "de"}, "language must be one of"),
    ],
)
def test_what_is_not_there_is_said(graph: kg.Graph, options: dict[str, Any], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        graph.view(**options)


def derived(data: Any) -> dict[tuple[str, str, str], tuple[Any, Any]]:
    """The relations that were derived with their edges, by the names of their ends and the predicate."""
    names = [thing["name"] for thing in data["things"]]
    return {
        (names[edge["from"]], data["predicates"][row["predicate"]]["predicate"], names[edge["to"]]): (
            row,
            edge,
        )
        for row, edge in zip(data["relations"], data["edges"], strict=True)
        if row["derived"]
    }


def test_what_was_derived_is_drawn_apart(graph: kg.Graph, whole: Page) -> None:
    found = derived(data_of(whole))
    row, _ = found["清远市总工会", "subOrganizationOf", "中华全国总工会"]
    assert row["evidence"] == []
    assert all(edge["dashes"] == [2, 5] for _, edge in found.values())
    page = graph.view(articles=[graph.articles()[0].id])
    assert derived(data_of(page)) == {}


def test_the_graph_displays_itself(graph: kg.Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = graph._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert 'sandbox="allow-scripts allow-downloads allow-modals"' in shown
    assert html.escape('id="data"') in shown
    monkeypatch.setattr(page_module, "LIMIT", 10)
    few = html.unescape(graph._repr_html_())
    assert f'"whole":{len(graph.things())}' in few
    assert few.count('"iri":') == 10


def test_in_the_browser_what_was_derived_has_a_line_of_its_own(
    visitor: Visitor, whole: Page, tmp_path: Path
) -> None:
    whole.write(tmp_path / "seeds.html")
    visitor.folder = tmp_path
    visit = visitor.open("seeds")
    data = data_of(whole)
    row = visit.page.locator("#lines button", has_text="推出")
    count = len(derived(data))
    assert row.inner_text().split() == ["推出", str(count)]
    visit.click("清远市总工会")
    assert "由系统推出，原文没有直接写明" in visit.text("#card")
    total = len(data["relations"])
    row.click()
    assert f"{total - count}/{total} 条关系" in visit.text("#status")


def test_in_the_browser_a_notebook_shows_the_graph(visitor: Visitor, graph: kg.Graph, tmp_path: Path) -> None:
    page = f"<!doctype html><meta charset=utf-8><title>甲</title>{graph._repr_html_()}"
    (tmp_path / "notebook.html").write_text(page, encoding="utf-8")
    context = visitor.browser.new_context(viewport={"width": 900, "height": 700})
    tab = context.new_page()
    troubles: list[str] = []
    tab.on("console", lambda message: troubles.append(message.text))
    tab.on("pageerror", lambda error: troubles.append(str(error)))
    tab.goto((tmp_path / "notebook.html").as_uri())
    frame = tab.frames[1]
    wait_until(frame, READY)
    frame.fill("#query", "yfszgh")
    frame.press("#query", "Enter")
    assert frame.locator("#card h2").inner_text() == UNION
    frame.click("#theme-button")
    frame.click("#export-button")
    with tab.expect_download() as started:
        frame.click("[data-export=svg]")
    assert started.value.suggested_filename.endswith(".svg")
    assert troubles == []
    context.close()
