"""The pictures in an archive: how large they are, without decoding them, and in the size that is asked for."""

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
_QUALITY = 82


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


def shrunk(content: bytes, width: int) -> bytes:
    """A picture as a JPEG of at most ``width`` pixels, without what else its file carried; raises ``BookRefused``."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                height = max(1, round(picture.height * min(1.0, width / picture.width)))
                if max(picture.size) > _MOST_SIDE or picture.width * picture.height > _MOST_PIXELS:
                    raise BookRefused("This page is too large to be shown.")
                size = (min(width, picture.width), height)
                picture.draft("RGB", size)
                plain = picture.convert("RGBA") if picture.mode in ("P", "LA", "PA") else picture.copy()
                if plain.mode == "RGBA":
                    paper = Image.new("RGB", plain.size, "white")
                    paper.paste(plain, mask=plain.getchannel("A"))
                    plain = paper
                shrunken = plain.convert("RGB").resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise BookRefused("This page cannot be shown: its picture is damaged.") from error
    written = io.BytesIO()
    shrunken.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()
