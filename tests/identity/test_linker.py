"""The linker: any way to the same articles and decisions gives the same links, and touches little."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.identity import (
    Decision,
    Linker,
    Links,
    Profile,
    Reference,
    Verdict,
    dump_decisions,
    link,
    load_decisions,
    profile,
)
from kg.model import Extraction
from kg.vocabulary import Predicate
from tests.identity.articles import AWA, EVE, ORG, PER, PLA, PRO, article, award, post

NAMES = ("王勇", "李静")
UNITS = ("湘东电机厂", "株洲市湘东电机有限公司", "湘潭市总工会", "莲城重工有限公司")


def made(number: int) -> Extraction:
    """One of many articles that share people, bodies, brands and occasions in all sorts of ways."""
    name, unit = NAMES[number % 2], UNITS[number // 2 % 4]
    city = ("株洲市", "湘潭市", "潍坊市")[number % 3]
    text = (
        f"{city}消息第{number}号。{unit}的{name}获得市技术能手。"
        f"职工技能大赛在{city}举行，{city}总工会推出暖心驿站。"
    )
    facts = [award(name, "市技术能手")]
    facts += [post(name, unit, "工会主席")] if number % 4 != 3 else []
    facts += [(Predicate.IMPLEMENTS, f"{city}总工会", "暖心驿站", {})] if number % 2 else []
    return article(
        text,
        (PLA, city),
        (ORG, unit),
        (ORG, f"{city}总工会"),
        (PER, name),
        (AWA, "市技术能手"),
        (EVE, "职工技能大赛"),
        (PRO, "暖心驿站"),
        facts=facts,
        published=f"20{20 + number % 5}-05-01",
    )


PROFILES: list[Profile] = [profile(made(n)) for n in range(16)]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["put", "put", "remove", "change", "decide"]), st.integers(0, len(PROFILES) - 1)
    ),
    min_size=1,
    max_size=12,
)


def decision(number: int) -> Decision:
    one, other = PROFILES[number], PROFILES[(number + 3) % len(PROFILES)]
    verdict = (Verdict.SAME, Verdict.DIFFERENT, Verdict.NAME)[number % 3]
    if number % 5 == 4:
        unions = (
            f"Organization/{('株洲市', '湘潭市', '潍坊市')[n % 3]}总工会" for n in (number, (number + 3) % 16)
        )
        here, there = (Reference(p.article, key) for p, key in zip((one, other), unions, strict=True))
        return Decision(Verdict.DIFFERENT if number % 2 else Verdict.SAME, here, there)
    thing = Reference(one.article, f"Person/{NAMES[number % 2]}")
    if verdict is Verdict.NAME:
        return Decision(verdict, thing, name="王永")
    return Decision(verdict, thing, Reference(other.article, f"Person/{NAMES[(number + 3) % 2]}"))


def changed(found: Profile) -> Profile:
    """The profile of the same article when less was found in it."""
    return Profile(found.article, found.things[::2], found.copy)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_any_way_to_the_same_articles_gives_the_same_links(steps: list[tuple[str, int]]) -> None:
    linker = Linker()
    held: dict[str, Profile] = {}
    decisions: list[Decision] = []
    seen: dict[str, Links] = {}
    for step, number in steps:
        found = PROFILES[number]
        if step == "decide":
            decisions = [decision(number)] if decision(number) not in decisions else []
            linker.decide(decisions)
        elif step == "remove" and found.article in held:
            linker.remove(found.article)
            del held[found.article], seen[found.article]
        else:
            found = changed(found) if step == "change" else found
            linker.put(found)
            held[found.article] = found
        for name in linker.settle():
            seen[name] = linker.links(name)
    fresh = link(held.values(), decisions)
    assert {name: linker.links(name) for name in held} == fresh
    assert seen == fresh  # what was not reported as changed has not changed
    linker.close()


def test_articles_come_in_any_order() -> None:
    assert link(PROFILES) == link(PROFILES[::-1])


def test_profiles_go_to_text_and_back() -> None:
    for found in PROFILES:
        assert Profile.loads(found.dumps()).things == found.things
        assert type(found.copy).loads(found.copy.dumps()) == found.copy


def test_one_article_touches_only_what_it_shares(tmp_path: Path) -> None:
    linker = Linker(tmp_path / "index")
    for found in PROFILES:
        linker.put(found)
    assert linker.settle() == {p.article for p in PROFILES}
    linker.put(profile(article("北京市总工会开会。", (ORG, "北京市总工会"))))
    assert len(linker.settle()) == 1
    assert linker.settle() == set()
    linker.close()


def test_what_was_not_kept_is_forgotten(tmp_path: Path) -> None:
    first, second = PROFILES[:2]
    linker = Linker(tmp_path / "index")
    linker.put(first, "a mark")
    linker.settle()
    linker.keep()
    linker.put(second)
    linker.close(keep=False)
    again = Linker(tmp_path / "index")
    assert again.marks() == {first.article: "a mark"}
    with pytest.raises(KeyError):
        again.links(second.article)
    again.close()


@pytest.mark.parametrize("content", [b"no database", b""])
def test_a_damaged_index_is_made_anew(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "index").write_bytes(content)
    linker = Linker(tmp_path / "index")
    assert linker.marks() == {}
    linker.close()


def test_an_index_of_other_rules_is_made_anew(tmp_path: Path) -> None:
    linker = Linker(tmp_path / "index", rules="old")
    linker.put(PROFILES[0])
    linker.close()
    assert len(Linker(tmp_path / "index", rules="old").marks()) == 1
    assert Linker(tmp_path / "index", rules="new").marks() == {}


def test_an_index_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises((OSError, sqlite3.Error)):
        Linker(tmp_path / "missing" / "index")


# ------------------------------------------------------------------ decisions


def person(unit: str) -> Extraction:
    return article(f"{unit}技师王勇来了。", (ORG, unit), (PER, "王勇"), facts=[post("王勇", unit, "技师")])


ONE, OTHER = person("湘东电机有限公司"), person("莲城重工有限公司")
HERE, THERE = (Reference(a.document.id, "Person/王勇") for a in (ONE, OTHER))
SAME = [
    person("湘东电机有限公司"),
    article(
        "湘东电机有限公司焊工王勇说。",
        (ORG, "湘东电机有限公司"),
        (PER, "王勇"),
        facts=[post("王勇", "湘东电机有限公司", "焊工")],
    ),
]


def linked(decisions: list[Decision], *articles: Extraction) -> list[str]:
    found = link(map(profile, articles), decisions)
    return [found[a.document.id].assignments["Person/王勇"].id for a in articles]


def test_people_can_say_that_two_are_one() -> None:
    assert len(set(linked([], ONE, OTHER))) == 2
    assert len(set(linked([Decision(Verdict.SAME, HERE, THERE)], ONE, OTHER))) == 1


def test_people_can_say_that_one_is_two() -> None:
    assert len(set(linked([], *SAME))) == 1
    ends = [Reference(a.document.id, "Person/王勇") for a in SAME]
    assert len(set(linked([Decision(Verdict.DIFFERENT, ends[0], ends[1])], *SAME))) == 2


def test_people_can_correct_a_name() -> None:
    wrong = article(
        "湘东电机有限公司技师王咏来了。",
        (ORG, "湘东电机有限公司"),
        (PER, "王咏"),
        facts=[post("王咏", "湘东电机有限公司", "技师")],
    )
    reference = Reference(wrong.document.id, "Person/王咏")
    found = link(map(profile, (ONE, wrong)), [Decision(Verdict.NAME, reference, name="王勇")])
    assert (
        found[wrong.document.id].assignments["Person/王咏"].id
        == found[ONE.document.id].assignments["Person/王勇"].id
    )


def test_known_bodies_are_joined_and_parted_as_well() -> None:
    one = article("云浮市总工会开会。", (ORG, "云浮市总工会"))
    other = article("市总工会开会。", (ORG, "市总工会"))
    ends = (
        Reference(one.document.id, "Organization/云浮市总工会"),
        Reference(other.document.id, "Organization/市总工会"),
    )
    apart = link(map(profile, (one, other)))
    joined = link(map(profile, (one, other)), [Decision(Verdict.SAME, *ends)])
    keys = [(one.document.id, "Organization/云浮市总工会"), (other.document.id, "Organization/市总工会")]
    assert len({apart[a].assignments[k].id for a, k in keys}) == 2
    assert len({joined[a].assignments[k].id for a, k in keys}) == 1
    assert "decision.same" in {joined[a].assignments[k].rule for a, k in keys}


def test_decisions_that_apply_to_nothing_are_told() -> None:
    gone = Decision(Verdict.SAME, HERE, Reference("feed", "Person/王勇"))
    linker = Linker()
    linker.put(profile(ONE))
    mixed = Decision(Verdict.SAME, HERE, Reference(ONE.document.id, "Organization/湘东电机有限公司"))
    linker.decide([gone, mixed, Decision(Verdict.NAME, HERE, name="王永")])
    linker.settle()
    assert set(linker.unapplied()) == {gone, mixed}
    linker.close()


def test_doubts_are_merges_on_likeness_and_namesakes_apart() -> None:
    alike = [
        article(
            f"株洲市{word}钳工欧阳志是湖南省五一劳动奖章获得者。",
            (PLA, "株洲市"),
            (PER, "欧阳志"),
            (AWA, "湖南省五一劳动奖章"),
            facts=[award("欧阳志", "湖南省五一劳动奖章")],
        )
        for word in ("的", "来的")
    ]
    bare = article("名单：欧阳志。", (PER, "欧阳志"))
    linker = Linker()
    for extraction in (*alike, bare):
        linker.put(profile(extraction))
    linker.settle()
    doubts = linker.doubts()
    linker.close()
    assert {d.name for d in doubts} == {"欧阳志"}
    assert sorted(d.merged for d in doubts) == [False, True]


def test_decisions_go_to_text_and_back() -> None:
    decisions = (
        Decision(Verdict.DIFFERENT, HERE, THERE, note="两人"),
        Decision(Verdict.NAME, HERE, name="王永"),
        Decision(Verdict.SAME, HERE, THERE),
    )
    text = dump_decisions(decisions[::-1])
    assert load_decisions(text) == decisions
    assert load_decisions("\n# a remark\n" + text) == decisions
    assert dump_decisions(load_decisions(text)) == text


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("perhaps\ta\tPerson/x", "line 1 is no decision"),
        ("same\ta\tPerson/x", "needs two things"),
        ("name\ta\tPerson/x\t\t\t", "needs the name"),
        ("same", "an article and a key"),
    ],
)
def test_lines_that_are_no_decisions(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        load_decisions(line)
