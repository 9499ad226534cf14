"""Finds out which film or show something is, and gives it its names, pictures and people."""

from media_library.services.media_identifier.identifier import AskedFor, MediaIdentifier

__all__ = ["AskedFor", "MediaIdentifier"]
