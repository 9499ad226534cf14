"""People: accounts and the libraries granted to them."""

from collections.abc import Iterable

import apsw

from media_library.errors import Conflict, NotFound
from media_library.events import SessionEnded, user_room
from media_library.models.user import Role, User, Viewer
from media_library.repositories.base import Repository, Row, new_id, now_ms

_COLUMNS = "id, username, display_name, role, disabled, all_libraries, epoch, created_at"


class UserRepo(Repository):
    """Reads and writes ``users`` and ``library_grants``."""

    def add_user(
        self, username: str, display_name: str, password_hash: str, role: Role, *, all_libraries: bool = True
    ) -> User:
        """Create an account; ``username`` must already be normalised. Raises ``Conflict`` if the name is taken."""
        try:
            row = self._change_returning(
                f"""
                INSERT INTO users (id, username, display_name, role, password_hash, all_libraries, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                RETURNING {_COLUMNS}
                """,
                (new_id(), username, display_name, role, password_hash, all_libraries, now_ms()),
            )
        except apsw.ConstraintError as error:
            raise Conflict(f"There already is a person with the name {username}.") from error
        assert row is not None
        return _user(row)

    def get_user(self, user_id: str) -> User:
        """The account; raises ``NotFound``."""
        row = self._row(f"SELECT {_COLUMNS} FROM users WHERE id = ?", (user_id,))
        if row is None:
            raise NotFound("There is no such person.")
        return _user(row)

    def find_user(self, username: str) -> tuple[User, str] | None:
        """The account with exactly this normalised name, and its password hash."""
        row = self._row(f"SELECT {_COLUMNS}, password_hash FROM users WHERE username = ?", (username,))
        return None if row is None else (_user(row[:-1]), str(row[-1]))

    def password_hash(self, user_id: str) -> str:
        """The stored password hash; raises ``NotFound``."""
        row = self._row("SELECT password_hash FROM users WHERE id = ?", (user_id,))
        if row is None:
            raise NotFound("There is no such person.")
        return str(row[0])

    def list_users(self) -> list[User]:
        """Everybody, in the order in which they came."""
        return [_user(row) for row in self._rows(f"SELECT {_COLUMNS} FROM users ORDER BY created_at, id")]

    def rehash_password(self, user_id: str, password_hash: str) -> None:
        """Store the same password under a stronger hash; nothing ends."""
        self._change("UPDATE users SET password_hash = ? WHERE id = ?", (password_hash, user_id))

    def change_password(self, user_id: str, password_hash: str) -> User:
        """Store a new password; every session, key and socket of the person ends."""
        return self._change_and_end(user_id, "password_hash = ?", (password_hash,))

    def rename_user(self, user_id: str, display_name: str) -> User:
        """Change what people see as the name."""
        self._change("UPDATE users SET display_name = ? WHERE id = ?", (display_name, user_id))
        return self.get_user(user_id)

    def change_role(self, user_id: str, role: Role) -> User:
        """Change the role; sessions end. Raises ``Conflict`` if nobody would be admin any more."""
        with self.transaction():
            user = self._change_and_end(user_id, "role = ?", (role,))
            self._require_admin()
        return user

    def disable_user(self, user_id: str, *, disabled: bool) -> User:
        """Lock an account out or let it in again. Raises ``Conflict`` if nobody would be admin any more."""
        with self.transaction():
            user = self._change_and_end(user_id, "disabled = ?", (disabled,))
            self._require_admin()
        return user

    def restore_admin(self, user_id: str) -> User:
        """Make the account an admin that may sign in, for a box that has none left."""
        return self._change_and_end(user_id, "role = ?, disabled = 0", (Role.ADMIN,))

    def delete_user(self, user_id: str) -> None:
        """Remove the account with its sessions, keys and history. Raises ``Conflict`` for the last admin."""
        with self.transaction():
            self.broadcast(SessionEnded(), user_room(user_id))
            if not self._change("DELETE FROM users WHERE id = ?", (user_id,)):
                raise NotFound("There is no such person.")
            self._require_admin()

    def grant_libraries(self, user_id: str, library_ids: Iterable[str], *, all_libraries: bool) -> User:
        """Set which libraries the person sees; their sockets reconnect. Raises ``NotFound`` for an unknown library."""
        with self.transaction():
            user = self._change_and_end(user_id, "all_libraries = ?", (all_libraries,))
            self._change("DELETE FROM library_grants WHERE user_id = ?", (user_id,))
            for library_id in sorted(set(library_ids)):
                try:
                    self._change(
                        "INSERT INTO library_grants (user_id, library_id) VALUES (?, ?)",
                        (user_id, library_id),
                    )
                except apsw.ConstraintError as error:
                    raise NotFound("There is no such library.") from error
        return user

    def granted_libraries(self, user_id: str) -> list[str]:
        """The ids of the libraries that were granted one by one."""
        rows = self._rows("SELECT library_id FROM library_grants WHERE user_id = ? ORDER BY library_id", (user_id,))
        return [str(row[0]) for row in rows]

    def viewer(self, user: User) -> Viewer:
        """Through whose eyes the queries of this person look."""
        return Viewer(user.id, None if user.all_libraries else frozenset(self.granted_libraries(user.id)))

    def _change_and_end(self, user_id: str, assignment: str, values: tuple[str | int | bool, ...]) -> User:
        """Apply one fixed ``assignment`` and end whatever the person is signed in with."""
        row = self._change_returning(
            f"UPDATE users SET {assignment}, epoch = epoch + 1 WHERE id = ? RETURNING {_COLUMNS}",
            (*values, user_id),
        )
        if row is None:
            raise NotFound("There is no such person.")
        self.broadcast(SessionEnded(), user_room(user_id))
        return _user(row)

    def _require_admin(self) -> None:
        if self._row("SELECT 1 FROM users WHERE role = 'admin' AND NOT disabled LIMIT 1") is None:
            raise Conflict("This is the last admin. Make somebody else admin first.")


def _user(row: Row) -> User:
    user_id, username, display_name, role, disabled, all_libraries, epoch, created_at = row
    return User(
        str(user_id),
        str(username),
        str(display_name),
        Role(str(role)),
        bool(disabled),
        bool(all_libraries),
        int(epoch or 0),
        int(created_at or 0),
    )
