"""What an admin does with the accounts of the household."""

from collections.abc import Sequence
from dataclasses import dataclass

from media_library.app_state import AppState
from media_library.errors import Conflict, InvalidInput
from media_library.models.identity import Identity
from media_library.models.library import Library
from media_library.models.user import Role, User
from media_library.services.passwords import Passwords
from media_library.services.profiles import Profiles
from media_library.services.usernames import require_display_name, require_username

_NO_PASSWORD = ""
"""Stored for an account without a password: it is the hash of nothing."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account about to be made. Without a word on libraries a kid sees none and everybody else all.

    A kid may be without a ``password``: nobody can sign in as such a one, only enter the profile on a shared screen.
    """

    username: str
    password: str | None
    role: Role
    display_name: str | None = None
    max_age: int | None = None
    sees_unrated: bool = False
    pin: str | None = None
    all_libraries: bool | None = None
    library_ids: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class UserChange:
    """What is to change on an account; ``None`` leaves it as it is."""

    display_name: str | None = None
    role: Role | None = None
    disabled: bool | None = None
    password: str | None = None
    all_libraries: bool | None = None
    library_ids: Sequence[str] | None = None
    age: "AgeChange | None" = None
    sees_unrated: bool | None = None
    pin: "PinChange | None" = None
    on_shared_screens: bool | None = None
    hue: int | None = None


@dataclass(frozen=True, slots=True)
class AgeChange:
    """Another limit of age, in years, or none."""

    max_age: int | None


@dataclass(frozen=True, slots=True)
class PinChange:
    """Another PIN, or none."""

    pin: str | None


@dataclass(frozen=True, slots=True)
class UserDetails:
    """An account as an admin sees it. ``last_seen_at`` is in milliseconds."""

    user: User
    library_ids: Sequence[str]
    last_seen_at: int | None


class Users:
    """Lists, makes, changes and removes accounts; every change is written to the audit trail."""

    def __init__(self, state: AppState, passwords: Passwords, profiles: Profiles) -> None:
        self._state = state
        self._passwords = passwords
        self._profiles = profiles

    def list_users(self) -> list[UserDetails]:
        """Everybody, in the order in which they came."""
        return [self._details(user) for user in self._state.list_users()]

    def list_libraries(self) -> list[Library]:
        """The libraries that can be granted."""
        return self._state.list_libraries()

    def add_user(self, actor: Identity, new: NewUser) -> UserDetails:
        """Make an account.

        Raises ``InvalidInput``, ``NotFound`` for an unknown library, ``Conflict`` for a name that is taken.
        """
        username = require_username(new.username)
        display_name = require_display_name(username if new.display_name is None else new.display_name)
        if new.password is None and new.role is not Role.KID:
            raise InvalidInput("Only a kid can be without a password.", "password")
        password_hash = _NO_PASSWORD if new.password is None else self._passwords.hash_new(new.password, username)
        pin_hash = self._profiles.pin_hash(new.pin)
        by_default = new.role is not Role.KID and new.library_ids is None
        all_libraries = by_default if new.all_libraries is None else new.all_libraries
        with self._state.transaction():
            user = self._state.add_user(username, display_name, password_hash, new.role, all_libraries=all_libraries)
            if new.library_ids:
                user = self._state.grant_libraries(user.id, new.library_ids, all_libraries=all_libraries)
            if new.max_age is not None or new.sees_unrated:
                user = self._limit(user, new.max_age, sees_unrated=new.sees_unrated)
            self._state.record_audit(actor.user.username, "add_user", user.id, f"{username} as {new.role}")
            if pin_hash is not None:
                user = self._state.change_pin(user.id, pin_hash)
            return self._details(user)

    def change_user(self, actor: Identity, user_id: str, change: UserChange) -> UserDetails:
        """Change an account, all of it or nothing. Whatever changes what the person may do ends their sessions.

        Raises ``InvalidInput``, ``NotFound``, and ``Conflict`` if nobody would be admin any more.
        """
        user = self._state.get_user(user_id)
        display_name = None if change.display_name is None else require_display_name(change.display_name)
        password_hash = None
        pin_hash = None if change.pin is None else self._profiles.pin_hash(change.pin.pin)
        if change.password is not None:
            if user.id == actor.user.id:
                raise InvalidInput("Change your own password on your account page.", "password")
            password_hash = self._passwords.hash_new(change.password, user.username)
        with self._state.transaction():
            user = self._state.get_user(user_id)
            if display_name is not None:
                user = self._state.rename_user(user_id, display_name)
            if change.role is not None and change.role is not user.role:
                user = self._state.change_role(user_id, change.role)
            if change.disabled is not None and change.disabled is not user.disabled:
                user = self._state.disable_user(user_id, disabled=change.disabled)
            if password_hash is not None:
                user = self._state.change_password(user_id, password_hash)
                self._state.forget_devices(user_id)
            user = self._change_grants(user, change)
            user = self._change_profile(user, change)
            if change.pin is not None:
                user = self._state.change_pin(user.id, pin_hash)
            self._state.record_audit(actor.user.username, "change_user", user_id, _summary(change))
            return self._details(user)

    def delete_user(self, actor: Identity, user_id: str) -> None:
        """Remove an account with its history; raises ``NotFound``, and ``Conflict`` for oneself."""
        if user_id == actor.user.id:
            raise Conflict("You cannot remove yourself. Another admin can.")
        with self._state.transaction():
            username = self._state.get_user(user_id).username
            self._state.delete_user(user_id)
            self._state.record_audit(actor.user.username, "delete_user", user_id, username)

    def _change_grants(self, user: User, change: UserChange) -> User:
        if change.all_libraries is None and change.library_ids is None:
            return user
        before = self._state.granted_libraries(user.id)
        granted = before if change.library_ids is None else sorted(set(change.library_ids))
        all_libraries = bool(change.all_libraries)
        if (granted, all_libraries) == (before, user.all_libraries):
            return user
        return self._state.grant_libraries(user.id, granted, all_libraries=all_libraries)

    def _change_profile(self, user: User, change: UserChange) -> User:
        """The limit of age, which only kids have, and how the profile shows on shared screens."""
        max_age = user.max_age if change.age is None else change.age.max_age
        sees_unrated = user.sees_unrated if change.sees_unrated is None else change.sees_unrated
        if user.role is not Role.KID and change.age is None and change.sees_unrated is None:
            max_age, sees_unrated = None, False  # who is a kid no more has no limit any more
        if (max_age, sees_unrated) != (user.max_age, user.sees_unrated):
            user = self._limit(user, max_age, sees_unrated=sees_unrated)
        if change.on_shared_screens is not None and change.on_shared_screens is not user.on_shared_screens:
            user = self._state.show_on_shared_screens(user.id, shown=change.on_shared_screens)
        if change.hue is not None and change.hue != user.hue:
            user = self._state.colour_user(user.id, change.hue)
        return user

    def _limit(self, user: User, max_age: int | None, *, sees_unrated: bool) -> User:
        if user.role is not Role.KID and max_age is not None:
            raise InvalidInput("Only a kid has a limit of age. Make this person a kid first.", "max_age")
        return self._state.limit_age(user.id, max_age, sees_unrated=sees_unrated and max_age is not None)

    def _details(self, user: User) -> UserDetails:
        return UserDetails(user, self._state.granted_libraries(user.id), self._state.last_seen(user.id))


def _summary(change: UserChange) -> str:
    """Which fields were changed and to what; of the password only that it was."""
    parts = [] if change.role is None else [f"role {change.role}"]
    if change.disabled is not None:
        parts.append("disabled" if change.disabled else "enabled")
    if change.password is not None:
        parts.append("password")
    if change.display_name is not None:
        parts.append("display name")
    if change.all_libraries is not None or change.library_ids is not None:
        parts.append("libraries")
    if change.pin is not None:
        parts.append("no PIN" if change.pin.pin is None else "PIN")
    if change.age is not None:
        parts.append("no limit of age" if change.age.max_age is None else f"up to age {change.age.max_age}")
    if change.sees_unrated is not None:
        parts.append("sees the unrated" if change.sees_unrated else "does not see the unrated")
    if change.on_shared_screens is not None:
        parts.append("on shared screens" if change.on_shared_screens else "not on shared screens")
    return ", ".join(parts)
