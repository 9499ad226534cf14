"""Photos and home videos of the library: their day, their pictures, and the list of them."""

import subprocess
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest
from PIL import Image

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.errors import InvalidInput, NotFound
from media_library.models.library import LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.photo import Photo, PhotoFacts, PhotoQuery
from media_library.models.user import Viewer
from media_library.services.home_media import HomeMedia, photo_of
from media_library.services.media_root import MediaRoot
from tests.conftest import file_of
from tests.fixtures import photos

NOON = datetime(2020, 6, 1, 12, tzinfo=UTC).timestamp()


class Home:
    """A library of home media in a temporary folder."""

    def __init__(self, folder: Path, state: AppState) -> None:
        self.settings = Settings(paths=Paths(str(folder / "media"), str(folder / "data")))
        self.state = state
        root = MediaRoot(self.settings, state)
        root.prepare()
        self.media = HomeMedia(self.settings, state, root)
        self.library = state.library_of_kind(LibraryKind.HOME)
        self.folder = self.settings.media_root / self.library.folder

    def add(self, below: str, media_type: MediaType = MediaType.PHOTO) -> Media:
        """The row of a file that is there."""
        facts = (self.folder / below).stat()
        path = f"{self.library.folder}/{below}"
        file = MediaFile(path, facts.st_size, facts.st_mtime_ns, facts.st_ino, "jpg", 400)
        return self.state.add_media(NewMedia(media_type, self.library.id, MediaNames(Path(below).stem), file))

    def take_in(self, media: Media) -> str | None:
        """Have the file of an item read."""
        below = PurePosixPath(file_of(media).path).relative_to(self.library.folder)
        return self.media.take_in(media, self.folder / below, below)

    def photo(self, below: str, **more: object) -> Media:
        """A photo that was taken in."""
        photos.write_photo(self.folder / below, **more)  # type: ignore[arg-type]  # size and facts, as they are
        media = self.add(below)
        assert self.take_in(media) is None
        return self.state.media(media.id)


def photo(facts: PhotoFacts, below: str) -> Photo:
    return photo_of(facts, PurePosixPath(below), NOON)


def test_the_day_is_the_one_where_the_photo_was_taken() -> None:
    late = PhotoFacts(9, 9, taken="2024-05-31T23:15:10", offset_minutes=-600)
    found = photo(late, "IMG_20190101_000000.jpg")
    assert found.taken_on == "2024-05-31"
    assert found.taken_at == datetime(2024, 6, 1, 9, 15, 10, tzinfo=UTC).timestamp() * 1000


@pytest.mark.parametrize(
    ("below", "day"),
    [
        ("IMG_20240531_101500.jpg", "2024-05-31"),
        ("PXL_20240531_101500123.jpg", "2024-05-31"),
        ("2024-05-31 Beach.jpg", "2024-05-31"),
        ("WhatsApp Image 2022-08-01 at 12.30.45.jpeg", "2022-08-01"),
        ("2019-07-04 Holiday/DSC_0001.jpg", "2019-07-04"),
        ("2019-07-04 Holiday/2019-07-05/DSC_0001.jpg", "2019-07-05"),
        ("2019/DSC_0001.jpg", "2020-06-01"),
        ("20201399_000000.jpg", "2020-06-01"),
        ("1234567890.jpg", "2020-06-01"),
    ],
)
def test_without_a_date_in_the_file_its_names_tell_it_else_its_last_change(below: str, day: str) -> None:
    assert photo(PhotoFacts(9, 9), below).taken_on == day


def test_a_time_in_the_name_orders_the_photos_of_a_day() -> None:
    first, second = (photo(PhotoFacts(9, 9), f"IMG_20240531_{time}.jpg") for time in ("101500", "101501"))
    assert second.taken_at - first.taken_at == 1000


def test_moments_at_the_ends_of_time_are_no_error() -> None:
    for taken in ("0001-01-01T00:00:00", "9999-12-31T23:59:59", "1839-01-01T00:00:00"):
        for is_utc in (False, True):
            facts = PhotoFacts(9, 9, taken=taken, is_utc=is_utc)
            assert len(photo(facts, "a.jpg").taken_on) == 10


def test_a_photo_gets_its_facts_its_picture_and_its_moment(tmp_path: Path, state: AppState) -> None:
    home = Home(tmp_path, state)
    media = home.photo("2024/a.jpg", facts=photos.exif(orientation=6))
    found = home.media.view(media)
    assert (found.taken_on, found.width, found.height, found.camera) == ("2024-05-31", 48, 64, "Canon EOS 5D")
    assert (found.latitude, found.longitude) == (52.52, -13.4)
    assert media.has_still and media.published_at == found.taken_at
    picture = home.media.picture(media, 320)
    with Image.open(picture) as made:
        assert made.format == "WEBP" and made.size == (48, 64) and len(made.getexif()) == 0


def test_72_no_picture_that_is_kept_knows_where_a_photo_was_taken(tmp_path: Path, state: AppState) -> None:
    home = Home(tmp_path, state)
    media = home.photo("a.jpg", size=(2400, 1200))
    for width in (320, 960, 1920, 3840):
        with Image.open(home.media.picture(media, width)) as made:
            assert made.width == min(width, 2400)
    kept = list((home.settings.data_directory / "artwork").iterdir())
    assert len(kept) == 5
    for file in kept:
        content = file.read_bytes()
        assert not any(trace in content for trace in (b"Exif", b"EXIF", b"Canon", b"GPS")), file.name


def test_the_largest_picture_is_made_once_and_anew_when_the_photo_is_another(tmp_path: Path, state: AppState) -> None:
    home = Home(tmp_path, state)
    media = home.photo("a.jpg", size=(2400, 1200))
    first = home.media.picture(media, 3840)
    made_at = first.stat().st_mtime_ns
    assert home.media.picture(media, 3840).stat().st_mtime_ns == made_at
    photos.write_photo(home.folder / "a.jpg", (2600, 1200))
    assert home.take_in(media) is None
    with Image.open(home.media.picture(media, 3840)) as made:
        assert made.width == 2600


def test_while_the_file_is_away_the_photo_is_shown_smaller(tmp_path: Path, state: AppState) -> None:
    home = Home(tmp_path, state)
    media = home.photo("a.jpg", size=(2400, 1200))
    (home.folder / "a.jpg").unlink()
    with Image.open(home.media.picture(media, 3840)) as made:
        assert made.width == 1920


def test_what_is_no_picture_is_told_in_a_sentence_and_leaves_nothing(tmp_path: Path, state: AppState) -> None:
    home = Home(tmp_path, state)
    home.folder.mkdir(parents=True, exist_ok=True)
    (home.folder / "a.jpg").write_bytes(photos.png_of_size(60_000, 60_000))
    (home.folder / "b.jpg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    for name, words in (("a.jpg", "64 million"), ("b.jpg", "no picture")):
        media = home.add(name)
        reason = home.take_in(media)
        assert reason is not None and words in reason
        assert state.photo(media.id) is None
        with pytest.raises(NotFound):
            home.media.picture(media, 320)


def test_a_home_video_has_its_day_and_a_still(tmp_path: Path, state: AppState) -> None:
    home = Home(tmp_path, state)
    file = home.folder / "1917.mp4"
    file.parent.mkdir(parents=True, exist_ok=True)
    source = ["-f", "lavfi", "-i", "testsrc=s=64x48:d=0.6:r=10"]
    dated = ["-metadata", "creation_time=2024-05-31T12:00:00Z", "-pix_fmt", "yuv420p"]
    subprocess.run(["ffmpeg", "-v", "error", *source, *dated, "-y", str(file)], check=True, timeout=60)
    media = home.add("1917.mp4", MediaType.HOME_VIDEO)
    assert home.take_in(media) is None
    media = state.media(media.id)
    assert home.media.view(media).taken_on == "2024-05-31"
    assert media.names.title == "1917" and media.names.year is None and media.has_still
    assert home.media.picture(media, 320).is_file()


def test_the_list_goes_from_the_newest_day_on_in_pages(tmp_path: Path, state: AppState) -> None:
    home = Home(tmp_path, state)
    home.folder.mkdir(parents=True, exist_ok=True)
    ids = []
    for number in range(7):
        (home.folder / f"{number}.jpg").write_bytes(b"x")
        media = home.add(f"{number}.jpg")
        day = 1 + number // 2
        state.put_photo(media.id, Photo(1_000_000 * (number % 3), f"2024-05-0{day}", 4, 3))
        ids.append((f"2024-05-0{day}", 1_000_000 * (number % 3), media.id))
    expected = [media_id for _, _, media_id in sorted(ids, reverse=True)]
    viewer = Viewer("nobody", None)
    found: list[str] = []
    cursor = None
    while True:
        page = state.photo_page(viewer, PhotoQuery(cursor=cursor, limit=3))
        assert page.count == 7
        found += [media_id for media_id, _ in page.photos]
        cursor = page.next
        if cursor is None:
            break
    assert found == expected
    assert state.photo_neighbours(viewer, expected[0]) == (None, expected[1])
    assert state.photo_neighbours(viewer, expected[3]) == (expected[2], expected[4])
    assert state.photo_neighbours(viewer, expected[6]) == (expected[5], None)
    assert state.photo_page(Viewer("nobody", frozenset()), PhotoQuery(limit=3)).count == 0
    assert state.photo_neighbours(Viewer("nobody", frozenset()), expected[3]) == (None, None)


@pytest.mark.parametrize("cursor", ["", "x", "W10", "bnVsbA", "WzEsMl0", "é", "WyIyMDI0IiwgImEiLCAiYiJd", "A" * 1000])
def test_a_cursor_that_is_not_ours_is_refused(state: AppState, cursor: str) -> None:
    with pytest.raises(InvalidInput):
        state.photo_page(Viewer("nobody", None), PhotoQuery(cursor=cursor, limit=3))


def test_times_of_files_count_in_the_zone_of_the_machine() -> None:
    found = photo_of(PhotoFacts(9, 9), PurePosixPath("a.jpg"), NOON)
    assert found.taken_at == NOON * 1000
    assert found.taken_on == datetime.fromtimestamp(NOON, UTC).astimezone().date().isoformat()
