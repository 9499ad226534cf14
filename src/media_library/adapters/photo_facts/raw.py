"""Finds the picture that a camera puts into its raw files for showing: the largest JPEG in it that can be decoded."""

import io
import mmap
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image

_JPEG: Final = b"\xff\xd8\xff"
_MOST_FOUND: Final = 32
_MOST_BYTES: Final = 48 << 20
_LEAST_SIDE: Final = 160


def is_raw(head: bytes) -> bool:
    """Whether a file that begins with ``head`` is the raw file of a camera; TIFF files begin like most of them."""
    return (
        head.startswith(
            (b"II*\0", b"MM\0*", b"IIRO", b"IIRS", b"MMOR", b"IIU\0", b"FUJIFILMCCD-RAW", b"FOVb", b"\0MRM")
        )
        or head[4:11] == b"ftypcrx"
        or head[6:14] == b"HEAPCCDR"
    )


def previews(file: Path) -> Iterator[Image.Image]:
    """The JPEG pictures within ``file``, the largest first, opened and not yet decoded."""
    with file.open("rb") as content, mmap.mmap(content.fileno(), 0, access=mmap.ACCESS_READ) as memory:
        found: list[tuple[int, int]] = []
        at = memory.find(_JPEG)
        while at >= 0 and len(found) < _MOST_FOUND:
            picture = _opened(memory[at : at + (1 << 16)])
            if picture is not None and min(picture.size) >= _LEAST_SIDE:
                found.append((picture.width * picture.height, at))
            at = memory.find(_JPEG, at + 3)
        for _, start in sorted(found, reverse=True):
            picture = _opened(memory[start : start + _MOST_BYTES])
            if picture is not None:
                yield picture


def _opened(content: bytes) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return Image.open(io.BytesIO(content), formats=("JPEG",))
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None
