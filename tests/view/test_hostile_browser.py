"""Hostile text in Chromium: in title, heading, tooltip, line, legend, card, address, search, table and
picture it is text. Each visit also fails at any dialog, request, popup or message on the console."""

from __future__ import annotations

import re
from urllib.parse import quote
from xml.etree import ElementTree

from kg.vocabulary import ID
from tests.hostile_strings import HOSTILE, NAMES, SCRIPTS
from tests.view.conftest import HEADING
from tests.view.visits import READY, Visit, Visitor, rows_of, wait_until

_DANGEROUS = "script, iframe, img, link, style, meta, base, object, embed, form, details"
_ELEMENTS = f"document.querySelectorAll('{_DANGEROUS}').length"
_HANDLERS = """[...document.querySelectorAll('*')]
  .filter((element) => [...element.attributes].some(({ name }) => name.startsWith("on"))).length"""


def _plain(text: str) -> bool:
    return "\ud800" not in text and bool(text.strip())


def _iri(number: int, text: str) -> str:
    return f"{ID}{number}/{text}".encode("utf-8", "replace").decode()


def _select(visit: Visit, number: int, text: str) -> None:
    visit.page.evaluate(
        "iri => { location.hash = 'selected=' + encodeURIComponent(iri); }", _iri(number, text)
    )
    visit.page.wait_for_timeout(8)


def test_hostile_text_is_shown_as_text(visitor: Visitor) -> None:
    visit = visitor.open("hostile")
    page = visit.page
    before = page.evaluate(_ELEMENTS)
    assert page.title() == page.locator("h1").inner_text() == HEADING
    shown = page.evaluate(
        """async (iris) => {
          const card = document.querySelector("#card");
          const found = [];
          for (const iri of iris) {
            const there = new Promise((done) => addEventListener("hashchange", done, { once: true }));
            location.hash = `selected=${encodeURIComponent(iri)}`;
            await there;
            found.push([
              card.querySelector("h2")?.textContent,
              card.querySelector("mark")?.textContent,
              card.textContent,
            ]);
          }
          return found;
        }""",
        [_iri(number, text) for number, text in enumerate(HOSTILE)],
    )
    for text, (name, mark, card) in zip(HOSTILE, shown, strict=True):
        if _plain(text):
            assert name == mark == text
            assert card.count(text) > 5
    legend = page.evaluate(
        "['kinds', 'predicates'].map(id => document.getElementById(id).textContent).join()"
    )
    page.evaluate("document.querySelector('#sources .more').click()")
    page.evaluate("document.querySelector('#sources .more').click()")
    sources = page.evaluate("document.getElementById('sources').textContent")
    assert [text for text in HOSTILE[1:] if _plain(text) and text.strip() not in legend] == []
    assert [text for text in HOSTILE if _plain(text) and text not in sources] == []
    assert page.evaluate(_ELEMENTS) == before
    assert page.evaluate(_HANDLERS) == 0


def test_hostile_text_under_the_pointer(visitor: Visitor) -> None:
    visit = visitor.open("hostile")
    page = visit.page
    before = page.evaluate(_ELEMENTS)
    tips = set()
    for number, text in enumerate(HOSTILE[:-1]):
        if number % 3:
            continue
        x, y = page.evaluate("n => { const { x, y } = view.place(n); return [x, y]; }", number)
        page.mouse.move(x, y)
        page.mouse.move(x + 1, y)
        wait_until(page, "!document.querySelector('#tip').hidden")
        tips.add(page.evaluate("document.querySelector('#tip').textContent"))
        if number % 15 == 0:
            page.mouse.dblclick(x, y)
            page.keyboard.press("a")
        visit.search(text[:60])
        page.keyboard.press("Escape")
        page.evaluate("document.activeElement.blur()")
    assert len(tips) > 20
    page.click("#language-button")
    page.click("#theme-button")
    for x in range(300, 1200, 60):
        page.mouse.move(x, 120 + (x * 7) % 600)
        page.mouse.click(x, 120 + (x * 7) % 600)
    assert page.evaluate(_ELEMENTS) == before


def test_hostile_text_is_taken_away_as_text(visitor: Visitor) -> None:
    visit = visitor.open("hostile")
    _select(visit, 0, HOSTILE[0])
    tree = ElementTree.fromstring(visit.download("svg")[1])
    assert {element.tag.partition("}")[2] for element in tree.iter()} <= {
        "svg", "title", "rect", "clipPath", "g", "path", "text", "line", "circle",
    }  # fmt: skip
    assert not [
        name for element in tree.iter() for name in element.attrib if "href" in name or name.startswith("on")
    ]
    visit.download("png")
    for form in ("relations", "things", "figures"):
        name, raw = visit.download(form)
        assert not set(name) & set('\\/:*?"<>|')
        rows = rows_of(raw)
        assert len(rows) >= len(HOSTILE) - 1
        for row in rows:
            assert not [
                value
                for value in row.values()
                if re.match(r"\s*[=+\-@＝＋－＠]", value) and not re.fullmatch(r"-?\d+", value)
            ]
    visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    visit.page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_hostile_addresses_do_no_harm(visitor: Visitor) -> None:
    visit = visitor.open()
    whole = visit.drawn()
    keys = ("selected", "line", "focus", "article", "types-off", "open", "view", "years", "hops", "language")
    drawn = visit.page.evaluate(
        """async (fragments) => {
          const drawn = {};
          for (const fragment of fragments) {
            location.hash = fragment;
            await new Promise((done) => {
              addEventListener("hashchange", () => setTimeout(done), { once: true });
              setTimeout(done, 40);
            });
            drawn[fragment] = view.drawn().length;
          }
          return drawn;
        }""",
        list(
            dict.fromkeys(
                "&".join(f"{key}={value}" for key in keys)
                for text in (*SCRIPTS, *NAMES, "%E0%A4%A", "a,b,c", "9-1", "1e9", "-1")
                for value in (quote(text), text)
            )
        ),
    )
    assert len(drawn) > 50
    assert {fragment: n for fragment, n in drawn.items() if n != whole} == {}
    visit.page.evaluate("location.hash = '%&__proto__=1&=&&constructor&focus=%E0%A4%A'")
    visit.page.reload()
    wait_until(visit.page, READY)
    assert visit.drawn() == whole
