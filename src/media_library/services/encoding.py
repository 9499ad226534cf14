"""What the installed encoder can do, asked once."""

import threading

from media_library.adapters import handbrake
from media_library.errors import MediaLibraryError


class Encoding:
    """Remembers the answer, since a running program does not change its build."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._encoders: tuple[str, ...] | None = None

    def encoders(self) -> tuple[str, ...]:
        """The video encoders of the installed HandBrakeCLI; none while it is not installed."""
        with self._lock:
            if self._encoders is None:
                try:
                    self._encoders = handbrake.encoders()
                except MediaLibraryError:
                    return ()
            return self._encoders
