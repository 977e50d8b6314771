"""The pictures of the README, made from the seeds. With ``KG_PICTURES=docs`` they are written there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import kg
from kg.graph.page import Page
from tests.view.visits import Visitor


@pytest.fixture(scope="module")
def page(seed_graph: Path) -> Page:
    return kg.Graph.open(seed_graph).view(title="工会新闻知识图谱")


@pytest.mark.parametrize(
    ("name", "focus", "options"),
    [
        ("network", None, {"width": 1440, "height": 900}),
        ("network-thing", "王宝刚", {"width": 1440, "height": 900}),
        ("network-phone", "王宝刚", {"width": 390, "height": 844, "color_scheme": "dark"}),
    ],
)
def test_pictures(
    visitor: Visitor, page: Page, tmp_path: Path, name: str, focus: str | None, options: dict[str, Any]
) -> None:
    page.write(tmp_path / "seeds.html")
    visitor.folder = tmp_path
    visit = visitor.open("seeds", **options)
    if focus:
        visit.search(focus)
        visit.page.keyboard.press("Enter")
        visit.page.keyboard.press("f")
    visit.page.wait_for_timeout(400)
    folder = Path(os.environ.get("KG_PICTURES", tmp_path))
    picture = visit.page.screenshot(path=folder / f"{name}.png")
    assert len(picture) > 30_000
    assert int.from_bytes(picture[16:20], "big") == options["width"]
