"""Puts the identification of films and shows together from the configuration."""

from collections.abc import Sequence

from media_library.adapters.http import HttpClient
from media_library.adapters.tmdb import Tmdb
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.constants import SERVICE_CACHE
from media_library.services.covers import Covers
from media_library.services.file_naming import Naming
from media_library.services.media_identifier.identifier import MediaIdentifier
from media_library.services.media_identifier.nfo_beside import NfoBeside
from media_library.services.media_root import MediaRoot
from media_library.services.preferences import Preferences
from media_library.services.renaming.planning import Planner
from media_library.services.settling_in import SettlingIn


def media_identifier(
    settings: Settings, state: AppState, media_root: MediaRoot, http: HttpClient, covers: Covers
) -> MediaIdentifier:
    """The identification of films and shows; ``http`` must be allowed to reach the hosts of the configuration."""
    preferences = Preferences(state, settings)
    settling = SettlingIn(settings, state, media_root, covers)
    naming = Naming(settings.file_naming, preferences.naming)

    def paths_of(media_ids: Sequence[str]) -> list[tuple[str, str]]:
        wanted = list(media_ids) if preferences.library().rename_new else state.media_brought_in(media_ids)
        planner = Planner(state, media_root, naming)
        found = []
        for media in state.media_with_ids(wanted).values():
            path = planner.path_of(media)
            if media.file is not None and path is not None and not media.file.path.startswith("@"):
                found.append((media.file.path, path))
        return sorted((old, new) for old, new in found if old != new)

    services = settings.services
    tmdb = Tmdb.connect(
        http,
        settings.data_directory / SERVICE_CACHE,
        url=services.tmdb_url,
        images_url=services.tmdb_images_url,
        key=settings.secrets.tmdb_api_key,
    )
    return MediaIdentifier(
        state, tmdb, covers, preferences.library, NfoBeside(state, media_root).read, settling.settle_in, paths_of
    )
