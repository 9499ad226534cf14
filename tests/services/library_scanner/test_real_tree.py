"""A tree as it lies on an old drive: everything goes to its shelf, and nothing is guessed as what it is not."""

from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from media_library.models.library import LibraryKind, below_folder
from media_library.models.library_file import FileRole, FileState
from media_library.models.media import Media, MediaType
from tests.fixtures import old_drive
from tests.scanning import House, NoHome, house_in


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> tuple[House, old_drive.OldDrive]:
    """A house that looked through an old drive once."""
    folder = tmp_path_factory.mktemp("house")
    drive = old_drive.build(folder / "drive", seconds=1.0)
    house = house_in(folder)
    house.add(LibraryKind.MIXED, drive.folder, is_read_only=True)
    job = house.scan()
    assert job.status == "done", job.error
    return house, drive


def test_every_film_stands_in_its_shelf_with_title_and_year(scanned: tuple[House, old_drive.OldDrive]) -> None:
    house, drive = scanned
    found = {
        (media.names.title.casefold(), media.names.year)
        for media in house.media().values()
        if media.media_type is MediaType.MOVIE
    }
    assert found == {(film.title.casefold(), film.year) for film in drive.films}


def test_episodes_stand_by_their_numbers_in_their_shows(scanned: tuple[House, old_drive.OldDrive]) -> None:
    house, drive = scanned
    found: dict[str, set[tuple[int | None, int | None]]] = {}
    for media in house.media().values():
        if media.media_type is MediaType.EPISODE:
            found.setdefault(media.names.show_title or "", set()).add((media.names.season, media.names.episode))
    assert found == {show: set(numbers) for show, numbers in drive.episodes.items()}
    double = next(media for path, media in house.media().items() if "E03-E04" in path)
    assert double.names.episode_end == 4


def test_tracks_are_called_by_their_tags(scanned: tuple[House, old_drive.OldDrive]) -> None:
    house, drive = scanned
    tracks = [media.names for media in house.media().values() if media.media_type is MediaType.TRACK]
    for album in drive.albums:
        if album.tagged:
            assert sum(names.album == album.title and names.album_artist == album.artist for names in tracks) == len(
                album.tracks
            )
    assert len(tracks) == sum(len(album.tracks) for album in drive.albums)


def test_photos_and_books_are_what_they_are(scanned: tuple[House, old_drive.OldDrive]) -> None:
    house, drive = scanned
    types = {below_folder(path): media.media_type for path, media in house.media().items()}
    assert all(types[name] is MediaType.PHOTO for name in drive.photos)
    assert all(types[name] is MediaType.BOOK for name in drive.books)
    book = next(media for media in house.media().values() if media.media_type is MediaType.BOOK)
    assert house.state.book(book.id) is not None and book.names.artist


def test_versions_parts_extras_subtitles_and_posters_belong_to_their_film(
    scanned: tuple[House, old_drive.OldDrive],
) -> None:
    house, _ = scanned
    films = {media.names.title: media for media in house.media().values() if media.media_type is MediaType.MOVIE}
    rows = {below_folder(path): file for path, file in house.files().items()}
    version = rows["Films/Paper Moons (1999)/Paper Moons (1999) - 720p.mkv"]
    assert (version.role, version.label, version.media_id) == (FileRole.VERSION, "720p", films["Paper Moons"].id)
    assert version.duration_ms > 0 and version.streams.video is not None
    part = rows["Films/The Long Ferry (2004)/The Long Ferry (2004)-cd2.avi"]
    assert (part.role, part.position, part.media_id) == (FileRole.PART, 2, films["The Long Ferry"].id)
    winter = films["A Winter in Tromsø"]
    subtitle = rows["Films/A Winter in Tromsø (2018)/A Winter in Tromsø (2018).en.srt"]
    assert (subtitle.role, subtitle.language, subtitle.media_id) == (FileRole.SUBTITLE, "eng", winter.id)
    assert rows["Films/A Winter in Tromsø (2018)/poster.jpg"].media_id == winter.id
    assert winter.has_poster
    extras = {media.extra_kind: media for media in house.media().values() if media.media_type is MediaType.EXTRA}
    assert set(extras) == {"trailer", "featurette"}
    assert all(extra.parent_id == winter.id for extra in extras.values())
    sample = next(file for path, file in rows.items() if "sample.mkv" in path)
    assert sample.role is FileRole.SAMPLE


def test_what_cannot_be_played_is_listed_with_the_reason_and_stands_in_no_shelf(
    scanned: tuple[House, old_drive.OldDrive],
) -> None:
    house, drive = scanned
    problems = {below_folder(path): reason for path, reason in house.problems().items()}
    assert set(problems) == set(drive.unreadable)
    assert all(reason.endswith(".") for reason in problems.values())
    assert not {below_folder(path) for path in house.media()} & set(drive.unreadable)


def test_junk_is_nobodys(scanned: tuple[House, old_drive.OldDrive]) -> None:
    house, _ = scanned
    assert not any(path.endswith((".db", ".DS_Store", ".ini")) for path in house.files())
    readme = next(file for path, file in house.files().items() if path.endswith("readme.txt"))
    assert (readme.role, readme.state, readme.media_id) == (FileRole.OTHER, FileState.READY, None)


def test_what_came_is_handed_on_to_be_identified_in_one_job(scanned: tuple[House, old_drive.OldDrive]) -> None:
    house, _ = scanned
    keys = [str(row[0]) for row in house.state._rows("SELECT key FROM works")]
    assert sum(key.startswith("movie:") for key in keys) == len(old_drive.FILMS)
    assert sum(key.startswith("show:") for key in keys) == 2
    jobs = [job for job in house.state.list_jobs(["queued"], 100) if job.kind == "identify"]  # type: ignore[list-item]
    assert len(jobs) == 1


def test_a_second_look_changes_nothing(scanned: tuple[House, old_drive.OldDrive]) -> None:
    house, _ = scanned
    before, items = house.files(), house.media()
    assert house.scan().status == "done"
    assert house.files() == before and house.media() == items


def test_nothing_is_written_into_a_read_only_folder(tmp_path: Path, scanned: tuple[House, old_drive.OldDrive]) -> None:
    _, drive = scanned
    assert not (drive.folder / ".media-library").exists()
    assert not list(drive.folder.rglob("*.part"))


class Fragile(NoHome):
    """A reader of photos that finds the drive gone."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def take_in(self, media: Media, file: Path, below: PurePosixPath) -> str | None:
        """Unplug the drive, and say what one would then say of the file."""
        if self._root.is_dir():
            self._root.rename(self._root.with_name("away"))
        return "The file cannot be read: Input/output error."


def test_a_drive_that_goes_while_photos_are_read_costs_no_photo(tmp_path: Path) -> None:
    root = tmp_path / "photos"
    for number in range(3):
        old_drive._photo(root / f"{number}.jpg", datetime(2024, 5, 31, 10, number, tzinfo=UTC), number)
    house = house_in(tmp_path, home=Fragile(root))
    house.add(LibraryKind.HOME, root)
    house.scan()
    assert len(house.media()) == 3
    assert all(file.state is FileState.NEW for file in house.files().values())
    house.state.close()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_error_of_a_reader_ends_the_scan_and_does_not_hang_it(tmp_path: Path) -> None:
    class Broken(NoHome):
        def take_in(self, media: Media, file: Path, below: PurePosixPath) -> str | None:
            raise RuntimeError("a fault in the program")

    root = tmp_path / "photos"
    old_drive._photo(root / "1.jpg", datetime(2024, 5, 31, 10, 1, tzinfo=UTC), 1)
    house = house_in(tmp_path, home=Broken())
    house.add(LibraryKind.HOME, root)
    with pytest.raises(RuntimeError, match="a fault"):
        house.scan()
    house.state.close()
