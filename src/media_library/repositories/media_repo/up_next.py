"""What comes next in the shows that a viewer is in the middle of."""

from media_library.constants import CONTINUE_FROM_MS
from media_library.models.user import Viewer
from media_library.repositories.base import Repository
from media_library.repositories.media_repo.cards import CARD, VISIBLE, eyes

_MOST_SHOWS = 60


class UpNext(Repository):
    """Reads ``media`` by what comes after what was seen."""

    def up_next(self, viewer: Viewer, limit: int, *, offline: bool) -> str:
        """Cards of the next unseen episode of each show that the viewer saw an episode of, as a JSON array.

        The show that was watched last comes first. What is begun already is not among them: it is gone on with. Nor is
        a show that the viewer hid since they last watched it.
        """
        row = self._row(
            f"""
            WITH seen AS (
                SELECT m.show_key AS show_key, coalesce(m.season, 0) AS season,
                       coalesce(m.episode_end, m.episode, 0) AS episode, max(p.updated_at) AS at,
                       p.hidden_at AS hidden_at
                FROM playback_progress AS p JOIN media AS m ON m.id = p.media_id
                WHERE p.user_id = :user AND p.finished AND m.media_type = 'episode' AND m.show_key IS NOT NULL
                    AND {VISIBLE}
                GROUP BY m.show_key ORDER BY at DESC LIMIT {_MOST_SHOWS:d}
            ), following AS (
                SELECT seen.at AS at, (
                    SELECT m.rid FROM media AS m
                    WHERE m.show_key = seen.show_key AND m.media_type = 'episode' AND {VISIBLE}
                        AND (coalesce(m.season, 0), coalesce(m.episode, 0)) > (seen.season, seen.episode)
                        AND NOT EXISTS (
                            SELECT 1 FROM playback_progress AS other
                            WHERE other.user_id = :user AND other.media_id = m.id AND other.finished
                        )
                    ORDER BY m.season, m.episode, m.rid LIMIT 1
                ) AS rid
                FROM seen WHERE seen.hidden_at IS NULL OR seen.hidden_at < seen.at
            )
            SELECT json_group_array(json(card)) FROM (
                SELECT {CARD} AS card
                FROM following JOIN media AS m ON m.rid = following.rid
                LEFT JOIN playback_progress AS p ON p.user_id = :user AND p.media_id = m.id
                WHERE p.media_id IS NULL OR p.position_ms <= :least
                ORDER BY following.at DESC LIMIT :limit
            )
            """,
            {**eyes(viewer, offline), "least": CONTINUE_FROM_MS, "limit": limit},
        )
        assert row is not None
        return str(row[0])
