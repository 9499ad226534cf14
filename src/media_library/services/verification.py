"""Verifies a finished file before it may enter the library."""

from pathlib import Path

from media_library.adapters import ffmpeg
from media_library.errors import ToolFailed, VerificationFailed
from media_library.models.disc import DiscTitle
from media_library.models.tool import ToolRun

_SLACK_MS = 1_000
_SLACK_FRACTION = 0.01
_LOOK_SECONDS = 2.0
_LOSSY_SLACK_SAMPLES = 44_100 // 4


def verify_video(file: Path, title: DiscTitle, *, audio_tracks: int) -> ToolRun[ffmpeg.Probe]:
    """See that a video is as long as its title (within 1 s or 1 %), has picture and sound, and decodes.

    Head, middle and tail are decoded. Returns what is in the file; raises ``VerificationFailed``.
    """
    try:
        found = yield from ffmpeg.probe(file)
    except ToolFailed as error:
        raise VerificationFailed("The finished file cannot be read, so it was not put into the library.") from error
    slack = max(_SLACK_MS, title.duration_ms * _SLACK_FRACTION)
    if abs(found.duration_ms - title.duration_ms) > slack:
        raise VerificationFailed(
            f"The finished file lasts {_clock(found.duration_ms)}, but the title on the disc"
            f" {_clock(title.duration_ms)}. The disc may be damaged: clean it and retry."
        )
    if found.streams.video is None:
        raise VerificationFailed("The finished file has no picture, so it was not put into the library.")
    if len(found.streams.audio) != audio_tracks:
        raise VerificationFailed(
            f"The finished file has {len(found.streams.audio)} audio tracks instead of {audio_tracks}, so it was not"
            " put into the library."
        )
    seconds = found.duration_ms / 1000
    for place, begin in (
        ("beginning", 0.0),
        ("middle", seconds / 2),
        ("end", seconds - _LOOK_SECONDS - 1),
    ):
        is_whole = yield from ffmpeg.decodes(file, at_seconds=begin, seconds=_LOOK_SECONDS)
        if not is_whole:
            raise VerificationFailed(
                f"The finished file cannot be played at its {place}, so it was not put into the library. Retry the rip."
            )
    return found


def verify_music(file: Path, *, source_md5: str, samples: int, is_lossless: bool, track: int) -> ToolRun[ffmpeg.Pcm]:
    """See that a track has as many ``samples`` as the CD says and, if lossless, the very same.

    Raises ``VerificationFailed``.
    """
    try:
        pcm = yield from ffmpeg.pcm_of(file)
    except ToolFailed as error:
        raise VerificationFailed(f"The file of track {track} cannot be decoded. Retry the rip.") from error
    slack = 0 if is_lossless else _LOSSY_SLACK_SAMPLES
    if abs(pcm.samples - samples) > slack:
        raise VerificationFailed(
            f"Track {track} has {pcm.samples} samples instead of the {samples} that the CD says: it was not read to its"
            " end. Clean the disc and retry."
        )
    if is_lossless and pcm.md5 != source_md5:
        raise VerificationFailed(f"The file of track {track} does not sound like the CD. Retry the rip.")
    return pcm


def _clock(duration_ms: int) -> str:
    seconds = round(duration_ms / 1000)
    return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
