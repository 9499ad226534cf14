"""The OpenAPI document says what is there, all of it, in valid JSON Schema."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from media_library.routes.helpers import Endpoint
from tests.routes.house import House


@pytest.fixture
def document(house: House) -> Any:
    answer = house.stranger.get("/api/openapi.json")
    assert answer.status_code == 200
    return answer.json


def operations(document: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_it_has_the_parts_that_openapi_asks_for(document: Any) -> None:
    assert re.fullmatch(r"3\.1\.\d", document["openapi"])
    assert document["info"]["title"] and document["info"]["version"]
    assert set(document) <= {"openapi", "info", "servers", "paths", "components", "tags"}
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids)) > 40


def test_every_route_is_in_it_and_nothing_else(house: House, document: Any) -> None:
    declared = {
        (view.method, re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", view.path))
        for view in house.web.app.view_functions.values()
        if isinstance(view, Endpoint) and not view.is_page
    }
    assert {(method, path) for method, path, _ in operations(document)} == declared


def test_every_operation_is_complete(document: Any) -> None:
    for method, path, operation in operations(document):
        assert operation["summary"] and operation["responses"], path
        for status, response in operation["responses"].items():
            assert (status == "default" or re.fullmatch(r"[1-5]\d\d", status)) and response["description"]
        names = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert names == set(re.findall(r"{(\w+)}", path))
        for parameter in operation["parameters"]:
            assert parameter["in"] in ("path", "query") and parameter["schema"]
            assert parameter["required"] or parameter["in"] == "query"
        assert ("requestBody" in operation) == (method in ("POST", "PUT", "PATCH"))
        for requirement in operation["security"]:
            assert set(requirement) <= set(document["components"]["securitySchemes"])


def test_every_reference_leads_somewhere(document: Any) -> None:
    def references(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            for value in node.values():
                yield from references(value)
        elif isinstance(node, list):
            for value in node:
                yield from references(value)

    found = set(references(document))
    assert "#/components/schemas/Card" in found and "#/components/schemas/ErrorShape" in found
    for reference in found:
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"]


def test_a_body_says_that_nothing_else_is_taken(document: Any) -> None:
    for _, path, operation in operations(document):
        if "requestBody" in operation:
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            if "$ref" in schema:
                schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            assert schema["additionalProperties"] is False, path


def test_limits_are_in_the_document(document: Any) -> None:
    parameters = {one["name"]: one["schema"] for one in document["paths"]["/api/library"]["get"]["parameters"]}
    assert (parameters["limit"]["minimum"], parameters["limit"]["maximum"]) == (1, 200)
    assert set(parameters["sort"]["enum"]) == {"added", "title", "year", "published", "duration"}
