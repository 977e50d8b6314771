"""Who is who in the graph: links as files, what follows by rule, conflicts, and what goes with an article."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import GraphError
from kg.graph import Graph
from kg.graph.linking import dump_links, load_links, open_linker
from kg.graph.store import open_store
from kg.identity import Decision, Links, Reference, Verdict
from kg.identity.items import Assignment
from kg.model import Extraction
from kg.vocabulary import ID, Predicate
from tests.graph.test_folder import content
from tests.identity.articles import AWA, ORG, PER, PLA, PRO, article, award, post

DERIVED = f"<{ID}graph/derived>"


def union(name: str, words: str = "开会") -> Extraction:
    return article(f"{name}{words}。", (ORG, name))


def person(unit: str, year: str, other: str = "") -> Extraction:
    """One who received an award; of the years that articles give, one may be wrong."""
    medal = "湖南省五一劳动奖章"
    return article(
        f"{unit}技师王勇{year}年获{medal}。{other}",
        (ORG, unit),
        (PER, "王勇"),
        (AWA, medal),
        facts=[post("王勇", unit, "技师"), award("王勇", medal, year)],
    )


def stations(city: str, count: int, words: str = "") -> Extraction:
    """So many stations that the union of a city has built."""
    name = f"{city}总工会"
    return article(
        f"{words}{name}近五年建成工会驿站{count}家。",
        (ORG, name),
        (PLA, city),
        figures=[(name, "建成工会驿站", count, "家", "近五年")],
    )


ARTICLES = [
    union("云浮市总工会"),
    union("高州市总工会", "表彰先进"),
    person("湘东电机厂", "2019"),
    person("株洲湘东电机有限公司", "2020"),
    person("莲城重工有限公司", "2020"),
    stations("云浮市", 23),
    stations("云浮市", 31, "据悉，"),
    article(
        "茂名市总工会推出暖心驿站。",
        (ORG, "茂名市总工会"),
        (PRO, "暖心驿站"),
        facts=[(Predicate.IMPLEMENTS, "茂名市总工会", "暖心驿站", {})],
    ),
    article(
        "阳江市总工会推出暖心驿站。",
        (ORG, "阳江市总工会"),
        (PRO, "暖心驿站"),
        facts=[(Predicate.IMPLEMENTS, "阳江市总工会", "暖心驿站", {})],
    ),
]


def decisions(number: int) -> list[Decision]:
    """The decision that people of two articles are one, or none."""
    if number % 3:
        return []
    ends = [Reference(ARTICLES[n].document.id, "Person/王勇") for n in (2, 4)]
    return [Decision(Verdict.SAME, ends[0], ends[1])]


def built(folder: Path, articles: list[Extraction], decided: list[Decision]) -> Graph:
    graph = Graph.create(folder)
    with graph.writing() as writing:
        for extraction in articles:
            graph.put(extraction)
        writing.decide(decided)
    return graph


@settings(max_examples=12, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["put", "put", "remove", "change", "decide"]), st.integers(0, len(ARTICLES) - 1)
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_way_to_the_same_articles_and_decisions_gives_the_same_bytes(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    place = tmp_path_factory.mktemp("ways")
    graph = Graph.create(place / "grown")
    held: dict[str, Extraction] = {}
    decided: list[Decision] = []
    for step, number in steps:
        extraction = ARTICLES[number]
        name = extraction.document.id
        if step == "decide":
            decided = decisions(number)
            with graph.writing() as writing:
                writing.decide(decided)
        elif step == "remove" and name in held:
            graph.remove(name)
            del held[name]
        else:
            graph.put(ARTICLES[number])
            held[name] = extraction
        if number == 1:  # the index can be lost at any time
            graph.folder.index.unlink(missing_ok=True)
    built(place / "fresh", list(held.values()), decided)
    assert content(place / "grown") == content(place / "fresh")
    grown, fresh = (set(Graph.open(place / name).store) for name in ("grown", "fresh"))
    assert grown == fresh
    shutil.rmtree(place / "grown" / "store")
    assert grown == set(open_store(graph.folder))


def test_an_article_changes_what_others_are_and_takes_it_back(folder: Path) -> None:
    graph = built(folder, [ARTICLES[2]], [])
    before = content(folder)
    assert [i.rpartition("/")[2] for i in graph.find("王勇")] == ["王勇"]
    graph.put(ARTICLES[4])
    assert [i.rpartition("/")[2] for i in graph.find("王勇")] == ["王勇@湘东电机厂", "王勇@莲城重工有限公司"]
    graph.remove(ARTICLES[4].document.id)
    assert content(folder) == before


def test_what_follows_is_in_a_graph_of_its_own_and_goes_with_its_articles(folder: Path) -> None:
    graph = built(folder, [ARTICLES[0], ARTICLES[1]], [])
    ladder = "SELECT ?above { ?it skos:prefLabel ?name . ?it org:subOrganizationOf+/skos:prefLabel ?above }"
    above = [str(r.above) for r in graph.query(ladder.replace("?name .", '"高州市总工会"@zh .'))]
    assert sorted(above) == ["中华全国总工会", "广东省总工会", "茂名市总工会"]
    told = graph.query(
        f"SELECT ?rule ?zh ?article {{ GRAPH {DERIVED} {{ ?d a kg:Derivation ; prov:wasDerivedFrom ?article ;"
        " rdfs:comment ?zh ; prov:wasGeneratedBy/rdfs:label ?rule } FILTER(LANG(?zh) = 'zh') }"
    )
    assert {str(r.rule) for r in told} == {"identity:hierarchy.union"}
    elsewhere = f"FILTER(!STRSTARTS(STR(?g), '{ID}graph/derived'))"
    stated = f"ASK {{ GRAPH ?g {{ ?a kg:subOrganizationOf ?b }} {elsewhere} }}"
    assert not graph.query(stated)
    graph.remove(ARTICLES[1].document.id)
    names = {str(r[0]) for r in graph.query(f"SELECT ?n {{ GRAPH {DERIVED} {{ ?x skos:prefLabel ?n }} }}")}
    assert names == {"广东省总工会", "中华全国总工会"}


def test_a_relation_that_an_article_states_is_not_concluded_as_well(folder: Path) -> None:
    text = "高州市总工会隶属于茂名市总工会。"
    said = article(
        text,
        (ORG, "高州市总工会"),
        (ORG, "茂名市总工会"),
        facts=[(Predicate.SUB_ORGANIZATION_OF, "高州市总工会", "茂名市总工会", {})],
    )
    graph = built(folder, [said], [])
    relations = [r for r in graph.relations() if r.predicate == Predicate.SUB_ORGANIZATION_OF]
    assert [(r.derived, bool(r.rules)) for r in relations if "高州" in r.subject] == [(False, True)]
    assert all(r.rules for r in relations if r.derived)
    assert graph.query("ASK { ?a org:subOrganizationOf ?b . ?a skos:prefLabel '高州市总工会'@zh }")


def test_figures_and_years_that_differ_are_reported(folder: Path) -> None:
    graph = built(folder, [*ARTICLES[2:4], *ARTICLES[5:7], stations("高州市", 99)], [])
    year, figure = sorted(graph.conflicts(), key=lambda c: c.thing != "王勇")
    assert (year.thing, year.values) == ("王勇", ("2019", "2020"))
    assert (figure.thing, figure.what, figure.values) == ("云浮市总工会", "建成工会驿站", ("23家", "31家"))
    assert "31家：「据悉，云浮市总工会近五年建成工会驿站31家」" in str(figure)


def test_the_graph_says_why(folder: Path) -> None:
    graph = built(folder, [ARTICLES[2], ARTICLES[4]], [])
    (first, *_) = [found for iri in graph.find("王勇") for found in graph.identity(iri)]
    assert (first.rule, first.forms, first.certain) == ("identity:person.unit", ("王勇",), True)
    assert first.zh == "姓名相同且所在单位相同：湘东电机厂"
    assert len(first.namesakes) == 1


def test_decisions_hold_until_others_are_made(folder: Path) -> None:
    graph = built(folder, [ARTICLES[2], ARTICLES[4]], decisions(0))
    assert len(graph.find("王勇")) == 1
    graph.put(ARTICLES[0])
    assert len(graph.find("王勇")) == 1
    with graph.writing() as writing:
        assert writing.decisions == tuple(decisions(0))
        gone = Decision(Verdict.NAME, Reference("feed", "Person/王勇"), name="王永")
        assert writing.decide([gone]) == (gone,)
    assert len(graph.find("王勇")) == 2


def test_links_are_files_of_the_folder(folder: Path) -> None:
    graph = built(folder, ARTICLES[:3], [])
    (entry,) = [e for n, e in graph.folder.manifest().articles.items() if n == ARTICLES[2].document.id]
    links = graph.folder.links(entry)
    assert links.assignments["Person/王勇"].id == f"{ID}person/王勇"
    assert load_links(dump_links(links, links.assignments)) == links
    assert [e.id for e in graph.folder.linked(entry).entities if e.name == "王勇"] == [f"{ID}person/王勇"]
    assert graph.extraction(ARTICLES[2].document.id).entities[0].id == ""
    with pytest.raises(GraphError, match="damaged"):
        load_links(b"[]")


def test_links_keep_all_that_they_say() -> None:
    given = Links({"a": Assignment("http://e/a", "person.too-little", ("甲",), False, ("430200",))}, "feed")
    assert load_links(dump_links(given, ["a"])) == given


def test_an_index_that_cannot_be_kept_is_no_error(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    linker = open_linker(tmp_path / "file" / "index")
    assert linker.marks() == {}
    linker.close()
    graph = built(folder, ARTICLES[:1], [])
    graph.folder.index.write_bytes(b"broken")
    graph.put(ARTICLES[2])
    assert len(graph.article_ids()) == 2


def test_the_graph_is_as_its_shapes_say(folder: Path) -> None:
    assert built(folder, ARTICLES, decisions(0)).validate() == []
