from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from kg.errors import ModelError
from kg.language import features
from kg.language.annotations import Name, Post, Sentence
from kg.language.features import feature_keys, normalise
from kg.language.recogniser import STATES, Recogniser, Weights, decode, spans_of
from kg.language.structure import sentences
from kg.vocabulary import EntityType


@pytest.fixture(scope="module")
def recogniser() -> Recogniser:
    return Recogniser.load()


def found(recogniser: Recogniser, text: str) -> tuple[list[Name], list[Post]]:
    names, posts = recogniser.find(text, sentences(text))
    assert all(name.text == text[name.start : name.end] for name in names)
    assert all(post.text == text[post.start : post.end] for post in posts)
    for first, second in pairwise(names):
        assert first.end <= second.start
    return names, posts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾县总工会主席吴桂兰慰问环卫工人。", {("青禾县总工会", "Organization"), ("吴桂兰", "Person")}),
        ("他荣获全国五一劳动奖章。", {("全国五一劳动奖章", "Award")}),
        ("会议学习了《云浮市职工创新管理办法》。", {("云浮市职工创新管理办法", "Document")}),
        (
            "由广东省总工会主办,云浮市总工会承办。",
            {("广东省总工会", "Organization"), ("云浮市总工会", "Organization")},
        ),
        ("各级工会组织开展了技能培训。", set()),
    ],
)
def test_names_are_found(recogniser: Recogniser, text: str, expected: set[tuple[str, str]]) -> None:
    names, _ = found(recogniser, text)
    assert {(name.text, str(name.type)) for name in names} == expected


def test_posts_are_found_and_names_have_a_score(recogniser: Recogniser) -> None:
    names, posts = found(recogniser, "市总工会副主席陈丽华出席仪式并讲话。")
    assert [post.text for post in posts] == ["副主席"]
    assert all(name.rule == "crf" and 0 < name.score <= 1 for name in names)
    assert EntityType.PERSON in {name.type for name in names}


def test_full_and_half_width_marks_read_alike(recogniser: Recogniser) -> None:
    wide = "云浮市总工会（简称“市总”），2024年慰问职工。"
    half = '云浮市总工会(简称"市总"),2024年慰问职工。'
    assert len(wide) == len(half)
    assert normalise(wide) == normalise(half)
    assert [(n.start, n.end, n.type) for n in found(recogniser, wide)[0]] == [
        (n.start, n.end, n.type) for n in found(recogniser, half)[0]
    ]


@settings(max_examples=60, deadline=None)
@given(st.text(st.one_of(st.characters(), st.sampled_from("市总工会主席王“”《》（），。\n ")), max_size=80))
def test_any_text_is_read(text: str) -> None:
    found(Recogniser.load(), text)
    assert len(normalise(text)) == len(text)
    assert feature_keys(text).shape[1] == len(text)


def test_lone_surrogates_are_read(recogniser: Recogniser) -> None:
    found(recogniser, "市总工会\ud800主席\udfff王梅")


def test_a_long_line_is_read_in_bounded_time(recogniser: Recogniser) -> None:
    text = "云浮市总工会主席王梅" * 5_000
    started = time.process_time()
    names, _ = recogniser.find(text, [Sentence(0, len(text))])
    assert time.process_time() - started < 20
    assert len(names) > 1_000


def test_no_sentences_no_names(recogniser: Recogniser) -> None:
    assert recogniser.find("", []) == ([], [])
    assert recogniser.find("云浮市总工会", []) == ([], [])


def test_only_sentences_are_read(recogniser: Recogniser) -> None:
    text = "云浮市总工会慰问职工。肇庆市总工会慰问职工。"
    names, _ = recogniser.find(text, sentences(text)[1:])
    assert [name.text for name in names] == ["肇庆市总工会"]


def test_blocks_do_not_change_what_is_found(recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "云浮市总工会慰问职工。\n肇庆市总工会慰问职工。\n" * 3
    whole = [(n.start, n.end, n.type) for n in found(recogniser, text)[0]]
    monkeypatch.setattr("kg.language.recogniser._BLOCK", 12)
    assert [(n.start, n.end, n.type) for n in found(recogniser, text)[0]] == whole


def test_decoding_finds_the_best_row() -> None:
    random = np.random.default_rng(3)
    scores = random.normal(size=(23, len(STATES))).astype(np.float32)
    moves = random.normal(size=(len(STATES), len(STATES))).astype(np.float32)
    pieces = [(0, 1), (1, 3), (4, 11), (11, 23)]
    states = decode(scores, pieces, moves)
    assert states[3] == 0
    for low, high in pieces:
        assert states[low:high].tolist() == _viterbi(scores[low:high], moves)


def _viterbi(scores: NDArray[np.float32], moves: NDArray[np.float32]) -> list[int]:
    best, back = scores[0], []
    for row in scores[1:]:
        paths = best[:, None] + moves
        back.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + row
    states = [int(best.argmax())]
    for step in reversed(back):
        states.append(int(step[states[-1]]))
    return states[::-1]


def test_spans_of_states() -> None:
    assert spans_of(np.array([0, 0])) == []
    assert spans_of(np.array([2, 2, 4, 0, 1])) == [(0, 2, 0), (2, 3, 1), (4, 5, 0)]


def test_keys_tell_templates_apart() -> None:
    keys = feature_keys("一一一一一一")
    assert len({row[0] for row in keys.tolist()}) == len(keys)


def test_errors_say_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="kg train CORPUS"):
        Recogniser.load(tmp_path / "none.npz")
    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"PK\x03\x04 but no more")
    with pytest.raises(ModelError, match="not a recogniser model"):
        Recogniser.load(broken)
    path = tmp_path / "old.npz"
    empty = np.zeros(0)
    Weights(
        empty.astype(np.uint64),
        np.zeros(1, dtype=np.int32),
        empty.astype(np.uint8),
        empty.astype(np.float32),
        np.zeros((len(STATES), len(STATES)), dtype=np.float32),
    ).save(path)
    assert Recogniser.load(path).find("市总工会", [Sentence(0, 4)]) == ([], [])
    monkeypatch.setattr("kg.language.recogniser.VERSION", features.VERSION + 1)
    with pytest.raises(ModelError, match="train it anew"):
        Weights.load(path)
