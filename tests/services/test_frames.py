"""Videos without any picture get a frame, each tried once."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.models.media import Media, MediaNames, MediaType, NewMedia
from media_library.services.artwork import Artwork
from media_library.services.frames import Frames
from tests.internet import media as clips
from tests.query_plans import plan_of
from tests.routes.house import House


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house with a library."""
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
def frames(house: House) -> Frames:
    artwork = Artwork(house.settings, house.state)
    return Frames(house.state, house.services.media_root, artwork, patience_ms=-1_000)


def step(frames: Frames, *, times: int = 1) -> None:
    stop = threading.Event()
    stop.set()
    for _ in range(times):
        frames.step(stop)


def test_a_film_without_a_picture_gets_one_of_its_own(house: House, frames: Frames) -> None:
    film = house.film("Film", clips.video())
    step(frames)
    media = house.state.media(film.id)
    assert media.has_still and media.placeholder is not None
    assert [one.source for one in house.state.artwork_of(film.id).values()] == ["frame"]
    assert house.member.get(f"/api/still/{film.id}").status_code == 200


def test_what_has_a_picture_is_left_as_it_is(house: House, frames: Frames) -> None:
    film = house.film("Film", clips.video())
    house.services.covers.put(film.id, clips.picture())
    step(frames)
    assert not house.state.media(film.id).has_still


def test_what_gives_no_picture_is_tried_once(house: House, frames: Frames) -> None:
    broken = house.film("Broken", b"no video")
    step(frames, times=3)
    assert not house.state.media(broken.id).has_still
    assert house.state.video_without_picture(1 << 60, 1 << 60) is None
    assert house.services.covers.of(broken.id) == {}
    assert house.services.covers.put(broken.id, clips.picture(), "still"), "anything else still takes its place"


def test_what_cannot_be_reached_has_its_turn_later(house: House, frames: Frames) -> None:
    film: Media = house.film("Film", clips.video())
    file = house.settings.media_root / "movies" / "Film" / "Film.mp4"
    content = file.read_bytes()
    file.unlink()
    step(frames, times=2)
    assert house.state.video_without_picture(1 << 60, 1 << 60) is not None
    file.write_bytes(content)
    step(frames, times=2)
    assert house.state.media(film.id).has_still


class Patience(threading.Event):
    """Does not wait, and notes for how long it should have."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout)
        return False


def test_a_drive_that_is_away_is_not_searched_every_minute(house: House, frames: Frames) -> None:
    media = house.film("Film", clips.video())
    assert media.file is not None
    (house.settings.media_root / media.file.path).unlink()
    with house.state.transaction():
        for number in range(3_100):
            names, file = MediaNames(f"Film {number}"), replace(media.file, path=f"{media.file.path}.{number}")
            house.state.add_media(NewMedia(MediaType.MOVIE, media.library_id, names, file, media.streams))
    patience = Patience()
    for _ in range(3_102):
        frames.step(patience)
    assert patience.seconds == [pytest.approx(62.02)]


@pytest.mark.parametrize("loop", ["pictures", "previews", "subtitles"])
def test_the_next_one_of_many_is_found_without_putting_all_in_order(house: House, loop: str) -> None:
    asks: dict[str, Callable[[], object]] = {
        "pictures": lambda: house.state.video_without_picture(1 << 60, 1 << 60),
        "previews": lambda: house.state.video_without_trickplay(1 << 60),
        "subtitles": lambda: house.state.next_unindexed(0),
    }
    plan = plan_of(house.state, asks[loop])
    assert plan and not any("ORDER BY" in step for step in plan)
