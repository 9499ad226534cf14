"""One track as files write it, made fit to be kept: one line each, no control characters, sensible numbers."""

import re

from media_library.models.collection import NewTrack

MOST_TRACKS = 20_000
_MOST_LINE = 300
_MOST_PATH = 1_024
_ISRC = re.compile(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}")
_DAY_MS = 86_400_000


def line(text: object) -> str | None:
    """A text as one line without control characters, at most 300 characters; ``None`` for nothing."""
    if not isinstance(text, str):
        return None
    plain = "".join(char if char.isprintable() else " " for char in text[: 4 * _MOST_LINE])
    return " ".join(plain.split())[:_MOST_LINE].rstrip() or None


def isrc_of(text: str | None) -> str | None:
    """The International Standard Recording Code (ISO 3901) in a text such as "GB-AYE-69-00532"."""
    if text is None:
        return None
    plain = text.strip().upper().removeprefix("URN:").removeprefix("ISRC:").replace("-", "").replace(" ", "")
    return plain if _ISRC.fullmatch(plain) else None


def milliseconds(value: float | None) -> int | None:
    """A length in milliseconds, if it is one of music."""
    return round(value) if value is not None and 0 < value < _DAY_MS else None


def local_path(location: str) -> str | None:
    """A location as the path of a file with "/" between its parts; ``None`` for whatever has a scheme."""
    path = location.strip().replace("\\", "/")
    if "://" in path or path.lower().startswith(("file:", "http:", "https:", "data:", "javascript:")):
        return None
    return path if 0 < len(path) <= _MOST_PATH and path.isprintable() else None


def track(
    title: object,
    artist: object = None,
    album: object = None,
    isrc: str | None = None,
    duration_ms: float | None = None,
    path: str | None = None,
) -> NewTrack | None:
    """A track, ``None`` if it has no title."""
    name = line(title)
    if name is None:
        return None
    return NewTrack(name, line(artist), line(album), isrc_of(isrc), milliseconds(duration_ms), path)
