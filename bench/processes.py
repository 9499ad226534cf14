"""A process and everything below it: how much memory it holds, how much processor time it used, whether it is gone."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

import psutil


def tree(pid: int) -> list[psutil.Process]:
    """The process and all its descendants that are alive."""
    try:
        top = psutil.Process(pid)
        return [top, *top.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def cpu_seconds(pid: int) -> float:
    """User and system time of the tree so far, and of those of its processes that ended before."""
    total = 0.0
    for process in tree(pid):
        try:
            used = process.cpu_times()
            total += used.user + used.system + used.children_user + used.children_system
        except psutil.NoSuchProcess:
            continue
    return total


def resident_bytes(processes: Iterable[psutil.Process]) -> int:
    """The sum of the resident sets; pages that several processes share count several times."""
    return sum(process.memory_info().rss for process in processes)


def proportional_bytes(processes: Iterable[psutil.Process]) -> int | None:
    """The sum of the proportional sets: a page that n processes share counts 1/n for each. ``None`` where unknown.

    Linux, Documentation/filesystems/proc.rst: smaps_rollup.
    """
    total = 0
    for process in processes:
        try:
            lines = Path(f"/proc/{process.pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            if _lives(process):
                return None
            continue  # it ended just now, and holds nothing any more
        total += sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
    return total


def seconds_until_gone(processes: Iterable[psutil.Process], *, at_most: float) -> float | None:
    """Wait until none of the processes lives (a zombie does not); ``None`` if one still does after ``at_most``."""
    started = time.monotonic()
    left = list(processes)
    while left:
        left = [process for process in left if _lives(process)]
        if left and time.monotonic() - started > at_most:
            return None
        time.sleep(0.005)
    return time.monotonic() - started


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def mentioning(text: str) -> list[psutil.Process]:
    """The processes, apart from this one, whose command line has ``text`` in it."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and _lives(process) and any(text in word for word in process.cmdline()):
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found
