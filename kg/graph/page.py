"""The picture of the graph, as it is handed to those who write it to a file or show it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import QueryError
from kg.graph.resources import labels
from kg.vocabulary import ONTOLOGY

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.graph import ArticleInfo

__all__ = ["LIMIT", "TITLES", "Page", "excerpt", "middle", "network_page", "publications", "terms_of"]

TITLES: Final = {"zh": "工会新闻知识图谱", "en": "Trade-union news as a graph"}
"""The heading of a page on a whole graph, by language."""

LIMIT: Final = 2000
"""So many things are drawn at once; a larger graph opens as an overview of its communities."""


@dataclass(frozen=True)
class Page:
    """One HTML page with the network; ``shown`` of ``total`` things are on it when it opens."""

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


def network_page(
    whole: nx.MultiDiGraph[str],
    *,
    title: str,
    language: str,
    focus: str | None,
    hops: int,
    limit: int,
    articles: set[str] | None,
    **chosen: Any,
) -> Page:
    """The page of a part of the graph; ``chosen`` are the other options of :func:`kg.view.select`.

    Around a thing in focus the page opens with what is near it, and carries more to go on to: all
    that was chosen, or of a large graph as much around the thing as can be drawn.

    Raises:
        QueryError: if an option is out of its range.
    """
    from kg.view import render, select, surroundings

    try:
        part = select(whole, focus=focus, articles=_with_titles(whole, articles), **chosen)
        shown = len(part)
        if focus is not None:
            part, shown = surroundings(part, focus, hops, limit)
        html = render(
            part, title=title, language=language, limit=limit, whole=len(whole), focus=focus, hops=hops
        )
    except ValueError as error:
        raise QueryError(str(error)) from error
    return Page(html, shown, len(whole))


def _with_titles(whole: nx.MultiDiGraph[str], articles: set[str] | None) -> set[str] | None:
    """The IRIs of articles, and the titles by which things name them."""
    known = whole.graph["articles"]
    for iri in sorted(articles or ()):
        if iri not in known:
            raise QueryError(f"the graph has no article {iri}; `articles` lists those that it has")
    return None if articles is None else articles | {known[iri]["title"] or iri for iri in articles}


def excerpt(whole: nx.MultiDiGraph[str], *, title: str) -> Page:
    """A page small enough to be kept in a notebook: of a large graph the things with most relations."""
    from kg.view import render

    kept = sorted(whole, key=lambda node: (-whole.degree(node), node))[:LIMIT]
    html = render(whole.subgraph(kept), title=title, whole=len(whole))
    return Page(html, len(kept), len(whole))


def middle(whole: nx.MultiDiGraph[str], found: Iterable[str]) -> str:
    """Of the things with one name that which has most relations.

    Raises:
        QueryError: if none of them is a thing of the network.
    """
    here = [iri for iri in found if iri in whole]
    if not here:
        raise QueryError(f"there is nothing with the IRI {next(iter(found), '')}")
    return min(here, key=lambda iri: (-whole.degree(iri), iri))


def terms_of(names: Collection[str] | None, known: Iterable[str]) -> set[str] | None:
    """The terms that are meant by their names or their Chinese or English labels; None for None.

    Raises:
        QueryError: if there is no such term; the message names those that there are.
    """
    if names is None:
        return None
    terms = list(dict.fromkeys(known))
    said = {labels(language).get(ONTOLOGY + term, term): term for language in ("en", "zh") for term in terms}
    said |= {term: term for term in terms}
    wanted = {names} if isinstance(names, str) else set(names)
    for name in sorted(wanted - said.keys()):
        raise QueryError(f"{name} is none of {', '.join(terms)}")
    return {said[name] for name in wanted}


def publications(articles: Iterable[ArticleInfo]) -> dict[str, dict[str, str | None]]:
    """Title, publisher and date of each article by its IRI, as the page takes them."""
    return {a.iri: {"title": a.title, "publisher": a.publisher, "published": a.published} for a in articles}
