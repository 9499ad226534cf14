"""What TMDb tells, as records whose every text, number and path is bounded.

Paths of pictures are those of its picture host, such as "/kqjL17yufvn9OVLyXYpvtyrFfak.jpg"; dates are "YYYY-MM-DD".
"""

import re
from dataclasses import dataclass

_PICTURE_PATH = re.compile(r"/[A-Za-z0-9_-]{1,120}\.(?:jpg|jpeg|png|webp)")


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """A film or show as a search lists it. ``votes`` tells how many people rated it, ``popularity`` is TMDb's own."""

    id: int
    title: str
    original_title: str
    released_on: str | None
    overview: str
    poster: str | None
    language: str
    votes: int
    popularity: float
    countries: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of the first showing, if it is known."""
        return None if self.released_on is None else int(self.released_on[:4])


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A poster or backdrop; ``language`` is that of its writing, ``None`` for a picture without words."""

    path: str
    language: str | None
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody who plays in it, in the order of the credits."""

    person_id: int
    name: str
    character: str
    portrait: str | None


@dataclass(frozen=True, slots=True)
class CrewMember:
    """Somebody who made it; ``job`` is TMDb's word, such as "Director"."""

    person_id: int
    name: str
    job: str
    portrait: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleFacts:
    """What is known of a film or a show alike. ``rating`` is 0 to 10, ``titles`` are all by which it is known."""

    id: int
    title: str
    original_title: str
    titles: tuple[str, ...]
    overview: str
    tagline: str
    released_on: str | None
    rating: float | None
    votes: int
    certification: str | None
    language: str
    countries: tuple[str, ...]
    genres: tuple[str, ...]
    tags: tuple[str, ...]
    studios: tuple[str, ...]
    cast: tuple[CastMember, ...]
    crew: tuple[CrewMember, ...]
    poster: str | None
    backdrop: str | None
    imdb_id: str | None

    @property
    def year(self) -> int | None:
        """The year of the first showing, if it is known."""
        return None if self.released_on is None else int(self.released_on[:4])


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmFacts(TitleFacts):
    """A film. ``saga_id`` is the collection that it belongs to; ``years`` are those of its first shows anywhere."""

    runtime_minutes: int | None
    saga_id: int | None
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SeasonCount:
    """A season as a show lists it; 0 are the specials."""

    season: int
    episodes: int
    aired_on: str | None
    poster: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowFacts(TitleFacts):
    """A show. ``runtimes`` are usual lengths of its episodes in minutes."""

    runtimes: tuple[int, ...]
    seasons: tuple[SeasonCount, ...]
    tvdb_id: int | None


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """An episode of a season."""

    id: int
    season: int
    episode: int
    title: str
    overview: str
    aired_on: str | None
    runtime_minutes: int | None
    still: str | None


@dataclass(frozen=True, slots=True)
class SeasonFacts:
    """A season with its episodes in order."""

    season: int
    title: str
    overview: str
    aired_on: str | None
    poster: str | None
    episodes: tuple[EpisodeFacts, ...]


@dataclass(frozen=True, slots=True)
class SagaFacts:
    """A collection of films, in the order in which they were shown."""

    id: int
    title: str
    overview: str
    poster: str | None
    backdrop: str | None
    films: tuple[FoundTitle, ...]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody of the cast or crew."""

    id: int
    name: str
    overview: str
    born_on: str | None
    died_on: str | None
    portrait: str | None


def is_picture_path(text: str) -> bool:
    """Whether a text is the path of a picture as TMDb names them, and nothing else."""
    return _PICTURE_PATH.fullmatch(text) is not None
