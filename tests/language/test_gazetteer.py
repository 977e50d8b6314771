"""Divisions by name, what lies in what, and the divisions with which a name begins."""

from __future__ import annotations

import pytest

from kg.language.gazetteer import Division, gazetteer
from kg.language.lexicon import table


def _one(name: str) -> Division:
    found = gazetteer().by_name(name)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("云浮市", ["445300"]),
        ("云浮", ["445300"]),
        ("乳源", ["440232"]),
        ("乳源县", ["440232"]),
        ("内蒙古", ["150000"]),
        ("延边", ["222400"]),
        ("恩施州", ["422800"]),
        ("克州", ["653000"]),
        ("新疆生产建设兵团", ["660000"]),
        ("和康县", ["653228"]),
        ("香港", ["810000"]),
        ("新兴县新城", []),
    ],
)
def test_by_name(name: str, expected: list[str]) -> None:
    assert [d.code for d in gazetteer().by_name(name)] == expected


def test_by_name_gives_every_candidate() -> None:
    found = gazetteer().by_name("鼓楼区")
    assert len(found) == 4
    assert {d.name for d in found} == {"鼓楼区"}
    assert [d.level for d in gazetteer().by_name("吉林")] == ["province", "prefecture"]
    assert len(gazetteer().by_name("新城镇")) > 5


@pytest.mark.parametrize(
    ("name", "code", "level"),
    [("株洲县", "430212", "county"), ("章丘市", "370114", "county"), ("襄樊市", "420600", "prefecture"),
     ("信阳地区", "411500", "prefecture"), ("江干区", "330102", "county")],
)  # fmt: skip
def test_a_former_name_keeps_its_name_and_has_the_code_of_now(name: str, code: str, level: str) -> None:
    division = _one(name)
    assert (division.name, division.code, division.level) == (name, code, level)


@pytest.mark.parametrize(
    ("name", "near", "expected"),
    [
        ("鼓楼区", [], None),
        ("朝阳", [], None),
        ("新城镇", [], None),
        ("朝阳", ["北京市"], "110105"),
        ("朝阳", ["长春市"], "220104"),
        ("朝阳", ["沈阳市"], "211300"),
        ("鼓楼区", ["福建省"], "350102"),
        ("西湖区", ["南昌市"], "360103"),
        ("江北区", ["宁波市"], "330205"),
        ("新城镇", ["新兴县"], "445321100"),
        ("新城", ["新兴县"], "445321100"),
        ("新城", ["西安市"], "610102"),
        ("长沙", [], "430100"),
        ("吉林", [], "220000"),
        ("河北", ["天津市"], "130000"),
        ("海南", [], "460000"),
        ("西安", [], "610100"),
        ("大理", [], "532900"),
        ("同心", [], "640324"),
        ("无此地", ["云浮市"], None),
    ],
)
def test_resolve(name: str, near: list[str], expected: str | None) -> None:
    found = gazetteer().resolve(name, [_one(n) for n in near])
    assert (found.code if found else None) == expected


@pytest.mark.parametrize(
    ("name", "divisions", "rest"),
    [
        ("广东省云浮市新兴县新城镇总工会", ["广东省", "云浮市", "新兴县", "新城镇"], "总工会"),
        ("云浮市总工会", ["云浮市"], "总工会"),
        ("云浮总工会", ["云浮市"], "总工会"),
        ("河南总工会", ["河南省"], "总工会"),
        ("清远英德海螺国际大酒店", ["清远市", "英德市"], "海螺国际大酒店"),
        ("海南工学院", [], "海南工学院"),
        ("海南大学", [], "海南大学"),
        ("内蒙古医科大学", [], "内蒙古医科大学"),
        ("中山大学附属第一医院", [], "中山大学附属第一医院"),
        ("长安汽车", [], "长安汽车"),
        ("重庆长安汽车股份有限公司", ["重庆市"], "长安汽车股份有限公司"),
        ("新兴铸管股份有限公司", [], "新兴铸管股份有限公司"),
        ("北京东路小学", [], "北京东路小学"),
        ("河南岸街道办事处", ["河南岸街道"], "办事处"),
        ("公安局", [], "公安局"),
        ("南京市场监管局", ["南京市"], "市场监管局"),
        ("云浮市市场监管局", ["云浮市"], "市场监管局"),
        ("深圳市民中心", ["深圳市"], "市民中心"),
        ("信阳地区印刷厂", ["信阳地区"], "印刷厂"),
        ("秦皇岛港股份有限公司", [], "秦皇岛港股份有限公司"),
        ("第八师石河子市总工会", ["第八师", "石河子市"], "总工会"),
        ("新疆生产建设兵团第八师总工会", ["新疆生产建设兵团", "第八师"], "总工会"),
        ("东莞石龙镇总工会", ["东莞市", "石龙镇"], "总工会"),
        ("鼓楼区总工会", [], "鼓楼区总工会"),
        ("福州市鼓楼区总工会", ["福州市", "鼓楼区"], "总工会"),
        ("苏州工业园区总工会", ["苏州工业园区"], "总工会"),
        ("云浮", ["云浮市"], ""),
        ("广东云浮", ["广东省", "云浮市"], ""),
        ("", [], ""),
    ],
)
def test_split_prefix(name: str, divisions: list[str], rest: str) -> None:
    found, left = gazetteer().split_prefix(name)
    assert ([d.name for d in found], left) == (divisions, rest)


def test_split_prefix_settles_by_what_is_near() -> None:
    found, rest = gazetteer().split_prefix("鼓楼区总工会", [_one("南京市")])
    assert ([d.code for d in found], rest) == (["320106"], "总工会")


def test_each_division_of_a_prefix_lies_in_the_one_before() -> None:
    found, rest = gazetteer().split_prefix("广东省长沙市总工会")
    assert ([d.name for d in found], rest) == (["广东省"], "长沙市总工会")


def test_hierarchy() -> None:
    g = gazetteer()
    xinxing = _one("新兴县")
    assert [d.name for d in g.ancestors(xinxing)] == ["云浮市", "广东省"]
    assert g.at_level(xinxing, "province") == _one("广东省")
    assert g.at_level(xinxing, "county") == xinxing
    assert g.at_level(_one("广东省"), "county") is None
    assert g.full_name(xinxing) == "广东省云浮市新兴县"
    assert g.division("445321") == xinxing


@pytest.mark.parametrize(
    ("name", "near", "title"),
    [
        ("新城镇", "新兴县", "新兴县新城镇"),
        ("鼓楼区", "福州市", "福州市鼓楼区"),
        ("新兴县", "云浮市", "新兴县"),
    ],
)
def test_title(name: str, near: str, title: str) -> None:
    division = gazetteer().resolve(name, [_one(near)])
    assert division is not None
    assert gazetteer().title(division) == title


def test_an_unknown_code_is_an_error() -> None:
    with pytest.raises(KeyError):
        gazetteer().division("999999")


def test_every_division_is_found_by_its_name_and_title() -> None:
    g = gazetteer()
    for row in table("divisions"):
        division = Division(**row)
        assert division in g.by_name(division.name)
        assert division in g.by_name(division.short)
        assert g.title(division).endswith(division.name)


def test_a_full_name_is_taken_whole() -> None:
    g = gazetteer()
    for row in table("divisions"):
        found, rest = g.split_prefix(g.full_name(g.division(row["code"])) + "总工会")
        assert (found[-1].code, rest) == (row["code"], "总工会")
