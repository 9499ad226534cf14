"""The rip worker knows its jobs only through the desk: how each end of a job is told."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import Conflict, DiscUnreadable, MediaLibraryError, Stopped, StorageError, ToolFailed
from media_library.models.disc import Disc, DiscNames
from media_library.models.drive import DiscKind
from media_library.models.job import JobProgress, JobStatus
from media_library.models.preferences import DiscPreferences
from media_library.ripper import RipOrder, Ripped, Ripper, RipPlan
from media_library.workers.rip_worker import RipWorker
from tests.conftest import wait_for
from tests.fixtures import audio_cd
from tests.ripping import build_house, film

DISC = Disc("d", "dvd:1", DiscKind.DVD, "LABEL", DiscNames("Title"), None, (), None, 0, 0, None)
ORDER = RipOrder("job", 1, DISC, "/disc.iso", (), DiscPreferences())


@dataclass(slots=True)
class Desk:
    """A desk far away, as the worker sees it."""

    orders: list[RipOrder] = field(default_factory=lambda: [ORDER])
    said: list[str] = field(default_factory=list)
    is_cancelled: bool = False

    def claim(self, worker: str) -> RipOrder | None:
        return self.orders.pop() if self.orders else None

    def wait(self, stop: threading.Event) -> None:
        self.said.append("waited")

    def require_running(self, order: RipOrder) -> None:
        if self.is_cancelled:
            raise Conflict("This job no longer runs here.")

    def source(self, order: RipOrder) -> str | None:
        return None

    def progress(self, order: RipOrder, progress: JobProgress) -> None:
        raise AssertionError

    def planned(self, order: RipOrder, plan: RipPlan) -> None:
        raise AssertionError

    def publish(self, order: RipOrder, ripped: Ripped) -> None:
        raise AssertionError

    def finish(self, order: RipOrder) -> None:
        self.require_running(order)
        self.said.append("finished")

    def fail(self, order: RipOrder, error: str, lines: tuple[str, ...]) -> None:
        self.require_running(order)
        self.said.append(f"failed: {error} {lines}")

    def give_back(self, order: RipOrder) -> None:
        self.require_running(order)
        self.said.append("given back")


class Storage:
    """A media folder that ends every rip before it begins, in the way that a test wants."""

    def __init__(self, end: Callable[[], None]) -> None:
        self._end = end

    def require_writable(self) -> None:
        self._end()

    def staging(self, job_id: str) -> Path:
        raise AssertionError

    def space(self) -> tuple[int, int]:
        raise AssertionError

    def reserve_bytes(self) -> int:
        raise AssertionError


def step(desk: Desk, error: MediaLibraryError) -> list[str]:
    def end() -> None:
        raise error

    RipWorker("worker", desk, Ripper(Settings(), Storage(end))).step(threading.Event())
    return desk.said


def test_without_a_job_the_worker_waits() -> None:
    assert step(Desk(orders=[]), Stopped("")) == ["waited"]


def test_a_program_that_stops_gives_the_job_back() -> None:
    assert step(Desk(), Stopped("")) == ["given back"]


@pytest.mark.parametrize(
    ("error", "lines"),
    [
        (ToolFailed("It broke.", ["a", "b"]), "('a', 'b')"),
        (DiscUnreadable("It broke.", ["c"]), "('c',)"),
        (StorageError("It broke."), "()"),
    ],
)
def test_a_failure_is_told_with_what_the_tool_said(error: MediaLibraryError, lines: str) -> None:
    assert step(Desk(), error) == [f"failed: It broke. {lines}"]


def test_of_a_cancelled_job_nothing_is_told() -> None:
    assert step(Desk(is_cancelled=True), Conflict("This job no longer runs here.")) == []


def test_a_cancel_that_comes_with_the_failure_wins() -> None:
    assert step(Desk(is_cancelled=True), ToolFailed("It broke.")) == []


def test_a_conflict_of_a_job_that_still_runs_is_a_failure() -> None:
    [said] = step(Desk(), Conflict("movies/Film.mp4 is already in the library."))
    assert said.startswith("failed: The name in the library was taken")


def test_two_drives_are_ripped_at_once(tmp_path: Path, state: AppState) -> None:
    house = build_house(tmp_path, state)
    jobs = [
        house.queue(house.insert(source, drive=drive), drive=drive)
        for source, drive in ((film(), "one"), (audio_cd.build(tmp_path / "cd", tracks=2, seconds=60), "two"))
    ]
    workers = [threading.Thread(target=house.work) for _ in jobs]
    for worker in workers:
        worker.start()
    wait_for(lambda: all(state.get_job(job.id).status is JobStatus.ENCODING for job in jobs))
    for worker in workers:
        worker.join(60)
    assert [state.get_job(job.id).status for job in jobs] == [JobStatus.DONE, JobStatus.DONE]
    assert len(house.files()) == 3
