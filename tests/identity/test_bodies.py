"""Names of organizations and divisions: whose body, part of what, by which one name."""

from __future__ import annotations

import pytest

from kg.identity import places
from kg.identity.bodies import Body, analyse, core_of, is_standin, renamed
from kg.language.gazetteer import gazetteer


@pytest.mark.parametrize(
    ("name", "near", "canonical"),
    [
        ("云浮市总工会", "", "云浮市总工会"),
        ("云浮总工会", "", "云浮市总工会"),
        ("鼓楼区总工会", "福州市", "福州市鼓楼区总工会"),
        ("株洲县总工会", "", "渌口区总工会"),
        ("襄樊市总工会", "", "襄阳市总工会"),
        ("下关区总工会", "", "下关区总工会"),
        ("湘潭县易俗河镇总工会", "", "湘潭县易俗河镇总工会"),
        ("广东省新兴县新城镇总工会", "", "新兴县新城镇总工会"),
        ("乐山市中区总工会", "", "乐山市市中区总工会"),
        ("井研县工会", "", "井研县总工会"),
        ("中共高州市委员会", "", "高州市委"),
        ("高州市委", "", "高州市委"),
        ("云浮市人社局", "", "云浮市人力资源和社会保障局"),
        ("云浮市环保局", "", "云浮市生态环境局"),
        ("云浮市国土资源局", "", "云浮市国土资源局"),
        ("株洲市政协", "", "政协株洲市委员会"),
        ("政协株洲市委员会", "", "政协株洲市委员会"),
        ("云浮市一中", "", "云浮市第一中学"),
        ("恩施州总工会", "", "恩施土家族苗族自治州总工会"),
        ("第八师总工会", "", "第八师总工会"),
    ],
)
def test_a_body_of_a_division_has_one_name(name: str, near: str, canonical: str) -> None:
    found = analyse(name, gazetteer().by_name(near) if near else ())
    assert (found.kind, found.name) == ("division", canonical)


@pytest.mark.parametrize("name", ["鼓楼区总工会", "市总工会", "区人社局", "市一中", "朝阳区总工会"])
def test_what_nothing_settles_stays_open(name: str) -> None:
    assert analyse(name).kind == "open"


def chain(body: Body) -> list[str]:
    return [body.suffix or body.core or body.name, *(chain(body.whole) if body.whole else [])]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("株洲市湘东电机厂工会", ["工会", "湘东电机"]),
        ("莲城重工工会", ["工会", "莲城重工"]),
        ("北疆电力有限公司赤峰供电分公司检修班", ["检修班", "赤峰供电分公司", "北疆电力"]),
        ("华信银行南京分行工会", ["工会", "南京分行", "华信银行"]),
        ("云浮市教育局工会", ["工会", "云浮市教育局"]),
        ("赤峰供电分公司工会", ["工会", "赤峰供电分公司"]),
        ("赤峰市供电分公司", ["赤峰供电分公司"]),
    ],
)
def test_parts(name: str, parts: list[str]) -> None:
    found = analyse(name)
    assert found.kind == "part"
    assert chain(found) == parts


@pytest.mark.parametrize(
    "name", ["广东省教育工会", "株洲高新区总工会", "株洲市机关工会联合会", "粤港澳大湾区工会联合会"]
)
def test_a_union_of_a_region_or_industry_is_no_part_of_a_unit(name: str) -> None:
    assert analyse(name).kind != "part"


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("渌湘陶瓷有限公司", "渌湘陶瓷"),
        ("湘东电机厂", "湘东电机"),
        ("奉天风机集团有限公司", "奉天风机"),
        ("奉天风机（集团）有限公司", "奉天风机"),
        ("迅达速递分公司", "迅达速递分公司"),
        ("三厂", "三厂"),
    ],
)
def test_cores(name: str, core: str) -> None:
    assert core_of(name) == core


@pytest.mark.parametrize(
    ("name", "points"), [("公司", True), ("厂工会", True), ("集团党委", True), ("东晨公司", False)]
)
def test_stand_ins(name: str, points: bool) -> None:
    assert is_standin(name) is points


def test_a_name_is_followed_through_all_its_changes() -> None:
    assert renamed("计划委员会", "department") == "发展和改革委员会"
    assert renamed("工商行政管理局", "department") == "工商行政管理局"  # went up in another body


@pytest.mark.parametrize(
    ("name", "near", "title"),
    [
        ("鼓楼区", "开封市", "开封市鼓楼区"),
        ("株洲县", "", "渌口区"),
        ("三山区", "", "三山区"),
        ("渌口区", "", "渌口区"),
        ("新城镇", "新兴县", "新兴县新城镇"),
        ("朝阳区", "长春市", "长春市朝阳区"),
    ],
)
def test_titles_of_divisions(name: str, near: str, title: str) -> None:
    division = gazetteer().resolve(name, gazetteer().by_name(near) if near else ())
    assert division is not None
    assert places.title(division) == title


def test_divisions_of_today_and_before() -> None:
    (before,) = gazetteer().by_name("开封县")
    assert places.settled(before).name == "祥符区"
    assert [d.name for d in places.chain(before)] == ["祥符区", "开封市", "河南省"]
    (merged,) = gazetteer().by_name("崇文区")
    assert places.settled(merged).name == "崇文区"
    assert [f.name for f in places.former("410212") if not f.merged] == ["开封县"]
