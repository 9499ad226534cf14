"""What is told to browsers, and the browsers that want to be told."""

import json

import msgspec

from media_library.errors import NotFound
from media_library.models.notice import NewPush, Notice, NoticeFacts, PushSubscription, Topic
from media_library.repositories.base import Repository, Row, new_id, now_ms

_COLUMNS = (
    "id, user_id, session_id, endpoint, p256dh, auth, device, language, topics, told, created_at, failures, retry_at"
)
_MOST_BROWSERS = 20
_KEPT_MS = 60 * 24 * 3600 * 1000


class NoticeRepo(Repository):
    """Reads and writes ``notices`` and ``push_subscriptions``."""

    def add_notice(self, topic: Topic, subject: str, facts: NoticeFacts) -> bool:
        """Have people told of something; false if they were told of this ``subject`` already."""
        with self.transaction():
            added = self._change(
                "INSERT OR IGNORE INTO notices (topic, subject, body, created_at) VALUES (?, ?, ?, ?)",
                (topic, subject, msgspec.json.encode(facts).decode(), now_ms()),
            )
            if added:
                self._change("DELETE FROM notices WHERE created_at < ?", (now_ms() - _KEPT_MS,))
        return bool(added)

    def forget_notice(self, topic: Topic, subject: str) -> None:
        """It is over: should it happen again, people are told again."""
        self._change("DELETE FROM notices WHERE topic = ? AND subject = ?", (topic, subject))

    def notices_after(self, notice_id: int, limit: int) -> list[Notice]:
        """The notices that came after this one, oldest first."""
        rows = self._rows(
            "SELECT id, topic, subject, body, created_at FROM notices WHERE id > ? ORDER BY id LIMIT ?",
            (notice_id, limit),
        )
        return [_notice(row) for row in rows]

    def last_notice(self) -> int:
        """The number of the newest notice, 0 if there never was one."""
        row = self._row("SELECT coalesce(max(id), 0) FROM notices")
        return 0 if row is None else int(row[0] or 0)

    def keep_push(
        self, user_id: str, session_id: str | None, browser: NewPush, topics: frozenset[Topic]
    ) -> PushSubscription:
        """Tell a browser of what happens from now on. A known one changes its owner, keys and topics.

        Of very many browsers of one person only the newest stay.
        """
        with self.transaction():
            row = self._change_returning(
                f"""
                INSERT INTO push_subscriptions ({_COLUMNS})
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
                ON CONFLICT (endpoint) DO UPDATE
                SET user_id = excluded.user_id, session_id = excluded.session_id, p256dh = excluded.p256dh,
                    auth = excluded.auth, device = excluded.device, language = excluded.language,
                    topics = excluded.topics, failures = 0, retry_at = 0,
                    told = iif(user_id = excluded.user_id, told, excluded.told)
                RETURNING {_COLUMNS}
                """,
                (
                    new_id(),
                    user_id,
                    session_id,
                    browser.endpoint,
                    browser.p256dh,
                    browser.auth,
                    browser.device,
                    browser.language,
                    json.dumps(sorted(topics)),
                    self.last_notice(),
                    now_ms(),
                ),
            )
            assert row is not None
            self._change(
                """
                DELETE FROM push_subscriptions
                WHERE user_id = ?1 AND id NOT IN (
                    SELECT id FROM push_subscriptions WHERE user_id = ?1 ORDER BY created_at DESC, id LIMIT ?2
                )
                """,
                (user_id, _MOST_BROWSERS),
            )
        return _subscription(row)

    def pushes_of(self, user_id: str) -> list[PushSubscription]:
        """The browsers of a person that are told, newest first."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM push_subscriptions WHERE user_id = ? ORDER BY created_at DESC, id", (user_id,)
        )
        return [_subscription(row) for row in rows]

    def change_push_topics(self, push_id: str, user_id: str, topics: frozenset[Topic]) -> PushSubscription:
        """Choose what one's own browser is told of; raises ``NotFound``."""
        row = self._change_returning(
            f"UPDATE push_subscriptions SET topics = ? WHERE id = ? AND user_id = ? RETURNING {_COLUMNS}",
            (json.dumps(sorted(topics)), push_id, user_id),
        )
        if row is None:
            raise NotFound("This browser gets no messages.")
        return _subscription(row)

    def end_push(self, push_id: str, user_id: str) -> None:
        """Tell one's own browser no more; raises ``NotFound``."""
        if not self._change("DELETE FROM push_subscriptions WHERE id = ? AND user_id = ?", (push_id, user_id)):
            raise NotFound("This browser gets no messages.")

    def pushes_to_tell(self, limit: int) -> list[PushSubscription]:
        """Browsers that may be told now of what they do not know yet: signed in still, and not put off."""
        rows = self._rows(
            f"""
            SELECT {", ".join("p." + name for name in _COLUMNS.split(", "))}
            FROM push_subscriptions AS p
            JOIN users AS u ON u.id = p.user_id AND NOT u.disabled
            LEFT JOIN sessions AS s ON s.id = p.session_id AND s.user_epoch = u.epoch AND s.expires_at > ?1
            WHERE p.told < (SELECT coalesce(max(id), 0) FROM notices) AND p.retry_at <= ?1
                AND (p.session_id IS NULL OR s.id IS NOT NULL)
            ORDER BY p.told, p.id
            LIMIT ?2
            """,
            (now_ms(), limit),
        )
        return [_subscription(row) for row in rows]

    def push_told(self, push_id: str, notice_id: int, next_at: int = 0) -> None:
        """This browser knows of everything up to a notice; it is told more from ``next_at`` (milliseconds) on."""
        self._change(
            "UPDATE push_subscriptions SET told = max(told, ?), failures = 0, retry_at = ? WHERE id = ?",
            (notice_id, next_at, push_id),
        )

    def push_failed(self, push_id: str, retry_at: int) -> None:
        """This browser could not be told; not before ``retry_at`` (milliseconds) again."""
        self._change(
            "UPDATE push_subscriptions SET failures = failures + 1, retry_at = ? WHERE id = ?", (retry_at, push_id)
        )

    def forget_push(self, push_id: str) -> None:
        """Its push service says that this browser is no more."""
        self._change("DELETE FROM push_subscriptions WHERE id = ?", (push_id,))


def _notice(row: Row) -> Notice:
    notice_id, topic, subject, body, created_at = row
    facts = msgspec.json.decode(str(body), type=NoticeFacts)
    return Notice(int(notice_id or 0), Topic(str(topic)), str(subject), facts, int(created_at or 0))


def _subscription(row: Row) -> PushSubscription:
    push_id, user_id, session_id, endpoint, p256dh, auth, device, language, topics, told, created, failures, retry = row
    return PushSubscription(
        str(push_id),
        str(user_id),
        None if session_id is None else str(session_id),
        str(endpoint),
        str(p256dh),
        str(auth),
        str(device),
        str(language),
        frozenset(Topic(topic) for topic in json.loads(str(topics))),
        int(told or 0),
        int(created or 0),
        int(failures or 0),
        int(retry or 0),
    )
