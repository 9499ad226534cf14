"""Examines a disc beside the poll, so that a slow drive holds up no other."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from media_library.errors import MediaLibraryError
from media_library.models.disc_structure import DiscStructure
from media_library.models.drive import DiscKind

Examine = Callable[[Path, DiscKind], DiscStructure]


class Examination:
    """One look at one disc. A drive may never answer: the thread is a daemon and can be left behind."""

    def __init__(self, examine: Examine, source: str, kind: DiscKind) -> None:
        self._begun = time.monotonic()
        self._structure: DiscStructure | None = None
        self._error = "This disc could not be examined. Eject it and insert it again."
        self._thread = threading.Thread(
            target=self._run, args=(examine, Path(source), kind), name=f"examine {source}", daemon=True
        )
        self._thread.start()

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self._begun

    @property
    def structure(self) -> DiscStructure | None:
        """What was found, once it is done; ``None`` if the disc cannot be read."""
        return self._structure

    @property
    def error(self) -> str:
        """Why the disc cannot be read."""
        return self._error

    def is_done(self, wait_seconds: float) -> bool:
        """Whether it is over, waiting up to ``wait_seconds`` for it."""
        self._thread.join(max(0.0, wait_seconds))
        return not self._thread.is_alive()

    def _run(self, examine: Examine, source: Path, kind: DiscKind) -> None:
        try:
            self._structure = examine(source, kind)
        except MediaLibraryError as error:
            self._error = str(error)
