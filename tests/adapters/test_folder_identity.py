"""What tells a folder from another one at its place, and waiting for storage that hangs."""

import shutil
import threading
import time
from pathlib import Path

import pytest

from media_library.adapters.folder_identity import Patience, holds, identity_of, is_empty, is_marked, mark
from media_library.errors import StorageError


def test_a_marked_folder_keeps_its_identity_wherever_it_is_mounted(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    mark(tmp_path / "a", "first")
    mark(tmp_path / "a", "second")
    assert identity_of(tmp_path / "a") == "id:first" and is_marked(identity_of(tmp_path / "a"))
    (tmp_path / "a").rename(tmp_path / "b")
    assert identity_of(tmp_path / "b") == "id:first"


def test_a_folder_without_a_mark_is_told_by_its_place(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    assert identity_of(tmp_path / "a") == identity_of(tmp_path / "a") != identity_of(tmp_path / "b")
    assert not is_marked(identity_of(tmp_path / "a"))


def test_what_is_no_folder_has_no_identity(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        identity_of(tmp_path / "file")
    with pytest.raises(FileNotFoundError):
        identity_of(tmp_path / "nowhere")


def test_our_own_folder_does_not_count_as_content(tmp_path: Path) -> None:
    mark(tmp_path, "x")
    assert is_empty(tmp_path)
    (tmp_path / "film.mkv").touch()
    assert not is_empty(tmp_path)


def test_a_folder_is_recognised_by_one_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "film.mkv").write_bytes(b"12345")
    assert holds(tmp_path, [("gone.mkv", 5), ("film.mkv", 5)])
    assert not holds(tmp_path, [("film.mkv", 6)])
    shutil.move(tmp_path / "film.mkv", tmp_path / "other")
    (tmp_path / "film.mkv").symlink_to("other")
    assert not holds(tmp_path, [("film.mkv", 5)])


def test_patience_ends_and_what_hangs_is_not_asked_again() -> None:
    release, patience = threading.Event(), Patience[int](1.0)
    with pytest.raises(StorageError, match="not responding"):
        patience.ask("/mnt/nas", lambda: int(release.wait(60)))
    started = time.monotonic()
    with pytest.raises(StorageError, match="not responding"):
        patience.ask("/mnt/nas", lambda: 1)
    assert time.monotonic() - started < 0.8
    assert patience.ask("/mnt/other", lambda: 2) == 2
    release.set()


def test_an_error_of_the_storage_is_handed_on() -> None:
    def broken() -> int:
        raise PermissionError(13, "No", "/mnt")

    with pytest.raises(PermissionError):
        Patience[int](1).ask("/mnt", broken)
