"""Names to ask about: real cities and public bodies, invented people, companies and articles."""

from __future__ import annotations

from dataclasses import dataclass

from kg.asking import Index
from kg.vocabulary import EntityType, Subtype, entity_iri


@dataclass(frozen=True)
class Thing:
    """What an index must know of a thing."""

    iri: str
    label: str
    type: str
    subtype: str = ""
    aliases: tuple[str, ...] = ()


def thing(kind: EntityType, label: str, *aliases: str, subtype: str = "", apart: str | None = None) -> Thing:
    return Thing(entity_iri(kind, label, apart), label, kind, subtype, aliases)


def index() -> Index:
    """An index of a small world."""
    org, person, award = EntityType.ORGANIZATION, EntityType.PERSON, EntityType.AWARD
    union = Subtype.TRADE_UNION
    things = [
        thing(org, "中华全国总工会", "全总", "全国总工会", subtype=union),
        thing(org, "广东省总工会", "省总", "省总工会", subtype=union),
        thing(org, "云浮市总工会", "市总工会", subtype=union),
        thing(org, "清远市总工会", "市总工会", subtype=union),
        thing(org, "云浮市新兴县总工会", subtype=union),
        thing(org, "云浮青禾机械有限公司", "青禾机械", "公司", subtype=Subtype.COMPANY),
        thing(org, "云浮青禾机械有限公司工会", subtype=union),
        thing(org, "清远海澜纺织有限公司", subtype=Subtype.COMPANY),
        thing(org, "清远海澜大酒店有限公司", subtype=Subtype.COMPANY),
        thing(person, "陆远舟"),
        thing(person, "何静"),
        thing(person, "王勇", apart="云浮市总工会"),
        thing(person, "王勇", apart="清远海澜纺织有限公司"),
        thing(award, "全国五一劳动奖章"),
        thing(award, "广东省五一劳动奖章", "省五一劳动奖章"),
        thing(award, "云浮市劳动模范"),
        thing(award, "金点子王"),
        thing(EntityType.PROGRAMME, "求学圆梦行动", "求学圆梦"),
        thing(EntityType.PROGRAMME, "产业工人队伍建设改革", "产改"),
        thing(EntityType.PROGRAMME, "劳模工匠助企行"),
        thing(EntityType.PROGRAMME, "中国梦·劳动美"),
        thing(EntityType.EVENT, "云浮市职工技能竞赛"),
        thing(EntityType.EVENT, "广东省工会第十五次代表大会"),
        thing(EntityType.PLACE, "云浮市", "云浮"),
        thing(EntityType.DOCUMENT, "《云浮市职工之家建设办法(试行)》"),
        thing(EntityType.FACILITY, "云浮市工人文化宫"),
        thing(EntityType.FACILITY, "粤工惠平台"),
    ]
    articles = [
        ("云浮市总工会：叫响“工”字品牌 服务职工", "https://w3id.org/union-kg/id/article/a"),
        ("何静：焊花里的青春", "https://w3id.org/union-kg/id/article/b"),
    ]
    measures = [
        "新发展工会会员",
        "户外劳动者工会爱心驿站",
        "职工书屋",
        "服务职工",
        "推荐评选各级劳动模范",
        "基层工会",
        "互助保障金额",
    ]
    return Index(things, articles, measures, ["工会主席", "党组书记、主席", "班组长"])
