"""A corpus: a folder of articles with their entities marked, or one file of them."""

from __future__ import annotations

from pathlib import Path

from kg.errors import ModelError
from kg.language import doccano
from kg.language.tagged import Tagged, read_article, repaired

__all__ = ["read_corpus"]


def read_corpus(path: Path) -> list[Tagged]:
    """The articles as they are read: of a ``.txt`` in the corpus form, a doccano ``.jsonl``, or a folder.

    Raises:
        ModelError: if there is none, or one is in neither form; the message names file and line.
    """
    files = sorted(p for p in path.iterdir() if p.suffix in (".txt", ".jsonl")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise ModelError(f"{path}: no .txt or .jsonl article there to train on")
    articles: list[Tagged] = []
    for file in files:
        if file.suffix == ".jsonl":
            articles += (repaired(*article) for article in doccano.loads(file))
        else:
            articles.append(read_article(file))
    return articles
