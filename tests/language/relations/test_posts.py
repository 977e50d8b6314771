"""Posts by grammar and by a recogniser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.language.annotations import Post, Reading
from kg.language.posts import find_posts, is_post, post_kind


@pytest.mark.parametrize(
    ("marked_text", "posts"),
    [
        ("<o>云城市总工会</o>党组书记、常务副主席<p>李晓文</p>", ["党组书记", "常务副主席"]),
        ("<o>云城市总工会</o>经济工作部部长<p>李晓文</p>", ["经济工作部部长"]),
        ("<o>云城市总工会</o>的权益保障部部长<p>李晓文</p>", ["权益保障部部长"]),
        ("原工会副主席<p>李晓文</p>", ["工会副主席"]),
        ("<o/Company>云城纱厂</o>制造线技师兼高级班长", ["制造线技师", "高级班长"]),
        ("<o/PartyOrganization>云城市委党组</o>书记", ["书记"]),
        ("他到厂里当季节工，后来做了一名挡车工。", ["季节工", "挡车工"]),
        ("钳工班长<p>王石</p>、总经理助理<p>罗成</p>", ["钳工班长", "总经理助理"]),
        ("委员会、代表大会、主席台和律师事务所里没有人。", []),
        ("总工会工作者参加民主管理。", []),
    ],
)
def test_posts_by_grammar(marked_text: str, posts: list[str], marked: Callable[[str], Reading]) -> None:
    reading = marked(marked_text)
    found = find_posts(reading.text, [n for n, _ in reading.mentions])
    assert [p.text for p in found] == posts
    assert all(reading.text[p.start : p.end] == p.text for p in found)


def test_the_longer_of_two_is_kept() -> None:
    text = "首席焊接技师张三"
    seen = Post(0, 6, "首席焊接技师", "crf")
    assert find_posts(text, (), [seen]) == [seen]


def test_what_is_nothing_but_a_post() -> None:
    assert is_post("副主席")
    assert not is_post("副主席台")
    assert not is_post("主席、书记")


@pytest.mark.parametrize(
    ("post", "kind"), [("党组书记", "office"), ("高级工程师", "title"), ("烧窑工", "occupation")]
)
def test_kinds(post: str, kind: str) -> None:
    assert post_kind(post) == kind
