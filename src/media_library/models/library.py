"""The parts of the collection, such as the films, and the folders in which they lie."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

_MARK = "@"


class LibraryKind(StrEnum):
    """What a library holds; ``MIXED`` holds everything, told apart by what the files are."""

    MOVIES = "movies"
    SHOWS = "shows"
    MUSIC = "music"
    VIDEOS = "videos"
    PODCASTS = "podcasts"
    ARTICLES = "articles"
    BOOKS = "books"
    HOME = "home"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Library:
    """A library. The primary one of a kind gets what arrives; its ``folder`` is relative to ``MEDIA_ROOT``.

    Any other has no such folder (""), only folders that somebody pointed at.
    """

    id: str
    kind: LibraryKind
    name: str
    folder: str
    is_primary: bool = True


@dataclass(frozen=True, slots=True)
class LibraryFolder:
    """A folder of a library. ``path`` is relative to ``MEDIA_ROOT`` for the built-in ones, else absolute.

    ``identity`` tells a folder from another one mounted at its place; ``problem`` says why it is not online. In a
    read-only folder nothing is ever changed. Times are milliseconds.
    """

    id: str
    library_id: str
    path: str
    is_read_only: bool
    identity: str | None
    is_online: bool
    problem: str | None
    scanned_at: int | None
    added_at: int
    removed_at: int | None

    @property
    def is_built_in(self) -> bool:
        """Whether it lies below ``MEDIA_ROOT``."""
        return not self.path.startswith("/")


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A library folder and where it is on this machine, there or not."""

    folder: LibraryFolder
    path: Path


@dataclass(frozen=True, slots=True)
class Destination:
    """Where something new goes: a library, and the stored path of the folder in which it keeps what arrives."""

    library: Library
    folder: str


def folder_of(stored: str) -> str | None:
    """The id of the library folder beyond ``MEDIA_ROOT`` that a stored path leads into, ``None`` for ``MEDIA_ROOT``."""
    return stored[1:].partition("/")[0] if stored.startswith(_MARK) else None


def stored_path(folder: LibraryFolder, below: str) -> str:
    """The path that the library keeps of what lies at ``below`` in a folder."""
    return f"{folder.path}/{below}" if folder.is_built_in else f"{elsewhere(folder.id)}/{below}"


def elsewhere(folder_id: str) -> str:
    """The stored path of a library folder beyond ``MEDIA_ROOT``."""
    return f"{_MARK}{folder_id}"


def below_folder(stored: str) -> str:
    """The part of a stored path below its library folder beyond ``MEDIA_ROOT``, or the whole path."""
    return stored.partition("/")[2] if stored.startswith(_MARK) else stored
