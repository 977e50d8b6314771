"""A page whole in itself: text put safely into HTML, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

__all__ = ["embedded_json", "filled", "policy"]

_ESCAPED: Final = re.compile("[<>&\u2028\u2029\ud800-\udfff]")
_BLANK: Final = re.compile(r"\{\{(\w+)(!?)\}\}")


def embedded_json(value: Any) -> str:
    r"""JSON that may stand inside a ``script`` element: nothing in it can end the element.

    >>> embedded_json({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'

    Raises:
        ValueError: if a number is not finite.
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """A content security policy under which exactly these scripts and styles run, and nothing is fetched."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_digest(script) for script in scripts),
            "style-src " + " ".join(_digest(style) for style in styles),
            "img-src blob: data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with ``{{name}}`` as escaped text and ``{{name!}}`` as it is, in a single pass.

    >>> filled("<b>{{a}}</b>{{b!}}", {"a": "<{{b!}}>", "b": "<i>"})
    '<b>&lt;{{b!}}&gt;</b><i>'

    Raises:
        KeyError: if the template names a value that is not given.
    """
    return _BLANK.sub(lambda m: values[m[1]] if m[2] else html.escape(values[m[1]]), template)


def _digest(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
