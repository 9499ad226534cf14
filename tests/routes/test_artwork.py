"""Pictures over HTTP: one's own, those of services, and none that could do harm."""

import io
import os
import random
import struct
import time
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from media_library.models.artwork import ArtworkSource
from media_library.models.media import Media, MediaNames, MediaType
from tests.routes.house import House, Somebody, error_of


def picture(colour: str = "teal", size: tuple[int, int] = (60, 90), kind: str = "PNG", **more: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind, **more)
    return written.getvalue()


def put(who: Somebody, media: Media, content: bytes, kind: str = "poster") -> Any:
    return sent(who, f"/api/media/{media.id}/artwork?kind={kind}", content)


def sent(who: Somebody, path: str, content: bytes) -> Any:
    return who.send("POST", path, data=content, content_type="application/octet-stream")


def shown(who: Somebody, media: Media) -> dict[str, dict[str, Any]]:
    pictures = who.get(f"/api/media/{media.id}/artwork").get_json()["pictures"]
    return {one["kind"]: one for one in pictures}


def colour_of(answer: Any) -> tuple[int, ...]:
    with Image.open(io.BytesIO(answer.data)) as found:
        pixel = found.convert("RGB").getpixel((5, 5))
    assert isinstance(pixel, tuple)
    return tuple(round(part / 64) for part in pixel)


def test_an_own_picture_is_shown_at_once(house: House) -> None:
    film = house.film("Film")
    for kind in ("poster", "still", "backdrop"):
        assert put(house.member, film, picture(), kind).status_code == 200
        answer = house.member.get(f"/api/poster/{film.id}?kind={kind}&w=1280")
        assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    found = shown(house.member, film)
    assert set(found) == {"poster", "still", "backdrop"}
    assert (found["poster"]["source"], found["poster"]["width"], found["poster"]["height"]) == ("own", 60, 90)
    card = house.member.get(f"/api/media/{film.id}").get_json()
    assert card["artwork"] | {"placeholder": None} == {
        "poster": True, "still": True, "backdrop": True, "placeholder": None,
    }  # fmt: skip
    assert card["artwork"]["placeholder"] == found["poster"]["placeholder"]


def test_a_placeholder_is_a_tiny_picture_of_at_most_400_bytes(house: House) -> None:
    film = house.film("Film")
    noise = Image.frombytes("RGB", (300, 450), random.Random(1).randbytes(300 * 450 * 3))
    written = io.BytesIO()
    noise.save(written, "PNG")
    put(house.member, film, written.getvalue())
    placeholder = shown(house.member, film)["poster"]["placeholder"]
    assert placeholder.startswith("data:image/webp;base64,") and len(placeholder) <= 400


def test_no_identification_replaces_an_own_picture(house: House) -> None:
    film = house.film("Film")
    covers = house.services.covers
    covers.put(film.id, picture("blue"), "poster", source=ArtworkSource.SERVICE)
    put(house.member, film, picture("red"))
    for source in (ArtworkSource.SERVICE, ArtworkSource.FILE, ArtworkSource.FRAME):
        assert covers.put(film.id, picture("lime"), "poster", source=source), "there is a picture"
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (4, 0, 0)
    put(house.member, film, picture("yellow"))
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (4, 4, 0)


def test_the_picture_before_ones_own_comes_back(house: House) -> None:
    film = house.film("Film")
    house.services.covers.put(film.id, picture("blue"), "poster", source=ArtworkSource.SERVICE)
    put(house.member, film, picture("red"))
    put(house.member, film, picture("yellow"))
    remove = f"/api/media/{film.id}/artwork?kind=poster"
    assert house.member.send("DELETE", remove).status_code == 204
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (0, 0, 4)
    assert shown(house.member, film)["poster"]["source"] == "service"
    assert house.member.send("DELETE", remove).status_code == 204
    assert house.member.get(f"/api/poster/{film.id}").status_code == 404
    assert error_of(house.member.send("DELETE", remove))[0] == 404
    assert shown(house.member, film) == {}
    left = [one.name for one in (house.settings.data_directory / "artwork").iterdir()]
    assert left == ["before"], "nothing but what an undo brings back"


def test_a_shared_picture_leaves_an_own_one_alone(house: House) -> None:
    first, second = house.track("Ada", "Songs", 1), house.track("Ada", "Songs", 2)
    covers = house.services.covers
    covers.put(first.id, picture("blue"))
    assert covers.share(first.id, second.id)
    assert colour_of(house.member.get(f"/api/poster/{second.id}")) == (0, 0, 4)
    put(house.member, second, picture("red"))
    assert colour_of(house.member.get(f"/api/poster/{first.id}")) == (0, 0, 4), "what was shared is not touched"
    covers.share(first.id, second.id)
    assert colour_of(house.member.get(f"/api/poster/{second.id}")) == (4, 0, 0)


def test_what_lay_beside_the_files_stays_when_a_service_has_another(house: House) -> None:
    film = house.film("Film")
    covers = house.services.covers
    covers.put(film.id, picture("blue"), "poster", source=ArtworkSource.SERVICE)
    covers.put(film.id, picture("red"), "poster", source=ArtworkSource.FILE)
    covers.put(film.id, picture("lime"), "poster", source=ArtworkSource.SERVICE)
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (4, 0, 0)


def test_a_frame_takes_the_place_of_nothing_else(house: House) -> None:
    film = house.film("Film")
    covers = house.services.covers
    covers.put(film.id, picture("blue"), "still", source=ArtworkSource.FRAME)
    covers.put(film.id, picture("red"), "still", source=ArtworkSource.SERVICE)
    covers.put(film.id, picture("lime"), "still", source=ArtworkSource.FRAME)
    assert colour_of(house.member.get(f"/api/still/{film.id}")) == (4, 0, 0)


def test_a_kid_sees_pictures_and_changes_none(house: House) -> None:
    film, episode = house.film("Film"), house.episode("Show", 1, 1)
    put(house.member, film, picture())
    assert set(shown(house.kid, film)) == {"poster"}
    assert error_of(put(house.kid, film, picture()))[0] == 403
    assert error_of(house.kid.get(f"/api/media/{episode.id}/artwork"))[0] == 404
    house.services.covers.put_named(f"show-{key_of(house, episode)}", picture())
    assert error_of(house.kid.get(f"/api/shows/{key_of(house, episode)}/image"))[0] == 404


def key_of(house: House, media: Media) -> str:
    card = house.admin.get(f"/api/media/{media.id}").get_json()
    return str(card["show_key"] or card["album_key"])


def test_a_show_and_an_album_have_pictures_of_their_own(house: House) -> None:
    episode, track = house.episode("Show", 1, 1), house.track("Ada", "Songs", 1)
    for group, media in (("show", episode), ("album", track)):
        key = key_of(house, media)
        path = f"/api/{group}s/{key}/image"
        assert house.member.get(path).status_code == 404
        assert house.services.covers.put_named(f"{group}-{key}", picture("red"))
        answer = house.member.get(path)
        assert (answer.status_code, answer.mimetype, colour_of(answer)) == (200, "image/webp", (4, 0, 0))
        again = house.member.get(path, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        assert house.member.get(f"{path}?kind=backdrop").status_code == 404
        assert house.member.get(f"/api/{group}s/..%2f{key}/image").status_code == 404


@pytest.mark.parametrize("size", ["-100000", "0", str(2**31), "NaN", "341", "1e3", "", "342.0", "٣٤٢"])
def test_threat_67_a_size_that_is_not_offered_is_refused(house: House, size: str) -> None:
    film = house.film("Film")
    put(house.member, film, picture())
    for path in (f"/api/poster/{film.id}?w={size}", f"/api/still/{film.id}?w={size}"):
        assert error_of(house.member.get(path))[0] == 400, path
    key = key_of(house, house.episode("Show", 1, 1))
    assert error_of(house.member.get(f"/api/shows/{key}/image?width={size}"))[0] == 400


def png(width: int, height: int, *, frames: int = 0) -> bytes:
    """A PNG whose header promises more than there is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))]
    if frames:
        parts.append(chunk(b"acTL", struct.pack(">II", frames, 0)))
    return b"".join([*parts, chunk(b"IDAT", zlib.compress(bytes(1000))), chunk(b"IEND", b"")])


def flat(width: int, height: int) -> bytes:
    """A PNG of one colour, which is small however large it is."""
    written = io.BytesIO()
    Image.new("1", (width, height)).save(written, "PNG")
    return written.getvalue()


def test_threat_67_pictures_that_would_fill_the_memory_are_never_decoded(house: House) -> None:
    film = house.film("Film")
    jpeg = bytearray(picture(kind="JPEG"))
    at = jpeg.index(b"\xff\xc0")
    jpeg[at + 5 : at + 9] = struct.pack(">HH", 65_535, 65_535)
    gif = bytearray(picture(kind="GIF"))
    gif[6:10] = struct.pack("<HH", 65_535, 65_535)
    webp = bytearray(picture(kind="WEBP"))
    at = webp.index(b"\x9d\x01\x2a")
    webp[at + 3 : at + 7] = struct.pack("<HH", 16_383, 16_383)
    bombs = {
        "png": png(65_535, 65_535),
        "apng": png(65_535, 65_535, frames=10_000),
        "long": png(16_385, 10),
        "many": png(9_000, 9_000),
        "many that are there": flat(9_000, 9_000),
        "long that is there": flat(20_000, 4),
        "jpeg": bytes(jpeg),
        "gif": bytes(gif),
        "webp": bytes(webp),
    }
    for name, bomb in bombs.items():
        assert error_of(put(house.member, film, bomb)) == (400, "bad_request"), name
    assert shown(house.member, film) == {}
    left = [one.name for one in (house.settings.data_directory / "artwork").iterdir()]
    assert left == ["before"], "nothing but what an undo brings back"


def test_threat_68_a_drawing_is_never_a_picture(house: House) -> None:
    film = house.film("Film")
    for content in (
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\x1f\x8b\x08\x00" + zlib.compress(b"<svg/>"),
        b"<html>", b"", b"%PDF-1.4", b"GIF89a",
    ):  # fmt: skip
        assert error_of(put(house.member, film, content))[0] == 400


def test_threat_72_where_a_photo_was_taken_is_told_to_nobody(house: House) -> None:
    film = house.film("Film")
    exif = Image.Exif()
    exif[0x010F] = "A Camera of Ours"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    secret = b"SECRET-PLACE"
    content = picture(kind="JPEG", exif=exif.tobytes(), comment=secret)
    assert b"A Camera of Ours" in content and secret in content
    put(house.member, film, content)
    answer = house.member.get(f"/api/poster/{film.id}")
    kept = (house.settings.data_directory / "artwork" / f"{film.id}.poster.jpg").read_bytes()
    for made in (kept, answer.data):
        assert b"A Camera" not in made and secret not in made and b"Exif" not in made and b"EXIF" not in made
        with Image.open(io.BytesIO(made)) as found:
            assert len(found.getexif()) == 0


def test_a_picture_that_is_too_heavy_is_refused(house: House) -> None:
    film = house.film("Film")
    assert error_of(put(house.member, film, bytes((30 << 20) + 1))) == (413, "too_large")


def test_only_bytes_are_taken_for_a_picture(house: House, tmp_path: Path) -> None:
    film = house.film("Film")
    for kind in ("image/png", "multipart/form-data", "application/json"):
        path = f"/api/media/{film.id}/artwork"
        answer = house.member.send("POST", path, data=picture(), content_type=kind)
        assert error_of(answer)[0] == 415, kind
    assert error_of(put(house.member, film, picture(), "banner"))[0] == 400


def undo(who: Somebody, media: Media, kind: str = "poster") -> Any:
    return who.send("POST", f"/api/media/{media.id}/artwork/undo?kind={kind}", {})


def test_a_replaced_picture_comes_back_as_it_was(house: House) -> None:
    film = house.film("Film")
    covers = house.services.covers
    covers.put(film.id, picture("blue"), "poster", source=ArtworkSource.FILE, address="cover.jpg")
    before = house.services.state.artwork_of(film.id)
    assert put(house.member, film, picture("red")).status_code == 200
    answer = undo(house.member, film)
    assert answer.status_code == 200 and answer.get_json()["before"] == ["poster"]
    assert house.services.state.artwork_of(film.id) == before
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (0, 0, 4)
    assert undo(house.member, film).status_code == 200
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (4, 0, 0), "and the undo can be undone"


def test_a_removed_own_picture_comes_back_over_the_one_of_a_service(house: House) -> None:
    film = house.film("Film")
    covers = house.services.covers
    covers.put(film.id, picture("blue"), "poster", source=ArtworkSource.SERVICE)
    put(house.member, film, picture("red"))
    before = shown(house.member, film)
    assert house.member.send("DELETE", f"/api/media/{film.id}/artwork?kind=poster").status_code == 204
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (0, 0, 4)
    assert undo(house.member, film).status_code == 200
    assert shown(house.member, film) == before and before["poster"]["source"] == "own"
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (4, 0, 0)
    assert house.member.send("DELETE", f"/api/media/{film.id}/artwork?kind=poster").status_code == 204
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (0, 0, 4), "what it stood on is still there"


def test_where_there_was_no_picture_there_is_none_again(house: House) -> None:
    film = house.film("Film")
    put(house.member, film, picture("red"), "backdrop")
    assert house.member.get(f"/api/media/{film.id}/artwork").get_json()["before"] == []
    assert undo(house.member, film, "backdrop").get_json() == {"pictures": [], "before": ["backdrop"]}
    assert house.member.get(f"/api/media/{film.id}").get_json()["artwork"]["backdrop"] is False
    assert house.member.get(f"/api/poster/{film.id}?kind=backdrop").status_code == 404
    assert undo(house.member, film, "backdrop").status_code == 200
    assert colour_of(house.member.get(f"/api/poster/{film.id}?kind=backdrop")) == (4, 0, 0)


def test_what_was_no_picture_leaves_the_one_before_alone(house: House) -> None:
    film = house.film("Film")
    put(house.member, film, picture("red"))
    put(house.member, film, picture("lime"))
    assert put(house.member, film, b"no picture").status_code == 400
    remove = f"/api/media/{film.id}/artwork?kind=still"
    assert house.member.send("DELETE", remove).status_code == 404
    folder = house.settings.data_directory / "artwork" / "before"
    assert [one.name for one in folder.iterdir()] == [f"{film.id}.poster"]
    undo(house.member, film)
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (4, 0, 0)


def test_a_picture_comes_back_only_where_one_is_kept_and_to_those_who_may(house: House) -> None:
    film = house.film("Film")
    assert error_of(undo(house.member, film))[0] == 404
    put(house.member, film, picture("red"))
    for who, status in ((house.stranger, 401), (house.kid, 403)):
        assert undo(who, film).status_code == status
    assert colour_of(house.member.get(f"/api/poster/{film.id}")) == (4, 0, 0)


def test_a_picture_before_is_kept_for_thirty_days(house: House) -> None:
    old, other = house.film("Old"), house.film("Other")
    for film in (old, other):
        put(house.member, film, picture("red"))
    folder = house.settings.data_directory / "artwork" / "before"
    month_ago = time.time() - 31 * 86_400
    os.utime(folder / f"{old.id}.poster", (month_ago, month_ago))
    put(house.member, other, picture("lime"))
    assert [one.name for one in folder.iterdir()] == [f"{other.id}.poster"]


def test_a_season_has_a_poster_of_ones_own_which_goes_and_comes_back(house: House) -> None:
    episode = house.episode("Harbour Lights", 1, 1)
    house.episode("Harbour Lights", 2, 1)
    key = house.admin.get("/api/shows").get_json()["items"][0]["key"]
    path = f"/api/shows/{key}/seasons/1/image"

    def poster(number: int) -> Any:
        return house.member.get(f"/api/shows/{key}").get_json()["seasons"][number - 1]["poster"]

    assert error_of(house.member.get(path)) == (404, "not_found")
    assert poster(1) is None and poster(2) is None
    assert sent(house.member, path, picture("teal")).status_code == 204
    assert poster(1)["source"] == "own" and poster(2) is None
    teal = house.member.get(f"{path}?width=342&v={poster(1)['version']}")
    assert (teal.status_code, teal.mimetype) == (200, "image/webp")
    assert sent(house.member, path, picture("crimson")).status_code == 204
    assert colour_of(house.member.get(path)) != colour_of(teal)
    assert house.member.send("POST", f"{path}/undo", {}).status_code == 204
    assert colour_of(house.member.get(path)) == colour_of(teal)
    assert house.member.send("DELETE", path).status_code == 204
    assert poster(1) is None
    assert house.member.send("POST", f"{path}/undo", {}).status_code == 204
    assert colour_of(house.member.get(path)) == colour_of(teal)
    assert error_of(sent(house.member, path, b"no picture")) == (400, "bad_request")
    assert poster(1)["source"] == "own", "what is no picture changes nothing"
    for bad in ("x", "-1", "1.5", "99999", "7"):
        answer = sent(house.member, f"/api/shows/{key}/seasons/{bad}/image", picture())
        assert error_of(answer) == (404, "not_found"), bad
    assert error_of(sent(house.kid, path, picture()))[0] == 403
    assert error_of(house.kid.get(path))[0] == 404
    assert error_of(house.stranger.get(path))[0] == 401
    assert house.state.media(episode.id).names.season == 1


def test_an_own_poster_of_a_season_is_laid_beside_its_files(house: House) -> None:
    names = MediaNames("Tide", show_title="Harbour Lights", season=1, episode=1)
    episode = house.add(MediaType.EPISODE, names, "shows/Harbour Lights/Season 01/S01E01.mkv", b"episode")
    key = house.admin.get("/api/shows").get_json()["items"][0]["key"]
    assert episode.file is not None
    season = house.services.media_root.path(episode.file.path).parent
    assert sent(house.member, f"/api/shows/{key}/seasons/1/image", picture()).status_code == 204
    laid = [path.name for folder in (season, season.parent) for path in folder.glob("season01-poster.jpg")]
    assert laid == ["season01-poster.jpg"]
