"""Takes the files of a folder in: which is an item, which belongs to one, which cannot be taken in and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from media_library.adapters.file_walk import WalkedFile
from media_library.app_state import AppState
from media_library.models.library import FolderPlace, Library, LibraryKind, stored_path
from media_library.models.library_file import FileRole, FileState, LibraryFile
from media_library.models.media import MediaFile, MediaType, NewMedia
from media_library.repositories.base import new_id, now_ms
from media_library.services.file_roles import Listing, RoleOf, roles_of
from media_library.services.library_scanner.comparison import FolderChange, is_within
from media_library.services.library_scanner.names import names_of, published_at
from media_library.services.name_reading import quick_reading

_BATCH = 400
_MOST_AT_ONCE = 2_000
_MOST_MAINS = 200
_ORDER = {FileRole.MAIN: 0, FileRole.VERSION: 1, FileRole.PART: 2, FileRole.EXTRA: 3}
_NEEDS_LOOK = frozenset({*_ORDER, FileRole.ARTWORK, FileRole.NFO})
_IN_THE_BIN = "An item in the bin has its place here. Restore it or empty the bin."


@dataclass(frozen=True, slots=True)
class _Main:
    """A main file that others may belong to."""

    media_id: str
    stem: str
    media_type: MediaType


class Entering:
    """The way of files of one library folder into the state, in batches. ``flush`` comes last."""

    def __init__(self, state: AppState, place: FolderPlace, library: Library, *, is_first: bool) -> None:
        """``is_first``: nothing of this folder was known before."""
        self._state = state
        self._folder = place.folder
        self._library = library
        self._is_first = is_first
        self._above: dict[str, dict[str, _Main]] = {}
        self._files: list[LibraryFile] = []
        self._media: dict[str, NewMedia] = {}
        self._refused: set[str] = set()
        self.added = 0

    def enter(self, change: FolderChange) -> None:
        """Take in what is new in a folder, folders before those in them."""
        self._above = {folder: mains for folder, mains in self._above.items() if is_within(change.folder, folder)}
        if not self._is_first:
            self.flush()  # what belongs together may lie in folders that were entered just now
        mains = self._known_mains(change)
        self._above[change.folder] = mains
        roles = self._roles(change)
        joined = {its.main: mains[name] for name, its in roles.items() if its.main is not None and name in mains}
        for name in change.growing:
            self._note(change, name, RoleOf(name, FileRole.OTHER), FileState.GROWING)
        for name in sorted(change.new, key=lambda name: (_ORDER.get(roles[name].role, 9), name)):
            if (reason := change.files[name].reason) is not None:
                self._note(change, name, RoleOf(name, FileRole.OTHER), FileState.FAILED, reason=reason)
            else:
                self._enter(change, roles[name], joined, mains)
        if len(self._media) + len(self._files) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what was taken in so far."""
        for first in range(0, len(self._files), _BATCH):
            files = self._files[first : first + _BATCH]
            media = [(owner, self._media.pop(owner)) for file in files if (owner := file.media_id or "") in self._media]
            with self._state.transaction():
                added = self._state.add_scanned_media(media)
                self._refused |= {media_id for media_id, _ in media} - added
                self._state.add_files([self._without_refused(file) for file in files])
            self.added += len(added)
        self._files, self._media = [], {}

    def _enter(self, change: FolderChange, role: RoleOf, joined: dict[str, _Main], mains: dict[str, _Main]) -> None:
        match role.role:
            case FileRole.MAIN:
                if (
                    one := joined.get(role.name)
                ) is not None:  # the better version came later: the item stays the one that it was
                    self._note(change, role.name, replace(role, role=FileRole.VERSION), FileState.NEW, one.media_id)
                else:
                    self._add_main(change, role, mains)
            case FileRole.VERSION | FileRole.PART:
                main = mains.get(role.main or "")
                if main is None:
                    self._add_main(change, role, mains)
                else:
                    self._note(change, role.name, role, FileState.NEW, main.media_id)
            case FileRole.EXTRA:
                self._add_extra(change, role, self._owner(role, mains))
            case _:
                owner = self._owner(role, mains)
                state = FileState.NEW if role.role in _NEEDS_LOOK else FileState.READY
                self._note(change, role.name, role, state, None if owner is None else owner.media_id)

    def _add_main(self, change: FolderChange, role: RoleOf, mains: dict[str, _Main]) -> None:
        path = PurePosixPath(change.path(role.name))
        reading = quick_reading(path, self._library.kind)
        new = NewMedia(
            reading.media_type,
            self._library.id,
            names_of(reading, path),
            self._media_file(change, role.name),
            published_at=published_at(reading),
        )
        media_id = self._add(new)
        mains[role.name] = _Main(media_id, path.stem.lower(), reading.media_type)
        self._note(change, role.name, replace(role, role=FileRole.MAIN), FileState.NEW, media_id)

    def _add_extra(self, change: FolderChange, role: RoleOf, owner: _Main | None) -> None:
        path = PurePosixPath(change.path(role.name))
        reading = quick_reading(path, LibraryKind.HOME)  # an extra is called as its file is, whatever that looks like
        names = names_of(replace(reading, media_type=MediaType.EXTRA), path)
        if owner is not None and path.stem.lower().startswith(owner.stem):
            names = replace(names, title=(role.extra_kind or "extra").capitalize())
        is_of_film = owner is not None and owner.media_type is MediaType.MOVIE
        if not is_of_film:
            show = quick_reading(path, self._library.kind).show_title or (path.parts[0] if path.parts[1:] else None)
            names = replace(names, show_title=show)
        new = NewMedia(
            MediaType.EXTRA,
            self._library.id,
            names,
            self._media_file(change, role.name),
            parent_id=owner.media_id if owner is not None and is_of_film else None,
            extra_kind=role.extra_kind or "extra",
        )
        self._note(change, role.name, replace(role, label=role.extra_kind), FileState.NEW, self._add(new))

    def _add(self, new: NewMedia) -> str:
        media_id = new_id()
        self._media[media_id] = new
        return media_id

    def _note(
        self,
        change: FolderChange,
        name: str,
        role: RoleOf,
        state: FileState,
        media_id: str | None = None,
        *,
        reason: str | None = None,
    ) -> None:
        walked = change.files[name]
        now = now_ms()
        self._files.append(
            LibraryFile(
                id=new_id(),
                folder_id=self._folder.id,
                path=stored_path(self._folder, change.path(name)),
                size_bytes=walked.size_bytes,
                mtime_ns=walked.mtime_ns,
                inode=walked.inode,
                role=role.role,
                state=state,
                reason=reason,
                media_id=media_id,
                label=role.artwork or role.label,
                position=role.position if role.season is None else role.season,
                language=role.language,
                flags=_flags(role),
                container=_suffix(name),
                seen_at=now,
                changed_at=now,
            )
        )

    def _without_refused(self, file: LibraryFile) -> LibraryFile:
        """A file without an item that could not be added, because its place is taken."""
        if file.media_id not in self._refused:
            return file
        if file.role in _ORDER:
            return replace(file, media_id=None, state=FileState.FAILED, reason=_IN_THE_BIN)
        return replace(file, media_id=None)

    def _media_file(self, change: FolderChange, name: str) -> MediaFile:
        walked: WalkedFile = change.files[name]
        path = stored_path(self._folder, change.path(name))
        return MediaFile(path, walked.size_bytes, walked.mtime_ns, walked.inode, _suffix(name), 0)

    def _roles(self, change: FolderChange) -> dict[str, RoleOf]:
        """The roles of all files of a folder; of a huge one in parts, for nobody keeps a film's files apart there."""
        files = sorted((name, file.size_bytes) for name, file in change.files.items() if name)
        folder = PurePosixPath(change.folder or ".")
        roles: dict[str, RoleOf] = {"": RoleOf("", FileRole.OTHER)}
        for first in range(0, len(files), _MOST_AT_ONCE):
            found = roles_of(Listing(folder, tuple(files[first : first + _MOST_AT_ONCE])), self._library.kind)
            roles.update((role.name, role) for role in found)
        return roles

    def _owner(self, role: RoleOf, mains: dict[str, _Main]) -> _Main | None:
        """The item that something belongs to: one in its folder, or the one of the folder that it names."""
        if role.main is not None:
            return mains.get(role.main)
        if role.owner is None:
            return None
        there = self._mains_of("" if str(role.owner) == "." else str(role.owner))
        named = [main for main in there if role.main_stem is not None and main.stem == role.main_stem]
        candidates = named or there
        return candidates[0] if len(candidates) == 1 else None

    def _mains_of(self, folder: str) -> list[_Main]:
        if folder not in self._above:
            found: dict[str, _Main] = {}
            if not self._is_first:
                prefix = stored_path(self._folder, folder).rstrip("/")
                found = self._with_types(self._state.mains_in(prefix, _MOST_MAINS))
            self._above[folder] = found
        return list(self._above[folder].values())

    def _known_mains(self, change: FolderChange) -> dict[str, _Main]:
        if self._is_first:
            return {}
        known = [name for name in change.files if name and name not in change.new]
        paths = [stored_path(self._folder, change.path(name)) for name in known[:_MOST_AT_ONCE]]
        return self._with_types(file for file in self._state.files_at(paths) if file.role is FileRole.MAIN)

    def _with_types(self, files: Iterable[LibraryFile]) -> dict[str, _Main]:
        owned = [(file, file.media_id) for file in files if file.media_id is not None]
        media = self._state.media_with_ids(media_id for _, media_id in owned)
        found = {}
        for file, media_id in owned:
            if media_id in media:
                path = PurePosixPath(file.path)
                found[path.name] = _Main(media_id, path.stem.lower(), media[media_id].media_type)
        return found


def _flags(role: RoleOf) -> tuple[str, ...]:
    marks = (("forced", role.is_forced), ("sdh", role.is_sdh), ("default", role.is_default))
    return tuple(name for name, is_set in marks if is_set)


def _suffix(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower().removeprefix(".")
    return suffix if suffix.isascii() and suffix.isalnum() and len(suffix) <= 8 else ""
