"""An open knowledge graph of China's trade unions, out of the news that they publish.

>>> import kg
>>> found = kg.extract("2024年，云浮市总工会举办职工技能竞赛。")
>>> [e.name for e in found.entities if e.type == "Organization"]
['云浮市总工会']
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.building import BuildReport, add, build, decide, link, remove, review
from kg.errors import GraphError, KgError, ModelError, QueryError, ReadingError
from kg.extraction import extract, extract_all
from kg.graph import Graph
from kg.model import (
    Document,
    Entity,
    Evidence,
    Extraction,
    Fact,
    Mention,
    Metadata,
    Observation,
    Rejection,
    Span,
)
from kg.reading import find_files, read_file, read_text

if TYPE_CHECKING:
    from spacy.language import Language

    from kg.notebook import Shell

__all__ = [
    "BuildReport",
    "Document",
    "Entity",
    "Evidence",
    "Extraction",
    "Fact",
    "Graph",
    "GraphError",
    "KgError",
    "Mention",
    "Metadata",
    "ModelError",
    "Observation",
    "QueryError",
    "ReadingError",
    "Rejection",
    "Span",
    "add",
    "build",
    "decide",
    "extract",
    "extract_all",
    "find_files",
    "link",
    "load",
    "load_ipython_extension",
    "open",
    "read_file",
    "read_text",
    "remove",
    "review",
]


def load(*, model: str | None = None) -> Language:
    """The spaCy pipeline that reads an article; see :func:`kg.language.pipeline.load`.

    Raises:
        ModelError: if ``model`` is not installed or finds no entities.
    """
    from kg.language.pipeline import load as load_pipeline

    return load_pipeline(model=model)


def load_ipython_extension(shell: Shell) -> None:
    """What ``%load_ext kg`` does in a notebook: the cell magic ``%%sparql``; see :mod:`kg.notebook`."""
    from kg.notebook import register

    register(shell)


def open(folder: str | Path) -> Graph:  # noqa: A001 - the word that one would guess, as in gzip.open
    """The graph in ``folder``, made by :func:`build` or ``kg build``.

    Raises:
        GraphError: if there is no graph in ``folder``.
    """
    return Graph.open(folder)
