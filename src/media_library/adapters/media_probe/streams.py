"""The streams of a media file as MediaInfo describes them; runs in the child process only."""

import json
import re
from pathlib import Path
from typing import Any, TypeAlias

from pymediainfo import MediaInfo

from media_library.adapters.media_probe.codecs import codec_name, container_name
from media_library.models.language import UNKNOWN
from media_library.models.media import AudioTrack, Chapter, Streams, SubtitleTrack, VideoTrack
from media_library.models.probed import Probed

_MOST_CHAPTERS = 1_000
_MOST_TEXT = 300
_LONGEST_MS = 30 * 24 * 3_600_000
_CHAPTER = re.compile(r"_(\d+)_(\d\d)_(\d\d)_(\d{3})")
_CHAPTER_LANGUAGE = re.compile(r"^[a-z]{2,3}:")
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")

_NO_MEDIA = "There is neither picture nor sound in this file: it is damaged, or not what its name says."
_CUT_SHORT = "The file ends early: a part of it is missing. Copy it again."
_ENCRYPTED = "The file is encrypted."

Fields: TypeAlias = dict[str, Any]
"""One stream as MediaInfo gives it: names and texts."""


class Unreadable(Exception):
    """There is nothing to be had from a file; the text says why, in a sentence."""


def read_streams(path: str) -> Probed:
    """What a file holds. Raises ``Unreadable``."""
    tracks = _tracks(MediaInfo.parse(path, parse_speed=0, output="JSON"))
    if any("CompleteName_Last" in track for track in tracks):
        # numbered pictures and transport streams are taken for parts of one; a file without a name is not
        with Path(path).open("rb", buffering=0) as file:
            tracks = _tracks(MediaInfo.parse(file, parse_speed=0, output="JSON"))
    return described_file(tracks, Path(path).suffix.lower().removeprefix("."))


def _tracks(answer: str) -> list[Fields]:
    """The streams in an answer of MediaInfo. Raises ``Unreadable``."""
    try:
        described = json.loads(answer, strict=False)
        return [track for track in described["media"]["track"] if isinstance(track, dict)]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Unreadable(_NO_MEDIA) from error


def described_file(tracks: list[Fields], suffix: str) -> Probed:
    """What a description says of a file with this suffix. Raises ``Unreadable``."""
    general = next((track for track in tracks if track.get("@type") == "General"), {})
    container = container_name(_text(general, "Format"), suffix)
    video = next((track for track in tracks if track.get("@type") == "Video"), None)
    sound = [track for track in tracks if track.get("@type") == "Audio"]
    duration = _milliseconds(general, "Duration") or max(
        (_milliseconds(track, "Duration") for track in tracks), default=0
    )
    extra = general.get("extra")
    is_cut_short = isinstance(extra, dict) and extra.get("IsTruncated") == "Yes"
    if video is None and not sound:
        raise Unreadable(_CUT_SHORT if is_cut_short else _NO_MEDIA)
    reason = None
    if is_cut_short:
        reason = _CUT_SHORT
    elif _text(general, "Encryption"):
        reason = _ENCRYPTED
    return Probed(
        container=container,
        duration_ms=duration,
        streams=Streams(
            None if video is None else _video(video),
            tuple(_audio(track, number) for number, track in enumerate(sound)),
            tuple(_subtitles(tracks)),
            tuple(_chapters(tracks, duration)),
            bit_rate=_number(general, "OverallBitRate") or None,
        ),
        title=_text(general, "Title") or _text(general, "Movie"),
        has_cover=_text(general, "Cover").startswith("Yes"),
        reason=reason,
    )


def _video(track: Fields) -> VideoTrack:
    return VideoTrack(
        codec_name(track),
        _number(track, "Width"),
        _number(track, "Height"),
        _frame_rate(track),
        hdr=_dynamic_range(track),
        bit_depth=_number(track, "BitDepth") or None,
    )


def _frame_rate(track: Fields) -> float | None:
    above, below = _number(track, "FrameRate_Num"), _number(track, "FrameRate_Den")
    rate = above / below if above and below else _decimal(track, "FrameRate") or _decimal(track, "FrameRate_Original")
    return round(rate, 3) if 0 < rate < 10_000 else None


def _dynamic_range(track: Fields) -> str | None:
    """The dynamic range by its strongest name; a Dolby Vision film mostly carries HDR10 as well."""
    said = f"{_text(track, 'HDR_Format')} {_text(track, 'HDR_Format_Compatibility')}"
    for mark, name in (("Dolby Vision", "Dolby Vision"), ("2094", "HDR10+"), ("HDR10+", "HDR10+")):
        if mark in said:
            return name
    transfer = f"{_text(track, 'transfer_characteristics')} {_text(track, 'transfer_characteristics_Original')}"
    if "HLG" in transfer or "HLG" in said:
        return "HLG"
    if "PQ" in transfer or "2086" in said or "HDR10" in said:
        return "HDR10"
    return None


def _audio(track: Fields, number: int) -> AudioTrack:
    return AudioTrack(
        _index(track, number),
        _language(track),
        codec_name(track),
        _number(track, "Channels"),
        _is_set(track, "Default"),
        _text(track, "Title") or None,
    )


def _subtitles(tracks: list[Fields]) -> list[SubtitleTrack]:
    chapters = {track.get("StreamOrder") for track in tracks if track.get("@type") == "Menu"} - {None}
    texts = [track for track in tracks if track.get("@type") == "Text" and track.get("StreamOrder") not in chapters]
    return [
        SubtitleTrack(
            _index(track, number),
            _language(track),
            codec_name(track),
            _is_set(track, "Forced"),
            _text(track, "Title") or None,
            _is_set(track, "Default"),
            "HI" in _text(track, "ServiceKind"),
        )
        for number, track in enumerate(texts)
    ]


def _chapters(tracks: list[Fields], duration_ms: int) -> list[Chapter]:
    """The first menu that has any entries; a chapter lasts until the next."""
    for track in tracks:
        if track.get("@type") != "Menu" or not isinstance(track.get("extra"), dict):
            continue
        starts = []
        for name, title in track["extra"].items():
            if (match := _CHAPTER.fullmatch(name)) and isinstance(title, str):
                hours, minutes, seconds, rest = map(int, match.groups())
                starts.append((((hours * 60 + minutes) * 60 + seconds) * 1000 + rest, title))
        if starts:
            return chapters_from(starts, duration_ms)
    return []


def chapters_from(starts: list[tuple[int, str]], duration_ms: int) -> list[Chapter]:
    """Chapters by when they begin, ms, and their titles; each lasts until the next, the last to the end."""
    starts = sorted(one for one in starts if 0 <= one[0] <= _LONGEST_MS)[:_MOST_CHAPTERS]
    ends = [start for start, _ in starts[1:]] + [max([duration_ms, *(start for start, _ in starts[-1:])])]
    return [
        Chapter(_clean(_CHAPTER_LANGUAGE.sub("", title)) or f"Chapter {number}", start, end)
        for number, ((start, title), end) in enumerate(zip(starts, ends, strict=False), 1)
    ]


def _index(track: Fields, otherwise: int) -> int:
    """The place of a stream in its file, counted from 0 as ffprobe does; of "0-1" it is the last number."""
    last = _text(track, "StreamOrder").rpartition("-")[2]
    return int(last) if last.isascii() and last.isdigit() and len(last) < 6 else otherwise


def _language(track: Fields) -> str:
    code = _text(track, "Language_String3").partition(" ")[0].partition("-")[0].lower()
    return code if len(code) == 3 and code.isascii() and code.isalpha() else UNKNOWN


def _is_set(track: Fields, name: str) -> bool:
    return _text(track, name) == "Yes"


def _milliseconds(track: Fields, name: str) -> int:
    found = round(_decimal(track, name) * 1000)
    return found if 0 < found <= _LONGEST_MS else 0


def _number(track: Fields, name: str) -> int:
    return min(int(_decimal(track, name)), 2**53)


def _decimal(track: Fields, name: str) -> float:
    """A number; of several ("48000 / 24000") the first. 0 for anything else."""
    try:
        found = float(_text(track, name).partition("/")[0])
    except ValueError:
        return 0.0
    return found if 0 <= found < 1e18 else 0.0


def _text(track: Fields, name: str) -> str:
    value = track.get(name)
    return _clean(value) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    return _UNSEEN.sub(" ", text).strip()[:_MOST_TEXT].strip()
