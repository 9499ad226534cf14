"""Checks the feeds that are due, side by side, queues new episodes, and removes files that need not be kept."""

import logging
import queue
import threading
import time
from collections.abc import Iterator, Sequence

from media_library.app_state import AppState
from media_library.models.podcast import Podcast
from media_library.models.preferences import AutoDownload
from media_library.repositories.base import now_ms
from media_library.services.media_root import MediaRoot
from media_library.services.podcasts import EpisodeFiles, Failed, FeedNotes, FeedReader, Outcome, Unchanged
from media_library.services.preferences import Preferences

log = logging.getLogger(__name__)

_AT_ONCE = 16
_MOST_DUE = 250
_UNCHANGED_BATCH = 100
_OUTCOMES_WAITING = 4
_KEEPING_SECONDS = 3600.0
_LONGEST_WAIT_SECONDS = 30.0
_POLL_SECONDS = 0.2
_BROKEN = "This feed could not be checked. The log of the server tells more."


class PodcastChecker:
    """One loop: nobody else checks feeds by themselves."""

    def __init__(
        self,
        state: AppState,
        media_root: MediaRoot,
        reader: FeedReader,
        notes: FeedNotes,
        files: EpisodeFiles,
        preferences: Preferences,
    ) -> None:
        self._state = state
        self._media_root = media_root
        self._reader = reader
        self._notes = notes
        self._files = files
        self._preferences = preferences
        self._kept_at = -_KEEPING_SECONDS

    def step(self, stop: threading.Event) -> None:
        """Check what is due, look after the files once an hour, or wait until there may be something to do."""
        due = self._state.due_podcasts(now_ms(), _MOST_DUE)
        if due:
            self._check(due, stop)
        if time.monotonic() - self._kept_at >= _KEEPING_SECONDS and self._media_root.is_online():
            self._kept_at = time.monotonic()
            self._keep(self._state.podcasts(), stop)
        if not due:
            following = self._state.next_podcast_check()
            left = _LONGEST_WAIT_SECONDS if following is None else (following - now_ms()) / 1000
            self._state.wait_for_change(stop, max(0.0, min(left, _LONGEST_WAIT_SECONDS)))

    def _check(self, due: Sequence[Podcast], stop: threading.Event) -> None:
        """Note each outcome as it comes: those that say nothing new many at a time, the others one by one."""
        unchanged: list[Outcome] = []
        hours = self._preferences.podcasts().check_interval_hours
        for outcome in self._outcomes(due, stop):
            if isinstance(outcome, Unchanged):
                unchanged.append(outcome)
            else:
                self._notes.settle([outcome], hours)
                self._look_after(outcome.podcast.id, stop)
            if len(unchanged) >= _UNCHANGED_BATCH:
                self._settle_unchanged(unchanged, hours)
                unchanged.clear()
        self._settle_unchanged(unchanged, hours)

    def _settle_unchanged(self, outcomes: Sequence[Outcome], hours: float) -> None:
        self._notes.settle(outcomes, hours)
        for outcome in outcomes:
            if outcome.podcast.policy.auto_download is AutoDownload.ALL:
                self._want(outcome.podcast.id)  # of many episodes only some are queued at a time

    def _outcomes(self, due: Sequence[Podcast], stop: threading.Event) -> Iterator[Outcome]:
        """What became of each; once the program stops, the rest stays due.

        Few outcomes wait at a time: a feed may be large. The threads are nobody's to wait for when the program ends.
        """
        waiting: queue.SimpleQueue[Podcast] = queue.SimpleQueue()
        answers: queue.Queue[Outcome] = queue.Queue(_OUTCOMES_WAITING)
        for podcast in due:
            waiting.put(podcast)

        def work() -> None:
            while not stop.is_set():
                try:
                    podcast = waiting.get_nowait()
                except queue.Empty:
                    return
                answers.put(self._reader.check(podcast))

        threads = [threading.Thread(target=work, name="feed", daemon=True) for _ in range(min(_AT_ONCE, len(due)))]
        for thread in threads:
            thread.start()
        missing = {podcast.id: podcast for podcast in due}
        while missing and not stop.is_set():
            is_over = not any(thread.is_alive() for thread in threads)
            try:
                outcome = answers.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                if is_over:
                    break
                continue
            del missing[outcome.podcast.id]
            yield outcome
        for podcast in () if stop.is_set() else missing.values():
            yield Failed(podcast, _BROKEN)  # its thread died of it, which would happen again at once

    def _look_after(self, podcast_id: str, stop: threading.Event) -> None:
        podcast = self._want(podcast_id)
        if podcast is not None:
            self._keep([podcast], stop)

    def _want(self, podcast_id: str) -> Podcast | None:
        podcast = self._state.followed_podcast(podcast_id)
        if podcast is not None:  # somebody may have left it meanwhile
            self._files.want_new(podcast)
        return podcast

    def _keep(self, podcasts: Sequence[Podcast], stop: threading.Event) -> None:
        for podcast in podcasts:
            if stop.is_set() or not self._media_root.is_online():
                return
            removed = self._files.remove_expired(podcast)
            if removed:
                log.info("%d files of %s were removed", removed, podcast.title)
