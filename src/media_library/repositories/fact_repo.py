"""Facts about this installation that no setting may change."""

from media_library.repositories.base import Repository, now_ms

_CLAIMED = "claimed_at"
_ROOT = "media_root_id"


class FactRepo(Repository):
    """Reads and writes ``facts``. That the box was claimed is kept here, apart from the accounts."""

    def is_claimed(self) -> bool:
        """Whether somebody made this box theirs, even if no account is left."""
        return self._fact(_CLAIMED) is not None

    def claim(self) -> bool:
        """Mark the box as claimed; false if it already was. Call it in the transaction that adds the admin."""
        return bool(self._change("INSERT OR IGNORE INTO facts (key, value) VALUES (?, ?)", (_CLAIMED, str(now_ms()))))

    def media_root_id(self) -> str | None:
        """The identity of the media folder that this library belongs to."""
        return self._fact(_ROOT)

    def remember_media_root(self, root_id: str) -> None:
        """Remember which media folder this library belongs to."""
        self._change(
            "INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (_ROOT, root_id),
        )

    def _fact(self, key: str) -> str | None:
        row = self._row("SELECT value FROM facts WHERE key = ?", (key,))
        return None if row is None else str(row[0])
