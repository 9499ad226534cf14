"""Watching over a tool: how often progress is told, and when the tool is ended."""

import threading
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pytest

from media_library.errors import Conflict, DiscUnreadable, Stopped, StorageError, ToolStalled
from media_library.models.disc import Disc, DiscNames
from media_library.models.drive import DiscKind
from media_library.models.job import JobProgress, JobStage
from media_library.models.preferences import DiscPreferences
from media_library.models.tool import ToolProgress, ToolRun
from media_library.ripper import RipOrder, Ripped, RipPlan
from media_library.ripper.watch import Part, Watch

GIB = 1 << 30


@dataclass(slots=True)
class Desk:
    """Notes what it is told."""

    told: list[tuple[float, JobProgress]] = field(default_factory=list)
    is_cancelled: bool = False
    place: str | None = None

    def claim(self, worker: str) -> RipOrder | None:
        raise AssertionError

    def wait(self, stop: threading.Event) -> None:
        raise AssertionError

    def require_running(self, order: RipOrder) -> None:
        if self.is_cancelled:
            raise Conflict("This job no longer runs here.")

    def source(self, order: RipOrder) -> str | None:
        return self.place

    def progress(self, order: RipOrder, progress: JobProgress) -> None:
        self.told.append((time.monotonic(), progress))

    def planned(self, order: RipOrder, plan: RipPlan) -> None:
        raise AssertionError

    def publish(self, order: RipOrder, ripped: Ripped) -> None:
        raise AssertionError

    def finish(self, order: RipOrder) -> None:
        raise AssertionError

    def fail(self, order: RipOrder, error: str, lines: tuple[str, ...]) -> None:
        raise AssertionError

    def give_back(self, order: RipOrder) -> None:
        raise AssertionError


@dataclass(slots=True)
class Volume:
    """A volume of 100 GiB."""

    free: int = 50 * GIB

    def staging(self, job_id: str) -> Path:
        raise AssertionError

    def require_writable(self) -> None:
        raise AssertionError

    def space(self) -> tuple[int, int]:
        return self.free, 100 * GIB

    def reserve_bytes(self) -> int:
        return GIB


@dataclass(slots=True)
class Scene:
    """A watch and all that it looks at."""

    watch: Watch
    desk: Desk
    volume: Volume
    stop: threading.Event
    disc: Path


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    disc = tmp_path / "disc.iso"
    disc.touch()
    seen = Disc("d", "dvd:1", DiscKind.DVD, "LABEL", DiscNames("Title"), None, (), None, 0, 0, None)
    order = RipOrder("job", 1, seen, str(disc), (), DiscPreferences())
    desk, volume, stop = Desk(), Volume(), threading.Event()
    return Scene(Watch(order, desk, volume, stop, stall_seconds=0.4), desk, volume, stop, disc)


def tool(*fractions: float, pause: float = 0.0, ended: list[bool] | None = None) -> ToolRun[str]:
    try:
        for fraction in fractions:
            time.sleep(pause)
            yield ToolProgress(fraction)
    finally:
        if ended is not None:
            ended.append(True)
    return "result"


def standing_still(ended: list[bool]) -> ToolRun[str]:
    try:
        while True:
            time.sleep(0.01)
            yield None
    finally:
        ended.append(True)


def test_the_result_of_the_tool_is_handed_on(scene: Scene) -> None:
    assert scene.watch.follow(tool(0.5, 1.0)) == "result"


def test_progress_is_told_at_most_once_a_second_and_never_goes_back(scene: Scene) -> None:
    scene.watch.begin(Part(JobStage.RIP, 10.0, 80.0, 1, 2))
    scene.watch.follow(tool(*(step / 250 for step in range(250)), pause=0.01))
    percents = [progress.percent for _, progress in scene.desk.told]
    assert percents == sorted(percents)
    assert percents[0] == 10
    assert 10 < percents[-1] < 90
    times = [when for when, _ in scene.desk.told]
    assert len(times) >= 3
    assert all(later - earlier >= 0.99 for earlier, later in pairwise(times))


def test_a_part_that_begins_earlier_does_not_take_progress_back(scene: Scene) -> None:
    scene.watch.begin(Part(JobStage.RIP, 50.0, 10.0))
    scene.watch.begin(Part(JobStage.VERIFY, 40.0, 10.0))
    assert scene.desk.told[-1][1] == JobProgress(JobStage.VERIFY, 50.0)


def test_a_tool_that_stands_still_is_ended(scene: Scene) -> None:
    ended: list[bool] = []
    with pytest.raises(ToolStalled, match="made no progress"):
        scene.watch.follow(standing_still(ended))
    assert ended


def test_the_same_progress_again_and_again_is_standing_still(scene: Scene) -> None:
    with pytest.raises(ToolStalled):
        scene.watch.follow(tool(*[0.5] * 1000, pause=0.01))


def test_a_cancelled_job_ends_its_tool(scene: Scene) -> None:
    ended: list[bool] = []
    scene.desk.is_cancelled = True
    with pytest.raises(Conflict):
        scene.watch.follow(tool(*[0.0] * 1000, pause=0.01, ended=ended))
    assert ended


def test_a_stopping_program_ends_its_tools(scene: Scene) -> None:
    ended: list[bool] = []
    scene.stop.set()
    with pytest.raises(Stopped):
        scene.watch.follow(tool(0.1, 0.2, ended=ended))
    assert ended


def test_a_volume_that_runs_full_ends_the_tool(scene: Scene) -> None:
    scene.volume.free = GIB - 1
    with pytest.raises(StorageError, match="Make room, then retry"):
        scene.watch.follow(tool(0.1, 0.2))


def test_space_is_asked_for_before_it_is_needed(scene: Scene) -> None:
    scene.watch.require_space(49 * GIB)
    with pytest.raises(StorageError, match=r"only 50\.0 GiB left, and about 49\.5 GiB are needed"):
        scene.watch.require_space(49 * GIB + GIB // 2)


def test_a_disc_that_its_drive_no_longer_has_is_gone_at_once(scene: Scene) -> None:
    scene.disc.unlink()
    with pytest.raises(DiscUnreadable, match="taken out"):
        scene.watch.follow(tool(0.1, 0.2))


def test_a_disc_that_was_mounted_under_another_name_is_found_again(scene: Scene) -> None:
    moved = scene.disc.rename(scene.disc.with_name("renamed.iso"))
    scene.desk.place = str(moved)
    scene.watch.follow(tool(0.1, 0.2))
    assert scene.watch.source == str(moved)
