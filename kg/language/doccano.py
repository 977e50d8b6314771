"""Articles to and from doccano, the annotation tool: JSON Lines for sequence labelling.

A line is ``{"text": …, "label": [[start, end, "Organization"], …]}``, half-open ranges of code
points, as doccano imports it; what it exports may call the ranges ``labels``, or ``entities`` with
``start_offset``, ``end_offset`` and ``label`` where relations are annotated too. Labels are the
names of the entity types, and ``Post``.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from kg.errors import ModelError
from kg.language.recogniser import POST, TYPES, TaggedSpan
from kg.language.tagged import Tagged

__all__ = ["LABELS", "dumps", "loads"]

LABELS: Final = {label: str(kind) for label, kind in TYPES.items()} | {POST: "Post"}
"""What doccano shows for each label of the corpus."""

_LETTERS: Final = {name: letter for letter, name in LABELS.items()}


def dumps(articles: Iterable[tuple[Tagged, Mapping[str, str]]]) -> str:
    """Articles as JSON Lines; what is said beside each (its id, its title) stands in further keys."""
    lines = (
        json.dumps(
            {"text": text, "label": [[s.start, s.end, LABELS[s.label]] for s in spans], **beside},
            ensure_ascii=False,
        )
        for (text, spans), beside in articles
    )
    return "".join(line + "\n" for line in lines)


def loads(path: Path) -> Iterator[Tagged]:
    """The articles of a file that doccano exported.

    Raises:
        ModelError: if a line is no JSON, has no text, or has a label that is unknown, outside the
            text or inside another; the message names file and line.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        if line.strip():
            try:
                yield _article(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise ModelError(f"{path}:{number}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"no JSON ({error}); export from doccano as JSONL"
    return f"no article as doccano exports it ({error.args[0] if error.args else error})"


def _article(entry: Mapping[str, Any]) -> Tagged:
    text = str(entry["text"])
    spans = sorted(_spans(entry))
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise ValueError(f"{span.start}:{span.end} is no range of a text of {len(text)} characters")
    for one, other in itertools.pairwise(spans):
        if other.start < one.end:
            raise ValueError(f"the label at {other.start} begins inside the one at {one.start}")
    return text, tuple(spans)


def _spans(entry: Mapping[str, Any]) -> Iterator[TaggedSpan]:
    if "entities" in entry:
        rows = [(e["start_offset"], e["end_offset"], e["label"]) for e in entry["entities"]]
    else:
        rows = entry["label"] if "label" in entry else entry["labels"]
    for start, end, name in rows:
        if name not in _LETTERS:
            raise ValueError(f"the label {name} is none of {', '.join(_LETTERS)}")
        yield TaggedSpan(int(start), int(end), _LETTERS[name])
