"""Albums from folders of real files to names, ids and covers, over stand-ins of the services."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.models.work import WorkState
from tests.internet.music import MusicWorld, Release, Track, music_world
from tests.music_house import MusicHouse, music_house
from tests.music_service import cover

ALBUM = Release(
    "ok-gb",
    "OK Computer",
    "Radiohead",
    (
        (
            Track("Airbag", 4.0, isrcs=("GBAYE9701274",)),
            Track("Paranoid Android", 5.0),
            Track("Karma Police", 4.5),
        ),
    ),
)


@pytest.fixture
def world() -> Iterator[MusicWorld]:
    with music_world() as running:
        yield running


@pytest.fixture
def house(tmp_path: Path, state: AppState, world: MusicWorld) -> Iterator[MusicHouse]:
    with music_house(tmp_path, state, world) as house:
        yield house


def names(house: MusicHouse) -> list[tuple[str, str | None, str | None, str | None, int | None, int | None]]:
    return [
        (one.title, one.artist, one.album, one.album_artist, one.year, one.track_number)
        for one in (media.names for media in house.tracks())
    ]


KNOWN = [
    ("Airbag", "Radiohead", "OK Computer", "Radiohead", 1997, 1),
    ("Paranoid Android", "Radiohead", "OK Computer", "Radiohead", 1997, 2),
    ("Karma Police", "Radiohead", "OK Computer", "Radiohead", 1997, 3),
]


def test_files_without_tags_are_known_by_their_sound(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    world.draw(ALBUM.id, cover())
    house.write(ALBUM, "stuff/rip7", tags=False)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work
    assert names(house) == KNOWN
    assert (work.ids.musicbrainz, work.facts.genres, work.facts.studios) == (
        ALBUM.id,
        ("alternative rock", "rock"),
        ("Parlophone",),
    )
    facts = house.state.track_facts(house.tracks()[0].id)
    assert facts is not None
    assert (facts.recording_id, facts.track_id) == (ALBUM.recording_id(ALBUM.media[0][0]), ALBUM.track_id(1, 1))
    assert facts.acoustid is not None
    assert next(track.isrc for track in house.state.local_tracks()) == "GBAYE9701274"
    assert all(media.has_poster for media in house.tracks())


def test_embedded_ids_are_enough(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Radiohead/OK Computer", ids=True)
    house.scan()
    work = house.identify()
    assert work is not None and work.state is WorkState.APPLIED, work
    assert world.asked_of("/v2/lookup") == []
    assert names(house) == KNOWN


def test_locked_names_stay(house: MusicHouse, world: MusicWorld) -> None:
    world.add(ALBUM)
    house.write(ALBUM, "Radiohead/OK Computer", tags=False)
    [first, *_] = house.scan()
    house.state.edit_media(first.id, replace(first.names, title="My title"), frozenset({"title"}))
    house.identify()
    assert [one[0] for one in names(house)] == ["My title", "Paranoid Android", "Karma Police"]
