"""Makes a version of a film that every browser plays and that is small enough to be taken along."""

import time
from pathlib import Path

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import command, last_values, named, opened
from media_library.adapters.sandbox import Sandbox
from media_library.errors import ToolFailed, ToolStalled
from media_library.models.tool import ToolProgress, ToolRun

_SILENT_SECONDS = 600.0
_MEMORY_BYTES = 4 * 1024**3
_BIT_RATES = {480: "1400k", 720: "2800k"}
_TONE_MAP = (
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv,"
)


def make_portable(
    source: Path, target: Path, *, height: int, seconds: float, audio: int = 0, is_hdr: bool = False
) -> ToolRun[None]:
    """Write ``target``, an MP4 of H.264 and AAC that begins to play before it is whole.

    ``height`` is 480 or 720 pixels at most, ``audio`` counts the sound tracks from 0, ``seconds`` is how long the film
    is. In a sandbox that may write to the folder of ``target``. Raises ``ToolFailed``.
    """
    sandbox = Sandbox(
        read=(source,), write=(target.parent,), memory_bytes=_MEMORY_BYTES, cpu_seconds=None, file_bytes=None
    )
    heard = time.monotonic()
    argv = portable_command(source, target, height=height, audio=audio, is_hdr=is_hdr)
    with process.start(argv, sandbox=sandbox) as child:
        reached = 0
        for chunk in child.output():
            now = last_values(chunk).get("out_time_us", reached)
            if now > reached:
                reached, heard = now, time.monotonic()
            elif time.monotonic() - heard > _SILENT_SECONDS:
                raise ToolStalled("ffmpeg makes no progress with this film.", child.last_lines)
            yield ToolProgress(min(reached / 1e6 / max(seconds, 0.001), 1.0))
        while (code := child.poll()) is None:
            yield None
        lines = child.last_lines
    if code != 0 or not target.is_file():
        raise ToolFailed("ffmpeg cannot make a version of this film to take along.", lines)


def portable_command(source: Path, target: Path, *, height: int, audio: int, is_hdr: bool) -> tuple[str, ...]:
    """The command line; the picture is never made larger, its pixels become square."""
    shape = f"scale=w='trunc(iw*sar*min(1,{height}/ih)/2)*2':h='trunc(ih*min(1,{height}/ih)/2)*2',setsar=1"
    picture = f"bwdif=mode=send_frame:deint=interlaced,{_TONE_MAP if is_hdr else ''}{shape},format=yuv420p"
    rate = _BIT_RATES[height]
    return command(
        *opened(source, is_foreign=True),
        *("-map", "0:v:0", "-map", f"0:a:{audio}?", "-sn", "-dn", "-map_metadata", "-1", "-map_chapters", "-1"),
        *("-vf", picture, "-c:v", "libx264", "-preset", "fast", "-profile:v", "high", "-crf", "23"),
        *("-maxrate", rate, "-bufsize", f"{2 * int(rate.removesuffix('k'))}k", "-g", "120"),
        *("-c:a", "aac", "-b:a", "128k", "-ac", "2", "-movflags", "+faststart", "-f", "mp4", named(target)),
    )
