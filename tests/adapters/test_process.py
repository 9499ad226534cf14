"""Running outside programs: what they write, how they are ended, what they never see and never outlive."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from media_library.adapters import process
from media_library.errors import ToolFailed, ToolMissing, ToolStalled
from tests.conftest import wait_for
from tests.programs import alive, numbers, started, wait_for_numbers, write_program

FAMILY = """
    import os, signal, subprocess, sys, time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])  # deaf by inheritance
    with open(sys.argv[1], "a") as pids:
        pids.write(f"{os.getpid()}\\n{child.pid}\\n")
    time.sleep(300)
"""
"""A program with a child of its own, both deaf to SIGINT, that write their ids to the file of the first argument."""


def test_a_short_program_gives_its_output_its_errors_and_its_code(tmp_path: Path) -> None:
    program = write_program(tmp_path, "tool", "import sys; print('out'); print('err', file=sys.stderr); sys.exit(3)")
    finished = process.run((program,), timeout_seconds=10)
    assert (finished.code, finished.stdout, finished.stderr) == (3, b"out\n", b"err")


def test_threat_98_arguments_arrive_as_they_are_whatever_a_shell_would_make_of_them(tmp_path: Path) -> None:
    program = write_program(tmp_path, "tool", "import json, sys; print(json.dumps(sys.argv[1:]))")
    hostile = [
        '"; touch PWNED #',
        "$(id)",
        "`id`",
        '" & do shell script "id',
        "a\nb",
        "../..",
        "",
        "*",
        "-y",
        "x" * 300,
    ]
    finished = process.run((program, *hostile), timeout_seconds=10, cwd=tmp_path)
    assert json.loads(finished.stdout) == hostile
    assert not (tmp_path / "PWNED").exists()


def test_a_program_that_is_not_installed_is_named_with_what_to_do() -> None:
    with pytest.raises(ToolMissing, match=r"no-such-tool is not installed.*doctor"):
        process.run(("no-such-tool",), timeout_seconds=10)


def test_a_program_that_cannot_be_executed_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/no/such/interpreter\n")
    broken.chmod(0o755)
    with pytest.raises(ToolMissing, match="could not be run"):
        process.run((str(broken),), timeout_seconds=10)


def test_threat_109_no_secret_and_no_foreign_variable_reaches_a_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SECRET_KEY", "TMDB_API_KEY", "INIT_ADMIN_PASS", "LD_PRELOAD_X", "PYTHONPATH", "https_proxy"):
        monkeypatch.setenv(name, "canary")
    program = write_program(tmp_path, "tool", "import json, os; print(json.dumps(dict(os.environ)))")
    seen = json.loads(process.run((program,), timeout_seconds=10, env={"WANTED": "yes"}).stdout)
    assert "canary" not in seen.values()
    assert seen["PATH"] == os.environ["PATH"]
    assert seen["WANTED"] == "yes"


def test_standard_input_is_empty_so_that_nothing_waits_on_it(tmp_path: Path) -> None:
    tool = write_program(tmp_path, "tool", "import sys; print(repr(sys.stdin.read()))")
    runner = write_program(
        tmp_path,
        "runner",
        f"""
        from media_library.adapters import process
        print(process.run(({tool!r},), timeout_seconds=10).stdout)
        """,
    )
    reading, writing = os.pipe()
    with started(runner, stdin=reading) as program:
        os.write(writing, b"typed")
        assert program.stdout is not None and program.stdout.readline() == b"b\"''\\n\"\n"
    os.close(reading)
    os.close(writing)


def test_a_program_inherits_no_open_file(tmp_path: Path) -> None:
    inheritable = os.open(tmp_path, os.O_RDONLY)
    os.set_inheritable(inheritable, True)
    program = write_program(
        tmp_path, "tool", "import os; print([fd for fd in range(3, 256) if os.path.exists(f'/dev/fd/{fd}')])"
    )
    try:
        assert process.run((program,), timeout_seconds=10).stdout == b"[]\n"
    finally:
        os.close(inheritable)


def test_a_program_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    program = write_program(tmp_path, "tool", FAMILY)
    before = time.monotonic()
    with pytest.raises(ToolStalled, match=r"tool did not finish within 0\.5 s"):
        process.run((program, str(pids)), timeout_seconds=0.5)
    assert time.monotonic() - before < 4
    wait_for(lambda: not alive(*numbers(pids)), seconds=2)


def test_a_program_that_closed_its_output_is_still_waited_for_and_timed(tmp_path: Path) -> None:
    closing = "import os, time; os.close(1); os.close(2); time.sleep({})"
    quick, slow = (write_program(tmp_path, f"tool{s}", closing.format(s)) for s in ("0.3", "60"))
    assert process.run((quick,), timeout_seconds=10).code == 0
    with pytest.raises(ToolStalled):
        process.run((slow,), timeout_seconds=1)


def test_a_program_that_writes_without_end_is_ended(tmp_path: Path) -> None:
    program = write_program(tmp_path, "tool", "import os\nwhile True: os.write(1, b'x' * 65536)")
    with pytest.raises(ToolFailed, match="more than 1000000 bytes"):
        process.run((program,), timeout_seconds=30, max_output_bytes=1_000_000)


def test_output_comes_as_it_is_written_and_silence_gives_ticks(tmp_path: Path) -> None:
    program = write_program(tmp_path, "tool", "import time\nfor word in 'ab': print(word, flush=True); time.sleep(0.6)")
    with process.start((program,)) as child:
        chunks = list(child.output(tick_seconds=0.1))
        assert child.wait() == 0
    assert b"".join(chunks) == b"a\nb\n"
    assert chunks.index(b"b\n") - chunks.index(b"a\n") >= 3


def test_ticks_come_while_a_program_only_writes_errors(tmp_path: Path) -> None:
    program = write_program(
        tmp_path,
        "tool",
        "import sys, time\nfor _ in range(60): print('.', file=sys.stderr, flush=True); time.sleep(0.01)",
    )
    with process.start((program,)) as child:
        assert list(child.output(tick_seconds=0.1)).count(b"") >= 3


def test_leaving_ends_the_program_and_what_it_started(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    program = write_program(tmp_path, "tool", FAMILY)
    with process.start((program, str(pids))):
        family = wait_for_numbers(pids, 2)
    assert alive(*family) == []


@pytest.mark.parametrize("by_hand", [True, False])
def test_a_program_is_asked_to_stop_before_it_is_killed(tmp_path: Path, by_hand: bool) -> None:
    ready, told = tmp_path / "ready", tmp_path / "told"
    program = write_program(
        tmp_path,
        "tool",
        """
        import pathlib, sys, time
        ready, told = map(pathlib.Path, sys.argv[1:])
        try:
            ready.touch()
            time.sleep(300)
        except KeyboardInterrupt:
            told.touch()
        """,
    )
    with process.start((program, str(ready), str(told))) as child:
        wait_for(ready.exists)
        if by_hand:
            child.interrupt()
            assert child.wait(5) == 0
    assert told.exists()


def test_a_signal_that_ended_a_program_shows_in_its_code(tmp_path: Path) -> None:
    program = write_program(tmp_path, "tool", "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    assert process.run((program,), timeout_seconds=10).code == 128 + signal.SIGSEGV


def test_children_that_a_program_left_behind_are_ended_with_it(tmp_path: Path) -> None:
    program = write_program(
        tmp_path,
        "tool",
        """
        import subprocess, sys
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
        print(child.pid)
        """,
    )
    finished = process.run((program,), timeout_seconds=10)
    assert finished.code == 0
    wait_for(lambda: not alive(int(finished.stdout)), seconds=2)


@pytest.mark.parametrize("chunk", ["b'x' * 65536", "b'y' * 1023 + b'\\\\n'", "b'%\\\\r' * 512"])
def test_threat_108_a_gigabyte_of_errors_takes_no_memory(tmp_path: Path, chunk: str) -> None:
    flood = write_program(
        tmp_path,
        "flood",
        f"""
        import os
        chunk, left = ({chunk}) * 64, 1 << 30
        while left > 0:
            left -= os.write(2, chunk)
        """,
    )
    runner = write_program(
        tmp_path,
        "runner",
        f"""
        import resource
        from media_library.adapters import process
        peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        before = peak()
        finished = process.run(({flood!r},), timeout_seconds=100)
        print(finished.code, len(finished.stderr), peak() - before)
        """,
    )
    with started(runner) as program:
        assert program.stdout is not None
        code, length, grown_kib = map(int, program.stdout.readline().split())
    assert code == 0
    assert 0 < length <= 200 * 501
    assert grown_kib < 20_000


def test_the_last_lines_are_kept_safe_to_show(tmp_path: Path) -> None:
    program = write_program(
        tmp_path,
        "tool",
        r"""
        import sys
        for number in range(500):
            print(number, file=sys.stderr)
        sys.stderr.buffer.write("\x1b[31mred\x1b[0m \u202eevil \udcff\n".encode("utf-8", "surrogateescape"))
        sys.stderr.write("half a line")
        """,
    )
    with process.start((program,)) as child:
        for _ in child.output():
            pass
        lines = child.last_lines
    assert lines[-3:] == ("499", "\ufffd[31mred\ufffd[0m \ufffdevil \ufffd", "half a line")
    assert len(lines) <= 201


@pytest.mark.parametrize("victim", ["program", "guard"])
def test_threat_107_no_tool_outlives_a_killed_program_by_more_than_two_seconds(tmp_path: Path, victim: str) -> None:
    pids = tmp_path / "pids"
    tool = write_program(tmp_path, "tool", FAMILY)
    parent = write_program(
        tmp_path,
        "parent",
        f"""
        from media_library.adapters import process
        with process.start(({tool!r}, {str(pids)!r})) as child:
            print(child._process.pid, flush=True)
            for _ in child.output():
                pass
        """,
    )
    with started(parent) as program:
        assert program.stdout is not None
        guard = int(program.stdout.readline())
        family = wait_for_numbers(pids, 2)
        killed = time.monotonic()
        os.kill(program.pid if victim == "program" else guard, signal.SIGKILL)
        # of a killed guard only the tool itself is told; its children end when the program notices
        wait_for(lambda: not alive(*(family if victim == "program" else family[:1])), seconds=2)
        assert time.monotonic() - killed < 2
        for pid in alive(*family):
            os.kill(pid, signal.SIGKILL)


def test_waiting_with_a_limit_tells_that_a_program_still_runs(tmp_path: Path) -> None:
    program = write_program(tmp_path, "tool", "import time; time.sleep(300)")
    with process.start((program,)) as child:
        assert child.poll(0.1) is None
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(0.1)
    assert child.poll() is not None


def test_ending_a_program_twice_is_ending_it_once(tmp_path: Path) -> None:
    program = write_program(tmp_path, "tool", "import time; time.sleep(300)")
    with process.start((program,)) as child:
        child.end()
        child.end()
        child.interrupt()


def test_a_program_that_takes_input_reads_what_is_sent(tmp_path: Path) -> None:
    program = write_program(
        tmp_path, "echo", "import sys\nfor line in sys.stdin: print(line.upper(), end='', flush=True)"
    )
    heard = b""
    with process.Child((program,), takes_input=True) as child:
        child.write(b"one\n")
        for chunk in child.output(tick_seconds=0.1):
            heard += chunk
            if heard == b"ONE\n":
                child.write(b"two\n")
            if heard.endswith(b"TWO\n"):
                break
    assert heard == b"ONE\nTWO\n"


def test_a_program_that_ended_is_told_nothing_more(tmp_path: Path) -> None:
    program = write_program(tmp_path, "deaf", "")
    with process.Child((program,), takes_input=True) as child:
        assert wait_for(lambda: child.poll(0.1) == 0)
        with pytest.raises(ToolFailed, match="ended"):
            child.write(b"x" * 1_000_000)
