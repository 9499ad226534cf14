"""Makes a safe JPEG of a picture that came from somewhere else."""

import io

from PIL import Image, UnidentifiedImageError

from media_library.errors import InvalidInput

_MOST_PIXELS = 50_000_000
_QUALITY = 88


def as_jpeg(content: bytes, *, longest_side: int) -> bytes:
    """Decode a JPEG or PNG picture and write it anew as a JPEG of at most ``longest_side`` pixels.

    The size is looked at before anything is decoded. Raises ``InvalidInput``.
    """
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise InvalidInput("The picture has too many pixels.")
            plain = picture.convert("RGB")
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise InvalidInput("This is not a picture.") from error
    plain.thumbnail((longest_side, longest_side))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()
