"""The files that lie beside media for other players: .nfo and pictures."""

from media_library.services.sidecars.nfo_text import is_ours, nfo_text
from media_library.services.sidecars.sidecars import Sidecars
from media_library.services.sidecars.writing import is_our_picture

__all__ = ["Sidecars", "is_our_picture", "is_ours", "nfo_text"]
