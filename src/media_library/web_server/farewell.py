"""Closes connections politely, on a thread of its own."""

import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

_LINGER_SECONDS = 2.0
_BLOCK_BYTES = 65536


class Connection(Protocol):
    """A connection as gunicorn has it."""

    sock: socket.socket

    def close(self) -> None:
        """Close the socket."""


@dataclass(frozen=True, slots=True)
class _Leaving:
    connection: Connection
    closed: Callable[[], None]
    deadline: float


class Farewell:
    """Closes connections as RFC 9112, section 9.6, asks: say goodbye, wait for the other side, then close.

    gunicorn does this on the thread that accepts connections, where one client that does not answer holds up everybody
    for two seconds.
    """

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._wake_read, self._wake_write = socket.socketpair()
        self._wake_read.setblocking(False)
        self._wake_write.setblocking(False)
        self._selector.register(self._wake_read, selectors.EVENT_READ, None)
        self._new: deque[_Leaving] = deque()
        self._leaving: dict[int, _Leaving] = {}
        threading.Thread(target=self._run, name="farewell", daemon=True).start()

    def say(self, connection: Connection, closed: Callable[[], None]) -> None:
        """Close ``connection``; ``closed`` is called, on another thread, once that is done."""
        self._new.append(_Leaving(connection, closed, time.monotonic() + _LINGER_SECONDS))
        try:
            self._wake_write.send(b"x")
        except OSError:
            pass  # it is awake

    def _run(self) -> None:
        while True:
            next_deadline = min((one.deadline for one in self._leaving.values()), default=None)
            wait = None if next_deadline is None else max(0.0, next_deadline - time.monotonic())
            for key, _ in self._selector.select(wait):
                if key.data is None:
                    self._wake_read.recv(_BLOCK_BYTES)
                elif _has_hung_up(key.data.connection.sock):
                    self._end(key.fd)
            now = time.monotonic()
            for fd in [fd for fd, one in self._leaving.items() if one.deadline <= now]:
                self._end(fd)
            while self._new:
                self._begin(self._new.popleft())

    def _begin(self, one: _Leaving) -> None:
        try:
            one.connection.sock.setblocking(False)
            one.connection.sock.shutdown(socket.SHUT_WR)
            fd = self._selector.register(one.connection.sock.fileno(), selectors.EVENT_READ, one).fd
        except (OSError, ValueError, KeyError):
            # it is closed already: a live connection closes its socket itself
            one.connection.close()
            one.closed()
        else:
            self._leaving[fd] = one

    def _end(self, fd: int) -> None:
        one = self._leaving.pop(fd)
        self._selector.unregister(fd)
        one.connection.close()
        one.closed()


def _has_hung_up(connection: socket.socket) -> bool:
    try:
        return not connection.recv(_BLOCK_BYTES)
    except BlockingIOError:
        return False
    except OSError:
        return True
