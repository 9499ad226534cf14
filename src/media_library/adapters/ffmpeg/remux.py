"""Puts what a media file holds into a container that is served, without touching picture or sound."""

from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import bounds, command, last_values, named, opened
from media_library.errors import ToolFailed
from media_library.models.tool import ToolProgress, ToolRun

_FAST_START = ("-movflags", "+faststart")


def remux(source: Path, target: Path, *, seconds: float, is_lossless_wave: bool = False) -> ToolRun[None]:
    """Copy picture and sound of a stranger's file into the container that the suffix of ``target`` names.

    Waves of samples become FLAC if ``is_lossless_wave``. Raises ``ToolFailed``.
    """
    sound = "flac" if is_lossless_wave else "copy"
    argv = command(
        *opened(source, is_foreign=True),
        *("-map", "0:v:0?", "-map", "0:a?", "-map_metadata", "0"),
        *("-c:v", "copy", "-c:a", sound, *(_FAST_START if target.suffix in (".mp4", ".m4a") else ()), named(target)),
    )
    with process.start(argv, sandbox=bounds(source, target.parent)) as child:
        for chunk in child.output():
            reached = last_values(chunk).get("out_time_us")
            yield None if reached is None else ToolProgress(min(reached / 1e6 / max(seconds, 0.001), 1.0))
        while (code := child.poll()) is None:
            yield None
        lines = child.last_lines
    if code != 0 or not target.is_file():
        raise ToolFailed("ffmpeg cannot put this file into a form that browsers play.", lines)
