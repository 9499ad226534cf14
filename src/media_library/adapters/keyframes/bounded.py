"""Reads parts of a file, so many bytes at most in all."""

import io
import os

_MOST_BYTES = 64 << 20
_MOST_READS = 20_000


class Odd(Exception):
    """The index is not as it should be."""


class BoundedFile:
    """A file of which places are read; raises ``Odd`` when too much is asked of it, or what is not there."""

    def __init__(self, file: io.FileIO) -> None:
        self._fd = file.fileno()
        self.size = os.fstat(self._fd).st_size
        self._left = _MOST_BYTES
        self._reads = _MOST_READS

    def read(self, place: int, length: int) -> bytes:
        """Exactly ``length`` bytes from ``place`` on."""
        content = self.read_most(place, length)
        if len(content) != length:
            raise Odd("the file ends too early")
        return content

    def read_most(self, place: int, length: int) -> bytes:
        """At most ``length`` bytes from ``place`` on, fewer at the end of the file."""
        self._left -= length
        self._reads -= 1
        if length < 0 or place < 0 or self._left < 0 or self._reads < 0:
            raise Odd("the index is too long")
        return os.pread(self._fd, length, place) if place < self.size else b""
