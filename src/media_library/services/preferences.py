"""What people tuned in the web app, with the configuration file's values until they did."""

from media_library.app_state import AppState
from media_library.config import Settings
from media_library.models.preferences import (
    AutoDownload,
    DownloadPreferences,
    LibraryPreferences,
    NamingPreferences,
    PlaybackPreferences,
    PodcastPreferences,
)
from media_library.services.file_naming import NamingChoices, choices_of


class Preferences:
    """The preferences as they are at this moment. Safe to use from any thread."""

    def __init__(self, state: AppState, settings: Settings) -> None:
        self._state = state
        self._downloads = DownloadPreferences(format=settings.downloads.ytdlp_format)
        self._podcasts = PodcastPreferences(
            check_interval_hours=settings.podcasts.check_interval_hours,
            auto_download=AutoDownload.LATEST if settings.podcasts.auto_download else AutoDownload.NONE,
        )

    def downloads(self) -> DownloadPreferences:
        """How videos are fetched."""
        return self._state.download_preferences(self._downloads)

    def podcasts(self) -> PodcastPreferences:
        """How podcasts are treated."""
        return self._state.podcast_preferences(self._podcasts)

    def library(self) -> LibraryPreferences:
        """How the library finds out what it holds."""
        return self._state.library_preferences(LibraryPreferences())

    def playback(self) -> PlaybackPreferences:
        """How films are played that a browser cannot play as they are."""
        return self._state.playback_preferences(PlaybackPreferences())

    def naming(self) -> NamingChoices:
        """How names on disk are made."""
        return choices_of(self._state.naming_preferences(NamingPreferences()), self.library().id_style)

    def allowed_hosts(self) -> tuple[str, ...]:
        """The hosts in the house that an admin allowed to be reached."""
        return self.downloads().allowed_hosts
