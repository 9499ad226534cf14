"""The shapes of answers that several nouns share. Lists come from SQLite as JSON text and are never taken apart."""

from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

from media_library.models.job import Job
from media_library.models.media import MediaType
from media_library.models.podcast import EpisodeState
from media_library.repositories.media_repo import MediaSort
from media_library.routes.helpers import Json
from media_library.services.content import Added

MediaId: TypeAlias = Annotated[str, Meta(max_length=64)]
Limit: TypeAlias = Annotated[int, Meta(ge=1, le=200)]
Cursor: TypeAlias = Annotated[str, Meta(max_length=1024)]
ShortText: TypeAlias = Annotated[str, Meta(min_length=1, max_length=300, pattern="^[^\\x00-\\x1f\\x7f]*(?![\\s\\S])")]
"""A line of text: no control characters, not even at its end."""

WebUrl: TypeAlias = Annotated[str, Meta(min_length=1, max_length=4096)]
"""A web address as a person pasted it; what it must look like is said in a sentence by who reads it."""

Number: TypeAlias = Annotated[int, Meta(ge=0, le=9999)]
Year: TypeAlias = Annotated[int, Meta(ge=1, le=9999)]
MinAge: TypeAlias = Annotated[int, Meta(ge=0, le=21)]
"""From which age on something is for people, in years."""

IdleMinutes: TypeAlias = Annotated[int, Meta(ge=0, le=1440)]
"""After how many minutes without a touch a shared screen asks who is watching; 0 is never."""

Seconds: TypeAlias = Annotated[float, Meta(ge=0, le=1e7)]


class Shape(msgspec.Struct, forbid_unknown_fields=True):
    """Base of what is sent and received: nothing unknown in either direction."""


class Artwork(Shape):
    """Which pictures there are; ``placeholder`` is a tiny one, a data: address, shown while the poster loads."""

    poster: bool
    still: bool
    backdrop: bool
    placeholder: str | None


class Progress(Shape):
    """Where the person stopped, in seconds; ``updated_at`` in milliseconds."""

    position: float
    duration: float
    finished: bool
    updated_at: int


class Card(Shape):
    """A media item in a list. ``duration`` is in seconds, ``hue`` (0 to 359) colours its generated cover."""

    id: str
    media_type: MediaType
    title: str
    year: int | None
    show_title: str | None
    season: int | None
    episode: int | None
    episode_end: int | None
    edition: str | None
    artist: str | None
    album: str | None
    show_key: str | None
    album_key: str | None
    disc_number: int | None
    track_number: int | None
    duration: float
    added_at: int
    published_at: int | None
    language: str | None
    hue: int
    has_file: bool
    artwork: Artwork
    offline: bool
    needs_review: bool
    progress: Progress | None


class Group(Shape):
    """A show, an album or a channel in a list. ``has_poster`` and ``has_backdrop`` are pictures of its own.

    ``watched`` is how many of its ``count`` items the asker has seen.
    """

    kind: str
    key: str
    title: str
    subtitle: str | None
    year: int | None
    count: int
    hue: int
    added_at: int
    cover_media_id: str | None
    artwork: Artwork
    has_poster: bool = False
    has_backdrop: bool = False
    watched: int = 0


class Direction(StrEnum):
    """Which way a list runs."""

    ASCENDING = "asc"
    DESCENDING = "desc"


class PageQuery(Shape):
    """Which page of a list; without a direction names run forwards and dates backwards."""

    sort: MediaSort = MediaSort.ADDED
    direction: Direction | None = None
    cursor: Cursor | None = None
    limit: Limit = 50

    @property
    def descending(self) -> bool:
        """Whether the list runs backwards."""
        return self.sort is not MediaSort.TITLE if self.direction is None else self.direction is Direction.DESCENDING


class CardPage(Shape):
    """A page of media items; ``next`` is the cursor of the page after it."""

    count: int
    items: tuple[Card, ...]
    next: str | None


class GroupPage(Shape):
    """A page of shows or albums."""

    count: int
    items: tuple[Group, ...]
    next: str | None


class CardList(Shape):
    """Media items, all that there are."""

    items: tuple[Card, ...]


class Step(Shape):
    """Which title of several a rip is at, counted from 1."""

    current: int
    total: int


class JobShape(Shape):
    """A job. ``progress`` is 0 to 100 over all its steps; ``tool_output`` is told for a single job only.

    ``url`` is where its content comes from, ``retry_at`` when a queued job is tried again after a failure.
    """

    id: str
    kind: str
    status: str
    stage: str | None
    title: str
    progress: float
    eta_seconds: int | None
    speed: str | None
    step: Step | None
    drive_id: str | None
    disc_id: str | None
    error: str | None
    tool_output: tuple[str, ...] | None
    created_at: int
    started_at: int | None
    finished_at: int | None
    attempts: int
    media_ids: tuple[str, ...]
    url: str | None
    retry_at: int | None


class OneJob(Shape):
    """A job by itself."""

    job: JobShape


class AddedShape(Shape):
    """What became of a wish: the job that fetches it, or the item that is there already (``existing``)."""

    job: JobShape | None
    media_id: str | None
    collection_id: str | None
    podcast_id: str | None
    existing: bool


def added_answer(added: Added) -> Json:
    """202 if a job was queued, 200 if there is nothing to fetch."""
    job = None if added.job is None else job_shape(added.job, [])
    shape = AddedShape(job, added.media_id, added.collection_id, added.podcast_id, added.existing)
    return Json(msgspec.json.encode(shape).decode(), 200 if added.existing or added.job is None else 202)


class EpisodeShape(Shape):
    """An episode of a podcast. ``media_id`` is the item, while its file is here; ``job_id`` the job that fetches it.

    ``error`` says why the last try to fetch it failed; ``heard``, ``starred`` and ``progress`` are those of who asks.
    """

    id: str
    podcast_id: str
    title: str
    overview: str
    published_at: int
    duration: float | None
    season: int | None
    episode: int | None
    media_id: str | None
    state: EpisodeState
    job_id: str | None
    error: str | None
    heard: bool
    starred: bool
    progress: Progress | None
    has_chapters: bool
    has_transcript: bool
    image: str | None


def job_shape(job: Job, media_ids: list[str], *, with_output: bool = False) -> JobShape:
    """A job as it is shown."""
    return JobShape(
        id=job.id,
        kind=job.kind,
        status=job.status,
        stage=job.stage,
        title=job.title,
        progress=job.percent,
        eta_seconds=job.eta_seconds,
        speed=job.speed,
        step=Step(job.step, job.steps) if job.steps > 1 else None,
        drive_id=job.drive_id,
        disc_id=job.disc_id,
        error=job.error,
        tool_output=job.tool_output if with_output else None,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        attempts=job.attempts,
        media_ids=_media_ids(job, media_ids),
        url=job.url,
        retry_at=job.retry_at,
    )


def _media_ids(job: Job, made: list[str]) -> tuple[str, ...]:
    """What a job put into the library, or found there."""
    return tuple(made) if job.media_id is None or job.media_id in made else (*made, job.media_id)


def page_answer(count: int, items: str, cursor: str | None) -> Json:
    """A page around items that SQLite made."""
    return Json(f'{{"count":{count:d},"items":{items},"next":{_text(cursor)}}}')


def join_objects(first: str, second: bytes) -> str:
    """One JSON object with the fields of two, neither of which is empty."""
    return f"{first[:-1]},{second.decode()[1:]}"


def _text(value: str | None) -> str:
    return msgspec.json.encode(value).decode()
