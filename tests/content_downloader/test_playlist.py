"""Lists of the web: imported, fetched by rules, read again, let go."""

import threading
from collections.abc import Sequence

import pytest

from media_library.app_state import AppState
from media_library.models.collection import Collection, CollectionKind, EntryState, NewCollection, Rules
from media_library.models.job import JobKind, JobStatus
from media_library.services.web_addresses import origin_of
from tests.fetching import FetchHouse, admin
from tests.internet import Page, Site, shapes


def imported(house: FetchHouse, url: str, rules: Rules | None = None) -> Collection:
    """A collection that is read from an address, followed if there are rules."""
    made = house.state.add_collection(NewCollection(CollectionKind.PLAYLIST, url, url, origin_of(url)))
    if rules is not None:
        house.state.follow(made.id, rules)
    return made


def titles(state: AppState, collection: Collection, *states: EntryState) -> list[str]:
    """The titles of the entries in these states, in order."""
    wanted = states or (EntryState.LISTED,)
    return [entry.title for entry in state.entries(collection.id) if entry.state in wanted]


def queued(house: FetchHouse) -> list[str]:
    """The titles of the downloads that wait, the oldest first."""
    jobs = house.state.list_jobs({JobStatus.QUEUED}, 100)
    return sorted(job.title for job in jobs if job.kind is JobKind.DOWNLOAD)


def test_a_list_becomes_a_collection_in_its_order_and_its_videos_arrive(house: FetchHouse, web: Site) -> None:
    names = ["Third", "First", "Second"]
    made = imported(house, shapes.channel(web, names))
    assert house.read_list(made.id).status is JobStatus.DONE
    assert titles(house.state, made) == names
    assert house.state.collection(made.id).title == "Sea Channel"
    assert house.state.collection(made.id).overview == "All videos"
    assert queued(house) == sorted(names)
    house.drain()
    entries = house.state.entries(made.id)
    assert all(entry.media_id for entry in entries)
    assert len({entry.media_id for entry in entries}) == 3
    folder = "videos/Sea Channel/Season 2024/s2024e0531"
    named = {name.removeprefix(folder).partition(" - ")[2] for name in house.files() if name.startswith(folder)}
    assert named == {f"{name}.mp4" for name in names}, "the list says what a bare file does not: title, channel, date"


def test_a_second_reading_updates_keeps_the_order_and_fetches_only_what_is_new(house: FetchHouse, web: Site) -> None:
    made = imported(house, shapes.channel(web, ["One", "Two", "Three"]))
    house.read_list(made.id)
    house.drain()
    loads = len([hit for hit in web.hits if hit.path.endswith(".mp4")])
    shapes.channel(web, ["New", "Three", "One"])
    house.read_list(made.id)
    assert queued(house) == ["New"]
    assert titles(house.state, made) == ["New", "Three", "One"]
    assert titles(house.state, made, EntryState.GONE) == ["Two"]
    assert len([hit for hit in web.hits if hit.path.endswith(".mp4")]) == loads


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (Rules(title_exclude="short, sea"), ["On the hill"]),
        (Rules(keep_last=2), ["By the SEA", "On the hill"]),
    ],
)
def test_the_rules_of_a_followed_list_say_what_is_fetched(
    house: FetchHouse, web: Site, rules: Rules, expected: Sequence[str]
) -> None:
    made = imported(house, shapes.channel(web, ["By the SEA", "On the hill", "Short one"]), rules)
    assert house.read_list(made.id).status is JobStatus.DONE
    assert queued(house) == list(expected)
    assert len(titles(house.state, made)) == 3, "what is not fetched stands in the list all the same"


def test_a_length_that_only_the_video_itself_tells_is_judged_before_it_is_loaded(house: FetchHouse, web: Site) -> None:
    url = shapes.video_page(web, "/watch/long")
    feed = (
        f'<rss version="2.0"><channel><title>C</title><item><title>L</title><link>{url}</link></item></channel></rss>'
    )
    made = imported(house, web.put("/feed", Page(feed.encode(), "application/rss+xml")), Rules(max_seconds=3))
    house.read_list(made.id)
    assert queued(house) == ["L"]
    house.drain()
    assert house.files() == []
    job = house.state.list_jobs({JobStatus.DONE}, 1)[0]
    assert "too long" in job.title


def test_only_the_sound_of_a_followed_list_is_kept_if_the_rules_say_so(house: FetchHouse, web: Site) -> None:
    made = imported(house, shapes.channel(web, ["One"]), Rules(audio_only=True))
    house.read_list(made.id)
    house.drain()
    assert [name.rpartition(".")[2] for name in house.files()] == ["m4a"]


def test_the_older_ones_go_to_the_bin_unless_somebody_is_watching(house: FetchHouse, web: Site) -> None:
    made = imported(house, shapes.channel(web, ["Three", "Two", "One"]), Rules(keep_last=3))
    house.read_list(made.id)
    house.drain()
    by_title = {entry.title: entry.media_id for entry in house.state.entries(made.id)}
    watched = by_title["One"]
    assert watched is not None
    house.state.save_playback(admin(house.state).user.id, watched, 30_000, 100_000)
    house.state.follow(made.id, Rules(keep_last=1))
    shapes.channel(web, ["Four", "Three", "Two", "One"])
    house.read_list(made.id)
    house.drain()
    house.read_list(made.id)
    kept = {title: house.state.media(media_id).deleted_at is None for title, media_id in by_title.items() if media_id}
    assert kept == {"One": True, "Two": False, "Three": False}
    house.drain()
    assert queued(house) == [], "what was let go is not fetched again"


def test_a_list_without_end_is_read_to_a_limit(house: FetchHouse, web: Site) -> None:
    made = imported(house, shapes.endless_channel(web, 500))
    job = house.read_list(made.id)
    assert job.status is JobStatus.DONE
    assert "first 20" in job.title
    assert titles(house.state, made) == [f"Part {number}" for number in range(20)]


def test_a_list_that_names_itself_ends(house: FetchHouse, web: Site) -> None:
    feed = (
        '<rss version="2.0"><channel><title>Self</title><item><title>Me</title>'
        f"<link>{web.url('/self')}</link></item></channel></rss>"
    )
    made = imported(house, web.put("/self", Page(feed.encode(), "application/rss+xml")))
    assert house.read_list(made.id).status is JobStatus.DONE
    house.work()
    assert len(web.hits) < 20


def test_a_single_video_is_a_list_of_one(house: FetchHouse, web: Site) -> None:
    made = imported(house, shapes.video_page(web))
    house.read_list(made.id)
    assert titles(house.state, made) == ["A walk by the sea"]


def test_what_is_due_is_read_by_itself_and_then_left_alone_for_hours(house: FetchHouse, web: Site) -> None:
    made = imported(house, shapes.channel(web, ["One"]), Rules())
    stopped = threading.Event()
    stopped.set()
    house.following.step(stopped)
    house.following.step(stopped)
    assert [job.kind for job in house.state.list_jobs({JobStatus.QUEUED}, 10)] == [JobKind.PLAYLIST]
    house.drain()
    subscription = house.state.subscription(made.id)
    assert subscription is not None and subscription.checked_at is not None and subscription.error is None
    assert subscription.next_check_at - subscription.checked_at > 3_600_000
    house.following.step(stopped)
    assert house.state.list_jobs({JobStatus.QUEUED}, 10) == []


def test_a_list_that_cannot_be_read_is_left_alone_for_longer_each_time(house: FetchHouse, web: Site) -> None:
    made = imported(house, shapes.failing(web, "/channel", 404), Rules())
    pauses = []
    for _ in range(3):
        assert house.read_list(made.id).status is JobStatus.FAILED
        subscription = house.state.subscription(made.id)
        assert subscription is not None and subscription.error is not None and subscription.checked_at is not None
        pauses.append(subscription.next_check_at - subscription.checked_at)
    assert pauses[0] < pauses[1] < pauses[2]
    failing = house.state.subscription(made.id)
    assert failing is not None and failing.failures == 3
    shapes.channel(web, ["One"])
    house.read_list(made.id)
    recovered = house.state.subscription(made.id)
    assert recovered is not None and (recovered.failures, recovered.error) == (0, None)


def test_a_reading_that_is_tried_again_and_again_is_one_failure(house: FetchHouse, web: Site) -> None:
    made = imported(house, shapes.failing(web, "/channel", 503), Rules())
    job = house.read_list(made.id)
    for _ in range(2):
        waiting = house.state.get_job(job.id)
        assert waiting.status is JobStatus.QUEUED and waiting.retry_at is not None
        house.state._connection().execute("UPDATE content_jobs SET not_before = 0")  # the pause is over
        house.work()
    assert len(web.hits_of("/channel")) >= 3
    subscription = house.state.subscription(made.id)
    assert subscription is not None and subscription.failures == 1
