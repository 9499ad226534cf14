"""A still picture out of a film."""

from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import bounds, command, named, opened
from media_library.errors import ToolFailed
from media_library.models.tool import ToolRun

_SECONDS = 120.0
_CANDIDATES = 60


def write_still(file: Path, target: Path, *, at_seconds: float, width: int, is_foreign: bool = False) -> ToolRun[None]:
    """Write the most typical of the frames from ``at_seconds`` on as a JPEG, at most ``width`` pixels wide.

    The ``thumbnail`` filter takes the frame whose colours are nearest to the average of its neighbours, so that a
    black or blurred one is passed over. Pixels are made square. In a sandbox, which may write to the folder of
    ``target``, if the file ``is_foreign``. Raises ``ToolFailed``.
    """
    picture = (
        f"thumbnail={_CANDIDATES},scale=w='trunc(min({width},iw*sar)/2)*2':h='trunc(ow/dar/2)*2'"
        ",setsar=1,format=yuvj420p"
    )
    finished = yield from process.running(
        command(
            *("-ss", f"{max(at_seconds, 0):.3f}", *opened(file, is_foreign=is_foreign), "-map", "0:v:0", "-an", "-sn"),
            *("-vf", picture, "-frames:v", "1", "-q:v", "3", "-f", "mjpeg", named(target)),
        ),
        timeout_seconds=_SECONDS,
        sandbox=bounds(file, target.parent) if is_foreign else None,
    )
    if finished.code != 0 or not target.is_file() or target.stat().st_size == 0:
        lines = finished.stderr.decode("utf-8", "replace").splitlines()
        raise ToolFailed(f"ffmpeg made no picture of {file.name}.", lines)
