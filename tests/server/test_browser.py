"""The pages in Chromium, at a desk and on a telephone: what a reader sees and does, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest

from kg.graph import Graph
from kg.graph.iris import article_iri
from kg.server.addresses import path_of
from kg.vocabulary import EntityType, entity_iri
from tests.accessibility import violations
from tests.server.conftest import Running
from tests.server.server_samples import HOSTILE_ARTICLE, NAMES
from tests.view.visits import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page

DESK, TELEPHONE = (1440, 900), (390, 844)
LU = path_of(entity_iri(EntityType.PERSON, "陆远舟")) or ""
UNION = path_of(entity_iri(EntityType.ORGANIZATION, "青禾市总工会")) or ""
ARTICLE = path_of(article_iri("aaaa000000000001")) or ""
RAN = """(() => {
  const said = document.getElementById("status").textContent;
  return (said !== "" && said !== "正在查询…") || document.querySelector(".fault, .truth") !== null;
})()"""
RICH = {"start", "thing", "article", "question", "query"}
PAGES = {
    "start": "/",
    "english": "/?lang=en",
    "things": "/things",
    "search": "/search?q=lyz",
    "nothing found": "/search?q=zzzz",
    "articles": "/articles",
    "thing": UNION,
    "person": LU,
    "article": ARTICLE,
    "record": "/id/role/" + quote("工会主席"),
    "questions": "/questions",
    "question": "/questions/awards?ask=1",
    "query": "/query",
    "ontology": "/ontology",
    "api": "/api",
    "error": "/nothing",
    "preview": "/reconcile/preview?id=person/" + quote("陆远舟"),
}


@dataclass
class Visit:
    """An open page, and everything that it should not have done."""

    page: Page
    base: str
    troubles: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)


class Visitor:
    """Opens pages, and sees to it that they ask nobody but their server and do nothing by themselves."""

    def __init__(self, browser: Browser, base: str) -> None:
        self.browser = browser
        self.base = base
        self.visits: list[Visit] = []

    def open(self, path: str, size: tuple[int, int] = DESK, **options: Any) -> Visit:
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", **options
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        visit = Visit(page, self.base)
        self.visits.append(visit)

        def asked(url: str) -> None:
            if not url.startswith((self.base, "data:", "blob:", "about:")):
                visit.troubles.append(f"request: {url}")

        def refuse(dialog: Dialog) -> None:
            visit.troubles.append("dialog")
            dialog.dismiss()

        def said(message: ConsoleMessage) -> None:
            if message.type == "error" and "Failed to load resource" not in message.text:
                visit.troubles.append(f"console: {message.text}")

        page.on("request", lambda request: asked(request.url))
        page.on("dialog", refuse)
        page.on("pageerror", lambda error: visit.troubles.append(f"error: {error}"))
        page.on("console", said)
        visit.go(path)
        return visit

    def check(self) -> None:
        for visit in self.visits:
            visit.page.wait_for_timeout(50)
            assert visit.troubles == []
            assert visit.page.evaluate("window.pwned") is None
            visit.page.context.close()


@pytest.fixture
def visitor(browser: Browser, served: Running) -> Iterator[Visitor]:
    made = Visitor(browser, served.base)
    yield made
    made.check()


@pytest.fixture(scope="module")
def windows(browser: Browser, served: Running) -> Iterator[dict[str, Visit]]:
    """A light window at a desk and a dark one on a telephone, used for one page after the other."""
    made = Visitor(browser, served.base)
    yield {
        "desk": made.open("/", DESK, color_scheme="light"),
        "telephone": made.open("/", TELEPHONE, color_scheme="dark"),
    }
    made.check()


@pytest.mark.parametrize("size", ["desk", "telephone"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_fits_and_can_be_used_by_all(windows: dict[str, Visit], name: str, size: str) -> None:
    visit = windows[size]
    visit.go(PAGES[name])
    page = visit.page
    if name == "query":
        wait_until(page, "Boolean(document.querySelector('.CodeMirror'))")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "wider than the window"
    if size == "desk" or name in RICH:  # the same elements are on both; these are arranged anew, and dark
        assert violations(page) == []


def test_search_with_suggestions(visitor: Visitor) -> None:
    visit = visitor.open("/")
    page = visit.page
    page.keyboard.press("/")
    page.keyboard.type("qhszgh")
    page.wait_for_selector(".found [role=option]")
    page.keyboard.press("ArrowDown")
    box = page.locator("input[type=search]")
    assert box.get_attribute("aria-expanded") == "true"
    assert box.get_attribute("aria-activedescendant") == "search-main-found-0"
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.wait_for_selector(".found [role=option]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**" + UNION)
    assert page.locator("h1").inner_text() == "青禾市总工会"


def test_search_without_a_suggestion(visitor: Visitor) -> None:
    page = visitor.open("/").page
    page.fill("input[type=search]", "何静")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.click("text=何静 >> nth=0")
    assert "何静" in page.title()


def test_the_language_can_be_switched_and_stays(visitor: Visitor) -> None:
    page = visitor.open(UNION).page
    page.click(".language")
    assert page.locator("#facts").inner_text().startswith("Relations")
    page.click(".thing >> nth=0")
    assert "lang=en" in page.url
    page.click(".language")
    assert "lang" not in page.url


def test_the_small_network_is_drawn_in_a_frame_of_its_own(visitor: Visitor) -> None:
    page = visitor.open(LU).page
    page.locator("iframe.network").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    frame = page.frames[1]
    wait_until(frame, "Boolean(window.view && view.frames > 1)")
    assert frame.evaluate("view.drawn().length") >= 4
    assert frame.evaluate("origin") == "null"


def test_a_sentence_leads_to_its_place_in_the_article(visitor: Visitor) -> None:
    page = visitor.open(LU).page
    page.click("cite a >> nth=0")
    page.wait_for_url("**#at-*")
    assert page.evaluate("document.querySelector(':target').closest('.stated').textContent.length") > 5
    page.goto(page.url.partition("#")[0] + page.evaluate("'#' + document.querySelector('.name').id"))
    assert page.evaluate("document.querySelector('.name:target') !== null")


def test_the_keyboard_goes_through_a_page_in_order(visitor: Visitor) -> None:
    page = visitor.open("/things").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.filters') !== null")
    places = []
    for _ in range(12):
        page.keyboard.press("Tab")
        places.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
    assert places == sorted(places)


def run(page: Page, query: str) -> None:
    page.evaluate("query => { document.querySelector('.CodeMirror').CodeMirror.setValue(query) }", query)
    page.click("#run")
    wait_until(page, RAN)


def open_editor(visitor: Visitor, path: str = "/query", size: tuple[int, int] = DESK) -> Page:
    page = visitor.open(path, size).page
    wait_until(page, "Boolean(document.querySelector('.CodeMirror'))")
    return page


def text_in_editor(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()"))


def test_a_query_is_asked_and_its_prefixes_filled_in(visitor: Visitor) -> None:
    page = open_editor(visitor)
    run(page, "SELECT ?it ?name { ?it a kg:Person ; skos:prefLabel ?name } ORDER BY ?name LIMIT 3")
    assert "PREFIX kg: <https://w3id.org/union-kg/ontology#>" in text_in_editor(page)
    assert page.locator("#answer tbody tr").count() == 3
    assert page.locator("#status").inner_text().startswith("3 行")
    assert "query=" in page.url
    link = page.locator("#answer tbody a >> nth=0")
    assert (link.get_attribute("href") or "").startswith("/id/person/")
    assert violations(page) == []
    page.reload()
    wait_until(page, RAN)
    assert page.locator("#answer tbody tr").count() == 3


def test_the_place_of_a_fault_is_shown(visitor: Visitor) -> None:
    page = open_editor(visitor)
    run(page, "SELECT * {\n  ?s ?p 𠮷野家 .\n}")
    assert "第 2 行第" in page.locator("#fault").inner_text()
    assert page.locator(".fault-mark").count() == 1
    page.click("#fault button")
    assert page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getCursor().line") == 1
    assert violations(page) == []


def test_examples_answers_and_downloads(visitor: Visitor) -> None:
    page = open_editor(visitor)
    page.select_option("#example", "awards")
    assert "kg:AwardReceipt" in text_in_editor(page)
    page.focus("#editor-text")
    page.keyboard.press("Control+Enter")
    wait_until(page, RAN)
    assert page.locator("#answer tbody tr").count() >= 1
    with page.expect_download() as started:
        page.click("#downloads button >> nth=0")
    assert Path(started.value.path()).read_bytes().startswith(b"\xef\xbb\xbf")
    run(page, "ASK { ?s a kg:Person }")
    wait_until(page, "document.querySelector('.truth') !== null")
    assert page.locator(".truth").inner_text() == "是"
    run(page, "CONSTRUCT WHERE { ?s a kg:Person }")
    wait_until(page, "document.querySelector('#answer pre') !== null")
    assert "kg:Person" in page.locator("#answer pre").inner_text()


def test_completion_and_leaving_the_editor(visitor: Visitor) -> None:
    page = open_editor(visitor)
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT * { ?s ')")
    page.focus("#editor-text")
    page.keyboard.press("Control+End")
    page.keyboard.type("kg:holds")
    page.keyboard.press("Control+Space")
    wait_until(page, "document.querySelector('.CodeMirror-hints') !== null")
    page.keyboard.press("Enter")
    assert "kg:holdsPost" in text_in_editor(page)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "run"


def test_the_editor_on_a_telephone(visitor: Visitor) -> None:
    page = open_editor(visitor, "/query?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 5"), TELEPHONE)
    wait_until(page, RAN)
    assert page.locator("#answer tbody tr").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hostile_text_does_nothing(visitor: Visitor, served: Running) -> None:
    visit = visitor.open(f"/id/article/{HOSTILE_ARTICLE}")
    things = [t for t in Graph.open(served.server.folder).things() if set("<>\"'") & set(t.label)]
    assert len(things) > 20
    drawn = things[-1]  # of one the small network as well: each takes its time
    visit.go(path_of(drawn.iri) or "")
    visit.page.wait_for_timeout(500)
    visit.page.route("**/network?*", lambda route: route.abort())
    for thing in things[::3]:
        visit.go(path_of(thing.iri) or "")
        visit.page.wait_for_timeout(30)
    visit.go("/search?q=" + quote(NAMES[6]))
    visit.go("/questions/observations?ask=1")
    visit.go("/things")
    visit.page.fill("input[type=search]", "script")
    visit.page.wait_for_selector(".found [role=option]")
    visit.go("/query?query=" + quote("SELECT ?s ?name { ?s skos:prefLabel ?name } LIMIT 200"))
    wait_until(visit.page, "document.querySelectorAll('#answer tbody tr').length > 100")
    visit.go("/query?query=" + quote(NAMES[1]))
    wait_until(visit.page, "document.querySelector('.fault') !== null")
