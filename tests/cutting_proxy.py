"""A proxy that breaks the connection each time so many bytes went through it, with a word or without."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_BLOCK_BYTES = 65_536
_RESET = struct.pack("ii", 1, 0)


class CuttingProxy:
    """Carries connections to a port of this machine; one breaks each time ``cut_bytes`` more came from clients.

    The first ``silent`` breaks are such that the server is not told: its side of the connection stays open.
    """

    def __init__(self, target: int, cut_bytes: int, silent: int = 0) -> None:
        self._target = target
        self._cut_bytes = cut_bytes
        self._silent = silent
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self.breaks = 0
        self.carried_bytes = 0
        threading.Thread(target=self._accept, name="cutting proxy", daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listener.getsockname()[1]
        return port

    def close(self) -> None:
        """Break everything."""
        self._listener.close()
        with self._lock:
            for one in self._open:
                one.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            try:
                server = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                client.close()
                continue
            with self._lock:
                self._open += [client, server]
            threading.Thread(target=self._up, args=(client, server), daemon=True).start()
            threading.Thread(target=_carry, args=(server, client), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        is_cut = False
        try:
            while not is_cut and (block := client.recv(_BLOCK_BYTES)):
                server.sendall(block)
                with self._lock:
                    self.carried_bytes += len(block)
                    is_cut = self.carried_bytes >= self._cut_bytes * (self.breaks + 1)
                    self.breaks += is_cut
        except OSError:
            pass
        if not is_cut:
            _close(client, server)
            return
        with self._lock:
            is_silent = self.breaks <= self._silent
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        _close(client, *([] if is_silent else [server]))


def _carry(source: socket.socket, target: socket.socket) -> None:
    try:
        while block := source.recv(_BLOCK_BYTES):
            target.sendall(block)
    except OSError:
        pass
    _close(target)


def _close(*sockets: socket.socket) -> None:
    for one in sockets:
        try:
            one.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        one.close()


@contextmanager
def cutting_proxy(target: int, *, cut_bytes: int, silent: int = 0) -> Iterator[CuttingProxy]:
    """A proxy for as long as it is needed."""
    proxy = CuttingProxy(target, cut_bytes, silent)
    try:
        yield proxy
    finally:
        proxy.close()
