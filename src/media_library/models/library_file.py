"""A file in a library folder, as the last scan saw it."""

from dataclasses import dataclass, field
from enum import StrEnum

from media_library.models.media import Streams


class FileRole(StrEnum):
    """What a file is there for.

    ``MAIN`` is what an item plays, ``VERSION`` another one of the same film, ``PART`` the second and later of several
    that follow each other, ``EXTRA`` a trailer or the like.
    """

    MAIN = "main"
    VERSION = "version"
    PART = "part"
    EXTRA = "extra"
    SUBTITLE = "subtitle"
    ARTWORK = "artwork"
    NFO = "nfo"
    LYRICS = "lyrics"
    SAMPLE = "sample"
    OTHER = "other"


class FileState(StrEnum):
    """How far a file is: seen, looked into, not readable, still being written, gone."""

    NEW = "new"
    READY = "ready"
    FAILED = "failed"
    GROWING = "growing"
    MISSING = "missing"


PLAYABLE = frozenset({FileRole.MAIN, FileRole.VERSION, FileRole.PART, FileRole.EXTRA})
"""What is looked into."""


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file. ``path`` is a path in the library; ``reason`` says in a sentence why it could not be taken in.

    ``media_id`` is the item that it belongs to, ``label`` names a version ("1080p") or says what an extra or a picture
    is ("trailer", "poster"), ``position`` counts parts from 1, ``language`` is an ISO 639-2/T code, ``flags`` are those
    of subtitles ("forced", "sdh"). ``digest`` stands for the content, ``None`` until it was read. Times are
    milliseconds.
    """

    id: str
    folder_id: str
    path: str
    size_bytes: int
    mtime_ns: int
    inode: int
    role: FileRole
    state: FileState
    reason: str | None = None
    media_id: str | None = None
    label: str | None = None
    position: int | None = None
    language: str | None = None
    flags: tuple[str, ...] = ()
    container: str = ""
    duration_ms: int = 0
    streams: Streams = field(default_factory=Streams)
    digest: str | None = None
    seen_at: int = 0
    changed_at: int = 0
