"""Where each person stopped."""

import json
from collections.abc import Iterable, Sequence

from media_library.constants import FINISHED_FRACTION
from media_library.models.playback import PlaybackProgress
from media_library.repositories.base import Repository, now_ms


class PlaybackRepo(Repository):
    """Reads and writes ``playback_progress``."""

    def save_playback(
        self, user_id: str, media_id: str, position_ms: int, duration_ms: int, at: int | None = None
    ) -> PlaybackProgress:
        """Note where the person is in a media item; finished from 95 % of ``duration_ms`` on.

        ``at`` is when that was (milliseconds), for a device that could not tell at once: what is newer stays.
        """
        finished = duration_ms > 0 and position_ms >= FINISHED_FRACTION * duration_ms
        now = now_ms() if at is None else min(at, now_ms())
        with self.transaction():
            before = None if at is None else self.playback(user_id, media_id)
            if before is not None and before.updated_at > now:
                return before
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
        return next(iter(self.playbacks(user_id, [media_id])), None)

    def playbacks(self, user_id: str, media_ids: Iterable[str]) -> list[PlaybackProgress]:
        """Where the person stopped in those of some media items that they ever started."""
        rows = self._rows(
            """
            SELECT media_id, position_ms, duration_ms, finished, updated_at
            FROM playback_progress
            WHERE user_id = ? AND media_id IN (SELECT value FROM json_each(?))
            """,
            (user_id, json.dumps(list(media_ids))),
        )
        return [
            PlaybackProgress(str(media_id), int(position or 0), int(duration or 0), bool(finished), int(at or 0))
            for media_id, position, duration, finished, at in rows
        ]

    def finish_playbacks(self, user_id: str, media: Iterable[tuple[str, int]]) -> None:
        """Note that the person is through with media items, given with their durations in milliseconds."""
        now = now_ms()
        # what has no length of its own, such as a book, still ends somewhere
        whole = [(media_id, duration_ms or 1_000) for media_id, duration_ms in media]
        self.put_playbacks(user_id, [PlaybackProgress(one, length, length, True, now) for one, length in whole])

    def put_playbacks(self, user_id: str, progress: Sequence[PlaybackProgress]) -> None:
        """Write down where the person is in media items, just as it is given."""
        with self.transaction():
            self._connection().executemany(
                """
                INSERT INTO playback_progress (user_id, media_id, position_ms, duration_ms, finished, updated_at)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (user_id, media_id) DO UPDATE
                SET position_ms = excluded.position_ms, duration_ms = excluded.duration_ms,
                    finished = excluded.finished, updated_at = excluded.updated_at
                """,
                [
                    (user_id, one.media_id, one.position_ms, one.duration_ms, one.finished, one.updated_at)
                    for one in progress
                ],
            )

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

    def forget_playbacks(self, user_id: str, media_ids: Iterable[str]) -> None:
        """The same for several media items."""
        self._change(
            "DELETE FROM playback_progress WHERE user_id = ? AND media_id IN (SELECT value FROM json_each(?))",
            (user_id, json.dumps(list(media_ids))),
        )

    def hide_playback(self, user_id: str, media_id: str, *, hidden: bool) -> int:
        """Leave an item, and with an episode its show, out of what the person goes on with; or no longer.

        The answer is how many rows say so. What is played afterwards comes back by itself.
        """
        return self._change(
            """
            UPDATE playback_progress SET hidden_at = :at
            WHERE user_id = :user AND (media_id = :id OR media_id IN (
                SELECT other.id FROM media AS self JOIN media AS other
                    ON other.show_key = self.show_key AND other.media_type = 'episode'
                WHERE self.id = :id AND self.media_type = 'episode'
            ))
            """,
            {"at": now_ms() if hidden else None, "user": user_id, "id": media_id},
        )
