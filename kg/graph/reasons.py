"""Why the graph says something: the sentences, where they stand, and the rule that read them."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from kg.graph.card import EntityView, figure_text
from kg.graph.things import Quote
from kg.highlights import in_brackets

__all__ = ["Reason", "reasons"]

_MARK, _END = "\x1b[1;33m", "\x1b[0m"


@dataclass(frozen=True, slots=True)
class Reason:
    """A claim in words, the rules that found it, and the sentences that say it."""

    claim: str
    rules: tuple[str, ...]
    quotes: tuple[Quote, ...]

    def format(self, *, colour: bool = False) -> str:
        """The reason as lines; what carries the claim is coloured, or stands in brackets ``【】``."""
        lines = [f"· {self.claim}", f"    规则：{'、'.join(self.rules) or '推导'}"]
        for quote in self.quotes:
            end = quote.start + len(quote.sentence)
            lines.append(f"    「{_marked(quote, colour)}」——{quote.article} [{quote.start}:{end}]")
        return "\n".join(lines)


def reasons(view: EntityView, others: Container[str] | None = None) -> list[Reason]:
    """Why the graph says what it says of a thing; with ``others`` only what ties it to one of these IRIs."""
    found = [
        Reason(view.sentence(r), r.rules, r.evidence)
        for r in view.relations
        if others is None or r.subject in others or r.object in others
    ]
    if others is None:
        found += [Reason(figure_text(f), f.rules, (f.quote,)) for f in view.figures]
    return found


def _marked(quote: Quote, colour: bool) -> str:
    marks = (_MARK, _END) if colour else ()
    return in_brackets(quote.sentence, quote.highlights, *marks)
