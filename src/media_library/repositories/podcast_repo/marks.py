"""What people say of episodes: starred, heard."""

from media_library.repositories.base import Repository, now_ms


class EpisodeMarks(Repository):
    """Reads and writes ``episode_marks``."""

    def star_episode(self, user_id: str, episode_id: str, *, starred: bool) -> None:
        """Star an episode for a person, or take the star away."""
        self._change(
            """
            INSERT INTO episode_marks (user_id, episode_id, starred) VALUES (?, ?, ?)
            ON CONFLICT (user_id, episode_id) DO UPDATE SET starred = excluded.starred
            """,
            (user_id, episode_id, starred),
        )

    def mark_episode_heard(self, user_id: str, episode_id: str, *, heard: bool) -> None:
        """Note that a person heard an episode, wherever that was, or that they did not."""
        self._change(
            """
            INSERT INTO episode_marks (user_id, episode_id, heard_at) VALUES (?, ?, ?)
            ON CONFLICT (user_id, episode_id) DO UPDATE SET heard_at = excluded.heard_at
            """,
            (user_id, episode_id, now_ms() if heard else None),
        )
