"""The magic, the font of plots, and how an extraction shows itself."""

from __future__ import annotations

from typing import Any

import pytest

import kg
from kg.errors import QueryError
from kg.model import Document, Entity, Evidence, Extraction, Fact, Mention, Observation, Span
from kg.notebook import use_chinese_font
from kg.vocabulary import EntityType, Predicate


class Shell:
    """As much of IPython as the magic needs."""

    def __init__(self, **user_ns: Any) -> None:
        self.user_ns: dict[str, Any] = user_ns
        self.magics: dict[tuple[str, str], Any] = {}

    def register_magic_function(self, func: Any, magic_kind: str, magic_name: str) -> None:
        self.magics[magic_kind, magic_name] = func


class Asked:
    """A graph that only remembers what it was asked."""

    def query(self, query: str, **parameters: object) -> tuple[str, dict[str, object]]:
        return query, parameters


def test_the_magic_asks_binds_and_keeps() -> None:
    shell = Shell(graph=Asked(), other=Asked())
    kg.load_ipython_extension(shell)
    sparql = shell.magics["line_cell", "sparql"]
    assert sparql("", "SELECT * { ?a ?b ?c }") == ("SELECT * { ?a ?b ?c }", {})
    asked = sparql("other --to rows -p year=2023 -p year=2024 -p 'name=a b'", "ASK {}")
    assert asked == ("ASK {}", {"year": ["2023", "2024"], "name": ["a b"]})
    assert shell.user_ns["rows"] == asked
    assert sparql("graph awards -p recipient=王宝刚") == ("awards", {"recipient": ["王宝刚"]})


@pytest.mark.parametrize(
    ("line", "cell", "message"),
    [
        ("missing", "ASK {}", "no variable missing holds a graph"),
        ("", "", "wants a query"),
        ("graph -p year", "ASK {}", "-p wants"),
        ("graph --nonsense", "ASK {}", "nonsense"),
    ],
)
def test_the_magic_says_what_is_wrong(line: str, cell: str, message: str) -> None:
    shell = Shell(graph=Asked())
    kg.load_ipython_extension(shell)
    with pytest.raises(QueryError, match=message):
        shell.magics["line_cell", "sparql"](line, cell)


def test_the_font_of_plots_holds_chinese() -> None:
    matplotlib = pytest.importorskip("matplotlib", reason="install the extra 'plots'")
    with matplotlib.rc_context():
        family = use_chinese_font()
        if family is None:
            pytest.skip("no Chinese font is installed")
        assert matplotlib.rcParams["font.sans-serif"][0] == family
        from matplotlib import font_manager, ft2font

        path = font_manager.findfont(family, fallback_to_default=False)
        assert ord("会") in ft2font.FT2Font(path).get_charmap()


def extraction(source: str = "王<b>海授予") -> Extraction:
    document = Document("d", "d.txt", source, source, range(len(source)))
    evidence = Evidence(Span(0, len(source)), source)
    return Extraction(
        document,
        (
            Entity("p", EntityType.PERSON, source[:5], mentions=(Mention(Span(0, 5), source[:5], "r"),)),
            Entity("a", EntityType.AWARD, "<i>奖"),
        ),
        (Fact(Predicate.RECEIVED_AWARD, "p", "a", evidence, "rule:x", (("year", "2024"),)),),
        (Observation("", "<u>人", 40000, "名", evidence, "rule:y", "近", "2024年"),),
        title="<h1>题",
    )


def test_an_extraction_shows_its_text_with_the_names_marked() -> None:
    found = extraction()
    assert repr(found) == "<Extraction '<h1>题': 2 entities, 1 facts, 1 figures>"
    shown = found._repr_html_()
    for part in (
        'title="Person">王&lt;b&gt;海</mark>授予',
        "receivedAward",
        "40,000 名",
        "近，2024年",
        "rule:x",
    ):
        assert part in shown
    for hostile in ("<b>", "<i>奖", "<u>", "<h1>"):
        assert hostile not in shown.replace("<p><b>", "").replace("</b></p>", "")


def test_a_long_text_is_cut() -> None:
    source = "会" * 20_000
    document = Document("d", "d.txt", source, source, range(len(source)))
    shown = Extraction(document)._repr_html_()
    assert len(shown) < 7_000
    assert "…" in shown
