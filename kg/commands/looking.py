"""``kg view``, ``kg serve``, ``kg export`` and ``kg validate``: the graph in other forms."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import kg
from kg.commands.options import Commands, add_command, graph_folder, write
from kg.errors import GraphError
from kg.graph import PAGE_TITLES
from kg.graph.export import FORMATS
from kg.model import Extraction

__all__ = ["register"]

_ANNOTATED = ("json", "corpus", "doccano")


def register(commands: Commands[argparse.ArgumentParser]) -> None:
    """Add the commands of this group."""
    sub = add_command(commands, "view", _view, "write the network as one HTML page")
    graph_folder(sub)
    sub.add_argument("-o", "--output", type=Path, default=Path("network.html"), help="default: network.html")
    sub.add_argument("--title", help="the heading (default: the thing in focus, or a general one)")
    sub.add_argument("--focus", metavar="NAME", help="only what is near this thing")
    sub.add_argument("--hops", type=int, default=2, help="how near, in steps (default: 2)")
    for name, text in (
        ("type", "only things of this type, such as 人物 or Person"),
        ("predicate", "only relations of this kind, such as 获得荣誉 or receivedAward"),
        ("article", "only what this article states (title or id)"),
    ):
        sub.add_argument(
            f"--{name}", action="append", metavar="NAME", dest=f"{name}s", help=f"{text}; may be repeated"
        )
    sub.add_argument(
        "--years", type=_years, metavar="FIRST-LAST", help="only what is of these years, such as 2020-2024"
    )
    sub.add_argument(
        "--language", choices=("zh", "en"), default="zh", help="language of the page's own words"
    )

    sub = add_command(
        commands, "serve", _serve, "show the graph as pages, with a SPARQL endpoint, to be read only"
    )
    graph_folder(sub)
    sub.add_argument("--port", type=int, default=8000, help="default: 8000; 0 takes a free one")
    sub.add_argument(
        "--host",
        default="127.0.0.1",
        help="the address to listen at (default: 127.0.0.1, this machine alone)",
    )
    sub.add_argument(
        "--allow-host", action="append", default=[], metavar="NAME", help="a name by which others may call it"
    )
    sub.add_argument(
        "--allow-origin",
        action="append",
        default=[],
        metavar="SITE",
        help="a web site that may read the answers",
    )
    sub.add_argument("--timeout", type=float, metavar="SECONDS", help="how long a query may run")
    sub.add_argument("--max-rows", type=int, metavar="N", help="rows or triples of one answer")
    sub.add_argument("--max-query-bytes", type=int, metavar="N", help="length of a query")
    sub.add_argument("--concurrency", type=int, metavar="N", help="queries that run at once")
    sub.add_argument("--memory", type=int, metavar="BYTES", help="of one query")

    sub = add_command(commands, "export", _export, "write the graph as RDF, as a network or as a table")
    graph_folder(sub)
    sub.add_argument(
        "-f",
        "--format",
        choices=(*FORMATS, *_ANNOTATED),
        default="trig",
        help="default: trig; json, corpus and doccano give the articles with what was found in them",
    )
    sub.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="PATH",
        help="a file (default: standard output), for json and corpus a folder",
    )

    sub = add_command(commands, "validate", _validate, "check the graph against the shapes of the ontology")
    graph_folder(sub)


def _view(args: argparse.Namespace) -> int:
    title = args.title or args.focus or PAGE_TITLES[args.language]
    page = kg.open(args.graph).view(
        title=title,
        focus=args.focus,
        hops=args.hops,
        types=args.types,
        predicates=args.predicates,
        articles=args.articles,
        years=args.years,
        language=args.language,
    )
    page.write(args.output)
    print(f"{page.shown} of {page.total} things shown -> {args.output}")
    return 0


def _serve(args: argparse.Namespace) -> int:
    from kg.server import serve

    limits = ("timeout", "max_rows", "max_query_bytes", "concurrency", "memory")
    given = {name: value for name in limits if (value := getattr(args, name)) is not None}
    serve(
        args.graph,
        host=args.host,
        port=args.port,
        allow_host=args.allow_host,
        allow_origin=args.allow_origin,
        started=lambda address: print(f"{address} (Ctrl+C ends it)", flush=True),
        **given,
    )
    return 0


def _years(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{4})(?:[-–](\d{4}))?", text)
    if not match:
        raise argparse.ArgumentTypeError(f"{text!r} is no year or range of years; write 2020-2024")
    return int(match[1]), int(match[2] or match[1])


def _export(args: argparse.Namespace) -> int:
    graph = kg.open(args.graph)
    if args.format not in _ANNOTATED:
        write(graph.export(args.format), args.output)
        return 0
    from kg.language import doccano  # these load numpy: not for a mere look at the graph
    from kg.language.tagged import tagged_of

    extractions = [graph.extraction(article) for article in graph.article_ids()]
    if args.format == "doccano":
        write(doccano.dumps((tagged_of(e), _beside(e)) for e in extractions), args.output)
        return 0
    if args.output is None:
        raise GraphError(f"--format {args.format} writes a file an article: name their folder with -o")
    args.output.mkdir(parents=True, exist_ok=True)
    for extraction in extractions:
        suffix, content = _article(extraction, args.format)
        path = args.output / f"{extraction.document.id}.{suffix}"
        path.write_text(content, encoding="utf-8", newline="")
    return 0


def _article(extraction: Extraction, form: str) -> tuple[str, str]:
    if form == "corpus":
        from kg.language.tagged import render_article, tagged_of

        return (
            "txt",
            f"# {extraction.title or extraction.document.id}\n{render_article(*tagged_of(extraction))}",
        )
    return "json", json.dumps(extraction.to_dict(), ensure_ascii=False, indent=1) + "\n"


def _beside(extraction: Extraction) -> dict[str, str]:
    return {"article": extraction.document.id, "title": extraction.title or ""}


def _validate(args: argparse.Namespace) -> int:
    violations = kg.open(args.graph).validate()
    for violation in violations:
        print(violation)
    print(f"{len(violations)} violations")
    return 1 if violations else 0
