"""The ontology: the terms of the code, explained in two languages, and shapes that catch errors."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path

import owlrl
import pytest
import rdflib
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from kg.graph.resources import labels, ontology
from kg.graph.terms import PREFIXES
from kg.graph.validation import validate_rdf
from kg.vocabulary import (
    ID,
    ONTOLOGY,
    AwardKind,
    AwardLevel,
    EntityType,
    Predicate,
    ProgrammeKind,
    Property,
    RecordType,
    Subtype,
)

FOLDER = Path(str(ontology()))
VALID = sorted((FOLDER / "examples" / "valid").glob("*.ttl"))
INVALID = sorted((FOLDER / "examples" / "invalid").glob("*.ttl"))
TURTLE = ("union-kg.ttl", "schemes.ttl", "alignments.ttl", "shapes.ttl")
OWL_RL_ERROR = rdflib.URIRef("http://www.daml.org/2002/03/agents/agent-ont#error")
CLASSES = {*EntityType, *RecordType}
PROPERTIES = {*Predicate, *Property}


def load(*paths: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in paths:
        graph.parse(data=path.read_text(encoding="utf-8"), format="turtle")
    return graph


@pytest.fixture(scope="module")
def vocabulary() -> rdflib.Graph:
    return load(FOLDER / "union-kg.ttl")


def local_names(graph: rdflib.Graph, *types: rdflib.URIRef) -> set[str]:
    return {
        str(term).removeprefix(ONTOLOGY)
        for kind in types
        for term in graph.subjects(RDF.type, kind)
        if str(term).startswith(ONTOLOGY)
    }


def test_turtle_and_code_hold_the_same_classes(vocabulary: rdflib.Graph) -> None:
    assert local_names(vocabulary, OWL.Class) == {str(c) for c in CLASSES}


def test_turtle_and_code_hold_the_same_properties(vocabulary: rdflib.Graph) -> None:
    found = local_names(vocabulary, OWL.ObjectProperty, OWL.DatatypeProperty)
    assert found == {str(p) for p in PROPERTIES}


def test_nothing_else_is_said_of_terms_of_this_namespace(vocabulary: rdflib.Graph) -> None:
    known = {ONTOLOGY + term for term in CLASSES | PROPERTIES}
    for name in TURTLE:
        for triple in load(FOLDER / name):
            used = {str(t) for t in triple if isinstance(t, rdflib.URIRef) and str(t).startswith(ONTOLOGY)}
            assert used - {ONTOLOGY} <= known, (name, triple)


@pytest.mark.parametrize("term", sorted(CLASSES | PROPERTIES))
@pytest.mark.parametrize("says", [RDFS.label, SKOS.definition])
def test_every_term_is_explained_in_both_languages(
    vocabulary: rdflib.Graph, term: StrEnum, says: rdflib.URIRef
) -> None:
    texts = list(vocabulary.objects(rdflib.URIRef(ONTOLOGY + term), says))
    assert sorted(str(t.language) for t in texts if isinstance(t, rdflib.Literal)) == ["en", "zh"]


@pytest.mark.parametrize(
    ("part", "scheme", "terms"),
    [
        ("organization", "OrganizationKinds", Subtype),
        ("award", "AwardKinds", AwardKind),
        ("level", "AwardLevels", AwardLevel),
        ("programme", "ProgrammeKinds", ProgrammeKind),
    ],
)
def test_schemes_and_code_hold_the_same_kinds(part: str, scheme: str, terms: type[StrEnum]) -> None:
    schemes = load(FOLDER / "schemes.ttl")
    concepts = set(schemes.subjects(SKOS.inScheme, rdflib.URIRef(f"{ID}scheme/{scheme}")))
    assert {str(c) for c in concepts} == {f"{ID}kind/{part}/{term}" for term in terms}
    for concept in concepts:
        assert str(schemes.value(concept, SKOS.notation)) == str(concept).rpartition("/")[2]
        for says in (SKOS.prefLabel, SKOS.definition):
            languages = sorted(str(getattr(t, "language", "")) for t in schemes.objects(concept, says))
            assert languages == ["en", "zh"], concept


def test_a_modifier_stands_under_one_concept_only() -> None:
    words = [str(w) for w in load(FOLDER / "schemes.ttl").objects(None, SKOS.altLabel)]
    assert len(words) == len(set(words))


def test_every_constraint_speaks_both_languages() -> None:
    shapes = load(FOLDER / "shapes.ttl")
    for shape in shapes.subjects(RDF.type, SH.PropertyShape):
        languages = sorted(str(getattr(m, "language", "")) for m in shapes.objects(shape, SH.message))
        assert languages == ["en", "zh"], shape


def test_every_class_has_a_shape() -> None:
    shapes = load(FOLDER / "shapes.ttl")
    targets = {str(t).removeprefix(ONTOLOGY) for t in shapes.objects(None, SH.targetClass)}
    assert {str(c) for c in CLASSES} - {"TextSpan"} <= targets


def test_shapes_allow_the_predicates_and_levels_of_the_code() -> None:
    shapes = load(FOLDER / "shapes.ttl")
    lists = {
        str(shape).rpartition("#")[2]: {str(item).rpartition("#")[2].rpartition("/")[2] for item in values}
        for shape, head in shapes.subject_objects(SH["in"])
        for values in [list(shapes.items(head))]
    }
    assert lists["Statement-predicate"] == {str(p) for p in Predicate}
    assert lists["Award-level"] == {str(level) for level in AwardLevel}
    pattern = str(
        shapes.value(rdflib.URIRef("https://w3id.org/union-kg/shapes#Organization-kind"), SH.pattern)
    )
    kinds = re.search(r"\((.+)\)", pattern)
    assert kinds is not None
    assert set(kinds[1].split("|")) == {str(s) for s in Subtype}


@pytest.mark.parametrize("path", VALID, ids=lambda p: p.stem)
def test_valid_examples_conform(path: Path) -> None:
    assert validate_rdf(load(path)) == []


@pytest.mark.parametrize("path", INVALID, ids=lambda p: p.stem)
def test_invalid_examples_fail_for_their_stated_reason_alone(path: Path) -> None:
    head = dict(
        re.findall(r"^# (shape|component|zh|en): (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert set(head) == {"shape", "component", "zh", "en"}
    found = {(v.shape, v.component) for v in validate_rdf(load(path))}
    assert found == {(head["shape"], head["component"])}


def test_examples_are_counted() -> None:
    assert (len(VALID), len(INVALID)) == (7, 35)


def closure(graph: rdflib.Graph) -> rdflib.Graph:
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, rdfs_closure=False).expand(graph)
    return graph


def test_owl_rl_finds_no_contradiction() -> None:
    graph = closure(load(*(FOLDER / name for name in TURTLE if name != "shapes.ttl"), *VALID))
    assert list(graph.subject_objects(OWL_RL_ERROR)) == []
    wu = rdflib.URIRef(f"{ID}person/陆远舟")
    assert (wu, RDF.type, rdflib.URIRef(PREFIXES["foaf"] + "Person")) in graph
    firm = rdflib.URIRef(f"{ID}organization/青禾机械有限公司")
    assert (wu, rdflib.URIRef(PREFIXES["org"] + "memberOf"), firm) in graph
    assert not list(graph.subjects(RDF.type, OWL.Nothing))


def test_owl_rl_would_find_a_contradiction() -> None:
    graph = load(FOLDER / "union-kg.ttl")
    graph.add((rdflib.URIRef(f"{ID}x"), RDF.type, rdflib.URIRef(ONTOLOGY + "Person")))
    graph.add((rdflib.URIRef(f"{ID}x"), RDF.type, rdflib.URIRef(ONTOLOGY + "Award")))
    assert [str(m) for m in closure(graph).objects(None, OWL_RL_ERROR) if "disjoint" in str(m).lower()]


def test_ontologies_name_themselves() -> None:
    for name in ("union-kg.ttl", "alignments.ttl", "shapes.ttl"):
        graph = load(FOLDER / name)
        (this,) = graph.subjects(RDF.type, OWL.Ontology)
        assert {str(getattr(t, "language", "")) for t in graph.objects(this, DCTERMS.title)} == {"zh", "en"}


def test_labels() -> None:
    assert labels("zh")[ONTOLOGY + "receivedAward"] == "获得荣誉"
    assert set(labels("zh")) >= {ONTOLOGY + p for p in Predicate}
