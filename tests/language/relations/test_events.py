"""Who organizes an event and what is part of what, case by case in ``cases/events.txt``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.language.relations.events import find_claims

CASE_FILE = Path(__file__).parent / "cases" / "events.txt"


def test_claims(case: Any, check_claims: Callable[..., None]) -> None:
    check_claims(case, find_claims)
