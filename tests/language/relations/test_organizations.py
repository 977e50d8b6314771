"""What organizations do, case by case in ``cases/organizations.txt``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg.language.relations.organizations import find_claims

CASE_FILE = Path(__file__).parent / "cases" / "organizations.txt"


def test_claims(case: Any, check_claims: Callable[..., None]) -> None:
    check_claims(case, find_claims)
