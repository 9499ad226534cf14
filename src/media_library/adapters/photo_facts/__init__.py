"""Photos and home videos: when, where and with what they were taken, and their pictures without any of that."""

from media_library.adapters.photo_facts.readers import PhotoReaders, ReadPhoto
from media_library.adapters.photo_facts.reading import read_photo, read_video
from media_library.adapters.photo_facts.refusal import PhotoRefused

__all__ = ["PhotoReaders", "PhotoRefused", "ReadPhoto", "read_photo", "read_video"]
