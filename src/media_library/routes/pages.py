"""The pages that a browser opens, and the static files that they are made of."""

import re
from urllib.parse import quote, urlencode

import flask
from werkzeug.routing import BaseConverter

from media_library.routes.auth import Access
from media_library.routes.helpers import Api, Call

api = Api("pages")

_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
}
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_AGAIN = "public, no-cache"
_WORKER = ".worker.js"
_WORKER_POLICY = "default-src 'none'; script-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""A worker lives by the policy of its own file, not by that of the page: this lets it load its own parts."""
_SERVICE_WORKER_POLICY = (
    "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HOME = "/"
_LANGUAGE_COOKIE = "language"
"""Set by the page on which one signs in; it names a language and nothing else."""
_VERSION = re.compile(r"^v/[0-9a-f]{12}/")


class PagePath(BaseConverter):
    """Every path of the web app's own pages: none of the API, of static files or of the live connection."""

    regex = r"(?!(?:api|static|socket\.io)(?:/|$))[^/].*?"
    part_isolating = False


@api.route("GET", "/", access=Access.PUBLIC, returns="text/html", summary="The web app", is_page=True)
def home(call: Call[None, None]) -> flask.Response:
    return _app(call)


@api.route("GET", "/<page:path>", access=Access.PUBLIC, returns="text/html", summary="A page of it", is_page=True)
def page(call: Call[None, None], path: str) -> flask.Response:
    return _app(call)


@api.route("GET", "/login", access=Access.PUBLIC, returns="text/html", summary="Where to sign in", is_page=True)
def login(call: Call[None, None]) -> flask.Response:
    if not call.services.accounts.is_claimed():
        return _go("/setup")
    if call.visitor is not None:
        return _go(safe_next(call.request.args.get("next")))
    return _render(call, "login.html")


@api.route("GET", "/setup", access=Access.PUBLIC, returns="text/html", summary="Where to begin", is_page=True)
def setup(call: Call[None, None]) -> flask.Response:
    return _go(_HOME) if call.services.accounts.is_claimed() else _render(call, "setup.html")


@api.route("GET", "/sw.js", access=Access.PUBLIC, returns="text/javascript", summary="The service worker", is_page=True)
def service_worker(call: Call[None, None]) -> flask.Response:
    """It lies at the root, because a worker may only serve what lies beside or below it; nothing else does."""
    file = call.services.assets.files.read("sw.js", may_pack=False)
    if call.request.if_none_match.contains_weak(file.tag):
        response = flask.Response(status=304)
    else:
        response = flask.Response(file.data, content_type=_TYPES["js"])
    response.set_etag(file.tag)
    response.headers["Content-Security-Policy"] = _SERVICE_WORKER_POLICY
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@api.route(
    "GET", "/static/<path:name>", access=Access.PUBLIC, returns="*/*", summary="A file of the web app", is_page=True
)
def static_file(call: Call[None, None], name: str) -> flask.Response:
    """A file that is named together with its version never changes; any other is asked about again each time.

    A page that was loaded before an update still asks for the old version, and gets what there is now.
    """
    assets, request = call.services.assets, call.request
    plain = _VERSION.sub("", name)
    kind = _TYPES.get(plain.rpartition(".")[2], "application/octet-stream")
    file = assets.files.read(plain, may_pack=request.accept_encodings["gzip"] > 0)
    if request.if_none_match.contains_weak(file.tag):
        response = flask.Response(status=304)
    else:
        response = flask.Response(file.data, content_type=kind)
        if file.is_packed:
            response.headers["Content-Encoding"] = "gzip"
    response.set_etag(file.tag)
    response.headers["Vary"] = "Accept-Encoding"
    if plain.endswith(_WORKER):
        response.headers["Content-Security-Policy"] = _WORKER_POLICY
    response.headers["Cache-Control"] = _FOR_EVER if name == f"v/{assets.version}/{plain}" else _ASK_AGAIN
    return response


def safe_next(path: str | None) -> str:
    """Where to go after the sign-in: a path of this site, never another site, whatever was asked for."""
    if not path or not path.startswith("/") or path.startswith("//"):
        return _HOME
    if "\\" in path or not path.isprintable() or path.startswith(("/login", "/setup")):
        return _HOME
    return quote(path, safe="/?&=%+:@,;!$'()*~-._#")


def _app(call: Call[None, None]) -> flask.Response:
    if not call.services.accounts.is_claimed():
        return _go("/setup")
    if call.visitor is None:
        wanted = call.request.full_path.removesuffix("?")
        return _go("/login" if wanted == _HOME else f"/login?{urlencode({'next': wanted})}")
    return _render(call, "index.html")


def _go(path: str) -> flask.Response:
    return flask.Response(status=302, headers={"Location": path})


def _render(call: Call[None, None], template: str) -> flask.Response:
    assets = call.services.assets
    language = assets.languages.choose(_wanted_languages(call))
    text = flask.render_template(
        template,
        csp_nonce=flask.g.csp_nonce,
        library_name=call.services.settings.web_server.library_name,
        version=assets.version,
        language=language,
        languages=assets.languages.all,
        first_modules=assets.first_modules,
        words=language.words,
    )
    return flask.Response(text, mimetype="text/html", headers={"Content-Language": language.code})


def _wanted_languages(call: Call[None, None]) -> tuple[str, ...]:
    """What the person chose, then what was chosen on this device before a sign-in, then what the browser prefers."""
    chosen = call.services.state.personal_choices(call.visitor.user.id).language if call.visitor else ""
    on_device = call.request.cookies.get(_LANGUAGE_COOKIE, "")
    return (chosen, on_device, *(tag for tag, _ in call.request.accept_languages))
