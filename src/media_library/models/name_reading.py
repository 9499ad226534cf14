"""What the name of a file, and those of the folders that it lies in, say of it."""

from dataclasses import dataclass
from datetime import date

from media_library.models.media import MediaType


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name that was read; nothing of it is more than what the name claims.

    ``title`` is that of the film, the track or the photo; of an episode its own, "" if the name does not tell it.
    ``year`` is that of the film, or the first of the show. ``season`` 0 holds the specials, ``episode_end`` is the
    last episode of a file with several, ``absolute`` counts the episodes through all seasons (``season`` is then
    ``None`` unless the name or a folder has it). ``part`` counts from 1. ``edition`` is written out ("Director's Cut"),
    ``language`` is an ISO 639-2/T code, ``source`` one of "Blu-ray", "UHD Blu-ray", "DVD", "Web", "HDTV", "TV", "VHS",
    "Cinema". The ids of an episode are those of its show. ``sure``: the name follows a pattern that leaves no doubt of
    what it is; one that is not sure is a guess to be confirmed.
    """

    media_type: MediaType
    title: str
    year: int | None = None
    show_title: str | None = None
    season: int | None = None
    episode: int | None = None
    episode_end: int | None = None
    absolute: int | None = None
    air_date: date | None = None
    part: int | None = None
    edition: str | None = None
    language: str | None = None
    source: str | None = None
    artist: str | None = None
    album: str | None = None
    disc_number: int | None = None
    track_number: int | None = None
    tmdb_id: int | None = None
    imdb_id: str | None = None
    tvdb_id: int | None = None
    sure: bool = False

    @property
    def is_special(self) -> bool:
        """Whether it is an episode outside of the seasons."""
        return self.season == 0
