"""The demo as a person sees it: one command, three discs in the library, Ctrl-C, nothing left."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bench import ROOT
from bench.appliance import HOST, free_port
from tests.conftest import wait_for

_LOGIN = re.compile(r"Open\s+http://localhost:(\d+)\s+Sign in\s+(\S+)\s+/\s+(\S+)")


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A quick demo whose temporary folder lies in ``tmp_path``; it writes to ``tmp_path / "console"``."""
    (tmp_path / "temp").mkdir()
    with (tmp_path / "console").open("w") as console:
        process = subprocess.Popen(
            [sys.executable, "-m", "bench.demo", "--quick"],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": str(tmp_path / "temp")},
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=console,
            text=True,
        )
    yield process
    process.terminate()
    process.wait(30)


def test_three_discs_reach_the_library_and_ctrl_c_leaves_nothing(demo: subprocess.Popen[str], tmp_path: Path) -> None:
    def console() -> str:
        return (tmp_path / "console").read_text()

    def signed_out() -> re.Match[str] | None:
        assert demo.poll() is None, console()
        return _LOGIN.search(console())

    port, username, password = wait_for(signed_out, seconds=20).groups()
    cookie = _sign_in(int(port), username, password)

    def all_kinds() -> bool | None:
        assert demo.poll() is None, console()
        return {"movie", "episode", "track"} <= _kinds(int(port), cookie) or None

    wait_for(all_kinds, seconds=60)
    demo.send_signal(signal.SIGINT)

    assert demo.wait(45) == 0, console()
    assert list((tmp_path / "temp").iterdir()) == []
    assert [process for process in psutil.process_iter(["cmdline"]) if _names(process, tmp_path / "temp")] == []


def test_a_taken_port_is_left_to_whoever_has_it() -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]

        assert free_port(port) != port

    assert free_port(port) == port


def _sign_in(port: int, username: str, password: str) -> str:
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    headers = {"Content-Type": "application/json", "Origin": f"http://{HOST}:{port}"}
    connection.request("POST", "/api/login", json.dumps({"username": username, "password": password}), headers)
    answer = connection.getresponse()
    assert answer.status == http.client.OK, answer.read()
    cookies = answer.headers.get_all("Set-Cookie", [])
    connection.close()
    return "; ".join(cookie.partition(";")[0] for cookie in cookies)


def _kinds(port: int, cookie: str) -> set[str]:
    connection = http.client.HTTPConnection(HOST, port, timeout=20)
    connection.request("GET", "/api/library", headers={"Cookie": cookie})
    answer = connection.getresponse()
    assert answer.status == http.client.OK
    items = json.loads(answer.read())["items"]
    connection.close()
    return {item["media_type"] for item in items}


def _names(process: psutil.Process, folder: Path) -> bool:
    return any(str(folder) in word for word in process.info["cmdline"] or [])
