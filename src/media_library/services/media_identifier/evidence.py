"""What a film or a show in the library tells of itself, before any service is asked."""

from dataclasses import dataclass

from media_library.models.work import WorkKind


@dataclass(frozen=True, slots=True)
class Place:
    """Where an episode of a show is by its name: by season and number, counted through, or by its date."""

    media_id: str
    season: int | None
    episode: int | None
    episode_end: int | None = None
    absolute: int | None = None
    aired_on: str | None = None
    title: str = ""
    minutes: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that speaks for what a work is.

    ``titles`` are what it may be called, the likeliest first. ``minutes`` is how long its file runs, ``None`` if that
    tells nothing. ``edition`` means that it may run longer or shorter than the film did in cinemas. The ids are those
    that a name or an .nfo claims (``from_nfo``). ``is_by_hand``: a person typed this.
    """

    kind: WorkKind
    titles: tuple[str, ...]
    year: int | None = None
    minutes: float | None = None
    edition: str | None = None
    tmdb_id: int | None = None
    imdb_id: str | None = None
    tvdb_id: int | None = None
    from_nfo: bool = False
    country: str | None = None
    places: tuple[Place, ...] = ()
    is_by_hand: bool = False
