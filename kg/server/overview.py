"""What is in the graph, for the start page and the list of articles."""

from __future__ import annotations

from dataclasses import dataclass

from kg.graph import ArticleInfo, Graph
from kg.server.names import Named, names_of
from kg.server.reader import Reader
from kg.vocabulary import EntityType

__all__ = ["ArticleList", "ArticleRow", "LookAround", "Overview"]

_LEADING = 12
_NEWEST = 8
_OF_ALL = """
SELECT ?relations ?figures {
  { SELECT (COUNT(DISTINCT ?it) AS ?relations) { ?it a kg:Statement } }
  { SELECT (COUNT(DISTINCT ?it) AS ?figures) { ?it a kg:Observation } }
}
"""
_OF_ARTICLES = """
SELECT ?article (COUNT(DISTINCT ?it) AS ?n) {
  ?it a ?kind ; prov:wasDerivedFrom/oa:hasSource ?article
  VALUES ?kind { kg:Statement kg:Observation }
} GROUP BY ?article
"""


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article and how many statements and figures rest on it."""

    article: ArticleInfo
    claims: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in the graph: its name, how much of each kind, what is named most, the newest articles."""

    name: str
    counts: tuple[tuple[str, int], ...]
    articles: int
    relations: int
    figures: int
    leading: tuple[Named, ...]
    newest: tuple[ArticleRow, ...]
    version: str


@dataclass(frozen=True, slots=True)
class LookAround:
    """The overview of the graph."""

    def __call__(self, reader: Reader) -> Overview:
        """Make it."""
        return reader.kept("overview", lambda _: _overview(reader))


@dataclass(frozen=True, slots=True)
class ArticleList:
    """Articles, the newest first: ``limit`` of them after ``skip`` others, and how many there are."""

    limit: int
    skip: int = 0

    def __call__(self, reader: Reader) -> tuple[tuple[ArticleRow, ...], int]:
        """List them."""
        rows = _articles(reader)
        return rows[self.skip : self.skip + self.limit], len(rows)


def _overview(reader: Reader) -> Overview:
    names = names_of(reader)
    numbers = dict.fromkeys(EntityType, 0)
    for thing in names.things:
        numbers[EntityType(thing.type)] += 1
    row = reader.graph.query(_OF_ALL)[0]
    articles = _articles(reader)
    return Overview(
        name=reader.folder.resolve().name,
        counts=tuple((str(kind), number) for kind, number in numbers.items()),
        articles=len(articles),
        relations=int(str(row.relations)),
        figures=int(str(row.figures)),
        leading=names.things[:_LEADING],
        newest=articles[:_NEWEST],
        version=reader.version,
    )


def _articles(reader: Reader) -> tuple[ArticleRow, ...]:
    return reader.kept("articles", _article_rows)


def _article_rows(graph: Graph) -> tuple[ArticleRow, ...]:
    counts = {str(row.article): int(str(row.n)) for row in graph.query(_OF_ARTICLES)}
    rows = [ArticleRow(article, counts.get(article.iri, 0)) for article in graph.articles()]
    rows.sort(key=lambda row: row.article.title or row.article.id)
    return tuple(sorted(rows, key=lambda row: row.article.published or "", reverse=True))
