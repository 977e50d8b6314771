"""Graphs for the tests of the view: every person, company, event and figure in them is invented."""

from __future__ import annotations

from random import Random
from typing import Any
from urllib.parse import quote

import networkx as nx

from kg.vocabulary import ID
from tests.hostile_strings import HOSTILE

__all__ = ["IRI", "UNION", "hostile_graph", "sample_graph"]

UNION = "青林市总工会"
IRI = f"{ID}organization/{UNION}"
"""A union that is in every sample."""

_CITIES = [
    "青林市", "临江市", "安平市", "云岭市", "海宁湾市", "长溪市", "石桥市", "东湖市", "西渡市",
    "南屏市", "北泽市", "金谷市", "白沙市", "红河口市", "平川市", "广源市", "新丰港市", "乐山岭市",
    "怀远州市", "清河湾市",
]  # fmt: skip
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = [
    "建国",
    "志强",
    "秀英",
    "海燕",
    "明",
    "磊",
    "丽",
    "文博",
    "晓东",
    "桂兰",
    "国庆",
    "玉珍",
    "俊杰",
    "思远",
    "雨桐",
    "子轩",
    "春梅",
    "永福",
    "一鸣",
    "新华",
]
_TRADES = [
    "机械", "石材", "纺织", "电力", "公交", "港务", "化工", "建材", "电子", "食品", "环卫", "造船",
    "快递", "钢铁", "医药",
]  # fmt: skip
_PROGRAMMES = [
    "求学圆梦行动", "送清凉行动", "百企提质工程", "强基工程", "产业工人队伍建设改革", "劳模助企行",
    "一线送学计划", "安康杯活动",
]  # fmt: skip
_AWARDS = [
    "五一劳动奖章", "五一劳动奖状", "工人先锋号", "劳动模范", "技术能手", "模范职工之家", "金牌工人",
    "创新能手",
]  # fmt: skip
_EVENTS = [
    "职工技能竞赛", "工会代表大会", "劳模事迹报告会", "职工运动会", "工匠论坛", "女职工书画展",
]  # fmt: skip
_MEASURES = (
    ("职工书屋", "家"),
    ("爱心驿站", "个"),
    ("慰问职工", "人次"),
    ("帮扶资金", "元"),
    ("培训职工", "人"),
    ("新建工会", "家"),
    ("签订集体合同", "份"),
)
_PREDICATES = {
    "holdsPost": ("任职于", "holds a post at"),
    "receivedAward": ("获得", "received"),
    "conferredBy": ("授予方", "conferred by"),
    "implements": ("实施", "implements"),
    "organizes": ("主办", "organizes"),
    "participatesIn": ("参加", "takes part in"),
    "issued": ("发布", "issued"),
    "subOrganizationOf": ("隶属于", "is part of"),
    "locatedIn": ("位于", "located in"),
    "operates": ("建设运营", "operates"),
    "partOf": ("属于", "part of"),
}


class _Builder:
    """Adds things and statements under one random state; the sentences quote what they state."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        self.articles: list[str] = []

    def thing(self, type_: str, label: str, subtype: str = "", aliases: tuple[str, ...] = ()) -> str:
        iri = f"{ID}{type_.lower()}/{label}"
        if iri not in self.graph:
            self.graph.add_node(
                iri, label=label, type=type_, subtype=subtype, aliases=list(aliases), figures=[], articles=[]
            )
        return iri

    def label(self, iri: str) -> str:
        return str(self.graph.nodes[iri]["label"])

    def state(
        self,
        subject: str,
        predicate: str,
        object_: str,
        *,
        status: str = "stated",
        derived: bool = False,
        **attributes: str,
    ) -> None:
        zh, en = _PREDICATES[predicate]
        article = self.random.choice(self.articles)
        first, second = self.label(subject), self.label(object_)
        lead = f"据介绍,{attributes['year']}年，" if "year" in attributes else "近年来，"
        sentence = f"{lead}{first}{zh}{second}，受到广大职工的一致好评。"
        start, end = len(lead), len(lead) + len(first) + len(zh)
        evidence = (
            []
            if derived
            else [
                {
                    "sentence": sentence,
                    "highlights": [[start, start + len(first)], [end, end + len(second)]],
                    "article": article,
                    "article_iri": f"{ID}article/{quote(article)}",
                }
            ]
        )
        self.graph.add_edge(
            subject,
            object_,
            key=predicate,
            predicate=predicate,
            label_zh=zh,
            label_en=en,
            attributes=dict(attributes),
            status=status,
            derived=derived,
            evidence=evidence,
        )
        for node in (subject, object_):
            articles = self.graph.nodes[node]["articles"]
            if article not in articles:
                articles.append(article)

    def observe(self, subject: str) -> None:
        measure, unit = self.random.choice(_MEASURES)
        value = self.random.choice((12, 305, 4_000, 38_000, 120_000_000, 0.5))
        article = self.random.choice(self.articles)
        words = f"{value:g}{unit}"
        sentence = f"截至去年底，{self.label(subject)}累计{measure}{words}。"
        at = sentence.index(words)
        self.graph.nodes[subject]["figures"].append(
            {
                "measure": measure,
                "value": value,
                "unit": unit,
                "modifier": self.random.choice(("累计", "近", "")),
                "period": self.random.choice(("截至2024年底", "近五年", "2023年以来", "")),
                "sentence": sentence,
                "article": article,
                "highlights": [[at, at + len(words)]],
            }
        )

    def person(self) -> str:
        name = (
            self.random.choice(_SURNAMES)
            + self.random.choice(_GIVEN)
            + self.random.choice(("", "", "宇", "安"))
        )
        return self.thing("Person", name)

    def city(self, city: str, size: int, council: str) -> None:
        """About ``size`` things around the union of one city."""
        random = self.random
        self.articles = [f"{city}总工会：服务职工{n}件实事" for n in ("十", "百")]
        goal = len(self.graph) + size
        place = self.thing("Place", city)
        union = self.thing(
            "Organization", f"{city}总工会", "TradeUnion", ("市总工会", f"{city[:-1]}工会", "市总")
        )
        office = self.thing("Organization", f"{city}人力资源和社会保障局", "GovernmentBody", ("市人社局",))
        self.state(union, "subOrganizationOf", council, derived=random.random() < 0.5)
        self.state(union, "locatedIn", place)
        for _ in range(1 + size // 20):
            self.observe(union)
        while len(self.graph) < goal:
            self._one(random.random(), city, union, office, place)

    def _one(self, dice: float, city: str, union: str, office: str, place: str) -> None:
        random = self.random
        year = str(random.randint(2014, 2025))
        serial = random.randint(1, 900)
        if dice < 0.25:
            trade = random.choice(_TRADES)
            company = self.thing(
                "Organization", f"{city[:-1]}{trade}{serial}有限公司", "Company", (f"{trade}公司",)
            )
            self.state(company, "locatedIn", place)
            worker = self.person()
            self.state(
                worker, "holdsPost", company, post=random.choice(("总经理", "工会主席", "班组长", "车间主任"))
            )
            award = self.thing("Award", f"{city}{random.choice(_AWARDS)}", "", ("市级荣誉",))
            self.state(random.choice((worker, company)), "receivedAward", award, year=year, rank="第一名")
            self.state(award, "conferredBy", random.choice((union, office)))
            if random.random() < 0.3:
                self.observe(company)
        elif dice < 0.4:
            programme = self.thing("Programme", f"{city[:2]}{random.choice(_PROGRAMMES)}")
            self.state(union, "implements", programme)
            parent = self.thing("Programme", random.choice(_PROGRAMMES))
            self.state(programme, "partOf", parent, derived=True)
        elif dice < 0.6:
            event = self.thing("Event", f"{year}年{city}{random.choice(_TRADES)}{random.choice(_EVENTS)}")
            self.state(union, "organizes", event, status="planned" if year == "2025" else "stated", year=year)
            for _ in range(random.randint(1, 3)):
                self.state(self.person(), "participatesIn", event, role="选手", year=year)
        elif dice < 0.75:
            facility = self.thing("Facility", f"{city}{random.choice(_TRADES)}劳模创新工作室{serial}")
            self.state(union, "operates", facility, status="former" if serial % 7 == 0 else "stated")
        elif dice < 0.85:
            document = self.thing(
                "Document", f"《{city}总工会关于推动{random.choice(_TRADES)}行业职工队伍建设的若干措施》"
            )
            self.state(union, "issued", document, year=year)
        elif dice < 0.92:
            self.thing("Programme", f"{random.choice(_TRADES)}暖心品牌{serial}")
        else:
            self.state(
                self.person(), "holdsPost", union, post=random.choice(("主席", "副主席", "部长", "干事"))
            )


def sample_graph(nodes: int = 90, *, seed: int = 1) -> nx.MultiDiGraph[str]:
    """A graph of about ``nodes`` things: cities under one provincial union, as articles tell of them."""
    builder = _Builder(Random(seed))
    builder.articles = ["全省工会工作综述"]
    council = builder.thing("Organization", "南江省总工会", "TradeUnion", ("省总工会", "省总"))
    number = max(2, round(nodes / 95))
    for n in range(number):
        city = _CITIES[n % len(_CITIES)]
        if n >= len(_CITIES):
            city = f"{_CITIES[n // len(_CITIES) % len(_CITIES)][:2]}{city}"
        builder.city(city, (nodes - len(builder.graph)) // (number - n), council)
    return builder.graph


def hostile_graph() -> nx.MultiDiGraph[str]:
    """Every hostile string as a name, alias, subtype, figure, attribute, label, quote and article title."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    types = ("Organization", "Person", "Award", "Event", "Place", "Document", "Facility", "Programme")
    previous = ""
    for number, text in enumerate(HOSTILE):
        evidence: dict[str, Any] = {
            "sentence": f"前{text}后",
            "highlights": [[1, 1 + len(text)]],
            "article": text,
            "article_iri": text,
        }
        figure = {
            "measure": text,
            "value": number,
            "unit": text,
            "modifier": text,
            "period": text,
            **evidence,
        }
        iri = f"{ID}{number}/{text}"
        graph.add_node(
            iri,
            label=text,
            type=text if number % 3 == 0 else types[number % 8],
            subtype=text,
            aliases=[text],
            figures=[figure],
            articles=[text],
        )
        if previous:
            graph.add_edge(
                previous,
                iri,
                key=text,
                predicate=text,
                label_zh=text,
                label_en=text,
                attributes={text: text},
                status="stated",
                derived=False,
                evidence=[evidence],
            )
        previous = iri
    return graph
