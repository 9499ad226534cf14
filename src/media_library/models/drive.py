"""A drive and the medium in it, as the operating system tells it."""

from dataclasses import dataclass
from enum import StrEnum


class DriveKind(StrEnum):
    """Who tells us about the drive."""

    MACOS = "macos"
    LINUX = "linux"
    IMAGE = "image"


class DriveState(StrEnum):
    """What a drive is doing."""

    EMPTY = "empty"
    READING = "reading"
    READY = "ready"
    UNREADABLE = "unreadable"


class DiscKind(StrEnum):
    """What a disc is, judged by the medium and by its structure."""

    DVD = "dvd"
    BLURAY = "bluray"
    AUDIO_CD = "audio_cd"
    DATA = "data"
    BLANK = "blank"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Medium:
    """A medium in a drive.

    ``source`` is the path that is handed to the ripping tools: an image file, a folder, a mount point or a device
    node; ``None`` while the system has not mounted it yet. ``version`` changes whenever another medium (or another
    version of an image) is there, so that an unchanged medium is not examined again.
    """

    kind: DiscKind
    label: str
    source: str | None
    size_bytes: int
    version: str


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive with or without a medium. ``id`` stays the same while the drive is connected."""

    id: str
    kind: DriveKind
    name: str
    medium: Medium | None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class DriveStatus:
    """What is remembered of a drive for showing it: the row of table ``drives``."""

    id: str
    kind: DriveKind
    name: str
    state: DriveState
    message: str | None
    disc_id: str | None
    source: str | None
    updated_at: int
