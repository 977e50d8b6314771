from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

import kg.view
from kg.view import Notebook, render, to_notebook, write
from kg.view.embedding import embedded_json, filled
from kg.view.page import SCRIPTS, part, table
from kg.view.vendor import syllables, vis_network
from tests.hostile_strings import HOSTILE
from tests.view.network_samples import hostile_graph, sample_graph


class _Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._inside = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag in self.texts:
            self._inside = tag
            self.texts[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.texts[self._inside][-1] += data


def data_of(page: str) -> Any:
    return json.loads(_Elements(page).texts["script"][0])


@pytest.fixture(scope="module")
def page(small: nx.MultiDiGraph[str]) -> str:
    return render(small, title="南江省工会关系网络")


def test_all_names_what_is_public() -> None:
    assert set(kg.view.__all__) == {"Notebook", "render", "select", "surroundings", "to_notebook", "write"}


def test_the_same_graph_gives_the_same_bytes_in_any_order(small: nx.MultiDiGraph[str], page: str) -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(small.nodes(data=True))))
    for a, b, key, data in reversed(list(small.edges(keys=True, data=True))):
        turned.add_edge(a, b, key=key, **data)
    assert render(turned, title="南江省工会关系网络") == page


def test_the_hash_seed_does_not_matter(page: str) -> None:
    program = (
        "import sys; from tests.view.network_samples import sample_graph; from kg.view import render; "
        "sys.stdout.buffer.write(render(sample_graph(90), title='南江省工会关系网络').encode())"
    )
    root = str(Path(kg.view.__file__).parents[2])
    environment = {**os.environ, "PYTHONHASHSEED": "77", "PYTHONPATH": root}
    made = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True)
    assert hashlib.sha256(made.stdout).digest() == hashlib.sha256(page.encode()).digest()


def test_rendering_leaves_the_graph_as_it_was() -> None:
    graph = sample_graph(60)
    before = json.dumps(nx.node_link_data(graph, edges="links"), ensure_ascii=False)
    render(graph, title="图")
    assert json.dumps(nx.node_link_data(graph, edges="links"), ensure_ascii=False) == before


def test_no_element_names_an_outside_address(page: str) -> None:
    for tag, attributes in _Elements(page).found:
        for name in ("src", "href", "srcset", "action", "data", "poster"):
            assert not (attributes.get(name) or "").startswith(("http:", "https:", "//")), (tag, attributes)
        assert tag != "base"
    assert "sourceMappingURL" not in page
    assert "url(" not in part("page.css")
    assert "@import" not in part("page.css")


def test_no_element_has_a_handler_or_a_style_of_its_own(page: str) -> None:
    for tag, attributes in _Elements(page).found:
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (
            tag,
            attributes,
        )


def test_the_policy_lets_in_just_what_is_there(page: str) -> None:
    elements = _Elements(page)
    policy = next(
        a["content"] or ""
        for t, a in elements.found
        if (a.get("http-equiv") or "") == "Content-Security-Policy"
    )
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    assert rules["default-src"] == ["'none'"]
    digests = [
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in (*elements.texts["script"][1:], *elements.texts["style"])
    ]
    assert rules["script-src"] + rules["style-src"] == digests
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert "unsafe" not in policy
    assert "http" not in policy


def test_vis_network_is_whole_and_says_whose_it_is(page: str) -> None:
    assert vis_network() in page
    assert "@license" in vis_network()[:1000]
    readme = Path(kg.view.__file__).parent.joinpath("vendor", "README.md").read_text(encoding="utf-8")
    script = (
        Path(kg.view.__file__).parent.joinpath("vendor", "vis-network", "vis-network.min.js").read_bytes()
    )
    assert hashlib.sha256(script).hexdigest() in readme


def test_the_readings_of_characters_say_whose_they_are() -> None:
    readme = Path(kg.view.__file__).parent.joinpath("vendor", "README.md").read_text(encoding="utf-8")
    assert "`pinyin/`" in readme
    assert "pypinyin" in readme
    rows = dict(syllables())
    assert list(rows) == sorted(rows)
    assert all(s.isascii() and s.isalpha() and list(c) == sorted(set(c)) for s, c in rows.items())


def test_nodes_and_edges_come_through_pyvis(small: nx.MultiDiGraph[str], page: str) -> None:
    data = data_of(page)
    assert len(data["nodes"]) == len(data["things"]) == len(small)
    assert len(data["edges"]) == len(data["relations"]) == small.number_of_edges()
    assert data["nodes"][0].keys() >= {"id", "label", "shape", "x", "y", "size", "group"}
    assert data["edges"][0].keys() >= {"from", "to", "arrows"}
    assert data["options"]["physics"] == {"enabled": False}


def test_what_is_planned_former_or_derived_is_dashed(page: str) -> None:
    data = data_of(page)
    seen = set()
    for edge, relation in zip(data["edges"], data["relations"], strict=True):
        line = "derived" if relation["derived"] else relation["status"]
        seen.add(line)
        assert ("dashes" in edge) == (line != "stated")
    assert seen == {"stated", "planned", "former", "derived"}


def test_what_was_derived_says_by_which_rule() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("a", "b", key="p", derived=True, rules=["hierarchy.union"])
    graph.add_edge("a", "c", key="p", rules=["posts.verb"])
    rules = [row["rules"] for row in data_of(render(graph, title="图"))["relations"]]
    assert rules == [["hierarchy.union"], []]


def test_highlights_are_cut_in_code_points() -> None:
    sentence = "𠮷野家𡈽工会获五一劳动奖状。"
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label="𠮷野家𡈽工会", type="Organization")
    graph.add_node("b", label="五一劳动奖状", type="Award")
    for key, marks in (("receivedAward", [[0, 6], [7, 13]]), ("knows", [[7, 9]])):
        evidence = {"sentence": sentence, "highlights": marks, "article": "报"}
        graph.add_edge("a", "b", key=key, predicate=key, evidence=[evidence])
    data = data_of(render(graph, title="图"))
    [[article, pieces]] = data["sentences"]
    assert (data["articles"][article], "".join(pieces)) == (["报", "", ""], sentence)
    marked = {
        data["predicates"][row["predicate"]]["predicate"]: "|".join(pieces[n] for n in row["evidence"][0][1])
        for row in data["relations"]
    }
    assert marked == {"receivedAward": "𠮷野家𡈽工会|五一|劳动奖状", "knows": "五一"}


def test_several_relations_between_two_things_do_not_coincide() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(["a", "b"], type="Person", label="甲")
    for a, b, key in (("a", "b", "p"), ("a", "b", "q"), ("b", "a", "p"), ("a", "a", "p")):
        graph.add_edge(a, b, key=key)
    edges = [edge for edge in data_of(render(graph, title="图"))["edges"] if edge["from"] != edge["to"]]
    sides = [
        ((e["smooth"]["type"] == "curvedCW") == (e["from"] < e["to"]), e["smooth"]["roundness"])
        for e in edges
    ]
    assert len(set(sides)) == 3


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_through_as_it_is(text: str) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("iri", label=text, type=text, subtype=text, aliases=[text])
    page = render(graph, title=text)
    elements = _Elements(page)
    assert [tag for tag, _ in elements.found].count("script") == 3
    assert [tag for tag, _ in elements.found].count("iframe") == 0
    assert len(elements.texts["title"]) == 1
    [thing] = data_of(page)["things"]
    assert (thing["name"], thing["aliases"]) == (text if text.strip() else "iri", [text])
    page.encode("utf-8")


def test_an_empty_graph_is_a_page() -> None:
    data = data_of(render(nx.MultiDiGraph(), title="空"))
    assert (data["nodes"], data["edges"], data["communities"]) == ([], [], [])


def test_missing_attributes_are_left_out() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_edge("https://example.org/id/甲", "https://example.org/id/乙", key="knows")
    data = data_of(render(graph, title="图"))
    assert sorted(thing["name"] for thing in data["things"]) == ["乙", "甲"]
    assert data["predicates"] == [{"predicate": "knows", "zh": "knows", "en": "knows"}]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**30, True, None, "约300"])
def test_a_figure_that_json_cannot_hold_stays_readable(value: Any) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node(
        "a", label="甲", type="Person", figures=[{"measure": "书屋", "value": value, "unit": "家"}]
    )
    [figure] = data_of(render(graph, title="图"))["things"][0]["figures"]
    assert figure["value"] == ("" if value is None else str(value))


def test_a_graph_above_the_limit_is_folded_into_communities() -> None:
    graph = sample_graph(400)
    data = data_of(render(graph, title="图", limit=100))
    members = [i for community in data["communities"] for i in community["members"]]
    assert sorted(members) == list(range(len(graph)))
    assert max(len(community["members"]) for community in data["communities"]) <= 100
    assert data_of(render(graph, title="图", limit=len(graph)))["communities"] == []


def test_the_page_knows_what_it_opens_with(small: nx.MultiDiGraph[str]) -> None:
    data = data_of(render(small, title="图", focus=sorted(small)[3], hops=2, whole=5000))
    assert (data["focus"], data["hops"], data["whole"]) == (3, 2, 5000)
    assert data["things"][3]["iri"] == sorted(small)[3]
    assert data_of(render(small, title="图"))["focus"] is None


def test_articles_have_what_is_known_of_them() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(
        articles={"iri:1": {"publisher": "某报", "published": "2024-05-01"}, "iri:2": {"publisher": None}}
    )
    figures = [
        {
            "measure": "书屋",
            "value": 3,
            "sentence": f"有{n}家",
            "article": f"文{n}",
            "article_iri": f"iri:{n}",
        }
        for n in (1, 2, 3)
    ]
    graph.add_node("a", label="甲", type="Person", figures=figures)
    articles = data_of(render(graph, title="图"))["articles"]
    assert articles == [["文1", "iri:1", "某报 · 2024-05-01"], ["文2", "iri:2", ""], ["文3", "iri:3", ""]]


def test_things_without_relations_have_labels_of_one_line() -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("a", label="云浮市总工会关于发挥工会组织作用的若干措施", type="Document")
    graph.add_edge("b", "c", key="p")
    alone, *others = data_of(render(graph, title="图"))["nodes"]
    assert (alone["label"], alone["brief"]) == ("云浮市总工会关于发挥…", "云浮市总工会…")
    assert all("brief" not in node for node in others)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"language": "de"}, "language must be"),
        ({"limit": 0}, "limit must be"),
        ({"hops": -1}, "hops must be"),
        ({"focus": "x"}, "no node 'x'"),
    ],
)
def test_wrong_options_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        render(nx.MultiDiGraph(), title="图", **options)


def test_the_file_is_utf8_whatever_the_system_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.GBK")
    path = tmp_path / "网络.html"
    write(hostile_graph(), path, title="图\ud800")
    raw = path.read_bytes()
    assert b'<meta charset="utf-8">' in raw[:200]
    assert "工会" in raw.decode("utf-8")
    assert b"\r\n" not in raw


def test_a_notebook_shows_an_isolated_frame(page: str) -> None:
    shown = to_notebook(page, height=500)
    assert isinstance(shown, Notebook)
    [(tag, attributes)] = _Elements(shown._repr_html_()).found
    assert tag == "iframe"
    assert attributes["srcdoc"] == page
    assert attributes["height"] == "500"
    assert "allow-same-origin" not in (attributes["sandbox"] or "")
    assert len(repr(shown)) < 80


def test_embedded_json_ends_no_element() -> None:
    for text in HOSTILE:
        embedded = embedded_json({text: [text]})
        assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", embedded)
        assert json.loads(embedded) == {text: [text]}


def test_filling_is_one_pass() -> None:
    assert filled("{{a}}|{{b!}}", {"a": "{{b!}}&", "b": "{{a}}"}) == "{{b!}}&amp;|{{a}}"
    with pytest.raises(KeyError):
        filled("{{c}}", {})


def test_every_word_of_the_page_stands_in_both_languages() -> None:
    rows = table("strings")
    assert [row["key"] for row in rows] == sorted({row["key"] for row in rows})
    for row in rows:
        assert row["zh"]
        assert row["en"]
        assert sorted(re.findall(r"\{\w+\}", row["zh"])) == sorted(re.findall(r"\{\w+\}", row["en"]))
    keys = {row["key"] for row in rows}
    source = "".join(part(name) for name in ("page.html", *SCRIPTS))
    used = set(re.findall(r'data-(?:text|name|placeholder)="([^"]+)"', source))
    used |= set(re.findall(r'\bwords\("([^"]+)"', source)) | set(
        re.findall(r'(?:action|heading)\("([^"]+)"', source)
    )
    used |= {word for pair in re.findall(r'words\([^()]*\? "([\w.]+)" : "([\w.]+)"', source) for word in pair}
    assert used <= keys
    used |= set(re.findall(r"\bwords\(`([^`$]+)`", source))
    computed = ("attribute.", "csv.", "lines.")
    assert {key for key in keys - used if not key.startswith(computed)} == set()


def test_every_type_has_a_look_of_its_own() -> None:
    from kg.vocabulary import EntityType, Subtype

    kinds = table("kinds")
    assert {row["type"] for row in kinds} == set(EntityType)
    for column in ("zh", "en", "light", "dark", "path"):
        assert len({row[column] for row in kinds}) == len(kinds)
    assert {row["subtype"] for row in table("subtypes")} == set(Subtype)
