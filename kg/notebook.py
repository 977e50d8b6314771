"""The cell magic ``%%sparql`` for IPython and Jupyter, there after ``%load_ext kg``.

::

    %%sparql graph --to rows -p year=2023
    SELECT ?person ?award WHERE { ... }

asks the graph that the variable ``graph`` holds (that name is the default), binds the query's variable
``?year``, shows the answer and keeps it in the variable ``rows``. ``%sparql graph awards`` asks by the name
of a query.
"""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from typing import Any, Final, NoReturn, Protocol

from kg.errors import QueryError
from kg.graph.binding import given_values

__all__ = ["Shell", "register", "use_chinese_font"]


_FAMILIES: Final = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Sans CJK JP",
    "Noto Sans SC",
    "SimHei",
    "Heiti SC",
    "Droid Sans Fallback",
    "Noto Serif CJK SC",
    "SimSun",
)
"""Families that hold Chinese, the better first."""

_SAMPLE: Final = "云浮市总工会职工会员"


class Shell(Protocol):
    """What is needed of the running IPython."""

    user_ns: dict[str, Any]

    def register_magic_function(self, func: Any, magic_kind: str, magic_name: str) -> None:
        """Make a function known as a magic."""


class _Options(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise QueryError(f"%%sparql: {message}")


def _parser() -> argparse.ArgumentParser:
    options = _Options(prog="%%sparql", add_help=False)
    options.add_argument("graph", nargs="?", default="graph")
    options.add_argument("query", nargs="*")
    options.add_argument("--to")
    options.add_argument("-p", "--param", action="append", default=[])
    return options


def register(shell: Shell) -> None:
    """Make the magic known to a running IPython."""

    def sparql(line: str, cell: str | None = None) -> Any:
        """Ask a graph: ``%%sparql [GRAPH] [--to NAME] [-p VARIABLE=VALUE]``, the query in the cell."""
        options = _parser().parse_intermixed_args(shlex.split(line))
        query = cell or " ".join(options.query)
        if not query.strip():
            raise QueryError("%sparql wants a query: in the cell below it, or a named one after the graph")
        graph = shell.user_ns.get(options.graph)
        if graph is None or not hasattr(graph, "query"):
            raise QueryError(f"no variable {options.graph} holds a graph: open one with kg.open(...)")
        found = graph.query(query, **given_values(options.param, "-p"))
        if options.to:
            shell.user_ns[options.to] = found
        return found

    shell.register_magic_function(sparql, magic_kind="line_cell", magic_name="sparql")


def use_chinese_font() -> str | None:
    """Let matplotlib write Chinese; gives the font family that it will use, or None if none is installed.

    Raises:
        QueryError: if matplotlib is not installed.
    """
    try:
        import matplotlib
    except ImportError as error:
        raise QueryError("plots need matplotlib: pip install 'union-kg[plots]'") from error
    family = next(_chinese_families(), None)
    if family:
        matplotlib.rcParams["font.sans-serif"] = [family, *matplotlib.rcParams["font.sans-serif"]]
        matplotlib.rcParams["font.family"] = "sans-serif"
    matplotlib.rcParams["axes.unicode_minus"] = False  # many Chinese fonts lack the long minus
    return family


def _chinese_families() -> Iterator[str]:
    """The installed families that have Chinese characters: known ones first, then whichever others."""
    from matplotlib import font_manager, ft2font

    installed = {font.name: font.fname for font in font_manager.fontManager.ttflist}
    yield from (name for name in _FAMILIES if name in installed)
    for name in sorted(installed):
        characters = ft2font.FT2Font(installed[name]).get_charmap()
        if all(ord(c) in characters for c in _SAMPLE):
            yield name
