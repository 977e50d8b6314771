"""Build the documentation into ``docs/build``: the public API, and the ontology as a page with a picture.

``python docs/make.py [FOLDER]``; needs the extra ``docs``. Nothing is fetched, and the pages fetch nothing.
"""

from __future__ import annotations

import html
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import rdflib
from rdflib import OWL, RDF, RDFS
from rdflib.namespace import DCTERMS, SH, SKOS

HERE: Final = Path(__file__).parent
ONTOLOGY: Final = HERE.parent / "ontology"
KG: Final = rdflib.Namespace("https://w3id.org/union-kg/ontology#")
MODULES: Final = (
    "kg",
    "kg.asking",
    "kg.graph",
    "kg.model",
    "kg.notebook",
    "kg.queries",
    "kg.reading",
    "kg.view",
    "kg.vocabulary",
)

PLACES: Final = {
    "Organization": (430, 250),
    "Person": (160, 130),
    "Award": (430, 60),
    "Programme": (760, 110),
    "Event": (160, 390),
    "Place": (430, 450),
    "Document": (760, 250),
    "Facility": (760, 390),
    "Article": (60, 260),
}
"""Where the classes stand in the picture."""

SEVERAL: Final = {
    "receivedAward": [("Person", "Award"), ("Organization", "Award")],
    "participatesIn": [("Person", "Event"), ("Organization", "Event")],
    "locatedIn": [("Organization", "Place"), ("Facility", "Place"), ("Event", "Place")],
    "partOf": [("Programme", "Programme"), ("Event", "Event")],
}
"""Relations that hold of several classes; one rdfs:domain could not say so."""

STYLE: Final = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #b3261e }
body { font: 16px/1.6 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
  max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.7rem } h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line) }
section.term { border: 1px solid var(--line); border-radius: 6px; padding: .6rem 1rem; margin: .8rem 0 }
section.term h3 { margin: 0 } code { background: var(--soft); padding: 0 .3em; border-radius: 3px }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .4rem 0 }
dd { margin: 0 } dt { color: GrayText } nav a { margin-right: .8em; white-space: nowrap }
table { border-collapse: collapse } td, th { text-align: left; padding: .2rem .8rem .2rem 0;
  border-bottom: 1px solid var(--line) }
svg { max-width: 100%; height: auto } svg text { fill: currentColor; text-anchor: middle }
svg .label { font-size: 11px } svg .line { fill: none; stroke: currentColor; opacity: .45 }
svg rect { fill: Canvas; stroke: var(--accent) }
svg .halo { stroke: Canvas; stroke-width: 4; paint-order: stroke }
"""


def main(folder: Path) -> None:
    """Build everything into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    api(folder / "api")
    (folder / "ontology.html").write_text(ontology_page(), encoding="utf-8", newline="\n")


def api(folder: Path) -> None:
    """The public API out of its docstrings, by pdoc."""
    import networkx
    import pdoc
    import pdoc.render

    # annotations name the type of nodes, as the stubs want; pdoc evaluates them, and at run time it is none
    networkx.Graph.__class_getitem__ = classmethod(lambda cls, _: cls)  # type: ignore[attr-defined]

    pdoc.render.configure(docformat="google", search=True, show_source=False)
    pdoc.pdoc(*MODULES, output_directory=folder)


def ontology_page() -> str:
    """The vocabulary, its picture and the lists of kinds as one page."""
    words = rdflib.Graph().parse(ONTOLOGY / "union-kg.ttl")
    lists = rdflib.Graph().parse(ONTOLOGY / "schemes.ttl")
    shapes = rdflib.Graph().parse(ONTOLOGY / "shapes.ttl")
    head = next(words.subjects(RDF.type, OWL.Ontology))
    groups = {
        "类 · Classes": OWL.Class,
        "关系 · Object properties": OWL.ObjectProperty,
        "属性 · Datatype properties": OWL.DatatypeProperty,
    }
    terms = {title: _terms(words, kind) for title, kind in groups.items()}
    links = "".join(
        f"<p>{_text(title)}</p><nav>{' '.join(_link(words, t) for t in found)}</nav>"
        for title, found in terms.items()
    )
    body = "".join(
        f"<h2>{_text(title)}</h2>" + "".join(_term(words, shapes, t) for t in found)
        for title, found in terms.items()
    )
    title_zh, title_en = _words(words, head, DCTERMS.title)
    about = "".join(f"<p>{_text(text)}</p>" for text in _words(words, head, DCTERMS.description))
    return (
        '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_text(title_zh)}</title><style>{STYLE}</style></head><body>"
        f"<h1>{_text(title_zh)}<br><small>{_text(title_en)}</small></h1>{about}"
        f"<p>IRI <code>{_text(str(head))}</code> · {_text(str(words.value(head, OWL.versionInfo)))}</p>"
        f"{picture(words)}{links}{body}{''.join(_scheme(lists, s) for s in _schemes(lists))}</body></html>\n"
    )


def picture(words: rdflib.Graph) -> str:
    """The classes that articles speak of and the relations between them, as SVG."""
    lines, labels = [], []
    ends = [(relation, *pair) for relation, pairs in sorted(_relations(words).items()) for pair in pairs]
    beside = Counter(frozenset(pair) for _, *pair in ends)
    drawn = Counter[frozenset[str]]()
    for relation, subject, target in ends:
        both = frozenset((subject, target))
        bend = (drawn[both] - (beside[both] - 1) / 2) * (1 if subject < target else -1)
        drawn[both] += 1
        path, (x, y) = _curve(PLACES[subject], PLACES[target], 80 * bend)
        lines.append(f'<path class="line" d="{path}" marker-end="url(#tip)"/>')
        label = _words(words, KG[relation], RDFS.label)[0]
        labels.append(f'<text class="label halo" x="{x:.0f}" y="{y:.0f}">{_text(label)}</text>')
    boxes = "".join(
        f'<a href="#{name}"><rect x="{x - 62}" y="{y - 20}" width="124" height="40" rx="6"/>'
        f'<text x="{x}" y="{y - 2}">{_text(_words(words, KG[name], RDFS.label)[0])}</text>'
        f'<text class="label" x="{x}" y="{y + 13}">{name}</text></a>'
        for name, (x, y) in PLACES.items()
    )
    return (
        '<svg viewBox="-20 0 880 500" role="img" aria-label="类与关系 · classes and relations">'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0L8 4L0 8z" fill="currentColor"/></marker></defs>'
        f"{''.join(lines)}{boxes}{''.join(labels)}</svg>"
    )


def _relations(words: rdflib.Graph) -> dict[str, list[tuple[str, str]]]:
    found = dict(SEVERAL)
    for term in words.subjects(RDF.type, OWL.ObjectProperty):
        ends = words.value(term, RDFS.domain), words.value(term, RDFS.range)
        names = [_name(end) for end in ends if end is not None]
        if len(names) == 2 and all(name in PLACES for name in names):
            found[_name(term)] = [(names[0], names[1])]
    return found


def _curve(start: tuple[int, int], end: tuple[int, int], bend: float) -> tuple[str, tuple[float, float]]:
    """A path from box to box, bent aside by so much, and where its label stands."""
    (x, y), (u, v) = start, end
    if start == end:
        return f"M{x - 62} {y - 12}c-44 -14 -44 24 -2 14", (x - 100, y - 14)
    length = math.hypot(u - x, v - y)
    middle = (x + u) / 2 - (v - y) / length * bend, (y + v) / 2 + (u - x) / length * bend
    first, last = _edge(start, middle), _edge(end, middle)
    at = (first[0] + 2 * middle[0] + last[0]) / 4, (first[1] + 2 * middle[1] + last[1]) / 4
    path = f"M{first[0]:.0f} {first[1]:.0f}Q{middle[0]:.0f} {middle[1]:.0f} {last[0]:.0f} {last[1]:.0f}"
    return path, (at[0], at[1] + 4)


def _edge(box: tuple[int, int], towards: tuple[float, float]) -> tuple[float, float]:
    """Where the line from the middle of a box leaves it."""
    dx, dy = towards[0] - box[0], towards[1] - box[1]
    scale = min(64 / abs(dx) if dx else math.inf, 22 / abs(dy) if dy else math.inf)
    return box[0] + dx * scale, box[1] + dy * scale


def _terms(words: rdflib.Graph, kind: rdflib.URIRef) -> list[rdflib.URIRef]:
    return sorted(t for t in words.subjects(RDF.type, kind) if isinstance(t, rdflib.URIRef) and t in KG)


def _term(words: rdflib.Graph, shapes: rdflib.Graph, term: rdflib.URIRef) -> str:
    rows = {
        "子类于 · subclass of": words.objects(term, RDFS.subClassOf),
        "子属性于 · subproperty of": words.objects(term, RDFS.subPropertyOf),
        "主语 · domain": words.objects(term, RDFS.domain),
        "宾语 · range": words.objects(term, RDFS.range),
    }
    items = "".join(
        f"<dt>{title}</dt><dd>{'、'.join(shown)}</dd>"
        for title, ends in rows.items()
        if (shown := [_link(words, e) for e in sorted(ends, key=str) if isinstance(e, rdflib.URIRef)])
    )
    rules = "".join(f"<dt>形状 · shape</dt><dd>{_text(text)}</dd>" for text in _messages(shapes, term))
    zh, en = _words(words, term, RDFS.label)
    said = "<br>".join(_text(text) for text in _words(words, term, SKOS.definition) if text)
    return (
        f'<section class="term" id="{_name(term)}"><h3>{_text(zh)} · {_text(en)} '
        f"<code>kg:{_name(term)}</code></h3><p>{said}</p><dl>{items}{rules}</dl></section>"
    )


def _messages(shapes: rdflib.Graph, term: rdflib.URIRef) -> list[str]:
    """What the shapes say of a property."""
    found = (m for shape in shapes.subjects(SH.path, term) for m in shapes.objects(shape, SH.message))
    return sorted(str(m) for m in found if isinstance(m, rdflib.Literal))


def _schemes(lists: rdflib.Graph) -> Iterator[rdflib.URIRef]:
    yield from sorted(s for s in lists.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(s, rdflib.URIRef))


def _scheme(lists: rdflib.Graph, scheme: rdflib.URIRef) -> str:
    names = [text for text in _words(lists, scheme, SKOS.prefLabel) if text]
    names = names or [text for text in _words(lists, scheme, DCTERMS.title) if text] or [_name(scheme)]
    rows = "".join(
        f"<tr><td>{_text(zh)}</td><td>{_text(en)}</td><td><code>{_text(_name(concept))}</code></td></tr>"
        for concept in sorted(lists.subjects(SKOS.inScheme, scheme), key=str)
        for zh, en in [_words(lists, concept, SKOS.prefLabel)]
    )
    return f"<h2>{_text(' · '.join(names))}</h2><table>{rows}</table>"


def _words(graph: rdflib.Graph, term: rdflib.term.Node, said: rdflib.URIRef) -> tuple[str, str]:
    """What is said of a term in Chinese and in English; empty where nothing is."""
    found = {
        text.language: str(text) for text in graph.objects(term, said) if isinstance(text, rdflib.Literal)
    }
    return found.get("zh", ""), found.get("en", "")


def _link(words: rdflib.Graph, term: rdflib.URIRef) -> str:
    if term in KG:
        return f'<a href="#{_name(term)}">kg:{_name(term)}</a>'
    return f"<code>{_text(words.namespace_manager.normalizeUri(term))}</code>"


def _name(term: rdflib.term.Node) -> str:
    return str(term).rpartition("#")[2].rpartition("/")[2]


def _text(text: str) -> str:
    return html.escape(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "build")
