"""What awards and programmes are by their names: level, kind, who confers them, what they are part of."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kg.identity import places
from kg.language import forms
from kg.language.gazetteer import Division, gazetteer
from kg.language.lexicon import column, table
from kg.vocabulary import AwardKind, AwardLevel, EntityType, ProgrammeKind

__all__ = [
    "award_conferrers",
    "award_kind",
    "award_level",
    "programme_kind",
    "programme_parent",
    "short_names",
]

_NATIONAL: Final = re.compile(r"全国|国家|中国|中华|全总|中央")
_MINISTERIAL: Final = re.compile(
    r"全国.*(?:系统|行业|工业)|中央企业|全国(?:公安|铁路|交通|农业)|火车头|部级|省部级"
)
_LEVELS: Final = {
    "province": AwardLevel.PROVINCIAL,
    "prefecture": AwardLevel.MUNICIPAL,
    "county": AwardLevel.COUNTY,
    "township": AwardLevel.TOWNSHIP,
}
_ALL_CHINA: Final = "中华全国总工会"


def _division(name: str) -> tuple[Division | None, str]:
    divisions, rest = gazetteer().split_prefix(name)
    return (divisions[-1], rest) if divisions and rest else (None, name)


def award_level(name: str) -> AwardLevel | None:
    """The level that the name of an award tells; None where it tells none.

    >>> [str(award_level(n)) for n in ("全国五一劳动奖章", "云浮市技术能手", "全国纺织工业劳动模范")]
    ['National', 'Municipal', 'Ministerial']
    """
    if _MINISTERIAL.match(name):
        return AwardLevel.MINISTERIAL
    row = _known_awards().get(forms.full_form(name, EntityType.AWARD))
    if row is not None and row["level"] != "international":
        return AwardLevel.NATIONAL if row["level"] == "national" else AwardLevel.PROVINCIAL
    division, _ = _division(name)
    if division:
        return _LEVELS[division.level]
    return AwardLevel.NATIONAL if _NATIONAL.match(name) else None


@cache
def _known_awards() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in table("national_awards")}


@cache
def _by_length(name: str, header: str) -> tuple[tuple[str, str], ...]:
    rows = ((row["ending"], row.get(header, "")) for row in table(name))
    return tuple(sorted(rows, key=lambda row: (-len(row[0]), row[0])))


def _by_ending(name: str, table_name: str) -> str:
    plain = forms.bare(name)
    return next((kind for ending, kind in _by_length(table_name, "kind") if plain.endswith(ending)), "")


def award_kind(name: str) -> AwardKind | None:
    """What an award is by the words that its name ends in.

    >>> award_kind("湖南省劳动模范"), award_kind("焊接技能竞赛一等奖")
    (<AwardKind.TITLE: 'Title'>, <AwardKind.COMPETITION_PRIZE: 'CompetitionPrize'>)
    """
    found = _by_ending(forms.core(name, EntityType.AWARD), "award_kinds")
    return AwardKind(found) if found else None


def award_conferrers(name: str) -> tuple[str, ...]:
    """The bodies that confer an award, where its name tells.

    >>> award_conferrers("云浮市五一劳动奖章"), award_conferrers("全国劳动模范")
    (('云浮市总工会',), ('中国共产党中央委员会', '中华人民共和国国务院'))
    """
    row = _known_awards().get(forms.full_form(name, EntityType.AWARD))
    if row is not None:
        named = filter(None, row["conferrer"].split("|"))
        return tuple(forms.full_form(body, EntityType.ORGANIZATION) for body in named)
    division, rest = _division(name)
    if division and rest in column("union_awards", "ending") and division.level != "township":
        return (f"{places.title(division)}总工会",)
    if name.startswith("全国") and name[2:] in column("union_awards", "ending"):
        return (_ALL_CHINA,)
    return ()


@cache
def _facts() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in table("programme_facts")}


def programme_kind(name: str) -> ProgrammeKind | None:
    """What a programme is: as a table says, else by the words that its name ends in.

    >>> programme_kind("送清凉"), programme_kind("“匠心筑梦”培育工程")
    (<ProgrammeKind.SERVICE: 'Service'>, <ProgrammeKind.PROJECT: 'Project'>)
    """
    row = _facts().get(name)
    found = row["kind"] if row else _by_ending(name, "programme_kinds")
    return ProgrammeKind(found) if found else None


def programme_parent(name: str) -> str:
    """The larger programme of which a well-known one is part; empty where there is none."""
    row = _facts().get(name)
    return row["parent"] if row else ""


@cache
def _short_names() -> dict[str, tuple[str, ...]]:
    return {
        row["name"]: tuple(
            sorted(
                f for f in row["forms"].split("|") if f and len(forms.bare(f)) < len(forms.bare(row["name"]))
            )
        )
        for row in table("programmes")
    }


def short_names(name: str) -> tuple[str, ...]:
    """The shorter names of a well-known programme.

    >>> short_names("百县千镇万村高质量发展工程")
    ('百千万工程', '百县千镇万村')
    """
    return _short_names().get(name, ())
