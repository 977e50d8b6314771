"""``kg train`` and ``kg evaluate``: making the recogniser, measuring the whole."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.commands.options import Commands, add_command
from kg.errors import ModelError

__all__ = ["register"]


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands of this group."""
    sub = add_command(
        commands, "train", _train, "train the recogniser on articles with entities marked inline"
    )
    sub.add_argument(
        "corpus",
        type=Path,
        help="folder of .txt articles in the corpus form or .jsonl of doccano, or one such file",
    )
    sub.add_argument(
        "-o", "--output", type=Path, default=Path("names.npz"), help="the model file (default: names.npz)"
    )

    sub = add_command(commands, "evaluate", _evaluate, "measure the extraction against annotated articles")
    sub.add_argument(
        "gold", type=Path, nargs="+", metavar="GOLD", help="folder of JSON files, each named as its article"
    )
    sub.add_argument(
        "--texts", type=Path, metavar="DIR", help="folder of the articles (default: the one that GOLD is in)"
    )
    sub.add_argument(
        "--rules", type=Path, metavar="FILE", help="write a table of how often each rule was right and wrong"
    )
    sub.add_argument("--misses", action="store_true", help="list what was missed and what was extra")


def _train(args: argparse.Namespace) -> int:
    try:
        from kg.language.training import train
    except ModuleNotFoundError as error:
        raise ModelError(f"training needs {error.name}: install union-kg[train]") from error
    from kg.language.corpora import read_corpus

    print(train(read_corpus(args.corpus), args.output))
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    from kg.evaluation import evaluate, together

    found = together({str(g): evaluate(args.texts or g.resolve().parent, g) for g in args.gold})
    print(found.format(misses=args.misses))
    if args.rules:
        rows = (f"{rule}\t{tally.right}\t{tally.extra}\n" for rule, tally in found.rules().items())
        args.rules.write_text("# rule\tright\textra\n" + "".join(rows), encoding="utf-8")
    return 0
