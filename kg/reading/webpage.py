"""The text of an html page, without what belongs to the site and not to the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from kg.errors import ReadingError
from kg.model import Metadata
from kg.reading.dates import iso_date
from kg.reading.decoding import decode

__all__ = ["take"]

_SKIPPED: Final = frozenset(
    {
        *(
            "script",
            "style",
            "noscript",
            "template",
            "svg",
            "math",
            "iframe",
            "object",
            "embed",
            "audio",
            "video",
        ),
        *(
            "canvas",
            "form",
            "button",
            "select",
            "input",
            "textarea",
            "nav",
            "footer",
            "aside",
            "dialog",
            "menu",
        ),
    }
)
_VOID: Final = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img"),
        *("input", "link", "meta", "param", "source", "track", "wbr"),
    }
)
_BLOCKS: Final = frozenset(
    {
        *(
            "address",
            "article",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
        ),
        *(
            "fieldset",
            "figcaption",
            "figure",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
            "li",
        ),
        *(
            "main",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
        ),
    }
)
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_IMPLIED_END: Final = {
    "p": _BLOCKS - {"body", "html", "tr", "td", "th", "tbody", "thead", "tfoot", "caption"},
    "li": frozenset({"li"}),
    "dd": frozenset({"dd", "dt"}),
    "dt": frozenset({"dd", "dt"}),
    "tr": frozenset({"tr", "tbody", "tfoot"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "option": frozenset({"option"}),
}
"""Elements whose end tag is often left out, with the start tags that end them."""
_FURNITURE: Final = frozenset(
    {
        *("nav", "navbar", "navigation", "menu", "submenu", "breadcrumb", "breadcrumbs", "crumb", "crumbs"),
        *("footer", "foot", "copyright", "sidebar", "share", "sharing", "toolbar", "pagination", "pager"),
        *(
            "related",
            "recommend",
            "recommended",
            "comment",
            "comments",
            "login",
            "search",
            "banner",
            "ad",
            "ads",
        ),
        *("advert", "qrcode", "friendlink", "links", "hot", "hotnews"),
    }
)
"""Words in the names that sites give to what is not the article."""
_ROLES: Final = frozenset(
    {"navigation", "contentinfo", "search", "banner", "complementary", "menu", "menubar"}
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.\-]+)""", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_.\-]+)""")
_WHITE = re.compile(r"[ \t\n\r\f]+")
_CELL: Final = "\x1f"
_BREAK: Final = "\x1e"
_SHORT: Final = 250
_DEEPEST: Final = 300

_TITLE_KEYS: Final = ("articletitle", "og:title", "twitter:title", "dc.title", "title")
_PUBLISHER_KEYS: Final = (
    "contentsource",
    "source",
    "publisher",
    "article:publisher",
    "og:site_name",
    "sitename",
)
_DATE_KEYS: Final = (
    "pubdate",
    "publishdate",
    "article:published_time",
    "og:release_date",
    "datepublished",
    "dc.date",
    "date",
    "createdate",
)
_AUTHOR_KEYS: Final = ("author", "article:author", "dc.creator", "editor")
_SEPARATOR = re.compile(r"\s*[_|｜—–]\s*|\s+-+\s+|-(?=[^-]{2,20}$)")


def take(data: bytes, *, where: str, encoding: str | None = None) -> tuple[str, str, Metadata]:
    """The article's text, the encoding that was used, and what the page says of itself.

    Block elements become lines, a table row one line with a tab between its cells. Scripts, styles,
    forms, hidden parts, navigation, footers, asides and lists of links are left out.

    Raises:
        ReadingError: if the page cannot be decoded, or no text is in it.
    """
    page, name = decode(data, where=where, encoding=encoding, declared=_declared(data))
    builder = _Builder()
    try:
        builder.feed(page)
        builder.close()
    except (AssertionError, ValueError) as error:
        raise ReadingError(f"{where}: the html cannot be parsed ({error}); save the page anew") from None
    _measure(builder.root)
    text = _text_of(builder.root)
    if not text:
        raise ReadingError(f"{where}: there is no text in the page; save the article itself, not its frame")
    return text, name, _metadata(builder)


def _declared(data: bytes) -> str | None:
    match = _XML_ENCODING.search(data[:200]) or _CHARSET.search(data[:4096])
    return match.group(1).decode("ascii") if match else None


@dataclass(slots=True)
class _Node:
    tag: str
    attributes: dict[str, str]
    parts: list[_Node | str] = field(default_factory=list)
    letters: int = 0
    linked: int = 0
    """How many of the letters stand in links."""
    links: int = 0
    stops: bool = False
    """Whether a sentence ends in it."""


class _Builder(HTMLParser):
    """Builds the tree of elements, forgiving what browsers forgive."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Node("html", {})
        self.meta: dict[str, str] = {}
        self.title = ""
        self.heading = ""
        self.time = ""
        self._open = [self.root]
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        attributes = {key: value or "" for key, value in attrs}
        if tag == "meta":
            key = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            self.meta.setdefault(key.strip().lower(), attributes.get("content", "").strip())
            return
        if tag == "title":
            self._in_title = not self.title
            return
        if tag == "time" and not self.time:
            self.time = attributes.get("datetime", "")
        while len(self._open) > 1 and tag in _IMPLIED_END.get(self._open[-1].tag, ()):
            self._open.pop()
        node = _Node(tag, attributes)
        self._open[-1].parts.append(node)
        if tag not in _VOID and len(self._open) < _DEEPEST:
            self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open and close an element at once."""
        self.handle_starttag(tag, attrs)
        if self._open[-1].tag == tag and tag not in _VOID and len(self._open) > 1:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the nearest open element of this name, and all in it."""
        if tag == "title":
            self._in_title = False
            return
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth].tag == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._in_title:
            self.title += data
        else:
            self._open[-1].parts.append(data)


def _is_furniture(node: _Node) -> bool:
    attributes = node.attributes
    if node.tag in _SKIPPED or "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    if attributes.get("role", "").lower() in _ROLES or _HIDDEN.search(attributes.get("style", "")):
        return True
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}".lower().split()
    words = {word for name in names for word in (name, *re.split(r"[-_]", name))}
    if node.tag not in _BLOCKS or node.tag in ("body", "html"):
        return False
    named = bool(words & _FURNITURE)
    if not named and node.tag not in ("ul", "ol", "div", "dl", "table"):
        return False
    if named:
        return node.linked > 0.5 * node.letters or (node.letters < _SHORT and not node.stops)
    return node.links >= 3 and node.linked > 0.7 * node.letters and not node.stops


def _measure(root: _Node) -> None:
    """Count letters and links of every element, from the leaves upwards."""
    order = [root]
    for node in order:
        order.extend(part for part in node.parts if isinstance(part, _Node))
    for node in reversed(order):
        for part in node.parts:
            if isinstance(part, str):
                node.letters += len(part.strip())
                node.stops = node.stops or "。" in part
            elif part.tag not in _SKIPPED:
                node.letters += part.letters
                node.linked += part.linked
                node.links += part.links
                node.stops = node.stops or part.stops
        if node.tag == "a":
            node.linked, node.links = node.letters, 1


def _text_of(root: _Node) -> str:
    lines: list[str] = []
    line: list[str] = []
    _collect(root, lines, line)
    _flush(lines, line)
    text = "\n".join(lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


def _flush(lines: list[str], line: list[str]) -> None:
    """End the line; a cell ends with a tab, a line of preformatted text with a break of its own."""
    words = _WHITE.sub(" ", "".join(line))
    line.clear()
    for part in words.replace(_CELL, "\t").split(_BREAK):
        tidy = re.sub(r" *\t *", "\t", part).strip()
        if tidy:
            lines.append(tidy)


def _collect(node: _Node, lines: list[str], line: list[str]) -> None:
    """Append the lines of ``node``; recursion is bounded by the builder's depth."""
    for part in node.parts:
        if isinstance(part, str):
            line.append(part.replace("\n", _BREAK) if node.tag == "pre" else part)
        elif part.tag == "br":
            _flush(lines, line)
        elif part.tag in ("td", "th"):
            if any(piece.strip() for piece in line):
                line.append(_CELL)
            cell: list[str] = []
            inner: list[str] = []
            _collect(part, inner, cell)
            _flush(inner, cell)
            line.append(" ".join(inner))
        elif not _is_furniture(part):
            block = part.tag in _BLOCKS
            apart = [""] if part.tag in _HEADINGS else []
            if block:
                _flush(lines, line)
                lines += apart
            _collect(part, lines, line)
            if block:
                _flush(lines, line)
                lines += apart


def _metadata(page: _Builder) -> Metadata:
    meta = page.meta
    authors = _first(meta, _AUTHOR_KEYS) or ""
    published = next((d for key in _DATE_KEYS if (d := iso_date(meta.get(key, "")))), None)
    return Metadata(
        title=_first(meta, _TITLE_KEYS[:1]) or _page_title(page),
        publisher=_first(meta, _PUBLISHER_KEYS),
        published=published or iso_date(page.time),
        authors=tuple(name.strip() for name in re.split(r"[,，、;；]", authors) if name.strip()),
    )


def _first(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((meta[key] for key in keys if meta.get(key)), None)


def _page_title(page: _Builder) -> str | None:
    """The title without the names of channel and site behind it."""
    whole = _first(page.meta, _TITLE_KEYS[1:]) or _WHITE.sub(" ", page.title).strip()
    heading = next(iter(_headings(page.root)), "")
    if heading and heading in whole:
        return heading
    parts = [part for part in _SEPARATOR.split(whole) if part.strip()]
    return parts[0].strip() if parts else None


def _headings(root: _Node) -> Iterator[str]:
    stack = [root]
    while stack:
        node = stack.pop()
        if node.tag == "h1":
            inner: list[str] = []
            line: list[str] = []
            _collect(node, inner, line)
            _flush(inner, line)
            if inner:
                yield "".join(inner)
        stack.extend(part for part in reversed(node.parts) if isinstance(part, _Node))
