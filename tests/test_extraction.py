"""Offsets, grounding and the two JSON coordinates, over every article that the project ships."""

from __future__ import annotations

import json
import unicodedata

import pytest

import kg
from kg.vocabulary import DOCUMENT
from tests.conftest import CORPUS, SEEDS, corpus_article, shared

_NAMES = sorted(p.stem for p in CORPUS.glob("*.txt"))
_SAMPLE = _NAMES[::12]


def bare(text: str) -> str:
    """Text as repair leaves it: no white space, compatibility forms, 入选 where print has 人选 for it."""
    plain = unicodedata.normalize("NFKC", text).replace("人选", "入选")
    return "".join(c for c in plain if not c.isspace() and c not in "\u200b\ufeff")


def check_offsets(extraction: kg.Extraction) -> int:
    source = extraction.document.source
    number = 0
    for entity in extraction.entities:
        assert entity.mentions, entity
        for mention in entity.mentions:
            assert bare(source[mention.span.start : mention.span.end]) == bare(mention.text)
            number += 1
    for evidence in [f.evidence for f in extraction.facts] + [o.evidence for o in extraction.observations]:
        assert bare(source[evidence.span.start : evidence.span.end]) == bare(evidence.text)
        assert evidence.spans
        for span in evidence.spans:
            assert 0 <= span.start < span.end <= len(source)
    return number


def check_keys(extraction: kg.Extraction) -> None:
    keys = [e.key for e in extraction.entities]
    assert len(keys) == len(set(keys))
    for fact in extraction.facts:
        assert fact.rule
        assert fact.subject in keys
        assert fact.object in keys or fact.object == DOCUMENT
    for figure in extraction.observations:
        assert figure.rule
        assert figure.subject in (*keys, "")


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda p: p.stem[:3])
def test_every_mention_of_the_seeds_is_cut_from_the_source(path: object) -> None:
    extraction = kg.extract(kg.read_file(str(path)))
    assert check_offsets(extraction) > 80
    check_keys(extraction)


@pytest.mark.parametrize("name", _SAMPLE)
def test_every_mention_of_the_training_articles_is_cut_from_the_source(name: str) -> None:
    extraction = kg.extract(kg.read_text(corpus_article(name), path=name))
    assert check_offsets(extraction) > 0
    check_keys(extraction)


@pytest.mark.parametrize("folder", ["real", "written", "identity"])
def test_every_mention_of_the_shared_articles_is_cut_from_the_source(folder: str) -> None:
    paths = sorted(shared(folder).glob("*.txt"))
    assert len(paths) >= 10
    for path in paths:
        extraction = kg.extract(kg.read_file(path))
        check_offsets(extraction)
        check_keys(extraction)


def test_two_readings_give_the_same(tmp_path: object) -> None:
    text = corpus_article(_SAMPLE[0])
    first, second = (json.dumps(kg.extract(text).to_dict(), ensure_ascii=False) for _ in range(2))
    assert first == second


def test_json_has_names_at_the_ends_and_evidence() -> None:
    found = kg.extract("2024年5月，南通市总工会授予王海燕“南通市五一劳动奖章”。").to_dict()
    fact = next(f for f in found["facts"] if f["predicate"] == "receivedAward")
    assert (fact["subject"], fact["object"]) == ("王海燕", "南通市五一劳动奖章")
    assert fact["attributes"]["year"] == "2024"
    assert fact["evidence"]["text"].startswith("2024年5月")
    person = next(e for e in found["entities"] if e["type"] == "Person")
    assert person["id"].startswith("https://w3id.org/union-kg/id/")


def test_what_was_not_taken_can_be_listed() -> None:
    extraction = kg.extract(kg.read_file(sorted(SEEDS.glob("*.txt"))[0]))
    assert extraction.rejections
    assert all(r.reason and r.rule for r in extraction.rejections)


def test_a_spacy_pipeline_of_someone_else_can_use_the_components() -> None:
    import spacy

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    for name in ("kg_structure", "kg_recogniser", "kg_grammar", "kg_names", "kg_references"):
        nlp.add_pipe(name)
    doc = nlp("南通市总工会印发《职工疗休养办法》。")
    assert {(e.label_, e.text) for e in doc.ents} >= {
        ("Organization", "南通市总工会"),
        ("Document", "职工疗休养办法"),
    }


def test_components_declare_what_they_read_and_write() -> None:
    nlp = kg.load()
    analysis = nlp.analyze_pipes()
    assert analysis is not None
    problems = analysis["problems"]
    assert not any(problems.values()), problems
    for name in nlp.pipe_names:
        assert nlp.get_pipe_meta(name).assigns


def test_a_second_opinion_that_is_not_installed_is_an_error() -> None:
    with pytest.raises(kg.ModelError, match="not installed"):
        kg.load(model="zh_no_such_pipeline")


def test_a_second_opinion_adds_candidates(tmp_path: object) -> None:
    import spacy

    other = spacy.blank("zh")
    ruler = other.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "ORG", "pattern": "蓝鲸社"}])  # type: ignore[attr-defined]
    folder = f"{tmp_path}/other"
    other.to_disk(folder)
    nlp = kg.load(model=folder)
    doc = nlp("昨天，蓝鲸社来了。")
    assert "蓝鲸社" in {n[3] for n in doc._.kg_candidates if n[4].startswith("model:")}
