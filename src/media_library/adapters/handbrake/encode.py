"""Makes a file of one title with HandBrakeCLI and follows its progress."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from media_library.adapters import process
from media_library.adapters.handbrake.blocks import BlockReader
from media_library.adapters.handbrake.command import command, environment
from media_library.adapters.handbrake.preset import single_pass
from media_library.errors import DiscUnreadable, StorageError, ToolFailed
from media_library.models.disc import DiscAudio, DiscSubtitle
from media_library.models.tool import ToolProgress, ToolRun

_COPY_MASK = "aac,ac3,eac3,dts,dtshd,truehd,mp3,flac,opus"
_FALLBACK = "av_aac"
_BROWSERS_HEAR = frozenset({"av_aac", "ca_aac", "fdk_aac", "opus", "mp3"})
_STEREO = 2


@dataclass(frozen=True, slots=True)
class EncodeOrder:
    """Title number ``title`` of ``source`` is to become ``target``, with these tracks of it.

    ``quality`` is the encoder's own scale, ``audio_bitrate`` is in kbit/s for each track, ``scratch`` is a folder
    for HandBrake's own temporary files. ``min_seconds`` must be what the disc was scanned with.
    """

    source: str
    title: int
    target: Path
    scratch: Path
    container: Literal["mp4", "mkv"]
    preset: str
    video_encoder: str
    quality: float
    audio_encoder: str
    audio_bitrate: int
    audio: tuple[DiscAudio, ...]
    subtitles: tuple[DiscSubtitle, ...]
    min_seconds: float
    additional_options: tuple[str, ...] = ()


def arguments(order: EncodeOrder, preset: tuple[str, ...]) -> tuple[str, ...]:
    """What HandBrakeCLI is told; ``preset`` names the preset.

    Neither two-pass option: each version refuses the other's, with exit code 0.
    """
    return (
        *("-i", order.source, "-t", str(order.title), "--min-duration", str(int(order.min_seconds))),
        *("-o", str(order.target), "-f", f"av_{order.container}"),
        *(*preset, "-e", order.video_encoder, "-q", f"{order.quality:g}", "-m"),
        *(("-O",) if order.container == "mp4" else ()),
        *_audio(order),
        *_subtitles(order.subtitles),
        *order.additional_options,
    )


def encode(order: EncodeOrder) -> ToolRun[None]:
    """Encode a title.

    Raises ``DiscUnreadable`` when the disc gives out, ``StorageError`` when the volume is full, ``ToolFailed`` for
    everything else that leaves no complete file, ``ToolMissing``.
    """
    preset = yield from single_pass(order.preset, order.scratch)
    argv = command(*arguments(order, preset))
    reader = BlockReader()
    furthest = 0.0
    done: int | None = None
    with process.start(argv, env=environment({"TMPDIR": str(order.scratch)})) as child:
        for chunk in child.output():
            if not chunk:
                yield None
            for heading, block in reader.feed(chunk):
                if heading != "Progress":
                    continue
                step = _step(block)
                if step.WorkDone is not None:
                    done = step.WorkDone.Error
                elif (progress := _progress(step)) is not None:
                    furthest = max(furthest, progress.fraction)
                    yield ToolProgress(furthest, progress.eta_seconds, progress.speed)
        while (code := child.poll()) is None:
            yield None
        lines = (*reader.lines, *child.last_lines)
    if code != 0 or done != 0 or not _is_there(order.target):
        raise _failure(order, code, done, furthest, lines)


def _audio(order: EncodeOrder) -> tuple[str, ...]:
    tracks = order.audio
    if not tracks:
        return ("-a", "none")
    each = len(tracks)
    mixdown = ",".join("mono" if track.channels == 1 else "stereo" for track in tracks)
    if order.audio_encoder.startswith("copy"):
        how: tuple[str, ...] = ("--audio-copy-mask", _COPY_MASK, "--audio-fallback", _FALLBACK)
    else:
        how = ("-B", ",".join([str(order.audio_bitrate)] * each))
        if order.audio_encoder in _BROWSERS_HEAR:
            how = (*how, "-6", mixdown)
    return ("-a", _numbers(tracks), "-E", ",".join([order.audio_encoder] * each), *how)


def _subtitles(tracks: Sequence[DiscSubtitle]) -> tuple[str, ...]:
    if not tracks:
        return ("-s", "none")
    return ("-s", _numbers(tracks), "--subtitle-burned=none", "--subtitle-default=none")


def _numbers(tracks: Sequence[DiscAudio] | Sequence[DiscSubtitle]) -> str:
    return ",".join(str(track.number) for track in tracks)


def _progress(step: "_Step") -> ToolProgress | None:
    working = step.Working
    if working is None:
        return None
    passes = max(working.PassCount, 1)
    fraction = (min(max(working.Pass, 1), passes) - 1 + min(max(working.Progress, 0.0), 1.0)) / passes
    eta = None
    # the time left counts the current pass only, so it says nothing before the last one
    if working.Hours >= 0 and working.Pass == passes:
        eta = working.Hours * 3600 + working.Minutes * 60 + working.Seconds
    return ToolProgress(fraction, eta, f"{working.RateAvg:.0f} fps" if working.RateAvg >= 1 else None)


def _step(block: object) -> "_Step":
    try:
        return msgspec.convert(block, _Step)
    except msgspec.ValidationError:
        return _Step()


def _is_there(file: Path) -> bool:
    return file.is_file() and file.stat().st_size > 0


def _failure(
    order: EncodeOrder, code: int, done: int | None, furthest: float, lines: Sequence[str]
) -> DiscUnreadable | StorageError | ToolFailed:
    """HandBrake's end in words. Its codes are those of ``hb_error_code``; 0 does not mean that there is a file."""
    text = "\n".join(lines)
    reached = f"{furthest:.0%} of title {order.title}"
    if "No space left on device" in text or "Disk quota exceeded" in text:
        return StorageError("The media folder is full. Make room, then retry.")
    match done or code:
        case 0 if "unknown option" in text or "unrecognized option" in text or "invalid option" in text:
            return ToolFailed("HandBrake does not know one of handbrake.additional_options; nothing was made.", lines)
        case 0 if "Failed to initialize job" in text or "invalid video codec" in text.lower():
            return ToolFailed(
                f"HandBrake cannot work with the encoder {order.video_encoder} or the audio encoder"
                f" {order.audio_encoder}. Choose others in the settings output.video_encoder and output.audio_encoder.",
                lines,
            )
        case 0:
            return ToolFailed("HandBrake ended without making a file and without saying why.", lines)
        case 1:
            return ToolFailed(f"HandBrake was interrupted from outside at {reached}.", lines)
        case 2 if "No title found" not in text:
            return ToolFailed(
                f"This HandBrake has no preset “{order.preset}”. Choose another in the setting handbrake.preset.",
                lines[-1:],
            )
        case 2:
            return DiscUnreadable(f"HandBrake finds no title {order.title} on the disc any more.", lines)
        case 3:
            return ToolFailed(
                f"HandBrake could not start to encode: the encoder {order.video_encoder} does not work on this machine,"
                " or the file cannot be written.",
                lines,
            )
        case 5:
            return DiscUnreadable(
                f"The disc could not be read beyond {reached}. Clean it, or try another drive, and retry.", lines
            )
        case signalled if signalled > 128:
            return ToolFailed(f"HandBrake was ended by signal {signalled - 128} at {reached}.", lines)
        case other:
            return ToolFailed(
                f"HandBrake failed with code {other} at {reached}; often the volume of the media folder is full.", lines
            )


class _Working(msgspec.Struct):
    Pass: int = 1
    PassCount: int = 1
    Progress: float = 0.0
    RateAvg: float = 0.0
    Hours: int = -1
    Minutes: int = -1
    Seconds: int = -1


class _WorkDone(msgspec.Struct):
    Error: int = 0


class _Step(msgspec.Struct):
    Working: _Working | None = None
    WorkDone: _WorkDone | None = None
