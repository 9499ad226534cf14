"""Where each person stopped."""

from media_library.constants import FINISHED_FRACTION
from media_library.models.playback import PlaybackProgress
from media_library.repositories.base import Repository, now_ms


class PlaybackRepo(Repository):
    """Reads and writes ``playback_progress``."""

    def save_playback(self, user_id: str, media_id: str, position_ms: int, duration_ms: int) -> PlaybackProgress:
        """Note where the person is in a media item; finished from 95 % of ``duration_ms`` on."""
        finished = duration_ms > 0 and position_ms >= FINISHED_FRACTION * duration_ms
        now = now_ms()
        self._change(
            """
            INSERT INTO playback_progress (user_id, media_id, position_ms, duration_ms, finished, updated_at)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (user_id, media_id) DO UPDATE
            SET position_ms = excluded.position_ms, duration_ms = excluded.duration_ms,
                finished = excluded.finished, updated_at = excluded.updated_at
            """,
            (user_id, media_id, position_ms, duration_ms, finished, now),
        )
        return PlaybackProgress(media_id, position_ms, duration_ms, finished, now)

    def playback(self, user_id: str, media_id: str) -> PlaybackProgress | None:
        """Where the person stopped, if they ever started."""
        row = self._row(
            """
            SELECT position_ms, duration_ms, finished, updated_at
            FROM playback_progress
            WHERE user_id = ? AND media_id = ?
            """,
            (user_id, media_id),
        )
        if row is None:
            return None
        position, duration, finished, updated_at = row
        return PlaybackProgress(media_id, int(position or 0), int(duration or 0), bool(finished), int(updated_at or 0))

    def is_media_begun(self, media_id: str, from_ms: int) -> bool:
        """Whether anybody stopped in the middle of a media item, beyond ``from_ms``."""
        row = self._row(
            "SELECT 1 FROM playback_progress WHERE media_id = ? AND NOT finished AND position_ms >= ? LIMIT 1",
            (media_id, from_ms),
        )
        return row is not None

    def forget_playback(self, user_id: str, media_id: str) -> None:
        """Forget that the person ever started."""
        self._change("DELETE FROM playback_progress WHERE user_id = ? AND media_id = ?", (user_id, media_id))
