"""Writes one part of an upload to its file: at the end of what is there, and on the medium before it counts."""

import errno
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from media_library.adapters import durable
from media_library.errors import InvalidInput
from media_library.services.uploads.refusal import Refusal, UploadRefused
from media_library.services.uploads.seats import Connection, Seat

_BLOCK_BYTES = 256 << 10
_SYNC_BYTES = 16 << 20
_BROKEN_OFF = "The connection broke off. Go on from where the upload stands."
FULL = "There is not enough room on the media drive. Make room, then go on."
"""What is said when the disk is full, or nearly."""

_TOO_LONG = "More came than the file was said to have. Begin the upload anew."


class Body(Protocol):
    """What a part is read from."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, at most ``size``, none at the end; raises ``OSError`` when the connection broke."""


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a part must have: the name of the sum in ``hashlib`` and its value."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Part:
    """Some bytes of an upload from ``offset`` on. ``length`` is how many were promised, if that was said."""

    offset: int
    body: Body
    length: int | None = None
    checksum: Checksum | None = None
    connection: Connection | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds while a part is written.

    ``most_bytes`` is how many may come; ``require_room`` raises when the disk has not so many bytes left; ``keep`` is
    told how long the file is by now, each time that this is sure.
    """

    most_bytes: int
    require_room: Callable[[int], None]
    keep: Callable[[int], None]


def write_part(file: Path, part: Part, rules: Rules, seat: Seat) -> int:
    """Append a part and return the length of the file. What lies behind ``part.offset`` was never sure, and goes.

    Of a part with a checksum nothing counts until all of it is here and right; of any other what has come counts,
    however it ends. Raises ``UploadRefused``, ``InvalidInput`` when the connection broke, and ``StorageError``.
    """
    try:
        handle = os.open(file, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.ftruncate(handle, part.offset)
            os.lseek(handle, part.offset, os.SEEK_SET)
            return _Writing(handle, file, part, rules, seat).run()
        finally:
            os.close(handle)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UploadRefused(Refusal.NO_ROOM, FULL) from error
        raise durable.storage_error(error) from error


class _Writing:
    def __init__(self, handle: int, file: Path, part: Part, rules: Rules, seat: Seat) -> None:
        self._handle = handle
        self._file = file
        self._part = part
        self._rules = rules
        self._seat = seat
        self._written = self._synced = 0
        self._digest = None if part.checksum is None else hashlib.new(part.checksum.algorithm, usedforsecurity=False)

    def run(self) -> int:
        """Write all that comes; returns the length of the file."""
        try:
            self._take()
        except UploadRefused as error:
            self._settle(forget=error.refusal is Refusal.TOO_LARGE)
            raise
        except (OSError, InvalidInput):
            self._settle(forget=False)
            raise
        checksum = self._part.checksum
        if checksum is not None and self._digest is not None and self._digest.digest() != checksum.digest:
            self._settle(forget=True)
            raise UploadRefused(
                Refusal.WRONG_CHECKSUM, "This part arrived damaged. Send it again.", offset=self._part.offset
            )
        self._digest = None
        self._sync()
        return self._part.offset + self._written

    def _take(self) -> None:
        while block := _read(self._part.body):
            self._seat.heard()
            if self._written + len(block) > self._rules.most_bytes:
                raise UploadRefused(Refusal.TOO_LARGE, _TOO_LONG)
            _write(self._handle, block)
            self._written += len(block)
            if self._digest is not None:
                self._digest.update(block)
            if self._written - self._synced >= _SYNC_BYTES:
                self._rules.require_room(0)
                self._sync()
        if self._part.length is not None and self._written < self._part.length:
            raise InvalidInput(_BROKEN_OFF)

    def _settle(self, *, forget: bool) -> None:
        """Keep what counts of a part that did not end well: nothing of one that was to be checked as a whole."""
        if forget or self._digest is not None:
            self._digest, self._written = None, 0
            os.ftruncate(self._handle, self._part.offset)
        self._sync()

    def _sync(self) -> None:
        self._synced = self._written
        if self._digest is None:
            durable.flush_file(self._file)
            self._rules.keep(self._part.offset + self._written)


def _read(body: Body) -> bytes:
    try:
        return body.read(_BLOCK_BYTES)
    except OSError as error:  # the connection broke, or nothing came for too long
        raise InvalidInput(_BROKEN_OFF) from error


def _write(handle: int, block: bytes) -> None:
    rest = memoryview(block)
    while rest:
        rest = rest[os.write(handle, rest) :]
