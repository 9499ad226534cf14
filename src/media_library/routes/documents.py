"""Answers that are somebody else's words: documents in a sandbox where nothing runs and nothing is asked; downloads.

A document is an opaque origin that sees neither cookies nor the web app. In a frame of the web app it keeps the
origin of the house, so that the app may look how far it was scrolled; without ``allow-scripts`` that gives it nothing.
"""

import re
import unicodedata
from typing import Literal
from urllib.parse import quote

import flask
import msgspec

from media_library.routes.shapes import Shape

_SANDBOX = "sandbox allow-popups allow-popups-to-escape-sandbox"
_NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_OPEN = f"{_SANDBOX}; {_NOTHING_ELSE}; img-src data:; frame-ancestors 'none'"
_FRAMED = f"{_SANDBOX} allow-same-origin; {_NOTHING_ELSE}; img-src 'self' data:; frame-ancestors 'self'"
_OPENED_BY_ITSELF = frozenset({"document", "object", "embed"})


class Framed(Shape):
    """Whether the web app shows the document in a frame of its own."""

    frame: Literal[0, 1] = msgspec.field(default=0)


def is_framed(request: flask.Request, query: Framed) -> bool:
    """Whether a document goes into a frame: the app says so, and the browser, where it tells, does not deny it."""
    return query.frame == 1 and request.headers.get("Sec-Fetch-Dest") not in _OPENED_BY_ITSELF


def sandboxed(html: str, *, framed: bool) -> flask.Response:
    """A document of sanitised HTML. Outside of a frame its pictures must stand in it as ``data:`` addresses."""
    response = flask.Response(html, mimetype="text/html")
    response.headers["Content-Security-Policy"] = _FRAMED if framed else _OPEN
    response.headers["X-Frame-Options"] = "SAMEORIGIN" if framed else "DENY"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Vary"] = "Sec-Fetch-Dest"
    return response


def content_disposition(name: str) -> str:
    """``Content-Disposition`` of a download (RFC 6266): the name in UTF-8, and in ASCII for old programs."""
    shown = "".join(character for character in name if character.isprintable())
    plain = unicodedata.normalize("NFKD", shown).encode("ascii", "ignore").decode()
    plain = re.sub(r'["\\/%;]', "_", plain).strip() or "download"
    if plain.startswith("."):
        plain = f"download{plain}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(shown, safe='')}"
