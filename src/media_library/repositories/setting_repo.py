"""What people tune in the web app."""

import msgspec

from media_library.models.preferences import DiscPreferences
from media_library.repositories.base import Repository

_DISCS = "discs"


class SettingRepo(Repository):
    """Reads and writes ``settings``: one JSON value for each group of preferences."""

    def disc_preferences(self, default: DiscPreferences) -> DiscPreferences:
        """How discs are treated; ``default`` until somebody changed it."""
        row = self._row("SELECT value FROM settings WHERE key = ?", (_DISCS,))
        return default if row is None else msgspec.json.decode(str(row[0]), type=DiscPreferences)

    def change_disc_preferences(self, preferences: DiscPreferences) -> None:
        """Store how discs are treated from now on."""
        self._change(
            "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (_DISCS, msgspec.json.encode(preferences).decode()),
        )
