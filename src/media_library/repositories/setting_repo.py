"""What people tune in the web app."""

from typing import TypeVar

import msgspec

from media_library.models.preferences import (
    DiscPreferences,
    DownloadPreferences,
    LibraryPreferences,
    NamingPreferences,
    PlaybackPreferences,
    PodcastPreferences,
    ScreenPreferences,
)
from media_library.repositories.base import Repository

_DISCS = "discs"
_DOWNLOADS = "downloads"
_PODCASTS = "podcasts"
_NAMING = "naming"
_LIBRARY = "library"
_PLAYBACK = "playback"
_SCREENS = "screens"

Preferences = TypeVar("Preferences")


class SettingRepo(Repository):
    """Reads and writes ``settings``: one JSON value for each group of preferences."""

    def disc_preferences(self, default: DiscPreferences) -> DiscPreferences:
        """How discs are treated; ``default`` until somebody changed it."""
        return self._setting(_DISCS, default)

    def change_disc_preferences(self, preferences: DiscPreferences) -> None:
        """Store how discs are treated from now on."""
        self._change_setting(_DISCS, preferences)

    def download_preferences(self, default: DownloadPreferences) -> DownloadPreferences:
        """How videos are fetched; ``default`` until somebody changed it."""
        return self._setting(_DOWNLOADS, default)

    def change_download_preferences(self, preferences: DownloadPreferences) -> None:
        """Store how videos are fetched from now on."""
        self._change_setting(_DOWNLOADS, preferences)

    def podcast_preferences(self, default: PodcastPreferences) -> PodcastPreferences:
        """How podcasts are treated; ``default`` until somebody changed it."""
        return self._setting(_PODCASTS, default)

    def change_podcast_preferences(self, preferences: PodcastPreferences) -> None:
        """Store how podcasts are treated from now on."""
        self._change_setting(_PODCASTS, preferences)

    def library_preferences(self, default: LibraryPreferences) -> LibraryPreferences:
        """How the library finds out what it holds; ``default`` until somebody changed it."""
        return self._setting(_LIBRARY, default)

    def change_library_preferences(self, preferences: LibraryPreferences) -> None:
        """Store how the library finds out what it holds from now on."""
        self._change_setting(_LIBRARY, preferences)

    def naming_preferences(self, default: NamingPreferences) -> NamingPreferences:
        """The templates of names on disk; ``default`` until somebody changed them."""
        return self._setting(_NAMING, default)

    def change_naming_preferences(self, preferences: NamingPreferences) -> None:
        """Store the templates of names on disk from now on."""
        self._change_setting(_NAMING, preferences)

    def playback_preferences(self, default: PlaybackPreferences) -> PlaybackPreferences:
        """How films are played; ``default`` until somebody changed it."""
        return self._setting(_PLAYBACK, default)

    def change_playback_preferences(self, preferences: PlaybackPreferences) -> None:
        """Store how films are played from now on."""
        self._change_setting(_PLAYBACK, preferences)

    def screen_preferences(self) -> ScreenPreferences:
        """When shared screens ask who is watching."""
        return self._setting(_SCREENS, ScreenPreferences())

    def change_screen_preferences(self, preferences: ScreenPreferences) -> None:
        """Store when shared screens ask who is watching from now on."""
        self._change_setting(_SCREENS, preferences)

    def _setting(self, key: str, default: Preferences) -> Preferences:
        row = self._row("SELECT value FROM settings WHERE key = ?", (key,))
        return default if row is None else msgspec.json.decode(str(row[0]), type=type(default))

    def _change_setting(self, key: str, preferences: object) -> None:
        self._change(
            "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, msgspec.json.encode(preferences).decode()),
        )
