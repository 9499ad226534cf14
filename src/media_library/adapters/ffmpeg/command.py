"""How ffmpeg is started and how its progress is read."""

import re
from pathlib import Path

from media_library.adapters.sandbox import Sandbox

DECODERS = ",".join(
    (
        *("h264", "hevc", "av1", "libdav1d", "libaom-av1", "vp8", "vp9", "libvpx", "libvpx-vp9", "mpeg1video"),
        *("mpeg2video", "mpeg4", "h263", "flv", "vc1", "wmv3", "theora", "mjpeg", "png", "webp", "gif"),
        *("aac", "aac_latm", "libfdk_aac", "mp1", "mp1float", "mp2", "mp2float", "mp3", "mp3float", "ac3", "ac3_fixed"),
        *(
            "eac3",
            "dca",
            "truehd",
            "flac",
            "alac",
            "opus",
            "libopus",
            "vorbis",
            "libvorbis",
            "wmav1",
            "wmav2",
            "wmapro",
        ),
        *("pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_f32le", "pcm_u8"),
        *("pcm_alaw", "pcm_mulaw"),
        *("mov_text", "srt", "subrip", "webvtt", "ass", "ssa", "text", "dvbsub", "dvdsub", "pgssub", "cc_dec"),
    )
)
"""The decoders that what came from the web may be read by; a hole in any other is none of ours."""

_VALUE = re.compile(rb"^(frame|out_time_us)=(\d+)\s*$", re.MULTILINE)


def command(*arguments: str) -> tuple[str, ...]:
    """An ffmpeg that asks nothing, overwrites, stops at the first error and tells its progress on standard output.

    Without ``-xerror`` it ends with code 0 after a read error, with a file that is too short.
    """
    quiet = ("-hide_banner", "-nostdin", "-v", "error", "-xerror", "-progress", "pipe:1", "-nostats", "-y")
    return ("ffmpeg", *quiet, *arguments)


def named(file: Path) -> str:
    """A file as ffmpeg takes it: without the prefix a name such as "a:b" would be taken for a protocol."""
    return f"file:{file}"


def opened(file: Path, *, is_foreign: bool = False) -> tuple[str, ...]:
    """The options that name an input; of a file that ``is_foreign`` only well-kept decoders read, and no other file."""
    limits = ("-protocol_whitelist", "file", "-codec_whitelist", DECODERS) if is_foreign else ()
    return (*limits, "-i", named(file))


def bounds(file: Path, *write: Path) -> Sandbox:
    """What ffmpeg may touch when a stranger made the file: the file itself, what it is to ``write``, no network."""
    return Sandbox(read=(file,), write=write, memory_bytes=4 * 1024**3, cpu_seconds=3600, file_bytes=None, processes=0)


def last_values(output: bytes) -> dict[str, int]:
    """The last ``frame`` and ``out_time_us`` of what ``-progress`` wrote."""
    return {name.decode(): int(value) for name, value in _VALUE.findall(output)}
