"""Pages out of templates."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.server.addresses import path_of
from kg.server.linked import shortened
from kg.server.words import Words, glyphs
from kg.vocabulary import EntityType

__all__ = ["Page", "folder_of", "page_numbers", "render"]

_POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "font-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors {ancestors}",
    )
)
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that no HTML may hold, however they are written."""

_OTHER: Final = {"zh": "en", "en": "zh"}


class Page(HTMLResponse):
    """An HTML page, with a policy under which nothing from elsewhere is loaded or run."""

    def __init__(
        self, content: str, status_code: int = 200, *, ancestors: str = "'none'", styles: bool = False
    ) -> None:
        super().__init__(_UNFIT.sub("\ufffd", content), status_code)
        policy = _POLICY.format(ancestors=ancestors)
        if styles:  # the editor writes style elements of its own
            policy = policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
        self.headers["Content-Security-Policy"] = policy
        self.headers["Vary"] = "Accept"


def render(
    request: Request,
    template: str,
    language: str,
    *,
    status: int = 200,
    ancestors: str = "'none'",
    styles: bool = False,
    **values: Any,
) -> Page:
    """The page that a template makes of the values."""
    words = Words(language)
    content = (
        _templates()
        .get_template(template)
        .render(
            t=words,
            language=language,
            url=_Links(language),
            switch=_switch(request, _OTHER[language]),
            glyphs=glyphs(),
            types=tuple(str(t) for t in EntityType),
            asked=values.pop("asked", ""),
            **values,
        )
    )
    return Page(content, status, ancestors=ancestors, styles=styles)


def page_numbers(page: int, total: int, size: int) -> tuple[int, int]:
    """The number of a page that there is, and how many there are."""
    most = max(1, math.ceil(total / size))
    return min(max(1, page), most), most


def folder_of(name: str) -> Path:
    """A folder of the package with files that are sent as they are."""
    return Path(str(files("kg.server").joinpath(name)))


class _Links:
    """Addresses of pages, in the language of the page that holds them."""

    def __init__(self, language: str) -> None:
        self._more = {} if language == "zh" else {"lang": language}

    def __call__(self, path: str, **query: Any) -> str:
        """A path of the server with a query; what is empty is left out."""
        pairs = {name: value for name, value in query.items() if value not in ("", None)} | self._more
        path, hash_, fragment = path.partition("#")
        return path + (f"?{urlencode(pairs)}" if pairs else "") + hash_ + fragment

    def thing(self, iri: str, fragment: str = "") -> str:
        """The page of an IRI of the project; another IRI as it is."""
        path = path_of(iri)
        if path is None:
            return iri if iri.startswith(("http://", "https://")) else "#"
        return self(path + (f"#{fragment}" if fragment else ""))

    def data(self, iri: str, form: str) -> str:
        """The RDF of an IRI in a form."""
        return f"{path_of(iri)}?{urlencode({'format': form})}"


def _switch(request: Request, language: str) -> str:
    """The address of the same page in the other language."""
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "lang"]
    pairs += [("lang", language)] if language != "zh" else []
    path = quote(request.scope.get("raw_path", b"/").decode("latin-1"), safe="/%:@!$&'()*+,;=~-._")
    return path + (f"?{urlencode(pairs)}" if pairs else "")


@cache
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("kg.server"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["static"] = _static
    made.filters["figure"] = _figure
    made.filters["short"] = shortened
    made.filters["titled"] = _titled
    return made


@cache
def _static(name: str) -> str:
    """The address of a file that is sent as it is, with a digest so that a new one is fetched."""
    content = folder_of(name).read_bytes()
    return f"/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


def _figure(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.10g}"


def _titled(values: Sequence[Any], separator: str = "、") -> str:
    return separator.join(str(value) for value in values)
