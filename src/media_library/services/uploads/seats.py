"""Who writes to which upload: one at a time, and whoever hears nothing any more makes way for the next."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from media_library.services.uploads.refusal import Refusal, UploadRefused

_SILENT_SECONDS = 2.0
_WAIT_SECONDS = 4.0
_LOCKED = "This upload is being received over another connection. Wait for it, then go on where it stopped."


class Connection(Protocol):
    """The way on which a part comes in."""

    def shutdown(self, how: int, /) -> None:
        """End it, so that whoever reads from it is told."""


class Seat:
    """The right to write to an upload, until it is given back."""

    def __init__(self, connection: Connection | None) -> None:
        self._connection = connection
        self._heard_at = time.monotonic()

    def heard(self) -> None:
        """Something came in just now."""
        self._heard_at = time.monotonic()

    def silent_in(self) -> float:
        """In how many seconds nothing will have come in for so long that the other side may be gone."""
        return self._heard_at + _SILENT_SECONDS - time.monotonic()

    def interrupt(self) -> None:
        """Let whoever sits here hear that the connection has ended."""
        try:
            if self._connection is not None:
                self._connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass  # it has ended already


class Seats:
    """The seats of all uploads of this process, which is the only one that receives any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._taken: dict[str, Seat] = {}

    @contextmanager
    def take(self, upload_id: str, connection: Connection | None) -> Iterator[Seat]:
        """Sit down; raises ``UploadRefused`` while somebody else sits there to whom something still comes in."""
        seat = Seat(connection)
        with self._changed:
            if not self._free(upload_id):
                raise UploadRefused(Refusal.LOCKED, _LOCKED)
            self._taken[upload_id] = seat
        try:
            yield seat
        finally:
            with self._changed:
                del self._taken[upload_id]
                self._changed.notify_all()

    def settle(self, upload_id: str) -> None:
        """Let somebody who sits there in silence get up, so that what is here can be told."""
        with self._changed:
            self._free(upload_id)

    def is_taken(self, upload_id: str) -> bool:
        """Whether somebody sits there."""
        with self._changed:
            return upload_id in self._taken

    def _free(self, upload_id: str) -> bool:
        """Wait a moment for whoever sits there: a connection that just broke is noticed soon, a silent one is ended."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while (seat := self._taken.get(upload_id)) is not None:
            silent_in, left = seat.silent_in(), deadline - time.monotonic()
            if left <= 0:
                return False
            if silent_in <= 0:
                seat.interrupt()
            self._changed.wait(left if silent_in <= 0 else min(left, silent_in))
        return True
