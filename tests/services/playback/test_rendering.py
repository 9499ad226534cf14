"""Segments are made where they are asked for, not further ahead than is of use, and not more than there is room for."""

import threading
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from media_library.adapters.ffmpeg.fragments import FragmentBegin, FragmentBytes, FragmentEnd, Init
from media_library.errors import Conflict, NotFound, ToolFailed, TransientFailure
from media_library.services.playback.borders import even_borders, keyframe_borders
from media_library.services.playback.rendering import Rendering
from media_library.services.playback.run import Run, Stream
from tests.conftest import wait_for


class Kitchen:
    """A rendering whose streams are made up: parts of ``step`` seconds, ``size`` bytes each."""

    def __init__(self, folder: Path, duration: float = 600, *, step: float = 2, size: int = 100, most: int = 1 << 20):
        self.begun: list[int] = []
        self.recovered = 0
        self.fails_at: int | None = None
        self.jumps_at: int | None = None
        self.ends_at: int | None = None
        self.may_recover = False
        self.step, self.size = step, size
        self.folder = folder
        self.changed = threading.Condition()
        self.rendering = Rendering(
            folder,
            even_borders(duration, step),
            self.changed,
            begin=self._begin,
            recover=self._recover,
            most_bytes=most,
        )

    def _recover(self, run: Run) -> bool:
        self.recovered += 1
        self.fails_at = None if self.may_recover else self.fails_at
        return self.may_recover

    def _begin(self, number: int) -> Stream:
        self.begun.append(number)
        return self._stream(number)

    def _stream(self, number: int) -> Stream:
        yield Init(b"init")
        # a copied picture begins at the keyframe before
        for at in range(max(0, number - 1), self.rendering.count):
            if at == self.fails_at:
                raise ToolFailed("It broke.")
            if at == self.ends_at:
                return
            place = at + 5 if self.jumps_at is not None and at >= self.jumps_at else at
            yield None
            yield FragmentBegin(place * self.step + 0.01, (place + 1) * self.step)
            yield FragmentBytes(f"{at:06}".encode() + bytes(self.size - 6))
            yield FragmentEnd()

    def part(self, number: int) -> int:
        """The number that a segment carries."""
        return int(self.rendering.segment(number).read_bytes()[:6])

    def on_disk(self) -> int:
        """The bytes of all segments."""
        return sum(one.stat().st_size for one in self.folder.glob("*.m4s"))


@pytest.fixture
def kitchens(tmp_path: Path) -> Iterator[list[Kitchen]]:
    """What has to be stopped in the end."""
    made: list[Kitchen] = []
    yield made
    for one in made:
        with one.changed:
            run = one.rendering.stop(for_good=True)
        if run is not None:
            run.join(5)


@pytest.fixture
def kitchen(tmp_path: Path, kitchens: list[Kitchen]) -> Kitchen:
    """One with much room."""
    kitchens.append(Kitchen(tmp_path))
    return kitchens[0]


def test_what_is_near_is_waited_for_and_what_is_far_is_begun_there(kitchen: Kitchen) -> None:
    assert [kitchen.part(number) for number in (0, 1, 3, 200, 201, 40)] == [0, 1, 3, 200, 201, 40]
    assert kitchen.begun == [0, 200, 40]
    assert kitchen.rendering.init(40).read_bytes() == b"init"
    assert [kitchen.part(number) for number in (41, 201)] == [41, 201]
    assert kitchen.begun == [0, 200, 40]


def test_a_run_stays_a_minute_ahead(kitchen: Kitchen) -> None:
    for asked in (0, 20, 21):
        kitchen.part(asked)
        run = wait_for(lambda: kitchen.rendering.run)
        wait_for(lambda asked=asked, run=run: run.at >= asked + 30)  # type: ignore[misc]
        with kitchen.changed:
            kitchen.changed.notify_all()
        assert run.at <= asked + 31
    assert kitchen.begun == [0]


def test_segments_take_only_so_much_room(tmp_path: Path, kitchens: list[Kitchen]) -> None:
    kitchen = Kitchen(tmp_path, size=1000, most=10_000)
    kitchens.append(kitchen)
    for number in (*range(30), 100, 101, 5, 290):
        assert kitchen.part(number) == number
        with kitchen.changed:
            assert kitchen.on_disk() <= 11_000


def test_a_failure_is_told_once_and_another_place_is_tried_anew(kitchen: Kitchen) -> None:
    kitchen.fails_at = 3
    assert kitchen.part(2) == 2
    for _ in range(2):
        with pytest.raises(Conflict, match="damaged"):
            kitchen.part(3)
    assert kitchen.part(100) == 100
    assert kitchen.begun == [2, 100]


def test_after_a_failure_the_other_encoder_goes_on_where_the_first_stopped(kitchen: Kitchen) -> None:
    kitchen.fails_at, kitchen.may_recover = 3, True
    assert [kitchen.part(number) for number in range(6)] == list(range(6))
    assert (kitchen.recovered, kitchen.begun) == (1, [0, 3])


def test_a_picture_that_cannot_be_cut_where_the_index_says_is_noticed(kitchen: Kitchen) -> None:
    kitchen.jumps_at = 2
    assert kitchen.part(1) == 1
    with pytest.raises(Conflict, match="Play it again"):
        kitchen.part(2)
    run = kitchen.rendering.run
    assert run is not None and run.is_out_of_step and kitchen.recovered == 1


def test_a_film_that_is_shorter_than_it_says_ends(kitchen: Kitchen) -> None:
    kitchen.ends_at = 10
    assert kitchen.part(9) == 9
    with pytest.raises(NotFound, match="ends before"):
        kitchen.part(10)


def test_whoever_waits_for_a_place_that_the_player_left_is_told(kitchen: Kitchen) -> None:
    told: list[Exception] = []
    going = threading.Event()
    old = kitchen._stream

    def stuck(number: int) -> Stream:
        if number != 50:
            yield from old(number)
        going.set()
        while True:
            yield None

    kitchen._stream = stuck  # type: ignore[method-assign]

    def wait() -> None:
        try:
            kitchen.part(50)
        except TransientFailure as error:
            told.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    assert going.wait(5)
    assert kitchen.part(200) == 200
    waiting.join(10)
    assert len(told) == 1 and kitchen.begun == [50, 200]


def test_what_players_need_first_is_taken_from_wherever_the_player_went(kitchen: Kitchen) -> None:
    begun, go_on = threading.Event(), threading.Event()
    old = kitchen._stream

    def slow(number: int) -> Stream:
        while number == 50 and not go_on.is_set():
            begun.set()
            yield None
        yield from old(number)

    kitchen._stream = slow  # type: ignore[method-assign]
    found: list[bytes] = []
    waiting = threading.Thread(target=lambda: found.append(kitchen.rendering.init(50).read_bytes()))
    waiting.start()
    assert begun.wait(5)
    assert kitchen.part(200) == 200
    waiting.join(10)
    go_on.set()
    assert found == [b"init"] and kitchen.begun == [50, 200]


def test_a_closed_rendering_makes_nothing_more(kitchen: Kitchen) -> None:
    kitchen.part(0)
    with kitchen.changed:
        run = kitchen.rendering.stop(for_good=True)
    assert run is not None
    run.join(5)
    assert run.ended and not list(kitchen.folder.glob("*.part"))
    with pytest.raises(NotFound):
        kitchen.part(299)


def test_borders_rise_and_cover_the_whole_film() -> None:
    for duration in (0.0, 0.04, 1.0, 2.0, 2.9, 3.1, 100.5, 7201.25):
        borders = even_borders(duration, 2)
        assert borders[0] == 0 and list(borders) == sorted(set(borders)) and borders[-1] >= duration
    keyframes = [number * 0.5 for number in range(1, 200)] + [130.0, 131.0]
    borders = keyframe_borders(keyframes, 140)
    assert set(borders[1:-1]) <= set(keyframes) and borders[-1] == 140
    assert all(end - start >= 3 for start, end in pairwise(borders))
    assert keyframe_borders((0.0, 139.9), 140) == (0.0, 140)
