"""Library jobs: takes the next one of its kinds, one after the other, and does it."""

import threading
from collections.abc import Mapping

from media_library.app_state import AppState
from media_library.content_downloader import Downloader
from media_library.models.job import JobKind
from media_library.services.media_root import MediaRoot
from media_library.workers.job_worker import JobWorker

_WAIT_SECONDS = 5.0


class LibraryWorker:
    """One lane: of the kinds that ``doers`` can do, one job at a time. ``name`` tells it from the other lanes."""

    def __init__(self, name: str, state: AppState, media_root: MediaRoot, doers: Mapping[JobKind, Downloader]) -> None:
        self._name = name
        self._state = state
        self._media_root = media_root
        self._kinds = frozenset(doers)
        self._jobs = JobWorker(state, media_root, doers)

    def step(self, stop: threading.Event) -> None:
        """Do the next job, or wait until there may be one."""
        job = None
        if self._kinds and self._may_work():
            job = self._state.claim_content(self._name, per_host=1, kinds=self._kinds)
        if job is None:
            self._state.wait_for_change(stop, _WAIT_SECONDS)
            return
        self._jobs.do(job, stop)

    def _may_work(self) -> bool:
        """What brings something in waits until the media folder is there; all else knows what it can do without."""
        return JobKind.IMPORT not in self._kinds or self._media_root.is_online()
