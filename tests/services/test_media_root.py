"""The media folder: ours, another's, unplugged, read-only."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from media_library.app_state import AppState
from media_library.config import Output, Paths, Settings
from media_library.errors import InvalidInput, StorageError
from media_library.services.media_root import MediaRoot
from tests.conftest import wait_for

Make = Callable[[Path], MediaRoot]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the media folder is going to be."""
    return tmp_path / "media"


@pytest.fixture
def make(state: AppState, tmp_path: Path) -> Make:
    """Makes the media root of a folder for one library; what it looked up before is forgotten."""

    def media_root(folder: Path) -> MediaRoot:
        return MediaRoot(Settings(paths=Paths(str(folder), str(tmp_path / "data"))), state)

    return media_root


@pytest.fixture
def ours(make: Make, folder: Path) -> MediaRoot:
    """A media folder that was made ours."""
    root = make(folder)
    root.prepare()
    return root


def mount(folder: Path) -> None:
    """Mount a small file system; skips where that is not possible."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root mounts")
    options = "size=4m,nr_inodes=64"
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")


@pytest.fixture
def drive(tmp_path: Path) -> Iterator[Path]:
    """A drive of 4 MB with a file system of its own, mounted."""
    folder = tmp_path / "drive"
    folder.mkdir()
    mount(folder)
    yield folder
    subprocess.run(["umount", "-l", folder], check=False, capture_output=True)


def test_the_first_start_makes_the_folder_ours(ours: MediaRoot, folder: Path, state: AppState) -> None:
    assert ours.is_online() and ours.problem() is None
    assert (folder / ".media-library" / "root-id").read_text().strip() == state.media_root_id()
    assert [(library.name, library.folder) for library in state.list_libraries()] == [
        ("Articles", "articles"),
        ("Books", "books"),
        ("Films", "movies"),
        ("Music", "music"),
        ("Photos and home videos", "home"),
        ("Podcasts", "podcasts"),
        ("Shows", "shows"),
        ("Web videos", "videos"),
    ]


def test_a_later_start_changes_nothing(ours: MediaRoot, make: Make, folder: Path, state: AppState) -> None:
    before = state.media_root_id(), state.list_libraries()
    make(folder).prepare()
    assert (state.media_root_id(), state.list_libraries()) == before


def test_a_fresh_state_takes_over_a_folder_with_its_identity(ours: MediaRoot, folder: Path, tmp_path: Path) -> None:
    identity = (folder / ".media-library" / "root-id").read_text().strip()
    other = AppState.open(tmp_path / "other.db")
    MediaRoot(Settings(paths=Paths(str(folder), str(tmp_path / "data2"))), other).prepare()
    assert other.media_root_id() == identity
    other.close()


def test_the_libraries_lie_below_the_base_directory(state: AppState, folder: Path) -> None:
    MediaRoot(Settings(paths=Paths(str(folder)), output=Output(base_directory="a/b")), state).prepare()
    folders = ("movies", "shows", "music", "videos", "podcasts", "articles", "books", "home")
    assert {library.folder for library in state.list_libraries()} == {f"a/b/{name}" for name in folders}


def test_a_folder_that_is_gone_is_offline_and_everything_says_so(ours: MediaRoot, make: Make, folder: Path) -> None:
    folder.rename(folder.with_name("elsewhere"))
    gone = make(folder)
    assert not gone.is_online()
    for use in (
        gone.require_online,
        gone.require_writable,
        gone.space,
        gone.reserve_bytes,
        gone.bin,
        lambda: gone.path("movies/a.mp4"),
        lambda: gone.staging("job"),
    ):
        with pytest.raises(StorageError, match=r"is not there.*nothing is lost"):
            use()
    assert gone.staging_jobs() == []
    assert not folder.exists()


def test_an_empty_mount_point_is_offline_and_stays_empty(ours: MediaRoot, make: Make, folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    unmounted = make(folder)
    unmounted.prepare()
    assert not unmounted.is_online()
    assert list(folder.iterdir()) == []


def test_a_drive_that_is_unplugged_and_plugged_in_again_goes_offline_and_comes_back(make: Make, drive: Path) -> None:
    root = make(drive)
    root.prepare()
    kept = drive.parent / "kept"
    shutil.copytree(drive, kept)
    subprocess.run(["umount", drive], check=True)
    wait_for(lambda: not root.is_online(), seconds=5)
    mount(drive)
    shutil.copytree(kept, drive, dirs_exist_ok=True)
    wait_for(root.is_online, seconds=5)


def test_another_drive_in_its_place_is_refused(ours: MediaRoot, make: Make, folder: Path) -> None:
    (folder / ".media-library" / "root-id").write_text("0" * 32)
    with pytest.raises(StorageError, match=r"another media folder.*right drive"):
        make(folder).require_online()


def test_an_identity_that_cannot_be_read_is_a_sentence(ours: MediaRoot, make: Make, folder: Path) -> None:
    identity = folder / ".media-library" / "root-id"
    identity.unlink()
    identity.mkdir()
    assert "cannot be read" in (make(folder).problem() or "")
    identity.rmdir()
    identity.write_bytes(b"\xff\xfe")
    assert "another media folder" in (make(folder).problem() or "")


def test_a_read_only_drive_can_be_read_and_says_why_nothing_is_written(make: Make, drive: Path) -> None:
    root = make(drive)
    root.prepare()
    subprocess.run(["mount", "-o", "remount,ro", drive], check=True)
    root.prepare()
    assert root.is_online()
    assert root.path("movies/a.mp4") == drive / "movies" / "a.mp4"
    for write in (root.require_writable, lambda: root.staging("job"), root.bin):
        with pytest.raises(StorageError, match="read-only"):
            write()


def fill(drive: Path) -> None:
    """Write empty files until no more fit: a tmpfs counts them."""
    for number in range(100):
        (drive / f"file {number}").touch()


def test_a_full_drive_says_that_nothing_can_be_written(make: Make, drive: Path) -> None:
    root = make(drive)
    root.prepare()
    with pytest.raises(OSError, match="No space"):
        fill(drive)
    with pytest.raises(StorageError, match="full"):
        root.require_writable()


def test_a_folder_that_cannot_be_made_stops_the_start_with_a_sentence(make: Make, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"cannot be used.*MEDIA_ROOT"):
        make(tmp_path / "file" / "media").prepare()


@pytest.mark.parametrize(
    "relative", ["../x", "movies/../../x", "/etc/passwd", "//etc", "", ".", "movies/a\0.mp4", "..", "a/.."]
)
def test_no_path_leads_out_of_the_folder(ours: MediaRoot, relative: str) -> None:
    with pytest.raises(InvalidInput):
        ours.path(relative)


@pytest.mark.parametrize("relative", ["movies/A/A.mp4", "movies/…/..A..mp4", "music/-rf/\\..\\x.flac", "a/./b"])
def test_a_path_is_the_same_there_and_back(ours: MediaRoot, relative: str, folder: Path) -> None:
    path = ours.path(relative)
    assert folder in path.parents
    assert ours.relative(path) == relative.replace("/./", "/")


def test_unfinished_files_lie_on_the_volume_of_the_library(ours: MediaRoot, folder: Path) -> None:
    assert ours.staging("b") == folder / ".media-library" / "staging" / "b"
    assert ours.staging("a").is_dir()
    assert [path.name for path in ours.staging_jobs()] == ["a", "b"]
    assert ours.bin().is_dir()


def test_the_probe_for_writing_leaves_nothing(ours: MediaRoot) -> None:
    ours.require_writable()
    assert ours.staging_jobs() == []


def test_what_is_always_left_free_follows_the_size_of_the_volume(make: Make, drive: Path, ours: MediaRoot) -> None:
    free, total = ours.space()
    assert 0 < free <= total
    assert ours.reserve_bytes() == min(1 << 30, int(total * 0.02))


def test_a_small_volume_keeps_a_fiftieth_free(make: Make, drive: Path) -> None:
    root = make(drive)
    root.prepare()
    assert root.reserve_bytes() == int((4 << 20) * 0.02)
