"""The picture of the graph, as it is handed to those who write it to a file or show it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["TITLES", "Page"]

TITLES = {"zh": "工会新闻知识图谱", "en": "Trade-union news as a graph"}
"""The heading of a page on a whole graph, by language."""


@dataclass(frozen=True)
class Page:
    """One HTML page with the network; ``shown`` of ``total`` things are on it."""

    html: str = field(repr=False)
    shown: int
    total: int

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file.

        Raises:
            OSError: if the file cannot be written.
        """
        Path(path).write_text(self.html, encoding="utf-8", newline="\n")

    def _repr_html_(self) -> str:
        from kg.view import to_notebook

        return to_notebook(self.html)._repr_html_()
