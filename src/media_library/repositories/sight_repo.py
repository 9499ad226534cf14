"""What players need along the time of a film: previews, markers, and the sound by which openings are recognised."""

import sys
from array import array
from collections.abc import Iterable

from media_library.models.timeline import (
    Marker,
    MarkerKind,
    MarkerSource,
    SoundPrint,
    Trickplay,
    TrickplayGrid,
    TrickplayState,
)
from media_library.repositories.base import Repository, Row, Value, now_ms

_FILE_TAG = "printf('%x-%x', m.mtime_ns, m.size_bytes)"
_EPISODES = """
    m.media_type = 'episode' AND m.show_key IS NOT NULL AND m.season IS NOT NULL AND m.deleted_at IS NULL
    AND m.path IS NOT NULL
"""
_NOTHING = "none"
"""The kind of the row by which a person says that there is nothing to be marked."""


class SightRepo(Repository):
    """Reads and writes ``trickplay``, ``markers`` and ``sound_prints``."""

    # previews

    def video_without_trickplay(self, before_rid: int) -> tuple[int, str] | None:
        """The newest video before a row whose file has no previews and none were tried: its row and its id."""
        # the plus keeps an index of types from being used, after which all rows would have to be put in order
        row = self._row(
            f"""
            SELECT m.rid, m.id FROM media AS m LEFT JOIN trickplay AS t ON t.media_id = m.id
            WHERE m.rid < ? AND m.deleted_at IS NULL AND m.path IS NOT NULL
                AND +m.media_type IN ('movie', 'episode', 'video', 'home_video')
                AND (t.media_id IS NULL OR t.file_tag <> {_FILE_TAG})
            ORDER BY m.rid DESC LIMIT 1
            """,
            (before_rid,),
        )
        return None if row is None else (int(row[0] or 0), str(row[1]))

    def put_trickplay(self, made: Trickplay) -> None:
        """Note the previews of an item, or why there are none, in place of what was known."""
        grid = made.grid or TrickplayGrid(0, 0, 0, 0, 0, 0)
        self._change(
            """
            INSERT INTO trickplay (
                media_id, file_tag, state, reason, interval_ms, width, height, columns, rows, count, size_bytes, made_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (media_id) DO UPDATE
            SET file_tag = excluded.file_tag, state = excluded.state, reason = excluded.reason,
                interval_ms = excluded.interval_ms, width = excluded.width, height = excluded.height,
                columns = excluded.columns, rows = excluded.rows, count = excluded.count,
                size_bytes = excluded.size_bytes, made_at = excluded.made_at
            """,
            (
                made.media_id,
                made.file_tag,
                made.state,
                made.reason,
                grid.interval_ms,
                grid.width,
                grid.height,
                grid.columns,
                grid.rows,
                grid.count,
                made.size_bytes,
                now_ms(),
            ),
        )

    def trickplay_of(self, media_id: str) -> Trickplay | None:
        """The previews of an item, or why there are none; ``None`` if they were not tried."""
        row = self._row(
            """
            SELECT file_tag, state, reason, size_bytes, interval_ms, width, height, columns, rows, count
            FROM trickplay WHERE media_id = ?
            """,
            (media_id,),
        )
        if row is None:
            return None
        tag, state, reason, size, *numbers = row
        is_ready = state == TrickplayState.READY
        return Trickplay(
            media_id,
            str(tag),
            TrickplayState(str(state)),
            None if reason is None else str(reason),
            TrickplayGrid(*(int(number or 0) for number in numbers)) if is_ready else None,
            int(size or 0),
        )

    def media_with_trickplay(self) -> frozenset[str]:
        """The ids of all items whose previews are kept, in the bin or not."""
        rows = self._rows("SELECT media_id FROM trickplay WHERE state = ?", (TrickplayState.READY,))
        return frozenset(str(row[0]) for row in rows)

    # markers

    def markers_of(self, media_id: str) -> tuple[Marker, ...]:
        """The markers that are kept for an item, by their time: those of its sound, or a person's."""
        rows = self._rows(
            "SELECT kind, start_ms, end_ms, source FROM markers WHERE media_id = ? AND kind <> ? ORDER BY start_ms",
            (media_id, _NOTHING),
        )
        return tuple(_marker(row) for row in rows)

    def has_markers_by_hand(self, media_id: str) -> bool:
        """Whether a person said where the parts of an item are, or that there are none."""
        row = self._row("SELECT 1 FROM markers WHERE media_id = ? AND source = ?", (media_id, MarkerSource.HAND))
        return row is not None

    def put_markers_by_hand(self, media_id: str, markers: Iterable[Marker]) -> None:
        """A person says where the parts are: from now on nothing else is believed."""
        told = list(markers)
        with self.transaction():
            self._change("DELETE FROM markers WHERE media_id = ?", (media_id,))
            self._add_marker(media_id, _NOTHING, 0, 0, MarkerSource.HAND)
            for one in told:
                self._add_marker(media_id, one.kind, one.start_ms, one.end_ms, MarkerSource.HAND)

    def forget_markers_by_hand(self, media_id: str) -> None:
        """Nobody said anything; the season is compared again, so that what is heard counts again."""
        with self.transaction():
            self._change("DELETE FROM markers WHERE media_id = ? AND source = ?", (media_id, MarkerSource.HAND))
            self._change("UPDATE sound_prints SET compared_at = NULL WHERE media_id = ?", (media_id,))

    def put_markers_by_sound(self, media_id: str, markers: Iterable[Marker]) -> None:
        """What was heard, in place of what was heard before; a person's markers stay alone."""
        told = list(markers)
        with self.transaction():
            self._change("DELETE FROM markers WHERE media_id = ? AND source = ?", (media_id, MarkerSource.SOUND))
            if not self.has_markers_by_hand(media_id):
                for one in told:
                    self._add_marker(media_id, one.kind, one.start_ms, one.end_ms, MarkerSource.SOUND)

    def _add_marker(self, media_id: str, kind: str, start_ms: int, end_ms: int, source: MarkerSource) -> None:
        self._change(
            "INSERT OR REPLACE INTO markers (media_id, kind, start_ms, end_ms, source) VALUES (?, ?, ?, ?, ?)",
            (media_id, kind, start_ms, end_ms, source),
        )

    # how episodes sound

    def episode_without_print(self, after: tuple[str, int, int]) -> tuple[tuple[str, int, int], str] | None:
        """The next episode whose file was not listened to: its place (show, season, row) and its id."""
        row = self._row(
            f"""
            SELECT m.show_key, m.season, m.rid, m.id
            FROM media AS m LEFT JOIN sound_prints AS s ON s.media_id = m.id
            WHERE {_EPISODES} AND (m.show_key, m.season, m.rid) > (?, ?, ?)
                AND (s.media_id IS NULL OR s.file_tag <> {_FILE_TAG})
            ORDER BY m.show_key, m.season, m.rid LIMIT 1
            """,
            after,
        )
        if row is None:
            return None
        show, season, rid, media_id = row
        return (str(show), int(season or 0), int(rid or 0)), str(media_id)

    def season_to_compare(self) -> tuple[str, int] | None:
        """A season of which something was listened to that was not compared yet: its show and its number."""
        row = self._row(
            f"""
            SELECT m.show_key, m.season FROM sound_prints AS s JOIN media AS m ON m.id = s.media_id
            WHERE s.compared_at IS NULL AND {_EPISODES} LIMIT 1
            """
        )
        return None if row is None else (str(row[0]), int(row[1] or 0))

    def prints_of_season(self, show_key: str, season: int) -> list[SoundPrint]:
        """How the episodes of a season sound, in their order."""
        rows = self._rows(
            f"""
            SELECT s.media_id, s.file_tag, s.opening, s.ending, s.ending_start_ms
            FROM media AS m JOIN sound_prints AS s ON s.media_id = m.id
            WHERE m.show_key = ? AND m.season = ? AND {_EPISODES} ORDER BY m.episode, m.rid
            """,
            (show_key, season),
        )
        return [
            SoundPrint(str(media_id), str(tag), _numbers(opening), _numbers(ending), int(start or 0))
            for media_id, tag, opening, ending, start in rows
        ]

    def put_sound_print(self, heard: SoundPrint) -> None:
        """Note how an episode sounds; its season is to be compared again."""
        self._change(
            """
            INSERT INTO sound_prints (media_id, file_tag, opening, ending, ending_start_ms, made_at, compared_at)
            VALUES (?, ?, ?, ?, ?, ?, NULL)
            ON CONFLICT (media_id) DO UPDATE
            SET file_tag = excluded.file_tag, opening = excluded.opening, ending = excluded.ending,
                ending_start_ms = excluded.ending_start_ms, made_at = excluded.made_at, compared_at = NULL
            """,
            (
                heard.media_id,
                heard.file_tag,
                _bytes(heard.opening),
                _bytes(heard.ending),
                heard.ending_start_ms,
                now_ms(),
            ),
        )

    def note_compared(self, media_ids: Iterable[str]) -> None:
        """These episodes were compared with the others of their season."""
        with self.transaction():
            for media_id in media_ids:
                self._change("UPDATE sound_prints SET compared_at = ? WHERE media_id = ?", (now_ms(), media_id))


def _marker(row: Row) -> Marker:
    kind, start, end, source = row
    return Marker(MarkerKind(str(kind)), int(start or 0), int(end or 0), MarkerSource(str(source)))


def _bytes(numbers: tuple[int, ...]) -> bytes | None:
    stored = array("I", numbers)
    if sys.byteorder == "big":
        stored.byteswap()
    return stored.tobytes() or None


def _numbers(stored: Value) -> tuple[int, ...]:
    numbers = array("I")
    if isinstance(stored, bytes):
        numbers.frombytes(stored)
    if sys.byteorder == "big":
        numbers.byteswap()
    return tuple(numbers)
