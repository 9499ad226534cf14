"""The heads of requests and answers, as strictly as a proxy must read them (RFC 9112)."""

import socket
import time
from dataclasses import dataclass

_HEAD_BYTES = 65_536

# RFC 9110, 7.6.1, and what would tell a host of the proxy
_NOT_PASSED_ON = frozenset(
    {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "expect", "host", "content-length"}
)


class Declined(Exception):
    """A request that is answered by the proxy itself; ``reply`` is a status line like ``403 Address not allowed``."""

    def __init__(self, reply: str, text: str) -> None:
        super().__init__(text)
        self.reply = reply


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a request or an answer: its first line, its fields in their order, and the bytes that came after."""

    line: str
    fields: tuple[tuple[str, str], ...]
    rest: bytes

    def value(self, name: str) -> str | None:
        """The value of a field that stands there once; raises ``Declined`` if it stands there twice."""
        found = [value for field, value in self.fields if field.lower() == name]
        if len(found) > 1:
            raise Declined("400 Bad Request", f"There is more than one {name}.")
        return found[0] if found else None

    def passed_on(self, first_line: str, *extra: tuple[str, str]) -> bytes:
        """The head as the other side gets it: for one exchange, and without what is between us and the sender."""
        connection = ",".join(value for name, value in self.fields if name.lower() == "connection")
        named = {name.strip().lower() for name in connection.split(",")}
        kept = [
            (name, value)
            for name, value in self.fields
            if name.lower() not in _NOT_PASSED_ON | named and not name.lower().startswith("proxy-")
        ]
        lines = [first_line, *(f"{name}: {value}" for name, value in (*kept, *extra, ("Connection", "close"))), "", ""]
        return "\r\n".join(lines).encode("latin-1")


def read_head(source: socket.socket, seconds: float, start: bytes = b"") -> Head:
    """Read a head, which must come whole within ``seconds`` and a size. Raises ``Declined`` or ``OSError``.

    The time-out of the socket is changed. ``start`` is what was read of it before.
    """
    received = bytearray(start)
    deadline = time.monotonic() + seconds
    while (end := received.find(b"\r\n\r\n")) < 0:
        source.settimeout(max(0.001, deadline - time.monotonic()))
        if len(received) > _HEAD_BYTES:
            raise Declined("431 Request Header Fields Too Large", "The head is too large.")
        chunk = source.recv(_HEAD_BYTES)
        if not chunk:
            raise ConnectionError("closed before a head was there")
        received += chunk
    first, *lines = received[:end].decode("latin-1").split("\r\n")
    if any(ord(char) < 32 and char != "\t" for char in "".join((first, *lines))):
        raise Declined("400 Bad Request", "The head has control characters.")
    fields = []
    for one in lines:
        name, colon, value = one.partition(":")
        if not colon or not name or name != name.strip():
            raise Declined("400 Bad Request", "The head is malformed.")
        fields.append((name, value.strip()))
    return Head(first, tuple(fields), bytes(received[end + 4 :]))
