"""What all routes stand on: declaring a route with its policy and its shapes, and turning errors into answers."""

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import flask
import msgspec
from flask import g
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from media_library.constants import MAX_JSON_BYTES
from media_library.errors import (
    MediaLibraryError,
    TooLarge,
    Unauthenticated,
)
from media_library.models.identity import Identity
from media_library.models.user import Viewer
from media_library.routes.auth import Access, address_of
from media_library.routes.errors import answer_any_error, answer_http_error, answer_our_error
from media_library.routes.services import Services
from media_library.routes.strict import Empty, read_json, read_query

log = logging.getLogger(__name__)

SERVICES_KEY = "media_library"
"""Where the Flask app keeps its ``Services``."""

BODY_WATCH = "media_library.body_watch"
"""Where the gate leaves, in the WSGI environment, the function by which a body is given so many more seconds."""

_JSON = "application/json"
_BYTES = "application/octet-stream"
_RAW_SECONDS = 600.0
_MAX_USER_AGENT = 512
Body = TypeVar("Body")
Query = TypeVar("Query")
Handler = TypeVar("Handler", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Call(Generic[Body, Query]):
    """One request that was let in: who asks, what they say (``None`` where the route takes nothing)."""

    services: Services
    request: flask.Request
    body: Body
    query: Query
    visitor: Identity | None

    @property
    def identity(self) -> Identity:
        """Who asks; raises ``Unauthenticated`` for a stranger at a public route."""
        if self.visitor is None:
            raise Unauthenticated("Sign in first.")
        return self.visitor

    @property
    def viewer(self) -> Viewer:
        """Through whose eyes the library is seen."""
        return self.identity.viewer

    @property
    def address(self) -> str:
        """The address of the TCP peer."""
        return address_of(self.request)

    @property
    def user_agent(self) -> str:
        """What the browser calls itself, shortened; chosen by the client, so only to be shown."""
        return self.request.headers.get("User-Agent", "")[:_MAX_USER_AGENT]


@dataclass(frozen=True, slots=True)
class Json:
    """An answer that is already JSON, such as SQLite made it."""

    text: str
    status: int | None = None


@dataclass(frozen=True, slots=True)
class Raw:
    """A body of bytes: their content type, how many at most if that is said, whether there may be none at all."""

    content_type: str = _BYTES
    max_bytes: int | None = None
    may_be_empty: bool = False


@dataclass(frozen=True)
class Endpoint:
    """A declared route: what Flask calls, and what the policies' test and the OpenAPI document read."""

    name: str
    method: str
    path: str
    access: Access
    body: type[msgspec.Struct] | None
    query: type[msgspec.Struct] | None
    returns: type | str | None
    status: int
    summary: str
    handler: Callable[..., object]
    is_page: bool = False
    max_body: int = MAX_JSON_BYTES
    raw: Raw | None = None

    def __call__(self, **path: Any) -> flask.Response:
        """Read the input strictly, run the handler, shape its answer."""
        request = flask.request
        call: Call[Any, Any] = Call(
            flask.current_app.extensions[SERVICES_KEY], request, self._read_body(), self._read_query(), g.visitor
        )
        result = self.handler(call, **path)
        if isinstance(result, flask.Response):
            return result
        if isinstance(result, Json):
            return flask.Response(result.text, result.status or self.status, mimetype=_JSON)
        if result is None:
            return flask.Response(status=204)
        return flask.Response(msgspec.json.encode(result), self.status, mimetype=_JSON)

    def _read_body(self) -> object:
        request = flask.request
        if request.method in ("GET", "HEAD", "OPTIONS") or (request.method == "DELETE" and not request.content_length):
            return None
        if self.raw is not None:
            self._admit_raw(self.raw)
            return None
        if request.mimetype != _JSON or request.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
            raise UnsupportedMediaType()
        request.max_content_length = self.max_body
        data = request.get_data(cache=False)
        if len(data) >= self.max_body:
            raise RequestEntityTooLarge()  # a body without a length is cut off there
        body = read_json(data, self.body or Empty)
        return body if self.body else None

    def _admit_raw(self, raw: Raw) -> None:
        request = flask.request
        length = request.content_length
        if raw.max_bytes is not None and length is not None and length > raw.max_bytes:
            raise TooLarge(
                f"One request may carry {raw.max_bytes >> 20} MB here, and this one has {length >> 20} MB. Send a"
                " larger file in parts, as the web app does."
            )
        has_none = not length and "Transfer-Encoding" not in request.headers and not request.mimetype
        if request.mimetype != raw.content_type and not (raw.may_be_empty and has_none):
            raise UnsupportedMediaType()
        request.max_content_length = sys.maxsize  # None would mean the limit for JSON
        give_time = request.environ.get(BODY_WATCH)
        if give_time is not None:
            give_time(_RAW_SECONDS)

    def _read_query(self) -> object:
        if self.is_page:
            return None
        query = read_query(flask.request.args, self.query or Empty)
        return query if self.query else None


class Api:
    """The routes of one noun. A route cannot be declared without its policy."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.blueprint = flask.Blueprint(name, __name__)

    def route(
        self,
        method: str,
        path: str,
        *,
        access: Access,
        summary: str,
        body: type[msgspec.Struct] | None = None,
        query: type[msgspec.Struct] | None = None,
        returns: type | str | None = None,
        status: int = 200,
        is_page: bool = False,
        max_body: int = MAX_JSON_BYTES,
        raw: Raw | None = None,
    ) -> Callable[[Handler], Handler]:
        """Declare a route.

        ``returns`` is the type of the answer, a content type for what is not JSON, or ``None`` for 204. ``is_page``
        marks what a browser opens: query parameters are then nobody's business. ``max_body`` is how many bytes of JSON
        are taken. A ``raw`` route takes bytes, which its handler reads from ``call.request.stream`` and counts itself.
        """

        def declare(handler: Handler) -> Handler:
            name = handler.__name__
            endpoint = Endpoint(
                f"{self.name}.{name}",
                method,
                path,
                access,
                body,
                query,
                returns,
                status,
                summary,
                handler,
                is_page,
                max_body,
                raw,
            )
            self.blueprint.add_url_rule(path, name, endpoint, methods=[method])
            return handler

        return declare


class App(flask.Flask):
    """A Flask app in which nothing can be reached that has no policy."""

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Any = None,
        provide_automatic_options: bool | None = None,
        **options: Any,
    ) -> None:
        """Register a route; raises ``TypeError`` for what was not declared through ``Api.route``."""
        if not isinstance(view_func, Endpoint):
            raise TypeError(f"{rule} has no access policy: declare it through Api.route")
        super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)


def admit() -> None:
    """Before every request: decide on the matched route, never on the text of the address."""
    g.visitor = None
    endpoint = find_endpoint(flask.request)
    if endpoint is not None:
        services: Services = flask.current_app.extensions[SERVICES_KEY]
        g.visitor = services.gatekeeper.admit(flask.request, endpoint.access)


def find_endpoint(request: flask.Request) -> Endpoint | None:
    """The declared route that a request matched."""
    view = flask.current_app.view_functions.get(request.endpoint or "")
    return view if isinstance(view, Endpoint) else None


def install(app: App, services: Services) -> None:
    """Make an app answer through the declared routes."""
    app.extensions[SERVICES_KEY] = services
    app.before_request(admit)
    app.register_error_handler(MediaLibraryError, answer_our_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_any_error)
