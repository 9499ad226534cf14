"""Reads bytes out of a disc image or a drive, within limits that a hostile image cannot exceed."""

import os
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from media_library.errors import DiscUnreadable

SECTOR: Final = 2048
_MOST_BYTES = 512 * 1024 * 1024
_MOST_SECONDS = 90.0


class Malformed(ValueError):
    """What was read makes no sense as the structure that it should be."""


class Budget:
    """How many bytes and how much time the examination of one disc may take."""

    def __init__(self, most_bytes: int = _MOST_BYTES, most_seconds: float = _MOST_SECONDS) -> None:
        self._bytes_left = most_bytes
        self._deadline = time.monotonic() + most_seconds

    def spend(self, size: int) -> None:
        """Count ``size`` bytes that are about to be read; raises ``DiscUnreadable`` when it is too much."""
        self._bytes_left -= size
        if self._bytes_left < 0:
            raise DiscUnreadable("The directory of the disc is larger than that of any real disc. It is not read.")
        if time.monotonic() > self._deadline:
            raise DiscUnreadable("The disc answers too slowly to be read. Clean it, or try another drive.")


class Image:
    """An open image file or drive. ``size`` is 0 when the system does not tell it. Raises ``OSError``."""

    def __init__(self, path: Path, budget: Budget) -> None:
        self._budget = budget
        self._file = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            self.size = os.lseek(self._file, 0, os.SEEK_END)
        except OSError:
            self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._file)

    def read(self, offset: int, size: int) -> bytes:
        """``size`` bytes from ``offset``, fewer at the end of the image."""
        self._budget.spend(size)
        try:
            return os.pread(self._file, size, offset)
        except OverflowError as error:
            raise Malformed("an address beyond every disc") from error

    def sector(self, number: int) -> bytes:
        """One whole sector; raises ``Malformed`` where the image has none."""
        data = self.read(number * SECTOR, SECTOR)
        if len(data) < SECTOR:
            raise Malformed("a sector beyond the end")
        return data


def shown(path: Path) -> str:
    """The name of a file as it can stand in a sentence: one line, nothing invisible."""
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in path.name)
