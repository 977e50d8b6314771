"""What is least certain in an article, as questions for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from kg.highlights import in_brackets
from kg.identity import Doubt
from kg.model import Entity, Evidence, Extraction, Fact, Rejection, Span
from kg.reviewing.correction import entity_question, fact_question
from kg.reviewing.decisions import question
from kg.reviewing.sheet import Question
from kg.reviewing.words import PREDICATES, TYPES
from kg.vocabulary import DOCUMENT, EntityType

__all__ = ["doubtful", "rule_precision", "who_is_who"]

_WEAK: Final = 0.8
_PRIOR: Final = (4.0, 1.0)
"""What a rule is believed to have got right and wrong before it has been seen at work."""

_RIVALRY: Final = frozenset({"overlaps a surer name", "another type"})
_AROUND: Final = 40


def doubtful(extraction: Extraction) -> Iterator[Question]:
    """The questions that an article raises: names on which recognisers disagree, facts by weak rules."""
    yield from _rivals(extraction)
    yield from _weak(extraction)


def who_is_who(doubt: Doubt, extractions: Mapping[str, Extraction]) -> Question:
    """The question whether two things of two articles are one."""
    one, other = (extractions[r.article] for r in (doubt.one, doubt.other))
    sentences = [_first(e, r.key) for e, r in ((one, doubt.one), (other, doubt.other))]
    done = "现作同一" if doubt.merged else "现作两个"
    return Question(
        question("same", doubt.one.article, doubt.one.key, doubt.other.article, doubt.other.key),
        "同一",
        f"两处的{TYPES[doubt.type]}“{doubt.name}”是同一个吗？",
        "\n".join(sentences),
        "；".join(dict.fromkeys((_article(one), _article(other)))),
        "，".join([done, *doubt.grounds]) if doubt.grounds else f"{done}，依据不足",
    )


def _first(extraction: Extraction, key: str) -> str:
    mentions = extraction.entity(key).mentions
    return _around(extraction, mentions[0].span) if mentions else ""


@cache
def rule_precision() -> dict[str, float]:
    """How often each rule was right on annotated articles (``kg evaluate --rules``); few cases say little."""
    right, wrong = _PRIOR
    table = (files("kg.reviewing") / "rules.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {rule: (right + int(r)) / (right + wrong + int(r) + int(x)) for rule, r, x in rows}


def _rivals(extraction: Extraction) -> Iterator[Question]:
    asked: set[str] = set()
    for rejection in extraction.rejections:
        if rejection.reason not in _RIVALRY:
            continue
        for entity in extraction.entities:
            span = _overlap(entity, rejection)
            key = entity_question(extraction, entity)
            if span is None or key in asked or (rejection.type, rejection.text) == (entity.type, entity.name):
                continue
            asked.add(key)
            other = TYPES.get(EntityType(rejection.type), rejection.type)
            yield Question(
                key,
                "名称",
                f"“{entity.name}”是{TYPES[entity.type]}吗？",
                _around(extraction, span),
                _article(extraction),
                f"也可能是{other}“{rejection.text}”",
            )


def _overlap(entity: Entity, rejection: Rejection) -> Span | None:
    for mention in entity.mentions:
        if mention.span.start < rejection.span.end and rejection.span.start < mention.span.end:
            return mention.span
    return None


def _weak(extraction: Extraction) -> Iterator[Question]:
    for fact in extraction.facts:
        precision = rule_precision().get(fact.rule, _PRIOR[0] / sum(_PRIOR))
        if precision < _WEAK:
            yield Question(
                fact_question(extraction, fact),
                "事实",
                f"{_sentence(extraction, fact)}吗？",
                _marked(extraction, fact.evidence),
                _article(extraction),
                f"规则 {fact.rule}，准确率约 {precision:.0%}",
            )


def _sentence(extraction: Extraction, fact: Fact) -> str:
    names = {e.key: e.name for e in extraction.entities} | {DOCUMENT: "本文"}
    attributes = dict(fact.attributes)
    text = PREDICATES[fact.predicate].format(
        subject=names[fact.subject], object=names[fact.object], post=attributes.get("post", "职")
    )
    rest = "，".join(value for name, value in fact.attributes if name != "post")
    return text + (f"（{rest}）" if rest else "")


def _article(extraction: Extraction) -> str:
    return extraction.title or extraction.document.id


def _marked(extraction: Extraction, evidence: Evidence) -> str:
    return _with_marks(extraction.document.source, evidence.span, evidence.spans)


def _around(extraction: Extraction, span: Span) -> str:
    source = extraction.document.source
    around = Span(max(0, span.start - _AROUND), min(len(source), span.end + _AROUND))
    return _with_marks(source, around, (span,))


def _with_marks(source: str, around: Span, spans: tuple[Span, ...]) -> str:
    inside = (s for s in spans if around.start <= s.start and s.end <= around.end)
    ranges = ((s.start - around.start, s.end - around.start) for s in inside)
    return in_brackets(source[around.start : around.end], ranges).replace("\n", " ")
