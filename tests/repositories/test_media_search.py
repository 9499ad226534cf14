"""What is found by its names, in which order, and by whom."""

import json
from typing import Any

import pytest

from media_library.app_state import AppState
from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.user import Role, Viewer

_KINDS = {
    MediaType.MOVIE: LibraryKind.MOVIES,
    MediaType.EPISODE: LibraryKind.SHOWS,
    MediaType.TRACK: LibraryKind.MUSIC,
    MediaType.VIDEO: LibraryKind.VIDEOS,
}


@pytest.fixture
def ann(state: AppState) -> Viewer:
    for kind in _KINDS.values():
        state.ensure_library(kind, kind.title(), kind)
    return state.viewer(state.add_user("ann", "Ann", "", Role.ADMIN))


def add(state: AppState, media_type: MediaType, title: str, **names: Any) -> None:
    library = state.library_of_kind(_KINDS[media_type])
    overview = names.pop("overview", None)
    file = MediaFile(f"{library.folder}/{title}{names}.mkv", 1, 1, 1, "mkv", 60_000)
    state.add_media(NewMedia(media_type, library.id, MediaNames(title, **names), file, overview=overview))


def items(state: AppState, viewer: Viewer, text: str) -> list[str]:
    return [card["title"] for card in json.loads(state.search_media(viewer, text, 20, offline=False))]


def groups(state: AppState, viewer: Viewer, kind: str, text: str) -> list[str]:
    return [group["title"] for group in json.loads(state.search_groups(viewer, kind, text, 20, offline=False))]


def test_what_is_called_so_comes_first_then_what_begins_so_then_the_rest(state: AppState, ann: Viewer) -> None:
    for number in range(1_500):
        add(state, MediaType.MOVIE, f"A Film about Light {number}")
    add(state, MediaType.MOVIE, "The Light")
    add(state, MediaType.MOVIE, "Light Years Away")
    add(state, MediaType.MOVIE, "Élan Vital")
    add(state, MediaType.MOVIE, "Silence", overview="Somebody turns on the light.")
    found = items(state, ann, "light")
    assert found[:2] == ["The Light", "Light Years Away"] and len(found) == 20
    assert items(state, ann, "the light")[:1] == ["The Light"]
    assert items(state, ann, "ELAN v") == ["Élan Vital"]
    assert items(state, ann, "E\u0301lan") == ["Élan Vital"]
    assert items(state, ann, "years lig") == ["Light Years Away"]


def test_a_show_is_found_itself_and_not_by_each_of_its_episodes(state: AppState, ann: Viewer) -> None:
    for number, title in enumerate(("Tide", "Light Again", "Fog"), start=1):
        add(state, MediaType.EPISODE, title, show_title="Harbour Lights", season=1, episode=number)
        add(state, MediaType.TRACK, title, artist="Juniper Quartet", album="Light and Shade", track_number=number)
        add(state, MediaType.VIDEO, title, show_title="Light Painting")
    assert groups(state, ann, "show", "light") == ["Harbour Lights"]
    assert groups(state, ann, "album", "light shade") == ["Light and Shade"]
    assert groups(state, ann, "album", "juniper") == ["Light and Shade"]
    assert groups(state, ann, "channel", "light paint") == ["Light Painting"]
    assert items(state, ann, "light") == ["Light Again"] * 3
    assert items(state, ann, "harbour fog") == ["Fog"]
    assert items(state, ann, "harbour lights") == []


def test_threat_52_a_kid_finds_no_name_of_what_is_not_for_it(state: AppState, ann: Viewer) -> None:
    add(state, MediaType.EPISODE, "Canary", show_title="Zyzzyva Show", season=1, episode=1)
    add(state, MediaType.TRACK, "Canary", artist="Zyzzyva", album="Zyzzyva Songs", track_number=1)
    add(state, MediaType.MOVIE, "Zyzzyva")
    kid = state.add_user("cleo", "Cleo", "", Role.KID)
    kid = state.grant_libraries(kid.id, [state.library_of_kind(LibraryKind.VIDEOS).id], all_libraries=False)
    cleo = state.viewer(kid)
    for text in ("z", "zy", "zyz", "zyzzyva", "canary", "zyzzyva canary", "ca"):
        assert items(state, cleo, text) == []
        for kind in ("show", "album", "channel"):
            assert groups(state, cleo, kind, text) == []
    assert items(state, ann, "zyzz")


@pytest.mark.parametrize("text", ["", " ", '"', "-", "()", "*", ":", "\0", "^", "{title}:", "NEAR", "\ud83d\ude00"])
def test_threat_129_what_has_no_word_in_it_finds_nothing(state: AppState, ann: Viewer, text: str) -> None:
    add(state, MediaType.MOVIE, "The Light")
    assert items(state, ann, text) == [] or text in ("NEAR", "{title}:")
    assert groups(state, ann, "show", text) == []
