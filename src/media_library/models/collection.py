"""Collections: ordered lists of media, made by hand or read from a site, and music playlists with their matches."""

from dataclasses import dataclass
from enum import StrEnum

from media_library.models.smart import SmartRule


class CollectionKind(StrEnum):
    """Who says what is in a collection: a person, a playlist or a channel of a site, or a music playlist.

    A ``SAGA`` holds films that follow each other, here or not, as the service that identifies films knows them. A
    ``SMART`` one holds what its rule finds for whoever looks.
    """

    MANUAL = "manual"
    PLAYLIST = "playlist"
    CHANNEL = "channel"
    MUSIC = "music"
    SAGA = "saga"
    SMART = "smart"


class EntryState(StrEnum):
    """Whether an entry stands in its list, stood there once, or was taken out by a person."""

    LISTED = "listed"
    GONE = "gone"
    REMOVED = "removed"


class MatchState(StrEnum):
    """How a track of a music playlist was found in the library.

    The program is sure, fairly sure, undecided or found nothing; or a person chose, or said that none fits.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    NONE = "none"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


DECIDED = frozenset({MatchState.CONFIRMED, MatchState.REJECTED})
"""What a person said, which the program never changes."""

FOUND = frozenset({MatchState.CERTAIN, MatchState.LIKELY, MatchState.CONFIRMED})
"""In these states a track stands for a media item, which is played."""


@dataclass(frozen=True, slots=True)
class NewCollection:
    """A collection about to be made. ``origin`` is the key of the address of its list; one of each."""

    kind: CollectionKind
    title: str
    url: str | None = None
    origin: str | None = None
    created_by: str | None = None
    rule: SmartRule | None = None


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection. ``hue`` colours its cover; ``matched_at`` is when its tracks were last looked for."""

    id: str
    kind: CollectionKind
    title: str
    overview: str | None
    url: str | None
    origin: str | None
    hue: int
    has_poster: bool
    created_by: str | None
    created_at: int
    updated_at: int
    matched_at: int
    rule: SmartRule | None = None


@dataclass(frozen=True, slots=True)
class CollectionSummary:
    """A collection as a viewer sees it: only what they may see is counted.

    ``count`` counts all entries, ``here_count`` those that can be played, ``duration_ms`` is how long these are;
    ``covers`` are the ids of the first of them, at most four.
    """

    collection: Collection
    count: int
    here_count: int
    duration_ms: int
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry as a site lists it. ``key`` is the origin key by which its media item will be known."""

    key: str
    title: str
    url: str | None = None
    duration_ms: int | None = None
    published_at: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a collection.

    ``queued_at`` is when its download was queued by the program, ``linked_at`` when it first had a media item: one that
    had and has none any more was removed from the library and is not fetched again by itself.
    """

    id: str
    collection_id: str
    position: int
    key: str
    title: str
    url: str | None
    duration_ms: int | None
    published_at: int | None
    media_id: str | None
    state: EntryState
    queued_at: int | None
    linked_at: int | None


@dataclass(frozen=True, slots=True)
class Rules:
    """Which entries of a followed list are fetched.

    The filters are words or phrases that a title must or must not contain, without regard to case. ``since`` is in
    milliseconds; ``keep_last`` is how many of the newest stay, ``None`` for all.
    """

    title_include: str | None = None
    title_exclude: str | None = None
    min_seconds: int | None = None
    max_seconds: int | None = None
    since: int | None = None
    keep_last: int | None = None
    audio_only: bool = False


@dataclass(frozen=True, slots=True)
class Subscription:
    """A collection whose list is read again and again. Times in milliseconds; ``error`` is of the last check."""

    collection_id: str
    rules: Rules
    checked_at: int | None
    next_check_at: int
    failures: int
    error: str | None


@dataclass(frozen=True, slots=True)
class NewTrack:
    """A track as a music playlist names it. ``path`` leads to a file, if the playlist is one of files."""

    title: str
    artist: str | None = None
    album: str | None = None
    isrc: str | None = None
    duration_ms: int | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True)
class MusicList:
    """A music playlist as it was read.

    ``dropped`` counts the entries that were no tracks of music. One that is not complete goes on after its tracks.
    """

    title: str
    tracks: tuple[NewTrack, ...]
    dropped: int = 0
    is_complete: bool = True


@dataclass(frozen=True, slots=True)
class LocalTrack:
    """A track of the library, as far as matching needs it."""

    media_id: str
    title: str
    artist: str | None
    album: str | None
    album_artist: str | None
    isrc: str | None
    duration_ms: int | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A track of the library that may be meant; ``score`` is 0 to 100."""

    media_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for a track. ``media_id`` is set in the states of ``FOUND`` only."""

    state: MatchState
    media_id: str | None = None
    score: float | None = None
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaylistTrack:
    """A track of a music playlist with its match. ``key`` tells it apart from the others of its list."""

    position: int
    key: str
    title: str
    artist: str | None
    album: str | None
    isrc: str | None
    duration_ms: int | None
    is_gone: bool
    match: Match
