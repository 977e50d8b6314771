"""What makes two figures comparable: what they are of, for which time, in which unit.

Articles do not name the owner of a figure alike: one says the union, another the programme, a third 全省.
A figure has therefore several keys, and two that share one, and of which one counts what the other counts,
can be held against each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kg.identity import places
from kg.identity.article import Article
from kg.language.numerals import parse
from kg.model import Extraction, Observation
from kg.vocabulary import EntityType, entity_iri

__all__ = ["Comparable", "comparables"]

_SCOPE: Final = re.compile(r"全(省|市|县|区|州|自治区|旗|镇)")
_PEOPLE: Final = frozenset({"人", "名", "位", "个人"})
_SPAN: Final = re.compile(
    r"(?:近|过去|最近|这|前|此前|上一个)?(?:的)?([一二两三四五六七八九十\d]{1,3})个?(年|月)(?:以来|来|间|内|里|时间)?"
)
_YEAR: Final = re.compile(r"(?:截至|截止|到|至)?((?:19|20)\d\d)年(?:度|底|末|年底|全年|以来|起)?")
_AGO: Final = {"今年": 0, "今年以来": 0, "年内": 0, "去年": 1, "上年": 1, "前年": 2}
_LIGHT: Final = re.compile(
    r"^(?:累计|共|共计|完成|开展|实施|建成|新增|新建|领衔的|组织|举办|达|达到|有|现有|已有|已|拥有|帮助|服务)+"
    r"|[像和跟如][他她]们?(?:一样|一般)|(?:的)?(?:人数|人员|(?<!工)人|职工|员工|群众|同志|总数|数量|数)$"
)
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True)
class Comparable:
    """A figure as it can be held against others: by any of its keys, if the counted things are alike."""

    keys: tuple[str, ...]
    core: str


def comparables(extraction: Extraction) -> list[Comparable | None]:
    """For each figure of the article what it can be compared by; None where its noun says too little.

    The entities of the extraction have the IRIs that the graph knows them by.
    """
    if not extraction.observations:
        return []
    reader = _Reader(extraction)
    return [reader.comparable(o) for o in extraction.observations]


class _Reader:
    def __init__(self, extraction: Extraction) -> None:
        self.article = Article(extraction)
        self.entities = {e.key: e for e in extraction.entities}
        self.forms = sorted(
            ((form, e) for e in extraction.entities for form in (e.name, *e.aliases) if len(form) > 2),
            key=lambda pair: (-len(pair[0]), pair[0], pair[1].key),
        )

    def comparable(self, figure: Observation) -> Comparable | None:
        inside = [e for form, e in self.forms if form in figure.measure]
        core = _core(figure.measure, (form for form, _ in self.forms))
        if len(core) < _SHORTEST:
            return None
        things = {self.entities[figure.subject].id} if figure.subject else set()
        things |= {e.id for e in inside} | self.scopes(figure) | self.programme(figure)
        about = (_period(figure.period, self.article.year), _unit(figure.unit))
        return Comparable(tuple(sorted(f"{' '.join(about)} {thing}" for thing in things)), core)

    def scopes(self, figure: Observation) -> set[str]:
        """The divisions that 全省, 全市 … mean in the sentence."""
        found = set()
        for match in _SCOPE.finditer(figure.evidence.text):
            division = self.article.setting.meant(match[1], self.place(figure))
            if division:
                found.add(entity_iri(EntityType.PLACE, places.title(division)))
        return found

    def place(self, figure: Observation) -> int:
        return max(0, self.article.text.find(figure.evidence.text))

    def programme(self, figure: Observation) -> set[str]:
        """The programme that the sentence names, if it names one only."""
        named: set[str] = set()
        for form, entity in self.forms:
            if entity.type is EntityType.PROGRAMME and form in figure.evidence.text:
                named.add(entity.id)
        return named if len(named) == 1 else set()


def _core(measure: str, names: Iterable[str]) -> str:
    """What is counted, without names and without words that any count may have.

    >>> _core("像他一样圆大学梦的人", ()), _core("完成攻关课题", ())
    ('圆大学梦', '攻关课题')
    """
    words = measure
    for name in names:
        words = words.replace(name, "")
    before = ""
    while before != words:
        before, words = words, _LIGHT.sub("", words).strip("的、，“”")
    return words


def _unit(unit: str) -> str:
    return "人" if unit in _PEOPLE else unit


def _period(words: str | None, year: int) -> str:
    """A period in one form: 近五年, 过去五年 and 五年来 are 5年; without one, the year in which it is said.

    >>> _period("近五年", 2024), _period("五年来", 2024), _period("去年", 2024), _period(None, 2024)
    ('5年', '5年', '2023', 'as-of-2024')
    """
    plain = "".join((words or "").split()).strip("，、")
    if not plain:
        return f"as-of-{year}" if year else ""
    if match := _SPAN.fullmatch(plain):
        count = parse(match[1].replace("两", "二"))
        return f"{int(count)}{match[2]}" if count is not None else plain
    if match := _YEAR.fullmatch(plain):
        return match[1]
    if plain in _AGO and year:
        return str(year - _AGO[plain])
    return plain
