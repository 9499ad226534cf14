"""Tiny films for tests of playback: made by ffmpeg once a run, with a picture and a sound that tell the time."""

import subprocess
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

PICTURE = ("-f", "lavfi", "-i", "testsrc2=s={size}:r=25:d={seconds}")
BEEPS = ("-f", "lavfi", "-i", "aevalsrc='sin(2*PI*880*t)*lt(mod(t\\,1)\\,0.1)':s=48000:d={seconds}")
"""A beep at the beginning of every second."""


@cache
def _folder() -> Path:
    return Path(mkdtemp(prefix="films-"))


@cache
def film(
    name: str,
    *options: str,
    seconds: float = 12,
    size: str = "320x180",
    has_video: bool = True,
    has_audio: bool = True,
) -> Path:
    """A film of this name, encoded with ``options``; by x264 with a keyframe every 2 s unless they say otherwise."""
    target = _folder() / f"{abs(hash((name, options, seconds, size, has_video, has_audio))):x}{Path(name).suffix}"
    inputs = [
        part.format(size=size, seconds=seconds)
        for parts in ((PICTURE,) if has_video else ()) + ((BEEPS,) if has_audio else ())
        for part in parts
    ]
    usual = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "50") if has_video else ()
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", *inputs, *usual, *options, str(target)], check=True, capture_output=True
    )
    return target


H264_AC3_MKV = ("-bf", "2", "-pix_fmt", "yuv420p", "-c:a", "ac3", "-ac", "6")
"""What most ripped films are: H.264 with B-frames, AC-3 with six channels."""
