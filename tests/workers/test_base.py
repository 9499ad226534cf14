"""Loops: steps that go on, fall, get up again and stop; and how a process tells of them."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from media_library.config import Paths, Settings
from media_library.errors import Stopped, StorageError
from media_library.services.health import LoopHealth, ToolHealth, read_health
from media_library.workers.base import Crew, Loop
from tests.conftest import wait_for

TOOLS = (ToolHealth("ffmpeg", "7.1", "pictures", "apt install ffmpeg"),)


@pytest.fixture
def stop() -> Iterator[threading.Event]:
    """Stops what a test started, at the latest at its end."""
    stop = threading.Event()
    yield stop
    stop.set()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with a state folder of their own."""
    return Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data")))


class Steps:
    """A step that does the given things one after the other, then waits for the end."""

    def __init__(self, *things: BaseException | None) -> None:
        self._things = iter(things)
        self.taken = 0

    def __call__(self, stop: threading.Event) -> None:
        self.taken += 1
        thing = next(self._things, stop)
        if isinstance(thing, BaseException):
            raise thing
        if thing is stop:
            stop.wait()


def deaf(release: threading.Event) -> Callable[[threading.Event], None]:
    """A step that does not listen and ends only when the test releases it."""

    def step(stop: threading.Event) -> None:
        release.wait()

    return step


def test_a_loop_takes_step_after_step_until_it_is_stopped(stop: threading.Event) -> None:
    steps = Steps(None, None, None)
    loop = Loop("steps", steps)
    assert loop.health() == LoopHealth("steps", "stopped", 0, 0, None)
    before = time.time_ns() // 1_000_000
    loop.start(stop)
    wait_for(lambda: steps.taken == 4)
    health = loop.health()
    assert (health.state, health.restarts, health.error) == ("running", 0, None)
    assert before <= health.last_beat_at <= time.time_ns() // 1_000_000
    stop.set()
    assert loop.join(5)
    assert loop.health().state == "stopped"


def test_a_loop_that_fails_says_so_and_is_started_again(stop: threading.Event) -> None:
    steps = Steps(StorageError("The drive is full."))
    loop = Loop("steps", steps)
    loop.start(stop)
    failed = wait_for(lambda: loop.health() if loop.health().state == "restarting" else None)
    assert (failed.restarts, failed.error) == (1, "StorageError: The drive is full.")
    wait_for(lambda: steps.taken == 2)
    assert loop.health().state == "running"


def test_the_pauses_after_failures_grow(stop: threading.Event) -> None:
    times: list[float] = []

    def step(stop: threading.Event) -> None:
        times.append(time.monotonic())
        raise RuntimeError

    Loop("steps", step).start(stop)
    wait_for(lambda: len(times) == 3)
    assert times[1] - times[0] >= 1
    assert times[2] - times[1] >= 2


def test_a_pause_does_not_hold_up_the_end(stop: threading.Event) -> None:
    loop = Loop("steps", Steps(RuntimeError()))
    loop.start(stop)
    wait_for(lambda: loop.health().state == "restarting")
    stop.set()
    assert loop.join(0.5)


def test_work_that_is_put_down_because_the_program_stops_is_no_failure(stop: threading.Event) -> None:
    def step(stop: threading.Event) -> None:
        stop.wait()
        raise Stopped("The program is shutting down.")

    loop = Loop("steps", step)
    loop.start(stop)
    stop.set()
    assert loop.join(5)
    assert loop.health().restarts == 0


def test_joining_a_loop_that_is_still_at_work_gives_up_in_time(stop: threading.Event) -> None:
    release = threading.Event()
    loop = Loop("steps", deaf(release))
    loop.start(stop)
    stop.set()
    assert not loop.join(0.1)
    release.set()
    assert loop.join(5)


def crew_at_work(settings: Settings, stop: threading.Event, *loops: Loop) -> Callable[[], float]:
    """Start a crew on a thread; the answer waits for its end and gives the seconds that this took."""
    pool = ThreadPoolExecutor(1)
    crew = Crew("work", settings, loops)
    working = pool.submit(crew.work, stop, look_for_tools=lambda: TOOLS, grace_seconds=1.0)

    def end() -> float:
        before = time.monotonic()
        stop.set()
        working.result(10)
        return time.monotonic() - before

    return end


def test_a_crew_tells_how_its_loops_and_tools_are(settings: Settings, stop: threading.Event) -> None:
    end = crew_at_work(settings, stop, Loop("one", Steps()), Loop("two", Steps()))
    health = wait_for(lambda: found if (found := read_health(settings)).tools else None)
    end()
    assert health.status == "ok"
    assert [loop.name for loop in health.loops] == ["one", "two"]
    assert health.tools == TOOLS


def test_a_crew_tells_again_and_again(settings: Settings, stop: threading.Event) -> None:
    fail = threading.Event()

    def step(stop: threading.Event) -> None:
        fail.wait()
        fail.clear()
        raise RuntimeError("no")

    end = crew_at_work(settings, stop, Loop("one", step))
    assert wait_for(lambda: found if (found := read_health(settings)).tools else None).loops[0].error is None
    fail.set()
    health = wait_for(lambda: found if (found := read_health(settings)).loops[0].error else None)
    assert health.loops[0].error == "RuntimeError: no"
    fail.set()
    end()


def test_a_loop_that_does_not_listen_holds_a_crew_up_no_longer_than_its_grace(
    settings: Settings, stop: threading.Event
) -> None:
    release = threading.Event()
    end = crew_at_work(settings, stop, Loop("deaf", deaf(release)), Loop("two", Steps()))
    wait_for(lambda: read_health(settings).tools)
    assert 1.0 <= end() < 3.0
    release.set()


def test_a_disk_on_which_nothing_can_be_told_does_not_stop_the_work(settings: Settings, stop: threading.Event) -> None:
    settings.data_directory.mkdir()
    (settings.data_directory / "run").touch()
    steps = Steps(None)
    end = crew_at_work(settings, stop, Loop("one", steps))
    wait_for(lambda: steps.taken == 2)
    assert read_health(settings).status == "degraded"
    assert end() < 1.0
