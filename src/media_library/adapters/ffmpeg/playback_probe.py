"""What ffprobe says of a file that is about to be played: more than the library keeps, such as profiles and turns."""

import re
from pathlib import Path

import msgspec

from media_library.adapters import process
from media_library.adapters.ffmpeg.any_film import any_film
from media_library.adapters.ffmpeg.command import bounds
from media_library.errors import ToolFailed
from media_library.models.playback_plan import Source, SourceAudio, SourceSubtitle, SourceVideo

_SECONDS = 20.0
_MOST_SIDE = 16384
_MOST_STREAMS = 200
_LONGEST_SECONDS = 10_000_000.0
_FIELDS = frozenset({"tt", "bb", "tb", "bt"})
_HDR = {"smpte2084": "HDR10", "arib-std-b67": "HLG"}
_ENTRIES = (
    "format=format_name,duration,bit_rate:stream=index,codec_type,codec_name,profile,level,width,height,pix_fmt,"
    "sample_aspect_ratio,avg_frame_rate,r_frame_rate,field_order,color_transfer,bit_rate,duration,has_b_frames,channels,sample_rate"
    ":stream_disposition=default,attached_pic:stream_tags=language,title,rotate,BPS,DURATION:stream_side_data=rotation"
)


def look_into(file: Path, container: str) -> Source:
    """What a file holds, read in a sandbox; ``container`` is its family. Raises ``ToolFailed`` if it is no media."""
    finished = process.run(
        (
            *("ffprobe", "-v", "error", "-of", "json", "-show_entries", _ENTRIES),
            *any_film(file),
        ),
        timeout_seconds=_SECONDS,
        sandbox=bounds(file),
        max_output_bytes=1 << 20,
    )
    lines = finished.stderr.decode("utf-8", "replace").splitlines()
    if finished.code != 0:
        raise ToolFailed(f"ffprobe cannot read {file.name}.", lines)
    try:
        answer = msgspec.json.decode(finished.stdout, type=_Answer, strict=False)
    except msgspec.MsgspecError as error:
        raise ToolFailed(f"ffprobe describes {file.name} in a way that is not understood: {error}.", lines) from error
    return source_of(answer, container)


def source_of(answer: "_Answer", container: str) -> Source:
    """The answer of ffprobe as a source; numbers that nothing real has are held to what is sensible."""
    streams = answer.streams[:_MOST_STREAMS]
    pictures = [one for one in streams if one.codec_type == "video" and not one.disposition.attached_pic]
    sound = [one for one in streams if one.codec_type == "audio"]
    titles = [one for one in streams if one.codec_type == "subtitle"]
    return Source(
        container,
        _seconds(answer.format.duration) or 0.0,
        answer.format.bit_rate,
        _video(pictures[0]) if pictures else None,
        tuple(
            SourceAudio(
                one.index,
                one.codec_name,
                min(max(one.channels, 1), 16),
                one.tags.get("language", "und").lower(),
                one.tags.get("title"),
                bool(one.disposition.default),
                one.sample_rate,
                one.bit_rate,
                one.profile,
            )
            for one in sound
        ),
        tuple(
            SourceSubtitle(one.index, number, one.codec_name, one.width, one.height)
            for number, one in enumerate(titles)
        ),
    )


def _video(one: "_Stream") -> SourceVideo:
    width, height = (min(max(side, 2), _MOST_SIDE) for side in (one.width, one.height))
    ten_bit = any(mark in one.pix_fmt for mark in ("p10", "10le", "10be"))
    twelve_bit = "12le" in one.pix_fmt or "12be" in one.pix_fmt
    return SourceVideo(
        one.index,
        one.codec_name,
        width,
        height,
        _rate(one.avg_frame_rate) or _rate(one.r_frame_rate),
        one.bit_rate or _whole(one.tags.get("BPS", "")),
        12 if twelve_bit else 10 if ten_bit else 8,
        one.profile,
        one.level if 0 < one.level < 1000 else 0,
        one.pix_fmt,
        _HDR.get(one.color_transfer),
        one.field_order in _FIELDS,
        _turn(one),
        _aspect(one.sample_aspect_ratio),
        duration=_seconds(one.duration) or _clock(one.tags.get("DURATION", "")),
        is_reordered=one.has_b_frames > 0,
    )


def _turn(one: "_Stream") -> int:
    turned = next((side.rotation for side in one.side_data_list if side.rotation), 0)
    return round(turned / 90) * 90 % 360


def _aspect(text: str) -> float:
    above, _, below = text.partition(":")
    if not (above.isdigit() and below.isdigit()) or int(above) == 0 or int(below) == 0:
        return 1.0
    return min(max(int(above) / int(below), 0.2), 5.0)


def _rate(text: str) -> float | None:
    above, _, below = text.partition("/")
    if not above.isdigit() or not below.isdigit() or int(below) == 0 or int(above) == 0:
        return None
    return round(int(above) / int(below), 3)


def _whole(text: str) -> int | None:
    return int(text) if text.isdigit() and len(text) < 12 else None


def _clock(text: str) -> float | None:
    """Seconds for "01:52:07.960000000", as Matroska tells how long a stream is."""
    found = re.fullmatch(r"(\d{1,3}):(\d\d):(\d\d(?:\.\d{1,9})?)", text)
    return None if found is None else _seconds(int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3]))


def _seconds(value: float | None) -> float | None:
    return value if value is not None and 0 < value < _LONGEST_SECONDS else None


class _Disposition(msgspec.Struct):
    default: int = 0
    attached_pic: int = 0


class _SideData(msgspec.Struct):
    rotation: float = 0


class _Stream(msgspec.Struct):
    index: int = 0
    codec_type: str = ""
    codec_name: str = ""
    profile: str = ""
    level: int = 0
    width: int = 0
    height: int = 0
    pix_fmt: str = ""
    sample_aspect_ratio: str = ""
    avg_frame_rate: str = ""
    r_frame_rate: str = ""
    field_order: str = ""
    color_transfer: str = ""
    bit_rate: int | None = None
    duration: float | None = None
    has_b_frames: int = 0
    channels: int = 0
    sample_rate: int = 0
    disposition: _Disposition = msgspec.field(default_factory=_Disposition)
    tags: dict[str, str] = msgspec.field(default_factory=dict)
    side_data_list: list[_SideData] = msgspec.field(default_factory=list)


class _Format(msgspec.Struct):
    format_name: str = ""
    duration: float | None = None
    bit_rate: int | None = None


class _Answer(msgspec.Struct):
    streams: list[_Stream] = msgspec.field(default_factory=list)
    format: _Format = msgspec.field(default_factory=_Format)
