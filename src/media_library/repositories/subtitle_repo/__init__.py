"""What is said in films: the lines of their subtitles, to be searched."""

from media_library.repositories.subtitle_repo.index import SubtitleIndex, Unindexed
from media_library.repositories.subtitle_repo.lines import FoundLine, SubtitleLines

__all__ = ["FoundLine", "SubtitleRepo", "Unindexed"]


class SubtitleRepo(SubtitleIndex, SubtitleLines):
    """Reads and writes ``subtitle_sources``, ``subtitle_tracks`` and ``subtitle_lines``."""
