"""What is uncertain, asked of people; what they decide, kept and carried out in every later build."""

from __future__ import annotations

from kg.review.correction import corrected
from kg.review.decisions import Decision, Judgement, dumps, loads, merged, question_parts, read_decisions
from kg.review.questions import doubtful, who_is_who
from kg.review.sheet import Question, read_sheet, write_sheet

__all__ = [
    "Decision",
    "Judgement",
    "Question",
    "corrected",
    "doubtful",
    "dumps",
    "loads",
    "merged",
    "question_parts",
    "read_decisions",
    "read_sheet",
    "who_is_who",
    "write_sheet",
]
