"""Extractions made by hand: two short articles about bodies, people and events that do not exist."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Metadata, Observation, Span
from kg.vocabulary import DOCUMENT, EntityType, Predicate, Subtype

TITLE = "青禾市总工会服务职工见实效"
# the source has a line broken inside a sentence and a stray space; the text has neither
SOURCE = (
    "青禾市总工会服务职工见实效\n"
    "记者 周晓岚\n"
    "2024年,青禾市总工会深入实施求学圆梦行动,累计建成职工书屋305家,\n服务职工近4万人次。\n"
    "青禾机械有限公司工会主席陆 远舟2023年获全国五一劳动奖章,该奖章由中华全国总工会颁发。\n"
    "市总工会主办的青禾市职工技能竞赛中,陆远舟作为评委参加,公司班组长何静获得第一名。\n"
    "市总工会印发《青禾市职工之家建设办法》,并运营青禾市工人文化宫。青禾市总工会隶属于云岭省总工会。\n"
    "下一步,市总工会拟表彰何静为青禾工匠。带动消费超8000万元。\n"
)
OTHER_TITLE = "云岭省总工会调研青禾市"
OTHER = (
    "云岭省总工会调研青禾市\n"
    "云岭省总工会调研组了解到,青禾市总工会累计建成职工书屋280家。\n"
    "曾任青禾机械有限公司工会主席的陆远舟介绍了情况。青禾市总工会实施求学圆梦行动。\n"
)


def document(source: str, path: str, name: str) -> Document:
    """A document whose text lacks the stray characters of the source: a break after a comma, a space."""
    kept = [
        i
        for i, c in enumerate(source)
        if not (c == "\n" and source[i - 1] == ",") and not (c == " " and source[i - 1] == "陆")
    ]
    text = "".join(source[i] for i in kept)
    offsets = range(len(source)) if text == source else tuple(kept)
    metadata = Metadata(title=None, published="2024-12-30")
    return Document(name, path, source, text, offsets, metadata=metadata)


class Builder:
    """Cuts mentions and evidence out of a text by their words."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def mentions(self, *forms: str) -> tuple[Mention, ...]:
        text, found, taken = self.document.text, [], set[int]()
        for form in sorted(forms, key=len, reverse=True):
            start = text.find(form)
            while start >= 0:
                if not taken & set(range(start, start + len(form))):
                    taken |= set(range(start, start + len(form)))
                    span = self.document.to_source(start, start + len(form))
                    found.append(Mention(span, form, "lexicon:test"))
                start = text.find(form, start + 1)
        return tuple(sorted(found, key=lambda m: m.span))

    def entity(
        self, kind: EntityType, name: str, *aliases: str, subtype: Subtype | None = None, key: str = ""
    ) -> Entity:
        mentions = self.mentions(name, *aliases)
        return Entity(key or f"{kind}/{name}", kind, name, subtype, aliases, mentions)

    def evidence(self, sentence: str, *words: str) -> Evidence:
        text = self.document.text
        start = text.index(sentence)
        stop = min((i for i in (text.find(mark, start) for mark in "。\n") if i >= 0), default=len(text))
        stop += text[stop : stop + 1] == "。"
        spans = [text.index(word, start) for word in words]
        return Evidence(
            self.document.to_source(start, stop),
            text[start:stop],
            tuple(self.document.to_source(at, at + len(word)) for at, word in zip(spans, words, strict=True)),
        )


def first(path: str = "one.txt") -> Extraction:
    """The first article, with every predicate but ``partOf`` and ``locatedIn``."""
    doc = document(SOURCE, path, "aaaa000000000001")
    b = Builder(doc)
    union = Subtype.TRADE_UNION
    org, person, award = EntityType.ORGANIZATION, EntityType.PERSON, EntityType.AWARD
    entities = (
        b.entity(org, "青禾市总工会", "市总工会", subtype=union),
        b.entity(org, "中华全国总工会", subtype=union),
        b.entity(org, "云岭省总工会", subtype=union),
        b.entity(org, "青禾机械有限公司", "公司", subtype=Subtype.COMPANY),
        b.entity(person, "陆远舟"),
        b.entity(person, "何静"),
        b.entity(person, "周晓岚"),
        b.entity(award, "全国五一劳动奖章"),
        b.entity(award, "青禾工匠"),
        b.entity(EntityType.PROGRAMME, "求学圆梦行动"),
        b.entity(EntityType.EVENT, "青禾市职工技能竞赛"),
        b.entity(EntityType.DOCUMENT, "《青禾市职工之家建设办法》"),
        b.entity(EntityType.FACILITY, "青禾市工人文化宫"),
    )
    union_key, firm, lu, he = (
        "Organization/青禾市总工会",
        "Organization/青禾机械有限公司",
        "Person/陆远舟",
        "Person/何静",
    )
    medal, contest = "Award/全国五一劳动奖章", "Event/青禾市职工技能竞赛"
    works = b.evidence("2024年,青禾市总工会", "青禾市总工会", "求学圆梦行动")
    career = b.evidence("青禾机械有限公司工会主席", "陆远舟", "全国五一劳动奖章")
    match = b.evidence("市总工会主办", "陆远舟", "评委")
    papers = b.evidence("市总工会印发", "市总工会", "《青禾市职工之家建设办法》")
    under = b.evidence("青禾市总工会隶属于", "隶属于")
    plan = b.evidence("下一步", "何静", "青禾工匠")
    byline = b.evidence("记者 周晓岚", "周晓岚")

    def fact(p: Predicate, s: str, o: str, evidence: Evidence, **attributes: str) -> Fact:
        return Fact(p, s, o, evidence, f"relation:{p}", tuple(sorted(attributes.items())))

    facts = (
        fact(Predicate.IMPLEMENTS, union_key, "Programme/求学圆梦行动", works),
        fact(Predicate.HOLDS_POST, lu, firm, career, post="工会主席"),
        fact(Predicate.HOLDS_POST, he, firm, match, post="班组长"),
        fact(Predicate.RECEIVED_AWARD, lu, medal, career, year="2023"),
        fact(Predicate.CONFERRED_BY, medal, "Organization/中华全国总工会", career),
        fact(Predicate.ORGANIZES, union_key, contest, match, role="主办"),
        fact(Predicate.PARTICIPATES_IN, lu, contest, match, role="评委"),
        fact(Predicate.PARTICIPATES_IN, he, contest, match, rank="第一名"),
        fact(Predicate.ISSUED, union_key, "Document/《青禾市职工之家建设办法》", papers),
        fact(Predicate.OPERATES, union_key, "Facility/青禾市工人文化宫", papers),
        fact(Predicate.SUB_ORGANIZATION_OF, union_key, "Organization/云岭省总工会", under),
        fact(Predicate.RECEIVED_AWARD, he, "Award/青禾工匠", plan, status="planned"),
        fact(Predicate.WROTE_FOR, "Person/周晓岚", DOCUMENT, byline, role="记者"),
    )
    spent = b.evidence("带动消费", "超8000万元")
    rule = "quantity:test"
    observations = (
        Observation(union_key, "职工书屋", 305, "家", works, rule, "累计", "2024年"),
        Observation(union_key, "服务职工", 40000, "人次", works, rule, "近", "2024年"),
        Observation("", "带动消费", 80000000, "元", spent, rule, "超"),
    )
    return Extraction(
        doc, entities, facts, observations, title=TITLE, publisher="青禾工人报", published="2024-12-30"
    )


def second(path: str = "two.txt") -> Extraction:
    """The second article: a figure that contradicts the first, a former post, and one statement again."""
    doc = document(OTHER, path, "bbbb000000000002")
    b = Builder(doc)
    org = EntityType.ORGANIZATION
    entities = (
        b.entity(org, "青禾市总工会", subtype=Subtype.TRADE_UNION),
        b.entity(org, "云岭省总工会", subtype=Subtype.TRADE_UNION),
        b.entity(org, "青禾机械有限公司", subtype=Subtype.COMPANY),
        b.entity(EntityType.PERSON, "陆远舟"),
        b.entity(EntityType.PROGRAMME, "求学圆梦行动"),
        b.entity(EntityType.PLACE, "青禾市"),
    )
    union_key = "Organization/青禾市总工会"
    told = b.evidence("云岭省总工会调研组", "280家")
    former = b.evidence("曾任", "陆远舟")
    again = b.evidence("青禾市总工会实施", "青禾市总工会")
    facts = (
        Fact(
            Predicate.HOLDS_POST,
            "Person/陆远舟",
            "Organization/青禾机械有限公司",
            former,
            "relation:holdsPost",
            (("post", "工会主席"), ("status", "former")),
        ),
        Fact(Predicate.IMPLEMENTS, union_key, "Programme/求学圆梦行动", again, "relation:implements"),
        Fact(Predicate.LOCATED_IN, union_key, "Place/青禾市", told, "relation:locatedIn"),
    )
    observations = (Observation(union_key, "职工书屋", 280, "家", told, "quantity:test", "累计", "2024年"),)
    return Extraction(doc, entities, facts, observations, title=OTHER_TITLE, published="2025-01")


def large(articles: int, *, entities: int = 90, facts: int = 60, figures: int = 60) -> Iterable[Extraction]:
    """Articles of the size of a long one, of invented things, half of which all articles share."""
    for number in range(articles):
        yield _long(number, entities, facts, figures)


def _long(number: int, entities: int, facts: int, figures: int) -> Extraction:
    names = [f"第{n}区总工会" if n < entities // 2 else f"第{number}市第{n}区总工会" for n in range(entities)]
    lines = [
        f"{names[n % entities]}与{names[(n + 1) % entities]}实施第{n}号行动,建成书屋{n + 1}家。"
        for n in range(facts)
    ]
    text = "\n".join(lines)
    doc = Document(f"{number:016x}", f"{number}.txt", text, text, range(len(text)))
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    spoken: dict[int, list[Mention]] = {}
    evidence = []
    for n, line in enumerate(lines):
        evidence.append(Evidence(Span(starts[n], starts[n] + len(line)), line))
        for which in (n % entities, (n + 1) % entities):
            at = starts[n] + line.index(names[which])
            spoken.setdefault(which, []).append(
                Mention(Span(at, at + len(names[which])), names[which], "crf")
            )
    found = tuple(
        Entity(f"o{n}", EntityType.ORGANIZATION, name, Subtype.TRADE_UNION, (), tuple(spoken.get(n, ())))
        for n, name in enumerate(names)
    )
    claims = tuple(
        Fact(
            Predicate.SUB_ORGANIZATION_OF,
            f"o{n % entities}",
            f"o{(n + 1) % entities}",
            evidence[n],
            "rule:long",
        )
        for n in range(facts)
    )
    numbers = tuple(
        Observation(f"o{n % entities}", "书屋", n + 1, "家", evidence[n % facts], "rule:number", "累计")
        for n in range(figures)
    )
    return Extraction(doc, found, claims, numbers, title=f"第{number}篇")


def moved(extraction: Extraction, path: str) -> Extraction:
    """The same article under another path."""
    return replace(extraction, document=replace(extraction.document, path=path))
