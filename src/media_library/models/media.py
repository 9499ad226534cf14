"""A film, an episode, a track, a web video, an article, a book or a photo of the library."""

from dataclasses import dataclass, field
from enum import StrEnum


class MediaType(StrEnum):
    """What a media item is to its viewer."""

    MOVIE = "movie"
    EPISODE = "episode"
    TRACK = "track"
    VIDEO = "video"
    PODCAST = "podcast"
    ARTICLE = "article"
    BOOK = "book"
    PHOTO = "photo"
    HOME_VIDEO = "home_video"
    EXTRA = "extra"


@dataclass(frozen=True, slots=True)
class VideoTrack:
    """The picture: codec name as ffprobe gives it, size in pixels, frames a second.

    ``hdr`` names its dynamic range ("HDR10", "HDR10+", "Dolby Vision", "HLG"), ``None`` is the standard one.
    """

    codec: str
    width: int
    height: int
    frame_rate: float | None
    hdr: str | None = None
    bit_depth: int | None = None


@dataclass(frozen=True, slots=True)
class AudioTrack:
    """One audio track; ``language`` is an ISO 639-2/T code or "und"."""

    index: int
    language: str
    codec: str
    channels: int
    default: bool
    title: str | None = None


@dataclass(frozen=True, slots=True)
class SubtitleTrack:
    """One subtitle track; ``language`` is an ISO 639-2/T code or "und"."""

    index: int
    language: str
    codec: str
    forced: bool
    title: str | None = None
    default: bool = False
    hearing_impaired: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter; times are milliseconds from the start."""

    title: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Streams:
    """What a media file contains. ``bit_rate`` is that of the whole, in bits a second."""

    video: VideoTrack | None = None
    audio: tuple[AudioTrack, ...] = ()
    subtitles: tuple[SubtitleTrack, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    bit_rate: int | None = None


@dataclass(frozen=True, slots=True)
class MediaNames:
    """How a media item is called. Each of these can be edited by hand and is then locked.

    ``show_title`` is also the channel of a web video, the podcast of its episode, the site of an article and the series
    of a book; ``artist`` is also the author of an article or a book. ``episode_end`` is the last episode of a file that
    holds several, ``edition`` such as "Final Cut".
    """

    title: str
    year: int | None = None
    show_title: str | None = None
    season: int | None = None
    episode: int | None = None
    artist: str | None = None
    album: str | None = None
    album_artist: str | None = None
    disc_number: int | None = None
    track_number: int | None = None
    episode_end: int | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class MediaFile:
    """Where the bytes are.

    ``path`` is relative to ``MEDIA_ROOT``, with "/" between its parts, or ``@<folder id>/…`` in another library folder.
    """

    path: str
    size_bytes: int
    mtime_ns: int
    inode: int
    container: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class NewMedia:
    """A media item about to enter the library.

    ``duration_ms`` counts for an item without a file only; a file knows its own. ``published_at`` is in milliseconds,
    ``language`` a BCP 47 tag. ``origins`` are the keys of where it came from, ``replaces`` is the id of the item that
    gets this file instead of a new one. ``parent_id`` is the film
    that an extra of ``extra_kind`` belongs to.
    """

    media_type: MediaType
    library_id: str
    names: MediaNames
    file: MediaFile | None
    streams: Streams = field(default_factory=Streams)
    disc_id: str | None = None
    disc_title: int | None = None
    review_reason: str | None = None
    has_poster: bool = False
    has_still: bool = False
    overview: str | None = None
    published_at: int | None = None
    language: str | None = None
    isrc: str | None = None
    duration_ms: int = 0
    origins: tuple[str, ...] = ()
    replaces: str | None = None
    parent_id: str | None = None
    extra_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A media item. ``id`` is random and 128 bits; the path is not its identity. ``hue`` colours its cover.

    Without a ``file`` are books that only stand on a shelf, and episodes that were heard and removed. Since
    ``missing_since`` (ms) its file is gone from where it was; it is back as soon as the file is. ``min_age`` is from
    which age on it may be seen, in years, ``None`` if nobody knows.
    """

    id: str
    media_type: MediaType
    library_id: str
    names: MediaNames
    file: MediaFile | None
    duration_ms: int
    streams: Streams
    overview: str | None
    published_at: int | None
    language: str | None
    hue: int
    has_poster: bool
    has_still: bool
    disc_id: str | None
    disc_title: int | None
    review_reason: str | None
    locked: frozenset[str]
    added_at: int
    updated_at: int
    deleted_at: int | None
    folder_id: str | None = None
    missing_since: int | None = None
    parent_id: str | None = None
    extra_kind: str | None = None
    placeholder: str | None = None
    has_backdrop: bool = False
    min_age: int | None = None
