"""Answers to questions in plain Chinese, always with the SPARQL that was run and the sentences behind."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kg.asking import Attempt, Choice, Index, Understanding, examples, understand
from kg.errors import QueryError
from kg.graph.rows import Row, Rows, table
from kg.queries import named_query

__all__ = ["Answer", "Run", "answer"]

_QUOTES: Final = 12


@dataclass(frozen=True)
class Run:
    """A named query that was asked, with its parameters, what these were in the question, and the rows."""

    query: str
    parameters: dict[str, list[str]]
    words: dict[str, str]
    rows: Rows

    @property
    def sparql(self) -> str:
        """The SPARQL that was run, its parameters filled in; the usual prefixes are known without a word."""
        lines = (line.rstrip() for line in self.rows.sparql.splitlines())
        return "\n".join(
            line for line in lines if line and not line.startswith(("# zh:", "# en:", "# param:"))
        )

    @property
    def reading(self) -> str:
        """The question that was asked, in the words of the query, and its parameters."""
        asked = named_query(self.query)
        named = ((p.zh.partition("，如")[0], p.name) for p in asked.parameters)
        said = "，".join(f"{zh}＝{self.words[name]}" for zh, name in named if name in self.words)
        return asked.zh + (f"（{said}）" if said else "")


@dataclass(frozen=True)
class Answer:
    """What the graph says to a question; true if it says anything.

    ``runs`` are the queries that were asked, one after the other until one found something; without any,
    ``message`` says what was not understood, ``choices`` names what a word can mean.
    """

    question: str
    runs: tuple[Run, ...] = ()
    message: str = ""
    choices: tuple[Choice, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether the question was understood and asked."""
        return bool(self.runs)

    @property
    def rows(self) -> Rows:
        """The rows of the last query.

        Raises:
            QueryError: if the question was not understood.
        """
        if not self.runs:
            raise QueryError(self.message)
        return self.runs[-1].rows

    @property
    def sparql(self) -> str:
        """The SPARQL of the last query, or nothing."""
        return self.runs[-1].sparql if self.runs else ""

    @property
    def quotes(self) -> tuple[tuple[str, str], ...]:
        """The sentences that say so, each with the title of its article."""
        rows = self.rows if self.runs else ()
        pairs = (("quote", "source"), ("otherQuote", "otherSource"))
        return tuple(
            dict.fromkeys(
                (str(row[quote]), str(row[source]))
                for row in rows
                for quote, source in pairs
                if quote in row.to_dict() and row[quote]
            )
        )

    def __bool__(self) -> bool:
        return bool(self.runs) and bool(self.rows)

    def __repr__(self) -> str:
        said = f"{len(self.rows)} rows by {self.runs[-1].query}" if self.runs else "not understood"
        return f"<Answer to {self.question!r}: {said}>"

    def __str__(self) -> str:
        return self.format()

    def format(self, *, width: int | None = None) -> str:
        """The answer as text, its table no wider than ``width`` places."""
        return "\n".join(self._lines(width))

    def to_pandas(self) -> object:
        """The rows as a data frame; see :meth:`Rows.to_pandas`."""
        return self.rows.to_pandas()

    def to_json(self) -> str:
        """Question, queries with their SPARQL, and rows as JSON."""
        content = {
            "question": self.question,
            "understood": self.understood,
            "message": self.message,
            "choices": [{"words": c.words, "things": [t.iri for t in c.things]} for c in self.choices],
            "runs": [
                {"query": r.query, "parameters": r.parameters, "sparql": r.sparql, "rows": r.rows.to_dicts()}
                for r in self.runs
            ],
        }
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"

    def _lines(self, width: int | None) -> Iterator[str]:
        if not self.runs:
            yield from self._refusal()
            return
        for run in self.runs:
            yield f"问：{run.reading}"
            if not run.rows:
                yield "答：图中没有这样的内容。"
        if self.rows:
            columns, rows = _without_quotes(self.rows)
            yield ""
            yield table(columns, rows, width=width)
            yield ""
            yield "出处："
            for number, (quote, source) in enumerate(self.quotes[:_QUOTES], 1):
                yield f"  {number}. 「{quote}」——{source}"
            if len(self.quotes) > _QUOTES:
                yield f"  （共 {len(self.quotes)} 句，此处列出 {_QUOTES} 句）"
        for run in self.runs:
            yield ""
            yield f"SPARQL（{run.query}）："
            yield from (f"  {line}" for line in run.sparql.splitlines())

    def _refusal(self) -> Iterator[str]:
        yield self.message
        for choice in self.choices:
            for number, thing in enumerate(choice.things, 1):
                yield f"  {number}. {thing.label}  {thing.iri}"
        if self.near:
            yield f"相近的名称：{'、'.join(self.near)}"
        if not self.choices:
            yield "可以这样问："
            yield from (f"  {example}" for example in examples())

    def _repr_html_(self) -> str:
        if not self.runs:
            return f"<pre>{html.escape(str(self))}</pre>"
        said = "".join(f"<p>{html.escape(run.reading)}</p>" for run in self.runs)
        items = "".join(
            f"<li>{html.escape(quote)} <cite>{html.escape(source)}</cite></li>"
            for quote, source in self.quotes[:_QUOTES]
        )
        columns, rows = _without_quotes(self.rows)
        shown = (
            Rows(self.rows.kind, columns, rows, b"")._repr_html_()
            if self.rows
            else "<p>图中没有这样的内容。</p>"
        )
        queries = "".join(f"<pre>{html.escape(run.sparql)}</pre>" for run in self.runs)
        return (
            f"{said}{shown}<details><summary>出处（{len(self.quotes)}）</summary><ol>{items}</ol></details>"
            f"<details><summary>SPARQL</summary>{queries}</details>"
        )


def answer(question: str, index: Index, ask: Callable[[Attempt], Rows]) -> Answer:
    """The answer to a question: its queries are asked in turn until one finds something."""
    understood = understand(question, index)
    runs = []
    for attempt in understood.attempts:
        runs.append(Run(attempt.query, attempt.parameters, attempt.words, ask(attempt)))
        if runs[-1].rows:
            break
    if runs:
        return Answer(question, tuple(runs))
    near = tuple(dict.fromkeys(n for words in understood.unknown for n in index.near(words)))
    return Answer(question, (), _message(understood), understood.choices, near)


def _message(understood: Understanding) -> str:
    if understood.unknown:
        return f"没有读懂{_listed(understood.unknown)}：图中没有这样的名称，也不是会问的话。"
    if understood.choices:
        return f"{_listed(c.words for c in understood.choices)}可以指不止一个，请用全称再问："
    if understood.absent:
        return f"图中没有{_listed(understood.absent)}的组织，无从回答。"
    return "词都认识，但没有读懂问的是什么。"


def _listed(words: Iterable[str]) -> str:
    return "、".join(f"「{w}」" for w in words)


def _without_quotes(rows: Rows) -> tuple[tuple[str, ...], list[Row]]:
    """The rows without sentences, and without what is empty in all of them."""
    kept = tuple(
        c
        for c in rows.columns
        if c not in ("quote", "otherQuote") and any(row[c] is not None for row in rows)
    )
    return kept, list(dict.fromkeys(Row(kept, tuple(row[c] for c in kept)) for row in rows))
