"""Podcasts and episodes over HTTP."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from PIL import Image

from media_library.models.library import LibraryKind
from media_library.models.media import MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.preferences import DownloadPreferences
from media_library.models.user import Role
from tests.adapters.host import Host, page, redirect, web_host
from tests.feed_texts import channel, item
from tests.podcasting import FeedPage, private
from tests.routes.house import House, error_of


@pytest.fixture
def host(house: House) -> Iterator[Host]:
    """A host that the admin allowed."""
    with web_host() as host:
        house.state.change_download_preferences(DownloadPreferences(allowed_hosts=(host.authority,)))
        yield host


def follow(house: House, host: Host, *items: str, **more: Any) -> dict[str, Any]:
    """Follow a feed of the host; the answer."""
    host.pages["/feed.xml"] = FeedPage(channel(more.pop("channel", ""), *(items or (item("One"),))))
    body = {"url": host.url + "/feed.xml", "auto_download": "none", **more}
    response = house.member.send("POST", "/api/podcasts", body)
    assert response.status_code == 200, response.text
    return dict(response.json["podcast"])  # type: ignore[index]  # checked by its contract


def episodes(house: House, podcast: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    """The episodes as a browser gets them."""
    response = house.member.get(f"/api/podcasts/{podcast['id']}/episodes{query}")
    assert response.status_code == 200 and response.json is not None, response.text
    return list(response.json["items"])


ROUTES = [
    ("GET", "/api/podcasts", None),
    ("POST", "/api/podcasts", {"url": "https://x.example"}),
    ("GET", "/api/podcasts/opml", None),
    ("POST", "/api/podcasts/opml", {"content": "<opml/>"}),
    ("GET", "/api/podcasts/x", None),
    ("PATCH", "/api/podcasts/x", {}),
    ("DELETE", "/api/podcasts/x", None),
    ("POST", "/api/podcasts/x/refresh", {}),
    ("POST", "/api/podcasts/x/move", {"accept": True}),
    ("GET", "/api/podcasts/x/episodes", None),
    ("GET", "/api/podcasts/x/episodes/letters", None),
    ("GET", "/api/podcasts/x/image", None),
    ("GET", "/api/episodes/x", None),
    ("POST", "/api/episodes/x/download", {}),
    ("PUT", "/api/episodes/x/heard", {"heard": True}),
    ("PUT", "/api/episodes/x/star", {"starred": True}),
    ("GET", "/api/episodes/x/transcript", None),
]


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_a_stranger_learns_nothing(house: House, method: str, path: str, body: object) -> None:
    assert error_of(house.stranger.send(method, path, body))[0] == 401


@pytest.mark.parametrize(("method", "path", "body"), ROUTES)
def test_a_kid_without_the_library_finds_nothing(
    house: House, host: Host, method: str, path: str, body: object
) -> None:
    podcast = follow(house, host)
    (episode,) = episodes(house, podcast)
    real = path.replace("podcasts/x", f"podcasts/{podcast['id']}").replace("episodes/x", f"episodes/{episode['id']}")
    response = house.kid.send(method, real, body)
    if path == "/api/podcasts" and method == "GET":
        assert response.json == {"podcasts": []}
    else:
        assert error_of(response)[0] in (403, 404)


def test_a_kid_with_the_library_listens_and_does_not_manage(house: House, host: Host) -> None:
    podcast = follow(house, host)
    (episode,) = episodes(house, podcast)
    kid = house.person("dora", Role.KID, [LibraryKind.PODCASTS])
    assert [one["title"] for one in kid.get("/api/podcasts").json["podcasts"]] == ["A show"]  # type: ignore[index]
    assert kid.send("PUT", f"/api/episodes/{episode['id']}/heard", {"heard": True}).status_code == 200
    assert kid.send("PUT", f"/api/episodes/{episode['id']}/star", {"starred": True}).status_code == 200
    for method, path, body in (
        ("POST", f"/api/episodes/{episode['id']}/download", {}),
        ("DELETE", f"/api/podcasts/{podcast['id']}", None),
        ("PATCH", f"/api/podcasts/{podcast['id']}", {}),
        ("POST", "/api/podcasts", {"url": host.url}),
    ):
        assert error_of(kid.send(method, path, body)) == (403, "forbidden")


def test_a_podcast_is_followed_shown_tuned_and_left(house: House, host: Host) -> None:
    podcast = follow(house, host, channel="<itunes:author>Ann</itunes:author><description>Talk</description>")
    assert (podcast["title"], podcast["author"], podcast["overview"]) == ("A show", "Ann", "Talk")
    assert (podcast["episode_count"], podcast["unheard_count"], podcast["is_private"]) == (1, 1, False)
    path = f"/api/podcasts/{podcast['id']}"
    edit = {"auto_download": "all", "keep_count": 5, "delete_heard_days": 0, "group": "Talk"}
    changed = house.member.send("PATCH", path, edit).json
    assert changed is not None and {name: changed[name] for name in edit} == edit
    assert changed["latest_count"] == podcast["latest_count"]
    lifted = house.member.send("PATCH", path, {"keep_count": None, "group": None}).json
    assert lifted is not None and (lifted["keep_count"], lifted["group"], lifted["delete_heard_days"]) == (
        None,
        None,
        0,
    )
    assert house.member.get(path).json == lifted
    assert house.member.send("DELETE", path).status_code == 204
    assert error_of(house.member.get(path)) == (404, "not_found")
    assert house.member.get("/api/podcasts").json == {"podcasts": []}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"url": "/etc/passwd"}, 400),
        ({"url": "file:///etc/passwd"}, 400),
        ({"url": "feed:file:///etc/passwd"}, 400),
        ({"url": "C:\\x"}, 400),
        ({"url": "javascript:alert(1)"}, 400),
        ({"url": "-o/tmp/x"}, 400),
        ({"url": ""}, 400),
        ({"url": "http://127.0.0.1:1/feed"}, 400),
        ({"url": "http://[::ffff:127.0.0.1]/"}, 400),
        ({"url": "http://2130706433/"}, 400),
        ({}, 400),
        ({"url": "https://x.example", "auto_download": "some"}, 400),
        ({"url": "https://x.example", "x": 1}, 400),
        ({"url": "https://x.example", "password": "x"}, 400),
        ({"url": "https://x.example/" + "a" * 5000}, 400),
    ],
)
def test_threat_83_what_is_no_address_of_a_feed_is_refused_with_a_sentence(
    house: House, body: dict[str, Any], status: int
) -> None:
    response = house.member.send("POST", "/api/podcasts", body)
    assert error_of(response)[0] == status
    assert response.json is not None and len(response.json["error"]["message"]) > 10


def test_a_private_feed_never_shows_its_password(house: House, host: Host) -> None:
    host.pages["/feed.xml"] = private(FeedPage(channel("", item("One"))), "ann", "s3cret-word")
    asked = {"url": host.url + "/feed.xml", "auto_download": "none"}
    refused = house.member.send("POST", "/api/podcasts", asked)
    assert error_of(refused)[0] == 400 and refused.json["error"]["field"] == "username"  # type: ignore[index]
    podcast = house.member.send("POST", "/api/podcasts", {**asked, "username": "ann", "password": "s3cret-word"}).json
    assert podcast is not None and podcast["podcast"]["is_private"]
    path = f"/api/podcasts/{podcast['podcast']['id']}"
    seen = [house.member.get(one).text for one in (path, f"{path}/episodes", "/api/podcasts", "/api/podcasts/opml")]
    seen.append(house.admin.send("PATCH", path, {"username": "ann", "password": "other"}).text)
    assert all("s3cret-word" not in text and "other" not in text for text in seen)


def test_a_list_of_subscriptions_comes_in_and_goes_out(house: House, host: Host) -> None:
    follow(house, host)
    outlines = (
        f'<outline text="Known" xmlUrl="{host.url}/feed.xml"/><outline text="New" xmlUrl="{host.url}/new.xml"/>'
        '<outline text="&lt;script&gt;" xmlUrl="file:///etc/passwd"/>'
    )
    done = house.member.send("POST", "/api/podcasts/opml", {"content": f"<opml><body>{outlines}</body></opml>"}).json
    assert done is not None and (done["added"], done["existing"]) == (1, 1)
    assert [one["title"] for one in done["refused"]] == ["<script>"]
    exported = house.member.get("/api/podcasts/opml")
    assert exported.content_type == "text/x-opml; charset=utf-8"
    assert exported.headers["Content-Disposition"] == 'attachment; filename="podcasts.opml"'
    assert exported.text.count("xmlUrl=") == 2
    for content in ("", "no xml", "<html/>", "<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>"):
        assert error_of(house.member.send("POST", "/api/podcasts/opml", {"content": content}))[0] == 400


def test_a_large_list_of_subscriptions_is_taken(house: House) -> None:
    outlines = "".join(f'<outline text="{n}" xmlUrl="https://x.example/{n}{"x" * 40}"/>' for n in range(2_000))
    done = house.member.send("POST", "/api/podcasts/opml", {"content": f"<opml><body>{outlines}</body></opml>"}).json
    assert done is not None and done["added"] == 2_000


def test_a_refresh_makes_a_feed_due_at_once(house: House, host: Host) -> None:
    podcast = follow(house, host)
    response = house.member.send("POST", f"/api/podcasts/{podcast['id']}/refresh", {})
    assert response.status_code == 202
    assert [one.id for one in house.state.due_podcasts(2**62, 5)] == [podcast["id"]]
    assert response.json is not None and response.json["next_check_at"] < podcast["next_check_at"]


def test_a_move_to_another_host_waits_for_a_word(house: House, host: Host) -> None:
    podcast = follow(house, host)
    path = f"/api/podcasts/{podcast['id']}/move"
    assert error_of(house.member.send("POST", path, {"accept": True})) == (409, "conflict")
    house.state.offer_podcast_move(podcast["id"], "http://127.0.0.1:1/inside")
    assert error_of(house.member.send("POST", path, {"accept": True}))[0] == 400
    stayed = house.member.send("POST", path, {"accept": False}).json
    assert stayed is not None and stayed["moved_to"] is None


def test_episodes_come_in_pages_the_newest_first(house: House, host: Host) -> None:
    items = [item(str(n), guid=f"g{n}", published=f"Mon, 06 Sep {2024 - n} 00:01:00 GMT") for n in range(5)]
    podcast = follow(house, host, *items)
    path = f"/api/podcasts/{podcast['id']}/episodes"
    titles, cursor = [], ""
    while True:
        page_of = house.member.get(f"{path}?limit=2{cursor}").json
        assert page_of is not None and page_of["count"] == 5
        titles += [one["title"] for one in page_of["items"]]
        if page_of["next"] is None:
            break
        cursor = f"&cursor={page_of['next']}"
    assert titles == ["0", "1", "2", "3", "4"]
    first = episodes(house, podcast)[0]["id"]
    house.member.send("PUT", f"/api/episodes/{first}/heard", {"heard": True})
    assert [one["title"] for one in episodes(house, podcast, "?unheard=true")] == ["1", "2", "3", "4"]
    assert house.member.get(f"/api/podcasts/{podcast['id']}").json["unheard_count"] == 4  # type: ignore[index]
    assert house.admin.get(f"/api/podcasts/{podcast['id']}").json["unheard_count"] == 5  # type: ignore[index]
    for bad in ("?limit=0", "?limit=201", "?cursor=x", "?cursor=W10", "?unheard=1", "?x=1", "?cursor=WyJ4IiwxXQ"):
        assert error_of(house.member.get(path + bad))[0] == 400, bad


@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_episodes_are_turned_narrowed_and_entered_by_month_and_page(house: House, host: Host, direction: str) -> None:
    days = ("01 Jan 2024", "31 Dec 2023", "30 Dec 2023", "31 Dec 2023", "01 Jun 2022", "02 Jan 2024")
    published = [f"Mon, {day} 00:01:00 GMT" for day in days]
    podcast = follow(house, host, *(item(f"E{n}", guid=f"g{n}", published=at) for n, at in enumerate(published)))
    whole = episodes(house, podcast, f"?direction={direction}")
    assert [one["published_at"] for one in whole] == sorted(
        (one["published_at"] for one in whole), reverse=direction == "desc"
    )
    path = f"/api/podcasts/{podcast['id']}/episodes"
    for limit in (1, 2, 3, 6, 7):
        index = house.member.get(f"{path}/letters?direction={direction}&limit={limit}").json
        assert index is not None and index["count"] == 6 and len(index["marks"]) == (6 - 1) // limit
        for number, mark in enumerate(index["marks"], 1):
            page_of = episodes(house, podcast, f"?direction={direction}&limit={limit}&cursor={mark}")
            assert page_of == whole[number * limit : (number + 1) * limit]
        assert [one["letter"] for one in index["letters"]] == sorted(
            ("2022-06", "2023-12", "2024-01"), reverse=direction == "desc"
        )
        for month in index["letters"]:
            (first,) = episodes(house, podcast, f"?direction={direction}&limit=1&cursor={month['cursor']}")
            assert first == whole[month["index"]]
    house.member.send("PUT", f"/api/episodes/{whole[1]['id']}/star", {"starred": True})
    starred = episodes(house, podcast, "?starred=true")
    assert [one["id"] for one in starred] == [whole[1]["id"]] and episodes(house, podcast, "?here=true") == []


def test_many_episodes_are_heard_and_starred_at_once_and_that_is_taken_back(house: House, host: Host) -> None:
    podcast = follow(house, host, *(item(f"E{n}", guid=f"g{n}") for n in range(3)))
    first, second, third = episodes(house, podcast)
    library = house.state.library_of_kind(LibraryKind.PODCASTS)
    file = MediaFile(f"{library.folder}/a.mp3", 1, 1, 1, "mp3", 60_000)
    media = house.state.add_media(NewMedia(MediaType.PODCAST, library.id, MediaNames("One"), file))
    house.state.link_episode(first["id"], media.id)
    house.member.send("PUT", f"/api/media/{media.id}/progress", {"position": 20, "duration": 60})
    house.member.send("PUT", f"/api/episodes/{third['id']}/heard", {"heard": True})
    before = episodes(house, podcast)
    ids = [first["id"], second["id"], third["id"], "unknown"]
    nothing = house.kid.send("POST", "/api/bulk/episodes/heard", {"episodes": ids, "heard": True}).json
    assert nothing == {"done": 0, "changed": [], "undo": {"before": [], "fresh": []}}
    marked = house.member.send("POST", "/api/bulk/episodes/heard", {"episodes": ids, "heard": True}).json
    assert marked is not None and sorted(marked["changed"]) == sorted((first["id"], second["id"]))
    assert all(one["heard"] for one in episodes(house, podcast))
    house.member.send("POST", "/api/bulk/episodes/heard", {"episodes": marked["changed"], "heard": False})
    house.member.send("POST", "/api/bulk/watched/undo", marked["undo"])
    assert episodes(house, podcast) == before
    starred = house.member.send("POST", "/api/bulk/episodes/starred", {"episodes": ids, "starred": True}).json
    assert starred is not None and starred["done"] == 3
    assert all(one["starred"] for one in episodes(house, podcast))
    house.member.send("POST", "/api/bulk/episodes/starred", {"episodes": starred["changed"], "starred": False})
    assert episodes(house, podcast) == before


def test_an_episode_shows_clean_notes(house: House, host: Host) -> None:
    notes = "&lt;p onclick=alert(1)&gt;Hi &lt;script&gt;alert(1)&lt;/script&gt;&lt;a href='https://x.example'&gt;x&lt;/a&gt;&lt;/p&gt;"
    podcast = follow(
        house, host, item("&lt;img src=x onerror=alert(1)&gt; One", more=f"<description>{notes}</description>")
    )
    (listed,) = episodes(house, podcast)
    shown = house.member.get(f"/api/episodes/{listed['id']}").json
    assert shown is not None
    assert shown["notes"] == '<p>Hi <a href="https://x.example" rel="noopener noreferrer nofollow">x</a></p>'
    assert (shown["title"], shown["overview"]) == ("One", "Hi x")
    assert (shown["state"], shown["chapters"], shown["transcript"]) == ("remote", [], None)


def test_a_wish_for_an_episode_is_a_job(house: House, host: Host) -> None:
    podcast = follow(house, host)
    (episode,) = episodes(house, podcast)
    wish = house.member.send("POST", f"/api/episodes/{episode['id']}/download", {})
    assert wish.status_code == 202 and wish.json is not None
    assert (wish.json["job"]["kind"], wish.json["podcast_id"], wish.json["existing"]) == (
        "podcast",
        podcast["id"],
        False,
    )
    again = house.member.send("POST", f"/api/episodes/{episode['id']}/download", {})
    assert again.status_code == 200 and again.json["job"]["id"] == wish.json["job"]["id"]  # type: ignore[index]
    (queued,) = episodes(house, podcast)
    assert (queued["state"], queued["job_id"]) == ("queued", wish.json["job"]["id"])
    assert error_of(house.member.send("POST", "/api/episodes/nothing/download", {})) == (404, "not_found")


def test_an_episode_that_is_here_is_heard_and_unheard(house: House, host: Host) -> None:
    podcast = follow(house, host)
    (episode,) = episodes(house, podcast)
    library = house.state.library_of_kind(LibraryKind.PODCASTS)
    file = MediaFile(f"{library.folder}/a.mp3", 1, 1, 1, "mp3", 60_000)
    media = house.state.add_media(NewMedia(MediaType.PODCAST, library.id, MediaNames("One"), file))
    house.state.link_episode(episode["id"], media.id)
    path = f"/api/episodes/{episode['id']}"
    heard = house.member.send("PUT", f"{path}/heard", {"heard": True}).json
    assert heard is not None and (heard["heard"], heard["state"], heard["media_id"]) == (True, "here", media.id)
    assert heard["progress"]["finished"] and heard["progress"]["position"] == 60.0
    unheard = house.member.send("PUT", f"{path}/heard", {"heard": False}).json
    assert unheard is not None and (unheard["heard"], unheard["progress"]) == (False, None)
    starred = house.member.send("PUT", f"{path}/star", {"starred": True}).json
    assert starred is not None and starred["starred"]
    assert error_of(house.member.send("PUT", f"{path}/heard", {"heard": "yes"}))[0] == 400


def test_a_transcript_is_text_and_nothing_else(house: House, host: Host) -> None:
    podcast = follow(house, host)
    (episode,) = episodes(house, podcast)
    path = f"/api/episodes/{episode['id']}/transcript"
    assert error_of(house.member.get(path)) == (404, "not_found")
    library = house.state.library_of_kind(LibraryKind.PODCASTS)
    media = house.state.add_media(
        NewMedia(MediaType.PODCAST, library.id, MediaNames("One"), MediaFile("podcasts/a.mp3", 1, 1, 1, "mp3", 1))
    )
    house.state.link_episode(episode["id"], media.id, "podcasts/a.vtt")
    assert error_of(house.member.get(path)) == (404, "not_found")
    file = house.settings.media_root / "podcasts" / "a.vtt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("WEBVTT\n")
    response = house.member.get(path)
    assert (response.text, response.content_type) == ("WEBVTT\n", "text/vtt; charset=utf-8")
    assert "sandbox" in response.headers["Content-Security-Policy"]


def test_the_picture_of_a_podcast(house: House, host: Host) -> None:
    written = io.BytesIO()
    Image.new("RGB", (900, 900), "teal").save(written, "PNG")
    host.pages["/cover.png"] = page(written.getvalue())
    podcast = follow(house, host, channel="<itunes:image href='/cover.png'/>")
    assert podcast["has_image"]
    path = f"/api/podcasts/{podcast['id']}/image"
    response = house.member.get(f"{path}?width=342")
    assert response.mimetype == "image/webp" and Image.open(io.BytesIO(response.data)).width == 342
    assert house.member.get(path, headers={"If-None-Match": response.headers["ETag"]}).status_code == 304
    assert error_of(house.member.get(f"{path}?width=5000"))[0] == 400
    assert error_of(house.kid.get(path))[0] == 404
    assert episodes(house, podcast)[0]["image"] == path


def test_what_fails_is_told_to_the_person(house: House, host: Host) -> None:
    for status, sentence in ((404, "nothing at this address"), (429, "less often"), (500, "status 500")):
        host.pages["/feed.xml"] = page(b"", status)
        response = house.member.send("POST", "/api/podcasts", {"url": host.url + "/feed.xml"})
        assert response.status_code in (400, 404) and sentence in response.text
    host.pages["/feed.xml"] = redirect("/feed.xml")
    assert "redirects more than" in house.member.send("POST", "/api/podcasts", {"url": host.url + "/feed.xml"}).text
