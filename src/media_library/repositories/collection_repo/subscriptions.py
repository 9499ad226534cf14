"""Followed collections: by which rules, and when their lists are read next."""

import msgspec

from media_library.events import JOBS_ROOM, CollectionUpdated
from media_library.models.collection import Rules, Subscription
from media_library.repositories.base import Repository, now_ms
from media_library.repositories.collection_repo.records import SUBSCRIPTION, subscription_of


class Subscriptions(Repository):
    """Reads and writes ``subscriptions``."""

    def follow(self, collection_id: str, rules: Rules, *, due_in_ms: int = 0) -> Subscription:
        """Follow a collection, or change the rules by which it is followed; it is due at once, or in a while."""
        with self.transaction():
            row = self._change_returning(
                f"""
                INSERT INTO subscriptions (collection_id, rules, next_check_at)
                VALUES (?, ?, ?)
                ON CONFLICT (collection_id) DO UPDATE
                SET rules = excluded.rules, next_check_at = excluded.next_check_at
                RETURNING {SUBSCRIPTION}
                """,
                (collection_id, msgspec.json.encode(rules).decode(), now_ms() + due_in_ms),
            )
            assert row is not None
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)
            return subscription_of(row)

    def unfollow(self, collection_id: str) -> None:
        """Follow a collection no longer; what was fetched stays."""
        with self.transaction():
            self._change("DELETE FROM subscriptions WHERE collection_id = ?", (collection_id,))
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)

    def subscription(self, collection_id: str) -> Subscription | None:
        """By what a collection is followed; ``None`` if it is not."""
        row = self._row(f"SELECT {SUBSCRIPTION} FROM subscriptions WHERE collection_id = ?", (collection_id,))
        return None if row is None else subscription_of(row)

    def due_subscriptions(self, now: int) -> list[Subscription]:
        """What is to be checked, the longest overdue first; nothing of a collection that was removed."""
        rows = self._rows(
            f"""
            SELECT {SUBSCRIPTION} FROM subscriptions
            WHERE next_check_at <= ? AND collection_id IN (SELECT id FROM collections WHERE deleted_at IS NULL)
            ORDER BY next_check_at, collection_id
            """,
            (now,),
        )
        return [subscription_of(row) for row in rows]

    def note_subscription_check(self, collection_id: str, *, next_check_at: int, error: str | None = None) -> None:
        """Note how a check went. An ``error`` counts as a failure, a success forgets the failures before."""
        with self.transaction():
            self._change(
                """
                UPDATE subscriptions
                SET checked_at = ?, next_check_at = ?, error = ?, failures = iif(? IS NULL, 0, failures + 1)
                WHERE collection_id = ?
                """,
                (now_ms(), next_check_at, error, error, collection_id),
            )
            self.broadcast(CollectionUpdated(collection_id), JOBS_ROOM)
