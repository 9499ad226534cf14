"""Makes the tiny pictures that stand for pictures while they load, and says which of them may go into pages."""

import base64
import io
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL import Image

_START: Final = "data:image/webp;base64,"
_SIDE: Final = 16
_MOST_BYTES: Final = 400
_QUALITIES: Final = (60, 40, 20, 5)


def placeholder_of(picture: "Image.Image") -> str:
    """A tiny picture of ``picture``, which has no metadata, as a data: address."""
    small = picture.copy()
    small.thumbnail((_SIDE, _SIDE))
    for quality in _QUALITIES:
        tiny = io.BytesIO()
        small.save(tiny, "WEBP", quality=quality, method=6)
        placeholder = f"{_START}{base64.b64encode(tiny.getvalue()).decode()}"
        if len(placeholder) <= _MOST_BYTES:
            break
    return placeholder


def is_safe_placeholder(text: str) -> bool:
    """Whether what a child says is a placeholder can go into pages: the child has read something hostile."""
    return text.startswith(_START) and len(text) <= _MOST_BYTES and text.isascii() and text.isprintable()
