"""Pictures from elsewhere become safe JPEGs, or nothing."""

import io

import pytest
from PIL import Image

from media_library.adapters import pictures
from media_library.errors import InvalidInput
from tests.music_service import cover


def test_a_picture_becomes_a_jpeg_of_bounded_size() -> None:
    made = Image.open(io.BytesIO(pictures.as_jpeg(cover((3000, 1500)), longest_side=1200)))
    assert (made.format, made.size) == ("JPEG", (1200, 600))


def test_a_transparent_png_becomes_a_jpeg() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (10, 10)).save(written, "PNG")
    assert pictures.as_jpeg(written.getvalue(), longest_side=100).startswith(b"\xff\xd8")


def test_what_is_no_picture_is_refused() -> None:
    bitmap = io.BytesIO()
    Image.new("RGB", (10, 10)).save(bitmap, "BMP")
    for content in (b"", b"<svg/>", cover()[:100], bitmap.getvalue()):
        with pytest.raises(InvalidInput):
            pictures.as_jpeg(content, longest_side=100)


def test_a_picture_with_too_many_pixels_is_not_decoded() -> None:
    written = io.BytesIO()
    Image.new("1", (10_000, 6_500)).save(written, "PNG")
    with pytest.raises(InvalidInput, match="too many pixels"):
        pictures.as_jpeg(written.getvalue(), longest_side=100)
