"""Questions in plain Chinese: which named query they ask, and with which parameters. It knows no RDF.

A question is cut into names of the graph, places, years, words of figures and words of ``words.tsv``; a row
of ``questions.tsv`` that has need of just these tells the query. What stands in neither is not understood,
and then the question is refused rather than answered in part.
"""

from __future__ import annotations

from kg.asking.index import Index, Named
from kg.asking.segmentation import Token, segment
from kg.asking.tables import Question, examples, questions
from kg.asking.understanding import Attempt, Choice, Understanding, understand

__all__ = [
    "Attempt",
    "Choice",
    "Index",
    "Named",
    "Question",
    "Token",
    "Understanding",
    "examples",
    "questions",
    "segment",
    "understand",
]
