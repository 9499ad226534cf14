"""Compares what lies on the disk with what a folder held before: what is new, changed, moved, gone or growing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from media_library.adapters.file_walk import Listing, WalkedFile
from media_library.models.library_file import PLAYABLE, FileState
from media_library.repositories.file_repo import KnownFile

_SKEWED_NS = -2_000_000_000


class Identity(NamedTuple):
    """By what a file is recognised when it lies elsewhere."""

    inode: int
    size_bytes: int
    mtime_ns: int


@dataclass(slots=True)
class FolderChange:
    """A folder in which something is not as it was. ``files`` are all that lie in it, by name.

    ``new`` and ``changed`` are names among them (``changed`` with what was known), ``growing`` are new ones that are
    being written to. ``unsettled`` are the row numbers of known ones to which that happens, ``returned`` those of files
    that were missing and are there as they were.
    """

    folder: str
    files: dict[str, WalkedFile]
    new: list[str] = field(default_factory=list)
    changed: dict[str, KnownFile] = field(default_factory=dict)
    growing: list[str] = field(default_factory=list)
    unsettled: list[int] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)

    def path(self, name: str) -> str:
        """The path of a file below the library folder; that of the folder for an empty name."""
        return below(self.folder, name)


Known: TypeAlias = dict[str, KnownFile]


class Comparison:
    """One walk through a folder, compared with its known files by path, which are used up by it."""

    def __init__(self, known: Known, *, now_ns: int, settle_ns: int, knows_all: bool = False) -> None:
        """A file that changed less than ``settle_ns`` ago is still being written to.

        ``knows_all``: nothing is taken in that is not known, only what is known is looked after.
        """
        self._known = known
        self._now_ns = now_ns
        self._settle_ns = settle_ns
        self._knows_all = knows_all
        self._parts: list[WalkedFile] = []
        self._unreadable: list[str] = []
        self._identities: frozenset[Identity] | None = None
        self._displaced: set[Identity] = set()
        self.count = 0

    def changes(self, listings: Iterable[Listing]) -> Iterator[FolderChange]:
        """Compare; yields the folders in which anything is not as it was."""
        for listing in listings:
            self._parts += listing.files
            if not listing.is_readable:
                self._unreadable.append(listing.folder)
            if listing.is_last:
                files, self._parts = self._parts, []
                self.count += len(files)
                change = self._compare(listing.folder, files)
                if change is not None:
                    yield change

    def vanished(self) -> Known:
        """What was there before and is not any more; nothing is said of what lies in unreadable folders."""
        gone = {path: file for path, file in self._known.items() if file.state is not FileState.MISSING}
        for folder in self._unreadable:
            gone = {path: file for path, file in gone.items() if not is_within(path, folder)}
        return gone

    def _compare(self, folder: str, files: list[WalkedFile]) -> FolderChange | None:
        prefix = f"{folder}/" if folder else ""
        known, found = self._known, FolderChange(folder, {})
        for file in files:
            path = prefix + file.name if file.name else folder
            before = known.pop(path, None)
            if before is None:
                if not self._knows_all:
                    is_growing = self._is_growing(file, None) and not self._is_renamed(file)
                    (found.growing if is_growing else found.new).append(file.name)
            elif before.state is FileState.GROWING and before.role not in PLAYABLE:
                if not self._is_growing(file, before):
                    found.new.append(file.name)
                elif (file.size_bytes, file.mtime_ns) != (before.size_bytes, before.mtime_ns):
                    found.growing.append(file.name)
            elif before.state is not FileState.GROWING and _identity(file) == _identity(before):
                if before.state is FileState.MISSING:
                    found.returned.append(before.rid)
            else:
                self._displaced.add(_identity(before))
                if self._is_growing(file, before) and not self._is_renamed(file):
                    if before.state is not FileState.GROWING:
                        found.unsettled.append(before.rid)
                else:
                    found.changed[file.name] = before
        if not (found.new or found.changed or found.growing or found.returned or found.unsettled):
            return None
        found.files = {file.name: file for file in files}
        return found

    def _is_renamed(self, file: WalkedFile) -> bool:
        """Whether a whole file that is known was given another path: a rename changes its inode too, but no content."""
        if self._identities is None:
            known = (file for file in self._known.values() if file.state is not FileState.GROWING)
            self._identities = frozenset(map(_identity, known))
        return _identity(file) in self._identities or _identity(file) in self._displaced

    def _is_growing(self, file: WalkedFile, before: KnownFile | None) -> bool:
        if file.reason is not None or not file.changed_ns:
            return False
        age = self._now_ns - file.changed_ns
        if age < _SKEWED_NS:  # a server with another clock: then two looks that are alike have to do
            return before is None or (file.size_bytes, file.mtime_ns) != (before.size_bytes, before.mtime_ns)
        return age < self._settle_ns


def _identity(file: WalkedFile | KnownFile) -> Identity:
    return Identity(file.inode, file.size_bytes, file.mtime_ns)


def below(folder: str, name: str) -> str:
    """The path of something in a folder."""
    return f"{folder}/{name}" if folder and name else folder or name


def is_within(path: str, folder: str) -> bool:
    """Whether a path is that of a folder or leads into it; "" is the root."""
    return not folder or path == folder or path.startswith(f"{folder}/")


Place: TypeAlias = tuple[int, str]
"""A path below one of several folders, which are counted."""


def matched_moves(
    arrived: Mapping[Place, Identity], left: Mapping[int, Identity], kept: Mapping[Place, int]
) -> dict[Place, int]:
    """Which of the files that left (by row number) arrived where.

    ``kept`` are the places that had another file before, with its row number: that file stays the item of its place
    unless it, too, arrived somewhere else. So a file that is replaced in place keeps its item, and files that exchange
    their names keep theirs.
    """
    rows: dict[Identity, list[int]] = defaultdict(list)
    for rid, identity in left.items():
        rows[identity].append(rid)
    moves: dict[Place, int] = {}
    for place, identity in arrived.items():
        if identity.size_bytes and rows.get(identity):
            moves[place] = rows[identity].pop(0)
    while True:
        moved = set(moves.values())
        wrong = [place for place in moves if place in kept and kept[place] not in moved]
        if not wrong:
            return moves
        for place in wrong:
            del moves[place]
