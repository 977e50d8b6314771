"""Arguments that several commands share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

__all__ = [
    "Commands",
    "add_command",
    "encoding_and_model",
    "graph_folder",
    "input_paths",
    "reporting",
    "write",
]

Commands = argparse._SubParsersAction  # the type has no public name in argparse


def add_command(
    commands: Commands[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    """A command that calls ``run`` with the arguments and ends with the exit code that it returns."""
    sub = commands.add_parser(name, help=summary, description=summary)
    sub.set_defaults(run=run)
    return sub


def input_paths(sub: argparse.ArgumentParser) -> None:
    """One or more files and folders; ``-`` is standard input."""
    sub.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")


def graph_folder(sub: argparse.ArgumentParser) -> None:
    """The folder of the graph that a command reads or changes."""
    sub.add_argument(
        "-g", "--graph", type=Path, default=Path("graph"), metavar="DIR", help="the graph (default: graph)"
    )


def encoding_and_model(sub: argparse.ArgumentParser) -> None:
    """How articles are read."""
    sub.add_argument(
        "--model", metavar="NAME", help="an installed spaCy pipeline whose entities count as candidates"
    )
    sub.add_argument("--encoding", metavar="NAME", help="encoding of the text files, where it cannot be told")


def reporting(sub: argparse.ArgumentParser, *, check: bool = True) -> None:
    """What a command says of what it did."""
    sub.add_argument("--quiet", action="store_true", help="print nothing but errors")
    sub.add_argument("--json", action="store_true", help="print the report as JSON")
    if check:
        sub.add_argument(
            "--no-check", action="store_true", help="leave out the check against the SHACL shapes"
        )


def write(content: str, output: Path | None) -> None:
    """The content into the file, or onto standard output where none is named."""
    if output is None:
        sys.stdout.write(content if content.endswith("\n") else content + "\n")
    else:
        output.write_text(content, encoding="utf-8", newline="")
