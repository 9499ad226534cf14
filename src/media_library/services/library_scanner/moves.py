"""Finds out which of the new files are ones that were elsewhere before, so that their items stay what they are."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from media_library.app_state import AppState
from media_library.models.library import FolderPlace, Library, stored_path
from media_library.models.library_file import PLAYABLE, FileRole, FileState, LibraryFile
from media_library.repositories.file_repo import KnownFile
from media_library.repositories.media_repo import MovedMedia
from media_library.services.library_scanner.comparison import FolderChange, Identity, Known, Place, matched_moves
from media_library.services.library_scanner.entering import Entering

_BATCH = 400
_MOST_DIGESTS = 2_000
_TEXTS = frozenset({FileRole.SUBTITLE, FileRole.LYRICS, FileRole.SAMPLE, FileRole.OTHER})

Digests = Callable[[Sequence[tuple[Place, PurePosixPath]]], dict[Place, str]]
"""Reads the digests of files at absolute paths."""


@dataclass(slots=True)
class Walked:
    """A folder that was walked through: what changed in it and what went."""

    place: FolderPlace
    library: Library
    entering: Entering
    changes: list[FolderChange] = field(default_factory=list)
    vanished: Known = field(default_factory=dict)


class Moves:
    """What went and what came, put together."""

    def __init__(self, state: AppState, digests: Digests, places: Callable[[], list[FolderPlace]]) -> None:
        """``places`` tells all library folders."""
        self._state = state
        self._digests = digests
        self._places = places

    def settle(self, walked: Sequence[Walked]) -> int:
        """Note what moved, changed and came back, and leave in ``walked`` what is really new or gone.

        Returns how many moved.
        """
        left: dict[int, Identity] = {}
        arrived: dict[Place, Identity] = {}
        kept: dict[Place, int] = {}
        for index, one in enumerate(walked):
            for file in one.vanished.values():
                left[file.rid] = _identity_of(file)
            for change in one.changes:
                for name in change.new:
                    found = change.files[name]
                    if found.reason is None:
                        arrived[index, change.path(name)] = Identity(found.inode, found.size_bytes, found.mtime_ns)
                for name, before in change.changed.items():
                    found = change.files[name]
                    arrived[index, change.path(name)] = Identity(found.inode, found.size_bytes, found.mtime_ns)
                    kept[index, change.path(name)] = before.rid
                    left[before.rid] = _identity_of(before)
        missing = {} if not arrived else self._state.missing_identities()
        left.update((rid, Identity(*facts)) for rid, facts in missing.items() if rid not in left)
        left |= self._gone_elsewhere(walked, arrived, left)
        moves = matched_moves(arrived, left, kept)
        moves |= self._moves_by_digest(walked, arrived, left, kept, moves)
        self._note_moves(walked, moves)
        self._note_changes(walked, moves)
        return len(moves)

    def _gone_elsewhere(
        self, walked: Sequence[Walked], arrived: dict[Place, Identity], left: dict[int, Identity]
    ) -> dict[int, Identity]:
        """Files that are thought to be in folders that were not walked through, and are not there any more."""
        done = {one.place.folder.id for one in walked}
        roots = {place.folder.id: place for place in self._places() if place.folder.id not in done}
        gone: dict[int, Identity] = {}
        identities = list(arrived.values()) if roots else []
        for first in range(0, len(identities), _BATCH):
            for rid, file in self._state.files_like(identities[first : first + _BATCH]):
                place = roots.get(file.folder_id)
                if place is None or not place.folder.is_online or rid in left:
                    continue
                start = len(stored_path(place.folder, ""))
                if not os.path.lexists(place.path / file.path[start:]) and place.path.is_dir():
                    gone[rid] = Identity(file.inode, file.size_bytes, file.mtime_ns)
        return gone

    def _moves_by_digest(
        self,
        walked: Sequence[Walked],
        arrived: dict[Place, Identity],
        left: dict[int, Identity],
        kept: dict[Place, int],
        moves: dict[Place, int],
    ) -> dict[Place, int]:
        """Files that went to another drive have another inode there, and maybe another time, but the same content."""
        gone = {rid: left[rid].size_bytes for rid in left.keys() - set(moves.values()) - set(kept.values())}
        sizes = {size for size in gone.values() if size}
        candidates = [place for place, found in arrived.items() if found.size_bytes in sizes and place not in moves]
        candidates = [place for place in candidates if place not in kept][:_MOST_DIGESTS]
        if not candidates:
            return {}
        known: dict[tuple[int, str], list[LibraryFile]] = {}
        rows: dict[str, int] = {}
        for rid, file in self._state.files_with_rows(gone):
            if file.digest is not None:
                known.setdefault((file.size_bytes, file.digest), []).append(file)
                rows[file.id] = rid
        if not known:
            return {}
        asked = [(place, PurePosixPath(walked[place[0]].place.path, place[1])) for place in candidates]
        found = {}
        for place, digest in sorted(self._digests(asked).items()):
            same = known.get((arrived[place].size_bytes, digest), [])
            if same:
                name = PurePosixPath(place[1]).name
                best = max(same, key=lambda file: PurePosixPath(file.path).name == name)
                same.remove(best)
                found[place] = rows[best.id]
        return found

    def _note_moves(self, walked: Sequence[Walked], moves: dict[Place, int]) -> None:
        """Write down what moved, and take it out of what is new, changed and gone."""
        if not moves:
            return
        files = dict(self._state.files_with_rows(moves.values()))
        found = {
            (index, change.path(name)): (walked[index], change, name)
            for index, one in enumerate(walked)
            for change in one.changes
            for name in (*change.new, *change.changed)
            if (index, change.path(name)) in moves
        }
        with self._state.transaction():
            self._state.free_file_paths(file.id for file in files.values())
            moved = []
            for place, rid in moves.items():
                one, change, name = found[place]
                file, walked_file = files[rid], change.files[name]
                path = stored_path(one.place.folder, place[1])
                state = self._state_after_move(file)
                self._state.move_file(
                    file.id,
                    one.place.folder.id,
                    path,
                    mtime_ns=walked_file.mtime_ns,
                    inode=walked_file.inode,
                    state=state,
                )
                if file.media_id is not None and file.role in (FileRole.MAIN, FileRole.EXTRA):
                    moved.append(
                        MovedMedia(file.media_id, one.library.id, path, walked_file.mtime_ns, walked_file.inode)
                    )
                if name in change.new:
                    change.new.remove(name)
                change.changed.pop(name, None)
            for first in range(0, len(moved), _BATCH):
                self._state.move_scanned_media(moved[first : first + _BATCH])
        gone = set(moves.values())
        for one in walked:
            one.vanished = {path: file for path, file in one.vanished.items() if file.rid not in gone}
            for change in one.changes:
                # a file whose own went elsewhere makes room for one that nobody knows
                for name in [name for name, before in change.changed.items() if before.rid in gone]:
                    del change.changed[name]
                    change.new.append(name)

    def _state_after_move(self, file: LibraryFile) -> FileState:
        """One that nobody recognised by its old name may be recognised by the new one."""
        if file.role is not FileRole.MAIN or file.state is FileState.FAILED:
            return FileState.NEW if file.role in PLAYABLE else FileState.READY
        is_known = file.media_id is not None and self._state.is_media_settled(file.media_id)
        return FileState.READY if is_known and file.digest is not None else FileState.NEW

    def _note_changes(self, walked: Sequence[Walked], moves: dict[Place, int]) -> None:
        """Files with another content are looked into anew; those that are there again are listed again."""
        for one in walked:
            for change in one.changes:
                if change.changed:
                    self._note_changed(change)
                if change.unsettled:
                    self._state.note_growing(change.unsettled)
                if change.returned:
                    files = self._state.files_by_row(change.returned)
                    with self._state.transaction():
                        self._state.find_files(file.id for file in files)
                        self._state.find_media(file.media_id for file in files if file.media_id is not None)

    def _note_changed(self, change: FolderChange) -> None:
        rows = {file.rid: name for name, file in change.changed.items()}
        with self._state.transaction():
            for rid, file in self._state.files_with_rows(rows):
                name = rows[rid]
                found = change.files[name]
                if file.media_id is None and (file.role in PLAYABLE or file.state is FileState.FAILED):
                    change.new.append(name)  # what could not be taken in may be better now
                    continue
                state = FileState.READY if file.role in _TEXTS else FileState.NEW
                self._state.change_file(
                    file.id, size_bytes=found.size_bytes, mtime_ns=found.mtime_ns, inode=found.inode, state=state
                )
                if file.media_id is not None and file.state is FileState.MISSING:
                    self._state.find_media([file.media_id])


def _identity_of(file: KnownFile) -> Identity:
    return Identity(file.inode, file.size_bytes, file.mtime_ns)
