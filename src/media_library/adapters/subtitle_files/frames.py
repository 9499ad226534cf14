"""Reads what files called .sub hold: MicroDVD, which counts frames, MPL2 and SubViewer."""

import re
from collections.abc import Iterator

from media_library.adapters.subtitle_files.markup import payload_of
from media_library.adapters.subtitle_files.timed_lines import moment_of
from media_library.models.subtitle import Cue

_USUAL_RATE = 23.976
_BY_FRAME = re.compile(r"\{(\d{1,9})\}\{(\d{0,9})\}(.*)")
_BY_TENTH = re.compile(r"\[(\d{1,9})\]\[(\d{0,9})\](.*)")
_CLOCK = r"(\d{1,3}):(\d{1,2}):(\d{1,2})[.:](\d{1,3})"
_BY_CLOCK = re.compile(rf"{_CLOCK}\s*,\s*{_CLOCK}\s*")
_RATE = re.compile(r"\s*(\d{1,3}(?:[.,]\d{1,4})?)\s*")
_ITALIC = re.compile(r"\{[Yy]:[^{}]{0,10}i[^{}]{0,10}\}")
_CODES = re.compile(r"\{[A-Za-z]:[^{}]{0,100}\}")
_LASTS_MS = 3_000


def cues_of(text: str, frame_rate: float | None) -> Iterator[Cue]:
    """The cues as they come; a rate that the file names itself counts more than ``frame_rate``, that of the film."""
    lines = text.splitlines()
    rate = frame_rate if frame_rate is not None and 1 <= frame_rate <= 240 else _USUAL_RATE
    for at, line in enumerate(lines):
        by_frame, by_tenth = _BY_FRAME.match(line), _BY_TENTH.match(line)
        if by_frame is not None:
            start, end, words = by_frame.groups()
            named = _RATE.fullmatch(words) if int(start) <= 1 else None
            if named is not None:
                rate = _rate_of(named[1]) or rate
                continue
            yield from _cue(int(int(start) * 1000 / rate), int(int(end) * 1000 / rate) if end else None, words)
        elif by_tenth is not None:
            start, end, words = by_tenth.groups()
            yield from _cue(int(start) * 100, int(end) * 100 if end else None, words)
        elif (times := _BY_CLOCK.fullmatch(line)) is not None:
            spoken = lines[at + 1] if at + 1 < len(lines) else ""
            yield from _cue(moment_of(times.groups()[:4]), moment_of(times.groups()[4:]), spoken.replace("[br]", "|"))


def _rate_of(text: str) -> float | None:
    rate = float(text.replace(",", "."))
    return rate if 1 <= rate <= 240 else None


def _cue(start_ms: int, end_ms: int | None, words: str) -> Iterator[Cue]:
    lines = []
    for line in words.split("|")[:12]:
        is_italic = line.startswith("/") or _ITALIC.search(line) is not None
        plain = _CODES.sub("", line).removeprefix("/")
        lines.append(f"<i>{plain}</i>" if is_italic else plain)
    payload = payload_of("\n".join(lines))
    if payload:
        yield Cue(start_ms, start_ms + _LASTS_MS if end_ms is None else end_ms, payload)
