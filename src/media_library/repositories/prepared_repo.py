"""Versions that were made, or are to be made, to be taken along."""

from media_library.models.prepared import Prepared, PreparedQuality, PreparedState
from media_library.repositories.base import Repository, Row, now_ms

_COLUMNS = "media_id, quality, file_tag, state, reason, percent, size_bytes, asked_at, used_at"


class PreparedRepo(Repository):
    """Reads and writes ``prepared``."""

    def ask_prepared(self, media_id: str, quality: PreparedQuality, file_tag: str) -> Prepared:
        """Have a version made, unless it is there or under way already. One that failed is tried again."""
        now = now_ms()
        row = self._change_returning(
            f"""
            INSERT INTO prepared (media_id, quality, file_tag, state, asked_at, used_at)
            VALUES (?, ?, ?, 'waiting', ?, ?)
            ON CONFLICT (media_id, quality) DO UPDATE
            SET state = iif(file_tag = excluded.file_tag AND state <> 'failed', state, 'waiting'),
                percent = iif(file_tag = excluded.file_tag AND state <> 'failed', percent, 0),
                size_bytes = iif(file_tag = excluded.file_tag AND state <> 'failed', size_bytes, 0),
                reason = NULL, file_tag = excluded.file_tag, used_at = excluded.used_at
            RETURNING {_COLUMNS}
            """,
            (media_id, quality, file_tag, now, now),
        )
        assert row is not None
        return _prepared(row)

    def prepared(self, media_id: str, quality: PreparedQuality) -> Prepared | None:
        """A version, if anybody asked for it."""
        row = self._row(f"SELECT {_COLUMNS} FROM prepared WHERE media_id = ? AND quality = ?", (media_id, quality))
        return None if row is None else _prepared(row)

    def count_prepared_waiting(self) -> int:
        """How many versions wait to be made."""
        row = self._row("SELECT count(*) FROM prepared WHERE state = 'waiting'")
        return 0 if row is None else int(row[0] or 0)

    def next_prepared(self) -> Prepared | None:
        """Take the version that was asked for first; it counts as being made from now on."""
        row = self._change_returning(
            f"""
            UPDATE prepared SET state = 'working', percent = 0
            WHERE (media_id, quality) = (
                SELECT media_id, quality FROM prepared
                WHERE state = 'waiting' ORDER BY asked_at, media_id, quality LIMIT 1
            )
            RETURNING {_COLUMNS}
            """
        )
        return None if row is None else _prepared(row)

    def prepared_progress(self, version: Prepared, percent: float) -> bool:
        """Note how far the making is; false if nobody wants this version any more."""
        return bool(
            self._change(
                """
                UPDATE prepared SET percent = ?
                WHERE media_id = ? AND quality = ? AND file_tag = ? AND state = 'working'
                """,
                (percent, version.media_id, version.quality, version.file_tag),
            )
        )

    def prepared_ready(self, version: Prepared, size_bytes: int) -> bool:
        """The version lies in its place; false if nobody wants it any more."""
        return bool(
            self._change(
                """
                UPDATE prepared SET state = 'ready', percent = 100, size_bytes = ?, used_at = ?
                WHERE media_id = ? AND quality = ? AND file_tag = ? AND state = 'working'
                """,
                (size_bytes, now_ms(), version.media_id, version.quality, version.file_tag),
            )
        )

    def prepared_failed(self, version: Prepared, reason: str) -> None:
        """The version cannot be made."""
        self._change(
            """
            UPDATE prepared SET state = 'failed', reason = ?
            WHERE media_id = ? AND quality = ? AND file_tag = ? AND state = 'working'
            """,
            (reason, version.media_id, version.quality, version.file_tag),
        )

    def restart_prepared(self) -> None:
        """What was being made when the program went down waits again."""
        self._change("UPDATE prepared SET state = 'waiting', percent = 0 WHERE state = 'working'")

    def use_prepared(self, media_id: str, quality: PreparedQuality) -> None:
        """Note that a version was fetched just now."""
        self._change(
            "UPDATE prepared SET used_at = ? WHERE media_id = ? AND quality = ?", (now_ms(), media_id, quality)
        )

    def prepared_by_use(self) -> list[Prepared]:
        """All that are ready, the one that was fetched longest ago first."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM prepared WHERE state = 'ready' ORDER BY used_at, media_id")
        return [_prepared(row) for row in rows]

    def forget_prepared(self, media_id: str, quality: PreparedQuality) -> None:
        """A version is gone, or is not wanted any more."""
        self._change("DELETE FROM prepared WHERE media_id = ? AND quality = ?", (media_id, quality))


def _prepared(row: Row) -> Prepared:
    media_id, quality, tag, state, reason, percent, size_bytes, asked_at, used_at = row
    return Prepared(
        str(media_id),
        PreparedQuality(str(quality)),
        str(tag),
        PreparedState(str(state)),
        None if reason is None else str(reason),
        float(percent or 0),
        int(size_bytes or 0),
        int(asked_at or 0),
        int(used_at or 0),
    )
