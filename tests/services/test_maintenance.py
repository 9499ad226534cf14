"""The chores: what was long enough in the bin goes for good, and nothing else."""

import os
import threading
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.models.content_job import DownloadOrder
from media_library.models.library import Library
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.repositories.base import now_ms
from media_library.services.maintenance import Maintenance
from media_library.services.media_root import MediaRoot
from tests.conftest import file_of

MONTH_MS = 31 * 86_400_000


@pytest.fixture
def media_root(tmp_path: Path, state: AppState) -> MediaRoot:
    paths = Paths(media_root=str(tmp_path / "media"), data_directory=str(tmp_path / "state"))
    media_root = MediaRoot(Settings(paths=paths), state)
    media_root.prepare()
    return media_root


def turn(state: AppState, media_root: MediaRoot) -> None:
    """One turn of the chores, with those of the day."""
    stop = threading.Event()
    stop.set()
    Maintenance(state, media_root, first_daily_seconds=0).step(stop)


def binned(state: AppState, media_root: MediaRoot, library: Library, title: str, *, days_ago: int) -> Media:
    """An item in the bin with its file."""
    file = MediaFile(f"movies/{title}.mp4", 1, 1, 1, "mp4", 1)
    media = state.add_media(NewMedia(MediaType.MOVIE, library.id, MediaNames(title), file))
    state.bin_media(media.id)
    with state.transaction():
        state._change("UPDATE media SET deleted_at = ? WHERE id = ?", (now_ms() - days_ago * 86_400_000, media.id))
    (media_root.bin() / f"{media.id}.mp4").write_bytes(b"film")
    return media


def test_what_lay_in_the_bin_for_a_month_goes_for_good_and_the_rest_stays(
    state: AppState, media_root: MediaRoot, films: Library
) -> None:
    old = binned(state, media_root, films, "Old", days_ago=31)
    young = binned(state, media_root, films, "Young", days_ago=29)
    replaced_long_ago = media_root.bin() / f"{young.id}.{now_ms() - MONTH_MS}.replaced.mp4"
    replaced_now = media_root.bin() / f"{young.id}.{now_ms()}.replaced.mp4"
    replaced_long_ago.write_bytes(b"film")
    replaced_now.write_bytes(b"film")
    turn(state, media_root)
    assert sorted(file.name for file in media_root.bin().iterdir()) == sorted([f"{young.id}.mp4", replaced_now.name])
    assert state.media(young.id).deleted_at is not None
    assert [media.id for media in state.media_in_bin(now_ms())] == [young.id]
    assert old.id != young.id


def test_an_unplugged_drive_empties_no_bin(state: AppState, media_root: MediaRoot, films: Library) -> None:
    media = binned(state, media_root, films, "Old", days_ago=31)
    (media_root.folder / ".media-library" / "root-id").unlink()
    turn(state, MediaRoot(Settings(paths=Paths(media_root=str(media_root.folder))), state))
    assert state.media(media.id).deleted_at is not None
    assert list((media_root.folder / ".media-library" / "bin").iterdir())


def test_a_backup_is_written_every_day(state: AppState, media_root: MediaRoot, tmp_path: Path) -> None:
    turn(state, media_root)
    assert len(list((tmp_path / "state" / "backups").glob("*-daily.db"))) == 1


def test_a_file_whose_removal_was_interrupted_goes_with_its_item(
    state: AppState, media_root: MediaRoot, films: Library
) -> None:
    media = binned(state, media_root, films, "Old", days_ago=31)
    place = media_root.path(file_of(media).path)
    place.parent.mkdir(parents=True)
    (media_root.bin() / f"{media.id}.mp4").rename(place)
    status = place.stat()
    file = MediaFile(file_of(media).path, status.st_size, status.st_mtime_ns, status.st_ino, "mp4", 1)
    state.move_media(media.id, file)
    turn(state, media_root)
    assert not place.exists()
    assert list(media_root.bin().iterdir()) == []


def test_what_a_job_left_behind_goes_after_a_day_unless_it_can_be_resumed(
    state: AppState, media_root: MediaRoot
) -> None:
    waiting = state.queue_content(DownloadOrder("https://a.example/"), title="A", origin="url:a")
    folders = {name: media_root.staging(name) for name in (waiting.id, "0" * 32, "1" * 32)}
    for name in (waiting.id, "0" * 32):
        os.utime(folders[name], (0, 0))
    turn(state, media_root)
    assert {folder.name for folder in media_root.staging_jobs()} == {waiting.id, "1" * 32}
