"""An HTTP proxy on loopback, the only network that children have: what they ask for is connected by the egress guard.

It knows the two forms of RFC 9110 and 9112: CONNECT for https, and whole http addresses. The first is a pipe; of the
second one request and its answer are passed on, so that whatever comes next, a redirect for one, is judged anew.
"""

import base64
import hmac
import logging
import secrets
import selectors
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from typing import Self
from urllib.parse import urlsplit

from media_library.adapters.egress import Egress, EgressRefused
from media_library.adapters.egress_proxy.head import Declined, Head, read_head

log = logging.getLogger(__name__)

_MOST_CONNECTIONS = 128
_BUFFER_BYTES = 262_144
_CONNECT_SECONDS = 20.0
_HEAD_SECONDS = 15.0
_ANSWER_SECONDS = 60.0
_MOST_INTERIM_ANSWERS = 5
_IDLE_SECONDS = 300.0
_SEND_SECONDS = 60.0
_STOP_SECONDS = 2.0

_FRAMING = frozenset({"content-length", "transfer-encoding"})
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})


class EgressProxy:
    """Runs between ``start`` and ``close``; also a context manager.

    Only who knows ``url``, with its random password, is served.
    """

    def __init__(self, egress: Egress, *, idle_seconds: float = _IDLE_SECONDS) -> None:
        """A connection over which nothing came for ``idle_seconds`` is closed."""
        self._egress = egress
        self._idle_seconds = idle_seconds
        self._password = secrets.token_urlsafe(24)
        self._free = threading.BoundedSemaphore(_MOST_CONNECTIONS)
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: set[threading.Thread] = set()
        self._listener: socket.socket | None = None
        self._is_closing = threading.Event()

    @property
    def port(self) -> int:
        """The TCP port on 127.0.0.1."""
        assert self._listener is not None
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        """The address as programs take it, with name and password."""
        return f"http://ml:{self._password}@127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen, and serve in threads of its own."""
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=_MOST_CONNECTIONS)
        self._listener.settimeout(0.2)
        self._spawn(self._accept, self._listener)

    def close(self) -> None:
        """Stop listening and end every connection."""
        self._is_closing.set()
        with self._lock:
            open_now, threads = list(self._open), list(self._threads)
        for connection in open_now:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        deadline = time.monotonic() + _STOP_SECONDS
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _spawn(self, work: Callable[[socket.socket], None], connection: socket.socket) -> None:
        def run() -> None:
            try:
                work(connection)
            finally:
                with self._lock:
                    self._threads.discard(threading.current_thread())

        thread = threading.Thread(target=run, name="egress proxy", daemon=True)
        with self._lock:
            self._threads.add(thread)
        thread.start()

    def _accept(self, listener: socket.socket) -> None:
        with closing(listener):
            while not self._is_closing.is_set():
                if not self._free.acquire(timeout=0.2):
                    continue
                try:
                    client, _ = listener.accept()
                except OSError:
                    self._free.release()
                    continue
                self._spawn(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        try:
            with self._kept(client):
                try:
                    self._exchange(client)
                except Declined as refused:
                    _answer(client, refused.reply, str(refused))
        except (OSError, ValueError) as error:
            log.debug("A connection of the egress proxy ended: %s", error)
        finally:
            self._free.release()

    @contextmanager
    def _kept(self, connection: socket.socket) -> Iterator[None]:
        """Have a connection closed with us."""
        with self._lock:
            self._open.add(connection)
        try:
            if self._is_closing.is_set():
                raise ConnectionError("the proxy is closed")
            yield
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _exchange(self, client: socket.socket) -> None:
        head = read_head(client, _HEAD_SECONDS)
        client.settimeout(_SEND_SECONDS)
        method, _, rest = head.line.partition(" ")
        target, _, version = rest.partition(" ")
        if version not in ("HTTP/1.1", "HTTP/1.0"):
            raise Declined("400 Bad Request", "This is not a request of HTTP/1.")
        if not self._is_known(head.value("proxy-authorization") or ""):
            raise Declined("407 Proxy Authentication Required", "This proxy serves the programs of one household.")
        if method == "CONNECT":
            host, port = _authority(target)
            with self._connected(host, port) as upstream:
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                upstream.sendall(head.rest)
                _splice(client, upstream, self._idle_seconds)
        elif method in _METHODS:
            self._pass_on(client, head, method, target)
        else:
            raise Declined("501 Not Implemented", "This method is not passed on.")

    def _pass_on(self, client: socket.socket, head: Head, method: str, target: str) -> None:
        """One plain request and its answer."""
        if not target.lower().startswith("http://"):
            raise Declined("400 Bad Request", "Only whole http addresses are passed on, and CONNECT.")
        try:
            parts = urlsplit(target)
            port = parts.port or 80
        except ValueError as error:
            raise Declined("400 Bad Request", "This is not a web address.") from error
        if "@" in parts.netloc or not parts.hostname:
            raise Declined("400 Bad Request", "This is not a web address.")
        length = head.value("content-length") or "0"
        if head.value("transfer-encoding") is not None or not (length.isascii() and length.isdecimal()):
            raise Declined("411 Length Required", "The length of the request is not known.")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        extra = [("Host", parts.netloc)]
        if int(length) or method == "POST":
            extra.append(("Content-Length", length))
        with self._connected(parts.hostname, port) as upstream:
            upstream.sendall(head.passed_on(f"{method} {path} HTTP/1.1", *extra) + head.rest[: int(length)])
            _send_rest(client, upstream, int(length) - len(head.rest))
            answer = _final_answer(upstream, parts.hostname)
            upstream.settimeout(_SEND_SECONDS)
            lengths = [(name, value) for name, value in answer.fields if name.lower() in _FRAMING]
            client.sendall(answer.passed_on(answer.line, *lengths) + answer.rest)
            _splice(client, upstream, self._idle_seconds, is_answer_only=True)

    def _is_known(self, proof: str) -> bool:
        scheme, _, text = proof.strip().partition(" ")
        wanted = base64.b64encode(f"ml:{self._password}".encode()).decode()
        return scheme.lower() == "basic" and hmac.compare_digest(text.strip().encode(), wanted.encode())

    @contextmanager
    def _connected(self, host: str, port: int) -> Iterator[socket.socket]:
        try:
            upstream = self._egress.connect(host, port, _CONNECT_SECONDS)
        except EgressRefused as error:
            log.info("A child was refused %s:%d", host[:100], port)
            # what may be known later is a reason to come again, not to give up
            status = "502 Bad Gateway" if error.is_transient else "403 Address not allowed"
            raise Declined(status, str(error)) from error
        except OSError as error:
            raise Declined("502 Bad Gateway", f"{host} cannot be reached.") from error
        with self._kept(upstream):
            upstream.settimeout(_SEND_SECONDS)
            yield upstream


def _authority(target: str) -> tuple[str, int]:
    host, _, port = target.rpartition(":")
    if not host or not (port.isascii() and port.isdecimal()) or not 0 < int(port[:6]) < 65536:
        raise Declined("400 Bad Request", "CONNECT needs a host and a port.")
    return host, int(port)


def _final_answer(upstream: socket.socket, host: str) -> Head:
    """The head of the answer, after those that only say that there will be one."""
    rest = b""
    try:
        for _ in range(_MOST_INTERIM_ANSWERS):
            answer = read_head(upstream, _ANSWER_SECONDS, rest)
            if not answer.line.partition(" ")[2].startswith("1"):
                return answer
            rest = answer.rest
    except (Declined, OSError) as error:
        raise Declined("502 Bad Gateway", f"{host} did not answer as it should.") from error
    raise Declined("502 Bad Gateway", f"{host} did not come to an answer.")


def _answer(client: socket.socket, status: str, text: str) -> None:
    body = f"{text}\n".encode()
    challenge = 'Proxy-Authenticate: Basic realm="Media Library"\r\n' if status.startswith("407") else ""
    head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {len(body)}\r\n{challenge}"
    client.sendall(f"{head}Connection: close\r\n\r\n".encode() + body)


def _send_rest(source: socket.socket, sink: socket.socket, size: int) -> None:
    left = size
    while left > 0:
        chunk = source.recv(min(left, _BUFFER_BYTES))
        if not chunk:
            raise ConnectionError("closed before the request was whole")
        sink.sendall(chunk)
        left -= len(chunk)


def _splice(
    client: socket.socket, upstream: socket.socket, idle_seconds: float, *, is_answer_only: bool = False
) -> None:
    """Carry bytes both ways until either side ends; with ``is_answer_only`` what the client says is dropped."""
    buffer = bytearray(_BUFFER_BYTES)
    view = memoryview(buffer)
    others = {client: upstream, upstream: client}
    with selectors.DefaultSelector() as selector:
        for side in others:
            selector.register(side, selectors.EVENT_READ)
        while ready := selector.select(idle_seconds):
            for key, _ in ready:
                side = client if key.fileobj is client else upstream
                size = side.recv_into(view)
                if size == 0:
                    return
                if side is upstream or not is_answer_only:
                    others[side].sendall(view[:size])
