"""The shapes that names have: heads, short forms, equal forms. Over tables, without an article."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable, Iterator
from functools import cache

from kg.language.gazetteer import gazetteer
from kg.language.lexicon import column, table
from kg.vocabulary import EntityType, Subtype

__all__ = [
    "bare",
    "core",
    "department",
    "full_form",
    "heads",
    "is_known",
    "is_periodical",
    "is_short_of",
    "is_slogan",
    "keys_of_short",
    "known_awards",
    "known_organizations",
    "known_programmes",
    "parents",
    "programme_tail",
    "repeatable",
    "short_keys",
    "subtype_of",
]

LEVEL = r"省|自治区|市|师市|州|盟|地区|县|区|旗|镇|乡|街道"
"""Words that stand for the division that the article is about."""

_PERIODICAL = re.compile(r"(?:报|日报|晚报|早报|时报|周刊|月刊|杂志|通讯社)$")
_MEDIUM = re.compile(r"(?:报|网|社|台|频道|中心)$")
_LEGAL = re.compile(
    r"(?:(?:有限责任|股份有限|集团有限|控股集团|集团股份|有限|集团|控股|股份)*(?:总公司|分公司|子公司|公司|集团|企业|厂))$"
)
_MARKS = re.compile(r"[\s“”\"‘’'「」『』《》〈〉·]")
_TAIL = re.compile(
    r"(?:等(?!多|[一二三四五六七八九十两几\d]))?(?:(?![等的和与为在把被将对了是有开启走推进深实持举])[一-龥]){0,8}?"
    r"(?:专项行动|行动方案|行动|工程|计划|改革|项目|机制|活动|品牌|模式|服务|工作法|具体部署|部署|战略|工作安排|制度|建设)"
)
_SLOGAN = re.compile(r"[，。！？,!?]|精神$|理念$|思想$|意识$|问题$|现象$")


_HEAD_TABLES = {
    EntityType.ORGANIZATION: "organization_heads",
    EntityType.AWARD: "award_heads",
    EntityType.EVENT: "event_heads",
    EntityType.DOCUMENT: "document_heads",
    EntityType.PROGRAMME: "programme_heads",
    EntityType.FACILITY: "facility_heads",
    EntityType.PLACE: "area_heads",
}


@cache
def heads(kind: EntityType, *, strong: bool = False) -> frozenset[str]:
    """The words that end names of this type; with ``strong`` those that hardly end anything else."""
    if kind not in _HEAD_TABLES:
        return frozenset()
    return frozenset(
        row["head"] for row in table(_HEAD_TABLES[kind]) if not strong or row["strength"] == "strong"
    )


def is_periodical(title: str) -> bool:
    """Whether a title in 《》 is that of a newspaper or journal."""
    return len(title) <= 12 and _PERIODICAL.search(title) is not None


def is_slogan(quoted: str) -> bool:
    """Whether quoted words read as a saying and not as the name of something done."""
    return _SLOGAN.search(quoted) is not None


def programme_tail(text: str, place: int) -> str:
    """The head of a programme's name that begins at ``place``, or an empty string.

    >>> programme_tail("“强基”专项行动启动", 4)
    '专项行动'
    """
    match = _TAIL.match(text, place)
    return match[0] if match else ""


@cache
def _organization_heads() -> dict[str, str]:
    return {row["head"]: row["subtype"] for row in table("organization_heads")}


@cache
def _known_subtypes() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in table("national_bodies"):
        for form in _forms(row):
            found.setdefault(form, row["subtype"])
    return found


def subtype_of(name: str) -> Subtype:
    """The kind of organization that a name tells, by the longest head that it ends in.

    >>> subtype_of("云浮市总工会"), subtype_of("新兴县人民法院")
    (<Subtype.TRADE_UNION: 'TradeUnion'>, <Subtype.COURT: 'Court'>)
    """
    bare = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    if bare in _known_subtypes():
        return Subtype(_known_subtypes()[bare])
    if bare.endswith(("总", "工会")) and not bare.endswith("老总"):
        return Subtype.TRADE_UNION
    heads = _organization_heads()
    for start in range(max(0, len(bare) - 12), len(bare)):
        if bare[start:] in heads:
            return Subtype(heads[bare[start:]])
    return Subtype.OTHER


def _forms(row: dict[str, str], first: str = "name", others: str = "forms") -> Iterator[str]:
    yield row[first]
    yield from filter(None, row.get(others, "").split("|"))


def known_organizations() -> list[str]:
    """National bodies in every form that stands for itself; journals named by common words want 《》."""
    return [
        form
        for row in table("national_bodies")
        for form in _forms(row)
        if len(form) > 1 and (row["subtype"] != Subtype.MEDIA or _MEDIUM.search(form))
    ]


def known_awards() -> list[str]:
    """Honours that every reader knows."""
    return [form for row in table("national_awards") for form in _forms(row)]


def known_programmes() -> list[str]:
    """Programmes that every reader knows, in every form."""
    kinds = set(column("stop_names", "word"))
    return [form for row in table("programmes") for form in _forms(row) if form not in kinds]


def is_known(name: str, kind: EntityType = EntityType.ORGANIZATION) -> bool:
    """Whether a table of well-known names of this type has this form.

    >>> is_known("全总"), is_known("送清凉", EntityType.PROGRAMME), is_known("某某公司")
    (True, True, False)
    """
    return (kind, bare(name)) in _equal_forms()


@cache
def _equal_forms() -> dict[tuple[EntityType, str], str]:
    tables = {
        EntityType.ORGANIZATION: "national_bodies",
        EntityType.AWARD: "national_awards",
        EntityType.PROGRAMME: "programmes",
    }
    return {
        (kind, bare(form)): row["name"]
        for kind, name in tables.items()
        for row in table(name)
        for form in _forms(row)
    }


def full_form(name: str, kind: EntityType) -> str:
    """The name that a table gives for this form; the form itself where none does.

    >>> full_form("全总", EntityType.ORGANIZATION)
    '中华全国总工会'
    """
    return _equal_forms().get((kind, bare(name)), name)


def bare(name: str) -> str:
    """A name without marks and spaces, in compatibility form: what two spellings share."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name))


_AWARD_EDGE = re.compile(r"(?:荣誉称号|荣誉|称号|光荣称号)$")
_LEVEL_AWARD = re.compile(r"^(省|市|县|区|州|厅|部|国家)级")
_PROGRAMME_TAIL = re.compile(
    r"(?:等?(?:主题|系列|专项|慰问|公益|品牌|专题)*(?:活动|行动|工作|工程|计划|项目|机制|服务|品牌|建设|改革|制度|模式))$"
)


def core(name: str, kind: EntityType) -> str:
    """The part of a name that tells it from others of its type.

    >>> core("“求学圆梦”行动", EntityType.PROGRAMME), core("全国劳动模范荣誉称号", EntityType.AWARD)
    ('求学圆梦', '全国劳动模范')
    """
    plain = bare(name)
    if kind is EntityType.AWARD:
        plain = _AWARD_EDGE.sub("", plain) or plain
        plain = _LEVEL_AWARD.sub(r"\1", plain)
        return plain.replace("劳模", "劳动模范") if not plain.endswith(("工作室", "站", "基地")) else plain
    if kind is EntityType.PROGRAMME:
        shorter = _PROGRAMME_TAIL.sub("", plain)
        shorter = re.sub(r"^(?:深化|推进|实施|开展)(?=.{4})", "", shorter)
        return shorter if len(shorter) >= 3 or (len(shorter) == 2 and "“" in name) else plain
    if kind is EntityType.ORGANIZATION:
        return canonical_organization(plain)
    if kind is EntityType.EVENT:
        return re.sub(r"(?<=[会赛式班谈论坛流训展])活动$", "", plain)
    return plain


@cache
def department() -> dict[str, str]:
    """Short and full names of government departments: 人社局 → 人力资源和社会保障局."""
    return {row["short"]: row["full"] for row in table("government_departments")}


@cache
def _department_end() -> re.Pattern[str]:
    shorts = sorted(department(), key=lambda s: (-len(s), s))
    return re.compile("(?:" + "|".join(map(re.escape, shorts)) + ")$")


@cache
def canonical_organization(name: str) -> str:
    """A form that equal organizations share: full department, 总工会 for 总, no 委员会 behind 工会."""
    match = _department_end().search(name)
    if match:
        name = name[: match.start()] + department()[match[0]]
    name = re.sub(r"(?<=[市省县区州盟旗])总$", "总工会", name)
    name = re.sub(r"工会委员会$", "工会", name)
    name = re.sub(r"^第(?=[一二三四五六七八九十]{1,3}师)", "", name)
    name = re.sub(r"^中国共产党(?=.+委员会$)|^中共(?=.+委(?:员会)?$)", "", name)
    return re.sub(r"(?<=[市省县区州盟旗镇乡])委员会$", "委", name)


def is_short_of(short: str, full: str) -> bool:
    """Whether ``short`` is a regular short form of the organization ``full``.

    It is where it lacks only divisions (or 中国) at the beginning, only what a company's legal
    form adds at the end, or both; and so for a part of it with the same head behind. A new way to
    be short needs its keys in :func:`short_keys` and :func:`keys_of_short`.

    >>> is_short_of("湘东电机", "株洲湘东电机有限公司"), is_short_of("东晨工会", "东晨公司工会")
    (True, True)
    >>> is_short_of("东晨", "东晨公司工会")
    False
    """
    if short == full or len(short) < 2 or len(short) >= len(full):
        return False
    if full.startswith(short) and _FIRM_END.search(short) and not _LEGAL.fullmatch(full, len(short)):
        return False  # 东江集团 and 东江集团重型机械公司 are two
    if full.endswith("总工会") and short == full.removesuffix("总工会") + "工会":
        return True
    if _is_short_company(short, full) or _drops_middle(short, full) or _drops_division(short, full):
        return True
    return any(_is_short_company(short[:-n], full[:-n]) for n in _parts_shared(short, full))


def short_keys(name: str) -> Iterator[Hashable]:
    """Keys of an organization's name by which the longer names are found that it can be short for."""
    yield name
    for length in (0, *_parts(name)):
        stem, part = name[: len(name) - length], name[len(name) - length :]
        yield stem, part
        yield _LEGAL.sub("", stem), part


def keys_of_short(full: str) -> Iterator[Hashable]:
    """Keys of which each short form of an organization's name has one among its :func:`short_keys`.

    They only narrow the choice: :func:`is_short_of` decides.
    """
    for start in range(1, len(full)):
        yield full[start:]
    for lead in range(2, len(full) - 2):
        for end in range(lead + 2, len(full)):
            yield full[:lead] + full[end:]
    for length in (0, *_parts(full)):
        stem, part = full[: len(full) - length], full[len(full) - length :]
        for rest in _without_place(stem):
            trimmed = _LEGAL.sub("", rest)
            if trimmed != rest:
                yield from ((trimmed[:n], part) for n in range(2, len(trimmed) + 1))


def _parts(name: str) -> Iterator[int]:
    """Lengths of a part at the end of a name that a short form of it can have too."""
    for part in _PARTS:
        if name.endswith(part):
            yield len(part)
    if _FIRM.search(name):
        yield from (n for n in range(3, len(name) - 1) if _FIRM_END.search(name[:-n]))


_PARTS = ("工会", "党委", "团委", "党支部")
_FIRM = re.compile(r"公司|集团|厂|矿|医院|大学|学院")


def _parts_shared(short: str, full: str) -> Iterator[int]:
    """Lengths of a part that both names end in: 工会, 劳务总队工会小组."""
    for part in _PARTS:
        if short.endswith(part) and full.endswith(part):
            yield len(part)
    shared = 0
    while shared < len(short) - 2 and short[-1 - shared] == full[-1 - shared]:
        shared += 1
    for length in range(3, shared + 1):
        if _FIRM_END.search(full[:-length]) and _FIRM_END.search(short[:-length]):
            yield length


_FIRM_END = re.compile(rf"(?:{_FIRM.pattern})$")
_DIVISION_LEAD = re.compile(r"[一-龥]{1,7}(?:省|市|区|县|旗|州|镇|乡|街道)")


def _drops_division(short: str, full: str) -> bool:
    """大观园街道总工会 for 市中区大观园街道总工会, also where the gazetteer does not tell which 市中区."""
    if not full.endswith(short) or len(short) < 5:
        return False
    lead = full[: len(full) - len(short)]
    return _DIVISION_LEAD.fullmatch(lead) is not None and _DIVISION_LEAD.match(short) is not None


_HOUSE = re.compile(
    r"(?:公司|集团)(?!有限|股份|公司|控股|总|财务公司)|(?<=.)厂(?![区务房长])|(?<=[一-龥煤])矿(?![业山务区长井])"
    r"|(?:医|学)院(?!大学)|[大中小]学(?!生)|银行"
)
_FIRM_WORD = re.compile("公司|集团")
_PART = re.compile(
    r"(?![党工团]校)(?:[一-龥\d#号（）“”]{0,16}?"
    r"(?:车间|工段|工区|班组?|科室?|处|部门?|室|中心|支?队|组|[机工车电供务]段|车务站|作业区|分公司|分厂|厂|矿|分院|护理部|项目部|项目经理部|委员会)"
    r"|(?:[一-龥]{2,14})?(?:机关|直属|基层|分)?(?:工会|党委|团委|党支部|党总支|纪委)(?:委员会|小组)?)"
)


def parents(name: str) -> list[int]:
    """How many characters the bodies have that an organization's name begins with, the outermost first.

    >>> [name[:n] for name in ("东江糖业有限公司景山糖厂压榨车间",) for n in parents(name)]
    ['东江糖业有限公司', '东江糖业有限公司景山糖厂']
    """
    if not {"、", "和", "与"}.isdisjoint(name):
        return []
    lengths = [m.end() for m in _HOUSE.finditer(name) if m.end() >= 4 and m.end() < len(name)]
    return [n for n in lengths if _PART.fullmatch(name, n) and _is_house(name, n) and not is_known(name)]


def _is_house(name: str, end: int) -> bool:
    """Whether the body that ends there is no beginning of a company's name: 西安煤矿 in 西安煤矿机械公司."""
    return name[:end].endswith(("公司", "集团")) or not {"公司", "集团"} & set(_FIRM_WORD.findall(name, end))


_INNER_HEAD = re.compile(r"[省市县区镇乡旗州局厅委院校厂直]|机关|公司|集团|街道|工会|中心|协会|学[校院]")


def _drops_middle(short: str, full: str) -> bool:
    """国家局 for 国家烟草专卖局: two characters or more at the beginning, then the head."""
    if len(short) < 3 or full[:2] != short[:2] or full[-1] != short[-1]:
        return False
    lead = 2
    while lead < len(short) - 1 and full[lead] == short[lead]:
        lead += 1
    for cut in range(2, lead + 1):
        end = short[cut:]
        middle = full[cut : len(full) - len(end)]
        if full.endswith(end) and len(middle) >= 2 and not _INNER_HEAD.search(middle):
            return subtype_of(short) is subtype_of(full)
    return False


def _is_short_company(short: str, full: str) -> bool:
    for rest in _without_place(full):
        if rest == short:
            return len(short) >= 3
        trimmed = _LEGAL.sub("", rest)
        if trimmed != rest and len(short) >= 2:
            if short in (trimmed, rest):
                return True
            mine = _LEGAL.sub("", short)
            if (
                len(mine) >= 2
                and trimmed.startswith(mine)
                and (mine != short or len(trimmed) - len(mine) <= 4)
            ):
                return True
    return False


def _without_place(full: str) -> list[str]:
    divisions, rest = gazetteer().split_prefix(full)
    found = [full]
    if divisions and len(rest) >= 2:
        found.append(rest)
    if full.startswith(("中国", "国家", "全国", "中华")) and len(full) > 4:
        found.append(re.sub(r"^(?:中华全国|中国|国家|全国)", "", full))
    return found


def repeatable(name: str, kind: EntityType) -> Iterator[str]:
    """The forms of a name to look for elsewhere in the article, the name itself first.

    Words of two characters are too short for anything but a person, and a person's name of two
    characters is looked for only behind or before what shows it: not here.
    """
    if "\n" in name:
        return
    if len(name) >= 3:
        yield name
    if kind is EntityType.PERSON and len(first := name.partition("·")[0]) >= 3 and first != name:
        yield first
    inner = name.strip('“”"')
    if inner != name and len(inner) >= 3 and not set(inner) & set('“”"'):
        yield inner
    if kind is EntityType.ORGANIZATION:
        _, rest = gazetteer().split_prefix(name)
        trimmed = _LEGAL.sub("", rest)
        if trimmed != rest and len(trimmed) >= 4:
            yield trimmed
