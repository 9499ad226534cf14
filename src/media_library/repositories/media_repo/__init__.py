"""The films, episodes and tracks of the library."""

from media_library.repositories.media_repo.artists import MediaArtists
from media_library.repositories.media_repo.keys import album_key, sort_title
from media_library.repositories.media_repo.lists import MediaLists
from media_library.repositories.media_repo.paging import MediaQuery, MediaSort, Page
from media_library.repositories.media_repo.picked import PickedMedia
from media_library.repositories.media_repo.rows import MediaRows

__all__ = ["MediaQuery", "MediaRepo", "MediaSort", "Page", "album_key", "sort_title"]


class MediaRepo(MediaLists, MediaArtists, PickedMedia, MediaRows):
    """Reads and writes ``media``."""
