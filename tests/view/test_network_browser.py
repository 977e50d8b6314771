"""The page in Chromium: what a reader sees and does, and what hostile text must not do."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree

import networkx as nx
import pytest

from kg.view import render, to_notebook
from kg.vocabulary import ID
from tests.view.conftest import wait_until
from tests.view.network_samples import HOSTILE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

UNION = "青林市总工会"
IRI = f"{ID}organization/{UNION}"


@dataclass
class Visit:
    """An open page, and everything that it should not have done."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def refuse(self, dialog: Dialog) -> None:
        self.troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def place(self, name: str) -> tuple[float, float]:
        point = self.page.evaluate("name => view.place(view.find(name))", name)
        return point["x"], point["y"]

    def click(self, name: str) -> None:
        self.page.mouse.click(*self.place(name))

    def drawn(self) -> int:
        return int(self.page.evaluate("view.drawn().length"))

    def text(self, selector: str) -> str:
        return self.page.locator(selector).inner_text()

    def settle(self) -> None:
        self.page.wait_for_timeout(340)

    def search(self, words: str) -> None:
        self.page.fill("#query", words)

    def download(self, form: str) -> tuple[str, bytes]:
        self.page.click("#export-button")
        with self.page.expect_download() as started:
            self.page.click(f"[data-export={form}]")
        return started.value.suggested_filename, Path(started.value.path()).read_bytes()


class Visitor:
    """Opens pages from disk and sees to it that each asks for nothing but itself."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        self.browser = browser
        self.folder = folder
        self.visits: list[Visit] = []

    def open(
        self, name: str = "small", *, fragment: str = "", width: int = 1280, height: int = 800, **options: Any
    ) -> Visit:
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            accept_downloads=True,
            reduced_motion="reduce",
            **options,
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        visit = Visit(page, (self.folder / f"{name}.html").as_uri())
        self.visits.append(visit)
        page.on("request", lambda request: visit.requests.append(request.url))
        page.on("console", lambda message: visit.troubles.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: visit.troubles.append(f"error: {error}"))
        page.on("dialog", visit.refuse)
        page.on("popup", lambda popup: visit.troubles.append(f"popup: {popup.url}"))
        page.goto(visit.address + fragment)
        wait_until(page, "window.view && view.frames > 1")
        return visit

    def check(self) -> None:
        for visit in self.visits:
            visit.page.wait_for_timeout(80)
            asked = {
                url.partition("#")[0] for url in visit.requests if not url.startswith(("blob:", "data:"))
            }
            assert asked == {visit.address}
            assert visit.page.url.partition("#")[0] == visit.address
            assert visit.troubles == []
            assert visit.page.evaluate("window.pwned") is None
            visit.page.context.close()


@pytest.fixture
def visitor(browser: Browser, pages: Path) -> Iterator[Visitor]:
    made = Visitor(browser, pages)
    yield made
    made.check()


@pytest.fixture(scope="module")
def shared(browser: Browser, pages: Path) -> Iterator[Visit]:
    made = Visitor(browser, pages)
    yield made.open()
    made.check()


@pytest.fixture
def visit(shared: Visit) -> Visit:
    """The small graph's page, opened once and brought back to its beginning before each test."""
    shared.page.keyboard.press("Escape")
    shared.page.evaluate("location.hash = `again=${Math.random()}`")
    shared.page.fill("#query", "")
    shared.page.evaluate("document.activeElement.blur()")
    wait_until(shared.page, "document.documentElement.dataset.theme === 'light'")
    shared.page.wait_for_timeout(60)
    return shared


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_is_drawn(
    visitor: Visitor, small: nx.MultiDiGraph[str], width: int, height: int, scheme: Any
) -> None:
    visit = visitor.open(width=width, height=height, color_scheme=scheme)
    colours = visit.page.evaluate(
        """() => {
          const canvas = document.querySelector("#network canvas");
          const picture = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(picture.data.buffer)).size;
        }"""
    )
    assert colours > 50
    assert visit.page.evaluate("document.documentElement.dataset.theme") == scheme
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = visit.page.locator("#network").bounding_box()
    assert box is not None
    places = visit.page.evaluate("view.drawn().map(view.place)")
    assert len(places) == visit.drawn() == len(small)
    assert all(box["x"] <= p["x"] <= box["x"] + box["width"] for p in places)
    assert all(box["y"] <= p["y"] <= box["y"] + box["height"] for p in places)


def test_a_click_opens_the_card_with_the_sentence(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    visit.click(UNION)
    assert visit.text("#card h2") == UNION
    card = visit.text("#card")
    for alias in small.nodes[IRI]["aliases"]:
        assert alias in card
    for figure in small.nodes[IRI]["figures"]:
        assert figure["sentence"] in card
        assert figure["measure"] in card
    for a, b, data in [*small.out_edges(IRI, data=True), *small.in_edges(IRI, data=True)]:
        assert small.nodes[a if b == IRI else b]["label"] in card
        for evidence in data["evidence"]:
            assert evidence["sentence"] in card
            assert evidence["article"] in card
    marks = visit.page.locator("#card mark").all_inner_texts()
    assert UNION in marks
    visit.page.keyboard.press("Escape")
    assert visit.page.locator("#card").is_hidden()


def test_a_click_on_a_line_opens_the_relation(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    other = next(b for _, b, data in small.out_edges(IRI, data=True) if data["predicate"] == "organizes")
    (ax, ay), (bx, by) = visit.place(UNION), visit.place(small.nodes[other]["label"])
    visit.page.mouse.click(ax * 0.35 + bx * 0.65, ay * 0.35 + by * 0.65)
    card = visit.text("#card")
    assert "主办" in card
    assert small.nodes[other]["label"] in card
    assert small.edges[IRI, other, "organizes"]["evidence"][0]["sentence"] in card


def test_search_by_name_and_alias(visit: Visit) -> None:
    for words in ("青林市总", "青林工会", UNION):
        visit.page.keyboard.press("/")
        visit.page.fill("#query", "")
        visit.page.keyboard.insert_text(words)
        assert UNION in visit.page.locator("#found li").first.inner_text()
        visit.page.keyboard.press("Enter")
        assert visit.text("#card h2") == UNION
        visit.page.keyboard.press("Escape")


def test_search_by_pinyin(visit: Visit) -> None:
    pytest.importorskip("pypinyin")
    for words in ("qlszgh", "qinglinshizong", "QingLin Shi Zong Gong"):
        visit.search(words)
        assert UNION in visit.page.locator("#found").inner_text()


def test_search_that_finds_nothing_says_so(visit: Visit) -> None:
    visit.search("没有这样的东西")
    assert visit.text("#found") == "没有找到"
    visit.page.keyboard.press("Escape")
    assert visit.page.input_value("#query") == ""


def test_the_legend_switches_types(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    people = sum(data["type"] == "Person" for _, data in small.nodes(data=True))
    row = visit.page.locator("#kinds button", has_text="人物")
    assert str(people) in row.inner_text()
    row.click()
    assert row.get_attribute("aria-pressed") == "false"
    assert visit.drawn() == len(small) - people
    assert f"显示 {len(small) - people}/{len(small)} 项" in visit.text("#status")
    visit.page.click("[data-none=kinds]")
    assert visit.drawn() == 0
    visit.page.click("[data-all=kinds]")
    assert visit.drawn() == len(small)
    assert visit.text("#status").startswith(f"{len(small)} 项")


def test_the_relation_list_switches_predicates(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    kept = sum(data["predicate"] != "locatedIn" for *_, data in small.edges(data=True))
    visit.page.locator("#predicates button", has_text="位于").click()
    assert f"{kept}/{small.number_of_edges()} 条关系" in visit.text("#status")
    assert visit.drawn() == len(small)
    visit.page.check("#isolated")
    assert visit.drawn() < len(small)


def test_lines_show_what_is_planned_or_derived(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    names = visit.text("#lines")
    assert all(name in names for name in ("原文写明", "计划中", "曾经", "推出"))
    derived = sum(data["derived"] for *_, data in small.edges(data=True))
    visit.page.locator("#lines button", has_text="推出").click()
    assert f"{small.number_of_edges() - derived}/{small.number_of_edges()} 条关系" in visit.text("#status")


def test_the_year_range(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    years = [int(d["attributes"]["year"]) for *_, d in small.edges(data=True) if "year" in d["attributes"]]
    first, last = sorted(set(years))[1:3]
    visit.page.select_option("#year-from", str(first))
    visit.page.select_option("#year-to", str(last))
    visit.page.uncheck("#undated")
    kept = sum(first <= year <= last for year in years)
    assert f"{kept}/{small.number_of_edges()} 条关系" in visit.text("#status")


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


def test_a_link_moves_an_open_page(visit: Visit) -> None:
    visit.page.evaluate("iri => { location.hash = 'focus=' + encodeURIComponent(iri); }", IRI)
    visit.settle()
    assert UNION in visit.text("#chips")


def test_a_broken_address_does_no_harm(visitor: Visitor, small: nx.MultiDiGraph[str]) -> None:
    visit = visitor.open(fragment="#%")
    for fragment in (
        "focus=%E0%A4%A",
        "view=a,b,c&years=9-1",
        "__proto__=1&constructor=2",
        "selected=x&hidden=y&open=z",
        *(
            f"selected={quote(text)}&focus={quote(text)}&types-off={quote(text)}"
            for text in (
                "<img src=x onerror=alert(1)>",
                "javascript:alert(1)",
                "'\"><script>alert(1)</script>",
            )
        ),
    ):
        visit.page.evaluate("fragment => { location.hash = fragment; }", fragment)
        visit.page.reload()
        wait_until(visit.page, "window.view && view.frames > 1")
        assert visit.drawn() == len(small)


def test_two_languages(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.lang") == "zh-CN"
    visit.page.click("#language-button")
    assert visit.page.evaluate("document.documentElement.lang") == "en"
    visit.click(UNION)
    assert "organizes" in visit.text("#predicates")
    assert "Organizations · Trade union" in visit.text("#card")
    assert visit.page.get_by_role("button", name="Export what is shown").is_visible()


def test_arrows_move_to_the_next_thing(visit: Visit) -> None:
    visit.click(UNION)
    x, _ = visit.place(UNION)
    visit.page.locator("#network").focus()
    visit.page.keyboard.press("ArrowRight")
    name = visit.text("#card h2")
    visit.settle()
    assert name != UNION
    assert visit.place(name)[0] > visit.place(UNION)[0]
    assert x > 0


def test_everything_is_reached_by_the_keyboard(visitor: Visitor) -> None:
    visit = visitor.open()
    order = []
    for _ in range(14):
        visit.page.keyboard.press("Tab")
        order.append(visit.page.evaluate("document.activeElement.closest('[id]')?.id || ''"))
    assert order[:5] == ["query", "language-button", "theme-button", "export-button", "help-button"]
    assert "kinds" in order
    unnamed = visit.page.evaluate(
        "[...document.querySelectorAll('button, input, select')].filter(e => e.checkVisibility() && "
        "!(e.innerText || e.value || e.ariaLabel || e.closest('label'))).map(e => e.outerHTML)"
    )
    assert unnamed == []


def test_help_opens_and_closes(visit: Visit) -> None:
    visit.page.keyboard.press("?")
    assert "首字母" in visit.text("#help")
    visit.page.keyboard.press("Escape")
    assert visit.page.locator("#help").is_hidden()


def test_pictures_to_take_away(visit: Visit) -> None:
    name, svg = visit.download("svg")
    assert name == "南江省工会关系网络.svg"
    tree = ElementTree.fromstring(svg)
    words = {text.text for text in tree.iter("{http://www.w3.org/2000/svg}text")}
    assert {UNION, "组织", "南江省工会关系网络"} <= words
    assert b"style=" not in svg
    name, png = visit.download("png")
    assert (name, png[:8]) == ("南江省工会关系网络.png", b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") == 2 * int(tree.get("width") or 0)


def _rows(raw: bytes) -> list[dict[str, str]]:
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_tables_to_take_away(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    name, raw = visit.download("relations")
    rows = _rows(raw)
    assert name == "南江省工会关系网络.relations.csv"
    assert len(rows) == small.number_of_edges()
    stated = next(
        row for row in rows if row["主体"] == UNION and row["关系"] == "主办" and row["状态"] == "原文写明"
    )
    assert UNION in stated["原句"]
    assert len(_rows(visit.download("things")[1])) == len(small)
    figures = _rows(visit.download("figures")[1])
    assert len(figures) == sum(len(data["figures"]) for _, data in small.nodes(data=True))
    assert {float(row["数值"]) for row in figures} <= {12, 305, 4_000, 38_000, 120_000_000, 0.5}
    visit.page.locator("#kinds button", has_text="人物").click()
    assert not [row for row in _rows(visit.download("things")[1]) if row["类型"] == "人物"]


def test_print_shows_the_picture_and_the_card(visitor: Visitor) -> None:
    visit = visitor.open(color_scheme="dark")
    visit.click(UNION)
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visit.page.emulate_media(media="print")
    assert visit.page.locator("#print svg").is_visible()
    assert visit.page.locator("#card").is_visible()
    for hidden in ("#panel", ".search", ".tools", "#network"):
        assert visit.page.locator(hidden).is_hidden()
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert visit.page.pdf().startswith(b"%PDF")


def test_a_telephone_has_legend_and_card_as_sheets(visitor: Visitor) -> None:
    visit = visitor.open(width=390, height=844, has_touch=True)
    assert visit.page.locator("#panel").is_hidden()
    visit.page.tap("#panel-button")
    assert visit.page.locator("#kinds").is_visible()
    visit.page.tap("#panel-close")
    visit.page.touchscreen.tap(*visit.place(UNION))
    assert visit.text("#card h2") == UNION
    card, network = visit.page.locator("#card").bounding_box(), visit.page.locator("#network").bounding_box()
    assert card is not None
    assert network is not None
    assert card["width"] == 390
    assert card["height"] < 0.6 * network["height"]


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
    box = visit.page.evaluate(
        """() => {
          const [id] = Object.keys(view.network.getPositions()).filter((key) => key.startsWith("c"));
          const at = view.network.canvasToDOM(view.network.getPosition(id));
          const box = document.querySelector("#network").getBoundingClientRect();
          return [box.left + at.x, box.top + at.y];
        }"""
    )
    visit.page.mouse.click(*box)
    assert visit.drawn() > 0


def test_two_thousand_things_are_drawn_and_move(visitor: Visitor) -> None:
    visit = visitor.open("large")
    assert visit.drawn() >= 1990
    frame = visit.page.evaluate(
        """() => {
          const times = [];
          for (let n = 0; n < 15; n += 1) {
            const before = performance.now();
            view.network.moveTo({ position: { x: n * 20, y: n * 10 } });
            view.network.redraw();
            times.push(performance.now() - before);
          }
          return times.sort((a, b) => a - b)[2];
        }"""
    )
    assert frame < 100


def test_hostile_text_is_shown_as_text(visitor: Visitor) -> None:
    visit = visitor.open("hostile")
    page = visit.page
    assert page.title() == "</title><script>window.pwned = 1; alert(0)</script>"
    assert page.locator("h1").inner_text() == page.title()
    counts = "document.querySelectorAll('script, iframe, img, link, style, meta, base, object, embed').length"
    before = page.evaluate(counts)
    for number, text in enumerate(HOSTILE):
        iri = f"{ID}{number}/{text}".encode("utf-8", "replace").decode()
        page.evaluate("iri => { location.hash = 'selected=' + encodeURIComponent(iri); }", iri)
        page.wait_for_timeout(10)
        if "\ud800" in text or not text.strip():
            continue
        shown = page.evaluate("document.querySelector('#card').textContent")
        assert page.evaluate("document.querySelector('#card h2').textContent") == text
        assert shown.count(text) > 5
        assert (
            page.evaluate("[...document.querySelectorAll('#card mark')].map(e => e.textContent)")[0] == text
        )
        if number % 4 == 0:
            visit.search(text[:60])
            page.evaluate("document.activeElement.blur()")
    page.click("#language-button")
    page.click("#theme-button")
    for x in range(300, 1200, 120):
        page.mouse.move(x, 120 + (x * 7) % 600)
        page.mouse.click(x, 120 + (x * 7) % 600)
    assert page.evaluate(counts) == before
    ElementTree.fromstring(visit.download("svg")[1])
    visit.download("png")
    for form in ("relations", "things", "figures"):
        for row in _rows(visit.download(form)[1]):
            assert not [
                value for value in row.values() if re.match(r"\s*[=+\-@\t]", value) and not value.isdigit()
            ]
    page.evaluate("dispatchEvent(new Event('beforeprint'))")


def test_a_notebook_frame_works_without_an_origin(
    visitor: Visitor, tmp_path: Path, small: nx.MultiDiGraph[str]
) -> None:
    shown = to_notebook(render(small, title="笔记本"))
    (tmp_path / "notebook.html").write_text(
        f"<!doctype html><meta charset=utf-8>{shown._repr_html_()}", encoding="utf-8"
    )
    context = visitor.browser.new_context(viewport={"width": 1000, "height": 700})
    page = context.new_page()
    troubles: list[str] = []
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto((tmp_path / "notebook.html").as_uri())
    frame = page.frames[1]
    wait_until(frame, "window.view && view.frames > 1")
    frame.fill("#query", UNION)
    frame.press("#query", "Enter")
    assert frame.locator("#card h2").inner_text() == UNION
    page.wait_for_timeout(400)
    assert troubles == []
    assert json.loads(frame.evaluate("JSON.stringify(view.drawn())"))
    context.close()
