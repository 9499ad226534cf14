"""A photo or a video of the family: when, where and with what it was taken."""

from dataclasses import dataclass

from media_library.models.media import MediaType


@dataclass(frozen=True, slots=True)
class PhotoFacts:
    """What the file itself says; every part of it may be missing or wrong.

    ``width`` and ``height`` are pixels as it is shown, upright; ``orientation`` is the EXIF value (1 to 8) in the file.
    ``taken`` is the local time as "YYYY-MM-DDTHH:MM:SS", ``offset_minutes`` how far that was ahead of UTC, if the file
    says it; ``is_utc``: nothing tells the zone, ``taken`` is in UTC. Degrees are WGS 84, north and east positive.
    ``preview``: the picture was written beside the answer.
    """

    width: int = 0
    height: int = 0
    orientation: int = 1
    taken: str | None = None
    offset_minutes: int | None = None
    camera: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    is_utc: bool = False
    preview: bool = False


@dataclass(frozen=True, slots=True)
class Photo:
    """What is kept of it. ``taken_at`` is in milliseconds, ``taken_on`` the day there as "YYYY-MM-DD"."""

    taken_at: int
    taken_on: str
    width: int
    height: int
    orientation: int = 1
    camera: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class PhotoQuery:
    """Which photos and home videos, by the moment in which they were taken. ``cursor`` is a page's ``next``.

    ``media_type`` leaves only photos or only videos. ``month`` ("2026-08") is where the first page begins, also when
    nothing was taken then.
    """

    media_type: MediaType | None = None
    descending: bool = True
    month: str | None = None
    cursor: str | None = None
    limit: int = 100
