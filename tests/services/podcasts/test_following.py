"""Following podcasts, leaving them, carrying them from and to other programs."""

import pytest

from media_library.errors import Conflict, Forbidden, InvalidInput, NotFound
from media_library.models.identity import Identity
from media_library.models.library import LibraryKind
from media_library.models.podcast import Credentials, PodcastPolicy
from media_library.models.preferences import AutoDownload, PodcastPreferences
from media_library.models.user import Role, Viewer
from tests.adapters.host import page, redirect
from tests.feed_texts import channel, item
from tests.podcasting import FeedPage, House, private


def test_a_feed_is_followed_with_the_rules_of_the_house(house: House) -> None:
    house.state.change_podcast_preferences(
        PodcastPreferences(auto_download=AutoDownload.NONE, latest_count=7, keep_count=9, delete_heard_days=2)
    )
    house.host.pages["/feed.xml"] = FeedPage(channel("<itunes:author>Ann</itunes:author>", item("One")))
    podcast = house.follow()
    assert (podcast.title, podcast.author) == ("A show", "Ann")
    assert podcast.policy == PodcastPolicy(AutoDownload.NONE, 7, 9, 2)
    assert house.titles(podcast) == ["One"] and house.jobs() == []


def test_the_newest_episodes_are_queued_at_once(house: House) -> None:
    items = [item(str(n), guid=str(n), published=f"Mon, 06 Sep 20{n:02d} 00:01:00 GMT") for n in range(20, 10, -1)]
    house.host.pages["/feed.xml"] = FeedPage(channel("", *items))
    house.follow()
    assert house.jobs() == ["A show: 20", "A show: 19", "A show: 18"]


def test_the_same_address_twice_is_one_podcast(house: House) -> None:
    feed = house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    first, second = house.follow(), house.follow("/feed.xml#again")
    assert first.id == second.id and feed.full == 1
    assert len(house.state.podcasts()) == 1


def test_an_address_that_redirects_for_good_is_followed_where_it_leads(house: House) -> None:
    house.host.pages["/old"] = redirect("/feed.xml", 301)
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow("/old")
    assert podcast.url.endswith("/feed.xml")
    assert house.follow("/old").id == podcast.id


def test_the_feed_of_a_page_is_found_and_its_comments_are_not(house: House) -> None:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{name}">' for name in ("/no", "/comments", "/pod")
    )
    house.host.pages["/show"] = page(f"<html><head>{links}</head></html>".encode(), Content_Type="text/html")
    house.host.pages["/comments"] = page(b"<rss><channel><title>C</title><item><title>x</title></item></channel></rss>")
    house.host.pages["/pod"] = FeedPage(channel("", item("One")))
    assert house.follow("/show").url == house.host.url + "/pod"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><body>hello</body></html>", "no podcast at this address"),
        (b"%PDF-1.7", "no podcast at this address"),
        (b"<rss><channel><title>Blog</title><item><title>x</title></item></channel></rss>", "no episodes to listen to"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><rss/>", "document type"),
    ],
)
def test_what_is_no_podcast_is_refused_with_a_sentence(house: House, content: bytes, sentence: str) -> None:
    house.host.pages["/feed.xml"] = page(content)
    with pytest.raises(InvalidInput, match=sentence):
        house.follow()
    assert house.state.podcasts() == []


def test_a_host_that_has_nothing_or_fails_is_named(house: House) -> None:
    with pytest.raises(NotFound, match="nothing at this address"):
        house.follow("/nowhere")
    house.host.pages["/feed.xml"] = page(b"", 503)
    with pytest.raises(InvalidInput, match="status 503"):
        house.follow()
    with pytest.raises(InvalidInput, match="no public address"):
        house.podcasts.following.follow(house.ann, "http://127.0.0.1:1/feed", None, None)


def test_a_private_feed_asks_for_its_password(house: House) -> None:
    house.host.pages["/feed.xml"] = private(FeedPage(channel("", item("One"))), "ann", "pw")
    url = house.host.url + "/feed.xml"
    with pytest.raises(InvalidInput, match="asks for a name and a password"):
        house.podcasts.following.follow(house.ann, url, None, None)
    with pytest.raises(InvalidInput, match="not right"):
        house.podcasts.following.follow(house.ann, url, Credentials("ann", "wrong"), None)
    podcast = house.podcasts.following.follow(house.ann, url, Credentials("ann", "pw"), AutoDownload.NONE)
    assert "pw" not in house.podcasts.following.export_opml()
    house.podcasts.following.change(podcast.id, podcast.policy, None, Credentials("ann", "new"))
    assert house.podcasts.reader.credentials(house.state.podcast(podcast.id)) == Credentials("ann", "new")


def test_who_may_not_see_podcasts_may_not_follow_any(house: House) -> None:
    ben = house.person("ben")
    films = house.state.library_of_kind(LibraryKind.MOVIES)
    narrow = Identity(ben.user, Viewer(ben.user.id, frozenset({films.id})), None, None)
    with pytest.raises(Forbidden):
        house.podcasts.following.follow(narrow, house.host.url + "/feed.xml", None, None)
    with pytest.raises(Forbidden):
        house.podcasts.following.import_opml(narrow, "<opml/>")
    assert house.host.asked == []


def test_a_podcast_that_was_left_comes_back_with_its_history(house: House) -> None:
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    (episode,) = house.episodes(podcast)
    house.podcasts.listening.mark_heard(house.ann, episode.id, heard=True)
    house.podcasts.following.leave(house.ann, podcast.id)
    assert house.state.podcasts() == [] and house.jobs() == []
    with pytest.raises(NotFound):
        house.state.episode(episode.id)
    again = house.follow()
    assert again.id == podcast.id and house.episodes(again) == [episode]
    assert '"heard":true' in house.state.episode_for(house.ann.viewer, episode.id)


def test_a_move_needs_a_feed_that_moved(house: House) -> None:
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One")))
    podcast = house.follow()
    with pytest.raises(Conflict, match="did not say"):
        house.podcasts.following.move(house.ann, podcast.id, accept=True)


def test_a_list_of_another_program_is_followed_and_written_again(house: House) -> None:
    house.host.pages["/feed.xml"] = FeedPage(channel("", item("One"), title="Real title"))
    house.follow()
    done = house.podcasts.following.import_opml(
        house.ann,
        f"""<opml version="2.0"><body><outline text="Talk">
        <outline text="Known" xmlUrl="{house.host.url}/feed.xml"/>
        <outline text="New" xmlUrl="{house.host.url}/new.xml"/>
        <outline text="Private" xmlUrl="http://ann:pw@{house.host.authority}/private.xml"/></outline>
        <outline text="Path" xmlUrl="/etc/passwd"/><outline text="File" xmlUrl="file:///etc/passwd"/></body></opml>""",
    )
    assert (done.added, done.existing) == (2, 1)
    assert [one.title for one in done.refused] == ["Path", "File"]
    assert all(one.reason for one in done.refused)
    new = house.state.podcast_of_url(house.host.url + "/new.xml")
    secret = house.state.podcast_of_url(house.host.url + "/private.xml")
    assert new is not None
    assert secret is not None
    assert (new.title, new.group, new.checked_at) == ("New", "Talk", None)
    assert house.podcasts.reader.credentials(secret) == Credentials("ann", "pw")
    written = house.podcasts.following.export_opml()
    assert written.count("xmlUrl") == 3 and "Talk" in written and "Real title" in written and "pw@" not in written


def test_only_an_opml_file_is_taken(house: House) -> None:
    with pytest.raises(InvalidInput, match="OPML"):
        house.podcasts.following.import_opml(house.person("ben", Role.MEMBER), "not xml")
