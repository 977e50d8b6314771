"""The steps in a row and the steps as components of spaCy: one and the same result."""

from __future__ import annotations

import gc
from collections import defaultdict
from dataclasses import asdict, replace

import pytest

import kg
from kg.language import forms
from kg.language.pipeline import understanding_of
from kg.language.tagged import parse_article
from kg.language.understanding import Understanding, understand
from tests.conftest import CORPUS, SEEDS, corpus_article

_ARTICLES = sorted(CORPUS.glob("b*.txt"))


def without_span(found: Understanding) -> Understanding:
    """Without the place of the title, which no attribute of a ``Doc`` holds."""
    return replace(found, masthead=replace(found.masthead, title_span=None))


@pytest.mark.parametrize("name", [p.stem for p in _ARTICLES[::60]])
def test_spacy_components_give_the_same(name: str) -> None:
    document = kg.read_text(corpus_article(name))
    found = understand(document.text)
    assert found.reading.referents
    assert without_span(found) == understanding_of(kg.extraction.pipeline()(document.text))


def test_what_a_file_says_of_itself_counts_for_both() -> None:
    text = kg.read_file(sorted(SEEDS.glob("*.txt"))[0]).text
    known = kg.Metadata(title="某题", publisher="某报", published="2024-05-06", authors=("某人",))
    nlp = kg.extraction.pipeline()
    doc = nlp.make_doc(text)
    doc._.kg_metadata = asdict(known)
    found = understand(text, known)
    assert found.masthead.published == "2024-05-06"
    assert without_span(found) == understanding_of(nlp(doc))


def test_no_short_form_of_an_organization_is_overlooked() -> None:
    names = sorted(
        {
            text[s.start : s.end]
            for path in _ARTICLES[::6]
            for text, spans in [parse_article(path.read_text(encoding="utf-8"), path.stem)]
            for s in spans
            if s.label == "o" and s.end - s.start > 1
        }
    )
    by_key = defaultdict(set)
    for name in names:
        for key in forms.short_keys(name):
            by_key[key].add(name)
    pairs = 0
    for full in names:
        asked = {short for key in forms.keys_of_short(full) for short in by_key.get(key, ())}
        short_forms = {short for short in names if short[:2] in full and forms.is_short_of(short, full)}
        pairs += len(short_forms)
        assert short_forms <= asked, full
    assert pairs > 50


def test_reading_makes_no_garbage_and_leaves_the_collector_on() -> None:
    text = corpus_article(_ARTICLES[0].stem)
    kg.extract(text)
    gc.collect()
    found = kg.extract(text)
    assert gc.isenabled()
    assert found.entities
    assert gc.collect() < 10
