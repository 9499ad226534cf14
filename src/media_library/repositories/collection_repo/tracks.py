"""The tracks of music playlists with what was found for them, and the tracks of the library to look among."""

from collections.abc import Mapping

import msgspec

from media_library.errors import NotFound
from media_library.events import JOBS_ROOM, CollectionUpdated
from media_library.models.collection import LocalTrack, Match, MatchState, NewTrack, PlaylistTrack
from media_library.repositories.base import Repository, Value
from media_library.repositories.collection_repo.order import merge_order
from media_library.repositories.collection_repo.records import TRACK, local_track_of, track_of


class PlaylistTracks(Repository):
    """Reads and writes ``playlist_tracks``."""

    def put_tracks(self, collection_id: str, tracks: Mapping[str, NewTrack], *, complete: bool = True) -> None:
        """Make a music playlist what its source says now: its tracks in order, each by its key.

        What was found for a track, and what a person said of it, stays. What is no longer named is kept, as gone unless
        only the beginning of the list was read (not ``complete``).
        """
        with self.transaction():
            known = {track.key: track for track in self.playlist_tracks(collection_id)}
            order = merge_order(list(tracks), known, complete=complete)
            self._change("DELETE FROM playlist_tracks WHERE collection_id = ?", (collection_id,))
            self._connection().executemany(
                """
                INSERT INTO playlist_tracks (
                    collection_id, position, track_key, title, artist, album, isrc, duration_ms, is_gone, state,
                    media_id, score, candidates
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    (
                        collection_id,
                        position,
                        key,
                        *_named(tracks.get(key), known.get(key), complete=complete),
                        *_found(known.get(key)),
                    )
                    for position, key in enumerate(order)
                ],
            )

    def playlist_tracks(self, collection_id: str) -> list[PlaylistTrack]:
        """The tracks of a music playlist in order, also those that are gone."""
        rows = self._rows(
            f"SELECT {TRACK} FROM playlist_tracks WHERE collection_id = ? ORDER BY position", (collection_id,)
        )
        return [track_of(row) for row in rows]

    def put_matches(self, collection_id: str, matches: Mapping[str, Match]) -> None:
        """Note what was found, by the keys of the tracks; what a person said stays, unless what they chose is gone."""
        self._connection().executemany(
            """
            UPDATE playlist_tracks
            SET state = ?, media_id = ?, score = ?, candidates = ?
            WHERE collection_id = ? AND track_key = ?
                AND (state NOT IN ('confirmed', 'rejected') OR (state = 'confirmed' AND media_id IS NULL))
            """,
            [(*_match(match), collection_id, key) for key, match in matches.items()],
        )

    def decide_track(
        self,
        collection_id: str,
        position: int,
        media_id: str | None,
        *,
        before: MatchState | None = None,
        score: float | None = None,
    ) -> PlaylistTrack:
        """A person says which media item a track is, or that none of the library is; raises ``NotFound``.

        With ``before`` and ``score`` they take that back: what the track was found to be counts again.
        """
        state = before or (MatchState.REJECTED if media_id is None else MatchState.CONFIRMED)
        with self.transaction():
            row = self._change_returning(
                f"""
                UPDATE playlist_tracks SET state = ?, media_id = ?, score = ?
                WHERE collection_id = ? AND position = ?
                RETURNING {TRACK}
                """,
                (state, media_id, score, collection_id, position),
            )
            if row is None:
                raise NotFound("There is no such track in this playlist.")
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)
            return track_of(row)

    def playlists_to_match(self) -> list[str]:
        """The music playlists with something to find since tracks of the library were added or renamed."""
        rows = self._rows(
            """
            SELECT c.id FROM collections AS c
            WHERE c.kind = 'music' AND c.deleted_at IS NULL
                AND c.matched_at <= (SELECT max(updated_at) FROM media WHERE media_type = 'track')
                AND EXISTS (
                    SELECT 1 FROM playlist_tracks AS t
                    WHERE t.collection_id = c.id AND NOT t.is_gone
                        AND (t.state IN ('likely', 'ambiguous', 'none')
                            OR (t.state IN ('certain', 'confirmed') AND t.media_id IS NULL))
                )
            """
        )
        return [str(row[0]) for row in rows]

    def local_tracks(self) -> list[LocalTrack]:
        """All tracks of the library that are not in the bin."""
        rows = self._rows(
            """
            SELECT id, title, artist, album, album_artist, isrc, duration_ms FROM media
            WHERE media_type = 'track' AND deleted_at IS NULL ORDER BY rid
            """
        )
        return [local_track_of(row) for row in rows]

    def media_at_path(self, path: str) -> str | None:
        """The media item whose file lies at a path below the media folder."""
        row = self._row("SELECT id FROM media WHERE path = ? AND deleted_at IS NULL", (path,))
        return None if row is None else str(row[0])


def _named(new: NewTrack | None, known: PlaylistTrack | None, *, complete: bool) -> tuple[Value, ...]:
    """Title, artist, album, ISRC, duration and whether it is gone: as the source says, else as it was."""
    if new is not None:
        return new.title, new.artist, new.album, new.isrc, new.duration_ms, False
    assert known is not None
    return known.title, known.artist, known.album, known.isrc, known.duration_ms, complete or known.is_gone


def _found(known: PlaylistTrack | None) -> tuple[Value, ...]:
    return _match(Match(MatchState.NONE) if known is None else known.match)


def _match(match: Match) -> tuple[Value, ...]:
    return match.state, match.media_id, match.score, msgspec.json.encode(match.candidates).decode()
