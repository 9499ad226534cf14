"""A folder of images as drives: what counts as a disc, what is still being copied, and what an eject remembers."""

import json
import logging
import os
import shutil
import time
from pathlib import Path

import pytest

from media_library.adapters.disc_images import DiscImages
from media_library.errors import NotFound, StorageError
from media_library.models.drive import DiscKind, Drive, DriveKind
from tests.fixtures import audio_cd, tools


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "discs"
    folder.mkdir()
    return folder


@pytest.fixture
def images(folder: Path, tmp_path: Path) -> DiscImages:
    """Drives that believe at once that an image is complete."""
    return DiscImages(folder, tmp_path / "state" / "images.json", settle_seconds=0, patience_seconds=0)


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def inside(images: DiscImages) -> dict[str, DiscKind]:
    return {drive.name: drive.medium.kind for drive in images.list_drives() if drive.medium and drive.medium.source}


def tree(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.lstat().st_size, path.lstat().st_mtime_ns) for path in folder.rglob("*")}


def test_each_image_is_a_disc_in_a_drive(images: DiscImages, folder: Path) -> None:
    (folder / "Film.ISO").write_bytes(b"x")
    (folder / "dvd" / "video_ts").mkdir(parents=True)
    (folder / "bluray" / "BDMV").mkdir(parents=True)
    audio_cd.build(folder / "Audio CD", seconds=0.1)
    audio_cd.build_cue(folder, seconds=0.1)
    (folder / "songs").mkdir()
    (folder / "songs" / "01 Song.flac").touch()
    assert inside(images) == {
        "Film.ISO": DiscKind.UNKNOWN, "dvd": DiscKind.DVD, "bluray": DiscKind.BLURAY,
        "Audio CD": DiscKind.AUDIO_CD, "cd.cue": DiscKind.AUDIO_CD, "songs": DiscKind.AUDIO_CD,
    }  # fmt: skip
    drive = next(drive for drive in images.list_drives() if drive.name == "Film.ISO")
    assert drive.kind is DriveKind.IMAGE
    assert drive.id == "image:Film.ISO"
    assert drive.medium is not None
    assert (drive.medium.label, drive.medium.source) == ("Film", str(folder / "Film.ISO"))


def test_other_files_are_no_discs(images: DiscImages, folder: Path) -> None:
    for name in ("notes.txt", "song.wav", ".hidden.iso", "cd.bin", "film.iso.part"):
        (folder / name).write_bytes(b"x")
    for name in ("empty", "photos", "x.iso"):
        (folder / name).mkdir()
    (folder / "photos" / "1.jpg").touch()
    os.mkfifo(folder / "pipe.iso")
    assert images.list_drives() == ()


def test_links_out_of_the_folder_are_ignored(images: DiscImages, folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    (outside / "VIDEO_TS").mkdir(parents=True)
    (outside / "secret.iso").write_bytes(b"x")
    (folder / "a").symlink_to(outside)
    (folder / "b.iso").symlink_to(outside / "secret.iso")
    (folder / "c.iso").symlink_to("../outside/secret.iso")
    (folder / "loop.iso").symlink_to("loop.iso")
    (folder / "real.iso").write_bytes(b"x")
    (folder / "also.iso").symlink_to("real.iso")
    assert set(inside(images)) == {"real.iso", "also.iso"}


@pytest.mark.parametrize(
    "name", ["new\nline.iso", "quote\"'`$(touch x).iso", "🎬.iso", "-rf.iso", "ü" * 125 + ".iso", "a" * 251 + ".iso"]
)
def test_hostile_names_work(images: DiscImages, folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"x")
    (drive,) = images.list_drives()
    assert drive.medium is not None and drive.medium.source == str(folder / name)
    assert drive.name.isprintable()
    images.eject(drive.id)
    assert images.list_drives() == ()


def test_a_name_that_is_not_utf_8_asks_to_be_changed(images: DiscImages, folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/bad\xff.iso")).write_bytes(b"x")
    (drive,) = images.list_drives()
    assert drive.medium is None and drive.message is not None and "Rename" in drive.message
    assert drive.id.encode() == b"image:bad\\xff.iso"


def test_an_image_that_grows_is_not_yet_there(folder: Path, tmp_path: Path) -> None:
    images = DiscImages(folder, tmp_path / "images.json", settle_seconds=0.3, patience_seconds=0.3)
    image = folder / "film.iso"
    image.write_bytes(b"x")
    (drive,) = images.list_drives()
    assert drive.medium is not None and drive.medium.source is None
    assert drive.message == "“film.iso” is still being copied."
    age(image, 60)
    assert inside(images) == {}  # changed since the last look
    assert set(inside(images)) == {"film.iso"}


def test_an_image_is_there_once_nobody_writes_any_more(folder: Path, tmp_path: Path) -> None:
    images = DiscImages(folder, tmp_path / "images.json", settle_seconds=3600, patience_seconds=3600)
    image = folder / "film.iso"
    image.write_bytes(b"x")
    assert inside(images) == {}
    age(image, 4000)
    images.list_drives()
    assert set(inside(images)) == {"film.iso"}


def test_a_clock_that_runs_ahead_does_not_hide_an_image(folder: Path, tmp_path: Path) -> None:
    images = DiscImages(folder, tmp_path / "images.json", settle_seconds=0.05, patience_seconds=0.05)
    (folder / "film.iso").write_bytes(b"x")
    age(folder / "film.iso", -3600)
    deadline = time.monotonic() + 5
    while not inside(images):
        assert time.monotonic() < deadline


def test_an_image_shorter_than_its_volume_is_still_being_copied(folder: Path, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "data").write_bytes(bytes(2_000_000))
    tools.write_image(source, tmp_path / "whole.iso", label="X", options=[])
    images = DiscImages(folder, tmp_path / "images.json", settle_seconds=0, patience_seconds=60)
    part = folder / "part.iso"
    part.write_bytes((tmp_path / "whole.iso").read_bytes()[:1_000_000])
    assert inside(images) == {}
    age(part, 61)
    images.list_drives()
    assert set(inside(images)) == {"part.iso"}  # nobody copies any more: let the examination say what is wrong
    shutil.copy(tmp_path / "whole.iso", part)
    images.list_drives()
    assert set(inside(images)) == {"part.iso"}


def test_a_folder_that_grows_is_not_yet_there(images: DiscImages, folder: Path) -> None:
    (folder / "dvd" / "VIDEO_TS").mkdir(parents=True)
    (folder / "dvd" / "VIDEO_TS" / "VIDEO_TS.IFO").write_bytes(b"x")
    assert set(inside(images)) == {"dvd"}
    (folder / "dvd" / "VIDEO_TS" / "VTS_01_1.VOB").write_bytes(b"x")
    assert inside(images) == {}
    assert set(inside(images)) == {"dvd"}


def test_an_ejected_image_stays_away_and_nothing_is_touched(images: DiscImages, folder: Path, tmp_path: Path) -> None:
    (folder / "film.iso").write_bytes(b"x")
    (folder / "dvd" / "VIDEO_TS").mkdir(parents=True)
    before = tree(folder)
    images.eject("image:film.iso")
    images.eject("image:dvd")
    assert images.list_drives() == ()
    assert DiscImages(folder, tmp_path / "state" / "images.json", settle_seconds=0).list_drives() == ()
    assert tree(folder) == before


def test_a_replaced_image_is_a_new_disc(images: DiscImages, folder: Path) -> None:
    image = folder / "film.iso"
    image.write_bytes(b"x")
    images.eject("image:film.iso")
    image.write_bytes(b"another film")
    images.list_drives()
    assert set(inside(images)) == {"film.iso"}


def test_an_image_that_is_gone_is_forgotten(images: DiscImages, folder: Path, tmp_path: Path) -> None:
    for name in ("a.iso", "b.iso"):
        (folder / name).write_bytes(b"x")
    images.eject("image:a.iso")
    (folder / "a.iso").unlink()
    images.eject("image:b.iso")
    assert list(json.loads((tmp_path / "state" / "images.json").read_text())["ejected"]) == ["b.iso"]


def test_ejecting_what_is_not_there_is_refused(images: DiscImages, folder: Path) -> None:
    for drive_id in ("image:film.iso", "image:../secret.iso", "linux:sr0", ""):
        with pytest.raises(NotFound):
            images.eject(drive_id)


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"ejected": 3}', '{"ejected": {"film.iso": ["x"]}}', "[" * 100_000]
)
def test_a_broken_state_file_shows_the_images_again(folder: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "images.json").write_text(content)
    (folder / "film.iso").write_bytes(b"x")
    images = DiscImages(folder, tmp_path / "images.json", settle_seconds=0, patience_seconds=0)
    assert set(inside(images)) == {"film.iso"}
    images.eject("image:film.iso")
    assert images.list_drives() == ()


def test_a_state_that_cannot_be_written_is_said_and_still_ejects(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    images = DiscImages(folder, tmp_path / "file" / "images.json", settle_seconds=0)
    (folder / "film.iso").write_bytes(b"x")
    with pytest.raises(StorageError):
        images.eject("image:film.iso")
    assert images.list_drives() == ()


def test_a_folder_that_is_away_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "away"
    images = DiscImages(folder, tmp_path / "images.json", settle_seconds=0, patience_seconds=0)
    with caplog.at_level(logging.WARNING):
        assert images.list_drives() == images.list_drives() == ()
        assert len(caplog.records) == 1
        folder.mkdir()
        (folder / "film.iso").write_bytes(b"x")
        assert set(inside(images)) == {"film.iso"}
        shutil.rmtree(folder)
        folder.write_text("a file")
        assert images.list_drives() == ()
        assert len(caplog.records) == 2


def test_the_same_image_is_the_same_version(images: DiscImages, folder: Path) -> None:
    (folder / "film.iso").write_bytes(b"x")
    first, second = images.list_drives(), images.list_drives()
    assert first == second
    assert isinstance(first[0], Drive)
