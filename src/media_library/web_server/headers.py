"""The security headers of every answer."""

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import flask
from flask import g
from werkzeug.wrappers import Response

from media_library.routes.origins import Origins

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse

Writer: TypeAlias = Callable[[bytes], object]

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_UNLESS_THE_ROUTE_SAYS_OTHERWISE = {"X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"}
_NO_CONTENT = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_PRIVATE = "private, no-store"
_PUBLIC = "public"


def prepare() -> None:
    """Before every request: the number that allows the page's own inline script, new each time."""
    g.csp_nonce = secrets.token_urlsafe(16)


def page_policy(nonce: str, live_sources: str) -> str:
    """The Content-Security-Policy of a page: everything from here, inline scripts by ``nonce`` only."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'nonce-{nonce}'",
            "style-src 'self'",
            "img-src 'self' blob: data:",
            "media-src 'self' blob:",
            f"connect-src 'self' {live_sources}",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


def add_headers(response: Response) -> None:
    """What every answer carries. Nothing is kept by anybody unless the route said so, and by no shared cache."""
    for name, value in _ALWAYS.items():
        response.headers[name] = value
    for name, value in _UNLESS_THE_ROUTE_SAYS_OTHERWISE.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _NO_CONTENT)
    response.headers.setdefault("Cache-Control", _PRIVATE)
    if not response.headers["Cache-Control"].startswith(_PUBLIC):
        response.headers["CDN-Cache-Control"] = "no-store"


def adding_headers(start_response: "StartResponse") -> "StartResponse":
    """For WSGI applications that are not ours: let their answers carry these headers too."""

    def begin(status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None) -> Writer:
        response = Response(headers=headers)
        add_headers(response)
        return start_response(status, list(response.headers), exc_info)

    return begin


def after_request(response: flask.Response, origins: Origins) -> flask.Response:
    """The headers of an answer of the app; a page gets a policy that lets it work, unless it brings one of its own."""
    if response.mimetype == "text/html" and "Content-Security-Policy" not in response.headers:
        live = origins.web_socket_sources(flask.request.headers.get("Host", ""))
        response.headers["Content-Security-Policy"] = page_policy(g.csp_nonce, live)
    add_headers(response)
    return response
