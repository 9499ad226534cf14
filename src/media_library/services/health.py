"""How the processes are: each writes a small file every few seconds, whoever is asked reads them.

It is no part of the state: a file that is lost or torn says nothing but "not known", and no commit is spent on it.
"""

import os
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from media_library.config import Settings

WRITE_SECONDS = 5.0
"""How often a process tells how it is."""

_STALE_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class LoopHealth:
    """A loop of a process. ``state`` is "running", "restarting" or "stopped"; times are milliseconds."""

    name: str
    state: str
    last_beat_at: int
    restarts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class ToolHealth:
    """An outside program: its version (``None`` = not installed), what needs it, how to get it."""

    name: str
    version: str | None
    needed_for: str
    hint: str


@dataclass(frozen=True, slots=True)
class ProcessHealth:
    """What one process tells of itself. ``written_at`` is in milliseconds."""

    process: str
    pid: int
    written_at: int
    loops: tuple[LoopHealth, ...] = ()
    tools: tuple[ToolHealth, ...] = ()


@dataclass(frozen=True, slots=True)
class Health:
    """The whole appliance: ``status`` is "ok" or "degraded"."""

    status: str
    processes: tuple[ProcessHealth, ...]

    @property
    def loops(self) -> tuple[LoopHealth, ...]:
        """The loops of all processes."""
        return tuple(loop for process in self.processes for loop in process.loops)

    @property
    def tools(self) -> tuple[ToolHealth, ...]:
        """The outside programs, as the processes found them."""
        return tuple(tool for process in self.processes for tool in process.tools)


def write_health(settings: Settings, health: ProcessHealth) -> None:
    """Replace the file of one process."""
    folder = _folder(settings)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = folder / f".{health.process}-{os.getpid()}"
    fresh.write_bytes(msgspec.json.encode(health))
    fresh.replace(folder / f"{health.process}.json")


def forget_health(settings: Settings) -> None:
    """Remove the files of an earlier run."""
    for file in _folder(settings).glob("*.json"):
        file.unlink(missing_ok=True)


def read_health(settings: Settings, expected: tuple[str, ...] = ("work",)) -> Health:
    """How the ``expected`` processes are. One that does not tell, or did not for 15 s, degrades the whole."""
    processes = tuple(found for name in expected if (found := _read(_folder(settings) / f"{name}.json")))
    now = time.time_ns() // 1_000_000
    fresh = [process for process in processes if now - process.written_at < _STALE_SECONDS * 1000]
    running = all(loop.state == "running" for process in fresh for loop in process.loops)
    return Health("ok" if len(fresh) == len(expected) and running else "degraded", processes)


def _folder(settings: Settings) -> Path:
    return settings.data_directory / "run"


def _read(file: Path) -> ProcessHealth | None:
    try:
        return msgspec.json.decode(file.read_bytes(), type=ProcessHealth)
    except (OSError, msgspec.DecodeError):
        return None
