"""Title, makers, publisher and date, where articles have them."""

from __future__ import annotations

import pytest

from kg.language.masthead import find_masthead
from kg.model import Metadata
from kg.reading import read_text
from tests.conftest import SEEDS, corpus_article

BODY = "\n四月的东河，繁花似锦。区总工会的驿站开门了，记者从区总工会获悉，全区已建成十九家。\n"

TITLES = {
    "驿站建到厂门口": "驿站建到厂门口",
    "# 驿站建到厂门口": "驿站建到厂门口",
    "东河区总工会：\n驿站建到厂门口 服务送到车间里": "驿站建到厂门口 服务送到车间里",
    "东河区总工会\n\n驿站建到厂门口": "驿站建到厂门口",
    "首页 > 工会要闻\n驿站建到厂门口\n发布时间：2024-05-06": "驿站建到厂门口",
    "A03 专版 2024年9月24日 星期二\n编辑：张小明\n驿站建到厂门口": "驿站建到厂门口",
    "【最美职工】\n驿站建到厂门口": "驿站建到厂门口",
    "口述·我的奖章\n从山里到车间，我走了十年": "从山里到车间，我走了十年",
    "驿站建到厂门口\n——东河区总工会五年工作巡礼": "驿站建到厂门口——东河区总工会五年工作巡礼",
    "草原上的护士\n——记全国劳动模范张小明": "草原上的护士",
    "草原上的护士 ——记全国劳动模范张小明": "草原上的护士",
    "东河区总工会\n2023年工作总结和2024年工作安排": "东河区总工会2023年工作总结和2024年工作安排",
    "东河区总工会文件\n东工发〔2024〕3号\n关于表彰先进集体的通知": "关于表彰先进集体的通知",
    "（肩题）高温下的一天\n（主题）七处田头问凉茶": "七处田头问凉茶",
    "停电抢修，算不算加班？": "停电抢修，算不算加班？",
    "■东河日报评论员\n把名字念全": "把名字念全",
    "山里有个“看星星”的班组\n东河镇总工会 李小明": "山里有个“看星星”的班组",
    "工 运 简 讯（三则）": "工运简讯（三则）",
}


@pytest.mark.parametrize(("head", "title"), TITLES.items(), ids=list(TITLES.values()))
def test_the_title(head: str, title: str) -> None:
    text = read_text(head + "\n" + BODY).text
    found = find_masthead(text, Metadata())
    assert found.title == title
    assert found.title_span is not None
    assert text[slice(*found.title_span)].replace("\n", "") == title


def test_no_title_is_made_up() -> None:
    assert find_masthead(BODY).title is None
    assert find_masthead(BODY).title_span is None


def test_the_title_that_the_file_knows() -> None:
    text = f"驿站“建到”厂门口\n另一行字{BODY}"
    found = find_masthead("另一行字\n" + text, Metadata(title='驿站"建到"厂门口'))
    assert (found.title, found.title_span) == ("驿站“建到”厂门口", (5, 14))
    assert find_masthead(BODY, Metadata(title="驿站")).title == "驿站"
    assert find_masthead(text, Metadata(title="文档1")).title == "驿站“建到”厂门口"


MAKERS = {
    "本报记者 张小明 通讯员 李 华 王 刚": "张小明 记者|李华 通讯员|王刚 通讯员",
    "■全媒体记者许小英 通讯员清工宣": "许小英 记者|清工宣 通讯员",
    "责任编辑:黄小瑜 组版编辑:张小清 校对:张苑": "黄小瑜 责任编辑|张小清 组版编辑|张苑 校对",
    "编辑：孔小祥 美编：房甜甜 校对：老魏": "孔小祥 编辑|房甜甜 美编|老魏 校对",
    "克州工会融媒记者 祖丽胡玛尔·艾尔肯 文/图": "祖丽胡玛尔·艾尔肯 记者",
    "口述：岳小锐（景颇族，云南省五一劳动奖章获得者）\n整理：方小泽": "岳小锐 口述|方小泽 整理",
    "文/谭小宗　图/伍小明": "谭小宗 作者|伍小明 摄影",
    "文/图 特约记者 植小岚": "植小岚 特约记者",
    "发布时间：2025-01-16 来源：东河日报 作者：李小红 浏览:213次": "李小红 作者",
    "东河日报社　游小樟": "游小樟 作者",
    "见习记者　全佳慧 实习生　岑小轩": "全佳慧 见习记者|岑小轩 实习生",
}


@pytest.mark.parametrize(("head", "makers"), MAKERS.items(), ids=list(MAKERS))
def test_makers_at_the_head(head: str, makers: str) -> None:
    check(f"驿站建到厂门口\n{head}\n{BODY}", makers)


def check(source: str, makers: str) -> None:
    text = read_text(source).text
    found = find_masthead(text).bylines
    assert "|".join(f"{b.text} {b.role}" for b in found) == makers
    assert all(text[b.start : b.end] == b.text for b in found)


TAILS = {
    "（汤小群）": "汤小群 作者",
    "（通讯员 斯琴高娃 特约记者 高 原）": "斯琴高娃 通讯员|高原 特约记者",
    "(李小红 文/图)": "李小红 作者",
    "(东河区民政局办公室 代小礼 聂鹏)": "代小礼 作者|聂鹏 作者",
    "（东河区融媒体中心　杨笑　摄影：林小润）": "杨笑 作者|林小润 摄影",
    "（撰稿：钟瑞　审稿：招小聪主席）": "钟瑞 撰稿|招小聪 审稿",
    "（县总工会办公室尼玛次仁整理，未经本人审阅。）": "尼玛次仁 整理",
    "(解答整理：县总工会维权干事许小婷)": "许小婷 解答整理",
    "（平罗县总工会 尹小花 2006年4月28日）": "尹小花 作者",
    "([责任编辑 关博] [网络编辑 米小满])": "关博 责任编辑|米小满 网络编辑",
    "编辑｜阿敏 来源｜东河工会": "阿敏 编辑",
    "▲职工在比赛。通讯员 满意 摄": "满意 摄影|满意 通讯员",
    "（本版图片除署名外由邹城市总工会提供）": "",
    "（作者单位：东河林业工会）": "",
    "（联系人：县总工会　黄湘）": "",
    "（数据截至2024年12月31日）": "",
    "东河区总工会\n2024年5月6日": "",
}


@pytest.mark.parametrize(("tail", "makers"), TAILS.items(), ids=list(TAILS))
def test_makers_at_the_end(tail: str, makers: str) -> None:
    check(f"驿站建到厂门口{BODY}{tail}", makers)


INSIDE = {
    "本报讯（记者 王小明 通讯员 李华）四月一日，会议召开，受到欢迎。": "王小明 记者|李华 通讯员",
    "新华网北京4月28日电（记者陈小厚、董峻）大会今天召开，三千人出席。": "陈小厚 记者|董峻 记者",
    "本报讯　记者曾小溪报道：四月一日，老人捐出日记，一共三十四本。": "曾小溪 记者",
    "会后，大家合影，说明年再来。（新区总工会 安静）\n又讯，驿站开门，受到欢迎。": "安静 作者",
    "区总工会主席对记者说，驿站十九家。记者看到，门前有水。“这也叫助力？”记者问。": "",
    "选举张小明（女，彝族）为主席，李华（兼）为副主席，会议圆满成功。": "",
    "竞赛分三项。文字编辑组要改稿，摄影组要拍照，责任编辑由老师担任。": "",
    "第一名获奖（张小明、李华）。第二名空缺，第三名二人。会后合影留念。": "",
}


@pytest.mark.parametrize(("body", "makers"), INSIDE.items(), ids=[body[:12] for body in INSIDE])
def test_makers_inside_the_text(body: str, makers: str) -> None:
    check(f"驿站建到厂门口\n\n{body}\n\n会议还研究了其他事项，一致通过了决定。\n明年再会。", makers)


PUBLISHERS = {
    "驿站\n来源：东河日报  作者：李华" + BODY: "东河日报",
    "驿站" + BODY + "（东方烟草报）": "东方烟草报",
    "驿站" + BODY + "（《株洲工人报》2024年4月30日）": "株洲工人报",
    "驿站" + BODY + "（本文原载于2024年第7期《云岭工运》，有删节）": "云岭工运",
    "驿站" + BODY + "（原载唐山劳动日报1994年5月）": "唐山劳动日报",
    "驿站\n新华网北京4月28日电（记者陈小厚）大会召开，三千人出席，会期两天，一致通过决定。": "新华网",
    "驿站\n天山网讯 3月22日，大会在门诊楼召开，三百名代表参加，会期两天，一致通过决定。": "天山网",
    "驿站\n本报讯（记者陈小厚）大会召开，三千人出席，会期两天，一致通过决定，受到欢迎。": None,
    "驿站" + BODY: None,
}


@pytest.mark.parametrize(("text", "publisher"), PUBLISHERS.items(), ids=[str(p) for p in PUBLISHERS.values()])
def test_the_publisher(text: str, publisher: str | None) -> None:
    assert find_masthead(text).publisher == publisher


DATES = {
    "驿站\n发布时间：2025-01-16 11:42  来源：东河日报" + BODY: "2025-01-16",
    "驿站\n时间：2025/1/6 来源：东河日报 点击：30" + BODY: "2025-01-06",
    "A03 专版 2024年9月24日 星期二\n驿站" + BODY: "2024-09-24",
    "驿站\n工会小微 2024-11-29 18:30 浙江" + BODY: "2024-11-29",
    "驿站" + BODY + "东河区总工会\n2023年12月29日": "2023-12-29",
    "驿站" + BODY + "东河区总工会办公室\n二〇二四年十月": "2024-10",
    "驿站" + BODY + "东河区总工会　2024年12月9日": "2024-12-09",
    "驿站" + BODY + "（《株洲工人报》2024年4月30日）": "2024-04-30",
    "驿站" + BODY + "（陵县总工会 石磊 一九九二年十一月二十四日）": "1992-11-24",
    "驿站\n新华社北京2015年4月28日电（记者陈小厚）大会召开，三千人出席，会期两天，通过决定。": "2015-04-28",
    "会议纪要\n时间：2024年6月21日上午9:00\n地点：会议室" + BODY: None,
    "驿站" + BODY + "（数据截至2024年12月31日）": None,
    "驿站" + BODY + "（本文原载于2024年第7期《云岭工运》）": None,
    "驿站" + BODY: None,
}


@pytest.mark.parametrize(("text", "published"), DATES.items(), ids=range(len(DATES)))
def test_the_date(text: str, published: str | None) -> None:
    assert find_masthead(text).published == published


def test_what_the_text_does_not_say_comes_from_the_file() -> None:
    known = Metadata(title="驿站", publisher="东河日报", published="2024-05-06")
    found = find_masthead(BODY, known)
    assert (found.title, found.publisher, found.published) == ("驿站", "东河日报", "2024-05-06")


def test_the_seed_articles() -> None:
    first, second = (
        find_masthead(read_text(path.read_text(encoding="utf-8")).text)
        for path in sorted(SEEDS.glob("*.txt"))
    )
    assert first.title == "叫响做优“工”品牌 奏响发展最强音"
    assert [(b.text, b.role) for b in first.bylines] == [("徐亚辉", "记者"), ("云工宣", "通讯员")]
    assert second.title == "聚焦主责主业 回应职工关切 服务发展大局"
    assert [(b.text, b.role) for b in second.bylines] == [
        ("黄瑜", "责任编辑"),
        ("张珂清", "组版编辑"),
        ("张苑", "校对"),
        ("许接英", "记者"),
        ("清远工", "通讯员"),
    ]


@pytest.mark.parametrize(
    ("name", "makers"),
    [
        ("b2-13", "尧雪梅 特约记者|夏康 通讯员"),
        ("b4-03", "幸福来 记者|许蓓 通讯员"),
        ("b5-20", "涂静宜 记者|欧灿辉 通讯员|清新工 通讯员|曾曼 责编|何有勇 校对|涂静宜 美编"),
        ("b9-20", "李春芽 作者|阿牛木加 作者"),
        ("b11-25", "卫莹莹 作者|汤可 摄影|费忠明 审核"),
    ],
)
def test_training_articles(name: str, makers: str) -> None:
    """Invented articles of five kinds."""
    check(corpus_article(name), makers)


@pytest.mark.parametrize(
    "text", ["", " \n", "：", "（", "记者", "本报记者 张小明", "（张小明）", "# ", "\n\n。"]
)
def test_odd_texts_have_a_masthead_too(text: str) -> None:
    assert find_masthead(text).published is None
