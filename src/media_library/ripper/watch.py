"""Watches over a tool at work: tells how far it is, and ends it when it must not go on."""

import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from media_library.errors import DiscUnreadable, Stopped, StorageError, ToolStalled
from media_library.models.job import JobProgress, JobStage
from media_library.models.tool import ToolProgress, ToolRun
from media_library.ripper.order import RipDesk, RipOrder, Storage

_REPORT_SECONDS = 1.0
_HEARTBEAT_SECONDS = 15.0
_LOOK_SECONDS = 0.25
_GONE_SECONDS = 10.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole job: its stage, where it begins and how much of 100 % it is; which step of how many."""

    stage: JobStage
    begin: float
    size: float
    step: int = 1
    steps: int = 1


class Watch:
    """Goes along with one job. ``part`` says which part of it the tool that is followed does."""

    def __init__(
        self, order: RipOrder, desk: RipDesk, storage: Storage, stop: threading.Event, *, stall_seconds: float
    ) -> None:
        self.order = order
        self.part = Part(JobStage.SCAN, 0.0, 1.0)
        self._desk = desk
        self._storage = storage
        self._stop = stop
        self._stall_seconds = stall_seconds
        self._source = order.source
        self._missing_since: float | None = None
        self._looked_at = 0.0
        self._reported = JobProgress(JobStage.SCAN, 0.0)
        self._reported_at = -_REPORT_SECONDS

    @property
    def source(self) -> str:
        """Where the disc is now."""
        return self._source

    def begin(self, part: Part) -> None:
        """The next part of the job begins."""
        self.part = part
        self._report(JobProgress(part.stage, part.begin, None, None, part.step, part.steps), at_once=True)
        self.look(at_once=True)

    def follow(self, run: ToolRun[T]) -> T:
        """Let a tool run to its end and return its result.

        Ends it and raises: ``Conflict`` when the job was cancelled, ``Stopped`` when the program stops, ``ToolStalled``
        when its progress stands still, ``StorageError`` when the volume runs full, ``DiscUnreadable`` when the disc
        is gone.
        """
        furthest = -1.0
        moved_at = time.monotonic()
        try:
            while True:
                try:
                    progress = next(run)
                except StopIteration as end:
                    result: T = end.value
                    return result
                if progress is not None and progress.fraction > furthest:
                    furthest, moved_at = progress.fraction, time.monotonic()
                if time.monotonic() - moved_at > self._stall_seconds:
                    raise self._stalled()
                self._report(self._overall(progress))
                self.look()
        finally:
            run.close()

    def look(self, *, at_once: bool = False) -> None:
        """See whether the job may go on; at most four times a second unless ``at_once``."""
        if self._stop.is_set():
            raise Stopped("The program is shutting down.")
        now = time.monotonic()
        if not at_once and now - self._looked_at < _LOOK_SECONDS:
            return
        self._looked_at = now
        self._desk.require_running(self.order)
        self.require_space()
        if self.part.stage in (JobStage.SCAN, JobStage.RIP):
            self._look_for_the_disc(now)

    def require_space(self, needed_bytes: int = 0) -> None:
        """Raise ``StorageError`` if the volume has not ``needed_bytes`` and the reserve left."""
        free, _ = self._storage.space()
        reserve = self._storage.reserve_bytes()
        if free < reserve + needed_bytes:
            wanted = f"about {_size(needed_bytes)} are needed" if needed_bytes else f"{_size(reserve)} stay free"
            raise StorageError(
                f"The volume of the media folder has only {_size(free)} left, and {wanted}. Make room, then retry."
            )

    def is_disc_gone(self) -> bool:
        """Whether the disc was taken out, as far as can be told now."""
        if Path(self._source).exists():
            return False
        moved = self._desk.source(self.order)
        if moved is not None and Path(moved).exists():
            self._source = moved
            return False
        return True

    def gone(self) -> DiscUnreadable:
        """The error that tells that the disc was taken out."""
        return DiscUnreadable("The disc was taken out while it was being ripped. Put it back in and retry.")

    def _look_for_the_disc(self, now: float) -> None:
        """A mount can vanish for a moment, when a system gives it another name."""
        if not self.is_disc_gone():
            self._missing_since = None
        elif self._missing_since is None:
            self._missing_since = now
        if self._missing_since is not None and (
            self._desk.source(self.order) is None or now - self._missing_since > _GONE_SECONDS
        ):
            raise self.gone()

    def _overall(self, progress: ToolProgress | None) -> JobProgress:
        part = self.part
        if progress is None:
            return replace(self._reported, stage=part.stage, step=part.step, steps=part.steps)
        percent = part.begin + part.size * min(max(progress.fraction, 0.0), 1.0)
        return JobProgress(
            part.stage,
            max(percent, self._reported.percent),
            progress.eta_seconds,
            progress.speed,
            part.step,
            part.steps,
        )

    def _report(self, progress: JobProgress, *, at_once: bool = False) -> None:
        """Tell at most once a second; an unchanged state is told now and then, because telling renews the lease."""
        waited = time.monotonic() - self._reported_at
        if at_once or waited >= (_REPORT_SECONDS if progress != self._reported else _HEARTBEAT_SECONDS):
            progress = replace(progress, percent=max(progress.percent, self._reported.percent))
            self._desk.progress(self.order, progress)
            self._reported, self._reported_at = progress, time.monotonic()

    def _stalled(self) -> ToolStalled:
        minutes = self._stall_seconds / 60
        waited = f"{minutes:.0f} minutes" if minutes >= 2 else f"{self._stall_seconds:.0f} s"
        return ToolStalled(
            f"The tool made no progress for {waited} and was ended. The disc may be damaged: clean it and retry."
        )


def _size(count: int) -> str:
    return f"{count / 2**30:.1f} GiB" if count >= 2**30 else f"{count / 2**20:.0f} MiB"
