"""Going on from a thing, folding and unfolding, and the address that holds where one is, in Chromium."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import networkx as nx
import pytest

from kg.view import write
from tests.view.network_samples import IRI, UNION
from tests.view.visits import Visit, Visitor, wait_until


def test_focus_grow_hide_and_undo(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    both = small.to_undirected()
    near = {IRI, *both.neighbors(IRI)}
    visit.click(UNION)
    visit.page.get_by_role("button", name="聚焦", exact=True).click()
    assert visit.drawn() == len(near)
    assert UNION in visit.text("#chips")
    grown = next(n for n in near if n != IRI and set(both.neighbors(n)) - near)
    visit.settle()
    visit.page.mouse.dblclick(*visit.place(small.nodes[grown]["label"]))
    wider = near | set(both.neighbors(grown))
    assert visit.drawn() == len(wider)
    visit.page.get_by_role("button", name="隐藏", exact=True).click()
    assert visit.drawn() == len(near) - 1
    visit.page.keyboard.press("u")
    assert visit.drawn() == len(wider)
    visit.page.keyboard.press("Control+z")
    assert visit.drawn() == len(near)
    visit.page.keyboard.press("a")
    assert visit.drawn() == len(small)


def test_steps_around_a_thing(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    both = small.to_undirected()
    visit.click(UNION)
    visit.page.keyboard.press("f")
    for hops in (2, 3, 1):
        visit.page.locator("#chips .steps button", has_text=str(hops)).click()
        assert visit.drawn() == len(nx.single_source_shortest_path_length(both, IRI, cutoff=hops))
        visit.settle()
        assert f"hops={hops}" in visit.page.url or hops == 1
    visit.page.get_by_role("button", name="退出聚焦").click()
    assert visit.drawn() == len(small)


def test_around_a_thing_nothing_covers_another(visit: Visit) -> None:
    visit.click(UNION)
    visit.page.keyboard.press("f")
    visit.settle()
    places = visit.page.evaluate("view.drawn().map(view.place)")
    near = [
        (a, b)
        for n, a in enumerate(places)
        for b in places[:n]
        if abs(a["x"] - b["x"]) < 18 and abs(a["y"] - b["y"]) < 18
    ]
    assert near == []
    x, y = visit.place(UNION)
    assert min(p["x"] for p in places) < x < max(p["x"] for p in places)
    assert min(p["y"] for p in places) < y < max(p["y"] for p in places)


def test_filters_move_nothing_around_a_thing(visit: Visit) -> None:
    visit.click(UNION)
    visit.page.keyboard.press("f")
    visit.settle()
    before = visit.place(UNION)
    visit.page.locator("#kinds button", has_text="活动").click()
    assert visit.place(UNION) == before


def test_the_card_says_how_many_neighbours_are_missing(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    both = small.to_undirected()
    visit.click(UNION)
    visit.page.keyboard.press("f")
    near = {IRI, *both.neighbors(IRI)}
    grown = next(n for n in both.neighbors(IRI) if set(both.neighbors(n)) - near)
    beyond = set(both.neighbors(grown)) - near
    visit.page.locator("#card .end", has_text=small.nodes[grown]["label"]).first.click()
    visit.page.get_by_role("button", name=f"展开 {len(beyond)} 个邻居").click()
    assert visit.drawn() == len(near | beyond)
    assert visit.page.get_by_role("button", name="展开邻居", exact=True).is_visible()


def test_hidden_things_come_back(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    visit.click(UNION)
    visit.page.keyboard.press("h")
    assert visit.drawn() == len(small) - 1
    visit.page.locator("#chips button", has_text="已隐藏 1 项").click()
    assert visit.drawn() == len(small)


def test_a_page_opens_around_its_focus(visitor: Visitor, tmp_path: Path, small: nx.MultiDiGraph[str]) -> None:
    write(small, tmp_path / "focus.html", title="周围", focus=IRI, hops=2, whole=5000)
    visitor.folder = tmp_path
    visit = visitor.open("focus")
    near = nx.single_source_shortest_path_length(small.to_undirected(), IRI, cutoff=2)
    assert visit.drawn() == len(near) < len(small)
    assert f"聚焦：{UNION}" in visit.text("#chips")
    assert f"显示 {len(near)}/{len(small)} 项" in visit.text("#status")
    assert "选自全图 5,000 项" in visit.text("#status")
    visit.page.keyboard.press("a")
    assert visit.drawn() == len(small)
    visit.settle()
    assert visit.page.url.endswith("#all=on")
    again = visitor.open("focus", fragment="#all=on")
    assert again.drawn() == len(small)


def _circle(visit: Visit) -> tuple[float, float]:
    x, y = visit.page.evaluate(
        """() => {
          const [id] = Object.keys(view.network.getPositions()).filter((key) => key.startsWith("c"));
          const at = view.network.canvasToDOM(view.network.getPosition(id));
          const box = document.querySelector("#network").getBoundingClientRect();
          return [box.left + at.x, box.top + at.y];
        }"""
    )
    return x, y


def test_what_no_article_names_goes_with_what_was_derived(visitor: Visitor, tmp_path: Path) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    evidence = [{"sentence": "甲工会举办乙赛", "highlights": [], "article": "报"}]
    for name in ("甲工会", "乙赛"):
        graph.add_node(name, label=name, type="Organization", articles=["报"])
    graph.add_node("丙工会", label="丙工会", type="Organization", articles=[])
    graph.add_edge("甲工会", "乙赛", key="organizes", evidence=evidence)
    graph.add_edge("甲工会", "丙工会", key="partOf", derived=True, rules=["hierarchy.union"])
    write(graph, tmp_path / "derived.html", title="推出")
    visitor.folder = tmp_path
    visit = visitor.open("derived")
    assert visit.drawn() == 3
    visit.search("丙工会")
    visit.page.keyboard.press("Enter")
    card = visit.text("#card")
    assert "没有文章写到它" in card
    assert "hierarchy.union" in card
    visit.page.locator("#lines button", has_text="推出").click()
    assert visit.drawn() == 2
    visit.search("丙工会")
    visit.page.keyboard.press("Enter")
    assert visit.drawn() == 3


def test_a_large_graph_opens_by_its_communities(visitor: Visitor) -> None:
    visit = visitor.open("folded")
    assert visit.drawn() == 0
    assert "点按圆圈展开" in visit.text("#chips")
    visit.search("云岭市总工会")
    visit.page.keyboard.press("Enter")
    visit.settle()
    assert visit.text("#card h2") == "云岭市总工会"
    opened = visit.drawn()
    assert 0 < opened <= 200
    assert re.search(rf"显示 {opened}/\d+ 项", visit.text("#status"))
    visit.page.keyboard.press("f")
    assert 0 < visit.drawn() <= 200
    visit.page.keyboard.press("Escape")
    visit.page.keyboard.press("Escape")
    visit.settle()
    visit.page.get_by_role("button", name="回到概览").click()
    assert visit.drawn() == 0


def test_a_click_on_a_circle_unfolds_it(visitor: Visitor) -> None:
    visit = visitor.open("folded")
    visit.page.mouse.click(*_circle(visit))
    assert visit.drawn() > 0


def test_communities_are_opened_from_a_list(visitor: Visitor) -> None:
    visit = visitor.open("folded")
    row = visit.page.locator("#communities button").first
    row.focus()
    visit.page.keyboard.press("Enter")
    assert visit.drawn() > 0
    assert visit.page.locator("#communities button").first.get_attribute("aria-pressed") == "true"
    assert visit.page.evaluate("document.activeElement.closest('#communities') !== null")
    visit.page.keyboard.press("Enter")
    assert visit.drawn() == 0
    visit.page.locator("#communities .more").click()
    assert visit.page.locator("#communities li").count() > 8


def test_a_circle_tells_what_is_in_it(visitor: Visitor) -> None:
    visit = visitor.open("folded")
    visit.page.mouse.move(*_circle(visit))
    wait_until(visit.page, "!document.querySelector('#tip').hidden")
    assert re.search(r"\d+ 项\n.+、", visit.text("#tip"))


def test_the_address_holds_the_view(visitor: Visitor, small: nx.MultiDiGraph[str]) -> None:
    visit = visitor.open()
    visit.click(UNION)
    visit.page.keyboard.press("f")
    visit.page.locator("#kinds button", has_text="活动").click()
    visit.page.click("#language-button")
    visit.page.click("#theme-button")
    visit.settle()
    drawn, status = visit.drawn(), visit.text("#status")
    again = visitor.open(fragment="#" + visit.page.url.partition("#")[2])
    assert again.drawn() == drawn < len(small)
    assert again.text("#status") == status
    assert again.text("#card h2") == UNION
    assert again.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert "things" in status


def test_the_address_holds_relation_article_and_place(visitor: Visitor, small: nx.MultiDiGraph[str]) -> None:
    visit = visitor.open()
    other = next(b for _, b, data in small.out_edges(IRI, data=True) if data["predicate"] == "organizes")
    title = small.edges[IRI, other, "organizes"]["evidence"][0]["article"]
    visit.page.evaluate(
        "line => { location.hash = `line=${line.map(encodeURIComponent)}`; }", [IRI, other, "organizes"]
    )
    wait_until(visit.page, "!document.querySelector('#card').hidden")
    visit.page.locator("#card cite button").first.click()
    visit.page.click("#zoom-in")
    visit.settle()
    again = visitor.open(fragment="#" + visit.page.url.partition("#")[2])
    assert again.text("#card") == visit.text("#card")
    assert title in again.text("#chips")
    assert again.drawn() == visit.drawn()
    assert again.place(UNION) == pytest.approx(visit.place(UNION), abs=2)


def test_a_link_is_copied(visitor: Visitor) -> None:
    visit = visitor.open(permissions=["clipboard-read", "clipboard-write"])
    visit.click(UNION)
    visit.page.get_by_role("button", name="复制链接").click()
    wait_until(visit.page, "document.querySelector('#card').textContent.includes('已复制')")
    assert quote(IRI, safe="") in visit.page.evaluate("navigator.clipboard.readText()")


def test_a_link_moves_an_open_page(visit: Visit) -> None:
    visit.page.evaluate("iri => { location.hash = 'focus=' + encodeURIComponent(iri); }", IRI)
    visit.settle()
    assert UNION in visit.text("#chips")
