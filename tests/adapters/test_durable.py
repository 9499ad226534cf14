"""Moving finished files: nothing is overwritten, also where a file system has no hard links."""

import errno
import os
from pathlib import Path

import pytest

from media_library.adapters import durable


@pytest.fixture(params=[True, False], ids=["hard links", "no hard links"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    if not request.param:

        def link(*_: object, **__: object) -> None:
            raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

        # the operating system is stood in for, not our own code: exFAT and most network volumes answer like this
        monkeypatch.setattr(os, "link", link)
    return tmp_path


def written(folder: Path, name: str, content: str) -> Path:
    file = folder / name
    file.write_text(content)
    return file


def test_a_file_is_moved(folder: Path) -> None:
    source = written(folder, "a", "film")
    durable.flush_file(source)
    durable.move(source, folder / "b")
    assert not source.exists()
    assert (folder / "b").read_text() == "film"


def test_a_name_that_is_taken_is_left_alone(folder: Path) -> None:
    source, target = written(folder, "a", "film"), written(folder, "b", "other")
    with pytest.raises(FileExistsError):
        durable.move(source, target)
    assert (source.read_text(), target.read_text()) == ("film", "other")


def test_a_link_that_leads_nowhere_takes_a_name_too(folder: Path) -> None:
    source = written(folder, "a", "film")
    (folder / "b").symlink_to(folder / "nowhere")
    with pytest.raises(FileExistsError):
        durable.move(source, folder / "b")
    assert not (folder / "nowhere").exists()


def test_an_exchange_keeps_the_old_file(folder: Path) -> None:
    old, new = written(folder, "old", "old"), written(folder, "new", "new")
    durable.exchange(old, new, folder / "kept")
    assert (old.read_text(), (folder / "kept").read_text()) == ("new", "old")
    assert not new.exists()


def test_missing_folders_are_made_below_one_that_is_there(tmp_path: Path) -> None:
    created = durable.make_folders(tmp_path / "a" / "b", tmp_path)
    assert created == [tmp_path / "a" / "b", tmp_path / "a"]
    assert durable.make_folders(tmp_path / "a" / "b", tmp_path) == []
    (tmp_path / "a" / "file").touch()
    durable.remove_empty(created)
    assert [path.name for path in tmp_path.rglob("*")] == ["a", "file"]


@pytest.mark.parametrize(
    ("number", "words"), [(errno.ENOSPC, "volume is full"), (errno.EROFS, "read-only"), (errno.EIO, "Check the drive")]
)
def test_an_error_of_the_volume_says_what_to_do(number: int, words: str) -> None:
    assert words in str(durable.storage_error(OSError(number, os.strerror(number))))
