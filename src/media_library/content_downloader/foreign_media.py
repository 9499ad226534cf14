"""Proves that what came from the web is a media file, and gives it the container and the suffix of what is in it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from media_library.adapters import ffmpeg
from media_library.content_downloader.work import Work
from media_library.errors import ToolFailed, VerificationFailed
from media_library.models.job import JobStage
from media_library.models.tool import ToolRun

_MOST_HOURS = 100
_LOOK_SECONDS = 2.0
_LAST_SECONDS = 1.0
_SHORTEST_SHARE = 0.9
_SLACK_MS = 1_000
_WEBM_PICTURE = frozenset({"vp8", "vp9", "av1"})
_WEBM_SOUND = frozenset({"opus", "vorbis"})
_MP4_PICTURE = frozenset({"h264", "hevc", "av1", "vp9", "mpeg4"})
_MP4_SOUND = frozenset({"aac", "mp3", "ac3", "eac3", "opus", "flac", "alac"})

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ForeignMedia:
    """A media file that was looked into: its suffix follows from its content."""

    file: Path
    found: ffmpeg.Probe

    @property
    def container(self) -> str:
        """How the library calls its form."""
        return self.file.suffix.lstrip(".")


def follow(work: Work, run: ToolRun[T], stage: JobStage, begin: float, size: float = 0.0) -> T:
    """Let a program run to its end as the part of a job from ``begin`` per cent on; a cancel ends it at once."""
    try:
        while True:
            try:
                step = next(run)
            except StopIteration as end:
                result: T = end.value
                return result
            work.report(stage, begin + (size * step.fraction if step is not None else 0.0))
    finally:
        run.close()


def prove(work: Work, file: Path, *, announced_ms: int | None, begin: float) -> ForeignMedia:
    """Look into a file, remux it if its container is not served, and decode its end.

    Raises ``VerificationFailed`` for what is no media file, does not play, or is far shorter than announced.
    """
    try:
        found = follow(work, ffmpeg.probe(file, is_foreign=True), JobStage.VERIFY, begin)
    except ToolFailed as error:
        raise VerificationFailed("What came is no media file, so it was not put into the library.") from error
    if found.streams.video is None and not found.streams.audio:
        raise VerificationFailed("What came has neither picture nor sound, so it was not put into the library.")
    if found.duration_ms > _MOST_HOURS * 3_600_000:
        raise VerificationFailed(f"What came claims to last more than {_MOST_HOURS} hours, which is not believed.")
    suffix = _suffix(found)
    if suffix is None:
        # what a file claims counts: a copy of half a film is a whole file of half the length
        announced_ms = max(announced_ms or 0, found.duration_ms)
        file, found = _remuxed(work, file, found, begin)
    elif file.suffix != suffix:
        file = file.rename(file.with_suffix(suffix))
    if announced_ms is not None and found.duration_ms < announced_ms * _SHORTEST_SHARE - _SLACK_MS:
        raise VerificationFailed(
            f"Only {found.duration_ms // 1000} s of {announced_ms // 1000} s came, so it was not put into the library."
            " Retry the download."
        )
    _require_that_it_plays(work, file, found, begin)
    return ForeignMedia(file, found)


def _require_that_it_plays(work: Work, file: Path, found: ffmpeg.Probe, begin: float) -> None:
    """Decode the last second: it is there and decodes only if what comes before, the index above all, is whole."""
    at = max(found.duration_ms / 1000 - _LAST_SECONDS, 0.0)
    run = ffmpeg.decodes(file, at_seconds=at, seconds=_LOOK_SECONDS, is_foreign=True)
    if not follow(work, run, JobStage.VERIFY, begin):
        raise VerificationFailed(
            "The file cannot be played to its end, so it was not put into the library. Retry the download."
        )


def _suffix(found: ffmpeg.Probe) -> str | None:
    """The suffix for what is served as it is; ``None`` for other containers."""
    names = set(found.format.split(","))
    picture = found.streams.video
    sound = {track.codec for track in found.streams.audio}
    if "mp4" in names:
        return ".mp4" if picture else ".m4a"
    if "matroska" in names:
        is_webm = (picture is None or picture.codec in _WEBM_PICTURE) and sound <= _WEBM_SOUND
        if picture is None or (not is_webm and _loses_nothing_as_mp4(found)):
            return None
        return ".webm" if is_webm else ".mkv"
    if picture is not None:
        return None
    if "ogg" in names:
        return ".opus" if "opus" in sound else ".ogg"
    return next((f".{name}" for name in ("mp3", "flac") if name in names), None)


def _loses_nothing_as_mp4(found: ffmpeg.Probe) -> bool:
    """Whether a Matroska file has only what every browser plays once it is an MP4."""
    streams = found.streams
    return (
        streams.video is not None
        and streams.video.codec == "h264"
        and len(streams.audio) <= 1
        and all(track.codec in ("aac", "mp3") for track in streams.audio)
        and not streams.subtitles
    )


def _remuxed(work: Work, file: Path, found: ffmpeg.Probe, begin: float) -> tuple[Path, ffmpeg.Probe]:
    picture = found.streams.video
    sound = {track.codec for track in found.streams.audio}
    is_wave = any(codec.startswith("pcm_") for codec in sound)
    if picture is not None:
        suffix = ".mp4" if picture.codec in _MP4_PICTURE and sound <= _MP4_SOUND else ".mkv"
    elif is_wave:
        suffix = ".flac"
    elif sound <= _WEBM_SOUND:
        suffix = ".opus" if sound == {"opus"} else ".ogg"
    else:
        suffix = ".m4a" if sound <= _MP4_SOUND else ".mkv"
    target = file.with_name(f"remuxed{suffix}")
    run = ffmpeg.remux(file, target, seconds=found.duration_ms / 1000, is_lossless_wave=is_wave and picture is None)
    try:
        follow(work, run, JobStage.CONVERT, begin)
        again = follow(work, ffmpeg.probe(target, is_foreign=True), JobStage.VERIFY, begin)
    except ToolFailed as error:
        raise VerificationFailed(
            f"The file has a form ({found.format.split(',')[0]}) that browsers do not play and that cannot be changed."
        ) from error
    file.unlink()
    return target, again
