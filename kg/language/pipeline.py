"""The spaCy pipeline: what each step reads and writes, and nothing of how it finds it.

Every component keeps the same form: a pure finder in a module of its own returns values, the
component writes them to ``doc._``. The values are lists of plain rows, so that a ``Doc`` can be
serialised; :func:`reading_of` gives them back as the types of :mod:`kg.language.annotations`.
Offsets are code points of ``doc.text``, whatever the tokenizer, so that the components also
work in someone else's pipeline.

======================  ====================================================================
attribute               what it holds
======================  ====================================================================
``doc._.kg_metadata``   what the file says of itself (title, publisher, published, authors)
``doc._.kg_sentences``  rows of :class:`~kg.language.annotations.Sentence`
``doc._.kg_masthead``   title, publisher, date of publication
``doc._.kg_bylines``    rows of :class:`~kg.language.annotations.Byline`
``doc._.kg_candidates`` rows of :class:`~kg.language.annotations.Name`, overlapping
``doc._.kg_posts``      rows of :class:`~kg.language.annotations.Post`
``doc._.kg_names``      the candidates that the conflict policy kept
``doc._.kg_rejected``   rows of name and reason
``doc._.kg_referents``  the things named, with their names
``doc._.kg_claims``     rows of :class:`~kg.language.annotations.Claim`
``doc._.kg_figures``    rows of :class:`~kg.language.annotations.Figure`
``doc._.kg_refused``    rows of :class:`~kg.language.quantities.Refused`
======================  ====================================================================
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import filter_spans

from kg.errors import ModelError
from kg.language import grammar, posts, quantities, relations, structure
from kg.language.annotations import Byline, Claim, Figure, Name, Post, Reading, Referent, Sentence
from kg.language.conflicts import Rejected, settle
from kg.language.masthead import Masthead, find_masthead
from kg.language.recogniser import Recogniser
from kg.language.references import resolve
from kg.language.shape import mended
from kg.language.subjects import main_organization
from kg.language.understanding import Understanding
from kg.model import Metadata
from kg.vocabulary import EntityType, Predicate, Subtype

__all__ = ["COMPONENTS", "load", "reading_of", "rejected_of", "understanding_of"]

COMPONENTS = (
    "kg_structure",
    "kg_recogniser",
    "kg_grammar",
    "kg_names",
    "kg_references",
    "kg_relations",
    "kg_figures",
)

_ATTRIBUTES = (
    "kg_text",
    "kg_metadata",
    "kg_sentences",
    "kg_masthead",
    "kg_bylines",
    "kg_candidates",
    "kg_posts",
    "kg_names",
    "kg_rejected",
    "kg_referents",
    "kg_claims",
    "kg_figures",
    "kg_refused",
)
for _attribute in _ATTRIBUTES:
    if not Doc.has_extension(_attribute):
        Doc.set_extension(_attribute, default=None)

_LONGEST = 50_000_000
"""Characters that one ``Doc`` may hold: none of our components needs memory beyond the tokens."""


def load(*, model: str | None = None) -> Language:
    """The pipeline that reads an article, one token a character.

    ``model`` names an installed spaCy pipeline with an ``ner`` whose entities are taken as a
    second opinion, under the same conflict policy as the other candidates.

    Raises:
        ModelError: if ``model`` is not installed or has no ``ner``.
    """
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "char"}}})
    nlp.max_length = _LONGEST
    for name in COMPONENTS:
        if name == "kg_names" and model is not None:
            nlp.add_pipe("kg_second_opinion", config={"model": model})
        nlp.add_pipe(name)
    return nlp


def reading_of(doc: Doc) -> Reading:
    """What the components have found in ``doc`` so far, as values."""
    head = doc._.kg_masthead or {}
    return Reading(
        text=_text(doc),
        sentences=_sentences(doc),
        referents=tuple(_referent(row) for row in doc._.kg_referents or ()),
        posts=tuple(Post(*row) for row in doc._.kg_posts or ()),
        bylines=tuple(Byline(*row) for row in doc._.kg_bylines or ()),
        published=head.get("published"),
        owner=head.get("owner", ""),
        claims=tuple(_claim(row) for row in doc._.kg_claims or ()),
        figures=tuple(_figure(row) for row in doc._.kg_figures or ()),
    )


def rejected_of(doc: Doc) -> list[Rejected]:
    """The candidates that were not taken, each with its reason."""
    return [Rejected(_name(row), reason) for row, reason in doc._.kg_rejected or ()]


def understanding_of(doc: Doc) -> Understanding:
    """All that the components have found in ``doc``, as :func:`.understanding.understand` gives it."""
    reading = reading_of(doc)
    head = doc._.kg_masthead or {}
    masthead = Masthead(
        head.get("title"),
        publisher=head.get("publisher"),
        published=head.get("published"),
        bylines=reading.bylines,
    )
    refused = tuple(quantities.Refused(*row) for row in doc._.kg_refused or ())
    return Understanding(reading, masthead, tuple(rejected_of(doc)), refused)


def _text(doc: Doc) -> str:
    """``doc.text``, put together once: spaCy joins the tokens anew at every call."""
    if doc._.kg_text is None:
        doc._.kg_text = doc.text
    text: str = doc._.kg_text
    return text


def _rows(values: Iterable[Any]) -> list[tuple[Any, ...]]:
    """Frozen values as plain rows; ``dataclasses.astuple`` would copy every string."""
    return [tuple(getattr(value, name) for name in value.__dataclass_fields__) for value in values]


def _name(row: Sequence[Any]) -> Name:
    start, end, kind, text, rule, score = row
    return Name(start, end, EntityType(kind), text, rule, score)


def _sentences(doc: Doc) -> tuple[Sentence, ...]:
    return tuple(Sentence(*row) for row in doc._.kg_sentences or ())


def _referent(row: dict[str, Any]) -> Referent:
    return Referent(
        key=row["key"],
        type=EntityType(row["type"]),
        name=row["name"],
        subtype=Subtype(row["subtype"]) if row["subtype"] else None,
        aliases=tuple(row["aliases"]),
        names=tuple(_name(n) for n in row["names"]),
    )


def _claim(row: Sequence[Any]) -> Claim:
    predicate, subject, target, rule, start, end, attributes, spans = row
    return Claim(
        Predicate(predicate),
        subject,
        target,
        rule,
        start,
        end,
        tuple((k, v) for k, v in attributes),
        tuple((a, b) for a, b in spans),
    )


def _figure(row: Sequence[Any]) -> Figure:
    subject, measure, value, unit, rule, start, end, modifier, period, spans = row
    places = tuple((a, b) for a, b in spans)
    return Figure(subject, measure, value, unit, rule, start, end, modifier, period, places)


@Language.factory("kg_structure", assigns=["doc._.kg_sentences", "doc._.kg_masthead", "doc._.kg_bylines"])
class Structure:
    """Sentences, headings, title, byline, publisher and date."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        head = find_masthead(_text(doc), Metadata(**(doc._.kg_metadata or {})))
        doc._.kg_sentences = _rows(structure.sentences(_text(doc)))
        doc._.kg_masthead = {"title": head.title, "publisher": head.publisher, "published": head.published}
        doc._.kg_bylines = _rows(head.bylines)
        return doc


@Language.factory(
    "kg_recogniser", requires=["doc._.kg_sentences"], assigns=["doc._.kg_candidates", "doc._.kg_posts"]
)
class Recognise:
    """Names that the trained recogniser sees."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.recogniser = Recogniser.load()

    def __call__(self, doc: Doc) -> Doc:
        names, found_posts = self.recogniser.find(_text(doc), _sentences(doc))
        doc._.kg_candidates = [*(doc._.kg_candidates or ()), *_rows(names)]
        doc._.kg_posts = _rows(posts.find_posts(_text(doc), names, found_posts))
        return doc


@Language.factory(
    "kg_grammar", requires=["doc._.kg_sentences", "doc._.kg_candidates"], assigns=["doc._.kg_candidates"]
)
class Grammar:
    """Names that their form gives away: documents, short forms, known names, repeated names."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        seen = [_name(row) for row in doc._.kg_candidates or ()]
        bylines = [Byline(*row) for row in doc._.kg_bylines or ()]
        doc._.kg_candidates = _rows([*seen, *grammar.find_names(_text(doc), seen, bylines)])
        return doc


_TYPES_OF_OTHERS = {
    "PERSON": EntityType.PERSON,
    "PER": EntityType.PERSON,
    "ORG": EntityType.ORGANIZATION,
    "GPE": EntityType.PLACE,
    "LOC": EntityType.PLACE,
    "FAC": EntityType.FACILITY,
    "EVENT": EntityType.EVENT,
    "LAW": EntityType.DOCUMENT,
    "WORK_OF_ART": EntityType.DOCUMENT,
}
"""Types by the labels that spaCy pipelines usually give."""


@Language.factory(
    "kg_second_opinion",
    requires=["doc._.kg_candidates"],
    assigns=["doc._.kg_candidates"],
    default_config={"model": ""},
)
class SecondOpinion:
    """The entities of an installed spaCy pipeline as further candidates."""

    def __init__(self, nlp: Language, name: str, model: str) -> None:
        self.name = name
        try:
            self.other = spacy.load(model)
        except OSError as error:
            raise ModelError(
                f"the spaCy pipeline {model!r} is not installed: install it, or leave --model out"
            ) from error
        if not any(pipe in self.other.pipe_names for pipe in ("ner", "entity_ruler", "span_ruler")):
            raise ModelError(
                f"the spaCy pipeline {model!r} finds no entities: name one with an 'ner' component"
            )

    def __call__(self, doc: Doc) -> Doc:
        rows = list(doc._.kg_candidates or ())
        for ent in self.other(_text(doc)).ents:
            kind = _TYPES_OF_OTHERS.get(ent.label_)
            if kind is not None:
                rows.append(
                    (ent.start_char, ent.end_char, kind, ent.text, f"model:{self.other.meta['name']}", 0.5)
                )
        doc._.kg_candidates = rows
        return doc


@Language.factory(
    "kg_names", requires=["doc._.kg_candidates"], assigns=["doc._.kg_names", "doc._.kg_rejected", "doc.ents"]
)
class Names:
    """The candidates that the conflict policy keeps; the outermost ones become ``doc.ents``."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        candidates, refused = mended(_text(doc), [_name(row) for row in doc._.kg_candidates or ()])
        kept, rejected = settle(candidates)
        out = [*refused, *rejected]
        doc._.kg_names = _rows(kept)
        doc._.kg_rejected = list(zip(_rows(r.name for r in out), (r.reason for r in out), strict=True))
        spans = (doc.char_span(n.start, n.end, label=n.type, alignment_mode="expand") for n in kept)
        doc.ents = filter_spans([span for span in spans if span is not None])
        return doc


@Language.factory(
    "kg_references",
    requires=["doc._.kg_names", "doc._.kg_sentences"],
    assigns=["doc._.kg_referents", "doc._.kg_masthead"],
)
class References:
    """Which names speak of one thing, and what its fullest name is."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        head = dict(doc._.kg_masthead or {})
        found = resolve(
            _text(doc),
            _sentences(doc),
            [_name(row) for row in doc._.kg_names or ()],
            publisher=head.get("publisher"),
        )
        doc._.kg_referents = [asdict(r) | {"names": _rows(r.names)} for r in found]
        reading = reading_of(doc)
        doc._.kg_masthead = head | {"owner": main_organization(reading) or ""}
        return doc


@Language.factory("kg_relations", requires=["doc._.kg_referents"], assigns=["doc._.kg_claims"])
class Relations:
    """What the text says of the things that it names."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        doc._.kg_claims = _rows(relations.find_claims(reading_of(doc)))
        return doc


@Language.factory(
    "kg_figures", requires=["doc._.kg_referents"], assigns=["doc._.kg_figures", "doc._.kg_refused"]
)
class Figures:
    """The numbers that the text states, and those that state nothing."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        figures, refused = quantities.weigh_figures(reading_of(doc))
        doc._.kg_figures, doc._.kg_refused = _rows(figures), _rows(refused)
        return doc
