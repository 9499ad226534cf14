"""Loops: a step that is taken again and again on a thread of its own, restarted with growing pauses when it fails."""

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable

from media_library.config import Settings
from media_library.errors import Stopped
from media_library.services.health import WRITE_SECONDS, LoopHealth, ProcessHealth, ToolHealth, write_health

log = logging.getLogger(__name__)

_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 60.0


class Loop:
    """A named step. It waits for its next turn itself, by ``stop.wait(…)`` or by waiting for a change of the state."""

    def __init__(self, name: str, step: Callable[[threading.Event], None]) -> None:
        self.name = name
        self._step = step
        self._thread: threading.Thread | None = None
        self._state = "stopped"
        self._beat_at = 0
        self._restarts = 0
        self._error: str | None = None

    def start(self, stop: threading.Event) -> None:
        """Start taking steps until ``stop`` is set."""
        self._state = "running"
        self._thread = threading.Thread(target=self._run, args=(stop,), name=self.name, daemon=True)
        self._thread.start()

    def join(self, timeout_seconds: float) -> bool:
        """Wait for the loop to end; false if it is still at work."""
        if self._thread is not None:
            self._thread.join(timeout_seconds)
            return not self._thread.is_alive()
        return True

    def health(self) -> LoopHealth:
        """How the loop is."""
        alive = self._thread is not None and self._thread.is_alive()
        return LoopHealth(self.name, self._state if alive else "stopped", self._beat_at, self._restarts, self._error)

    def _run(self, stop: threading.Event) -> None:
        pause = _FIRST_PAUSE_SECONDS
        while not stop.is_set():
            started = time.monotonic()
            self._state, self._beat_at = "running", time.time_ns() // 1_000_000
            try:
                self._step(stop)
            except Stopped:
                continue
            except Exception as error:  # a loop must survive whatever its step does; health tells
                log.exception("%s failed and is started again in %.0f s", self.name, pause)
                self._state, self._error = "restarting", f"{type(error).__name__}: {error}"
                self._restarts += 1
                stop.wait(pause)
                lasted = time.monotonic() - started
                pause = (
                    _FIRST_PAUSE_SECONDS if lasted > _LONGEST_PAUSE_SECONDS else min(2 * pause, _LONGEST_PAUSE_SECONDS)
                )
        self._state = "stopped"


class Crew:
    """The loops of one process, started and stopped together, telling how they are every five seconds."""

    def __init__(self, process: str, settings: Settings, loops: Iterable[Loop]) -> None:
        self._process = process
        self._settings = settings
        self._loops = tuple(loops)
        self._tools: tuple[ToolHealth, ...] = ()

    def work(
        self,
        stop: threading.Event,
        *,
        look_for_tools: Callable[[], tuple[ToolHealth, ...]],
        grace_seconds: float,
    ) -> None:
        """Run all loops until ``stop`` is set, then give them ``grace_seconds`` together to put their work down."""
        for loop in self._loops:
            loop.start(stop)
        self._tell()
        self._tools = look_for_tools()
        self._tell()
        while not stop.wait(WRITE_SECONDS):
            self._tell()
        deadline = time.monotonic() + grace_seconds
        for loop in self._loops:
            if not loop.join(max(0.0, deadline - time.monotonic())):
                log.warning("%s did not stop in time", loop.name)

    def _tell(self) -> None:
        loops = tuple(loop.health() for loop in self._loops)
        health = ProcessHealth(self._process, os.getpid(), time.time_ns() // 1_000_000, loops, self._tools)
        try:
            write_health(self._settings, health)
        except OSError as error:  # a full disk must not take the work down with it
            log.warning("How the %s process is cannot be told: %s", self._process, error)
