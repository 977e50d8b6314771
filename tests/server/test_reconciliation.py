"""The reconciliation service, as OpenRefine and the specification of its API 0.2 want it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.server.conftest import Running
from tests.server.server_samples import NAMES

jsonschema: Any = pytest.importorskip("jsonschema", reason="needs: pip install jsonschema")

NAMED = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "string"}, "name": {"type": "string"}},
}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "contains": {"const": "0.2"}},
        "identifierSpace": {"type": "string", "format": "uri"},
        "schemaSpace": {"type": "string", "format": "uri"},
        "defaultTypes": {"type": "array", "items": NAMED},
        "view": {"type": "object", "required": ["url"], "properties": {"url": {"pattern": "\\{\\{id\\}\\}"}}},
        "preview": {"type": "object", "required": ["url", "width", "height"]},
        "suggest": {
            "type": "object",
            "additionalProperties": {"type": "object", "required": ["service_url", "service_path"]},
        },
        "extend": {"type": "object", "required": ["propose_properties"]},
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "type", "score", "match"],
                    "properties": {
                        "id": {"type": "string"},
                        "name": {"type": "string"},
                        "type": {"type": "array", "items": NAMED},
                        "score": {"type": "number"},
                        "match": {"type": "boolean"},
                    },
                },
            }
        },
    },
}


def reconcile(served: Running, **queries: Any) -> dict[str, Any]:
    answer = served.http.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    jsonschema.validate(found, RESULTS)
    assert found.keys() == queries.keys()
    return {key: one["result"] for key, one in found.items()}


def test_the_manifest(served: Running) -> None:
    found = served.get("/reconcile").json()
    jsonschema.validate(found, MANIFEST)
    assert len(found["defaultTypes"]) == 8
    view = found["view"]["url"].replace("{{id}}", "person/陆远舟")
    assert served.http.get(view).status_code == 200


def test_names_are_found(served: Running) -> None:
    found = reconcile(
        served,
        q0={"query": "青禾市总工会"},
        q1={"query": "市总工会", "type": "Organization", "limit": 1},
        q2={"query": "陆远舟", "type": {"id": "Person"}},
        q3={"query": "青禾机械公司"},
        q4={"query": "没有这样的东西啊"},
        q5={"query": "陆远舟", "type": "Award"},
    )
    assert found["q0"][0]["id"] == "organization/青禾市总工会"
    assert found["q0"][0]["match"] is True
    assert [c["match"] for c in found["q0"]].count(True) == 1
    assert (found["q1"][0]["name"], len(found["q1"])) == ("青禾市总工会", 1)
    assert found["q2"][0]["type"][0]["id"] == "Person"
    assert found["q3"][0]["name"] == "青禾机械有限公司"
    assert found["q3"][0]["match"] is False
    assert found["q4"] == []
    assert all(c["type"][0]["id"] == "Award" for c in found["q5"])


def test_properties_count(served: Running) -> None:
    right = {"query": "何静", "properties": [{"pid": "holdsPost", "v": "青禾机械有限公司"}]}
    wrong = {
        "query": "何静",
        "properties": [{"pid": "holdsPost", "v": {"name": "别的公司"}}, {"pid": "nothing", "v": 1}],
    }
    found = reconcile(served, right=right, wrong=wrong)
    assert found["right"][0]["score"] == 100
    assert found["wrong"][0]["name"] == "何静"


def test_hostile_names(served: Running) -> None:
    for start in range(0, len(NAMES), 40):
        batch = {f"q{n}": {"query": name} for n, name in enumerate(NAMES[start : start + 40])}
        found = reconcile(served, **batch)
        exact = [key for key, name in batch.items() if found[key] and found[key][0]["name"] == name["query"]]
        assert len(exact) > 10


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"q0": 1}',
        '{"q0": {"query": 1}}',
        "[" * 5000,
        json.dumps({f"q{n}": {"query": "x"} for n in range(51)}),
    ],
)
def test_what_is_no_batch(served: Running, text: str) -> None:
    answer = served.http.post("/reconcile", data={"queries": text})
    assert answer.status_code == 400
    assert answer.json()["detail"].startswith("queries")
    assert served.get("/reconcile", params={"queries": text}).status_code == 400


def test_a_batch_in_another_form(served: Running) -> None:
    assert served.http.post("/reconcile", json={"queries": {}}).status_code == 415


def test_suggestions(served: Running) -> None:
    entity = served.get("/reconcile/suggest/entity?prefix=luyuan").json()["result"]
    assert (entity[0]["id"], entity[0]["notable"][0]["id"]) == ("person/陆远舟", "Person")
    assert served.get("/reconcile/suggest/type?prefix=组织").json()["result"][0]["id"] == "Organization"
    assert served.get("/reconcile/suggest/property?prefix=post").json()["result"][0]["id"] == "holdsPost"
    assert served.get("/reconcile/suggest/entity").json() == {"result": []}
    assert len(served.get("/reconcile/suggest/property").json()["result"]) == 12


def test_values_of_properties(served: Running) -> None:
    proposed = served.get("/reconcile/extend/propose?type=Person").json()
    assert "holdsPost" in {p["id"] for p in proposed["properties"]}
    wanted = {
        "ids": ["person/何静", "person/nobody"],
        "properties": [{"id": "holdsPost"}, {"id": "receivedAward"}],
    }
    found = served.http.post("/reconcile", data={"extend": json.dumps(wanted)}).json()
    assert [m["id"] for m in found["meta"]] == ["holdsPost", "receivedAward"]
    assert found["rows"]["person/何静"]["holdsPost"] == [
        {"id": "organization/青禾机械有限公司", "name": "青禾机械有限公司"}
    ]
    assert found["rows"]["person/何静"]["receivedAward"] == []  # only planned
    assert found["rows"]["person/nobody"] == {"holdsPost": [], "receivedAward": []}


@pytest.mark.parametrize(
    "wanted",
    [
        {},
        {"ids": [], "properties": [{"id": "x"}]},
        {"ids": ["a"] * 60, "properties": []},
        {"ids": ["a b<>"], "properties": [{"id": "issued"}]},
    ],
)
def test_what_is_no_extension(served: Running, wanted: dict[str, Any]) -> None:
    assert served.http.post("/reconcile", data={"extend": json.dumps(wanted)}).status_code == 400


def test_the_preview(served: Running) -> None:
    answer = served.get("/reconcile/preview", params={"id": "person/陆远舟"})
    assert "陆远舟" in answer.text
    assert "<script" not in answer.text
    assert served.get("/reconcile/preview", params={"id": "person/nobody"}).status_code == 404
