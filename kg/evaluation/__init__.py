"""How good the system is, by type, by predicate, by rule, and by what went wrong."""

from __future__ import annotations

from kg.evaluation.oracle import reading_from_gold
from kg.evaluation.report import Evaluation, evaluate, together
from kg.evaluation.scoring import Tally, compare

__all__ = ["Evaluation", "Tally", "compare", "evaluate", "reading_from_gold", "together"]
