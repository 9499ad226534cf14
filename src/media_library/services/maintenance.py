"""Small chores at rare times: a backup a day, leases that ran out, music for playlists, a bin that is full."""

import logging
import threading
import time

from media_library.app_state import AppState
from media_library.repositories.base import now_ms
from media_library.services.bin import KEPT_DAYS, Bin
from media_library.services.media_root import MediaRoot
from media_library.services.playlist_matching import match_what_is_open
from media_library.services.publishing import Publishing
from media_library.services.uploads import settle_uploads

log = logging.getLogger(__name__)

_TURN_SECONDS = 30.0
_DAY_SECONDS = 86_400.0


class Maintenance:
    """Takes one turn every 30 s."""

    def __init__(self, state: AppState, media_root: MediaRoot, *, first_daily_seconds: float = 3600.0) -> None:
        """``first_daily_seconds`` after the start the chores of a day are done for the first time."""
        self._state = state
        self._media_root = media_root
        self._daily_at = time.monotonic() + first_daily_seconds

    def step(self, stop: threading.Event) -> None:
        """Do what is due, then wait."""
        self._state.recover_jobs(all_of_them=False)
        match_what_is_open(self._state)
        settle_uploads(self._state, self._media_root)
        if time.monotonic() >= self._daily_at:
            self._daily_at = time.monotonic() + _DAY_SECONDS
            log.info("Backup written to %s", self._state.backup("daily"))
            self._state.forget_ended_sessions()
            self._empty_bin()
        stop.wait(_TURN_SECONDS)

    def _empty_bin(self) -> None:
        """Remove for good what has been in the bin for thirty days; only files that lie in the bin."""
        if not self._media_root.is_online():
            return
        bin_ = Bin(self._state, self._media_root)
        bin_.settle()
        bin_.empty_old()
        publishing = Publishing(self._state, self._media_root)
        publishing.empty_replaced(now_ms() - KEPT_DAYS * 86_400_000)
        publishing.remove_left_overs(unused_seconds=_DAY_SECONDS)
