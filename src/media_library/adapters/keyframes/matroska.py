"""The keyframes of a Matroska or WebM file: its Cues (RFC 9559, section 5.1.5), found by its SeekHead."""

from collections.abc import Iterator

from media_library.adapters.keyframes.bounded import BoundedFile, Odd

_EBML, _SEGMENT = 0x1A45DFA3, 0x18538067
_SEEK_HEAD, _SEEK, _SEEK_ID, _SEEK_POSITION = 0x114D9B74, 0x4DBB, 0x53AB, 0x53AC
_INFO, _TIMESTAMP_SCALE = 0x1549A966, 0x2AD7B1
_TRACKS, _TRACK, _TRACK_NUMBER, _TRACK_TYPE = 0x1654AE6B, 0xAE, 0xD7, 0x83
_CUES, _CUE, _CUE_TIME, _CUE_POSITIONS, _CUE_TRACK = 0x1C53BB6B, 0xBB, 0xB3, 0xB7, 0xF7
_CLUSTER = 0x1F43B675
_PICTURE = 1
_MOST_PART_BYTES = 32 << 20
_MOST_AT_TOP = 500
_MOST_CUES = 1_000_000
_USUAL_SCALE = 1_000_000


def matroska_keyframes(file: BoundedFile) -> list[float]:
    """The times that the Cues name for the first track with a picture, in seconds; raises ``Odd``."""
    start, length = _segment(file)
    parts = _parts(file, start, start + length)
    if not {_CUES, _TRACKS} <= parts.keys():
        raise Odd("no cues or no tracks")
    scale = _USUAL_SCALE
    if _INFO in parts:
        scale = next((_number(value) for name, value in _elements(parts[_INFO]) if name == _TIMESTAMP_SCALE), scale)
    picture = _first_picture(parts[_TRACKS])
    if not 0 < scale <= 1_000_000_000:
        raise Odd("no scale")
    return [time * scale / 1e9 for time in _cue_times(parts[_CUES], picture)]


def _cue_times(cues: bytes, track: int) -> Iterator[int]:
    for count, (name, cue) in enumerate(_elements(cues)):
        if count > _MOST_CUES:
            raise Odd("too many cues")
        if name != _CUE:
            continue
        time, is_of_track = None, False
        for inner, value in _elements(cue):
            if inner == _CUE_TIME:
                time = _number(value)
            elif inner == _CUE_POSITIONS:
                is_of_track |= any(last == _CUE_TRACK and _number(what) == track for last, what in _elements(value))
        if is_of_track and time is not None:
            yield time


def _first_picture(tracks: bytes) -> int:
    for name, track in _elements(tracks):
        if name == _TRACK:
            facts = dict(_elements(track))
            if _number(facts.get(_TRACK_TYPE, b"")) == _PICTURE:
                return _number(facts.get(_TRACK_NUMBER, b""))
    raise Odd("no picture")


def _segment(file: BoundedFile) -> tuple[int, int]:
    """Where what the file holds begins, and how long that is."""
    name, start, length = _head(file, 0)
    if name != _EBML or length is None:
        raise Odd("no Matroska")
    name, start, length = _head(file, start + length)
    if name != _SEGMENT:
        raise Odd("no segment")
    return start, min(length if length is not None else file.size, file.size - start)


def _parts(file: BoundedFile, start: int, end: int) -> dict[int, bytes]:
    """Info, tracks and cues: those before the first cluster, and those that the seek head points to."""
    found: dict[int, bytes] = {}
    elsewhere: dict[int, int] = {}
    place = start
    for _ in range(_MOST_AT_TOP):
        if place >= end or {_INFO, _TRACKS, _CUES} <= found.keys():
            break
        name, begin, length = _head(file, place)
        if name == _CLUSTER or length is None:
            break
        if name in (_INFO, _TRACKS, _CUES):
            found.setdefault(name, _content(file, begin, length))
        elif name == _SEEK_HEAD:
            elsewhere |= _pointers(_content(file, begin, length))
        place = begin + length
    for name, offset in elsewhere.items():
        if name in (_INFO, _TRACKS, _CUES) and name not in found and 0 <= offset < end - start:
            is_there, begin, length = _head(file, start + offset)
            if is_there != name or length is None:
                raise Odd("the seek head points to something else")
            found[name] = _content(file, begin, length)
    return found


def _pointers(seek_head: bytes) -> dict[int, int]:
    found = {}
    for name, seek in _elements(seek_head):
        if name == _SEEK:
            facts = dict(_elements(seek))
            found[_number(facts.get(_SEEK_ID, b""))] = _number(facts.get(_SEEK_POSITION, b""))
    return found


def _content(file: BoundedFile, start: int, length: int) -> bytes:
    if length > _MOST_PART_BYTES:
        raise Odd("a part is too long")
    return file.read(start, length)


def _head(file: BoundedFile, place: int) -> tuple[int, int, int | None]:
    """The name of an element, where its content begins, how long that is (``None`` = not known)."""
    content = file.read_most(place, 12)
    name, after = _name(content, 0)
    length, after = _length(content, after)
    return name, place + after, length


def _elements(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The elements that stand one after the other in an element."""
    place = 0
    while place < len(content):
        name, place = _name(content, place)
        length, place = _length(content, place)
        if length is None or place + length > len(content):
            raise Odd("an element is longer than what holds it")
        yield name, content[place : place + length]
        place += length


def _name(content: bytes, place: int) -> tuple[int, int]:
    width = 9 - content[place].bit_length()
    if width > 4:
        raise Odd("no name")
    return int.from_bytes(content[place : place + width], "big"), place + width


def _length(content: bytes, place: int) -> tuple[int | None, int]:
    width = 9 - content[place].bit_length()
    if width > 8:
        raise Odd("no length")
    value = int.from_bytes(content[place : place + width], "big") & ((1 << 7 * width) - 1)
    return None if value == (1 << 7 * width) - 1 else value, place + width


def _number(content: bytes) -> int:
    if len(content) > 8:
        raise Odd("a number is too long")
    return int.from_bytes(content, "big")
