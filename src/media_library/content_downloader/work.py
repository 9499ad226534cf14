"""A content job at work: its folder, its progress, and the way of what it fetched into the library."""

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from media_library.errors import Conflict, Stopped
from media_library.models.content_job import ContentJob
from media_library.models.job import JobProgress, JobStage
from media_library.models.media import Media, NewMedia
from media_library.services.media_units import numbered

_STORE_SECONDS = 1.0
_CHECK_SECONDS = 0.5
_TRIES = 20


class WorkState(Protocol):
    """What a job at work needs of the state."""

    def require_running(self, job_id: str, token: int) -> None:
        """Raise ``Conflict`` if the job no longer runs under this token."""

    def update_job_progress(self, job_id: str, token: int, progress: JobProgress) -> None:
        """Note how far the job is; raises ``Conflict`` alike."""

    def rename_job(self, job_id: str, title: str) -> None:
        """Change how the job is called."""

    def note_content(self, job_id: str, media_id: str) -> None:
        """Note which item the job led to."""

    def media_by_origin(self, keys: Sequence[str]) -> Media | None:
        """The item that came from any of these."""

    def is_path_taken(self, path: str) -> bool:
        """Whether an item has this path."""


class Publisher(Protocol):
    """The way of files into the library."""

    def publish(self, job_id: str, token: int, staged: Path, new: NewMedia) -> Media:
        """Move a file to its place and put it into the library."""


class Work:
    """What a downloader works with. ``staging`` outlives a restart of the program: what lies there is resumed."""

    def __init__(
        self, job: ContentJob, staging: Path, state: WorkState, publisher: Publisher, stop: threading.Event
    ) -> None:
        self.job = job
        self.staging = staging
        self._state = state
        self._publisher = publisher
        self._stop = stop
        self._stored_at = self._checked_at = -_STORE_SECONDS
        self._stage: JobStage | None = None

    def check(self) -> None:
        """Raise ``Conflict`` if the job was cancelled, ``Stopped`` if the program stops. Cheap: call it often."""
        if self._stop.is_set():
            raise Stopped("The program is stopping.")
        now = time.monotonic()
        if now - self._checked_at >= _CHECK_SECONDS:
            self._checked_at = now
            self._state.require_running(self.job.id, self.job.token)

    def report(
        self, stage: JobStage, percent: float, *, eta_seconds: int | None = None, speed: str | None = None
    ) -> None:
        """Tell how far the job is, 0 to 100; stored at most once a second. Raises as ``check`` does."""
        self.check()
        now = time.monotonic()
        if stage is self._stage and now - self._stored_at < _STORE_SECONDS:
            return
        self._stage, self._stored_at = stage, now
        self._state.update_job_progress(
            self.job.id, self.job.token, JobProgress(stage, percent, eta_seconds=eta_seconds, speed=speed)
        )

    def rename(self, title: str) -> None:
        """The job has a better name now."""
        self._state.rename_job(self.job.id, title)

    def known(self, origins: Sequence[str]) -> Media | None:
        """The item that came from any of these already, in the bin or not."""
        return self._state.media_by_origin(origins)

    def lead_to(self, media: Media) -> None:
        """The job ends with this item."""
        self._state.note_content(self.job.id, media.id)

    def publish(self, staged: Path, new: NewMedia) -> Media:
        """Put a verified file into the library; if another has its name, a number is added to the name.

        If one of its origins came in meanwhile by another way, that item is the answer and ``staged`` stays unused.
        Raises ``Conflict`` when the job was cancelled, and ``StorageError``.
        """
        assert new.file is not None
        self.report(JobStage.PUBLISH, 99)
        for number in range(1, _TRIES + 1):
            path = numbered(new.media_type, new.file.path, number)
            if self._state.is_path_taken(path) and new.replaces is None:
                continue
            try:
                media = self._publisher.publish(
                    self.job.id, self.job.token, staged, replace(new, file=replace(new.file, path=path))
                )
            except Conflict:
                self._state.require_running(self.job.id, self.job.token)
                there = self._state.media_by_origin(new.origins)
                if there is not None and there.id != new.replaces:
                    media = there
                elif staged.exists():
                    continue
                else:
                    raise
            self.lead_to(media)
            return media
        raise Conflict(f"{new.file.path} and its numbered variants are taken.")


class Downloader(Protocol):
    """Does the jobs of one kind."""

    def run(self, work: Work, stop: threading.Event) -> None:
        """Fetch what ``work.job.order`` asks for.

        Raises ``TransientFailure`` for what may work later, any other error of ours for what will not, ``Conflict``
        when the job was cancelled and ``Stopped`` when the program stops.
        """
