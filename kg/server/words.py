"""The words of the pages in Chinese and English, and how types of things look."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.graph.resources import labels
from kg.view.page import table
from kg.vocabulary import ONTOLOGY

__all__ = ["LANGUAGES", "Glyph", "Words", "glyphs"]

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Glyph:
    """The outline of a type of thing, as an SVG path around the origin, and its colours."""

    path: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    language: str

    def __call__(self, key: str, **values: object) -> str:
        """The words for a key, with values filled in.

        Raises:
            KeyError: if there are none.
        """
        text = _strings()[key][self.language]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", f"{value:,}" if isinstance(value, int) else str(value))
        return text

    def keys(self, beginning: str) -> list[str]:
        """The keys that begin so."""
        return [key for key in _strings() if key.startswith(beginning)]

    def has(self, key: str) -> bool:
        """Whether there are words for a key."""
        return key in _strings()

    def term(self, name: str) -> str:
        """What a class or property of the vocabulary is called."""
        return labels(self.language).get(ONTOLOGY + name, name)

    def kinds(self, name: str) -> str:
        """What things of a type are called together."""
        rows = {row["type"]: row[self.language] for row in table("kinds")}
        return rows.get(name) or self.term(name)

    def subtype(self, name: str) -> str:
        """What a kind of organization is called."""
        rows = {row["subtype"]: row[self.language] for row in table("subtypes")}
        return rows.get(name, name)


@cache
def glyphs() -> dict[str, Glyph]:
    """The glyph of each type of thing: those of the network page."""
    return {row["type"]: Glyph(row["path"], row["light"], row["dark"]) for row in table("kinds")}


@cache
def _strings() -> dict[str, dict[str, str]]:
    text = files("kg.server").joinpath("strings.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {key: {"zh": zh, "en": en} for key, zh, en in lines[1:]}
