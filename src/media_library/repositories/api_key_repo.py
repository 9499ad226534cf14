"""Keys with which programs use the HTTP API."""

import json
from collections.abc import Iterable

from media_library.errors import NotFound
from media_library.models.api_key import ApiKey, Scope
from media_library.models.user import User
from media_library.repositories.base import Repository, Row, new_id, now_ms

_COLUMNS = "id, user_id, user_epoch, name, prefix, scopes, created_at, expires_at, last_used_at"
_MINUTE_MS = 60_000


class ApiKeyRepo(Repository):
    """Reads and writes ``api_keys``. Secrets come in as hashes only."""

    def add_api_key(
        self,
        secret_hash: str,
        user: User,
        name: str,
        prefix: str,
        scopes: Iterable[Scope],
        expires_at: int | None,
    ) -> ApiKey:
        """Remember a freshly made key of ``user``."""
        row = self._change_returning(
            f"""
            INSERT INTO api_keys (secret_hash, id, user_id, user_epoch, name, prefix, scopes, created_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING {_COLUMNS}
            """,
            (
                secret_hash,
                new_id(),
                user.id,
                user.epoch,
                name,
                prefix,
                json.dumps(sorted(scopes)),
                now_ms(),
                expires_at,
            ),
        )
        assert row is not None
        return _api_key(row)

    def find_api_key(self, secret_hash: str) -> ApiKey | None:
        """The key of a secret, if it has neither expired nor been ended by a change of its owner's account."""
        row = self._row(
            f"""
            SELECT {", ".join("k." + name for name in _COLUMNS.split(", "))}
            FROM api_keys AS k
            JOIN users AS u ON u.id = k.user_id AND u.epoch = k.user_epoch AND NOT u.disabled
            WHERE k.secret_hash = ? AND (k.expires_at IS NULL OR k.expires_at > ?)
            """,
            (secret_hash, now_ms()),
        )
        return None if row is None else _api_key(row)

    def touch_api_key(self, key_id: str) -> None:
        """Note that a key was used, to the minute."""
        now = now_ms()
        self._change(
            "UPDATE api_keys SET last_used_at = ? WHERE id = ? AND coalesce(last_used_at, 0) < ?",
            (now, key_id, now - _MINUTE_MS),
        )

    def list_api_keys(self, user_id: str) -> list[ApiKey]:
        """The keys of a person, newest first."""
        rows = self._rows(f"SELECT {_COLUMNS} FROM api_keys WHERE user_id = ? ORDER BY created_at DESC", (user_id,))
        return [_api_key(row) for row in rows]

    def delete_api_key(self, key_id: str, user_id: str) -> None:
        """End a key of this person; raises ``NotFound``."""
        if not self._change("DELETE FROM api_keys WHERE id = ? AND user_id = ?", (key_id, user_id)):
            raise NotFound("There is no such key.")

    def forget_ended_api_keys(self) -> int:
        """Remove the keys that a change of their owner's account ended; returns how many."""
        return self._change(
            "DELETE FROM api_keys WHERE user_epoch <> (SELECT epoch FROM users WHERE users.id = user_id)"
        )


def _api_key(row: Row) -> ApiKey:
    key_id, user_id, epoch, name, prefix, scopes, created_at, expires_at, last_used_at = row
    return ApiKey(
        str(key_id),
        str(user_id),
        int(epoch or 0),
        str(name),
        str(prefix),
        frozenset(Scope(scope) for scope in json.loads(str(scopes))),
        int(created_at or 0),
        None if expires_at is None else int(expires_at),
        None if last_used_at is None else int(last_used_at),
    )
