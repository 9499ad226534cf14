"""Artists, and what albums are: their names, their tags and their loudness, for those who may see them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from media_library.config import Services
from media_library.models.job import JobKind
from media_library.models.media import Media
from media_library.models.music import Loudness, TrackFacts
from tests.fixtures.music import write_track
from tests.internet.music import MusicWorld, Release, Track, mbid, music_world
from tests.routes.house import House, error_of
from tests.routes.test_library import everything

ALBUM = Release("waves", "Waves", "Ada", ((Track("One", 60.0), Track("Two", 60.0)),), date="1999")


def album(house: House, *, artist: str = "Ada", title: str = "Waves", tracks: int = 2) -> tuple[str, list[Media]]:
    made = [house.track(artist, title, number) for number in range(1, tracks + 1)]
    groups: Any = house.admin.get("/api/albums").json
    return next(one["key"] for one in groups["items"] if one["title"] == title), made


@pytest.fixture
def world() -> Iterator[MusicWorld]:
    with music_world() as running:
        yield running


@pytest.fixture
def served(tmp_path: Path, world: MusicWorld) -> Iterator[House]:
    """A house that asks the stand-ins of the services."""
    addresses = Services(musicbrainz_url=world.url, cover_art_url=world.url, acoustid_url="")
    house = House(tmp_path / "served", services=addresses)
    yield house
    house.close()


def test_artists_are_listed_by_name_with_their_albums(house: House) -> None:
    album(house, artist="Zoe", title="Last")
    album(house, artist="Ada", title="Waves")
    album(house, artist="Ada", title="Tides")
    found = everything(house.member, "/api/artists")
    assert [(one["kind"], one["title"], one["count"]) for one in found] == [("artist", "Ada", 2), ("artist", "Zoe", 1)]
    page: Any = house.member.get(f"/api/artists/{found[0]['key']}").json
    assert (page["name"], [one["title"] for one in page["albums"]], page["appears_on"]) == (
        "Ada",
        ["Tides", "Waves"],
        [],
    )


def test_nobody_sees_the_artists_of_a_library_that_they_may_not_see(house: House) -> None:
    key, _ = album(house)
    artist = house.member.get("/api/artists").json["items"][0]["key"]  # type: ignore[index]
    kid: Any = house.kid.get("/api/artists").json
    assert (kid["count"], kid["items"]) == (0, [])
    for path in (f"/api/artists/{artist}", f"/api/albums/{key}/loudness"):
        assert house.kid.get(path).status_code == 404
        assert house.stranger.get(path).status_code == 401


@pytest.mark.parametrize("key", ["00", "zz", "ff" * 8, "61" * 3000, "2e2e2f", "%00"])
def test_a_key_that_is_none_is_no_artist(house: House, key: str) -> None:
    album(house)
    assert house.member.get(f"/api/artists/{key}").status_code == 404


def test_correcting_an_album_locks_its_names_and_moves_what_is_known_of_it(house: House) -> None:
    key, tracks = album(house)
    house.state.put_work_pending([f"album:{key}"])
    answer = house.member.send("PATCH", f"/api/albums/{key}", {"title": "Wellen", "artist": "Ada B.", "year": 2001})
    new_key = answer.json["key"]  # type: ignore[index]
    assert new_key != key
    for track in tracks:
        media = house.state.media(track.id)
        assert (media.names.album, media.names.album_artist, media.names.year) == ("Wellen", "Ada B.", 2001)
        assert {"album", "album_artist", "year"} <= media.locked
    assert house.state.work(f"album:{key}") is None
    assert house.state.work(f"album:{new_key}") is not None
    assert house.member.get(f"/api/albums/{new_key}").status_code == 200


@pytest.mark.parametrize("wrong", [{}, {"title": ""}, {"year": 0}, {"year": "1999"}, {"x": 1}, {"title": "a\nb"}])
def test_a_correction_that_is_none_is_refused(house: House, wrong: dict[str, object]) -> None:
    key, _ = album(house)
    assert house.member.send("PATCH", f"/api/albums/{key}", wrong).status_code == 400


def test_strangers_and_kids_change_nothing(house: House) -> None:
    key, tracks = album(house)
    for method, path, body in (
        ("PATCH", f"/api/albums/{key}", {"title": "x"}),
        ("POST", f"/api/albums/{key}/identify", {}),
        ("POST", f"/api/albums/{key}/tags", {}),
        ("POST", "/api/loudness", {}),
    ):
        assert house.stranger.send(method, path, body).status_code in (401, 403)
        assert house.kid.send(method, path, body).status_code == 403
    assert house.state.media(tracks[0].id).names.album == "Waves"


def test_an_album_that_is_not_there_is_404(house: House) -> None:
    for method, path, body in (
        ("PATCH", "/api/albums/none", {"title": "x"}),
        ("POST", "/api/albums/none/identify", {}),
        ("GET", "/api/albums/none/tags", None),
        ("POST", "/api/albums/none/tags", {}),
        ("GET", "/api/albums/none/loudness", None),
        ("POST", "/api/loudness", {"album_key": "none"}),
        ("POST", "/api/loudness", {"media_ids": ["none"]}),
    ):
        assert house.member.send(method, path, body).status_code == 404, path


def test_loudness_is_told_for_the_album_and_its_tracks(house: House) -> None:
    key, tracks = album(house)
    house.state.put_loudness(tracks[0].id, Loudness(-10.0, -8.0, 0.9, 1, -7.5, 0.95))
    found: Any = house.member.get(f"/api/albums/{key}/loudness").json
    assert (found["album_gain_db"], found["album_peak"]) == (-7.5, 0.95)
    assert found["tracks"] == [
        {"media_id": tracks[0].id, "gain_db": -8.0, "peak": 0.9},
        {"media_id": tracks[1].id, "gain_db": None, "peak": None},
    ]
    job = house.member.send("POST", "/api/loudness", {"album_key": key})
    assert (job.status_code, job.json["kind"]) == (202, JobKind.LOUDNESS)  # type: ignore[index]
    again = house.member.send("POST", "/api/loudness", {"album_key": key})
    assert again.json["id"] == job.json["id"]  # type: ignore[index]


def test_tags_are_shown_before_they_are_written(house: House) -> None:
    key, tracks = album(house)
    for track in tracks:
        assert track.file is not None
        file = house.services.media_root.path(track.file.path)
        write_track(file.with_suffix(".flac"), seconds=1, tags={"title": "Old", "artist": "Ada"}).replace(file)
    house.state.put_track_facts(tracks[0].id, TrackFacts(release_id=mbid("release")))
    found: Any = house.member.get(f"/api/albums/{key}/tags").json
    assert [one["media_id"] for one in found["tracks"]] == [one.id for one in tracks]
    first = {one["tag"]: (one["from"], one["to"]) for one in found["tracks"][0]["changes"]}
    if found["tracks"][0]["writable"]:
        assert first["TITLE"] == ("Old", tracks[0].names.title)
        assert first["MUSICBRAINZ_ALBUMID"] == (None, mbid("release"))
    else:
        assert found["tracks"][0]["problem"]
    job = house.member.send("POST", f"/api/albums/{key}/tags", {})
    assert (job.status_code, job.json["kind"]) == (202, JobKind.TAGS)  # type: ignore[index]


def test_an_album_is_what_a_person_says(served: House, world: MusicWorld) -> None:
    world.add(ALBUM)
    key, tracks = album(served, title="Wavs")
    found: Any = served.member.send("POST", f"/api/albums/{key}/identify", {"title": "waves", "artist": "ada"}).json
    [candidate] = found["candidates"]
    assert (candidate["id"], candidate["source"], candidate["tracks"]) == (ALBUM.id, "musicbrainz", 2)
    assert candidate["picture"] == f"/api/candidates/musicbrainz/{ALBUM.id}/picture"
    done: Any = served.member.send("POST", f"/api/albums/{key}/identify", {"release_id": ALBUM.id}).json
    assert done["state"] == "confirmed" and done["key"] != key
    media = served.state.media(tracks[0].id)
    assert (media.names.album, media.names.title, media.names.year) == ("Waves", "One", 1999)


def test_a_service_that_is_not_there_is_said_as_that(served: House, world: MusicWorld) -> None:
    key, _ = album(served)
    world.faults["/ws/2/"] = (200, {}, b"<!doctype html>")
    answer = served.member.send("POST", f"/api/albums/{key}/identify", {"release_id": ALBUM.id})
    assert error_of(answer) == (502, "service_failed")
    assert "MusicBrainz" in answer.text


def test_the_review_page_previews_applies_and_takes_back_albums(served: House, world: MusicWorld) -> None:
    world.add(ALBUM)
    key, tracks = album(served, title="Wavs")
    served.state.put_work_pending([f"album:{key}"])
    choice = {"source": "musicbrainz", "id": ALBUM.id}
    preview: Any = served.member.send("POST", f"/api/works/album:{key}/preview", choice).json
    assert {"field": "album", "from": "Wavs", "to": "Waves", "locked": False} in preview["changes"]
    assert [one["to"] for one in preview["episodes"]] == ["One", "Two"]
    applied: Any = served.member.send("POST", f"/api/works/album:{key}/apply", choice).json["work"]  # type: ignore[index]
    assert (applied["state"], applied["title"], applied["ids"]["musicbrainz"]) == ("confirmed", "Waves", ALBUM.id)
    shown: Any = served.member.get(f"/api/albums/{applied['key'].partition(':')[2]}/work").json
    assert (shown["year"], shown["genres"]) == (1999, ["alternative rock", "rock"])
    undone: Any = served.member.send("POST", f"/api/works/album:{key}/undo", {}).json["work"]  # type: ignore[index]
    assert (undone["key"], undone["state"]) == (f"album:{key}", "review")
    assert served.state.media(tracks[0].id).names.album == "Wavs"
    answer = served.member.send("POST", f"/api/works/album:{key}/undo", {})
    assert error_of(answer) == (409, "conflict")


def names_of(house: House, tracks: list[Media]) -> list[dict[str, Any]]:
    """All that is known of the names of tracks, with what is locked."""
    fields = ("title", "artist", "album", "year", "track_number", "locked", "album_key")
    return [{name: house.member.get(f"/api/media/{one.id}").json[name] for name in fields} for one in tracks]  # type: ignore[index]


def test_a_correction_of_an_album_is_taken_back_with_all_names_and_locks(house: House) -> None:
    key, tracks = album(house)
    house.member.send("PATCH", f"/api/media/{tracks[0].id}/metadata", {"year": 1998})
    assert house.member.send("PUT", f"/api/works/album:{key}/tags", {"tags": ["mine"]}).status_code == 200
    before = names_of(house, tracks)
    wish = {"title": "Wellen", "artist": "Ada B.", "year": 2001}
    done: Any = house.member.send("PATCH", f"/api/albums/{key}", wish).json
    assert names_of(house, tracks) != before and done["key"] != key
    back = house.member.send("POST", "/api/albums/undo", done["undo"])
    assert (back.status_code, back.json) == (200, {"key": key})
    assert names_of(house, tracks) == before
    assert house.member.get(f"/api/albums/{key}/work").json["tags"] == ["mine"]  # type: ignore[index]
    assert house.member.get(f"/api/albums/{done['key']}").status_code == 404


def test_albums_that_a_correction_made_one_come_apart_again(house: House) -> None:
    key, tracks = album(house, title="Waves")
    other, others = album(house, title="Tides")
    for one, tag in ((key, "wet"), (other, "moon")):
        house.member.send("PUT", f"/api/works/album:{one}/tags", {"tags": [tag]})
    before = names_of(house, [*tracks, *others])
    done: Any = house.member.send("PATCH", f"/api/albums/{key}", {"title": "Tides"}).json
    assert done["key"] == other
    assert house.member.send("POST", "/api/albums/undo", done["undo"]).status_code == 200
    assert names_of(house, [*tracks, *others]) == before
    tags = [house.member.get(f"/api/albums/{one}/work").json["tags"] for one in (key, other)]  # type: ignore[index]
    assert tags == [["wet"], ["moon"]]


def test_only_tracks_that_one_sees_are_put_back(house: House) -> None:
    key, tracks = album(house)
    done: Any = house.member.send("PATCH", f"/api/albums/{key}", {"title": "Wellen"}).json
    undo = done["undo"]
    for who in (house.kid, house.stranger):
        assert who.send("POST", "/api/albums/undo", undo).status_code in (401, 403)
    film = house.film("Film")
    first = undo["tracks"][0]
    for media_id, status in (("none", 404), (film.id, 400)):
        wrong = undo | {"tracks": [*undo["tracks"][1:], first | {"media_id": media_id}]}
        assert error_of(house.member.send("POST", "/api/albums/undo", wrong))[0] == status
    assert {one["album"] for one in names_of(house, tracks)} == {"Wellen"}, "all of it or nothing"
    locks = [one | {"locked": ["title", "year"]} for one in undo["tracks"]]
    assert house.member.send("POST", "/api/albums/undo", undo | {"tracks": locks}).status_code == 200
    assert [one["locked"] for one in names_of(house, tracks)] == [["year"], ["year"]], "no other name is locked by it"
