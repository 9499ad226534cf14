"""Content jobs: takes the next one that is due, so many side by side, and does it."""

import threading
from collections.abc import Callable, Mapping

from media_library.app_state import AppState
from media_library.content_downloader import Downloader
from media_library.models.job import JobKind
from media_library.models.preferences import DownloadPreferences
from media_library.services.media_root import MediaRoot
from media_library.workers.job_worker import JobWorker

_WAIT_SECONDS = 5.0


class ContentWorker:
    """One of several that work side by side; ``number`` counts them from 0.

    Only as many of them take jobs as the preferences say, so that the number can be changed while they run.
    """

    def __init__(
        self,
        number: int,
        state: AppState,
        media_root: MediaRoot,
        downloaders: Mapping[JobKind, Downloader],
        preferences: Callable[[], DownloadPreferences],
    ) -> None:
        self._number = number
        self._state = state
        self._media_root = media_root
        self._preferences = preferences
        self._jobs = JobWorker(state, media_root, downloaders)

    def step(self, stop: threading.Event) -> None:
        """Do the next job, or wait until there may be one."""
        preferences = self._preferences()
        if self._number >= preferences.simultaneous:
            stop.wait(_WAIT_SECONDS)
            return
        job = None
        if self._media_root.is_online():
            job = self._state.claim_content(f"content-{self._number}", per_host=preferences.per_host)
        if job is None:
            self._state.wait_for_change(stop, _WAIT_SECONDS)
            return
        self._jobs.do(job, stop)
