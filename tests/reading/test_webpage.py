"""Html pages: the article comes out, the site stays away."""

from __future__ import annotations

import time

import pytest

from kg.errors import ReadingError
from kg.reading import read_bytes

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}">
<title>驿站建到厂门口_工会要闻_东河区总工会</title>
<meta name="PubDate" content="2024-05-06 09:30"><meta name="ContentSource" content="东河日报">
<meta name="author" content="张小明、李华"><style>p {{color: red}}</style>
<script>document.write("<p>脚本</p>")</script></head>
<body><header><a href="/">首页</a></header><nav><ul><li>领导</li><li>机构</li></ul></nav>
<div class="crumb">当前位置：<a>首页</a>&gt;<a>要闻</a></div>
<h1>驿站建到厂门口</h1>
<div class="info">来源：东河日报　发布时间：2024-05-06</div>
<div id="content"><p>东河区总工会&nbsp;今年建成<b>驿站</b>19家，
服务职工。<p>第二段说&ldquo;很好&rdquo;。<br>第三行。</p>
<table><tr><td>镇</td><td>家</td></tr><tr><td>甲镇</td><td>3</td></tr></table>
<p style="display:none">看不见</p></div>
<div class="share-box"><a>微信</a><a>微博</a></div>
<ul><li><a>相关新闻一</a></li><li><a>相关新闻二</a></li><li><a>相关新闻三</a></li></ul>
<footer>版权所有</footer></body></html>"""

TEXT = """首页

驿站建到厂门口

来源：东河日报　发布时间：2024-05-06
东河区总工会\u00a0今年建成驿站19家， 服务职工。
第二段说“很好”。
第三行。
镇\t家
甲镇\t3"""


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gbk"])
def test_the_article_and_what_the_page_says_of_itself(charset: str) -> None:
    document = read_bytes(PAGE.format(charset=charset).encode(charset), path="a.html")
    assert document.source == TEXT
    assert document.text.splitlines()[5] == "东河区总工会今年建成驿站19家，服务职工。"
    assert document.metadata.title == "驿站建到厂门口"
    assert document.metadata.publisher == "东河日报"
    assert document.metadata.published == "2024-05-06"
    assert document.metadata.authors == ("张小明", "李华")


def read(page: str) -> str:
    return read_bytes(page.encode(), path="a.html").source


def test_the_title_without_the_site() -> None:
    head = "<title>{}</title><p>正文在此。</p>"
    for whole in ("职工之家-东河区总工会", "职工之家 | 工会网", "职工之家——东河工会", "职工之家_要闻"):
        assert read_bytes(head.format(whole).encode(), path="a.html").metadata.title == "职工之家"
    og = (
        '<meta property="og:title" content="甲">'
        '<meta property="article:published_time" content="2024-05-06T08:00:00Z">'
    )
    metadata = read_bytes((og + head.format("乙")).encode(), path="a.html").metadata
    assert (metadata.title, metadata.published) == ("甲", "2024-05-06")


def test_a_block_that_is_named_as_furniture_but_holds_the_article_stays() -> None:
    article = "东河区总工会召开会议。" * 40
    assert article in read(f'<div class="page-sidebar"><p>{article}</p></div>')


def test_lists_in_the_article_stay() -> None:
    assert read("<ul><li>张小明</li><li>李华</li><li>王刚</li></ul><p>以上三人获奖。</p>") == (
        "张小明\n李华\n王刚\n以上三人获奖。"
    )


def test_broken_markup_is_forgiven() -> None:
    assert read("<p>一<p>二<div>三</p></div><b>四</i>五</b><td>六") == "一\n二\n三\n四五\t六"
    assert read("<pre>一\n二</pre><unknown>三</unknown><img alt=x>四") == "一\n二\n三四"


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(ReadingError, match="there is no text in the page"):
        read("<html><head><title>空</title></head><body><script>1</script></body></html>")


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 10_000 + "字",
        "<" * 10_000 + "字",
        "<p" * 10_000 + ">字",
        "</div>" * 10_000 + "字",
        "&#" * 10_000 + "字",
    ],
)
def test_hostile_markup_ends(hostile: str) -> None:
    begun = time.process_time()
    assert "字" in read(hostile)
    assert time.process_time() - begun < 5
