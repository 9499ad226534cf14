"""The guard between the program and a tool: what it passes on, and what ends with what."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from media_library.adapters import guard
from tests.conftest import wait_for
from tests.programs import alive, wait_for_numbers, write_program

DEAF = """
    import os, pathlib, signal, sys, time
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    with open(sys.argv[1], "a") as pids:
        pids.write(f"{os.getpid()}\\n")
    time.sleep(300)
"""
OBEDIENT = """
    import signal, sys
    signal.signal(signal.SIGUSR1, lambda *_: sys.exit(5))
    print("ready", flush=True)
    signal.pause()
"""


@contextmanager
def guarded(*command: str) -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """The guard around ``command``, and the writing end of its control pipe."""
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-I", "-S", guard.__file__, str(read), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=(read,),
    )
    os.close(read)
    try:
        yield process, write
    finally:
        try:
            os.close(write)
        except OSError:
            pass  # the test closed it
        process.communicate(timeout=10)


def test_the_code_of_the_tool_is_the_code_of_the_guard(tmp_path: Path) -> None:
    with guarded(write_program(tmp_path, "tool", "import sys; print('out'); sys.exit(7)")) as (process, _):
        assert process.wait(10) == 7
        assert process.stdout is not None and process.stdout.read() == b"out\n"


def test_a_command_that_is_not_there_is_127_with_its_reason() -> None:
    with guarded("/no/such/tool") as (process, _):
        assert process.wait(10) == guard.COMMAND_NOT_FOUND
        assert process.stderr is not None and b"/no/such/tool: No such file" in process.stderr.read()


def test_a_byte_on_the_pipe_is_a_signal_for_the_tool(tmp_path: Path) -> None:
    with guarded(write_program(tmp_path, "tool", OBEDIENT)) as (process, control):
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        os.write(control, bytes([signal.SIGUSR1]))
        assert process.wait(10) == 5


def test_the_end_of_the_pipe_kills_even_a_deaf_tool(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    with guarded(write_program(tmp_path, "tool", DEAF), str(pids)) as (process, control):
        (tool,) = wait_for_numbers(pids, 1)
        os.close(control)
        assert process.wait(2) == 128 + signal.SIGKILL
    assert alive(tool) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signals_for_the_guard_itself_do_not_part_it_from_its_tool(tmp_path: Path, number: signal.Signals) -> None:
    with guarded(write_program(tmp_path, "tool", OBEDIENT)) as (process, control):
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        process.send_signal(number)
        os.write(control, bytes([signal.SIGUSR1]))
        assert process.wait(10) == 5


def test_a_killed_guard_takes_its_tool_along(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    with guarded(write_program(tmp_path, "tool", DEAF), str(pids)) as (process, _):
        (tool,) = wait_for_numbers(pids, 1)
        process.kill()
        if sys.platform == "linux":
            wait_for(lambda: not alive(tool), seconds=2)
        else:  # no death signal there; the guard would have to be killed by hand
            os.kill(tool, signal.SIGKILL)


def test_the_guard_holds_no_stream_of_the_tool_open(tmp_path: Path) -> None:
    tool = write_program(tmp_path, "tool", "import os, time; os.close(1); os.close(2); time.sleep(300)")
    with guarded(tool) as (process, _):
        assert process.stdout is not None and process.stdout.read() == b""
        assert process.poll() is None
