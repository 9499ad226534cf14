"""Makes a safe JPEG of a picture that came from somewhere else.

``write_jpeg`` decodes it in a child process that can do nothing else; this module is also that child's program. What is
written holds pixels only: nothing of where, when and by which camera it was taken.
"""

import io
import sys
import warnings
from pathlib import Path

import msgspec

from media_library.adapters import process
from media_library.adapters.placeholders import is_safe_placeholder, placeholder_of
from media_library.adapters.sandbox import Sandbox, python_argv
from media_library.errors import InvalidInput
from media_library.models.artwork import MadePicture

_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
_MOST_SIDE = 16_384
_MOST_PIXELS = 64_000_000
_QUALITY = 88
_SECONDS = 30.0
_NO_PICTURE = "This is not a picture that can be shown, or it is too large."


def write_jpeg(source: Path, target: Path, *, longest_side: int) -> MadePicture:
    """Decode ``source`` in a child process and write it to ``target`` as a JPEG of at most ``longest_side`` pixels.

    Raises ``InvalidInput`` for what is no picture, and ``ToolStalled`` if it takes too long.
    """
    argv = python_argv("media_library.adapters.pictures", source, target, str(longest_side))
    finished = process.run(
        argv, timeout_seconds=_SECONDS, sandbox=Sandbox(read=(source,), write=(target.parent,)), max_output_bytes=65_536
    )
    if finished.code != 0 or not target.is_file():
        raise InvalidInput(_NO_PICTURE)
    try:
        made = msgspec.json.decode(finished.stdout, type=MadePicture)
    except msgspec.MsgspecError as error:
        raise InvalidInput(_NO_PICTURE) from error
    if not is_safe_placeholder(made.placeholder):
        raise InvalidInput(_NO_PICTURE)
    return made


def as_jpeg(content: bytes, *, longest_side: int) -> bytes:
    """Decode a picture in this process and write it anew as a JPEG of at most ``longest_side`` pixels.

    The size is looked at before anything is decoded. Raises ``InvalidInput``.
    """
    return _make(content, longest_side)[0]


def _make(content: bytes, longest_side: int) -> tuple[bytes, MadePicture]:
    from PIL import Image, ImageOps, UnidentifiedImageError  # slow to import, and needed where pictures are made only

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as picture:
                if max(picture.size) > _MOST_SIDE or picture.width * picture.height > _MOST_PIXELS:
                    raise InvalidInput("The picture has too many pixels.")
                picture.draft("RGB", (longest_side, longest_side))
                upright = ImageOps.exif_transpose(picture)
                if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                    layer = upright.convert("RGBA")
                    upright = Image.new("RGBA", layer.size, "white")
                    upright.alpha_composite(layer)
                plain = upright.convert("RGB")
    except (
        OSError,
        ValueError,
        SyntaxError,
        UnidentifiedImageError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise InvalidInput("This is not a picture.") from error
    plain.info = {}  # a comment would be written along
    plain.thumbnail((longest_side, longest_side))
    written = io.BytesIO()
    plain.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue(), MadePicture(*plain.size, placeholder_of(plain))


def main(source: str, target: str, longest_side: str) -> int:
    """The child's program; 0 if ``target`` was written."""
    try:
        content, made = _make(Path(source).read_bytes(), int(longest_side))
        Path(target).write_bytes(content)
    except (InvalidInput, OSError):
        return 1
    sys.stdout.buffer.write(msgspec.json.encode(made))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
