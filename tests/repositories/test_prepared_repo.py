"""Versions to be taken along are made once, in the order in which they were asked for."""

from media_library.app_state import AppState
from media_library.models.library import Library
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.prepared import PreparedQuality, PreparedState

HD, SD = PreparedQuality.HD, PreparedQuality.SD


def film(state: AppState, films: Library, name: str) -> Media:
    file = MediaFile(f"movies/{name}.mkv", 1, 2, len(name), "mkv", 1000)
    return state.add_media(NewMedia(MediaType.MOVIE, films.id, MediaNames(name), file))


def test_versions_are_made_in_the_order_of_asking(state: AppState, films: Library) -> None:
    first, second = film(state, films, "First"), film(state, films, "Second one")
    state.ask_prepared(first.id, HD, "1")
    state.ask_prepared(second.id, SD, "1")
    taken = state.next_prepared()
    assert taken is not None
    assert {taken.media_id} <= {first.id, second.id}
    assert taken.state is PreparedState.WORKING
    other = state.next_prepared()
    assert other is not None
    assert other.media_id != taken.media_id
    assert state.next_prepared() is None
    state.restart_prepared()
    assert state.next_prepared() is not None


def test_asking_again_makes_nothing_anew_unless_the_file_changed_or_it_failed(state: AppState, films: Library) -> None:
    media = film(state, films, "Film")
    state.ask_prepared(media.id, HD, "1")
    version = state.next_prepared()
    assert version is not None
    assert state.prepared_progress(version, 50)
    assert state.ask_prepared(media.id, HD, "1").percent == 50
    assert state.prepared_ready(version, 1000)
    assert state.ask_prepared(media.id, HD, "1").state is PreparedState.READY
    assert [one.size_bytes for one in state.prepared_by_use()] == [1000]
    assert state.ask_prepared(media.id, HD, "2").state is PreparedState.WAITING
    again = state.next_prepared()
    assert again is not None
    state.prepared_failed(again, "It has no picture.")
    failed = state.prepared(media.id, HD)
    assert failed is not None
    assert (failed.state, failed.reason) == (PreparedState.FAILED, "It has no picture.")
    assert state.ask_prepared(media.id, HD, "2").state is PreparedState.WAITING


def test_a_version_that_nobody_wants_any_more_is_given_up(state: AppState, films: Library) -> None:
    media = film(state, films, "Film")
    state.ask_prepared(media.id, SD, "1")
    version = state.next_prepared()
    assert version is not None
    state.forget_prepared(media.id, SD)
    assert not state.prepared_progress(version, 1)
    assert not state.prepared_ready(version, 1)
