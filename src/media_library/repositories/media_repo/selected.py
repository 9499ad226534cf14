"""What a selection holds: items by id, and all that is in shows, albums and channels, through the eyes of a viewer."""

import json

from media_library.models.media import MediaType
from media_library.models.selection import SelectedMedia, Selection
from media_library.models.user import Viewer
from media_library.repositories.base import Repository
from media_library.repositories.media_repo.cards import VISIBLE, eyes

_MOST = 20_000
_WORK_KEY = """
    CASE m.media_type
        WHEN 'movie' THEN 'movie:' || m.id
        WHEN 'episode' THEN 'show:' || m.show_key
        WHEN 'track' THEN 'album:' || m.album_key
    END
"""


class SelectedRows(Repository):
    """Reads ``media`` by what somebody selected."""

    def selected_media(self, viewer: Viewer, selection: Selection) -> list[SelectedMedia]:
        """Those items of a selection that the viewer may see, each once: in the order of their ids, then of groups.

        At most 20,000; what is unknown, in the bin or not for the viewer is not among them.
        """
        rows = self._rows(
            f"""
            WITH chosen (rid, part, place) AS (
                SELECT m.rid, 0, named.key FROM json_each(:ids) AS named JOIN media AS m ON m.id = named.value
                UNION ALL
                SELECT m.rid, 1, 0 FROM media AS m INDEXED BY media_shown
                WHERE m.media_type = 'episode' AND m.show_key IN (SELECT value FROM json_each(:shows))
                    AND m.show_key IS NOT NULL AND m.deleted_at IS NULL
                UNION ALL
                SELECT m.rid, 1, 0 FROM media AS m INDEXED BY media_albums
                WHERE m.media_type = 'track' AND m.album_key IN (SELECT value FROM json_each(:albums))
                    AND m.album_key IS NOT NULL AND m.deleted_at IS NULL
                UNION ALL
                SELECT m.rid, 1, 0 FROM media AS m INDEXED BY media_shown
                WHERE m.media_type = 'video' AND m.show_key IN (SELECT value FROM json_each(:channels))
                    AND m.show_key IS NOT NULL AND m.deleted_at IS NULL
            )
            SELECT m.id, m.media_type, m.title, m.duration_ms, {_WORK_KEY}
            FROM (SELECT rid, min(part) AS part, min(place) AS place FROM chosen GROUP BY rid) AS c
            JOIN media AS m ON m.rid = c.rid
            WHERE {VISIBLE}
            ORDER BY c.part, c.place, m.show_key, m.season, m.episode, m.album_key, m.disc_number, m.track_number, m.rid
            LIMIT {_MOST:d}
            """,
            {
                **eyes(viewer, False),
                "ids": json.dumps(selection.ids),
                "shows": json.dumps(selection.shows),
                "albums": json.dumps(selection.albums),
                "channels": json.dumps(selection.channels),
            },
        )
        return [
            SelectedMedia(str(row[0]), MediaType(str(row[1])), str(row[2]), int(row[3] or 0), _text(row[4]))
            for row in rows
        ]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
