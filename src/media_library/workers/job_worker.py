"""Jobs at work: lets the one who can do it, and notes how it ended."""

import logging
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from media_library.app_state import AppState
from media_library.content_downloader import Downloader, Work
from media_library.errors import (
    Conflict,
    DiscUnreadable,
    MediaLibraryError,
    Stopped,
    ToolFailed,
    TransientFailure,
)
from media_library.models.content_job import ArticleOrder, BookOrder, ContentJob
from media_library.models.job import CONTENT_KINDS, JobKind, JobStatus
from media_library.repositories.base import now_ms
from media_library.services import publishing
from media_library.services.media_root import MediaRoot
from media_library.services.notices import job_failed
from media_library.services.publishing import Publishing

log = logging.getLogger(__name__)

_PAUSES_SECONDS = (30, 120, 600, 3600)
_LONGEST_PAUSE_SECONDS = 6 * 3600
_LINES_KEPT = 40
_RESERVE_TEXT = "The media drive is nearly full. Make room, then retry."
_BRINGING_IN = CONTENT_KINDS | {JobKind.IMPORT}
_QUIET = frozenset({JobKind.SCAN, JobKind.IDENTIFY})
"""What the program does of itself again and again; when it went well, nobody needs to hear of it."""


class JobWorker:
    """Does claimed jobs, each by the one of ``doers`` for its kind."""

    def __init__(self, state: AppState, media_root: MediaRoot, doers: Mapping[JobKind, Downloader]) -> None:
        self._state = state
        self._media_root = media_root
        self._doers = doers
        self._publishing = Publishing(state, media_root)

    def do(self, job: ContentJob, stop: threading.Event) -> None:
        """Do a claimed job to its end, whatever that is."""
        try:
            self._try(job, stop)
        except Conflict:
            log.info("Job %s was cancelled or taken over; nothing of it is left", job.id)
            self._clean_up(job)

    def _try(self, job: ContentJob, stop: threading.Event) -> None:
        try:
            work = Work(job, self._staging(job), self._state, self._publishing, stop)
            self._doers[job.order.kind].run(work, stop)
        except Conflict as error:
            # a job that still runs under this token was not cancelled: then it is the job that failed
            self._state.require_running(job.id, job.token)
            self._fail(job, str(error))
        except Stopped:
            self._state.give_back_job(job.id, job.token)
            return
        except TransientFailure as error:
            if job.failures < len(_PAUSES_SECONDS):
                self._postpone(job, error)
                return
            self._fail(job, f"{error} It was tried {job.failures + 1} times.", error.output[-_LINES_KEPT:])
        except MediaLibraryError as error:
            log.warning("Job %s failed: %s", job.id, error)
            lines = error.output if isinstance(error, ToolFailed | DiscUnreadable) else ()
            self._fail(job, str(error), lines[-_LINES_KEPT:])
        else:
            self._state.finish_job(job.id, job.token)
            if job.requested_by is None and job.order.kind in _QUIET:
                self._state.forget_job(job.id)
        self._clean_up(job)

    def _fail(self, job: ContentJob, error: str, lines: Sequence[str] = ()) -> None:
        """Note that a job failed for good, and have people told."""
        with self._state.transaction():
            self._state.fail_job(job.id, job.token, error, lines)
            job_failed(self._state, job.id, job.token, job.title, error, job.requested_by)

    def _postpone(self, job: ContentJob, error: TransientFailure) -> None:
        """Try again later; what the server asked for counts, within reason."""
        pause = max(float(_PAUSES_SECONDS[job.failures]), error.retry_after_seconds or 0.0)
        pause = min(pause, _LONGEST_PAUSE_SECONDS)
        log.info("Job %s is tried again in %.0f s: %s", job.id, pause, error)
        self._state.postpone_job(job.id, job.token, str(error), now_ms() + int(pause * 1000))

    def _staging(self, job: ContentJob) -> Path:
        """The folder of a job. Only what brings something in needs one, and room on the volume."""
        if job.order.kind not in _BRINGING_IN:
            return self._media_root.staging_place(job.id)
        self._require_room()
        return self._media_root.staging(job.id)

    def _require_room(self) -> None:
        self._media_root.require_writable()
        free, _ = self._media_root.space()
        if free < self._media_root.reserve_bytes():
            raise TransientFailure(_RESERVE_TEXT)

    def _clean_up(self, job: ContentJob) -> None:
        """Remove the folder of a job that is over; what a person sent for it stays while it can be retried."""
        if not self._media_root.is_online() or job.id in self._state.content_jobs_waiting():
            return
        has_upload = isinstance(job.order, BookOrder | ArticleOrder) and (
            job.order.upload if isinstance(job.order, BookOrder) else job.order.page
        )
        if not (has_upload and self._state.get_job(job.id).status is JobStatus.FAILED):
            publishing.remove(self._media_root.staging(job.id))
