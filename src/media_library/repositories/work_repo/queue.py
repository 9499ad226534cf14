"""How far works are identified: what waits, what is due, how each attempt ended."""

import json
from collections.abc import Iterable

import msgspec

from media_library.errors import Conflict, NotFound
from media_library.events import JOBS_ROOM, ReviewUpdated
from media_library.models.work import Settlement, Work, WorkKind, WorkState
from media_library.repositories.base import Repository, now_ms
from media_library.repositories.work_repo.records import WORK, work_of


class WorkQueue(Repository):
    """Reads and writes the state of ``works``."""

    def work(self, key: str) -> Work | None:
        """A work, if anybody ever asked what it is."""
        row = self._row(f"SELECT {WORK} FROM works AS w WHERE w.key = ?", (key,))
        return None if row is None else work_of(row)

    def put_work_pending(self, keys: Iterable[str], *, anew: bool = False) -> int:
        """Let works be looked at when somebody has time, because something of them came or changed; returns how many.

        What is settled stays what it is, and only what came is fitted in; what waits for a person goes on waiting.
        ``anew`` asks again whatever was found, except what a person chose or dismissed.
        """
        now = now_ms()
        with self.transaction():
            return self._change(
                """
                INSERT INTO works (key, kind, state, created_at, updated_at)
                SELECT value, substr(value, 1, instr(value, ':') - 1), 'pending', ?, ? FROM json_each(?) WHERE true
                ON CONFLICT (key) DO UPDATE
                SET state = CASE
                        WHEN state = 'unknown' OR (? AND state IN ('review', 'applied', 'postponed')) THEN 'pending'
                        ELSE state END,
                    not_before = CASE
                        WHEN state IN ('applied', 'confirmed') AND NOT (? AND state = 'applied') THEN 1
                        ELSE 0 END,
                    tries = iif(?, 0, tries), updated_at = excluded.updated_at
                """,
                (now, now, json.dumps(list(keys)), anew, anew, anew),
            )

    def work_keys(self) -> list[str]:
        """The keys of all works."""
        return [str(row[0]) for row in self._rows("SELECT key FROM works")]

    def work_keys_of_library(self, library_id: str) -> list[str]:
        """The keys of the films, shows and albums of a library, asked about or not."""
        rows = self._rows(
            """
            SELECT 'movie:' || id FROM media WHERE library_id = :id AND media_type = 'movie' AND deleted_at IS NULL
            UNION
            SELECT 'show:' || show_key FROM media
            WHERE library_id = :id AND media_type = 'episode' AND show_key IS NOT NULL AND deleted_at IS NULL
            UNION
            SELECT 'album:' || album_key FROM media
            WHERE library_id = :id AND media_type = 'track' AND album_key IS NOT NULL AND deleted_at IS NULL
            """,
            {"id": library_id},
        )
        return [str(row[0]) for row in rows]

    def works_pending(self, kinds: Iterable[WorkKind], limit: int, now: int) -> list[Work]:
        """What is due, the oldest first: what nobody looked at, what was postponed, what got something new."""
        rows = self._rows(
            f"""
            SELECT {WORK} FROM works AS w
            WHERE w.kind IN (SELECT value FROM json_each(?)) AND (
                (w.state IN ('pending', 'postponed') AND w.not_before <= ?)
                OR (w.state IN ('applied', 'confirmed') AND w.not_before BETWEEN 1 AND ?)
            )
            ORDER BY w.created_at, w.key LIMIT ?
            """,
            (json.dumps(sorted(kinds)), now, now, limit),
        )
        return [work_of(row) for row in rows]

    def count_works_pending(self, kinds: Iterable[WorkKind], now: int) -> int:
        """How many are due."""
        row = self._row(
            """
            SELECT count(*) FROM works WHERE kind IN (SELECT value FROM json_each(?)) AND (
                (state IN ('pending', 'postponed') AND not_before <= ?)
                OR (state IN ('applied', 'confirmed') AND not_before BETWEEN 1 AND ?)
            )
            """,
            (json.dumps(sorted(kinds)), now, now),
        )
        return 0 if row is None else int(row[0] or 0)

    def settle_work(self, key: str, settlement: Settlement) -> None:
        """Note how an attempt to identify a work ended; raises ``NotFound``.

        One that was postponed counts its tries; whatever else ends them.
        """
        is_postponed = settlement.state is WorkState.POSTPONED
        with self.transaction():
            changed = self._change(
                """
                UPDATE works
                SET state = ?, reason = ?, score = ?, candidates = ?, not_before = ?,
                    tries = iif(?, tries + 1, 0), updated_at = ?
                WHERE key = ?
                """,
                (
                    settlement.state,
                    settlement.reason,
                    settlement.score,
                    msgspec.json.encode(settlement.candidates).decode(),
                    settlement.not_before,
                    is_postponed,
                    now_ms(),
                    key,
                ),
            )
            if not changed:
                raise NotFound("Nothing is known of this film, show or album.")
            self.broadcast(ReviewUpdated(key), JOBS_ROOM)

    def rest_work(self, key: str, not_before: int) -> None:
        """What came to a settled work is fitted in; it is looked at again at a time (ms), 0 for never by itself."""
        self._change("UPDATE works SET not_before = ?, updated_at = ? WHERE key = ?", (not_before, now_ms(), key))

    def postpone_works(self, kinds: Iterable[WorkKind], reason: str, not_before: int) -> int:
        """Put off all that is due, as when there is no key for the service; returns how many."""
        return self._change(
            """
            UPDATE works SET state = 'postponed', reason = ?, not_before = ?, updated_at = ?
            WHERE kind IN (SELECT value FROM json_each(?)) AND state IN ('pending', 'postponed') AND not_before < ?
            """,
            (reason, not_before, now_ms(), json.dumps(sorted(kinds)), not_before),
        )

    def hurry_works(self, kinds: Iterable[WorkKind]) -> int:
        """Let what was postponed be due now, as when a key was given; returns how many."""
        return self._change(
            """
            UPDATE works SET not_before = 0 WHERE kind IN (SELECT value FROM json_each(?)) AND state = 'postponed'
            """,
            (json.dumps(sorted(kinds)),),
        )

    def rekey_work(self, key: str, new_key: str) -> None:
        """The show or album is called otherwise now; raises ``Conflict`` if there is a work of the new key."""
        with self.transaction():
            if self._row("SELECT 1 FROM works WHERE key = ?", (new_key,)) is not None:
                raise Conflict("There is another show or album of this name.")
            self._change("UPDATE works SET key = ? WHERE key = ?", (new_key, key))

    def forget_work(self, key: str) -> None:
        """Forget what was found out about a work."""
        self._change("DELETE FROM works WHERE key = ?", (key,))

    def forget_works_without_media(self) -> int:
        """Forget the works of which nothing is left in the library, not even in the bin; returns how many."""
        return self._change(
            """
            DELETE FROM works WHERE
                (kind = 'movie' AND NOT EXISTS (SELECT 1 FROM media WHERE id = substr(works.key, 7)))
                OR (kind = 'show' AND substr(key, 6) NOT IN (
                    SELECT show_key FROM media WHERE media_type = 'episode' AND show_key IS NOT NULL))
                OR (kind = 'album' AND substr(key, 7) NOT IN (
                    SELECT album_key FROM media WHERE media_type = 'track' AND album_key IS NOT NULL))
            """
        )

    def works_unasked(self, limit: int) -> list[str]:
        """The keys of films, shows and albums of the library that nobody asked about, at most so many.

        Files into which nobody looked yet are left out: they may turn out to be something else. So are the extras of
        discs, which no service knows.
        """
        rows = self._rows(
            """
            SELECT key FROM (
                SELECT 'movie:' || m.id AS key FROM media AS m
                WHERE m.media_type = 'movie' AND m.deleted_at IS NULL AND (m.duration_ms > 0 OR m.path IS NULL)
                    AND NOT (m.disc_id IS NOT NULL AND m.title GLOB '* - Extra [0-9]*')
                UNION ALL
                SELECT DISTINCT 'show:' || m.show_key FROM media AS m
                WHERE m.media_type = 'episode' AND m.show_key IS NOT NULL AND m.deleted_at IS NULL
                    AND (m.duration_ms > 0 OR m.path IS NULL)
                UNION ALL
                SELECT DISTINCT 'album:' || m.album_key FROM media AS m
                WHERE m.media_type = 'track' AND m.album_key IS NOT NULL AND m.deleted_at IS NULL
                    AND (m.duration_ms > 0 OR m.path IS NULL)
            ) AS present
            WHERE NOT EXISTS (SELECT 1 FROM works AS w WHERE w.key = present.key)
            LIMIT ?
            """,
            (limit,),
        )
        return [str(row[0]) for row in rows]
