"""Uploads over lines that break, to a server that is ended in the middle."""

import hashlib
import http.client
import random
import socket
import threading
from pathlib import Path
from typing import Any

import pytest

from media_library.models.upload import UploadState
from tests.conftest import wait_for
from tests.cutting_proxy import cutting_proxy
from tests.tus import PART, VERSION, metadata
from tests.tus_sender import Sender
from tests.web_server.running import Server

MB = 1 << 20


def noise(path: Path, size: int) -> str:
    """A file of ``size`` bytes without a hole; returns its SHA-256."""
    generator, digest = random.Random(size), hashlib.sha256()
    with path.open("wb") as file:
        while size > 0:
            block = generator.randbytes(min(size, MB))
            digest.update(block)
            size -= file.write(block)
    return digest.hexdigest()


def stored(server: Server, address: str) -> Path:
    return server.house.settings.media_root / ".media-library" / "uploads" / address.rpartition("/")[2]


def digest_of(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def headers(server: Server) -> dict[str, str]:
    """Those of the member's browser, as the server sees them behind the proxy."""
    return {**server.headers(server.house.member), "Host": f"127.0.0.1:{server.port}"}


def begun(server: Server, size: int) -> str:
    described = {"Upload-Length": str(size), "Upload-Metadata": metadata(name="a.bin")}
    status, found, _ = server.get("/api/upload", server.house.member, method="POST", headers={**VERSION, **described})
    assert status == 201
    return found["location"]


def open_part(server: Server, address: str, offset: int, length: int) -> socket.socket:
    """A connection over which a part was announced."""
    connection = server.connect()
    sent = {**headers(server), **VERSION, "Upload-Offset": str(offset), "Content-Type": PART}
    lines = [f"PATCH {address} HTTP/1.1", f"Content-Length: {length}", *(f"{k}: {v}" for k, v in sent.items())]
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    return connection


def part(server: Server, address: str, offset: int, data: bytes) -> tuple[int, dict[str, str]]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    sent = {**headers(server), **VERSION, "Upload-Offset": str(offset), "Content-Type": PART}
    try:
        connection.request("PATCH", address, data, sent)
        answer = connection.getresponse()
        answer.read()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}
    finally:
        connection.close()


def offset_of(server: Server, address: str) -> int:
    status, found, _ = server.get(address, server.house.member, method="HEAD", headers=VERSION)
    assert status == 200
    return int(found["upload-offset"])


def test_threat_7_a_file_arrives_intact_through_a_proxy_that_cuts_and_drops(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "film.bin"
    digest = noise(file, 60 * MB)
    with cutting_proxy(server.port, cut_bytes=2 * MB + 12_345, silent=3) as proxy:
        sender = Sender(lambda: proxy.port, headers(server), 5 * MB)
        address = sender.send(file, name="film.bin", sha256=digest)
        assert proxy.breaks >= 10
        carried = proxy.carried_bytes
    assert digest_of(stored(server, address)) == digest
    assert server.house.state.upload(address.rpartition("/")[2]).state is UploadState.QUEUED
    # what came before a break is kept, but for one block, and for what lay in buffers on the way
    assert carried < 60 * MB + proxy.breaks * MB, (carried, proxy.breaks)


def test_an_upload_goes_on_after_the_server_was_killed(server: Server, tmp_path: Path) -> None:
    file = tmp_path / "film.bin"
    digest = noise(file, 30 * MB)
    sender = Sender(lambda: server.port, headers(server), 3 * MB)
    done: list[str] = []
    thread = threading.Thread(target=lambda: done.append(sender.send(file, name="film.bin", sha256=digest)))
    thread.start()
    for number in (1, 2):
        wait_for(lambda number=number: sender.attempts >= 2 * number)  # type: ignore[misc]  # a default binds it
        server.kill_and_start()
    thread.join(60)
    assert done, "it did not arrive"
    assert digest_of(stored(server, done[0])) == digest


def test_threat_73_of_two_parts_at_once_one_wins(server: Server) -> None:
    for _ in range(5):
        address = begun(server, 8 * MB)
        answers: list[int] = []
        barrier = threading.Barrier(2)

        def send(content: bytes, address: str = address, answers: list[int] = answers, barrier: Any = barrier) -> None:
            barrier.wait(10)
            answers.append(part(server, address, 0, content)[0])

        threads = [threading.Thread(target=send, args=(bytes([65 + n]) * 8 * MB,)) for n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert sorted(answers) in ([204, 409], [204, 423]), answers
        content = stored(server, address).read_bytes()
        assert content in (b"A" * 8 * MB, b"B" * 8 * MB), "never a mixture"


def test_a_connection_that_fell_silent_makes_way_for_the_next(server: Server) -> None:
    address = begun(server, 4 * MB)
    with open_part(server, address, 0, 4 * MB) as first:
        first.sendall(b"x" * MB)
        wait_for(lambda: stored(server, address).stat().st_size >= MB // 2)
        offset = offset_of(server, address)
        assert offset == MB, "what came is told once the first has made way"
        assert part(server, address, offset, b"x" * (4 * MB - offset))[0] == 204
    assert stored(server, address).read_bytes() == b"x" * 4 * MB


def test_what_came_of_a_broken_part_counts_but_not_of_one_with_a_checksum(server: Server) -> None:
    address = begun(server, 4 * MB)
    with open_part(server, address, 0, 4 * MB) as connection:
        connection.sendall(b"x" * 2 * MB)
        wait_for(lambda: stored(server, address).stat().st_size == 2 * MB)
    wait_for(lambda: offset_of(server, address) == 2 * MB)
    sent = {**headers(server), **VERSION, "Upload-Offset": str(2 * MB), "Content-Type": PART}
    sent["Upload-Checksum"] = "sha1 " + "A" * 27 + "="
    with server.connect() as connection:
        lines = [f"PATCH {address} HTTP/1.1", f"Content-Length: {2 * MB}", *(f"{k}: {v}" for k, v in sent.items())]
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + b"y" * MB)
        wait_for(lambda: stored(server, address).stat().st_size == 3 * MB)
    wait_for(lambda: stored(server, address).stat().st_size == 2 * MB)
    assert offset_of(server, address) == 2 * MB


def test_threat_7_a_request_of_101_mb_is_answered_while_it_is_still_being_sent(server: Server) -> None:
    connection = server.connect()
    lines = [
        "POST /api/upload HTTP/1.1",
        f"Content-Length: {101 * MB}",
        "Content-Type: multipart/form-data; boundary=x",
    ]
    connection.sendall("\r\n".join([*lines, *(f"{k}: {v}" for k, v in headers(server).items()), "", ""]).encode())
    with connection:
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert answer.status == 413 and b"50 MB" in answer.read()


@pytest.mark.parametrize("length", ["-1", "1e9", "99999999999999999999999"])
def test_a_length_that_is_none_takes_nothing(server: Server, length: str) -> None:
    answer = server.raw(
        f"PATCH /api/upload/x HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nContent-Length: {length}\r\n\r\n".encode()
    )
    assert answer.split(b" ")[1][:1] in (b"4", b"5")
