"""The server process: start, stop, and clients that do not behave."""

import os
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from media_library.models.media import MediaNames, MediaType
from tests.conftest import wait_for
from tests.web_server.running import Server, running


def request(server: Server, line: str, *headers: str, body: bytes = b"") -> bytes:
    """A request, byte by byte."""
    return "\r\n".join((line, f"Host: 127.0.0.1:{server.port}", *headers, "", "")).encode("latin-1") + body


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else 0


@pytest.fixture(scope="module", autouse=True)
def slow_client(server: Server) -> Iterator["Future[float]"]:
    """A client that never finishes its headers, while the other tests run: after how many seconds it is cut off."""

    def wait_for_the_end() -> float:
        with server.connect() as connection:
            connection.sendall(b"GET /api/healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")
            began = time.monotonic()
            connection.settimeout(15)
            assert connection.recv(100) == b""
            return time.monotonic() - began

    with ThreadPoolExecutor() as pool:
        yield pool.submit(wait_for_the_end)


def test_sigterm_ends_it_although_streams_and_live_connections_are_open(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        house = server.house
        file = house.settings.media_root / "movies" / "Long.mp4"
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as writer:
            writer.truncate(1 << 30)
        media = house.register(MediaType.MOVIE, MediaNames("Long"), "movies/Long.mp4")
        people = [house.member] * 10 + [house.admin] * 10
        lives = [server.live(somebody) for somebody in people]
        stalled = []
        for _ in range(10):
            connection = server.connect()
            cookie = f"Cookie: session={house.member.session}"
            connection.sendall(request(server, f"GET /api/stream/{media.id} HTTP/1.1", cookie))
            stalled.append(connection)
        idle = [server.connect() for _ in range(10)]
        worker = server.worker
        wait_for(lambda: worker.num_threads() > 60)
        began = time.monotonic()
        assert server.stop() == 0
        assert time.monotonic() - began < 3.0
        assert not worker.is_running()
        for live in lives:
            assert live.is_closed(seconds=1.0)
        for connection in (*stalled, *idle):
            connection.close()
        assert "Traceback" not in server.log.read_text()


def test_a_request_in_flight_is_still_answered(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        body = b'{"username":"ann"}'  # no password to be judged, which takes its time
        data = request(
            server, "POST /api/login HTTP/1.1", "Content-Type: application/json", f"Content-Length: {len(body)}"
        )
        with server.connect() as connection:
            connection.sendall(data)
            connection.settimeout(5)
            wait_for(lambda: server.get("/api/setup")[0] == 200)
            server.process.terminate()
            connection.sendall(body)
            assert status_of(connection.recv(65536)) == 400
        assert server.process.wait(5) == 0


def test_it_ends_at_once_when_the_supervisor_is_gone(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        worker = server.worker
        server.process.kill()  # as when the whole supervisor was killed: the lifeline closes
        with Path(os.devnull).open("rb") as nothing:
            os.dup2(nothing.fileno(), server.lifeline)
        wait_for(lambda: not worker.is_running() or worker.status() == "zombie", seconds=1.0)


def test_a_port_that_is_taken_is_told_in_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        config = {"web_server": {"host": "127.0.0.1"}}
        with running(tmp_path, config=config, ready=False, port=port) as server:
            assert server.process.wait(60) == 1
            text = server.log.read_text()
    assert f"Port {port} on 127.0.0.1 cannot be used" in text and "set PORT" in text
    assert len(text.splitlines()) == 1


def test_a_secret_that_others_can_read_ends_the_start(tmp_path: Path) -> None:
    with running(tmp_path, ready=False, break_secret=True) as server:
        assert server.process.wait(60) != 0
        text = server.log.read_text()
    assert "secret.key" in text and "Traceback" not in text


def test_clients_that_linger_hold_up_nobody(server: Server) -> None:
    lingering = [server.connect() for _ in range(8)]
    for connection in lingering:
        connection.sendall(request(server, "GET /api/healthz HTTP/1.1", "Connection: close"))
    slowest = 0.0
    for _ in range(20):
        began = time.perf_counter()
        assert server.get("/api/setup")[0] == 200
        slowest = max(slowest, time.perf_counter() - began)
    for connection in lingering:
        connection.close()
    assert slowest < 1.5, "one that lingers holds a server up for two seconds"


@pytest.mark.parametrize(
    "data",
    [
        b"POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        b"GET /hidden HTTP/1.1\r\n\r\n",
        b"POST /api/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"POST /api/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        b"POST /api/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nx\r\n0\r\n\r\n",
        b"POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\nhello",
        b"POST /api/login HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello",
        b"GET /api/healthz HTTP/1.1\r\nHost: a\r\n folded: x\r\n\r\n",
        b"GET /api/healthz HTTP/1.1\nHost: a\n\n",
        b"GET /api/healthz HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n",
        b"GET /api/healthz\r\n\r\n",
        b"GET /api/healthz HTTP/9.9\r\nHost: a\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"GET http://evil.example/api/setup HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /api/setup HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET /api/setup HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n",
        b"GET /api/setup HTTP/1.1\r\n\r\n",
        b"GET /api/healthz HTTP/1.1\r\nHost: a\r\nX: " + b"x" * 100_000 + b"\r\n\r\n",
        b"GET /" + b"x" * 64_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /api/healthz HTTP/1.1\r\nHost: a\r\n" + b"".join(b"X-%d: x\r\n" % one for one in range(500)) + b"\r\n",
    ],
    ids=lambda data: repr(data[:60]),
)  # fmt: skip
def test_threat_11_and_14_ambiguous_and_oversized_requests_are_refused(server: Server, data: bytes) -> None:
    answer = server.raw(data, seconds=1.0)
    assert answer == b"" or 400 <= status_of(answer) < 500, answer[:200]
    assert b"evil" not in answer and b"hidden" not in answer
    assert answer.count(b"HTTP/1.") <= 1


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "FOO", "get", "PROPFIND"])
def test_threat_14_only_the_known_methods_are_answered(server: Server, method: str) -> None:
    answer = server.raw(request(server, f"{method} /api/healthz HTTP/1.1", "Connection: close"), seconds=1.0)
    assert 400 <= status_of(answer) < 500


def test_threat_14_no_header_changes_the_method(server: Server) -> None:
    media = server.house.film("One")
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        assert server.get(f"/api/media/{media.id}", server.house.admin, headers={name: "DELETE"})[0] == 200
    assert server.house.state.media(media.id).deleted_at is None


def test_threat_1_a_forwarded_scheme_or_address_is_not_believed(server: Server) -> None:
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "6.6.6.6", "X-Forwarded-Host": "evil.example"}
    status, headers, _ = server.get("/", headers=forged)
    assert (status, headers["location"]) == (302, "/login")
    https = {**forged, "Origin": f"https://127.0.0.1:{server.port}", "Content-Type": "application/json"}
    assert server.get("/api/logout", server.house.member, method="POST", headers=https)[0] == 403


def test_a_body_that_is_too_large_is_refused_without_being_read(server: Server) -> None:
    head = request(server, "POST /api/login HTTP/1.1", "Content-Type: application/json", "Content-Length: 10000000000")
    assert status_of(server.raw(head + b"x" * 1000, seconds=1.0)) == 413
    chunks = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    head = request(server, "POST /api/login HTTP/1.1", "Content-Type: application/json", "Transfer-Encoding: chunked")
    assert status_of(server.raw(head + chunks * 3 + b"0\r\n\r\n", seconds=1.0)) == 413


def test_the_log_holds_no_secret_and_no_request(server: Server) -> None:
    session = server.house.member.session
    assert session is not None
    server.get(f"/api/library?token={session}")
    text = server.log.read_text()
    assert session not in text and "GET" not in text


def test_threat_12_headers_that_come_too_slowly_are_not_waited_for(slow_client: "Future[float]") -> None:
    assert 8 < slow_client.result(15) < 13
