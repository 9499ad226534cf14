"""The trailers, deleted scenes and the like of a film or a show."""

from typing import Literal

from media_library.models.user import Viewer
from media_library.repositories.base import Repository
from media_library.repositories.media_repo.cards import CARD, FROM, VISIBLE, eyes
from media_library.repositories.viewing import sight


class MediaExtras(Repository):
    """Reads ``media`` that belong to others."""

    def extras_of(self, viewer: Viewer, kind: Literal["movie", "show"], subject: str, *, offline: bool) -> str:
        """The cards of the extras of a film (by its id) or of a show (by its key), as a JSON array.

        Each has an ``extra_kind`` more, such as "trailer".
        """
        row = self._row(
            f"""
            SELECT json_group_array(json(card)) FROM (
                SELECT json_set({CARD}, '$.extra_kind', m.extra_kind) AS card
                {FROM}
                WHERE m.media_type = 'extra' AND {VISIBLE}
                    AND iif(:kind = 'movie', m.parent_id = :subject, m.parent_id IS NULL AND m.show_key = :subject)
                ORDER BY m.extra_kind, m.sort_title
            )
            """,
            {**eyes(viewer, offline), "kind": kind, "subject": subject},
        )
        assert row is not None
        return str(row[0])

    def places_of_show(self, viewer: Viewer, key: str) -> list[tuple[int, int, int]]:
        """Season, first and last episode of every file of a show that has numbers."""
        rows = self._rows(
            f"""
            SELECT m.season, m.episode, coalesce(m.episode_end, m.episode) FROM media AS m
            WHERE m.show_key = :key AND m.media_type = 'episode' AND m.season IS NOT NULL AND m.episode IS NOT NULL
                AND {VISIBLE}
            """,
            {**sight(viewer), "key": key},
        )
        return [(int(season or 0), int(first or 0), int(last or 0)) for season, first, last in rows]
