"""Asking a service politely: what is kept, how often it is asked, what becomes of every answer that is none."""

import gzip
import os
import threading
import time
from collections.abc import Callable, Iterator
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import msgspec
import pytest

from media_library.adapters.egress import Egress
from media_library.adapters.http import HttpClient
from media_library.adapters.service_client import ServiceClient, ServiceFailed, ServiceRefused, ServiceUnavailable
from media_library.errors import MediaLibraryError, NotFound, Stopped
from tests.adapters.host import Host, Page, page, raw, web_host
from tests.music_service import cover

FOREVER = 3600.0


class Thing(msgspec.Struct):
    id: int
    title: str = ""


@pytest.fixture
def host() -> Iterator[Host]:
    with web_host() as running:
        yield running


def asking(host: Host, folder: Path, **options: Any) -> ServiceClient:
    """A client of the host, which is in the house and allowed, in no hurry to slow down."""
    http = HttpClient(Egress(lambda: [host.authority]))
    settings: dict[str, Any] = {"per_second": 1000, "patience_seconds": 5.0, "base_url": f"{host.url}/3/"}
    return ServiceClient(http, folder / "cache", name="Filmdom", **(settings | options))


def thing(client: ServiceClient, path: str = "movie/1", fresh_seconds: float = FOREVER, **params: str) -> Thing:
    return client.json(path, params, Thing, fresh_seconds=fresh_seconds)


def changing(*pages: Page) -> Page:
    """One answer after the other, the last for ever."""
    left = list(pages)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


def test_an_answer_is_a_record_and_is_asked_for_once(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = page(b'{"id": 1, "title": "One", "more": [1, 2]}')
    client = asking(host, tmp_path)
    assert thing(client, language="de", year="1999") == Thing(1, "One")
    assert thing(client, year="1999", language="de") == Thing(1, "One")
    assert thing(asking(host, tmp_path), language="de", year="1999").title == "One"  # another process, later
    assert host.paths == ["/3/movie/1?language=de&year=1999"]
    thing(client, language="en")
    assert len(host.paths) == 2


def test_an_old_answer_is_only_asked_for_if_it_changed(host: Host, tmp_path: Path) -> None:
    conditions: list[tuple[str | None, str | None]] = []
    stamp = formatdate(1_000_000_000, usegmt=True)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        conditions.append((handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]))
        known = handler.headers["If-None-Match"] == '"a"'
        page(b"" if known else b'{"id": 1}', 304 if known else 200, ETag='"a"', Last_Modified=stamp)(handler)

    host.pages["/3/movie/1"] = answer
    client = asking(host, tmp_path)
    assert [thing(client, fresh_seconds=0.0001).id for _ in range(3)] == [1, 1, 1]
    assert conditions == [(None, None), ('"a"', stamp), ('"a"', stamp)]
    thing(client)  # 304 made it fresh again
    assert len(conditions) == 3


def test_keys_stand_in_no_file_and_in_no_message(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = page(b'{"id": 1}')
    host.pages["/3/movie/2"] = page(b"no", 401)
    host.pages["/3/movie/3"] = page(b"no", 500)
    client = asking(
        host, tmp_path, secrets={"api_key": "s3cret"}, headers={"Authorization": "Bearer t0ken"}, patience_seconds=0.0
    )
    thing(client)
    assert host.paths == ["/3/movie/1?api_key=s3cret"]
    assert host.asked[0][1]["Authorization"] == "Bearer t0ken"
    messages = []
    for path in ("movie/2", "movie/3"):
        with pytest.raises(MediaLibraryError) as failed:
            thing(client, path)
        messages.append(str(failed.value))
    kept = b"".join(file.read_bytes() for file in (tmp_path / "cache").rglob("*") if file.is_file())
    assert "Check it in the environment" in messages[0]
    for text in (kept.decode("latin-1"), *messages):
        assert "s3cret" not in text and "t0ken" not in text


def test_what_is_not_known_is_not_asked_for_again_that_day(host: Host, tmp_path: Path) -> None:
    client = asking(host, tmp_path)
    for _ in range(2):
        with pytest.raises(NotFound, match="Filmdom does not know"):
            thing(client)
    assert len(host.paths) == 1


BAD_ANSWERS: dict[str, tuple[Page, str]] = {
    "html": (page(b"\n <!DOCTYPE html><title>Sign in</title>"), "a web page instead of data"),
    "empty": (page(b""), "answered with nothing"),
    "white space": (page(b" \n " * 50), "answered with nothing"),
    "cut off": (page(b'{"id": 1, "title": "On'), "is cut off"),
    "garbage": (page(b"\x00\xff{]"), "not valid JSON"),
    "another shape": (page(b'{"id": "one"}'), "something else than was asked for"),
    "a list": (page(b"[1, 2]"), "something else than was asked for"),
    "null": (page(b"null"), "something else than was asked for"),
    "10 MB": (page(b'{"id": 1, "title": "' + b"x" * (10 << 20) + b'"}'), "more than"),
    "10 MB, packed": (page(gzip.compress(b" " * (10 << 20) + b'{"id": 1}'), Content_Encoding="gzip"), "more than"),
    "deep": (page(b'{"id": ' + b"[" * 100_000), "Filmdom"),
    "deep, unknown": (page(b'{"id": 1, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"), "Filmdom"),
    "not UTF-8": (page(b'{"id": 1, "title": "\xff\xfe"}'), "Filmdom"),
    "a huge number": (page(b'{"id": ' + b"9" * 5000 + b"}"), "Filmdom"),
    "half": (raw(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", b'{"id": 1'), "Filmdom"),
    "no HTTP": (raw(b"SSH-2.0-OpenSSH_9.9\r\n"), "Filmdom"),
    "forbidden": (page(b"no", 403), "does not accept our key"),
    "bad request": (page(b"no", 400), "gave no answer"),
}


@pytest.mark.parametrize("case", BAD_ANSWERS)
def test_a_bad_answer_is_one_clear_sentence_and_is_not_kept(host: Host, tmp_path: Path, case: str) -> None:
    bad, expected = BAD_ANSWERS[case]
    host.pages["/3/movie/1"] = bad
    client = asking(host, tmp_path, patience_seconds=0.0)
    with pytest.raises((ServiceFailed, ServiceUnavailable), match=expected) as failed:
        thing(client)
    assert "Filmdom" in str(failed.value)
    assert len(str(failed.value)) < 400
    host.pages["/3/movie/1"] = page(b'{"id": 1}')
    assert thing(client).id == 1


def test_a_redirect_to_the_house_is_not_followed(host: Host, tmp_path: Path) -> None:
    with web_host() as inside:
        host.pages["/3/movie/1"] = page(b"", 302, Location=f"{inside.url}/secret")
        with pytest.raises(ServiceFailed, match="Filmdom is not asked"):
            thing(asking(host, tmp_path, secrets={"api_key": "s3cret"}))
        assert inside.asked == []


def test_a_busy_service_is_asked_again_after_the_pause_that_it_wants(host: Host, tmp_path: Path) -> None:
    moments: list[float] = []

    def busy(handler: BaseHTTPRequestHandler) -> None:
        moments.append(time.monotonic())
        page(b"", 429, Retry_After="1")(handler)

    host.pages["/3/movie/1"] = changing(busy, page(b'{"id": 1}'))
    assert thing(asking(host, tmp_path)).id == 1
    assert time.monotonic() - moments[0] >= 0.95


def test_a_pause_that_is_too_long_is_a_failure_that_names_it(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = page(b"", 503, Retry_After="7200")
    began = time.monotonic()
    with pytest.raises(ServiceUnavailable, match=r"Filmdom does not work right now \(status 503\)") as failed:
        thing(asking(host, tmp_path))
    assert failed.value.retry_after_seconds == 7200
    assert time.monotonic() - began < 2
    assert len(host.paths) == 1


def test_a_service_that_stays_busy_is_left_after_three_tries(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = page(b"", 429, Retry_After="0")
    with pytest.raises(ServiceUnavailable, match="come less often"):
        thing(asking(host, tmp_path))
    assert len(host.paths) == 3


def test_the_pause_that_one_was_asked_for_holds_for_all(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = page(b"", 429, Retry_After="1")
    host.pages["/3/movie/2"] = page(b'{"id": 2}')
    with pytest.raises(ServiceUnavailable):
        thing(asking(host, tmp_path, patience_seconds=0.0))
    began = time.monotonic()
    thing(asking(host, tmp_path), "movie/2")
    assert time.monotonic() - began >= 0.9


def test_nobody_waits_through_a_long_pause(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = page(b"", 429, Retry_After="3600")
    host.pages["/3/movie/2"] = page(b'{"id": 2}')
    with pytest.raises(ServiceUnavailable):
        thing(asking(host, tmp_path))
    began = time.monotonic()
    with pytest.raises(ServiceUnavailable, match="Filmdom asked us to come later") as failed:
        thing(asking(host, tmp_path), "movie/2")
    assert time.monotonic() - began < 10
    assert 200 < (failed.value.retry_after_seconds or 0) <= 300
    assert host.paths == ["/3/movie/1"]


def test_an_old_answer_does_when_the_service_is_gone(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = changing(page(b'{"id": 1}'), page(b"", 503))
    client = asking(host, tmp_path, patience_seconds=0.0)
    assert [thing(client, fresh_seconds=0.0001).id for _ in range(2)] == [1, 1]
    assert len(host.paths) == 2


def test_a_service_that_is_not_there_or_silent_is_tried_again_later(host: Host, tmp_path: Path) -> None:
    hang = threading.Event()

    def say_nothing(handler: BaseHTTPRequestHandler) -> None:
        hang.wait(20)

    host.pages["/3/movie/1"] = say_nothing
    silent = asking(host, tmp_path, timeout_seconds=0.5, patience_seconds=0.0)
    nowhere = ServiceClient(
        HttpClient(Egress(lambda: ["127.0.0.1:9"])),
        tmp_path / "other",
        name="Filmdom",
        base_url="http://127.0.0.1:9",
        per_second=1000,
        patience_seconds=0.0,
    )
    try:
        for client in (silent, nowhere):
            with pytest.raises(ServiceUnavailable, match="Filmdom cannot be reached"):
                thing(client)
    finally:
        hang.set()


def test_questions_keep_their_distance_whoever_asks(host: Host, tmp_path: Path) -> None:
    moments: list[float] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        moments.append(time.monotonic())
        page(b'{"id": 1}')(handler)

    for number in range(8):
        host.pages[f"/3/movie/{number}"] = answer
    clients = [asking(host, tmp_path, per_second=20) for _ in range(2)]  # such as the two processes have
    threads = [threading.Thread(target=thing, args=(clients[n % 2], f"movie/{n}")) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    moments.sort()
    assert len(moments) == 8
    assert moments[-1] - moments[0] >= 7 / 20 * 0.9


def test_waiting_can_be_broken_off(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = page(b"", 429, Retry_After="8")

    def stop() -> None:
        if host.asked:
            raise Stopped("The program is shutting down.")

    began = time.monotonic()
    with pytest.raises(Stopped):
        asking(host, tmp_path).json("movie/1", {}, Thing, fresh_seconds=0, while_waiting=stop)
    assert time.monotonic() - began < 6


def damage(cut: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def change(file: Path) -> None:
        file.write_bytes(cut(file.read_bytes()))

    return change


def make_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: dict[str, Callable[[Path], None]] = {
    "empty": damage(lambda kept: b""),
    "cut off": damage(lambda kept: kept[:-4]),
    "only the head": damage(lambda kept: kept.partition(b"\n")[0]),
    "another body": damage(lambda kept: kept.replace(b"One", b"Two")),
    "nonsense": damage(lambda kept: b"\x00" * len(kept)),
    "a folder": make_folder,
}


@pytest.mark.parametrize("case", DAMAGES)
def test_a_damaged_file_of_the_cache_does_not_count(host: Host, tmp_path: Path, case: str) -> None:
    host.pages["/3/movie/1"] = page(b'{"id": 1, "title": "One"}')
    client = asking(host, tmp_path)
    thing(client)
    [file] = (tmp_path / "cache").glob("??/*")
    DAMAGES[case](file)
    assert thing(client).title == "One"
    assert len(host.paths) == 2


def test_the_cache_keeps_its_size_and_what_was_used_last(host: Host, tmp_path: Path) -> None:
    client = asking(host, tmp_path, most_cache_bytes=20_000)
    for number in range(40):
        host.pages[f"/3/movie/{number}"] = page(b'{"id": %d, "title": "%s"}' % (number, b"x" * 1000))
    for number in range(40):
        thing(client, f"movie/{number}")
        for file in (tmp_path / "cache").glob("??/*"):  # older than what comes next, whatever the clock's grain
            os.utime(file, (file.stat().st_atime - 10, file.stat().st_mtime - 10))
        thing(client, "movie/0")
    size = sum(file.stat().st_size for file in (tmp_path / "cache").glob("??/*"))
    assert size <= 20_000
    assert host.paths.count("/3/movie/0") == 1
    thing(client, "movie/39")
    assert host.paths.count("/3/movie/39") == 1


def test_a_cache_that_cannot_be_written_is_only_slower(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = page(b'{"id": 1}')
    client = asking(host, tmp_path)
    for name in range(256):
        (tmp_path / "cache" / f"{name:02x}").write_bytes(b"in the way")
    assert [thing(client).id for _ in range(2)] == [1, 1]
    assert len(host.paths) == 2


def test_a_picture_is_one(host: Host, tmp_path: Path) -> None:
    host.pages["/3/w92/a.jpg"] = page(cover())
    host.pages["/3/w92/b.jpg"] = page(b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    host.pages["/3/w92/c.jpg"] = page(b"\xff\xd8\xff" + b"x" * 5000)
    client = asking(host, tmp_path)
    assert client.picture("w92/a.jpg", fresh_seconds=FOREVER) == cover()
    assert client.picture("w92/a.jpg", fresh_seconds=FOREVER) == cover()
    assert len(host.paths) == 1
    with pytest.raises(ServiceFailed, match="no picture"):
        client.picture("w92/b.jpg")
    with pytest.raises(ServiceFailed, match="more than 4000 bytes"):
        client.picture("w92/c.jpg", max_bytes=4000)
    with pytest.raises(NotFound):
        client.picture("w92/none.jpg")


def test_without_an_address_nobody_is_asked(host: Host, tmp_path: Path) -> None:
    client = asking(host, tmp_path, base_url="")
    assert not client.is_configured
    with pytest.raises(ServiceFailed, match="no address"):
        thing(client)
    assert host.asked == []


def test_a_refused_key_is_told_from_other_failures(host: Host, tmp_path: Path) -> None:
    host.pages["/3/movie/1"] = page(b'{"status_code": 7}', 401)
    with pytest.raises(ServiceRefused):
        thing(asking(host, tmp_path))
    assert len(host.paths) == 1
