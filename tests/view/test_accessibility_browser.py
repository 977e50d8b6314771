"""What axe-core says of the page in each of its states, light and dark, on a desk and on a telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tests.accessibility import violations
from tests.view.network_samples import UNION
from tests.view.visits import Visit, Visitor


def _card(visit: Visit) -> None:
    visit.click(UNION)


def _focus(visit: Visit) -> None:
    visit.click(UNION)
    visit.page.keyboard.press("f")


def _search(visit: Visit) -> None:
    visit.search("总工会")
    visit.page.keyboard.press("ArrowDown")


def _help(visit: Visit) -> None:
    visit.page.keyboard.press("?")


def _menu(visit: Visit) -> None:
    visit.page.click("#export-button")


def _english(visit: Visit) -> None:
    visit.page.click("#language-button")


def _panel(visit: Visit) -> None:
    visit.page.click("#panel-button")


def _found(visit: Visit, states: Iterable[Callable[[Visit], None]]) -> dict[str, list[str]]:
    """What each state of the page breaks, one after the other; empty where nothing does."""
    found = {}
    for state in states:
        state(visit)
        found[state.__name__] = violations(visit.page)
        visit.page.keyboard.press("Escape")
    return {name: lines for name, lines in found.items() if lines}


def test_on_a_desk(visitor: Visitor) -> None:
    visit = visitor.open()
    assert violations(visit.page) == []
    assert _found(visit, (_card, _focus, _search, _menu, _english, _help)) == {}


def test_on_a_desk_in_the_dark(visitor: Visitor) -> None:
    assert _found(visitor.open(color_scheme="dark"), (_focus, _search)) == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_telephone(visitor: Visitor, scheme: Any) -> None:
    assert _found(visitor.open(width=390, height=844, color_scheme=scheme), (_panel, _card)) == {}


def test_in_the_overview(visitor: Visitor) -> None:
    visit = visitor.open("folded")
    visit.page.locator("#communities button").first.click()
    assert violations(visit.page) == []
