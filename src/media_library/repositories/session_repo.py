"""Signed-in browsers, and the browsers that a person has signed in with before."""

from media_library.errors import NotFound
from media_library.models.session import Session, SharedScreen
from media_library.models.user import User
from media_library.repositories.base import Repository, Row, new_id, now_ms

_COLUMNS = """
    id, user_id, user_epoch, created_at, last_seen_at, expires_at, device, address, is_shared, touched_at,
    ask_after_minutes
"""
_OF_SESSION = ", ".join(f"s.{name.strip()}" for name in _COLUMNS.split(","))
_MAX_DEVICES = 100


class SessionRepo(Repository):
    """Reads and writes ``sessions`` and ``known_devices``. Tokens come in as hashes only."""

    def add_session(
        self,
        token_hash: str,
        user: User,
        expires_at: int,
        device: str,
        address: str,
        *,
        is_shared: bool = False,
        ask_after_minutes: int | None = None,
    ) -> Session:
        """Remember a fresh sign-in; ``is_shared`` for one on a screen that several people watch."""
        now = now_ms()
        places = (user.id, user.epoch, now, now, expires_at, device, address, is_shared, now, ask_after_minutes)
        row = self._change_returning(
            f"""
            INSERT INTO sessions (token_hash, {_COLUMNS})
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING {_COLUMNS}
            """,
            (token_hash, new_id(), *places),
        )
        assert row is not None
        return _session(row)

    def find_session(self, token_hash: str) -> Session | None:
        """The session of a token, if it has neither expired nor been ended by a change of its account."""
        row = self._row(
            f"""
            SELECT {_OF_SESSION}
            FROM sessions AS s
            JOIN users AS u ON u.id = s.user_id AND u.epoch = s.user_epoch AND NOT u.disabled
            WHERE s.token_hash = ? AND s.expires_at > ?
            """,
            (token_hash, now_ms()),
        )
        return None if row is None else _session(row)

    def touch_session(self, session_id: str, expires_at: int, address: str) -> None:
        """Note that a session was used and move its end."""
        self._change(
            "UPDATE sessions SET last_seen_at = ?, expires_at = ?, address = ? WHERE id = ?",
            (now_ms(), expires_at, address, session_id),
        )

    def touch_screen(self, session_id: str) -> None:
        """Note that somebody is before a shared screen."""
        self._change("UPDATE sessions SET touched_at = ? WHERE id = ?", (now_ms(), session_id))

    def list_shared_screens(self) -> list[SharedScreen]:
        """The live sessions on shared screens, the one used last first."""
        rows = self._rows(
            f"""
            SELECT u.display_name, {_OF_SESSION}
            FROM sessions AS s
            JOIN users AS u ON u.id = s.user_id AND u.epoch = s.user_epoch AND NOT u.disabled
            WHERE s.is_shared AND s.expires_at > ?
            ORDER BY s.last_seen_at DESC, s.id
            """,
            (now_ms(),),
        )
        return [SharedScreen(_session(row[1:]), str(row[0])) for row in rows]

    def let_screen_ask(self, session_id: str, after_minutes: int | None) -> None:
        """Note after how many minutes without a touch a shared screen asks who is watching; raises ``NotFound``."""
        changed = self._change(
            "UPDATE sessions SET ask_after_minutes = ? WHERE id = ? AND is_shared", (after_minutes, session_id)
        )
        if not changed:
            raise NotFound("There is no such screen.")

    def list_sessions(self, user: User) -> list[Session]:
        """The live sessions of a person, the one used last first."""
        rows = self._rows(
            f"""
            SELECT {_COLUMNS} FROM sessions
            WHERE user_id = ? AND user_epoch = ? AND expires_at > ?
            ORDER BY last_seen_at DESC
            """,
            (user.id, user.epoch, now_ms()),
        )
        return [_session(row) for row in rows]

    def end_session(self, session_id: str, user_id: str) -> None:
        """End one session of this person; raises ``NotFound``."""
        if not self._change("DELETE FROM sessions WHERE id = ? AND user_id = ?", (session_id, user_id)):
            raise NotFound("There is no such session.")

    def forget_ended_sessions(self) -> int:
        """Remove the rows of sessions that can never be used again; returns how many."""
        return self._change(
            """
            DELETE FROM sessions
            WHERE expires_at <= ? OR user_epoch <> (SELECT epoch FROM users WHERE users.id = user_id)
            """,
            (now_ms(),),
        )

    def last_seen(self, user_id: str) -> int | None:
        """When the person was last here, in milliseconds."""
        row = self._row("SELECT max(last_seen_at) FROM sessions WHERE user_id = ?", (user_id,))
        return None if row is None or row[0] is None else int(row[0])

    def remember_device(self, token_hash: str, user_id: str) -> None:
        """Remember a browser that the person has signed in with; of very many, only the newest."""
        with self.transaction():
            self._change(
                "INSERT OR IGNORE INTO known_devices (token_hash, user_id, created_at) VALUES (?, ?, ?)",
                (token_hash, user_id, now_ms()),
            )
            self._change(
                """
                DELETE FROM known_devices
                WHERE user_id = ?1 AND token_hash NOT IN (
                    SELECT token_hash FROM known_devices WHERE user_id = ?1 ORDER BY created_at DESC LIMIT ?2
                )
                """,
                (user_id, _MAX_DEVICES),
            )

    def forget_devices(self, user_id: str) -> None:
        """Forget the browsers of a person, such as after a new password."""
        self._change("DELETE FROM known_devices WHERE user_id = ?", (user_id,))

    def is_known_device(self, token_hash: str, user_id: str) -> bool:
        """Whether the person has signed in with this browser before."""
        row = self._row("SELECT 1 FROM known_devices WHERE token_hash = ? AND user_id = ?", (token_hash, user_id))
        return row is not None


def _session(row: Row) -> Session:
    session_id, user_id, epoch, created_at, last_seen_at, expires_at, device, address, is_shared, touched, after = row
    return Session(
        str(session_id),
        str(user_id),
        int(epoch or 0),
        int(created_at or 0),
        int(last_seen_at or 0),
        int(expires_at or 0),
        str(device),
        str(address),
        bool(is_shared),
        int(touched or 0),
        None if after is None else int(after),
    )
