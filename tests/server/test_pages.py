"""The pages: what stands on them, and that hostile text stands there as text and does nothing."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat, parse

import kg
from kg.graph import Graph, Thing
from kg.queries import queries
from kg.server import Limits
from kg.server.addresses import iri_of, path_of
from kg.server.words import Words
from kg.vocabulary import ID, EntityType, entity_iri
from tests.graph.graph_samples import OTHER_TITLE, TITLE, first, second
from tests.server.conftest import Running, running
from tests.server.server_samples import HOSTILE_ARTICLE, NAMES

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
VOID = {"meta", "link", "input", "br", "img", "path", "hr"}
SAFE = {
    *("html", "head", "title", "body", "header", "main", "footer", "nav", "section", "div", "span", "p", "a"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "b", "small", "bdi", "mark"),
    *("blockquote", "cite", "time", "details", "summary", "table", "thead", "tbody", "tr", "th", "td", "pre"),
    *(
        "code",
        "form",
        "label",
        "button",
        "select",
        "option",
        "textarea",
        "noscript",
        "iframe",
        "svg",
        "script",
    ),
    *VOID,
}


class Reader(HTMLParser):
    """Elements, attributes and text of a page; what does not fit a page of ours is a trouble."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.troubles: list[str] = []
        self.text: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.feed(text)
        self.close()
        if self.open:
            self.troubles.append(f"not closed: {self.open}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in SAFE:
            self.troubles.append(f"<{tag}>")
        ours = (found.get("src") or "").startswith(("/static/", "/vendor/"))
        if tag == "script" and not ours and found.get("type") != "application/json":
            self.troubles.append("script without a file of ours")
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "srcdoc"):
                self.troubles.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action") and not (value or "").startswith(("/", "#")):
                self.troubles.append(f"{tag} {name}={value}")
            if name in ("href", "src", "action") and (value or "").startswith("//"):
                self.troubles.append(f"{tag} {name}={value}")
        if found.get("id"):
            self.ids.append(found["id"] or "")
        if tag == "a":
            self.links.append(found.get("href") or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.troubles.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(answer: httpx.Response) -> Reader:
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    found = Reader(answer.text)
    assert found.troubles == []
    assert len(found.ids) == len(set(found.ids))
    return found


def text_of(answer: httpx.Response) -> str:
    return " ".join(" ".join(read(answer).text).split())


def page(served: Running, path: str, status: int = 200) -> httpx.Response:
    answer = served.get(path, "text/html")
    assert answer.status_code == status, answer.text
    return answer


LU = "/id/person/" + quote("陆远舟")
UNION = "/id/organization/" + quote("青禾市总工会")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_start_page_says_what_is_there(served: Running, language: str) -> None:
    text = text_of(page(served, f"/?lang={language}"))
    words = Words(language)
    for type_ in EntityType:
        assert words.kinds(type_) in text
    assert f"3 {words('start.articles')}" in text
    assert TITLE in text


def test_a_page_of_a_person(served: Running) -> None:
    answer = page(served, LU)
    text = text_of(answer)
    for words in (
        "陆远舟",
        "任职于",
        "青禾机械有限公司",
        "工会主席",
        "曾经",
        "全国五一劳动奖章",
        "年表 2023",
        OTHER_TITLE,
    ):
        assert words in text
    assert "<mark>陆远舟</mark>" in answer.text
    assert 'src="/network?focus=' in answer.text
    assert UNION not in answer.text


def test_a_page_of_an_organization(served: Running) -> None:
    text = text_of(page(served, UNION))
    for words in (
        "工会",
        "又称 市总工会",
        "实施",
        "求学圆梦行动",
        "职工书屋",
        "累计 305 家",
        "280 家",
        "近 40,000 人次",
    ):
        assert words in text
    for words in ("Trade union", "Relations", "carried out by", "Figures"):
        assert words in text_of(page(served, UNION + "?lang=en")) or words == "carried out by"
    programme = text_of(page(served, "/id/programme/" + quote("求学圆梦行动") + "?lang=en"))
    assert "carried out by 1 青禾市总工会" in programme


def test_all_that_leads_on_leads_somewhere(served: Running) -> None:
    seen = {"/"}
    todo = ["/"]
    while todo and len(seen) < 70:
        for link in read(page(served, todo.pop(0))).links:
            path = link.partition("#")[0]
            if path and path not in seen and "network" not in path and "format=" not in path:
                seen.add(path)
                todo.append(path)
    assert len(seen) >= 70


def test_an_article_with_its_names_marked(served: Running) -> None:
    answer = page(served, "/id/article/aaaa000000000001")
    text = text_of(answer)
    assert TITLE in text
    # the stray break and space of the source are not there; the link is on the whole name
    assert re.search(
        r'<a class="name Person" id="char=\d+,\d+" href="/id/person/[^"]+" title="陆远舟">陆远舟</a>',
        answer.text,
    )
    assert "职工书屋305家,服务职工近4万人次" in re.sub(r"<[^>]+>", "", answer.text)
    found = read(answer)
    spans = [i for i in found.ids if i.startswith("char=")]
    assert len(spans) > 15
    for link in (x for x in found.links if x.startswith("#at-")):
        assert link.removeprefix("#") in found.ids


def test_a_sentence_leads_to_its_place(served: Running) -> None:
    links = [x for x in read(page(served, LU)).links if "#at-" in x]
    assert links
    for link in links:
        assert link.partition("#")[2] in read(page(served, link)).ids


@pytest.mark.parametrize("name", ["membership", "receipt", "observation", "rule", "role", "statement"])
def test_a_page_of_a_record(served: Running, name: str) -> None:
    rows = served.ask(f"SELECT ?s {{ ?s ?p ?o FILTER(STRSTARTS(STR(?s), '{ID}{name}/')) }} LIMIT 3")
    for row in rows.json()["results"]["bindings"]:
        path = path_of(row["s"]["value"]) or ""
        assert "内容" in text_of(page(served, path))
        triples = parse(served.get(path, "application/n-triples").content, format=RdfFormat.N_TRIPLES)
        assert NamedNode(row["s"]["value"]) in {q.subject for q in triples}


def test_a_page_of_a_graph(served: Running) -> None:
    for graph in Graph.open(served.server.folder).store.named_graphs():
        assert isinstance(graph, NamedNode)
        path = path_of(graph.value) or ""
        page(served, path)
        assert len(list(parse(served.get(path + "?format=nt").content, format=RdfFormat.N_TRIPLES))) > 0


@pytest.mark.parametrize(
    ("typed", "first_found"),
    [
        ("青禾市总工会", "青禾市总工会"),
        ("市总工会", "青禾市总工会"),
        ("qhszgh", "青禾市总工会"),
        ("qingheshizong", "青禾市总工会"),
        ("luyuanzhou", "陆远舟"),
        ("LYZ", "陆远舟"),
        ("青禾市职工文化宫", "青禾市工人文化宫"),
        ("《青禾市职工之家建设办法》", "青禾市职工之家建设办法"),
    ],
)
def test_search(served: Running, typed: str, first_found: str) -> None:
    found = served.get("/suggest", params={"q": typed}).json()
    assert found[0]["label"] == first_found
    assert first_found in text_of(page(served, "/search?q=" + quote(typed)))


def test_search_that_finds_nothing(served: Running) -> None:
    assert served.get("/suggest?q=zzzz").json() == []
    assert "没有找到" in text_of(page(served, "/search?q=zzzz"))
    assert served.get("/search?q=").headers["Location"] == "/things"
    assert served.get("/suggest?q=").json() == []


def test_lists_in_pages(served: Running) -> None:
    assert "第 1 / 2 页" in text_of(page(served, "/things"))
    assert page(served, "/things?page=2")
    assert page(served, "/things?page=9", 404)
    assert page(served, "/things?page=x", 400)
    assert page(served, "/things?page=0", 400)
    assert page(served, "/things?type=Nothing", 404)
    assert "陆远舟" in text_of(page(served, "/things?type=Person"))


@pytest.mark.parametrize("name", list(queries()))
def test_every_question_is_answered(served: Running, name: str) -> None:
    text = text_of(page(served, f"/questions/{name}?ask=1"))
    assert queries()[name].zh in text
    assert "行" in text or "没有符合的答案" in text


def test_a_question_with_its_blanks_filled(served: Running) -> None:
    text = text_of(page(served, "/questions/awards?recipient=" + quote("陆远舟")))
    assert "全国五一劳动奖章" in text
    assert LU in page(served, "/questions/awards?recipient=" + quote("陆远舟")).text
    assert "nothing is called" in text_of(page(served, "/questions/awards?recipient=nobody", 400))
    assert page(served, "/questions/nothing", 404)


def test_the_examples_of_the_query_page_are_queries(served: Running) -> None:
    text = page(served, "/query").text
    assert text.count("<option value=") == len(queries()) + 1
    from kg.server.questions import examples

    for example in examples():
        assert "UNDEF" not in example.text
        assert served.ask(example.text).status_code == 200, example.name


def test_the_network_of_a_thing_and_of_all(served: Running) -> None:
    iri = entity_iri(EntityType.PERSON, "陆远舟")
    answer = served.get("/network", params={"focus": iri})
    assert answer.status_code == 200
    assert "sandbox allow-scripts" in answer.headers["Content-Security-Policy"]
    assert "allow-same-origin" not in answer.headers["Content-Security-Policy"]
    assert "青禾机械有限公司" in answer.text
    assert (
        served.get("/network", params={"focus": "https://w3id.org/union-kg/id/person/x"}).status_code == 404
    )
    assert "青禾机械有限公司" in served.get("/network").text


def test_nothing_there(served: Running) -> None:
    for path in (
        "/nothing",
        "/id/person/x",
        "/id/article/x",
        "/id/x/y/z",
        "/id/%FF",
        "/id/person/",
        "/id/graph/derived/x",
    ):
        assert served.get(path, "text/turtle").status_code == 404, path
        assert "这里没有这一页" in text_of(page(served, path, 404))
    assert "There is nothing here" in text_of(page(served, "/nothing?lang=en", 404))


def hostile_paths() -> list[str]:
    texts = [quote(name[:150], safe="") for name in NAMES]
    return [
        *(f"/search?q={t}" for t in texts),
        *(f"/questions/awards?recipient={t}" for t in texts[:15]),
        *(f"/query?query={t}" for t in texts[:8]),
        *(f"/nothing/{t}" for t in texts[:30]),
        *(f"/id/person/{t}" for t in texts[:20]),
        *(f"/?lang={t}" for t in texts[:6]),
        *(f"/?x={t}" for t in texts[:12]),
    ]


def test_hostile_addresses_are_shown_as_text(served: Running) -> None:
    for path in hostile_paths():
        answer = served.get(path, "text/html")
        assert answer.status_code in (200, 303, 400, 404), path
        if answer.status_code != 303:
            read(answer)


def hostile_things(served: Running) -> list[Thing]:
    """What the hostile article names, as the graph has it."""
    return [thing for thing in Graph.open(served.server.folder).things() if NAMES[1] in thing.articles]


def test_hostile_names_are_shown_as_text(served: Running) -> None:
    things = hostile_things(served)
    assert len({thing.label for thing in things} & set(NAMES)) > 50
    for thing in things:
        answer = page(served, path_of(thing.iri) or "")
        read(answer)
        heading = re.search(r"<h1[^>]*><bdi>(.*?)</bdi>", answer.text, re.DOTALL)
        assert heading
        assert html.unescape(heading[1]).split() == UNFIT.sub("\ufffd", thing.label).split()
    for path in (
        f"/id/article/{HOSTILE_ARTICLE}",
        "/",
        "/articles",
        "/things",
        "/things?page=2",
        "/questions/observations?ask=1",
    ):
        read(page(served, path))


def test_hostile_names_in_every_form_of_rdf_and_results(served: Running) -> None:
    for form in ("json", "xml", "csv", "tsv", "excel"):
        answer = served.ask("SELECT ?o { ?s skos:prefLabel ?o }", params={"format": form})
        assert answer.status_code == 200
    for form in ("ttl", "jsonld", "nt"):
        answer = served.get(f"/id/article/{HOSTILE_ARTICLE}?format={form}")
        assert answer.status_code == 200
    thing = next(t for t in hostile_things(served) if "<script>" in t.label)
    network = served.get("/network", params={"focus": thing.iri})
    assert network.status_code == 200
    assert "<script>window.pwned" not in network.text


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(list(EntityType)), st.text(min_size=1, max_size=12).filter(str.strip))
def test_addresses_go_both_ways(kind: EntityType, name: str) -> None:
    try:
        iri = entity_iri(kind, name)
    except (UnicodeEncodeError, ValueError):
        return
    path = path_of(iri)
    assert path is not None
    assert path.isascii()
    assert iri_of(path) == iri


def test_a_graph_that_changes_is_served_anew(tmp_path: Path) -> None:
    graph = Graph.create(tmp_path / "g")
    graph.put(first())
    with running(tmp_path / "g", Limits(concurrency=1)) as served:
        assert page(served, "/id/article/bbbb000000000002", 404)
        assert (
            served.ask("ASK { <https://w3id.org/union-kg/id/article/bbbb000000000002> a kg:Article }").json()[
                "boolean"
            ]
            is False
        )
        graph.put(second())
        assert OTHER_TITLE in text_of(page(served, "/id/article/bbbb000000000002"))
        assert (
            served.ask("ASK { <https://w3id.org/union-kg/id/article/bbbb000000000002> a kg:Article }").json()[
                "boolean"
            ]
            is True
        )
        assert "2 篇文章" in text_of(page(served, "/"))
        (tmp_path / "g" / "kg.json").write_text("{", encoding="utf-8")  # damaged: the old graph stays
        assert (
            served.ask("ASK { <https://w3id.org/union-kg/id/article/bbbb000000000002> a kg:Article }").json()[
                "boolean"
            ]
            is True
        )
        answer = served.get("/id/article/bbbb000000000002")
        assert answer.status_code == 503
        assert str(tmp_path) not in answer.text


def test_the_seeds(seeds: Running) -> None:
    graph = kg.open(seeds.server.folder)
    assert "2 篇文章" in text_of(page(seeds, "/"))
    for thing in graph.things()[::40]:
        text = text_of(page(seeds, path_of(thing.iri) or ""))
        assert thing.label in text
    for article in graph.articles():
        assert (article.title or "") in text_of(page(seeds, path_of(article.iri) or ""))
