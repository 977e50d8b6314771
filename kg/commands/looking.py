"""``kg view``, ``kg export`` and ``kg validate``: the graph in other forms."""

from __future__ import annotations

import argparse
from pathlib import Path

import kg
from kg.commands.options import Commands, add_command, graph_folder, write
from kg.graph import PAGE_TITLES
from kg.graph.export import FORMATS

__all__ = ["register"]


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands of this group."""
    sub = add_command(commands, "view", _view, "write the network as one HTML page")
    graph_folder(sub)
    sub.add_argument("-o", "--output", type=Path, default=Path("network.html"), help="default: network.html")
    sub.add_argument("--title", help="the heading (default: the thing in focus, or a general one)")
    sub.add_argument("--focus", metavar="NAME", help="only what is near this thing")
    sub.add_argument("--hops", type=int, default=2, help="how near, in steps (default: 2)")
    sub.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="language of the page's own words"
    )

    sub = add_command(commands, "export", _export, "write the graph as RDF, as a network or as a table")
    graph_folder(sub)
    sub.add_argument("-f", "--format", choices=FORMATS, default="trig", help="default: trig")
    sub.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: standard output")

    sub = add_command(commands, "validate", _validate, "check the graph against the shapes of the ontology")
    graph_folder(sub)


def _view(args: argparse.Namespace) -> int:
    title = args.title or args.focus or PAGE_TITLES[args.language]
    page = kg.open(args.graph).view(title=title, focus=args.focus, hops=args.hops, language=args.language)
    page.write(args.output)
    print(f"{page.shown} of {page.total} things shown -> {args.output}")
    return 0


def _export(args: argparse.Namespace) -> int:
    write(kg.open(args.graph).export(args.format), args.output)
    return 0


def _validate(args: argparse.Namespace) -> int:
    violations = kg.open(args.graph).validate()
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations")
    return 1 if violations else 0
