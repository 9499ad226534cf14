"""What all routes stand on: declaring a route with its policy and its shapes, and turning errors into answers."""

import logging
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import flask
import msgspec
from flask import g
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, UnsupportedMediaType

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient
from media_library.adapters.service_client import ServiceFailed
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.constants import MAX_JSON_BYTES
from media_library.errors import (
    Conflict,
    Forbidden,
    InvalidInput,
    MediaLibraryError,
    NotFound,
    StorageError,
    TooLarge,
    TooManyRequests,
    TransientFailure,
    Unauthenticated,
)
from media_library.models.identity import Identity
from media_library.models.user import Viewer
from media_library.routes.auth import Access, Gatekeeper, address_of
from media_library.routes.strict import Empty, read_json, read_query
from media_library.services.accounts import Accounts
from media_library.services.albums import Albums
from media_library.services.articles import Articles
from media_library.services.assets import Assets
from media_library.services.bin import Bin
from media_library.services.book_pages import BookPages
from media_library.services.books import Books
from media_library.services.collections import Collections
from media_library.services.content import Content
from media_library.services.covers import Covers
from media_library.services.disc_actions import DiscActions
from media_library.services.downloader_updates import DownloaderUpdates
from media_library.services.downloads import Downloads
from media_library.services.encoding import Encoding
from media_library.services.examination import Examiner
from media_library.services.health import LoopHealth
from media_library.services.home_media import HomeMedia
from media_library.services.libraries import Libraries
from media_library.services.media_root import MediaRoot
from media_library.services.music_playlists import MusicPlaylists
from media_library.services.naming_settings import NamingSettings
from media_library.services.pictures import Pictures
from media_library.services.podcasts import Podcasts
from media_library.services.preferences import Preferences
from media_library.services.renaming import Renaming
from media_library.services.site_cookies import SiteCookies
from media_library.services.uploads import Uploads
from media_library.services.vault import Vault
from media_library.services.works import Works

log = logging.getLogger(__name__)

SERVICES_KEY = "media_library"
"""Where the Flask app keeps its ``Services``."""

BODY_WATCH = "media_library.body_watch"
"""Where the gate leaves, in the WSGI environment, the function by which a body is given so many more seconds."""

_JSON = "application/json"
_BYTES = "application/octet-stream"
_RAW_SECONDS = 600.0
_MAX_USER_AGENT = 512
_STATUS: dict[type[MediaLibraryError], int] = {
    InvalidInput: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    TooManyRequests: 429,
    ServiceFailed: 502,
    StorageError: 503,
    TransientFailure: 503,
}
_HTTP_CODES = {
    400: ("bad_request", "The request is malformed."),
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This cannot be done at this address."),
    413: ("too_large", "The request is too large."),
    414: ("too_large", "The address is too long."),
    415: ("unsupported_media_type", "The request must be JSON: set Content-Type to application/json."),
}

Body = TypeVar("Body")
Query = TypeVar("Query")
Handler = TypeVar("Handler", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Services:
    """What the routes call, built once in ``web_server``. ``own_loops`` are those of the web process itself."""

    state: AppState
    settings: Settings
    accounts: Accounts
    media_root: MediaRoot
    gatekeeper: Gatekeeper
    pictures: Pictures
    home: HomeMedia
    bin: Bin
    disc_actions: DiscActions
    encoding: Encoding
    assets: Assets
    preferences: Preferences
    egress: Egress
    http: HttpClient
    vault: Vault
    covers: Covers
    content: Content
    collections: Collections
    music_playlists: MusicPlaylists
    downloads: Downloads
    downloader: DownloaderUpdates
    site_cookies: SiteCookies
    uploads: Uploads
    libraries: Libraries
    albums: Albums
    articles: Articles
    books: Books
    book_pages: BookPages
    examiner: Examiner
    naming_settings: NamingSettings
    renaming: Renaming
    podcasts: Podcasts
    works: Works
    own_loops: Callable[[], tuple[LoopHealth, ...]]
    count_sockets: Callable[[], int]
    started_at: int


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


def error_answer(status: int, code: str, message: str, field: str | None = None) -> flask.Response:
    """The one shape of an error."""
    error = {"code": code, "message": message}
    if field is not None:
        error["field"] = field
    return flask.Response(msgspec.json.encode({"error": error}), status, mimetype=_JSON)


def answer_our_error(error: MediaLibraryError) -> flask.Response:
    """An error of our own: its message is written for the user, unless it is one that a user must not cause."""
    status = next((number for kind, number in _STATUS.items() if isinstance(error, kind)), None)
    if status is None:
        return answer_any_error(error)
    response = error_answer(status, error.code, str(error), getattr(error, "field", None))
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def answer_http_error(error: HTTPException) -> flask.Response:
    """An error that Flask found: no such address, a method that is not allowed, a body that is too large."""
    status = error.code or 500
    if status < 400:
        return flask.Response(error.get_body(), status, error.get_headers())
    code, message = _HTTP_CODES.get(status, ("error", "The request could not be answered."))
    response = error_answer(status, code, message)
    if status == 405 and (allowed := getattr(error, "valid_methods", None)):
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def answer_any_error(error: Exception) -> flask.Response:
    """The last resort: the log gets everything, the asker a number by which it is found there."""
    number = secrets.token_hex(4)
    log.error("Request failed, error %s", number, exc_info=error)
    return error_answer(500, "internal", f"Something went wrong. The log of the server tells more: error {number}.")


def install(app: App, services: Services) -> None:
    """Make an app answer through the declared routes."""
    app.extensions[SERVICES_KEY] = services
    app.before_request(admit)
    app.register_error_handler(MediaLibraryError, answer_our_error)
    app.register_error_handler(HTTPException, answer_http_error)
    app.register_error_handler(Exception, answer_any_error)
