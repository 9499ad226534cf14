"""Which libraries take what a person sends, and where in them it goes."""

from media_library.app_state import AppState
from media_library.errors import Forbidden, NotFound, StorageError
from media_library.models.library import Destination, Library, LibraryKind, elsewhere
from media_library.models.user import Viewer
from media_library.services.media_root import MediaRoot

_NEVER_SENT = frozenset({LibraryKind.PODCASTS, LibraryKind.ARTICLES})
"""What comes from the web only."""


class Destinations:
    """Knows where uploads may go. Whatever the sender may not see is not there."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def open_to(self, viewer: Viewer) -> list[Library]:
        """The libraries into which somebody may send files at this moment, by name."""
        return [one for one in self._state.list_libraries() if self._is_open(viewer, one)]

    def of_library(self, viewer: Viewer, library_id: str) -> Destination:
        """Where files for a library go.

        Raises ``NotFound`` for one that the sender may not see, ``Forbidden`` if nothing may be added to it, and
        ``StorageError`` while it is not there.
        """
        library = self._state.library(library_id)
        if not _may_see(viewer, library):
            raise NotFound("There is no such library.")
        if library.kind in _NEVER_SENT:
            raise Forbidden(f"Nothing can be sent to “{library.name}”: it is filled from the web.")
        return self._place(library)

    def of_kind(self, viewer: Viewer, kind: LibraryKind, library_id: str | None) -> Destination:
        """Where what is of a kind goes: into the library that the sender chose, if it takes that, else the usual one.

        Raises as ``of_library`` does, and ``Forbidden`` if the sender may not see the usual one.
        """
        if library_id is not None:
            try:
                chosen = self._state.library(library_id)
            except NotFound:
                chosen = None  # it was removed since
            if chosen is not None and chosen.kind in (kind, LibraryKind.MIXED):
                return self.of_library(viewer, chosen.id)
        library = self._state.library_of_kind(kind)
        self.require_sight(viewer, library)
        return self._place(library)

    def require_sight(self, viewer: Viewer, library: Library) -> None:
        """Raise ``Forbidden`` if somebody may not see the library to which something of theirs would go."""
        if not _may_see(viewer, library):
            raise Forbidden(f"You may not see “{library.name}”, so you cannot add to it. Ask an admin.")

    def _is_open(self, viewer: Viewer, library: Library) -> bool:
        try:
            self.of_library(viewer, library.id)
        except (Forbidden, NotFound, StorageError):
            return False
        return True

    def _place(self, library: Library) -> Destination:
        if library.is_primary:
            self._media_root.require_online()
            return Destination(library, library.folder)
        folders = [one for one in self._state.list_folders() if one.library_id == library.id]
        writable = [one for one in folders if not one.is_read_only]
        if not writable:
            raise Forbidden(f"The folders of “{library.name}” are set to read-only: nothing is added to them.")
        there = next((one for one in writable if one.is_online), None)
        if there is None:
            raise StorageError(
                writable[0].problem or f"“{library.name}” is not there. Connect its drive; nothing is lost."
            )
        return Destination(library, elsewhere(there.id))


def _may_see(viewer: Viewer, library: Library) -> bool:
    return viewer.library_ids is None or library.id in viewer.library_ids
