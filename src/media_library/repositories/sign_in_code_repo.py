"""Screens that ask to be signed in: codes and secrets come in as hashes only."""

from media_library.errors import NotFound
from media_library.models.sign_in_code import SignInCode
from media_library.models.user import User
from media_library.repositories.base import Repository, Row, now_ms

_COLUMNS = "device, address, expires_at, user_id, user_epoch, is_shared, is_refused"


class SignInCodeRepo(Repository):
    """Reads and writes ``sign_in_codes``."""

    def add_sign_in_code(self, secret_hash: str, code_hash: str, device: str, address: str, expires_at: int) -> None:
        """Remember a screen that asks; those that asked too long ago are forgotten."""
        with self.transaction():
            self._change("DELETE FROM sign_in_codes WHERE expires_at <= ?", (now_ms(),))
            self._change(
                """
                INSERT INTO sign_in_codes (secret_hash, code_hash, device, address, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
                (secret_hash, code_hash, device, address, now_ms(), expires_at),
            )

    def count_sign_in_codes(self, address: str | None = None) -> int:
        """How many screens ask at this moment, in all or from one address."""
        row = self._row(
            "SELECT count(*) FROM sign_in_codes WHERE expires_at > ? AND (?2 IS NULL OR address = ?2)",
            (now_ms(), address),
        )
        return 0 if row is None else int(row[0] or 0)

    def sign_in_code(self, code_hash: str) -> SignInCode | None:
        """What is asked by a code that nobody answered yet."""
        row = self._row(
            f"""
            SELECT {_COLUMNS} FROM sign_in_codes
            WHERE code_hash = ? AND expires_at > ? AND user_id IS NULL AND NOT is_refused
            """,
            (code_hash, now_ms()),
        )
        return None if row is None else _code(row)

    def asked_sign_in(self, secret_hash: str) -> SignInCode | None:
        """How it stands with what the browser of this secret asked."""
        row = self._row(
            f"SELECT {_COLUMNS} FROM sign_in_codes WHERE secret_hash = ? AND expires_at > ?", (secret_hash, now_ms())
        )
        return None if row is None else _code(row)

    def approve_sign_in(self, code_hash: str, user: User, *, is_shared: bool) -> None:
        """Let the screen of a code in as ``user``; raises ``NotFound`` if somebody answered it or it is too old."""
        self._answer(code_hash, "user_id = ?, user_epoch = ?, is_shared = ?", (user.id, user.epoch, is_shared))

    def refuse_sign_in(self, code_hash: str) -> None:
        """Send the screen of a code away; raises ``NotFound`` as above."""
        self._answer(code_hash, "is_refused = ?", (True,))

    def end_sign_in_code(self, secret_hash: str) -> bool:
        """Forget what a browser asked; whether it was there."""
        return self._change("DELETE FROM sign_in_codes WHERE secret_hash = ?", (secret_hash,)) > 0

    def _answer(self, code_hash: str, assignment: str, values: tuple[str | int | bool, ...]) -> None:
        """Apply one fixed ``assignment`` to a code that waits."""
        changed = self._change(
            f"""
            UPDATE sign_in_codes SET {assignment}
            WHERE code_hash = ? AND expires_at > ? AND user_id IS NULL AND NOT is_refused
            """,
            (*values, code_hash, now_ms()),
        )
        if not changed:
            raise NotFound("This code is not waiting any more. Look at the screen for a new one.")


def _code(row: Row) -> SignInCode:
    device, address, expires_at, user_id, user_epoch, is_shared, is_refused = row
    return SignInCode(
        str(device),
        str(address),
        int(expires_at or 0),
        None if user_id is None else str(user_id),
        None if user_epoch is None else int(user_epoch),
        bool(is_shared),
        bool(is_refused),
    )
