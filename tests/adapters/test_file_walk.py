"""Listing folders without leaving them, and without being held up by storage that hangs."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from media_library.adapters.file_walk import LINK, Listing, Walker, is_passed_over, walk
from media_library.errors import Stopped, StorageError


def names(root: Path) -> set[str]:
    return {f"{listing.folder}/{file.name}".lstrip("/") for listing in walk(root) for file in listing.files}


def test_files_are_listed_with_their_facts_folders_before_those_in_them(tmp_path: Path) -> None:
    (tmp_path / "b/c").mkdir(parents=True)
    for name in ("z.txt", "b/y.txt", "b/c/x.txt"):
        (tmp_path / name).write_text(name)
    listings = list(walk(tmp_path))
    assert [listing.folder for listing in listings] == ["", "b", "b/c"]
    (file,) = listings[2].files
    status = (tmp_path / "b/c/x.txt").stat()
    assert (file.name, file.size_bytes, file.mtime_ns, file.inode, file.changed_ns, file.reason) == (
        "x.txt",
        status.st_size,
        status.st_mtime_ns,
        status.st_ino,
        status.st_ctime_ns,
        None,
    )


def test_a_folder_of_many_files_comes_in_parts(tmp_path: Path) -> None:
    for number in range(2_500):
        (tmp_path / f"{number}").touch()
    parts = list(walk(tmp_path))
    assert [(len(part.files), part.is_last) for part in parts] == [(1000, False), (1000, False), (500, True)]


def test_links_are_listed_and_never_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/secret").touch()
    (tmp_path / "in/folder").symlink_to(tmp_path / "out")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/file").symlink_to(tmp_path / "out/secret")
    (listing,) = walk(tmp_path / "in")
    assert {file.name: file.reason for file in listing.files} == {"folder": LINK, "loop": LINK, "file": LINK}


def test_threat_60_a_folder_that_becomes_a_link_before_it_is_opened_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in/folder").mkdir(parents=True)
    (tmp_path / "out").mkdir()
    (tmp_path / "out/secret").touch()
    walking = walk(tmp_path / "in")
    next(walking)
    (tmp_path / "in/folder").rmdir()
    (tmp_path / "in/folder").symlink_to(tmp_path / "out")
    (listing,) = walking
    assert not listing.is_readable and [file.name for file in listing.files] == [""]


def test_the_root_itself_may_be_reached_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/file").touch()
    (tmp_path / "link").symlink_to("real")
    assert names(tmp_path / "link") == {"file"}


def test_a_root_that_is_not_there_is_an_error_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nowhere"):
        list(walk(tmp_path / "nowhere"))


def test_a_file_that_is_removed_meanwhile_is_not_listed(tmp_path: Path) -> None:
    for number in range(1_500):
        (tmp_path / f"{number:04d}").touch()
    walking = walk(tmp_path)
    first = next(walking)
    for file in tmp_path.iterdir():
        file.unlink()
    assert len(first.files) == 1000
    assert sum(len(part.files) for part in walking) <= 500


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_a_folder_that_may_not_be_read_is_listed_with_the_reason_and_the_rest_goes_on(tmp_path: Path) -> None:
    """A child that is somebody else walks, for root may read everything."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed/inner").touch()
    (tmp_path / "open").mkdir()
    (tmp_path / "open/file").touch()
    for folder in (tmp_path, tmp_path / "open"):
        folder.chmod(0o755)
    (tmp_path / "closed").chmod(0o700)
    above = [folder for folder in tmp_path.parents if not folder.stat().st_mode & 0o001]
    for folder in above:
        folder.chmod(folder.stat().st_mode | 0o001)
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.setgid(65534)
            os.setuid(65534)
            found = list(walk(tmp_path))
            closed = next(listing for listing in found if listing.folder == "closed")
            is_told = not closed.is_readable and "permission" in (closed.files[0].reason or "")
            others = {file.name for listing in found if listing.folder == "open" for file in listing.files}
            code = 0 if is_told and others == {"file"} else 2
        finally:
            os._exit(code)
    os.close(writer)
    os.close(reader)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@pytest.mark.parametrize(
    "name",
    [".hidden", "._film.mkv", "@eaDir", "lost+found", "$RECYCLE.BIN", "Thumbs.db", "film.mkv.part", "x.!qB", "y~"],
)
def test_junk_and_what_is_not_finished_is_passed_over(name: str) -> None:
    assert is_passed_over(name)


@pytest.mark.parametrize("name", ["film.mkv", "Part 1", "a.b", "thumbs", "recycle", "@home"])
def test_what_people_keep_is_not_passed_over(name: str) -> None:
    assert not is_passed_over(name)


def test_threat_61_storage_that_hangs_is_given_up_and_not_asked_again(tmp_path: Path) -> None:
    release, asked = threading.Event(), []

    def stuck(root: Path) -> Iterator[Listing]:
        asked.append(root)
        release.wait(60)
        yield Listing("", ())

    walker = Walker(patience_seconds=0.3, walk=stuck)
    started = time.monotonic()
    for _ in range(2):
        with pytest.raises(StorageError, match="not responding"):
            list(walker.listings(tmp_path, threading.Event()))
    assert len(asked) == 1 and time.monotonic() - started < 20
    release.set()


def test_a_walk_is_broken_off_when_the_program_stops(tmp_path: Path) -> None:
    release, stop = threading.Event(), threading.Event()

    def endless(root: Path) -> Iterator[Listing]:
        while not release.is_set():
            yield Listing("", ())

    listings = Walker(walk=endless).listings(tmp_path, stop)
    next(listings)
    stop.set()
    with pytest.raises(Stopped):
        for _ in listings:
            pass
    release.set()


def test_an_error_of_the_walk_reaches_who_asked(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="nowhere"):
        list(Walker().listings(tmp_path / "nowhere", threading.Event()))
