"""Keeps the processes of the program running, and makes sure that none outlives it.

A child hangs on a lifeline: the reading end of a pipe whose other end only the supervisor holds. However the supervisor
goes, the pipe closes and the child ends at once, and with it the tools that hang on pipes of their own.
"""

import fcntl
import logging
import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import IO

from media_library.errors import StartError

log = logging.getLogger(__name__)

GRACE_SECONDS = 6.0
"""How long the processes get to put their work down; the whole program is gone within 8 s."""

_POLL_SECONDS = 0.2
_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
_SETTLED_SECONDS = 60.0
_GIVE_UP_SECONDS = 3.0


class _Child:
    """A process that is started again, with growing pauses, whenever it ends by itself."""

    def __init__(self, name: str, command: Sequence[str], lifeline: int) -> None:
        self.name = name
        self._command = [*command, "--lifeline", str(lifeline)]
        self._lifeline = lifeline
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._pause = 0.0
        self._start_at = 0.0

    def tend(self) -> int | None:
        """Start the process if it is due. Returns its exit code if it failed to start at the very first try."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._start_at:
                self._process = subprocess.Popen(
                    self._command,
                    stdin=subprocess.DEVNULL,
                    pass_fds=(self._lifeline,),
                    start_new_session=True,
                )
                self._started_at = now
            return None
        code = self._process.poll()
        if code is None:
            return None
        first = self._pause == 0 and now - self._started_at < _GIVE_UP_SECONDS
        if now - self._started_at > _SETTLED_SECONDS:
            self._pause = 0.0
        self._pause = min(max(2 * self._pause, _FIRST_PAUSE_SECONDS), _LONGEST_PAUSE_SECONDS)
        log.error("The %s process ended with code %s and is started again in %.1f s", self.name, code, self._pause)
        self._process, self._start_at = None, now + self._pause
        return code if first and code > 0 else None

    def signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None


def supervise(commands: dict[str, Sequence[str]]) -> int:
    """Run the named processes until SIGINT or SIGTERM; returns the exit code of the program.

    A process that cannot even start (a taken port, say) ends the program with its exit code.
    """
    stop = threading.Event()
    stop_on_signals(stop)
    lifeline, held = os.pipe()
    children = [_Child(name, command, lifeline) for name, command in commands.items()]
    code = 0
    while not stop.is_set():
        for child in children:
            failed = child.tend()
            if failed is not None:
                code = failed
                stop.set()
        stop.wait(_POLL_SECONDS)
    for child in children:
        child.signal(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < deadline and any(child.is_running() for child in children):
        time.sleep(0.02)
    for child in children:
        child.signal(signal.SIGKILL)
    os.close(held)
    return code


def stop_on_signals(stop: threading.Event) -> None:
    """Set ``stop`` on SIGINT and SIGTERM, from a thread, because a handler must not take locks. Main thread only."""
    read, write = os.pipe()
    os.set_blocking(write, False)

    def nothing(number: int, frame: FrameType | None) -> None:
        """The signal's number arrives through the pipe."""

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, nothing)
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)

    def watch() -> None:
        while not stop.is_set():
            if {signal.SIGINT, signal.SIGTERM} & set(os.read(read, 16)):
                stop.set()

    threading.Thread(target=watch, name="signals", daemon=True).start()


def hang_on_lifeline(lifeline: int) -> None:
    """End this process at once when the supervisor is gone."""

    def watch() -> None:
        select.select([lifeline], [], [])
        os._exit(1)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def hold_lock(folder: Path, name: str) -> IO[str]:
    """Be the only program with this part on this state; the lock lasts as long as the returned file is open.

    Raises ``StartError`` if another one has it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = (folder / f"{name}.lock").open("a+", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise StartError(
            f"The program is already running on {folder}. Stop it first, or set DATA_DIR to another folder."
        ) from error
    return file


def run_once(command: Sequence[str]) -> int:
    """Run a short process of the program to its end; returns its exit code."""
    return subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode
