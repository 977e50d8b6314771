"""The command line: arguments in, words out, and nothing else."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from kg.commands import asking, building, correcting, keeping, learning, looking
from kg.errors import KgError

__all__ = ["main", "parser"]

_GROUPS = (building, keeping, asking, looking, correcting, learning)


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments and help."""
    top = argparse.ArgumentParser(prog="kg", description="The knowledge graph of China's trade-union news.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for group in _GROUPS:
        group.register(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; an error is one line on standard error and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Chinese Windows console would choke on rare characters
    args = parser().parse_args(arguments)
    try:
        code: int = args.run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of a pipe, such as `head`, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (KgError, OSError) as error:
        print(f"kg {args.command}: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    return code
