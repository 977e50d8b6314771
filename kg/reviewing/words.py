"""The Chinese words of a sheet, and what they stand for."""

from __future__ import annotations

from typing import Final

from kg.reviewing.decisions import Judgement
from kg.vocabulary import EntityType, Predicate

__all__ = ["HEADINGS", "PREDICATES", "TYPES", "judged"]

TYPES: Final = {
    EntityType.ORGANIZATION: "组织",
    EntityType.PERSON: "人物",
    EntityType.PROGRAMME: "项目",
    EntityType.AWARD: "荣誉",
    EntityType.EVENT: "活动",
    EntityType.PLACE: "地点",
    EntityType.DOCUMENT: "文件",
    EntityType.FACILITY: "设施",
}

PREDICATES: Final = {
    Predicate.HOLDS_POST: "{subject}在{object}任{post}",
    Predicate.RECEIVED_AWARD: "{subject}获得{object}",
    Predicate.CONFERRED_BY: "{subject}由{object}授予",
    Predicate.IMPLEMENTS: "{subject}实施{object}",
    Predicate.ORGANIZES: "{subject}组织{object}",
    Predicate.PARTICIPATES_IN: "{subject}参加{object}",
    Predicate.ISSUED: "{subject}发布{object}",
    Predicate.SUB_ORGANIZATION_OF: "{subject}是{object}的下属组织",
    Predicate.LOCATED_IN: "{subject}位于{object}",
    Predicate.OPERATES: "{subject}运营{object}",
    Predicate.PART_OF: "{subject}是{object}的一部分",
    Predicate.WROTE_FOR: "{subject}是本文作者",
}

HEADINGS: Final = ("类别", "问题", "原句", "文章", "为何要问", "判断（对 / 错 / 应为…）", "编号（请勿改动）")
"""The columns of a sheet; a person fills in the one before the last."""

_RIGHT: Final = frozenset({"对", "是", "√", "正确", "right", "yes"})
_WRONG: Final = frozenset({"错", "否", "×", "错误", "不对", "不是", "wrong", "no"})
_INSTEAD: Final = ("应为", "应该是", "应是")


def judged(cell: str) -> tuple[Judgement, str] | None:
    """What a filled-in cell says; None if it cannot be told.

    >>> judged("应为：云浮市总工会")
    (<Judgement.INSTEAD: 'instead'>, '云浮市总工会')
    """
    text = cell.strip()
    if text.lower() in _RIGHT:
        return Judgement.RIGHT, ""
    if text.lower() in _WRONG:
        return Judgement.WRONG, ""
    for word in _INSTEAD:
        if text.startswith(word):
            value = text.removeprefix(word).strip(' ：:“”"')
            return (Judgement.INSTEAD, value) if value else None
    return None
