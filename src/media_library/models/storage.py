"""What takes the room: slices of the library, the volumes that it lies on, and how long their room will do."""

from dataclasses import dataclass
from enum import StrEnum


class Age(StrEnum):
    """When an item was last watched, heard or read, by anybody."""

    MONTH = "month"
    YEAR = "year"
    EARLIER = "earlier"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of the library: ``key`` is what its items have in common, empty when that is not known."""

    key: str
    size_bytes: int
    count: int
    name: str | None = None


@dataclass(frozen=True, slots=True)
class LargeItem:
    """An item and the room that its file takes."""

    media_id: str
    media_type: str
    title: str
    show_title: str | None
    season: int | None
    episode: int | None
    year: int | None
    codec: str
    size_bytes: int
    added_at: int
    added_by: str | None


@dataclass(frozen=True, slots=True)
class Which:
    """The items that are meant; ``None`` leaves a question open, an empty string is "not known".

    ``year`` is that in which they were added; ``unseen_since`` (ms) leaves out what was watched after it.
    """

    kind: str | None = None
    codec: str | None = None
    year: int | None = None
    added_by: str | None = None
    unseen_since: int | None = None


@dataclass(frozen=True, slots=True)
class RoomSample:
    """How much room a volume had on a ``day`` (YYYY-MM-DD)."""

    day: str
    free_bytes: int
    total_bytes: int
    library_bytes: int


class Outlook(StrEnum):
    """What is to be expected of the room of a volume."""

    UNKNOWN = "unknown"
    STEADY = "steady"
    FILLING = "filling"


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long the room of a volume will do, in days from now.

    ``latest_days`` is ``None`` if it may well never be full. Everything but ``days_seen`` is of a filling volume only.
    """

    outlook: Outlook
    days_seen: int
    bytes_per_day: int = 0
    full_in_days: int | None = None
    earliest_days: int | None = None
    latest_days: int | None = None


@dataclass(frozen=True, slots=True)
class Volume:
    """A disk, or a share of another machine, that parts of the library lie on.

    ``places`` are the folders on it; the sizes are ``None`` while it is not connected.
    """

    key: str
    places: tuple[str, ...]
    is_online: bool
    holds_state: bool
    library_bytes: int
    total_bytes: int | None
    free_bytes: int | None
    forecast: Forecast


@dataclass(frozen=True, slots=True)
class StorageReport:
    """What takes the room. ``beside`` are files that belong to items: versions, parts, subtitles, pictures."""

    volumes: tuple[Volume, ...]
    by_kind: tuple[Slice, ...]
    by_codec: tuple[Slice, ...]
    by_year: tuple[Slice, ...]
    by_seen: tuple[Slice, ...]
    by_person: tuple[Slice, ...]
    beside: tuple[Slice, ...]
    bin: Slice
    largest: tuple[LargeItem, ...]
