"""What is known of music beyond names: ids of recordings and releases, and how loud it is."""

import json
from collections.abc import Iterable

import msgspec

from media_library.models.music import Loudness, TrackFacts
from media_library.repositories.base import Repository, Row, Value, now_ms

_FACTS = "recording_id, track_id, release_id, release_group_id, artist_ids, acoustid, facts"
_LOUDNESS = "integrated_lufs, track_gain, track_peak, album_gain, album_peak, mtime_ns"
_COLUMNS_OF_THEIR_OWN = ("recording_id", "track_id", "release_id", "release_group_id", "artist_ids", "acoustid")


class TrackRepo(Repository):
    """Reads and writes ``track_ids`` and ``loudness``."""

    def put_track_facts(self, media_id: str, facts: TrackFacts) -> None:
        """Note what is known of a track, instead of what was known before."""
        further = {name: value for name, value in _builtins(facts).items() if name not in _COLUMNS_OF_THEIR_OWN}
        self._change(
            """
            INSERT INTO track_ids (
                media_id, recording_id, track_id, release_id, release_group_id, artist_ids, acoustid, facts
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (media_id) DO UPDATE
            SET recording_id = excluded.recording_id, track_id = excluded.track_id, release_id = excluded.release_id,
                release_group_id = excluded.release_group_id, artist_ids = excluded.artist_ids,
                acoustid = excluded.acoustid, facts = excluded.facts
            """,
            (
                media_id,
                facts.recording_id,
                facts.track_id,
                facts.release_id,
                facts.release_group_id,
                json.dumps(facts.artist_ids),
                facts.acoustid,
                json.dumps(further),
            ),
        )

    def track_facts(self, media_id: str) -> TrackFacts | None:
        """What is known of a track; ``None`` if nobody looked."""
        row = self._row(f"SELECT {_FACTS} FROM track_ids WHERE media_id = ?", (media_id,))
        return None if row is None else _facts_of(row)

    def facts_of_album(self, album_key: str) -> dict[str, TrackFacts]:
        """What is known of the tracks of an album, by their ids; those of which nothing is known are left out."""
        rows = self._rows(
            f"""
            SELECT media_id, {_FACTS} FROM track_ids
            WHERE media_id IN (SELECT id FROM media WHERE album_key = ? AND deleted_at IS NULL)
            """,
            (album_key,),
        )
        return {str(row[0]): _facts_of(row[1:]) for row in rows}

    def tracks_of_album(self, album_key: str) -> list[str]:
        """The ids of the tracks of an album, in the order of listening."""
        rows = self._rows(
            """
            SELECT id FROM media WHERE album_key = ? AND media_type = 'track' AND deleted_at IS NULL
            ORDER BY disc_number, track_number, rid
            """,
            (album_key,),
        )
        return [str(row[0]) for row in rows]

    def isrc_of_track(self, media_id: str) -> str | None:
        """The code of the recording of a track, if it is known."""
        row = self._row("SELECT isrc FROM media WHERE id = ?", (media_id,))
        return None if row is None or row[0] is None else str(row[0])

    def tracks_to_measure(self, limit: int) -> list[str]:
        """The ids of tracks whose loudness is not known, or was that of another file; album by album."""
        rows = self._rows(
            """
            SELECT m.id FROM media AS m LEFT JOIN loudness AS l ON l.media_id = m.id
            WHERE m.media_type = 'track' AND m.deleted_at IS NULL AND m.path IS NOT NULL
                AND (l.media_id IS NULL OR l.mtime_ns <> m.mtime_ns)
            ORDER BY m.album_key, m.disc_number, m.track_number LIMIT ?
            """,
            (limit,),
        )
        return [str(row[0]) for row in rows]

    def put_loudness(self, media_id: str, loudness: Loudness) -> None:
        """Note how loud a track is."""
        self._change(
            """
            INSERT INTO loudness (
                media_id, integrated_lufs, track_gain, track_peak, album_gain, album_peak, mtime_ns, measured_at
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (media_id) DO UPDATE
            SET integrated_lufs = excluded.integrated_lufs, track_gain = excluded.track_gain,
                track_peak = excluded.track_peak, album_gain = excluded.album_gain, album_peak = excluded.album_peak,
                mtime_ns = excluded.mtime_ns, measured_at = excluded.measured_at
            """,
            (
                media_id,
                loudness.integrated_lufs,
                loudness.track_gain,
                loudness.track_peak,
                loudness.album_gain,
                loudness.album_peak,
                loudness.mtime_ns,
                now_ms(),
            ),
        )

    def put_album_loudness(self, media_ids: Iterable[str], gain: float | None, peak: float | None) -> None:
        """Note how loud the album of these tracks is as a whole; ``None`` if that is not known."""
        self._change(
            "UPDATE loudness SET album_gain = ?, album_peak = ? WHERE media_id IN (SELECT value FROM json_each(?))",
            (gain, peak, json.dumps(list(media_ids))),
        )

    def keep_loudness(self, media_id: str, mtime_ns: int) -> None:
        """Only the tags of a track changed: what was measured still holds for its file."""
        self._change("UPDATE loudness SET mtime_ns = ? WHERE media_id = ?", (mtime_ns, media_id))

    def loudness_of(self, media_ids: Iterable[str]) -> dict[str, Loudness]:
        """How loud tracks are, by their ids; those that were not measured are left out."""
        rows = self._rows(
            f"SELECT media_id, {_LOUDNESS} FROM loudness WHERE media_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(media_ids)),),
        )
        return {str(row[0]): _loudness_of(row[1:]) for row in rows}


def _builtins(facts: TrackFacts) -> dict[str, object]:
    values: dict[str, object] = msgspec.to_builtins(facts)
    return values


def _facts_of(row: Row) -> TrackFacts:
    recording_id, track_id, release_id, group_id, artist_ids, acoustid, further = row
    values = {
        **json.loads(str(further)),
        "recording_id": recording_id,
        "track_id": track_id,
        "release_id": release_id,
        "release_group_id": group_id,
        "artist_ids": json.loads(str(artist_ids)),
        "acoustid": acoustid,
    }
    return msgspec.convert(values, TrackFacts)


def _loudness_of(row: Row) -> Loudness:
    integrated, gain, peak, album_gain, album_peak, mtime = row
    return Loudness(
        _real(integrated), _real(gain), _real(peak), int(mtime or 0), _maybe(album_gain), _maybe(album_peak)
    )


def _real(value: Value) -> float:
    return float(value or 0.0)


def _maybe(value: Value) -> float | None:
    return None if value is None else float(value)
