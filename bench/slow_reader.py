"""What reader.c does, for machines without a C compiler; its own cost shows in the figures.

usage: python -m bench.slow_reader PORT PATH AUTHORIZATION SIZE RANGE READERS SECONDS BYTES_PER_SECOND
"""

import selectors
import socket
import sys
import time

from bench.appliance import HOST

_GULP = memoryview(bytearray(1 << 20))
_TICK_SECONDS = 0.005


class _Reader:
    """One connection that asks for range after range."""

    def __init__(self, request: str, size: int, step: int, offset: int, port: int) -> None:
        self.socket = socket.create_connection((HOST, port))
        self.received = 0
        self.answers = 0
        self._request = request
        self._size = size
        self._step = step
        self._offset = offset
        self._left = 0
        self._head = b""
        self._ask()

    def read(self) -> None:
        """Take what is there; raises ``OSError`` or ``ValueError`` for an answer that is not what was asked for."""
        if self._left == 0:
            self._read_head()
        else:
            got = self.socket.recv_into(_GULP, min(len(_GULP), self._left))
            if not got:
                raise ConnectionError("closed")
            self._count(got)

    def _ask(self) -> None:
        end = min(self._offset + self._step, self._size)
        self.socket.sendall(f"{self._request}Range: bytes={self._offset}-{end - 1}\r\n\r\n".encode())
        self._offset = end % self._size

    def _read_head(self) -> None:
        chunk = self.socket.recv(8192)
        if not chunk:
            raise ConnectionError("closed")
        self._head += chunk
        head, end, body = self._head.partition(b"\r\n\r\n")
        if not end:
            return
        if not head.startswith(b"HTTP/1.1 206"):
            raise ValueError(head.partition(b"\r\n")[0].decode(errors="replace"))
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
        self._left, self._head = int(lengths[0].partition(b":")[2]), b""
        self._count(len(body))

    def _count(self, got: int) -> None:
        self._left -= got
        self.received += got
        if self._left == 0:
            self.answers += 1
            self._ask()


def main(words: list[str]) -> int:
    """Read for the given time and print "bytes answers errors"."""
    port, path, authorization = int(words[0]), words[1], words[2]
    size, step, many = (int(word) for word in words[3:6])
    seconds, pace = float(words[6]), float(words[7])
    request = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAuthorization: {authorization}\r\n"
    readers = [_Reader(request, size, step, size // many * number, port) for number in range(many)]
    errors = 0
    with selectors.DefaultSelector() as selector:
        for reader in readers:
            selector.register(reader.socket, selectors.EVENT_READ, reader)
        started = time.monotonic()
        while (elapsed := time.monotonic() - started) < seconds:
            slow = False
            for key, _ in selector.select(0.1):
                if pace and key.data.received >= pace * elapsed:
                    slow = True
                    continue
                try:
                    key.data.read()
                except (OSError, ValueError) as error:
                    errors += 1
                    selector.unregister(key.fileobj)
                    print(error, file=sys.stderr)
            if slow:
                time.sleep(_TICK_SECONDS)
    print(sum(reader.received for reader in readers), sum(reader.answers for reader in readers), errors)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
