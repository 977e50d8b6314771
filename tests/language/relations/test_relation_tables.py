"""The tables of cue words are sorted, say each thing once, and use only kinds that the code knows."""

from __future__ import annotations

from importlib.resources import files

import pytest

from kg.language import lexicon
from kg.language.lexicon import column, table
from kg.vocabulary import Subtype

_FOLDER = files(lexicon)
_TABLES = {
    "relation_cues": ("word",),
    "relation_marks": ("word", "kind"),
    "relation_post_holders": ("post",),
    "relation_post_traps": ("word",),
}
_CUES = {
    "agent",
    "attend",
    "confer",
    "copula",
    "etc",
    "honorific",
    "none",
    "office",
    "passive",
    "receive",
    "title",
    "winner",
}
_MARKS = {
    "adverb",
    "deny",
    "fill",
    "former",
    "harmless",
    "nopost",
    "opener",
    "pivot",
    "plan",
    "single",
    "stand-in",
    "station",
    "thing",
    "unknown",
    "visit",
    "work",
}


@pytest.mark.parametrize(("name", "keys"), _TABLES.items())
def test_sorted_documented_and_once_each(name: str, keys: tuple[str, ...]) -> None:
    lines = _FOLDER.joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    documented = [line for line in lines if line.startswith("#")]
    assert documented == lines[: len(documented)] != []
    rows = [tuple(line.split("\t")) for line in lines[len(documented) + 1 :]]
    assert rows == sorted(rows)
    found = [tuple(row[key] for key in keys) for row in table(name)]
    assert len(found) == len(set(found))


def test_kinds_are_closed() -> None:
    assert set(column("relation_cues", "kind")) == _CUES
    assert set(column("relation_marks", "kind")) == _MARKS
    known = {subtype.value for subtype in Subtype}
    assert {kind for cell in column("relation_post_holders", "subtypes") for kind in cell.split()} <= known
