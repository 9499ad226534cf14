"""Many photos by children that stay: each bad one costs only itself, and nothing is kept but pixels."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from PIL import Image

from media_library.adapters.photo_facts import PhotoReaders, PhotoRefused
from media_library.adapters.photo_facts.plain_jpeg import size_of
from media_library.adapters.photo_facts.readers import _content
from media_library.adapters.sandbox import isolation
from media_library.errors import ToolFailed
from tests.conftest import wait_for
from tests.fixtures import photos
from tests.programs import write_program

LACKING = [text for text in isolation().missing if "runs as root" not in text]


def readers_alive() -> list[psutil.Process]:
    """The children that read photos, with those who watch over them."""
    mine = psutil.Process().children(recursive=True)
    return [child for child in mine if "photo_facts" in " ".join(child.cmdline())]


def read_all(readers: PhotoReaders, folder: Path) -> dict[str, str]:
    """Why each file of a folder is refused, "" for those that are not, as its name says."""
    said = {}
    for file in sorted(folder.iterdir()):
        try:
            readers.read(file, within=folder, side=200)
        except PhotoRefused as refusal:
            said[file.name] = str(refusal)
        else:
            said[file.name] = ""
    return said


def test_72_a_photo_gives_its_facts_and_one_jpeg_of_pixels_alone(tmp_path: Path) -> None:
    with PhotoReaders() as readers:
        for suffix, size in ((".jpg", (400, 200)), (".png", (200, 400)), (".heic", (400, 200)), (".webp", (64, 48))):
            read = readers.read(photos.write_photo(tmp_path / f"a{suffix}", size), within=tmp_path, side=200)
            assert (read.facts.width, read.facts.height) == size and read.facts.camera == "Canon EOS 5D"
            made = read.jpeg.made
            assert max(made.width, made.height) == min(200, max(size)), suffix
            assert size_of(read.jpeg.content) == (made.width, made.height)
            assert made.placeholder.startswith("data:image/webp;base64,") and len(made.placeholder) <= 400
            for trace in (b"Exif", b"Canon", b"2024", b"GPS", b"ICC", b"http", b"XMP"):
                assert trace not in read.jpeg.content, (suffix, trace)


def test_67_68_what_is_refused_costs_only_itself_and_no_child(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for number in range(3):
        photos.write_photo(folder / f"{number}1 fine.jpg")
        (folder / f"{number}2 side.png").write_bytes(photos.png_of_size(17_000, 10))
        (folder / f"{number}3 pixels.jpg").write_bytes(photos.jpeg_of_size(65_500, 65_500))
        (folder / f"{number}4 vector.png").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
        (folder / f"{number}5 cut.jpg").write_bytes((folder / f"{number}1 fine.jpg").read_bytes()[:700])
        (folder / f"{number}6 empty.jpg").write_bytes(b"")
    with PhotoReaders() as readers:
        said = read_all(readers, folder)
        assert len({child.pid for child in readers_alive() if "-B" in child.cmdline()}) >= 1
        assert len(readers._idle) == 1 and readers._idle[0].served == len(said) == 18
    for name, reason in said.items():
        word = {"fine": "", "side": "64 million", "pixels": "64 million"}.get(name[3:].partition(".")[0])
        assert (reason == "") if word == "" else (word or ".") in reason, (name, reason)


@pytest.mark.skipif(bool(LACKING), reason="; ".join(LACKING))
def test_a_child_reads_nothing_outside_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    secret = photos.write_photo(tmp_path / "secret.jpg")
    (tmp_path / "in" / "link.jpg").symlink_to(secret)
    with PhotoReaders() as readers:
        for file in (secret, tmp_path / "in" / "link.jpg"):
            with pytest.raises(PhotoRefused, match="cannot be read"):
                readers.read(file, within=tmp_path / "in", side=200)


def test_a_name_that_is_no_text_is_read(tmp_path: Path) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe photo.jpg"))
    try:
        file.write_bytes(photos.write_photo(tmp_path / "a.jpg").read_bytes())
    except OSError:
        pytest.skip("the file system takes only names that are text")
    with PhotoReaders() as readers:
        assert readers.read(file, within=tmp_path, side=200).facts.width == 64


def test_children_are_as_many_as_threads_ask_and_none_is_left(tmp_path: Path) -> None:
    files = [photos.write_photo(tmp_path / f"{number}.jpg") for number in range(12)]
    before = len(readers_alive())
    together = threading.Barrier(2)

    def read(file: Path) -> int:
        if file in files[:2]:
            together.wait(30)
        return readers.read(file, within=tmp_path, side=200).facts.width

    with PhotoReaders() as readers, ThreadPoolExecutor(2) as threads:
        assert list(threads.map(read, files)) == [64] * 12
        assert 1 <= len(readers._idle) <= 2
    wait_for(lambda: len(readers_alive()) == before)


def test_a_child_that_was_killed_between_two_photos_costs_none(tmp_path: Path) -> None:
    file = photos.write_photo(tmp_path / "a.jpg")
    with PhotoReaders() as readers:
        readers.read(file, within=tmp_path, side=200)
        for child in readers_alive():
            if "guard.py" not in " ".join(child.cmdline()):
                child.kill()
        assert readers.read(file, within=tmp_path, side=200).facts.width == 64


READER = """
    import base64, json, os, sys, time
    def say(line):
        sys.stdout.write(line + "\\n")
        sys.stdout.flush()
    say("ready")
    for line in sys.stdin:
        asked = json.loads(line)
        path, target = (os.fsdecode(base64.b64decode(asked[name])) for name in ("file", "target"))
        what = path.rpartition("-")[2]
        content = open("CONTENT", "rb").read()
        tiny = "data:image/webp;base64,AA=="
        if what == "crash":
            os._exit(9)
        if what == "hang":
            time.sleep(300)
        if what == "babble":
            say("not json")
            continue
        if what == "comment":
            content = content[:2] + b"\\xff\\xfe\\x00\\x06Home" + content[2:]
        if what == "exif":
            content = content[:2] + b"\\xff\\xe1\\x00\\x08Exif\\0\\0" + content[2:]
        if what == "page":
            content = b"<html><script>" + content
        if what == "tiny":
            tiny = "javascript:alert(1)"
        if what == "link":
            os.symlink("CONTENT", target)
        elif what == "folder":
            os.mkdir(target)
        elif what != "none":
            open(target, "wb").write(content)
        size = {"width": 999 if what == "size" else 64, "height": 48, "placeholder": tiny}
        say(json.dumps({"found": {"width": 64, "height": 48}, "made": size, "number": asked["number"]}))
        if what == "twice":
            say(json.dumps({"refused": "an answer to what comes next", "number": asked["number"]}))
"""
"""A reader that dies, hangs or lies at certain names."""

LIES = ("babble", "comment", "exif", "page", "tiny", "link", "folder", "none", "size", "crash", "hang")


def test_a_child_that_dies_hangs_or_lies_costs_the_photo_and_no_other(tmp_path: Path) -> None:
    picture = tmp_path / "picture.jpg"
    Image.new("RGB", (64, 48), "red").save(picture)
    command = [write_program(tmp_path, "reader", READER.replace("CONTENT", str(picture)))]
    with PhotoReaders(file_seconds=0.5, command=command) as readers:
        for what in LIES:
            assert readers.read(tmp_path / "1-fine", within=tmp_path, side=200).facts.width == 64
            with pytest.raises(PhotoRefused) as refusal:
                readers.read(tmp_path / f"2-{what}", within=tmp_path, side=200)
            assert ("too long" if what == "hang" else "damaged") in str(refusal.value), what
        readers.read(tmp_path / "3-fine", within=tmp_path, side=200)
        with pytest.raises(PhotoRefused):
            readers.read(tmp_path / "4-fine", within=tmp_path, side=40)


def test_an_answer_given_twice_is_not_that_of_the_next_photo(tmp_path: Path) -> None:
    picture = tmp_path / "picture.jpg"
    Image.new("RGB", (64, 48), "red").save(picture)
    command = [write_program(tmp_path, "reader", READER.replace("CONTENT", str(picture)))]
    with PhotoReaders(file_seconds=5, command=command) as readers:
        for _ in range(5):
            try:
                readers.read(tmp_path / "1-twice", within=tmp_path, side=200)
            except PhotoRefused:
                pass
            assert readers.read(tmp_path / "2-fine", within=tmp_path, side=200).facts.width == 64


def test_only_a_file_of_its_own_is_taken_from_a_child(tmp_path: Path) -> None:
    (tmp_path / "mine.jpg").write_bytes(b"mine")
    assert _content(tmp_path / "mine.jpg") == b"mine"
    (tmp_path / "link.jpg").symlink_to("mine.jpg")
    (tmp_path / "folder.jpg").mkdir()
    os.mkfifo(tmp_path / "pipe.jpg")
    for name in ("link.jpg", "folder.jpg", "pipe.jpg", "gone.jpg"):
        assert _content(tmp_path / name) == b"", name
    (tmp_path / "twice.jpg").hardlink_to(tmp_path / "mine.jpg")
    assert _content(tmp_path / "twice.jpg") == b""


def test_readers_that_cannot_start_are_an_error_and_no_judgement_of_photos(tmp_path: Path) -> None:
    command = [write_program(tmp_path, "reader", "import sys; sys.exit(3)")]
    with PhotoReaders(command=command) as readers, pytest.raises(ToolFailed, match="cannot be started"):
        readers.read(tmp_path / "a.jpg", within=tmp_path, side=200)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xda\0\x02", b"\xff\xd8" + b"\xff\xdb\0\x02" * 99, b"P"],
)
def test_what_is_no_jpeg_has_no_size(content: bytes) -> None:
    assert size_of(content) is None
