"""Finds out what is on a disc: a film, music or data, how it is protected, and a fingerprint of its content."""

from media_library.adapters.disc_structure.examine import examine

__all__ = ["examine"]
