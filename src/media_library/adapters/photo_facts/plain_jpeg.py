"""Looks at a JPEG that a child made, without decoding it: is it one, how large is it, is there anything but pixels?"""

from typing import Final

_START: Final = b"\xff\xd8"
_SCAN: Final = 0xDA
_SIZE: Final = (0xC0, 0xC2)
_PLAIN: Final = frozenset({0xE0, 0xDB, 0xC4, 0xDD, *_SIZE})
"""The JFIF head, tables, the interval of restarts and the size (ITU-T T.81, table B.1); EXIF and comments are none."""

_MOST_SEGMENTS = 64
_MOST_JFIF_BYTES = 16


def size_of(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; ``None`` for what is no JPEG, or one that holds more than pixels."""
    if not content.startswith(_START):
        return None
    at, size = len(_START), None
    for _ in range(_MOST_SEGMENTS):
        if len(content) < at + 4 or content[at] != 0xFF:
            return None
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _SCAN:
            return size
        if marker not in _PLAIN or (marker == 0xE0 and length > _MOST_JFIF_BYTES):
            return None
        if marker in _SIZE:
            if size is not None or len(content) < at + 9:
                return None
            size = int.from_bytes(content[at + 7 : at + 9], "big"), int.from_bytes(content[at + 5 : at + 7], "big")
        at += 2 + length
    return None
