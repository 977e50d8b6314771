"""What the name of an organization says: whose division's body it is, part of what, or a name of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.identity import places
from kg.language import forms
from kg.language.gazetteer import Division, Surroundings, gazetteer
from kg.language.lexicon import column, table
from kg.vocabulary import EntityType, Subtype

__all__ = ["Body", "analyse", "core_of", "is_standin", "renamed", "without_legal"]

_REGIONAL: Final = frozenset(
    {Subtype.TRADE_UNION, Subtype.PARTY_ORGANIZATION, Subtype.GOVERNMENT_BODY, Subtype.COURT}
)
_LEAD: Final = re.compile(
    r"中共|中国共产党|共青团|中国共产主义青年团|(?:中国人民政治协商会议|政协)(?!委)|民革|民盟|民建|民进|农工党|致公党|九三学社|台盟"
)
_LEADS: Final = {"中共": "", "中国共产党": "", "中国共产主义青年团": "共青团", "中国人民政治协商会议": "政协"}
_LEGAL: Final = re.compile(
    r"(?:(?:集团)?(?:有限责任|股份有限|有限)(?:责任)?(?:总|子)?公司|(?:集团|控股|股份|总|实业)*(?<!分)(?:总|子)?公司"
    r"|(?:集团|控股|股份)+|总?厂)$"
)
_BODY_END: Final = re.compile(
    r"公司|集团|总?厂|矿(?!业|山|机)|医院|大学|学院(?!路)|[小中]学(?!生)|学校|银行|分行|支行|总工会|工会|中心|协会|油田|电厂"
    r"|[局委院所社](?=.)"
)
_BRANCH: Final = re.compile(
    r"(?:分公司|分行|支行|分院|分局|分厂|分校|供电公司|供电局|供电所|电业局|办事处|营业部|项目部|管理处)$"
)
_UNION: Final = re.compile(r"(?:工会(?:委员会|联合会|工作委员会|小组)?|总工会|机关工会|分会|直属工会)$")
_PARTY: Final = re.compile(r"(?:党委|党组|党总支|党支部|党工委|团委|团支部|纪委|妇委会|女工委|女职工委员会)$")
_INDUSTRIAL: Final = re.compile(r"(?:系统|行业|产业|机关|直属)")
_ZONE: Final = re.compile(r"(?:开发区|高新区|新区|园区|度假区|示范区|管理区|经开区|保税区|街道|镇|乡|农场)")
_SCOPE: Final = re.compile(r"(?:全)?(?:省|自治区|市|师市|州|盟|地区|县|区|旗|镇|乡|街道)(?=.)")
_EVERYWHERE: Final = re.compile(
    r"中国|中华|国家|全国|国网|中铁|中建|中交|中冶|中核|中车|中储|中粮|中石|中海油|中广核|华能|大唐集团|华电集团|国电|国能"
    r"|南方电网|招商局|中信|保利|港珠澳"
)
_UNIVERSITY: Final = re.compile(r".{2,}(?:大学|学院)$")
_SCHOOL_NUMBER: Final = re.compile(r"^第?([一二三四五六七八九十]{1,3})([中小])学?$")
_STANDIN: Final = re.compile(
    r"(?:本|我|该|这家|这一|全)?(?:集团公司|总公司|分公司|公司|集团|企业|工厂|厂|矿|学校|学院|校|医院|院|局|单位|中心|机关)"
    r"(?:工会(?:委员会)?|党委|党总支|党支部|团委|纪委|行政|妇联|女职工委员会)?"
)


@dataclass(frozen=True, slots=True)
class Body:
    """An organization by its name.

    ``kind`` is ``division`` (a body that every division of its kind has), ``known`` (nationally known),
    ``own`` (a name of its own), ``part`` (of ``whole``), ``standin`` (公司, 公司工会) or ``open`` (市总工会
    where nothing says of which city). ``head`` is what stands behind the division, ``core`` what tells
    a body with a name of its own from others.
    """

    kind: str
    name: str
    division: Division | None = None
    head: str = ""
    core: str = ""
    whole: Body | None = None
    suffix: str = ""
    branch: bool = False

    @property
    def everywhere(self) -> bool:
        """Whether the name means one body wherever it is used."""
        plain = without_legal(self.core) or self.core
        return bool(_EVERYWHERE.match(self.name) or (not self.division and _UNIVERSITY.fullmatch(plain)))


def analyse(name: str, near: Iterable[Division] | Surroundings = ()) -> Body:
    """What the name of an organization says; ``near`` are the divisions of which the article speaks.

    >>> analyse("株洲县总工会").name, analyse("株洲市湘东电机厂工会").whole.core
    ('渌口区总工会', '湘东电机')
    >>> analyse("北疆电力有限公司赤峰供电分公司检修班").whole.suffix
    '赤峰供电分公司'
    """
    plain = _plain(name)
    known = forms.full_form(plain, EntityType.ORGANIZATION)
    if known != plain or forms.is_known(plain):
        return Body("known", renamed(known, "name"))
    if is_standin(plain):
        return Body("standin", plain)
    if _daughter(plain):
        return _branch_of(plain, _daughter(plain))
    lead = _LEAD.match(plain)
    rest_of_lead = plain[lead.end() :] if lead else plain
    divisions, rest = gazetteer().split_prefix(rest_of_lead, near)
    if divisions and rest:
        return _of_division(plain, lead[0] if lead else "", divisions[-1], rest)
    after = _after_scope(rest_of_lead)
    if not divisions and after != rest_of_lead and (_is_regional(after) or _is_generic(_school(after))):
        return Body("open", plain, head=after)
    return _part(plain, plain, None) or _open(plain) or _branch(plain) or _own(plain, plain, None)


@cache
def _joined_districts() -> dict[str, str]:
    """乐山市中区 for 乐山市市中区: districts whose names begin with 市 swallow that of their city."""
    found = {}
    for row in table("divisions"):
        if row["level"] == "county" and row["name"].startswith("市") and row["parent"]:
            city = gazetteer().division(row["parent"])
            found[city.short + row["name"]] = city.name + row["name"]
    return found


def _plain(name: str) -> str:
    plain = forms.bare(name)
    for length in (5, 6):
        if plain[:length] in _joined_districts():
            plain = _joined_districts()[plain[:length]] + plain[length:]
            break
    return re.sub(r"[（(](?:集团|股份|中国|控股)[）)]", lambda m: "集团" if "集团" in m[0] else "", plain)


def _after_scope(name: str) -> str:
    match = _SCOPE.match(name)
    return name[match.end() :] if match else name


def _is_regional(head: str) -> bool:
    """Whether every division has a body of this name."""
    return head in forms.department() or head in _regional_heads()


@cache
def _regional_heads() -> frozenset[str]:
    return frozenset(row["head"] for row in table("organization_heads") if row["subtype"] in _REGIONAL) | {
        "委",
        "总",
        "委员会",
    }


def _open(name: str) -> Body | None:
    """鼓楼区总工会 where nothing says which of the four districts of that name is meant."""
    for end in range(min(len(name) - 1, 8), 1, -1):
        if len([d for d in gazetteer().by_name(name[:end]) if d.name == name[:end]]) > 1:
            return Body("open", name, head=name[end:])
    return None


def _branch(name: str) -> Body | None:
    """赤峰供电分公司 where its company is not named with it."""
    match = _BRANCH.search(name)
    return _branch_of(name, name) if match and 2 <= match.start() <= 8 else None


def _of_division(name: str, lead: str, division: Division, rest: str) -> Body:
    here = places.title(division)
    before = _LEADS.get(lead, lead)
    if rest in ("政协", "政治协商会议", "政协委员会"):
        return Body("division", f"政协{here}委员会", division, "委员会")
    if before or _is_regional(rest) or rest.endswith(("总工会", "工会联合会")):
        return Body("division", _canonical(before + here, rest, lead), division, _head(rest))
    part = _part(name, rest, division)
    if part:
        return part
    if forms.subtype_of(rest) in (*_REGIONAL, Subtype.SOCIAL_ORGANIZATION) and rest not in ("局", "所"):
        return Body("division", _canonical(here, rest, lead), division, _head(rest))
    if _BRANCH.search(rest):
        return _branch_of(name, division.short + rest)
    if _is_generic(rest) and not _LEGAL.search(rest):
        return Body("division", here + _school(rest), division, _school(rest))
    return _own(name, rest, division)


def _branch_of(name: str, suffix: str) -> Body:
    """A branch whose company is not named with it."""
    return Body("part", name, suffix=suffix, branch=True)


def _head(rest: str) -> str:
    return renamed(forms.canonical_organization(rest), "department")


def _canonical(before: str, rest: str, lead: str) -> str:
    if lead in ("中共", "中国共产党"):
        rest = re.sub(r"^委员会", "委", rest)
    elif rest in ("委员会", "委") and lead:
        return before + ("委" if "共青团" in before else "委员会")
    rest = "总工会" if rest in ("工会", "工会委员会") else rest
    tail = forms.canonical_organization(before[-1] + rest)[1:]
    if tail == forms.canonical_organization(rest):
        tail = _head(rest)
    return before + re.sub(r"^委员会(?=[一-龥]{2,}[部办室委校])", "委", tail)


def _part(name: str, rest: str, division: Division | None) -> Body | None:
    """A union, branch, department or team of the body whose name goes before; None where it is none."""
    cut = _cut(rest)
    if cut is None:
        return None
    whole = name[: len(name) - (len(rest) - cut)]
    suffix = rest[cut:]
    above = _nested(whole, rest[:cut], division)
    branch = _is_local(suffix)
    if branch:
        inside, behind = gazetteer().split_prefix(suffix)
        suffix = _daughter(suffix) or (inside[-1].short + behind if inside and behind else suffix)
    return Body(
        "part",
        name,
        above.division,
        whole=above,
        suffix=re.sub(r"工会委员会$", "工会", suffix),
        branch=branch,
    )


def _nested(whole: str, rest: str, division: Division | None) -> Body:
    if division is None:
        return analyse(whole) if len(rest) > 1 else Body("standin", whole)
    if _is_regional(rest) or forms.subtype_of(rest) in _REGIONAL:
        return Body("division", _canonical(places.title(division), rest, ""), division, _head(rest))
    if _BRANCH.search(rest):
        return _branch_of(whole, division.short + rest)
    if _is_generic(rest) and not _LEGAL.search(rest):
        return Body("division", places.title(division) + _school(rest), division, _school(rest))
    return _part(whole, rest, division) or _own(whole, rest, division)


def _cut(rest: str) -> int | None:
    """Where the name of a part begins behind the body to which it belongs."""
    for pattern in (_UNION, _PARTY):
        match = pattern.search(rest)
        if match and match.start() >= 2:
            before = rest[: match.start()]
            return None if _is_of_union(before, match[0]) else match.start()
    for match in reversed(list(_BODY_END.finditer(rest))):
        suffix = rest[match.end() :]
        if match.start() >= 1 and len(suffix) >= 2 and (_is_local(suffix) or _is_part(suffix)):
            return match.end()
    return None


def _is_local(suffix: str) -> bool:
    """Whether words behind a company's name are those of a branch or daughter in a place: 广州有限公司."""
    return _BRANCH.search(suffix) is not None or bool(_daughter(suffix))


def _daughter(name: str) -> str:
    """广州公司 for 广州有限公司: what a company in a place is called within its group; else nothing."""
    match = _LEGAL.search(name)
    if match is None or match.start() < 2 or match[0].endswith("厂"):
        return ""
    found = gazetteer().by_name(name[: match.start()])
    return f"{found[0].short}公司" if found else ""


def _is_of_union(before: str, union: str) -> bool:
    """Whether the union is one of a region or industry (教育工会, 高新区总工会) and not of a unit."""
    if union == "总工会" or "联合会" in union or _ZONE.search(before[-3:]):
        return True
    trade = _INDUSTRIAL.sub("", before)
    return not trade or trade in column("industries", "industry") or before.endswith("总")


def _is_part(suffix: str) -> bool:
    parts = _part_heads()
    return any(suffix[start:] in parts for start in range(len(suffix) - 1))


@cache
def _part_heads() -> frozenset[str]:
    return frozenset(row["head"] for row in table("organization_heads") if row["role"] == "part")


def _own(name: str, rest: str, division: Division | None) -> Body:
    return Body("own", name, division, core=core_of(rest))


def core_of(name: str) -> str:
    """The part of a name that tells a body from others: without brackets and legal form.

    >>> core_of("湘东电机有限公司"), core_of("湘东电机厂"), core_of("第一中学")
    ('湘东电机', '湘东电机', '第一中学')
    """
    plain = re.sub(r"[（(].*?[）)]", "", name)
    return without_legal(_school(plain)) or plain or name


def without_legal(name: str) -> str:
    """A company's name without what only says its legal form; the name itself where too little is left.

    >>> without_legal("渌湘陶瓷有限公司"), without_legal("奉天风机集团有限公司")
    ('渌湘陶瓷', '奉天风机')
    """
    shorter = _LEGAL.sub("", name)
    return shorter if len(shorter) >= 2 else name


def _school(name: str) -> str:
    match = _SCHOOL_NUMBER.match(name)
    return f"第{match[1]}{match[2]}学" if match else name


_COUNT: Final = re.compile(r"第?[一二三四五六七八九十]+")


@cache
def _generic() -> frozenset[str]:
    return frozenset({*column("organization_heads", "head"), *column("generic_words", "word")})


@cache
def _is_generic(rest: str) -> bool:
    """Whether a name behind a division's could be that of a body of any division: 人民医院, 第一中学."""
    reached = {0}
    for end in range(1, len(rest) + 1):
        if any(rest[start:end] in _generic() or _COUNT.fullmatch(rest, start, end) for start in reached):
            reached.add(end)
    return len(rest) > 1 and len(rest) in reached


def is_standin(name: str) -> bool:
    """Whether a name only points to a body: 公司, 公司工会, 集团党委.

    >>> is_standin("公司工会"), is_standin("东晨公司工会")
    (True, False)
    """
    return _STANDIN.fullmatch(name) is not None


@cache
def _renamings() -> dict[tuple[str, str], str]:
    return {
        (row["scope"], row["former"]): row["now"]
        for row in table("body_renamings")
        if row["kind"] == "renamed"
    }


def renamed(name: str, scope: str) -> str:
    """The present name of a body that was only renamed; ``scope`` is ``department`` or ``name``.

    >>> renamed("环境保护局", "department"), renamed("国土资源局", "department")
    ('生态环境局', '国土资源局')
    """
    while (scope, name) in _renamings():
        name = _renamings()[scope, name]
    return name
