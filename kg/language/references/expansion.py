"""The full name that a short form has where it stands."""

from __future__ import annotations

import re
from functools import cache

from kg.language import forms
from kg.language.annotations import Name
from kg.language.gazetteer import gazetteer
from kg.language.lexicon import table
from kg.language.references.setting import Setting
from kg.vocabulary import EntityType, Subtype

__all__ = ["Expander"]

_SCOPED = re.compile(rf"(?:全|我|本)?({forms.LEVEL})级?(?=.)")
_NOT_A_SCOPE = re.compile(
    r"市场|市政(?!府|协)|市民|市长|区域|区块|区间|省级|省心|乡村|乡镇"
    r"|镇村|州际|旗帜|旗舰|街道口|县域|市容|市郊|市井"
)
_STAND_IN_KINDS = {
    "公司": (Subtype.COMPANY,),
    "集团": (Subtype.COMPANY,),
    "集团公司": (Subtype.COMPANY,),
    "企业": (Subtype.COMPANY,),
    "厂": (Subtype.COMPANY,),
    "矿": (Subtype.COMPANY,),
    "学校": (Subtype.SCHOOL,),
    "学院": (Subtype.SCHOOL,),
    "校": (Subtype.SCHOOL,),
    "医院": (Subtype.OTHER, Subtype.COMPANY, Subtype.SOCIAL_ORGANIZATION),
    "院": (Subtype.SCHOOL, Subtype.OTHER, Subtype.COURT),
    "局": (Subtype.GOVERNMENT_BODY, Subtype.COMPANY),
}
_STAND_IN = re.compile(
    r"(?:本|该|我)?(集团公司|公司|集团|企业|学校|学院|医院|厂|矿|校|院|局)"
    r"(?=工会|党委|党总支|党支部|团委|纪委|女职工|女工|行政|人力资源|办公室|[^名]{2,6}(?:部|科|室|车间|班组?|中心)$)"
)
_CENTRAL = re.compile(r"^(?:国家|全国|中央)")
_SHARED_HEADS = ("总工会", "党委", "党工委", "党组", "办事处", "人民政府", "政府", "工会", "团委", "妇联")
_FAMILY = (Subtype.TRADE_UNION, Subtype.PARTY_ORGANIZATION, Subtype.GOVERNMENT_BODY)


class Expander:
    """Expands forms in the order in which they stand: what came before is what they point to."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._organizations: list[tuple[str, Subtype]] = []
        self._heads: dict[str, str] = {}

    def remember(self, full: str, name: Name) -> None:
        """Take notice of a name, so that later forms can point to it."""
        if name.type is EntityType.ORGANIZATION:
            self._organizations.append((full, forms.subtype_of(full)))
            for start in range(1, len(full)):
                if full[start:] in _bare_heads():
                    self._heads[full[start:]] = full

    def expand(self, form: str, kind: EntityType, place: int) -> str:
        """The full name of ``form``, of this type, at ``place``; ``form`` itself where nothing is known."""
        form = form.strip()
        full = forms.full_form(form, kind)
        if full != form:
            return full
        if kind is EntityType.PLACE:
            division = self._setting.meant(form, place) or self._setting.place(form)
            return division.name if division else form
        if kind is EntityType.PERSON:
            return re.sub(r"(?<=[一-龥])\s+(?=[一-龥])", "", form)
        if kind in (EntityType.DOCUMENT, EntityType.PROGRAMME):
            return form
        return self._scoped(form, kind, place) or (
            self._pointing(form) if kind is EntityType.ORGANIZATION else form
        )

    def _scoped(self, form: str, kind: EntityType, place: int) -> str | None:
        """市人社局 → 云浮市人社局; None where the form has no scope to expand."""
        match = _SCOPED.match(form)
        if not match or (_NOT_A_SCOPE.match(form, match.start(1)) and not form.startswith("省级")):
            return None
        if gazetteer().split_prefix(form)[0]:
            return None
        rest = form[match.end() :]
        division = self._setting.meant(match[1], place)
        if kind is EntityType.ORGANIZATION:
            rest = re.sub(r"^总(?!工会)(?=$|[^队站经部体裁监后]{2,})", "总工会", rest)
        return division.name + rest if division else None

    def _pointing(self, form: str) -> str:
        """公司工会 → the company's union; 总工会 alone → that of the body before."""
        match = _STAND_IN.match(form)
        if match:
            before = self._last(_STAND_IN_KINDS[match[1]], match[1])
            return before + form[match.end() :] if before else form
        if form in _bare_heads() or form in forms.department():
            return self._heads.get(form) or self._shared_scope(form) or form
        return form

    def _last(self, subtypes: tuple[Subtype, ...], noun: str) -> str | None:
        found = None
        for full, subtype in reversed(self._organizations):
            if subtype in subtypes and (subtype is not Subtype.OTHER or full.endswith(noun)):
                if not _is_other_kind(noun, full):
                    return full
                found = found or full
        return found

    def _shared_scope(self, form: str) -> str | None:
        """街道党工委书记…、总工会主席…: the scope of the body named last, for heads all divisions have."""
        if (form not in _SHARED_HEADS and form not in forms.department()) or not self._organizations:
            return None
        full, subtype = self._organizations[-1]
        divisions, rest = gazetteer().split_prefix(full)
        if subtype in _FAMILY and divisions and not _CENTRAL.match(full):
            return full[: len(full) - len(rest)] + form
        return None


def _is_other_kind(noun: str, full: str) -> bool:
    """Whether 公司 would hardly be said of a body called 厂 or 矿, and the other way round."""
    works = full.endswith(("厂", "矿"))
    return works if noun in ("公司", "集团", "集团公司") else noun in ("厂", "矿") and not full.endswith(noun)


@cache
def _bare_heads() -> frozenset[str]:
    """Heads that alone can mean the body of which the text speaks: 党委, 总工会, 女职工委员会."""
    return frozenset(row["head"] for row in table("organization_heads") if row["alone"] == "reference")
