"""The OpenAPI 3.1 document, made from the declared routes and their types, so that it cannot say anything else."""

import re
from collections.abc import Iterable
from typing import Any

import flask
import msgspec

from media_library.constants import PROGRAM, VERSION
from media_library.routes.auth import POLICIES, Access
from media_library.routes.helpers import Api, Call, Endpoint
from media_library.routes.shapes import Shape

api = Api("openapi")

_PATH_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_REFERENCES = "#/components/schemas/{name}"


class ErrorDetail(Shape, omit_defaults=True):
    """What went wrong, for people (``message``) and programs (``code``); ``field`` names the part at fault."""

    code: str
    message: str
    field: str | None = None


class ErrorShape(Shape):
    """Every error."""

    error: ErrorDetail


@api.route("GET", "/api/openapi.json", access=Access.PUBLIC, returns="application/json", summary="This document")
def get_openapi(call: Call[None, None]) -> flask.Response:
    """Made anew each time: it is asked for rarely."""
    endpoints = (view for view in flask.current_app.view_functions.values() if isinstance(view, Endpoint))
    return flask.Response(msgspec.json.encode(build(endpoints)), mimetype="application/json")


def build(endpoints: Iterable[Endpoint]) -> dict[str, Any]:
    """The document for these routes, those of the API only."""
    declared = sorted((one for one in endpoints if not one.is_page), key=lambda one: (one.path, one.method))
    shapes = {ErrorShape, *(shape for one in declared for shape in _shapes(one))}
    _, components = msgspec.json.schema_components(shapes, ref_template=_REFERENCES)
    paths: dict[str, dict[str, Any]] = {}
    for one in declared:
        paths.setdefault(_PATH_PART.sub(r"{\1}", one.path), {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": PROGRAM, "version": VERSION},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "session"},
                "key": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def _shapes(endpoint: Endpoint) -> Iterable[type]:
    if endpoint.body is not None:
        yield endpoint.body
    if isinstance(endpoint.returns, type):
        yield endpoint.returns


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary,
        "tags": [endpoint.name.partition(".")[0]],
        "security": _security(endpoint.access),
        "parameters": [*_path_parameters(endpoint), *_query_parameters(endpoint)],
        "responses": _responses(endpoint),
    }
    if endpoint.method in ("POST", "PUT", "PATCH"):
        schema = {"type": "object", "additionalProperties": False} if endpoint.body is None else _ref(endpoint.body)
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


def _security(access: Access) -> list[dict[str, list[str]]]:
    if access is Access.PUBLIC:
        return []
    policy = POLICIES[access]
    by_session: list[dict[str, list[str]]] = [{"session": []}] if policy.by_session else []
    return by_session + ([] if policy.scope is None else [{"key": [policy.scope]}])


def _path_parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in _PATH_PART.findall(endpoint.path)
    ]


def _query_parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    if endpoint.query is None:
        return []
    (reference,), components = msgspec.json.schema_components([endpoint.query], ref_template=_REFERENCES)
    described = components[reference["$ref"].rpartition("/")[2]]
    return [
        {"name": name, "in": "query", "required": name in described["required"], "schema": _inline(schema, components)}
        for name, schema in described["properties"].items()
    ]


def _inline(schema: Any, components: dict[str, Any]) -> Any:
    """A schema with what it refers to put in its place, for parameters, which have no components of their own."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            return _inline(components[schema["$ref"].rpartition("/")[2]], components)
        return {name: _inline(value, components) for name, value in schema.items()}
    return [_inline(value, components) for value in schema] if isinstance(schema, list) else schema


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    error = {"description": "What went wrong", "content": {"application/json": {"schema": _ref(ErrorShape)}}}
    if endpoint.returns is None:
        return {"204": {"description": "Done"}, "default": error}
    if isinstance(endpoint.returns, str):
        content: dict[str, Any] = {kind: {} for kind in endpoint.returns.split(", ")}
        return {"200": {"description": endpoint.summary, "content": content}, "default": error}
    content = {"application/json": {"schema": _ref(endpoint.returns)}}
    return {str(endpoint.status): {"description": endpoint.summary, "content": content}, "default": error}


def _ref(shape: type) -> dict[str, str]:
    return {"$ref": _REFERENCES.format(name=shape.__name__)}
