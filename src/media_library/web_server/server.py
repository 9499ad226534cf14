"""Runs the web app in gunicorn: one process, many threads, gone within three seconds of SIGTERM."""

import gc
import logging
import os
import select
import signal
import socket
import sys
import threading
import time
from types import FrameType
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import MediaLibraryError, StartError
from media_library.services.state_file import open_state
from media_library.web_server.app import Web, create_web
from media_library.web_server.worker import MediaWorker, watchdog
from media_library.workers.base import Loop
from media_library.workers.event_relay import EventRelay

log = logging.getLogger(__name__)

_BACKLOG = 1024
_CONNECTIONS = 2000
_SWITCH_SECONDS = 0.0005
"""So that a list page waits half a millisecond for a busy thread, not five."""

_DRAIN_SECONDS = 1.5
_LAST_BYTES_SECONDS = 0.1
_FAILED = 4
"""gunicorn's exit code of a worker that cannot load its app: it is not started again."""


def serve(settings: Settings, *, lifeline: int = -1) -> None:
    """Serve until SIGTERM. ``lifeline`` is a pipe that closes when the supervisor is gone.

    Raises ``StartError`` if the address cannot be used; ends the process otherwise.
    """
    _Gunicorn(settings, _listen(settings), lifeline).run()


def _listen(settings: Settings) -> socket.socket:
    """Take the address before anything else, so that a taken one is told in a sentence."""
    host, port = settings.web_server.host, settings.web_server.port
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise StartError(f"HOST: {host} is no address of this machine ({error.strerror}).") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        reason = f"Port {port} on {host} cannot be used: {error.strerror}."
        raise StartError(f"{reason} Stop the other program, or set PORT to another one.") from error
    return listener


class _Gunicorn(BaseApplication):
    """gunicorn with the settings of this program and nothing from files, environment or command line."""

    def __init__(self, settings: Settings, listener: socket.socket, lifeline: int) -> None:
        self._settings = settings
        self._host, self._port = listener.getsockname()[:2]
        self._listener = listener.detach()  # gunicorn owns it from now on
        self._lifeline = lifeline
        self._web: Web | None = None
        self._state: AppState | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults. No forwarding header is believed."""
        assert self.cfg is not None
        options: dict[str, Any] = {
            "bind": f"fd://{self._listener}",
            "worker_class": MediaWorker,
            "workers": 1,
            "threads": self._settings.web_server.threads,
            "worker_connections": _CONNECTIONS,
            "timeout": 120,
            "graceful_timeout": 5,
            "keepalive": 75,
            "control_socket_disable": True,
            "forwarded_allow_ips": "",
            "secure_scheme_headers": {},
            "limit_request_line": 8190,
            "limit_request_fields": 100,
            "limit_request_field_size": 16384,
            "logger_class": _Log,
            "accesslog": None,
            "pre_fork": _share_what_is_there,
            "post_worker_init": self._begin,
        }
        if sys.platform == "linux":
            options["worker_tmp_dir"] = "/dev/shm"  # noqa: S108  # a heartbeat without a name, in memory
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Build the app, in the process that will answer."""
        try:
            self._state = open_state(self._settings)
            self._web = create_web(self._state, self._settings, own_loops=self._own_loops, watchdog=watchdog)
        except MediaLibraryError as error:
            log.error("%s", error)
            sys.exit(_FAILED)
        return self._web.app

    def _own_loops(self) -> tuple[Any, ...]:
        return tuple(loop.health() for loop in self._loops)

    def _begin(self, worker: Worker) -> None:
        """Start the threads of the process that answers."""
        assert self._web is not None and self._state is not None
        sys.setswitchinterval(_SWITCH_SECONDS)
        web, stop = self._web, threading.Event()
        relay = EventRelay(self._state, web.live.emit, web.live.end_stale)
        web.services.playback.sessions.remove_left_overs()
        self._loops = (Loop("event relay", relay.step), Loop("playback", web.services.playback.sessions.step))
        for loop in self._loops:
            loop.start(stop)
        threading.Thread(target=web.services.bin.settle, name="bin", daemon=True).start()
        if self._lifeline >= 0:
            threading.Thread(target=_hang_on, args=(self._lifeline,), name="lifeline", daemon=True).start()
        _end_quickly(worker, web, stop)
        log.info("Listening on %s, port %s", self._host, self._port)


def _share_what_is_there(_arbiter: object, _worker: Worker) -> None:
    """Keep the collector's marks off what was imported, so that the worker and its parent go on sharing its memory."""
    gc.collect()
    gc.freeze()


class _Log(Logger):
    """gunicorn's messages, through the log of the program."""

    def setup(self, cfg: Any) -> None:
        """Let errors reach the root logger; neither requests nor what is wrong with them are logged."""
        self.cfg = cfg
        self.error_log.propagate = True
        self.error_log.setLevel(logging.ERROR)


def _end_quickly(worker: Worker, web: Web, stop: threading.Event) -> None:
    """On SIGTERM answer what was asked, say goodbye to live connections, cut streams, and go.

    The signal only writes into a pipe, because a handler must not take locks; a thread does the rest. It ends the
    process the hard way: threads of the pool that send a file to a slow reader would hold it up.
    """
    read, write = os.pipe()
    begin_stop = worker.handle_exit

    def on_signal(number: int, frame: FrameType | None) -> None:
        begin_stop(number, frame)
        os.write(write, b"x")

    def end() -> None:
        os.read(read, 1)
        stop.set()
        deadline = time.monotonic() + _DRAIN_SECONDS
        web.live.close_all()
        while web.gate.busy and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(_LAST_BYTES_SECONDS)  # the last answers are on their way out
        logging.shutdown()
        os._exit(0)

    threading.Thread(target=end, name="end", daemon=True).start()
    signal.signal(signal.SIGTERM, on_signal)


def _hang_on(lifeline: int) -> None:
    """End this process at once when the supervisor is gone."""
    select.select([lifeline], [], [])
    os._exit(1)
