"""Reads a photo: its size before anything is decoded, its EXIF, and a picture of it without any of that."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from media_library.adapters.photo_facts.exif import Taken, taken_of
from media_library.adapters.photo_facts.raw import is_raw, previews
from media_library.adapters.photo_facts.refusal import PhotoRefused
from media_library.adapters.placeholders import placeholder_of
from media_library.models.artwork import MadePicture
from media_library.models.photo import PhotoFacts

_FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF", "BMP")
_HEAD_BYTES: Final = 512
_MOST_SIDE: Final = 16_384
_MOST_PIXELS: Final = 64_000_000
_QUALITY: Final = 84
_JPEG_QUALITY: Final = 88
_HEIF: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

_TOO_LARGE = "The picture has more than 64 million pixels or 16,384 on a side, so it is not opened."
_DAMAGED = "This picture is damaged, or not what its name says."
_NOTHING = "This is no picture that can be shown here."
_NO_PREVIEW = "This raw file of a camera has no picture in it that can be shown."
_NO_HEIC = "Pictures in HEIC cannot be read here: the package pillow-heif is not installed."


def read_photo(file: Path, target: Path, width: int) -> tuple[PhotoFacts, MadePicture | None]:
    """The facts of a photo; writes it at most ``width`` pixels wide as WebP, or on each side as JPEG (".jpg").

    Only of a JPEG it is told what was made.

    Raises ``PhotoRefused``.
    """
    with file.open("rb") as content:
        head = content.read(_HEAD_BYTES)
    if not head:
        raise PhotoRefused("The file is empty. Copy it again.")
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF:
        _learn_heif()
        return _plain(file, ("HEIF",), target, width)
    if is_raw(head) and file.suffix.lower() not in (".tif", ".tiff"):
        return _raw(file, target, width)
    return _plain(file, _FORMATS, target, width)


def _plain(file: Path, formats: tuple[str, ...], target: Path, width: int) -> tuple[PhotoFacts, MadePicture | None]:
    with _refusing(), Image.open(file, formats=formats) as picture:
        _require_size(picture)
        taken = taken_of(picture.getexif())
        shown = picture.size if formats == ("HEIF",) else _upright(picture.size, taken.orientation)
        made = _write(picture, target, width)
    return _facts(shown, taken), made


def _raw(file: Path, target: Path, width: int) -> tuple[PhotoFacts, MadePicture | None]:
    outer = Taken()
    with _refusing():
        exif = Image.Exif()
        with file.open("rb") as content:
            if content.read(4) in (b"II*\0", b"MM\0*"):
                content.seek(0)
                exif.load_from_fp(content)
                outer = taken_of(exif)
    for picture in previews(file):
        try:
            with _refusing(), picture:
                _require_size(picture)
                inner = taken_of(picture.getexif())
                taken = outer if outer.taken is not None else inner
                picture.getexif()[0x0112] = taken.orientation
                shown = _upright(picture.size, taken.orientation)
                made = _write(picture, target, width)
            return _facts(shown, taken), made
        except PhotoRefused:
            continue
    raise PhotoRefused(_NO_PREVIEW)


def _write(picture: Image.Image, target: Path, width: int) -> MadePicture | None:
    """Decode, turn upright and write without anything but pixels: no EXIF, no colour profile, no comment."""
    # of a JPEG no side is longer than ``width``, of a WebP the height is as it comes
    is_jpeg = target.suffix == ".jpg"
    longest = width if is_jpeg else max(width, width * picture.height // max(1, picture.width))
    picture.draft("RGB", (longest, longest))
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        layer = upright.convert("RGBA")
        upright = Image.new("RGBA", layer.size, "white")
        upright.alpha_composite(layer)
    elif upright.mode.startswith(("I", "F")):
        upright = upright.point(lambda value: value / 256).convert("L")  # 16 bits of grey
    shrink = min(1.0, width / (max(upright.size) if is_jpeg else upright.width))
    size = max(1, round(upright.width * shrink)), max(1, round(upright.height * shrink))
    plain = upright if upright.mode == "RGB" else upright.convert("RGB")
    plain = plain.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    plain.info = {}
    if not is_jpeg:
        plain.save(target, "WEBP", quality=_QUALITY, method=2)
        return None
    plain.save(target, "JPEG", quality=_JPEG_QUALITY)
    return MadePicture(*plain.size, placeholder_of(plain))


def _facts(size: tuple[int, int], taken: Taken) -> PhotoFacts:
    return PhotoFacts(
        *size,
        taken.orientation,
        taken.taken,
        taken.offset_minutes,
        taken.camera,
        taken.latitude,
        taken.longitude,
        preview=True,
    )


def _upright(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size[1], size[0]) if orientation >= 5 else size


def _require_size(picture: Image.Image) -> None:
    width, height = picture.size
    if width < 1 or height < 1 or max(width, height) > _MOST_SIDE or width * height > _MOST_PIXELS:
        raise PhotoRefused(_TOO_LARGE)


def _learn_heif() -> None:
    try:
        import pillow_heif
    except ImportError as error:
        raise PhotoRefused(_NO_HEIC) from error
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.register_heif_opener()


@contextmanager
def _refusing() -> Iterator[None]:
    """Turn what Pillow raises for pictures that are none into our refusal."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PhotoRefused(_TOO_LARGE) from error
    except UnidentifiedImageError as error:
        raise PhotoRefused(_NOTHING) from error
    except (OSError, ValueError, SyntaxError, TypeError, EOFError, ZeroDivisionError, MemoryError) as error:
        raise PhotoRefused(_DAMAGED) from error
