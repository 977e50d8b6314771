"""Other people's work that the page carries: see ``README.md`` in this folder."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["syllables", "vis_network"]


@cache
def vis_network() -> str:
    """The vis-network library, whole; the pointer to its source map is left out, as it is not here."""
    script = files(__name__).joinpath("vis-network", "vis-network.min.js").read_text(encoding="utf-8")
    return script.partition("\n//# sourceMappingURL=")[0] + "\n"


@cache
def syllables() -> tuple[tuple[str, str], ...]:
    """The syllables of Mandarin without tones, each with the characters that can be read so."""
    lines = files(__name__).joinpath("pinyin", "syllables.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("\t") for line in lines[2:])
    return tuple((syllable, characters) for syllable, _, characters in pairs)
