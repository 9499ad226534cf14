"""Notices what changes in the library folders: drives that come and go, files that come, grow, move and go.

Where the system tells of changes it is listened to, elsewhere it is looked every few minutes; at night everything is
looked through once. What is noticed becomes a scan of that folder, once it is quiet there.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from media_library.adapters.file_walk import Walker, is_passed_over
from media_library.adapters.filesystem import kind_of
from media_library.adapters.folder_watch import FolderWatch, is_told
from media_library.app_state import AppState
from media_library.errors import StorageError
from media_library.models.job import JobStatus
from media_library.models.library import FolderPlace
from media_library.models.library_job import ScanOrder
from media_library.models.preferences import LibraryPreferences
from media_library.services.library_places import LibraryPlaces
from media_library.services.media_root import MediaRoot

log = logging.getLogger(__name__)

_LOOK_SECONDS = 5.0
_QUIET_SECONDS = 4.0
_LONGEST_SECONDS = 60.0
_GROWING_SECONDS = 15.0
_POLL_SECONDS = 600.0
_TURN_SECONDS = 1.0


class LibraryWatch:
    """One loop for all folders."""

    def __init__(
        self,
        state: AppState,
        media_root: MediaRoot,
        places: LibraryPlaces,
        preferences: Callable[[], LibraryPreferences],
        *,
        quiet_seconds: float = _QUIET_SECONDS,
        look_seconds: float = _LOOK_SECONDS,
        poll_seconds: float = _POLL_SECONDS,
        growing_seconds: float = _GROWING_SECONDS,
    ) -> None:
        """A folder is looked through when nothing changed in it for ``quiet_seconds``, after a minute at the latest."""
        self._state = state
        self._media_root = media_root
        self._places = places
        self._preferences = preferences
        self._quiet_seconds = quiet_seconds
        self._look_seconds = look_seconds
        self._poll_seconds = poll_seconds
        self._growing_seconds = growing_seconds
        self._walker = Walker()
        self._watch: FolderWatch | None = None
        self._watched: tuple[Path, ...] = ()
        self._unwatchable: set[Path] = set()
        self._looked_at = self._grown_at = -_POLL_SECONDS
        self._polled: dict[str, tuple[float, str]] = {}
        self._dirty: dict[str, tuple[float, float]] = {}

    def step(self, stop: threading.Event) -> None:
        """Take one turn: about a second, or until something changes."""
        if time.monotonic() - self._looked_at >= self._look_seconds:
            self._look()
        preferences = self._preferences()
        there = [place for place in self._media_root.folders() if _is_there(place)]
        told = [place for place in there if self._is_told(_real(place))] if preferences.watch else []
        for place in self._changed(told, stop):
            self._mark(place)
        if preferences.watch:
            self._poll([place for place in there if place not in told], stop)
        if time.monotonic() - self._grown_at >= self._growing_seconds:
            self._grown_at = time.monotonic()
            for folder_id in self._state.growing_folders():
                self._dirty.setdefault(folder_id, (time.monotonic(), -_LONGEST_SECONDS))
        self._look_at_night(there, preferences.nightly_hour)
        self._queue(there)
        if stop.is_set():
            self.close()

    def close(self) -> None:
        """Listen no longer."""
        if self._watch is not None:
            self._watch.close()
        self._watch, self._watched = None, ()

    def _look(self) -> None:
        """What came back is looked through: much may have changed in the meantime."""
        for place in self._places.look_at_all():
            folder = self._state.library_folder(place.folder.id)
            if folder.is_online:
                self._mark(place)
        self._looked_at = time.monotonic()

    def _changed(self, told: list[FolderPlace], stop: threading.Event) -> list[FolderPlace]:
        """The folders in which the system says that something changed; waits for that a moment."""
        paths = tuple(sorted(map(_real, told)))
        try:
            if paths != self._watched:
                self.close()
                if paths:
                    self._watch = FolderWatch(paths)
                    self._watch.__enter__()
                self._watched = paths
            if self._watch is None:
                stop.wait(_TURN_SECONDS)
                return []
            changed = self._watch.changes(_TURN_SECONDS, stop)
        except StorageError as error:
            log.warning("%s They are looked at every few minutes instead.", error)
            self._unwatchable.update(paths)
            self.close()
            return []
        roots = {_real(place): place for place in told}
        found = {}
        for path in changed:
            root = next((one for one in roots if path.is_relative_to(one)), None)
            if root is not None and not any(is_passed_over(part) for part in path.relative_to(root).parts):
                found[root] = roots[root]
        return list(found.values())

    def _is_told(self, path: Path) -> bool:
        return path not in self._unwatchable and is_told(kind_of(path))

    def _poll(self, places: list[FolderPlace], stop: threading.Event) -> None:
        """Look for changes where nobody tells of them."""
        for place in places:
            at, before = self._polled.get(place.folder.id, (0.0, ""))
            if before and time.monotonic() - at < self._poll_seconds:
                continue
            try:
                found = self._fingerprint(place.path, stop)
            except StorageError as error:
                log.info("%s", error)
                continue
            self._polled[place.folder.id] = (time.monotonic(), found)
            if before and found != before:
                self._mark(place)

    def _fingerprint(self, path: Path, stop: threading.Event) -> str:
        digest = hashlib.blake2b(digest_size=16)
        with closing(self._walker.listings(path, stop)) as listings:
            for listing in listings:
                digest.update(repr((listing.folder, listing.files)).encode("utf-8", "backslashreplace"))
        return digest.hexdigest()

    def _mark(self, place: FolderPlace) -> None:
        now = time.monotonic()
        first, _ = self._dirty.get(place.folder.id, (now, now))
        self._dirty[place.folder.id] = (first, now)

    def _queue(self, there: list[FolderPlace]) -> None:
        """Have what is quiet by now looked through."""
        now = time.monotonic()
        names = {place.folder.id: place.path.name or str(place.path) for place in there}
        for folder_id, (first, last) in list(self._dirty.items()):
            if folder_id not in names:
                del self._dirty[folder_id]  # when it comes back it is looked through anyway
            elif now - last >= self._quiet_seconds or now - first >= _LONGEST_SECONDS:
                origin = f"scan:new:{folder_id}"
                active = self._state.active_content(origin)
                if active is not None and active.status is not JobStatus.QUEUED:
                    continue  # it may be past the place already
                self._state.queue_content(
                    ScanOrder((folder_id,)), title=f"Look through {names[folder_id]}", origin=origin
                )
                del self._dirty[folder_id]

    def _look_at_night(self, there: list[FolderPlace], hour: int) -> None:
        """Look through everything once a night, or when the machine wakes up after it slept through."""
        now = datetime.now().astimezone()
        due = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        if due > now:
            due -= timedelta(days=1)
        moment = int(due.timestamp() * 1000)
        late = [place for place in there if (place.folder.scanned_at or place.folder.added_at) < moment]
        if late and self._state.active_content("scan:new:") is None:
            self._state.queue_content(ScanOrder(), title="Look through the libraries", origin="scan:new:")


def _is_there(place: FolderPlace) -> bool:
    """Whether a folder was there when it was looked at last; one below the media folder may not be made yet."""
    return place.folder.is_online and (not place.folder.is_built_in or place.path.is_dir())


def _real(place: FolderPlace) -> Path:
    """The path by which the system names a folder. Those elsewhere are noted by it; others are not asked of a drive."""
    return place.path.resolve() if place.folder.is_built_in else place.path
