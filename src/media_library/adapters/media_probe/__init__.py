"""Looks into media files: length, streams, languages, chapters, tags. The files are read by confined children."""

from media_library.adapters.media_probe.pool import ProbePool
from media_library.adapters.media_probe.request import ProbeRequest

__all__ = ["ProbePool", "ProbeRequest"]
