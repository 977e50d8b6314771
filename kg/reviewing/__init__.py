"""What is uncertain, asked of people; what they decide, kept and carried out in every later build."""

from __future__ import annotations

from kg.reviewing.correction import corrected
from kg.reviewing.decisions import Decision, Judgement, dumps, loads, merged, question_parts, read_decisions
from kg.reviewing.questions import doubtful, who_is_who
from kg.reviewing.sheet import Question, read_sheet, write_sheet

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
