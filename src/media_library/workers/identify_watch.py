"""Notices what nobody asked about, and queues the job that finds out what it is."""

import threading
from collections.abc import Callable

from media_library.app_state import AppState
from media_library.models.library_job import IdentifyOrder
from media_library.models.preferences import LibraryPreferences
from media_library.models.work import WorkKind
from media_library.repositories.base import now_ms

_WAIT_SECONDS = 15.0
_AT_ONCE = 2000
_DAY_MS = 24 * 3600 * 1000
_ORIGIN = "identify"
_TITLE = "Find out what is new in the library"


class IdentifyWatch:
    """Looks from time to time. ``why_not`` tells why films cannot be looked up, ``None`` if they can."""

    def __init__(
        self, state: AppState, preferences: Callable[[], LibraryPreferences], why_not: Callable[[], str | None]
    ) -> None:
        self._state = state
        self._preferences = preferences
        self._why_not = why_not
        self._is_new = True

    def step(self, stop: threading.Event) -> None:
        """Take in what came, queue a job if something is due, and wait."""
        if self._is_new:
            self._is_new = False
            self._state.forget_works_without_media()
            if self._why_not() is None:  # the key came with this start
                self._state.hurry_works([WorkKind.MOVIE, WorkKind.SHOW])
        if self._preferences().identify:
            self.look()
        stop.wait(_WAIT_SECONDS)

    def look(self) -> bool:
        """Whether there is a job for it, queued now or before."""
        unasked = self._state.works_unasked(_AT_ONCE)
        grown = self._state.shows_grown(_AT_ONCE)
        if unasked or grown:
            self._state.put_work_pending([*unasked, *grown])
        if (reason := self._why_not()) is not None:
            self._state.postpone_works((WorkKind.MOVIE, WorkKind.SHOW), reason, now_ms() + _DAY_MS)
        if not self._state.count_works_pending(WorkKind, now_ms()):
            return False
        self._state.queue_content(IdentifyOrder(), title=_TITLE, origin=_ORIGIN)
        return True
