"""Which form of an answer a client would like best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["ERRORS", "GRAPHS", "HTML", "PAGES", "TABLES", "Form", "best", "by_name"]


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an answer: its short name, its media type, and other types that mean it if they are named."""

    name: str
    media: str
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type as it stands in an answer."""
        textual = self.media.startswith("text/") and self.media != "text/tab-separated-values"
        return f"{self.media}; charset=utf-8" if textual else self.media


HTML: Final = Form("html", "text/html", ("application/xhtml+xml",))
TABLES: Final = (
    Form("json", "application/sparql-results+json", ("application/json",)),
    Form("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    Form("csv", "text/csv"),
    Form("tsv", "text/tab-separated-values"),
)
"""The forms of answers to SELECT and ASK."""

GRAPHS: Final = (
    Form("ttl", "text/turtle", ("application/x-turtle",)),
    Form("jsonld", "application/ld+json", ("application/json",)),
    Form("nt", "application/n-triples", ("text/plain",)),
)
"""The forms of answers to CONSTRUCT and DESCRIBE, and of what is told of a thing."""

PAGES: Final = (HTML, *GRAPHS)
ERRORS: Final = (Form("json", "application/problem+json", ("application/json",)), HTML)


def by_name(name: str, forms: Sequence[Form]) -> Form | None:
    """The form that goes by this name or media type.

    >>> by_name("ttl", PAGES).media
    'text/turtle'
    """
    wanted = name.strip().lower().replace(" ", "+")  # a plus sign that was not encoded in an address
    known = {"turtle": "ttl", "json-ld": "jsonld", "ntriples": "nt", "n-triples": "nt"}
    wanted = known.get(wanted, wanted)
    return next((f for f in forms if wanted in (f.name, f.media, *f.also)), None)


def best(accept: str | None, forms: Sequence[Form]) -> Form | None:
    """The form that the header ``Accept`` likes best, by RFC 9110; the first of equals.

    >>> best("text/html;q=0.5, text/turtle", PAGES).name
    'ttl'
    >>> best("image/png", PAGES) is None
    True
    """
    if accept is None or not accept.strip():
        return forms[0]
    ranges = [r for part in accept.split(",") for r in [_range(part)] if r]
    named = dict(ranges)  # of a range that comes twice, the last counts
    rated = [
        (max(_quality(f.media, named), *(named.get(media, 0.0) for media in f.also), 0.0), f) for f in forms
    ]
    quality = max(q for q, _ in rated)
    return next(f for q, f in rated if q == quality) if quality > 0 else None


def _range(part: str) -> tuple[str, float] | None:
    media, *parameters = (p.strip().lower() for p in part.split(";"))
    if media == "*":  # an old habit of some clients
        media = "*/*"
    if media.count("/") != 1:
        return None
    quality = next((p[2:] for p in parameters if p.startswith("q=")), "1")
    try:
        return media, min(1.0, max(0.0, float(quality)))
    except ValueError:
        return media, 0.0


def _quality(media: str, ranges: Mapping[str, float]) -> float:
    """The quality that the most specific range which fits gives to a media type."""
    for wanted in (media, f"{media.partition('/')[0]}/*", "*/*"):
        if wanted in ranges:
            return ranges[wanted]
    return 0.0
