"""Bytes: which part is sent, conditions, names of downloads, pictures; a real server sends them in another test."""

import io
import os
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest
from PIL import Image
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder

from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.repositories.base import new_id
from media_library.routes.documents import content_disposition
from media_library.routes.ranges import parse_range
from tests.conftest import file_of
from tests.routes.house import ADDRESS, House, error_of

CONTENT = bytes(range(256)) * 4
SIZE = len(CONTENT)


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-", (0, SIZE)),
        ("bytes=0-0", (0, 1)),
        ("bytes=100-199", (100, 200)),
        ("bytes=1000-5000", (1000, SIZE)),
        ("bytes=1023-", (1023, 1024)),
        ("bytes=-1", (1023, 1024)),
        ("bytes=-5000", (0, SIZE)),
        ("bytes=0-18446744073709551615", (0, SIZE)),
        ("bytes=0-99999999999999999999999999999", (0, SIZE)),
        # what begins behind the end cannot be satisfied
        ("bytes=1024-", (SIZE, SIZE)),
        ("bytes=99999999999999999999-", (SIZE, SIZE)),
        ("bytes=-0", (SIZE, SIZE)),
        # other units, several ranges and nonsense are ignored
        ("bytes=5-4", None),
        ("bytes=0-1,3-4", None),
        ("bytes=0-0,-1", None),
        ("items=0-5", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes", None),
        ("bytes=a-b", None),
        ("bytes= 0-5", None),
        ("bytes=0-5 ", None),
        ("bytes=--5", None),
        ("bytes=+1-5", None),
        ("bytes=0x0-5", None),
        ("bytes=٠-٥", None),
        ("Bytes=0-5", None),
        ("bytes=" + "9" * 5000 + "-", None),
        ("bytes=" + ",".join("0-1" for _ in range(1000)), None),
    ],
)
def test_threat_13_which_part_is_meant(header: str | None, part: tuple[int, int] | None) -> None:
    assert parse_range(header, SIZE) == part


@pytest.mark.parametrize("header", ["bytes=0-", "bytes=0-0", "bytes=-1"])
def test_an_empty_file_has_no_parts(header: str) -> None:
    assert parse_range(header, 0) == (0, 0)


def test_the_whole_file(house: House) -> None:
    media = house.film("One", CONTENT)
    answer = house.member.get(f"/api/stream/{media.id}")
    assert (answer.status_code, answer.data, answer.mimetype) == (200, CONTENT, "video/mp4")
    assert answer.headers["Accept-Ranges"] == "bytes" and answer.content_length == SIZE
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["CDN-Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize(("header", "start", "end"), [("bytes=7-20", 7, 21), ("bytes=-9", SIZE - 9, SIZE)])
def test_a_part_of_the_file(house: House, header: str, start: int, end: int) -> None:
    media = house.film("One", CONTENT)
    answer = house.member.get(f"/api/stream/{media.id}", headers={"Range": header})
    assert (answer.status_code, answer.data) == (206, CONTENT[start:end])
    assert answer.headers["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert answer.content_length == end - start


def test_a_part_behind_the_end(house: House) -> None:
    media = house.film("One", CONTENT)
    answer = house.member.get(f"/api/stream/{media.id}", headers={"Range": "bytes=1024-"})
    assert error_of(answer) == (416, "range_not_satisfiable")
    assert answer.headers["Content-Range"] == f"bytes */{SIZE}"


def test_the_head_tells_the_size_of_the_whole_and_sends_nothing(house: House) -> None:
    media = house.film("One", CONTENT)
    none: dict[str, str] = {}
    for headers in (none, {"Range": "bytes=5-9"}):
        answer = house.member.send("HEAD", f"/api/stream/{media.id}", headers=headers)
        assert (answer.status_code, answer.data, answer.content_length) == (200, b"", SIZE)


class Wrapper:
    """Stands for the server's own way of sending files."""

    def __init__(self, file: io.FileIO, block_bytes: int) -> None:
        self.file = file

    def __iter__(self) -> "Wrapper":
        return self

    def __next__(self) -> bytes:
        raise AssertionError("the server sends the file, nobody reads it")

    def close(self) -> None:
        self.file.close()


class Connection:
    """Stands for the socket of the client."""

    timeout: float | None = None

    def settimeout(self, seconds: float) -> None:
        self.timeout = seconds


def test_the_server_gets_the_open_file_at_the_right_place(house: House) -> None:
    media = house.film("One", CONTENT)
    connection = Connection()
    environ = EnvironBuilder(
        f"/api/stream/{media.id}",
        base_url=ADDRESS,
        headers=Headers([("Cookie", f"session={house.member.session}"), ("Range", "bytes=100-")]),
        environ_overrides={"wsgi.file_wrapper": Wrapper, "gunicorn.socket": connection, "REMOTE_ADDR": "127.0.0.1"},
    ).get_environ()
    answer = house.web.gate(environ, lambda status, headers, exc_info=None: lambda data: None)
    assert isinstance(answer, Wrapper)
    assert (answer.file.tell(), connection.timeout) == (100, 60.0)
    answer.close()


def test_conditions_are_kept(house: House) -> None:
    media = house.film("One", CONTENT)
    path = f"/api/stream/{media.id}"
    first = house.member.get(path)
    tag, modified = first.headers["ETag"], first.headers["Last-Modified"]

    def status(**headers: str) -> int:
        return house.member.get(
            path, headers={name.replace("_", "-"): text for name, text in headers.items()}
        ).status_code

    assert status(If_None_Match=tag) == 304
    assert status(If_None_Match=f'"other", W/{tag}') == 304
    assert status(If_None_Match='"other"') == 200
    assert status(If_Modified_Since=modified) == 304
    assert status(If_Modified_Since=formatdate(0, usegmt=True)) == 200
    assert status(If_Modified_Since="nonsense") == 200
    assert status(Range="bytes=0-4", If_Range=tag) == 206
    assert status(Range="bytes=0-4", If_Range=modified) == 206
    for other in ('"other"', f"W/{tag}", formatdate(0, usegmt=True), "nonsense", ""):
        assert status(Range="bytes=0-4", If_Range=other) == 200, other


def test_the_tag_changes_with_the_bytes(house: House) -> None:
    media = house.film("One", CONTENT)
    file = house.settings.media_root / file_of(media).path
    before = house.member.get(f"/api/stream/{media.id}").headers["ETag"]
    with file.open("r+b") as writer:  # the same file, such as after its tags were edited
        writer.write(b"changed")
    os.utime(file, ns=(1, 1))
    after = house.member.get(f"/api/stream/{media.id}")
    assert after.headers["ETag"] != before and after.data.startswith(b"changed")


def test_a_file_that_is_gone_or_another_one_is_told_in_a_sentence(house: House) -> None:
    media = house.film("One", CONTENT)
    file = house.settings.media_root / file_of(media).path
    other = file.with_name("other.mp4")
    other.write_bytes(b"another film")  # while the first is still there, so that it cannot get its inode
    file.unlink()
    answer = house.member.get(f"/api/stream/{media.id}")
    assert error_of(answer) == (404, "not_found") and "gone" in answer.text
    other.rename(file)
    answer = house.member.get(f"/api/stream/{media.id}")
    assert error_of(answer) == (404, "not_found") and "another" in answer.text


@pytest.mark.parametrize("kind", ["link", "folder link", "pipe", "folder", "outside"])
def test_only_plain_files_below_the_media_folder_are_sent(house: House, tmp_path: Path, kind: str) -> None:
    elsewhere = tmp_path / "elsewhere" / "One.mp4"
    elsewhere.parent.mkdir()
    media = house.film("One", b"canary")
    file = house.settings.media_root / file_of(media).path
    file.rename(elsewhere)  # it is still the file of the row, only its place is another one
    match kind:
        case "link":
            file.symlink_to(elsewhere)
        case "folder link":
            file.parent.rmdir()
            file.parent.symlink_to(elsewhere.parent)
        case "pipe":
            os.mkfifo(file)
        case "folder":
            file.mkdir()
        case _:
            house.state.move_media(media.id, replace(file_of(media), path="../elsewhere/One.mp4"))
    answer = house.member.get(f"/api/stream/{media.id}")
    assert answer.status_code in (400, 404) and b"canary" not in answer.data


def test_an_unplugged_library_says_so(house: House) -> None:
    media = house.film("One", CONTENT)
    house.settings.media_root.rename(house.settings.media_root.with_name("elsewhere"))
    house.services.media_root._checked_at = -10.0  # the look-up is kept for two seconds
    answer = house.member.get(f"/api/stream/{media.id}")
    assert error_of(answer) == (503, "storage") and "Connect" in answer.text


def test_a_download_carries_its_name(house: House) -> None:
    media = house.film("Élan “7”", CONTENT)
    answer = house.member.get(f"/api/download/{media.id}")
    assert answer.data == CONTENT
    assert answer.headers["Content-Disposition"] == content_disposition("Élan “7”.mp4")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.mp4", "attachment; filename=\"a.mp4\"; filename*=UTF-8''a.mp4"),
        ('a"b\\c.mp4', "attachment; filename=\"a_b_c.mp4\"; filename*=UTF-8''a%22b%5Cc.mp4"),
        ("Élan.mp4", "attachment; filename=\"Elan.mp4\"; filename*=UTF-8''%C3%89lan.mp4"),
        ("日本.mp4", "attachment; filename=\"download.mp4\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.mp4"),
        (
            "a\r\nSet-Cookie: x.mp4",
            "attachment; filename=\"aSet-Cookie: x.mp4\"; filename*=UTF-8''aSet-Cookie%3A%20x.mp4",
        ),
        ("a'b;c.mp4", "attachment; filename=\"a'b_c.mp4\"; filename*=UTF-8''a%27b%3Bc.mp4"),
    ],
)
def test_the_name_of_a_download(name: str, expected: str) -> None:
    assert content_disposition(name) == expected


def draw(house: House, media_id: str, kind: str, size: tuple[int, int] = (1600, 900)) -> None:
    folder = house.settings.data_directory / "artwork"
    folder.mkdir(exist_ok=True)
    Image.new("RGB", size, (200, 30, 30)).save(folder / f"{media_id}.{kind}.jpg")


@pytest.mark.parametrize(
    ("path", "kind", "size"),
    [("still/{}", "still", (780, 439)), ("still/{}?w=342", "still", (342, 192)),
     ("still/{}?w=1280", "still", (1280, 720)), ("poster/{}", "poster", (342, 192)),
     ("poster/{}?w=780", "poster", (780, 439))],
)  # fmt: skip
def test_pictures_come_in_the_size_asked_for(house: House, path: str, kind: str, size: tuple[int, int]) -> None:
    media = house.film("One")
    house.state.mark_artwork(media.id, poster=True, still=True)
    draw(house, media.id, kind)
    answer = house.member.get(f"/api/{path.format(media.id)}")
    assert (answer.status_code, answer.mimetype) == (200, "image/webp")
    with Image.open(io.BytesIO(answer.data)) as picture:
        assert (picture.format, picture.size) == ("WEBP", size)
    assert answer.headers["Cache-Control"].startswith("private, max-age=")
    assert answer.headers["CDN-Cache-Control"] == "no-store"
    again = house.member.get(f"/api/{path.format(media.id)}", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("query", ["w=343", "w=0", "w=-342", "w=1281", "w=", "w=342&w=342", "w=3.42e2", "h=342"])
def test_other_sizes_are_refused(house: House, query: str) -> None:
    media = house.film("One")
    assert error_of(house.member.get(f"/api/poster/{media.id}?{query}")) == (400, "bad_request")


def test_a_picture_that_is_not_there_is_told(house: House) -> None:
    media = house.film("One")
    assert error_of(house.member.get(f"/api/poster/{media.id}")) == (404, "not_found")
    house.state.mark_artwork(media.id, poster=True, still=False)
    assert error_of(house.member.get(f"/api/poster/{media.id}")) == (404, "not_found")
    (house.settings.data_directory / "artwork").mkdir()
    (house.settings.data_directory / "artwork" / f"{media.id}.poster.jpg").write_bytes(b"<html>no picture")
    assert error_of(house.member.get(f"/api/poster/{media.id}")) == (404, "not_found")


def test_the_versions_and_parts_of_a_film_are_streamed_by_their_ids(house: House) -> None:
    film, other = house.film("The Long Ferry", b"one"), house.film("Another", b"other")
    folder = next(place for place in house.services.media_root.folders() if place.folder.path == "movies")
    places = {
        "part": ("The Long Ferry/cd2.mp4", FileRole.PART),
        "picture": ("The Long Ferry/poster.jpg", FileRole.ARTWORK),
    }
    ids = {}
    for name, (path, role) in places.items():
        file = folder.path / path
        file.write_bytes(name.encode())
        facts = file.stat()
        ids[name] = new_id()
        row = LibraryFile(
            ids[name],
            folder.folder.id,
            f"movies/{path}",
            facts.st_size,
            facts.st_mtime_ns,
            facts.st_ino,
            role,
            FileState.READY,
            media_id=film.id,
        )
        house.state.add_files([row])
    assert house.kid.get(f"/api/stream/{film.id}?file={ids['part']}").data == b"part"
    assert "cd2.mp4" in house.kid.get(f"/api/download/{film.id}?file={ids['part']}").headers["Content-Disposition"]
    assert house.kid.get(f"/api/stream/{film.id}").data == b"one"
    assert error_of(house.kid.get(f"/api/stream/{film.id}?file={ids['picture']}"))[0] == 404
    assert error_of(house.kid.get(f"/api/stream/{other.id}?file={ids['part']}"))[0] == 404
    assert error_of(house.kid.get(f"/api/stream/{film.id}?file=../x"))[0] == 400
    assert house.stranger.get(f"/api/stream/{film.id}?file={ids['part']}").status_code == 401
