"""Tiny films for tests of playback: made by ffmpeg once a run, with a picture and a sound that tell the time."""

import subprocess
from array import array
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


@cache
def clapper(name: str, *options: str, seconds: int = 16) -> Path:
    """A film whose picture flashes and whose sound beeps at the beginning of every second, in its first tenth."""
    target = _folder() / f"clap{abs(hash((name, options, seconds))):x}{Path(name).suffix}"
    flash = "drawbox=color=white:t=fill:enable='lt(mod(t\\,1)\\,0.1)'"
    picture = ("-f", "lavfi", "-i", f"color=black:s=320x180:r=25:d={seconds},{flash}")
    sound = [part.format(seconds=seconds) for part in BEEPS]
    usual = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-pix_fmt", "yuv420p")
    argv = ["ffmpeg", "-v", "error", "-y", *picture, *sound, *usual, *options, str(target)]
    subprocess.run(argv, check=True, capture_output=True)
    return target


def flashes(file: Path) -> list[float]:
    """When the picture turns bright, in seconds, by the times in the file."""
    times = _run("ffprobe", "-select_streams", "v", "-show_entries", "frame=pts_time", "-of", "csv=p=0", file).split()
    grey = _run("ffmpeg", "-i", file, "-vf", "scale=1:1,format=gray", "-vsync", "passthrough", "-f", "rawvideo", "-")
    bright = [value > 128 for value in grey]
    shown = [float(time.strip(b",")) for time in times]
    return [shown[n] for n in range(len(bright)) if bright[n] and (n == 0 or not bright[n - 1])]


def beeps(file: Path) -> list[float]:
    """When the sound begins to beep, in seconds, by the times in the file."""
    same = ("-af", "aresample=8000:async=1:first_pts=0,aformat=sample_fmts=s16:channel_layouts=mono")
    samples = array("h", _run("ffmpeg", "-copyts", "-i", file, "-vn", *same, "-f", "s16le", "-"))
    loud = [max(map(abs, samples[start : start + 40]), default=0) > 4000 for start in range(0, len(samples), 40)]
    return [n / 200 for n in range(len(loud)) if loud[n] and not any(loud[max(0, n - 60) : n])]


def _run(*argv: str | Path) -> bytes:
    command = [argv[0], "-v", "error", *argv[1:]]
    return subprocess.run(command, check=True, capture_output=True).stdout


@cache
def dark_film_with(subtitles: bytes, suffix: str) -> Path:
    """A black film of six seconds with these subtitles in it; ``suffix`` is that of a file of such subtitles."""
    words = _folder() / f"words{suffix}"
    words.write_bytes(subtitles)
    target = _folder() / f"dark{suffix}.mkv"
    picture = ("-f", "lavfi", "-i", "color=black:s=320x180:r=25:d=6")
    usual = (
        "-map",
        "0:v",
        "-map",
        "1:s",
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
        "-pix_fmt",
        "yuv420p",
        "-c:s",
        "copy",
    )
    argv = ["ffmpeg", "-v", "error", "-y", *picture, "-i", str(words), *usual, "-t", "6", str(target)]
    subprocess.run(argv, check=True, capture_output=True)
    return target


def brightest_at(file: Path, *moments: float) -> list[int]:
    """How bright the brightest pixel is at some moments, 0 to 255."""
    grey = ("-frames:v", "1", "-vf", "format=gray", "-f", "rawvideo", "-")
    return [max(_run("ffmpeg", "-ss", f"{moment}", "-i", file, *grey)) for moment in moments]


H264_AC3_MKV = ("-bf", "2", "-pix_fmt", "yuv420p", "-c:a", "ac3", "-ac", "6")
"""What most ripped films are: H.264 with B-frames, AC-3 with six channels."""
