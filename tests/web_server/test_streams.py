"""Media out of a real server: byte-exact from any offset, for any number of readers, whatever they do."""

import http.client
import socket
import time

import pytest

from media_library.models.media import Media, MediaNames, MediaType
from tests.conftest import wait_for
from tests.web_server.running import Server

GIB = 1 << 30
SIZE = 5 * GIB + 12_345
MARK_BYTES = 70_000
MARKS = (0, 2 * GIB - 40_000, 4 * GIB - 30_000, 4 * GIB + 1, SIZE - MARK_BYTES)
"""Where the sparse file holds something: across the 2 GiB and 4 GiB borders, and at its end."""


def content(start: int, end: int) -> bytes:
    """The bytes of the file."""
    data = bytearray(end - start)
    for mark in MARKS:
        filled = bytes((mark + number * 7) % 251 for number in range(MARK_BYTES))
        low, high = max(start, mark), min(end, mark + MARK_BYTES)
        if low < high:
            data[low - start : high - start] = filled[low - mark : high - mark]
    return bytes(data)


@pytest.fixture(scope="module")
def film(server: Server) -> Media:
    """A film of more than 5 GiB that takes no room."""
    house = server.house
    file = house.settings.media_root / "movies" / "Long.mp4"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as writer:
        writer.truncate(SIZE)
        for mark in MARKS:
            writer.seek(mark)
            writer.write(content(mark, mark + MARK_BYTES))
    return house.register(MediaType.MOVIE, MediaNames("Long"), "movies/Long.mp4")


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (0, 100), (0, 1), (2 * GIB - 50_000, 2 * GIB + 50_000), (4 * GIB - 35_000, 4 * GIB + 70_000),
        (4 * GIB + 2, 4 * GIB + 3), (SIZE - 100_000, SIZE), (SIZE - 1, SIZE), (GIB, GIB + 3_000_000),
    ],
)  # fmt: skip
def test_every_part_is_exact_beyond_4_gib(server: Server, film: Media, start: int, end: int) -> None:
    status, headers, body = server.get(
        f"/api/stream/{film.id}", server.house.member, headers={"Range": f"bytes={start}-{end - 1}"}
    )
    assert (status, headers["content-range"]) == (206, f"bytes {start}-{end - 1}/{SIZE}")
    assert int(headers["content-length"]) == len(body) and body == content(start, end)


def test_the_end_of_a_file_by_suffix(server: Server, film: Media) -> None:
    status, headers, body = server.get(f"/api/stream/{film.id}", server.house.member, headers={"Range": "bytes=-80000"})
    assert (status, headers["content-range"]) == (206, f"bytes {SIZE - 80_000}-{SIZE - 1}/{SIZE}")
    assert body == content(SIZE - 80_000, SIZE)


def test_a_part_behind_the_end(server: Server, film: Media) -> None:
    status, headers, _ = server.get(f"/api/stream/{film.id}", server.house.member, headers={"Range": f"bytes={SIZE}-"})
    assert (status, headers["content-range"]) == (416, f"bytes */{SIZE}")


def test_the_head_tells_the_size(server: Server, film: Media) -> None:
    status, headers, body = server.get(f"/api/stream/{film.id}", server.house.member, method="HEAD")
    assert (status, int(headers["content-length"]), body) == (200, SIZE, b"")


def test_one_connection_serves_part_after_part(server: Server, film: Media) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    opened = None
    for start in (4 * GIB, 0, SIZE - 10, 2 * GIB):
        headers = {**server.headers(server.house.member), "Range": f"bytes={start}-{start + 9}"}
        connection.request("GET", f"/api/stream/{film.id}", headers=headers)
        assert connection.getresponse().read() == content(start, start + 10)
        opened = opened or connection.sock
        assert connection.sock is opened
    connection.close()


def test_a_late_part_comes_as_fast_as_an_early_one(server: Server, film: Media) -> None:
    def fastest(start: int) -> float:
        times = []
        for _ in range(5):
            began = time.perf_counter()
            server.get(f"/api/stream/{film.id}", server.house.member, headers={"Range": f"bytes={start}-{start + 999}"})
            times.append(time.perf_counter() - began)
        return min(times)

    assert fastest(SIZE - 1000) < fastest(0) + 0.05


def test_readers_that_hang_up_leave_nothing_open(server: Server, film: Media) -> None:
    request = (
        f"GET /api/stream/{film.id} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Cookie: session={server.house.member.session}\r\n\r\n"
    ).encode()

    def open_files() -> list[str]:
        return [file.path for file in server.worker.open_files() if file.path.endswith("Long.mp4")]

    for _ in range(30):
        with server.connect() as connection:
            connection.sendall(request)
            assert connection.recv(65536).startswith(b"HTTP/1.1 200")
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")  # a reset, not a goodbye
    wait_for(lambda: not open_files())
    assert "Traceback" not in server.log.read_text()


def test_readers_that_stall_do_not_slow_the_others(server: Server, film: Media) -> None:
    request = (
        f"GET /api/stream/{film.id} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
        f"Cookie: session={server.house.member.session}\r\n\r\n"
    ).encode()
    stalled = [server.connect() for _ in range(40)]
    try:
        for connection in stalled:
            connection.sendall(request)
        times = []
        for _ in range(20):
            began = time.perf_counter()
            assert server.get("/api/library", server.house.member)[0] == 200
            times.append(time.perf_counter() - began)
        assert sorted(times)[10] < 0.1
    finally:
        for connection in stalled:
            connection.close()


def test_threat_13_a_flood_of_ranges_costs_nothing(server: Server, film: Media) -> None:
    before = server.worker.memory_info().rss
    ranges = ",".join(f"{start}-{start + 1}" for start in range(0, 3000, 3))
    for header in (f"bytes={ranges}", "items=0-5", "bytes=5-1", "bytes=--1"):
        answer = server.get(f"/api/stream/{film.id}", server.house.member, method="HEAD", headers={"Range": header})
        assert answer[0] in (200, 400, 416, 431)
    assert server.worker.memory_info().rss - before < 5_000_000
