"""The keyframes of an MP4 or QuickTime file: its tables stss, stts, ctts and elst (ISO/IEC 14496-12, section 8.6)."""

import struct
from collections.abc import Iterator

from media_library.adapters.keyframes.bounded import BoundedFile, Odd

_MOST_BOXES = 10_000
_MOST_SAMPLES = 20_000_000
_MOST_TABLE_BYTES = 32 << 20


def mp4_keyframes(file: BoundedFile) -> list[float]:
    """The times of the sync samples of the first track with a picture, in seconds; raises ``Odd``."""
    movie = _find(file, 0, file.size, b"moov")
    if movie is None or _find(file, 0, file.size, b"moof") is not None:
        raise Odd("no movie, or one in fragments")
    head = _find(file, *movie, b"mvhd")
    movie_scale = _scale(file, head) if head is not None else 0
    for kind, start, end in _boxes(file, *movie):
        if kind == b"trak" and _is_picture(file, start, end):
            return _of_track(file, (start, end), movie_scale)
    raise Odd("no picture")


def _of_track(file: BoundedFile, track: tuple[int, int], movie_scale: int) -> list[float]:
    media = _need(file, track, b"mdia")
    scale = _scale(file, _need(file, media, b"mdhd"))
    tables = _need(file, _need(file, media, b"minf"), b"stbl")
    durations = _pairs(_table(file, _need(file, tables, b"stts")))
    sync_box = _find(file, *tables, b"stss")
    if sync_box is None or scale == 0:
        raise Odd("every picture is a keyframe, or none is known to be")
    sync = struct.iter_unpack(">I", _table(file, sync_box))
    offset_box = _find(file, *tables, b"ctts")
    offsets = _pairs(_table(file, offset_box)) if offset_box is not None else []
    shift = _edit_shift(file, track, movie_scale, scale)
    return [(time + shift) / scale for time in _times([number for (number,) in sync], durations, offsets)]


def _times(sync: list[int], durations: list[tuple[int, int]], offsets: list[tuple[int, int]]) -> Iterator[int]:
    """When the samples of these numbers, counted from 1, are shown."""
    if sync != sorted(set(sync)) or sum(count for count, _ in durations) > _MOST_SAMPLES:
        raise Odd("samples out of order, or too many")
    runs, run_start, run_time = iter(durations), 1, 0
    count, length = next(runs, (0, 0))
    late, late_start = iter(offsets), 1
    late_count, offset = next(late, (_MOST_SAMPLES, 0))
    for number in sync:
        while number >= run_start + count:
            run_start, run_time = run_start + count, run_time + count * length
            count, length = _following(runs)
        while number >= late_start + late_count:
            late_start += late_count
            late_count, offset = _following(late)
        signed = offset - (1 << 32) if offset >= 1 << 31 else offset
        yield run_time + (number - run_start) * length + signed


def _following(runs: Iterator[tuple[int, int]]) -> tuple[int, int]:
    found = next(runs, None)
    if found is None:
        raise Odd("a table is too short")
    return found


def _edit_shift(file: BoundedFile, track: tuple[int, int], movie_scale: int, scale: int) -> int:
    """By how much an edit list moves the track: one that waits, then one that is played whole; else it is odd."""
    box = _find(file, *track, b"edts")
    edits = _find(file, *box, b"elst") if box is not None else None
    if edits is None:
        return 0
    content = file.read(edits[0], min(edits[1] - edits[0], 256))
    version, count = content[0], int.from_bytes(content[4:8], "big")
    form, stride = (">Qq", 20) if version else (">Ii", 12)
    entries = [struct.unpack_from(form, content, 8 + number * stride) for number in range(min(count, 8))]
    wait = 0
    while entries and entries[0][1] == -1:
        if not movie_scale:
            raise Odd("no scale")
        wait += entries.pop(0)[0] * scale // movie_scale
    if len(entries) != 1:
        raise Odd("the film is put together of several edits")
    return int(wait - entries[0][1])


def _is_picture(file: BoundedFile, start: int, end: int) -> bool:
    media = _find(file, start, end, b"mdia")
    handler = _find(file, *media, b"hdlr") if media is not None else None
    return handler is not None and file.read(handler[0], 12)[8:12] == b"vide"


def _scale(file: BoundedFile, box: tuple[int, int]) -> int:
    content = file.read(box[0], 24)
    return int.from_bytes(content[20:24] if content[0] else content[12:16], "big")


def _table(file: BoundedFile, box: tuple[int, int]) -> bytes:
    """The entries of a table; whether they are pairs or not, a table counts them first."""
    length = box[1] - box[0] - 8
    if not 0 <= length <= _MOST_TABLE_BYTES:
        raise Odd("a table is too long")
    return file.read(box[0] + 8, length - length % 4)


def _pairs(table: bytes) -> list[tuple[int, int]]:
    return list(struct.iter_unpack(">II", table[: len(table) // 8 * 8]))


def _need(file: BoundedFile, inside: tuple[int, int], kind: bytes) -> tuple[int, int]:
    found = _find(file, *inside, kind)
    if found is None:
        raise Odd(f"no {kind!r}")
    return found


def _find(file: BoundedFile, start: int, end: int, kind: bytes) -> tuple[int, int] | None:
    return next(((begin, stop) for name, begin, stop in _boxes(file, start, end) if name == kind), None)


def _boxes(file: BoundedFile, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        head = file.read_most(start, 16)
        if len(head) < 8:
            raise Odd("a box is cut off")
        size, kind, begin = int.from_bytes(head[:4], "big"), head[4:8], start + 8
        if size == 1:
            size, begin = int.from_bytes(head[8:16], "big"), start + 16
        stop = end if size == 0 else start + size
        if stop < begin or stop > end:
            raise Odd("a box is longer than what holds it")
        yield kind, begin, stop
        start = stop
    raise Odd("too many boxes")
