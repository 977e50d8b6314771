"""The decisions of identity in words: why a thing is the thing that it is taken for."""

from __future__ import annotations

from typing import Final

from kg.identity.hierarchy import Conclusion
from kg.identity.items import Assignment
from kg.identity.linking import name_of

__all__ = ["RULES", "conclusion_words", "explain"]

RULES: Final[dict[str, tuple[str, str]]] = {
    "known": ("全国知名的机构：{0}", "a body known to the whole country: {0}"),
    "division": ("行政区划{0}的{1}", "the {1} of the division {0}"),
    "medium": ("媒体，按名称辨认：{0}", "a medium, by its name: {0}"),
    "open": ("文中未说明是哪一个“{0}”，单独保留", "the article does not say which {0}: left by itself"),
    "part": ("{0}的下属：{rest}", "a part of {0}: {rest}"),
    "standin": ("文中用以代指{0}", "in this article it stands for {0}"),
    "body.name": ("按字号“{0}”和所在地（{rest}）辨认", "by its name of its own, {0}, and its place ({rest})"),
    "award.known": ("知名荣誉：{0}", "a well-known award: {0}"),
    "award.division": ("行政区划{0}的荣誉：{1}", "an award of the division {0}: {1}"),
    "place.division": ("行政区划，代码{0}", "a division, code {0}"),
    "place.region": ("区域名：{0}", "a region: {0}"),
    "place.open": (
        "同名的区划不止一个，文中未说明是哪一个“{0}”",
        "several divisions are called {0}, it is open which",
    ),
    "programme.known": ("知名项目：{0}", "a well-known programme: {0}"),
    "programme.nationwide": ("全国性项目：{0}", "a programme of the whole country: {0}"),
    "document.law": ("国家法律：{0}", "a law of the country: {0}"),
    "document.division": ("行政区划{0}的文件：{1}", "a document of the division {0}: {1}"),
    "document.title": ("按标题辨认：{0}", "by its title: {0}"),
    "facility.platform": ("平台，按名称辨认：{0}", "a platform, by its name: {0}"),
    "facility.division": ("行政区划{0}的场所：{1}", "a facility of the division {0}: {1}"),
    "scope.place": ("按名称“{0}”和所属地（{rest}）辨认", "by its name, {0}, and where it belongs ({rest})"),
    "scope.common": (
        "名称“{0}”不足以辨认，不与其他文章合并",
        "the name {0} tells nothing: not merged across articles",
    ),
    "occasion": ("系列活动“{0}”：{rest}", "of the series {0}: {rest}"),
    "person.unit": ("姓名相同且所在单位相同：{all}", "same name and same unit: {all}"),
    "person.outlet": ("姓名相同且署名媒体相同：{all}", "same name and same outlet in the byline: {all}"),
    "person.rank": ("姓名相同且竞赛名次相同：{all}", "same name and same placing in a competition: {all}"),
    "person.room": (
        "姓名相同且有以其命名的场所：{all}",
        "same name and a facility named after the person: {all}",
    ),
    "person.likeness": ("姓名相同，且旁证相符：{all}", "same name, and lesser evidence agrees: {all}"),
    "person.copy": ("同一稿件的转载：{0}", "reprints of one text: {0}"),
    "person.only": ("此姓名只有一人：{all}", "the only person of the name: {all}"),
    "person.too-little": (
        "只有姓名相同，证据不足，未与其他文章的同名人合并：{all}",
        "nothing but the name is shared, too little to merge with others of the name: {all}",
    ),
    "decision.same": ("人工判定为同一事物", "decided by a person to be the same"),
    "decision.different": ("人工判定为不同事物", "decided by a person to be different"),
    "decision.name": ("人工更正名称：{0}", "the name was corrected by a person: {0}"),
    "hierarchy.union": (
        "{0}的工会隶属于上一级行政区划的总工会",
        "the union of {0} is under that of the division above",
    ),
    "hierarchy.zone-union": ("园区、街道工会隶属于{0}的总工会", "the union of a zone is under that of {0}"),
    "hierarchy.industrial-union": (
        "产业工会隶属于{0}的总工会",
        "the union of an industry is under that of {0}",
    ),
    "hierarchy.national-union": (
        "全国产业工会隶属于中华全国总工会：{0}",
        "a national union of an industry: {0}",
    ),
    "hierarchy.office": ("工会的部门：{0}", "an office of a union: {0}"),
    "hierarchy.party": ("{0}的党委隶属于上一级党委", "the party committee of {0} is under the one above"),
    "hierarchy.party-department": ("{0}党委的部门", "a department of the party committee of {0}"),
    "hierarchy.youth": ("{0}的团委隶属于上一级团委", "the youth league of {0} is under the one above"),
    "hierarchy.government": ("{0}的政府隶属于上一级政府", "the government of {0} is under the one above"),
    "hierarchy.department": ("{0}政府的部门", "a department of the government of {0}"),
    "hierarchy.chain": ("{0}的群团组织隶属于上一级", "the mass organization of {0} is under the one above"),
    "hierarchy.part": ("单位的下属：{0}", "a part of a unit: {0}"),
    "hierarchy.subsidiary": ("名称以上级单位开头：{0}", "its name begins with that of the body above: {0}"),
    "hierarchy.unit-union": ("单位的工会：{0}", "the union of a unit: {0}"),
    "hierarchy.local-union": ("单位所在地的工会：{0}", "the union of the place where the unit is: {0}"),
    "division.parent": ("行政区划代码{0}的上级", "the division above the one with code {0}"),
    "division.merged": ("{0}年并入", "went up in it in {0}"),
    "award.conferrer": ("荣誉名称说明由谁授予：{0}", "the name of the award tells who confers it: {0}"),
    "programme.part": ("属于“{0}”", "part of {0}"),
    "entailed": ("文章所述", "as an article states"),
}
"""By rule: how it reads in Chinese and in English; numbers stand for what it rests on."""

_NOTHING: Final = ("不详", "unknown")


def explain(assignment: Assignment) -> tuple[str, str]:
    """Why an entity is taken for this thing, in Chinese and in English."""
    return _words(assignment.rule, assignment.grounds)


def conclusion_words(conclusion: Conclusion) -> tuple[str, str]:
    """Why a relation was concluded, in Chinese and in English."""
    return _words(conclusion.rule, conclusion.grounds or (name_of(conclusion.subject),))


def _words(rule: str, grounds: tuple[str, ...]) -> tuple[str, str]:
    said = []
    for template, nothing, comma in zip(RULES[rule], _NOTHING, ("、", ", "), strict=True):
        words = [*grounds, nothing, nothing]
        rest, everything = comma.join(grounds[1:]) or nothing, comma.join(grounds) or nothing
        said.append(template.format(*words, rest=rest, all=everything))
    return said[0], said[1]
