"""What is announced to browsers: hints with ids, never titles, each for exactly one room."""

from dataclasses import dataclass
from typing import ClassVar

JOBS_ROOM = "jobs"
"""The room of those who may see discs and jobs: admins and members."""


def library_room(library_id: str) -> str:
    """The room of those who may see a library."""
    return f"library:{library_id}"


def user_room(user_id: str) -> str:
    """The room of one person's browsers."""
    return f"user:{user_id}"


@dataclass(frozen=True, slots=True)
class Event:
    """Base of the events. ``name`` is the Socket.IO event name; the fields are its payload."""

    name: ClassVar[str]


@dataclass(frozen=True, slots=True)
class DiscDetected(Event):
    """A disc was put into a drive; ``disc_id`` is known once its content was examined."""

    name = "disc_detected"
    drive_id: str
    disc_id: str | None


@dataclass(frozen=True, slots=True)
class DriveUpdate(Event):
    """The state of a drive changed: emptied, reading, ready, unreadable."""

    name = "drive_update"
    drive_id: str


@dataclass(frozen=True, slots=True)
class JobCreated(Event):
    """A job entered the queue."""

    name = "job_created"
    job_id: str


@dataclass(frozen=True, slots=True)
class JobUpdate(Event):
    """A job changed its status."""

    name = "job_update"
    job_id: str
    status: str


@dataclass(frozen=True, slots=True)
class RipProgress(Event):
    """A rip went on; at most once a second for one job."""

    name = "rip_progress"
    job_id: str
    progress: float
    eta_seconds: int | None
    speed: str | None
    stage: str
    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class JobProgressed(Event):
    """A download or another content job went on; at most once a second for one job."""

    name = "job_progress"
    job_id: str
    progress: float
    eta_seconds: int | None
    speed: str | None
    stage: str
    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class LibraryUpdated(Event):
    """A media item of a library was added, changed or removed."""

    name = "library_updated"
    media_id: str


@dataclass(frozen=True, slots=True)
class LibraryChanged(Event):
    """Much in a library changed at once, such as by a scan."""

    name = "library_changed"
    library_id: str


@dataclass(frozen=True, slots=True)
class CollectionUpdated(Event):
    """A collection, its entries or what follows it changed."""

    name = "collection_updated"
    collection_id: str


@dataclass(frozen=True, slots=True)
class PodcastUpdated(Event):
    """A podcast, its feed or its list of episodes changed."""

    name = "podcast_updated"
    podcast_id: str


@dataclass(frozen=True, slots=True)
class UploadUpdated(Event):
    """A file that the person sends moved on: it began, it is complete, it is in the library, it was refused."""

    name = "upload_updated"
    upload_id: str


@dataclass(frozen=True, slots=True)
class ReviewUpdated(Event):
    """A film, show or album was identified, or waits for a person to say what it is."""

    name = "review_updated"
    key: str


@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    """Sessions of a person ended; their sockets are closed."""

    name = "session_ended"


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """An event as it lies in the outbox. ``seq`` grows by one per room, ``id`` over all. ``payload`` is JSON."""

    id: int
    name: str
    room: str
    seq: int
    payload: str
