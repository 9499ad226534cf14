"""Collections: what a list says, what a person did, what arrived, and who may see it."""

from collections.abc import Sequence

import pytest

from media_library.app_state import AppState
from media_library.errors import Conflict, NotFound
from media_library.models.collection import (
    Candidate,
    Collection,
    CollectionKind,
    EntryState,
    Match,
    MatchState,
    NewCollection,
    NewEntry,
    NewTrack,
    Rules,
)
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.user import Role, Viewer
from media_library.repositories.base import now_ms

EVERYBODY = Viewer("ann", None)


@pytest.fixture
def talks(state: AppState) -> Collection:
    """A playlist of a site."""
    return state.add_collection(NewCollection(CollectionKind.PLAYLIST, "Talks", "https://x.example/l", "url:l"))


@pytest.fixture
def mix(state: AppState) -> Collection:
    """A music playlist."""
    return state.add_collection(NewCollection(CollectionKind.MUSIC, "Mix"))


def video(state: AppState, title: str, *origins: str) -> Media:
    library = state.ensure_library(LibraryKind.VIDEOS, "Videos", "videos")
    file = MediaFile(f"videos/{title}.mp4", 1, 1, 1, "mp4", 1000)
    media = state.add_media(NewMedia(MediaType.VIDEO, library.id, MediaNames(title), file))
    state.remember_origins(media.id, origins)
    return media


def track(state: AppState, title: str) -> Media:
    library = state.ensure_library(LibraryKind.MUSIC, "Music", "music")
    file = MediaFile(f"music/{title}.flac", 1, 1, 1, "flac", 200_000)
    return state.add_media(NewMedia(MediaType.TRACK, library.id, MediaNames(title, artist="A"), file))


def listed(keys: str) -> list[NewEntry]:
    return [NewEntry(key, key.upper(), f"https://x.example/{key}", 60_000) for key in keys]


def keys(state: AppState, collection: Collection) -> str:
    return "".join(entry.key for entry in state.entries(collection.id))


def states(state: AppState, collection: Collection) -> dict[str, str]:
    return {entry.key: entry.state.value for entry in state.entries(collection.id)}


def entry_id(state: AppState, collection: Collection, key: str) -> str:
    return next(entry.id for entry in state.entries(collection.id) if entry.key == key)


def test_entries_keep_the_order_of_their_list(state: AppState, talks: Collection) -> None:
    new = state.put_entries(talks.id, listed("cabc"))
    assert keys(state, talks) == "cab" and [entry.position for entry in new] == [0, 1, 2]


def test_a_list_that_was_read_again_brings_what_is_new_and_loses_nothing(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("abc"))
    media = video(state, "B")
    state.link_entry("b", media.id)
    before = {entry.key: entry.id for entry in state.entries(talks.id)}
    new = state.put_entries(talks.id, [NewEntry("d", "D"), NewEntry("a", "Renamed")])
    entries = {entry.key: entry for entry in state.entries(talks.id)}
    assert [entry.key for entry in new] == ["d"]
    assert keys(state, talks) == "dabc"
    assert states(state, talks) == {"d": "listed", "a": "listed", "b": "gone", "c": "gone"}
    assert entries["a"].title == "Renamed" and entries["a"].url == "https://x.example/a"
    assert entries["b"].media_id == media.id
    assert {key: entries[key].id for key in "abc"} == before
    state.put_entries(talks.id, listed("abc"))
    assert states(state, talks) == {"d": "gone", "a": "listed", "b": "listed", "c": "listed"}


def test_the_beginning_of_a_list_makes_nothing_gone(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("abc"))
    state.put_entries(talks.id, listed("xa"), complete=False)
    assert keys(state, talks) == "xabc" and set(states(state, talks).values()) == {"listed"}


def test_a_list_that_did_not_change_writes_nothing(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("abcdef"))
    before = state._connection().total_changes()
    state.put_entries(talks.id, listed("abcdef"))
    assert state._connection().total_changes() - before < 6  # the announcement


def test_what_is_here_already_is_linked_at_once(state: AppState, talks: Collection) -> None:
    media = video(state, "B", "b", "url:b")
    state.put_entries(talks.id, listed("ab"))
    assert [entry.media_id for entry in state.entries(talks.id)] == [None, media.id]
    assert [entry.key for entry in state.wanted_entries(talks.id)] == ["a"]


def test_what_arrives_is_linked_in_every_collection_by_any_of_its_keys(state: AppState, talks: Collection) -> None:
    other = state.add_collection(NewCollection(CollectionKind.CHANNEL, "Other", None, "url:o"))
    state.put_entries(talks.id, listed("a"))
    state.put_entries(other.id, listed("xa"))
    media = video(state, "A")
    state.link_entries(("yt:a", "a"), media.id)
    assert state.entries(talks.id)[0].media_id == media.id
    assert [entry.media_id for entry in state.entries(other.id)] == [None, media.id]


def test_what_was_removed_from_the_library_is_not_wanted_again(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("ab"))
    media = video(state, "A")
    state.link_entry("a", media.id)
    assert [entry.key for entry in state.linked_entries(talks.id)] == ["a"]
    state.bin_media(media.id)
    assert state.linked_entries(talks.id) == []
    assert [entry.key for entry in state.wanted_entries(talks.id)] == ["b"]
    state.remove_media(media.id)
    assert state.entries(talks.id)[0].media_id is None
    assert [entry.key for entry in state.wanted_entries(talks.id)] == ["b"]


def test_what_was_queued_is_not_wanted_again(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("ab"))
    state.note_entries_queued([entry_id(state, talks, "a")])
    assert [entry.key for entry in state.wanted_entries(talks.id)] == ["b"]


def test_what_a_person_removed_stays_removed_and_can_be_put_back(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("abc"))
    removed = state.remove_entry(talks.id, entry_id(state, talks, "b"))
    assert removed.state is EntryState.REMOVED and removed.key == "b"
    state.put_entries(talks.id, listed("cab"))
    assert states(state, talks)["b"] == "removed" and keys(state, talks) == "cab"
    assert state.put_entry_back(talks.id, removed.id).position == 2
    assert states(state, talks)["b"] == "listed"
    with pytest.raises(NotFound):
        state.remove_entry("x", removed.id)


def test_a_new_order_moves_what_is_named_among_the_places_of_what_is_named(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("abcd"))
    by = {entry.key: entry.id for entry in state.entries(talks.id)}
    state.order_entries(talks.id, [by["d"], by["b"], by["a"]])
    assert keys(state, talks) == "dbca"
    for wrong in ([by["a"], by["a"]], [by["a"], "x"]):
        with pytest.raises(Conflict):
            state.order_entries(talks.id, wrong)
    assert keys(state, talks) == "dbca"


def test_a_media_item_is_once_in_a_collection_and_comes_back_where_it_was(state: AppState) -> None:
    mine = state.add_collection(NewCollection(CollectionKind.MANUAL, "Mine"))
    first, second = video(state, "A"), video(state, "B")
    one = state.add_entry(mine.id, first.id, "A", 1000)
    state.add_entry(mine.id, second.id, "B", 1000)
    state.remove_entry(mine.id, one.id)
    again = state.add_entry(mine.id, first.id, "A", 1000)
    assert (again.id, again.position, again.state) == (one.id, 0, EntryState.LISTED)
    assert len(state.entries(mine.id)) == 2


def test_a_list_is_one_collection_also_after_it_was_removed(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("a"))
    state.remove_collection(talks.id)
    with pytest.raises(NotFound):
        state.collection(talks.id)
    assert state.collection_of_origin("url:l") is None
    again = state.add_collection(NewCollection(CollectionKind.PLAYLIST, "Talks", None, "url:l"))
    assert again.id == talks.id and keys(state, again) == "a"
    for made in range(2):
        assert state.add_collection(NewCollection(CollectionKind.MANUAL, f"{made}")).id != talks.id


def test_subscriptions_are_due_in_turn_and_count_their_failures(state: AppState, talks: Collection) -> None:
    rules = Rules(title_include="talk", min_seconds=60, keep_last=5, audio_only=True)
    assert state.subscription(talks.id) is None
    assert state.follow(talks.id, rules).rules == rules
    assert [one.collection_id for one in state.due_subscriptions(now_ms())] == [talks.id]
    later = now_ms() + 3_600_000
    for failures in (1, 2):
        state.note_subscription_check(talks.id, next_check_at=later, error="It did not answer.")
        found = state.subscription(talks.id)
        assert found is not None and (found.failures, found.error) == (failures, "It did not answer.")
    assert state.due_subscriptions(now_ms()) == []
    state.note_subscription_check(talks.id, next_check_at=0)
    found = state.subscription(talks.id)
    assert found is not None and (found.failures, found.error) == (0, None)
    state.remove_collection(talks.id)
    assert state.due_subscriptions(now_ms()) == []
    state.restore_collection(talks.id)
    state.unfollow(talks.id)
    assert state.subscription(talks.id) is None


# ── who may see it ──


def viewer(state: AppState, name: str, kinds: Sequence[LibraryKind] | None = None) -> Viewer:
    user = state.add_user(name, name, "hash", Role.MEMBER)
    if kinds is not None:
        ids = [state.library_of_kind(kind).id for kind in kinds]
        user = state.grant_libraries(user.id, ids, all_libraries=False)
    return state.viewer(user)


def test_a_viewer_sees_and_counts_only_what_was_granted(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("abc"))
    shown, hidden = video(state, "A"), track(state, "B")
    state.link_entry("a", shown.id)
    state.link_entry("b", hidden.id)
    all_of_it, some = viewer(state, "ann"), viewer(state, "ben", [LibraryKind.VIDEOS])
    nothing = viewer(state, "cleo", [])
    assert [(one.count, one.here_count, one.covers) for one in state.collections_for(all_of_it)] == [
        (3, 2, (shown.id, hidden.id))
    ]
    assert [(one.count, one.here_count) for one in state.collections_for(some)] == [(1, 1)]
    page = state.entries_for(some, talks.id, after=None, limit=10)
    assert page.count == 1 and [entry.media_id for entry in page.entries] == [shown.id]
    assert state.collections_for(nothing) == []
    for method in (state.collection_for, state.tracks_for):
        with pytest.raises(NotFound):
            method(nothing, talks.id)
    with pytest.raises(NotFound):
        state.entries_for(nothing, talks.id, after=None, limit=10)


def test_who_made_a_collection_sees_it_but_not_what_was_not_granted(state: AppState) -> None:
    video(state, "A")
    hidden = track(state, "B")
    some = viewer(state, "ben", [LibraryKind.VIDEOS])
    mine = state.add_collection(NewCollection(CollectionKind.PLAYLIST, "Mine", created_by=some.user_id))
    state.put_entries(mine.id, listed("ab"))
    state.link_entry("b", hidden.id)
    page = state.entries_for(some, mine.id, after=None, limit=10)
    assert page.count == 1 and [entry.key for entry in page.entries] == ["a"]
    assert state.collection_for(some, mine.id).count == 1


def test_what_is_in_the_bin_or_removed_is_not_played(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("ab"))
    media = video(state, "A")
    state.link_entry("a", media.id)
    state.remove_entry(talks.id, entry_id(state, talks, "b"))
    state.bin_media(media.id)
    (found,) = state.collections_for(viewer(state, "ann"))
    assert (found.count, found.here_count, found.covers) == (1, 0, ())


def test_pages_of_entries_hold_each_once(state: AppState, talks: Collection) -> None:
    state.put_entries(talks.id, listed("abcdefg"))
    ann, after, found = viewer(state, "ann"), None, []
    while True:
        page = state.entries_for(ann, talks.id, after=after, limit=3)
        found += [entry.key for entry in page.entries]
        after = page.next
        if after is None:
            break
    assert "".join(found) == "abcdefg" and page.count == 7


# ── music playlists ──


def test_what_was_decided_of_a_track_survives_a_new_reading_of_its_playlist(state: AppState, mix: Collection) -> None:
    song = track(state, "Song")
    state.put_tracks(mix.id, {"1": NewTrack("One"), "2": NewTrack("Two"), "3": NewTrack("Three")})
    state.decide_track(mix.id, 0, song.id)
    state.decide_track(mix.id, 1, None)
    state.put_matches(mix.id, {"3": Match(MatchState.AMBIGUOUS, None, 80, (Candidate(song.id, 80),))})
    state.put_tracks(mix.id, {"3": NewTrack("Three"), "1": NewTrack("One!"), "4": NewTrack("Four")})
    found = {one.key: one for one in state.playlist_tracks(mix.id)}
    assert [one.key for one in state.playlist_tracks(mix.id)] == ["3", "1", "2", "4"]
    assert (found["1"].title, found["1"].match.state, found["1"].match.media_id) == ("One!", "confirmed", song.id)
    assert (found["2"].is_gone, found["2"].match.state) == (True, "rejected")
    assert found["3"].match.candidates == (Candidate(song.id, 80),)
    state.put_matches(mix.id, {"1": Match(MatchState.NONE), "2": Match(MatchState.CERTAIN, song.id, 100)})
    assert [one.match.state for one in state.playlist_tracks(mix.id)] == ["ambiguous", "confirmed", "rejected", "none"]
    with pytest.raises(NotFound):
        state.decide_track(mix.id, 9, None)


def test_a_music_playlist_is_matched_again_when_music_arrived_and_something_is_open(
    state: AppState, mix: Collection
) -> None:
    assert state.playlists_to_match() == []
    state.put_tracks(mix.id, {"1": NewTrack("One")})
    assert state.playlists_to_match() == []  # there is no music
    song = track(state, "One")
    assert state.playlists_to_match() == [mix.id]
    state.note_matched(mix.id, now_ms() + 1)
    assert state.playlists_to_match() == []
    state.note_matched(mix.id, 0)
    state.put_matches(mix.id, {"1": Match(MatchState.CERTAIN, song.id, 100)})
    assert state.playlists_to_match() == []
    state.remove_media(song.id)
    track(state, "Other")
    assert state.playlists_to_match() == [mix.id]


def test_the_found_tracks_of_a_music_playlist_are_its_entries(state: AppState, mix: Collection) -> None:
    song = track(state, "One")
    video(state, "A")
    ann, some = viewer(state, "ann"), viewer(state, "ben", [LibraryKind.VIDEOS])
    state.put_tracks(mix.id, {"1": NewTrack("One"), "2": NewTrack("Two")})
    state.put_matches(mix.id, {"1": Match(MatchState.LIKELY, song.id, 90)})
    page = state.entries_for(ann, mix.id, after=None, limit=10)
    assert (page.count, [entry.media_id for entry in page.entries]) == (1, [song.id])
    summary = state.collection_for(ann, mix.id)
    assert (summary.count, summary.here_count, summary.covers, summary.duration_ms) == (2, 1, (song.id,), 200_000)
    assert [one.title for one in state.tracks_for(ann, mix.id)] == ["One", "Two"]
    assert set(state.tracks_by_id(ann, [song.id, "x"])) == {song.id}
    assert state.tracks_by_id(some, [song.id]) == {} and state.collections_for(some) == []
    state.bin_media(song.id)
    assert state.local_tracks() == [] and state.tracks_by_id(ann, [song.id]) == {}
