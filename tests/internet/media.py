"""Tiny real media, made once by ffmpeg for all tests of a run."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.fixtures.tools import run

_QUIET = ("ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-y")
_AS_FILM = (
    *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10"),
    *("-c:a", "aac", "-b:a", "48k"),
)
SECONDS = 6


@cache
def workshop() -> Path:
    """A folder for media that live as long as the test run."""
    folder = Path(tempfile.mkdtemp(prefix="media-library-internet-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def video(name: str = "video.mp4", seconds: float = SECONDS) -> bytes:
    """H.264 and AAC with a key frame every second; the suffix of the name says in which container."""
    return _made(name, *_picture(seconds), *_sound(seconds), *_AS_FILM)


@cache
def subtitled_film() -> bytes:
    """A Matroska file with French subtitles."""
    (workshop() / "words.srt").write_text("1\n00:00:00,000 --> 00:00:02,000\nBonjour\n")
    words = ("-i", "words.srt", "-c:s", "srt", "-metadata:s:s:0", "language=fre")
    return _made("film.mkv", *_picture(SECONDS), *_sound(SECONDS), *words, *_AS_FILM)


@cache
def large_video() -> bytes:
    """An MP4 of about 2 MB: noise does not compress."""
    noise = ("-f", "lavfi", "-i", f"nullsrc=s=160x90:r=10:d={SECONDS},geq=random(1)*255:128:128")
    return _made("large.mp4", *noise, "-c:v", "libx264", "-preset", "ultrafast", "-qp", "8", "-pix_fmt", "yuv420p")


@cache
def sound(name: str = "sound.mp3", seconds: float = SECONDS) -> bytes:
    """A tone; the suffix of the name says in which form."""
    return _made(name, *_sound(seconds))


@cache
def tagged(name: str, **tags: str) -> bytes:
    """A tone with tags."""
    told = [word for key, value in tags.items() for word in ("-metadata", f"{key}={value}")]
    return _made(name, *_sound(1), *told)


@cache
def hls(seconds: int = SECONDS) -> dict[str, bytes]:
    """A stream as MPEG-TS segments of a second: file name → bytes, its playlist is ``stream.m3u8``."""
    folder = workshop() / f"hls-{seconds}"
    folder.mkdir()
    form = ("-f", "hls", "-hls_time", "1", "-hls_playlist_type", "vod", "-hls_segment_filename", "segment%03d.ts")
    run([*_QUIET, *_picture(seconds), *_sound(seconds), *_AS_FILM, *form, "stream.m3u8"], cwd=folder)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@cache
def hls_encrypted() -> dict[str, bytes]:
    """A stream in segments that are encrypted with AES-128; its key is ``stream.key``."""
    folder = workshop() / "hls-encrypted"
    folder.mkdir()
    (folder / "stream.key").write_bytes(bytes(range(16)))
    (folder / "keys.txt").write_text("stream.key\nstream.key\n")
    form = ("-f", "hls", "-hls_time", "1", "-hls_playlist_type", "vod", "-hls_key_info_file", "keys.txt")
    run([*_QUIET, *_picture(SECONDS), *_sound(SECONDS), *_AS_FILM, *form, "stream.m3u8"], cwd=folder)
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.suffix != ".txt"}


@cache
def hls_apart() -> dict[str, bytes]:
    """A stream whose picture (in two sizes) and sound come apart: the playlist of playlists is ``master.m3u8``."""
    folder = workshop() / "hls-apart"
    folder.mkdir()
    lines = [
        "#EXTM3U",
        '#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English",LANGUAGE="en",DEFAULT=YES,URI="sound.m3u8"',
    ]
    parts = {"sound": (*_sound(SECONDS), "-c:a", "aac", "-b:a", "48k")}
    for height in (90, 180):
        picture = f"testsrc2=s={height * 16 // 9}x{height}:r=10:d={SECONDS}"
        parts[f"picture{height}"] = ("-f", "lavfi", "-i", picture, *_AS_FILM[:8], "-an")
        size = f"RESOLUTION={height * 16 // 9}x{height}"
        lines.append(f'#EXT-X-STREAM-INF:BANDWIDTH={height * 5000},{size},CODECS="avc1.42c00b,mp4a.40.2",AUDIO="a"')
        lines.append(f"picture{height}.m3u8")
    for name, arguments in parts.items():
        form = ("-f", "hls", "-hls_time", "1", "-hls_playlist_type", "vod", "-hls_segment_filename", f"{name}%03d.ts")
        run([*_QUIET, *arguments, *form, f"{name}.m3u8"], cwd=folder)
    (folder / "master.m3u8").write_text("\n".join([*lines, ""]))
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@cache
def picture() -> bytes:
    """A JPEG of 320 by 180."""
    return _made("picture.jpg", "-f", "lavfi", "-i", "testsrc2=s=320x180:d=1", "-frames:v", "1")


def _made(name: str, *arguments: str) -> bytes:
    folder = workshop()
    run([*_QUIET, *arguments, name], cwd=folder)
    return (folder / name).read_bytes()


def _picture(seconds: float) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"testsrc2=s=160x90:r=10:d={seconds}")


def _sound(seconds: float) -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"sine=440:d={seconds}")
