"""The command line: arguments in, words out, and nothing else."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import kg
from kg.errors import KgError, ModelError, QueryError
from kg.reading import find_files, read_bytes, read_file

__all__ = ["main", "parser"]


def parser() -> argparse.ArgumentParser:
    """Every command with its arguments and help."""
    top = argparse.ArgumentParser(prog="kg", description="The knowledge graph of China's trade-union news.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    sub = _command(commands, "build", _build, "read files and folders and write their graph")
    _paths(sub)
    _graph(sub)
    _reading_options(sub)

    sub = _command(
        commands, "extract", _extract, "print what one article states, or write one JSON file for each"
    )
    _paths(sub)
    _reading_options(sub)
    sub.add_argument("-o", "--output", type=Path, metavar="DIR", help="folder for one JSON file an article")
    sub.add_argument(
        "--rejected", action="store_true", help="list the candidates that were not taken, by reason"
    )

    sub = _command(commands, "query", _query, "ask by the name of a query, by a .rq file or in SPARQL")
    sub.add_argument("query", help="a name (see `kg queries`), a file that ends in .rq, or SPARQL text")
    sub.add_argument(
        "-p", "--param", action="append", default=[], metavar="NAME=VALUE", help="bind a parameter"
    )
    sub.add_argument("-f", "--format", choices=("table", "csv", "json", "xml"), default="table")
    _graph(sub)

    sub = _command(commands, "queries", _queries, "list the queries that have a name")

    sub = _command(commands, "show", _show, "print what the graph knows of one thing, with the sentences")
    sub.add_argument("name", help="a name, an alias or an IRI")
    _graph(sub)

    sub = _command(commands, "view", _view, "write the network as one HTML page")
    _graph(sub)
    sub.add_argument("-o", "--output", type=Path, default=Path("network.html"), help="default: network.html")
    sub.add_argument("--title", help="the heading (default: the thing in focus, or a general one)")
    sub.add_argument("--focus", metavar="NAME", help="only what is near this thing")
    sub.add_argument("--hops", type=int, default=2, help="how near, in steps (default: 2)")
    sub.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="language of the page's own words"
    )

    sub = _command(commands, "export", _export, "print the graph as RDF")
    _graph(sub)
    sub.add_argument(
        "-f", "--format", choices=("nquads", "trig", "turtle", "jsonld", "graphml"), default="trig"
    )

    sub = _command(commands, "validate", _validate, "check the graph against the shapes of the ontology")
    _graph(sub)

    sub = _command(commands, "train", _train, "train the recogniser on articles with entities marked inline")
    sub.add_argument("corpus", type=Path, help="folder of .txt articles in the corpus form")
    sub.add_argument("-o", "--output", type=Path, required=True, help="the model file to write")

    sub = _command(commands, "evaluate", _evaluate, "measure the extraction against annotated articles")
    sub.add_argument("texts", type=Path, help="folder of articles")
    sub.add_argument("gold", type=Path, help="folder of JSON files of the same names")
    sub.add_argument("--misses", action="store_true", help="list what was missed and what was extra")
    return top


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
) -> argparse.ArgumentParser:
    sub = commands.add_parser(name, help=summary, description=summary)
    sub.set_defaults(run=run)
    return sub


def _paths(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("paths", nargs="+", metavar="PATH", help="a file, a folder, or - for standard input")


def _graph(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("-g", "--graph", type=Path, default=Path("graph"), metavar="DIR", help="default: graph")


def _reading_options(sub: argparse.ArgumentParser) -> None:
    sub.add_argument(
        "--model", metavar="NAME", help="an installed spaCy pipeline whose entities count as candidates"
    )
    sub.add_argument("--encoding", metavar="NAME", help="encoding of the text files, where it cannot be told")


def _build(args: argparse.Namespace) -> int:
    report = kg.build(args.paths, args.graph, model=args.model, encoding=args.encoding)
    counts = report.counts
    print(
        f"{len(report.built)} articles: {counts['entities']} entities with {counts['mentions']} mentions, "
        f"{counts['facts']} facts, {counts['observations']} figures -> {args.graph}"
    )
    for reason, number in report.rejections.most_common():
        print(f"  not taken: {number} candidates, {reason}")
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
        except KgError as error:
            print(error, file=sys.stderr)
            failed += 1
    for file in files:
        try:
            _extract_one(file, args)
        except KgError as error:
            print(_one_line(str(file), str(error)), file=sys.stderr)
            failed += 1
    return 1 if failed else 0


def _extract_one(file: str | Path, args: argparse.Namespace) -> None:
    if file == "-":
        document = read_bytes(sys.stdin.buffer.read(), path="-", encoding=args.encoding)
    else:
        document = read_file(file, encoding=args.encoding)
    extraction = kg.extract(document, model=args.model)
    if args.rejected:
        for r in extraction.rejections:
            print(f"{r.span.start}\t{r.span.end}\t{r.type}\t{r.text}\t{r.rule}\t{r.reason}")
        return
    content = json.dumps(extraction.to_dict(), ensure_ascii=False, indent=1)
    if args.output:
        args.output.mkdir(parents=True, exist_ok=True)
        (args.output / f"{Path(file).stem}.json").write_text(content + "\n", encoding="utf-8")
    else:
        print(content)


def _query(args: argparse.Namespace) -> int:
    parameters = {}
    for pair in args.param:
        name, equals, value = pair.partition("=")
        if not equals:
            raise QueryError(f"--param wants NAME=VALUE, not {pair!r}")
        parameters[name] = value
    query = Path(args.query).read_text(encoding="utf-8") if args.query.endswith(".rq") else args.query
    print(kg.open(args.graph).query(query, **parameters).format(args.format))
    return 0


def _queries(args: argparse.Namespace) -> int:
    from kg.queries import queries

    for query in queries().values():
        parameters = " ".join(f"[{p.name}]" for p in query.parameters)
        print(f"{query.name} {parameters}\n    {query.zh}\n    {query.en}")
    return 0


def _show(args: argparse.Namespace) -> int:
    print(kg.open(args.graph).entity(args.name))
    return 0


def _view(args: argparse.Namespace) -> int:
    title = args.title or args.focus or _TITLES[args.language]
    page = kg.open(args.graph).view(title=title, focus=args.focus, hops=args.hops, language=args.language)
    page.write(args.output)
    print(f"{page.shown} of {page.total} things shown -> {args.output}")
    return 0


_TITLES = {"zh": "工会新闻知识图谱", "en": "Trade-union news as a graph"}


def _export(args: argparse.Namespace) -> int:
    sys.stdout.write(kg.open(args.graph).export(args.format))
    return 0


def _validate(args: argparse.Namespace) -> int:
    violations = kg.open(args.graph).validate()
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations")
    return 1 if violations else 0


def _train(args: argparse.Namespace) -> int:
    try:
        from kg.language.training import train
    except ModuleNotFoundError as error:
        raise ModelError(f"training needs {error.name}: install union-kg[train]") from error
    articles = sorted(args.corpus.glob("*.txt"))
    if not articles:
        raise ModelError(f"{args.corpus}: no .txt article there to train on")
    print(train(articles, args.output))
    return 0


def _evaluate(args: argparse.Namespace) -> int:
    from kg.evaluation import evaluate

    print(evaluate(args.texts, args.gold).format(misses=args.misses))
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; an error is one line on standard error and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # a Chinese Windows console would choke on rare characters
    args = parser().parse_args(arguments)
    try:
        code: int = args.run(args)
    except (KgError, OSError) as error:
        print(f"kg {args.command}: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    return code
