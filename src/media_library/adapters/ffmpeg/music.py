"""Makes a music file of a CD track."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import command, last_values, named
from media_library.errors import ToolFailed
from media_library.models.tool import ToolProgress, ToolRun


@dataclass(frozen=True, slots=True)
class MusicFormat:
    """A form that music is kept in: file suffix, ffmpeg's encoder with its options and container."""

    suffix: str
    encoder: tuple[str, ...]
    container: str
    is_lossless: bool = False


MUSIC_FORMATS: Final = {
    "flac": MusicFormat(".flac", ("flac", "-compression_level", "8"), "flac", is_lossless=True),
    "alac": MusicFormat(".m4a", ("alac",), "ipod", is_lossless=True),
    "mp3": MusicFormat(".mp3", ("libmp3lame", "-q:a", "0", "-id3v2_version", "3"), "mp3"),
    "aac": MusicFormat(".m4a", ("aac", "-b:a", "256k"), "ipod"),
    "opus": MusicFormat(".opus", ("libopus", "-b:a", "192k"), "opus"),
}
"""The forms by the value of the setting ``output.music_encoder``."""


def encode_music(source: Path, target: Path, form: MusicFormat, *, seconds: float, digest: Path) -> ToolRun[str]:
    """Encode a track of ``seconds`` and return the MD5 of the samples that were read, so that it is read only once.

    ``digest`` is a file for ffmpeg to write that sum to. Raises ``ToolFailed`` when the track cannot be read.
    """
    argv = command(
        *("-i", named(source)),
        *("-map", "0:a:0", "-map_metadata", "-1", "-c:a", *form.encoder, "-f", form.container, named(target)),
        *("-map", "0:a:0", "-c:a", "pcm_s16le", "-ac", "2", "-f", "md5", named(digest)),
    )
    with process.start(argv) as child:
        for chunk in child.output():
            reached = last_values(chunk).get("out_time_us")
            yield None if reached is None else ToolProgress(min(reached / 1e6 / max(seconds, 0.001), 1.0))
        while (code := child.poll()) is None:
            yield None
        lines = child.last_lines
    if code != 0 or not digest.is_file():
        raise ToolFailed(f"ffmpeg could not read {source.name} to its end.", lines)
    return digest.read_text("ascii", "replace").strip().removeprefix("MD5=")
