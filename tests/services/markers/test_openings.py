"""Openings and credits are recognised by the sound that the episodes of a season share, and by nothing else."""

import random
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.adapters import ffmpeg
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.preferences import LibraryPreferences
from media_library.models.timeline import Marker, MarkerKind, MarkerSource
from media_library.models.tool import result_of
from media_library.services.markers import Openings
from media_library.services.markers.fingerprints import shared_stretch
from tests.fixtures.episodes import write_episode
from tests.routes.house import House

SECONDS = 100.0


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house with a library."""
    house = House(tmp_path)
    yield house
    house.close()


def add(house: House, number: int, *, seed: int, tunes: tuple[tuple[int, float, float], ...], season: int = 1) -> Media:
    library = house.state.library_of_kind(LibraryKind.SHOWS)
    path = f"{library.folder}/Show/{season}x{number}.m4a"
    file = write_episode(house.settings.media_root / path, seed=seed, seconds=SECONDS, tunes=tunes)
    probe, facts = result_of(ffmpeg.probe(file)), file.stat()
    names = MediaNames(f"Episode {number}", show_title="Show", season=season, episode=number)
    media_file = MediaFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino, "m4a", probe.duration_ms)
    return house.state.add_media(NewMedia(MediaType.EPISODE, library.id, names, media_file, probe.streams))


def listen(house: House, *, steps: int = 12) -> None:
    stop = threading.Event()
    openings = Openings(house.state, house.services.media_root, LibraryPreferences)
    for _ in range(steps):
        if house.state.episode_without_print(("", -1, -1)) is None and house.state.season_to_compare() is None:
            return
        openings.step(stop)
    raise AssertionError("there is still something to listen to")


def marks(house: House, media: Media) -> dict[str, tuple[float, float]]:
    return {str(one.kind): (one.start_ms / 1000, one.end_ms / 1000) for one in house.state.markers_of(media.id)}


def test_a_tune_at_different_places_is_the_opening_of_each_episode_to_the_second(house: House) -> None:
    places = (2.0, 9.5, 14.3)
    media = [add(house, place, seed=place, tunes=((1, at, 17.0),)) for place, at in enumerate(places)]
    listen(house)
    for one, at in zip(media, places, strict=True):
        start, end = marks(house, one)["intro"]
        assert abs(start - at) <= 1.0 and abs(end - at - 17) <= 1.0, (at, start, end)
        assert "credits" not in marks(house, one)


def test_a_tune_at_the_end_is_that_of_the_credits_until_the_last_second(house: House) -> None:
    """Fourteen seconds behind it are a scene, three and a half are the logo of a studio."""
    media = [add(house, place, seed=place, tunes=((2, at, 20.0),)) for place, at in enumerate((66.0, 76.4))]
    listen(house)
    for one, (at, until) in zip(media, ((66.0, 86.0), (76.4, SECONDS)), strict=True):
        start, end = marks(house, one)["credits"]
        assert abs(start - at) <= 1.0 and abs(end - until) <= 1.0, (at, start, end)


def test_episodes_that_share_nothing_have_no_opening(house: House) -> None:
    media = [add(house, place, seed=place, tunes=((place, 5.0, 17.0),)) for place in (1, 2, 3)]
    listen(house)
    assert [marks(house, one) for one in media] == [{}, {}, {}]


def test_a_jingle_of_eight_seconds_is_no_opening(house: House) -> None:
    media = [add(house, place, seed=place, tunes=((1, 4.0 + place, 8.0),)) for place in (1, 2)]
    listen(house)
    assert [marks(house, one) for one in media] == [{}, {}]


def test_silence_and_a_tone_are_shared_by_all_and_say_nothing() -> None:
    silence, tone = (627964279,) * 400, (3_000_000_001,) * 200
    noise = random.Random(7)
    for same in (silence, tone, silence[:150] + tone):
        one, other = ([noise.getrandbits(32) for _ in range(90)] for _ in range(2))
        assert shared_stretch((*one, *same), (*other, *same), shortest=15, longest=120) is None


def test_what_a_person_said_stays_when_the_season_is_heard_again(house: House) -> None:
    media = [add(house, place, seed=place, tunes=((1, 3.0 + place, 17.0),)) for place in (1, 2)]
    said = Marker(MarkerKind.INTRO, 1_000, 9_000, MarkerSource.HAND)
    house.services.timelines.mark(media[0], [said])
    listen(house)
    assert house.services.timelines.of(media[0]).markers == (said,)
    assert "intro" in marks(house, media[1])
    house.services.timelines.mark(media[1], [])
    add(house, 3, seed=3, tunes=((1, 6.0, 17.0),))
    listen(house)
    assert house.services.timelines.of(media[1]).markers == ()
    house.services.timelines.forget(media[1])
    listen(house)
    assert [one.source for one in house.services.timelines.of(media[1]).markers] == [MarkerSource.SOUND]


def test_a_second_copy_of_an_episode_has_no_opening_in_common_with_it(house: House) -> None:
    media = [add(house, place, seed=1, tunes=()) for place in (1, 2)]
    listen(house)
    assert "intro" not in marks(house, media[0]) and "intro" not in marks(house, media[1])


def test_what_cannot_be_heard_is_tried_once(house: House) -> None:
    house.episode("Show", 1, 1, b"no video")
    listen(house)
    assert house.state.episode_without_print(("", -1, -1)) is None


def test_nobody_listens_where_nobody_wants_it(house: House) -> None:
    house.episode("Show", 1, 1, b"no video")
    stop = threading.Event()
    stop.set()
    Openings(house.state, house.services.media_root, lambda: LibraryPreferences(openings=False)).step(stop)
    assert house.state.episode_without_print(("", -1, -1)) is not None
