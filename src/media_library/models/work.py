"""The film, show or album that media belong to: what is known of it, how sure that is, and who made it."""

from dataclasses import dataclass, field
from enum import StrEnum


class WorkKind(StrEnum):
    """What a work is."""

    MOVIE = "movie"
    SHOW = "show"
    ALBUM = "album"


class WorkState(StrEnum):
    """How far a work is identified.

    ``APPLIED`` was certain enough for the program, ``CONFIRMED`` was chosen by a person, ``DISMISSED`` is to stay as it
    is, ``POSTPONED`` waits for a key, a service or the internet.
    """

    PENDING = "pending"
    APPLIED = "applied"
    CONFIRMED = "confirmed"
    REVIEW = "review"
    UNKNOWN = "unknown"
    POSTPONED = "postponed"
    DISMISSED = "dismissed"


SETTLED = frozenset({WorkState.APPLIED, WorkState.CONFIRMED, WorkState.DISMISSED})
"""What is not asked again by itself."""


class TagKind(StrEnum):
    """What a tag of a work is; a plain ``TAG`` may be given by hand."""

    GENRE = "genre"
    TAG = "tag"
    STUDIO = "studio"


@dataclass(frozen=True, slots=True)
class WorkIds:
    """The ids of a work at the services that know it."""

    tmdb: int | None = None
    imdb: str | None = None
    tvdb: int | None = None
    musicbrainz: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a work may be, as a service tells it.

    ``source`` is "tmdb" or "musicbrainz" and ``id`` the service's own id there; ``picture`` is its reference of the
    picture. ``score`` is 0 to 1, ``reasons`` say in words what speaks for it and against.
    """

    source: str
    id: str
    kind: WorkKind
    title: str
    original_title: str | None = None
    artist: str | None = None
    year: int | None = None
    overview: str | None = None
    runtime_minutes: int | None = None
    tracks: int | None = None
    country: str | None = None
    picture: str | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who had a part in works. Dates are "YYYY-MM-DD", shorter where less is known."""

    id: str
    name: str
    overview: str | None = None
    born_on: str | None = None
    died_on: str | None = None
    tmdb_id: int | None = None
    musicbrainz_id: str | None = None
    portrait: str | None = None
    has_portrait: bool = False
    hue: int = 0


@dataclass(frozen=True, slots=True)
class Credit:
    """The part of a person: ``job`` is "cast", "director", "writer", "creator", "composer" …"""

    person: Person
    job: str
    character: str = ""


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """What a service tells of a work. ``rating`` is 0 to 10, ``certification`` the age rating as it is written."""

    title: str | None = None
    original_title: str | None = None
    year: int | None = None
    overview: str | None = None
    tagline: str | None = None
    released_on: str | None = None
    runtime_minutes: int | None = None
    certification: str | None = None
    rating: float | None = None
    votes: int | None = None
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    studios: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """A work. Its ``key`` is "movie:<media id>", "show:<show key>" or "album:<album key>". Times are milliseconds.

    ``min_age`` is from which age on (years) it is for people, as somebody said; it goes before the certification.
    """

    key: str
    kind: WorkKind
    state: WorkState
    reason: str | None
    score: float | None
    candidates: tuple[Candidate, ...]
    ids: WorkIds
    facts: WorkFacts
    has_poster: bool
    has_backdrop: bool
    not_before: int
    tries: int
    created_at: int
    updated_at: int
    min_age: int | None = None


@dataclass(frozen=True, slots=True)
class ShowEpisode:
    """An episode that a show has by its service, here or not. ``still`` is the service's reference of a picture."""

    season: int
    episode: int
    title: str | None = None
    overview: str | None = None
    aired_on: str | None = None
    runtime_minutes: int | None = None
    still: str | None = None
    tmdb_id: int | None = None


@dataclass(frozen=True, slots=True)
class ShowSeason:
    """A season that a show has by its service, here or not. ``poster`` is the service's reference of a picture."""

    season: int
    title: str | None = None
    overview: str | None = None
    aired_on: str | None = None
    poster: str | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """How the identification of a work ended. ``not_before`` (ms) is when it is to be tried again."""

    state: WorkState
    reason: str | None = None
    score: float | None = None
    candidates: tuple[Candidate, ...] = field(default_factory=tuple)
    not_before: int = 0


def movie_key(media_id: str) -> str:
    """The key of a film's work."""
    return f"{WorkKind.MOVIE}:{media_id}"


def show_work_key(show_key: str) -> str:
    """The key of a show's work."""
    return f"{WorkKind.SHOW}:{show_key}"


def album_work_key(album_key: str) -> str:
    """The key of an album's work."""
    return f"{WorkKind.ALBUM}:{album_key}"
