"""``kg query``, ``kg ask``, ``kg show`` and ``kg why``: questions to a graph."""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

import kg
from kg.commands.options import Commands, add_command, graph_folder, write
from kg.errors import QueryError
from kg.graph.binding import given_values
from kg.graph.rows import FORMATS

__all__ = ["register"]


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands of this group."""
    sub = add_command(commands, "query", _query, "ask by the name of a query, by a .rq file or in SPARQL")
    sub.add_argument("query", nargs="?", help="a name (see --list), a file that ends in .rq, or SPARQL text")
    sub.add_argument("--list", action="store_true", help="list the queries that have a name")
    sub.add_argument(
        "-p",
        "--param",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="bind a parameter; several times for several values",
    )
    sub.add_argument("-f", "--format", choices=FORMATS, default="table", help="default: table")
    sub.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a file; CSV in it is in the form that Excel opens"
    )
    graph_folder(sub)

    sub = add_command(commands, "ask", _ask, "answer a question in Chinese: table, sentences, and the SPARQL")
    sub.add_argument("question", help="such as 云浮市有哪些劳模工匠？")
    sub.add_argument(
        "-f", "--format", choices=("table", "csv", "json"), default="table", help="default: table"
    )
    sub.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="a file; CSV in it is in the form that Excel opens"
    )
    graph_folder(sub)

    sub = add_command(commands, "show", _show, "print what the graph knows of one thing, with the sentences")
    sub.add_argument("name", help="a name, an alias or an IRI")
    graph_folder(sub)

    sub = add_command(
        commands, "why", _why, "print what statements rest on: sentence, rule and place in the article"
    )
    sub.add_argument("subject", help="a name, an alias or an IRI")
    sub.add_argument("object", nargs="?", help="only what ties the subject to this")
    graph_folder(sub)


def _query(args: argparse.Namespace) -> int:
    if args.list:
        return _list()
    if not args.query:
        raise QueryError("name a query, a .rq file or SPARQL text; `kg query --list` shows the names")
    query = Path(args.query).read_text(encoding="utf-8") if args.query.endswith(".rq") else args.query
    answers = kg.open(args.graph).query(query, **given_values(args.param, "--param"))
    if args.output and args.format == "csv":
        write(answers.to_csv(excel=True), args.output)
    else:
        write(answers.format(args.format, width=_terminal(args.output)), args.output)
    return 0


def _terminal(output: Path | None) -> int | None:
    """The width of the terminal, where the words go to one."""
    shown = output is None and sys.stdout.isatty()
    return shutil.get_terminal_size().columns if shown else None


def _ask(args: argparse.Namespace) -> int:
    answer = kg.open(args.graph).ask(args.question)
    if args.format == "csv" and answer.understood:
        write(answer.rows.to_csv(excel=args.output is not None), args.output)
    elif args.format == "json":
        write(answer.to_json(), args.output)
    else:
        write(answer.format(width=_terminal(args.output)), args.output)
    return 0 if answer.understood else 1


def _list() -> int:
    from kg.queries import queries

    for query in queries().values():
        parameters = " ".join(f"[{p.name}]" for p in query.parameters)
        print(f"{query.name} {parameters}\n    {query.zh}\n    {query.en}")
    return 0


def _show(args: argparse.Namespace) -> int:
    print(kg.open(args.graph).entity(args.name))
    return 0


def _why(args: argparse.Namespace) -> int:
    reasons = kg.open(args.graph).why(args.subject, args.object)
    if not reasons:
        both = f" and {args.object}" if args.object else ""
        raise QueryError(f"nothing is stated of {args.subject}{both}")
    for reason in reasons:
        print(reason.format(colour=sys.stdout.isatty()))
    return 0
