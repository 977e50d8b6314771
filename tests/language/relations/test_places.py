"""Where events are held and bodies stand, case by case in ``cases/places.txt``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.language.relations.places import find_claims

CASE_FILE = Path(__file__).parent / "cases" / "places.txt"


def test_claims(case: Any, check_claims: Callable[..., None]) -> None:
    check_claims(case, find_claims)
