"""A piece of long work in the queue, and the moves that are legal for it."""

from dataclasses import dataclass
from enum import StrEnum


class JobKind(StrEnum):
    """What a job does."""

    RIP = "rip"
    DOWNLOAD = "download"
    ARTICLE = "article"
    BOOK = "book"
    PLAYLIST = "playlist"
    PODCAST = "podcast"
    SCAN = "scan"
    IMPORT = "import"
    IDENTIFY = "identify"
    RENAME = "rename"
    TAGS = "tags"
    LOUDNESS = "loudness"


CONTENT_KINDS = frozenset({JobKind.DOWNLOAD, JobKind.ARTICLE, JobKind.BOOK, JobKind.PLAYLIST, JobKind.PODCAST})
"""What is fetched from elsewhere."""

LIBRARY_KINDS = frozenset(JobKind) - CONTENT_KINDS - {JobKind.RIP}
"""What is done with the files and the knowledge that are here."""


class JobStatus(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    ENCODING = "encoding"
    DOWNLOADING = "downloading"
    WORKING = "working"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class JobStage(StrEnum):
    """What a running job is doing right now."""

    SCAN = "scan"
    RIP = "rip"
    EXAMINE = "examine"
    DOWNLOAD = "download"
    CONVERT = "convert"
    VERIFY = "verify"
    PUBLISH = "publish"
    WALK = "walk"
    PROBE = "probe"
    IDENTIFY = "identify"
    MOVE = "move"
    ANALYSE = "analyse"
    WRITE = "write"
    PLAN = "plan"


RUNNING = frozenset({JobStatus.ENCODING, JobStatus.DOWNLOADING, JobStatus.WORKING})
ACTIVE = frozenset({JobStatus.QUEUED, *RUNNING})

LEGAL_PREDECESSORS: dict[JobStatus, frozenset[JobStatus]] = {
    JobStatus.QUEUED: frozenset({JobStatus.FAILED, JobStatus.CANCELLED, *RUNNING}),
    JobStatus.ENCODING: frozenset({JobStatus.QUEUED}),
    JobStatus.DOWNLOADING: frozenset({JobStatus.QUEUED}),
    JobStatus.WORKING: frozenset({JobStatus.QUEUED}),
    JobStatus.DONE: RUNNING,
    JobStatus.FAILED: frozenset({JobStatus.QUEUED, *RUNNING}),
    JobStatus.CANCELLED: ACTIVE,
}
"""From which states a job may move into a state."""


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How far a running job is. ``percent`` is 0 to 100 over all its steps, ``step`` counts from 1."""

    stage: JobStage
    percent: float
    eta_seconds: int | None = None
    speed: str | None = None
    step: int = 1
    steps: int = 1


@dataclass(frozen=True, slots=True)
class NewRip:
    """A rip about to be queued. ``titles`` are the title numbers that a person chose, empty = as planned.

    ``requested_by`` is the id of who started it by hand.
    """

    title: str
    disc_id: str
    drive_id: str
    titles: tuple[int, ...] = ()
    requested_by: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A job. ``token`` fences it: only the holder of the current token may report on it. Times are milliseconds.

    ``url`` is where its content comes from; ``retry_at`` is when a queued job is tried again after a failure.
    """

    id: str
    kind: JobKind
    status: JobStatus
    title: str
    disc_id: str | None
    drive_id: str | None
    titles: tuple[int, ...]
    stage: JobStage | None
    percent: float
    eta_seconds: int | None
    speed: str | None
    step: int
    steps: int
    error: str | None
    tool_output: tuple[str, ...]
    attempts: int
    token: int
    created_at: int
    started_at: int | None
    finished_at: int | None
    url: str | None = None
    retry_at: int | None = None
    media_id: str | None = None
