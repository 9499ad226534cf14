"""The collections of the house: their entries, what is followed, and the tracks of music playlists."""

from media_library.repositories.collection_repo.entries import CollectionEntries
from media_library.repositories.collection_repo.lists import CollectionLists, EntryPage
from media_library.repositories.collection_repo.rows import CollectionRows
from media_library.repositories.collection_repo.subscriptions import Subscriptions
from media_library.repositories.collection_repo.tracks import PlaylistTracks

__all__ = ["CollectionRepo", "EntryPage"]


class CollectionRepo(CollectionLists, CollectionRows, CollectionEntries, Subscriptions, PlaylistTracks):
    """Reads and writes ``collections``, ``collection_items``, ``subscriptions`` and ``playlist_tracks``."""
