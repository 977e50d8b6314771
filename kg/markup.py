"""What was found in one article as HTML: its text with the names marked, and tables of facts and figures."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kg.vocabulary import DOCUMENT, EntityType

if TYPE_CHECKING:
    from kg.model import Extraction, Fact, Observation

__all__ = ["extraction_html"]

_COLOURS: Final = {
    EntityType.ORGANIZATION: "#4e79a7",
    EntityType.PERSON: "#f28e2b",
    EntityType.PROGRAMME: "#59a14f",
    EntityType.AWARD: "#e0b000",
    EntityType.EVENT: "#b07aa1",
    EntityType.PLACE: "#76b7b2",
    EntityType.DOCUMENT: "#9c755f",
    EntityType.FACILITY: "#e15759",
}
_LONGEST: Final = 6000
_MOST: Final = 60


def extraction_html(found: Extraction) -> str:
    """A fragment of HTML for notebooks; whatever comes out of the article is escaped."""
    names = {e.key: e.name for e in found.entities} | {DOCUMENT: "本文", "": "—"}
    legend = " ".join(_marked(t, t) for t in EntityType if any(e.type == t for e in found.entities))
    facts = (_fact(fact, names) for fact in found.facts)
    figures = (_figure(figure, names) for figure in found.observations)
    return (
        f"<p><b>{html.escape(found.title or found.document.id)}</b></p><p>{legend}</p>"
        f'<div style="line-height:1.9;white-space:pre-wrap">{"".join(_text(found))}</div>'
        + _table(("主语", "关系", "宾语", "属性", "规则"), facts, len(found.facts))
        + _table(("所属", "指标", "数值", "修饰、时间", "规则"), figures, len(found.observations))
    )


def _text(found: Extraction) -> Iterator[str]:
    source = found.document.source
    spans = sorted((m.span.start, -m.span.end, e.type) for e in found.entities for m in e.mentions)
    place = 0
    for start, end, kind in spans:
        if start >= place and -end <= _LONGEST:
            yield html.escape(source[place:start])
            yield _marked(source[start:-end], kind)
            place = -end
    yield html.escape(source[place : max(place, _LONGEST)])
    if len(source) > max(place, _LONGEST):
        yield "…"


def _marked(text: str, kind: EntityType) -> str:
    style = f"background:{_COLOURS[kind]}33;border-bottom:2px solid {_COLOURS[kind]};color:inherit"
    return f'<mark style="{style}" title="{kind}">{html.escape(text)}</mark>'


def _fact(fact: Fact, names: dict[str, str]) -> Sequence[str]:
    said = "，".join(f"{name}: {value}" for name, value in fact.attributes)
    return names[fact.subject], fact.predicate, names[fact.object], said, fact.rule


def _figure(figure: Observation, names: dict[str, str]) -> Sequence[str]:
    beside = "，".join(word for word in (figure.modifier, figure.period) if word)
    return names[figure.subject], figure.measure, f"{figure.value:,} {figure.unit}", beside, figure.rule


def _table(head: Sequence[str], rows: Iterable[Sequence[str]], count: int) -> str:
    if not count:
        return ""
    shown = [row for row, _ in zip(rows, range(_MOST), strict=False)]
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{html.escape(c)}</td>' for c in row) + "</tr>"
        for row in shown
    )
    top = "".join(f'<th style="text-align:left">{name}</th>' for name in head)
    more = f"<caption>{len(shown)} / {count}</caption>" if count > len(shown) else ""
    return f"<table>{more}<thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
