"""Finds lines of subtitles, through the eyes of a viewer."""

from dataclasses import dataclass

from media_library.models.user import Viewer
from media_library.repositories.base import Repository
from media_library.repositories.viewing import MAY_SEE, sight

_CANDIDATES = 4_000
"""So many lines are looked at: of a word that everybody says all the time, those that were indexed first."""


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A line that was found, with the item in which it is said, and when."""

    media_id: str
    track: str
    start_ms: int
    text: str


class SubtitleLines(Repository):
    """Reads ``subtitle_lines``."""

    def find_lines(self, viewer: Viewer, match: str, limit: int) -> list[FoundLine]:
        """Lines that match (in the language of FTS5), the shortest of each item that the viewer may see."""
        rows = self._rows(
            f"""
            SELECT media_id, track, start_ms, body FROM (
                SELECT m.id AS media_id, t.track AS track, l.start_ms AS start_ms, l.body AS body,
                       min(length(l.body) * 1000000 + l.start_ms / 100) AS place
                FROM (SELECT rowid AS rid FROM subtitle_search WHERE subtitle_search MATCH :match LIMIT :many) AS hit
                JOIN subtitle_lines AS l ON l.rid = hit.rid
                JOIN subtitle_tracks AS t ON t.rid = l.track_rid
                JOIN media AS m ON m.id = t.media_id
                WHERE m.deleted_at IS NULL AND {MAY_SEE}
                GROUP BY m.rid
            )
            ORDER BY place LIMIT :limit
            """,
            {**sight(viewer), "match": match, "many": _CANDIDATES, "limit": limit},
        )
        return [FoundLine(str(one), str(track), int(start or 0), str(text)) for one, track, start, text in rows]
