"""All that the graph knows of one thing, arranged to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.graph import EntityView, Figure, Quote, Relation, Thing
from kg.graph.iris import article_id
from kg.highlights import pieces
from kg.server.reader import Reader
from kg.view.wording import years
from kg.vocabulary import RecordType, entity_iri_parts

__all__ = ["Fact", "FigureFact", "Group", "Link", "Moment", "Passage", "Portrait", "PortraitOf"]

_MENTIONS = """
SELECT ?article ?sentence ?from ?text ?start ?exact {
  VALUES ?it { UNDEF }
  ?mention kg:refersTo ?it ; oa:start ?start ; oa:exact ?exact ; kg:inSentence ?sentence .
  ?sentence oa:start ?from ; oa:exact ?text ; oa:hasSource ?article .
} ORDER BY ?article ?from ?start
"""
_TITLES = "SELECT ?article ?title { ?article a kg:Article OPTIONAL { ?article dct:title ?title } }"
_ENDS = """
SELECT ?figure ?day {
  ?figure schema:observationAbout ?it ; kg:during/time:hasEnd/time:inXSDDate ?day
}
"""
_SENTENCES = 60


@dataclass(frozen=True, slots=True)
class Link:
    """Something with a page of its own."""

    iri: str
    label: str
    type: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in pieces, each with whether it is marked; the article, and where in it that begins."""

    pieces: tuple[tuple[str, bool], ...]
    article: Link
    start: int


@dataclass(frozen=True, slots=True)
class Fact:
    """What one or more sentences state alike: of one thing, or of several at once."""

    ends: tuple[Link, ...]
    attributes: tuple[tuple[str, str], ...]
    status: str
    derived: bool
    rules: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one predicate in one direction; ``count`` is how many ends they have."""

    predicate: str
    outward: bool
    facts: tuple[Fact, ...]
    count: int


@dataclass(frozen=True, slots=True)
class FigureFact:
    """A figure with its sentence."""

    iri: str
    measure: str
    value: int | float
    unit: str
    modifier: str
    period: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Moment:
    """What belongs to a year: a fact in a group, or a figure."""

    year: int
    fact: Fact | None
    group: Group | None
    figure: FigureFact | None


@dataclass(frozen=True, slots=True)
class Portrait:
    """A thing with its facts, figures, years, and the sentences that name it (``mentions`` in all)."""

    thing: Thing
    groups: tuple[Group, ...]
    figures: tuple[FigureFact, ...]
    moments: tuple[Moment, ...]
    passages: tuple[Passage, ...]
    mentions: int
    articles: tuple[tuple[Link, int], ...]
    version: str

    @property
    def facts(self) -> int:
        """How many facts there are."""
        return sum(group.count for group in self.groups)


@dataclass(frozen=True, slots=True)
class PortraitOf:
    """What is known of the thing with this IRI."""

    iri: str

    def __call__(self, reader: Reader) -> Portrait:
        """Draw it.

        Raises:
            QueryError: if there is no such thing.
        """
        view = reader.graph.entity(self.iri)
        articles = reader.kept("titles", lambda graph: _articles(graph.query(_TITLES)))
        groups = tuple(_groups(view, articles))
        figures = tuple(_figure(figure, articles) for figure in view.figures)
        passages, mentions, where = _mentions(reader, view, articles)
        return Portrait(
            thing=view.thing,
            groups=groups,
            figures=figures,
            moments=tuple(_moments(groups, figures, _ends(reader, view))),
            passages=passages,
            mentions=mentions,
            articles=where,
            version=reader.version,
        )


def _articles(rows: Iterable[Sequence[object]]) -> dict[str, Link]:
    return {
        str(iri): Link(str(iri), str(title or article_id(str(iri))), RecordType.ARTICLE)
        for iri, title in rows
    }


def _link(iri: str, view: EntityView) -> Link:
    parts = entity_iri_parts(iri)
    kind = str(parts[0]) if parts else RecordType.ARTICLE if article_id(iri) else ""
    return Link(iri, view.names.get(iri) or (parts[1] if parts else article_id(iri) or iri), kind)


def _passage(quote: Quote, articles: dict[str, Link]) -> Passage:
    article = articles.get(quote.article_iri) or Link(quote.article_iri, quote.article, RecordType.ARTICLE)
    return Passage(pieces(quote.sentence, quote.highlights), article, quote.start)


def _groups(view: EntityView, articles: dict[str, Link]) -> Iterable[Group]:
    sides: defaultdict[tuple[str, bool], list[Relation]] = defaultdict(list)
    for relation in view.relations:
        if relation.subject == view.iri:
            sides[relation.predicate, True].append(relation)
        if relation.object == view.iri and relation.subject != view.iri:
            sides[relation.predicate, False].append(relation)
    order = sorted(sides, key=lambda side: (not side[1], -len(sides[side]), side[0]))
    for predicate, outward in order:
        relations = sides[predicate, outward]
        yield Group(predicate, outward, tuple(_facts(relations, outward, view, articles)), len(relations))


def _facts(
    relations: Iterable[Relation], outward: bool, view: EntityView, articles: dict[str, Link]
) -> list[Fact]:
    """Facts that the same sentences state alike are one: A and B and C received the same honour."""
    alike: defaultdict[object, list[Relation]] = defaultdict(list)
    for r in relations:
        said = tuple((q.article_iri, q.start, q.sentence) for q in r.evidence)
        alike[r.attributes, r.status, r.derived, said or r.iri or r.object + r.subject].append(r)
    facts = []
    for same in alike.values():
        first = same[0]
        spans: defaultdict[tuple[str, int, str], set[tuple[int, int]]] = defaultdict(set)
        quotes = {(q.article_iri, q.start, q.sentence): q for r in same for q in r.evidence}
        for r in same:
            for q in r.evidence:
                spans[q.article_iri, q.start, q.sentence].update(q.highlights)
        facts.append(
            Fact(
                ends=tuple(_link(r.object if outward else r.subject, view) for r in same),
                attributes=first.attributes,
                status=str(first.status),
                derived=first.derived,
                rules=tuple(dict.fromkeys(rule for r in same for rule in r.rules)),
                passages=tuple(
                    Passage(pieces(q.sentence, spans[key]), _passage(q, articles).article, q.start)
                    for key, q in quotes.items()
                ),
            )
        )
    return sorted(facts, key=_when)


def _when(fact: Fact) -> tuple[int, str]:
    found = years(dict(fact.attributes))
    return (found[0] if found else 9999), fact.ends[0].label


def _figure(figure: Figure, articles: dict[str, Link]) -> FigureFact:
    return FigureFact(
        figure.iri,
        figure.measure,
        figure.value,
        figure.unit,
        figure.modifier,
        figure.period,
        _passage(figure.quote, articles),
    )


def _ends(reader: Reader, view: EntityView) -> dict[str, int]:
    """The year in which the period of each figure ends, for those that have one."""
    if not view.figures:
        return {}
    rows = reader.graph.query(_ENDS, it=view.iri)
    return {str(row.figure): int(str(row.day)[:4]) for row in rows}


def _moments(groups: Iterable[Group], figures: Iterable[FigureFact], ends: dict[str, int]) -> list[Moment]:
    moments = [
        Moment(year, fact, group, None)
        for group in groups
        for fact in group.facts
        for year in years(dict(fact.attributes))[:1]
    ]
    for figure in figures:
        named = years({"period": figure.period})
        year = ends.get(figure.iri) or (named[-1] if named else None)
        if year:
            moments.append(Moment(year, None, None, figure))
    return sorted(moments, key=lambda m: (m.year, m.fact is None))


def _mentions(
    reader: Reader, view: EntityView, articles: dict[str, Link]
) -> tuple[tuple[Passage, ...], int, tuple[tuple[Link, int], ...]]:
    """The sentences that name the thing, how often it is named, and how often in which article."""
    rows = reader.graph.query(_MENTIONS.replace("VALUES ?it { UNDEF }", ""), it=view.iri)
    sentences: defaultdict[tuple[str, int, str], list[tuple[int, int]]] = defaultdict(list)
    counts: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        article, start, text = str(row.article), int(str(row["from"])), str(row.text)
        counts[article] += 1
        place = _place(text, str(row.exact), int(str(row.start)) - start)
        sentences[article, start, text].append((place, place + len(str(row.exact))))
    passages = tuple(
        Passage(pieces(text, spans), articles[article], start)
        for (article, start, text), spans in list(sentences.items())[:_SENTENCES]
        if article in articles
    )
    where = sorted(
        ((articles[a], n) for a, n in counts.items() if a in articles), key=lambda p: (-p[1], p[0].label)
    )
    return passages, len(rows), tuple(where)


def _place(sentence: str, exact: str, guess: int) -> int:
    """Where the words of a mention stand in its sentence as it is read.

    The guess counts the characters of the source, of which the reading may lack some (a line broken
    inside the sentence), so that the words stand there or a little before.
    """
    found = []
    at = sentence.find(exact)
    while at >= 0:
        found.append(at)
        at = sentence.find(exact, at + 1)
    return min(found, key=lambda place: abs(place - guess), default=-len(exact))
