"""Podcasts: following feeds, checking them, fetching and keeping the files of episodes."""

from media_library.services.podcasts.checking import Changed, Failed, FeedNotes, FeedReader, Outcome, Unchanged
from media_library.services.podcasts.episode_files import EpisodeFiles
from media_library.services.podcasts.following import Following, Imported, Refused
from media_library.services.podcasts.listening import Listening

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
    "Refused",
    "Unchanged",
]
