"""How ffmpeg is started and how its progress is read."""

import re
from pathlib import Path

from media_library.adapters.sandbox import Sandbox

_VALUE = re.compile(rb"^(frame|out_time_us)=(\d+)\s*$", re.MULTILINE)


def command(*arguments: str) -> tuple[str, ...]:
    """An ffmpeg that asks nothing, overwrites, stops at the first error and tells its progress on standard output.

    Without ``-xerror`` it ends with code 0 after a read error, with a file that is too short.
    """
    quiet = ("-hide_banner", "-nostdin", "-v", "error", "-xerror", "-progress", "pipe:1", "-nostats", "-y")
    return ("ffmpeg", *quiet, *arguments)


def named(file: Path) -> str:
    """A file as ffmpeg takes it: without the prefix a name such as "a:b" would be taken for a protocol."""
    return f"file:{file}"


def bounds(file: Path, *write: Path) -> Sandbox:
    """What ffmpeg may touch when a stranger made the file: the file itself, what it is to ``write``, no network."""
    return Sandbox(read=(file,), write=write, memory_bytes=4 * 1024**3, cpu_seconds=3600, file_bytes=None, processes=0)


def last_values(output: bytes) -> dict[str, int]:
    """The last ``frame`` and ``out_time_us`` of what ``-progress`` wrote."""
    return {name.decode(): int(value) for name, value in _VALUE.findall(output)}
