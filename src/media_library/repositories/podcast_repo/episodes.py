"""The episodes of podcasts: what feeds said of them, which are wanted, whose file is here."""

from collections.abc import Sequence

from media_library.errors import NotFound
from media_library.events import PodcastUpdated, library_room
from media_library.models.podcast import Episode, KeptEpisode, KnownEpisode, NewEpisode
from media_library.repositories.base import Repository, Value, new_id, now_ms
from media_library.repositories.podcast_repo.records import EPISODE, episode_of, number_of

_BATCH = 500


class PodcastEpisodes(Repository):
    """Reads and writes ``podcast_episodes``."""

    def known_episodes(self, podcast_id: str) -> list[KnownEpisode]:
        """What is known of the episodes of a podcast, for comparing with its feed."""
        rows = self._rows(
            "SELECT id, guid, digest, enclosure_key, published_at FROM podcast_episodes WHERE podcast_id = ?",
            (podcast_id,),
        )
        return [
            KnownEpisode(str(episode_id), str(guid), str(digest), str(key), number_of(published_at) or 0)
            for episode_id, guid, digest, key, published_at in rows
        ]

    def add_episodes(self, podcast_id: str, episodes: Sequence[NewEpisode]) -> list[tuple[str, NewEpisode]]:
        """Add episodes, the oldest first; returns those that were new with their ids.

        Somebody else may be checking the same feed: what came in meanwhile is left as it is.
        """
        added = []
        for start in range(0, len(episodes), _BATCH):
            with self.transaction():
                for one in episodes[start : start + _BATCH]:
                    row = self._change_returning(
                        """
                        INSERT INTO podcast_episodes (
                            id, podcast_id, guid, digest, title, overview, notes, published_at, duration_ms, season,
                            episode, enclosure_url, enclosure_key, enclosure_type, enclosure_bytes, image_url,
                            chapters_url, transcript_url, transcript_type
                        ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        ON CONFLICT (podcast_id, guid) DO NOTHING
                        RETURNING id
                        """,
                        (new_id(), podcast_id, *_values(one)),
                    )
                    if row is not None:
                        added.append((str(row[0]), one))
        return added

    def change_episodes(self, episodes: Sequence[tuple[str, NewEpisode]]) -> None:
        """Note what a feed says anew of episodes, by their ids; their files stay what they are."""
        for start in range(0, len(episodes), _BATCH):
            with self.transaction():
                for episode_id, one in episodes[start : start + _BATCH]:
                    self._change(
                        """
                        UPDATE OR IGNORE podcast_episodes
                        SET guid = ?, digest = ?, title = ?, overview = ?, notes = ?, published_at = ?,
                            duration_ms = ?, season = ?, episode = ?, enclosure_url = ?, enclosure_key = ?,
                            enclosure_type = ?, enclosure_bytes = ?, image_url = ?, chapters_url = ?,
                            transcript_url = ?, transcript_type = ?
                        WHERE id = ?
                        """,
                        (*_values(one), episode_id),
                    )

    def trim_episodes(self, podcast_id: str, most: int) -> None:
        """Forget the oldest beyond ``most``, but none that anybody ever fetched or marked."""
        self._change(
            """
            DELETE FROM podcast_episodes
            WHERE media_id IS NULL AND wanted_at IS NULL
                AND rid IN (
                    SELECT rid FROM podcast_episodes WHERE podcast_id = ?
                    ORDER BY published_at DESC, rid DESC
                    LIMIT -1 OFFSET ?
                )
                AND NOT EXISTS (SELECT 1 FROM episode_marks AS k WHERE k.episode_id = podcast_episodes.id)
            """,
            (podcast_id, most),
        )

    def episode(self, episode_id: str) -> Episode:
        """An episode of a podcast that is followed; raises ``NotFound``."""
        row = self._row(
            f"""
            SELECT {EPISODE} FROM podcast_episodes AS e
            WHERE id = ? AND EXISTS (SELECT 1 FROM podcasts AS f WHERE f.id = e.podcast_id AND f.deleted_at IS NULL)
            """,
            (episode_id,),
        )
        if row is None:
            raise NotFound("There is no such episode.")
        return episode_of(row)

    def never_wanted(self, podcast_id: str, newest: int) -> list[Episode]:
        """Those of the ``newest`` episodes that nobody ever wanted, fetched or heard, the newest first."""
        rows = self._rows(
            f"""
            SELECT {EPISODE} FROM (
                SELECT * FROM podcast_episodes WHERE podcast_id = ? ORDER BY published_at DESC, rid DESC LIMIT ?
            ) AS e
            WHERE wanted_at IS NULL AND media_id IS NULL AND NOT EXISTS (
                SELECT 1 FROM episode_marks AS k WHERE k.episode_id = e.id AND k.heard_at IS NOT NULL
            )
            ORDER BY published_at DESC, rid DESC
            """,
            (podcast_id, newest),
        )
        return [episode_of(row) for row in rows]

    def want_episode(self, episode_id: str, *, by_hand: bool) -> None:
        """Note that the file of an episode is on its way; what somebody asked for stays asked for."""
        with self.transaction():
            self._change(
                "UPDATE podcast_episodes SET wanted_at = ?, by_hand = max(by_hand, ?) WHERE id = ?",
                (now_ms(), by_hand, episode_id),
            )
            self._announce_episode(episode_id)

    def active_episode_jobs(self, podcast_id: str) -> list[str]:
        """The ids of the jobs that fetch episodes of a podcast and are not over."""
        rows = self._rows(
            """
            SELECT j.id FROM podcast_episodes AS e
            JOIN content_jobs AS c ON c.origin = 'episode:' || e.id
            JOIN jobs AS j ON j.id = c.job_id
            WHERE e.podcast_id = ? AND j.status IN ('queued', 'downloading', 'encoding')
            """,
            (podcast_id,),
        )
        return [str(row[0]) for row in rows]

    def move_transcripts(self, moved: Sequence[tuple[str, str]]) -> None:
        """Files were renamed: pairs of the old path and the new one, those of transcripts among them."""
        with self.transaction():
            self._connection().executemany(
                "UPDATE podcast_episodes SET transcript_path = ? WHERE transcript_path = ?",
                [(new, old) for old, new in moved],
            )

    def link_episode(self, episode_id: str, media_id: str, transcript_path: str | None = None) -> None:
        """The episode is this media item; ``transcript_path`` is relative to the media folder."""
        with self.transaction():
            self._change(
                """
                UPDATE podcast_episodes
                SET media_id = ?, transcript_path = coalesce(?, transcript_path), wanted_at = coalesce(wanted_at, ?)
                WHERE id = ?
                """,
                (media_id, transcript_path, now_ms(), episode_id),
            )
            self._announce_episode(episode_id)

    def kept_episodes(self, podcast_id: str) -> list[KeptEpisode]:
        """The episodes whose file is here and belongs to no other podcast's episode as well, the newest first."""
        rows = self._rows(
            """
            SELECT e.id, e.media_id, e.published_at, e.by_hand,
                EXISTS (SELECT 1 FROM episode_marks AS k WHERE k.episode_id = e.id AND k.starred),
                EXISTS (
                    SELECT 1 FROM playback_progress AS p
                    WHERE p.media_id = e.media_id AND NOT p.finished AND p.position_ms > 0 AND NOT EXISTS (
                        SELECT 1 FROM episode_marks AS k
                        WHERE k.episode_id = e.id AND k.user_id = p.user_id AND k.heard_at IS NOT NULL
                    )
                ),
                (
                    SELECT max(at) FROM (
                        SELECT p.updated_at AS at FROM playback_progress AS p
                        WHERE p.media_id = e.media_id AND p.finished
                        UNION ALL
                        SELECT k.heard_at FROM episode_marks AS k WHERE k.episode_id = e.id
                    )
                )
            FROM podcast_episodes AS e JOIN media AS m ON m.id = e.media_id
            WHERE e.podcast_id = ? AND m.path IS NOT NULL AND m.deleted_at IS NULL AND NOT EXISTS (
                SELECT 1 FROM podcast_episodes AS other WHERE other.media_id = e.media_id AND other.id <> e.id
            )
            ORDER BY e.published_at DESC, e.rid DESC
            """,
            (podcast_id,),
        )
        return [
            KeptEpisode(
                str(episode_id),
                str(media_id),
                number_of(published_at) or 0,
                bool(by_hand),
                bool(starred),
                bool(in_use),
                None if in_use else number_of(heard_at),
            )
            for episode_id, media_id, published_at, by_hand, starred, in_use, heard_at in rows
        ]

    def _announce_episode(self, episode_id: str) -> None:
        row = self._row(
            """
            SELECT e.podcast_id, l.id
            FROM podcast_episodes AS e JOIN libraries AS l ON l.kind = 'podcasts' AND l.is_primary
            WHERE e.id = ?
            """,
            (episode_id,),
        )
        if row is not None:
            self.broadcast(PodcastUpdated(str(row[0])), library_room(str(row[1])))


def _values(one: NewEpisode) -> tuple[Value, ...]:
    """The columns from ``guid`` on that a feed decides."""
    return (
        one.guid,
        one.digest,
        one.title,
        one.overview,
        one.notes,
        one.published_at,
        one.duration_ms,
        one.season,
        one.episode,
        one.enclosure_url,
        one.enclosure_key,
        one.enclosure_type,
        one.enclosure_bytes,
        one.image_url,
        one.chapters_url,
        one.transcript_url,
        one.transcript_type,
    )
