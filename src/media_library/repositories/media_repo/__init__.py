"""The films, episodes and tracks of the library."""

from media_library.repositories.media_repo.keys import sort_title
from media_library.repositories.media_repo.lists import MediaLists
from media_library.repositories.media_repo.paging import MediaQuery, MediaSort, Page
from media_library.repositories.media_repo.picked import PickedMedia
from media_library.repositories.media_repo.rows import MediaRows

__all__ = ["MediaQuery", "MediaRepo", "MediaSort", "Page", "sort_title"]


class MediaRepo(MediaLists, PickedMedia, MediaRows):
    """Reads and writes ``media``."""
