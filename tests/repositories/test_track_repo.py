"""What is known of tracks, and how loud they are."""

from dataclasses import replace

import pytest

from media_library.app_state import AppState
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.music import Loudness, TrackFacts

FACTS = TrackFacts(
    recording_id="r",
    track_id="t",
    release_id="a",
    release_group_id="g",
    artist_ids=("1", "2"),
    acoustid="s",
    artists=("One", "Two"),
    genres=("Rock",),
    label="Label",
    tracks=12,
    is_compilation=True,
)


@pytest.fixture
def tracks(state: AppState) -> list[Media]:
    library = state.ensure_library(LibraryKind.MUSIC, "Music", "music")
    return [
        state.add_media(
            NewMedia(
                MediaType.TRACK,
                library.id,
                MediaNames(f"Song {number}", artist="A", album="B", track_number=number),
                MediaFile(f"music/{number}.flac", 1, 100 + number, number, "flac", 1000),
                isrc="GBAYE9701274" if number == 1 else None,
            )
        )
        for number in (2, 1)
    ]


def album_key(state: AppState) -> str:
    row = state._row("SELECT album_key FROM media LIMIT 1")
    assert row is not None
    return str(row[0])


def test_facts_come_back_as_they_were_put(state: AppState, tracks: list[Media]) -> None:
    assert state.track_facts(tracks[0].id) is None
    state.put_track_facts(tracks[0].id, TrackFacts())
    state.put_track_facts(tracks[0].id, FACTS)
    assert state.track_facts(tracks[0].id) == FACTS
    assert state.facts_of_album(album_key(state)) == {tracks[0].id: FACTS}


def test_the_tracks_of_an_album_come_in_the_order_of_listening(state: AppState, tracks: list[Media]) -> None:
    assert state.tracks_of_album(album_key(state)) == [tracks[1].id, tracks[0].id]
    state.bin_media(tracks[1].id)
    assert state.tracks_of_album(album_key(state)) == [tracks[0].id]


def test_facts_go_with_their_track(state: AppState, tracks: list[Media]) -> None:
    state.put_track_facts(tracks[0].id, FACTS)
    state.put_loudness(tracks[0].id, Loudness(-9.0, -9.0, 1.0, 102))
    state.remove_media(tracks[0].id)
    assert state.track_facts(tracks[0].id) is None
    assert state.loudness_of([tracks[0].id]) == {}


def test_a_changed_file_is_measured_again_and_one_with_new_tags_is_not(state: AppState, tracks: list[Media]) -> None:
    two, one = tracks
    assert state.tracks_to_measure(10) == [one.id, two.id]
    for media in tracks:
        assert media.file is not None
        state.put_loudness(media.id, Loudness(-9.0, -9.0, 1.0, media.file.mtime_ns))
    state.put_album_loudness([one.id, two.id], -8.5, 1.0)
    assert state.tracks_to_measure(10) == []
    assert {known.album_gain for known in state.loudness_of([one.id, two.id]).values()} == {-8.5}
    assert one.file is not None
    state.move_media(one.id, MediaFile(one.file.path, 1, 999, 1, "flac", 1000))
    assert state.tracks_to_measure(10) == [one.id]
    state.keep_loudness(one.id, 999)
    assert state.tracks_to_measure(10) == []


def test_the_code_of_a_recording_is_known(state: AppState, tracks: list[Media]) -> None:
    two, one = tracks
    assert (state.isrc_of_track(one.id), state.isrc_of_track(two.id)) == ("GBAYE9701274", None)
    state.note_isrc(two.id, "USRN10700321")
    assert state.isrc_of_track(two.id) == "USRN10700321"


def test_an_edition_tells_albums_of_one_name_apart(state: AppState, tracks: list[Media]) -> None:
    state.edit_media(tracks[0].id, replace(tracks[0].names, edition="2001"), frozenset())
    assert len(state.tracks_of_album(album_key(state))) == 1
