"""Checks of feeds, against a real host: what is asked, what is noted, where a password goes."""

import gzip
import io
from dataclasses import replace

import pytest
from PIL import Image

from media_library.models.podcast import Credentials
from media_library.repositories.base import now_ms
from media_library.services.podcasts import Failed, Unchanged
from media_library.services.podcasts.schedule import DAY_MS, HOUR_MS
from tests.adapters.host import page, redirect, web_host
from tests.feed_texts import channel, item
from tests.podcasting import FeedPage, House, private


@pytest.mark.parametrize("by_date", [False, True])
def test_a_feed_that_did_not_change_is_not_sent_again(house: House, by_date: bool) -> None:
    feed = house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")), marks_by_date=by_date)
    podcast = house.follow()
    assert (feed.full, feed.unchanged) == (1, 0)
    for _ in range(3):
        podcast = house.check(podcast)
    assert (feed.full, feed.unchanged) == (1, 3)
    assert house.titles(podcast) == ["One"]


def test_a_host_without_marks_is_known_by_what_it_sends(house: House) -> None:
    house.host.pages["/feed.xml"] = page(channel("", item("One")).encode())
    podcast = house.follow()
    assert isinstance(house.podcasts.reader.check(podcast), Unchanged)


def test_a_new_episode_is_found(house: House) -> None:
    feed = house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    feed.text = channel(
        "", item("Two", guid="two", published="Tue, 07 Sep 2021 00:01:00 GMT"), item("One"), title="New"
    )
    podcast = house.check(podcast)
    assert (podcast.title, house.titles(podcast)) == ("New", ["Two", "One"])
    assert podcast.error is None and podcast.failures == 0


def test_a_feed_that_fails_is_asked_more_and_more_seldom_and_comes_back(house: House) -> None:
    feed = house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    house.host.pages["/feed.xml"] = page(b"oops", 500)
    pauses = []
    for _ in range(6):
        podcast = house.check(podcast)
        pauses.append((podcast.next_check_at - now_ms()) / HOUR_MS)
    assert podcast.failures == 6 and "status 500" in str(podcast.error)
    assert pauses[:4] == sorted(pauses[:4]) and 1.5 < pauses[0] < 2.5 and all(21 < one < 27 for one in pauses[4:])
    assert not podcast.is_dead
    house.host.pages["/feed.xml"] = feed
    podcast = house.check(podcast)
    assert (podcast.failures, podcast.failing_since, podcast.error) == (0, None, None)
    assert podcast.next_check_at - now_ms() < 1.2 * HOUR_MS


def test_a_host_may_say_when_to_come_back(house: House) -> None:
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    house.host.pages["/feed.xml"] = page(b"", 429, Retry_After=str(3 * 24 * 3600))
    podcast = house.check(podcast)
    assert 2.9 * DAY_MS < podcast.next_check_at - now_ms() <= 3 * DAY_MS


def test_a_feed_that_is_gone_is_dead_at_once(house: House) -> None:
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    house.host.pages["/feed.xml"] = page(b"", 404)
    assert not house.check(podcast).is_dead
    house.host.pages["/feed.xml"] = page(b"", 410)
    podcast = house.check(podcast)
    assert podcast.is_dead and house.titles(podcast) == ["One"]


def test_something_else_at_the_address_of_a_feed_loses_nothing(house: House) -> None:
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    for content in (b"<html>parked</html>", b"", b"<!DOCTYPE rss [<!ENTITY a 'x'>]><rss/>", b"\x00" * 100):
        house.host.pages["/feed.xml"] = page(content)
        podcast = house.check(podcast)
        assert podcast.error is not None and podcast.title == "A show"
    assert house.titles(podcast) == ["One"]


def test_a_feed_that_moves_within_its_host_is_followed_at_once(house: House) -> None:
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    house.host.pages["/new.xml"] = FeedPage(channel("", item("Two", guid="two"), item("One")))
    house.host.pages["/feed.xml"] = redirect("/new.xml", 301)
    podcast = house.check(podcast)
    assert podcast.url == house.host.url + "/new.xml" and podcast.moved_to is None
    assert len(house.titles(podcast)) == 2


def test_a_redirect_that_is_not_permanent_is_no_move(house: House) -> None:
    house.host.pages["/feed.xml"] = redirect("/new.xml", 302)
    house.host.pages["/new.xml"] = FeedPage(channel("", item("One")))
    podcast = house.check(house.follow())
    assert podcast.url == house.host.url + "/feed.xml"


@pytest.mark.parametrize("way", ["redirect", "feed"])
def test_threat_96_somebody_is_asked_before_a_feed_moves_to_another_host(house: House, way: str) -> None:
    with web_host() as other:
        allow(house, other.authority)
        target = other.url + "/taken-over.xml"
        other.pages["/taken-over.xml"] = FeedPage(channel("", item("Evil", guid="evil")))
        house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
        podcast = house.follow()
        house.host.pages["/feed.xml"] = (
            redirect(target, 301)
            if way == "redirect"
            else FeedPage(channel(f"<itunes:new-feed-url>{target}</itunes:new-feed-url>", item("One")))
        )
        podcast = house.check(podcast)
        assert (podcast.url, podcast.moved_to) == (house.host.url + "/feed.xml", target)
        refused = house.podcasts.following.move(house.ann, podcast.id, accept=False)
        assert refused.moved_to is None
        assert house.check(refused).moved_to is None  # nobody is asked twice
        house.state.offer_podcast_move(podcast.id, target)
        moved = house.podcasts.following.move(house.ann, podcast.id, accept=True)
        assert (moved.url, moved.moved_to, moved.id) == (target, None, podcast.id)
        assert "Evil" in house.titles(moved) and "One" in house.titles(moved)


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/x", "http://10.0.0.1/feed", "file:///etc/passwd", "http://[::1]/"]
)
def test_threat_84_a_feed_cannot_move_into_the_house(house: House, target: str) -> None:
    more = f"<itunes:new-feed-url>{target}</itunes:new-feed-url>"
    house.host.pages["/feed.xml"] = FeedPage(channel(more, item("One")))
    podcast = house.follow()
    if podcast.moved_to is not None:
        with pytest.raises(Exception, match="no public address"):
            house.podcasts.following.move(house.ann, podcast.id, accept=True)
    assert house.state.podcast(podcast.id).url == house.host.url + "/feed.xml"


def test_the_picture_is_fetched_once_and_kept_as_a_jpeg(house: House) -> None:
    house.host.pages["/cover.png"] = page(png(), Content_Type="image/png")
    feed = house.host.pages["/feed.xml"] = FeedPage(channel('<itunes:image href="/cover.png"/>', item("One")))
    podcast = house.follow()
    kept = house.settings.data_directory / "artwork" / f"{podcast.id}.poster.jpg"
    assert podcast.has_image and kept.read_bytes()[:2] == b"\xff\xd8"
    feed.text = feed.text.replace("One", "Uno")
    house.check(podcast)
    assert house.host.paths.count("/cover.png") == 1


def test_threat_88_a_small_answer_that_becomes_a_huge_feed_is_cut_off(house: House) -> None:
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    bomb = gzip.compress(b"<rss>" + b" " * (60 << 20))
    house.host.pages["/feed.xml"] = page(bomb, Content_Encoding="gzip")
    assert len(bomb) < 100_000
    assert "more than" in str(house.check(podcast).error)


def test_a_server_may_mark_the_same_feed_anew(house: House) -> None:
    text = channel("", item("One")).encode()
    house.host.pages["/feed.xml"] = page(text, ETag='"a"')
    podcast = house.follow()
    house.host.pages["/feed.xml"] = page(text, ETag='"b"')
    assert house.check(podcast).state.etag == '"b"'


def test_a_picture_that_is_none_is_left_out(house: House) -> None:
    house.host.pages["/cover.png"] = page(b"<html>no picture</html>")
    house.host.pages["/feed.xml"] = FeedPage(channel('<itunes:image href="/cover.png"/>', item("One")))
    assert not house.follow().has_image


def test_a_private_feed_gets_its_password_and_nobody_else_does(house: House) -> None:
    with web_host() as other:
        allow(house, other.authority)
        other.pages["/elsewhere.xml"] = FeedPage(channel("", item("One")))
        house.host.pages["/feed.xml"] = private(FeedPage(channel("", item("One"))), "ann", "s3cret")
        following, url = house.podcasts.following, house.host.url.replace("http://", "http://ann:s3cret@") + "/feed.xml"
        podcast = following.follow(house.ann, url, None, None)
        assert "@" not in podcast.url and podcast.credentials is not None
        assert "s3cret" not in podcast.credentials and "ann" not in podcast.credentials
        assert isinstance(house.podcasts.reader.check(podcast), Unchanged)
        reader = house.podcasts.reader
        assert reader.credentials_for(podcast, house.host.url + "/episode.mp3") == ("ann", "s3cret")
        assert reader.credentials_for(podcast, other.url + "/episode.mp3") is None
        house.host.pages["/feed.xml"] = redirect(other.url + "/elsewhere.xml", 301)
        podcast = house.check(podcast)
        assert podcast.moved_to == other.url + "/elsewhere.xml"
        moved = following.move(house.ann, podcast.id, accept=True)
        assert moved.credentials is None
        assert [headers.get("Authorization") for _, headers in other.asked] == [None] * len(other.asked)


def test_a_changed_secret_of_the_house_is_said(house: House) -> None:
    house.host.pages["/feed.xml"] = private(FeedPage(channel("", item("One"))), "ann", "pw")
    podcast = house.podcasts.following.follow(house.ann, house.host.url + "/feed.xml", Credentials("ann", "pw"), None)
    house.state.keep_podcast_credentials(podcast.id, "gAAAA-not-ours")
    outcome = house.podcasts.reader.check(house.state.podcast(podcast.id))
    assert isinstance(outcome, Failed) and "Enter it again" in outcome.reason


def allow(house: House, authority: str) -> None:
    """Let another host on loopback be reached, too."""
    downloads = house.preferences.downloads()
    house.state.change_download_preferences(replace(downloads, allowed_hosts=(*downloads.allowed_hosts, authority)))


def png() -> bytes:
    """A small picture."""
    written = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(written, "PNG")
    return written.getvalue()
