"""What is known of the seasons of shows."""

from collections.abc import Iterable

from media_library.models.work import ShowSeason
from media_library.repositories.base import Repository
from media_library.repositories.work_repo.records import text_of

_MOST_TRIES = 3


class ShowSeasons(Repository):
    """Reads and writes ``show_seasons``."""

    def put_show_seasons(self, key: str, seasons: Iterable[ShowSeason]) -> None:
        """The seasons of a show as its service lists them, instead of those before."""
        with self.transaction():
            self._change("DELETE FROM show_seasons WHERE work_key = ?", (key,))
            for one in seasons:
                self._change(
                    """
                    INSERT INTO show_seasons (work_key, season, title, overview, aired_on, poster)
                    VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
                    """,
                    (key, one.season, one.title, one.overview, one.aired_on, one.poster),
                )

    def show_seasons(self, key: str) -> dict[int, ShowSeason]:
        """The seasons of a show that its service lists, by their numbers."""
        rows = self._rows(
            "SELECT season, title, overview, aired_on, poster FROM show_seasons WHERE work_key = ? ORDER BY season",
            (key,),
        )
        found = (
            ShowSeason(int(season or 0), text_of(title), text_of(overview), text_of(aired_on), text_of(poster))
            for season, title, overview, aired_on, poster in rows
        )
        return {one.season: one for one in found}

    def season_posters_wanted(self, limit: int) -> list[tuple[str, int, str]]:
        """Seasons of which episodes are here and no poster: the show's key, the number, the service's reference."""
        rows = self._rows(
            """
            SELECT substr(w.key, 6), s.season, s.poster
            FROM works AS w
            JOIN show_seasons AS s ON s.work_key = w.key AND s.poster IS NOT NULL AND s.tries < ?
            WHERE w.kind = 'show' AND w.state IN ('applied', 'confirmed')
                AND NOT EXISTS (
                    SELECT 1 FROM artwork AS a
                    WHERE a.owner = 'season-' || substr(w.key, 6) || '-' || s.season AND a.kind = 'poster'
                )
                AND EXISTS (
                    SELECT 1 FROM media AS m
                    WHERE m.show_key = substr(w.key, 6) AND m.season = s.season AND m.media_type = 'episode'
                        AND m.deleted_at IS NULL
                )
            LIMIT ?
            """,
            (_MOST_TRIES, limit),
        )
        return [(str(key), int(season or 0), str(poster)) for key, season, poster in rows]

    def note_season_tried(self, key: str, season: int) -> None:
        """The poster of a season could not be had; after some tries nobody asks for it again."""
        self._change("UPDATE show_seasons SET tries = tries + 1 WHERE work_key = ? AND season = ?", (key, season))
