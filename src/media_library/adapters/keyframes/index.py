"""Reads the index of a file, whichever kind it is, within bounds that a hostile file cannot leave."""

import io
import struct

from media_library.adapters.keyframes.bounded import BoundedFile, Odd
from media_library.adapters.keyframes.matroska import matroska_keyframes
from media_library.adapters.keyframes.mp4 import mp4_keyframes

_FEWEST = 2
_READERS = {"mp4": mp4_keyframes, "matroska": matroska_keyframes, "webm": matroska_keyframes}


def keyframes_of(file: io.FileIO, container: str) -> tuple[float, ...]:
    """The times of the keyframes of the first picture, in seconds from the start, rising; none if that is not known.

    ``container`` is the family of the file. Anything odd in the index gives none: then the picture is not cut.
    """
    reader = _READERS.get(container)
    if reader is None:
        return ()
    try:
        times = sorted(set(reader(BoundedFile(file))))
    except (Odd, struct.error, OSError, OverflowError, ValueError, IndexError):
        return ()
    return tuple(times) if len(times) >= _FEWEST and times[0] < 10 else ()
