"""What changes in library folders is noticed and becomes a scan, once it is quiet there."""

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.models.job import Job, JobKind, JobStatus
from media_library.models.library import LibraryFolder, LibraryKind
from media_library.models.library_job import ScanOrder
from media_library.models.preferences import LibraryPreferences
from media_library.repositories.base import now_ms
from media_library.workers.library_watch import LibraryWatch
from tests.scanning import House, house_in


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = house_in(tmp_path)
    yield house
    house.state.close()


@pytest.fixture
def films(house: House, tmp_path: Path) -> LibraryFolder:
    (tmp_path / "films/old").mkdir(parents=True)
    folder = house.add(LibraryKind.MOVIES, tmp_path / "films")
    for place in house.media_root.folders():
        house.state.note_scan(place.folder.id)
    return folder


def watching(house: House, *, is_on: bool = True, poll_seconds: float = 600.0) -> LibraryWatch:
    preferences = LibraryPreferences(watch=is_on)
    return LibraryWatch(
        house.state,
        house.media_root,
        house.places,
        lambda: preferences,
        quiet_seconds=0.4,
        look_seconds=0.2,
        poll_seconds=poll_seconds,
        growing_seconds=0.3,
    )


def queued(house: House) -> list[Job]:
    return [job for job in house.state.list_jobs([JobStatus.QUEUED], 100) if job.kind is JobKind.SCAN]


def until_queued(house: House, watch: LibraryWatch, *, seconds: float = 30.0) -> list[Job]:
    """Take turns until a scan is queued."""
    deadline = time.monotonic() + seconds
    while not queued(house):
        watch.step(threading.Event())
        assert time.monotonic() < deadline, "nothing was noticed"
    return queued(house)


def take_turns(watch: LibraryWatch, count: int) -> None:
    for _ in range(count):
        watch.step(threading.Event())


@pytest.mark.parametrize("change", ["create", "create below", "rename", "remove", "write", "new folder"])
def test_a_change_becomes_one_scan_of_its_folder(
    house: House, films: LibraryFolder, tmp_path: Path, change: str
) -> None:
    root = tmp_path / "films"
    (root / "there.mkv").write_bytes(b"x")
    watch = watching(house)
    take_turns(watch, 2)
    assert queued(house) == []
    match change:
        case "create":
            (root / "new.mkv").write_bytes(b"x")
        case "create below":
            (root / "old/new.mkv").write_bytes(b"x")
        case "rename":
            (root / "there.mkv").rename(root / "old/there.mkv")
        case "remove":
            (root / "there.mkv").unlink()
        case "write":
            (root / "there.mkv").write_bytes(b"xy")
        case _:
            (root / "Film (2001)").mkdir()
            (root / "Film (2001)/film.mkv").write_bytes(b"x")
    (job,) = until_queued(house, watch)
    claimed = house.state.claim_content("test", per_host=1, kinds=frozenset({JobKind.SCAN}))
    assert claimed is not None and claimed.order == ScanOrder((films.id,))
    assert job.title == "Look through films"
    watch.close()


def test_hidden_and_unfinished_files_are_no_news(house: House, films: LibraryFolder, tmp_path: Path) -> None:
    watch = watching(house)
    take_turns(watch, 2)
    (tmp_path / "films/.media-library/bin").mkdir(parents=True, exist_ok=True)
    (tmp_path / "films/.media-library/bin/x.mkv").write_bytes(b"x")
    (tmp_path / "films/film.mkv.part").write_bytes(b"x")
    take_turns(watch, 4)
    assert queued(house) == []
    watch.close()


def test_a_storm_of_changes_is_one_scan(house: House, films: LibraryFolder, tmp_path: Path) -> None:
    """Threat 160: ten thousand renames must not be ten thousand scans."""
    watch = watching(house)
    take_turns(watch, 1)
    for number in range(2_000):
        (tmp_path / f"films/{number}").touch()
    for number in range(2_000):
        (tmp_path / f"films/{number}").rename(tmp_path / f"films/old/{number}")
    assert len(until_queued(house, watch)) == 1
    take_turns(watch, 3)
    assert len(queued(house)) == 1
    watch.close()


def test_a_change_during_a_scan_is_looked_at_after_it(house: House, films: LibraryFolder, tmp_path: Path) -> None:
    watch = watching(house)
    take_turns(watch, 1)
    (tmp_path / "films/a.mkv").write_bytes(b"x")
    until_queued(house, watch)
    running = house.state.claim_content("test", per_host=1, kinds=frozenset({JobKind.SCAN}))
    assert running is not None
    (tmp_path / "films/b.mkv").write_bytes(b"x")
    take_turns(watch, 3)
    assert queued(house) == []
    house.state.finish_job(running.id, running.token)
    assert len(until_queued(house, watch)) == 1
    watch.close()


def test_a_drive_that_goes_is_offline_soon_and_looked_through_when_it_is_back(
    house: House, films: LibraryFolder, tmp_path: Path
) -> None:
    watch = watching(house)
    take_turns(watch, 2)
    (tmp_path / "films").rename(tmp_path / "away")
    take_turns(watch, 2)
    assert not house.state.library_folder(films.id).is_online
    (tmp_path / "away").rename(tmp_path / "films")
    until_queued(house, watch)
    assert house.state.library_folder(films.id).is_online
    watch.close()


def test_a_folder_whose_drive_tells_nothing_is_looked_at_now_and_then(
    house: House, films: LibraryFolder, tmp_path: Path
) -> None:
    watch = watching(house, poll_seconds=0.3)
    watch._unwatchable.add(tmp_path / "films")
    take_turns(watch, 2)
    assert queued(house) == []
    (tmp_path / "films/new.mkv").write_bytes(b"x")
    until_queued(house, watch)
    watch.close()


def test_without_watching_nothing_is_noticed_until_night(house: House, films: LibraryFolder, tmp_path: Path) -> None:
    watch = watching(house, is_on=False)
    take_turns(watch, 2)
    (tmp_path / "films/new.mkv").write_bytes(b"x")
    take_turns(watch, 3)
    assert queued(house) == []
    two_days_ago = now_ms() - 48 * 3_600_000
    house.state._change("UPDATE library_folders SET scanned_at = ? WHERE id = ?", (two_days_ago, films.id))
    (job,) = until_queued(house, watch)
    assert job.title == "Look through the libraries"
    take_turns(watch, 2)
    assert len(queued(house)) == 1
    watch.close()


def test_growing_files_are_looked_at_again(tmp_path: Path) -> None:
    house = house_in(tmp_path, settle_seconds=3600)
    (tmp_path / "films").mkdir()
    house.add(LibraryKind.MOVIES, tmp_path / "films")
    (tmp_path / "films/growing.mkv").write_bytes(b"x")
    assert house.scan().status is JobStatus.DONE
    for place in house.media_root.folders():
        house.state.note_scan(place.folder.id)
    watch = watching(house)
    until_queued(house, watch)
    watch.close()
    house.state.close()


def test_watching_ends_with_the_program(house: House, films: LibraryFolder) -> None:
    watch, stop = watching(house), threading.Event()
    watch.step(stop)
    stop.set()
    watch.step(stop)
    assert watch._watch is None
    shutil.rmtree(films.path)
