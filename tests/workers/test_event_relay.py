"""The way of live events from the outbox to the browsers."""

import threading
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from media_library.app_state import AppState
from media_library.events import JOBS_ROOM, JobCreated, JobUpdate, RipProgress
from media_library.workers.event_relay import EventRelay
from tests.conftest import wait_for


class Ear:
    """Hears what is emitted, and when."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, Any], str]] = []
        self.times: list[float] = []
        self.fails_at: str | None = None

    def __call__(self, name: str, payload: Mapping[str, Any], room: str) -> None:
        if name == self.fails_at:
            raise RuntimeError("nobody listens")
        self.heard.append((name, dict(payload), room))
        self.times.append(time.monotonic())


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def running(state: AppState, ear: Ear) -> Iterator[EventRelay]:
    """A relay on a thread of its own, that has noted where the outbox ends."""
    relay, stop = EventRelay(state, ear), threading.Event()
    state.broadcast(JobCreated("before"), JOBS_ROOM)

    def run() -> None:
        while not stop.is_set():
            relay.step(stop)

    thread = threading.Thread(target=run)
    thread.start()
    wait_for(lambda: relay._last is not None)
    yield relay
    stop.set()
    thread.join()


def test_events_arrive_in_order_and_soon(state: AppState, running: EventRelay, ear: Ear) -> None:
    delays = []
    for number in range(10):
        state.broadcast(JobCreated(str(number)), JOBS_ROOM)
        written = time.monotonic()
        wait_for(lambda wanted=number + 1: len(ear.heard) == wanted)  # type: ignore[misc]  # bound now
        delays.append(ear.times[-1] - written)
    assert [payload["job_id"] for _, payload, _ in ear.heard] == [str(number) for number in range(10)]
    assert [payload["seq"] for _, payload, _ in ear.heard] == list(range(2, 12))
    assert sorted(delays)[5] < 0.1


def test_what_was_written_before_the_start_is_not_told_again(state: AppState, running: EventRelay, ear: Ear) -> None:
    state.broadcast(JobUpdate("after", "done"), JOBS_ROOM)
    wait_for(lambda: ear.heard)
    assert [payload["job_id"] for _, payload, _ in ear.heard] == ["after"]


def test_a_change_that_is_rolled_back_is_never_announced(state: AppState, running: EventRelay, ear: Ear) -> None:
    def fail() -> None:
        with state.transaction():
            state.broadcast(JobCreated("never"), JOBS_ROOM)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    state.broadcast(JobCreated("real"), JOBS_ROOM)
    wait_for(lambda: ear.heard)
    assert [(payload["job_id"], payload["seq"]) for _, payload, _ in ear.heard] == [("real", 2)]


@pytest.mark.parametrize(("steps", "shown"), [(1, None), (3, {"current": 2, "total": 3})])
def test_the_step_of_a_rip_has_the_shape_of_the_rest_answer(
    state: AppState, ear: Ear, steps: int, shown: object
) -> None:
    relay, stop = EventRelay(state, ear), threading.Event()
    stop.set()
    relay.step(stop)
    state.broadcast(RipProgress("job", 42.5, 90, "148 fps", "rip", 2, steps), JOBS_ROOM)
    relay.step(stop)
    ((name, payload, room),) = ear.heard
    assert (name, room) == ("rip_progress", JOBS_ROOM)
    assert payload == {
        "job_id": "job", "progress": 42.5, "eta_seconds": 90, "speed": "148 fps", "stage": "rip", "step": shown,
        "room": JOBS_ROOM, "seq": 1,
    }  # fmt: skip


def test_an_event_that_cannot_be_told_does_not_stop_those_after_it(state: AppState, ear: Ear) -> None:
    relay, stop = EventRelay(state, ear), threading.Event()
    stop.set()
    relay.step(stop)
    ear.fails_at = "job_created"
    state.broadcast(JobCreated("a"), JOBS_ROOM)
    state.broadcast(JobUpdate("b", "done"), JOBS_ROOM)
    with pytest.raises(RuntimeError):
        relay.step(stop)
    relay.step(stop)
    assert [payload["job_id"] for _, payload, _ in ear.heard] == ["b"]


def test_thousands_of_events_are_all_told(state: AppState, ear: Ear) -> None:
    relay, stop = EventRelay(state, ear), threading.Event()
    stop.set()
    relay.step(stop)
    with state.transaction():
        for number in range(1200):
            state.broadcast(JobCreated(str(number)), JOBS_ROOM)
    relay.step(stop)
    assert [payload["seq"] for _, payload, _ in ear.heard] == list(range(1, 1201))
