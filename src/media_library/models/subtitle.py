"""Subtitles: those that a film brings along or that lie beside it, and what is said in them."""

from dataclasses import dataclass
from typing import Final

TEXT_FORMATS: Final = {
    "subrip": "srt",
    "srt": "srt",
    "text": "srt",
    "ass": "ass",
    "ssa": "ass",
    "webvtt": "webvtt",
    "mov_text": "mov_text",
}
"""The codecs whose subtitles are text, as ffprobe names them, and how they are called here."""

PICTURE_FORMATS: Final = {"hdmv_pgs_subtitle": "pgs", "dvd_subtitle": "vobsub", "dvb_subtitle": "dvb"}
"""The codecs whose subtitles are pictures; they can only be burned into the film."""

FILE_FORMATS: Final = {
    "srt": "srt",
    "ass": "ass",
    "ssa": "ass",
    "vtt": "webvtt",
    "sub": "sub",
    "idx": "vobsub",
    "sup": "pgs",
}
"""The suffixes of files with subtitles; "sub" is MicroDVD or SubViewer, unless an .idx of the same name lies there."""


@dataclass(frozen=True, slots=True)
class SubtitleChoice:
    """Subtitles that may be shown with a file of an item.

    ``id`` is "s" and the index of the stream, or "f" and the id of the file beside it, whose ``path`` is one in the
    library. ``language`` is an ISO 639-2/T code or "und". ``format`` is "srt", "ass", "webvtt", "mov_text" or "sub",
    and of those without ``is_text`` "pgs", "vobsub" or "dvb".
    """

    id: str
    stream_index: int | None
    path: str | None
    language: str
    title: str | None
    forced: bool
    hearing_impaired: bool
    default: bool
    format: str
    is_text: bool


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown from ``start_ms`` until ``end_ms``.

    ``payload`` is WebVTT of our own making: text in which ``&``, ``<`` and ``>`` are escaped, with b, i and u as its
    only tags. ``settings`` place it, "" is where players put it.
    """

    start_ms: int
    end_ms: int
    payload: str
    settings: str = ""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """What is said from ``start_ms`` on, without markup."""

    start_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class SpokenTrack:
    """The lines of one track of subtitles; ``track`` is the ``id`` of its choice."""

    track: str
    language: str
    lines: tuple[SpokenLine, ...]
