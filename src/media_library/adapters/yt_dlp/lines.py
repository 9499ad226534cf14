"""Reads what yt-dlp writes: whole lines of bounded length, and how far the files of a download are."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from media_library.adapters.yt_dlp.description import Part
from media_library.errors import ToolFailed

_MOST_LINE_BYTES = 8 * 1024 * 1024
_LONGEST_ETA_SECONDS = 7 * 24 * 3600
_MOST_BYTES = 1 << 50
_SHARE_OF_UNKNOWN = (1.0, 0.1)


class Lines:
    """Cuts standard output into lines."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, chunk: bytes) -> Iterator[str]:
        """The lines that a chunk completes. Raises ``ToolFailed`` for one that does not end."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if len(self._rest) > _MOST_LINE_BYTES:
            raise ToolFailed("The site describes this at such length that it was given up.")
        for line in lines:
            yield line.decode("utf-8", "replace").strip()


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a download is: ``fraction`` 0 to 1 of all its files, bytes a second, what is loaded so far."""

    fraction: float
    eta_seconds: int | None
    bytes_per_second: float | None
    loaded_bytes: int


class Meter:
    """Adds up the files of one download, mostly a picture and a sound, to one progress that never goes back."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._names = [part.format_id for part in parts] or [""]
        known = [part.size_bytes for part in parts]
        if known and all(known):
            self._weights = [float(size or 0) for size in known]
        else:
            self._weights = [_SHARE_OF_UNKNOWN[min(place, 1)] for place in range(len(self._names))]
        self._done = [0.0] * len(self._names)
        self._bytes = [0] * len(self._names)
        self._furthest = 0.0

    def read(self, line: str) -> Reached | None:
        """The progress that a line tells; ``None`` if it is none, or that of a file that does not count."""
        name, _, rest = line.partition(" ")
        try:
            place = self._names.index(msgspec.json.decode(name, type=str))
            told = msgspec.json.decode(rest, type=_Told, strict=False)
        except (msgspec.MsgspecError, ValueError, RecursionError):
            return None
        total = _number(told.total_bytes) or _number(told.total_bytes_estimate)
        loaded = _number(told.downloaded_bytes) or 0.0
        fraction = 1.0 if told.status == "finished" else _fraction(told, loaded, total)
        self._done[place] = max(self._done[place], fraction)
        self._bytes[place] = max(self._bytes[place], int(min(loaded, _MOST_BYTES)))
        whole = sum(self._weights)
        reached = sum(weight * done for weight, done in zip(self._weights, self._done, strict=True)) / whole
        self._furthest = min(max(self._furthest, reached), 1.0)
        eta = _number(told.eta)
        return Reached(
            self._furthest,
            None if eta is None or told.status == "finished" else int(min(eta, _LONGEST_ETA_SECONDS)),
            _number(told.speed),
            sum(self._bytes),
        )


def speed_text(bytes_per_second: float | None) -> str | None:
    """A speed as people read it."""
    if not bytes_per_second or bytes_per_second < 1:
        return None
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if bytes_per_second >= size:
            return f"{min(bytes_per_second / size, 999):.1f} {unit}/s"
    return f"{bytes_per_second:.0f} B/s"


def _fraction(told: "_Told", loaded: float, total: float | None) -> float:
    index, count = _number(told.fragment_index), _number(told.fragment_count)
    if index is not None and count:
        return min(index / count, 1.0)
    return min(loaded / total, 1.0) if total else 0.0


def _number(value: float | None) -> float | None:
    """A number that makes sense: finite and not negative."""
    return value if value is not None and math.isfinite(value) and value >= 0 else None


class _Told(msgspec.Struct):
    status: str | None = None
    downloaded_bytes: float | None = None
    total_bytes: float | None = None
    total_bytes_estimate: float | None = None
    speed: float | None = None
    eta: float | None = None
    fragment_index: float | None = None
    fragment_count: float | None = None
