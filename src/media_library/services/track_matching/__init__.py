"""Finds the tracks of a music playlist in the library: the same recording, never another one of the same song."""

from media_library.services.track_matching.folding import words_of
from media_library.services.track_matching.index import TrackIndex

__all__ = ["TrackIndex", "words_of"]
