"""Both readers ask for the same ranges and count the same bytes."""

import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bench import ROOT
from bench.appliance import HOST
from bench.readers import Load, Readers

_SIZE = 1_000_000


class _RangeServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((HOST, 0), _RangeHandler)
        self.asked: list[tuple[int, int]] = []

    def handle_error(self, *_: object) -> None:
        """A reader hangs up when its time is over."""


class _RangeHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _RangeServer

    def do_GET(self) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers["Range"])
        if wanted is None or self.headers["Authorization"] != "Bearer key" or self.path != "/film":
            self.send_error(401)
            return
        first, last = int(wanted[1]), int(wanted[2])
        self.server.asked.append((first, last))
        self.send_response(206)
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        self.wfile.write(bytes(last - first + 1))

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[_RangeServer]:
    with _RangeServer() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(params=["C", "Python"])
def command(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    if request.param == "Python":
        return [sys.executable, "-m", "bench.slow_reader"]
    if shutil.which("cc") is None:
        pytest.skip("there is no C compiler")
    Readers(tmp_path)
    return [str(tmp_path / "reader")]


def _read(command: list[str], load: Load) -> list[int]:
    done = subprocess.run(
        [*command, *load.arguments()], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True
    )
    return [int(word) for word in done.stdout.split()]


def test_readers_go_through_the_file_and_count_what_they_get(command: list[str], server: _RangeServer) -> None:
    load = Load(server.server_port, "/film", _SIZE, 2, 0.5, "Bearer key")

    received, answers, errors = _read(command, load)

    assert set(server.asked) >= {(0, _SIZE - 1), (_SIZE // 2, _SIZE - 1)}
    assert errors == 0
    assert answers * _SIZE // 2 <= received <= (answers + 2) * _SIZE
    assert answers > 2


def test_a_reader_takes_no_more_than_its_pace(command: list[str], server: _RangeServer) -> None:
    load = Load(server.server_port, "/film", _SIZE, 2, 1.0, "Bearer key", bytes_per_second=400_000)

    received, _, errors = _read(command, load)

    assert errors == 0
    assert 600_000 < received < 2_800_000


def test_a_refused_reader_counts_errors_and_no_bytes(command: list[str], server: _RangeServer) -> None:
    received, answers, errors = _read(command, Load(server.server_port, "/film", _SIZE, 2, 0.3, "Bearer other"))

    assert (received, answers) == (0, 0)
    assert errors >= 2
