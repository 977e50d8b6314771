"""Whether the data look as the shapes of the ontology say, by pySHACL."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.errors import GraphError
from kg.graph.resources import ontology

if TYPE_CHECKING:
    import rdflib

__all__ = ["Violation", "validate_rdf"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """What is wrong with a node, by which shape; ``severity`` is Violation, Warning or Info."""

    focus: str
    shape: str
    component: str
    path: str
    value: str
    severity: str
    zh: str
    en: str

    def __str__(self) -> str:
        found = f" {self.value}" if self.value else ""
        return f"{self.severity}: {self.focus}{found}: {self.zh} ({self.en})"


def validate_rdf(data: rdflib.Graph) -> list[Violation]:
    """What is wrong in an rdflib graph, sorted.

    Raises:
        GraphError: if pySHACL is not installed.
    """
    try:
        import pyshacl
    except ImportError as error:
        raise GraphError("validating needs pySHACL: pip install 'union-kg[validate]'") from error
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), advanced=False, inference="none")
    return sorted(_violations(report))


@cache
def _shapes() -> rdflib.Graph:
    import rdflib

    content = (ontology() / "shapes.ttl").read_text(encoding="utf-8")
    return rdflib.Graph().parse(data=content, format="turtle")


def _violations(report: Any) -> Iterable[Violation]:
    from rdflib.namespace import RDF, SH

    for result in report.subjects(RDF.type, SH.ValidationResult):
        messages = {m.language: str(m) for m in report.objects(result, SH.resultMessage)}
        yield Violation(
            focus=str(report.value(result, SH.focusNode)),
            shape=_last(report.value(result, SH.sourceShape)),
            component=_last(report.value(result, SH.sourceConstraintComponent)),
            path=_last(report.value(result, SH.resultPath)),
            value=str(report.value(result, SH.value) or ""),
            severity=_last(report.value(result, SH.resultSeverity)),
            zh=messages.get("zh", ""),
            en=messages.get("en", ""),
        )


def _last(iri: Any) -> str:
    return str(iri or "").rpartition("#")[2].rpartition("/")[2]
