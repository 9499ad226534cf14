"""The libraries and their folders: pointing at a folder, taking it out again, looking through it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media_library.adapters.file_walk import is_passed_over
from media_library.adapters.folder_identity import Patience
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.errors import Conflict, InvalidInput, NotFound, StorageError
from media_library.models.identity import Identity
from media_library.models.job import Job
from media_library.models.library import FolderPlace, Library, LibraryFolder, LibraryKind
from media_library.models.library_job import ScanOrder
from media_library.models.user import Viewer
from media_library.repositories.file_repo import FileCounts, ProblemPage
from media_library.services.library_places import LibraryPlaces
from media_library.services.library_roots import checked_root, may_be_shown
from media_library.services.media_root import MediaRoot

_NOT_ELSEWHERE = frozenset({LibraryKind.ARTICLES})
_PATIENCE_SECONDS = 10.0
_MOST_CHOICES = 2_000
_NO_FILES = FileCounts(0, 0)


@dataclass(frozen=True, slots=True)
class FolderView:
    """A folder of a library with what is known of its files."""

    folder: LibraryFolder
    path: Path
    counts: FileCounts


@dataclass(frozen=True, slots=True)
class LibraryView:
    """A library, how many items it has, its folders."""

    library: Library
    count: int
    folders: tuple[FolderView, ...]


@dataclass(frozen=True, slots=True)
class FolderChoices:
    """The folders in a folder, for somebody who chooses one. ``parent`` is ``None`` at the top."""

    path: Path
    parent: Path | None
    folders: tuple[Path, ...]


class Libraries:
    """What people do with libraries."""

    def __init__(self, settings: Settings, state: AppState, media_root: MediaRoot) -> None:
        self._settings = settings
        self._state = state
        self._media_root = media_root
        self._places = LibraryPlaces(state, media_root)
        self._patience: Patience[tuple[Path, ...]] = Patience(_PATIENCE_SECONDS)

    def views(self) -> list[LibraryView]:
        """All libraries, by name, with the folders that were not taken out."""
        counts, items = self._state.file_counts(), self._state.library_counts()
        folders: dict[str, list[FolderView]] = {}
        for place in self._media_root.folders():
            view = FolderView(place.folder, place.path, counts.get(place.folder.id, _NO_FILES))
            folders.setdefault(place.folder.library_id, []).append(view)
        return [
            LibraryView(library, items.get(library.id, 0), tuple(folders.get(library.id, ())))
            for library in self._state.list_libraries()
        ]

    def view(self, library_id: str) -> LibraryView:
        """One library; raises ``NotFound``."""
        found = next((view for view in self.views() if view.library.id == library_id), None)
        if found is None:
            raise NotFound("There is no such library.")
        return found

    def add(self, actor: Identity, name: str, kind: LibraryKind, path: str, *, is_read_only: bool) -> LibraryView:
        """A new library with its first folder, which is looked through soon. Raises ``InvalidInput``."""
        folder = self._checked(path, kind)
        with self._state.transaction():
            library = self._state.add_library(kind, _named(name))
            self._add_folder(actor, library, folder, is_read_only=is_read_only)
        return self.view(library.id)

    def rename(self, actor: Identity, library_id: str, name: str) -> LibraryView:
        """Call a library otherwise; raises ``NotFound``."""
        with self._state.transaction():
            self._state.rename_library(library_id, _named(name))
            self._state.record_audit(actor.user.username, "rename_library", library_id, name)
        return self.view(library_id)

    def add_folder(self, actor: Identity, library_id: str, path: str, *, is_read_only: bool) -> FolderView:
        """Point a library at one more folder. One that was taken out comes back with all that was known of it."""
        library = self._state.library(library_id)
        folder = self._checked(path, library.kind)
        with self._state.transaction():
            added = self._add_folder(actor, library, folder, is_read_only=is_read_only)
        return self._folder_view(added.id)

    def set_read_only(self, actor: Identity, folder_id: str, *, is_read_only: bool) -> FolderView:
        """Whether anything in a folder may be changed. Raises ``NotFound``, and ``Conflict`` for a built-in one."""
        folder = self._elsewhere(folder_id)
        with self._state.transaction():
            self._state.set_folder_read_only(folder.id, is_read_only=is_read_only)
            self._state.record_audit(actor.user.username, "change_folder", folder.id, folder.path)
        return self._folder_view(folder_id)

    def remove_folder(self, actor: Identity, folder_id: str) -> None:
        """Take a folder out of its library: its files stay, its items are hidden until it comes back. Raises alike."""
        folder = self._elsewhere(folder_id)
        with self._state.transaction():
            self._state.remove_folder(folder.id)
            self._state.miss_folder(folder.id)
            self._state.record_audit(actor.user.username, "remove_folder", folder.id, folder.path)

    def restore_folder(self, actor: Identity, folder_id: str) -> FolderView:
        """Take a folder back into its library. Raises alike, and ``InvalidInput`` if it must not be one any more."""
        folder = self._elsewhere(folder_id)
        if folder.removed_at is not None:
            with self._state.transaction():
                self._come_back(folder)
                self._state.record_audit(actor.user.username, "restore_folder", folder.id, folder.path)
            self._queue_scan((folder.id,), f"Look through {folder.path}", requested_by=actor.user.id)
        return self._folder_view(folder_id)

    def choices(self, path: str | None) -> FolderChoices:
        """The folders in a folder. Raises ``InvalidInput`` for one that cannot be read or is none of anybody's."""
        try:
            folder = Path(path or "/").resolve(strict=True)
            if path is not None and (not path.startswith("/") or not may_be_shown(folder, self._settings)):
                raise InvalidInput("This folder cannot be chosen.", "path")
            found = self._patience.ask(str(folder), lambda: _folders_in(folder))
        except (OSError, RuntimeError, ValueError, StorageError) as error:
            raise InvalidInput(f"{path} cannot be read: {_reason(error)}. Choose another folder.", "path") from error
        shown = tuple(one for one in found if may_be_shown(one, self._settings))
        return FolderChoices(folder, None if folder == folder.parent else folder.parent, shown)

    def problems(self, viewer: Viewer, library_id: str, limit: int, after: int) -> ProblemPage:
        """The files of a library that could not be taken in, from a row number on. Raises ``NotFound``."""
        self._require_granted(viewer, library_id)
        return self._state.file_problems(library_id, limit, after)

    def scan(self, viewer: Viewer, library_id: str | None, folder_id: str | None, *, full: bool) -> Job:
        """Look through everything, or a library, or a folder. Raises ``NotFound``, and ``StorageError`` when offline.

        What is being looked through already is the answer. ``full`` looks into every file again.
        """
        if library_id is not None:
            self._require_granted(viewer, library_id)
        places = self._media_root.folders()
        if folder_id is not None:
            self._require_granted(viewer, self._state.library_folder(folder_id).library_id)
        title = "Look through the libraries"
        if library_id is not None:
            title = f"Look through {self._state.library(library_id).name}"
            places = [place for place in places if place.folder.library_id == library_id]
        if folder_id is not None:
            folder = self._state.library_folder(folder_id)
            title = f"Look through {folder.path}"
            places = [place for place in places if place.folder.id == folder_id]
        if not places:
            raise NotFound("There is no such library folder.")
        problems = [self._places.look(place) for place in places]
        if all(problem is not None for problem in problems):
            raise StorageError(problems[0] or "")
        is_all = library_id is None and folder_id is None
        return self._queue_scan(() if is_all else tuple(_ids(places)), title, full=full, requested_by=viewer.user_id)

    def forget_missing(self, actor: Identity, media_id: str) -> None:
        """Forget an item whose file is gone, and everybody's history of it. Raises ``NotFound``."""
        media = self._state.media(media_id)
        if media.missing_since is None:
            raise NotFound("This item is not missing.")
        with self._state.transaction():
            self._state.forget_files(file.id for file in self._state.files_of_media(media_id))
            self._state.remove_scanned_media([media_id])
            self._state.record_audit(actor.user.username, "forget_media", media_id, media.names.title)

    def _require_granted(self, viewer: Viewer, library_id: str) -> None:
        """Raise ``NotFound`` for a library that is not there, or that the viewer must not know of."""
        self._state.library(library_id)
        if viewer.library_ids is not None and library_id not in viewer.library_ids:
            raise NotFound("There is no such library.")

    def _checked(self, path: str, kind: LibraryKind) -> Path:
        if kind in _NOT_ELSEWHERE:
            raise InvalidInput("Articles are kept by the program itself. Choose another kind.", "kind")
        roots = [self._media_root.folder, *(place.path for place in self._media_root.folders())]
        try:
            return checked_root(path, self._settings, roots)
        except ValueError as error:
            raise InvalidInput("This is no path of a folder.", "path") from error

    def _add_folder(self, actor: Identity, library: Library, folder: Path, *, is_read_only: bool) -> LibraryFolder:
        try:
            identity = self._places.identify(folder, is_read_only=is_read_only)
        except OSError as error:
            raise InvalidInput(f"{folder} cannot be read: {error.strerror}.", "path") from error
        before = next((one for one in self._state.list_folders(removed=True) if one.path == str(folder)), None)
        added = self._state.add_folder(library.id, str(folder), is_read_only=is_read_only, identity=identity)
        if before is not None:
            self._state.give_folder_media(added.id, library.id)
            self._state.find_folder(added.id)
        self._state.record_audit(actor.user.username, "add_folder", added.id, added.path)
        self._queue_scan((added.id,), f"Look through {folder.name or folder}", requested_by=actor.user.id)
        return added

    def _come_back(self, folder: LibraryFolder) -> None:
        roots = [self._media_root.folder, *(place.path for place in self._media_root.folders())]
        try:
            checked_root(folder.path, self._settings, roots)
        except InvalidInput:
            if Path(folder.path).exists():
                raise  # one that is not there now comes back as one that is offline
        self._state.restore_folder(folder.id)
        self._state.find_folder(folder.id)

    def _elsewhere(self, folder_id: str) -> LibraryFolder:
        folder = self._state.library_folder(folder_id)
        if folder.is_built_in:
            raise Conflict("This folder belongs to the media folder of the program. Only its content can be changed.")
        return folder

    def _folder_view(self, folder_id: str) -> FolderView:
        folder = self._state.library_folder(folder_id)
        counts = self._state.file_counts().get(folder_id, _NO_FILES)
        return FolderView(folder, self._media_root.folder / folder.path, counts)

    def _queue_scan(
        self, folder_ids: tuple[str, ...], title: str, *, full: bool = False, requested_by: str | None = None
    ) -> Job:
        origin = f"scan:{'full' if full else 'new'}:{','.join(sorted(folder_ids))}"
        return self._state.queue_content(
            ScanOrder(folder_ids, full), title=title, origin=origin, requested_by=requested_by
        )


def _ids(places: Sequence[FolderPlace]) -> list[str]:
    return [place.folder.id for place in places]


def _named(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned:
        raise InvalidInput("A library needs a name.", "name")
    return cleaned


def _folders_in(folder: Path) -> tuple[Path, ...]:
    names: list[str] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if len(names) >= _MOST_CHOICES:
                break
            if entry.is_dir(follow_symlinks=False) and not is_passed_over(entry.name) and entry.name.isprintable():
                names.append(entry.name)
    return tuple(folder / name for name in sorted(names, key=str.casefold))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return error.strerror or "it is not there"
    return str(error).rstrip(".") or "it is no folder"
