"""Floors for the quality of the extraction: a change that costs quality is seen.

The figures stand a little below what was measured; `kg evaluate` shows the real ones.
"""

from __future__ import annotations

import pytest

from kg.evaluation import evaluate
from kg.evaluation.scoring import Tally
from tests.conftest import shared

FLOORS = {
    ("seeds", "gold"): {"four main types": 0.87, "all types": 0.87, "fact": 0.83, "observation": 0.93},
    ("real", "real/gold"): {"four main types": 0.81, "all types": 0.80, "fact": 0.60, "observation": 0.85},
    ("written", "written/gold"): {
        "four main types": 0.83,
        "all types": 0.80,
        "fact": 0.70,
        "observation": 0.80,
    },
}


@pytest.mark.parametrize(("texts", "gold"), FLOORS)
def test_quality_does_not_fall(texts: str, gold: str) -> None:
    tallies = evaluate(shared(texts), shared(*gold.split("/"))).tallies()
    for row, floor in FLOORS[texts, gold].items():
        assert tallies[row].f1 >= floor, (row, tallies[row])


def test_a_tally_adds_up() -> None:
    total = Tally(8, 1, 0) + Tally(0, 1, 2)
    assert (total.precision, total.recall, round(total.f1, 3)) == (0.8, 0.8, 0.8)
