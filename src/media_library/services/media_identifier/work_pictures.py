"""The pictures of films, shows, sagas and persons: fetched from the service, kept where all pictures are kept."""

import logging
from typing import Literal

from media_library.adapters.service_client import ServiceFailed, ServiceUnavailable
from media_library.adapters.tmdb import PictureSize, Tmdb
from media_library.app_state import AppState
from media_library.errors import NotFound
from media_library.models.artwork import ArtworkKind, ArtworkSource, season_owner
from media_library.models.work import Person, Work, WorkKind, show_work_key
from media_library.services.covers import Covers

log = logging.getLogger(__name__)

PictureKind = Literal["poster", "still", "backdrop"]

_SIZES: dict[PictureKind, PictureSize] = {"poster": "w780", "backdrop": "w1280", "still": "w300"}


class WorkPictures:
    """Fetches pictures. What cannot be had is never an error: the generated cover stays."""

    def __init__(self, state: AppState, tmdb: Tmdb, covers: Covers) -> None:
        self._state = state
        self._tmdb = tmdb
        self._covers = covers

    def fetch_poster(self, key: str) -> bool:
        """Fetch the poster of a work; false if it has none now."""
        return self._fetch(key, "poster")

    def fetch_backdrop(self, key: str) -> bool:
        """Fetch the backdrop of a work, in the same way."""
        return self._fetch(key, "backdrop")

    def fetch_still(self, media_id: str, path: str) -> bool:
        """Fetch the still of an episode; one that is none is not asked for again."""
        try:
            picture = self._tmdb.picture(path, _SIZES["still"])
        except (NotFound, ServiceFailed) as error:
            log.info("The still %s cannot be had: %s", path, error)
            self._state.forget_still(path)
            return False
        except ServiceUnavailable:
            return False
        is_kept = self._covers.put(media_id, picture, "still", address=path)
        if not is_kept:
            self._state.forget_still(path)
        return is_kept

    def fetch_season(self, show: str, season: int, path: str) -> bool:
        """Fetch the poster of a season of the show of a key; false if it cannot be had now."""
        picture = self._bytes(path, "poster")
        owner = season_owner(show, season)
        if picture is not None and self._covers.put_named(owner, picture, "poster", address=path):
            return True
        self._state.note_season_tried(show_work_key(show), season)
        return False

    def fetch_named(self, name: str, path: str | None) -> bool:
        """Fetch a poster for something that is no media item, such as a saga."""
        picture = self._bytes(path, "poster")
        return picture is not None and self._covers.put_named(name, picture, "poster")

    def fetch_portrait(self, person: Person) -> bool:
        """Fetch the portrait of a person; one that is none is not asked for again."""
        if person.portrait is None:
            return False
        picture = self._bytes(person.portrait, "poster")
        if picture is None:
            return False
        is_kept = self._covers.put_named(person.id, picture, "poster")
        self._state.mark_portrait(person.id, has_portrait=is_kept, is_hopeless=not is_kept)
        return is_kept

    def forget(self, work: Work) -> None:
        """A match was taken back: its pictures are no longer shown. Those that a person chose stay."""
        self._state.mark_work_artwork(work.key, poster=False, backdrop=False)
        if work.kind is WorkKind.SHOW:
            for season in self._state.season_posters(work.key.partition(":")[2]).values():
                if season.source is ArtworkSource.SERVICE:
                    self._covers.forget(season.owner)
        if work.kind is WorkKind.MOVIE:
            media_id = work.key.partition(":")[2]
            for kind, picture in self._covers.of(media_id).items():
                if kind is not ArtworkKind.STILL and picture.source is ArtworkSource.SERVICE:
                    self._covers.remove(media_id, kind)

    def _fetch(self, key: str, kind: Literal["poster", "backdrop"]) -> bool:
        poster, backdrop = self._state.pictures_of_work(key)
        work = self._state.work(key)
        path = poster if kind == "poster" else backdrop
        picture = self._bytes(path, kind)
        if work is None or picture is None:
            self._state.note_picture_tried(key)
            return False
        subject = key.partition(":")[2]
        if work.kind is WorkKind.MOVIE:
            is_kept = self._covers.put(subject, picture, kind, address=path)
        else:
            is_kept = self._covers.put_named(f"{work.kind}-{subject}", picture, kind, address=path)
            for media_id in self._state.media_of_work(key)[:1]:  # the show stands behind it in lists
                self._covers.put(media_id, picture, kind, address=path)
        if is_kept:
            self._state.mark_work_artwork(
                key, poster=work.has_poster or kind == "poster", backdrop=work.has_backdrop or kind == "backdrop"
            )
        else:
            self._state.note_picture_tried(key)
        return is_kept

    def _bytes(self, path: str | None, kind: PictureKind) -> bytes | None:
        if path is None:
            return None
        try:
            return self._tmdb.picture(path, _SIZES[kind])
        except (NotFound, ServiceFailed, ServiceUnavailable) as error:
            log.info("The %s %s could not be fetched: %s", kind, path, error)
            return None
