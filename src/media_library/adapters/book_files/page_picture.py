"""The pictures in an archive: which of them can be shown and how large they are, without decoding them."""

import io
import warnings
from typing import Final

from media_library.adapters.book_files.archive import Archive
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.signature import picture_type

MOST_PICTURE_BYTES: Final = 32 << 20
_HEADER_BYTES = 1 << 16
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_MOST_SIDE = 16_384
_MOST_PIXELS = 64_000_000


def size_of(archive: Archive, name: str) -> tuple[int, int] | None:
    """Width and height of a picture as its header says; ``None`` if it is no picture to be shown."""
    try:
        head = archive.head(name, _HEADER_BYTES)
        if picture_type(head) is None or archive.size(name) > MOST_PICTURE_BYTES:
            return None
        # the beginning is enough for most, and a comic of a gigabyte is then not read as a whole
        size = _size_in(head) or _size_in(archive.read(name, MOST_PICTURE_BYTES))
    except BookRefused:
        return None
    if size is None:
        return None
    width, height = size
    fits = 0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE and width * height <= _MOST_PIXELS
    return size if fits else None


def _size_in(content: bytes) -> tuple[int, int] | None:
    from PIL import Image  # only in the process that reads files, and slow to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                return picture.size
    except (OSError, ValueError, SyntaxError, Warning, MemoryError, Image.DecompressionBombError):
        return None
