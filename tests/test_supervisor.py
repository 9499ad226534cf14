"""The supervisor: its processes run while it runs, come back when they fall, and never outlive it."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from media_library import supervisor
from media_library.errors import StartError
from tests.conftest import wait_for
from tests.programs import alive, numbers, started, wait_for_numbers, write_program

CHILD = """
    import os, pathlib, sys, threading
    from media_library import supervisor
    name, pids, behaviour, _, lifeline = sys.argv[1:]
    supervisor.hang_on_lifeline(int(lifeline))
    with open(pids, "a") as file:
        file.write(f"{os.getpid()}\\n")
    if behaviour == "fails":
        sys.exit(4)
    stop = threading.Event()
    if behaviour != "deaf":
        supervisor.stop_on_signals(stop)
    else:
        import signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if behaviour == "with a tool":
        from media_library.adapters import process
        with process.start((str(pathlib.Path(pids).with_name("tool")), pids)) as tool:
            for _ in tool.output():
                if stop.is_set():
                    break
    else:
        stop.wait()
    pathlib.Path(pids).with_suffix(".stopped").touch()
"""
TOOL = """
    import os, signal, sys, time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with open(sys.argv[1], "a") as pids:
        pids.write(f"{os.getpid()}\\n")
    time.sleep(300)
"""


def write_supervised(folder: Path, behaviours: Sequence[str]) -> tuple[str, list[Path]]:
    """A program that supervises one child for each behaviour, and the files in which these note their ids."""
    write_program(folder, "tool", TOOL)
    child = write_program(folder, "child", CHILD)
    notes = [folder / f"{number}.pids" for number, _ in enumerate(behaviours)]
    commands = {
        f"part {number}": [child, str(number), str(notes[number]), behaviour]
        for number, behaviour in enumerate(behaviours)
    }
    program = write_program(
        folder,
        "program",
        f"import sys\nfrom media_library import supervisor\nsys.exit(supervisor.supervise({commands!r}))",
    )
    return program, notes


def test_a_stop_signal_ends_everything_in_order_with_code_0(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        folder = tmp_path / number.name
        folder.mkdir()
        program, notes = write_supervised(folder, ["waits", "waits"])
        with started(program) as process:
            children = [wait_for_numbers(note, 1)[0] for note in notes]
            process.send_signal(number)
            assert process.wait(8) == 0
            assert alive(*children) == []
        assert all(note.with_suffix(".stopped").exists() for note in notes)


def test_a_killed_supervisor_takes_its_processes_and_their_tools_along_within_two_seconds(tmp_path: Path) -> None:
    program, notes = write_supervised(tmp_path, ["with a tool", "deaf"])
    with started(program) as process:
        pids = [*wait_for_numbers(notes[0], 2), *wait_for_numbers(notes[1], 1)]
        assert sorted(alive(*pids)) == sorted(pids)
        process.kill()
        wait_for(lambda: not alive(*pids), seconds=2)


def test_a_stop_ends_a_running_tool(tmp_path: Path) -> None:
    program, notes = write_supervised(tmp_path, ["with a tool"])
    with started(program) as process:
        pids = wait_for_numbers(notes[0], 2)
        process.terminate()
        assert process.wait(8) == 0
        assert alive(*pids) == []


def test_a_process_that_does_not_listen_is_killed_within_eight_seconds(tmp_path: Path) -> None:
    program, notes = write_supervised(tmp_path, ["deaf"])
    with started(program) as process:
        (child,) = wait_for_numbers(notes[0], 1)
        os.kill(child, signal.SIGSTOP)  # deaf to its lifeline too
        before = time.monotonic()
        process.terminate()
        assert process.wait(8) == 0
        assert time.monotonic() - before >= supervisor.GRACE_SECONDS
        wait_for(lambda: not alive(child), seconds=1)


def test_a_crashed_process_is_started_again_and_the_others_go_on(tmp_path: Path) -> None:
    program, notes = write_supervised(tmp_path, ["waits", "waits"])
    with started(program) as process:
        first, other = (wait_for_numbers(note, 1)[0] for note in notes)
        os.kill(first, signal.SIGKILL)
        second = wait_for_numbers(notes[0], 2)[1]
        assert alive(second, other) == [second, other]
        assert numbers(notes[1]) == [other]
        process.terminate()
        assert process.wait(8) == 0


def test_a_process_that_cannot_even_start_ends_the_program_with_its_code(tmp_path: Path) -> None:
    program, notes = write_supervised(tmp_path, ["waits", "fails"])
    with started(program) as process:
        assert process.wait(8) == 4
        assert alive(*numbers(notes[0]), *numbers(notes[1])) == []


def test_a_second_program_on_the_same_state_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    holder = write_program(
        tmp_path,
        "holder",
        """
        import pathlib, sys, time
        from media_library import supervisor
        lock = supervisor.hold_lock(pathlib.Path(sys.argv[1]), "web")
        print("held", flush=True)
        time.sleep(300)
        """,
    )
    folder = tmp_path / "state"
    with started(holder, str(folder)) as process:
        assert process.stdout is not None and process.stdout.readline() == b"held\n"
        with pytest.raises(StartError, match=r"already running on .*DATA_DIR"):
            supervisor.hold_lock(folder, "web")
        supervisor.hold_lock(folder, "discs").close()
        process.kill()
        process.wait()
        supervisor.hold_lock(folder, "web").close()
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_short_process_gives_its_code() -> None:
    assert supervisor.run_once([sys.executable, "-c", "raise SystemExit(3)"]) == 3


def test_a_process_hears_of_a_signal_outside_of_its_handler(tmp_path: Path) -> None:
    program = write_program(
        tmp_path,
        "program",
        """
        import threading
        from media_library import supervisor
        stop = threading.Event()
        supervisor.stop_on_signals(stop)
        print("ready", flush=True)
        print(stop.wait(60), flush=True)
        """,
    )
    with started(program) as process:
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        process.send_signal(signal.SIGTERM)
        assert process.stdout.readline() == b"True\n"
        assert process.wait(5) == 0
