"""What an .nfo file beside a film, an episode or an album says of it, in the words of Kodi."""

from dataclasses import dataclass
from enum import StrEnum


class NfoKind(StrEnum):
    """The root element; ``LINK`` is a file that holds only the address of a page of a service."""

    MOVIE = "movie"
    SHOW = "tvshow"
    EPISODE = "episodedetails"
    ALBUM = "album"
    ARTIST = "artist"
    MUSIC_VIDEO = "musicvideo"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class NfoPerson:
    """Somebody of the cast; ``position`` counts from 0 where the file has an order."""

    name: str
    role: str = ""
    position: int | None = None


@dataclass(frozen=True, slots=True)
class NfoTrack:
    """A track that the .nfo of an album lists."""

    position: int
    title: str
    duration_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Nfo:
    """One item of an .nfo file; a file of several episodes has several.

    ``ids`` are pairs of the service in small letters ("tmdb", "imdb", "tvdb", "musicbrainzalbum",
    "musicbrainzreleasegroup", "musicbrainzalbumartist", "musicbrainzartist", …) and its id, the default one first;
    those of different services may contradict each other, so they are a hint and no proof. ``premiered`` is
    "YYYY-MM-DD", ``rating`` goes from 0 to 10, ``runtime_minutes`` is the length. ``year`` is that of ``premiered``
    where there is no other. ``is_locked`` (``lockdata``): its writer asks that nothing be changed.
    """

    kind: NfoKind
    title: str = ""
    original_title: str = ""
    sort_title: str = ""
    show_title: str = ""
    year: int | None = None
    premiered: str | None = None
    plot: str = ""
    outline: str = ""
    tagline: str = ""
    runtime_minutes: int | None = None
    certification: str = ""
    rating: float | None = None
    votes: int | None = None
    season: int | None = None
    episode: int | None = None
    display_season: int | None = None
    display_episode: int | None = None
    ids: tuple[tuple[str, str], ...] = ()
    genres: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    studios: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    actors: tuple[NfoPerson, ...] = ()
    collection: str = ""
    collection_overview: str = ""
    artist: str = ""
    album: str = ""
    album_artist: str = ""
    tracks: tuple[NfoTrack, ...] = ()
    edition: str = ""
    date_added: str | None = None
    is_locked: bool = False

    def id_of(self, service: str) -> str | None:
        """The id of the item at a service ("tmdb", "imdb", "tvdb", …), as the file says."""
        return next((value for name, value in self.ids if name == service), None)
