"""Facts as RDF: described, kept in a folder, checked by shapes, asked in SPARQL. The only owner of RDF."""

from __future__ import annotations

from kg.graph.card import EntityView
from kg.graph.description import Calendar, describe
from kg.graph.folder import GraphFolder, Writing
from kg.graph.graph import ArticleInfo, Graph, Provenance
from kg.graph.page import TITLES as PAGE_TITLES
from kg.graph.page import Page
from kg.graph.reasons import Reason
from kg.graph.rows import Row, Rows
from kg.graph.things import Figure, Quote, Relation, Thing
from kg.graph.validation import Violation

__all__ = [
    "PAGE_TITLES",
    "ArticleInfo",
    "Calendar",
    "EntityView",
    "Figure",
    "Graph",
    "GraphFolder",
    "Page",
    "Provenance",
    "Quote",
    "Reason",
    "Relation",
    "Row",
    "Rows",
    "Thing",
    "Violation",
    "Writing",
    "describe",
]
