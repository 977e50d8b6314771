from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kg.errors import GraphError
from kg.graph.archive import dumps, loads
from kg.model import Extraction, Rejection, Span
from tests.graph.graph_samples import first, large, second


@pytest.mark.parametrize("extraction", [first(), second(), next(iter(large(1)))], ids=lambda e: e.title)
def test_what_is_kept_comes_back(extraction: Extraction) -> None:
    rejected = replace(extraction, rejections=(Rejection(Span(1, 3), "青禾", "Place", "crf", "too short"),))
    assert loads(dumps(rejected), path=extraction.document.path) == rejected


def test_the_path_is_no_part_of_it() -> None:
    assert dumps(first("a.txt")) == dumps(first("b/c.txt"))


def test_it_is_the_annotation_form_and_legible() -> None:
    content = json.loads(dumps(first()))
    assert content["document"]["title"] == "青禾市总工会服务职工见实效"
    assert {e["name"] for e in content["entities"]} >= {"陆远舟", "青禾工匠"}
    assert "陆远舟".encode() in dumps(first())
    served = next(o for o in content["observations"] if o["measure"] == "服务职工")
    assert (served["subject"], served["value"], served["modifier"]) == ("青禾市总工会", 40000, "近")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"document": {}}', b"\xff"])
def test_damage_is_reported(content: bytes) -> None:
    with pytest.raises(GraphError, match="damaged"):
        loads(content)
