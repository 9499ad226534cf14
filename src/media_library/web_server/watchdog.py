"""Cuts connections that do not get to the point: a slow client must not hold a thread for long."""

import heapq
import itertools
import socket
import threading
import time
from collections.abc import Callable


class Watchdog:
    """Shuts sockets down whose time is up. One thread for all; it sleeps while nothing is watched."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._due: list[tuple[float, int]] = []
        self._sockets: dict[int, socket.socket] = {}
        self._numbers = itertools.count()

    def start(self) -> None:
        """Begin to watch."""
        threading.Thread(target=self._run, name="watchdog", daemon=True).start()

    def watch(self, connection: socket.socket, seconds: float) -> Callable[[], None]:
        """Shut ``connection`` down after ``seconds``, unless the returned function is called before."""
        with self._changed:
            number = next(self._numbers)
            self._sockets[number] = connection
            heapq.heappush(self._due, (time.monotonic() + seconds, number))
            if self._due[0][1] == number:
                self._changed.notify()

        def let_go() -> None:
            with self._changed:
                self._sockets.pop(number, None)

        return let_go

    def _run(self) -> None:
        with self._changed:
            while True:
                while self._due and (self._due[0][1] not in self._sockets or self._due[0][0] <= time.monotonic()):
                    _, number = heapq.heappop(self._due)
                    connection = self._sockets.pop(number, None)
                    if connection is not None:
                        _cut(connection)
                self._changed.wait(max(0.0, self._due[0][0] - time.monotonic()) if self._due else None)


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass  # it is closed already
