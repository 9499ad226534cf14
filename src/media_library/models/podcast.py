"""A podcast that the house follows, its episodes, and what a feed said of both."""

from dataclasses import dataclass
from enum import StrEnum

from media_library.models.preferences import AutoDownload


class EpisodeState(StrEnum):
    """Where the file of an episode is: never fetched, on its way, in the library, or removed from it again."""

    REMOTE = "remote"
    QUEUED = "queued"
    DOWNLOADING = "downloading"
    HERE = "here"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class FeedEpisode:
    """An episode as its feed describes it. ``notes`` is HTML of somebody else; times are milliseconds, UTC."""

    guid: str
    title: str
    enclosure_url: str
    enclosure_type: str | None = None
    enclosure_bytes: int | None = None
    notes: str = ""
    published_at: int | None = None
    duration_ms: int | None = None
    season: int | None = None
    episode: int | None = None
    image_url: str | None = None
    chapters_url: str | None = None
    transcript_url: str | None = None
    transcript_type: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that was read. ``entries`` counts all that it holds, ``episodes`` are those that can be fetched."""

    title: str
    author: str | None
    overview: str
    site_url: str | None
    language: str | None
    image_url: str | None
    moved_to: str | None
    is_complete: bool
    entries: int
    episodes: tuple[FeedEpisode, ...]


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed that a web page names."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is said in an episode: ``content`` is kept as a file (``suffix`` ".vtt" or ".txt"), ``text`` is searched."""

    content: str
    suffix: str
    text: str


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a private feed asks for."""

    username: str
    password: str


@dataclass(frozen=True, slots=True)
class PodcastPolicy:
    """What is fetched and kept of a podcast; ``None`` sets no limit. Starred episodes are always kept."""

    auto_download: AutoDownload = AutoDownload.LATEST
    latest_count: int = 3
    keep_count: int | None = None
    delete_heard_days: int | None = None


@dataclass(frozen=True, slots=True)
class FeedState:
    """What to tell a server that is asked again: its own marks of the last answer, and the digest of that answer."""

    etag: str | None = None
    last_modified: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class NewPodcast:
    """A podcast about to be followed; ``credentials`` are sealed. Without ``check_at`` it is due at once."""

    url: str
    title: str
    policy: PodcastPolicy
    group: str | None = None
    credentials: str | None = None
    added_by: str | None = None
    check_at: int | None = None


@dataclass(frozen=True, slots=True)
class Podcast:
    """A podcast. ``credentials`` are sealed; ``moved_to`` waits for somebody's word. Times are milliseconds."""

    id: str
    url: str
    title: str
    author: str | None
    overview: str | None
    site_url: str | None
    language: str | None
    image_url: str | None
    has_image: bool
    group: str | None
    policy: PodcastPolicy
    credentials: str | None
    state: FeedState
    checked_at: int | None
    next_check_at: int
    failures: int
    failing_since: int | None
    error: str | None
    is_dead: bool
    is_complete: bool
    moved_to: str | None
    refused_move: str | None


@dataclass(frozen=True, slots=True)
class NewEpisode:
    """An episode as it is stored. ``notes`` is clean HTML, ``overview`` its beginning as text.

    ``digest`` tells whether the feed says something else than the last time; ``enclosure_key`` is the enclosure's
    address without what changes from time to time.
    """

    guid: str
    digest: str
    title: str
    overview: str
    notes: str
    published_at: int
    duration_ms: int | None
    season: int | None
    episode: int | None
    enclosure_url: str
    enclosure_key: str
    enclosure_type: str | None
    enclosure_bytes: int | None
    image_url: str | None
    chapters_url: str | None
    transcript_url: str | None
    transcript_type: str | None


@dataclass(frozen=True, slots=True)
class KnownEpisode:
    """What the next check of a feed compares with."""

    id: str
    guid: str
    digest: str
    enclosure_key: str
    published_at: int


@dataclass(frozen=True, slots=True)
class Episode:
    """An episode of a followed podcast; ``notes`` is clean HTML, ``by_hand`` if somebody asked for its file."""

    id: str
    podcast_id: str
    guid: str
    title: str
    overview: str
    notes: str
    published_at: int
    duration_ms: int | None
    season: int | None
    episode: int | None
    enclosure_url: str
    enclosure_key: str
    image_url: str | None
    chapters_url: str | None
    transcript_url: str | None
    transcript_type: str | None
    transcript_path: str | None
    media_id: str | None
    by_hand: bool


@dataclass(frozen=True, slots=True)
class KeptEpisode:
    """An episode whose file is here, as seen by what decides how long it stays.

    ``heard_at`` is when the last of all who started it had heard it, ``None`` while somebody has not or nobody began.
    """

    episode_id: str
    media_id: str
    published_at: int
    by_hand: bool
    is_starred: bool
    is_in_use: bool
    heard_at: int | None


@dataclass(frozen=True, slots=True)
class EpisodeQuery:
    """Which episodes of a podcast, by when they were published. ``cursor`` is what the page before gave as ``next``.

    ``unheard``, ``starred`` and ``here`` leave only what the viewer did not hear, what they starred, whose file is
    here.
    """

    podcast_id: str
    descending: bool = True
    cursor: str | None = None
    limit: int = 50
    unheard: bool = False
    starred: bool = False
    here: bool = False


@dataclass(frozen=True, slots=True)
class SelectedEpisode:
    """One of several episodes that somebody marks. ``media_id`` is its file, if that is in the library."""

    id: str
    media_id: str | None
    duration_ms: int
    heard: bool
    starred: bool
