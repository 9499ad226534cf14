"""Whether the folders of the libraries are there, and are the ones that they were.

A drive that is unplugged, or another one at its place, must not look like a library whose files were deleted: from a
folder that is not surely the right one, nothing is concluded.
"""

import logging
from dataclasses import dataclass
from pathlib import Path

from media_library.adapters import folder_identity
from media_library.adapters.folder_identity import Patience
from media_library.app_state import AppState
from media_library.errors import StorageError
from media_library.events import LibraryChanged, library_room
from media_library.models.library import FolderPlace, LibraryFolder, stored_path
from media_library.repositories.base import new_id
from media_library.services.media_root import MediaRoot

log = logging.getLogger(__name__)

_PATIENCE_SECONDS = 10.0
_SAMPLE = 32


class LibraryPlaces:
    """The folders of all libraries, looked at. Safe to use from any thread."""

    def __init__(self, state: AppState, media_root: MediaRoot, *, patience_seconds: float = _PATIENCE_SECONDS) -> None:
        self._state = state
        self._media_root = media_root
        self._patience: Patience[_Look | None] = Patience(patience_seconds)

    def all(self) -> list[FolderPlace]:
        """The folders of all libraries, there or not."""
        return self._media_root.folders()

    def look_at_all(self) -> list[FolderPlace]:
        """Look at every folder and note how it is; returns those that went or came back."""
        changed = []
        for place in self.all():
            before = place.folder.problem
            if (self.look(place) is None) != (before is None):
                changed.append(place)
        return changed

    def look(self, place: FolderPlace) -> str | None:
        """Why a folder cannot be used now, as a sentence; ``None`` if it can. Noted for all who list it."""
        identity = None
        try:
            problem, identity = self._looked(place)
        except StorageError as error:
            problem = str(error)
        except OSError as error:
            problem = f"The folder {place.path} cannot be read: {error.strerror}. Check its drive and its permissions."
        with self._state.transaction():
            is_news = problem != self._state.library_folder(place.folder.id).problem
            self._state.note_folder_state(place.folder.id, problem, identity)
            if is_news:
                log.info("%s: %s", place.path, problem or "there again")
                self._state.broadcast(LibraryChanged(place.folder.library_id), library_room(place.folder.library_id))
        return problem

    def require(self, place: FolderPlace) -> None:
        """Raise ``StorageError`` if a folder cannot be used now."""
        problem = self.look(place)
        if problem is not None:
            raise StorageError(problem)

    def identify(self, folder: Path, *, is_read_only: bool) -> str:
        """The identity of a folder that comes to a library; raises ``OSError``."""
        if not is_read_only:
            try:
                folder_identity.mark(folder, new_id())
            except OSError as error:
                log.info("%s cannot be marked: %s", folder, error)
        return folder_identity.identity_of(folder)

    def _looked(self, place: FolderPlace) -> tuple[str | None, str | None]:
        """What is wrong with a folder, and its identity if that is news."""
        folder = place.folder
        if folder.is_built_in and (problem := self._media_root.problem()) is not None:
            return problem, None
        known = self._sample(folder)
        found = self._patience.ask(str(place.path), lambda: _look_at(place.path, known))
        if found is None:
            if folder.is_built_in and not known:
                return None, None  # nothing ever lay in it
            return f"The folder {place.path} is not there. Connect or mount its drive; nothing is lost.", None
        if folder.is_built_in:
            return (_emptied(place) if found.is_empty and known else None), None
        is_same = folder.identity is None or found.identity == folder.identity or found.holds_known
        if not is_same and (known or folder_identity.is_marked(folder.identity or "")):
            return (
                f"{place.path} is empty or another folder than the one of this library. Connect the right drive;"
                " nothing is lost."
            ), None
        if found.is_empty and known and not folder_identity.is_marked(found.identity):
            return _emptied(place), None
        return None, None if found.identity == folder.identity else found.identity

    def _sample(self, folder: LibraryFolder) -> list[tuple[str, int]]:
        start = len(stored_path(folder, ""))
        return [(path[start:], size) for path, size in self._state.sample_of_files(folder.id, _SAMPLE)]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at a folder showed."""

    identity: str
    is_empty: bool
    holds_known: bool


def _look_at(path: Path, known: list[tuple[str, int]]) -> _Look | None:
    """Look at a folder; ``None`` if it is not there. Raises ``OSError``."""
    try:
        identity = folder_identity.identity_of(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return _Look(identity, folder_identity.is_empty(path), folder_identity.holds(path, known))


def _emptied(place: FolderPlace) -> str:
    return f"The folder {place.path} is empty, and it was not. Connect or mount its drive; nothing is lost."
