"""Writes .nfo files and pictures beside films, shows and albums, for Kodi, Jellyfin and Emby to read."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from media_library.app_state import AppState
from media_library.errors import MediaLibraryError
from media_library.models.artwork import ArtworkKind, ArtworkSource, season_owner
from media_library.models.collection import CollectionKind
from media_library.models.media import Media, MediaType
from media_library.models.preferences import LibraryPreferences
from media_library.models.work import ShowEpisode, ShowSeason, Work, WorkState, album_work_key, movie_key, show_work_key
from media_library.repositories.media_repo.keys import album_key, show_key
from media_library.services.covers import Covers
from media_library.services.file_naming import name_key
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences
from media_library.services.renaming.targets import keeps_its_name
from media_library.services.sidecars.making import album_nfo, artist_nfo, episode_nfos, film_nfo, show_nfo
from media_library.services.sidecars.nfo_text import is_ours, nfo_text, season_text
from media_library.services.sidecars.places import Places
from media_library.services.sidecars.writing import is_our_picture, lay_beside, marked_picture, take_away

log = logging.getLogger(__name__)

_KNOWN = frozenset({WorkState.APPLIED, WorkState.CONFIRMED})
_FOREIGN_TO_FILES = frozenset({ArtworkSource.OWN, ArtworkSource.SERVICE})
_POSTERS = ("poster", "folder", "cover", "movie", "show", "default")
_BACKDROPS = ("fanart", "backdrop", "background", "art")
_COVERS = ("cover", "folder", "front", "album")
_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".tbn")


@dataclass(slots=True)
class _Round:
    """What one call wrote, and of which shows, albums and artists it wrote already."""

    preferences: LibraryPreferences
    places: Places
    written: int = 0


class Sidecars:
    """Lays files beside media in the folders that may be changed; those of others stay as they are."""

    def __init__(self, state: AppState, media_root: MediaRoot, covers: Covers, preferences: Preferences) -> None:
        self._state = state
        self._media_root = media_root
        self._covers = covers
        self._preferences = preferences

    def write(self, media_ids: Iterable[str]) -> int:
        """Write what people want beside these items, and what is about their shows and albums.

        Only of what was identified: what we wrote of a match that was taken back is removed. Returns how many files are
        new, changed or gone; what cannot be written is logged.
        """
        now = _Round(self._preferences.library(), Places(self._state))
        if not (now.preferences.write_nfo or now.preferences.write_artwork):
            return 0
        shows: dict[str, Media] = {}
        albums: dict[str, Media] = {}
        for media_id in media_ids:
            media = self._state.media_with_ids([media_id]).get(media_id)
            if media is None or media.file is None or media.deleted_at is not None:
                continue
            try:
                if self._media_root.is_read_only(media.file.path) or keeps_its_name(media.file.path):
                    continue
                self._beside(now, media)
                if media.media_type is MediaType.EPISODE and (key := show_key(media.names)) is not None:
                    shows.setdefault(f"{key}/{media.names.season}", media)
                if media.media_type is MediaType.TRACK and (key := album_key(media.names)) is not None:
                    albums.setdefault(key, media)
            except (MediaLibraryError, OSError) as error:
                log.warning("Nothing is written beside %s: %s", media.file.path, error)
        for media in shows.values():
            self._guarded(now, media, self._of_show)
        for media in albums.values():
            self._guarded(now, media, self._of_album)
        return now.written

    def _guarded(self, now: _Round, media: Media, write: Callable[[_Round, Media], None]) -> None:
        try:
            write(now, media)
        except (MediaLibraryError, OSError) as error:
            log.warning("Nothing is written for %s: %s", media.names.show_title or media.names.album, error)

    def _beside(self, now: _Round, media: Media) -> None:
        if media.media_type is MediaType.MOVIE:
            self._of_film(now, media)
        elif media.media_type is MediaType.EPISODE:
            self._of_episode(now, media)

    def _of_film(self, now: _Round, media: Media) -> None:
        work = self._state.work(movie_key(media.id))
        stem = _stem(media)
        own = now.places.own_folder(media)
        if work is not None and work.state in _KNOWN:
            nfo = film_nfo(media, work, self._state.credits_of(work.key), self._saga_of(media))
            content = nfo_text([nfo], media.streams, media.duration_ms)
            self._lay_nfo(now, f"{stem}.nfo", content, others=("movie.nfo",) if own else ())
        else:
            self._take_nfo(now, f"{stem}.nfo")
        for kind, names in ((ArtworkKind.POSTER, _POSTERS), (ArtworkKind.BACKDROP, _BACKDROPS)):
            target = f"{own}/{names[0]}.jpg" if own else f"{stem}-{names[0]}.jpg"
            rivals = [f"{PurePosixPath(stem).name}-{name}" for name in names] + (list(names) if own else [])
            self._lay_picture(now, media.id, kind, target, rivals)

    def _of_episode(self, now: _Round, media: Media) -> None:
        key = show_key(media.names)
        work = None if key is None else self._state.work(show_work_key(key))
        stem = _stem(media)
        if work is not None and work.state in _KNOWN:
            known = self._listed(work)
            nfos = episode_nfos(media, known)
            if nfos:
                self._lay_nfo(now, f"{stem}.nfo", nfo_text(nfos, media.streams, media.duration_ms))
        else:
            self._take_nfo(now, f"{stem}.nfo")
        rivals = (f"{PurePosixPath(stem).name}-thumb", PurePosixPath(stem).name)
        self._lay_picture(now, media.id, ArtworkKind.STILL, f"{stem}-thumb.jpg", rivals)

    def _of_show(self, now: _Round, media: Media) -> None:
        folder, key = now.places.show_folder(media), show_key(media.names)
        if folder is None or key is None:
            return
        work = self._state.work(show_work_key(key))
        if work is not None and work.state in _KNOWN:
            nfo = show_nfo(media.names.show_title or "", work, self._state.credits_of(work.key))
            self._lay_nfo(now, f"{folder}/tvshow.nfo", nfo_text([nfo]))
            season, number = now.places.season_folder(media), media.names.season
            if season is not None and number is not None:
                title = "Specials" if number == 0 else f"Season {number}"
                known = self._state.show_seasons(work.key).get(number, ShowSeason(number))
                content = season_text(number, known.title or title, known.overview, known.aired_on)
                self._lay_nfo(now, f"{season}/season.nfo", content)
        else:
            self._take_nfo(now, f"{folder}/tvshow.nfo")
        self._lay_picture(now, f"show-{key}", ArtworkKind.POSTER, f"{folder}/poster.jpg", _POSTERS)
        self._lay_picture(now, f"show-{key}", ArtworkKind.BACKDROP, f"{folder}/fanart.jpg", _BACKDROPS)
        self._of_season(now, media, folder, key)

    def _of_season(self, now: _Round, media: Media, folder: str, key: str) -> None:
        """The poster of a season lies beside that of the show, where all players look for it."""
        number, inside = media.names.season, now.places.season_folder(media)
        if number is None:
            return
        if inside is not None and self._has_rival(f"{inside}/poster.jpg", _POSTERS):
            return
        names = ("season-specials", "season00", "season0") if number == 0 else (f"season{number:02}", f"season{number}")
        rivals = [rival for name in names for rival in (f"{name}-poster", name)]
        target = f"{folder}/{names[0]}-poster.jpg"
        self._lay_picture(now, season_owner(key, number), ArtworkKind.POSTER, target, rivals)

    def _has_rival(self, stored: str, names: Sequence[str]) -> bool:
        """Whether there is a picture beside a path already that says the same."""
        there = {name_key(entry.name) for entry in self._media_root.path(stored).parent.iterdir()}
        return any(f"{name}{suffix}" in there for name in names for suffix in _SUFFIXES)

    def _of_album(self, now: _Round, media: Media) -> None:
        folder, key = now.places.album_folder(media), album_key(media.names)
        if folder is None or key is None:
            return
        work = self._state.work(album_work_key(key))
        if work is not None and work.state in _KNOWN:
            ids = self._state.media_of_work(work.key)
            found = self._state.media_with_ids(ids)
            tracks = [found[one] for one in ids if one in found]
            self._lay_nfo(now, f"{folder}/album.nfo", nfo_text([album_nfo(tracks, work)]))
            artist = now.places.artist_folder(media)
            name = media.names.album_artist or media.names.artist
            if artist is not None and name:
                self._lay_nfo(now, f"{artist}/artist.nfo", nfo_text([artist_nfo(name)]))
        else:
            self._take_nfo(now, f"{folder}/album.nfo")
        self._lay_picture(now, f"album-{key}", ArtworkKind.POSTER, f"{folder}/cover.jpg", _COVERS)

    def _lay_nfo(self, now: _Round, stored: str, content: bytes, *, others: Iterable[str] = ()) -> None:
        if now.preferences.write_nfo:
            now.written += lay_beside(self._media_root.path(stored), content, is_ours, others=others)

    def _take_nfo(self, now: _Round, stored: str) -> None:
        """What we wrote of something that it turned out not to be goes again."""
        if now.preferences.write_nfo:
            now.written += take_away(self._media_root.path(stored), is_ours)

    def _lay_picture(self, now: _Round, owner: str, kind: ArtworkKind, stored: str, rivals: Sequence[str]) -> None:
        """Lay a picture that a service had or a person chose; what came out of the file says nothing new there."""
        if not now.preferences.write_artwork:
            return
        known = self._state.artwork_of(owner).get(kind)
        file = self._covers.file_of(owner, kind)
        if known is None or file is None or known.source not in _FOREIGN_TO_FILES:
            return
        others = [f"{name}{suffix}" for name in rivals for suffix in _SUFFIXES]
        target = self._media_root.path(stored)
        now.written += lay_beside(target, marked_picture(file.read_bytes()), is_our_picture, others=others)

    def _listed(self, work: Work) -> dict[tuple[int, int], ShowEpisode]:
        return {(one.season, one.episode): one for one in self._state.show_episodes(work.key)}

    def _saga_of(self, media: Media) -> str:
        for collection_id in sorted(self._state.collections_of_media(media.id)):
            collection = self._state.collection(collection_id)
            if collection.kind is CollectionKind.SAGA:
                return collection.title
        return ""


def _stem(media: Media) -> str:
    assert media.file is not None
    return media.file.path.removesuffix(PurePosixPath(media.file.path).suffix)
