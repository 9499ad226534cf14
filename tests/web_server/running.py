"""A house whose web app runs in a real server process, and raw clients for it."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from wsproto import ConnectionType, WSConnection
from wsproto.events import BytesMessage, CloseConnection, Event, Request, TextMessage

from tests.conftest import wait_for
from tests.programs import SRC, write_program
from tests.routes.house import House, Somebody

_PROGRAM = """
import os
from pathlib import Path
from media_library import config, web_server
from media_library.errors import MediaLibraryError
from media_library.log import set_up_logging

set_up_logging()
try:
    web_server.serve(config.load(Path(os.environ["CONFIG"]), os.environ), lifeline=int(os.environ["LIFELINE"]))
except MediaLibraryError as error:
    raise SystemExit(str(error)) from None
"""


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """A running server over a house."""

    house: House
    process: "subprocess.Popen[bytes]"
    port: int
    log: Path
    lifeline: int = -1
    start: "Callable[[], subprocess.Popen[bytes]] | None" = None
    _threads: list[int] = field(default_factory=list)

    @property
    def origin(self) -> str:
        """The address under which it is reached."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def worker(self) -> psutil.Process:
        """The process that answers."""
        return psutil.Process(self.process.pid).children()[0]

    def headers(self, somebody: Somebody | None) -> dict[str, str]:
        """What the browser of somebody sends."""
        cookie = {} if somebody is None else {"Cookie": f"session={somebody.session}"}
        return {"Origin": self.origin, **cookie}

    def get(
        self,
        path: str,
        somebody: Somebody | None = None,
        *,
        method: str = "GET",
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, str], bytes]:
        """One request on a connection of its own: status, headers (small letters) and body."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, headers={**self.headers(somebody), **(headers or {})})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        finally:
            connection.close()

    def post(self, path: str, body: bytes, somebody: Somebody) -> int:
        """The status of a POST of plain text, as a poll sends it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", path, body, {**self.headers(somebody), "Content-Type": "text/plain"})
            return connection.getresponse().status
        finally:
            connection.close()

    def raw(self, data: bytes, *, seconds: float = 5.0) -> bytes:
        """Whatever is answered to these bytes until the server closes or is silent."""
        with self.connect() as connection:
            connection.settimeout(seconds)
            connection.sendall(data)
            answer = b""
            try:
                while block := connection.recv(65536):
                    answer += block
            except OSError:
                pass
            return answer

    def connect(self) -> socket.socket:
        """A bare connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=20)

    def live(self, somebody: Somebody) -> "Live":
        """A browser that listens, greeted by the server."""
        return Live(self, somebody)

    def kill_and_start(self) -> None:
        """End the server as a power cut would, and start it again over the same house."""
        assert self.start is not None
        for one in (*psutil.Process(self.process.pid).children(recursive=True), psutil.Process(self.process.pid)):
            one.kill()
        self.process.wait(20)
        self.process = self.start()
        wait_for(lambda: _answers(self))

    def stop(self) -> int:
        """End the server as the supervisor does; returns its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


class Live:
    """A live connection over a Web Socket."""

    def __init__(self, server: Server, somebody: Somebody) -> None:
        self._socket = server.connect()
        self._protocol = WSConnection(ConnectionType.CLIENT)
        self._texts: deque[str] = deque()
        self._partial = ""
        self._is_open = True
        headers = [(name.encode(), value.encode()) for name, value in server.headers(somebody).items()]
        target = "/socket.io/?EIO=4&transport=websocket"
        self._write(Request(host=f"127.0.0.1:{server.port}", target=target, extra_headers=headers))
        opening = self.text()
        assert opening is not None and opening.startswith("0{"), opening
        self.say("40")
        greeting = self.text()
        assert greeting is not None and greeting.startswith("40"), greeting
        self.rooms: dict[str, int] = self.event("hello")["rooms"]

    def say(self, data: str | bytes) -> None:
        """Send a message; whether anybody still listens is not asked."""
        try:
            self._write(TextMessage(data=data) if isinstance(data, str) else BytesMessage(data=data))
        except OSError:
            pass

    def event(self, name: str | None = None, *, seconds: float = 10.0) -> dict[str, Any]:
        """The next event, which must be ``name`` if that is given; its name is added to its payload."""
        text = self.text(seconds)
        assert text is not None and text.startswith("42"), text
        found, payload = json.loads(text[2:])
        assert name is None or found == name, text
        return {"name": found, **payload}

    def silence(self, seconds: float = 0.4) -> None:
        """Fail if anything is heard for a while."""
        text = self.text(seconds)
        assert text is None and self._is_open, text

    def is_closed(self, *, seconds: float) -> bool:
        """Whether the server closes the connection in time; what it says until then is forgotten."""
        deadline = time.monotonic() + seconds
        while self._is_open and time.monotonic() < deadline:
            self.text(deadline - time.monotonic())
        return not self._is_open

    def close(self) -> None:
        """Hang up."""
        self._is_open = False
        self._socket.close()

    def text(self, seconds: float = 10.0) -> str | None:
        """The next message, pings answered and left out; ``None`` if none comes in time or ever."""
        deadline = time.monotonic() + seconds
        while self._is_open and not self._texts and time.monotonic() < deadline:
            self._socket.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                data = self._socket.recv(65536)
            except TimeoutError:
                break
            except OSError:
                data = b""
            self._hear(data)
        return self._texts.popleft() if self._texts else None

    def _hear(self, data: bytes) -> None:
        self._protocol.receive_data(data or None)
        for event in self._protocol.events():
            match event:
                case TextMessage():
                    self._partial += event.data
                    if event.message_finished:
                        if self._partial == "2":
                            self.say("3")
                        else:
                            self._texts.append(self._partial)
                        self._partial = ""
                case CloseConnection():
                    self._is_open = False
        self._is_open = self._is_open and bool(data)

    def _write(self, event: Event) -> None:
        self._socket.settimeout(20)
        self._socket.sendall(self._protocol.send(event))


@contextmanager
def running(
    folder: Path,
    *,
    config: dict[str, Any] | None = None,
    port: int | None = None,
    ready: bool = True,
    break_secret: bool = False,
) -> Iterator[Server]:
    """A house with a running server; everything is ended afterwards."""
    house = House(folder)
    port = port or free_port()
    if break_secret:
        (house.settings.data_directory / "secret.key").chmod(0o644)
    (folder / "config.json").write_text(json.dumps(config or {}))
    program = write_program(folder / "bin", "serve", _PROGRAM)
    read, write = os.pipe()
    log = folder / "log"
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(SRC), "HOST": "127.0.0.1", "PORT": str(port),
        "MEDIA_ROOT": str(house.settings.media_root), "DATA_DIR": str(house.settings.data_directory),
        "CONFIG": str(folder / "config.json"), "LIFELINE": str(read),
    }  # fmt: skip

    def start() -> "subprocess.Popen[bytes]":
        with log.open("ab") as file:
            return subprocess.Popen(
                [sys.executable, program],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                pass_fds=[read],
            )

    process = start()
    server = Server(house, process, port, log, write, start)
    try:
        if ready:
            wait_for(lambda: _answers(server) or process.poll() is not None)
            assert process.poll() is None, log.read_text()
        yield server
    finally:
        process = server.process
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        os.close(read)
        os.close(write)
        house.close()


def _answers(server: Server) -> bool:
    try:
        return server.get("/api/healthz")[0] in (200, 503)
    except OSError:
        return False
