"""People: accounts and the libraries granted to them."""

from collections.abc import Iterable

import apsw

from media_library.errors import Conflict, NotFound
from media_library.events import SessionEnded, user_room
from media_library.models.user import Role, User, Viewer
from media_library.repositories.base import Repository, Row, new_id, now_ms

_COLUMNS = """
    id, username, display_name, role, disabled, all_libraries, epoch, created_at, max_age, sees_unrated,
    on_shared_screens, pin_hash IS NOT NULL, has_picture, hue
"""


class UserRepo(Repository):
    """Reads and writes ``users`` and ``library_grants``."""

    def add_user(
        self, username: str, display_name: str, password_hash: str, role: Role, *, all_libraries: bool = True
    ) -> User:
        """Create an account; ``username`` must already be normalised. Raises ``Conflict`` if the name is taken."""
        try:
            row = self._change_returning(
                f"""
                INSERT INTO users (id, username, display_name, role, password_hash, all_libraries, created_at, hue)
                VALUES (?, ?, ?, ?, ?, ?, ?, (SELECT (count(*) * 137 + 20) % 360 FROM users))
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
        libraries = None if user.all_libraries else frozenset(self.granted_libraries(user.id))
        return Viewer(user.id, libraries, user.max_age, user.sees_unrated)

    def limit_age(self, user_id: str, max_age: int | None, *, sees_unrated: bool) -> User:
        """Set up to which age (years) what the person sees may be rated; sessions end."""
        return self._change_and_end(user_id, "max_age = ?, sees_unrated = ?", (max_age, sees_unrated))

    def show_on_shared_screens(self, user_id: str, *, shown: bool) -> User:
        """Whether the profile is among those who may be watching on a shared screen."""
        return self._change_user(user_id, "on_shared_screens = ?", (shown,))

    def colour_user(self, user_id: str, hue: int) -> User:
        """Change the colour of a profile, 0 to 359."""
        return self._change_user(user_id, "hue = ?", (hue,))

    def mark_profile_picture(self, user_id: str, *, has_picture: bool) -> User:
        """Note whether a profile has a picture of its own."""
        return self._change_user(user_id, "has_picture = ?", (has_picture,))

    def change_pin(self, user_id: str, pin_hash: str | None) -> User:
        """Store the hash of what opens the profile on a shared screen, or that nothing does."""
        return self._change_user(user_id, "pin_hash = ?", (pin_hash,))

    def pin_hash(self, user_id: str) -> str | None:
        """The stored hash of the PIN, if there is one; raises ``NotFound``."""
        row = self._row("SELECT pin_hash FROM users WHERE id = ?", (user_id,))
        if row is None:
            raise NotFound("There is no such person.")
        return None if row[0] is None else str(row[0])

    def _change_user(self, user_id: str, assignment: str, values: tuple[str | int | bool | None, ...]) -> User:
        """Apply one fixed ``assignment``; nothing ends."""
        row = self._change_returning(
            f"UPDATE users SET {assignment} WHERE id = ? RETURNING {_COLUMNS}", (*values, user_id)
        )
        if row is None:
            raise NotFound("There is no such person.")
        return _user(row)

    def _change_and_end(self, user_id: str, assignment: str, values: tuple[str | int | bool | None, ...]) -> User:
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
    user_id, username, display_name, role, disabled, all_libraries, epoch, created_at, *profile = row
    max_age, sees_unrated, on_shared_screens, has_pin, has_picture, hue = profile
    return User(
        str(user_id),
        str(username),
        str(display_name),
        Role(str(role)),
        bool(disabled),
        bool(all_libraries),
        int(epoch or 0),
        int(created_at or 0),
        None if max_age is None else int(max_age),
        bool(sees_unrated),
        bool(on_shared_screens),
        bool(has_pin),
        bool(has_picture),
        int(hue or 0),
    )
