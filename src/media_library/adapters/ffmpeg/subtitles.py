"""Takes the text subtitles out of a film, all of them in one go: the file is read once."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import bounds, named, opened
from media_library.errors import ToolFailed
from media_library.models.tool import ToolRun

_SECONDS = 1_800.0
_MOST_BYTES = 64 * 1024 * 1024


def extract_subtitles(file: Path, targets: Mapping[int, Path]) -> ToolRun[None]:
    """Write streams, by their index, each to its target; all targets lie in one folder. In a sandbox.

    A target called .ass gets the script as it is, every other one WebVTT.
    A file that is damaged somewhere gives what stands before; raises ``ToolFailed`` if it gives nothing at all.
    """
    outputs: list[str] = []
    for index, target in targets.items():
        form = ("copy", "-f", "ass") if target.suffix == ".ass" else ("webvtt", "-f", "webvtt")
        outputs += ["-map", f"0:{index}", "-c:s", *form, named(target)]
    folder = next(iter(targets.values())).parent
    finished = yield from process.running(
        (
            *("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-y"),
            *(*opened(file, is_foreign=True), *outputs),
        ),
        timeout_seconds=_SECONDS,
        sandbox=replace(bounds(file, folder), file_bytes=_MOST_BYTES),
        max_output_bytes=1 << 16,
    )
    if not any(target.is_file() and target.stat().st_size for target in targets.values()):
        lines = finished.stderr.decode("utf-8", "replace").splitlines()
        raise ToolFailed(f"ffmpeg found no subtitles to read in {file.name}.", lines)
