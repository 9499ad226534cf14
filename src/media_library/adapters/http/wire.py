"""The bytes of a request: a connection made by the egress guard, and a budget of time and bytes for what it carries."""

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

import httpcore

from media_library.adapters.egress import Egress

T = TypeVar("T")

_TURN_SECONDS = 0.4


class TooManyBytes(Exception):
    """More came over the wire, or out of a compressed body, than was wanted."""


@dataclass(slots=True)
class Budget:
    """What a request may still cost; ``None`` is no limit.

    ``while_waiting`` is called at least twice a second, and raises to break off.
    """

    deadline: float | None
    bytes_left: int | None
    while_waiting: Callable[[], None]
    asked_at: float = 0.0

    def seconds(self, at_most: float | None) -> float:
        """How long the next step may take; raises ``TimeoutError`` if there is no time left."""
        left = [limit for limit in (self._seconds_left(), at_most) if limit is not None]
        seconds = min(left) if left else 60.0
        if seconds <= 0:
            raise TimeoutError("timed out")
        return seconds

    def spend(self, size: int) -> None:
        """Count bytes that came; raises ``TooManyBytes``."""
        if self.bytes_left is not None:
            self.bytes_left -= size
            if self.bytes_left < 0:
                raise TooManyBytes

    def ask(self) -> None:
        """Ask whether to go on, if it was not asked just now."""
        if time.monotonic() - self.asked_at >= _TURN_SECONDS:
            self.asked_at = time.monotonic()
            self.while_waiting()

    def _seconds_left(self) -> float | None:
        return None if self.deadline is None else self.deadline - time.monotonic()


class Wire(httpcore.NetworkStream):
    """A connected socket that keeps to a budget. Its failures are ``OSError``; none of httpcore's own."""

    def __init__(self, connection: socket.socket, budget: Budget) -> None:
        self._socket = connection
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came, at most ``max_bytes``; empty at the end."""
        received = self._patiently(lambda: self._socket.recv(max_bytes), timeout)
        self._budget.ask()
        self._budget.spend(len(received))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of it."""
        self._socket.settimeout(self._budget.seconds(timeout))
        self._socket.sendall(buffer)

    def close(self) -> None:
        """Close the socket."""
        self._socket.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same wire, encrypted; the other side has proved who it is."""
        try:
            encrypted = ssl_context.wrap_socket(
                self._socket, server_hostname=server_hostname, do_handshake_on_connect=False
            )
            self._socket = encrypted
            self._patiently(encrypted.do_handshake, timeout)
            return self
        except BaseException:
            self._socket.close()
            raise

    def _patiently(self, step: Callable[[], T], timeout: float | None) -> T:
        """Take a step that may be taken again when it takes too long."""
        deadline = time.monotonic() + self._budget.seconds(timeout)
        while True:
            left = deadline - time.monotonic()
            self._socket.settimeout(max(0.001, min(left, _TURN_SECONDS)))
            try:
                return step()
            except TimeoutError:
                if left <= _TURN_SECONDS:
                    raise
                self._budget.ask()


class GuardedNetwork(httpcore.NetworkBackend):
    """Lets httpcore connect through the egress guard, and not otherwise."""

    def __init__(self, egress: Egress, budget: Budget) -> None:
        self._egress = egress
        self._budget = budget

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A wire to a host that may be reached; raises ``EgressRefused`` or ``OSError``."""
        budget = self._budget
        seconds = budget.seconds(timeout)
        return Wire(self._egress.connect(host, port, seconds, while_waiting=budget.while_waiting), budget)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        """There is no such thing."""
        raise OSError("There are no local sockets here.")
