"""Figures: what is counted, how much, when and whose; the cases are files in ``figures/``."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from kg.language.annotations import Figure, Reading
from kg.language.numerals import find_numerals
from kg.language.quantities import find_figures, weigh_figures
from kg.language.structure import sentences
from tests.language.conftest import Case, read_cases

FOLDER = Path(__file__).parent / "figures"
CASES = [(path.stem, case) for path in sorted(FOLDER.glob("*.txt")) for case in read_cases(path)]


def _told(figure: Figure) -> str:
    value = f"{figure.value} {figure.unit}".strip()
    rest = (figure.modifier, figure.period, figure.subject)
    return " | ".join((figure.measure, value, *(word or "-" for word in rest)))


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[f"{name}: {c.title}" for name, c in CASES])
def test_case(case: Case) -> None:
    figures = find_figures(case.reading)
    assert [_told(f) for f in figures] == list(case.expected)


def test_all_case_files_are_read() -> None:
    assert {name for name, _ in CASES} == {path.stem for path in FOLDER.iterdir()}


@pytest.mark.parametrize("case", [c for _, c in CASES], ids=[f"{name}: {c.title}" for name, c in CASES])
def test_spans_point_at_the_number_within_the_sentence(case: Case) -> None:
    for figure in find_figures(case.reading):
        start, end = figure.spans[0]
        numerals = list(find_numerals(case.reading.text, start, end))
        assert [(n.start, n.end) for n in numerals] == [(start, end)]
        assert all(figure.start <= a < b <= figure.end for a, b in figure.spans)
        assert figure.rule.startswith("figure:")


def test_full_width_digits_keep_their_places() -> None:
    text = "会员１２．５万人。"
    figure = find_figures(Reading(text=text, sentences=sentences(text)))[0]
    assert (figure.value, figure.unit) == (125000, "人")
    assert text[slice(*figure.spans[0])] == "１２．５万"


def test_a_text_without_numbers_has_no_figures() -> None:
    text = "工会是职工之家。"
    assert find_figures(Reading(text=text, sentences=sentences(text))) == []


REFUSED = {
    "第十五次代表大会和2024年竞赛": {"十五": "an ordinal or a rank", "2024": "a date or a length of time"},
    "“十大行动”和12351热线": {"十": "part of a word", "12351": "no unit"},
    "百人以上企业和110kV线路": {"百": "tells which, not how many", "110": "no unit"},
    "工作室成员应不少于5人": {"5": "what a rule asks for"},
    "《劳动法百问100条》": {"百": "no unit", "100": "in a title or a quotation"},
    "一名电工到场": {"一": "no more than an article"},
    "浏览次数：213次": {"213": "what a page says of itself"},
    "主席一行三人到场": {"一": "no more than an article", "三": "part of a set phrase"},
    "写的是三个人": {"三": "nothing named is counted"},
}


@pytest.mark.parametrize(("text", "expected"), REFUSED.items(), ids=REFUSED)
def test_numbers_that_are_no_figures_are_listed_with_the_reason(text: str, expected: dict[str, str]) -> None:
    figures, refused = weigh_figures(Reading(text=text, sentences=sentences(text)))
    assert figures == []
    assert {text[r.start : r.end]: r.reason for r in refused} == expected


def test_every_number_is_a_figure_or_refused_once() -> None:
    text = "2024年，全市有会员300人，第三次竞赛历时5天，一名职工获奖。"
    figures, refused = weigh_figures(Reading(text=text, sentences=sentences(text)))
    places = sorted([f.spans[0] for f in figures] + [(r.start, r.end) for r in refused])
    assert places == [(n.start, n.end) for n in find_numerals(text)]


UNITS = ["1", "万", "1个、", "职工1人", "（3人", "由3人增至", "近", "“1个", "2024年"]


@pytest.mark.parametrize("unit", UNITS)
def test_time_stays_linear_on_a_line_that_no_writer_wrote(unit: str) -> None:
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        reading = Reading(text=text, sentences=sentences(text))
        start = time.process_time()
        find_figures(reading)
        return time.process_time() - start

    seconds(1000)
    short, long = seconds(5_000), seconds(50_000)
    assert long < 25 * short + 0.5
