"""Calls that cannot be broken off run beside the job, and a cancel does not wait for them."""

import threading
import time
from functools import partial

import pytest

from media_library.content_downloader.side_threads import side_by_side
from media_library.errors import Conflict, NotFound
from tests.conftest import wait_for


def nothing(done: int) -> None:
    """Go on."""


def test_the_results_come_in_the_order_of_the_calls() -> None:
    def call(number: int) -> int:
        threading.Event().wait(0.02 * (5 - number))
        return number

    assert side_by_side([partial(call, n) for n in range(5)], at_once=5, tick=nothing) == [0, 1, 2, 3, 4]
    assert side_by_side([], at_once=3, tick=nothing) == []


def test_no_more_run_at_once_than_may() -> None:
    lock, running, most = threading.Lock(), [0], [0]

    def call() -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        threading.Event().wait(0.02)
        with lock:
            running[0] -= 1

    side_by_side([call] * 12, at_once=3, tick=nothing)
    assert most == [3]


def test_what_the_tick_raises_ends_the_wait_and_begins_nothing_more() -> None:
    release, begun = threading.Event(), []

    def call() -> None:
        begun.append(1)
        release.wait(20)

    ticks = iter(range(3))

    def tick(done: int) -> None:
        if next(ticks) == 2:
            raise Conflict("cancelled")

    before = time.monotonic()
    with pytest.raises(Conflict):
        side_by_side([call] * 10, at_once=2, tick=tick)
    assert time.monotonic() - before < 10
    release.set()
    wait_for(lambda: not any(thread.name == "side" for thread in threading.enumerate()))
    assert len(begun) == 2


def test_an_error_of_a_call_is_that_of_all() -> None:
    def fail() -> None:
        raise NotFound("gone")

    with pytest.raises(NotFound, match="gone"):
        side_by_side([fail], at_once=1, tick=nothing)


def test_the_tick_hears_how_many_are_done() -> None:
    heard: list[int] = []
    side_by_side([lambda: None] * 4, at_once=1, tick=heard.append)
    assert heard[0] == 0 and heard == sorted(heard) and heard[-1] == 3
