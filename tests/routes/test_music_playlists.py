"""Music playlists over HTTP: imported from files and pages, matched with the library, decided by people."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from media_library.config import Services
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.preferences import DownloadPreferences
from media_library.models.user import Role
from media_library.web_server import create_web
from tests.adapters.host import Host, page, web_host
from tests.routes.house import House, Somebody, error_of

LIST = "37i9dQZF1EVHGWrwldPRtj"
CSV = "Title,Artist,ISRC\nBohemian Rhapsody,Queen,\nHello,Adele,GBBKS1500214\nNowhere,Nobody,\n"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = House(tmp_path)
    yield house
    house.close()


@pytest.fixture
def spotify() -> Iterator[Host]:
    with web_host() as host:
        yield host


def said(response: TestResponse) -> Any:
    """The JSON of an answer."""
    return response.json


def song(house: House, title: str, artist: str, album: str = "Album") -> Media:
    names = MediaNames(title, artist=artist, album=album)
    return house.add(MediaType.TRACK, names, f"{artist}/{album}/{title}.flac", title.encode())


def imported(somebody: Somebody, content: str = CSV, name: str = "mix.csv") -> Any:
    response = somebody.send("POST", "/api/import/playlist", {"name": name, "content": content})
    assert response.status_code == 200, response.text
    return response.json


def tracks(somebody: Somebody, collection: str) -> list[dict[str, Any]]:
    response = somebody.get(f"/api/collections/{collection}/tracks")
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = said(response)["tracks"]
    return found


def states(somebody: Somebody, collection: str) -> dict[str, str]:
    return {track["title"]: track["state"] for track in tracks(somebody, collection)}


def embed(*names: tuple[str, str]) -> bytes:
    listed = [
        {"title": title, "subtitle": artist, "uri": "spotify:track:x", "duration": 60_000} for title, artist in names
    ]
    data = {"props": {"pageProps": {"state": {"data": {"entity": {"name": "Chill", "trackList": listed}}}}}}
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'.encode()


def test_a_file_becomes_a_playlist_whose_tracks_are_found(house: House) -> None:
    queen = song(house, "Bohemian Rhapsody - Remastered 2011", "Queen")
    added = imported(house.admin)
    assert (added["job"], added["existing"]) == (None, False)
    found = tracks(house.admin, added["collection_id"])
    assert [(one["state"], one["media_id"]) for one in found] == [
        ("certain", queen.id),
        ("none", None),
        ("none", None),
    ]
    (candidate,) = found[0]["candidates"]
    assert (candidate["media_id"], candidate["artist"], candidate["score"]) == (queen.id, "Queen", 100.0)
    seen = said(house.admin.get(f"/api/collections/{added['collection_id']}"))
    assert (seen["title"], seen["kind"], seen["count"], seen["here_count"]) == ("mix", "music", 3, 1)
    entries = said(house.admin.get(f"/api/collections/{added['collection_id']}/items"))["items"]
    assert [entry["media"]["id"] for entry in entries] == [queen.id]


def test_music_that_arrives_later_is_found(house: House) -> None:
    found = imported(house.admin)["collection_id"]
    song(house, "Hello", "Adele")
    assert states(house.admin, found)["Hello"] == "none"
    matched = said(house.admin.send("POST", f"/api/collections/{found}/match", {}))["tracks"]
    assert [track["state"] for track in matched] == ["none", "certain", "none"]


def test_what_a_person_decides_stays(house: House) -> None:
    found = imported(house.admin)["collection_id"]
    queen, other = song(house, "Bohemian Rhapsody", "Queen"), song(house, "Something", "Else")
    path = f"/api/collections/{found}/tracks"
    decided = said(house.admin.send("PUT", f"{path}/0", {"media_id": other.id}))
    assert (decided["state"], decided["media_id"]) == ("confirmed", other.id)
    assert said(house.admin.send("PUT", f"{path}/1", {"media_id": None}))["state"] == "rejected"
    song(house, "Hello", "Adele")
    house.admin.send("POST", f"/api/collections/{found}/match", {})
    again = imported(house.admin, CSV + "New,One,\n")
    assert (again["existing"], again["collection_id"]) == (True, found)
    assert states(house.admin, found) == {
        "Bohemian Rhapsody": "confirmed",
        "Hello": "rejected",
        "Nowhere": "none",
        "New": "none",
    }
    house.state.bin_media(other.id)
    house.state.remove_media(other.id)
    house.admin.send("POST", f"/api/collections/{found}/match", {})
    assert tracks(house.admin, found)[0]["media_id"] == queen.id


@pytest.mark.parametrize("position", ["9", "x", "-1", "99999999999", "1.0", "%31"])
def test_a_track_that_is_not_there_cannot_be_decided(house: House, position: str) -> None:
    found = imported(house.admin)["collection_id"]
    response = house.admin.send("PUT", f"/api/collections/{found}/tracks/{position}", {"media_id": None})
    assert response.status_code == (200 if position == "%31" else 404)


def test_only_a_track_that_one_may_see_can_be_chosen(house: House) -> None:
    found = imported(house.admin)["collection_id"]
    path = f"/api/collections/{found}/tracks/0"
    assert error_of(house.admin.send("PUT", path, {"media_id": "x"}))[0] == 404
    assert error_of(house.admin.send("PUT", path, {"media_id": house.film("A").id}))[0] == 409
    some = house.person("emil", Role.MEMBER, [LibraryKind.MOVIES])
    own = imported(some)["collection_id"]
    hidden = song(house, "Bohemian Rhapsody", "Queen")
    assert error_of(some.send("PUT", f"/api/collections/{own}/tracks/0", {"media_id": hidden.id}))[0] == 404
    some.send("POST", f"/api/collections/{own}/match", {})
    assert (
        states(some, own)["Bohemian Rhapsody"] == "none"
        and hidden.id not in some.get(f"/api/collections/{own}/tracks").text
    )
    assert states(house.admin, own)["Bohemian Rhapsody"] == "certain"


def test_another_list_of_the_same_name_is_another_playlist(house: House) -> None:
    first = imported(house.admin)["collection_id"]
    second = imported(house.admin, "Title,Artist\nOther,A\nSongs,B\n")
    assert second["collection_id"] != first and not second["existing"]
    assert imported(house.member)["collection_id"] != first


def test_a_kid_hears_a_playlist_only_if_music_was_granted(house: House) -> None:
    queen = song(house, "Bohemian Rhapsody", "Queen")
    found = imported(house.admin)["collection_id"]
    assert error_of(house.kid.get(f"/api/collections/{found}"))[0] == 404
    music = house.person("finn", Role.KID, [LibraryKind.MUSIC])
    page_of_kid = said(music.get(f"/api/collections/{found}/items"))
    assert [entry["media"]["id"] for entry in page_of_kid["items"]] == [queen.id]
    assert said(music.get(f"/api/collections/{found}"))["count"] == 1
    assert error_of(music.get(f"/api/collections/{found}/tracks"))[0] == 403
    assert error_of(music.send("POST", "/api/import/playlist", {"name": "x", "content": CSV}))[0] == 403
    assert error_of(house.stranger.get(f"/api/collections/{found}/tracks"))[0] == 401


def test_threat_120_an_m3u_finds_files_of_the_library_and_nothing_else(house: House) -> None:
    own = song(house, "Odd Name", "Nobody")
    film = house.film("Film")
    root = house.settings.media_root
    assert own.file is not None and film.file is not None
    (root / "outside.mp3").write_bytes(b"x")
    paths = [
        f"{root}/{own.file.path}",
        own.file.path.removeprefix("music/"),
        f"music/../{own.file.path}",
        "/etc/passwd.mp3",
        f"{root}/../../etc/passwd.mp3",
        f"{root}/{film.file.path}.mp3",
        f"{root}/outside.mp3",
        "../../../../outside.mp3",
    ]
    content = "#EXTM3U\n#EXTALBUMARTURL:file:///etc/passwd\n" + "".join(
        f"#EXTINF:1,Somebody - Title {number}\n{path}\n" for number, path in enumerate(paths)
    )
    found = imported(house.admin, content, "x.m3u8")["collection_id"]
    assert [one["media_id"] for one in tracks(house.admin, found)] == [own.id] * 3 + [None] * 5
    some = house.person("emil", Role.MEMBER, [LibraryKind.MOVIES])
    other = imported(some, content, "y.m3u8")["collection_id"]
    assert {one["media_id"] for one in tracks(house.admin, other)} == {None}
    assert "passwd" not in house.admin.get(f"/api/collections/{found}/tracks").text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", "nothing"),
        ("x.m3u", ""),
        ("x.xspf", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><playlist>&b;</playlist>"),
        ("x.jspf", "{" * 10_000),
    ],
)
def test_a_file_that_is_no_playlist_is_refused(house: House, name: str, content: str) -> None:
    response = house.admin.send("POST", "/api/import/playlist", {"name": name, "content": content})
    assert error_of(response)[0] == 400 and said(response)["error"]["field"] == "content"


def test_a_playlist_leaves_as_a_file(house: House) -> None:
    queen = song(house, "Bohemian Rhapsody", "Queen")
    found = imported(house.admin, CSV.replace("Nowhere", "=1+1"))["collection_id"]
    assert queen.file is not None
    m3u = house.admin.get(f"/api/collections/{found}/export")
    assert queen.file.path in m3u.text and "attachment" in m3u.headers["Content-Disposition"]
    table = house.admin.get(f"/api/collections/{found}/export?format=csv")
    assert "'=1+1,Nobody" in table.text and table.mimetype == "text/csv"
    assert said(house.admin.get(f"/api/collections/{found}/export?format=jspf"))["playlist"]["title"] == "mix"
    assert error_of(house.admin.get(f"/api/collections/{found}/export?format=exe"))[0] == 400
    assert error_of(house.kid.get(f"/api/collections/{found}/export"))[0] == 403


def test_a_list_of_spotify_is_imported_and_brought_up_to_date(house: House, spotify: Host) -> None:
    house.state.change_download_preferences(DownloadPreferences(allowed_hosts=(spotify.authority,)))
    settings = replace(house.settings, services=Services(spotify_url=spotify.url))
    ann = Somebody(create_web(house.state, settings), house.admin.session, origin=house.admin.origin)
    song(house, "One", "A")
    spotify.pages[f"/embed/playlist/{LIST}"] = page(embed(("One", "A"), ("Two", "B")))
    url = f"https://open.spotify.com/playlist/{LIST}?si=x"
    added = ann.send("POST", "/api/import/playlist", {"url": url})
    assert added.status_code == 200, added.text
    found = said(added)["collection_id"]
    assert states(ann, found) == {"One": "certain", "Two": "none"}
    spotify.pages[f"/embed/playlist/{LIST}"] = page(embed(("Three", "C"), ("One", "A")))
    again = ann.send("POST", f"/api/collections/{found}/refresh", {})
    assert said(again)["existing"] and states(ann, found) == {"Three": "none", "One": "certain"}
    once_more = ann.send("POST", "/api/import/playlist", {"url": f"spotify:playlist:{LIST}"})
    assert (said(once_more)["existing"], said(once_more)["collection_id"]) == (True, found)
    spotify.pages[f"/embed/playlist/{LIST}"] = page(b"<html>another page</html>")
    failed = ann.send("POST", f"/api/collections/{found}/refresh", {})
    assert error_of(failed)[0] == 400 and "CSV" in failed.text
    assert states(ann, found) == {"Three": "none", "One": "certain"}


def test_a_decision_is_taken_back_to_what_was_found(house: House) -> None:
    queen, other = song(house, "Bohemian Rhapsody", "Queen"), song(house, "Something", "Else")
    found = imported(house.admin)["collection_id"]
    path = f"/api/collections/{found}/tracks"
    before = tracks(house.admin, found)
    house.admin.send("PUT", f"{path}/0", {"media_id": other.id})
    house.admin.send("PUT", f"{path}/1", {"media_id": None})
    assert [one["state"] for one in tracks(house.admin, found)] == ["confirmed", "rejected", "none"]
    for one in before:
        back = {name: one[name] for name in ("media_id", "state", "score")}
        assert said(house.admin.send("PUT", f"{path}/{one['position']}", back)) == one
    assert tracks(house.admin, found) == before and before[0]["media_id"] == queen.id
    wrong = {"media_id": None, "state": "none", "score": 101}
    assert error_of(house.admin.send("PUT", f"{path}/0", wrong))[0] == 400
