"""Decodes media files to see whether they are whole."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import bounds, command, last_values, named, opened
from media_library.errors import ToolFailed
from media_library.models.tool import ToolRun

_SECONDS = 300.0
_BYTES_PER_SAMPLE = 4


@dataclass(frozen=True, slots=True)
class Pcm:
    """Sound as 16-bit stereo samples: the MD5 of the little-endian bytes and how many samples a channel has."""

    md5: str
    samples: int


def decodes(file: Path, *, at_seconds: float, seconds: float, is_foreign: bool = False) -> ToolRun[bool]:
    """Whether picture and sound decode without an error for ``seconds`` from ``at_seconds`` on.

    In a sandbox if the file ``is_foreign``.
    """
    finished = yield from process.running(
        command(
            *("-ss", f"{max(at_seconds, 0):.3f}", *opened(file, is_foreign=is_foreign), "-t", f"{seconds:.3f}"),
            *("-map", "0:v:0?", "-map", "0:a?", "-f", "null", "-"),
        ),
        timeout_seconds=_SECONDS,
        sandbox=bounds(file) if is_foreign else None,
    )
    reached = last_values(finished.stdout)
    return finished.code == 0 and (reached.get("frame", 0) > 0 or reached.get("out_time_us", 0) > 0)


def pcm_of(file: Path) -> ToolRun[Pcm]:
    """Decode the sound of a file; raises ``ToolFailed``."""
    digest, count = hashlib.md5(usedforsecurity=False), 0
    argv = (
        *("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-xerror", "-i", named(file), "-map", "0:a:0"),
        *("-f", "s16le", "-ac", "2", "-c:a", "pcm_s16le", "-"),
    )
    with process.start(argv) as child:
        for chunk in child.output():
            digest.update(chunk)
            count += len(chunk)
            yield None
        while (code := child.poll()) is None:
            yield None
        lines = child.last_lines
    if code != 0:
        raise ToolFailed(f"{file.name} cannot be decoded to its end.", lines)
    return Pcm(digest.hexdigest(), count // _BYTES_PER_SAMPLE)
