"""Reads Advanced SubStation Alpha: the events of its script, without drawings and effects."""

import re
from collections.abc import Iterator

from media_library.adapters.subtitle_files.markup import payload_of
from media_library.models.subtitle import Cue

_CLOCK = re.compile(r"\s*(\d{1,2}):(\d{1,2}):(\d{1,2})[.:](\d{1,3})\s*")
_OVERRIDE = re.compile(r"\{([^{}]{0,2000})\}")
_SWITCH = re.compile(r"\\([biu])(0|1|[1-9]00)?(?![a-zA-Z0-9])")
_DRAWING = re.compile(r"\\p(\d{1,3})(?![a-zA-Z])")
_AT_TOP = re.compile(r"\\an[789]|\\a[567](?!\d)")
_USUAL = ("layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text")


def cues_of(text: str) -> Iterator[Cue]:
    """The dialogue as it comes, which need not be the order in which it is said."""
    names: tuple[str, ...] = _USUAL
    in_events = False
    for line in text.splitlines():
        if line.startswith("["):
            in_events = line.strip().lower() == "[events]"
        kind, _, rest = line.partition(":")
        if kind == "Format" and in_events:
            names = tuple(name.strip().lower() for name in rest.split(",")[:30])
        elif kind == "Dialogue":
            cue = _cue(names, rest)
            if cue is not None:
                yield cue


def _cue(names: tuple[str, ...], rest: str) -> Cue | None:
    values = dict(zip(names, rest.split(",", len(names) - 1), strict=False))
    start, end = _moment(values.get("start", "")), _moment(values.get("end", ""))
    text = values.get("text", "")
    if start is None or end is None or not text:
        return None
    payload = payload_of(_plain_tags(text))
    return Cue(start, end, payload, "line:0" if _AT_TOP.search(text) else "") if payload else None


def _plain_tags(text: str) -> str:
    """Bold, italic and underlined as tags; shapes that are drawn are no text."""
    pieces: list[str] = []
    end, is_drawing = 0, False
    for override in _OVERRIDE.finditer(text):
        if not is_drawing:
            pieces.append(_broken(text[end : override.start()]))
        end = override.end()
        drawing = _DRAWING.search(override[1])
        if drawing is not None:
            is_drawing = int(drawing[1]) > 0
        for kind, value in _SWITCH.findall(override[1]):
            pieces.append(f"</{kind}>" if value in ("", "0") else f"<{kind}>")
    if not is_drawing:
        pieces.append(_broken(text[end:]))
    return "".join(pieces)


def _broken(text: str) -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\\N", "\n").replace("\\n", " ").replace("\\h", "\u00a0")


def _moment(text: str) -> int | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds, fraction = match.groups()
    return (int(hours) * 3600 + int(minutes) * 60 + int(seconds)) * 1000 + int(fraction.ljust(3, "0"))
