from __future__ import annotations

from typing import Any

import pytest

from kg.view.quotes import Quotes


def evidence(sentence: str, *marks: tuple[int, int], article: str = "报", iri: str = "") -> dict[str, Any]:
    return {
        "sentence": sentence,
        "highlights": [list(m) for m in marks],
        "article": article,
        "article_iri": iri,
    }


def marked(quotes: Quotes, item: dict[str, Any]) -> list[str]:
    cited = quotes.cite(item)
    assert cited is not None
    pieces = quotes.sentences[cited[0]][1]
    return [pieces[n] for n in cited[1]]


def test_a_sentence_is_kept_once_and_cut_for_all_its_facts() -> None:
    first, second = evidence("甲和乙获奖", (0, 1)), evidence("甲和乙获奖", (2, 3), (3, 5))
    quotes = Quotes([first, second], [])
    assert quotes.sentences == [[0, ["甲", "和", "乙", "获奖"]]]
    assert marked(quotes, first) == ["甲"]
    assert marked(quotes, second) == ["乙", "获奖"]


def test_overlapping_highlights_are_marked_together() -> None:
    item = evidence("省五一劳动奖章", (0, 4), (1, 7))
    assert "".join(marked(Quotes([item], []), item)) == "省五一劳动奖章"


@pytest.mark.parametrize("mark", [(-3, 1), (0, 99)])
def test_what_reaches_out_of_the_sentence_is_cut_off(mark: tuple[int, int]) -> None:
    item = evidence("甲", mark)
    assert marked(Quotes([item], []), item) == ["甲"]


@pytest.mark.parametrize("mark", [(1, 1), (2, 1), (5, 9)])
def test_an_empty_highlight_marks_nothing(mark: tuple[int, int]) -> None:
    item = evidence("甲乙丙", mark)
    assert marked(Quotes([item], []), item) == []


def test_without_a_sentence_there_is_nothing_to_cite() -> None:
    assert Quotes([evidence("")], []).cite(evidence("")) is None


def test_articles_are_known_by_title_and_by_iri() -> None:
    quotes = Quotes(
        [evidence("甲", iri="https://example.org/1"), evidence("乙", article="另一报")], ["报", "第三报"]
    )
    assert quotes.articles == [["报", "https://example.org/1"], ["另一报", ""], ["第三报", ""]]
    assert [quotes.article(a) for a in ("报", "https://example.org/1", "另一报", "第三报")] == [0, 0, 1, 2]


def test_two_articles_of_one_title_stay_two() -> None:
    quotes = Quotes(
        [evidence("甲", iri="https://example.org/1"), evidence("甲", iri="https://example.org/2")], []
    )
    assert len(quotes.articles) == len(quotes.sentences) == 2
