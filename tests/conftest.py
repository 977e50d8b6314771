"""Texts to test on: what the project ships, and the shared folder where it stands beside the checkout."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.view.visits import ARGUMENTS, NAMES, chromium_path

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
CORPUS = ROOT / "kg" / "corpus"
SHARED = Path(os.environ.get("UNION_KG_SHARED", ROOT.parent / "shared"))

TAG = re.compile(r"</?[opgaeldfj]>")


def shared(*parts: str) -> Path:
    """A path in the shared folder; the test that asks is skipped where the folder is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not here; set UNION_KG_SHARED to the folder with the annotated articles")
    return path


def corpus_article(name: str) -> str:
    """The text of a training article (invented events) without its tags and its head line."""
    return TAG.sub("", (CORPUS / f"{name}.txt").read_text(encoding="utf-8")).partition("\n")[2]


@pytest.fixture(scope="session")
def seed_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph folder of the seed articles, built once for all tests: not to be changed by them."""
    import kg

    folder = tmp_path_factory.mktemp("seeds") / "graph"
    report = kg.build([SEEDS], folder)
    assert report.ok
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="browser tests need: pip install playwright"
    )
    path = chromium_path()
    if path is None:
        pytest.skip(f"browser tests need one of {', '.join(NAMES)}, or KG_CHROMIUM")
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chromium
        chromium.close()
