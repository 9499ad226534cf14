"""Notes how much room the volumes have, so that it can be told how long it will do."""

import threading

from media_library.services.storage_report import Storage

_FIRST_SECONDS = 60.0
_WAIT_SECONDS = 3600.0


class RoomWatch:
    """Looks every hour; the last look of a day is the one that is kept."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._is_first = True

    def step(self, stop: threading.Event) -> None:
        """Wait, at the start only until the program has settled, then look."""
        wait, self._is_first = _FIRST_SECONDS if self._is_first else _WAIT_SECONDS, False
        if not stop.wait(wait):
            self._storage.take_samples()
