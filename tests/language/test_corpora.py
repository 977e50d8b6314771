"""Articles with their entities marked: out of extractions, to and from doccano, as a corpus."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given

import kg
from kg.errors import ModelError
from kg.language import doccano
from kg.language.corpora import read_corpus
from kg.language.recogniser import TaggedSpan
from kg.language.tagged import Tagged, parse_article, render_article, tagged_of
from tests.language.test_training import tagged_texts

ARTICLE = "南通市总工会主席周云帆介绍，青\n禾纺织有限公司 获江苏省五一劳动奖状。"


def test_an_extraction_in_the_corpus_form_is_the_source_with_its_names_and_posts() -> None:
    text, spans = tagged_of(kg.extract(ARTICLE))
    assert text == ARTICLE
    inline = render_article(text, spans)
    assert parse_article(inline) == (text, spans)
    assert inline.startswith("<o>南通市总工会</o><j>主席</j><p>周云帆</p>介绍")
    assert "<o>青\n禾纺织有限公司</o> 获<a>江苏省五一劳动奖状</a>" in inline


def test_where_mentions_overlap_the_longer_one_is_tagged() -> None:
    _text, spans = tagged_of(kg.extract("省、市总工会表彰了南通市总工会和江苏省总工会职工服务中心。"))
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert spans


@given(tagged_texts())
def test_doccano_gives_back_what_it_got(tmp_path_factory: pytest.TempPathFactory, tagged: Tagged) -> None:
    path = tmp_path_factory.mktemp("doccano") / "all.jsonl"
    path.write_bytes(doccano.dumps([(tagged, {"title": "一\u2028二"})]).encode())
    assert list(doccano.loads(path)) == [tagged]


@pytest.mark.parametrize(
    "entry",
    [
        {"text": "市总来了", "label": [[0, 2, "Organization"]]},
        {"id": 7, "text": "市总来了", "labels": [[0, 2, "Organization"]], "Comments": []},
        {
            "text": "市总来了",
            "entities": [{"id": 1, "label": "Organization", "start_offset": 0, "end_offset": 2}],
            "relations": [],
        },
    ],
)
def test_every_form_that_doccano_exports_is_read(tmp_path: Path, entry: dict[str, object]) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text(json.dumps(entry, ensure_ascii=False) + "\n\n", encoding="utf-8-sig")
    assert list(doccano.loads(path)) == [("市总来了", (TaggedSpan(0, 2, "o"),))]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "no JSON"),
        ('{"label": []}', "text"),
        ('{"text": "市总"}', "labels"),
        ('{"text": "市总", "label": [[0, 2, "Union"]]}', "the label Union is none of Organization"),
        ('{"text": "市总", "label": [[1, 3, "Person"]]}', "1:3 is no range"),
        ('{"text": "市总来", "label": [[0, 2, "Person"], [1, 3, "Person"]]}', "begins inside the one at 0"),
    ],
)
def test_a_mistake_is_reported_with_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"text": "好", "label": []}\n' + line, encoding="utf-8")
    with pytest.raises(ModelError, match=message) as caught:
        list(doccano.loads(path))
    assert str(caught.value).startswith(f"{path}:2: ")


def test_a_corpus_is_a_folder_of_both_forms_or_one_file(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("<p>王梅</p>来了", encoding="utf-8")
    (tmp_path / "a.jsonl").write_text('{"text": "市总", "label": [[0, 2, "Organization"]]}', encoding="utf-8")
    (tmp_path / "README.md").write_text("# notes", encoding="utf-8")
    assert [text for text, _ in read_corpus(tmp_path)] == ["市总", "王梅来了"]
    assert read_corpus(tmp_path / "b.txt") == [("王梅来了", (TaggedSpan(0, 2, "p"),))]
    with pytest.raises(ModelError, match=r"no \.txt or \.jsonl"):
        read_corpus(tmp_path / "none")
