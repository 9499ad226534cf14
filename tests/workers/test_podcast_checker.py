"""The loop that checks feeds: all that are due, side by side, and nothing twice."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.models.podcast import NewPodcast, PodcastPolicy
from media_library.models.preferences import AutoDownload
from media_library.repositories.base import now_ms
from media_library.workers.podcast_checker import PodcastChecker
from tests.adapters.host import page
from tests.conftest import wait_for
from tests.feed_texts import channel, item
from tests.podcasting import FeedPage, House, podcast_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house that follows nothing yet."""
    with podcast_house(tmp_path) as house:
        yield house


def checker(house: House) -> PodcastChecker:
    """A checker of the house."""
    podcasts = house.podcasts
    return PodcastChecker(
        house.state, house.media_root, podcasts.reader, podcasts.notes, podcasts.files, house.preferences
    )


def add(house: House, path: str, auto_download: AutoDownload = AutoDownload.NONE) -> str:
    """Follow a feed without reading it, as an OPML file does; returns its id."""
    return house.state.add_podcast(NewPodcast(house.host.url + path, path, PodcastPolicy(auto_download, 1))).id


def test_what_is_due_is_checked_and_new_episodes_are_queued(house: House) -> None:
    feeds = []
    for number in range(8):
        feeds.append(FeedPage(channel("", item(f"E{number}", guid=str(number)), title=f"Show {number}")))
        house.host.pages[f"/{number}"] = feeds[-1]
        add(house, f"/{number}", AutoDownload.LATEST)
    checker(house).step(threading.Event())
    assert [feed.full for feed in feeds] == [1] * 8
    assert {one.title for one in house.state.podcasts()} == {f"Show {number}" for number in range(8)}
    assert sorted(house.jobs()) == sorted(f"Show {number}: E{number}" for number in range(8))
    assert house.state.due_podcasts(now_ms(), 10) == []


def test_feeds_without_news_cost_no_child_and_no_event(house: House) -> None:
    feed = house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    house.jobs()
    before = house.state.events_after(None)
    for _ in range(3):
        house.state.check_podcast_soon(podcast.id)
        checker(house).step(threading.Event())
    assert (feed.full, feed.unchanged) == (1, 3)
    assert house.state.events_after(before[0].id) == []


def test_a_back_catalogue_is_fetched_bit_by_bit(house: House) -> None:
    items = [item(str(number), guid=f"g{number}") for number in range(40)]
    house.host.pages["/feed.xml"] = FeedPage(channel("", *items))
    podcast_id = add(house, "/feed.xml", AutoDownload.ALL)
    queued = []
    for _ in range(3):
        checker(house).step(threading.Event())
        queued.append(len(house.jobs()))
        house.state.check_podcast_soon(podcast_id)
    assert queued == [25, 15, 0]


def test_one_bad_feed_holds_up_no_other(house: House) -> None:
    house.host.pages["/good"] = FeedPage(channel("", item("One")))
    house.host.pages["/bomb"] = page(b"<!DOCTYPE a [<!ENTITY b 'c'>]><rss/>")
    for path in ("/bomb", "/missing", "/good"):
        add(house, path)
    checker(house).step(threading.Event())
    found = {one.url.rpartition("/")[2]: one for one in house.state.podcasts()}
    assert found["good"].error is None and found["good"].title == "A show"
    assert "document type" in str(found["bomb"].error) and "nothing at this address" in str(found["missing"].error)
    assert all(one.next_check_at > now_ms() for one in found.values())


def test_a_wish_to_check_wakes_the_checker_at_once(house: House) -> None:
    feed = house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    stop = threading.Event()
    loop = checker(house)

    def run() -> None:
        while not stop.is_set():
            loop.step(stop)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        house.state.check_podcast_soon(podcast.id)
        wait_for(lambda: feed.unchanged == 1, seconds=5)
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_the_checker_stops_while_a_host_says_nothing(house: House) -> None:
    silent, asked = threading.Event(), threading.Event()

    def answer(handler: object) -> None:
        asked.set()
        silent.wait(20)

    house.host.pages["/slow"] = answer
    add(house, "/slow")
    stop = threading.Event()
    thread = threading.Thread(target=checker(house).step, args=(stop,))
    thread.start()
    try:
        assert asked.wait(5)
        stop.set()
        thread.join(3)
        assert not thread.is_alive()
        assert len(house.state.due_podcasts(now_ms(), 10)) == 1
    finally:
        silent.set()
        thread.join(10)


def test_a_podcast_that_is_left_meanwhile_is_no_trouble(house: House) -> None:
    podcast_id = add(house, "/feed")

    def answer(handler: object) -> None:
        house.state.remove_podcast(podcast_id)
        page(channel("", item("One")).encode())(handler)  # type: ignore[arg-type]  # the handler of the host

    house.host.pages["/feed"] = answer
    checker(house).step(threading.Event())
    assert house.state.podcasts() == [] and house.jobs() == []
