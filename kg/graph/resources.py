"""Where the ontology lies: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.errors import GraphError

__all__ = ["Term", "labels", "ontology", "terms"]


@cache
def ontology() -> Traversable:
    """The folder of the ontology.

    Raises:
        GraphError: if the package was installed without it.
    """
    for place in (files("kg") / "ontology", Path(__file__).parents[2] / "ontology"):
        if (place / "union-kg.ttl").is_file():
            return place
    raise GraphError("the ontology is missing from this installation of union-kg: install it again")


class Term(NamedTuple):
    """A triple of the ontology as words: ``value`` is an IRI or a text, ``language`` that of the text."""

    subject: str
    predicate: str
    value: str
    language: str | None


@cache
def terms(name: str) -> tuple[Term, ...]:
    """What one Turtle file of the ontology says.

    Raises:
        FileNotFoundError: if there is no such file.
    """
    content = (ontology() / name).read_bytes()
    return tuple(
        Term(q.subject.value, q.predicate.value, q.object.value, getattr(q.object, "language", None))
        for q in parse(content, format=RdfFormat.TURTLE)
        if isinstance(q.subject, NamedNode | BlankNode)
        and isinstance(q.object, NamedNode | BlankNode | Literal)
    )


@cache
def labels(language: str) -> dict[str, str]:
    """The label in ``language`` of each term of the vocabulary, by IRI.

    >>> labels("en")["https://w3id.org/union-kg/ontology#holdsPost"]
    'holds a post at'
    """
    label = "http://www.w3.org/2000/01/rdf-schema#label"
    return {
        t.subject: t.value for t in terms("union-kg.ttl") if t.predicate == label and t.language == language
    }
