"""The network as one page: a networkx graph in, an HTML file out. Knows nothing of the store."""

from __future__ import annotations

from kg.view.network import Notebook, render, to_notebook, write
from kg.view.selection import select, surroundings

__all__ = ["Notebook", "render", "select", "surroundings", "to_notebook", "write"]
