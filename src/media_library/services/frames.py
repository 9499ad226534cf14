"""Gives videos without any picture one of their own frames, one after the other, while nothing else is to be done."""

import logging
import sys
import threading

from media_library.app_state import AppState
from media_library.errors import StorageError
from media_library.models.artwork import Artwork as Picture
from media_library.models.artwork import ArtworkKind, ArtworkSource
from media_library.models.job import RUNNING
from media_library.repositories.base import now_ms
from media_library.services.artwork import Artwork
from media_library.services.media_root import MediaRoot
from media_library.services.quiet_work import seconds_to_next_round

log = logging.getLogger(__name__)

_PATIENCE_MS = 600_000
"""So long a service has time to bring something better."""

_BUSY_SECONDS = 5.0


class Frames:
    """Takes one video at a time, the newest first; what lies in a folder that is offline has its turn later."""

    def __init__(
        self, state: AppState, media_root: MediaRoot, artwork: Artwork, *, patience_ms: int = _PATIENCE_MS
    ) -> None:
        self._state = state
        self._media_root = media_root
        self._artwork = artwork
        self._patience_ms = patience_ms
        self._before = sys.maxsize
        self._missed = 0

    def step(self, stop: threading.Event) -> None:
        """Make the next picture, or wait."""
        if self._state.list_jobs(RUNNING, 1):
            stop.wait(_BUSY_SECONDS)
            return
        found = self._state.video_without_picture(self._before, now_ms() - self._patience_ms)
        if found is None:
            seconds = seconds_to_next_round(self._missed)
            self._before, self._missed = sys.maxsize, 0
            stop.wait(seconds)
            return
        self._before, media_id = found
        self._make(media_id)

    def _make(self, media_id: str) -> None:
        media = self._state.media(media_id)
        if media.file is None:
            return
        try:
            file = self._media_root.path(media.file.path)
        except StorageError as error:
            log.debug("The picture of %s waits: %s", media_id, error)
            self._missed += 1
            return
        if not file.is_file():
            self._missed += 1
        elif not self._artwork.put_frame(media, file, is_foreign=True):
            # noted, so that it is not tried again and again
            nothing = Picture(media_id, ArtworkKind.STILL, ArtworkSource.FRAME, 0, 0, None, None, now_ms())
            self._state.put_artwork(nothing)
