"""The documentation builds without a warning, holds everything, and sends nobody elsewhere to read it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.vocabulary import EntityType, Predicate, Property, RecordType
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("pdoc", reason="install the extra 'docs' to build the documentation")
    folder = tmp_path_factory.mktemp("docs")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "docs" / "make.py"), str(folder)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return folder


def test_every_term_has_its_place_with_both_names(built: Path) -> None:
    page = (built / "ontology.html").read_text(encoding="utf-8")
    for term in (*EntityType, *Predicate, *Property, *RecordType):
        section = re.search(rf'<section class="term" id="{term}"><h3>(.+?) · (.+?) <code>', page)
        assert section, term
        assert re.search("[\u4e00-\u9fff]", section[1]), term
        assert section[2].isascii(), term
    for scheme in ("TradeUnion", "National", "Medal", "Reform"):
        assert f"<code>{scheme}</code>" in page


def test_the_picture_has_all_classes_and_relations(built: Path) -> None:
    picture = (
        (built / "ontology.html").read_text(encoding="utf-8").partition("<svg")[2].partition("</svg>")[0]
    )
    assert {*EntityType, "Article"} == set(re.findall(r'<a href="#(\w+)"><rect', picture))
    assert picture.count('class="line"') >= len(Predicate)


def test_no_page_asks_another_address(built: Path) -> None:
    pages = sorted(built.rglob("*.html"))
    assert len(pages) > 8
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert not re.findall(r'<(?:script|img|iframe)[^>]+src="(?:https?:)?//[^"]+', text), page
        assert not re.findall(r'<link[^>]+href="(?:https?:)?//[^"]+', text), page
        assert "@import" not in text, page


def test_the_pages_of_the_api_tell_of_what_is_public(built: Path) -> None:
    import kg

    text = (built / "api" / "kg.html").read_text(encoding="utf-8")
    for name in kg.__all__:
        assert f'id="{name}"' in text, name
    assert 'id="Graph.ask"' in text
