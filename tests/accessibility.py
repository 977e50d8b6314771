"""What axe-core finds in a page; without the package that carries it the tests that ask are skipped."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["violations"]

_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_RUN = """async (tags) => {
  const runOnly = { type: "tag", values: tags };
  const found = await axe.run(document, { runOnly, resultTypes: ["violations"] });
  return found.violations;
}"""


@cache
def _axe() -> str:
    pytest.importorskip("axe_playwright_python", reason="needs: pip install axe-playwright-python")
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page) -> list[str]:
    """One line for each rule of WCAG 2.2 AA and of good practice that the page as it is breaks."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(_RUN, list(_RULES))
    return [
        f"{one['id']}: {one['help']}: {'; '.join(str(node['target'][0]) for node in one['nodes'][:5])}"
        for one in found
    ]
