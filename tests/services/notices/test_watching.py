"""A loop that keeps failing and a volume that fills up are told of once, until they are well again."""

import threading
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.models.notice import Topic
from media_library.services.health import LoopHealth
from media_library.services.media_root import MediaRoot
from media_library.services.notices import HouseWatch

STOPPED = threading.Event()
STOPPED.set()


class House:
    def __init__(self) -> None:
        self.restarts = 0
        self.seconds = 0.0

    def loops(self) -> tuple[LoopHealth, ...]:
        return (LoopHealth("rip 1", "restarting", 0, self.restarts, "OSError: It broke."),)

    def clock(self) -> float:
        return self.seconds


@pytest.fixture
def house() -> House:
    return House()


@pytest.fixture
def watch(state: AppState, tmp_path: Path, house: House) -> HouseWatch:
    settings = Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "state")))
    return HouseWatch(state, MediaRoot(settings, state), tmp_path, house.loops, clock=house.clock)


def lanes(state: AppState) -> list[str]:
    return [notice.subject for notice in state.notices_after(0, 100) if notice.topic is Topic.LANE_DIED]


def test_three_restarts_in_ten_minutes_are_told_of_once_and_again_after_it_was_well(
    state: AppState, house: House, watch: HouseWatch
) -> None:
    for _ in range(3):
        watch.step(STOPPED)
        house.restarts += 1
        house.seconds += 60
    assert lanes(state) == []
    watch.step(STOPPED)
    assert lanes(state) == ["rip 1"]
    (notice,) = [one for one in state.notices_after(0, 10) if one.topic is Topic.LANE_DIED]
    assert notice.facts.text == "OSError: It broke."
    house.restarts += 3
    watch.step(STOPPED)
    assert lanes(state) == ["rip 1"]
    house.seconds += 601
    watch.step(STOPPED)
    assert lanes(state) == []


def test_two_restarts_a_day_are_nobodys_worry(state: AppState, house: House, watch: HouseWatch) -> None:
    for _ in range(20):
        watch.step(STOPPED)
        house.restarts += 1
        house.seconds += 601
    assert lanes(state) == []


def test_a_volume_is_nearly_full_until_there_is_room_again(state: AppState, watch: HouseWatch) -> None:
    def full() -> list[str]:
        return [notice.subject for notice in state.notices_after(0, 100) if notice.topic is Topic.DISK_FULL]

    watch._judge("media", 4 << 30, 1000 << 30)
    watch._judge("media", 3 << 30, 1000 << 30)
    assert full() == ["media"]
    watch._judge("media", 11 << 30, 1000 << 30)
    assert full() == ["media"]
    watch._judge("media", 13 << 30, 1000 << 30)
    assert full() == []
    watch._judge("media", 4 << 30, 1000 << 30)
    assert full() == ["media"]
    watch._judge("stick", 1 << 30, 8 << 30)
    assert full() == ["media"]
