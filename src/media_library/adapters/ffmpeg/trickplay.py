"""Sheets of small pictures of a film, one for every few seconds, as a seek bar shows them."""

from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import named, opened
from media_library.adapters.sandbox import Sandbox
from media_library.errors import ToolFailed
from media_library.models.timeline import TrickplayGrid
from media_library.models.tool import ToolRun

_SECONDS = 4 * 3600.0
_LANDSCAPE_WIDTH = 320
_PORTRAIT_HEIGHT = 240
_SHEET_BYTES = 64 * 1024**2


def write_sheets(
    file: Path, folder: Path, *, interval_ms: int, columns: int, rows: int, count: int, keyframes_only: bool
) -> ToolRun[TrickplayGrid]:
    """Write ``count`` pictures onto sheets ``1.jpg``, ``2.jpg``, … in ``folder``; a picture stands for its interval.

    With ``keyframes_only`` nothing else is decoded, and a picture is the last keyframe before the middle of its
    interval: that costs a few seconds an hour instead of minutes. Pixels are made square; lying pictures are 320 wide,
    standing ones 240 high. What is broken in the file is passed over. In a sandbox. Raises ``ToolFailed`` if there is
    not a single picture, or the sheets do not come to their end.
    """
    sheets = -(-count // (columns * rows))
    only = ("-discard", "nokey", "-skip_frame", "nokey") if keyframes_only else ()
    size = (
        f"scale=w='if(gte(dar,1),{_LANDSCAPE_WIDTH},trunc({_PORTRAIT_HEIGHT}*dar/2)*2)'"
        f":h='if(gte(dar,1),trunc({_LANDSCAPE_WIDTH}/dar/2)*2,{_PORTRAIT_HEIGHT})':flags=bilinear"
    )
    # behind the last keyframe its picture is repeated, so that the last sheet is full
    graph = (
        f"fps=1000/{interval_ms}:start_time=0,{size},setsar=1,format=yuvj420p"
        f",tpad=stop_mode=clone:stop={sheets * columns * rows},tile={columns}x{rows}"
    )
    finished = yield from process.running(
        (
            *("ffmpeg", "-hide_banner", "-nostdin", "-nostats", "-v", "error", "-y", "-threads", "1"),
            *("-filter_threads", "1", *only, *opened(file, is_foreign=True), "-map", "0:V:0", "-an", "-sn", "-dn"),
            *("-vf", graph, "-frames:v", f"{sheets:d}", "-q:v", "2", "-c:v", "mjpeg", "-f", "image2"),
            named(folder / "%d.jpg"),
        ),
        timeout_seconds=_SECONDS,
        sandbox=Sandbox(
            read=(file,),
            write=(folder,),
            memory_bytes=4 * 1024**3,
            cpu_seconds=int(_SECONDS),
            file_bytes=_SHEET_BYTES,
            processes=0,
        ),
    )
    if any(not (folder / f"{number:d}.jpg").is_file() for number in range(1, sheets + 1)):
        lines = finished.stderr.decode("utf-8", "replace").splitlines()
        raise ToolFailed(f"ffmpeg made no previews of {file.name}.", lines)
    width, height = _size_of(folder / "1.jpg")
    return TrickplayGrid(interval_ms, width // columns, height // rows, columns, rows, count)


def _size_of(jpeg: Path) -> tuple[int, int]:
    """The size of a picture in pixels, by its header."""
    from PIL import Image  # only needed when previews are made, and slow to import

    with Image.open(jpeg, formats=("JPEG",)) as picture:
        return picture.size
