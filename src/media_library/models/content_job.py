"""What the content worker is asked to fetch: one record for each kind of job, beside those of the library worker."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, TypeAlias

from media_library.models.job import JobKind
from media_library.models.library_job import LIBRARY_ORDERS, LibraryOrder


class LiveChoice(StrEnum):
    """What happens to a stream that is live."""

    REFUSE = "refuse"
    RECORD = "record"


class Reading(StrEnum):
    """How a video address is read: as a page of a site that yt-dlp knows, or as the media file itself."""

    SITE = "site"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class DownloadOrder:
    """Fetch a video or its sound. ``entry_key`` names the entry of the collection that it is for."""

    kind: ClassVar[JobKind] = JobKind.DOWNLOAD
    url: str
    audio_only: bool = False
    live: LiveChoice = LiveChoice.REFUSE
    reading: Reading = Reading.SITE
    collection_id: str | None = None
    entry_key: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleOrder:
    """Keep an article. ``page`` is the name, in the job's staging folder, of HTML that a browser sent."""

    kind: ClassVar[JobKind] = JobKind.ARTICLE
    url: str
    page: str | None = None
    media_id: str | None = None


@dataclass(frozen=True, slots=True)
class BookOrder:
    """Keep a book from an address, or one that was uploaded into the job's staging folder under ``upload``.

    With ``media_id`` the file belongs to that item, which has none so far.
    """

    kind: ClassVar[JobKind] = JobKind.BOOK
    url: str | None = None
    upload: str | None = None
    file_name: str | None = None
    media_id: str | None = None


@dataclass(frozen=True, slots=True)
class PlaylistOrder:
    """Read the list of a collection from its site, and queue what is missing."""

    kind: ClassVar[JobKind] = JobKind.PLAYLIST
    collection_id: str


@dataclass(frozen=True, slots=True)
class PodcastOrder:
    """Fetch the sound of an episode."""

    kind: ClassVar[JobKind] = JobKind.PODCAST
    podcast_id: str
    episode_id: str


ContentOrder: TypeAlias = DownloadOrder | ArticleOrder | BookOrder | PlaylistOrder | PodcastOrder | LibraryOrder

ORDERS: dict[JobKind, type[ContentOrder]] = {
    order.kind: order
    for order in (DownloadOrder, ArticleOrder, BookOrder, PlaylistOrder, PodcastOrder, *LIBRARY_ORDERS)
}


@dataclass(frozen=True, slots=True)
class ContentJob:
    """A claimed job of the content worker or the library worker. ``failures`` counts the tries that failed before."""

    id: str
    token: int
    title: str
    order: ContentOrder
    requested_by: str | None
    failures: int
