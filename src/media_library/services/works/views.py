"""What the pages of films, shows and albums show."""

from dataclasses import dataclass
from datetime import UTC, datetime

from media_library.app_state import AppState
from media_library.models.collection import CollectionKind
from media_library.models.library_file import LibraryFile
from media_library.models.media import Media
from media_library.models.user import Viewer
from media_library.models.work import Credit, ShowEpisode, Work, WorkKind
from media_library.services.media_root import MediaRoot
from media_library.services.works.keys import unasked


@dataclass(frozen=True, slots=True)
class Saga:
    """The collection of films that a film belongs to, and how many of them the viewer sees listed."""

    collection_id: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class WorkView:
    """All that the page of a film, a show or an album shows. ``extras`` are cards, a JSON array."""

    work: Work
    credits: tuple[Credit, ...]
    saga: Saga | None
    extras: str
    files: tuple[LibraryFile, ...]
    missing: tuple[ShowEpisode, ...]


class Views:
    """Puts together what is known of works, through the eyes of a viewer."""

    def __init__(self, state: AppState, media_root: MediaRoot) -> None:
        self._state = state
        self._media_root = media_root

    def of(self, viewer: Viewer, key: str, media: Media | None = None) -> WorkView:
        """All that is known of a work; ``media`` is the item of it that is looked at."""
        work = self._state.work(key) or unasked(key)
        subject = key.partition(":")[2]
        offline = not self._media_root.is_online()
        extras = "[]"
        files: tuple[LibraryFile, ...] = ()
        missing: tuple[ShowEpisode, ...] = ()
        if work.kind is WorkKind.MOVIE:
            extras = self._state.extras_of(viewer, "movie", subject, offline=offline)
            files = tuple(self._state.files_of_media(subject))
        elif work.kind is WorkKind.SHOW:
            extras = self._state.extras_of(viewer, "show", subject, offline=offline)
            missing = self._missing(viewer, key)
        if media is not None and work.kind is not WorkKind.MOVIE:
            files = tuple(self._state.files_of_media(media.id))
        saga = self._saga(viewer, subject) if work.kind is WorkKind.MOVIE else None
        return WorkView(work, tuple(self._state.credits_of(key)), saga, extras, files, missing)

    def _missing(self, viewer: Viewer, key: str) -> tuple[ShowEpisode, ...]:
        """The episodes of the seasons that were shown by now and are not here.

        Nothing for those with a limit of age: what is hidden from them would be named as missing.
        """
        if viewer.max_age is not None:
            return ()
        here = {
            (season, number)
            for season, first, last in self._state.places_of_show(viewer, key.partition(":")[2])
            for number in range(first, min(last, first + 50) + 1)
        }
        today = datetime.now(UTC).date().isoformat()
        return tuple(
            one
            for one in self._state.show_episodes(key)
            if one.season > 0 and (one.season, one.episode) not in here and one.aired_on and one.aired_on <= today
        )

    def _saga(self, viewer: Viewer, media_id: str) -> Saga | None:
        for collection_id in sorted(self._state.collections_of_media(media_id)):
            collection = self._state.collection(collection_id)
            if collection.kind is CollectionKind.SAGA:
                count = self._state.collection_for(viewer, collection_id).count
                return Saga(collection_id, collection.title, count)
        return None
