"""The OpenAPI description, and a server that keeps to it whatever it is sent."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.server.conftest import Running

with warnings.catch_warnings():  # of libraries that it brings along
    warnings.simplefilter("ignore")
    schemathesis: Any = pytest.importorskip("schemathesis", reason="needs: pip install schemathesis")
    from schemathesis import checks

CHECKS: Any = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.unsupported_method,
]

PATHS = {
    *(
        "/",
        "/search",
        "/things",
        "/articles",
        "/suggest",
        "/network",
        "/query",
        "/questions",
        "/ontology",
        "/api",
    ),
    *("/questions/{name}", "/id/{name}", "/sparql", "/.well-known/void", "/reconcile"),
    *(f"/reconcile/suggest/{kind}" for kind in ("entity", "property", "type")),
    *("/reconcile/extend/propose", "/reconcile/preview"),
}


@pytest.fixture(scope="session")
def description(served: Running) -> Any:
    return schemathesis.openapi.from_url(f"{served.base}/openapi.json")


def test_every_address_is_described(served: Running) -> None:
    content = served.get("/openapi.json").json()
    assert set(content["paths"]) == PATHS
    for path in content["paths"].values():
        for operation in path.values():
            assert operation["description"]
            assert "422" not in operation["responses"]


def test_the_page_for_programs(served: Running) -> None:
    text = served.get("/api", "text/html").text
    for path in PATHS:
        assert f"<code>{path}</code>" in text
    assert '<script src="/static/search.js' in text
    assert "cdn" not in text


OPERATIONS = [(path, "get") for path in sorted(PATHS)] + [("/sparql", "post"), ("/reconcile", "post")]


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_the_server_keeps_to_its_description(description: Any, path: str, method: str) -> None:
    @settings(
        max_examples=8,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=description[path][method].as_strategy())
    def kept(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    kept()
