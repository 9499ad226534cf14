"""What is open in music playlists is looked for when music arrives, and only then."""

import threading
from pathlib import Path

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.models.collection import Collection, CollectionKind, MatchState, NewCollection, NewTrack
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.repositories.base import now_ms
from media_library.services.maintenance import Maintenance
from media_library.services.media_root import MediaRoot
from media_library.services.playlist_matching import match_playlists, match_what_is_open
from tests.conftest import wait_for


def song(state: AppState, title: str, artist: str = "A") -> Media:
    library = state.ensure_library(LibraryKind.MUSIC, "Music", "music")
    file = MediaFile(f"music/{artist}/{title}.flac", 1, 1, 1, "flac", 200_000)
    return state.add_media(NewMedia(MediaType.TRACK, library.id, MediaNames(title, artist=artist), file))


def playlist(state: AppState, *titles: str) -> Collection:
    collection = state.add_collection(NewCollection(CollectionKind.MUSIC, "Mix"))
    state.put_tracks(collection.id, {title: NewTrack(title, "A", None, None, 200_000) for title in titles})
    return collection


def look(state: AppState) -> int:
    """Match once the clock has moved: music of the very millisecond of a look is looked at again."""
    began = now_ms()
    wait_for(lambda: now_ms() > began)
    return match_what_is_open(state)


def found(state: AppState, collection: Collection) -> dict[str, str]:
    return {track.title: track.match.state.value for track in state.playlist_tracks(collection.id)}


def test_music_that_arrives_or_is_renamed_is_found_once(state: AppState) -> None:
    mix = playlist(state, "One", "Two")
    assert look(state) == 0
    one = song(state, "One")
    assert look(state) == 1 and found(state, mix) == {"One": "certain", "Two": "none"}
    assert look(state) == 0
    other = song(state, "Wrong")
    assert look(state) == 1 and look(state) == 0
    state.edit_media(other.id, MediaNames("Two", artist="A"), frozenset())
    assert look(state) == 1 and found(state, mix) == {"One": "certain", "Two": "certain"}
    song(state, "Three")
    assert look(state) == 0, "nothing is open"
    state.remove_media(one.id)
    song(state, "Four")
    assert look(state) == 1 and found(state, mix)["One"] == "none"


def test_what_is_certain_or_decided_stays_and_what_is_likely_is_improved(state: AppState) -> None:
    mix = playlist(state, "One", "Two", "Three")
    live = song(state, "One (Live)")
    for position in (1, 2):
        state.decide_track(mix.id, position, live.id if position == 1 else None)
    match_playlists(state, [mix.id])
    assert found(state, mix) == {"One": "ambiguous", "Two": "confirmed", "Three": "rejected"}
    for title in ("One", "Two", "Three"):
        song(state, title)
    match_what_is_open(state)
    assert found(state, mix) == {"One": "certain", "Two": "confirmed", "Three": "rejected"}
    assert state.playlist_tracks(mix.id)[1].match.media_id == live.id
    match_playlists(state, [mix.id], anew=True)
    assert found(state, mix) == {"One": "certain", "Two": "confirmed", "Three": "rejected"}


def test_a_choice_whose_media_item_is_gone_is_open_again(state: AppState) -> None:
    mix = playlist(state, "One")
    chosen = song(state, "Other")
    state.decide_track(mix.id, 0, chosen.id)
    state.remove_media(chosen.id)
    song(state, "One")
    match_what_is_open(state)
    assert state.playlist_tracks(mix.id)[0].match.state is MatchState.CERTAIN


def test_maintenance_looks_for_what_is_open(state: AppState, tmp_path: Path) -> None:
    paths = Paths(media_root=str(tmp_path / "media"), data_directory=str(tmp_path / "state"))
    stop = threading.Event()
    stop.set()
    mix = playlist(state, "One")
    song(state, "One")
    Maintenance(state, MediaRoot(Settings(paths=paths), state)).step(stop)
    assert found(state, mix) == {"One": "certain"}
