"""What the OpenAPI description says of routes that read their requests themselves."""

from __future__ import annotations

from typing import Any, Final

from kg.server.negotiation import GRAPHS, TABLES

__all__ = [
    "LINKED",
    "PAGE",
    "PROBLEMS",
    "RECONCILE_GET",
    "RECONCILE_POST",
    "SPARQL_GET",
    "SPARQL_POST",
    "VOID",
]

_PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "line": {"type": "integer", "description": "where in the query the fault is"},
        "column": {"type": "integer"},
    },
}


def _problem(description: str) -> dict[str, Any]:
    content = {"application/problem+json": {"schema": _PROBLEM}, "text/html": {"schema": {"type": "string"}}}
    return {"description": description, "content": content}


PROBLEMS: Final[dict[str, dict[str, Any]]] = {
    "400": _problem("The request or the query has a fault; line and column say where."),
    "403": _problem("A page of another web site asks."),
    "404": _problem("There is nothing under this address."),
    "406": _problem("None of the accepted forms is one of the answer."),
    "413": _problem("Too much was sent."),
    "415": _problem("The query was sent in another form than those below."),
    "421": _problem("The server is not called so."),
    "500": _problem("Something unexpected."),
    "503": _problem("The server is busy, or the question needs more memory than it gives."),
    "504": _problem("The question took more than its time and was stopped."),
}


def _answers(*statuses: str, **good: dict[str, Any]) -> dict[str, Any]:
    found = {name.removeprefix("_"): value for name, value in good.items()}
    return {**found, **{status: PROBLEMS[status] for status in (*statuses, "403", "421", "503", "504")}}


def _content(*media: str) -> dict[str, Any]:
    return {name: {"schema": {"type": "string"}} for name in media}


def _parameter(name: str, description: str, *, many: bool = False, **schema: Any) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string", **schema}
    return {
        "name": name,
        "in": "query",
        "description": description,
        "schema": {"type": "array", "items": text} if many else text,
    }


_MEDIA: Final = tuple(form.media for form in (*TABLES, *GRAPHS))
_RESULT: Final = {
    "description": "The answer, in the form that Accept or format asks for.",
    "content": _content(*_MEDIA),
    "headers": {
        "X-Result-Rows": {"description": "rows or triples of the answer", "schema": {"type": "integer"}},
        "X-SPARQL-MaxRows": {
            "description": "there if the answer was cut: how many rows an answer has at most",
            "schema": {"type": "integer"},
        },
    },
}
_DATASET: Final = [
    _parameter("default-graph-uri", "A graph of the default graph; only graphs that are here.", many=True),
    _parameter("named-graph-uri", "A named graph; only graphs that are here.", many=True),
]
_FORMAT: Final = _parameter(
    "format", "json, xml, csv, tsv, excel; of CONSTRUCT ttl, jsonld, nt. Counts before Accept."
)
SPARQL_GET: Final[dict[str, Any]] = {
    "parameters": [
        _parameter("query", "A SPARQL query. Without one, the service description is the answer."),
        *_DATASET,
        _FORMAT,
    ],
    "responses": _answers(
        "400", "406", "413", _200=_RESULT, _303={"description": "To the query page, for a browser."}
    ),
}
SPARQL_POST: Final[dict[str, Any]] = {
    "parameters": [*_DATASET, _FORMAT],
    "requestBody": {
        "required": True,
        "content": {
            "application/sparql-query": {
                "schema": {"type": "string"},
                "example": "SELECT * { ?s ?p ?o } LIMIT 3",
            },
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["query"],
                    "properties": {"query": {"type": "string"}, "format": {"type": "string"}},
                }
            },
        },
    },
    "responses": _answers("400", "406", "413", "415", _200=_RESULT),
}
PAGE: Final[dict[str, Any]] = {
    "responses": _answers("400", "404", _200={"description": "A page.", "content": _content("text/html")})
}
LINKED: Final[dict[str, Any]] = {
    "parameters": [_parameter("format", "html, ttl, jsonld or nt. Counts before Accept.")],
    "responses": _answers(
        "400",
        "404",
        "406",
        _200={
            "description": "A page for people, or RDF.",
            "content": _content("text/html", *(form.media for form in GRAPHS)),
        },
    ),
}
VOID: Final[dict[str, Any]] = {
    "parameters": [_parameter("format", "ttl, jsonld or nt. Counts before Accept.")],
    "responses": _answers(
        "406",
        _200={"description": "RDF.", "content": _content(*(form.media for form in GRAPHS))},
    ),
}
_JSON: Final = {"description": "JSON.", "content": {"application/json": {"schema": {"type": "object"}}}}
_BATCH: Final = '{"q0": {"query": "云浮市总工会", "type": "Organization", "limit": 3}}'
RECONCILE_GET: Final[dict[str, Any]] = {
    "parameters": [
        {**_parameter("queries", "A batch of names as JSON."), "example": _BATCH},
        _parameter("extend", "Things and properties as JSON."),
    ],
    "responses": _answers("400", "413", _200=_JSON),
}
RECONCILE_POST: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {"queries": {"type": "string"}, "extend": {"type": "string"}},
                },
                "example": {"queries": _BATCH},
            }
        },
    },
    "responses": _answers("400", "413", "415", _200=_JSON),
}
