"""Podcasts: following feeds, checking them, fetching and keeping the files of episodes."""

from dataclasses import dataclass
from typing import Self

from media_library.adapters.http import HttpClient
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.services.bin import Bin
from media_library.services.content import Content
from media_library.services.covers import Covers
from media_library.services.media_root import MediaRoot
from media_library.services.podcasts.checking import Changed, Failed, FeedNotes, FeedReader, Outcome, Unchanged
from media_library.services.podcasts.episode_files import EpisodeFiles
from media_library.services.podcasts.following import Following, Imported, Refused
from media_library.services.podcasts.listening import Listening
from media_library.services.preferences import Preferences
from media_library.services.vault import Vault

__all__ = [
    "Changed",
    "EpisodeFiles",
    "Failed",
    "FeedNotes",
    "FeedReader",
    "Following",
    "Imported",
    "Listening",
    "Outcome",
    "Podcasts",
    "Refused",
    "Unchanged",
]


@dataclass(frozen=True, slots=True)
class Podcasts:
    """What there is to do with podcasts, put together."""

    reader: FeedReader
    notes: FeedNotes
    files: EpisodeFiles
    following: Following
    listening: Listening

    @classmethod
    def of(
        cls,
        settings: Settings,
        state: AppState,
        media_root: MediaRoot,
        *,
        http: HttpClient,
        vault: Vault,
        covers: Covers,
        preferences: Preferences,
    ) -> Self:
        """Build everything on what the processes share."""
        bin_ = Bin(state, media_root)
        reader, notes = FeedReader(http, vault), FeedNotes(state, covers)
        files = EpisodeFiles(state, media_root, bin_, most_per_feed=settings.podcasts.max_episodes_per_feed)
        following = Following(state, reader, notes, files, vault, preferences, Content(state, bin_))
        return cls(reader, notes, files, following, Listening(state, media_root))
