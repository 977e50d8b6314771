"""Sentences, paragraphs and headings."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.language.annotations import Sentence
from kg.language.structure import sentences

CUTS = [
    "会议召开。|三十人参加！|谁来办？|大家办。",
    "建会三十家；|发展会员二千人；|建驿站十九家。",
    "作品《奋斗吧！职工》获奖。|会后合影。",
    "开展“工会在哪里？我在你身边！”主题活动。",
    "他说：“我去。你留下。”|说完就走了。",
    "“要让工会转起来。”区总工会主席张小明说。|会场静了。",
    "“会费减免了。”|四月的一天，驿站开门。",
    "张小明（女，一厂焊工。现已退休）出席。",
    "他问：“那口井还淹着吗？”|没有人答得上来。",
    '"我们不是搞活动。"张小华说,下学期再来。',
    '他答:"谁会修车,就是谁的。"|大家笑了。',
    "……近年来，建制率提高。|效果很好……",
    "太好了！！！|真的？！|是的。",
    "落地,开箱.|第八十七次,零颗.|2017年立项,占1.2%.",
    "网址是 http://a.cn/?id=1;b=2 请看。",
    "一、安全第一。|二、质量第二。",
    "获“先锋号”称号。”|他说。",
]


@pytest.mark.parametrize("marked", CUTS)
def test_where_sentences_end(marked: str) -> None:
    text = marked.replace("|", "")
    assert [text[s.start : s.end] for s in sentences(text)] == marked.split("|")


ARTICLE = """【最美职工】
驿站建到厂门口
——东河区总工会服务职工侧记
本报记者 张小明 通讯员 李华
四月的东河，繁花似锦。区总工会的驿站开门了。
一、建在路边
十九家驿站分布在全区，服务职工三万人次。
“热饭、热水、热心肠”
这是职工的评价。
以下班组获奖：
甲厂焊接班
乙厂钳工班
丙厂装配班
丁厂电工班
（张小明 文/图）
东河区总工会
2024年5月6日"""


def test_headings_are_titles_and_not_credits_lists_or_signatures() -> None:
    found = [ARTICLE[s.start : s.end] for s in sentences(ARTICLE) if s.heading]
    assert found == [
        "【最美职工】",
        "驿站建到厂门口",
        "——东河区总工会服务职工侧记",
        "一、建在路边",
        "“热饭、热水、热心肠”",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "## 强化引领 凝聚力量",
        "■ 持续推进",
        "（二）建功立业",
        "第一章　总则",
        "三、维权服务",
        "**聚焦主业**",
        "停电抢修算不算加班？",
    ],
)
def test_a_marked_line_or_a_question_at_the_head_is_a_heading(line: str) -> None:
    first, second = sentences(f"{line}\n职工参加了会议，受到欢迎。")
    assert (first.heading, second.heading) == (True, False)
    assert (first.start, first.end, second.paragraph) == (0, len(line), 1)


@pytest.mark.parametrize(
    "line",
    ["现将情况总结如下：", "来源：东河日报", "记者 张小明", "2024年5月6日", "①职工在驿站休息。", "单位供图"],
)
def test_other_short_lines_are_none(line: str) -> None:
    assert not sentences(f"职工参加了会议，受到欢迎。\n{line}\n职工参加了会议，受到欢迎。")[1].heading


def test_paragraphs_are_counted_and_blanks_are_left_out() -> None:
    assert sentences("  一二三四五。  六七。\n\n　　八九十。\n") == (
        Sentence(2, 8, 0),
        Sentence(10, 13, 0),
        Sentence(17, 21, 1),
    )
    assert sentences(" \n\n") == ()


def test_a_long_quotation_is_cut_inside() -> None:
    quoted = "“" + "第一点很重要。" * 40 + "”"
    assert len(sentences(quoted)) == 40


def test_what_never_ends_is_cut_at_a_comma() -> None:
    text = "职工参加活动，" * 1_000
    found = sentences(text)
    assert all(s.end - s.start <= 1_000 and text[s.end - 1] == "，" for s in found)
    assert "".join(text[s.start : s.end] for s in found) == text


@pytest.mark.parametrize("piece", ["职工参加活动。", "“职工（参加《活动》）。”", "“", "（", "工", '"。'])
def test_a_line_of_half_a_million_characters(piece: str) -> None:
    text = piece * (500_000 // len(piece))
    begun = time.process_time()
    found = sentences(text)
    assert time.process_time() - begun < 8
    assert found[-1].end == len(text)


@given(st.text('工会，。；！？“”《》（）" \n一、#2024年.a', max_size=80))
@settings(max_examples=200, deadline=None)
def test_sentences_are_in_order_and_leave_out_only_blanks(text: str) -> None:
    found = sentences(text)
    assert all(a.end <= b.start and a.paragraph <= b.paragraph for a, b in pairwise(found))
    kept = "".join(text[s.start : s.end] for s in found)
    assert "".join(kept.split()) == "".join(text.split())
    assert all(text[s.start : s.end].strip() == text[s.start : s.end] != "" for s in found)
