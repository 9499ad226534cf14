"""The podcasts that are followed: what is known of their feeds, and when each is checked next."""

import hashlib
from collections.abc import Sequence

import apsw

from media_library.errors import Conflict, NotFound
from media_library.events import PodcastUpdated, library_room
from media_library.models.podcast import Feed, FeedState, NewPodcast, Podcast, PodcastPolicy
from media_library.repositories.base import Repository, new_id, now_ms
from media_library.repositories.podcast_repo.records import PODCAST, number_of, podcast_of


class FollowedPodcasts(Repository):
    """Reads and writes ``podcasts``."""

    def add_podcast(self, new: NewPodcast) -> Podcast:
        """Follow a feed. One that was followed before comes back with its history.

        Raises ``Conflict`` if it is followed already.
        """
        now = now_ms()
        policy = new.policy
        with self.transaction():
            row = self._change_returning(
                """
                INSERT INTO podcasts (
                    id, url, title, sort_title, hue, group_title, auto_download, latest_count, keep_count,
                    delete_heard_days, credentials, next_check_at, added_by, added_at
                ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (url) DO UPDATE
                SET group_title = excluded.group_title, auto_download = excluded.auto_download,
                    latest_count = excluded.latest_count, keep_count = excluded.keep_count,
                    delete_heard_days = excluded.delete_heard_days, credentials = excluded.credentials,
                    next_check_at = excluded.next_check_at, added_by = excluded.added_by, deleted_at = NULL,
                    etag = NULL, last_modified = NULL, digest = NULL, failures = 0, failing_since = NULL, error = NULL,
                    is_dead = 0, moved_to = NULL, refused_move = NULL
                WHERE deleted_at IS NOT NULL
                RETURNING id
                """,
                (
                    new_id(),
                    new.url,
                    new.title,
                    new.title.casefold(),
                    _hue(new.title),
                    new.group,
                    policy.auto_download,
                    policy.latest_count,
                    policy.keep_count,
                    policy.delete_heard_days,
                    new.credentials,
                    now if new.check_at is None else new.check_at,
                    new.added_by,
                    now,
                ),
            )
            if row is None:
                raise Conflict("This podcast is followed already.")
            self._announce_podcast(str(row[0]))
            return self.podcast(str(row[0]))

    def podcast(self, podcast_id: str) -> Podcast:
        """A podcast that is followed; raises ``NotFound``."""
        podcast = self.followed_podcast(podcast_id)
        if podcast is None:
            raise NotFound("There is no such podcast.")
        return podcast

    def followed_podcast(self, podcast_id: str) -> Podcast | None:
        """A podcast, if it is followed still."""
        row = self._row(f"SELECT {PODCAST} FROM podcasts WHERE id = ? AND deleted_at IS NULL", (podcast_id,))
        return None if row is None else podcast_of(row)

    def podcast_of_url(self, url: str) -> Podcast | None:
        """The podcast that is followed at an address."""
        row = self._row(f"SELECT {PODCAST} FROM podcasts WHERE url = ? AND deleted_at IS NULL", (url,))
        return None if row is None else podcast_of(row)

    def podcasts(self) -> list[Podcast]:
        """All that are followed, by title."""
        rows = self._rows(f"SELECT {PODCAST} FROM podcasts WHERE deleted_at IS NULL ORDER BY sort_title, id")
        return [podcast_of(row) for row in rows]

    def due_podcasts(self, now: int, limit: int) -> list[Podcast]:
        """Those whose feeds are to be checked, the longest due first."""
        rows = self._rows(
            f"""
            SELECT {PODCAST} FROM podcasts
            WHERE next_check_at <= ? AND deleted_at IS NULL
            ORDER BY next_check_at
            LIMIT ?
            """,
            (now, limit),
        )
        return [podcast_of(row) for row in rows]

    def next_podcast_check(self) -> int | None:
        """When the next feed is due, ``None`` if none is followed."""
        row = self._row("SELECT min(next_check_at) FROM podcasts WHERE deleted_at IS NULL")
        return None if row is None else number_of(row[0])

    def settle_unchanged(self, checks: Sequence[tuple[str, FeedState, int]]) -> None:
        """Feeds that had nothing new: id, marks of their servers, when each is checked next. Nobody hears of it."""
        now = now_ms()
        if not checks:
            return
        with self.transaction():
            for podcast_id, state, next_check_at in checks:
                failed = self._row("SELECT failures FROM podcasts WHERE id = ? AND failures > 0", (podcast_id,))
                self._change(
                    """
                    UPDATE podcasts
                    SET checked_at = ?, next_check_at = ?, etag = ?, last_modified = ?, digest = ?, failures = 0,
                        failing_since = NULL, error = NULL, is_dead = 0
                    WHERE id = ?
                    """,
                    (now, next_check_at, state.etag, state.last_modified, state.digest, podcast_id),
                )
                if failed is not None:
                    self._announce_podcast(podcast_id)

    def describe_podcast(
        self, podcast_id: str, feed: Feed, overview: str, state: FeedState, next_check_at: int
    ) -> None:
        """Note what a feed says of itself; ``overview`` is its description as text."""
        with self.transaction():
            self._change(
                """
                UPDATE podcasts
                SET title = ?, sort_title = ?, hue = ?, author = ?, overview = ?, site_url = ?, language = ?,
                    is_complete = ?, etag = ?, last_modified = ?, digest = ?, checked_at = ?, next_check_at = ?,
                    failures = 0, failing_since = NULL, error = NULL, is_dead = 0
                WHERE id = ?
                """,
                (
                    feed.title,
                    feed.title.casefold(),
                    _hue(feed.title),
                    feed.author,
                    overview,
                    feed.site_url,
                    feed.language,
                    feed.is_complete,
                    state.etag,
                    state.last_modified,
                    state.digest,
                    now_ms(),
                    next_check_at,
                    podcast_id,
                ),
            )
            self._announce_podcast(podcast_id)

    def settle_failure(self, podcast_id: str, error: str, next_check_at: int, *, is_dead: bool) -> None:
        """A feed could not be read; ``error`` says why."""
        now = now_ms()
        with self.transaction():
            self._change(
                """
                UPDATE podcasts
                SET checked_at = ?, next_check_at = ?, failures = failures + 1,
                    failing_since = coalesce(failing_since, ?), error = ?, is_dead = ?
                WHERE id = ?
                """,
                (now, next_check_at, now, error, is_dead, podcast_id),
            )
            self._announce_podcast(podcast_id)

    def check_podcast_soon(self, podcast_id: str) -> None:
        """Let a feed be checked as soon as somebody gets to it; raises ``NotFound``."""
        with self.transaction():
            self.podcast(podcast_id)
            self._change("UPDATE podcasts SET next_check_at = ? WHERE id = ?", (now_ms(), podcast_id))

    def change_podcast(self, podcast_id: str, policy: PodcastPolicy, group: str | None) -> Podcast:
        """Change what is fetched and kept of a podcast, and where it stands; raises ``NotFound``."""
        with self.transaction():
            self._change(
                """
                UPDATE podcasts
                SET auto_download = ?1, latest_count = ?2, keep_count = ?3, delete_heard_days = ?4, group_title = ?5,
                    policy_at = CASE
                        WHEN keep_count IS NOT ?3 OR delete_heard_days IS NOT ?4 THEN ?6 ELSE policy_at
                    END
                WHERE id = ?7
                """,
                (
                    policy.auto_download,
                    policy.latest_count,
                    policy.keep_count,
                    policy.delete_heard_days,
                    group,
                    now_ms(),
                    podcast_id,
                ),
            )
            self._announce_podcast(podcast_id)
            return self.podcast(podcast_id)

    def policy_since(self, podcast_id: str) -> int:
        """Since when what is kept of a podcast is what it is, ms; 0 if nobody changed it."""
        row = self._row("SELECT policy_at FROM podcasts WHERE id = ?", (podcast_id,))
        return 0 if row is None else int(row[0] or 0)

    def rate_podcast(self, podcast_id: str, min_age: int | None) -> None:
        """Note what a person says from which age on (years) a podcast may be heard, ``None`` for nothing."""
        with self.transaction():
            self._change("UPDATE podcasts SET min_age = ? WHERE id = ?", (min_age, podcast_id))
            self._announce_podcast(podcast_id)

    def keep_podcast_credentials(self, podcast_id: str, sealed: str | None) -> None:
        """Keep what a private feed asks for, sealed."""
        self._change("UPDATE podcasts SET credentials = ? WHERE id = ?", (sealed, podcast_id))

    def offer_podcast_move(self, podcast_id: str, url: str | None) -> None:
        """Note where a feed says that it moved; somebody has to agree."""
        with self.transaction():
            changed = self._change(
                "UPDATE podcasts SET moved_to = ? WHERE id = ? AND moved_to IS NOT ?", (url, podcast_id, url)
            )
            if changed:
                self._announce_podcast(podcast_id)

    def refuse_podcast_move(self, podcast_id: str) -> None:
        """Stay at the old address, and do not ask again about this one."""
        with self.transaction():
            self._change(
                "UPDATE podcasts SET refused_move = moved_to, moved_to = NULL WHERE id = ? AND moved_to IS NOT NULL",
                (podcast_id,),
            )
            self._announce_podcast(podcast_id)

    def move_podcast(self, podcast_id: str, url: str) -> None:
        """The feed is elsewhere from now on; raises ``Conflict`` if another podcast is followed there."""
        with self.transaction():
            try:
                self._change(
                    """
                    UPDATE podcasts
                    SET url = ?, moved_to = NULL, refused_move = NULL, etag = NULL, last_modified = NULL, digest = NULL
                    WHERE id = ?
                    """,
                    (url, podcast_id),
                )
            except apsw.ConstraintError as error:
                raise Conflict("The address that this feed moved to is followed already.") from error
            self._announce_podcast(podcast_id)

    def keep_podcast_image(self, podcast_id: str, image_url: str | None, *, has_image: bool) -> None:
        """Note which picture of a podcast was fetched, and whether there is one."""
        with self.transaction():
            self._change(
                "UPDATE podcasts SET image_url = ?, has_image = ? WHERE id = ?", (image_url, has_image, podcast_id)
            )
            self._announce_podcast(podcast_id)

    def remove_podcast(self, podcast_id: str) -> None:
        """Follow a podcast no longer; its episodes and what was heard of them are kept. Raises ``NotFound``."""
        with self.transaction():
            self.podcast(podcast_id)
            self._announce_podcast(podcast_id)
            self._change("UPDATE podcasts SET deleted_at = ?, credentials = NULL WHERE id = ?", (now_ms(), podcast_id))

    def _announce_podcast(self, podcast_id: str) -> None:
        row = self._row("SELECT id FROM libraries WHERE kind = 'podcasts' AND is_primary")
        if row is not None:
            self.broadcast(PodcastUpdated(podcast_id), library_room(str(row[0])))


def _hue(title: str) -> int:
    """The colour of a generated cover, 0 to 359; the same as that of the episodes."""
    return int.from_bytes(hashlib.sha256(title.casefold().encode()).digest()[:2]) % 360
