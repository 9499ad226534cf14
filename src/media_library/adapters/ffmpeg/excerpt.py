"""A part of the sound of a film, as plain as what recognises sounds wants it."""

from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import bounds, named, opened
from media_library.errors import ToolFailed
from media_library.models.tool import ToolRun

_SECONDS = 1800.0


def write_excerpt(file: Path, target: Path, *, at_seconds: float, seconds: float) -> ToolRun[None]:
    """Write ``seconds`` of the first sound track from ``at_seconds`` on as a WAV file, mono at 11,025 Hz.

    Broken packets are passed over; in a sandbox. Raises ``ToolFailed`` if nothing can be heard.
    """
    finished = yield from process.running(
        (
            *("ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-v", "error", "-y", "-threads", "1"),
            *("-ss", f"{max(at_seconds, 0):.3f}", *opened(file, is_foreign=True), "-t", f"{seconds:.3f}"),
            *("-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", "1", "-ar", "11025", "-c:a", "pcm_s16le", "-bitexact"),
            *("-f", "wav", named(target)),
        ),
        timeout_seconds=_SECONDS,
        sandbox=bounds(file, target.parent),
    )
    if not target.is_file() or target.stat().st_size == 0:
        lines = finished.stderr.decode("utf-8", "replace").splitlines()
        raise ToolFailed(f"{file.name} has no sound that can be heard.", lines)
