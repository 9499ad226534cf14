"""Finds the keyframes of a film that has no index, by reading all of it."""

from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.any_film import any_film
from media_library.adapters.ffmpeg.command import bounds
from media_library.errors import ToolFailed

_SECONDS = 1800.0
_MOST_BYTES = 32 << 20


def scan_keyframes(file: Path, stream: int) -> tuple[float, ...]:
    """The times of the keyframes of a picture as players get them, in seconds, rising; nothing is decoded.

    Takes as long as reading the file does. In a sandbox. Raises ``ToolFailed``, ``ToolStalled`` after half an hour.
    """
    finished = process.run(
        (
            *("ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-v", "error"),
            *("-copyts", "-start_at_zero", *any_film(file), "-map", f"0:{stream}", "-c", "copy"),
            *("-bsf:v", "noise=drop=not(key)", "-f", "framecrc", "pipe:1"),
        ),
        timeout_seconds=_SECONDS,
        sandbox=bounds(file),
        max_output_bytes=_MOST_BYTES,
    )
    if finished.code != 0:
        raise ToolFailed(
            f"ffmpeg cannot read {file.name} to its end.", finished.stderr.decode("utf-8", "replace").splitlines()
        )
    return keyframe_times(finished.stdout.decode("ascii", "replace"))


def keyframe_times(table: str) -> tuple[float, ...]:
    """The times in a table of ``framecrc``, whose lines are ``stream, decoded at, shown at, length, size, sum``."""
    unit, times = 0.0, set()
    for line in table.splitlines():
        if line.startswith("#tb 0:"):
            above, _, below = line.removeprefix("#tb 0:").strip().partition("/")
            unit = int(above) / int(below) if above.isdigit() and below.isdigit() and int(below) else 0.0
        elif not line.startswith("#"):
            fields = line.split(",")
            told = (field.strip() for field in (*fields[2:3], *fields[1:2]))
            # an AVI says only when a picture is decoded
            if (time := next((int(field) for field in told if field.isdigit()), None)) is not None:
                times.add(time * unit)
    return tuple(sorted(times)) if unit else ()
