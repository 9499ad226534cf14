"""Gathers the evidence: from the names in the library, the paths of the files, and the .nfo files beside them."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

from media_library.app_state import AppState
from media_library.models.library import Library, LibraryKind, below_folder
from media_library.models.library_file import FileRole
from media_library.models.media import Media, MediaNames, MediaType
from media_library.models.name_reading import NameReading
from media_library.models.nfo import Nfo, NfoKind
from media_library.models.work import WorkKind
from media_library.services.media_identifier.evidence import Evidence, Place
from media_library.services.media_identifier.titles import split_country
from media_library.services.name_reading import read_name

_LEAST_MINUTES = 0.5
_MOST_READ = 400

NfoReader = Callable[[Media, NfoKind], Nfo | None]
"""What an .nfo beside a media item says of the film, or of the show that it belongs to."""


class Gatherer:
    """Gathers evidence. ``read_nfo`` finds the .nfo of an item."""

    def __init__(self, state: AppState, read_nfo: NfoReader) -> None:
        self._state = state
        self._read_nfo = read_nfo

    def film(self, media: Media) -> Evidence:
        """What a film tells of itself."""
        names = media.names
        reading = self._reading(media, {one.id: one for one in self._state.list_libraries()})
        nfo = self._read_nfo(media, NfoKind.MOVIE)
        read_year = reading.year if reading is not None else None
        titles = [names.title]
        if nfo is not None and "title" not in media.locked:
            titles += [nfo.title, nfo.original_title]
        if reading is not None:
            titles.append(reading.title)
        tmdb_id, imdb_id, _, from_nfo = _ids(reading, nfo)
        return Evidence(
            WorkKind.MOVIE,
            _distinct(titles),
            year=names.year or read_year or (nfo.year if nfo is not None else None),
            minutes=self._minutes(media),
            edition=names.edition or (reading.edition if reading is not None else None),
            tmdb_id=tmdb_id,
            imdb_id=imdb_id,
            from_nfo=from_nfo,
        )

    def show(self, media: Sequence[Media]) -> Evidence:
        """What the episodes of a show tell of it."""
        libraries = {one.id: one for one in self._state.list_libraries()}
        readings = {one.id: self._reading(one, libraries) for one in media[:_MOST_READ]}
        known = [reading for reading in readings.values() if reading is not None]
        nfo = self._read_nfo(media[0], NfoKind.SHOW)
        named = next((one.names.show_title for one in media if one.names.show_title), media[0].names.title)
        titles = [named]
        if nfo is not None:
            titles += [nfo.title, nfo.original_title]
        titles += [title for title, _ in Counter(one.show_title or "" for one in known).most_common(2)]
        country = next((found for title in titles if (found := split_country(title)[1]) is not None), None)
        titles += [split_country(title)[0] for title in titles]
        tmdb_id, imdb_id, tvdb_id, from_nfo = _ids(known[0] if known else None, nfo)
        return Evidence(
            WorkKind.SHOW,
            _distinct(titles),
            year=_commonest([one.year for one in known])
            or (nfo.year if nfo is not None else None)
            or _commonest([one.names.year for one in media]),
            tmdb_id=tmdb_id,
            imdb_id=imdb_id,
            tvdb_id=tvdb_id,
            from_nfo=from_nfo,
            country=country,
            places=tuple(place_of(one, readings.get(one.id)) for one in media),
        )

    def names_as(self, media: Media, kind: WorkKind) -> MediaNames:
        """What a film would be called as an episode, or an episode as a film, by its path."""
        libraries = {one.id: one for one in self._state.list_libraries()}
        library_kind = LibraryKind.MOVIES if kind is WorkKind.MOVIE else LibraryKind.SHOWS
        reading = self._reading(media, libraries, library_kind)
        names = media.names
        if kind is WorkKind.MOVIE:
            is_film = reading is not None and reading.media_type is MediaType.MOVIE
            title = reading.title if reading is not None and is_film else ""
            return MediaNames(title or names.show_title or names.title, names.year, edition=names.edition)
        if reading is None or reading.media_type is not MediaType.EPISODE:
            return MediaNames(names.title, names.year, names.title)
        title = reading.title or (names.title if reading.episode is None else f"Episode {reading.episode}")
        show = reading.show_title or names.title
        return MediaNames(title, reading.year, show, reading.season, reading.episode, episode_end=reading.episode_end)

    def _reading(
        self, media: Media, libraries: dict[str, Library], kind: LibraryKind | None = None
    ) -> NameReading | None:
        """What the path of an item says, seen from its library folder."""
        if media.file is None:
            return None
        library = libraries[media.library_id]
        path = below_folder(media.file.path)
        if library.folder and path.startswith(f"{library.folder}/"):
            path = path.removeprefix(f"{library.folder}/")
        return read_name(PurePosixPath(path), kind=kind or library.kind)

    def _minutes(self, media: Media) -> float | None:
        """How long a film runs with all its parts; nothing, if that is shorter than any film."""
        parts = (one for one in self._state.files_of_media(media.id) if one.role is FileRole.PART)
        minutes = (media.duration_ms + sum(one.duration_ms for one in parts)) / 60_000
        return minutes if minutes >= _LEAST_MINUTES else None


def place_of(media: Media, reading: NameReading | None) -> Place:
    """Where an episode is by its names, and by its path where they do not tell."""
    names = media.names
    aired = reading.air_date.isoformat() if reading is not None and reading.air_date is not None else None
    title = names.title if names.title != f"Episode {names.episode}" else ""
    return Place(
        media.id,
        names.season,
        names.episode,
        names.episode_end,
        reading.absolute if reading is not None and names.season is None else None,
        aired,
        title,
        media.duration_ms / 60_000 or None,
    )


def _ids(reading: NameReading | None, nfo: Nfo | None) -> tuple[int | None, str | None, int | None, bool]:
    """The ids that the name claims, else those of the .nfo."""
    if reading is not None and (reading.tmdb_id or reading.imdb_id or reading.tvdb_id):
        return reading.tmdb_id, reading.imdb_id, reading.tvdb_id, False
    if nfo is None:
        return None, None, None, False
    return _number(nfo.id_of("tmdb")), nfo.id_of("imdb"), _number(nfo.id_of("tvdb")), True


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 12 else None


def _distinct(titles: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(title.strip() for title in titles if title and title.strip()))[:6]


def _commonest(years: Iterable[int | None]) -> int | None:
    counted = Counter(year for year in years if year is not None)
    return counted.most_common(1)[0][0] if counted else None
