"""Threat 159: a drive that is not there, or not the right one, must not look like a library that was emptied."""

import os
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.adapters.file_walk import Listing, Walker, walk
from media_library.errors import StorageError
from media_library.models.library import LibraryFolder, LibraryKind, stored_path
from media_library.services.library_places import LibraryPlaces
from tests.scanning import House, house_in
from tests.services.library_scanner.conftest import Put


@pytest.fixture
def filled(house: House, films: LibraryFolder, put: Put, tmp_path: Path) -> LibraryFolder:
    """The library of films with two in it."""
    put(tmp_path / "films/Alpine (2001).mkv")
    put(tmp_path / "films/Border (2002).mkv")
    assert house.scan().status == "done"
    assert len(house.media()) == 2
    return films


def nothing_was_concluded(house: House, folder: LibraryFolder) -> None:
    before = {media.id for media in house.media().values()}
    assert len(before) == 2
    job = house.scan(folder.id)
    assert job.status == "failed" and job.error
    assert {media.id for media in house.media().values()} == before and not house.missing()
    assert not house.state.library_folder(folder.id).is_online


def test_a_missing_mount_point_is_offline(house: House, filled: LibraryFolder, tmp_path: Path) -> None:
    (tmp_path / "films").rename(tmp_path / "away")
    nothing_was_concluded(house, filled)
    (tmp_path / "away").rename(tmp_path / "films")
    assert house.scan(filled.id).status == "done"
    assert house.state.library_folder(filled.id).is_online and len(house.media()) == 2


def test_an_empty_mount_point_is_offline(house: House, filled: LibraryFolder, tmp_path: Path) -> None:
    (tmp_path / "films").rename(tmp_path / "away")
    (tmp_path / "films").mkdir()
    nothing_was_concluded(house, filled)


def test_another_drive_at_the_same_place_is_offline(
    house: House, filled: LibraryFolder, put: Put, tmp_path: Path
) -> None:
    (tmp_path / "films").rename(tmp_path / "away")
    put(tmp_path / "films/Other people's film (1999).mkv")
    nothing_was_concluded(house, filled)


def test_a_read_only_folder_is_told_from_an_empty_one_without_a_mark(house: House, put: Put, tmp_path: Path) -> None:
    put(tmp_path / "nas/Alpine (2001).mkv")
    put(tmp_path / "nas/Border (2002).mkv")
    folder = house.add(LibraryKind.MOVIES, tmp_path / "nas", is_read_only=True)
    assert not (tmp_path / "nas/.media-library").exists()
    assert house.scan().status == "done"
    (tmp_path / "nas").rename(tmp_path / "away")
    (tmp_path / "nas").mkdir()
    nothing_was_concluded(house, folder)


def test_a_network_drive_that_comes_back_with_other_numbers_is_recognised_by_its_files(
    house: House, put: Put, tmp_path: Path
) -> None:
    put(tmp_path / "nas/Alpine (2001).mkv")
    put(tmp_path / "nas/Border (2002).mkv")
    folder = house.add(LibraryKind.MOVIES, tmp_path / "nas", is_read_only=True)
    assert house.scan().status == "done"
    (tmp_path / "nas").rename(tmp_path / "away")
    shutil.copytree(tmp_path / "away", tmp_path / "nas")
    before = {media.id for media in house.media().values()}
    assert house.scan(folder.id).status == "done"
    assert {media.id for media in house.media().values()} == before and not house.missing()


def test_a_folder_of_the_media_folder_that_is_emptied_is_offline(house: House, put: Put) -> None:
    """It may be a mount of its own."""
    movies = house.media_root.folder / "movies"
    put(movies / "Alpine (2001).mkv")
    put(movies / "Border (2002).mkv")
    assert house.scan().status == "done"
    folder = next(place.folder for place in house.media_root.folders() if place.folder.path == "movies")
    shutil.rmtree(movies)
    nothing_was_concluded(house, folder)
    movies.mkdir()
    nothing_was_concluded(house, folder)


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_offline(house: House, filled: LibraryFolder, tmp_path: Path) -> None:
    (tmp_path / "films").chmod(0)
    try:
        nothing_was_concluded(house, filled)
    finally:
        (tmp_path / "films").chmod(0o755)


def test_a_drive_that_goes_in_the_middle_of_a_scan_leaves_everything_as_it_was(tmp_path: Path, put: Put) -> None:
    root = tmp_path / "films"

    def cut(folder: Path) -> Iterator[Listing]:
        for listing in walk(folder):
            yield listing
            if folder == root and is_cut.is_set():
                root.rename(tmp_path / "away")
                return  # as a file system does that has nothing more to say

    is_cut = threading.Event()
    house = house_in(tmp_path, walker=Walker(walk=cut))
    for name in ("A/Alpine (2001).mkv", "B/Border (2002).mkv"):
        put(root / name)
    folder = house.add(LibraryKind.MOVIES, root)
    assert house.scan().status == "done"
    is_cut.set()
    nothing_was_concluded(house, folder)
    house.state.close()


def test_what_lies_in_a_folder_that_cannot_be_read_is_not_gone(tmp_path: Path, put: Put) -> None:
    root = tmp_path / "films"

    def half(folder: Path) -> Iterator[Listing]:
        for listing in walk(folder):
            is_locked = locked.is_set() and listing.folder == "B"
            yield Listing(listing.folder, (), is_readable=False) if is_locked else listing

    locked = threading.Event()
    house = house_in(tmp_path, walker=Walker(walk=half))
    for name in ("A/Alpine (2001).mkv", "B/Border (2002).mkv", "BB/Coast (2003).mkv"):
        put(root / name)
    folder = house.add(LibraryKind.MOVIES, root)
    assert house.scan().status == "done"
    locked.set()
    (root / "A/Alpine (2001).mkv").unlink()
    (root / "BB/Coast (2003).mkv").unlink()
    assert house.scan().status == "done"
    assert set(house.media()) == {stored_path(folder, "B/Border (2002).mkv")}
    assert len(house.missing()) == 2
    house.state.close()


def test_threat_61_storage_that_hangs_holds_up_no_other_folder(tmp_path: Path, put: Put) -> None:
    hung, release = tmp_path / "hung", threading.Event()
    hung.mkdir()

    def stuck(folder: Path) -> Iterator[Listing]:
        if folder == hung:
            release.wait(60)
        yield from walk(folder)

    house = house_in(tmp_path, walker=Walker(patience_seconds=0.5, walk=stuck))
    house.add(LibraryKind.MOVIES, hung)
    put(tmp_path / "fine/Alpine (2001).mkv")
    house.add(LibraryKind.MOVIES, tmp_path / "fine")
    started = time.monotonic()
    job = house.scan()
    again = house.scan()
    assert job.status == again.status == "done"
    assert time.monotonic() - started < 60
    assert len(house.media()) == 1
    release.set()
    house.state.close()


def test_storage_that_does_not_answer_is_said_to_be_so(house: House, filled: LibraryFolder, tmp_path: Path) -> None:
    release = threading.Event()
    places = LibraryPlaces(house.state, house.media_root, patience_seconds=0.2)

    def hang() -> None:
        release.wait(60)

    with pytest.raises(StorageError, match="not responding"):
        places._patience.ask(str(tmp_path / "films"), hang)
    place = next(place for place in places.all() if place.folder.id == filled.id)
    assert "not responding" in (places.look(place) or "")
    assert "not responding" in (house.state.library_folder(filled.id).problem or "")
    release.set()


def test_a_folder_that_was_taken_out_hides_its_items_and_brings_them_back(house: House, filled: LibraryFolder) -> None:
    house.state.remove_folder(filled.id)
    house.state.miss_folder(filled.id)
    assert not house.media() and len(house.missing()) == 2
    house.state.restore_folder(filled.id)
    house.state.find_folder(filled.id)
    assert len(house.media()) == 2 and not house.missing()
