"""``kg build`` and ``kg extract``: articles in, a graph or JSON out."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import kg
from kg.building import BuildReport, Progress
from kg.commands.options import Commands, add_command, encoding_and_model, input_paths, reporting
from kg.errors import KgError, ReadingError
from kg.identity import identify
from kg.reading import find_files, read_bytes, read_file

__all__ = ["progress_of", "register", "standard_input", "tell"]


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands of this group."""
    sub = add_command(commands, "build", _build, "read files and folders and write their graph")
    input_paths(sub)
    sub.add_argument(
        "-o",
        "--output",
        "-g",
        "--graph",
        dest="graph",
        type=Path,
        default=Path("graph"),
        metavar="DIR",
        help="the folder of the graph (default: graph)",
    )
    encoding_and_model(sub)
    reporting(sub)

    sub = add_command(
        commands, "extract", _extract, "print what one article states, or write one JSON file for each"
    )
    input_paths(sub)
    encoding_and_model(sub)
    sub.add_argument("-o", "--output", type=Path, metavar="DIR", help="folder for one JSON file an article")
    sub.add_argument(
        "--rejected", action="store_true", help="list the candidates that were not taken, by reason"
    )


def _build(args: argparse.Namespace) -> int:
    paths = [standard_input(args) if path == "-" else path for path in args.paths]
    report = kg.build(
        paths,
        args.graph,
        model=args.model,
        encoding=args.encoding,
        check=not args.no_check,
        progress=progress_of(args),
    )
    return tell(report, args)


def standard_input(args: argparse.Namespace) -> kg.Document:
    """The article on standard input."""
    return read_bytes(sys.stdin.buffer.read(), path="-", encoding=args.encoding)


def progress_of(args: argparse.Namespace) -> Progress | None:
    """A bar on the terminal, or none where it would be in the way."""
    return None if args.quiet or args.json else _bar


def _bar(files: list[str | Path]) -> Iterable[str | Path]:
    from tqdm import tqdm

    return tqdm(files, unit="article", leave=False, disable=None)


def tell(report: BuildReport, args: argparse.Namespace) -> int:
    """Print the report as the options wish it; returns the exit code."""
    if args.json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=1))
    elif not args.quiet:
        print(report)
    for path, reason in report.failed:
        print(_one_line(path, reason), file=sys.stderr)
    return 0 if report.ok else 1


def _one_line(path: str, reason: str) -> str:
    return reason if path in reason else f"{path}: {reason}"


def _extract(args: argparse.Namespace) -> int:
    failed = 0
    files: list[str | Path] = []
    for path in args.paths:
        try:
            files += [path] if path == "-" else find_files([path])
        except ReadingError as error:
            print(error, file=sys.stderr)
            failed += 1
    show: Callable[[str | Path, kg.Extraction], None] = _list_rejected if args.rejected else _print_json
    if args.output and not args.rejected:
        args.output.mkdir(parents=True, exist_ok=True)
        show = _writer(args.output)
    found: list[tuple[str | Path, kg.Extraction]] = []
    for file in files:
        try:
            document = standard_input(args) if file == "-" else read_file(file, encoding=args.encoding)
            found.append((file, kg.extract(document, model=args.model)))
        except KgError as error:
            print(_one_line(str(file), str(error)), file=sys.stderr)
            failed += 1
    linked = identify(extraction for _, extraction in found)  # who is who depends on all of them
    for (file, _), extraction in zip(found, linked, strict=True):
        show(file, extraction)
    return 1 if failed else 0


def _list_rejected(file: str | Path, extraction: kg.Extraction) -> None:
    for r in extraction.rejections:
        print(f"{r.span.start}\t{r.span.end}\t{r.type}\t{r.text}\t{r.rule}\t{r.reason}")


def _print_json(file: str | Path, extraction: kg.Extraction) -> None:
    print(_json(extraction))


def _json(extraction: kg.Extraction) -> str:
    return json.dumps(extraction.to_dict(), ensure_ascii=False, indent=1)


def _writer(folder: Path) -> Callable[[str | Path, kg.Extraction], None]:
    def show(file: str | Path, extraction: kg.Extraction) -> None:
        stem = "stdin" if file == "-" else Path(file).stem
        (folder / f"{stem}.json").write_text(_json(extraction) + "\n", encoding="utf-8")

    return show
