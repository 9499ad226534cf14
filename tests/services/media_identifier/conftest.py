"""A library with a stand-in for TMDb, and what identifies its films and shows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from media_library.adapters.egress import Egress, hosts_of
from media_library.adapters.http import HttpClient
from media_library.adapters.tmdb import Tmdb
from media_library.app_state import AppState
from media_library.config import Paths, Settings
from media_library.models.library import Library, LibraryKind
from media_library.models.media import Media, MediaFile, MediaNames, MediaType, NewMedia
from media_library.models.nfo import Nfo, NfoKind
from media_library.models.preferences import LibraryPreferences
from media_library.models.user import Viewer
from media_library.models.work import Work, movie_key, show_work_key
from media_library.repositories.media_repo import show_key
from media_library.services.covers import Covers
from media_library.services.media_identifier import MediaIdentifier
from tests.internet.tmdb import KEY, TmdbService, tmdb_service

EVERYBODY = Viewer("nobody", None)


@dataclass
class KnowingHouse:
    """A state, its libraries, TMDb's stand-in, and the identifier."""

    settings: Settings
    state: AppState
    tmdb: TmdbService
    service: Tmdb
    covers: Covers
    identifier: MediaIdentifier
    movies: Library
    shows: Library
    preferences: LibraryPreferences
    nfos: dict[str, Nfo]
    renamed: list[str] = field(default_factory=list)

    def film(self, title: str, year: int | None = None, minutes: float = 100, path: str = "", **names: Any) -> Media:
        """A film in the library."""
        where = path or f"{title}{f' ({year})' if year else ''}.mkv"
        file = MediaFile(f"movies/{where}", 1000, 1, 1, "mkv", int(minutes * 60_000))
        new = NewMedia(MediaType.MOVIE, self.movies.id, MediaNames(title, year, **names), file)
        return self.state.add_media(new)

    def episode(self, show: str, season: int | None, number: int | None, path: str = "", **names: Any) -> Media:
        """An episode of a show in the library."""
        where = path or f"{show}/{show} - S{season or 0:02d}E{number or 0:02d}.mkv"
        title = names.pop("title", f"Episode {number}")
        file = MediaFile(f"shows/{where}", 1000, 1, 1, "mkv", 45 * 60_000)
        called = MediaNames(title, None, show, season, number, **names)
        return self.state.add_media(NewMedia(MediaType.EPISODE, self.shows.id, called, file))

    def look_up(self, media: Media) -> Work:
        """Identify what an item belongs to; the answer is the work as it is then."""
        if media.media_type is MediaType.MOVIE:
            key = movie_key(media.id)
        else:
            key = show_work_key(show_key(self.state.media(media.id).names) or "")
        self.state.put_work_pending([key])
        return self.work(self.identifier.look_up(self.work(key)))

    def work(self, key: str) -> Work:
        """A work that there is."""
        found = self.state.work(key)
        assert found is not None, key
        return found

    def names(self, media: Media) -> MediaNames:
        """How an item is called now."""
        return self.state.media(media.id).names


@pytest.fixture
def house(tmp_path: Path, state: AppState) -> Iterator[KnowingHouse]:
    settings = Settings(paths=Paths(str(tmp_path / "media"), str(tmp_path / "data")))
    movies = state.ensure_library(LibraryKind.MOVIES, "Films", "movies")
    shows = state.ensure_library(LibraryKind.SHOWS, "Shows", "shows")
    with tmdb_service() as tmdb:
        http = HttpClient(Egress(lambda: hosts_of(tmdb.url)))
        urls = {"url": tmdb.api_url, "images_url": tmdb.images_url}
        service = Tmdb.connect(http, tmp_path / "cache", **urls, key=KEY, per_second=1000)
        covers = Covers(settings, state)
        renamed: list[str] = []
        nfos: dict[str, Nfo] = {}
        preferences = LibraryPreferences()

        def read_nfo(media: Media, kind: NfoKind) -> Nfo | None:
            found = nfos.get(media.id)
            return found if found is not None and found.kind is kind else None

        identifier = MediaIdentifier(state, service, covers, lambda: preferences, read_nfo, renamed.extend)
        yield KnowingHouse(
            settings, state, tmdb, service, covers, identifier, movies, shows, preferences, nfos, renamed
        )
