"""The timeline of an item: who may see it, who may mark it, and what is believed."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image

from media_library.models.media import Chapter, Media, Streams
from media_library.models.timeline import Marker, MarkerKind, MarkerSource, Trickplay, TrickplayGrid, TrickplayState
from media_library.services.trickplay_sheets import TrickplaySheets
from tests.routes.house import House, Somebody, error_of


def timeline(who: Somebody, path: str, method: str = "GET", body: object = None) -> dict[str, Any]:
    """What the browser of somebody gets."""
    answer: dict[str, Any] | None = who.send(method, path, body).json
    assert answer is not None
    return answer


def with_sheet(house: House, media: Media) -> str:
    """Give an item one sheet; its address."""
    sheets = TrickplaySheets(house.settings)
    folder = sheets.workplace()
    Image.new("RGB", (320, 180), "red").save(folder / "1.jpg")
    size = sheets.keep(media.id, folder, 1)
    grid = TrickplayGrid(10_000, 320, 180, 1, 1, 1)
    house.state.put_trickplay(Trickplay(media.id, "a-b", TrickplayState.READY, None, grid, size))
    address: str = timeline(house.admin, f"/api/media/{media.id}/timeline")["trickplay"]["sheets"][0]
    return address


def test_a_sheet_is_kept_by_browsers_for_ever_under_the_tag_of_its_file(house: House) -> None:
    address = with_sheet(house, house.film("Film"))
    assert address.endswith("/1.webp?tag=a-b")
    answer = house.kid.get(address)
    assert answer.mimetype == "image/webp" and answer.data[8:12] == b"WEBP"
    assert "immutable" in answer.headers["Cache-Control"] and "sandbox" in answer.headers["Content-Security-Policy"]
    again = house.kid.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "no-cache" in house.kid.get(address.partition("?")[0]).headers["Cache-Control"]


def test_a_kid_sees_no_previews_of_what_was_not_granted(house: House) -> None:
    media = house.episode("Show", 1, 1)
    address = with_sheet(house, media)
    assert error_of(house.kid.get(address)) == (404, "not_found")
    assert error_of(house.kid.get(f"/api/media/{media.id}/timeline")) == (404, "not_found")
    assert house.member.get(address).status_code == 200


@pytest.mark.parametrize("number", ["0", "2", "999999999999", "-1", "1.5", "x", "..%2f1"])
def test_no_other_sheet_is_found(house: House, number: str) -> None:
    address = with_sheet(house, house.film("Film"))
    other = address.partition("?")[0].replace("/1.webp", f"/{number}.webp")
    assert error_of(house.member.get(other))[0] == 404


def test_a_person_is_believed_before_chapters_and_chapters_before_the_sound(house: House) -> None:
    media = house.film("Film")
    streams = Streams(chapters=(Chapter("Intro", 5_000, 15_000), Chapter("One", 15_000, 60_000)))
    house.state._change("UPDATE media SET streams = ? WHERE id = ?", (_json(streams), media.id))
    house.state.put_markers_by_sound(
        media.id,
        [
            Marker(MarkerKind.INTRO, 6_000, 16_000, MarkerSource.SOUND),
            Marker(MarkerKind.CREDITS, 50_000, 60_000, MarkerSource.SOUND),
        ],
    )
    path = f"/api/media/{media.id}"
    intro = {"kind": "intro", "start": 5.0, "end": 15.0, "source": "chapter"}
    credits_ = {"kind": "credits", "start": 50.0, "end": 60.0, "source": "sound"}
    assert timeline(house.kid, f"{path}/timeline")["markers"] == [intro, credits_]
    told = {"markers": [{"kind": "recap", "start": 0, "end": 4.5}]}
    by_hand = {"kind": "recap", "start": 0.0, "end": 4.5, "source": "hand"}
    assert timeline(house.member, f"{path}/markers", "PUT", told)["markers"] == [by_hand]
    house.state.put_markers_by_sound(media.id, [Marker(MarkerKind.INTRO, 1, 9_000, MarkerSource.SOUND)])
    assert timeline(house.kid, f"{path}/timeline")["markers"] == [by_hand]
    assert timeline(house.member, f"{path}/markers", "PUT", {"markers": []})["markers"] == []
    assert timeline(house.kid, f"{path}/timeline")["markers"] == []
    assert timeline(house.member, f"{path}/markers", "DELETE")["markers"] == [intro]


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [("intro", 9, 9), ("intro", 9, 3), ("intro", 0, 70), ("intro", -1, 3), ("advert", 0, 3), ("none", 0, 0)],
)
def test_a_part_that_cannot_be_is_refused(house: House, kind: str, start: float, end: float) -> None:
    """A film of one minute."""
    media = house.film("Film")
    told = {"markers": [{"kind": kind, "start": start, "end": end}]}
    assert error_of(house.member.send("PUT", f"/api/media/{media.id}/markers", told)) == (400, "bad_request")
    assert timeline(house.member, f"/api/media/{media.id}/timeline")["markers"] == []


def test_the_same_part_twice_and_music_are_refused(house: House) -> None:
    part = {"kind": "intro", "start": 1, "end": 3}
    film, track = house.film("Film"), house.track("Artist", "Album", 1)
    twice = house.member.send("PUT", f"/api/media/{film.id}/markers", {"markers": [part, {**part, "end": 4}]})
    assert error_of(twice) == (400, "bad_request")
    music = house.member.send("PUT", f"/api/media/{track.id}/markers", {"markers": [part]})
    assert error_of(music) == (400, "bad_request")


def test_a_kid_marks_nothing(house: House) -> None:
    film = house.film("Film")
    answer = house.kid.send("PUT", f"/api/media/{film.id}/markers", {"markers": []})
    assert error_of(answer) == (403, "forbidden")


def _json(streams: Streams) -> str:
    return msgspec.json.encode(streams).decode()


def test_sheets_lie_apart_for_each_item(house: House, tmp_path: Path) -> None:
    one, two = house.film("One"), house.film("Two")
    with_sheet(house, one)
    assert error_of(house.member.get(f"/api/media/{two.id}/trickplay/1.webp"))[0] == 404
