"""The tables parse, are sorted and documented, and mean what the code takes them to mean."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files
from itertools import pairwise

import numpy as np
import pytest

from kg.language import lexicon
from kg.language.lexicon import column, table
from kg.language.lexicon.matcher import LABELS, Hit, lexicon_matcher
from kg.vocabulary import Subtype

_FOLDER = files(lexicon)
_KEYS = {
    "area_heads": ("head",),
    "award_heads": ("head",),
    "award_leads": ("lead",),
    "division_words": ("word",),
    "divisions": ("code",),
    "divisions_corps": ("corps",),
    "divisions_former": ("name", "code_now"),
    "divisions_forms": ("form",),
    "document_heads": ("head",),
    "event_heads": ("head",),
    "facility_heads": ("head",),
    "generic_words": ("word",),
    "government_departments": ("short",),
    "industries": ("industry",),
    "kind_words": ("word",),
    "known_traps": ("word", "label"),
    "name_transliteration": ("character",),
    "national_awards": ("name",),
    "national_bodies": ("name",),
    "organization_heads": ("head",),
    "organization_short": ("short",),
    "post_prefixes": ("prefix",),
    "posts": ("post",),
    "programme_heads": ("head",),
    "programmes": ("name",),
    "provinces": ("code",),
    "regions": ("name",),
    "stop_names": ("word",),
    "surnames": ("surname",),
    "townships": ("code",),
}
_OWN_SHORT = {"喀左", "阜蒙", "海南州", "兵团", "河南县"}
_CLOSED = {
    ("award_heads", "recipient"): {"person", "body", "any"},
    ("award_heads", "strength"): {"strong", "weak"},
    ("area_heads", "strength"): {"strong", "weak"},
    ("divisions", "level"): {"province", "prefecture", "county"},
    ("divisions_former", "kind"): {"status", "renamed", "merged"},
    ("document_heads", "strength"): {"strong", "weak"},
    ("event_heads", "kind"): {"congress", "contest", "meeting", "course", "ceremony", "occurrence"},
    ("event_heads", "strength"): {"strong", "weak"},
    ("facility_heads", "kind"): {"place", "workshop", "service", "platform", "building"},
    ("facility_heads", "strength"): {"strong", "weak"},
    ("government_departments", "subtype"): set(Subtype),
    ("national_awards", "level"): {"national", "provincial", "international"},
    ("national_awards", "recipient"): {"person", "body", "any"},
    ("national_bodies", "subtype"): set(Subtype),
    ("organization_heads", "alone"): {"kind", "reference"},
    ("organization_heads", "role"): {"body", "part"},
    ("organization_heads", "strength"): {"strong", "weak"},
    ("organization_heads", "subtype"): set(Subtype),
    ("organization_short", "subtype"): set(Subtype),
    ("post_prefixes", "kind"): {"rank", "time", "field"},
    ("posts", "kind"): {"office", "title", "occupation"},
    ("programme_heads", "strength"): {"strong", "weak"},
    ("programmes", "kind"): {"union", "state"},
    ("regions", "kind"): {"poetic", "region", "nature", "country"},
    ("surnames", "kind"): {"single", "compound"},
}


def _lines(name: str) -> list[str]:
    packed = _FOLDER.joinpath(f"{name}.tsv.gz")
    if packed.is_file():
        return gzip.decompress(packed.read_bytes()).decode("utf-8").splitlines()
    return _FOLDER.joinpath(f"{name}.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", _KEYS)
def test_table_is_documented_and_sorted(name: str) -> None:
    lines = _lines(name)
    documented = [line for line in lines if line.startswith("#")]
    rows = [tuple(line.split("\t")) for line in lines[len(documented) + 1 :]]
    assert documented == lines[: len(documented)] != []
    assert rows == sorted(rows)
    assert all(cell == cell.strip() for row in rows for cell in row)


@pytest.mark.parametrize("name", _KEYS)
def test_columns_are_explained(name: str) -> None:
    lines = _lines(name)
    words = " ".join(line for line in lines if line.startswith("#"))
    for header in next(line for line in lines if not line.startswith("#")).split("\t"):
        assert re.search(rf"\b{header}\b", words), header


@pytest.mark.parametrize(("name", "keys"), _KEYS.items())
def test_no_row_twice(name: str, keys: tuple[str, ...]) -> None:
    found = [tuple(row[key] for key in keys) for row in table(name)]
    assert len(found) == len(set(found))
    assert all(all(cells) for cells in found)


@pytest.mark.parametrize(("place", "allowed"), _CLOSED.items())
def test_closed_columns(place: tuple[str, str], allowed: set[str]) -> None:
    assert set(column(*place)) <= allowed


def test_a_ragged_row_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexicon, "_content", lambda name: "# doc\na\tb\n1\t2\n3\n")
    with pytest.raises(ValueError, match=r"ragged\.tsv: 1 cells instead of 2 in '3'"):
        table("ragged")


def test_an_unknown_table_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        table("no_such_table")


def test_forms_name_one_thing() -> None:
    for name in ("national_awards", "national_bodies", "programmes"):
        owners: dict[str, str] = {}
        for row in table(name):
            for form in filter(None, [row["name"], *row["forms"].split("|")]):
                assert owners.setdefault(form, row["name"]) == row["name"], form


def test_short_organizations_have_a_place_for_the_division() -> None:
    for row in table("organization_short"):
        assert re.search(r"\{(省|自治区|市|州|盟|地区|县|区|旗|镇|乡|街道)\}", row["full"]), row


def test_parents_and_levels_of_divisions() -> None:
    divisions = {row["code"]: row for row in table("divisions")}
    order = ["province", "prefecture", "county"]
    for row in divisions.values():
        assert re.fullmatch(r"\d{6}", row["code"])
        assert row["name"].startswith(row["short"]) or row["short"] in _OWN_SHORT
        if row["code"].startswith("66"):
            assert row["parent"] in ("650000", "660000")
        elif row["level"] == "province":
            assert row["code"].endswith("0000")
            assert row["parent"] == ""
        else:
            parent = divisions[row["parent"]]
            assert parent["code"].rstrip("0") == row["code"][: len(parent["code"].rstrip("0"))]
            assert order.index(parent["level"]) < order.index(row["level"])


def test_all_provinces_are_there() -> None:
    divisions = {row["code"]: row["name"] for row in table("divisions") if row["level"] == "province"}
    provinces = table("provinces")
    assert len(provinces) == 34
    assert {row["code"]: row["name"] for row in provinces} == {
        code: name for code, name in divisions.items() if not code.startswith("66")
    }
    assert all(len(row["sign"]) == 1 for row in provinces)
    assert {row["capital"] for row in provinces} <= {"", *column("divisions", "code")}


@pytest.mark.parametrize(
    ("name", "header"),
    [("divisions_former", "code_now"), ("divisions_forms", "code"), ("regions", "stands_for")],
)
def test_codes_are_known(name: str, header: str) -> None:
    known = set(column("divisions", "code"))
    cited = {code for cell in column(name, header) for code in cell.split("|") if code}
    assert cited <= known


def test_townships_lie_in_known_divisions() -> None:
    known = set(column("divisions", "code"))
    assert len(table("townships")) > 39000
    assert {row["parent"] or row["code"][:6] for row in table("townships")} <= known


def test_corps_and_cities_match() -> None:
    names = {row["code"]: row["name"] for row in table("divisions")}
    for row in table("divisions_corps"):
        assert names[row["corps"]] == row["corps_name"]
        assert names[row["city"]] == row["city_name"]


def test_years_of_change() -> None:
    assert all(1949 <= int(year) <= 2026 for year in column("divisions_former", "year"))


# -- matcher ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("云浮市总工会经济工作部部长", "ORG_HEAD", ["总工会", "经济工作部"]),
        ("新兴县人社局", "DIV", ["新兴县"]),
        ("来自株洲县和恩施州", "DIV", ["株洲县", "恩施州"]),
        ("在清远召开", "DIV_SHORT", ["清远"]),
        ("市人社局、省总和团市委", "ORG_SHORT", ["市人社局", "省总", "团市委"]),
        ("全总印发", "ORG_KNOWN", ["全总"]),
        ("公司安全总监和人社部门", "ORG_KNOWN", []),
        ("获全国五一劳动奖章", "AWARD_KNOWN", ["全国五一劳动奖章"]),
        ("弘扬大国工匠精神", "AWARD_KNOWN", []),
        ("市技术能手", "AWARD_HEAD", ["技术能手"]),
        ("推进产改和送清凉", "PROG_KNOWN", ["产改", "送清凉"]),
        ("生产改造", "PROG_KNOWN", []),
        ("常务副主席、首席技师", "POST", ["主席", "首席技师"]),
        ("原常务副主席", "POST_PREFIX", ["原", "常务副"]),
        ("第十五次代表大会", "EVENT_HEAD", ["代表大会"]),
        ("若干意见", "DOC_HEAD", ["若干意见"]),
        ("张三劳模创新工作室", "FAC_HEAD", ["劳模创新工作室"]),
        ("欧阳和李", "SURNAME", ["欧阳", "和", "李"]),
        ("各级工会要", "STOP", ["各级工会"]),
        ("粤港澳大湾区", "REGION", ["粤港澳大湾区"]),
        ("高新技术产业开发区", "AREA_HEAD", ["高新技术产业开发区"]),
        ("“强基”专项行动", "PROG_HEAD", ["专项行动"]),
        ("某某科技", "ORG_HEAD_WEAK", ["科技"]),
    ],
)
def test_words_of_a_label(text: str, label: str, words: list[str]) -> None:
    assert [text[hit.start : hit.end] for hit in lexicon_matcher().hits(text, [label])] == words


_SENTENCE = "8月，云浮市总工会常务副主席李明和新兴县技术能手陈红在工人文化宫参加“求学圆梦行动”启动仪式。"


def test_hits_are_in_order_and_those_of_a_label_apart() -> None:
    hits = lexicon_matcher().hits(_SENTENCE)
    assert hits == sorted(hits)
    for label in LABELS:
        mine = [hit for hit in hits if hit.label == label]
        assert all(a.end <= b.start for a, b in pairwise(mine))
    assert Hit(3, 6, "DIV") in hits


def test_marks_say_the_same_as_hits() -> None:
    marks = lexicon_matcher().marks(_SENTENCE)
    expected = np.zeros((len(_SENTENCE), len(LABELS)), dtype=np.uint8)
    for start, end, label in lexicon_matcher().hits(_SENTENCE):
        place = LABELS.index(label)
        expected[start:end, place] = 2
        expected[start, place] = 1 if end - start > 1 else 4
        if end - start > 1:
            expected[end - 1, place] = 3
    assert np.array_equal(marks, expected)


def test_an_empty_text() -> None:
    assert lexicon_matcher().hits("") == []
    assert lexicon_matcher().marks("").shape == (0, len(LABELS))


def test_an_unknown_label_is_an_error() -> None:
    with pytest.raises(KeyError):
        lexicon_matcher().hits("云浮", ["NO_SUCH"])
