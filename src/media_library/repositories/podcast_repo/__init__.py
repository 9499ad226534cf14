"""The podcasts of the house and their episodes."""

from media_library.repositories.podcast_repo.episode_lists import EpisodeLists, EpisodePage
from media_library.repositories.podcast_repo.episodes import PodcastEpisodes
from media_library.repositories.podcast_repo.followed import FollowedPodcasts
from media_library.repositories.podcast_repo.lists import PodcastLists
from media_library.repositories.podcast_repo.marks import EpisodeMarks

__all__ = ["EpisodePage", "PodcastRepo"]


class PodcastRepo(FollowedPodcasts, PodcastEpisodes, EpisodeMarks, PodcastLists, EpisodeLists):
    """Reads and writes ``podcasts``, ``podcast_episodes`` and ``episode_marks``."""
