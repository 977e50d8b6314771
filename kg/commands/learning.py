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
    sub.add_argument("gold", type=Path, help="folder of JSON files, each named as its article")
    sub.add_argument(
        "--texts", type=Path, metavar="DIR", help="folder of the articles (default: the one that GOLD is in)"
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
    from kg.evaluation import evaluate

    print(evaluate(args.texts or args.gold.resolve().parent, args.gold).format(misses=args.misses))
    return 0
