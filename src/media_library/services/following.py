"""Follows lists on the web: looks again when it is time, queues what is new, and lets old videos go by the rules."""

import logging
import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from media_library.app_state import AppState
from media_library.constants import CONTINUE_FROM_MS
from media_library.errors import MediaLibraryError, NotFound
from media_library.models.collection import Collection, Entry, Rules, Subscription
from media_library.models.content_job import DownloadOrder, LiveChoice, PlaylistOrder
from media_library.models.job import Job
from media_library.repositories.base import now_ms
from media_library.services.bin import Bin
from media_library.services.list_rules import Candidate, newest, refusal
from media_library.services.web_addresses import parse_address

log = logging.getLogger(__name__)

INTERVAL_MS = 6 * 3_600_000
"""How often a followed list is looked at."""

_LONGEST_PAUSE_MS = 7 * 24 * 3_600_000
_WAIT_SECONDS = 30.0
_PATIENCE_SECONDS = 900.0
_BATCH = 200


class Following:
    """The rules of lists at work. ``step`` is the step of a loop."""

    def __init__(self, state: AppState, bin: Bin, *, now: Callable[[], int] = now_ms) -> None:
        self._state = state
        self._bin = bin
        self._now = now
        self._asked_at: dict[str, float] = {}

    def step(self, stop: threading.Event) -> None:
        """Queue the checks that are due, then wait for a change or for half a minute."""
        for subscription in self._state.due_subscriptions(self._now()):
            asked = self._asked_at.get(subscription.collection_id)
            # a check that could not even begin is not asked for at every turn
            if asked is None or time.monotonic() - asked > _PATIENCE_SECONDS:
                self._asked_at[subscription.collection_id] = time.monotonic()
                self._check(subscription)
        self._state.wait_for_change(stop, _WAIT_SECONDS)

    def queue_check(self, collection: Collection, requested_by: str | None = None) -> Job:
        """Queue the reading of a list; if that is queued or running already, that job is the answer.

        Raises ``NotFound`` for a collection that is not read from an address.
        """
        if collection.url is None:
            raise NotFound("This collection is not read from an address.")
        address = parse_address(collection.url)
        return self._state.queue_content(
            PlaylistOrder(collection.id),
            title=collection.title,
            origin=f"list:{collection.id}",
            host=address.host,
            url=address.url,
            requested_by=requested_by,
        )

    def checked(self, collection_id: str, error: str | None = None) -> None:
        """A list was read, or could not be: from failure to failure it is left alone for longer."""
        self._asked_at.pop(collection_id, None)
        subscription = self._state.subscription(collection_id)
        if subscription is None:
            return
        failures = subscription.failures + 1 if error else 0
        pause = min(INTERVAL_MS * 2 ** min(failures, 10), _LONGEST_PAUSE_MS)
        self._state.note_subscription_check(collection_id, next_check_at=self._now() + pause, error=error)

    def queue_entries(self, collection_id: str, requested_by: str | None = None) -> int:
        """Queue the downloads of what is new in a list and not left out by its rules; returns how many.

        With ``keep_last`` only the newest so many of all that the rules let through are fetched.
        """
        subscription = self._state.subscription(collection_id)
        rules = subscription.rules if subscription is not None else Rules()
        wanted = [entry for entry in self._state.wanted_entries(collection_id) if _passes(rules, entry)]
        if rules.keep_last is not None:
            listed = [entry for entry in self._state.entries(collection_id) if _passes(rules, entry)]
            kept = newest([(entry.id, entry.published_at) for entry in listed], rules.keep_last)
            wanted = [entry for entry in wanted if entry.id in kept]
        for begin in range(0, len(wanted), _BATCH):
            batch = wanted[begin : begin + _BATCH]
            with self._state.transaction():
                for entry in batch:
                    self._queue(entry, rules, requested_by)
                self._state.note_entries_queued([entry.id for entry in batch])
        return len(wanted)

    def let_go(self, collection_id: str) -> int:
        """Put what is older than the last N of a followed list into the bin; returns how many.

        What somebody has begun to watch stays, and what stands in another collection.
        """
        subscription = self._state.subscription(collection_id)
        if subscription is None or subscription.rules.keep_last is None:
            return 0
        gone = 0
        for entry in self._state.linked_entries(collection_id)[subscription.rules.keep_last :]:
            assert entry.media_id is not None
            if self._state.is_media_begun(entry.media_id, CONTINUE_FROM_MS):
                continue
            if self._state.collections_of_media(entry.media_id) - {collection_id}:
                continue
            try:
                self._bin.let_go(entry.media_id, "keep_last")
            except MediaLibraryError as error:
                log.warning("%s stays, although the rules let it go: %s", entry.title, error)
                continue
            gone += 1
        return gone

    def _check(self, subscription: Subscription) -> None:
        try:
            self.queue_check(self._state.collection(subscription.collection_id))
        except MediaLibraryError as error:
            self.checked(subscription.collection_id, str(error))

    def _queue(self, entry: Entry, rules: Rules, requested_by: str | None) -> None:
        if entry.url is None:
            return
        self._state.queue_content(
            DownloadOrder(
                entry.url,
                audio_only=rules.audio_only,
                live=LiveChoice.REFUSE,
                collection_id=entry.collection_id,
                entry_key=entry.key,
            ),
            title=entry.title,
            origin=entry.key,
            host=urlsplit(entry.url).hostname or "",
            url=entry.url,
            requested_by=requested_by,
        )


def _passes(rules: Rules, entry: Entry) -> bool:
    return refusal(rules, Candidate(entry.title, entry.duration_ms, entry.published_at)) is None
