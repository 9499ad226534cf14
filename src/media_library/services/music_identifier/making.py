"""Puts the identification of albums together from the configuration."""

from collections.abc import Callable, Sequence

from media_library.adapters.acoustid import AcoustId
from media_library.adapters.cover_art_archive import CoverArtArchive
from media_library.adapters.http import HttpClient
from media_library.adapters.musicbrainz import MusicBrainz
from media_library.app_state import AppState
from media_library.config import Settings
from media_library.constants import SERVICE_CACHE
from media_library.services.covers import Covers
from media_library.services.media_root import MediaRoot
from media_library.services.music_identifier.covers import AlbumCovers
from media_library.services.music_identifier.finding import Finder
from media_library.services.music_identifier.identifier import AlbumIdentifier
from media_library.services.preferences import Preferences


def album_identifier(
    settings: Settings,
    state: AppState,
    media_root: MediaRoot,
    http: HttpClient,
    covers: Covers,
    after_identified: Callable[[Sequence[str]], None] = lambda _: None,
) -> AlbumIdentifier:
    """The identification of albums; ``http`` must be allowed to reach the hosts of the configuration.

    ``after_identified`` is told the media that are known now.
    """
    preferences = Preferences(state, settings).library
    cache, services = settings.data_directory / SERVICE_CACHE, settings.services
    archive = CoverArtArchive.connect(http, cache, url=services.cover_art_url)
    finder = Finder(
        MusicBrainz.connect(http, cache, url=services.musicbrainz_url),
        AcoustId.connect(http, cache, url=services.acoustid_url, key=settings.secrets.acoustid_api_key),
        media_root.path,
        lambda: preferences().metadata_country,
    )
    return AlbumIdentifier(
        state, finder, archive, AlbumCovers(state, media_root, archive, covers), preferences, after_identified
    )
