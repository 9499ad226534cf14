"""Lets work that nobody waits for give way to everything else that the machine has to do."""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from media_library.errors import Stopped
from media_library.models.tool import ToolRun

_NICENESS = 19
_ROUND_SECONDS = 60.0
_LONGEST_ROUND_SECONDS = 900.0
_SECONDS_A_MISS = 0.02
T = TypeVar("T")


def be_nice() -> None:
    """Give this thread, and what it starts, the lowest priority; on macOS that would hold for the whole program."""
    if sys.platform.startswith("linux"):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


def quietly(work: Callable[[], T]) -> T:
    """Do ``work`` on a thread of the lowest priority, which the programs that it starts inherit; what it raises too.

    Linux gives every thread a priority of its own; elsewhere it would be that of the whole program, and stays.
    """
    with ThreadPoolExecutor(1, "quiet", be_nice) as pool:
        return pool.submit(work).result()


def seconds_to_next_round(missed: int) -> float:
    """How long a loop waits that passed over ``missed`` items because their files cannot be reached now.

    Looking for 100,000 files on a drive that is away takes half a minute; nobody is served by doing so every minute.
    """
    return min(max(_ROUND_SECONDS, missed * _SECONDS_A_MISS), _LONGEST_ROUND_SECONDS)


def followed(run: ToolRun[T], stop: threading.Event) -> T:
    """Let a program run to its end; raises ``Stopped``, and ends it, once ``stop`` is set."""
    try:
        while True:
            next(run)
            if stop.is_set():
                raise Stopped("The program is being stopped.")
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        run.close()
