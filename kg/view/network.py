"""The network as one page that opens from disk, asks no outside address and can be sent to anyone."""

from __future__ import annotations

import html
import os
import re
from pathlib import Path
from typing import Any, Final

import networkx as nx

from kg.view.embedding import embedded_json, filled, policy
from kg.view.page import SCRIPTS, part
from kg.view.payload import payload
from kg.view.vendor import vis_network

__all__ = ["Notebook", "render", "to_notebook", "write"]

_LANGUAGES: Final = {"zh": "zh-CN", "en": "en"}
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def render(
    graph: nx.MultiDiGraph[Any],
    *,
    title: str,
    language: str = "zh",
    limit: int = 2000,
    whole: int | None = None,
    focus: Any = None,
    hops: int = 1,
) -> str:
    """The graph as one HTML page, the same text for the same graph.

    Args:
        graph: nodes are IRIs with ``label``, ``type``, ``subtype``, ``aliases``, ``figures`` and
            ``articles``; edges have their predicate as key and ``label_zh``, ``label_en``,
            ``attributes``, ``status`` (``stated``, ``planned`` or ``former``), ``derived``, ``rules``
            (of what was derived) and ``evidence``. Highlights of evidence and figures are half-open
            ranges of code points in their sentence. The graph's own attribute ``articles`` may give
            ``publisher`` and ``published`` of an article under its IRI. What is missing is left out.
        title: the heading.
        language: in which the page first speaks, ``zh`` or ``en``; a reader can switch.
        limit: how many things are drawn at once. A larger graph opens as an overview of its
            communities, each of which a click unfolds.
        whole: how many things the graph has from which this one was selected, where it was.
        focus: the node with whose surroundings the page opens; a reader can go on from there.
        hops: how far these surroundings reach, in relations.

    Raises:
        ValueError: if the language is unknown, the limit is not positive, the hops are negative, or the
            graph has no node ``focus``.
    """
    if language not in _LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(_LANGUAGES)}, not {language!r}")
    if limit < 1:
        raise ValueError(f"limit must be at least 1, not {limit}")
    if hops < 0:
        raise ValueError(f"hops must be at least 0, not {hops}")
    if focus is not None and focus not in graph:
        raise ValueError(f"the graph has no node {focus!r}")
    heading = _SURROGATE.sub("\ufffd", title)
    data = payload(graph, title=heading, language=language, limit=limit, whole=whole, focus=focus, hops=hops)
    script = '(function () {\n"use strict";\n' + "\n".join(part(name) for name in SCRIPTS) + "\n})();\n"
    style = part("page.css")
    return filled(
        part("page.html"),
        {
            "language": _LANGUAGES[language],
            "policy": policy([vis_network(), script], [style]),
            "title": heading,
            "style": style,
            "data": embedded_json(data),
            "library": vis_network(),
            "script": script,
        },
    )


def write(graph: nx.MultiDiGraph[Any], path: str | os.PathLike[str], **options: Any) -> None:
    """Writes the page to a file, in UTF-8 whatever the system's own encoding is.

    Args:
        graph: see :func:`render`.
        path: the file, replaced where it is there.
        options: those of :func:`render`.

    Raises:
        OSError: if the file cannot be written.
    """
    Path(path).write_text(render(graph, **options), encoding="utf-8", newline="\n")


class Notebook:
    """A page shown in a notebook: an isolated frame, alike in JupyterLab, VS Code and classic."""

    def __init__(self, page: str, *, height: int = 640) -> None:
        self.page = page
        self.height = height

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{html.escape(self.page)}" sandbox="allow-scripts allow-downloads allow-modals" '
            f'width="100%" height="{self.height}" style="border:0" loading="lazy" '
            'referrerpolicy="no-referrer" title="network"></iframe>'
        )

    def __repr__(self) -> str:
        return f"Notebook({len(self.page):,} characters of HTML)"


def to_notebook(page: str, *, height: int = 640) -> Notebook:
    """An object that a notebook shows as the page, which :func:`render` made.

    Args:
        page: the HTML of the page.
        height: of the frame, in pixels.
    """
    return Notebook(page, height=height)
