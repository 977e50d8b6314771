"""What the graph knows of one thing, to be read by people."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from kg.graph.resources import labels
from kg.graph.things import Figure, Quote, Relation, Thing
from kg.highlights import pieces
from kg.vocabulary import ONTOLOGY, Status

__all__ = ["EntityView", "figure_text"]

_STATUS = {Status.PLANNED: "计划中", Status.FORMER: "曾经"}


@dataclass(frozen=True)
class EntityView:
    """A thing with its names, its relations in both directions and its figures, each with its sentences.

    ``names`` gives the label of every IRI at the ends of the relations.
    """

    thing: Thing
    relations: tuple[Relation, ...]
    figures: tuple[Figure, ...]
    names: dict[str, str]

    @property
    def iri(self) -> str:
        """The IRI of the thing."""
        return self.thing.iri

    @property
    def label(self) -> str:
        """Its name."""
        return self.thing.label

    @property
    def aliases(self) -> tuple[str, ...]:
        """Its other names."""
        return self.thing.aliases

    def __repr__(self) -> str:
        return (
            f"<{self.thing.type} {self.label}: {len(self.relations)} relations, {len(self.figures)} figures>"
        )

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield self._heading()
        yield self.iri
        if self.aliases:
            yield f"又名：{'、'.join(self.aliases)}"
        for relation in self.relations:
            yield f"· {self.sentence(relation)}"
            yield from (_quoted(q) for q in relation.evidence)
        for figure in self.figures:
            yield f"# {figure_text(figure)}"
            yield _quoted(figure.quote)

    def _heading(self) -> str:
        term = labels("zh")[ONTOLOGY + self.thing.type]
        return f"{self.label}（{term}{' · ' + self.thing.subtype if self.thing.subtype else ''}）"

    def sentence(self, relation: Relation) -> str:
        """The relation in words: subject, predicate, object and what is said beside them."""
        words = [
            self.names.get(relation.subject, relation.subject),
            labels("zh").get(ONTOLOGY + relation.predicate, relation.predicate),
            self.names.get(relation.object, relation.object),
        ]
        notes = [value for _, value in relation.attributes]
        notes += [_STATUS[status] for status in _STATUS if relation.status == status]
        notes += ["推导"] if relation.derived else []
        return " ".join(words) + (f"（{'，'.join(notes)}）" if notes else "")

    def _repr_html_(self) -> str:
        aliases = f"<p>又名：{html.escape('、'.join(self.aliases))}</p>" if self.aliases else ""
        items = [(self.sentence(r), r.evidence) for r in self.relations]
        items += [(figure_text(f), (f.quote,)) for f in self.figures]
        body = "".join(
            f"<li>{html.escape(text)}{''.join(map(_quoted_html, quotes))}</li>" for text, quotes in items
        )
        return (
            f"<h4>{html.escape(self._heading())}</h4><p>{html.escape(self.iri)}</p>{aliases}<ul>{body}</ul>"
        )


def figure_text(figure: Figure) -> str:
    """The figure in words: measure, value, unit, and modifier and period beside them."""
    notes = [n for n in (figure.modifier, figure.period) if n]
    value = f"{figure.value:,}" if isinstance(figure.value, int) else f"{figure.value:g}"
    return f"{figure.measure} {value} {figure.unit}" + (f"（{'，'.join(notes)}）" if notes else "")


def _quoted(quote: Quote) -> str:
    return f"    「{quote.sentence}」——{quote.article}"


def _quoted_html(quote: Quote) -> str:
    parts = ((html.escape(piece), marked) for piece, marked in pieces(quote.sentence, quote.highlights))
    sentence = "".join(f"<mark>{piece}</mark>" if marked else piece for piece, marked in parts)
    return f"<blockquote>{sentence} <cite>{html.escape(quote.article)}</cite></blockquote>"
