"""The OpenRefine reconciliation service, API 0.2: from names in a table to things in the graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.errors import QueryError
from kg.graph import Graph
from kg.graph.binding import fill, iri_term
from kg.graph.resources import labels
from kg.server.addresses import short_id
from kg.server.names import Hit, Named, Search, folded, names_of
from kg.server.reader import Reader
from kg.vocabulary import ID, ONTOLOGY, EntityType, Predicate

__all__ = ["Extend", "Reconcile", "manifest", "parse_batch", "parse_extension", "suggested"]

_SURE: Final = 90.0
_RESULTS: Final = 5
_MOST: Final = 25
_PROPERTY_VALUES: Final = """
SELECT DISTINCT ?it ?label {
  VALUES ?it { UNDEF }
  VALUES ?property { UNDEF }
  ?it ?property ?end .
  ?end skos:prefLabel|skos:altLabel|dct:title ?label
}
"""
_ENDS: Final = """
SELECT DISTINCT ?it ?end ?label {
  VALUES ?it { UNDEF }
  VALUES ?property { UNDEF }
  ?it ?property ?end .
  ?end skos:prefLabel|dct:title ?label
} ORDER BY ?it ?label ?end
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """One name that is sought, with what is known of the thing."""

    text: str
    type: str | None
    limit: int
    properties: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reconcile:
    """Candidates for each of the names, by key."""

    sought: tuple[tuple[str, Sought], ...]

    def __call__(self, reader: Reader) -> dict[str, Any]:
        """Find them."""
        return {key: {"result": _candidates(reader, one)} for key, one in self.sought}


@dataclass(frozen=True, slots=True)
class Extend:
    """Values of properties for things that were found."""

    ids: tuple[str, ...]
    properties: tuple[tuple[str, int], ...]

    def __call__(self, reader: Reader) -> dict[str, Any]:
        """Look them up."""
        rows: dict[str, dict[str, list[dict[str, str]]]] = {
            name: {property_: [] for property_, _ in self.properties} for name in self.ids
        }
        terms = [iri_term(ID + name) for name in self.ids]
        for property_, most in self.properties:
            query = fill(_ENDS, {"it": terms, "property": [iri_term(ONTOLOGY + property_)]})
            for row in reader.graph.query(query) if terms else ():
                cell = rows[short_id(str(row.it))][property_]
                if len(cell) < most:
                    cell.append({"id": short_id(str(row.end)), "name": str(row.label)})
        meta = [_property(Predicate(name)) for name, _ in self.properties]
        return {"meta": meta, "rows": rows}


def manifest(base: str, *, batch: int) -> dict[str, Any]:
    """What the service says of itself; ``base`` is the address of the server, without a slash at its end."""
    suggest = {
        name: {"service_url": base, "service_path": f"/reconcile/suggest/{name}"}
        for name in ("entity", "property", "type")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": "工会新闻知识图谱 union-kg",
        "identifierSpace": ID,
        "schemaSpace": ONTOLOGY,
        "documentation": f"{base}/api",
        "batchSize": batch,
        "defaultTypes": [_type(kind) for kind in EntityType],
        "view": {"url": f"{base}/id/{{{{id}}}}"},
        "preview": {"url": f"{base}/reconcile/preview?id={{{{id}}}}", "width": 420, "height": 220},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": base, "service_path": "/reconcile/extend/propose"},
            "property_settings": [
                {
                    "name": "limit",
                    "label": "最多几项 / at most",
                    "type": "number",
                    "default": 0,
                    "help_text": "0 取全部 / 0 takes all",
                }
            ],
        },
    }


def parse_batch(text: str, *, most: int) -> Reconcile:
    """The names of a batch, from the JSON of the parameter ``queries``.

    Raises:
        QueryError: if it is no such JSON, or holds more names than ``most``.
    """
    content = _json(text, "queries")
    if len(content) > most:
        raise QueryError(f"queries: {len(content)} names at once, this service takes {most}")
    return Reconcile(tuple((str(key), _sought(str(key), value)) for key, value in content.items()))


def parse_extension(text: str, *, most: int) -> Extend:
    """What is asked of things, from the JSON of the parameter ``extend``.

    Raises:
        QueryError: if it is no such JSON, or names more than ``most`` things or an unknown property.
    """
    content = _json(text, "extend")
    ids, properties = content.get("ids"), content.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise QueryError("extend: ids and properties must be lists")
    if len(ids) > most:
        raise QueryError(f"extend: {len(ids)} things at once, this service takes {most}")
    wanted = []
    for one in properties:
        name = str(one.get("id")) if isinstance(one, dict) else ""
        if name not in set(Predicate):
            raise QueryError(f"extend: there is no property {name!r}")
        settings = one.get("settings")
        limit = settings.get("limit") if isinstance(settings, dict) else None
        wanted.append((name, _number(limit) or _MOST))
    return Extend(tuple(dict.fromkeys(map(str, ids))), tuple(wanted))


def suggested(kind: str, prefix: str) -> list[dict[str, str]]:
    """The types, or the properties, whose name in Chinese or English holds ``prefix``."""
    wanted = folded(prefix)
    rows = [_type(t) for t in EntityType] if kind == "type" else [_property(p) for p in Predicate]
    return [row for row in rows if wanted in folded(f"{row['name']} {row['id']} {row['description']}")]


def _candidates(reader: Reader, sought: Sought) -> list[dict[str, Any]]:
    types = (sought.type,) if sought.type else ()
    hits = list(Search(sought.text, types, 4 * sought.limit)(reader).hits)
    known = {hit.thing.iri for hit in hits}
    alike = names_of(reader).alike(sought.text, types=types)
    hits += [hit for hit in alike if hit.thing.iri not in known]
    scores = _with_properties(reader.graph, hits, sought.properties)
    rated = sorted(
        zip(scores, hits, strict=True), key=lambda p: (-p[0], -p[1].thing.mentions, p[1].thing.iri)
    )
    sure = [score for score, _ in rated if score >= _SURE]
    return [
        _candidate(hit, score, match=score >= _SURE and (len(sure) == 1 or score > sorted(sure)[-2]))
        for score, hit in rated[: sought.limit]
    ]


def _with_properties(graph: Graph, hits: Sequence[Hit], properties: Iterable[tuple[str, str]]) -> list[float]:
    """The scores of the hits, raised or lowered by what is known of them beside their name."""
    scores = [hit.score for hit in hits]
    for name, value in properties:
        if not hits or name not in set(Predicate):
            continue
        terms = [iri_term(hit.thing.iri) for hit in hits]
        query = fill(_PROPERTY_VALUES, {"it": terms, "property": [iri_term(ONTOLOGY + name)]})
        having = {str(row.it) for row in graph.query(query) if folded(str(row.label)) == folded(value)}
        if having:
            scores = [s if h.thing.iri in having else s - 15 for s, h in zip(scores, hits, strict=True)]
    return scores


def _candidate(hit: Hit, score: float, *, match: bool) -> dict[str, Any]:
    thing = hit.thing
    return {
        "id": short_id(thing.iri),
        "name": thing.label,
        "type": [_type(EntityType(thing.type))],
        "score": score,
        "match": match,
        "description": description(thing),
        "features": [{"id": "name", "value": hit.score}],
    }


def description(thing: Named) -> str:
    """A thing in a few words: what it is and what else it is called."""
    words = [labels("zh")[ONTOLOGY + thing.type], *thing.aliases[:3]]
    return " · ".join(words)


def _type(kind: EntityType) -> dict[str, str]:
    iri = ONTOLOGY + kind
    return {"id": str(kind), "name": labels("zh")[iri], "description": labels("en")[iri]}


def _property(predicate: Predicate) -> dict[str, str]:
    iri = ONTOLOGY + predicate
    return {"id": str(predicate), "name": labels("zh")[iri], "description": labels("en")[iri]}


def _json(text: str, name: str) -> dict[str, Any]:
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise QueryError(f"{name}: this is no JSON") from None
    if not isinstance(content, dict):
        raise QueryError(f"{name}: an object was expected")
    return content


def _sought(key: str, value: object) -> Sought:
    if not isinstance(value, Mapping) or not isinstance(value.get("query", ""), str):
        raise QueryError(f"queries: {key} must be an object with the text query")
    kind = value.get("type")
    kind = kind[0] if isinstance(kind, list) and kind else kind
    if isinstance(kind, Mapping):
        kind = kind.get("id")
    known = str(kind) if kind in set(EntityType) else None
    given = value.get("properties")
    properties = tuple(
        (str(p["pid"]), _value(p["v"]))
        for p in (given if isinstance(given, list) else ())
        if isinstance(p, Mapping) and "pid" in p and "v" in p
    )
    limit = min(_number(value.get("limit")) or _RESULTS, _MOST)
    return Sought(value.get("query", "")[:300], known, limit, properties[:5])


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("id") or "")
    if isinstance(value, list):
        return _value(value[0]) if value else ""
    return str(value)


def _number(value: object) -> int:
    try:
        return max(0, int(str(value)))
    except ValueError:
        return 0
