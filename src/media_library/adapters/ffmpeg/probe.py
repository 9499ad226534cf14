"""What ffprobe says of a media file."""

from dataclasses import dataclass
from pathlib import Path

import msgspec

from media_library.adapters import process
from media_library.adapters.ffmpeg.command import bounds, opened
from media_library.errors import ToolFailed
from media_library.models.media import AudioTrack, Chapter, Streams, SubtitleTrack, VideoTrack
from media_library.models.tool import ToolRun

_SECONDS = 60.0
# ISO 639-2/B codes, which Matroska uses, and their terminological forms
_TERMINOLOGICAL = {
    "alb": "sqi", "arm": "hye", "baq": "eus", "bur": "mya", "chi": "zho", "cze": "ces", "dut": "nld", "fre": "fra",
    "geo": "kat", "ger": "deu", "gre": "ell", "ice": "isl", "mac": "mkd", "mao": "mri", "may": "msa", "per": "fas",
    "rum": "ron", "slo": "slk", "tib": "bod", "wel": "cym",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Probe:
    """A media file: its length, what it contains, its sample rate if it has sound, ffprobe's names of its format."""

    duration_ms: int
    streams: Streams
    sample_rate: int = 0
    format: str = ""


def probe(file: Path, *, is_foreign: bool = False) -> ToolRun[Probe]:
    """Look into a media file, in a sandbox if it ``is_foreign``; raises ``ToolFailed`` if it is none."""
    finished = yield from process.running(
        (
            *("ffprobe", "-v", "error", "-of", "json"),
            *("-show_format", "-show_streams", "-show_chapters", *opened(file, is_foreign=is_foreign)),
        ),
        timeout_seconds=_SECONDS,
        sandbox=bounds(file) if is_foreign else None,
    )
    lines = tuple(finished.stderr.decode("utf-8", "replace").splitlines())
    if finished.code != 0:
        raise ToolFailed(f"ffprobe cannot read {file.name}.", lines)
    try:
        return _probe(msgspec.json.decode(finished.stdout, type=_Answer, strict=False))
    except msgspec.MsgspecError as error:
        raise ToolFailed(f"ffprobe describes {file.name} in a way that is not understood: {error}.", lines) from error


def _probe(answer: "_Answer") -> Probe:
    pictures = [
        stream for stream in answer.streams if stream.codec_type == "video" and not stream.disposition.attached_pic
    ]
    sound = [stream for stream in answer.streams if stream.codec_type == "audio"]
    titles = [stream for stream in answer.streams if stream.codec_type == "subtitle"]
    return Probe(
        round(answer.format.duration * 1000),
        Streams(
            VideoTrack(pictures[0].codec_name, pictures[0].width, pictures[0].height, _rate(pictures[0].avg_frame_rate))
            if pictures
            else None,
            tuple(
                AudioTrack(s.index, _language(s), s.codec_name, s.channels, bool(s.disposition.default)) for s in sound
            ),
            tuple(SubtitleTrack(s.index, _language(s), s.codec_name, bool(s.disposition.forced)) for s in titles),
            tuple(
                Chapter(
                    chapter.tags.get("title", f"Chapter {number}"),
                    round(chapter.start_time * 1000),
                    round(chapter.end_time * 1000),
                )
                for number, chapter in enumerate(answer.chapters, 1)
            ),
        ),
        sound[0].sample_rate if sound else 0,
        answer.format.format_name,
    )


def _language(stream: "_Stream") -> str:
    code = stream.tags.get("language", "und").lower()
    return _TERMINOLOGICAL.get(code, code) if len(code) == 3 else "und"


def _rate(text: str) -> float | None:
    above, _, below = text.partition("/")
    if not above.isdigit() or not below.isdigit() or int(below) == 0 or int(above) == 0:
        return None
    return round(int(above) / int(below), 3)


class _Disposition(msgspec.Struct):
    default: int = 0
    forced: int = 0
    attached_pic: int = 0


class _Stream(msgspec.Struct):
    index: int = 0
    codec_type: str = ""
    codec_name: str = ""
    width: int = 0
    height: int = 0
    avg_frame_rate: str = ""
    channels: int = 0
    sample_rate: int = 0
    disposition: _Disposition = msgspec.field(default_factory=_Disposition)
    tags: dict[str, str] = msgspec.field(default_factory=dict)


class _Chapter(msgspec.Struct):
    start_time: float = 0.0
    end_time: float = 0.0
    tags: dict[str, str] = msgspec.field(default_factory=dict)


class _Format(msgspec.Struct):
    duration: float = 0.0
    format_name: str = ""


class _Answer(msgspec.Struct):
    streams: list[_Stream] = msgspec.field(default_factory=list)
    chapters: list[_Chapter] = msgspec.field(default_factory=list)
    format: _Format = msgspec.field(default_factory=_Format)
