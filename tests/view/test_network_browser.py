"""The page in Chromium: the picture, the card, search, legend, keyboard, and what is taken away."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import networkx as nx
import pytest

from tests.view.network_samples import IRI, UNION
from tests.view.visits import Visit, Visitor, rows_of, wait_until


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


@pytest.mark.parametrize(
    "words",
    [
        "qlszgh",
        "qinglinshizong",
        "QingLin Shi Zong Gong",
        "qinglsz",
        "qlshizgh",
        "青林 总工会",
        "qinglin 市总",
    ],
)
def test_search_by_pinyin_initials_and_several_words(visit: Visit, words: str) -> None:
    visit.search(words)
    assert visit.page.locator("#found li").first.inner_text().startswith(UNION)


def test_search_marks_what_was_searched_for(visit: Visit) -> None:
    visit.search("林市总")
    assert visit.page.locator("#found li").first.locator("mark").inner_text() == "林市总"
    assert "条关系" in visit.page.locator("#found li").first.inner_text()


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
    visit.page.focus("#year-from")
    visit.page.keyboard.press("ArrowRight")
    visit.page.focus("#year-to")
    visit.page.keyboard.press("ArrowLeft")
    first, last = min(years) + 1, max(years) - 1
    assert visit.text("#year-text") == f"{first} – {last}"
    undated = small.number_of_edges() - len(years)
    kept = sum(first <= year <= last for year in years)
    assert f"{kept + undated}/{small.number_of_edges()} 条关系" in visit.text("#status")
    visit.page.uncheck("#undated")
    assert f"{kept}/{small.number_of_edges()} 条关系" in visit.text("#status")
    visit.page.locator(f"#histogram [data-year='{years[0]}']").dispatch_event("click")
    assert visit.text("#year-text") == str(years[0])
    assert f"{years.count(years[0])}/{small.number_of_edges()} 条关系" in visit.text("#status")


def test_one_article_alone(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    title = small.nodes[IRI]["articles"][0]
    kept = sum(any(e["article"] == title for e in d["evidence"]) for *_, d in small.edges(data=True))
    visit.page.locator("#sources button", has_text=title).click()
    assert f"{kept}/{small.number_of_edges()} 条关系" in visit.text("#status")
    assert title in visit.text("#chips")
    visit.page.locator("#chips button", has_text=title).click()
    assert visit.drawn() == len(small)
    visit.click(UNION)
    visit.page.locator("#card cite button", has_text=title).first.click()
    assert f"{kept}/{small.number_of_edges()} 条关系" in visit.text("#status")
    assert (
        visit.page.locator("#card cite button", has_text=title).first.get_attribute("aria-pressed") == "true"
    )


def test_the_pointer_is_told_what_it_is_over(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    visit.page.mouse.move(*visit.place(UNION))
    wait_until(visit.page, "!document.querySelector('#tip').hidden")
    assert visit.text("#tip").startswith(f"{UNION}\n组织 · 工会 · ")
    other = next(b for _, b, data in small.out_edges(IRI, data=True) if data["predicate"] == "organizes")
    (ax, ay), (bx, by) = visit.place(UNION), visit.place(small.nodes[other]["label"])
    visit.page.mouse.move(ax * 0.35 + bx * 0.65, ay * 0.35 + by * 0.65)
    wait_until(visit.page, "document.querySelector('#tip q')")
    assert f"{UNION} 主办" in visit.text("#tip")
    assert small.edges[IRI, other, "organizes"]["evidence"][0]["sentence"] in visit.text("#tip")
    visit.page.mouse.move(640, 20)
    wait_until(visit.page, "document.querySelector('#tip').hidden")


def test_pointing_at_a_thing_makes_the_rest_fade(visit: Visit) -> None:
    ink = """() => {
      const { width, height } = document.querySelector("#network canvas");
      const copy = Object.assign(document.createElement("canvas"), { width, height }).getContext("2d");
      copy.drawImage(document.querySelector("#network canvas"), 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      let sum = 0;
      for (let n = 0; n < data.length; n += 4) if (data[n] + data[n + 1] + data[n + 2] < 560) sum += 1;
      return sum;
    }"""
    before = visit.page.evaluate(ink)
    visit.page.mouse.move(*visit.place("青林市"))
    wait_until(visit.page, "!document.querySelector('#tip').hidden")
    assert 0 < visit.page.evaluate(ink) < 0.6 * before


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


def test_enter_begins_with_what_is_greatest(visit: Visit) -> None:
    visit.page.locator("#network").focus()
    visit.page.keyboard.press("Enter")
    name = visit.text("#card h2")
    assert "总工会" in name
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "card"
    visit.page.keyboard.press("Escape")
    assert visit.page.evaluate("document.activeElement.id") == "network"


@pytest.mark.parametrize(("keys", "grows"), [("+", True), ("=", True), ("-", False)])
def test_zoom_by_keys_and_buttons(visit: Visit, keys: str, grows: bool) -> None:
    scale = "view.network.getScale()"
    before = visit.page.evaluate(scale)
    visit.page.locator("#network").focus()
    visit.page.keyboard.press(keys)
    visit.settle()
    assert (visit.page.evaluate(scale) > before) is grows
    visit.page.click("#zoom-out" if grows else "#zoom-in")
    visit.settle()
    visit.page.keyboard.press("0")
    visit.settle()
    assert visit.page.evaluate(scale) == pytest.approx(before, rel=0.01)


def test_the_theme_follows_the_system_until_it_is_chosen(visitor: Visitor) -> None:
    visit = visitor.open()
    theme = "document.documentElement.dataset.theme"
    visit.page.emulate_media(color_scheme="dark")
    wait_until(visit.page, f"{theme} === 'dark'")
    visit.page.click("#theme-button")
    assert visit.page.evaluate(theme) == "light"
    visit.page.emulate_media(color_scheme="light")
    visit.page.emulate_media(color_scheme="dark")
    visit.page.wait_for_timeout(60)
    assert visit.page.evaluate(theme) == "light"


def test_everything_is_reached_by_the_keyboard(visitor: Visitor) -> None:
    visit = visitor.open()
    order, unseen = [], []
    for _ in range(60):
        visit.page.keyboard.press("Tab")
        order.append(visit.page.evaluate("document.activeElement.closest('[id]')?.id || ''"))
        if not visit.page.evaluate(
            """() => {
              const at = document.activeElement;
              if (at === document.body) return true;
              const { outlineStyle, outlineWidth } = getComputedStyle(at);
              return (outlineStyle !== "none" && outlineWidth !== "0px") || at.type === "range";
            }"""
        ):
            unseen.append(order[-1])
    assert unseen == []
    assert order[:5] == ["query", "language-button", "theme-button", "export-button", "help-button"]
    reached = {"kinds", "predicates", "lines", "year-from", "year-to", "undated", "sources", "isolated"}
    assert reached | {"network", "zoom-in", "zoom-out", "zoom-fit"} <= set(order)
    unnamed = visit.page.evaluate(
        "[...document.querySelectorAll('button, input')].filter(e => e.checkVisibility() && "
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
    assert {UNION, "组织", "南江省工会关系网络", "推出"} <= words
    dashes = {path.get("stroke-dasharray") for path in tree.iter("{http://www.w3.org/2000/svg}path")}
    assert len(dashes) >= 4
    assert b"style=" not in svg
    name, png = visit.download("png")
    assert (name, png[:8]) == ("南江省工会关系网络.png", b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") == 2 * int(tree.get("width") or 0)


def test_tables_to_take_away(visit: Visit, small: nx.MultiDiGraph[str]) -> None:
    name, raw = visit.download("relations")
    rows = rows_of(raw)
    assert name == "南江省工会关系网络.relations.csv"
    assert len(rows) == small.number_of_edges()
    stated = next(
        row for row in rows if row["主体"] == UNION and row["关系"] == "主办" and row["状态"] == "原文写明"
    )
    assert UNION in stated["原句"]
    assert len(rows_of(visit.download("things")[1])) == len(small)
    figures = rows_of(visit.download("figures")[1])
    assert len(figures) == sum(len(data["figures"]) for _, data in small.nodes(data=True))
    assert {float(row["数值"]) for row in figures} <= {12, 305, 4_000, 38_000, 120_000_000, 0.5}
    visit.page.locator("#kinds button", has_text="人物").click()
    assert not [row for row in rows_of(visit.download("things")[1]) if row["类型"] == "人物"]


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
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "light"
    assert visit.page.pdf().startswith(b"%PDF")
    visit.page.emulate_media(media="screen")
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert visit.page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert visit.page.locator("#print svg").count() == 0


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
