"""Queues the job that measures music which nobody measured yet, if people want that."""

import threading
from collections.abc import Callable

from media_library.app_state import AppState
from media_library.models.library_job import LoudnessOrder
from media_library.models.preferences import LibraryPreferences

_WAIT_SECONDS = 60.0
_ORIGIN = "loudness"
_MOST_TRACKS = 500_000


class LoudnessWatch:
    """Looks from time to time. What could not be heard once is not tried again until the next start."""

    def __init__(self, state: AppState, preferences: Callable[[], LibraryPreferences]) -> None:
        self._state = state
        self._preferences = preferences
        self._tried: frozenset[str] = frozenset()

    def step(self, stop: threading.Event) -> None:
        """Queue the job if something is to be measured, and wait."""
        if self._preferences().loudness:
            self.look()
        stop.wait(_WAIT_SECONDS)

    def look(self) -> bool:
        """Whether there is a job for it now."""
        waiting = frozenset(self._state.tracks_to_measure(_MOST_TRACKS))
        if waiting <= self._tried:
            return False
        if self._state.active_content(_ORIGIN) is None:
            self._tried = waiting
            self._state.queue_content(LoudnessOrder(), title="Measure how loud music is", origin=_ORIGIN)
        return True
