"""When a service may be asked next: one row of moments for every thread and process that asks it."""

import fcntl
import math
import os
import struct
import time
from collections.abc import Callable
from pathlib import Path

_MOMENT = struct.Struct("<d")
_TURN_SECONDS = 0.25
_LONGEST_ROW_SECONDS = 600.0


class Pace:
    """Hands out moments that lie at least ``interval_seconds`` apart.

    The next free one stands in a file under a lock; both processes of the program read the same clock, which runs from
    the start of the machine.
    """

    def __init__(self, file: Path, interval_seconds: float) -> None:
        self._file = file
        self._interval = interval_seconds

    def wait(self, most_seconds: float, while_waiting: Callable[[], None]) -> float | None:
        """Return ``None`` when it is our turn; at once, with the seconds left, if that takes too long.

        ``while_waiting`` is called meanwhile, and raises to break off.
        """
        turn, is_ours = self._take(self._interval, most_seconds=most_seconds)
        if not is_ours:
            return turn - time.monotonic()
        while (left := turn - time.monotonic()) > 0:
            while_waiting()
            time.sleep(min(left, _TURN_SECONDS))
        return None

    def pause(self, seconds: float) -> None:
        """Let nobody ask for so long."""
        self._take(0.0, not_before=time.monotonic() + seconds)

    def _take(self, length: float, *, not_before: float = 0.0, most_seconds: float = math.inf) -> tuple[float, bool]:
        """The next free moment, and whether it is ours: then whatever comes after it is ``length`` later."""
        handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            now = time.monotonic()
            written = os.pread(handle, _MOMENT.size, 0)
            free = _MOMENT.unpack(written)[0] if len(written) == _MOMENT.size else 0.0
            if not now <= free <= now + _LONGEST_ROW_SECONDS:  # long ago, before a restart of the machine, or nonsense
                free = now
            turn = max(free, not_before)
            if turn - now > most_seconds:
                return turn, False
            os.pwrite(handle, _MOMENT.pack(turn + length), 0)
            return turn, True
        finally:
            os.close(handle)
