"""Finds out which film or show something is, and gives it its names, pictures and people."""

from media_library.services.media_identifier.identification import Identification
from media_library.services.media_identifier.identifier import AskedFor, MediaIdentifier
from media_library.services.media_identifier.making import media_identifier

__all__ = ["AskedFor", "Identification", "MediaIdentifier", "media_identifier"]
