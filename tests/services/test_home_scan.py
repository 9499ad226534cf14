"""From a folder of the family to the list by day: the real scanner with the real reader of photos."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.models.library import LibraryKind
from media_library.models.media import MediaType
from media_library.models.photo import PhotoQuery
from media_library.models.preferences import LibraryPreferences
from media_library.models.user import Viewer
from media_library.services.book_shelf import BookShelf
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.home_media import HomeMedia
from media_library.services.library_scanner import LibraryScanner
from tests.fixtures import photos
from tests.scanning import House, house_in


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house whose scanner reads photos."""
    house = house_in(tmp_path)
    covers = Covers(house.settings, house.state)
    shelf = BookShelf(house.state, house.media_root, Naming(house.settings.file_naming), covers)
    home = HomeMedia(house.settings, house.state, house.media_root)
    preferences = LibraryPreferences()
    house.scanner = LibraryScanner(
        house.state, house.media_root, house.places, covers, shelf, home, lambda: preferences, settle_seconds=0.0
    )
    yield house
    house.state.close()


def video(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    source = ["-f", "lavfi", "-i", "testsrc=s=64x48:d=0.6:r=10", "-metadata", "creation_time=2021-03-04T12:00:00Z"]
    subprocess.run(["ffmpeg", "-v", "error", *source, "-pix_fmt", "yuv420p", "-y", str(file)], check=True, timeout=60)


def test_a_folder_of_the_family_becomes_a_list_by_day(house: House, tmp_path: Path) -> None:
    family = tmp_path / "family"
    photos.write_photo(family / "2024/IMG_0001.heic")
    photos.write_photo(family / "The Godfather (1972).png", facts=photos.exif(place=False))
    plain = photos.write_photo(family / "2019-07-04 Lake/poster.jpg", facts=photos.exif(place=False))
    plain.write_bytes(plain.read_bytes().replace(b"2024:05:31", b"0000:00:00"))
    video(family / "1917.mp4")
    (family / "IMG_0002.jpg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    (family / "IMG_0003.jpg").write_bytes(photos.png_of_size(65_535, 65_535))
    house.add(LibraryKind.HOME, family)
    assert house.scan().status == "done"

    page = house.state.photo_page(Viewer("nobody", None), PhotoQuery(limit=10))
    media = {one.id: one for one in house.media().values()}
    found = [
        (photo.taken_on, media[media_id].names.title, media[media_id].media_type) for media_id, photo in page.photos
    ]
    assert sorted(found[:2]) == [
        ("2024-05-31", "IMG 0001", MediaType.PHOTO),
        ("2024-05-31", "The Godfather (1972)", MediaType.PHOTO),
    ]
    assert found[2:] == [
        ("2021-03-04", "1917", MediaType.HOME_VIDEO),
        ("2019-07-04", "poster", MediaType.PHOTO),
    ]
    assert all(one.has_still and one.names.year is None for one in media.values())
    reasons = {Path(path).name: reason for path, reason in house.problems().items()}
    assert set(reasons) == {"IMG_0002.jpg", "IMG_0003.jpg"}
    assert "no picture" in reasons["IMG_0002.jpg"] and "64 million" in reasons["IMG_0003.jpg"]
    assert not house.state._rows("SELECT key FROM works")


def test_in_a_mixed_folder_photos_and_films_stand_in_their_own_shelves(house: House, tmp_path: Path) -> None:
    mixed = tmp_path / "drive"
    photos.write_photo(mixed / "DCIM/100CANON/IMG_0001.jpg")
    video(mixed / "DCIM/100CANON/MVI_0002.mp4")
    video(mixed / "Metropolis (1927)/Metropolis (1927).mp4")
    photos.write_photo(mixed / "Metropolis (1927)/poster.jpg")
    house.add(LibraryKind.MIXED, mixed)
    assert house.scan().status == "done"
    types = sorted((one.media_type.value, one.names.title) for one in house.media().values())
    assert types == [("home_video", "MVI 0002"), ("movie", "Metropolis"), ("photo", "IMG 0001")]
    page = house.state.photo_page(Viewer("nobody", None), PhotoQuery(limit=10))
    assert [photo.taken_on for _, photo in page.photos] == ["2024-05-31", "2021-03-04"]
