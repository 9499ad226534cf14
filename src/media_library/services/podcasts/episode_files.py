"""The files of episodes: which are fetched, by themselves or because somebody asked, and which go again."""

import logging

from media_library.app_state import AppState
from media_library.errors import Conflict, MediaLibraryError
from media_library.models.content_job import PodcastOrder
from media_library.models.identity import Identity
from media_library.models.job import Job
from media_library.models.podcast import Episode, Podcast
from media_library.repositories.base import now_ms
from media_library.services.bin import Bin
from media_library.services.content import Added
from media_library.services.media_root import MediaRoot
from media_library.services.podcasts.keeping import expired, newest_wanted
from media_library.services.web_addresses import parse_address

log = logging.getLogger(__name__)

_MOST_AT_ONCE = 25
"""How many episodes of one podcast a check queues, whatever the feed claims to have."""

_MOST_TITLE = 300
_TAKEN_BACK_MS = 600_000
"""So long a rule about what is kept can be taken back before anything is removed for it."""


class EpisodeFiles:
    """Queues the downloads of episodes and removes their files."""

    def __init__(self, state: AppState, media_root: MediaRoot, bin_: Bin, *, most_per_feed: int) -> None:
        """``most_per_feed`` is the house's limit of what is fetched of one podcast by itself."""
        self._state = state
        self._media_root = media_root
        self._bin = bin_
        self._most_per_feed = most_per_feed

    def want_new(self, podcast: Podcast) -> None:
        """Queue what the policy of a podcast asks for; what was wanted once is never wanted again by itself."""
        wanted = newest_wanted(podcast.policy, self._most_per_feed)
        for episode in self._state.never_wanted(podcast.id, wanted)[:_MOST_AT_ONCE]:
            self._queue(podcast, episode, by_hand=False, requested_by=None)

    def request(self, actor: Identity, episode_id: str) -> Added:
        """Fetch an episode because somebody asked; one in the bin is brought back. Raises ``NotFound``."""
        self._state.episode_for(actor.viewer, episode_id)
        episode = self._state.episode(episode_id)
        if episode.media_id is not None:
            media = self._state.media(episode.media_id)
            if media.file is not None:
                if media.deleted_at is not None:
                    self._bin.restore(actor, media.id)
                return Added(media_id=media.id, podcast_id=episode.podcast_id, existing=True)
        active = self._state.active_content(origin(episode_id))
        if active is not None:
            return Added(job=active, podcast_id=episode.podcast_id, existing=True)
        podcast = self._state.podcast(episode.podcast_id)
        job = self._queue(podcast, episode, by_hand=True, requested_by=actor.user.id)
        return Added(job=job, podcast_id=podcast.id)

    def drop_queued(self, podcast_id: str) -> None:
        """Cancel what is on its way of a podcast that nobody follows any more."""
        for job in self._state.active_episode_jobs(podcast_id):
            try:
                self._state.cancel_job(job)
            except Conflict:
                log.info("Job %s ended before it was cancelled", job)

    def remove_expired(self, podcast: Podcast) -> int:
        """Remove the files that need not be kept any longer; what was heard of them is not forgotten."""
        now = now_ms()
        if now - self._state.policy_since(podcast.id) < _TAKEN_BACK_MS:
            return 0
        gone = expired(self._state.kept_episodes(podcast.id), podcast.policy, now)
        return sum(self._remove(one.media_id) for one in gone)

    def _queue(self, podcast: Podcast, episode: Episode, *, by_hand: bool, requested_by: str | None) -> Job:
        with self._state.transaction():
            self._state.want_episode(episode.id, by_hand=by_hand)
            # addresses of private feeds hold what opens them, so a job does not show its own
            return self._state.queue_content(
                PodcastOrder(podcast.id, episode.id),
                title=f"{podcast.title}: {episode.title}"[:_MOST_TITLE],
                origin=origin(episode.id),
                host=parse_address(episode.enclosure_url).host,
                requested_by=requested_by,
            )

    def _remove(self, media_id: str) -> bool:
        """The file first: a crash in between leaves a row without its file, which the next round settles."""
        media = self._state.media(media_id)
        if media.file is None:
            return False
        try:
            self._media_root.path(media.file.path).unlink(missing_ok=True)
        except (OSError, MediaLibraryError) as error:
            log.warning("%s could not be removed: %s", media.file.path, error)
            return False
        self._state.release_media_file(media.id)
        log.info("%s was removed, as its podcast's settings say", media.file.path)
        return True


def origin(episode_id: str) -> str:
    """By what the job of an episode is found again."""
    return f"episode:{episode_id}"
