"""Writes the index of subtitles: which films are to be looked through, and what is said in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from media_library.models.subtitle import SpokenTrack
from media_library.repositories.base import Repository, now_ms

_BATCH = 500
_TAG = """
    iif(m.streams ->> '$.subtitles[0]' IS NULL, '', m.mtime_ns || ' ' || m.size_bytes) || coalesce((
        SELECT group_concat(f.id || ' ' || f.mtime_ns || ' ' || f.size_bytes || ' ' || f.flags)
        FROM files AS f WHERE f.media_id = m.id AND f.role = 'subtitle' AND f.state <> 'missing'
    ), '')
"""
"""Stands for all from which the subtitles of an item ``m`` come; "" if it has none."""


@dataclass(frozen=True, slots=True)
class Unindexed:
    """A film whose subtitles changed since they were read. ``rid`` is its row number."""

    rid: int
    media_id: str
    tag: str


class SubtitleIndex(Repository):
    """Writes ``subtitle_sources``, ``subtitle_tracks`` and ``subtitle_lines``."""

    def next_unindexed(self, after_rid: int) -> Unindexed | None:
        """The first film, by row number, whose subtitles are not in the index as they are now."""
        # the plus keeps an index of types from being used, after which all rows would have to be put in order
        row = self._row(
            f"""
            SELECT rid, id, tag FROM (
                SELECT m.rid AS rid, m.id AS id, {_TAG} AS tag
                FROM media AS m
                WHERE m.rid > ? AND m.deleted_at IS NULL AND m.path IS NOT NULL
                    AND +m.media_type IN ('movie', 'episode', 'video', 'home_video', 'extra')
            )
            WHERE tag <> coalesce((SELECT known.tag FROM subtitle_sources AS known WHERE known.media_id = id), '')
            ORDER BY rid LIMIT 1
            """,
            (after_rid,),
        )
        return None if row is None else Unindexed(int(row[0] or 0), str(row[1]), str(row[2]))

    def put_spoken(self, media_id: str, tag: str, tracks: Sequence[SpokenTrack], reason: str | None = None) -> int:
        """What is said in a film, instead of what was known before; returns how many lines that is.

        In several transactions, so that nobody has to wait; only the last one notes that it is done. ``reason`` says
        why there is nothing, in a sentence.
        """
        self.forget_spoken(media_id)
        count = 0
        for track in tracks:
            with self.transaction():
                row = self._change_returning(
                    "INSERT INTO subtitle_tracks (media_id, track, language, lines) VALUES (?, ?, ?, ?) RETURNING rid",
                    (media_id, track.track, track.language, len(track.lines)),
                )
            assert row is not None
            for first in range(0, len(track.lines), _BATCH):
                some = track.lines[first : first + _BATCH]
                with self.transaction():
                    self._connection().executemany(
                        "INSERT INTO subtitle_lines (track_rid, start_ms, body) VALUES (?, ?, ?)",
                        [(row[0], line.start_ms, line.text) for line in some],
                    )
                count += len(some)
        self._change(
            """
            INSERT INTO subtitle_sources (media_id, tag, reason, indexed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (media_id) DO UPDATE
            SET tag = excluded.tag, reason = excluded.reason, indexed_at = excluded.indexed_at
            """,
            (media_id, tag, reason, now_ms()),
        )
        return count

    def forget_spoken(self, media_id: str) -> None:
        """Take the lines of a film out of the index, a few at a time."""
        self._change("DELETE FROM subtitle_sources WHERE media_id = ?", (media_id,))
        while self._change(
            """
            DELETE FROM subtitle_lines WHERE rid IN (
                SELECT l.rid FROM subtitle_tracks AS t JOIN subtitle_lines AS l ON l.track_rid = t.rid
                WHERE t.media_id = ? LIMIT ?
            )
            """,
            (media_id, _BATCH),
        ):
            pass
        self._change("DELETE FROM subtitle_tracks WHERE media_id = ?", (media_id,))
