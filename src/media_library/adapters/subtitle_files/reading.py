"""Reads a file with subtitles by what it is, not by what it is called, within bounds."""

import re
from collections.abc import Iterable
from typing import Final

from media_library.adapters.subtitle_files import frames, scripts, timed_lines
from media_library.adapters.subtitle_files.decoding import text_of
from media_library.models.subtitle import Cue

MOST_BYTES: Final = 8 * 1024 * 1024
_MOST_CUES = 50_000
_LONGEST_MS = 100 * 3_600_000
_SCRIPT = re.compile(r"^(?:\[Script Info\]|\[Events\]|Dialogue:)", re.MULTILINE | re.IGNORECASE)
_BY_TIMES = re.compile(r"^\s*[\d:.,]{4,15}\s*-{1,2}>\s*\d", re.MULTILINE)


def read_subtitles(content: bytes, *, language: str = "und", frame_rate: float | None = None) -> tuple[Cue, ...]:
    """The cues in the first ``MOST_BYTES`` of a file, in the order of their time; none if there are none in it.

    SubRip, WebVTT, (Advanced) SubStation Alpha, MicroDVD, MPL2 and SubViewer, in any encoding; ``language`` helps with
    old ones. ``frame_rate`` is that of the film, for subtitles that count frames.
    """
    text = text_of(content[:MOST_BYTES], language)
    head = text[:100_000]
    found: Iterable[Cue]
    if text.startswith("WEBVTT"):
        found = timed_lines.cues_of(text)
    elif _SCRIPT.search(head):
        found = scripts.cues_of(text)
    elif _BY_TIMES.search(head):
        found = timed_lines.cues_of(text)
    else:
        found = frames.cues_of(text, frame_rate)
    cues: list[Cue] = []
    for cue in found:
        if 0 <= cue.start_ms < cue.end_ms <= _LONGEST_MS:
            cues.append(cue)
            if len(cues) >= _MOST_CUES:
                break
    cues.sort(key=lambda cue: (cue.start_ms, cue.end_ms))
    return tuple(cues)
