"""Takes the fragmented MP4 that ffmpeg writes apart while it comes (ISO/IEC 14496-12, section 8.8)."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from media_library.errors import ToolFailed

_MOST_HEAD_BYTES = 16 << 20
_BROKEN = "ffmpeg wrote a stream that is not understood."


@dataclass(frozen=True, slots=True)
class Init:
    """What players need before the first fragment."""

    content: bytes


@dataclass(frozen=True, slots=True)
class FragmentBegin:
    """A fragment begins. ``start`` and ``end`` are those of its first track, in seconds."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class FragmentBytes:
    """Some of the bytes of the fragment that began."""

    content: bytes


@dataclass(frozen=True, slots=True)
class FragmentEnd:
    """The fragment that began is whole."""


Piece: TypeAlias = Init | FragmentBegin | FragmentBytes | FragmentEnd


class FragmentReader:
    """Fed with bytes as they come, it gives the pieces that they make; what a fragment holds is not kept."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._init = bytearray()
        self._scales: dict[int, int] = {}
        self._left = 0
        self._is_kept = False

    def feed(self, content: bytes) -> Iterator[Piece]:
        """The pieces that are known with these bytes; raises ``ToolFailed`` for what is no fragmented MP4."""
        self._buffer += content
        while self._buffer:
            if self._left:
                yield from self._body()
            elif (size := self._box_size()) is None:
                return
            elif bytes(self._buffer[4:8]) in (b"ftyp", b"moov", b"moof"):
                if size > _MOST_HEAD_BYTES:
                    raise ToolFailed(_BROKEN)
                if len(self._buffer) < size:
                    return
                yield from self._head(bytes(self._buffer[:size]))
                del self._buffer[:size]
            else:
                self._is_kept = self._buffer[4:8] == b"mdat"
                self._left = size

    def _body(self) -> Iterator[Piece]:
        part = bytes(self._buffer[: self._left])
        del self._buffer[: len(part)]
        self._left -= len(part)
        if self._is_kept:
            yield FragmentBytes(part)
            if not self._left:
                yield FragmentEnd()

    def _box_size(self) -> int | None:
        """The size of the box at the front; ``None`` while that is not known yet."""
        if len(self._buffer) < 16:
            return None
        size = int.from_bytes(self._buffer[:4], "big")
        size = int.from_bytes(self._buffer[8:16], "big") if size == 1 else size
        if size < 8:
            raise ToolFailed(_BROKEN)
        return size

    def _head(self, box: bytes) -> Iterator[Piece]:
        kind = box[4:8]
        try:
            if kind == b"moof":
                start, end = _times(box, self._scales)
                yield FragmentBegin(start, end)
                yield FragmentBytes(box)
                return
            self._init += box
            if kind == b"moov":
                self._scales = _timescales(box)
                yield Init(bytes(self._init))
        except (struct.error, KeyError, IndexError, ZeroDivisionError) as error:
            raise ToolFailed(_BROKEN) from error


def _boxes(content: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places: kind, where the content begins, where it ends."""
    while start + 8 <= end:
        size, kind = struct.unpack_from(">I4s", content, start)
        if size < 8 or start + size > end:
            raise struct.error("a box is longer than what holds it")
        yield kind, start + 8, start + size
        start += size


def _timescales(moov: bytes) -> dict[int, int]:
    """Units a second of each track."""
    scales = {}
    for kind, start, end in _boxes(moov, 8, len(moov)):
        if kind != b"trak":
            continue
        track = 0
        for inner, begin, stop in _boxes(moov, start, end):
            if inner == b"tkhd":
                (track,) = struct.unpack_from(">I", moov, begin + (20 if moov[begin] else 12))
            elif inner == b"mdia":
                for last, place, _ in _boxes(moov, begin, stop):
                    if last == b"mdhd":
                        (scales[track],) = struct.unpack_from(">I", moov, place + (20 if moov[place] else 12))
    return scales


def _times(moof: bytes, scales: dict[int, int]) -> tuple[float, float]:
    """Start and end of the track with the lowest number, in seconds."""
    found: dict[int, tuple[float, float]] = {}
    for kind, start, end in _boxes(moof, 8, len(moof)):
        if kind != b"traf":
            continue
        track, default, begins, length = 0, 0, 0, 0
        for inner, place, _ in _boxes(moof, start, end):
            if inner == b"tfhd":
                track, default = _track_head(moof, place)
            elif inner == b"tfdt":
                (begins,) = struct.unpack_from(">q" if moof[place] else ">I", moof, place + 4)
            elif inner == b"trun":
                length += _run_length(moof, place, default)
        found[track] = (begins / scales[track], (begins + length) / scales[track])
    return found[min(found)]


def _track_head(moof: bytes, place: int) -> tuple[int, int]:
    """The number of a track and how long its samples are if they do not say so themselves."""
    flags, track = struct.unpack_from(">II", moof, place)
    place += 8 + (8 if flags & 1 else 0) + (4 if flags & 2 else 0)
    return track, struct.unpack_from(">I", moof, place)[0] if flags & 8 else 0


def _run_length(moof: bytes, place: int, default: int) -> int:
    flags, count = struct.unpack_from(">II", moof, place)
    place += 8 + (4 if flags & 1 else 0) + (4 if flags & 4 else 0)
    if not flags & 0x100:
        return int(count * default)
    stride = 4 * sum(1 for bit in (0x100, 0x200, 0x400, 0x800) if flags & bit)
    return sum(struct.unpack_from(">I", moof, place + number * stride)[0] for number in range(count))
