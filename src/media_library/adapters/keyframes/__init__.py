"""Where the picture of a file can be cut: the times of its keyframes, from the index that the file itself carries."""

from media_library.adapters.keyframes.index import keyframes_of

__all__ = ["keyframes_of"]
