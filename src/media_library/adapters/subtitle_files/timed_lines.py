"""Reads SubRip and WebVTT: blocks with a line of times, and text below it."""

import re
from collections.abc import Iterator
from typing import Final

from media_library.adapters.subtitle_files.markup import payload_of
from media_library.models.subtitle import Cue

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-{{1,2}}>\s*{_CLOCK}(?P<rest>.*)")
_SETTING = re.compile(
    r"(?:(?:line|position|size):-?[\d.]{1,8}%?(?:,[a-z-]{1,12})?|align:[a-z]{1,8}|vertical:(?:lr|rl))"
)
_AT_TOP = re.compile(r"\{\\an?[789]\}|\{\\a[567]\}")
_NUMBER = re.compile(r"\s*\d{1,9}\s*")
_MOST_LINES: Final = 12
_SKIPPED: Final = ("STYLE", "REGION", "NOTE")


def cues_of(text: str) -> Iterator[Cue]:
    """The cues as they come, one after the other; what is none is skipped, such as styles and notes."""
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if line.startswith(_SKIPPED) and "-->" not in line:
            while at < len(lines) and lines[at].strip() and "-->" not in lines[at]:
                at += 1
            continue
        times = _TIMES.match(line) if ">" in line else None
        if times is None:
            continue
        spoken = []
        while at < len(lines) and lines[at].strip() and not _begins_next(lines, at):
            spoken.append(lines[at])
            at += 1
        groups = times.groups()
        start, end = moment_of(groups[:4]), moment_of(groups[4:8])
        words = "\n".join(spoken[:_MOST_LINES])
        payload = payload_of(words)
        if payload:
            yield Cue(start, end, payload, _settings(times["rest"], words))


def moment_of(parts: tuple[str | None, ...]) -> int:
    """Milliseconds out of hours, minutes, seconds and what follows the point."""
    hours, minutes, seconds, fraction = parts
    whole = int(hours or 0) * 3600 + int(minutes or 0) * 60 + int(seconds or 0)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def _begins_next(lines: list[str], at: int) -> bool:
    """Whether a cue begins here although no empty line stands before it."""
    if ">" in lines[at] and _TIMES.match(lines[at]):
        return True
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return _NUMBER.fullmatch(lines[at]) is not None and ">" in following and _TIMES.match(following) is not None


def _settings(rest: str, words: str) -> str:
    kept = [word for word in rest.split()[:8] if _SETTING.fullmatch(word)]
    if not kept and _AT_TOP.search(words):
        kept = ["line:0"]
    return " ".join(kept)
