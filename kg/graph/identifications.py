"""Who is who in words: as what a thing is known in each article, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode, Store

from kg.graph.binding import fill
from kg.graph.iris import article_id
from kg.graph.rows import rows_of
from kg.graph.terms import PREFIXES
from kg.identity import name_of

__all__ = ["Identified", "identified"]

_IDENTIFIED: Final = """
SELECT DISTINCT ?it ?article ?title ?rule ?zh ?en ?certain WHERE {
  VALUES ?thing { UNDEF }
  ?it kg:identifies ?thing ; prov:wasDerivedFrom ?article ; prov:wasGeneratedBy/rdfs:label ?rule ;
    rdfs:comment ?zh, ?en .
  FILTER(LANG(?zh) = "zh" && LANG(?en) = "en")
  OPTIONAL { ?it kg:certain ?certain }
  OPTIONAL { ?article dct:title ?title }
} ORDER BY ?article ?it
"""
_FORMS: Final = """
SELECT DISTINCT ?it ?form WHERE {
  VALUES ?thing { UNDEF }
  ?it kg:identifies ?thing . ?mention kg:identifiedBy ?it ; oa:exact ?form
} ORDER BY ?it ?form
"""
_NAMESAKES: Final = """
SELECT DISTINCT ?other WHERE {
  VALUES ?thing { UNDEF }
  ?thing skos:prefLabel ?name ; a ?type . ?other skos:prefLabel ?name ; a ?type .
  FILTER(?other != ?thing)
} ORDER BY ?other
"""


@dataclass(frozen=True, slots=True)
class Identified:
    """What an entity of an article was taken for: the forms in which the article names it, and why.

    ``certain`` is False where it was merged on lesser evidence alone, or kept apart for want of evidence;
    ``namesakes`` are the IRIs of other things of the same type and name.
    """

    iri: str
    article: str
    title: str
    forms: tuple[str, ...]
    rule: str
    zh: str
    en: str
    certain: bool = True
    namesakes: tuple[str, ...] = ()

    @property
    def claim(self) -> str:
        """The decision in words."""
        named = f"“{'”“'.join(self.forms)}”" if self.forms else "此事物"
        doubt = "（不确定）" if not self.certain else ""
        others = f"；另有同名者：{'、'.join(map(name_of, self.namesakes))}" if self.namesakes else ""
        return f"《{self.title}》中的{named}认定为 {name_of(self.iri)}{doubt}：{self.zh}{others}"

    def format(self) -> str:
        """The decision as lines of text."""
        return f"· {self.claim}\n    {self.iri}\n    规则：{self.rule}"


def identified(store: Store, iri: str) -> list[Identified]:
    """How it was settled in each article that it speaks of this thing, in the order of the articles' ids."""
    bound = {"thing": [NamedNode(iri)]}
    forms: dict[str, list[str]] = {}
    for row in rows_of(store.query(fill(_FORMS, bound), prefixes=PREFIXES)):
        forms.setdefault(str(row.it), []).append(str(row.form))
    others = tuple(str(r.other) for r in rows_of(store.query(fill(_NAMESAKES, bound), prefixes=PREFIXES)))
    return [
        Identified(
            iri,
            article_id(str(row.article)) or "",
            str(row.title or row.article),
            tuple(forms.get(str(row.it), ())),
            str(row.rule),
            str(row.zh),
            str(row.en),
            row.certain is not False,
            others,
        )
        for row in rows_of(store.query(fill(_IDENTIFIED, bound), prefixes=PREFIXES))
    ]
