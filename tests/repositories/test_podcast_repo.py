"""Podcasts and episodes as they are remembered."""

import threading
from dataclasses import replace

import pytest

from media_library.app_state import AppState
from media_library.errors import Conflict, NotFound
from media_library.models.library import LibraryKind
from media_library.models.podcast import Feed, FeedState, NewEpisode, NewPodcast, Podcast, PodcastPolicy
from media_library.models.user import Role
from media_library.repositories.base import now_ms


def follow(state: AppState, url: str = "https://x.example/feed") -> Podcast:
    """A podcast that is followed."""
    state.ensure_library(LibraryKind.PODCASTS, "Podcasts", "podcasts")
    return state.add_podcast(NewPodcast(url, "Show", PodcastPolicy()))


def new_episode(number: int, **facts: object) -> NewEpisode:
    """An episode; the higher its number, the newer."""
    url = f"https://x.example/{number}.mp3"
    plain = NewEpisode(
        f"g{number}", "d", f"E{number}", "", "", number, None, None, None, url, f"url:{url}", None, None, None, None,
        None, None,
    )  # fmt: skip
    return replace(plain, **facts)  # type: ignore[arg-type]  # named facts of the record


def test_a_feed_is_followed_once(state: AppState) -> None:
    first = follow(state)
    with pytest.raises(Conflict, match="followed already"):
        follow(state)
    state.remove_podcast(first.id)
    with pytest.raises(NotFound):
        state.podcast(first.id)
    assert state.due_podcasts(now_ms() + 1, 5) == [] and state.next_podcast_check() is None
    again = follow(state)
    assert again.id == first.id and again.state == FeedState()


def test_leaving_a_podcast_forgets_its_password(state: AppState) -> None:
    podcast = follow(state)
    state.keep_podcast_credentials(podcast.id, "sealed")
    state.remove_podcast(podcast.id)
    assert follow(state).credentials is None


def test_what_is_due_comes_in_the_order_in_which_it_became_due(state: AppState) -> None:
    first, second = follow(state), follow(state, "https://y.example/")
    state.settle_unchanged([(first.id, FeedState(), 200), (second.id, FeedState(), 100)])
    assert [one.id for one in state.due_podcasts(200, 5)] == [second.id, first.id]
    assert [one.id for one in state.due_podcasts(199, 5)] == [second.id]
    assert state.next_podcast_check() == 100


def test_a_feed_that_is_well_again_forgets_its_failures(state: AppState) -> None:
    podcast = follow(state)
    state.settle_failure(podcast.id, "no answer", 1, is_dead=True)
    failed = state.podcast(podcast.id)
    assert (failed.failures, failed.error, failed.is_dead) == (1, "no answer", True)
    state.settle_failure(podcast.id, "no answer", 1, is_dead=True)
    assert state.podcast(podcast.id).failing_since == failed.failing_since
    state.settle_unchanged([(podcast.id, FeedState("e"), 5)])
    well = state.podcast(podcast.id)
    assert (well.failures, well.error, well.is_dead, well.failing_since) == (0, None, False, None)
    assert well.state.etag == "e"


def test_a_move_to_an_address_that_is_followed_is_a_conflict(state: AppState) -> None:
    podcast, other = follow(state), follow(state, "https://y.example/")
    state.offer_podcast_move(podcast.id, other.url)
    with pytest.raises(Conflict, match="followed already"):
        state.move_podcast(podcast.id, other.url)
    assert state.podcast(podcast.id).url == "https://x.example/feed"


def test_a_feed_that_is_described_anew_keeps_its_rules(state: AppState) -> None:
    podcast = follow(state)
    feed = Feed("Better", "Ann", "", "https://x.example/", "de", None, None, True, 0, ())
    state.describe_podcast(podcast.id, feed, "About", FeedState("e", "l", "d"), 77)
    described = state.podcast(podcast.id)
    assert (described.title, described.author, described.overview, described.language) == (
        "Better",
        "Ann",
        "About",
        "de",
    )
    assert (described.state, described.next_check_at, described.is_complete) == (FeedState("e", "l", "d"), 77, True)
    assert described.policy == podcast.policy


def test_two_that_check_the_same_feed_at_once_add_each_episode_once(state: AppState) -> None:
    podcast = follow(state)
    episodes = [new_episode(number) for number in range(600)]
    added: list[int] = []

    def add() -> None:
        added.append(len(state.add_episodes(podcast.id, episodes)))

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sum(added) == 600 and len(state.known_episodes(podcast.id)) == 600


def test_a_guid_that_another_episode_has_is_not_taken_from_it(state: AppState) -> None:
    podcast = follow(state)
    (first, _), (_, _) = state.add_episodes(podcast.id, [new_episode(1), new_episode(2)])
    state.change_episodes([(first, new_episode(1, guid="g2", title="stolen"))])
    assert sorted(one.guid for one in state.known_episodes(podcast.id)) == ["g1", "g2"]


def test_the_oldest_episodes_are_forgotten_but_none_that_somebody_touched(state: AppState) -> None:
    podcast = follow(state)
    ids = [episode_id for episode_id, _ in state.add_episodes(podcast.id, [new_episode(n) for n in range(10)])]
    ann = state.add_user("ann", "Ann", "", Role.ADMIN)
    state.star_episode(ann.id, ids[0], starred=True)
    state.want_episode(ids[1], by_hand=False)
    state.trim_episodes(podcast.id, 5)
    assert sorted(one.guid for one in state.known_episodes(podcast.id)) == ["g0", "g1", "g5", "g6", "g7", "g8", "g9"]


def test_only_the_newest_that_nobody_wanted_are_offered(state: AppState) -> None:
    podcast = follow(state)
    ids = [episode_id for episode_id, _ in state.add_episodes(podcast.id, [new_episode(n) for n in range(6)])]
    state.want_episode(ids[5], by_hand=False)
    assert [one.title for one in state.never_wanted(podcast.id, 3)] == ["E4", "E3"]
    assert state.never_wanted(podcast.id, 0) == []


def test_a_wish_stays_a_wish_of_somebody(state: AppState) -> None:
    podcast = follow(state)
    ((episode_id, _),) = state.add_episodes(podcast.id, [new_episode(1)])
    state.want_episode(episode_id, by_hand=True)
    state.want_episode(episode_id, by_hand=False)
    assert state.episode(episode_id).by_hand


def test_a_change_is_announced_to_who_may_see_podcasts(state: AppState) -> None:
    podcast = follow(state)
    library = state.library_of_kind(LibraryKind.PODCASTS)
    last = state.events_after(None)[0]
    ((episode_id, _),) = state.add_episodes(podcast.id, [new_episode(1)])
    state.want_episode(episode_id, by_hand=False)
    (event,) = state.events_after(last.id)
    assert (event.name, event.room) == ("podcast_updated", f"library:{library.id}")
