"""``kg review`` and ``kg link``: what people know better, and what others call the things."""

from __future__ import annotations

import argparse
from pathlib import Path

import kg
from kg.commands.options import Commands, add_command, graph_folder
from kg.reviewing import read_sheet, write_sheet

__all__ = ["register"]


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands of this group."""
    sub = add_command(
        commands, "review", _review, "write a sheet of what is least certain, or carry out a sheet filled in"
    )
    graph_folder(sub)
    sub.add_argument(
        "-o",
        "--output",
        type=Path,
        default=Path("review.xlsx"),
        metavar="FILE",
        help="an .xlsx or .csv file (default: review.xlsx)",
    )
    sub.add_argument(
        "--apply", type=Path, metavar="FILE", help="a sheet filled in: keep its decisions and carry them out"
    )

    sub = add_command(commands, "link", _link, "state outside identifiers of things, out of a table")
    sub.add_argument(
        "--table", type=Path, required=True, metavar="FILE", help="headings: name, type (may be empty), same"
    )
    graph_folder(sub)


def _review(args: argparse.Namespace) -> int:
    if args.apply:
        decisions = read_sheet(args.apply)
        notes = kg.decide(decisions, args.graph)
        print("\n".join([f"{len(decisions)} decisions kept and carried out in {args.graph}", *notes]))
        return 0
    asked = write_sheet(kg.review(args.graph), args.output)
    print(f"{asked} questions -> {args.output}")
    return 0


def _link(args: argparse.Namespace) -> int:
    notes = kg.link(args.table, args.graph)
    print("\n".join([f"{args.table} kept and stated in {args.graph}", *notes]))
    return 0
