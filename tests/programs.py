"""Small programs that a test writes and starts, and looks at from outside."""

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.conftest import wait_for

SRC = Path(__file__).resolve().parents[1] / "src"


def write_program(folder: Path, name: str, body: str) -> str:
    """Write an executable Python program; returns its absolute path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{textwrap.dedent(body)}", "utf-8")
    path.chmod(0o755)
    return str(path)


@contextmanager
def started(program: str, *arguments: str, stdin: int = subprocess.DEVNULL) -> Iterator["subprocess.Popen[bytes]"]:
    """A program of ``write_program`` with the product importable; killed at the end if it still runs."""
    process = subprocess.Popen(
        [program, *arguments],
        env={**os.environ, "PYTHONPATH": str(SRC)},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def numbers(file: Path) -> list[int]:
    """The process ids that a program wrote into a file, one a line; only whole lines count."""
    if not file.exists():
        return []
    return [int(line) for line in file.read_text().splitlines(keepends=True) if line.endswith("\n")]


def wait_for_numbers(file: Path, count: int) -> list[int]:
    """The first ``count`` process ids in a file, as soon as they are there."""
    wait_for(lambda: len(numbers(file)) >= count)
    return numbers(file)[:count]


def alive(*pids: int) -> list[int]:
    """Those of the processes that still run; one that nobody reaped yet is gone."""
    return [pid for pid in pids if psutil.pid_exists(pid) and not _is_zombie(pid)]


def _is_zombie(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
