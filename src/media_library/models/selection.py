"""What somebody chose to do something with, all at once, and what became of it."""

from dataclasses import dataclass

from media_library.models.media import MediaType
from media_library.models.playback import PlaybackProgress


@dataclass(frozen=True, slots=True)
class Selection:
    """Media items by their ids, and shows, albums and channels by their keys, which stand for all that is in them."""

    ids: tuple[str, ...] = ()
    shows: tuple[str, ...] = ()
    albums: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SelectedMedia:
    """An item that was selected and may be seen by who selected it. ``work_key`` is that of its film, show or album."""

    id: str
    media_type: MediaType
    title: str
    duration_ms: int
    work_key: str | None


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked as seen or not seen, and how it was before: where a person stopped, or had not begun."""

    count: int
    before: tuple[PlaybackProgress, ...]
    fresh: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """One of several for which it did not work, and why, in a sentence."""

    id: str
    message: str


@dataclass(frozen=True, slots=True)
class Moved:
    """What was put into the bin or brought back, and what could not be."""

    ids: tuple[str, ...]
    failed: tuple[Failure, ...]
