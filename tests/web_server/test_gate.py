"""The gate in front of everything: how long a body may take."""

import socket
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.test import EnvironBuilder

from media_library.config import Settings
from media_library.routes.helpers import BODY_WATCH
from media_library.routes.origins import Origins
from media_library.web_server.gate import Gate
from media_library.web_server.watchdog import Watchdog


class Noted(Watchdog):
    """A watchdog that notes what it is told and never bites."""

    def __init__(self) -> None:
        super().__init__()
        self.watched: list[float] = []
        self.let_go: list[float] = []

    def watch(self, connection: socket.socket, seconds: float) -> Callable[[], None]:
        """Note it."""
        self.watched.append(seconds)
        return lambda: self.let_go.append(seconds)


def ask(watchdog: Watchdog, app: Any) -> None:
    with socket.socket() as connection:
        environ = EnvironBuilder("/", "http://127.0.0.1:8096", method="POST", data=b"x").get_environ()
        environ["gunicorn.socket"] = connection
        list(Gate(app, Origins(Settings()), watchdog)(environ, lambda *_: lambda _: None))


def test_a_body_has_half_a_minute_and_a_file_more() -> None:
    watchdog = Noted()

    def plain(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [])
        return [b""]

    def large(environ: Any, start_response: Any) -> Iterable[bytes]:
        environ[BODY_WATCH](600.0)
        assert (watchdog.watched[-2:], watchdog.let_go[-1]) == ([30.0, 600.0], 30.0)
        start_response("200 OK", [])
        return [b""]

    ask(watchdog, plain)
    assert watchdog.watched == watchdog.let_go == [30.0]
    ask(watchdog, large)
    assert watchdog.watched == watchdog.let_go == [30.0, 30.0, 600.0]
