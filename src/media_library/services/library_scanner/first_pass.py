"""The first pass of a scan: what lies where, what is new, moved, gone; new items stand in the shelves at once."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from media_library.adapters.file_walk import Walker
from media_library.app_state import AppState
from media_library.errors import StorageError
from media_library.models.library import FolderPlace, Library, LibraryKind
from media_library.models.library_file import PLAYABLE, FileRole, FileState, LibraryFile
from media_library.repositories.base import now_ms
from media_library.repositories.media_repo import MovedMedia
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_scanner.comparison import (
    Comparison,
    Known,
)
from media_library.services.library_scanner.entering import Entering
from media_library.services.library_scanner.moves import Digests, Moves, Walked

log = logging.getLogger(__name__)

_BATCH = 400
_COPIED_WITHIN_MS = 48 * 3_600_000
_MOST_DIGESTS = 2_000

Tell = Callable[[int], None]
"""Is told how many files were seen; raises when the work is to end."""


@dataclass(frozen=True, slots=True)
class FirstPassResult:
    """What the first pass did: folders that were walked through, how many files were seen, items added, gone, moved."""

    folder_ids: tuple[str, ...]
    seen: int
    added: int
    missing: int
    moved: int
    problems: tuple[str, ...]


class FirstPass:
    """Walks through folders and brings what is known of them up to date."""

    def __init__(
        self, state: AppState, places: LibraryPlaces, walker: Walker, digests: Digests, *, settle_seconds: float
    ) -> None:
        """A file that changed less than ``settle_seconds`` ago is left alone until it did not for so long."""
        self._state = state
        self._places = places
        self._walker = walker
        self._digests = digests
        self._settle_ns = int(settle_seconds * 1e9)
        self._seen = 0

    def run(self, places: Sequence[tuple[FolderPlace, Library]], tell: Tell, stop: threading.Event) -> FirstPassResult:
        """Walk through the folders that are there. From one that is not, or goes meanwhile, nothing is concluded."""
        problems: list[str] = []
        walked: list[Walked] = []
        for place, library in places:
            try:
                self._places.require(place)
                walked.append(self._walk(place, library, tell, stop))
            except StorageError as error:
                log.warning("%s was not looked through: %s", place.path, error)
                problems.append(str(error))
        moved = Moves(self._state, self._digests, self._places.all).settle(walked)
        added = missing = 0
        for one in walked:
            for change in one.changes:
                one.entering.enter(change)
                tell(self._seen)
            one.entering.flush()
            missing += self._settle_vanished(one.vanished)
            self._state.note_scan(one.place.folder.id)
            added += one.entering.added
        folder_ids = tuple(one.place.folder.id for one in walked)
        return FirstPassResult(folder_ids, self._seen, added, missing, moved, tuple(problems))

    def _walk(self, place: FolderPlace, library: Library, tell: Tell, stop: threading.Event) -> Walked:
        self._state.adopt_media(place.folder)
        known = self._state.known_files(place.folder)
        is_first = not known
        result = Walked(place, library, Entering(self._state, place, library, is_first=is_first))
        # into the first folder of all nothing can have been moved from elsewhere
        at_once = is_first and not self._state.has_files_elsewhere(place.folder.id)
        comparison = Comparison(
            known,
            now_ns=time.time_ns(),
            settle_ns=self._settle_ns,
            knows_all=library.kind is LibraryKind.ARTICLES,
        )
        before = self._seen
        if not place.path.exists() and place.folder.is_built_in:
            return result
        for change in comparison.changes(self._walker.listings(place.path, stop)):
            if at_once:
                result.entering.enter(change)
            else:
                result.changes.append(change)
            self._seen = before + comparison.count
            tell(self._seen)
        self._seen = before + comparison.count
        self._places.require(place)  # a drive that went in the middle looks like one that was emptied
        result.vanished = comparison.vanished()
        return result

    def _settle_vanished(self, vanished: Known) -> int:
        """What went: items are missing, or go on with another version; what nobody misses is forgotten."""
        count = 0
        rids = [file.rid for file in vanished.values()]
        for first in range(0, len(rids), _BATCH):
            files = self._state.files_by_row(rids[first : first + _BATCH])
            kept = [file for file in files if file.role in PLAYABLE and file.media_id is not None]
            kept_ids = {file.id for file in kept}
            items = [str(file.media_id) for file in kept if file.role in (FileRole.MAIN, FileRole.EXTRA)]
            with self._state.transaction():
                self._state.forget_files(file.id for file in files if file.id not in kept_ids)
                self._state.miss_files(kept_ids)
                inherited = {file.media_id for file in kept if file.role is FileRole.MAIN and self._inherited(file)}
                alone = [one for one in items if one not in inherited and not self._promoted(one)]
                self._state.miss_media(alone)
            count += len(alone)
        return count

    def _inherited(self, file: LibraryFile) -> bool:
        """Let an item go on with the copy that was made of its file, as when it was moved to another drive.

        The copy became an item when it was found; nobody began that one yet, so it goes.
        """
        twin = self._state.twin_of(file, now_ms() - _COPIED_WITHIN_MS)
        if twin is None or twin.media_id is None or file.media_id is None:
            return False
        place = self._state.library_folder(twin.folder_id)
        self._state.hand_files_over(twin.media_id, file.media_id)
        self._state.forget_files([twin.id])
        self._state.remove_scanned_media([twin.media_id])
        self._state.move_file(
            file.id, twin.folder_id, twin.path, mtime_ns=twin.mtime_ns, inode=twin.inode, state=FileState.READY
        )
        moved = MovedMedia(file.media_id, place.library_id, twin.path, twin.mtime_ns, twin.inode)
        self._state.move_scanned_media([moved])
        return True

    def _promoted(self, media_id: str) -> bool:
        """Let another version that is still there be the file of an item; false if there is none."""
        files = self._state.files_of_media(media_id)
        versions = (file for file in files if file.role is FileRole.VERSION and file.state is not FileState.MISSING)
        version = next(versions, None)
        if version is None:
            return False
        for file in files:
            if file.role is FileRole.MAIN:
                self._state.give_role(file.id, FileRole.VERSION)
        self._state.give_role(version.id, FileRole.MAIN)
        self._state.change_media_file(media_id, version)
        return True
