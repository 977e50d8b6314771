"""``kg add``, ``kg remove`` and ``kg report``: keeping a graph true as articles come, change and go."""

from __future__ import annotations

import argparse

import kg
from kg.commands.building import progress_of, standard_input, tell
from kg.commands.options import (
    Commands,
    add_command,
    encoding_and_model,
    graph_folder,
    input_paths,
    reporting,
)

__all__ = ["register"]

_REPORTS = ("conflicts", "reprints")


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands of this group."""
    sub = add_command(
        commands,
        "add",
        _add,
        "read files into a graph: new ones, and changed ones in place of what they were",
    )
    input_paths(sub)
    graph_folder(sub)
    encoding_and_model(sub)
    reporting(sub, check=False)

    sub = add_command(
        commands, "remove", _remove, "take articles out of a graph, with what rested on them alone"
    )
    sub.add_argument(
        "names", nargs="+", metavar="ARTICLE", help="an id, a title, or the file or folder it was read from"
    )
    graph_folder(sub)
    sub.add_argument("--quiet", action="store_true", help="print nothing but errors")

    sub = add_command(
        commands, "report", _report, "tell where articles contradict each other or are copies of each other"
    )
    sub.add_argument("what", choices=_REPORTS)
    graph_folder(sub)


def _add(args: argparse.Namespace) -> int:
    paths = [standard_input(args) if path == "-" else path for path in args.paths]
    report = kg.add(paths, args.graph, model=args.model, encoding=args.encoding, progress=progress_of(args))
    return tell(report, args)


def _remove(args: argparse.Namespace) -> int:
    gone = kg.remove(args.names, args.graph)
    if not args.quiet:
        print(
            f"{len(gone)} articles taken out of {args.graph}; {len(kg.open(args.graph).article_ids())} left"
        )
    return 0


def _report(args: argparse.Namespace) -> int:
    answers = kg.open(args.graph).query(args.what)
    print(answers)
    print(f"{len(answers)} {args.what}")
    return 0
