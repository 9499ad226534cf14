"""Live connections: Socket.IO, with every connection judged and counted before it costs a thread."""

import re
import socket
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import simple_websocket
from engineio.async_drivers.threading import DaemonThread, SimpleWebSocketWSGI
from flask_socketio import SocketIO
from werkzeug.wrappers import Request
from wsproto.utilities import ProtocolError

from media_library.app_state import AppState
from media_library.errors import InvalidInput, MediaLibraryError
from media_library.events import SessionEnded, user_room
from media_library.routes.auth import address_of
from media_library.routes.errors import answer_our_error
from media_library.routes.helpers import App
from media_library.routes.live import EVENTS, PATH, Place, Usher, is_still_welcome, rooms_of
from media_library.web_server.headers import add_headers, adding_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_MAX_MESSAGE_BYTES = 64 * 1024
_PING_SECONDS = 25
_PONG_SECONDS = 20
_TICKET = "media_library.ticket"
_GREETING = re.compile(r"0(?:\{.*\})?|1")
"""All that a browser may say: connect to the one namespace, and disconnect."""


@dataclass(slots=True)
class _Ticket:
    """Goes along with the request that opens a connection; Engine.IO's id of the connection is written onto it."""

    place: Place
    engine_id: str | None = None


class LiveConnections:
    """The browsers that listen: WSGI middleware for ``/socket.io``. Safe to use from any thread."""

    def __init__(self, app: App, state: AppState, usher: Usher) -> None:
        self._state = state
        self._usher = usher
        self._places: dict[str, Place] = {}
        self._lock = threading.Lock()
        self._app: WSGIApplication = app.wsgi_app
        socket_io: Any = SocketIO(
            app,
            async_mode="threading",
            always_connect=True,
            async_handlers=False,
            cors_allowed_origins=[],  # origins are judged here, for every request
            http_compression=False,
            manage_session=False,
            max_http_buffer_size=_MAX_MESSAGE_BYTES,
            ping_interval=_PING_SECONDS,
            ping_timeout=_PONG_SECONDS,
        )
        self._server: Any = socket_io.server
        self._socket_io: WSGIApplication = app.wsgi_app
        self._server.on("connect", self._on_connect)
        self._engine: Any = self._server.eio
        self._engine._async = {**self._engine._async, "websocket": _WebSocket}
        self._engine.on("connect", self._on_open)
        self._engine.on("message", self._on_message)
        self._engine.on("disconnect", self._on_close)

    def __len__(self) -> int:
        return len(self._usher)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(PATH):
            return self._app(environ, start_response)
        try:
            return self._let_in(Request(environ, populate_request=False), environ, adding_headers(start_response))
        except MediaLibraryError as error:
            response = answer_our_error(error)
            add_headers(response)
            return response(environ, start_response)

    def emit(self, name: str, payload: Mapping[str, Any], room: str) -> None:
        """Tell all who are in ``room``; a name outside of ``EVENTS`` is a mistake of the program."""
        if name not in EVENTS:
            raise ValueError(f"{name} is no event")
        if name == SessionEnded.name:
            self._end_sessions(payload, room)
        else:
            self._server.emit(name, dict(payload), to=room)

    def end_stale(self) -> None:
        """Close the connections whose session ran out."""
        self._end(lambda place: not is_still_welcome(self._state, place))

    def close_all(self) -> None:
        """Say goodbye to everybody."""
        self._end(lambda place: True)

    def _let_in(self, request: Request, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        identity = self._usher.check(request)
        engine_id = request.args.get("sid")
        if engine_id is not None:
            known = self._places.get(engine_id)
            if known is None or known.identity.user.id != identity.user.id:
                raise InvalidInput("There is no such live connection.")
            return self._socket_io(environ, start_response)
        ticket = _Ticket(self._usher.enter(identity, address_of(request)))
        try:
            return self._socket_io({**environ, _TICKET: ticket}, start_response)
        finally:
            if ticket.engine_id is None:
                self._usher.leave(ticket.place)  # no connection came of it
            elif "HTTP_UPGRADE" in environ:
                self._close(ticket.engine_id)  # a Web Socket is over when its request is

    def _end_sessions(self, payload: Mapping[str, Any], room: str) -> None:
        """Of a person's browsers, those whose session ended hear so and are cut off; the others stay."""

        def is_over(place: Place) -> bool:
            return user_room(place.identity.user.id) == room and not is_still_welcome(self._state, place)

        self._end(is_over, payload)

    def _end(self, is_over: Callable[[Place], bool], farewell: Mapping[str, Any] | None = None) -> None:
        with self._lock:
            open_places = list(self._places.items())
        for engine_id, place in open_places:
            if is_over(place):
                if farewell is not None:
                    self._server.emit(
                        SessionEnded.name, dict(farewell), to=self._server.manager.sid_from_eio_sid(engine_id, "/")
                    )
                self._close(engine_id)

    def _close(self, engine_id: str) -> None:
        connection = self._engine.sockets.get(engine_id)
        if connection is not None:
            connection.close(wait=False, reason=self._engine.reason.SERVER_DISCONNECT)

    # ── what Engine.IO and Socket.IO tell ──

    def _on_open(self, engine_id: str, environ: dict[str, Any]) -> None:
        ticket: _Ticket = environ[_TICKET]
        ticket.engine_id = engine_id
        with self._lock:
            self._places[engine_id] = ticket.place
        self._server._handle_eio_connect(engine_id, environ)

    def _on_message(self, engine_id: str, data: object) -> None:
        if isinstance(data, str) and _GREETING.fullmatch(data):
            self._server._handle_eio_message(engine_id, data)
        else:
            self._close(engine_id)

    def _on_close(self, engine_id: str, reason: str) -> None:
        with self._lock:
            place = self._places.pop(engine_id, None)
        if place is not None:
            self._usher.leave(place)
        self._server._handle_eio_disconnect(engine_id, reason)

    def _on_connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> bool:
        """Join the rooms first and read their positions then: an event in between is heard twice rather than never."""
        ticket: _Ticket = environ[_TICKET]
        if not is_still_welcome(self._state, ticket.place):
            return False
        rooms = rooms_of(self._state, ticket.place.identity)
        for room in rooms:
            self._server.enter_room(sid, room)
        self._server.emit("hello", {"rooms": self._state.room_positions(rooms)}, to=sid)
        return True


class _Reader(simple_websocket.Server):  # type: ignore[misc]  # it carries no types
    """Reads a Web Socket on a thread of its own, and wakes whoever waits for a message however the reading ends."""

    def _thread(self) -> None:
        try:
            super()._thread()
        except ProtocolError:
            pass  # the peer does not speak the protocol
        finally:
            self.connected = False
            self.event.set()


class _WebSocket(SimpleWebSocketWSGI):  # type: ignore[misc]  # Engine.IO carries no types
    """A Web Socket with a limit on its messages, and whose end is an end for a silent peer too."""

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        self._connection: socket.socket = environ["gunicorn.socket"]
        self.ws = _Reader(environ, max_message_size=_MAX_MESSAGE_BYTES, thread_class=DaemonThread)
        self.app(self)
        raise StopIteration  # tells gunicorn that the connection is not HTTP any more

    def close(self) -> None:
        """Say goodbye and cut, because a peer that went out of range would be waited for a quarter of an hour."""
        try:
            super().close()
            self._connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it is closed already
