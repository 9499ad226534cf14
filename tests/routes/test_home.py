"""Photos and home videos over HTTP: the list by day, one photo, its picture in fixed widths."""

import io
from pathlib import PurePosixPath
from typing import Any

from PIL import Image

from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.photo import Photo
from tests.fixtures import photos
from tests.routes.house import House, Somebody, error_of


def photo(house: House, name: str) -> Media:
    """A photo that was scanned."""
    library = house.state.library_of_kind(LibraryKind.HOME)
    file = photos.write_photo(house.settings.media_root / library.folder / name)
    facts = file.stat()
    kept = MediaFile(f"{library.folder}/{name}", facts.st_size, facts.st_mtime_ns, facts.st_ino, "jpg", 0)
    media = house.state.add_media(NewMedia(MediaType.PHOTO, library.id, MediaNames(name), kept))
    assert house.services.home.take_in(media, file, PurePosixPath(name)) is None
    return media


def read(who: Somebody, path: str) -> Any:
    """The JSON at an address."""
    return who.get(path).json


def test_the_list_has_the_day_and_the_size_of_each(house: House) -> None:
    media = photo(house, "a.jpg")
    answer = read(house.member, "/api/home")
    assert (answer["count"], answer["next"]) == (1, None)
    (item,) = answer["items"]
    assert (item["id"], item["media_type"], item["taken_on"]) == (media.id, "photo", "2024-05-31")
    assert (item["width"], item["height"], item["has_place"]) == (64, 48, True)
    assert item["artwork"]["still"] and item["artwork"]["placeholder"].startswith("data:image/webp")


def test_the_list_comes_in_pages(house: House) -> None:
    ids = {photo(house, f"{number}.jpg").id for number in range(3)}
    first = read(house.member, "/api/home?limit=2")
    second = read(house.member, f"/api/home?limit=2&cursor={first['next']}")
    assert {item["id"] for item in (*first["items"], *second["items"])} == ids
    assert second["next"] is None
    assert error_of(house.member.get("/api/home?cursor=nonsense"))[0] == 400


def test_the_list_is_narrowed_turned_and_entered_by_month(house: House) -> None:
    library = house.state.library_of_kind(LibraryKind.HOME)
    days = ("2024-05-31", "2024-06-01", "2023-12-31", "2024-05-02", "2023-12-30", "2022-01-01")
    for number, day in enumerate(days):
        kind = MediaType.HOME_VIDEO if number % 2 else MediaType.PHOTO
        kept = MediaFile(f"{library.folder}/{number}", 1, 1, number, "jpg", 0)
        media = house.state.add_media(NewMedia(kind, library.id, MediaNames(day), kept))
        house.state.put_photo(media.id, Photo(number, day, 4, 3))
    for chosen in ("", "&type=photo", "&type=home_video"):
        for direction in ("desc", "asc"):
            query = f"direction={direction}{chosen}"
            whole = read(house.member, f"/api/home?{query}&limit=100")
            order = [item["taken_on"] for item in whole["items"]]
            assert order == sorted(order, reverse=direction == "desc") and len(order) == whole["count"]
            assert len(order) == (3 if chosen else 6)
            assert read(house.member, f"/api/home/ids?{query}")["ids"] == [item["id"] for item in whole["items"]]
            months = read(house.member, f"/api/home/months?{query}")["months"]
            assert [one["month"] for one in months] == list(dict.fromkeys(day[:7] for day in order))
            for one in months:
                page = read(house.member, f"/api/home?{query}&limit=1&month={one['month']}")
                assert page["items"][0]["taken_on"] == order[one["index"]], one
    newest = read(house.member, "/api/home?month=2024-03&limit=1")["items"]
    oldest = read(house.member, "/api/home?month=2024-03&limit=1&direction=asc")["items"]
    assert [newest[0]["taken_on"], oldest[0]["taken_on"]] == ["2023-12-31", "2024-05-02"], "nothing was taken then"
    assert error_of(house.member.get("/api/home?month=2024-13"))[0] == 400
    for path in ("/api/home", "/api/home/months", "/api/home/ids"):
        answer = read(house.kid, path)
        assert not any(answer.get(name) for name in ("items", "months", "ids", "count")), path


def test_a_photo_tells_its_camera_its_place_and_what_stands_beside_it(house: House) -> None:
    ids = [photo(house, f"{number}.jpg").id for number in range(3)]
    order = [item["id"] for item in read(house.member, "/api/home")["items"]]
    assert sorted(order) == sorted(ids)
    found = read(house.member, f"/api/photos/{order[1]}")
    assert (found["camera"], found["latitude"], found["longitude"]) == ("Canon EOS 5D", 52.52, -13.4)
    assert found["neighbours"] == {"previous": order[0], "next": order[2]}
    assert found["taken_at"] == found["published_at"] and found["size_bytes"] > 0


def test_72_the_picture_is_webp_of_pixels_only_and_is_kept_by_the_browser(house: House) -> None:
    media = photo(house, "a.jpg")
    answer = house.member.get(f"/api/photos/{media.id}/picture?width=320")
    assert answer.mimetype == "image/webp" and answer.headers["Cache-Control"].startswith("private")
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert picture.size == (64, 48) and len(picture.getexif()) == 0
    assert not any(trace in answer.data for trace in (b"Exif", b"EXIF", b"Canon", b"GPS"))
    again = house.member.get(
        f"/api/photos/{media.id}/picture?width=320", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert again.status_code == 304


def test_67_only_the_widths_of_the_set_are_made(house: House) -> None:
    media = photo(house, "a.jpg")
    before = sorted((house.settings.data_directory / "artwork").iterdir())
    for width in ("-100000", "0", "321", "2147483648", "NaN", "1e3", "", "320,960", "٣٢٠"):
        assert error_of(house.member.get(f"/api/photos/{media.id}/picture?width={width}"))[0] == 400, width
    assert sorted((house.settings.data_directory / "artwork").iterdir()) == before


def test_a_photo_is_hidden_from_strangers_and_from_who_may_not_see_its_library(house: House) -> None:
    media = photo(house, "a.jpg")
    for path in ("/api/home", f"/api/photos/{media.id}", f"/api/photos/{media.id}/picture"):
        assert house.stranger.get(path).status_code == 401
    assert read(house.kid, "/api/home") == {"count": 0, "items": [], "next": None}
    for path in (f"/api/photos/{media.id}", f"/api/photos/{media.id}/picture"):
        assert error_of(house.kid.get(path))[0] == 404


def test_a_film_is_no_photo(house: House) -> None:
    film = house.film("Metropolis")
    for path in (f"/api/photos/{film.id}", f"/api/photos/{film.id}/picture", "/api/photos/none"):
        assert error_of(house.member.get(path))[0] == 404


def test_a_photo_in_the_bin_is_not_in_the_list(house: House) -> None:
    media = photo(house, "a.jpg")
    assert house.admin.send("DELETE", f"/api/media/{media.id}").status_code in (200, 204)
    assert read(house.member, "/api/home")["items"] == []
    assert error_of(house.member.get(f"/api/photos/{media.id}"))[0] == 404
