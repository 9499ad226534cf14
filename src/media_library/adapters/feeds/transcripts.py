"""Transcripts of episodes, whatever their format, as text with times (WebVTT, written anew) or without."""

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser

import msgspec

from media_library.models.podcast import Transcript

MOST_BYTES = 8 * 1024 * 1024
_MOST_CUES = 50_000
_MOST_CUE = 2_000
_MOST_TEXT = 2_000_000
_MOST_NAME = 100
_NO_MARKUP = str.maketrans("<>&", "   ")
_TIMES = re.compile(
    r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})\s*-->\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
)
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^<>]{1,100})>")
_TAGS = re.compile(r"<[^<>]{0,1000}>")
_BREAKS = frozenset({"p", "br", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "cite"})
_HIDDEN = frozenset({"script", "style", "head", "title"})


@dataclass(frozen=True, slots=True)
class _Cue:
    start_ms: int
    end_ms: int
    text: str
    speaker: str = ""

    @property
    def payload(self) -> str:
        """The text in WebVTT."""
        voice = f"<v {self.speaker}>" if self.speaker else ""
        return voice + html.escape(self.text, quote=False)


class _Segment(msgspec.Struct, rename="camel"):
    body: str
    start_time: float
    end_time: float | None = None
    speaker: str | None = None


class _Segments(msgspec.Struct):
    segments: list[_Segment]


def transcript_of(content: bytes, kind: str) -> Transcript | None:
    """The transcript in ``content``, which calls itself ``kind``; ``None`` if there is no text in it."""
    if kind == "application/json":
        return _timed(_cues_of_json(content))
    text = content[:MOST_BYTES].decode("utf-8", "replace").lstrip("\ufeff")
    if kind in ("text/vtt", "application/srt", "application/x-subrip", "text/srt") or "-->" in text[:2_000]:
        return _timed(_cues_of_lines(text))
    if kind == "text/html" or text.lstrip()[:1] == "<":
        page = _Page()
        page.feed(text)
        page.close()
        text = "".join(page.words)
    lines = [_line(line) for line in text[:_MOST_TEXT].splitlines()]
    words = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return Transcript(words + "\n", ".txt", words) if words else None


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in _HIDDEN
        self.words.append("\n" if tag in _BREAKS else " ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden = max(0, self._hidden - (tag in _HIDDEN))
        self.words.append("\n" if tag in _BREAKS else " ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _timed(cues: list[_Cue]) -> Transcript | None:
    if not cues:
        return None
    blocks = [f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}\n{cue.payload}" for cue in cues]
    before = ("", *(cue.speaker for cue in cues))
    said = [
        f"{cue.speaker}: {cue.text}" if cue.speaker and cue.speaker != last else cue.text
        for cue, last in zip(cues, before, strict=False)
    ]
    return Transcript("WEBVTT\n\n" + "\n\n".join(blocks) + "\n", ".vtt", "\n".join(said)[:_MOST_TEXT])


def _cues_of_lines(text: str) -> list[_Cue]:
    """The cues of WebVTT and SubRip, which differ in what is skipped here: numbers, settings, styles, the comma."""
    cues: list[_Cue] = []
    for block in re.split(r"\r?\n[ \t]*\r?\n", text):
        lines = block.splitlines()
        place = next((number for number, line in enumerate(lines[:3]) if "-->" in line), None)
        times = None if place is None else _TIMES.search(lines[place])
        if place is None or times is None:
            continue
        spoken = " ".join(lines[place + 1 :])
        voice = _VOICE.search(spoken)
        words = _line(html.unescape(_TAGS.sub("", spoken)))
        start, end = _moment(times.groups()[:4]), _moment(times.groups()[4:])
        if words and end > start and len(cues) < _MOST_CUES:
            cues.append(_Cue(start, end, words[:_MOST_CUE], _name(voice[1]) if voice else ""))
    return cues


def _cues_of_json(content: bytes) -> list[_Cue]:
    try:
        segments = msgspec.json.decode(content, type=_Segments, strict=False).segments[:_MOST_CUES]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return []
    cues = []
    for one in segments:
        words = _line(one.body)
        start = round(max(0.0, min(one.start_time, 1e6)) * 1000)
        end = start + 2_000 if one.end_time is None else round(max(0.0, min(one.end_time, 1e6)) * 1000)
        if words and end > start:
            cues.append(_Cue(start, end, words[:_MOST_CUE], _name(one.speaker or "")))
    return cues


def _name(text: str) -> str:
    """A speaker, without what would end the mark that names them."""
    return _line(text.translate(_NO_MARKUP))[:_MOST_NAME]


def _line(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _moment(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _clock(moment_ms: int) -> str:
    seconds, rest = divmod(moment_ms, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}.{rest:03d}"
