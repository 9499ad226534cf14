"""What follows when it was found out what something is: its name on disk, and the files beside it for other players."""

from collections.abc import Sequence

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.models.media import Media, MediaType
from media_library.models.work import album_work_key, movie_key, show_work_key
from media_library.repositories.media_repo.keys import album_key, show_key
from media_library.services.age_ratings import AgeRatings
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences
from media_library.services.renaming import Renaming
from media_library.services.sidecars import Sidecars


class SettlingIn:
    """Names and describes what was identified, as people want it."""

    def __init__(self, settings: Settings, state: AppState, media_root: MediaRoot, covers: Covers) -> None:
        preferences = Preferences(state, settings)
        self._state = state
        self._renaming = Renaming(state, media_root, Naming(settings.file_naming, preferences.naming), preferences)
        self._ages = AgeRatings(state, preferences.library)
        self._sidecars = Sidecars(state, media_root, covers, preferences)

    def settle_in(self, media_ids: Sequence[str]) -> None:
        """Note from which age on these items may be seen, rename them, write beside them and the rest of their works.

        Files that the program itself put where they are get their names in any case, for nobody chose those that they
        have; others if people want that.
        """
        self._ages.settle(media_ids)
        ours = self._state.media_brought_in(media_ids)
        self._renaming.rename_identified(ours, provisional=True)
        self._renaming.rename_identified([one for one in media_ids if one not in ours])
        found = self._state.media_with_ids(media_ids)
        keys = dict.fromkeys(key for media in found.values() if (key := _work_of(media)) is not None)
        others = (media_id for key in keys for media_id in self._state.media_of_work(key))
        self._sidecars.write(dict.fromkeys((*media_ids, *others)))


def _work_of(media: Media) -> str | None:
    match media.media_type:
        case MediaType.MOVIE:
            return movie_key(media.id)
        case MediaType.EPISODE:
            key = show_key(media.names)
            return None if key is None else show_work_key(key)
        case MediaType.TRACK:
            key = album_key(media.names)
            return None if key is None else album_work_key(key)
        case _:
            return None
