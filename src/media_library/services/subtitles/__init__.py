"""The subtitles of films and episodes: which there are, and their text as WebVTT."""

from media_library.services.subtitles.choices import one_of_each_language
from media_library.services.subtitles.subtitles import Subtitles

__all__ = ["Subtitles", "one_of_each_language"]
