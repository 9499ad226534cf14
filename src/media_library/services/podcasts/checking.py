"""Checks a feed: asks its server whether there is something new, and notes what came of it.

Asking (``FeedReader``) touches the network only and may be done side by side; noting (``FeedNotes``) touches the state
only and is done in one place.
"""

import hashlib
import logging
import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from media_library.adapters import feeds
from media_library.adapters.http import Answer, HttpClient, PageMissing, RequestFailed
from media_library.app_state import AppState
from media_library.errors import Conflict, InvalidInput, MediaLibraryError
from media_library.models.media import MediaType
from media_library.models.podcast import Credentials, Feed, FeedState, Podcast
from media_library.repositories.base import now_ms
from media_library.services.covers import Covers
from media_library.services.podcasts.addresses import is_same_host, is_same_origin
from media_library.services.podcasts.matching import compare
from media_library.services.podcasts.notes import beginning, plain_text
from media_library.services.podcasts.schedule import is_dead, next_check, next_try
from media_library.services.vault import Vault
from media_library.services.web_addresses import parse_address

log = logging.getLogger(__name__)

PURPOSE = "podcast credentials"
"""What the vault is told when the name and password of a feed are sealed."""

_SECONDS = 30.0
_PICTURE_SECONDS = 20.0
_MOST_PICTURE_BYTES = 20 * 1024 * 1024
_MOST_EPISODES = 10_000
_PARSERS = 2
_NOT_MODIFIED = 304
_ACCEPT = "application/rss+xml, application/atom+xml;q=0.9, application/xml;q=0.8, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The feed says what it said the last time; its server may mark that anew."""

    podcast: Podcast
    state: FeedState
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """The feed says something new, and has this picture, if it is a new one.

    ``moved_to`` is where permanent redirects or the feed itself point.
    """

    podcast: Podcast
    feed: Feed
    state: FeedState
    picture: bytes | None = None
    moved_to: str | None = None


@dataclass(frozen=True, slots=True)
class Failed:
    """The feed could not be read; ``is_gone`` if its server says that it will never come back."""

    podcast: Podcast
    reason: str
    is_gone: bool = False
    retry_after_seconds: float | None = None


Outcome: TypeAlias = Unchanged | Changed | Failed


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer that is a feed, or claims to be one."""

    answer: Answer
    state: FeedState


class FeedReader:
    """Asks the servers of feeds. Safe to use from any thread."""

    def __init__(self, http: HttpClient, vault: Vault) -> None:
        self._http = http
        self._vault = vault
        self._few = threading.BoundedSemaphore(_PARSERS)

    def check(self, podcast: Podcast) -> Outcome:
        """Ask once; whatever goes wrong is an outcome."""
        try:
            fetched = self.fetch(podcast.url, self.credentials(podcast), podcast.state)
            answer = fetched.answer
            if answer.status == _NOT_MODIFIED or fetched.state.digest == podcast.state.digest:
                return Unchanged(podcast, fetched.state, answer.permanent_url)
            return self.changed(podcast, self.parse(answer), fetched.state, answer.permanent_url)
        except PageMissing as error:
            return Failed(podcast, str(error), is_gone=error.gone)
        except RequestFailed as error:
            return Failed(podcast, str(error), retry_after_seconds=error.retry_after_seconds)
        except MediaLibraryError as error:
            return Failed(podcast, str(error))

    def fetch(self, url: str, credentials: Credentials | None, state: FeedState) -> Fetched:
        """The answer at an address; a server that is told ``state`` may say that nothing changed.

        Raises ``PageMissing`` and ``RequestFailed``.
        """
        headers = {"Accept": _ACCEPT}
        if state.etag is not None:
            headers["If-None-Match"] = state.etag
        if state.last_modified is not None:
            headers["If-Modified-Since"] = state.last_modified
        answer = self._http.get(
            url,
            timeout_seconds=_SECONDS,
            max_bytes=feeds.MOST_FEED_BYTES,
            headers=headers,
            auth=None if credentials is None else (credentials.username, credentials.password),
        )
        if answer.status == _NOT_MODIFIED:
            return Fetched(answer, state)
        told = answer.headers
        digest = hashlib.sha256(answer.body).hexdigest()
        return Fetched(answer, FeedState(_mark(told.get("etag")), _mark(told.get("last-modified")), digest))

    def parse(self, answer: Answer) -> Feed:
        """The feed in an answer; raises ``FeedUnreadable``. Only so many are read at once."""
        with self._few:
            return feeds.parse(answer.body, answer.url, answer.headers.get("content-type", ""))

    def changed(self, podcast: Podcast, feed: Feed, state: FeedState, moved_to: str | None = None) -> Changed:
        """What is to be noted of a feed that was read, its picture among it."""
        wanted = feed.image_url is not None and (feed.image_url != podcast.image_url or not podcast.has_image)
        picture = self.picture(podcast, feed.image_url) if wanted and feed.image_url is not None else None
        return Changed(podcast, feed, state, picture, feed.moved_to or moved_to)

    def credentials(self, podcast: Podcast) -> Credentials | None:
        """What a private feed asks for; raises ``StorageError`` if it cannot be unsealed."""
        if podcast.credentials is None:
            return None
        return msgspec.json.decode(self._vault.open(podcast.credentials, PURPOSE), type=Credentials)

    def credentials_for(self, podcast: Podcast, url: str) -> tuple[str, str] | None:
        """Name and password for something that a feed names: only where the feed itself comes from."""
        found = self.credentials(podcast) if is_same_origin(podcast.url, url) else None
        return None if found is None else (found.username, found.password)

    def picture(self, podcast: Podcast, url: str) -> bytes | None:
        """The picture of a podcast or an episode; without success it is shown without."""
        try:
            return self._http.get(
                url,
                timeout_seconds=_PICTURE_SECONDS,
                max_bytes=_MOST_PICTURE_BYTES,
                auth=self.credentials_for(podcast, url),
            ).body
        except MediaLibraryError as error:
            log.info("The picture of %s cannot be fetched: %s", podcast.id, error)
            return None


class FeedNotes:
    """Writes down what checks of feeds brought."""

    def __init__(self, state: AppState, covers: Covers) -> None:
        self._state = state
        self._covers = covers

    def settle(self, outcomes: Sequence[Outcome], interval_hours: float) -> None:
        """Note the outcomes of checks and when each feed is asked again."""
        now = now_ms()
        self._state.settle_unchanged(
            [
                (
                    one.podcast.id,
                    one.state,
                    next_check(now, interval_hours, _chance(), is_complete=one.podcast.is_complete),
                )
                for one in outcomes
                if isinstance(one, Unchanged)
            ]
        )
        for outcome in outcomes:
            if isinstance(outcome, Failed):
                self._settle_failure(outcome, now, interval_hours)
            elif isinstance(outcome, Changed):
                self._settle_change(outcome, now, interval_hours)
            if not isinstance(outcome, Failed) and outcome.moved_to is not None:
                self._consider_move(outcome.podcast, outcome.moved_to)

    def _settle_failure(self, outcome: Failed, now: int, interval_hours: float) -> None:
        podcast = outcome.podcast
        failures = podcast.failures + 1
        self._state.settle_failure(
            podcast.id,
            outcome.reason,
            next_try(now, interval_hours, failures, _chance(), retry_after_seconds=outcome.retry_after_seconds),
            is_dead=is_dead(now, failures, podcast.failing_since or now, is_gone=outcome.is_gone),
        )

    def _settle_change(self, outcome: Changed, now: int, interval_hours: float) -> None:
        podcast, feed = outcome.podcast, outcome.feed
        difference = compare(feed, self._state.known_episodes(podcast.id), now)
        added = self._state.add_episodes(podcast.id, difference.new)
        self._state.change_episodes(difference.changed)
        self._state.trim_episodes(podcast.id, _MOST_EPISODES)
        for episode_id, episode in added:
            # followed once more, or under another address: what was fetched then is still here
            media = self._state.media_by_origin([episode.enclosure_key])
            if media is not None and media.media_type is MediaType.PODCAST:
                self._state.link_episode(episode_id, media.id)
        if outcome.picture is not None and self._covers.put_named(podcast.id, outcome.picture):
            self._state.keep_podcast_image(podcast.id, feed.image_url, has_image=True)
        # last: a crash before this line makes the next check do the same again
        at = next_check(now, interval_hours, _chance(), is_complete=feed.is_complete)
        self._state.describe_podcast(podcast.id, feed, beginning(plain_text(feed.overview)), outcome.state, at)

    def _consider_move(self, podcast: Podcast, target: str) -> None:
        """Follow a feed that moves within its host; of another host somebody has to decide."""
        try:
            url = parse_address(target).url
        except InvalidInput:
            log.info("The feed of %s says that it moved to what is no web address", podcast.id)
            return
        if url in (podcast.url, podcast.refused_move):
            return
        if not is_same_host(podcast.url, url):
            self._state.offer_podcast_move(podcast.id, url)
            return
        try:
            self._state.move_podcast(podcast.id, url)
        except Conflict:
            log.info("The feed of %s moved to an address that is followed already", podcast.id)


def _chance() -> float:
    return secrets.randbelow(1000) / 1000


def _mark(value: str | None) -> str | None:
    """What a server marks its answer with, if it is fit to be said back to it."""
    return value if value and len(value) <= 500 and value.isascii() and value.isprintable() else None
