"""The first thing that a request meets: is it meant for this box at all?"""

import threading
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Response

from media_library.routes.errors import error_answer
from media_library.routes.helpers import BODY_WATCH
from media_library.routes.origins import Origins
from media_library.web_server.headers import add_headers
from media_library.web_server.watchdog import Watchdog

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_BODY_SECONDS = 30.0
"""How long a client may take to say what it wants, body included."""


class Gate:
    """WSGI middleware in front of everything: foreign hosts and strange requests go no further.

    It also counts the requests that are being answered, so that a stop can wait for them.
    """

    def __init__(self, app: "WSGIApplication", origins: Origins, watchdog: Watchdog | None = None) -> None:
        self._app = app
        self._origins = origins
        self._watchdog = watchdog
        self._lock = threading.Lock()
        self._busy = 0

    @property
    def busy(self) -> int:
        """How many requests are being answered; a file that is being sent does not count."""
        return self._busy

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        refusal = self._refusal(environ)
        if refusal is not None:
            add_headers(refusal)
            return refusal(environ, start_response)
        with self._lock:
            self._busy += 1
        try:
            return self._app(environ, self._watched(environ, start_response))
        finally:
            with self._lock:
                self._busy -= 1

    def _refusal(self, environ: "WSGIEnvironment") -> Response | None:
        target = environ.get("RAW_URI", "/")
        if not target.startswith("/"):
            return error_answer(400, "bad_request", "The request must name a path of this site.")
        if not self._origins.is_trusted_host(environ.get("HTTP_HOST", "")):
            return error_answer(
                400,
                "bad_request",
                "This box is not known by that name. Open it by its IP address, or set PUBLIC_URL to its name.",
            )
        if environ["REQUEST_METHOD"] not in _METHODS:
            answer = error_answer(405, "method_not_allowed", "This cannot be done at this address.")
            answer.headers["Allow"] = ", ".join(sorted(_METHODS))
            return answer
        return None

    def _watched(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> "StartResponse":
        """Cut the connection if the body does not come in time; the first word of the answer ends the watch."""
        connection = environ.get("gunicorn.socket")
        if self._watchdog is None or connection is None or not _has_body(environ):
            return start_response
        watchdog, let_go = self._watchdog, self._watchdog.watch(connection, _BODY_SECONDS)

        def give_time(seconds: float) -> None:
            nonlocal let_go
            let_go()
            let_go = watchdog.watch(connection, seconds)

        def begin(*arguments: Any) -> Callable[[bytes], object]:
            let_go()
            return start_response(*arguments)

        environ[BODY_WATCH] = give_time  # for a route that takes files

        return begin


def _has_body(environ: "WSGIEnvironment") -> bool:
    return environ.get("CONTENT_LENGTH", "0") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ
