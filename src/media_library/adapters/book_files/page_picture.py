"""The pictures in an archive: which of them can be shown and how large they are, without decoding them."""

import io
import warnings
from typing import Final

from media_library.adapters.book_files.archive import Archive
from media_library.adapters.book_files.refusal import BookRefused
from media_library.adapters.book_files.signature import PICTURE_HEAD_BYTES, picture_type

MOST_PICTURE_BYTES: Final = 48 << 20
_FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
_MOST_SIDE = 16_384
_MOST_PIXELS = 64_000_000


def size_of(archive: Archive, name: str) -> tuple[int, int] | None:
    """Width and height of a picture as its header says; ``None`` if it is no picture to be shown."""
    from PIL import Image  # only in the process that reads files, and slow to import

    try:
        if picture_type(archive.head(name, PICTURE_HEAD_BYTES)) is None:
            return None
        content = archive.read(name, MOST_PICTURE_BYTES)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                width, height = picture.size
    except (BookRefused, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None
    fits = 0 < width <= _MOST_SIDE and 0 < height <= _MOST_SIDE and width * height <= _MOST_PIXELS
    return (width, height) if fits else None
