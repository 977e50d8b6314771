"""From the IRI of a thing to its address on this server, and back.

``https://w3id.org/union-kg/id/organization/云浮市总工会`` is served at ``/id/organization/…``, with the
Chinese letters percent-encoded as in every URL. What is percent-encoded in the IRI itself (a
space, a slash in a name) stays as it is.
"""

from __future__ import annotations

import re
from string import ascii_letters, digits
from typing import Final
from urllib.parse import quote

from kg.vocabulary import ID, local_name

__all__ = ["ROOT", "iri_of", "path_of", "short_id"]

ROOT: Final = ID.removesuffix("id/")
"""What every IRI of the project begins with."""

_ENCODED: Final = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_KEPT: Final = "/#%:@=,;+()._-~!$&'*"
_PLAIN: Final = frozenset(f"{ascii_letters}{digits}-._()+,")
"""What an IRI of the project never has percent-encoded; a client may still have encoded it."""


def path_of(iri: str) -> str | None:
    """The path, with fragment, at which an IRI of the project is served; None for another IRI.

    >>> path_of("https://w3id.org/union-kg/id/place/云浮%20A")
    '/id/place/%E4%BA%91%E6%B5%AE%20A'
    """
    if not iri.startswith(ROOT):
        return None
    return "/" + quote(iri.removeprefix(ROOT), safe=_KEPT)


def iri_of(path: str) -> str:
    """The IRI that is served at a path, as it came in the request.

    >>> iri_of("/id/place/%E4%BA%91%e6%b5%ae%20A")
    'https://w3id.org/union-kg/id/place/云浮%20A'
    """
    return ROOT + _ENCODED.sub(_decoded, path.removeprefix("/"))


def short_id(iri: str) -> str:
    """What tells an IRI from others of the project's things: ``organization/云浮市总工会``."""
    return iri.removeprefix(ID)


def _decoded(match: re.Match[str]) -> str:
    """Letters that may stand in an IRI as they are, the rest percent-encoded in capitals."""
    content = bytes.fromhex(match[0].replace("%", ""))
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return quote(content, safe="")
    return "".join(c if c in _PLAIN else quote(c, safe="") if c.isascii() else local_name(c) for c in text)
