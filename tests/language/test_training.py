from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ModelError
from kg.language.corpora import read_corpus
from kg.language.recogniser import LABELS, STATES, Recogniser, TaggedSpan, Weights
from kg.language.structure import sentences
from kg.language.substitution import substituted
from kg.language.tagged import parse_article, read_article, render_article
from kg.language.training import Settings, states_of, train, train_field, weights_of

CORPUS = Path(__file__).parents[2] / "kg" / "corpus"
FEW = sorted(CORPUS.glob("b?-01.txt"))[:4]
QUICK = Settings(iterations=12, least=2, copies=0)


@st.composite
def tagged_texts(draw: st.DrawFn) -> tuple[str, tuple[TaggedSpan, ...]]:
    alphabet = st.characters(codec="utf-8", exclude_characters="<>#")
    piece = st.tuples(st.text(alphabet, min_size=1), st.sampled_from(["", *LABELS]))
    pieces = draw(st.lists(piece, min_size=1))
    text = ""
    spans: list[TaggedSpan] = []
    for words, label in pieces:
        if label:
            spans.append(TaggedSpan(len(text), len(text) + len(words), label))
        text += words
    return text, tuple(spans)


@given(tagged_texts())
def test_an_article_is_parsed_as_it_was_rendered(tagged: tuple[str, tuple[TaggedSpan, ...]]) -> None:
    assert parse_article(render_article(*tagged)) == tagged


def test_the_line_that_says_where_an_article_plays_is_no_text() -> None:
    text, spans = parse_article("# 广东省 | 短讯 | 茶叶\n<o>市总</o>来了\n")
    assert text == "市总来了\n"
    assert spans == (TaggedSpan(0, 2, "o"),)


@pytest.mark.parametrize(
    ("article", "message"),
    [
        ("一\n<o>市总工会", "a.txt:2: <o> is never closed"),
        ("# 地\n一\n<x>市总</x>", "a.txt:3: unknown tag <x>; the tags are o, p, g, a, e, l, d, f, j"),
        ("<o>市<p>王</p></o>", "a.txt:1: <p> opens inside <o> of line 1"),
        ("<o>市\n总</p>", "a.txt:2: </p> closes <o> of line 1"),
        ("市总</o>", "a.txt:1: </o> closes what was never opened"),
        ("市<o></o>总", "a.txt:1: <o> holds no text"),
    ],
)
def test_a_mistake_is_reported_with_its_place(article: str, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        parse_article(article, "a.txt")
    assert str(caught.value) == message


def test_training_names_the_broken_file(tmp_path: Path) -> None:
    broken = tmp_path / "broken.txt"
    broken.write_text("好\n<p>王梅", encoding="utf-8")
    with pytest.raises(ModelError, match=r"broken\.txt:2: <p> is never closed"):
        train(read_corpus(tmp_path), tmp_path / "m.npz", settings=QUICK)


def test_training_wants_articles(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no articles"):
        train([], tmp_path / "m.npz")


def test_every_article_of_the_corpus_is_in_its_form() -> None:
    paths = sorted(CORPUS.glob("*.txt"))
    assert len(paths) >= 336
    for path in paths:
        source, spans = parse_article(path.read_text(encoding="utf-8"), path.name)
        assert spans, path.name
        text, moved = read_article(path)
        assert len(moved) == len(spans), path.name
        for before, after in zip(spans, moved, strict=True):
            kept = "".join(text[after.start : after.end].split())
            assert kept == "".join(source[before.start : before.end].split()), path.name


def test_states_show_where_spans_begin() -> None:
    spans = [TaggedSpan(0, 2, "o"), TaggedSpan(2, 4, "o"), TaggedSpan(5, 6, "p")]
    assert states_of(6, spans) == ["B-o", "I-o", "B-o", "I-o", "O", "B-p"]


def test_copies_are_the_same_for_the_same_seed_and_keep_their_tags() -> None:
    articles = [read_article(path) for path in FEW]
    copies = substituted(articles, 7)
    assert copies == substituted(articles, 7)
    assert copies != substituted(articles, 8)
    for (text, spans), (copy, moved) in zip(articles, copies, strict=True):
        assert text != copy
        assert [span.label for span in spans] == [span.label for span in moved]
        assert parse_article(render_article(copy, moved)) == (copy, moved)


def test_a_person_has_one_new_name_throughout_a_copy() -> None:
    text = "罗凤英是护士。罗凤英工作室党支部成立，罗凤英说好。"
    spans = (TaggedSpan(0, 3, "p"), TaggedSpan(7, 16, "o"), TaggedSpan(19, 22, "p"))
    others = ("张三丰来了。", (TaggedSpan(0, 3, "p"),))
    for seed in range(20):
        copy, moved = substituted([(text, spans), others], seed)[0]
        first, body, last = (copy[span.start : span.end] for span in moved)
        assert first == last
        assert body == f"{first}工作室党支部"


def test_the_same_articles_make_the_same_model(tmp_path: Path) -> None:
    settings = Settings(iterations=6, least=2, copies=1)
    first, second = tmp_path / "1.npz", tmp_path / "2.npz"
    for place, names in (("a", FEW[:2]), ("b", FEW[1::-1])):
        (tmp_path / place).mkdir()
        for path in names:
            (tmp_path / place / path.name).write_bytes(path.read_bytes())
    report = train(read_corpus(tmp_path / "a"), first, settings=settings)
    train(read_corpus(tmp_path / "b"), second, settings=settings)
    assert first.read_bytes() == second.read_bytes()
    assert report.articles == 2
    assert report.bytes == first.stat().st_size
    assert report.features == len(Weights.load(first).keys) > 0


def test_states_are_those_of_crfsuite(tmp_path: Path) -> None:
    import pycrfsuite

    from kg.language.features import feature_keys

    articles = [read_article(path) for path in FEW]
    field = tmp_path / "field.crfsuite"
    train_field(articles[:2], field, QUICK)
    weights = weights_of(field, forbidding=False)
    recogniser = Recogniser(weights)
    tagger = pycrfsuite.Tagger()
    tagger.open(str(field))
    found = set()
    for text, _ in articles:
        rows = [[f"{key:x}" for key in keys] for keys in feature_keys(text).T.tolist()]
        states = recogniser.states(text, sentences(text))
        for sentence in sentences(text):
            expected = tagger.tag(rows[sentence.start : sentence.end])
            assert states[sentence.start : sentence.end] == expected
            found |= set(expected)
    assert {"O", "B-o", "I-o", "B-p", "I-p"} <= found <= set(STATES)
