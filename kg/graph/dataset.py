"""The store as an rdflib Dataset, for reading."""

from __future__ import annotations

from typing import Any, NoReturn

import pyoxigraph
import rdflib
from oxrdflib import OxigraphStore

from kg.errors import QueryError
from kg.graph.guard import check
from kg.graph.terms import PREFIXES

__all__ = ["dataset"]


class _Reader(OxigraphStore):
    """An Oxigraph store that takes no changes and asks no other service."""

    def query(self, query: Any, *args: Any, **options: Any) -> rdflib.query.Result:
        if isinstance(query, str):
            check(query)
        return super().query(query, *args, **options)

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Naming a graph, as ``Dataset.graph`` does, adds nothing."""

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise QueryError("the rdflib Dataset of a graph is for reading: put articles in with Graph.put")

    add = addN = remove = remove_graph = update = _refuse  # noqa: N815 - the names are rdflib's


def dataset(store: pyoxigraph.Store) -> rdflib.Dataset:
    """A Dataset over the store: its default graph is the union of the named ones."""
    made = rdflib.Dataset(store=_Reader(store=store))
    for prefix, iri in PREFIXES.items():
        made.bind(prefix, iri)
    return made
